"""What happened, day by day, for a letter to the payer about a claim that was refused.

Only recorded facts: onset, checks of coverage, order, baseline, visits, letter, sending, notice, calls with a reference
number. An event names its exhibit only when that is in the packet. Nothing after today.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from massage_claim.calc.rounds import EXTERNAL, find_answered, tell_story
from massage_claim.calc.series import Series
from massage_claim.calc.visits import visits_ordered
from massage_claim.documents.claims import orders_of, sessions_of
from massage_claim.documents.exhibit_letters import Exhibits
from massage_claim.documents.views import ClaimView, Event
from massage_claim.models.appeal import Appeal
from massage_claim.models.case import Case
from massage_claim.models.claim import Claim, Submission
from massage_claim.models.condition import Condition
from massage_claim.models.decision import Decision
from massage_claim.models.providers import Provider
from massage_claim.writing.formats import number

SENT = {
    "mail": "by mail",
    "certified-mail": "by certified mail",
    "fax": "by fax",
    "portal": "through the plan's portal",
    "email": "by e-mail",
    "hand": "by hand",
    "other": "",
}
WAYS = {
    "call": "Call",
    "letter": "Letter",
    "fax": "Fax",
    "portal": "Message in the portal",
    "email": "E-mail",
    "in-person": "Talk",
}


def tell_timeline(
    case: Case,
    decision: Decision,
    claim: ClaimView,
    condition: Condition | None,
    series: tuple[Series, ...],
    exhibits: Exhibits,
    today: date,
) -> tuple[Event, ...]:
    """The events in order of their days; those of one day in the order of the story."""
    events = [
        *_before(case, claim, condition, exhibits),
        *_baselines(series, claim, exhibits),
        *_visits(case, claim, exhibits),
        *_sending(case, claim, exhibits),
        *_notices(case, decision, exhibits),
        *_letters(case, claim, condition, decision, exhibits),
        *_contacts(case, decision, exhibits),
        *_rounds(case, decision, exhibits),
    ]
    return tuple(sorted((event for event in events if event.day <= today), key=lambda event: event.day))


def _before(case: Case, claim: ClaimView, condition: Condition | None, exhibits: Exhibits) -> Iterator[Event]:
    if condition and condition.onset:
        yield Event(condition.onset, f"Onset of the condition: {condition.name}")
    for check in case.coverage:
        if (check.reference_number or check.source in ("portal", "letter")) and check.date <= claim.last:
            by = f" ({check.representative})" if check.representative else ""
            how = "by phone" if check.source == "call" else f"in the {check.source}"
            looked_up = f", reference {check.reference_number}" if check.reference_number else ""
            said = _said(check.answers.get("repeated"))
            yield Event(
                check.date,
                f"Coverage checked {how}{by}{looked_up}{said}",
                exhibits.of(
                    check.record_id, *(("payer-letter",) if check.source == "call" else ("payer-letter", "plan-page"))
                ),
            )
    for order in orders_of(case, sessions_of(case, claim.lines)):
        maker = case.find(Provider, order.referring)
        visits = visits_ordered(order)
        words = f"{'Signed order' if order.signed else 'Order'} for {order.service or 'massage therapy'}"
        words += f" by {maker.signs_as}" if maker else ""
        words += f": {number(visits)} visit{'s' if visits != 1 else ''}" if visits else ""
        yield Event(order.date, words, exhibits.of(order.record_id, "prescription"))


def _baselines(series: tuple[Series, ...], claim: ClaimView, exhibits: Exhibits) -> Iterator[Event]:
    for one in series:
        before = [item for item in one.readings if item.day <= claim.first]
        if before and before[-1].record.startswith("measures/") and before[-1].value is not None:
            yield Event(
                before[-1].day,
                f"Measured before treatment: {one.title}, {number(before[-1].value)} {one.unit}".rstrip(),
                exhibits.of(before[-1].record) or exhibits.paper("progress_report"),
            )


def _visits(case: Case, claim: ClaimView, exhibits: Exhibits) -> Iterator[Event]:
    visits = {session.date: session.record_id for session in sessions_of(case, claim.lines)}
    shown = [
        exhibits.of(visits.get(day), "superbill", "therapist-note") or exhibits.paper("superbill")
        for day in (claim.first, claim.last)
    ]
    if claim.first == claim.last:
        yield Event(claim.first, "Visit" if claim.visits == 1 else f"{claim.visits} visits", shown[0])
        return
    yield Event(claim.first, "First visit", shown[0])
    yield Event(claim.last, f"Last of {claim.visits} visits", shown[1])


def _sending(case: Case, claim: ClaimView, exhibits: Exhibits) -> Iterator[Event]:
    one = case.find(Claim, claim.reference)
    seen: set[str] = set()
    while one is not None and one.record_id not in seen:
        seen.add(one.record_id)
        if one.submission:
            what = "Corrected claim" if one.replaces else "Claim"
            yield _sent(what, one.submission, one.record_id, exhibits)
        one = case.find(Claim, one.replaces)
    if not seen and claim.submission:
        yield _sent("Claim", claim.submission, None, exhibits)


def _sent(what: str, sent: Submission, record_id: str | None, exhibits: Exhibits) -> Event:
    words = f"{what} sent {SENT[sent.method]}".rstrip()
    words += f", confirmation {sent.confirmation}" if sent.confirmation else ""
    words += f", tracking number {sent.tracking}" if sent.tracking else ""
    return Event(sent.date, words, exhibits.letter(sent.proof) or exhibits.of(record_id, "proof-of-sending"))


def _notices(case: Case, decision: Decision, exhibits: Exhibits) -> Iterator[Event]:
    """The notice of the first refusal, and of each decision about an appeal since."""
    for one in tell_story(case, decision):
        if not isinstance(one, Decision):
            continue
        letter = exhibits.letter(one.scan) or exhibits.of(one.record_id, "denial", "eob", "payer-letter")
        about = find_answered(case, one)
        what = "notice of denial" if about is None else f"decision about the {_called(about)}"
        yield Event(one.notice_date, f"Date of the {what}", letter)
        if one.received_date:
            yield Event(one.received_date, f"{what[:1].upper()}{what[1:]} received", letter)


def _called(appeal: Appeal) -> str:
    return "request for external review" if appeal.level == EXTERNAL else f"appeal (level {appeal.level})"


def _letters(
    case: Case, claim: ClaimView, condition: Condition | None, decision: Decision, exhibits: Exhibits
) -> Iterator[Event]:
    """The doctor's letters about this condition or decision that are in the packet."""
    about = {*_names(case, decision), condition.record_id if condition else ""}
    about |= {order.record_id for order in orders_of(case, sessions_of(case, claim.lines))}
    for item in case.attachments:
        letter = exhibits.letter(item.record_id)
        if item.kind == "letter" and item.date and letter and about & set(item.for_):
            yield Event(item.date, item.title or "Letter of medical necessity", letter)


