"""The questions of `add-session`, in order. Data only: each field with its option, who would know it, and what Enter takes."""

from __future__ import annotations

from collections.abc import Callable

from massage_claim.actions.record.last_visits import Usual
from massage_claim.cli.form import Field, Form, Node, Rows, Tree, get
from massage_claim.models.kinds import UNKNOWN_CODE
from massage_claim.models.session import Service


def session_form(last: Callable[[], Usual], today: str) -> Form:
    """What is asked about a visit; what the last visits had is what Enter takes."""

    def day(tree: Tree) -> str | None:
        value = get(tree, ("date",))
        return value if isinstance(value, str) else None

    def price(tree: Tree) -> str | None:
        services = tree.get("services")
        only = services[0] if isinstance(services, list) and len(services) == 1 else None
        return last().price(str(only.get("code") or "")) if isinstance(only, dict) else None

    def listed(tree: Tree) -> list[Node]:
        services = tree.get("services")
        return services if isinstance(services, list) else []

    def clock(tree: Tree, which: int) -> str | None:
        """The last visit's start or end; the end only for a visit that began at the same time."""
        times = last().times(None) if treated(tree) else None
        return times[which] if times and (which == 0 or tree.get("start") == times[0]) else None

    def treated(tree: Tree) -> bool:
        return tree.get("purpose") != "relaxation"

    def noted(tree: Tree) -> bool:
        return bool(tree.get("note"))

    def in_parts(tree: Tree) -> bool:
        return get(tree, ("note", "text")) is None and last().by_practice

    return (
        Field(path=("date",), option="--date", label="Date of the visit", required=True, usual=lambda _: today),
        Rows(
            path=("services",),
            option="--service",
            label="service",
            required=True,
            block=Service,
            fields=(
                Field(
                    path=("code",),
                    option="--service",
                    label="Procedure code",
                    sentence="It is on the therapist's bill, such as 97124. ? when you don't know it: we ask the therapist.",
                    who="therapist",
                    unknown=UNKNOWN_CODE,
                ),
                Field(path=("minutes",), option="--service", label="Minutes", who="therapist"),
                Field(path=("charge",), option="--service", label="Price", usual=price, who="therapist"),
                Field(path=("units",), option="--units", label="Units billed", who="therapist"),
                Field(path=("modifiers",), option="--modifier", label="Modifiers", many=True, who="plan"),
                Field(path=("pointers",), option="--diagnosis", label="Its diagnoses", many=True, who="doctor"),
                Field(
                    path=("regions",),
                    option="--region",
                    label="Its body regions",
                    many=True,
                    when=lambda tree: len(listed(tree)) > 1,
                ),
            ),
        ),
        Field(path=("purpose",), option="--purpose", label="Purpose", usual=lambda _: "treatment", must=True),
        Field(
            path=("rendering",),
            option="--rendering",
            label="Who treated",
            folder="providers",
            usual=lambda tree: last().rendering() if treated(tree) else None,
        ),
        Field(
            path=("prescription",),
            option="--prescription",
            label="Doctor's order",
            folder="prescriptions",
            usual=lambda tree: last().prescription(day(tree)),
            when=treated,
        ),
        Field(path=("start",), option="--start", label="Start", who="therapist", usual=lambda tree: clock(tree, 0)),
        Field(path=("end",), option="--end", label="End", who="therapist", usual=lambda tree: clock(tree, 1)),
        Field(
            path=("place",),
            option="--place",
            label="Place of service",
            usual=lambda tree: last().place() if treated(tree) else None,
            who="therapist",
        ),
        Field(path=("regions",), option="--region", label="Body regions", many=True),
        Field(path=("pain", "before"), option="--pain-before", label="Pain before"),
        Field(path=("pain", "after"), option="--pain-after", label="Pain after"),
        Field(path=("note", "text"), option="--note", label="Note"),
        Field(path=("note", "s"), option="--s", label="Note, S", when=in_parts),
        Field(path=("note", "o"), option="--o", label="Note, O", when=in_parts),
        Field(path=("note", "a"), option="--a", label="Note, A", when=in_parts),
        Field(path=("note", "p"), option="--p", label="Note, P", when=in_parts),
        Field(
            path=("note", "author"),
            option="--note-author",
            label="Author of the note",
            usual=lambda _: "therapist" if last().by_practice else "patient",
            when=noted,
            must=True,
        ),
        Field(path=("note", "signed_on"), option="--signed-on", label="Note signed on", when=noted),
    )


def payment_form() -> Form:
    """What was paid on the spot."""

    def paid(tree: Tree) -> bool:
        return bool(tree.get("amount"))

    return (
        Field(
            path=("amount",),
            option="--paid",
            label="Paid at the visit",
            sentence="The total you paid, tip included; Enter if you did not pay then.",
        ),
        Field(path=("method",), option="--method", label="How", when=paid),
        Field(path=("tip",), option="--tip", label="Tip", when=paid),
    )
