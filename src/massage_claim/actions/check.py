"""Everything that would get the claim refused, step by step, worst first. Takes a step or none; writes nothing."""

from __future__ import annotations

from pathlib import Path

from massage_claim.actions.opening import open_case
from massage_claim.actions.result import Result
from massage_claim.checks import Finding, Severity, find
from massage_claim.errors import ExitCode, Problem, UsageProblem
from massage_claim.journey import STEPS


def check(project: Path | None, *, step: str | None = None) -> Result:
    """The findings of all steps, or of one (its number or name). NOT_READY while one must be fixed. Raises Unreadable."""
    slug = _slug(step)
    opened = open_case(project)
    findings = tuple(f for f in find(opened.case, opened.facts, opened.today) if slug in (None, f.step))
    counts = {severity: sum(1 for f in findings if f.severity is severity) for severity in Severity}
    blocking = counts[Severity.MUST_FIX]
    return Result(
        says=(_summary(counts),),
        findings=findings,
        notes=opened.notes,
        next=_next(findings),
        data={"must_fix": blocking, "risky": counts[Severity.RISKY], "advice": counts[Severity.ADVICE]},
        code=ExitCode.NOT_READY if blocking else ExitCode.OK,
    )


def _slug(step: str | None) -> str | None:
    if step is None:
        return None
    for known in STEPS:
        if step.strip().lower() in (str(known.number), known.slug):
            return known.slug
    names = ", ".join(f"{known.number} ({known.slug})" for known in STEPS)
    raise UsageProblem(Problem("--step: there is no such step.", f"Write one of: {names}."))


def _summary(counts: dict[Severity, int]) -> str:
    if not any(counts.values()):
        return "Nothing found: what is written down fits together."
    said = [f"{counts[severity]} {severity.value}" for severity in Severity if counts[severity]]
    return f"Found: {', '.join(said)}."


def _next(findings: tuple[Finding, ...]) -> str:
    worst = next((finding for finding in findings if finding.blocks), None)
    return worst.fix if worst else "massage-claim status"
