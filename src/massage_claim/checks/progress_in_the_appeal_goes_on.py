"""Statement: the numbers that an appeal shows got better and still do, or the person knows before they go out.

It looks at the open denials that a letter with numbers answers, with one finding for each. The page may be left out,
never reworded: its words are the numbers'.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from massage_claim.calc.claim_lines import condition_of
from massage_claim.calc.decisions import open_denials
from massage_claim.calc.reasons import reasons_of
from massage_claim.calc.series import Progress, measure_progress, series_of
from massage_claim.calc.visits import order_of
from massage_claim.checks import Finding, Severity
from massage_claim.command_text import spell
from massage_claim.facts.library import Facts
from massage_claim.models.appeal import Appeal
from massage_claim.models.case import Case
from massage_claim.models.claim import Claim
from massage_claim.models.decision import Decision
from massage_claim.writing.formats import listed

STEP = "appeal"
SEVERITY = Severity.RISKY
WHY = "Claim Adjustment Reason Codes (X12), 50: not found medically necessary"

PAGE = "progress-report"
LOOK = (
    f"Look at it first: `{spell('paper', 'progress_report', preview=True)}`. It is not reworded, but may be left out: "
    "write progress-report in case.yaml under packet, leave_out."
)


def check(case: Case, facts: Facts, today: date) -> Iterator[Finding]:
    wishes = case.settings.packet
    if wishes and PAGE in (name.replace("_", "-") for name in wishes.leave_out):
        return
    for decision in open_denials(case, facts):
        claim = _claim_behind(case, decision)
        if claim is None or not _speaks_of_health(decision, facts):
            continue
        found = [one for one in _changes(case, facts, claim, today) if one.series.fact is not None]
        words = [
            *(["a plateau"] if any(one.plateau for one in found) else []),
            *(["no change"] if any(one.direction == "same" and not one.plateau for one in found) else []),
            *(["a change for the worse"] if any(one.direction == "worse" for one in found) else []),
        ]
        if words:
            yield Finding(
                says=f"The progress page of this appeal shows {listed(words)}. Plans may call that maintenance.",
                fix=LOOK,
                where=case.where(decision, "notice_date"),
            )


def _speaks_of_health(decision: Decision, facts: Facts) -> bool:
    """As the letter: numbers about health answer only more than a matter of dates, money or counting."""
    return any(facts.denial_families[one.family].external != "no" for one in reasons_of(decision, facts))


def _changes(case: Case, facts: Facts, claim: Claim, today: date) -> Iterator[Progress]:
    named = {line.session for line in claim.lines}
    visits = tuple(visit for visit in case.sessions if visit.record_id in named)
    if not visits:
        return
    condition = condition_of(case, order_of(case, visits[-1]))
    for series in series_of(case, facts, visits, condition, today):
        found = measure_progress(series, facts, visits[0].date)
        if found is not None:
            yield found


def _claim_behind(case: Case, decision: Decision) -> Claim | None:
    """The claim that a decision is about, through the appeals in between."""
    about = decision.about
    for _ in range(len(case.decisions) + 1):
        appeal = case.find(Appeal, about) if about.startswith("appeals/") else None
        earlier = case.find(Decision, appeal.decision) if appeal else None
        if earlier is None:
            break
        about = earlier.about
    return case.find(Claim, about)
