"""Which modifiers the plan wants on its codes. Takes the plan's rule and the answers of verifications, gives their letters."""

from __future__ import annotations

import re

from massage_claim.models.case import Case

_NOT_KNOWN = re.compile(r"(not|don'?t|un)\W?(sure|known?|clear)|\?", re.IGNORECASE)
_ONLY_CODES = re.compile(r"\w{2}(?:\W+(?:(?:and|or)\W+)?\w{2})*\W*", re.IGNORECASE)


def modifiers_wanted(case: Case) -> frozenset[str] | None:
    """The two-character words in the plan's rule, else in the newest answer; empty when it wants none.

    None when nobody asked, or nobody knew. Small letters count only where nothing but modifiers was written ("gp or 59"):
    in a sentence, "at" is a word.
    """
    rule = case.plan.rules.modifier
    answers = sorted((c for c in case.coverage if "modifier" in c.answers), key=lambda coverage: coverage.date)
    said = rule.value if rule else answers[-1].answers["modifier"] if answers else None
    if said is None or _NOT_KNOWN.match(said.strip()):
        return None
    text = said.upper() if _ONLY_CODES.fullmatch(said.strip()) else said
    return frozenset(re.findall(r"\b[0-9A-Z]{2}\b", text))
