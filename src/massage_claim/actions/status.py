"""Where the case stands: seven steps, the claims, the nearest deadline, and the one next command. Writes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from massage_claim.actions.opening import Opened, open_case
from massage_claim.actions.result import Result
from massage_claim.calc.deadlines import send_by, timely_filing
from massage_claim.calc.decided import decisions_about, open_denials
from massage_claim.calc.limits import typed_limit
from massage_claim.calc.route import route
from massage_claim.calc.steps import StepState, steps
from massage_claim.calc.visits import unclaimed_sessions
from massage_claim.checks import Finding, find
from massage_claim.journey import step
from massage_claim.models.claim import Claim
from massage_claim.writing.blocks import Block, Heading, Paragraph, Table, text

_SOON_DAYS = 30
_STATE = {"not-started": "not started", "started": "started", "done": "done", "not-needed": "not needed"}


@dataclass(frozen=True)
class Due:
    """A day by which something must be sent. `about`: the record. `command`: what to do about it."""

    what: str
    about: str
    day: date
    recommended: date
    rule: str
    source: str
    legal: bool
    assumed: bool
    command: str


def status(project: Path | None) -> Result:
    """The state of the case. Raises Unreadable, UsageProblem."""
    opened = open_case(project)
    states = steps(opened.case, opened.facts, opened.today)
    findings = find(opened.case, opened.facts, opened.today)
    due = sorted(_deadlines(opened), key=lambda item: item.day)
    following = _next(opened, states, findings, due)
    blocking = [finding for finding in findings if finding.blocks]
    notes = tuple(_due_sentence(item, opened.today) for item in due[:3])
    if blocking:
        must = "1 thing must be fixed" if len(blocking) == 1 else f"{len(blocking)} things must be fixed"
        notes += (f"{must}: massage-claim check",)
    return Result(
        blocks=tuple(_blocks(opened, states, blocking)),
        notes=(*notes, *opened.notes),
        next=following,
        data={
            "steps": [_step_data(state, findings) for state in states],
            "deadlines": [_due_data(item, opened.today) for item in due],
            "claims": [{"id": claim.record_id, "state": _claim_state(opened, claim)} for claim in opened.case.claims],
            "today": opened.today,
        },
    )


def _deadlines(opened: Opened) -> Iterator[Due]:
    """Appeals of open denials, and the first claim of the oldest visit not claimed yet."""
    case, facts = opened.case, opened.facts
    plan = case.plan
    for decision in open_denials(case, facts):
        limit = send_by(
            plan.kind,
            decision.notice_date,
            decision.received_date,
            facts.on(decision.notice_date),
            typed_limit(plan.rules.appeal_limit),
            decision.appeal_by,
        )
        if limit is not None:
            what, command = "Appeal", f"massage-claim appeal --decision {decision.record_id}"
            yield Due(
                what, decision.record_id, limit.date, limit.recommended, limit.rule, limit.source,
                limit.basis == "law", limit.assumed, command,
            )  # fmt: skip
    if case.settings.closed is not None:
        return
    oldest = min((session.date for session in unclaimed_sessions(case)), default=None)
    if oldest is not None:
        who = "provider" if case.by_practice else "member"
        typed = typed_limit(plan.rules.filing_limit)
        filing = timely_filing(plan.kind, oldest, facts.on(oldest), typed, who=who, state=plan.state)
        if filing is not None:
            about = f"sessions/{oldest}"
            yield Due(
                "Claim", about, filing.date, filing.recommended, filing.rule, filing.source,
                filing.basis == "law", filing.assumed, "massage-claim build-packet",
            )  # fmt: skip


def _next(opened: Opened, states: tuple[StepState, ...], findings: tuple[Finding, ...], due: list[Due]) -> str:
    """The nearest legal deadline first, then what blocks, then the next open step."""
    if opened.case.settings.closed is not None:
        return "Nothing: the case is closed."
    for item in due:
        appeal = item.what == "Appeal"
        if item.day >= opened.today and (appeal or (item.day - opened.today).days <= _SOON_DAYS):
            if not _blocked(findings, "appeal" if appeal else "submit"):
                return item.command
            return "massage-claim check"
    if not opened.case.claims and route(opened.case, opened.facts).verdict == "closed":
        return "massage-claim check --step 1"
    open_steps = [state for state in states if state.state in ("not-started", "started")]
    for state in open_steps:
        blocking = [finding for finding in findings if finding.blocks and finding.step == state.slug]
        if blocking and state.state == "started":
            return "massage-claim check --step " + str(step(state.slug).number)
        return _command(opened, state.slug)
    return "Nothing: every step is done."


def _blocked(findings: tuple[Finding, ...], until: str) -> bool:
    """Whether something of the steps up to that one must be fixed first; a visit alone is only set aside."""
    last = step(until).number
    return any(f.blocks and f.session is None and step(f.step).number <= min(last, 5) for f in findings)


def _command(opened: Opened, slug: str) -> str:
    """The command that takes a step on."""
    case = opened.case
    match slug:
        case "verify-coverage":
            return "massage-claim verify-coverage"
        case "get-prescription":
            if not any("referring" in provider.roles for provider in case.providers):
                return "massage-claim add-provider --role referring"
            return "massage-claim add-prescription" if case.conditions else "massage-claim add-condition"
        case "find-therapist":
            if not any("rendering" in provider.roles for provider in case.providers):
                return "massage-claim add-provider --role rendering"
            return "massage-claim check --step 3"
        case "keep-records":
            return "massage-claim check --step 4" if case.sessions else "massage-claim add-session"
        case "submit":
            waiting = any((opened.folder / "out").glob("*/manifest.yaml"))
            return "massage-claim submit" if waiting and _packet_waits(opened) else "massage-claim build-packet"
        case "follow-up":
            return "massage-claim record-decision"
        case _:
            return "massage-claim appeal"


def _packet_waits(opened: Opened) -> bool:
    sent = {claim.id for claim in opened.case.claims if claim.submission} | {a.stem for a in opened.case.appeals}
    built = {path.parent.name for path in (opened.folder / "out").glob("*/manifest.yaml")}
    return bool(built - sent)


def _blocks(opened: Opened, states: tuple[StepState, ...], blocking: list[Finding]) -> Iterator[Block]:
    yield Heading(1, text("Where the case stands"))
    rows = []
    for state in states:
        known = step(state.slug)
        count = sum(1 for finding in blocking if finding.step == state.slug)
        says = f"{state.says} {count} must fix." if count else state.says
        rows.append((text(f"{known.number}"), text(known.title), text(_STATE[state.state]), text(says)))
    yield Table(
        head=(text("Step"), text(""), text("State"), text("Why")),
        rows=tuple(rows),
        align=("right", "left", "left", "left"),
    )
    if opened.case.claims:
        claims = tuple(
            (text(claim.stem), text(str(len(claim.lines))), text(_claim_state(opened, claim)))
            for claim in opened.case.claims
        )
        yield Table(head=(text("Claim"), text("Lines"), text("State")), rows=claims, align=("left", "right", "left"))
    if not opened.case.sessions and states[0].state == "not-started":
        yield Paragraph(text("Most plans do not pay a massage therapist. Check first; a phone answer is no promise."))


def _claim_state(opened: Opened, claim: Claim) -> str:
    if any(other.replaces == claim.record_id for other in opened.case.claims):
        return "replaced by a corrected claim"
    if claim.submission is None:
        return "not sent"
    decisions = decisions_about(opened.case, claim.record_id)
    if not decisions:
        return f"sent {claim.submission.date}, not decided yet"
    last = decisions[-1]
    paid = f"${last.total_paid:,.2f} paid" if last.total_paid is not None else "decided"
    return f"{last.outcome or 'decided'} on {last.notice_date}, {paid}"


def _due_sentence(item: Due, today: date) -> str:
    days = (item.day - today).days
    left = f"{-days} days ago" if days < 0 else "today" if days == 0 else f"in {days} day{'' if days == 1 else 's'}"
    sure = " Ask the plan: its own limit may differ." if item.assumed else ""
    return f"{item.what} for {item.about}: by {item.day} ({left}); aim at {item.recommended}.{sure}"


def _step_data(state: StepState, findings: tuple[Finding, ...]) -> dict[str, object]:
    known = step(state.slug)
    blocking = sum(1 for finding in findings if finding.blocks and finding.step == state.slug)
    return {
        "number": known.number,
        "slug": known.slug,
        "title": known.title,
        "state": state.state,
        "says": state.says,
        "must_fix": blocking,
    }


def _due_data(item: Due, today: date) -> dict[str, object]:
    return {
        "what": item.what,
        "about": item.about,
        "date": item.day,
        "recommended": item.recommended,
        "days_left": (item.day - today).days,
        "rule": item.rule,
        "source": item.source,
        "legal": item.legal,
        "assumed": item.assumed,
        "command": item.command,
    }
