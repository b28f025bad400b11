"""The one next command: the nearest legal deadline first, then what blocks, then the next open step."""

from __future__ import annotations

from collections.abc import Sequence

from massage_claim.actions.project import Opened
from massage_claim.actions.send.built_packets import find_waiting_claims, find_waiting_rounds
from massage_claim.calc.deadline_list import Due
from massage_claim.calc.decisions import open_denials, waiting_appeals
from massage_claim.calc.licence import licence_on
from massage_claim.calc.roles import in_role, treating
from massage_claim.calc.rounds import command_for, round_to_name
from massage_claim.calc.sendings import only_to_answer
from massage_claim.calc.steps import StepState
from massage_claim.calc.verdict import judge
from massage_claim.checks import Finding
from massage_claim.command_text import spell
from massage_claim.journey import step

CLOSED = "Nothing: the case is closed."
DONE = "Nothing: every step is done."
LEFT = spell("paper", "what-is-left")
"""After the last no; `close` ends it."""
_AT_ONCE = ("appeal", "hearing", "external", "information")
"""Not only when their last day is near: the sooner they are answered the better."""
_STEP = {"filing": "submit"}
_ASKING = ("follow-up", "decision")
"""From their day on the payer is to be asked."""


def choose_next_command(
    opened: Opened, states: Sequence[StepState], findings: Sequence[Finding], due: Sequence[Due]
) -> str:
    """What to type next, or a sentence when there is nothing."""
    if opened.case.settings.closed is not None:
        return CLOSED
    drafted = find_waiting_rounds(opened)
    if drafted:
        return spell("submit", appeal=drafted[0])
    if find_waiting_claims(opened):
        return spell("submit")
    soon = opened.facts.choices["near-a-last-day"].amount
    for item in due:
        left = (item.day - opened.today).days
        if item.legal_matter and left >= 0 and (item.kind in _AT_ONCE or left <= soon):
            blocked = item.kind != "information" and _is_blocked(findings, _STEP.get(item.kind, "appeal"))
            return spell("check") if blocked else item.command
    if not opened.case.claims and _is_not_paid(opened, findings):
        return spell("check", step="1")
    asking = next((one for one in due if one.kind in _ASKING and one.day <= opened.today), None)
    if asking is not None:
        return asking.command
    answering = only_to_answer(opened.case)
    for state in states:
        if state.state not in ("not-started", "started") or (answering and step(state.slug).number <= 5):
            continue
        if state.state == "started" and any(f.blocks and f.step == state.slug for f in findings):
            return spell("check", step=step(state.slug).number)
        return _choose_command(opened, state.slug)
    return LEFT if open_denials(opened.case, opened.facts) else DONE


def _is_not_paid(opened: Opened, findings: Sequence[Finding]) -> bool:
    """Whether the verdict is that the plan doesn't pay this, and a finding about coverage says so."""
    pays = judge(opened.case, opened.facts, opened.today).pays
    return pays == "no" and any(finding.blocks and finding.step == "verify-coverage" for finding in findings)


def _is_blocked(findings: Sequence[Finding], until: str) -> bool:
    """Whether something of the steps up to that one must be fixed first; a visit alone is only set aside."""
    last = step(until).number
    return any(f.blocks and f.session is None and step(f.step).number <= min(last, 5) for f in findings)


def _choose_command(opened: Opened, slug: str) -> str:
    """The command that takes a step on."""
    case = opened.case
    match slug:
        case "verify-coverage":
            return spell("verify-coverage")
        case "get-prescription":
            if not in_role(case, "referring"):
                return spell("add-provider", role="referring")
            return spell("add-prescription") if case.conditions else spell("add-condition")
        case "find-therapist":
            return _choose_for_therapist(opened)
        case "keep-records":
            return spell("check", step="4") if case.sessions else spell("add-session")
        case "submit":
            return spell("build-packet")
        case "follow-up":
            return spell("record-decision")
        case _:
            waiting = waiting_appeals(case)
            if waiting and not open_denials(case, opened.facts):
                return spell("record-decision", about=waiting[0].record_id)
            return _choose_appeal(opened)


def _choose_appeal(opened: Opened) -> str:
    """Of the only open denial the round that follows, with the options that it needs."""
    case, facts = opened.case, opened.facts
    denials = open_denials(case, facts)
    level = round_to_name(case, facts, denials[0]) if len(denials) == 1 else None
    return spell("appeal") if level is None or level == "1" else command_for(case, denials[0], level)


def _choose_for_therapist(opened: Opened) -> str:
    case = opened.case
    if not in_role(case, "rendering"):
        return spell("add-provider", role="rendering")
    for provider in treating(case):
        if licence_on(case, opened.facts, provider, opened.today).state in ("not-checked", "not-since", "run-out"):
            return spell("check-licence", provider=provider.stem)
    return spell("check", step="3")
