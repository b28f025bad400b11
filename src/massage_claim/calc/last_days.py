"""The last day of a first claim and of an appeal, counted one way for every list, check, packet and letter.

A `Deadline` of `regimes.py`, or None where no number can be known. Decides who sends the claim, which typed limit counts,
and how long a limit is as the plan gave it; knows not today.
"""

from __future__ import annotations

import re
from datetime import date

from massage_claim.calc import rounds
from massage_claim.calc.calendar_days import after
from massage_claim.calc.law import law_kind
from massage_claim.calc.regimes import (
    Deadline,
    external_review,
    internal_appeal,
    medicaid_fair_hearing,
    send_by,
    timely_filing,
)
from massage_claim.facts.fact import Duration
from massage_claim.facts.library import Facts, facts_on
from massage_claim.models.case import Case
from massage_claim.models.decision import Decision
from massage_claim.models.plan import LimitRule

EXTERNAL = "external"
_TO_PROVIDER = re.compile(r"\bprovider\b", re.IGNORECASE)
_TO_MEMBER = re.compile(r"\b(member|patient|subscriber|you|not)\b", re.IGNORECASE)


def filing_day(case: Case, facts: Facts, service_date: date) -> Deadline | None:
    """The last day for the first claim of that date of service.

    A superbill asks the plan to pay the member back, so the member's limit counts, also when a practice prepares the
    papers. The provider's counts for a practice that the plan pays, or where only a provider may claim (38 USC 1703D).
    """
    plan = case.plan
    typed = typed_limit(plan.rules.filing_limit, service_date)

    def found(who: str) -> Deadline | None:
        return timely_filing(plan.kind, service_date, facts, typed, who=who, state=plan.state)

    if not case.by_practice:
        return found("member")
    return found("provider") if _pays_provider(case) else found("member") or found("provider")


def appeal_day(case: Case, facts: Facts, decision: Decision, level: str) -> Deadline | None:
    """The one day to print for a round against that decision: the earliest of every way to count.

    `level`: 1 to 5, or external. The plan's typed limit is for the first appeal; a later round has only what its
    letter says.
    """
    number, external = _number(level)
    kind, noticed, received = law_kind(case), decision.notice_date, decision.received_date
    if kind == "medicaid" and number > 1:
        return medicaid_fair_hearing(noticed, facts, None, decision.appeal_by)
    typed = _appeal_limit(case, decision, level)
    return send_by(kind, noticed, received, facts, typed, decision.appeal_by, level=number, external=external)


def appeal_ends(case: Case, facts: Facts, decision: Decision, level: str) -> Deadline | None:
    """The day after which a round is late: as `appeal_day`, but a clock from receipt truly counts from receipt."""
    number, external = _number(level)
    kind, noticed, received = law_kind(case), decision.notice_date, decision.received_date
    if kind == "medicaid" and number > 1:
        return medicaid_fair_hearing(noticed, facts, None, decision.appeal_by)
    typed = _appeal_limit(case, decision, level)
    if external:
        return external_review(kind, noticed, received, facts, typed, decision.appeal_by)
    return internal_appeal(kind, noticed, received, facts, typed, decision.appeal_by, level=number)


def next_level(case: Case, decision: Decision) -> str | None:
    """The level of the next round against a decision, as this kind of plan has them; None when there is none."""
    return rounds.next_level(case, facts_on(decision.notice_date), decision)


def _number(level: str) -> tuple[int, bool]:
    return (int(level) if level.isdigit() else 1), level == EXTERNAL


def _appeal_limit(case: Case, decision: Decision, level: str) -> Duration | None:
    if level != "1":
        return None
    return typed_limit(case.plan.rules.appeal_limit, decision.received_date or decision.notice_date)


def _pays_provider(case: Case) -> bool:
    """Whether the plan said that the provider gets the money. Both, or neither, is no such word."""
    said = case.plan.rules.pays_to
    return said is not None and bool(_TO_PROVIDER.search(said.value)) and not _TO_MEMBER.search(said.value)


_LENGTH = re.compile(r"(?:about |within |up to )?(\d{1,3}) (?:calendar )?(day|week|month)s?", re.IGNORECASE)


def said_by(rule: LimitRule | None) -> str:
    """Who gave the limit, and when: "your plan: booklet, page 31; 2026-01-01"."""
    known = [rule.source, rule.said_on.isoformat() if rule.said_on else None] if rule else []
    parts = [part for part in known if part]
    return f"your plan: {'; '.join(parts)}" if parts else "your plan"


def own_time(case: Case, start: date) -> tuple[Duration, str] | None:
    """How long the plan itself says that a decision takes, and who said so: its rule, else the newest answer in days or weeks."""
    rule = typed_limit(case.plan.rules.processing_time, start)
    if rule is not None:
        return rule, said_by(case.plan.rules.processing_time)
    for check in sorted(case.coverage, key=lambda one: (one.date, one.record_id), reverse=True):
        found = _LENGTH.fullmatch(str(check.answers.get("processing_time") or "").strip().rstrip("."))
        if found and check.date <= start:
            amount, unit = int(found[1]), found[2].lower()
            length = Duration(amount * 7, "days") if unit == "week" else Duration(amount, f"{unit}s")
            return length, f"your plan: {check.record_id}"
    return None


def typed_limit(rule: LimitRule | None, start: date) -> Duration | None:
    """The plan's own limit, or None when it gave none; of several units the one that ends first after `start`."""
    if rule is None:
        return None
    units = (("days", rule.days), ("months", rule.months), ("years", rule.years))
    given = [Duration(amount, unit) for unit, amount in units if amount]
    return min(given, key=lambda length: after(start, length), default=None)
