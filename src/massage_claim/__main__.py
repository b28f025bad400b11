"""The program's entrance: takes the command line, gives the exit code. Answers `--version` before anything is imported."""

from __future__ import annotations

import gc
import os
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
