"""Takes away a file that this very run has added, when a later file of the same command could not be added. Takes the
bytes that were written; a file that says anything else by now is a person's, and stays.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from massage_claim.errors import Failure
from massage_claim.store.inside import open_folder, plain_name
from massage_claim.store.read import file_bytes


def take_back(project: Path, relative: str, data: bytes) -> bool:
    """Removes the file if it still is `data`; False when it could not be taken away."""
    above, _, name = relative.rpartition("/")
    with suppress(OSError, Failure):
        if file_bytes(project, relative) == data:
            with open_folder(project, above) as folder:
                os.unlink(plain_name(name), dir_fd=folder)
                os.fsync(folder)
            return True
    return False
