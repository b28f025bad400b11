"""Which fact file holds which kinds of fact, and how a file is read: one table, one reader. A fact given twice for the same day is a mistake, like
every other one raised as `errors.Unreadable` with file:line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from massage_claim.facts.entry import Entry
from massage_claim.facts.later import Shapes
from massage_claim.facts.page import Page
from massage_claim.facts.plain_kinds import Fact

if TYPE_CHECKING:
    from massage_claim.facts import after_denial_shapes as after
    from massage_claim.facts import appeal_shapes as appeal
    from massage_claim.facts import attention_shapes as attention
    from massage_claim.facts import coding_shapes as coding
    from massage_claim.facts import letter_shapes as letter
    from massage_claim.facts import plan_shapes as plan
    from massage_claim.facts import reason_shapes as reason
    from massage_claim.facts import route_shapes as route
    from massage_claim.facts import tax_shapes as tax
else:
    after = Shapes("after_denial_shapes")
    appeal = Shapes("appeal_shapes")
    attention = Shapes("attention_shapes")
    coding = Shapes("coding_shapes")
    letter = Shapes("letter_shapes")
    plan = Shapes("plan_shapes")
    reason = Shapes("reason_shapes")
    route = Shapes("route_shapes")
    tax = Shapes("tax_shapes")

FOLDER = Path(__file__).parent
Section = tuple[Callable[[Entry], Fact], Callable[[Fact], str]]


def _by(*fields: str) -> Callable[[Fact], str]:
    return lambda fact: " ".join(str(getattr(fact, field)) for field in fields)


SECTIONS: Mapping[str, Mapping[str, Section]] = {
    "procedure_codes": {
        "procedure_codes": (coding.procedure_code, _by("code")),
        "unit_rules": (coding.unit_rule, _by("name")),
        "pairs": (coding.code_pair, _by("first", "second")),
        "day_remarks": (coding.day_remark, _by("measure")),
        "claim_rules": (coding.claim_rule, _by("name")),
    },
    "diagnosis_codes": {
        "retired_headers": (coding.retired_header, _by("code")),
        "exclusive_pairs": (coding.exclusive_pair, _by("first", "words")),
        "never_first": (coding.never_first, _by("words")),
        "titles": (coding.diagnosis_title, _by("code")),
    },
    "icd10cm": {
        "releases": (coding.diagnosis_release, _by("name")),
        "earlier": (coding.earlier_codes, _by("name")),
    },
    "modifiers": {"modifiers": (coding.modifier, _by("code"))},
    "places_of_service": {"places_of_service": (coding.place_of_service, _by("code"))},
    "identifiers": {
        "patterns": (coding.pattern, _by("name")),
        "npi": (coding.npi_rule, _by("prefix")),
        "ein_prefixes": (coding.ein_prefixes, _by("words")),
        "taxonomy": (coding.taxonomy, _by("code")),
    },
    "plan_kinds": {
        "plan_kinds": (plan.plan_kind, _by("kind")),
        "dead_ends": (plan.dead_end, _by("name")),
    },
    "deadlines": {
        "deadlines": (plan.deadline_rule, _by("name")),
        "amounts": (plan.amount, _by("name")),
    },
    "denial_codes": {
        "groups": (reason.group_code, _by("code")),
        "carcs": (reason.carc, _by("code")),
        "rarcs": (reason.rarc, _by("code")),
    },
    "denial_families": {
        "denial_families": (reason.denial_family, _by("name")),
        "other_meanings": (reason.other_meaning, _by("name")),
    },
    "measures": {
        "measures": (reason.measure, _by("name")),
        "remeasure": (reason.remeasure, _by("words")),
    },
    "body_parts": {"body_parts": (reason.body_part, _by("name"))},
    "evidence": {"evidence": (reason.evidence, _by("name"))},
    "appeal_levels": {
        "levels": (appeal.appeal_level, _by("name")),
        "overdue": (appeal.overdue, _by("name")),
    },
    "appeal_rights": {
        "rights": (appeal.appeal_right, _by("name")),
        "notice_elements": (appeal.notice_element, _by("id")),
        "adverse_answers": (appeal.adverse_answer, _by("evidence")),
        "phases": (appeal.phase, _by("name")),
        "doses": (appeal.dose, _by("evidence")),
    },
    "tax": {"tax_rules": (tax.tax_rule, _by("name"))},
    "after_denial": {
        "file_requests": (after.file_request, _by("name")),
        "sentences": (after.law_sentence, _by("name")),
        "offices": (after.office, _by("name")),
        "last_ways": (after.last_way, _by("name")),
    },
    "attention": {
        "warning_signs": (attention.warning_sign, _by("name")),
        "prescribers": (attention.prescriber, _by("name")),
        "certifications": (attention.certification, _by("name")),
        "choices": (attention.choice, _by("name")),
    },
    "letter_contents": {
        "contents": (letter.letter_content, _by("paper", "id")),
        "beside": (letter.beside_letter, _by("id")),
        "tell_first": (letter.tell_first, _by("id")),
    },
    "licences": {"licences": (plan.licence, _by("state"))},
    "coverage_questions": {"coverage_questions": (plan.coverage_question, _by("id"))},
    "routes": {
        "provider_kinds": (route.provider_kind, _by("kind")),
        "routes": (route.route_words, _by("name")),
        "plan_routes": (route.plan_route, _by("kind", "when", "providers")),
        "alternatives": (route.alternative, _by("name")),
    },
    "packet_order": {"packet_order": (plan.packet_part, _by("packet", "kind"))},
    "glossary": {"glossary": (plan.term, _by("word"))},
}


def read_file(path: Path, sections: Mapping[str, Section]) -> dict[str, tuple[Fact, ...]]:
    """Every fact of a file by section, whatever its dates. Raises Unreadable with all mistakes."""
    return read_page(Page.of(path), sections)


def read_page(page: Page, sections: Mapping[str, Section]) -> dict[str, tuple[Fact, ...]]:
    """The same for a page that is there."""
    found = _facts(page, sections)
    page.finish()
    return found


def _facts(page: Page, sections: Mapping[str, Section]) -> dict[str, tuple[Fact, ...]]:
    found: dict[str, tuple[Fact, ...]] = {}
    for section, (shape, key) in sections.items():
        facts = page.read(section, shape)
        seen: dict[str, list[Fact]] = {}
        for number, fact in enumerate(facts):
            same = seen.setdefault(key(fact), [])
            if any(_overlap(earlier, fact) for earlier in same):
                page.wrong((section, number), f"`{key(fact)}` is given twice for the same day")
            same.append(fact)
        found[section] = tuple(facts)
    return found


def _overlap(one: Fact, other: Fact) -> bool:
    return one.valid_from <= (other.valid_until or date.max) and other.valid_from <= (one.valid_until or date.max)


@cache
def shipped_facts(name: str) -> dict[str, tuple[Fact, ...]]:
    """Every fact of a shipped file by its section, whatever the days. Raises Unreadable with every mistake in it."""
    return read_file(FOLDER / f"{name}.yaml", SECTIONS[name])


def everything() -> Iterator[tuple[str, str, Fact]]:
    """Every shipped fact, whatever its dates, as (file, section, fact): for tests and for an overview."""
    for name in SECTIONS:
        for section, facts in shipped_facts(name).items():
            for fact in facts:
                yield name, section, fact
