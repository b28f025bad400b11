"""Which proof page shows what: the letters of exhibits, from the contents of an appeal packet and the case's attachments.

A paper or scan that is not in the packet has no letter: nothing is ever said to be enclosed that is not.
"""

from __future__ import annotations

from collections.abc import Iterable

from massage_claim.documents.views import Entry
from massage_claim.frozen import dataclass
from massage_claim.models.attachment import Attachment
from massage_claim.models.case import Case


@dataclass(frozen=True)
class Exhibits:
    """The exhibits of one packet."""

    case: Case
    entries: tuple[Entry, ...]

    def letter(self, record_id: str | None) -> str | None:
        """The letter of an attachment by its record id."""
        if record_id is None:
            return None
        full = record_id if "/" in record_id else f"attachments/{record_id}"
        return self._by_key().get(full.replace("/", "-"))

    def of(self, record_id: str | None, *kinds: str) -> str | None:
        """The letter of the first attachment of these kinds (any, if none is named) that is for that record."""
        if record_id is None:
            return None
        return self._first(item for item in self.case.attachments if record_id in item.for_ and _is(item, kinds))

    def paper(self, name: str) -> str | None:
        """The letter of a drawn paper by its template's name."""
        return next((entry.letter for entry in self.entries if _kind(entry.key) == name), None)

    def see(self) -> dict[str, str]:
        """Kind of attachment, or name of a drawn paper → "See Exhibit C." or "See Exhibits C and D."."""
        kinds = {item.record_id.replace("/", "-"): item.kind for item in self.case.attachments}
        found: dict[str, list[str]] = {}
        for entry in self.entries:
            if entry.letter:
                found.setdefault(kinds.get(entry.key) or _kind(entry.key), []).append(entry.letter)
        return {kind: _sentence(letters) for kind, letters in found.items()}

    def said(self) -> dict[str, str]:
        """An attachment that is quoted as a speaker → "Exhibit C"; one that is not enclosed → its title."""
        found: dict[str, str] = {}
        for item in self.case.attachments:
            letter = self.letter(item.record_id)
            words = f"Exhibit {letter}" if letter else f"according to {item.title or item.file}"
            found |= {item.record_id: words, item.stem: words}
        return found

    def _by_key(self) -> dict[str, str]:
        return {entry.key: entry.letter for entry in self.entries if entry.letter}

    def _first(self, attachments: Iterable[Attachment]) -> str | None:
        letters = (self.letter(item.record_id) for item in attachments)
        return next((letter for letter in letters if letter), None)


def _is(attachment: Attachment, kinds: tuple[str, ...]) -> bool:
    return not kinds or attachment.kind in kinds


def _kind(key: str) -> str:
    """`therapist_note-sessions-2026-05-12` is a therapist_note: names of papers hold no hyphen."""
    return key.partition("-")[0]


def _sentence(letters: list[str]) -> str:
    if len(letters) == 1:
        return f"See Exhibit {letters[0]}."
    return f"See Exhibits {', '.join(letters[:-1])} and {letters[-1]}."
