"""The shipped facts: all cited, dated, complete for the rooms that use them, and only those of the asked day."""

from __future__ import annotations

import re
from datetime import date

import pytest

from massage_claim.facts.denial_reasons import FAMILIES
from massage_claim.facts.fact import PLAN_KINDS, Fact
from massage_claim.facts.fact_file import FOLDER
from massage_claim.facts.library import KINDS, everything, facts_on
from massage_claim.models.attachment import Attachment
from massage_claim.models.field import words_of
from massage_claim.models.plan import Plan

TODAY = date(2026, 11, 23)
FACTS = facts_on(TODAY)
ALL = tuple(everything())
STATES = frozenset(
    "AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR "
    "PA PR RI SC SD TN TX UT VT VA VI WA WV WI WY GU AS MP".split()
)


def shown(fact: Fact) -> list[str]:
    """The sentences of a fact that a person may read."""
    names = (
        "words",
        "use",
        "when",
        "says",
        "still_possible",
        "question",
        "stop_means",
        "letter",
        "evidence",
        "finding",
    )
    names += ("limitation", "note", "threshold_words", "internal_appeal", "external_appeal", "clues", "where")
    texts = [text for name in names if isinstance(text := getattr(fact, name, None), str)]
    return [sentence for text in texts for sentence in re.split(r"(?<=[.!?:;]) ", text)]


def test_every_file_is_in_the_table_and_loads() -> None:
    assert {path.stem for path in FOLDER.glob("*.yaml")} == set(KINDS)
    assert len(ALL) > 500


def test_every_source_names_an_authority_and_no_page_where_it_was_read() -> None:
    for file, _, fact in ALL:
        source = str(fact.source)
        assert not re.search(r"https?:|www\.|\.(com|org|gov|net)\b|\bS\d+[a-z]?\b|V:", source), (file, source)


def test_what_is_not_verified_says_to_check() -> None:
    for file, section, fact in ALL:
        if not fact.may_be_quoted and fact.verified is None:
            assert fact.note, (file, section)
            assert re.search(r"\b(check|ask)\b", fact.note), (file, fact.note)
        if fact.verified:
            assert fact.verified <= TODAY


def test_plain_words_have_at_most_25_words_a_sentence() -> None:
    for file, _, fact in ALL:
        if file in ("evidence", "appeal_rights"):
            continue  # written for a payer's reviewer: findings as the studies report them, requests as the law words them
        for sentence in shown(fact):
            assert len(sentence.split()) <= 25, (file, sentence)


def test_facts_use_the_vocabulary_of_the_models() -> None:
    assert words_of(Plan, "kind") == PLAN_KINDS
    assert set(FACTS.plan_kinds) == set(PLAN_KINDS)
    for kind in words_of(Attachment, "kind"):
        for packet in ("claim", "appeal"):
            assert FACTS.packet_order.rank(packet, kind) is not None, (packet, kind)


# --- one file after the other


def test_procedure_codes() -> None:
    codes = FACTS.procedure_codes
    assert codes["97124"].timed
    assert codes["97124"].unit_minutes == 15
    assert (codes["97010"].timed, codes["97039"].timing) == (False, "by-report")
    assert {code for code, fact in codes.items() if fact.massage} == {"97124", "97140"}
    assert not codes["97530"].may_be_quoted
    pair = next(pair for pair in FACTS.code_pairs if (pair.first, pair.second) == ("97140", "97124"))
    assert (pair.indicator, pair.may_be_quoted) == ("1", False)
    assert FACTS.day_remarks["units"].most == 4
    assert (FACTS.unit_rules["cms"].pooled, FACTS.unit_rules["midpoint"].pooled) == (True, False)


def test_diagnoses() -> None:
    icd = re.compile(FACTS.identifiers.patterns["icd10cm"].pattern)
    headers = FACTS.diagnoses.retired_headers
    assert headers["M54.5"].last_day == date(2021, 9, 30)
    assert headers["M54.5"].children == ("M54.50", "M54.51", "M54.59")
    for header, fact in headers.items():
        assert all(child.startswith(header) and icd.fullmatch(child) for child in fact.children)
        assert header not in FACTS.diagnoses.titles
    assert all(icd.fullmatch(code) for code in FACTS.diagnoses.titles)
    assert {code for code, fact in FACTS.diagnoses.titles.items() if fact.weak} >= {"M54.9", "R52", "Z73.3"}
    assert "M54.50" not in facts_on(date(2021, 9, 30)).diagnoses.titles
    excluded = {(pair.first, other) for pair in FACTS.diagnoses.exclusive_pairs for other in pair.others}
    assert {("M54.5", "M54.4"), ("M79.1", "M79.7"), ("M62", "M79.1"), ("G44", "R51.9")} <= excluded


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        ("npi", "2123456784", "3123456784"),
        ("ein", "12-3456789", "123-456789"),
        ("taxonomy", "225700000X", "225700000"),
        ("icd10cm", "QA0.0101", "M545"),
        ("member_id_medicare", "1EG4TE5MK73", "1EG4TE5MS73"),
        ("procedure_code_cpt", "97124", "9712"),
        ("procedure_code_cpt_new", "0552T", "0552"),
        ("procedure_code_hcpcs", "G0283", "W0283"),
        ("modifier", "59", "591"),
        ("zip", "02139-1234", "2139"),
        ("place_of_service", "02", "2"),
    ],
)
def test_identifier_patterns(name: str, good: str, bad: str) -> None:
    pattern = re.compile(FACTS.identifiers.patterns[name].pattern)
    assert pattern.fullmatch(good)
    assert not pattern.fullmatch(bad)


