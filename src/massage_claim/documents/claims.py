"""Claims as papers show them: views with lettered diagnoses, totals, numbers, versions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from massage_claim.calc.claim_lines import condition_of, list_dates, sum_of
from massage_claim.calc.claim_numbers import numbers_for, numbers_of
from massage_claim.calc.claim_split import REPLACEMENT_RULE, ResentAs
from massage_claim.calc.visits import authorization_holds_for, order_of
from massage_claim.documents.statements import of_claim, tell_changes
from massage_claim.documents.views import ClaimView, LetteredDiagnosis, OrderedBy, StatementView
from massage_claim.facts.library import facts_on
from massage_claim.models.case import Case
from massage_claim.models.claim import Claim, ServiceLine
from massage_claim.models.prescription import Prescription
from massage_claim.models.providers import Parties, Party, Provider
from massage_claim.models.session import Session

LETTERS = "ABCDEFGHIJKL"
"""CMS-1500 item 21 holds twelve diagnoses."""


def view_claim(
    case: Case,
    reference: str,
    lines: tuple[ServiceLine, ...],
    claim: Claim | None = None,
    corrects: str | None = None,
    *,
    resent_as: ResentAs = "replacement",
) -> ClaimView:
    """The claim of these lines; `claim` when it was frozen before, `corrects` the id of the claim it replaces.

    `resent_as`, of a correction: "replacement", which bears the resubmission code, or "new".
    """
    case = as_printed(case, claim.parties if claim else None)
    replaced = case.find(Claim, corrects or (claim.replaces if claim else None))
    sessions = sessions_of(case, lines)
    sent_as = (claim.resent_as or "replacement") if claim else resent_as
    kept = {line.session for line in replaced.lines} - {line.session for line in lines} if replaced else set()
    approved = [
        item.number
        for item in case.authorizations
        if any(authorization_holds_for(item, session) for session in sessions)
    ]
    return ClaimView(
        reference=reference,
        lines=lines,
        diagnoses=_letter_diagnoses(case, lines),
        dates=list_dates(lines),
        charged=sum_of(lines, "charge"),
        paid=sum_of(lines, "paid"),
        numbers=tuple(item.number for item in numbers_of(case, claim)) if claim else (),
        authorization=", ".join(dict.fromkeys(approved)) or None,
        corrects=replaced.id if replaced else None,
        corrects_numbers=numbers_for(case, replaced, list_dates(lines)) if replaced and sent_as != "new" else (),
        reason=claim.reason if claim else tell_changes(replaced.lines, lines) if replaced else None,
        submission=claim.submission if claim else None,
        ordered=_ordered(case, sessions, lines),
        parties=claim.parties if claim else None,
        resent_as=sent_as if replaced else None,
        resubmission_code=_resubmission_code(lines) if replaced and sent_as != "new" else None,
        stand=len(kept),
    )


def _resubmission_code(lines: tuple[ServiceLine, ...]) -> str:
    return str(facts_on(list_dates(lines)[-1]).claim_rules[REPLACEMENT_RULE].amount)


def as_printed(case: Case, parties: Parties | None) -> Case:
    """The case with its providers as a sent claim's papers showed them; nobody else has a role in those papers."""
    if parties is None:
        return case
    then = {provider.record_id: provider for provider in parties.providers}
    others = [p.model_copy(update={"roles": ()}) for p in case.providers if p.record_id not in then]
    return replace(case, providers=tuple(sorted([*then.values(), *others], key=lambda one: one.record_id)))


def parties_of(
    case: Case,
    orders: tuple[Prescription, ...],
    *,
    therapist: Provider | None,
    practice: Provider | None,
    prescriber: Provider | None,
) -> Parties:
    """Who stands on the papers of a claim, for its snapshot. `prescriber`: who is named where only one can be."""
    named = [case.find(Provider, order.referring) for order in orders]
    makers = {maker.record_id: maker for maker in (*named, prescriber) if maker}
    return Parties(
        therapist=Party.of(therapist) if therapist else None,
        practice=Party.of(practice) if practice and practice != therapist else None,
        prescribers=tuple(Party.of(maker) for maker in makers.values()),
    )


def _ordered(case: Case, sessions: tuple[Session, ...], lines: tuple[ServiceLine, ...]) -> tuple[OrderedBy, ...]:
    orders = orders_of(case, sessions)
    if not orders:  # who made the diagnoses that the lines point to
        pointed = {code for line in lines for code in line.pointers}
        named = [one.by for condition in case.conditions for one in condition.diagnoses if one.code in pointed]
        found = (case.find(Provider, by) for by in dict.fromkeys(named))
        return tuple(OrderedBy(maker.signs_as, maker.npi, ()) for maker in found if maker)
    makers = {order.referring: case.find(Provider, order.referring) for order in orders}
    return tuple(
        OrderedBy(maker.signs_as, maker.npi, tuple(order.date for order in orders if order.referring == named))
        for named, maker in makers.items()
        if maker
    )


def view_statement(case: Case, claim: ClaimView, issued: date) -> StatementView:
    """The number and version of a claim's superbill: a correction keeps the first one's number and counts on."""
    first, version = claim.reference, 1
    older = case.find(Claim, claim.corrects)
    seen = {claim.reference}
    while older is not None and older.id not in seen:
        first, version = older.id, version + 1
        seen.add(older.id)
        older = case.find(Claim, older.replaces)
    return of_claim(case, claim, first, version, issued)


def sessions_of(case: Case, lines: tuple[ServiceLine, ...]) -> tuple[Session, ...]:
    """The session records behind lines, those that are still there, in order."""
    named = dict.fromkeys(line.session for line in lines)
    return tuple(session for session in case.sessions if session.record_id in named)


def orders_of(case: Case, sessions: tuple[Session, ...]) -> tuple[Prescription, ...]:
    """The orders that these sessions belong to, each once, by date."""
    found = {order.record_id: order for session in sessions if (order := order_of(case, session))}
    return tuple(sorted(found.values(), key=lambda order: (order.date, order.record_id)))


def _letter_diagnoses(case: Case, lines: tuple[ServiceLine, ...]) -> tuple[LetteredDiagnosis, ...]:
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
