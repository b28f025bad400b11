"""This room's inner word for "can't be used, because". Takes a reason known to `refusals`; becomes a Problem where the name is known."""

from __future__ import annotations


class UnfitError(Exception):
    """A file or page that can't be used; `reason` is a key of `refusals`, `numbers` fill its sentence."""

    def __init__(self, reason: str, **numbers: object) -> None:
        super().__init__(reason)
        self.reason = reason
        self.numbers = numbers
