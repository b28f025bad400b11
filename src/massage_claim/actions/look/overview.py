"""`status`: where the case stands, on one screen of 80 columns and no more than 24 lines.

Steps, claims, visits, the nearest days, the one next command. What does not fit is counted, and `--json` holds all of it.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from massage_claim.actions.look.deadline_table import make_due_data
from massage_claim.actions.look.next_command import choose_next_command
from massage_claim.actions.project import Opened, open_readable
from massage_claim.actions.result import Result
from massage_claim.calc.claim_states import ClaimState, find_claim_state, list_claim_states
from massage_claim.calc.deadline_list import Due, list_deadlines, unknown_words
from massage_claim.calc.decisions import replaced_claims
from massage_claim.calc.steps import StepState, list_steps
from massage_claim.calc.visits import Allowance, count_allowed, count_authorized, count_ordered, unclaimed_sessions
from massage_claim.checks import Finding, find
from massage_claim.command_text import spell
from massage_claim.frozen import dataclass
from massage_claim.journey import step
from massage_claim.models.case import Case
from massage_claim.models.claim import Claim
from massage_claim.writing.blocks import Block, Fields, Heading, Paragraph, text
from massage_claim.writing.formats import long_date, plural

_STATE = {"not-started": "not started", "started": "started", "done": "done", "not-needed": "not needed"}
_OF_THE_CASE = 4
_CLAIMS_SHOWN = 3
_DAYS_SHOWN = 3
_TWO_LINES = 128
_GIVERS = {"order": "Ordered", "authorization": "Authorized", "plan": "Plan limit"}


def status(project: Path | None) -> Result:
    """The state of the case. Raises Unreadable, UsageProblem."""
    opened = open_readable(project)
    case, facts, today = opened.case, opened.facts, opened.today
    states = list_steps(case, facts, today)
    findings = find(case, facts, today)
    due = list_deadlines(case, facts, today)
    ledger = (*count_ordered(case), *count_authorized(case), *count_allowed(case))
    must_fix = {state.slug: sum(1 for f in findings if f.blocks and f.step == state.slug) for state in states}
    blocks = make_screen(Shown(case, today, states, must_fix, list_claim_states(case, facts), ledger, due))
    return Result(
        blocks=blocks,
        notes=(*_tell_notes(opened, findings), *opened.notes),
        next=spell("check") if opened.left_out else choose_next_command(opened, states, findings, due),
        data={
            "today": today,
            "left_out": [{"where": str(one.where), "says": one.says, "fix": one.fix} for one in opened.left_out],
            "closed": {"date": closed.date, "reason": closed.reason} if (closed := case.settings.closed) else None,
            "steps": [_make_step_data(state, must_fix[state.slug]) for state in states],
            "claims": [_make_claim_data(opened, claim) for claim in case.claims],
            "visits": [_make_visit_data(one) for one in ledger],
            "deadlines": [make_due_data(one, today) for one in due],
        },
    )


def _tell_notes(opened: Opened, findings: Sequence[Finding]) -> tuple[str, ...]:
    case = opened.case
    notes = (*_left_out(opened), *unknown_words(case, opened.facts))
    blocking = sum(1 for finding in findings if finding.blocks)
    if blocking and case.settings.closed is None:
        must = "1 thing must be fixed" if blocking == 1 else f"{blocking} things must be fixed"
        notes += (f"{must}: {spell('check')}",)
    return notes


def _left_out(opened: Opened) -> Iterator[str]:
    """That records were left out, and why: the others are shown all the same."""
    if opened.left_out:
        yield "Some records are left out, with those that name them, until this is mended:"
        for problem in opened.left_out:
            yield f"  {problem.where}: {problem.says} {problem.fix}"


def _make_step_data(state: StepState, must_fix: int) -> dict[str, object]:
    known = step(state.slug)
    return {
        "number": known.number,
        "slug": known.slug,
        "title": known.title,
        "state": state.state,
        "says": state.says,
        "must_fix": must_fix,
    }


def _make_claim_data(opened: Opened, claim: Claim) -> dict[str, object]:
    if claim.record_id in replaced_claims(opened.case):
        return {"id": claim.record_id, "state": "replaced by a corrected claim", "open": False}
    found = find_claim_state(opened.case, opened.facts, claim)
    return {
        "id": claim.record_id,
        "state": found.words,
        "submit": found.sent,
        "follow_up": found.decided,
        "appeal": found.appealed,
        "open": found.open,
    }


def _make_visit_data(one: Allowance) -> dict[str, object]:
    return {"by": one.giver, "record": one.record, "allowed": one.allowed, "used": one.used, "left": one.left}


@dataclass(frozen=True)
class Shown:
    """Everything the screen is made of. `must_fix`: step → how many findings block."""

    case: Case
    today: date
    states: Sequence[StepState]
    must_fix: Mapping[str, int]
    claims: Sequence[ClaimState]
    ledger: Sequence[Allowance]
    due: Sequence[Due]


def make_screen(shown: Shown) -> tuple[Block, ...]:
    """Heading, steps and visits, days."""
    closed = shown.case.settings.closed
    blocks: list[Block] = [Heading(3, text(f"Where the case stands on {long_date(shown.today)}"))]
    rows = (
        [*_tell_steps(shown), *_tell_claims(shown), *_tell_visits(shown)]
        if closed is None
        else [*_tell_open_claims(shown)]
    )
    if rows:
        blocks.append(_make_fields(rows))
    days = [_tell_day(due, shown.today) for due in shown.due if closed is None or due.day >= shown.today]
    if days:
        blocks.append(_make_fields(days[:_DAYS_SHOWN]))
    if closed is not None and not rows and not days:
        blocks.append(Paragraph(text("No money and no right is left open in it.")))
    if not shown.case.sessions and shown.states[0].state == "not-started" and closed is None:
        blocks.append(Paragraph(text("Most plans do not pay a massage therapist. Check first.")))
    return tuple(blocks)


def _make_fields(rows: Sequence[tuple[str, str]]) -> Fields:
    return Fields(tuple((label, text(words)) for label, words in rows), columns=1)


def _tell_steps(shown: Shown) -> Iterator[tuple[str, str]]:
    """Steps 1 to 4 of the case; 5 to 7 too while there is no claim."""
    for state in shown.states if not shown.claims else shown.states[:_OF_THE_CASE]:
        known, count = step(state.slug), shown.must_fix[state.slug]
        must = f", {count} must fix" if count else ""
        yield f"{known.number} {known.title}", f"{_STATE[state.state]}{must}. {state.says}"


def _tell_claims(shown: Shown) -> Iterator[tuple[str, str]]:
    """Steps 5 to 7, one line a claim; the visits that wait for one."""
    if not shown.claims:
        return
    waiting = len(unclaimed_sessions(shown.case))
    if waiting:
        yield "5 Claim", f"{plural(waiting, 'visit')} not in a sent claim yet"
    for state in shown.claims[:_CLAIMS_SHOWN]:
        yield f"5–7 {state.claim.stem}", _shorten(state.words)
    more = shown.claims[_CLAIMS_SHOWN:]
    if more:
        still = sum(1 for state in more if state.open)
        yield "More claims", f"{len(more)}, {f'{still} of them open' if still else 'all decided'}"


def _tell_open_claims(shown: Shown) -> Iterator[tuple[str, str]]:
    """Of a closed case: only what has money or rights in it."""
    waiting = len(unclaimed_sessions(shown.case))
    if waiting and any(due.kind == "filing" and due.day >= shown.today for due in shown.due):
        yield "5 Claim", f"{plural(waiting, 'visit')} not in a sent claim"
    found = [state for state in shown.claims if state.open]
    for state in found[:_CLAIMS_SHOWN]:
        yield f"5–7 {state.claim.stem}", _shorten(state.words)
    if found[_CLAIMS_SHOWN:]:
        yield "More claims", str(len(found) - _CLAIMS_SHOWN)


def _tell_visits(shown: Shown) -> Iterator[tuple[str, str]]:
    """The newest order, authorization and plan year: allowed, used, left."""
    newest = {one.giver: one for one in shown.ledger}
    for giver, one in newest.items():
        allowed = "visits not known" if one.allowed is None else plural(one.allowed, "visit")
        left = "" if one.left is None else f", {one.left} left"
        of = f"plan year from {one.year.first.isoformat()}" if one.year else one.record
        yield _GIVERS[giver], f"{allowed}, {one.used} used{left} ({of})"


def _tell_day(due: Due, today: date) -> tuple[str, str]:
    days = (due.day - today).days
    left = f"{plural(-days, 'day')} ago" if days < 0 else "today" if days == 0 else f"in {plural(days, 'day')}"
    ask = " Ask the plan: its own limit may differ." if due.assumed and due.legal_matter else ""
    how = due.because.split(". ")[0].rstrip(".").removesuffix(f": {long_date(due.day)}")
    return due.day.isoformat(), _shorten(f"{left}: {due.what}, {due.about}. {how}.{ask}")


def _shorten(words: str) -> str:
    """No more than two lines of the screen."""
    return textwrap.shorten(words, _TWO_LINES, placeholder=" …")
