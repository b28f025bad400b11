"""Whatever a person types stands on the paper as typed, or the paper is refused naming the letters: nothing in between.

A sample of the collected naughty strings, template attacks and names of many countries, each in several free-text fields;
MASSAGE_CLAIM_TRUST=1 takes all of them through all fields.
"""

from __future__ import annotations

import csv
import json
import os
import unicodedata
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest

from builders import (
    TODAY,
    UnreadableRecordError,
    a_case,
    a_condition,
    a_doctor,
    a_patient,
    a_payment,
    a_plan,
    a_practice,
    a_prescription,
    a_provider,
    a_session,
    an_authorization,
)
from massage_claim.actions.packets.assembly import draw_paper
from massage_claim.actions.packets.one_claim import make_claim_scene
from massage_claim.actions.project import Opened
from massage_claim.calc.claim_lines import lines_of
from massage_claim.documents.build import make_paper
from massage_claim.documents.claims import view_claim
from massage_claim.documents.papers import paper_library
from massage_claim.documents.scene import Scene
from massage_claim.documents.views import CoverView, Entry
from massage_claim.facts.library import facts_on
from massage_claim.models.case import Case
from massage_claim.packet.pdf_file import read_texts
from massage_claim.pdf import alphabet
from massage_claim.pdf.alphabet import UnprintableText
from massage_claim.writing.blocks import Run, Signature
from papers import every, squeezed

STRINGS = Path(__file__).resolve().parents[2].parent / "shared" / "corpus" / "strings"
EVERYTHING = os.environ.get("MASSAGE_CLAIM_TRUST") == "1"
TOO_LONG = 600

S, R, L, N, G, C = "superbill", "receipt", "letter_of_medical_necessity", "therapist_note", "session_log", "cover_sheet"
V, Q, H, B = (
    "for_my_appointment",
    "prescription_request",
    "letter_of_medical_necessity_hsa",
    "predetermination_request",
)
SLOTS: dict[str, tuple[str, ...]] = {
    "patient": (S, R, L, N, G, C, V, Q, H, B),
    "street": (S, B),
    "subscriber": (S, C, B),
    "payer": (S, L, C, B),
    "plan": (S, C, B),
    "member": (S, L, C, B),
    "group": (S, L, C, B),
    "other payer": (S,),
    "authorization": (S,),
    "practice": (S, R, C, Q, B),
    "establishment": (S,),
    "therapist": (S, R, N, B),
    "credential": (S, R, N, B),
    "licence": (S, R, N, B),
    "doctor": (S, L, N, V, Q, H, B),
    "diagnosis": (S, L, H, B),
    "cause": (L, V),
    "history": (L, V, H),
    "tried": (L, V, Q, H),
    "result": (L, V, Q, H),
    "activity": (L, V, Q),
    "now": (L, V, Q),
    "goal": (L,),
    "target": (L,),
    "service": (L, H, B),
    "order region": (L,),
    "precaution": (L,),
    "region": (S, N),
    "note s": (N,),
    "note o": (N,),
    "note a": (N,),
    "note p": (N,),
    "own words": (G,),
    "method": (S, R),
    "department": (C,),
    "mail street": (C,),
    "portal": (C,),
    "content": (C,),
}
NAMES = list(SLOTS)
PLAIN = {name: f"plain {name}" for name in NAMES}


def case_of(words: dict[str, str]) -> Case:
    said = {"source": "booklet", "said_on": "2026-01-01"}
    place = {"street": words["mail street"], "city": "Spokane", "state": "WA", "zip": "99210"}
    therapist = a_provider(
        name=words["therapist"],
        credential=words["credential"],
        licence={"number": words["licence"], "state": "WA", "kind": "license"},
    )
    condition = a_condition(
        diagnoses=[{"code": "M54.59", "words": words["diagnosis"], "by": "dr-okoye"}],
        cause={"text": words["cause"], "said_by": "patient"},
        history={"text": words["history"], "said_by": "patient"},
        treatments_tried=[{"what": words["tried"], "result": words["result"], "said_by": "patient"}],
        limits=[{"activity": words["activity"], "now": words["now"]}],
        goals=[{"measure": words["goal"], "target": words["target"], "by": "2026-05-31"}],
    )
    note = {"author": "therapist", **{part: words[f"note {part}"] for part in "soap"}}
    return a_case(
        patient=a_patient(
            name=words["patient"],
            address={"street": words["street"], "city": "Tacoma", "state": "WA", "zip": "98402"},
            relation_to_subscriber="spouse",
            subscriber={"name": words["subscriber"]},
        ),
        plan=a_plan(
            payer=words["payer"],
            plan_name=words["plan"],
            member_id=words["member"],
            group_number=words["group"],
            other_coverage={"has": "yes", "payer": words["other payer"]},
            rules={
                "claims_address": {"department": words["department"], "address": place, **said},
                "portal": {"value": words["portal"], **said},
            },
        ),
        providers=(
            therapist,
            a_practice(name=words["practice"], establishment_licence=words["establishment"]),
            a_doctor(name=words["doctor"]),
        ),
        authorizations=(an_authorization(words["authorization"]),),
        conditions=(condition,),
        prescriptions=(
            a_prescription(
                service=words["service"], regions=[words["order region"]], precautions=[words["precaution"]]
            ),
        ),
        sessions=(
            a_session(regions=[words["region"]], note=note),
            a_session("2026-03-17", note={"author": "patient", "text": words["own words"]}),
        ),
        payments=(a_payment(method=words["method"]),),
        attachments=(),
    )


