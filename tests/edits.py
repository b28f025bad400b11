"""One field of a record changed on disk, as `edit --set` does it: `set_value(folder, "sessions/2026-03-10", ["place"], "12")`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from massage_claim.store.change import change_text
from massage_claim.store.folder import record_file
from massage_claim.store.read import file_bytes
from massage_claim.store.swap import replace_text

RECORD = "sessions/2026-03-10"
FILE = """\
# My session, typed by hand.
date:   2026-03-10      # a Tuesday
services:
-   {code: 97124,  minutes: 52 , charge: "96.00"}   # flow, oddly spaced
- code:    '97140'
  minutes: 15
  # the price was agreed on the phone
  charge: 30.00
regions: [ low back,neck ]

place:   # where was it?
start: ~
note:
      author:  patient     # six spaces
      text: |
         one
           two: indented

         three
      p: a plain text
        over two lines
pain: {before: 7, after: 4}
rendering: "ana"   # the therapist


# the end
"""
LINES = FILE.splitlines(keepends=True)


def set_value(project: Path, record_id: str, path: Sequence[str], value: str | None) -> None:
    """Sets one field (None empties it). Raises Unreadable for a place or result that can't be, NotReady when the file moved."""
    name = record_file(record_id)
    before = file_bytes(project, name)
    replace_text(project, record_id, before, change_text(before, path, value, name))
