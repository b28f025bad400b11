"""Where the answers lead, said right after they are written down.

It reads the whole case. One that cannot be read takes nothing back: the answers are written, and the rest is said later.
"""

from __future__ import annotations

from dataclasses import field, replace

from massage_claim.actions.look.worth import find_worth, summary, verdict_data, verdict_says, worth_data
from massage_claim.actions.project import Place
from massage_claim.calc.verdict import judge
from massage_claim.checks import Finding, run
from massage_claim.command_text import spell
from massage_claim.errors import Unreadable
from massage_claim.facts.library import facts_on
from massage_claim.frozen import dataclass
from massage_claim.models.coverage import Coverage
from massage_claim.models.record import from_tree, to_tree
from massage_claim.store.read import read_case
from massage_claim.yamltext import Tree

CONTRADICTIONS = "coverage_answers_agree"


@dataclass(frozen=True)
class Led:
    """What to say after the answers: the verdict, the expected payment, and answers that contradict each other."""

    says: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    notes: tuple[str, ...] = ()
    data: dict[str, object] = field(default_factory=dict)


def lead(place: Place, not_written: Coverage | None = None) -> Led:
    """The verdict of the case as it is now; `not_written`: a verification to count besides, in a dry run."""
    try:
        case = read_case(place.folder)
    except Unreadable:
        return Led(notes=(f"The case has a mistake elsewhere, so no verdict yet. Type `{spell('check')}`.",))
    if not_written is not None:
        record_id = f"coverage/{not_written.date.isoformat()}"
        named, _ = from_tree(Coverage, Tree("", to_tree(not_written), {}), record_id)
        case = replace(case, coverage=(*case.coverage, named or not_written))
    facts = facts_on(place.today)
    found = judge(case, facts, place.today)
    made = find_worth(case, facts, place.today, found, None, None)
    says = ["", *verdict_says(found)]
    if made and found.pays != "no":
        says += [f"{summary(made)} The arithmetic: `{spell('verify-coverage', worth=True)}`."]
    return Led(
        says=tuple(says),
        findings=tuple(run(CONTRADICTIONS, case, facts, place.today)),
        data={"verdict": verdict_data(found), "worth": worth_data(made) if made else None},
    )
