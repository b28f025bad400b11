"""Claims as papers show them. Takes the case and lines, gives views: lettered diagnoses, totals, numbers."""

from __future__ import annotations

from massage_claim.calc.claim_lines import condition_of, dates, total
from massage_claim.calc.visits import authorization_holds_for, order_of
from massage_claim.documents.views import ClaimView, LetteredDiagnosis
from massage_claim.models.case import Case
from massage_claim.models.claim import Claim, ServiceLine
from massage_claim.models.prescription import Prescription
from massage_claim.models.providers import Provider
from massage_claim.models.session import Session

LETTERS = "ABCDEFGHIJKL"
"""CMS-1500 item 21 holds twelve diagnoses."""


def claim_view(
    case: Case, reference: str, lines: tuple[ServiceLine, ...], claim: Claim | None = None, corrects: str | None = None
) -> ClaimView:
    """The claim of these lines; `claim` when it was frozen before, `corrects` the id of the claim it replaces."""
    replaced = case.find(Claim, corrects or (claim.replaces if claim else None))
    sessions = sessions_of(case, lines)
    authorization = next(
        (item.number for item in case.authorizations for session in sessions if authorization_holds_for(item, session)),
        None,
    )
    return ClaimView(
        reference=reference,
        lines=lines,
        diagnoses=lettered(case, lines),
        dates=dates(lines),
        charged=total(lines, "charge"),
        paid=total(lines, "paid"),
        numbers=tuple(item.number for item in claim.claim_numbers) if claim else (),
        authorization=authorization,
        corrects=replaced.id if replaced else None,
        corrects_numbers=tuple(item.number for item in replaced.claim_numbers) if replaced else (),
        reason=claim.reason if claim else None,
        submission=claim.submission if claim else None,
    )


def sessions_of(case: Case, lines: tuple[ServiceLine, ...]) -> tuple[Session, ...]:
    """The session records behind lines, those that are still there, in order."""
    named = dict.fromkeys(line.session for line in lines)
    return tuple(session for session in case.sessions if session.record_id in named)


def orders_of(case: Case, sessions: tuple[Session, ...]) -> tuple[Prescription, ...]:
    """The orders that these sessions belong to, each once, by date."""
    found = {order.record_id: order for session in sessions if (order := order_of(case, session))}
    return tuple(sorted(found.values(), key=lambda order: (order.date, order.record_id)))


def lettered(case: Case, lines: tuple[ServiceLine, ...]) -> tuple[LetteredDiagnosis, ...]:
    """The diagnoses that lines point to, lettered A to L in the order of the condition, with who made them."""
    words: dict[str, tuple[str, str]] = {}
    conditions = [condition_of(case, order) for order in orders_of(case, sessions_of(case, lines))]
    for condition in (*conditions, *case.conditions):
        for diagnosis in condition.diagnoses if condition else ():
            maker = case.find(Provider, diagnosis.by)
            words.setdefault(diagnosis.code, (diagnosis.words or "", maker.signs_as if maker else ""))
    pointed = dict.fromkeys(code for line in lines for code in line.pointers)
    in_order = sorted(pointed, key=lambda code: list(words).index(code) if code in words else len(words))
    return tuple(
        LetteredDiagnosis(letter, code, *words.get(code, ("", "")))
        for letter, code in zip(LETTERS, in_order, strict=False)
    )