def _contacts(case: Case, decision: Decision, exhibits: Exhibits) -> Iterator[Event]:
    """Contacts that the payer can look up: those with a reference number, about this claim or about nothing named."""
    about = {None, "", *_names(case, decision)}
    for contact in case.contacts:
        if contact.reference and contact.about in about:
            person = f" ({contact.person})" if contact.person else ""
            yield Event(
                contact.date,
                f"{WAYS[contact.way]} with {contact.with_}{person}, reference {contact.reference}{_said(contact.said)}",
                exhibits.of(contact.record_id),
            )


def _rounds(case: Case, decision: Decision, exhibits: Exhibits) -> Iterator[Event]:
    """The rounds before this one: each appeal as it was sent."""
    for one in tell_story(case, decision):
        if isinstance(one, Appeal) and one.submission:
            called = _called(one)
            yield _sent(f"{called[:1].upper()}{called[1:]}", one.submission, one.record_id, exhibits)


def _names(case: Case, decision: Decision) -> frozenset[str]:
    """The records that the rounds so far are about: the claim, its refusal, each appeal and its decision."""
    told = tell_story(case, decision)
    return frozenset({one.record_id for one in told} | {one.about for one in told if isinstance(one, Decision)})


def _said(words: str | None) -> str:
    text = " ".join((words or "").split())
    return f". Said: {text}" if text else ""