def test_identifiers() -> None:
    never = set("00 07 08 09 17 18 19 28 29 49 69 70 78 79 89 96 97".split())
    assert FACTS.identifiers.ein.listed == {f"{n:02}" for n in range(100)} - never
    assert (FACTS.identifiers.npi.prefix, FACTS.identifiers.npi.first_digits) == ("80840", ("1", "2"))
    assert FACTS.identifiers.taxonomy["225700000X"].words == "Massage therapist"
    assert {code for code, place in FACTS.places_of_service.items() if place.hands_on == "no"} == {"02", "10"}
    assert FACTS.modifiers["59"].may_be_quoted
    assert not FACTS.modifiers["GP"].may_be_quoted


def test_licences_of_every_state() -> None:
    assert set(FACTS.licences) == STATES
    regimes = {state: licence.regime for state, licence in FACTS.licences.items() if licence.regime != "license"}
    assert regimes == {
        "CA": "certification",
        "KS": "none",
        "MN": "none",
        "WY": "none",
        "VT": "registration",
        "AS": "unknown",
        "MP": "unknown",
    }
    assert FACTS.licences["WA"].titles == ("LMT",)
    assert facts_on(date(2017, 6, 30)).licences["WA"].titles == ("LMP",)
    assert "VT" not in facts_on(date(2020, 12, 31)).licences


def test_denial_codes() -> None:
    codes = FACTS.denial_codes
    fifty = codes.carc("50")
    assert fifty is not None
    assert fifty == codes.carc("CO-50") == codes.carc("co 50") == codes.carc("PR50")
    assert (fifty.action, fifty.severity, fifty.argument) == ("appeal", "appealable", "not_medically_necessary")
    assert codes.carc("B7") is not None
    assert codes.carc("9999") is None
    assert codes.rarc("N999") is None
    guards = {code: fact.guard for code, fact in codes.rarcs.items() if fact.guard}
    assert guards == {"MA130": "no-appeal", "MA44": "no-appeal", "N211": "no-appeal", "N142": "new-claim"}
    for code in ("1", "2", "3", "23", "45"):
        found = codes.carc(code)
        assert found is not None
        assert (found.action, found.severity) == ("none", "informational")
    assert codes.rarcs["N425"].severity == "dead-end"
    owes = {code: group.patient_owes for code, group in codes.groups.items()}
    assert owes == {"CO": "depends", "PR": "yes", "OA": "depends", "PI": "no", "CR": "depends"}


CARCS = (
    "1 2 3 4 5 58 8 11 12 15 16 18 19 20 21 22 23 24 26 27 200 29 31 140 35 119 149 39 45 49 50 55 56 59 95 96 97 107 "
    "B15 109 112 133 136 146 148 150 151 152 163 164 250 251 252 167 170 171 172 173 174 175 176 181 182 183 184 185 "
    "187 189 193 197 198 210 284 296 202 204 206 207 208 216 219 272 273 222 226 227 231 234 236 242 243 279 256 267 "
    "268 239 275 276 285 286 287 288 A1 B1 B7 B11 B13 B20 B12 P2 P4 P12 P13 P15 P21 P22"
).split()
RARCS = (
    "M15 M20 M53 M77 M79 M25 M26 M62 M64 M76 MA63 M80 M86 M81 M84 M127 M135 M141 M143 MA01 MA02 MA04 MA13 MA27 MA36 "
    "N382 MA44 MA60 MA130 N4 N479 N54 N56 N95 N130 N161 N163 N179 N206 N209 N210 N211 N187 N216 N237 N238 N255 N288 "
    "N94 N256 N257 N258 N264 N265 N285 N286 N289 N290 N350 N351 N357 N362 N435 N640 N366 N380 N142 N386 N115 N393 "
    "N465 N409 N425 N428 N429 N431 N430 N443 N441 N455 N456 N475 N489"
).split()


def test_every_code_of_the_reference_is_there_and_no_other() -> None:
    assert set(FACTS.denial_codes.carcs) == set(CARCS)
    assert set(FACTS.denial_codes.rarcs) == set(RARCS)


