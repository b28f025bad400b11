"""How many visits were ordered, authorized and allowed by the plan, how many are used and left.

A visit is one session record with `purpose: treatment`. Nothing is guessed: a number that nobody gave is None.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Literal

from massage_claim.calc.answer_number import count_in
from massage_claim.frozen import dataclass
from massage_claim.models.case import Case
from massage_claim.models.coverage import Authorization
from massage_claim.models.plan import Plan
from massage_claim.models.prescription import Prescription
from massage_claim.models.session import Session
from massage_claim.models.span import Span

Giver = Literal["order", "authorization", "plan"]


@dataclass(frozen=True, slots=True)
class PlanYear:
    """First and last day. `assumed`: the plan's first day isn't known, so it is the calendar year."""

    first: date
    last: date
    assumed: bool

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Allowance:
    """Visits that one order, authorization or plan year gives. `record` is who says so: a record id.

    `sessions` are the visits under it, by date. `before` are visits that the plan counted and the case doesn't hold.
    """

    giver: Giver
    record: str
    allowed: int | None
    sessions: tuple[Session, ...]
    year: PlanYear | None = None
    before: int = 0

    @property
    def used(self) -> int:
        return self.before + len(self.sessions)

    @property
    def left(self) -> int | None:
        """Visits left, never below zero; None while the number isn't known."""
        return None if self.allowed is None else max(self.allowed - self.used, 0)

    @property
    def beyond(self) -> tuple[Session, ...]:
        """The visits after the last one allowed, by date."""
        return () if self.allowed is None else self.sessions[max(self.allowed - self.before, 0) :]


def treatment_sessions(case: Case) -> tuple[Session, ...]:
    """The visits that may be claimed, by date; relaxation never is."""
    return _by_date(session for session in case.sessions if session.purpose == "treatment")


def claimed_sessions(case: Case) -> frozenset[str]:
    """The ids of the sessions in a claim that was sent. A corrected claim may hold only the refused visits of the first."""
    return frozenset(line.session for claim in case.claims if claim.submission for line in claim.lines)


def unclaimed_sessions(case: Case) -> tuple[Session, ...]:
    """The treatment sessions that no sent claim holds, by date."""
    claimed = claimed_sessions(case)
    return tuple(session for session in treatment_sessions(case) if session.record_id not in claimed)


def visits_ordered(order: Prescription) -> Span | None:
    """The order's number of visits: as written, else visits a week times weeks; None when neither is given.

    A range counts by its lower end, the visits that are certain.
    """
    if order.visits is not None:
        return order.visits
    return order.per_week * order.weeks if order.per_week and order.weeks else None


def order_holds_on(order: Prescription, day: date) -> bool:
    """True from the order's date to its last day; an order without a last day holds on."""
    return order.date <= day and (order.valid_until is None or day <= order.valid_until)


def order_of(case: Case, session: Session) -> Prescription | None:
    """The order of that visit: the one it names, else the newest that holds on its date, else the newest before it.

    None when there is no order, or the first one came after the visit.
    """
    if session.prescription:
        return case.find(Prescription, session.prescription)
    earlier = [order for order in case.prescriptions if order.date <= session.date]
    holding = [order for order in earlier if order_holds_on(order, session.date)]
    return max(holding or earlier, key=lambda order: (order.date, order.record_id), default=None)


def authorization_holds_for(authorization: Authorization, session: Session) -> bool:
    """True when the visit's date, and one of its codes, are in what was approved; what wasn't limited is in."""
    if authorization.from_ and session.date < authorization.from_:
        return False
    if authorization.until and session.date > authorization.until:
        return False
    return not authorization.codes or any(service.code in authorization.codes for service in session.services)


def plan_year(plan: Plan, day: date) -> PlanYear:
    """The plan year that `day` lies in. A first day of February 29 counts as March 1 in other years."""
    month, first_day, assumed = 1, 1, True
    written = re.fullmatch(r"(?:\d{4}-)?(\d{1,2})-(\d{1,2})", (plan.plan_year_start or "").strip())
    if written and _on(2024, int(written[1]), int(written[2])):
        month, first_day, assumed = int(written[1]), int(written[2]), False
    start = _start(day.year, month, first_day)
    if start > day:
        start = _start(day.year - 1, month, first_day)
    return PlanYear(start, _start(start.year + 1, month, first_day) - timedelta(days=1), assumed)


def years_in_question(case: Case, today: date) -> tuple[PlanYear, ...]:
    """The plan years of the visits still to claim; else of the last visit; else of today."""
    days = [session.date for session in unclaimed_sessions(case) or treatment_sessions(case)[-1:]] or [today]
    return tuple(sorted({plan_year(case.plan, day) for day in days}, key=lambda year: year.first))


def count_ordered(case: Case) -> tuple[Allowance, ...]:
    """One entry for each order, with the visits under it; one outside its dates uses none of them."""
    under: dict[str, list[Session]] = {order.record_id: [] for order in case.prescriptions}
    for session in treatment_sessions(case):
        order = order_of(case, session)
        if order and order_holds_on(order, session.date):
            under[order.record_id].append(session)
    return tuple(
        Allowance("order", order.record_id, visits_ordered(order), tuple(under[order.record_id]))
        for order in case.prescriptions
    )


def count_authorized(case: Case) -> tuple[Allowance, ...]:
    """One entry for each authorization. A visit that two of them cover counts for the earlier one while it has visits."""
    under: dict[str, list[Session]] = {item.record_id: [] for item in case.authorizations}
    for session in treatment_sessions(case):
        fitting = [item for item in case.authorizations if authorization_holds_for(item, session)]
        free = [item for item in fitting if item.visits is None or len(under[item.record_id]) < item.visits]
        if fitting:
            under[(free or fitting)[0].record_id].append(session)
    return tuple(
        Allowance("authorization", item.record_id, item.visits, tuple(under[item.record_id]))
        for item in case.authorizations
    )


def count_allowed(case: Case) -> tuple[Allowance, ...]:
    """One entry for each plan year with visits."""
    years = {plan_year(case.plan, session.date) for session in treatment_sessions(case)}
    return tuple(count_allowed_in(case, year) for year in sorted(years, key=lambda year: year.first))


def count_allowed_in(case: Case, year: PlanYear) -> Allowance:
    """The plan's visits of one plan year. The limit is the plan's rule, else the newest answer of a verification.

    Visits the plan said were used by a day of that year replace our own count up to that day when they are more.
    """
    rule = case.plan.rules.visit_limit
    sessions = tuple(session for session in treatment_sessions(case) if session.date in year)
    limit, record, before = (rule.value if rule else None), "plan", 0
    for coverage in sorted(case.coverage, key=lambda coverage: coverage.date):
        said = count_in(coverage.answers.get("visit_limit"))
        if rule is None and said is not None and coverage.date <= year.last:
            limit, record = said, coverage.record_id
        counted = count_in(coverage.answers.get("visits_used"))
        if counted is not None and coverage.date in year:
            before = max(counted - sum(1 for session in sessions if session.date <= coverage.date), 0)
    return Allowance("plan", record, limit, sessions, year, before)


def _by_date(sessions: Iterable[Session]) -> tuple[Session, ...]:
    return tuple(sorted(sessions, key=lambda session: (session.date, session.record_id)))


def _on(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _start(year: int, month: int, day: int) -> date:
    return _on(year, month, day) or date(year, month + 1, 1)
