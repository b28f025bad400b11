"""One round of appeal as its letter shows it: reasons, facts, numbers, studies, what it asks for, and what the notice lacks.

A frozen view; amounts in dollars. Nothing unverified and no law of another kind of plan gets in: both are filtered here,
once; nothing of the Affordable Care Act for a grandfathered plan. Draws nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import field
from datetime import date
from decimal import Decimal

from massage_claim.calc.claim_lines import condition_of
from massage_claim.calc.last_days import EXTERNAL, appeal_day
from massage_claim.calc.law import grandfathered, law_kind
from massage_claim.calc.money import ZERO
from massage_claim.calc.reasons import Reason, reasons_of, refuses, unknown_reasons
from massage_claim.calc.regimes import when_unknown
from massage_claim.calc.rounds import find_answered, find_place, in_dispute
from massage_claim.documents.citations import choose_citations, phase_of
from massage_claim.documents.claims import orders_of, sessions_of
from massage_claim.documents.criteria import list_criteria
from massage_claim.documents.exhibit_letters import Exhibits
from massage_claim.documents.progress_report import list_changes, series_of
from massage_claim.documents.timeline import tell_timeline
from massage_claim.documents.views import AppealView, Change, ClaimView, Entry, ReasonView, Right
from massage_claim.facts.library import Facts
from massage_claim.frozen import dataclass
from massage_claim.models.appeal import Appeal
from massage_claim.models.case import Case
from massage_claim.models.condition import Condition
from massage_claim.models.decision import Decision, DecisionLine

NOTICES = ("denial", "eob", "payer-letter")
CLINICAL = "diagnosis_does_not_support"


@dataclass(frozen=True, slots=True)
class Round(AppealView):
    """The view with what the arguments need besides.

    `see`: kind of exhibit → "See Exhibit C." `said`: who said something → "Exhibit C", where it is one. `visits`: how many visits were refused, of those in the claim.
    `elsewhere`: somebody other than the payer takes the round in.
    `refused_dates`: their dates of service. `better`: the changes that went the right way, and not below a known threshold.
    """

    see: dict[str, str] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)
    visits: int = 0
    refused_dates: tuple[date, ...] = ()
    better: tuple[Change, ...] = ()
    elsewhere: bool = False


def view_appeal(
    scene_case: Case,
    facts: Facts,
    today: date,
    decision: Decision,
    level: str,
    appeal_record: Appeal | None,
    claim_view: ClaimView,
    exhibits: tuple[Entry, ...],
    *,
    chosen: Sequence[str] = (),
) -> Round:
    """The round against this decision. `chosen`: reasons named by the person, besides those of the appeal's record.

    A chosen word that is no reason is left out here: `calc.reasons.refusal_of_appeal` tells it.
    """
    case, place = scene_case, find_place(scene_case, facts, level, appeal_record)
    words = (*chosen, *(appeal_record.reasons if appeal_record else ()))
    unknown = set(unknown_reasons(words, facts.on(decision.notice_date)))
    reasons = reasons_of(decision, facts, [word for word in words if word not in unknown])
    clinical = _clinical(reasons, facts)
    orders = orders_of(case, sessions_of(case, claim_view.lines))
    condition = condition_of(case, orders[-1] if orders else None)
    codes = _codes(claim_view, condition)
    shown = Exhibits(case, exhibits)
    series = series_of(case, facts, claim_view, condition, today)
    moved = (
        tuple(list_changes(series, codes, facts, claim_view.first, condition)) if _says_progress(reasons, facts) else ()
    )
    better = tuple(
        one for one in moved if one.meaning.startswith("better") and "below the threshold" not in one.meaning
    )
    disputed = in_dispute(case, decision)
    refused = _list_refused_dates(disputed, claim_view, facts)
    since = ZERO if disputed is decision else decision.total_paid or ZERO  # what a later round paid of it
    last_day, why = _send_by(case, facts, decision, level, today)
    return Round(
        level=level,
        level_words=_level_words(case, facts, level),
        to_department=place.department,
        to_address=place.address,
        to_fax=place.fax,
        reason_as_written=decision.reason_as_written,
        plan_provision=decision.plan_provision,
        payer_codes=tuple((item.code, item.text or "") for item in decision.payer_codes),
        notice_date=decision.notice_date,
        received_date=decision.received_date,
        reasons=tuple(
            ReasonView(one.family, family.title, one.codes, family.words)
            for one in reasons
            if (family := facts.denial_families[one.family])
        ),
        timeline=tell_timeline(case, decision, claim_view, condition, series, shown, today),
        criteria=tuple(list_criteria(case, appeal_record, claim_view, shown)),
        changes=moved,
        citations=choose_citations(
            codes,
            phase_of(condition.onset if condition else None, claim_view.first, facts),
            facts,
            progress=bool(better),
            order=orders[-1] if orders else None,
            wanted=appeal_record.evidence if appeal_record else (),
        )
        if clinical or any(one.family == CLINICAL for one in reasons)
        else (),
        rights=tuple(_list_rights(case, facts, level, clinical)),
        notice_missing=tuple(_list_notice_gaps(case, facts, decision, reasons, clinical)),
        exhibits=tuple(entry for entry in exhibits if entry.letter),
        requested=max(_sum_requested(disputed, claim_view, facts) - since, ZERO),
        send_by=last_day,
        send_by_words=why,
        whats_new=appeal_record.whats_new if appeal_record else None,
        good_cause=appeal_record.good_cause if appeal_record else None,
        see=_see(case, decision, shown),
        said=shown.said(),
        visits=len({line.session for line in claim_view.lines if line.date in refused}),
        refused_dates=refused,
        better=better,
        elsewhere=place.elsewhere,
    )


def _see(case: Case, decision: Decision, shown: Exhibits) -> dict[str, str]:
    """As `Exhibits.see`; of notices only this decision's own, so that a later round does not show an earlier letter for it."""
    see = shown.see()
    if find_answered(case, decision) is not None:
        see = {kind: words for kind, words in see.items() if kind not in NOTICES}
        own = shown.letter(decision.scan) or shown.of(decision.record_id, *NOTICES)
        see |= {"denial": f"See Exhibit {own}."} if own else {}
    return see


