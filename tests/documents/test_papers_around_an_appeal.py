"""The papers around an appeal: for every kind of plan and reason honest, complete and traceable; and their words as text.

MASSAGE_CLAIM_UPDATE_GOLDEN=1 writes the golden texts anew.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from appeal_scenes import DAYS, FACTS, LIBRARY, TODAY, bare, denial, denied_line, full
from builders import (
    a_coverage,
    a_decision,
    a_patient,
    an_appeal,
    an_attachment,
    write_case,
)
from massage_claim.actions.papers.paper_scenes import find_denial_scenes, make_decision_scene
from massage_claim.actions.papers.single_paper import paper
from massage_claim.actions.project import Opened
from massage_claim.actions.record.new_case import init
from massage_claim.documents.build import applies, make_paper
from massage_claim.documents.denials import ForDenial
from massage_claim.documents.scene import Scene
from massage_claim.errors import NotReady, UsageProblem
from massage_claim.facts.fact import PLAN_KINDS
from massage_claim.models.case import Case
from massage_claim.pdf.flow import draw
from massage_claim.writing.outline import as_text
from papers import today_is

GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "around_an_appeal"
UPDATE = os.environ.get("MASSAGE_CLAIM_UPDATE_GOLDEN") == "1"
WIDTH = 100
TO_THE_PLAN = ("claim_file_request", "peer_to_peer_request", "expedited_request", "authorized_representative")
OTHERS = ("denial_summary", "reviewer_points_request", "plan_sponsor_request", "what_is_left")
PARTS = ("denial_about", "denial_plan_head", "denial_reason", "denial_sender", "denial_signature", "what_helps")
FAMILIES = tuple(FACTS.denial_families)
EXAMPLE_DAY = date(2026, 10, 12)
LAW = re.compile(r"\d+ (?:CFR|USC|U\.S\.C\.) [\d.-]*\d|ERISA|Affordable Care|section 502", re.IGNORECASE)
LAW_OF = {
    "employer-insured": ("29 CFR 2560", "45 CFR 147", "ERISA", "section 502"),
    "employer-self-funded": ("29 CFR 2560", "45 CFR 147", "ERISA", "section 502"),
    "marketplace": ("29 CFR 2560", "45 CFR 147"),
}
NEVER = re.compile(
    r"\bNone\b|\bN/A\b|\{[{%]|:::|\bTODO\b|source not recorded|"
    r"(?i:\bproven\b|\bcures?\b|\blaw ?suit|\bodds\b|success rate|broke the law|\bviolat|\bor else\b|\bwe will sue)"
)
HOLE = re.compile(r" [,.;:)]|\(\s|\.\.|,,|\(\)|“”")


def opened(case: Case, today: date = TODAY) -> Opened:
    return Opened(case.folder, case, FACTS, today, False)


def scene_of(case: Case) -> Scene:
    return make_decision_scene(opened(case), case.decisions[-1])


def text_of(case: Case, name: str, scene: Scene | None = None) -> str:
    scene = scene or scene_of(case)
    return as_text(make_paper(LIBRARY, name, scene, "decisions/x").blocks, 10_000)


def urgent(prepared_by: str = "patient", **fields: object) -> Case:
    note = an_attachment(
        "urgent.pdf",
        kind="doctor-note",
        title="Note of Dr. Okoye",
        date="2026-04-20",
        signed_by="prescriber",
        contains=["urgent"],
        for_=["decisions/2026-04-10"],
    )
    case = full(prepared_by, **fields)  # type: ignore[arg-type]
    return replace(case, attachments=(*case.attachments, note))


def every_paper(case: Case) -> Iterator[tuple[str, str]]:
    """Each paper that the case may have, with its text."""
    scene = scene_of(case)
    for name in (*TO_THE_PLAN, *OTHERS):
        if applies(LIBRARY, name, scene):
            yield name, text_of(case, name, scene)
    for office in ForDenial(scene).offices:
        yield "complaint", text_of(case, "complaint", replace(scene, office=office.name))


# --- every kind of plan, every reason


@pytest.mark.parametrize("kind", PLAN_KINDS)
def test_no_hole_no_threat_no_law_of_another_kind_and_nothing_unverified(kind: str) -> None:
    said = denial(lines=[denied_line(day) for day in DAYS], notice_elements=["specific-reasons"])
    unread = [one.words for one in FACTS.after_denial.file_requests if not one.may_be_quoted]
    unread += [one.words for one in FACTS.after_denial.sentences if not one.may_be_quoted]
    unread += [
        one.words for one in FACTS.appeal_rights.values() if not one.may_be_quoted and kind not in one.applies_to
    ]
    cases = [urgent(kind=kind, decisions=(said,))]
    if kind == "employer-insured":
        cases += [urgent("practice", kind=kind), bare(kind=kind)]
    for case in cases:
        for name, text in every_paper(case):
            assert not NEVER.search(text), (name, NEVER.search(text))
            assert not HOLE.search(text), (name, HOLE.search(text))
            laws = LAW.findall(text)
            assert [law for law in laws if not law.startswith(LAW_OF.get(kind, ("?",)))] == [], name
            assert not [words for words in unread if words in text], name
            if name != "what_is_left":
                assert "general knowledge" not in text, name


def test_the_law_is_there_where_it_was_read() -> None:
    assert "29 CFR 2560.503-1(h)(2)(iii)" in text_of(full(), "claim_file_request")
    assert "29 CFR 2560.503-1(b)(4)" in text_of(full(), "authorized_representative")
    assert "72 hours" in text_of(urgent(), "expedited_request")
    assert "45 CFR 147.136(b)(3), applying" in text_of(full(kind="marketplace"), "claim_file_request")
    assert not LAW.search(text_of(full(kind="medicaid"), "claim_file_request"))


def test_a_government_or_grandfathered_plan_is_not_told_of_laws_it_is_free_of() -> None:
    town = full(coverage=(a_coverage(answers={"private_employer": "no"}),))
    assert not LAW.search(text_of(town, "claim_file_request"))
    assert "ebsa" not in [one.name for one in ForDenial(scene_of(town)).offices]
    old = full(coverage=(a_coverage(answers={"grandfathered": "yes"}),))
    assert "45 CFR 147" not in text_of(old, "claim_file_request")
    assert "29 CFR 2560" in text_of(old, "claim_file_request")
    assert "outside review" not in text_of(old, "what_is_left").split("What you can still do")[1].split("Write down")[0]


@pytest.mark.parametrize("family", FAMILIES)
def test_every_reason_is_told_in_plain_words_with_what_would_help(family: str) -> None:
    decision = a_decision(adjustments=None, means=[family])
    text = text_of(full(decisions=(decision,)), "denial_summary")
    known = FACTS.denial_families[family]
    assert known.words in text
    helps = text.split("What would help")[1].split("Questions for you")[0]
    assert known.title in helps
    assert "Ask what would answer it" not in helps, "parts/what_helps.md.j2 has no words for this reason"


def test_a_denial_without_any_reason_asks_for_it_first() -> None:
    text = text_of(bare(), "denial_summary")
    assert "Ask the plan for its reason in writing first" in text
    assert "The letter gives no reason in words." in text


# --- each number traces


def numbers(text: str) -> set[str]:
    return set(re.findall(r"\d+(?:[.,:/-]\d+)*", text))


def test_each_number_traces_to_a_record_a_calculation_or_a_cited_fact(tmp_path: Path) -> None:
    case = urgent(appeals=(an_appeal(evidence=["E1"], submission={"date": "2026-04-20", "method": "fax"}),))
    folder = write_case(tmp_path / "case", case)
    records = "\n".join(path.read_text("utf-8") for path in folder.rglob("*.yaml"))
    scene = scene_of(case)
    round_, own = scene.appeal, ForDenial(scene)
    assert round_ is not None
    worked_out = [repr(round_.changes), str(round_.requested), repr(round_.timeline), str(round_.level_words)]
    worked_out += [str(round_.visits), str(own.history), str(scene.claim)]  # type: ignore[attr-defined]
    facts = [one.words + one.cite for one in (*own.file_requests, *own.urgent_law, *own.representative_law)]
    facts += [one.says + one.check for one in own.ways] + [one.words + one.cite for one in round_.notice_missing]
    allowed = numbers(" ".join([records, *worked_out, *facts]))
    days = {date.fromisoformat(text) for text in re.findall(r"\d{4}-\d{2}-\d{2}", records)} | {TODAY}
    days |= {round_.send_by} if round_.send_by else set()
    for day in days:
        allowed |= {f"{day:%m/%d/%Y}", str(day.day), str(day.year)}
    allowed |= {phone for digits in re.findall(r"\d{3}-\d{3}-\d{4}", records) for phone in (digits[:3], digits[4:])}
    allowed |= {"0", "10"}  # the ends of the pain scale, in its title
    for name, text in every_paper(case):
        listed = re.sub(r"^ *\d+\. ", "", text, flags=re.MULTILINE)
        assert numbers(listed) - allowed == set(), name


@pytest.mark.parametrize("name", [*TO_THE_PLAN, *OTHERS, "complaint", "external_review_request", *PARTS])
def test_no_template_holds_a_law_a_citation_or_a_number(name: str) -> None:
    source = LIBRARY.source(f"parts/{name}" if name in PARTS else name).split("---\n", 2)[-1]
    words = re.sub(r"\{[%{#].*?[%}#]\}", "", source, flags=re.DOTALL)
    words = re.sub(r"columns=\d|^1\. ", "", words, flags=re.MULTILINE)
    assert not re.search(r"\d|CFR|U\.?S\.?C|ERISA|doi|et al", words), name


def test_sentences_are_short_and_every_paper_can_be_drawn_twice_the_same() -> None:
    case = urgent()
    scene = scene_of(case)
    for name in (*TO_THE_PLAN, *OTHERS):
        made = make_paper(LIBRARY, name, scene, "decisions/x")
        drawn = draw(made.blocks, title=made.title, running=made.running)
        assert drawn.pages <= 2, name
        assert drawn.pdf == draw(made.blocks, title=made.title, running=made.running).pdf
        for line in text_of(case, name, scene).splitlines():
            for sentence in re.split(r"(?<=[.:?])\s", line):
                if not re.search(r"\d{2}/\d{2}/\d{4}|\(29 CFR|\s{2}", sentence):
                    assert len(sentence.split()) <= 26, sentence
    assert draw(make_paper(LIBRARY, "denial_summary", scene, "x").blocks, title="x", running=("", "")).pages == 1


# --- who is told what


def test_the_employer_and_the_regulator_get_no_health_data() -> None:
    case = full(patient=a_patient(subscriber={"name": "Tomasz Nuñez"}, relation_to_subscriber="spouse"))
    for text in (
        text_of(case, "plan_sponsor_request"),
        text_of(case, "complaint", replace(scene_of(case), office="ebsa")),
    ):
        assert not re.search(r"M54|low back|Oswestry|pain", text)
    letter = text_of(case, "plan_sponsor_request")
    assert "Tomasz Nuñez" in letter
    assert "criteria" not in letter  # the reason as printed is about health


def test_the_representative_is_named_with_what_and_until_when() -> None:
    text = text_of(full("practice"), "authorized_representative")
    assert "Calm Hands LLC" in text
    assert "my provider" in text
    assert "Until when:" in text
    assert "may not receive payments" in text
    assert "____" in text_of(full(), "authorized_representative")


def test_urgent_is_only_asked_for_with_a_clinicians_statement(tmp_path: Path) -> None:
    assert not applies(LIBRARY, "expedited_request", scene_of(full()))
    assert "Ngozi Okoye, MD states that it can't wait" in text_of(urgent(), "expedited_request")
    folder = write_case(tmp_path / "case", full())
    with today_is(TODAY), pytest.raises(NotReady, match="doctor's own words"):
        paper(folder, "expedited-request")


def test_the_days_are_told_as_they_are() -> None:
    assert "The appeal has to be sent by October 7, 2026." in text_of(full(), "denial_summary")
    late = make_decision_scene(opened(full(), date(2027, 1, 5)), full().decisions[-1])
    assert "The day to appeal, October 7, 2026, has passed." in text_of(full(), "denial_summary", late)


def test_after_an_external_review_nothing_says_ask_for_one() -> None:
    sent = {"date": "2026-04-20", "method": "fax"}
    rounds = (
        an_appeal(submission=sent),
        an_appeal("2026-04-25", record_id="2026-04-26", level="external", submission=sent),
    )
    upheld = {"outcome": "upheld", "adjustments": None, "received_date": None}
    decisions = (
        denial(lines=[denied_line(day) for day in DAYS]),
        a_decision(about="appeals/2026-04-20", notice_date="2026-04-25", **upheld),
        a_decision(about="appeals/2026-04-26", notice_date="2026-05-02", **upheld),
    )
    case = full(appeals=rounds, decisions=decisions)
    own = ForDenial(scene_of(case))
    assert own.final
    assert not [way for way in own.ways if "review" in way.title]
    assert "The plan's answer is final" in text_of(case, "what_is_left")
    told = [event.words for event in own.history]
    assert len(told) == len(set(told)) == 7
    assert "Date of the decision about the request for external review" in told
    assert own.medical == "medical"  # the reasons of the first denial go on
    between = ForDenial(make_decision_scene(opened(case), case.decisions[1]))
    assert [way.title for way in between.ways if "review" in way.title] == ["An outside review"]


def test_a_matter_of_the_contract_is_not_sent_to_an_outside_review() -> None:
    case = full(decisions=(a_decision(adjustments=None, means=["exclusion_wording"]),))
    text = text_of(case, "what_is_left")
    assert "Not an outside review" in text
    assert "Your last letter says how to ask" not in text


# --- the command


def test_which_decision_and_which_office(tmp_path: Path) -> None:
    case = full(kind="unknown")
    whole = opened(case)
    assert [about for about, _ in find_denial_scenes(whole, "decision", None)] == ["decisions/2026-04-10"]
    assert [about for about, _ in find_denial_scenes(whole, "office", None)] == ["state-insurance-department", "ebsa"]
    assert [about for about, _ in find_denial_scenes(whole, "office", "ebsa")] == ["ebsa"]
    with pytest.raises(UsageProblem, match="decision"):
        list(find_denial_scenes(whole, "decision", "2020-01-01"))
    with pytest.raises(UsageProblem, match="office"):
        list(find_denial_scenes(whole, "office", "mayor"))
    with pytest.raises(NotReady, match="office"):
        list(find_denial_scenes(opened(full(kind="va")), "office", None))
    folder = write_case(tmp_path / "case", case)
    with today_is(TODAY):
        assert paper(folder, "complaint").written == (
            "out/papers/complaint-state-insurance-department.pdf",
            "out/papers/complaint-ebsa.pdf",
        )
        assert paper(folder, "complaint", for_="ebsa").written == ("out/papers/complaint.pdf",)
    nobody = write_case(tmp_path / "none", full(decisions=(), attachments=()))
    with today_is(TODAY), pytest.raises(NotReady, match="nothing this paper could be about"):
        paper(nobody, "claim_file_request")


# --- the words


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("golden") / "neck"
    init(folder, example="neck_denied_appealed")
    return folder


SHOWN = [name for name in (*TO_THE_PLAN, *OTHERS, "complaint") if name != "expedited_request"]


@pytest.mark.parametrize("name", SHOWN)
def test_the_paper_says_what_it_said(name: str, example: Path) -> None:
    with today_is(EXAMPLE_DAY):
        compare(name, as_text(paper(example, name, preview=True).blocks, WIDTH))


def test_the_urgent_request_and_the_external_review_say_what_they_said() -> None:
    case = urgent()
    scene = scene_of(case)
    compare("expedited_request", as_text(make_paper(LIBRARY, "expedited_request", scene, "x").blocks, WIDTH))
    assert scene.appeal is not None
    outside = replace(scene, appeal=replace(scene.appeal, level="external", level_words="Request for external review"))
    assert applies(LIBRARY, "external_review_request", outside)
    assert not applies(LIBRARY, "appeal_letter", outside)
    compare(
        "external_review_request", as_text(make_paper(LIBRARY, "external_review_request", outside, "x").blocks, WIDTH)
    )


def compare(name: str, text: str) -> None:
    path = GOLDEN / f"{name}.txt"
    if UPDATE:
        path.write_text(text, encoding="utf-8")
    assert path.is_file(), f"{path.name} is missing: run with MASSAGE_CLAIM_UPDATE_GOLDEN=1"
    assert text == path.read_text("utf-8")


def test_no_golden_text_is_left_over() -> None:
    assert {path.stem for path in GOLDEN.iterdir()} == {*SHOWN, "expedited_request", "external_review_request"}
