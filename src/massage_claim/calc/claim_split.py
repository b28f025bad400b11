"""Which sessions go into which claim: those still to claim, split where they must be; and those refused, to send again.

One claim holds one therapist (CMS-1500 items 24J and 31), one plan year, no October 1 code change inside it (ICD-10-CM
is valid by date of service), and at most twelve diagnoses (CMS-1500 item 21); fewer lines, or one visit, where the
plan or its form wants it so. A visit is never divided.

A replacement bears the payer's claim number and the resubmission code (CMS-1500 item 22); a claim that could not be
processed (MA130), or whose notice asks for a new one (N142), is sent as new. Sending it again stops no clock for an appeal.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import Literal

from massage_claim.calc.claim_lines import lines_of
from massage_claim.calc.decisions import decisions_about, refused_sessions
from massage_claim.calc.money import payments_by_session
from massage_claim.calc.triage import LineVerdict, triage
from massage_claim.calc.visits import plan_year, unclaimed_sessions
from massage_claim.facts.library import Facts
from massage_claim.frozen import dataclass
from massage_claim.models.case import Case
from massage_claim.models.claim import Claim, ServiceLine
from massage_claim.models.session import Session

FORM_LINES = "lines-on-a-claim-form"
_FORM_1500 = re.compile(r"\b(cms|hcfa)[ -]?1500\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A claim that could be sent. `id` is our own reference: its first date of service.

    `apart`: why it is not one claim with the one before it; empty for the first.
    """

    id: str
    lines: tuple[ServiceLine, ...]
    sessions: tuple[str, ...]
    apart: str = ""


def propose(
    case: Case,
    facts: Facts,
    *,
    set_aside: Collection[str] = (),
    since: date | None = None,
    until: date | None = None,
) -> tuple[Proposal, ...]:
    """The claims to send now, in order of their first date. `since` and `until` are dates of service, both inclusive."""
    asked = [
        session
        for session in unclaimed_sessions(case)
        if session.record_id not in set_aside
        and (since is None or session.date >= since)
        and (until is None or session.date <= until)
    ]
    taken = {claim.stem for claim in case.claims}
    proposals = []
    paid = payments_by_session(case)
    before: tuple[Session, ...] = ()
    for sessions in split(case, facts, asked):
        apart = _why_apart(case, facts, before, sessions) if before else ""
        before = sessions
        lines = tuple(line for session in sessions for line in lines_of(case, facts, session, paid))
        claim_id = free_id(sessions[0].date.isoformat(), taken)
        taken.add(claim_id)
        proposals.append(Proposal(claim_id, lines, tuple(session.record_id for session in sessions), apart))
    return tuple(proposals)


def split(case: Case, facts: Facts, sessions: Iterable[Session]) -> tuple[tuple[Session, ...], ...]:
    """The sessions as claims hold them, in order of each claim's first date of service."""
    groups: dict[tuple[object, ...], list[Session]] = {}
    for session in sorted(sessions, key=lambda session: (session.date, session.record_id)):
        groups.setdefault(_group(case, facts, session), []).append(session)
    parts = [part for group in groups.values() for part in _within_diagnoses(case, facts, group)]
    return tuple(sorted(parts, key=lambda part: (part[0].date, part[0].record_id)))


def free_id(base: str, taken: Collection[str]) -> str:
    """`base`, or `base-2`, `base-3` … if that is taken."""
    number = 1
    while (name := base if number == 1 else f"{base}-{number}") in taken:
        number += 1
    return name


def _within_diagnoses(case: Case, facts: Facts, sessions: Iterable[Session]) -> Iterator[tuple[Session, ...]]:
    held: list[Session] = []
    codes: set[str] = set()
    count, most = 0, lines_in_a_claim(case, facts)
    fitting = facts.claim_rules["diagnoses-on-a-claim"].amount
    paid = payments_by_session(case)
    for session in sessions:
        own = {code for line in lines_of(case, facts, session, paid) for code in line.pointers}
        of_session = len(session.services)
        if held and (len(codes | own) > fitting or (most is not None and count + of_session > most)):
            yield tuple(held)
            held, codes, count = [], set(), 0
        held.append(session)
        count += of_session
        codes |= own
    if held:
        yield tuple(held)


def lines_in_a_claim(case: Case, facts: Facts) -> int | None:
    """The most service lines of one claim: as the plan said, else those of the CMS-1500 form where it wants that one."""
    rule, form = case.plan.rules.lines_per_claim, case.plan.rules.claim_form
    if rule is not None:
        return rule.value
    return facts.claim_rules[FORM_LINES].amount if form and _FORM_1500.search(form.value) else None


def _why_apart(case: Case, facts: Facts, before: tuple[Session, ...], sessions: tuple[Session, ...]) -> str:
    """Why these sessions are no part of the claim before, in words that continue "because"."""
    one, other = _group(case, facts, before[0]), _group(case, facts, sessions[0])
    year = plan_year(case.plan, sessions[0].date)
    words = {
        0: "another therapist treated",
        1: f"a new plan year began on {year.first.isoformat()}",
        2: "a new calendar year began, and with it perhaps a new deductible",
        3: "the diagnosis codes changed on October 1 between them",
        4: "the plan wants a claim for each visit",
    }
    for place, why in words.items():
        if one[place] != other[place] and not (place == 1 and other[1] < one[1]):
            return why
    most = lines_in_a_claim(case, facts)
    if most is not None and sum(len(session.services) for session in (*before, sessions[0])) > most:
        return f"a claim holds no more than {most} lines with this plan"
    return f"a claim holds no more than {facts.claim_rules['diagnoses-on-a-claim'].amount} diagnoses"


def code_year(facts: Facts, day: date) -> int:
    """The year of diagnosis codes that `day` lies in, by the calendar year in which it ends."""
    return day.year + (day.month >= facts.claim_rules["diagnosis-codes-change"].amount)


def _group(case: Case, facts: Facts, session: Session) -> tuple[str | None, date, int, int, str | None]:
    day = session.date
    alone = case.plan.rules.one_visit_per_claim
    own = session.record_id if alone and alone.value else None
    return (session.rendering, plan_year(case.plan, day).first, day.year, code_year(facts, day), own)


ResentAs = Literal["replacement", "new"]
REPLACEMENT_RULE = "resubmission-replacement"


def choose_resending(case: Case, claim: Claim, facts: Facts, today: date) -> ResentAs:
    """ "new" when every line to correct is to be sent as a new claim; "replacement" otherwise, and without a decision."""
    ways = {verdict.resend for verdict in _verdicts(case, claim, facts, today) if verdict.path == "correct"}
    return "new" if ways == {"new"} else "replacement"


def sessions_to_resend(case: Case, claim: Claim, facts: Facts, today: date) -> frozenset[str]:
    """The sessions whose lines the notice wants corrected; else those it refused; all when it names no lines."""
    days = {
        one.service_date for one in _verdicts(case, claim, facts, today) if one.path == "correct" and one.service_date
    }
    wanted = frozenset(line.session for line in claim.lines if line.date in days)
    return wanted or refused_sessions(case, claim, facts)


def _verdicts(case: Case, claim: Claim, facts: Facts, today: date) -> tuple[LineVerdict, ...]:
    decisions = decisions_about(case, claim.record_id)
    return tuple(verdict for one in decisions for verdict in triage(one, case, facts, today))
