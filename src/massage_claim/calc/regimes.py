"""The clocks of appeals, external review, Medicare levels, fair hearings and first claims, regime by regime.

A `Deadline`, or None where no number can be known (then `when_unknown` has the sentence). Every number is a fact of
`facts/deadlines.yaml`, taken as it held on the start date. A limit typed from the plan or letter may shorten a verified
legal one, never lengthen it. Nothing knows today.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from massage_claim.calc.clocks import Deadline, by_letter, by_plan, by_rule, find_earliest, from_notice, move_to
from massage_claim.facts.deadline_rules import DeadlineRule
from massage_claim.facts.fact import LAW_KINDS, PLAN_KINDS, Duration
from massage_claim.facts.library import Facts

__all__ = [
    "Deadline",
    "external_review",
    "internal_appeal",
    "medicaid_fair_hearing",
    "medicare_level",
    "send_by",
    "timely_filing",
    "when_unknown",
]


def internal_appeal(
    plan_kind: str,
    notice_date: date,
    received: date | None,
    facts: Facts,
    typed_limit: Duration | None = None,
    notice_limit_date: date | None = None,
    *,
    level: int = 1,
) -> Deadline | None:
    """The last day for the appeal inside the plan (29 CFR 2560.503-1(h)(3)(i) and its counterparts).

    Without `received`, a clock that runs from receipt is counted from the notice's date, which is never too late.
    Level 2 and later: only a limit typed from the letter or plan, never the law's 180 days (Original Medicare: its
    own levels). Raises ValueError when `received` is before the notice, or for an unknown word as plan kind.
    """
    return find_earliest(
        _candidates(
            _clock(plan_kind, level), plan_kind, notice_date, received, facts, typed_limit, notice_limit_date, level
        )
    )


def external_review(
    plan_kind: str,
    notice_date: date,
    received: date | None,
    facts: Facts,
    typed_limit: Duration | None = None,
    notice_limit_date: date | None = None,
) -> Deadline | None:
    """The last day to ask for external review after the final decision (45 CFR 147.136(d)(2)(i)). Otherwise as above."""
    return find_earliest(
        _candidates("external_review", plan_kind, notice_date, received, facts, typed_limit, notice_limit_date)
    )


def medicare_level(n: int, notice_date: date, received: date | None, facts: Facts) -> Deadline:
    """The last day for level `n` (1 to 5) of Original Medicare (42 CFR 405.942 and following); ValueError beyond.

    Receipt is taken to be 5 days after the notice's date. A later receipt counts only with proof, so it is not used
    here: `because` names the day it would give.
    """
    found = find_earliest(_candidates("medicare_appeal", "medicare", notice_date, received, facts, None, None, n))
    if found is None:
        raise ValueError("Original Medicare has levels 1 to 5")
    return found


def medicaid_fair_hearing(
    notice_date: date, facts: Facts, typed_limit: Duration | None = None, notice_limit_date: date | None = None
) -> Deadline:
    """The last day to ask the state for a hearing after the managed-care plan's decision (42 CFR 438.408(f)(2)).

    90 days is the least a state may allow; a longer one, at most 120, counts only as typed from the notice.
    `assumed`: the state's own number is not known.
    """
    rules = {rule.bound: rule for rule in facts.on(notice_date).deadlines.of("fair_hearing", "medicaid")}
    least = by_rule(rules["minimum"], notice_date, None, assumed=True)
    most = by_rule(rules["maximum"], notice_date, None)
    why = f"No state may allow more ({most.source})."
    typed = [move_to(one, most.date, why) for one in _typed(typed_limit, notice_limit_date, "notice_date", notice_date)]
    return find_earliest(typed) or least


def timely_filing(
    plan_kind: str,
    service_date: date,
    facts: Facts,
    typed: Duration | None = None,
    *,
    who: str = "member",
    state: str | None = None,
) -> Deadline | None:
    """The last day for the first claim of a date of service. `who` sends it: member or provider.

    A plan's own limit (`typed`) takes the place of a customary one; it never lengthens a verified one set by law
    (42 CFR 424.44(a)). `assumed`: the plan or state may allow less or more; ask. None for auto and workers'
    compensation in states without a known rule, and for no plan.
    """
    _must_be_known(plan_kind)
    found = [
        by_rule(rule, service_date, None, assumed=rule.bound != "exact" or not rule.legal or plan_kind == "unknown")
        for rule in _rules("timely_filing", plan_kind, facts.on(service_date))
        if rule.limit and rule.who in (None, who) and (not rule.states or state in rule.states)
    ]
    return find_earliest(_with_typed(found, _typed(typed, None, "service_date", service_date)))


def send_by(
    plan_kind: str,
    notice_date: date,
    received: date | None,
    facts: Facts,
    typed_limit: Duration | None = None,
    notice_limit_date: date | None = None,
    *,
    level: int = 1,
    external: bool = False,
) -> Deadline | None:
    """The one day to print: the earliest of the legal count, the plan's, the printed date and the notice-date count.

    The notice-date count reads a clock from receipt as if it ran from the notice's date, as some payers do; where
    the law itself presumes a day of receipt, it is only the day to aim at. `because` names every count considered.
    """
    clock = "external_review" if external else _clock(plan_kind, level)
    found = _candidates(clock, plan_kind, notice_date, received, facts, typed_limit, notice_limit_date, level)
    if received is not None:
        counted = _candidates(clock, plan_kind, notice_date, None, facts, typed_limit, None, level)
        found += [from_notice(one) for one in counted]
    return find_earliest(found)


def when_unknown(plan_kind: str, facts: Facts, *, level: int = 1, external: bool = False) -> str:
    """What to tell the person when no day can be counted."""
    clock = "external_review" if external else _clock(plan_kind, level)
    rules = [r for r in facts.deadlines.of(clock, plan_kind) if r.limit is None and r.level in (None, level)]
    return (rules or facts.deadlines.of("later_level_appeal"))[0].words


def _clock(plan_kind: str, level: int) -> str:
    """Which clock an appeal of this level runs on. Medicare Advantage joins Medicare's levels at the hearing."""
    if plan_kind == "medicare" or (plan_kind == "medicare-advantage" and level >= 3):
        return "medicare_appeal"
    if plan_kind == "tricare" and level >= 2:
        return "tricare_appeal"
    return "internal_appeal" if level <= 1 else "later_level_appeal"