def blocks_and_text(case: Case, name: str, content: str) -> tuple[str, str]:
    """All text of the paper's blocks, and of its pages, each squeezed."""
    facts = facts_on(TODAY)
    opened = Opened(case.folder, case, facts, TODAY, as_of=False)
    lines = tuple(line for session in case.sessions for line in lines_of(case, facts, session))
    scene = make_claim_scene(opened, view_claim(case, "2026-03-10", lines))
    if name == N:
        scene = Scene(case, facts, TODAY, session=case.sessions[0], sessions=case.sessions[:1], orders=scene.orders)
    place = case.plan.rules.claims_address
    assert place
    assert place.address
    assert case.plan.rules.portal
    cover = CoverView(
        "New claim",
        2,
        (Entry(content, 2, 2),),
        place.department,
        place.address.lines,
        to_portal=case.plan.rules.portal.value,
    )
    paper = make_paper(library(), name, Scene(**{**vars(scene), "cover": cover}), "case")
    drawn = draw_paper(paper, alone=True)
    inside = list(every(paper.blocks))
    said = "".join(piece.text for piece in inside if isinstance(piece, Run))
    said += "".join(piece.under for piece in inside if isinstance(piece, Signature))
    return squeezed(said), compared(" ".join(read_texts(drawn.pdf)))


def stands(typed: str, shown: str) -> bool:
    """In one piece, or as the lines of a cell whose neighbours' lines stand between them; a line has 8 letters at least."""
    while typed not in shown:
        cut = max((at for at in range(8, len(typed)) if typed[:at] in shown), default=0)
        if not cut:
            return False
        typed = typed[cut:]
    return True


@cache
def library():  # type: ignore[no-untyped-def]
    return paper_library(None)


def compared(text: str) -> str:
    """For comparing with a PDF's text: a reader takes a hyphen at a line's end away."""
    return unicodedata.normalize("NFKC", squeezed(text)).translate(dict.fromkeys(map(ord, "-\x02\ufffe\xad‐")))


def collected() -> list[str]:
    if not STRINGS.is_dir():
        return []
    found: list[str] = json.loads((STRINGS / "blns.json").read_text("utf-8"))
    found += (STRINGS / "ssti" / "ssti.fuzz").read_text("utf-8").splitlines()
    with (STRINGS / "names" / "faker_36_locales.tsv").open(encoding="utf-8", newline="") as file:
        names = [row["name"] for row in csv.DictReader(file, delimiter="\t")]
    found += names if EVERYTHING else names[::3]
    return found if EVERYTHING else found[::5]


@cache
def accepted() -> tuple[str, ...]:
    """The strings that a record takes: the models refuse control characters and nothing at all, with a Problem."""
    taken = []
    for string in dict.fromkeys(string.strip() for string in collected()):
        try:
            name = a_patient(name=string).name
        except UnreadableRecordError:
            continue
        if name and len(name) <= TOO_LONG:
            taken.append(name)
    return tuple(taken)


def _chunks(strings: Sequence[str]) -> list[list[str]]:
    """Every chunk has one string for each field; the last is filled up from the first."""
    size = len(NAMES)
    return [[*strings[at : at + size], *strings[:size]][:size] for at in range(0, len(strings), size)]


def test_every_string_is_printed_as_typed() -> None:
    if not STRINGS.is_dir():
        pytest.skip("the collected strings are not beside this checkout")
    printable = [string for string in accepted() if not alphabet.unprintable(string)]
    assert len(printable) > 100
    turns = range(len(NAMES)) if EVERYTHING else (0,)
    for chunk in _chunks(printable):
        for turn in turns:
            words = {name: chunk[(at + turn) % len(chunk)] for at, name in enumerate(NAMES)}
            case = case_of(words)
            for paper in (S, R, L, N, G, C, V, Q, H, B):
                said, shown = blocks_and_text(case, paper, words["content"])
                for name in (name for name, papers in SLOTS.items() if paper in papers):
                    typed = words[name]
                    assert squeezed(typed) in said, (paper, name, typed)
                    assert stands(compared(alphabet.clean(typed)), shown), (paper, name, typed)


def test_a_string_with_letters_that_no_font_has_is_refused_by_name() -> None:
    if not STRINGS.is_dir():
        pytest.skip("the collected strings are not beside this checkout")
    refused = [string for string in accepted() if alphabet.unprintable(string)]
    assert len(refused) > 20
    chosen = refused if EVERYTHING else refused[::3]
    for number, string in enumerate(chosen):
        slot = NAMES[number % len(NAMES)]
        words = {**PLAIN, slot: string}
        case = case_of(words)
        for paper in SLOTS[slot][:1]:
            with pytest.raises(UnprintableText) as caught:
                blocks_and_text(case, paper, words["content"])
            (problem,) = caught.value.problems
            assert "U+" in problem.says
            assert string not in problem.says
            assert set(caught.value.letters) == set(alphabet.unprintable(string))
