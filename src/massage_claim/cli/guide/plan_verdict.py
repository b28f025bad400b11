"""What the plan's answers mean, in the guide's words; and which answers can't be."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from massage_claim.command_text import spell

if TYPE_CHECKING:
    from massage_claim.actions.project import Opened
    from massage_claim.cli.guide.run import Run
    from massage_claim.facts.plans import CoverageQuestion


def verdict_lines(opened: Opened) -> Iterator[str]:
    """Where the answers lead, why, the next step, and what else is possible."""
    from massage_claim.calc.verdict import judge

    found = judge(opened.case, opened.facts, opened.today)
    yield ""
    yield f"So far: {found.title}. {found.says}"
    yield from (f"  Why: {reason.says}" for reason in found.because)
    yield f"  Source: {found.source}."
    if found.check:
        yield f"  {found.check}"
    yield f"  What to do: {found.next_step}"
    yield from (f"  Still possible: {way.says}{f' {way.check}' if way.check else ''}" for way in found.alternatives)


def pays(opened: Opened) -> str:
    """yes, maybe or no: whether the plan pays through this therapist, by what is known."""
    from massage_claim.calc.verdict import judge

    return judge(opened.case, opened.facts, opened.today).pays


def verdict_name(opened: Opened) -> str:
    """The name of the verdict by what is known."""
    from massage_claim.calc.verdict import judge

    return judge(opened.case, opened.facts, opened.today).name


def checker(run: Run, record: str, question: CoverageQuestion) -> Callable[[str], tuple[str, str] | None]:
    """Refuses an answer of the wrong kind, and one that can't be beside the others of that verification."""
    from massage_claim.actions.record.answer_forms import check_among

    found = next((one for one in run.opened().case.coverage if one.record_id == record), None)
    return check_among(question, dict(found.answers) if found else {})


def worth_lines(run: Run, visits: str, price: str) -> Iterator[str]:
    """What the plan may pay for the planned visits, with what the amount rests on."""
    from massage_claim.actions.look.worth import worth
    from massage_claim.actions.record.usual_writings import usual_writings
    from massage_claim.errors import Failure

    try:
        found = worth(run.project, visits=visits, price=price)
    except Failure as failure:
        yield failure.problems[0].says
        return
    yield ""
    yield found.says[-1]
    yield from found.notes
    kept = next(iter(usual_writings(price)), price)
    yield f"The arithmetic: {spell('verify-coverage', worth=True, visits=visits, price=kept)}"
