"""The bytes of the file that a person named."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from massage_claim.errors import Problem, UsageProblem, Where


def read_named_file(file: Path, kind: str, most_bytes: int) -> bytes:
    """Read one byte more than `most_bytes` at most, so that the reader of this `kind` (CSV, JSON) can refuse a larger file.

    Raises UsageProblem for what can't be read or is no ordinary file; a named pipe never makes it wait.
    """
    where = Where(file.name)
    try:
        descriptor = os.open(file, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(descriptor, "rb") as opened:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise UsageProblem(Problem("This is not an ordinary file.", f"Name the {kind} file itself.", where))
            return opened.read(most_bytes + 1)
    except OSError as error:
        says = f"The file cannot be read: {os.strerror(error.errno or 0)}."
        raise UsageProblem(Problem(says, "Check its name and folder.", where)) from None
