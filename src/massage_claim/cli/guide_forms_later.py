"""What the guide asks for each record of steps 4 to 7, in plain words. Data only.

Who treated, the order and the place are taken over from the last visit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from massage_claim.cli.form import Field, Form, Rows, Tree
from massage_claim.cli.guide_forms import Refuse

if TYPE_CHECKING:
    from massage_claim.actions.last_visits import Usual


def visit(last: Usual, today: str, not_later: Refuse) -> Form:
    """What was done. Who treated, the order and the place are taken over from the last visit."""
    from massage_claim.models.session import Service

    def price(tree: Tree) -> str | None:
        services = tree.get("services")
        only = services[0] if isinstance(services, list) and len(services) == 1 else None
        return last.price(str(only.get("code") or "")) if isinstance(only, dict) else None

    service = [
        Field(path=("code",), option="services", label="Procedure code", who="therapist",
              sentence="Five characters, such as 97124: on the superbill. Only the therapist sets it."),
        Field(path=("minutes",), option="services", label="Hands-on minutes", who="therapist"),
        Field(path=("charge",), option="services", label="Price", usual=price, who="therapist"),
    ]  # fmt: skip
    if last.by_practice:
        service.append(Field(path=("units",), option="services", label="Units billed", who="therapist"))
    return (
        Field(path=("date",), option="date", label="Date of the visit", required=True, usual=lambda _: today,
              refuse=not_later),
        Rows(path=("services",), option="services", label="service", required=True, block=Service, fields=tuple(service)),
        Field(path=("purpose",), option="purpose", label="Purpose", sentence="treatment under the order, or relaxation; relaxation is never claimed.", usual=lambda _: "treatment", must=True),
        Field(path=("start",), option="start", label="Started at", who="therapist"),
        Field(path=("end",), option="end", label="Ended at", who="therapist", when=lambda tree: bool(tree.get("start"))),
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


def on_the_spot() -> Form:
    """What was paid at the visit."""
    return (
        Field(path=("amount",), option="amount", label="Paid at the visit",
              sentence="The total, tip included; Enter if nothing was paid then."),
        Field(path=("method",), option="method", label="How it was paid", when=lambda tree: bool(tree.get("amount"))),
        Field(path=("tip",), option="tip", label="Tip in it", when=lambda tree: bool(tree.get("amount"))),
    )  # fmt: skip


def payment(today: str, not_later: Refuse) -> Form:
    """What was paid later, for one visit or several."""
    return (
        Field(path=("date",), option="date", label="Paid on", required=True, usual=lambda _: today, refuse=not_later),
        Field(path=("amount",), option="amount", label="Amount paid", required=True),
        Field(path=("method",), option="method", label="How it was paid"),
        Field(path=("tip",), option="tip", label="Tip in it"),
    )


def decision(not_later: Refuse) -> Form:
    """What the notice says."""
    from massage_claim.models.decision import Adjustment

    return (
        Field(path=("notice_date",), option="notice_date", label="Date on the notice", required=True, refuse=not_later),
        Field(path=("received_date",), option="received_date", label="The day it reached you", refuse=not_later),
        Field(path=("total_paid",), option="total_paid", label="Paid by the plan in all"),
        Field(path=("outcome",), option="outcome", label="Outcome",
              sentence="paid, partly-paid, denied, unprocessable, upheld, overturned or partly-overturned."),
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
