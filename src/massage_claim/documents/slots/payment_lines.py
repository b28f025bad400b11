"""`::: payment-lines`: each visit that was paid for in the span of the statement, without tip, and the total."""

from __future__ import annotations

from collections.abc import Mapping

from massage_claim.documents.scene import Scene
from massage_claim.writing.blocks import Block, Table, text
from massage_claim.writing.formats import money, plural, short_date

NAME = "payment-lines"
_HEAD = ("Visit", "Paid on", "Service", "Therapist, license", "How", "Amount")


def blocks(scene: Scene, attributes: Mapping[str, str]) -> tuple[Block, ...]:
    """One row for each visit and payment, then the total."""
    if scene.payments is None or not scene.payments.lines:
        return ()
    rows = [
        (
            short_date(line.visit),
            short_date(line.paid_on),
            line.service,
            line.therapist,
            line.method,
            money(line.amount),
        )
        for line in scene.payments.lines
    ]
    visits = len({line.visit for line in scene.payments.lines})
    sums = ("Total", "", plural(visits, "day with a visit", "days with visits"), "", "", money(scene.payments.total))
    return (
        Table(
            head=tuple(text(name) for name in _HEAD),
            rows=(*(tuple(text(cell) for cell in row) for row in rows), tuple(text(cell) for cell in sums)),
            align=("left", "left", "left", "left", "left", "right"),
            widths=(13, 13, 22, 26, 14, 12),
            totals=1,
        ),
    )
