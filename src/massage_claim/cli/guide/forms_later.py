"""What the guide asks for each record of steps 4 to 7, in plain words. Data only.

Who treated, the order and the place are taken over from the last visit; its services, prices and times are offered as
what Enter takes. Its note, its pain and its body regions never are.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING

from massage_claim.cli.form import Field, Form, Rows, Tree
from massage_claim.cli.guide.forms import Refuse

if TYPE_CHECKING:
    from massage_claim.actions.record.last_visits import Usual


def visit(last: Usual, today: str, not_later: Refuse, price: str | None = None) -> Form:
    """What was done. Who treated, the order and the place are taken over from the last visit."""
    from massage_claim.models.session import Service

    before = next((session for session in last.sessions if session.purpose == "treatment"), None)

    def code(tree: Tree) -> str | None:
        """The code of the last visit in this place of the list."""
        services = tree.get("services")
        number = len(services) if isinstance(services, list) else 0
        return before.services[number].code if before and number < len(before.services) else None

    def same(tree: Tree, field: str) -> str | None:
        """What the last visit's service in this place had, when it is the same code; else what that code cost alone."""
        services = tree.get("services")
        now = services[-1] if isinstance(services, list) and services else None
        if not isinstance(services, list) or not isinstance(now, dict):
            return None
        typed = str(now.get("code") or "").upper()
        there = before.services[len(services) - 1] if before and len(services) <= len(before.services) else None
        if there is not None and there.code == typed:
            value = getattr(there, field)
            return None if value is None else str(value)
        return last.price(typed) or price if field == "charge" and len(services) == 1 else None

    def at(field: str) -> Callable[[Tree], str | None]:
        def clock(tree: Tree) -> str | None:
            value = getattr(before, field, None)
            return value.isoformat("minutes") if value is not None else None

        return clock

    def until(tree: Tree) -> str | None:
        """The last visit's end, for a visit that began at the same time."""
        return at("end")(tree) if tree.get("start") == at("start")(tree) else None

    service = [
        Field(path=("code",), option="services", label="Procedure code", who="therapist",
              sentence="Five characters, such as 97124: on the superbill. Only the therapist sets it.", usual=code,
              unknown="unknown"),
        Field(path=("minutes",), option="services", label="Hands-on minutes", who="therapist",
              usual=lambda tree: same(tree, "minutes")),
        Field(path=("charge",), option="services", label="Price", who="therapist", usual=lambda tree: same(tree, "charge")),
    ]  # fmt: skip
    if last.by_practice:
        service.append(
            Field(
                path=("units",),
                option="services",
                label="Units billed",
                who="therapist",
                usual=lambda tree: same(tree, "units"),
            )
        )
    return (
        Field(path=("date",), option="date", label="Date of the visit", required=True, usual=lambda _: today,
              refuse=not_later),
        Rows(path=("services",), option="services", label="service", required=True, block=Service, fields=tuple(service)),
        Field(path=("purpose",), option="purpose", label="Purpose", sentence="treatment under the order, or relaxation; relaxation is never claimed.", usual=lambda _: "treatment", must=True),
        Field(path=("start",), option="start", label="Started at", who="therapist", usual=at("start")),
        Field(path=("end",), option="end", label="Ended at", who="therapist", usual=until,
              when=lambda tree: bool(tree.get("start"))),
        Field(path=("place",), option="place", label="Place", who="therapist", when=lambda _: last.place() is None,
              sentence="11 is the therapist's office, 12 your home."),
        Field(path=("regions",), option="regions", label="Body regions", many=True),
        Field(path=("pain", "before"), option="pain", label="Pain before"),
        Field(path=("pain", "after"), option="pain", label="Pain after"),
        *_note(last.by_practice),
    )  # fmt: skip


def _note(by_practice: bool) -> Form:
    if not by_practice:
        sentence = "Your own log: how it was before, during and after. The therapist's note is a paper of its own."
        return (Field(path=("note", "text"), option="note", label="Your words about the visit", sentence=sentence),)
    labels = {"s": "Note: patient said", "o": "Note: found and done", "a": "Note: response", "p": "Note: plan"}
    return (
        *(Field(path=("note", name), option="note", label=label) for name, label in labels.items()),
        Field(
            path=("note", "signed_on"), option="note", label="Note signed on", when=lambda tree: bool(tree.get("note"))
        ),
    )


def on_the_spot(charge: str | None) -> Form:
    """What was paid at the visit. `charge`: the sum of its services; nothing above it, no tip in it."""

    def tipped(tree: Tree) -> bool:
        return bool(tree.get("amount")) and (charge is None or _more(tree, charge))

    return (
        Field(path=("amount",), option="amount", label="Paid at the visit",
              sentence="The total, tip included; Enter if nothing was paid then."),
        Field(path=("method",), option="method", label="How it was paid", when=lambda tree: bool(tree.get("amount"))),
        Field(path=("tip",), option="tip", label="Tip in it", when=tipped),
    )  # fmt: skip


def _more(tree: Tree, charge: str) -> bool:
    return Decimal(str(tree.get("amount"))) > Decimal(charge)