def _candidates(
    clock: str,
    plan_kind: str,
    notice_date: date,
    received: date | None,
    facts: Facts,
    typed_limit: Duration | None,
    notice_limit_date: date | None,
    level: int = 1,
) -> list[Deadline]:
    _must_be_known(plan_kind)
    if received is not None and received < notice_date:
        raise ValueError("a notice cannot be received before its date")
    found = [
        by_rule(rule, notice_date, received, assumed=plan_kind == "unknown")
        for rule in _rules(clock, plan_kind, facts.on(notice_date))
        if rule.limit and rule.level in (None, level)
    ]
    start, event = (notice_date, "notice_date") if received is None else (received, "received")
    return _with_typed(found, _typed(typed_limit, notice_limit_date, event, start))


def _typed(limit: Duration | None, last: date | None, event: str, start: date) -> list[Deadline]:
    found = [] if limit is None else [by_plan(limit, event, start)]
    return found if last is None else [*found, by_letter(last)]


def _with_typed(found: Sequence[Deadline], typed: Sequence[Deadline]) -> list[Deadline]:
    """What the plan or letter says takes the place of custom and of unverified law; verified law stays beside it."""
    kept = [one for one in found if not typed or (one.basis == "law" and one.verified)]
    return [*kept, *typed]


def _rules(clock: str, plan_kind: str, facts: Facts) -> list[DeadlineRule]:
    """The rules of a clock; for an unknown plan those of every kind it could be."""
    found = [rule for kind in _kinds(plan_kind) for rule in facts.deadlines.of(clock, kind)]
    return list(dict.fromkeys(found))


def _kinds(plan_kind: str) -> Iterable[str]:
    return [kind for kind in PLAN_KINDS if kind != "unknown"] if plan_kind == "unknown" else [plan_kind]


def _must_be_known(plan_kind: str) -> None:
    if plan_kind not in LAW_KINDS:
        raise ValueError("not a kind of plan")
