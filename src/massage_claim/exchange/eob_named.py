"""Whom a FHIR notice names: name, birth date, member ID, for comparing and never for keeping. Takes the notice and the
other resources of its file, gives them as plain values; touches nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from massage_claim.exchange.eob_pieces import codings, day, dicts, plain
from massage_claim.frozen import dataclass

_MEMBER = frozenset({"mb", "mc", "sn", "um", "ma"})
"""Kinds of an identifier (HL7 table 0203) that stand on an insurance card: member, Medicare, subscriber, Medicaid."""


@dataclass(frozen=True, slots=True)
class Named:
    """`name`: every form of the name in one text. `member_ids`: every number that could be the one on the card."""

    name: str = ""
    birth_date: date | None = None
    member_ids: tuple[str, ...] = ()

    @property
    def nobody(self) -> bool:
        return not (self.name or self.birth_date or self.member_ids)


def named_in(notice: Mapping[str, Any], addresses: Mapping[str, dict[str, Any]]) -> Named:
    """Whom the notice is about, as far as the file says it."""
    link = notice.get("patient")
    patient = _found(link, notice, addresses)
    covers = [_found(one.get("coverage"), notice, addresses) for one in dicts(notice, "insurance")]
    names = [words for name in dicts(patient, "name") for words in _words(name)]
    if not names and isinstance(link, dict):
        names = [plain(link.get("display"))]
    numbers = list(_members(patient))
    for cover in covers:
        numbers += [plain(cover.get("subscriberId")), *_members(cover)]
    members = tuple(dict.fromkeys(filter(None, numbers)))
    return Named(" ".join(filter(None, names)), day(patient.get("birthDate")), members)


def _found(link: Any, notice: Mapping[str, Any], addresses: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    """The resource a reference leads to: inside the notice (#id), or elsewhere in the file; an empty one when nowhere."""
    target = plain(link.get("reference")) if isinstance(link, dict) else ""
    if target.startswith("#"):
        return next((one for one in dicts(notice, "contained") if one.get("id") == target[1:]), {})
    return addresses.get(target) or addresses.get("/".join(target.split("/")[-2:])) or {}


def _words(name: Mapping[str, Any]) -> Iterator[str]:
    given = name.get("given")
    parts = [plain(name.get("family")), *map(plain, given if isinstance(given, list) else ())]
    yield " ".join(filter(None, parts)) or plain(name.get("text"))


def _members(owner: Mapping[str, Any]) -> Iterator[str]:
    for one in dicts(owner, "identifier"):
        if _MEMBER & {coding["code"].casefold() for coding in codings(one.get("type"))}:
            yield plain(one.get("value"))
