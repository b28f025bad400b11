"""The appeal's view and its letter: over all families and small cases, honest, complete and traceable."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from appeal_scenes import (
    DAYS,
    FACTS,
    LIBRARY,
    TODAY,
    bare,
    denial,
    denied_line,
    full,
    late_order,
    letter_of,
    lettered,
    view_of,
    with_appeal,
    with_plan,
)
from builders import (
    a_claim,
    a_condition,
    a_contact,
    a_coverage,
    a_decision,
    a_measure,
    a_prescription,
    a_session,
    an_attachment,
)
from massage_claim import yamltext
from massage_claim.documents.citations import choose_citations, phase_of
from massage_claim.documents.claims import view_claim
from massage_claim.documents.criteria import page_to_match, unusable_criteria
from massage_claim.facts.fact import PLAN_KINDS
from massage_claim.models.case import Case
from massage_claim.models.claim import Claim
from massage_claim.models.kinds import RoughDay
from massage_claim.models.record import to_tree
from massage_claim.pdf.flow import draw
from massage_claim.store.read import read_case
from massage_claim.writing.blocks import Paragraph, Quote, plain
from massage_claim.writing.outline import as_text

FAMILIES = tuple(FACTS.denial_families)
EXAMPLE = Path(__file__).parents[2] / "examples" / "neck_denied_appealed"
CASES = {
    "patient": lambda: full(),
    "practice": lambda: full("practice"),
    "bare": lambda: bare(),
    "bare practice": lambda: bare("practice"),
    "late order": late_order,
}
LAW = re.compile(r"\d+ (?:CFR|USC|U\.S\.C\.) [\d.-]*\d|ERISA|Affordable Care|section 502", re.IGNORECASE)
LAW_OF = {
    "employer-insured": ("29 CFR 2560", "45 CFR 147", "ERISA", "section 502"),
    "employer-self-funded": ("29 CFR 2560", "45 CFR 147", "ERISA", "section 502"),
    "marketplace": ("29 CFR 2560", "45 CFR 147"),
    "medicare": ("42 CFR 405",),
    "medicare-advantage": ("42 CFR 422",),
    "medicaid": ("42 CFR 438",),
}
NEVER = re.compile(
    r"\bNone\b|\bN/A\b|\{[{%]|:::|\[Dr|\bcourts?\b|\bTODO\b|source not recorded|"
    r"(?i:\bproven\b|\bcures?\b|\blaw ?suit|\blawyer|\bodds\b|success rate|broke the law|\bviolat)"
)


def text_of(case: Case, *chosen: str, **options: object) -> str:
    return as_text(letter_of(case, view_of(case, chosen=chosen, **options)).blocks, 10_000)  # type: ignore[arg-type]


# --- every family in every case


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("family", FAMILIES)
def test_every_family_can_be_answered_in_every_case(family: str, case: str) -> None:
    text = text_of(CASES[case](), family)
    assert not NEVER.search(text)
    assert not re.search(r" [,.;:)]|\(\s|\.\.|,,|\(\)|“”", text), "a hole where a value should be"
    title = FACTS.denial_families[family].title
    answer = text.split(title, 1)[1]
    assert re.search(r"Please|If a (part|criterion|paper)", answer), "each answer ends with what would settle it"


@pytest.mark.parametrize("family", FAMILIES)
def test_every_family_has_its_file_and_says_something_of_the_case(family: str) -> None:
    assert family in LIBRARY.pieces("arguments")
    full_answer, bare_answer = (
        text_of(case, family).split(FACTS.denial_families[family].title)[-1] for case in (full(), bare())
    )
    assert len(full_answer) > len(bare_answer)


def test_every_file_is_a_family() -> None:
    assert set(LIBRARY.pieces("arguments")) == set(FAMILIES)


def test_no_template_holds_a_citation_a_law_or_a_number() -> None:
    names = [
        "appeal_letter",
        *(f"arguments/{name}" for name in FAMILIES),
        *(f"parts/{name}" for name in LIBRARY.pieces("parts")),
    ]
    for name in names:
        words = re.sub(r"\{[%{#].*?[%}#]\}", "", LIBRARY.source(name), flags=re.DOTALL)
        words = re.sub(r"columns=\d|^1\. ", "", words, flags=re.MULTILINE)
        assert not re.search(r"\d|CFR|U\.?S\.?C|doi|et al", words), name


def test_the_sentences_of_the_templates_are_short() -> None:
    for case in (full(), full("practice"), read_case(EXAMPLE)):
        for block in _paragraphs(
            letter_of(case, view_of(case, chosen=FAMILIES, today=case.settings.as_of or TODAY)).blocks
        ):
            for sentence in re.split(r"(?<=[.:?])\s", block):
                assert len(sentence.split()) <= 25, sentence


def _paragraphs(blocks: object) -> Iterator[str]:
    for block in blocks:  # type: ignore[attr-defined]
        if isinstance(block, Paragraph):
            yield plain(block.text)


def test_every_reason_of_one_letter_is_drawn_and_nobody_signs_alone() -> None:
    for case in (full(), full("practice")):
        paper = letter_of(case, view_of(case, chosen=FAMILIES))
        drawn = draw(paper.blocks, title=paper.title, running=paper.running)
        assert len(drawn.signatures) == (2 if case.by_practice else 1)
        assert drawn.pdf == draw(paper.blocks, title=paper.title, running=paper.running).pdf


# --- law, evidence, facts


@pytest.mark.parametrize("kind", PLAN_KINDS)
@pytest.mark.parametrize("prepared_by", ["patient", "practice"])
def test_no_law_of_another_kind_of_plan_and_nothing_unverified(kind: str, prepared_by: str) -> None:
    decision = denial(lines=[denied_line(day) for day in DAYS], notice_elements=["specific-reasons"])
    text = text_of(full(prepared_by, kind=kind, decisions=(decision,)), *FAMILIES)
    allowed = LAW_OF.get(kind, ())
    assert [law for law in LAW.findall(text) if not law.startswith(allowed or ("?",))] == []
    if allowed:
        assert LAW.search(text)
    unverified = [right for right in FACTS.appeal_rights.values() if not right.may_be_quoted]
    unverified_words = {right.words for right in unverified} - {
        right.words for right in FACTS.appeal_rights.values() if right.may_be_quoted and kind in right.applies_to
    }
    assert not [words for words in unverified_words if words in text]
    for study in FACTS.evidence.values():
        if not study.may_be_quoted:
            assert study.finding not in text
            assert study.reference not in text
    for measure in FACTS.measures.values():
        if not measure.may_be_quoted:
            assert f"(threshold: {measure.threshold_words}" not in text


def test_the_authorized_representative_is_only_named_when_the_practice_signs() -> None:
    assert "authorized representative" not in text_of(full())
    text = text_of(full("practice"))
    assert "Calm Hands LLC files this appeal as my authorized representative." in text
    assert "29 CFR 2560.503-1(b)(4)" in text


def test_a_grandfathered_plan_is_not_told_of_the_affordable_care_act() -> None:
    said = a_coverage("2026-03-01", source="booklet", answers={"grandfathered": "yes"})
    decision = denial(lines=[denied_line(day) for day in DAYS], notice_elements=["specific-reasons"])
    case = full(coverage=(said,), decisions=(decision,))
    text = text_of(case)
    assert "45 CFR 147.136" not in text
    assert "29 CFR 2560.503-1(h)(2)(iii)" in text
    assert "45 CFR 147.136" in text_of(full(decisions=(decision,)))


def test_an_external_review_asks_for_nothing_of_the_plans_own_review() -> None:
    view = view_of(full(), level="external")
    assert view.rights == ()
    assert view.level_words == "Request for external review"


@pytest.mark.parametrize(
    ("kind", "level", "words"),
    [
        ("employer-insured", "1", "Appeal of a denied claim (level 1)"),
        ("employer-insured", "2", "Second appeal of a denied claim (level 2)"),
        ("medicare", "1", "Request for redetermination (level 1)"),
        ("medicare-advantage", "1", "Request for reconsideration (level 1)"),
    ],
)
def test_the_level_in_words(kind: str, level: str, words: str) -> None:
    assert view_of(full(kind=kind), level=level).level_words == words


def found(*codes: str, phase: str | None = "chronic", progress: bool = True, **options: object) -> list[str]:
    names = {f"{item.journal} {item.reference}": item.name for item in FACTS.evidence.values()}
    told = choose_citations(codes, phase, FACTS, progress=progress, **options)  # type: ignore[arg-type]
    return [next(name for key, name in names.items() if key in one.cite) for one in told]


def test_only_studies_of_this_diagnosis_and_phase_are_cited() -> None:
    assert found("M54.59") == ["E3", "E1"]
    assert found("M54.59", phase="acute-subacute") == ["E1"]
    assert found("M54.59", phase=None) == ["E1"]
    assert found("M54.2") == ["E7", "E6", "E1"]
    assert found("M54.2", phase=None) == ["E6", "E1"]
    assert found("M54.2", "G44.209") == ["E7", "E14", "E6", "E1"]
    assert found("G44.209", "M54.2") == ["E14", "E7", "E6", "E1"]
    assert found("M17.11") == ["E9", "E10", "E1"]
    assert found("M79.7") == ["E11", "E1"]
    assert found("Z99.9") == ["E1"]


def test_a_study_of_a_larger_dose_is_only_cited_for_such_an_order() -> None:
    weekly, dosed = a_prescription(per_week=1, minutes_per_visit=60), a_prescription(per_week=2, minutes_per_visit=60)
    assert "E8" not in found("M54.2", order=weekly)
    assert "E8" in found("M54.2", order=dosed)
    assert "E8" not in found("M54.2", order=a_prescription(per_week=3, minutes_per_visit=30))


def test_a_wish_narrows_the_choice_but_never_hides_what_speaks_against_it() -> None:
    assert found("M54.2", wanted=["E1"]) == ["E6", "E1"]
    assert found("M54.59", wanted=["E9"]) == []


@pytest.mark.parametrize("progress", [True, False])
def test_adverse_evidence_is_disclosed_with_an_answer_that_holds(progress: bool) -> None:
    (adverse,) = [one for one in choose_citations(["M54.2"], None, FACTS, progress=progress) if "Gross" in one.cite]
    assert "little or no difference" in adverse.found
    assert "bias" in adverse.limits
    assert "must be answered" not in adverse.limits
    assert ("changes measured in this case" in adverse.limits) is progress


def test_every_citation_carries_its_limits_into_the_letter() -> None:
    text = text_of(full())
    for one in view_of(full()).citations:
        assert one.found in text
        assert one.limits in text
        assert one.cite in text


def test_studies_are_no_answer_to_a_matter_of_dates_or_money() -> None:
    case = full(decisions=(denial(lines=[denied_line(day, "29") for day in DAYS]),))
    view = view_of(case)
    assert view.citations == ()
    assert view.changes == ()
    assert "Oswestry" not in text_of(case).split("Answer to the reason")[1]


def test_the_phase_is_that_of_the_first_visit() -> None:
    first = date(2026, 5, 1)
    assert phase_of(date(2026, 2, 6), first, FACTS) == "acute-subacute"  # 84 days
    assert phase_of(date(2026, 2, 5), first, FACTS) == "chronic"
    assert phase_of(None, first, FACTS) is None
    assert phase_of(date(2026, 5, 2), first, FACTS) is None
    rough = {
        written: phase_of(RoughDay(written), first, FACTS) for written in ("2025", "2026-01", "2026-02", "2026-03")
    }
    assert rough == {"2025": "chronic", "2026-01": "chronic", "2026-02": None, "2026-03": "acute-subacute"}


# --- progress


def test_the_numbers_say_what_changed_and_by_whose_threshold() -> None:
    pain, odi, psfs = view_of(full()).changes
    assert (pain.first, pain.last, pain.change) == ("7", "4", "−3 (−43%)")
    assert pain.meaning == "better; meaningful (threshold: 2 points or 30 per cent, both met)"
    assert "Ostelo" in pain.source
    assert (odi.first, odi.last, odi.change, odi.first_day) == ("42", "30", "−12 (−29%)", date(2026, 3, 2))
    assert odi.meaning == "better; meaningful (threshold: 10 points or 30 per cent, met in points)"
    assert (psfs.change, psfs.meaning, psfs.source) == ("+3 (+100%)", "better", "")


def test_a_threshold_found_for_the_low_back_is_not_used_for_the_neck() -> None:
    neck = a_condition(name="neck pain", diagnoses=[{"code": "M54.2", "words": "neck pain", "by": "dr-okoye"}])
    claim = full().claims[0]
    lines = [dict(to_tree(line)) | {"pointers": ["M54.2"]} for line in claim.lines]
    case = full(
        conditions=(neck,),
        claims=(a_claim(record_id="2026-03-10", lines=lines),),
        measures=(a_measure("2026-03-02", "ndi", 24), a_measure("2026-03-31", "ndi", 17)),
    )
    pain, ndi = view_of(case).changes
    assert (pain.meaning, pain.source) == ("better", "")
    assert ndi.meaning == "better, but below the threshold, not beyond measurement error (threshold: 10 of 50 points)"


def test_a_change_for_the_worse_and_a_plateau_are_told() -> None:
    sessions = tuple(a_session(day, pain={"before": 5, "after": 1}) for day in DAYS)
    case = full(
        sessions=sessions,
        measures=(a_measure("2026-03-02", "odi", 30), a_measure("2026-03-31", "odi", 42)),
        conditions=(a_condition(diagnoses=[]),),
    )
    pain, odi = view_of(case).changes
    assert pain.meaning == "no change"
    assert odi.meaning == "worse"
    assert view_of(case).better == ()
    assert "Measured before treatment and since" not in text_of(case)


def test_the_pain_of_relaxation_visits_and_measures_of_tomorrow_do_not_count() -> None:
    later = a_measure("2026-05-10", "odi", 10)
    case = full()
    case = replace(case, measures=(*case.measures, later))
    assert view_of(case).changes[1].last == "30"


# --- facts


def test_the_timeline_is_in_order_with_its_exhibits() -> None:
    view = view_of(full())
    assert [event.day for event in view.timeline] == sorted(event.day for event in view.timeline)
    shown = {event.words: event.exhibit for event in view.timeline}
    letters = {entry.title: entry.letter for entry in lettered(full())}
    assert shown["Date of the notice of denial"] == letters["denial"]
    assert shown["Notice of denial received"] == letters["denial"]
    assert shown["Signed order for massage therapy by Ngozi Okoye, MD: 12 visits"] == letters["prescription"]
    assert (
        shown["Claim sent by certified mail, tracking number 7020 0000 1111 2222 3333"] == letters["proof of sending"]
    )
    assert shown["First visit"] is None
    assert "Last of 4 visits" in shown
    assert any(words.startswith("Call with the plan (Dana), reference REF-20260319-042. Said:") for words in shown)
    assert "Measured before treatment: Oswestry Disability Index, 42 per cent" in shown


def test_nothing_is_said_to_be_enclosed_that_is_not() -> None:
    view = view_of(full(), exhibits=())
    assert {event.exhibit for event in view.timeline} == {None}
    assert view.see == {}
    assert "Exhibit" not in as_text(letter_of(full(), view).blocks, 10_000).replace("Exhibit\n", "\n")


def test_calls_without_a_reference_and_things_of_tomorrow_are_not_told() -> None:
    case = full(contacts=(a_contact("2026-04-20", reference=None), a_contact("2026-06-01")))
    assert not [event for event in view_of(case).timeline if event.words.startswith("Call")]


def test_a_corrected_claim_tells_of_both_sendings() -> None:
    first = a_claim(full().sessions)
    second = a_claim(
        full().sessions,
        record_id="2026-03-10-2",
        replaces=first.record_id,
        submission={"date": "2026-04-05", "method": "fax"},
    )
    decision = a_decision(about=second.record_id)
    words = [event.words for event in view_of(full(claims=(first, second), decisions=(decision,))).timeline]
    assert "Corrected claim sent by fax" in words
    assert any(one.startswith("Claim sent by certified mail") for one in words)


@pytest.mark.parametrize(
    ("lines", "total", "asked", "visits"),
    [
        (None, "0.00", "384.00", 4),
        (None, "100.00", "284.00", 4),
        ([denied_line(day) for day in DAYS], "0.00", "384.00", 4),
        ([denied_line(DAYS[0]), denied_line(DAYS[1])], "0.00", "192.00", 2),
        ([denied_line(DAYS[0]), denied_line(DAYS[1], "2", "76.80")], "76.80", "96.00", 1),
        (
            [denied_line(DAYS[0], "151", "60.00", adjustments=[{"group": "CO", "carc": "151", "amount": "36.00"}])],
            "60.00",
            "36.00",
            1,
        ),
        ([denied_line(DAYS[0], "1"), denied_line(DAYS[1], "2", "76.80")], "76.80", "115.20", 2),
        ([denied_line(DAYS[0], billed="90.00", code=None)], "0.00", "96.00", 1),
    ],
)
def test_the_amount_in_dispute_is_what_was_refused(lines: object, total: str, asked: str, visits: int) -> None:
    view = view_of(full(decisions=(denial(lines=lines, total_paid=total),)), chosen=["experimental"])
    assert (view.requested, view.visits) == (Decimal(asked), visits)


def test_the_amount_is_never_more_than_the_claim_and_two_visits_of_a_day_count_once_each() -> None:
    cut = denied_line(DAYS[0], paid="60.00", adjustments=[{"group": "CO", "carc": "151", "amount": "500.00"}])
    assert view_of(full(decisions=(denial(lines=[cut]),))).requested == Decimal("96.00")
    sessions = (a_session(DAYS[0], charge="60.00"), a_session(DAYS[0], record_id=f"{DAYS[0]}-2"))
    twice = denial(lines=[denied_line(DAYS[0]), denied_line(DAYS[0])])
    case = full(sessions=sessions, claims=(a_claim(sessions),), decisions=(twice,))
    assert (view_of(case).requested, view_of(case).visits) == (Decimal("156.00"), 2)
    thrice = denial(lines=[denied_line(DAYS[0])] * 3)
    assert view_of(replace(case, decisions=(thrice,))).requested == Decimal("156.00")


def test_a_health_professional_is_only_asked_for_where_medicine_was_judged() -> None:
    late = full(decisions=(denial(lines=[denied_line(day, "29") for day in DAYS]),))
    assert not [right for right in view_of(late).rights if "health professional" in right.words]
    assert [right for right in view_of(full()).rights if "health professional" in right.words]
    assert not [right for right in view_of(full()).rights if "representative" in right.words]


def test_the_codes_are_quoted_as_printed_and_the_reason_in_full() -> None:
    decision = denial(
        lines=[denied_line(day) for day in DAYS],
        reason_as_written="Not needed.\n\n# It | is **not** covered ::: ever",
        payer_codes=[{"code": "X1", "text": "See our page"}],
    )
    case = full(decisions=(decision,))
    paper = letter_of(case, view_of(case))
    quotes = [as_text((block,), 200) for block in paper.blocks if isinstance(block, Quote)]
    assert "# It | is **not** covered ::: ever" in quotes[0]
    text = as_text(paper.blocks, 10_000)
    assert "Code X1: “See our page”" in text
    assert "Not medically necessary (PR-50)" in text


# --- criteria and the notice


def criterion(source: str = "policy", **fields: object) -> dict[str, object]:
    return {
        "criterion": "An order by a doctor",
        "source": source,
        "evidence": "Signed on March 2",
        "exhibit": "order",
    } | fields


def test_criteria_come_only_from_the_payers_own_page() -> None:
    case = full()
    rows = view_of(case, record=with_appeal(criteria=[criterion(), criterion("order"), criterion(None)])).criteria
    assert [(row.criterion, row.source, row.answer, row.exhibit) for row in rows] == [
        ("An order by a doctor", "Policy 12, January 1, 2026", "Signed on March 2", "D")
    ]
    text = text_of(case, record=with_appeal(criteria=[criterion()]))
    assert "The plan's own criteria are answered one by one below." in text
    assert "Taken from: Policy 12, January 1, 2026." in text
    assert "own criteria" not in text_of(case)


@pytest.mark.parametrize(("day", "used"), [("2026-03-10", 1), ("2026-03-11", 0), (None, 0)])
def test_a_policy_page_counts_only_if_it_held_on_the_first_visit(day: str | None, used: int) -> None:
    page = an_attachment("policy.pdf", kind="plan-page", date=day)
    case = full(attachments=(page,))
    record = with_appeal(criteria=[criterion(exhibit=None)])
    claim = case.find(Claim, case.decisions[-1].about)
    assert claim is not None
    assert len(view_of(case, record=record).criteria) == used
    shown = view_claim(case, claim.id, claim.lines, claim)
    assert len(unusable_criteria(case, record, shown)) == 1 - used
    assert page_to_match(case, None, shown) == (page.record_id if used else None)
    assert page_to_match(case, record, shown) is None  # they are written down already


def test_a_criterion_without_an_answer_is_left_out_and_told() -> None:
    case = full()
    record = with_appeal(criteria=[criterion(evidence=None, exhibit=None)])
    claim = case.find(Claim, case.decisions[-1].about)
    assert claim is not None
    assert view_of(case, record=record).criteria == ()
    (told,) = unusable_criteria(case, record, view_claim(case, claim.id, claim.lines, claim))
    assert "no answer" in told


def missing(*present: str, kind: str = "employer-self-funded", **fields: object) -> list[str]:
    decision = denial(lines=[denied_line(day) for day in DAYS], notice_elements=list(present), **fields)
    view = view_of(full(kind=kind, decisions=(decision,)))
    by_words = {element.words: element.id for element in FACTS.notice_elements.values()}
    return [by_words[one.words] for one in view.notice_missing]


def test_what_the_notice_lacks_is_said_only_when_someone_looked() -> None:
    assert missing() == []
    assert missing(
        "specific-reasons", "plan-provision", "review-procedure-and-limit", plan_provision=None, reason_as_written="No."
    ) == [
        "right-to-sue",
        "clinical-explanation",
        "visit-provider-amount",
        "codes-on-request",
        "denial-code-and-meaning",
        "external-review",
        "consumer-help",
    ]


def test_elements_fit_the_reason_and_the_kind_of_plan() -> None:
    assert "internal-criterion" in missing("specific-reasons", plan_provision="Medical policy 12")
    assert "right-to-sue" not in missing("specific-reasons", kind="marketplace")
    assert "missing-information" not in missing("specific-reasons")
    assert missing("specific-reasons", kind="medicaid") == []
    assert missing(*FACTS.notice_elements) == []


def test_the_letter_says_not_found_and_never_more() -> None:
    decision = denial(lines=[denied_line(day) for day in DAYS], notice_elements=["specific-reasons"])
    text = text_of(full(decisions=(decision,)))
    assert "not found in this letter" in text
    assert "Not found in the notice" not in text_of(full())


# --- when to send


def test_send_by_is_the_earliest_count() -> None:
    view = view_of(full())
    assert view.send_by == date(2026, 10, 7)  # 180 days from the notice of April 10
    assert "The earliest is used" in view.send_by_words
    printed = full(decisions=(denial(appeal_by="2026-06-01"),))
    assert view_of(printed).send_by == date(2026, 6, 1)


def test_a_second_level_is_never_counted_from_the_first_ones_limit() -> None:
    view = view_of(full(), level="2")
    assert view.send_by is None
    assert "30 days" in view.send_by_words


def test_a_passed_day_asks_for_good_cause() -> None:
    view = view_of(full(), today=date(2027, 1, 5))
    assert "good cause" in view.send_by_words
    assert "good cause" not in view_of(full()).send_by_words


def test_where_it_goes_comes_from_the_plans_rules() -> None:
    view = view_of(full())
    assert (view.to_department, view.to_address, view.to_fax) == ("Appeals", ("PO Box 5551", "Spokane, WA 99210"), None)
    assert view_of(bare()).to_address == ()


def test_what_is_new_is_printed_when_it_is_written() -> None:
    assert "What is new since the last decision" not in text_of(full())
    assert "A new letter." in text_of(full(), level="2", record=with_appeal(whats_new="A new letter."))


# --- the numbers


@pytest.mark.parametrize("case", [*CASES, "example"])
def test_each_number_traces_to_a_record_a_calculation_or_a_cited_fact(case: str) -> None:
    whole = read_case(EXAMPLE) if case == "example" else CASES[case]()
    today = whole.settings.as_of or TODAY
    exhibits = lettered(whole)
    view = view_of(whole, chosen=FAMILIES, today=today, exhibits=exhibits)
    text = as_text(letter_of(whole, view, today).blocks, 10_000)
    claim = whole.find(Claim, whole.decisions[-1].about)
    assert claim is not None
    records = "\n".join(yamltext.write(to_tree(record)) for record in whole.everything())
    facts = " ".join(
        [one.words + str(one.source) for one in FACTS.appeal_rights.values() if one.may_be_quoted]
        + [one.words + str(one.source) for one in FACTS.notice_elements.values()]
        + [f"{one.found} {one.limits} {one.cite}" for one in view.citations]
        + [f"{one.title} {one.unit} {one.threshold_words} {one.source}" for one in FACTS.measures.values()]
        + ["Pain before the visit, 0 to 10"]
    )
    sent = claim.submission.date if claim.submission else claim.lines[0].date
    calculated = {
        str(view.visits),
        f"{view.requested:.2f}",
        str(len({line.session for line in claim.lines})),
        str((sent - min(line.date for line in claim.lines)).days),
        str(view.level),
        *(str(at) for at in range(1, len(view.rights) + 2)),
        *(str(entry.first) for entry in exhibits),
        *(number for change in view.changes for number in _numbers(f"{change.first} {change.last} {change.change}")),
        *(
            str(minutes % 12 or 12)
            for line in claim.lines
            for t in (line.start, line.end)
            if t
            for minutes in (t.hour,)
        ),
        *(f"{t.minute:02}" for line in claim.lines for t in (line.start, line.end) if t),
    }
    known = (
        set(_numbers(records))
        | set(_numbers(facts))
        | calculated
        | set(_numbers(f"{today.isoformat()} {today.day} {today.month}"))
    )
    known |= {str(int(part)) for part in re.findall(r"(?<=-)0\d\b", records)}  # May 4 is written 2026-05-04
    assert [number for number in _numbers(text) if number not in known and number.lstrip("0") not in known] == []


def _numbers(text: str) -> list[str]:
    return re.findall(r"\d+(?:\.\d+)?", re.sub(r"(?<=\d),(?=\d{3}\b)", "", text))


def test_the_example_is_answered_point_by_point() -> None:
    case = read_case(EXAMPLE)
    today = case.settings.as_of or TODAY
    view = view_of(case, today=today)
    text = as_text(letter_of(case, view, today).blocks, 10_000)
    assert [(reason.family, reason.codes) for reason in view.reasons] == [("not_medically_necessary", ("PR-50",))]
    assert view.requested == Decimal("1050.00")
    assert view.visits == 12
    assert {"Neck Disability Index", "Patient-Specific Functional Scale"} <= {one.measure for one in view.changes}
    assert any("Gross" in one.cite for one in view.citations)
    assert 2 <= len(view.citations) <= 4
    for heading in (
        "About",
        "The reason on the notice",
        "The facts",
        "Answer to the reason",
        "Progress in numbers",
        "What research says, with its limits",
        "Not found in the notice",
        "What is requested",
        "Enclosures",
    ):
        assert heading in text
    assert text.index("What is requested") < text.index("Enclosures") < text.rindex("Signature")
    assert not NEVER.search(text)


def test_the_letter_names_each_enclosure_once_and_the_list_its_pages() -> None:
    case = full()
    text = " ".join(as_text(letter_of(case, view_of(case)).blocks, 100).split())
    enclosures = text[text.index("Enclosures") :]
    assert len(lettered(case)) > 1
    for entry in lettered(case):
        assert len(re.findall(rf"\b{entry.letter} {re.escape(entry.title)}\.", enclosures)) == 1
    assert "their pages are on the list" in enclosures.lower()


def test_an_unknown_reason_in_the_record_is_left_to_the_guard() -> None:
    assert (
        view_of(full(), record=with_appeal(reasons=["because", "timely-filing"])).reasons[-1].family == "timely_filing"
    )


def test_a_plan_rule_of_no_is_told_honestly() -> None:
    case = full()
    rules = case.plan.rules.model_copy(update={"massage_covered": case.plan.rules.only_within_therapy})
    assert "whether an exception can be made" in text_of(with_plan(case, rules=rules), "exclusion_wording")
    assert "said that it covers massage" in text_of(case, "exclusion_wording")


def test_an_order_after_the_first_visit_is_never_called_earlier() -> None:
    text = text_of(late_order(), "order_missing_or_incomplete")
    assert "before the first visit" not in text
    assert "The order is dated after the first visit." in text
    assert "03/24/2026, 03/31/2026." in text


def test_a_case_without_sessions_left_in_the_folder_still_has_its_letter() -> None:
    case = full()
    assert "M54.59" in text_of(replace(case, sessions=()))
