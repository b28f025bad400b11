"""Which studies of the closed list of evidence a letter may cite, and how it tells of them.

Only studies whose citation and finding were checked, for this diagnosis and phase; those that speak against the claim
are told too, with what follows. Two to four, the general map last.
"""

from __future__ import annotations

from collections.abc import Sequence

from massage_claim.calc.evidence_fit import Subject, is_about, list_fitting, phase_of
from massage_claim.documents.views import Citation
from massage_claim.facts.evidence import Evidence, Measure
from massage_claim.facts.library import Facts
from massage_claim.models.prescription import Prescription

MOST = 4

__all__ = ["MOST", "choose_citations", "phase_of", "threshold_fits"]


def choose_citations(
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
    told = list_fitting(Subject(tuple(codes), phase, order), facts)
    adverse = [item for item in told if item.adverse and item.name in facts.adverse_answers]
    rest = [item for item in told if not item.adverse and (not wanted or item.name in wanted)]
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


def _rank(item: Evidence, codes: Sequence[str]) -> int:
    """The place of the first diagnosis that it is for: the main diagnosis counts most."""
    return next((at for at, code in enumerate(codes) if any(code.startswith(start) for start in item.diagnoses)), 99)


def _conditions(codes: Sequence[str], facts: Facts) -> set[str]:
    """What these diagnoses are called in the list of evidence."""
    named = (item for item in facts.evidence.values() if item.diagnoses and is_about(item, codes))
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
