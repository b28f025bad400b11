"""The bounded child: reads one file from standard input, writes findings as JSON lines to standard output.

Started by `examine` as `python -m massage_claim.packet.look.worker KIND SECONDS MEGABYTES FD`. From that descriptor (0: none) it
reads the password and what to look for in the text, as JSON.
Limits memory, processor time and file writing for itself before any reader is loaded; prints nothing else.
"""

from __future__ import annotations

import json
import os
import sys
from typing import NoReturn

from massage_claim.packet.bounds import limit


def main(arguments: list[str]) -> NoReturn:
    """Ends with 0 when a verdict was written; any other end is the verdict "crash", "memory" or "time"."""
    kind, seconds, megabytes, private_fd = arguments[0], float(arguments[1]), int(arguments[2]), int(arguments[3])
    limit(seconds, megabytes)
    try:
        _tell({"done": _look(kind, seconds, private_fd)})
    except MemoryError:
        _tell({"refused": "memory", "numbers": {}})
    sys.stdout.flush()
    os._exit(0)  # no destructor of a half-broken document may still crash


def _look(kind: str, seconds: float, private_fd: int) -> dict[str, object] | None:
    from massage_claim.packet.file_bytes import read_descriptor
    from massage_claim.packet.pdf_file import READING_ERRORS
    from massage_claim.packet.refusals import UnfitError

    _tell({"started": kind})
    told = json.loads(read_descriptor(private_fd)) if private_fd else {}
    data = read_descriptor(sys.stdin.fileno())
    try:
        if kind == "pdf":
            from massage_claim.packet.look.pdf_findings import look_pdf

            password, look_for = told.get("password") or None, told.get("look_for") or {}
            return look_pdf(data, password, seconds / 2, lambda page: _tell({"drawing": page}), look_for)
        from massage_claim.packet.look.image_findings import look_image

        return look_image(data, kind)
    except UnfitError as unfit:
        _tell({"refused": unfit.reason, "numbers": unfit.numbers})
    except READING_ERRORS:
        _tell({"refused": "damaged", "numbers": {}})
    return None


def _tell(line: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
