"""`::: expense-lines`: each payment for a visit in the year, what the plan paid back of it and what is left, with totals."""

from __future__ import annotations

from collections.abc import Mapping

from massage_claim.documents.scene import Scene
from massage_claim.documents.tax_summary import ACCOUNT_NAMES, ForExpenses
from massage_claim.writing.blocks import Block, Table, text
from massage_claim.writing.formats import money, plural, short_date

NAME = "expense-lines"
_HEAD = ("Paid on", "Visit", "How", "Paid", "Paid back", "Left to you", "Letter")


def blocks(scene: Scene, attributes: Mapping[str, str]) -> tuple[Block, ...]:
    """One row for each payment of a visit, by the day it was paid, then the total."""
    year = ForExpenses(scene).of_year
    if not year.lines:
        return ()
    rows = [
        (
            short_date(line.paid_on),
            short_date(line.visit),
            _how(line.method, line.account),
            money(line.paid),
            money(line.back),
            money(line.net),
            "yes" if line.letter else "no",
        )
        for line in year.lines
    ]
    visits = plural(len({line.session for line in year.lines}), "visit")
    sums = ("Total", visits, "", money(year.paid), money(year.back), money(year.net), "")
    return (
        Table(
            head=tuple(text(name) for name in _HEAD),
            rows=(*(tuple(text(cell) for cell in row) for row in rows), tuple(text(cell) for cell in sums)),
            align=("left", "left", "left", "right", "right", "right", "left"),
            widths=(14, 14, 26, 13, 13, 13, 7),
            totals=1,
        ),
    )


def _how(method: str, account: str) -> str:
    """How it was paid, with the account where the words don't name it."""
    name = ACCOUNT_NAMES.get(account, "")
    return method if not name or name.casefold() in method.casefold() else f"{method} ({name})"