def test_every_family_is_described_and_named_by_a_code() -> None:
    codes = [*FACTS.denial_codes.carcs.values(), *FACTS.denial_codes.rarcs.values()]
    assert set(FACTS.denial_families) == set(FAMILIES) == {code.argument for code in codes if code.argument}
    assert FACTS.denial_families["exclusion_wording"].external == "no"
    assert FACTS.denial_families["not_medically_necessary"].external == "yes"


def test_coverage_questions_begin_with_the_six_knock_outs() -> None:
    questions = FACTS.coverage_questions
    assert [question.knock_out for question in questions] == [True] * 6 + [False] * (len(questions) - 6)
    assert [question.id for question in questions[:6]] == [
        "coverage_active",
        "out_of_network_benefit",
        "massage_excluded",
        "massage_therapist_accepted",
        "only_within_other_therapy",
        "approval_or_order_first",
    ]
    assert [question.stop_answer for question in questions[:6]] == ["no", "no", "yes", "no", "yes", "yes"]
    assert all(question.question.endswith("?") for question in questions)
    assert questions[-1].id == "reference_number"


def test_measures() -> None:
    thresholds = {name: (m.change_points, m.change_percent) for name, m in FACTS.measures.items()}
    assert thresholds["nprs"] == (2, 30)
    assert thresholds["ndi"] == (10, None)
    assert thresholds["rmdq"] == (5, 30)
    assert thresholds["peg"] == (None, 30)
    assert {name for name, m in FACTS.measures.items() if m.better == "high"} == {"psfs", "lefs"}
    assert not any(m.ships_questions for m in FACTS.measures.values())
    assert [words for _, words in FACTS.measures["ndi"].bands] == ["none", "mild", "moderate", "severe", "complete"]
    assert (FACTS.remeasure.visits, FACTS.remeasure.days, FACTS.remeasure.plateau_after) == (6, 30, 3)


def test_evidence_is_a_closed_list_with_its_limits() -> None:
    evidence = FACTS.evidence
    assert set(evidence) == {f"E{n}" for n in range(1, 20)} | {"M1", "M2", "M3", "M4"}
    assert evidence["E6"].adverse
    assert evidence["E6"].may_be_quoted
    quotable = {name for name, item in evidence.items() if item.may_be_quoted}
    assert quotable == {"E1", "E3", "E6", "E7", "E8", "E9", "E10", "E11", "E12", "E13", "E14", "M1", "M2"}
    assert evidence["E5"].phase == "acute-subacute"
    for item in evidence.values():
        said = f"{item.finding} {item.limitation}".lower()
        assert not re.search(r"\b(proven|proves|cures?)\b", said)
        assert item.role in ("context", "measure") or item.diagnoses or not item.may_be_quoted


def test_packet_order() -> None:
    order = FACTS.packet_order
    claim, appeal = order.kinds("claim"), order.kinds("appeal")
    assert (claim[0], appeal[0]) == ("cover_sheet", "cover_sheet")
    wanted = ["cover_sheet", "claim-form", "superbill", "payment-proof", "prescription", "letter", "licence"]
    assert [kind for kind in claim if kind in wanted] == wanted
    wanted = [
        "cover_sheet",
        "appeal_letter",
        "exhibit_list",
        "denial",
        "eob",
        "prescription",
        "letter",
        "progress_report",
    ]
    assert [kind for kind in appeal if kind in wanted] == wanted
    assert order.rank("claim", "appeal_letter") is None
    note = order.part("claim", "therapist-note")
    assert note is not None
    assert note.when == "on-request"


def test_glossary_answers_by_every_name() -> None:
    glossary = FACTS.glossary
    assert glossary["ucr"] is glossary["allowed amount"]
    for word in (
        "deductible",
        "coinsurance",
        "copay",
        "superbill",
        "eob",
        "external review",
        "timely filing",
        "npi",
        "ein",
    ):
        assert glossary[word].words
    names = [name.lower() for _, _, fact in ALL if hasattr(fact, "word") for name in (fact.word, *fact.also)]
    assert len(names) == len(set(names))


def test_dead_ends_say_what_is_still_possible() -> None:
    florida = next(end for end in FACTS.dead_ends if end.state == "FL")
    assert (florida.kind, florida.may_be_quoted) == ("auto", True)
    assert all(end.still_possible for end in FACTS.dead_ends)


def test_facts_of_another_day() -> None:
    assert FACTS.on(TODAY) is FACTS
    old = FACTS.on(date(2024, 6, 1))
    names = {rule.name for rule in old.deadlines.of("internal_appeal", "medicare-advantage")}
    assert names == {"medicare-advantage-appeal-before-2025"}
    assert not facts_on(date(2010, 1, 1)).procedure_codes


def test_a_file_is_read_only_when_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    from massage_claim.facts import library

    real = library.shipped_file
    monkeypatch.setattr(library, "shipped_file", lambda name: asked.append(name) or real(name))
    facts = library.Facts(TODAY)
    assert asked == []
    assert facts.modifiers["GP"].words
    assert asked == ["modifiers"]
