"""`::: payment-lines`: each visit that was paid for in the span of the statement, without tip, and the total."""

from __future__ import annotations

from collections.abc import Mapping

from massage_claim.documents.scene import Scene
from massage_claim.writing.blocks import Align, Block, Paragraph, Table, text
from massage_claim.writing.formats import money, plural, short_date

NAME = "payment-lines"
_COLUMNS: tuple[tuple[str, Align, float], ...] = (
    ("Visit", "left", 12),
    ("Paid on", "left", 12),
    ("Service", "left", 29),
    ("Therapist, license", "left", 23),
    ("How", "left", 13),
    ("Amount", "right", 11),
)
_THERAPIST = 3
"""The place of a column that one sentence below stands for where a single therapist treated: rows of one line."""
_SPARE = {2: 5.0, 4: 18.0}
"""Where its width goes."""


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
    who = {line.therapist for line in scene.payments.lines}
    single = len(who) == 1
    shown = [at for at in range(len(_COLUMNS)) if not (single and at == _THERAPIST)]
    table = Table(
        head=tuple(text(_COLUMNS[at][0]) for at in shown),
        rows=tuple(tuple(text(row[at]) for at in shown) for row in (*rows, sums)),
        align=tuple(_COLUMNS[at][1] for at in shown),
        widths=tuple(_COLUMNS[at][2] + (_SPARE.get(at, 0.0) if single else 0.0) for at in shown),
        totals=1,
    )
    named = next(iter(who)) if single else ""
    return (table, *((Paragraph(text(f"Therapist and license for each visit: {named}."), "small"),) if named else ()))
