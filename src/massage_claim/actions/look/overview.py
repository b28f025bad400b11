"""Where the case stands, on one screen: steps, claims, visits, the nearest days, the one next command. Writes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from massage_claim.actions.look.deadline_table import due_data
from massage_claim.actions.look.next_command import next_command
from massage_claim.actions.look.overview_screen import Shown, screen
from massage_claim.actions.project import Opened, open_case
from massage_claim.actions.result import Result
from massage_claim.calc.claim_states import claim_state, claim_states
from massage_claim.calc.deadline_list import deadline_list, unknown_words
from massage_claim.calc.decided import replaced_claims
from massage_claim.calc.steps import StepState, steps
from massage_claim.calc.visits import Allowance, allowed_by_plan, authorized, ordered
from massage_claim.checks import Finding, find
from massage_claim.journey import step
from massage_claim.models.claim import Claim


def status(project: Path | None) -> Result:
    """The state of the case. Raises Unreadable, UsageProblem."""
    opened = open_case(project)
    case, facts, today = opened.case, opened.facts, opened.today
    states = steps(case, facts, today)
    findings = find(case, facts, today)
    due = deadline_list(case, facts, today)
    ledger = (*ordered(case), *authorized(case), *allowed_by_plan(case))
    must_fix = {state.slug: sum(1 for f in findings if f.blocks and f.step == state.slug) for state in states}
    blocks = screen(Shown(case, today, states, must_fix, claim_states(case, facts), ledger, due))
    return Result(
        blocks=blocks,
        notes=(*_notes(opened, findings), *opened.notes),
        next=next_command(opened, states, findings, due),
        data={
            "today": today,
            "closed": {"date": closed.date, "reason": closed.reason} if (closed := case.settings.closed) else None,
            "steps": [_step_data(state, must_fix[state.slug]) for state in states],
            "claims": [_claim_data(opened, claim) for claim in case.claims],
            "visits": [_visit_data(one) for one in ledger],
            "deadlines": [due_data(one, today) for one in due],
        },
    )


def _notes(opened: Opened, findings: Sequence[Finding]) -> tuple[str, ...]:
    case = opened.case
    notes = unknown_words(case, opened.facts)
    blocking = sum(1 for finding in findings if finding.blocks)
    if blocking and case.settings.closed is None:
        must = "1 thing must be fixed" if blocking == 1 else f"{blocking} things must be fixed"
        notes += (f"{must}: massage-claim check",)
    return notes


def _step_data(state: StepState, must_fix: int) -> dict[str, object]:
    known = step(state.slug)
    return {
        "number": known.number,
        "slug": known.slug,
        "title": known.title,
        "state": state.state,
        "says": state.says,
        "must_fix": must_fix,
    }


def _claim_data(opened: Opened, claim: Claim) -> dict[str, object]:
    if claim.record_id in replaced_claims(opened.case):
        return {"id": claim.record_id, "state": "replaced by a corrected claim", "open": False}
    found = claim_state(opened.case, opened.facts, claim)
    return {
        "id": claim.record_id,
        "state": found.words,
        "submit": found.sent,
        "follow_up": found.decided,
        "appeal": found.appealed,
        "open": found.open,
    }


def _visit_data(one: Allowance) -> dict[str, object]:
    return {"by": one.giver, "record": one.record, "allowed": one.allowed, "used": one.used, "left": one.left}
