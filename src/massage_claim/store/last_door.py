"""The last door before the disk: whoever writes or changes a record, no card or Social Security number comes into it."""

from __future__ import annotations

from massage_claim import yamltext
from massage_claim.errors import Problem, Unreadable, UsageProblem
from massage_claim.models.new_values import newly_private
from massage_claim.private_numbers import may_hold_one
from massage_claim.store.folder import kind_of, record_file


def refuse_private(record_id: str, after: bytes, before: bytes = b"") -> None:
    """Raises UsageProblem, with the line, for a private number that the record did not hold before."""
    kind = kind_of(record_id)
    if kind is None or not may_hold_one(after.decode("utf-8", "replace")):
        return
    name = record_file(record_id)
    try:
        new = yamltext.read(yamltext.decode(after, name), name)
        old = yamltext.read(yamltext.decode(before, name), name) if before else None
    except Unreadable:
        return  # a file that can't be read is refused by its reader; one that could not be is mended now
    for path, says, fix in newly_private(kind, old.value if old is not None else None, new.value):
        raise UsageProblem(Problem(says, fix, new.where(path)))
