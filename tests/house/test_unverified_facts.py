"""A payer's paper never says what nobody read in its source: the bare code stands there, and no "check with your plan"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from appeal_scenes import DAYS, denial, denied_line, full, letter_of, view_of
from builders import TODAY, a_case, a_claim, a_session, write_case
from massage_claim.documents.claims import view_claim
from massage_claim.documents.scene import Scene
from massage_claim.documents.slots import SLOTS
from massage_claim.facts.codes import PlaceOfService, ProcedureCode
from massage_claim.facts.library import Facts, facts_on
from massage_claim.writing.outline import as_text
from papers import read_packet, read_paper, squeezed

FACTS = facts_on(TODAY)
UNREAD = {code: fact for code, fact in FACTS.procedure_codes.items() if not fact.may_be_quoted}
WORDS = tuple(fact.words for fact in UNREAD.values())


def nobody_read() -> Facts:
    """The shipped facts as if nobody had read a single code or place in its source."""
    codes: Mapping[str, ProcedureCode] = FACTS.procedure_codes
    places: Mapping[str, PlaceOfService] = FACTS.places_of_service
    facts = Facts(TODAY)
    vars(facts)["procedure_codes"] = {name: replace(fact, verified=None) for name, fact in codes.items()}
    vars(facts)["places_of_service"] = {name: replace(fact, verified=None) for name, fact in places.items()}
    return facts


SESSION = a_session(services=[{"code": code, "minutes": 15, "charge": "20.00"} for code in ("97124", "97530", "97010")])


def test_there_is_something_to_hold_back() -> None:
    assert {"97530", "97010"} <= UNREAD.keys()


@pytest.mark.parametrize("name", ["superbill", "receipt"])
def test_a_code_that_was_not_read_stands_bare_and_one_that_was_has_its_words(name: str, tmp_path: Path) -> None:
    said = read_paper(tmp_path / "case", name, case=a_case(sessions=(SESSION,)))
    assert squeezed(FACTS.procedure_codes["97124"].words) in said.squeezed
    assert "97530" in said.text
    assert [words for words in WORDS if squeezed(words) in said.squeezed] == []
    assert "checkwithyourplan" not in said.squeezed.lower()


@pytest.mark.parametrize(("name", "bare"), [("service-lines", "Place: 11."), ("receipt-lines", "service 97124")])
def test_nothing_is_said_in_words_when_nothing_was_read(name: str, bare: str) -> None:
    case, claim = a_case(sessions=(SESSION,)), a_claim((SESSION,))
    view = view_claim(case, claim.id, claim.lines, claim)
    facts = nobody_read()
    said = {
        known: " ".join(as_text(SLOTS[name](Scene(case, known, TODAY, claim=view, sessions=(SESSION,)), {})).split())
        for known in (FACTS, facts)
    }
    named = [fact.words for fact in facts.procedure_codes.values()]
    named += [f"{place} {fact.words}" for place, fact in facts.places_of_service.items()]
    assert bare in said[facts]
    assert bare not in said[FACTS]
    assert [words for words in named if words in said[facts]] == []
    assert [words for words in named if words in said[FACTS]]


def test_a_packet_holds_no_words_that_were_not_read(tmp_path: Path) -> None:
    write_case(tmp_path / "case", a_case(sessions=(SESSION,)))
    packet = read_packet(tmp_path / "case", draft=True)
    assert len(packet.pages) >= 3
    assert "97530" in packet.text
    assert [words for words in WORDS if words in packet.text] == []
    assert "checkwithyourplan" not in packet.squeezed.lower()


def test_an_appeal_letter_holds_no_words_that_were_not_read() -> None:
    lines = [denied_line(day) | {"code": "97530"} for day in DAYS]
    sessions = tuple(a_session(day, code="97530", units=None) for day in DAYS)
    case = full(sessions=sessions, claims=(a_claim(sessions),), decisions=(denial(lines=lines),))
    said = " ".join(as_text(letter_of(case, view_of(case)).blocks).split())
    assert "Appeal of a denied claim" in said
    assert [words for words in WORDS if words in said] == []
    assert "check with your plan" not in said.lower()
