"""What a child process that reads a stranger's file may use: limits it sets for itself, and the environment it is given."""

from __future__ import annotations

import contextlib
import math
import os
import resource
import sys


def limit(seconds: float, megabytes: int) -> None:
    """Bounds this process: processor time, memory, and no file written. Before any reader of files is loaded."""
    limits = [
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CPU, math.ceil(seconds) + 1),
        (resource.RLIMIT_AS, megabytes * 1024 * 1024),
    ]
    for what, value in limits:
        # macOS knows the address-space limit but refuses to set it; the wall clock still holds there.
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(what, (value, value))


def environment() -> dict[str, str]:
    """The same importable folders as ours and nothing else of the person's environment."""
    return {
        "PYTHONPATH": os.pathsep.join(entry for entry in sys.path if entry),
        "LC_ALL": "C.UTF-8",
        "PATH": os.defpath,
    }
