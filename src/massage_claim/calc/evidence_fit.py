"""Which studies of the closed list fit a denial, and in one sentence why another one does not.

By diagnosis codes, phase and order. Nothing is chosen for effect: what speaks against the claim fits too.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from massage_claim.calc.claim_lines import condition_of
from massage_claim.calc.visits import order_of
from massage_claim.facts.evidence import Evidence
from massage_claim.facts.library import Facts
from massage_claim.frozen import dataclass
from massage_claim.models.appeal import Appeal
from massage_claim.models.case import Case
from massage_claim.models.claim import Claim
from massage_claim.models.days import last_day
from massage_claim.models.decision import Decision
from massage_claim.models.prescription import Prescription

_NOT_KNOWN = "not known, because the onset is not written down, or not closely enough"
_PHASES = {"chronic": "chronic pain", "acute-subacute": "pain of the first weeks"}


@dataclass(frozen=True, slots=True)
class Subject:
    """What a denied claim was about: diagnosis codes, phase on the first visit (None: not known), the newest order."""

    codes: tuple[str, ...]
    phase: str | None
    order: Prescription | None


def phase_of(onset: date | None, first_visit: date, facts: Facts) -> str | None:
    """`chronic` or `acute-subacute` on the day of the first visit; None when the onset is not known well enough."""
    if onset is None:
        return None
    begins = facts.phases["chronic"].after.amount
    if (first_visit - last_day(onset)).days > begins:
        return "chronic"
    return "acute-subacute" if onset <= first_visit and (first_visit - onset).days <= begins else None


def subject_of(case: Case, facts: Facts, decision: Decision) -> Subject | None:
    """What the claim behind a decision was about, through the appeals in between; None when there is no such claim."""
    claim = _claim_behind(case, decision)
    if claim is None or not claim.lines:
        return None
    named = {line.session for line in claim.lines}
    found = [order_of(case, session) for session in case.sessions if session.record_id in named]
    orders = sorted((order for order in found if order), key=lambda order: (order.date, order.record_id))
    order = orders[-1] if orders else None
    condition = condition_of(case, order)
    codes = tuple(dict.fromkeys(code for line in claim.lines for code in line.pointers))
    if not codes and condition:
        codes = tuple(item.code for item in condition.diagnoses)
    first = min(line.date for line in claim.lines)
    return Subject(codes, phase_of(condition.onset if condition else None, first, facts), order)


def list_fitting(subject: Subject, facts: Facts) -> tuple[Evidence, ...]:
    """Every study that may be told in this case, in the order of the list."""
    return tuple(
        item for item in facts.evidence.values() if item.role != "measure" and not _against(item, subject, facts)
    )


def explain_refusal(name: str, subject: Subject, facts: Facts) -> str | None:
    """Why that study may not be cited in this case, in one or two sentences; None when it may."""
    item = facts.evidence.get(name.strip().upper())
    if item is None:
        return "There is no study of that name in the list."
    if item.role == "measure":
        return f"{item.name} is about a measure, not about massage. Its threshold is named where it is used."
    why = _against(item, subject, facts)
    return f"{item.name} {why}" if why else None


def is_about(item: Evidence, codes: Sequence[str]) -> bool:
    """Whether the study is about one of these diagnoses; one without diagnoses is about any."""
    return not item.diagnoses or any(code.startswith(start) for code in codes for start in item.diagnoses)


def _against(item: Evidence, subject: Subject, facts: Facts) -> str | None:
    if not is_about(item, subject.codes):
        return f"is about {' and '.join(item.conditions)}, and no diagnosis of this claim is."
    if item.phase != "any" and item.phase != subject.phase:
        now = _PHASES[subject.phase] if subject.phase else _NOT_KNOWN
        return f"is about {_PHASES[item.phase]}. On the first visit this case was {now}."
    dose = facts.doses.get(item.name)
    if dose is not None and not _reaches(subject.order, dose.per_week, dose.minutes):
        return f"is about visits of {dose.minutes} minutes, {dose.per_week} a week or more. The order is not for that much."
    if not item.may_be_quoted:
        return "was not read in its source, so a letter can't cite it. Attach the article itself as a proof page."
    return None


def _reaches(order: Prescription | None, per_week: int, minutes: int) -> bool:
    if order is None or order.per_week is None or order.minutes_per_visit is None:
        return False
    return order.per_week >= per_week and order.minutes_per_visit >= minutes


def _claim_behind(case: Case, decision: Decision) -> Claim | None:
    about = decision.about
    for _ in range(len(case.appeals) + 1):
        claim = case.find(Claim, about) if about.startswith(f"{Claim.FOLDER}/") else None
        if claim is not None:
            return claim
        appeal = case.find(Appeal, about) if about.startswith(f"{Appeal.FOLDER}/") else None
        earlier = case.find(Decision, appeal.decision) if appeal else None
        if earlier is None:
            return None
        about = earlier.about
    return None
