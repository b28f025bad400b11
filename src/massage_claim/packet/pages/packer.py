"""The child process that decodes and packs a large picture with bounds, and the call that starts it.

The child's memory is gone when it ends, so that ten photos need no more than one. Run as
`python -m massage_claim.packet.pages.packer KIND SECONDS MEGABYTES PAGES`, it reads the file from standard input.
"""

from __future__ import annotations

import dataclasses
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from typing import NoReturn

from massage_claim.packet.bounds import environment, limit
from massage_claim.packet.pages.picture import decode
from massage_claim.packet.pages.pixels import Packed, pack
from massage_claim.packet.refusals import UnfitError

_SECONDS = 20.0
_MEGABYTES = 2048


def pack_apart(data: bytes, kind: str, pages: Sequence[int]) -> list[Packed]:
    """The pages (0-based) of a picture file, packed by a child. Raises UnfitError as `decode` does, and: time, crash."""
    seconds = _SECONDS * max(1, len(pages))
    command = [sys.executable, "-m", "massage_claim.packet.pages.packer", kind, str(seconds), str(_MEGABYTES)]
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and our own words
            [*command, ",".join(map(str, pages))],
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment(),
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise UnfitError("time", seconds=round(seconds)) from None
    return _told(done.stdout, len(pages))


def _told(told: bytes, count: int) -> list[Packed]:
    found: list[Packed] = []
    while len(found) < count:
        line, _, told = told.partition(b"\n")
        try:
            head = json.loads(line)
        except ValueError:
            raise UnfitError("crash") from None
        if "refused" in head:
            raise UnfitError(str(head["refused"]), **head["numbers"])
        length = int(head.pop("length"))
        dpi = tuple(head.pop("dpi") or ()) or None
        size, seen = tuple(head.pop("size")), tuple(head.pop("seen"))
        found.append(Packed(data=told[:length], dpi=dpi, size=size, seen=seen, **head))
        told = told[length:]
        if len(found[-1].data) != length:
            raise UnfitError("crash")
    return found


def main(arguments: list[str]) -> NoReturn:
    """The child: a line of JSON and the packed bytes for each page, or a line with the reason why not."""
    kind, seconds, megabytes, pages = arguments
    limit(float(seconds), int(megabytes))
    out = sys.stdout.buffer
    try:
        data = sys.stdin.buffer.read()
        for page in pages.split(","):
            one = pack(decode(data, kind, int(page)))
            head = {field.name: getattr(one, field.name) for field in dataclasses.fields(one) if field.name != "data"}
            out.write(json.dumps({**head, "length": len(one.data)}).encode() + b"\n" + one.data)
    except UnfitError as unfit:
        out.write(json.dumps({"refused": unfit.reason, "numbers": unfit.numbers}).encode() + b"\n")
    except MemoryError:
        out.write(json.dumps({"refused": "memory", "numbers": {"megabytes": int(megabytes)}}).encode() + b"\n")
    out.flush()
    os._exit(0)  # no destructor of a half-broken picture may still crash


if __name__ == "__main__":
    main(sys.argv[1:])
