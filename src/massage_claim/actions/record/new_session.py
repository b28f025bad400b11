"""Writes down one visit, and its payment if it was paid on the spot.

Reads case.yaml, the last five sessions by name and the named order, never the whole case, so that the 5,000th visit
costs what the first did.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from massage_claim.actions.project import Place, open_place
from massage_claim.actions.record import drafts
from massage_claim.actions.record.last_visits import Usual, usual_at
from massage_claim.actions.record.new_payment import payment_tree
from massage_claim.actions.record.session_hints import session_hints
from massage_claim.actions.record.twins import twins
from massage_claim.actions.record.unit_words import unit_sentences
from massage_claim.actions.result import Result
from massage_claim.command_text import spell
from massage_claim.errors import CannotWrite, Problem, UsageProblem, Where, WouldOverwrite
from massage_claim.facts.library import facts_on
from massage_claim.models.kinds import UNKNOWN_CODE
from massage_claim.models.payment import Payment
from massage_claim.models.record import problems_of, to_tree
from massage_claim.models.session import Session
from massage_claim.store.folder import record_file
from massage_claim.writing.formats import money
from massage_claim.yamltext import Node


def add_session(
    project: Path | None,
    tree: Mapping[str, Node],
    *,
    paid: Mapping[str, Node] | None = None,
    options: drafts.Options,
    defaults: bool = True,
    same_times: bool = False,
    second_visit: bool = False,
    dry_run: bool = False,
) -> Result:
    """Adds sessions/DATE.yaml, and payments/DATE.yaml when `paid` names an `amount`. Both validate before one is written.

    `defaults`: take what is not said from the last visits; the times only with `same_times`, which the person says. `second_visit`: there really were two visits that day.
    Raises UsageProblem, CannotWrite, and WouldOverwrite for a visit that seems to be written down already.
    """
    place = open_place(project)
    last = usual_at(place)
    filled, taken = _filled(last, _with_author(place, tree)) if defaults else (dict(tree), ())
    if same_times:
        filled, taken = _with_times(last, filled, taken)
    session = drafts.draft(place, Session, filled, options=options)
    if session.record.price_agreed is None and session.record.charge is not None:
        agreed = {**session.tree, "price_agreed": str(session.record.charge)}
        session = drafts.draft(place, Session, agreed, options=options)
    elif "price_agreed" not in session.tree and any(s.charge is not None for s in session.record.services):
        raise UsageProblem(
            Problem("--service: one service has a price and another has none.", "Write CODE=MINUTES:PRICE for each.")
        )
    payment = _payment(place, session, paid, options) if paid else None
    if not second_visit:
        _refuse_twin(place, session)
    facts = facts_on(place.today)
    words = unit_sentences(session.record, facts.on(session.record.date))
    hints = session_hints(session.record, last.sessions, facts)
    result = drafts.write(place, session, dry_run=dry_run)
    if payment is not None:
        result = _with_payment(place, session, payment, result, dry_run)
    says = (*result.says, _summary(session.record), *words, *hints)
    return replace(result, says=says, notes=result.notes + taken, next=_next(session, result, payment is not None))


def _with_author(place: Place, tree: Mapping[str, Node]) -> dict[str, Node]:
    """A note without a named author is by who prepares the papers."""
    note = tree.get("note")
    if not isinstance(note, dict) or note.get("author") is not None:
        return dict(tree)
    author = "therapist" if place.settings.prepared_by == "practice" else "patient"
    return {**tree, "note": {"author": author, **{key: value for key, value in note.items() if key != "author"}}}


def _refuse_twin(place: Place, session: drafts.Draft[Session]) -> None:
    """Raises WouldOverwrite when a visit of that day with the same code is there, and not at another time."""
    found = twins(place, session.tree)
    if found:
        says = "A visit of this day with the same service is written down already."
        fix = "If there were two visits, add --second-visit; to change the first one: "
        fix += f"`{spell('edit', found[0].record_id)}`."
        raise WouldOverwrite(Problem(says, fix, Where(record_file(found[0].record_id))))


_IN_WORDS = {"rendering": "who treated", "prescription": "the order", "place": "the place"}


def _filled(last: Usual, tree: Mapping[str, Node]) -> tuple[dict[str, Node], tuple[str, ...]]:
    """The tree with what the last visits say for absent fields, and a sentence that names them."""
    filled = dict(tree)
    if str(filled.get("purpose") or "treatment") != "treatment":
        return filled, ()
    day = str(filled.get("date") or "")
    known = {"rendering": last.rendering(), "prescription": last.prescription(day), "place": last.place()}
    taken = {name: value for name, value in known.items() if value and filled.get(name) is None}
    filled.update(taken)
    said = [_IN_WORDS[name] for name in taken]
    services = filled.get("services")
    if isinstance(services, list) and len(services) == 1 and isinstance(services[0], dict):
        price = last.price(str(services[0].get("code") or ""))
        if price and services[0].get("charge") is None and filled.get("price_agreed") is None:
            filled["services"] = [{**services[0], "charge": price}]
            said.append("the price")
    notes: tuple[str, ...] = (f"Filled in from what is written down already: {', '.join(said)}.",) if said else ()
    ended = next((s.prescription for s in last.sessions if s.prescription), last.only_prescription)
    if filled.get("prescription") is None and ended and not last.covers(ended, day):
        notes += (f"{ended} does not cover this date, so no order was named. Name one with --prescription.",)
    return filled, notes


def _with_times(
    last: Usual, tree: Mapping[str, Node], taken: tuple[str, ...]
) -> tuple[dict[str, Node], tuple[str, ...]]:
    """The tree with the times of the last visit. Raises UsageProblem when none fits, or times are given as well."""
    if tree.get("start") is not None or tree.get("end") is not None:
        raise UsageProblem(
            Problem("--same-times: times are given, too.", "Leave --start and --end out, or --same-times.")
        )
    times = last.times(_minutes(tree.get("services")))
    if times is None:
        says = "--same-times: no visit before this one has times into which these minutes fit."
        raise UsageProblem(Problem(says, "Give --start and --end, or leave the times out."))
    return {**tree, "start": times[0], "end": times[1]}, (
        *taken,
        f"Times as at the last visit: {times[0]} to {times[1]}.",
    )


def _minutes(services: Node) -> int | None:
    """The hands-on minutes of the services as typed; None while one has none."""
    given = [one.get("minutes") for one in services if isinstance(one, dict)] if isinstance(services, list) else []
    whole = [int(one) for one in given if isinstance(one, str) and one.strip().isdecimal()]
    return sum(whole) if whole and len(whole) == len(given) else None


def _payment(
    place: Place, session: drafts.Draft[Session], paid: Mapping[str, Node], options: drafts.Options
) -> drafts.Draft[Payment]:
    """The payment of this visit; its session's final name is put in when that is written."""
    name = f"sessions/{session.stem}"
    given = {
        "date": session.stem,
        "amount": paid.get("amount"),
        "method": paid.get("method"),
        "tip": paid.get("tip"),
        "from": paid.get("from"),
    }
    only_money = {key: value for key, value in given.items() if key in ("date", "amount", "tip")}
    wrong = [item for item in problems_of(Payment, only_money) if item[0] and item[0][-1] in ("amount", "tip")]
    if not wrong and given["amount"]:
        share = Decimal(str(given["amount"])) - Decimal(str(given["tip"] or "0.00"))
        if share < 0:
            raise UsageProblem(Problem("--tip: it is more than was paid.", "Write in --paid the total, tip included."))
        given["for"] = [{"session": name, "amount": str(share)}]
    return drafts.draft(place, Payment, payment_tree(given), options=options, coming=(name,))


