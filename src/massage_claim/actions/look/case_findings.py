"""`check`: everything that would get the claim refused, step by step, worst first."""

from __future__ import annotations

from pathlib import Path

from massage_claim.actions.look.next_command import choose_next_command
from massage_claim.actions.project import Opened, open_case
from massage_claim.actions.result import Result
from massage_claim.calc.deadline_list import list_deadlines
from massage_claim.calc.steps import list_steps
from massage_claim.checks import Finding, Severity, find
from massage_claim.errors import ExitCode, Problem, UsageProblem
from massage_claim.journey import STEPS


def check(project: Path | None, *, step: str | None = None) -> Result:
    """The findings of all steps, or of one (its number or name). NOT_READY while one must be fixed. Raises Unreadable."""
    slug = _find_step(step)
    opened = open_case(project)
    every = (*find(opened.case, opened.facts, opened.today), *_find_in_letters(opened))
    findings = tuple(f for f in every if slug in (None, f.step))
    counts = {severity: sum(1 for f in findings if f.severity is severity) for severity in Severity}
    blocking = counts[Severity.MUST_FIX]
    return Result(
        says=(_summarize(counts),),
        findings=findings,
        notes=opened.notes,
        next=_choose_next(opened, findings, every),
        data={"must_fix": blocking, "risky": counts[Severity.RISKY], "advice": counts[Severity.ADVICE]},
        code=ExitCode.NOT_READY if blocking else ExitCode.OK,
    )


def _find_in_letters(opened: Opened) -> tuple[Finding, ...]:
    """What changed behind edited letters; nothing is loaded for it where there are none."""
    if not (opened.folder / "letters").is_dir():
        return ()
    from massage_claim.actions.appeals.letter_findings import find_in_letters

    return find_in_letters(opened)


def _find_step(step: str | None) -> str | None:
    if step is None:
        return None
    for known in STEPS:
        if step.strip().lower() in (str(known.number), known.slug):
            return known.slug
    names = ", ".join(f"{known.number} ({known.slug})" for known in STEPS)
    raise UsageProblem(Problem("--step: there is no such step.", f"Write one of: {names}."))


def _summarize(counts: dict[Severity, int]) -> str:
    if not any(counts.values()):
        return "Nothing found: what is written down fits together."
    said = [f"{counts[severity]} {severity.value}" for severity in Severity if counts[severity]]
    return f"Found: {', '.join(said)}."


def _choose_next(opened: Opened, findings: tuple[Finding, ...], every: tuple[Finding, ...]) -> str:
    """How to mend the worst of them; with nothing to mend here, the case's one next command."""
    worst = next((finding for finding in findings if finding.blocks), None)
    if worst is not None:
        return worst.fix
    case, facts, today = opened.case, opened.facts, opened.today
    return choose_next_command(opened, list_steps(case, facts, today), every, list_deadlines(case, facts, today))
