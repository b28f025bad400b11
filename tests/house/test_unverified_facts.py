"""A payer's paper never says what nobody read in its source: the bare code stands there, and no "check with your plan"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from appeal_scenes import DAYS, LIBRARY, denial, denied_line, full, letter_of, view_of
from builders import TODAY, a_case, a_claim, a_session
from massage_claim.documents.build import make_paper
from massage_claim.documents.claims import claim_view
from massage_claim.documents.scene import Scene
from massage_claim.facts.coding_kinds import PlaceOfService, ProcedureCode
from massage_claim.facts.library import Facts, facts_on
from massage_claim.writing.blocks import Block
from massage_claim.writing.outline import as_text
from papers import read_packet

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


def paper_text(name: str, facts: Facts) -> str:
    session = a_session(services=[{"code": code, "minutes": 15, "charge": "20.00"} for code in ("97124", *UNREAD)][:6])
    case = a_case(sessions=(session,))
    claim = a_claim((session,))
    scene = Scene(case, facts, TODAY, claim=claim_view(case, claim.id, claim.lines, claim), sessions=(session,))
    blocks: tuple[Block, ...] = make_paper(LIBRARY, name, scene, claim.record_id).blocks
    return " ".join(as_text(blocks).split())


def test_there_is_something_to_hold_back() -> None:
    assert {"97530", "97010"} <= UNREAD.keys()


@pytest.mark.parametrize("name", ["superbill", "receipt"])
def test_a_code_that_was_not_read_stands_bare_and_one_that_was_has_its_words(name: str) -> None:
    said = paper_text(name, FACTS)
    assert FACTS.procedure_codes["97124"].words in said
    assert "97530" in said
    assert [words for words in WORDS if words in said] == []
    assert "check with your plan" not in said.lower()


@pytest.mark.parametrize("name", ["superbill", "receipt"])
def test_nothing_is_said_in_words_when_nothing_was_read(name: str) -> None:
    facts = nobody_read()
    said = paper_text(name, facts)
    named = [fact.words for fact in facts.procedure_codes.values()]
    named += [f"{place} {fact.words}" for place, fact in facts.places_of_service.items()]
    assert "97124" in said
    assert [words for words in named if words in said] == []
    assert ("service 97124" in said) is (name == "receipt")
    assert ("Place: 11." in said) is (name == "superbill")


def test_a_packet_holds_no_words_that_were_not_read(tmp_path: Path) -> None:
    from builders import write_case

    session = a_session(services=[{"code": code, "minutes": 15, "charge": "48.00"} for code in ("97124", "97530")])
    write_case(tmp_path / "case", a_case(sessions=(session,)))
    packet = read_packet(tmp_path / "case", draft=True)
    assert len(packet.pages) >= 3
    assert "97530" in packet.text
    assert [words for words in WORDS if words in packet.text] == []
    assert "checkwithyourplan" not in packet.squeezed.lower()


def test_an_appeal_letter_holds_no_words_that_were_not_read() -> None:
    lines = [denied_line(day) | {"code": "97530"} for day in DAYS]
    case = full(decisions=(denial(lines=lines),))
    said = " ".join(as_text(letter_of(case, view_of(case)).blocks).split())
    assert "97530" in said
    assert [words for words in WORDS if words in said] == []
    assert "check with your plan" not in said.lower()
