"""What a code or a word means, in our own words from the shipped facts. Takes a word, gives sentences. Needs no case.

A fact that was not read in its source says "check with your plan". A code nobody knows is said to be unknown, and no
diagnosis code is ever offered for another: only a prescriber names one.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping

from massage_claim.actions.look.meanings import MEANINGS, Meaning, joined
from massage_claim.actions.project import today_without_case
from massage_claim.actions.result import Result
from massage_claim.errors import Problem, UsageProblem
from massage_claim.facts.library import Facts, facts_on

_LIKE_A_CODE = re.compile(r"[A-Z][0-9][0-9A-Z](\.?[0-9A-Z]{1,4})?")
"""A diagnosis code, or a remark code: M545 could be both."""
_DASHES = re.compile("[\u2010-\u2015\u2212]")


def explain(word: str) -> Result:
    """Every meaning of the word. Raises UsageProblem with near matches when there is none."""
    facts = facts_on(today_without_case())
    asked = _DASHES.sub("-", " ".join(word.split()))
    found = [meaning for meanings in MEANINGS for meaning in meanings(asked, facts)]
    if not found:
        raise UsageProblem(_unknown(asked, facts))
    says = tuple(line for meaning in found for line in _lines(meaning))
    data = {
        "meanings": [
            {
                "kind": meaning.kind,
                "name": meaning.name,
                "says": list(meaning.says),
                "source": str(meaning.fact.source) if meaning.fact else None,
                "verified": meaning.fact.verified if meaning.fact else None,
            }
            for meaning in found
        ]
    }
    return Result(says=says, data=data)


def _unknown(word: str, facts: Facts) -> Problem:
    """Never names a diagnosis code, and nothing near one: a slip there would put another illness on a claim."""
    code = word.upper()
    if _LIKE_A_CODE.fullmatch(code) or _LIKE_A_CODE.fullmatch(joined(code)):
        listed = f"the diagnosis codes of {facts.icd10cm.release.name}"
        if "." in code:
            return Problem(f"This code is not among {listed}.", "Ask the prescriber which code was meant.")
        says = f"This code is not known here, and not among {listed}."
        return Problem(says, "Ask the prescriber if it is a diagnosis code, and the plan if it stands on a decision.")
    near = _near(word, facts)
    fix = f"Did you mean {' or '.join(near)}?" if near else "Ask the plan what it means, or look in the plan booklet."
    return Problem("This word or code is not known here.", fix)


def _lines(meaning: Meaning) -> Iterator[str]:
    yield f"{meaning.name} ({meaning.kind})"
    for sentence in meaning.says:
        yield f"  {sentence}"
    fact = meaning.fact
    if fact is not None:
        if fact.note:
            yield f"  {fact.note}"
        read = f" (read {fact.verified.isoformat()})" if fact.verified else ""
        yield f"  Source: {fact.source}{read}"
        if not fact.may_be_quoted and "check with your plan" not in (fact.note or "").lower():
            yield "  This was not read in its source: check with your plan."


def _near(word: str, facts: Facts) -> list[str]:
    from massage_claim.checks import all_checks

    known: list[Mapping[str, object]] = [
        facts.procedure_codes,
        facts.modifiers,
        facts.denial_codes.carcs,
        facts.denial_codes.rarcs,
        facts.glossary,
        facts.measures,
        facts.plan_kinds,
        facts.denial_families,
        all_checks(),
    ]
    names = {name.lower(): name for names in known for name in names}
    near = difflib.get_close_matches(word.lower().replace("-", "_"), names, n=3, cutoff=0.7)
    near = near or difflib.get_close_matches(word.lower(), names, n=3, cutoff=0.7)
    return [names[name] for name in near]
