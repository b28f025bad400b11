"""Which studies a letter may cite, and how it tells of them. Takes the closed list of evidence, gives citations.

Only studies whose citation and finding were checked, for this diagnosis and phase; those that speak against the claim
are told too, with what follows. Two to four, the general map last.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from massage_claim.documents.views import Citation
from massage_claim.facts.library import Facts
from massage_claim.facts.reason_kinds import Evidence, Measure
from massage_claim.models.prescription import Prescription

MOST = 4


def phase_of(onset: date | None, first_visit: date, facts: Facts) -> str | None:
    """`chronic` or `acute-subacute` on the day of the first visit; None when the onset is not known."""
    if onset is None or onset > first_visit:
        return None
    return "chronic" if (first_visit - onset).days > facts.phases["chronic"].after.amount else "acute-subacute"


def citations(
    codes: Sequence[str],
    phase: str | None,
    facts: Facts,
    *,
    progress: bool,
    order: Prescription | None = None,
    wanted: Sequence[str] = (),
) -> tuple[Citation, ...]:
    """At most four studies for these diagnosis codes. `wanted` (ids) narrows the choice; adverse ones always stay.

    A study of a larger dose than the order's is no help to the reader and is left out.
    """
    fitting = [
        item
        for item in facts.evidence.values()
        if _may_be_told(item, phase) and _fits(item, codes) and _dose_fits(item, order, facts)
    ]
    adverse = [item for item in fitting if item.adverse and item.name in facts.adverse_answers]
    rest = [item for item in fitting if not item.adverse and (not wanted or item.name in wanted)]
    context = [item for item in rest if item.role == "context"][:1]
    ranked = sorted((item for item in rest if item.role != "context"), key=lambda item: _rank(item, codes))
    chosen = [*ranked[: max(MOST - len(adverse) - len(context), 0)], *adverse, *context]
    return tuple(_citation(item, facts, progress) for item in chosen[:MOST])


def threshold_fits(measure: Measure, codes: Sequence[str], facts: Facts) -> bool:
    """Whether the measure's threshold may be used in this case: it was checked, and was not found for something else."""
    if not measure.may_be_quoted:
        return False
    source = next(
        (item for item in facts.evidence.values() if item.role == "measure" and item.reference in measure.source.title),
        None,
    )
    return source is None or bool(set(source.conditions) & _conditions(codes, facts))


def _may_be_told(item: Evidence, phase: str | None) -> bool:
    return item.role != "measure" and item.may_be_quoted and item.phase in ("any", phase)


def _fits(item: Evidence, codes: Sequence[str]) -> bool:
    return not item.diagnoses or any(code.startswith(start) for code in codes for start in item.diagnoses)


def _dose_fits(item: Evidence, order: Prescription | None, facts: Facts) -> bool:
    dose = facts.doses.get(item.name)
    if dose is None:
        return True
    if order is None or order.per_week is None or order.minutes_per_visit is None:
        return False
    return order.per_week >= dose.per_week and order.minutes_per_visit >= dose.minutes


def _rank(item: Evidence, codes: Sequence[str]) -> int:
    """The place of the first diagnosis that it is for: the main diagnosis counts most."""
    return next((at for at, code in enumerate(codes) if any(code.startswith(start) for start in item.diagnoses)), 99)


def _conditions(codes: Sequence[str], facts: Facts) -> set[str]:
    """What these diagnoses are called in the list of evidence."""
    named = (item for item in facts.evidence.values() if item.diagnoses and _fits(item, codes))
    return {"pain"} | {condition for item in named for condition in item.conditions}


def _citation(item: Evidence, facts: Facts, progress: bool) -> Citation:
    cite = f"{item.authors} {item.title}. {item.journal} {item.reference}."
    cite += f" doi:{item.doi}" if item.doi else ""
    if not item.adverse:
        return Citation(cite, item.finding, item.limitation)
    answer = facts.adverse_answers[item.name]
    return Citation(
        cite, item.finding, f"{answer.limits} {answer.with_progress if progress else answer.without_progress}"
    )