def payment(today: str, not_later: Refuse, owed: str) -> Form:
    """What was paid later, for one visit or several. `owed`: what is open by what is written down."""
    return (
        Field(path=("date",), option="date", label="Paid on", required=True, usual=lambda _: today, refuse=not_later),
        Field(path=("amount",), option="amount", label="Amount paid", required=True),
        Field(path=("method",), option="method", label="How it was paid"),
        Field(path=("tip",), option="tip", label="Tip in it", when=lambda tree: _more(tree, owed)),
    )


def decision(about: str, not_later: Refuse) -> Form:
    """What the notice says of a claim, or of an appeal."""
    from massage_claim.models.decision import Adjustment

    return (
        Field(path=("notice_date",), option="notice_date", label="Date on the notice", required=True, refuse=not_later),
        Field(path=("received_date",), option="received_date", label="The day it reached you", refuse=not_later),
        Field(path=("total_paid",), option="total_paid", label="Paid by the plan in all"),
        Field(path=("outcome",), option="outcome", label="Outcome",
              sentence=_OF_APPEAL if about.startswith("appeals/") else _OF_CLAIM),
        Field(path=("reason_as_written",), option="reason_as_written", label="The reason as printed"),
        Rows(
            path=("adjustments",), option="adjustments", label="reason code", block=Adjustment,
            fields=(
                Field(path=("carc",), option="adjustments", label="Reason code", who="plan",
                      sentence="Such as CO-50 or PR-1; below the table on the notice."),
                Field(path=("rarcs",), option="adjustments", label="Remark codes with it", many=True, who="plan"),
            ),
        ),
        Field(path=("appeal_by",), option="appeal_by", label="Last day to appeal", who="plan"),
        Field(path=("claim_number",), option="claim_number", label="Claim number"),
    )  # fmt: skip


_OF_CLAIM = "paid, partly-paid, denied, or unprocessable (sent back undecided). Enter if the notice has no such word."
_OF_APPEAL = "upheld (the no stays), overturned (it is paid after all) or partly-overturned."


def submission(today: str, to: str | None, not_later: Refuse) -> Form:
    """How it was sent; asked after the method was chosen."""
    return (
        Field(path=("date",), option="date", label="Sent on", required=True, usual=lambda _: today, refuse=not_later),
        Field(path=("to",), option="to", label="Sent to", usual=lambda _: to),
        Field(path=("confirmation",), option="confirmation", label="Confirmation number",
              when=lambda tree: tree.get("method") in ("fax", "portal", "email")),
        Field(path=("tracking",), option="tracking", label="Tracking number",
              when=lambda tree: tree.get("method") in ("mail", "certified-mail")),
    )  # fmt: skip


def claimed_visit(before: Tree, not_later: Refuse) -> Form:
    """What the bill or the notice says of a visit in a claim that was sent without this program. `before`: the last one."""
    from massage_claim.models.session import Service

    there = before.get("services")

    def same(tree: Tree, field: str) -> str | None:
        """What the visit before had for the service in this place of the list."""
        services = tree.get("services")
        listed = services if isinstance(services, list) else []
        place = len(listed) - (field != "code")
        one = there[place] if isinstance(there, list) and 0 <= place < len(there) else None
        value = one.get(field) if isinstance(one, dict) else None
        return value if isinstance(value, str) else None

    services = (
        Field(path=("code",), option="services", label="Procedure code", unknown="unknown",
              sentence="Five characters, such as 97124: on the bill, or beside the date on the notice.",
              usual=lambda tree: same(tree, "code")),
        Field(path=("charge",), option="services", label="Price", sentence="What was billed for it.",
              usual=lambda tree: same(tree, "charge")),
        Field(path=("minutes",), option="services", label="Hands-on minutes", who="therapist",
              usual=lambda tree: same(tree, "minutes")),
    )  # fmt: skip
    return (
        Field(path=("date",), option="date", label="Date of the visit", required=True, refuse=not_later),
        Rows(path=("services",), option="services", label="service", required=True, block=Service, fields=services),
    )


def sent_before(last: str, not_later: Refuse) -> Form:
    """When it was sent. `last`: its last visit, before which it can't have been."""

    def refuse(tree: Tree, answer: str) -> tuple[str, str] | None:
        if answer < last:
            return "This day is before the last visit of the claim.", "Write the day it was sent."
        return not_later(tree, answer)

    sentence = "The day it was sent. If you don't know it: the day on which the notice says that it came in."
    return (Field(path=("date",), option="date", label="Sent on", required=True, sentence=sentence, refuse=refuse),)


def contact(today: str, not_later: Refuse) -> Form:
    """One contact with the plan."""
    return (
        Field(path=("date",), option="date", label="Asked on", required=True, usual=lambda _: today, refuse=not_later),
        Field(path=("way",), option="way", label="How you asked", required=True, usual=lambda _: "call",
              sentence="One of: call, letter, fax, portal, email, in-person."),
        Field(path=("person",), option="person", label="Who answered"),
        Field(path=("reference",), option="reference", label="Reference number of the contact"),
        Field(path=("said",), option="said", label="What they said"),
        Field(path=("received_on",), option="received_on", label="The day they have it", refuse=not_later),
        Field(path=("asked_for",), option="asked_for", label="What they want you to send"),
        Field(path=("next_date",), option="next_date", label="Ask again on"),
    )  # fmt: skip