def _with_payment(
    place: Place,
    session: drafts.Draft[Session],
    payment: drafts.Draft[Payment],
    written: Result,
    dry_run: bool,
) -> Result:
    name = str(written.data.get("record") or f"sessions/{session.stem}")
    share = payment.record.for_[0].model_copy(update={"session": name})
    record = payment.record.model_copy(update={"for_": (share,)})
    final = replace(payment, record=record, tree=to_tree(record))
    try:
        second = drafts.write(place, final, dry_run=dry_run)
    except CannotWrite as failure:
        wrote = Problem(
            f"{name}.yaml was written; its payment was not.",
            f"Mend the cause, then add the payment with `{spell('add-payment', for_=f'{name}=AMOUNT')}`.",
        )
        raise CannotWrite((*failure.problems, wrote)) from None
    data = {**written.data, "payment": second.data.get("record", second.data.get("would_write"))}
    return replace(written, says=written.says + second.says, written=written.written + second.written, data=data)


def _summary(session: Session) -> str:
    parts = [
        f"{'code not known yet' if service.code == UNKNOWN_CODE else service.code}"
        f"{f' {service.minutes} min' if service.minutes else ''}"
        for service in session.services
    ]
    price = f", price {money(session.price_agreed)}" if session.price_agreed is not None else ""
    return f"Visit of {_long(session.date)}: {', '.join(parts)}{price}."


def _long(day: date) -> str:
    return f"{day:%B} {day.day}, {day.year}"


def _next(drafted: drafts.Draft[Session], written: Result, paid: bool) -> str:
    session = drafted.record
    if session.purpose == "treatment" and (session.note is None or session.note.empty):
        name = written.data.get("record", f"sessions/{drafted.stem}")
        return f"{spell('edit', str(name))}   (add the note about the visit)"
    return spell("status") if paid else spell("add-payment")