def _clinical(reasons: Sequence[Reason], facts: Facts) -> bool:
    """True when a reason is a medical judgment."""
    return any(facts.denial_families[one.family].external == "yes" for one in reasons)


def _says_progress(reasons: Sequence[Reason], facts: Facts) -> bool:
    """Numbers about health go only into letters that answer more than a matter of dates, money or counting."""
    return any(facts.denial_families[one.family].external != "no" for one in reasons)


def _codes(claim: ClaimView, condition: Condition | None) -> tuple[str, ...]:
    pointed = tuple(item.code for item in claim.diagnoses)
    return pointed or tuple(item.code for item in condition.diagnoses) if condition else pointed


def _level_words(case: Case, facts: Facts, level: str) -> str:
    found = next((one.title for one in facts.appeal_levels if one.level == level and one.is_for(law_kind(case))), None)
    common = "Request for external review" if level == EXTERNAL else f"Appeal of a denied claim (level {level})"
    return found or common


def _send_by(case: Case, facts: Facts, decision: Decision, level: str, today: date) -> tuple[date | None, str]:
    """The day to send it by, and why; never a count from the first level's limit at a later one."""
    found = appeal_day(case, facts, decision, level)
    if found is None:
        number = int(level) if level.isdigit() else 1
        return None, when_unknown(law_kind(case), facts, level=number, external=level == EXTERNAL)
    if found.date < today:
        late = "That day has passed. Ask for more time with good cause (illness, a late or unclear notice), and say so plainly."
        return found.recommended, f"{found.because} {late}"
    return found.recommended, found.because


_RELIES_ON_A_RULE = re.compile(r"polic(y|ies)|guideline|criteri|protocol|standard", re.IGNORECASE)


def _sum_requested(decision: Decision, claim: ClaimView, facts: Facts) -> Decimal:
    """The amount in dispute in dollars: what the patient paid (else the charge) on the lines that were refused.

    A line that was paid in part counts with what its refusing codes took off. A decision that only shares cost is in
    dispute as a whole; so is one without lines, less what was paid. Never more than the claim.
    """
    then = facts.on(decision.notice_date)
    claimed = sum((line.paid or line.charge or ZERO for line in claim.lines), ZERO)
    if not decision.lines:
        return max(claimed - (decision.total_paid or ZERO), ZERO)
    left = list(claim.lines)
    found = ZERO
    for item in _in_dispute(decision, then):
        line = next((one for one in left if one.date == item.service_date and item.code in (None, one.code)), None)
        if line is not None:
            left.remove(line)
        whole = (line.paid or line.charge if line else item.billed) or ZERO
        refused = sum((one.amount or ZERO for one in item.adjustments if refuses(one, then)), ZERO)
        paid = item.paid or ZERO
        found += min(refused, whole) if paid and refused else max(whole - paid, ZERO)
    return min(found, claimed)


def _list_refused_dates(decision: Decision, claim: ClaimView, facts: Facts) -> tuple[date, ...]:
    """The claim's dates of service that are in dispute, in order; all of them when the decision has no lines."""
    if not decision.lines:
        return claim.dates
    in_dispute = {item.service_date for item in _in_dispute(decision, facts.on(decision.notice_date))}
    return tuple(day for day in claim.dates if day in in_dispute)


def _in_dispute(decision: Decision, facts: Facts) -> tuple[DecisionLine, ...]:
    """The lines that were refused, or all of them when each one only shares cost."""
    refused = tuple(
        item
        for item in decision.lines
        if any(refuses(one, facts) for one in item.adjustments) or not (item.paid or item.adjustments)
    )
    return refused or decision.lines


def _list_rights(case: Case, facts: Facts, level: str, clinical: bool) -> Iterator[Right]:
    """What the law of this kind of plan lets the letter ask for; nothing in a request for external review."""
    holds = {"always": True, "medical-judgment": clinical, "representative": case.by_practice}
    for right in facts.appeal_rights.values() if level != "external" else ():
        if law_kind(case) not in right.applies_to or not right.may_be_quoted or not holds[right.when]:
            continue
        if right.levels and level not in right.levels:
            continue
        if not (right.spares_grandfathered and grandfathered(case)):
            yield Right(right.words, str(right.source))


def _list_notice_gaps(
    case: Case, facts: Facts, decision: Decision, reasons: Sequence[Reason], clinical: bool
) -> Iterator[Right]:
    """What the notice does not hold, only when the person went through the checklist."""
    if not decision.notice_elements:
        return
    said = " ".join(
        [decision.reason_as_written or "", decision.plan_provision or ""]
        + [f"{item.code} {item.text or ''}" for item in decision.payer_codes]
    )
    holds = {
        "always": True,
        "missing-information": any(one.family == "documentation_missing" for one in reasons),
        "criterion": bool(_RELIES_ON_A_RULE.search(said)),
        "medical-judgment": clinical,
        "urgent": False,  # these visits are over
    }
    for element in facts.on(decision.notice_date).notice_elements.values():
        if element.id in decision.notice_elements or law_kind(case) not in element.applies_to:
            continue
        if element.may_be_quoted and holds[element.when] and not (element.spares_grandfathered and grandfathered(case)):
            yield Right(element.words, str(element.source))
