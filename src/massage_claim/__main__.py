"""The program's entrance: the command line in, the exit code out. Answers `--version` before anything is imported."""

from __future__ import annotations

import gc
import os
import signal
import sys

NOTICE = (
    "CPT® is a registered trademark of the American Medical Association. "
    "This program contains no CPT descriptors and is not endorsed by the AMA."
)

_SELDOM = (100_000, 20, 20)
"""How often Python looks for cycles of dead objects: reading a case makes many objects that live until the end."""


def main() -> int:
    """Runs one command. Everything it makes is readable by its owner only."""
    os.umask(0o077)
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # until commands can say what a stop means, it just ends
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"  # no other package's code sees the records; and a quicker start
    if sys.argv[1:2] == ["--version"]:
        from importlib.metadata import version

        text = f"massage-claim {version('massage-claim')}\n{NOTICE}"
        encoding = getattr(sys.stdout, "encoding", None) or "ascii"
        print(text.encode(encoding, "replace").decode(encoding))  # noqa: T201
        return 0
    gc.set_threshold(*_SELDOM)
    from massage_claim.cli.boundary import run

    try:
        return run(sys.argv[1:])
    finally:
        gc.freeze()  # the process ends: what is left needs no search for cycles


if __name__ == "__main__":
    sys.exit(main())
