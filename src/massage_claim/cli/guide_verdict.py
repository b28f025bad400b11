"""What the plan's answers mean, in the guide's words; and which answers can't be. Takes an opened case, gives sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from massage_claim.actions.opening import Opened
    from massage_claim.cli.guide_run import Run
    from massage_claim.facts.plan_kinds import CoverageQuestion


def verdict_lines(opened: Opened) -> Iterator[str]:
    """Where the answers lead, why, the next step, and what else is possible."""
    from massage_claim.calc.verdict import verdict

    found = verdict(opened.case, opened.facts, opened.today)
    yield ""
    yield f"So far: {found.title}."
    yield found.says
    for reason in found.because:
        yield f"  Because: {reason.says}"
    if found.check:
        yield found.check
    yield f"Next step: {found.next_step}"


def checker(run: Run, record: str, question: CoverageQuestion) -> Callable[[str], tuple[str, str] | None]:
    """Refuses an answer of the wrong kind."""
    from massage_claim.actions.answers import check

    return check(question.answer)
