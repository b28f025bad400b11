"""`::: receipt-lines`: what was paid for each visit, when and how, without tip; no diagnosis."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby

from massage_claim.calc.claim_lines import sum_of
from massage_claim.documents.payments import package_words
from massage_claim.documents.scene import Scene
from massage_claim.models.kinds import UNKNOWN_CODE
from massage_claim.writing.blocks import Block, Paragraph, Table, text
from massage_claim.writing.formats import money, short_date

NAME = "receipt-lines"


def blocks(scene: Scene, attributes: Mapping[str, str]) -> tuple[Block, ...]:
    """One row for each visit that was paid for, then the total."""
    if scene.claim is None:
        return ()
    rows = []
    for _, group in groupby(scene.claim.lines, key=lambda line: line.session):
        lines = tuple(group)
        if not sum_of(lines, "paid"):
            continue
        services = [_service(line.code, scene) for line in lines]
        first = next(line for line in lines if line.paid)
        cells = (
            short_date(first.date),
            "; ".join(services),
            short_date(first.paid_on) if first.paid_on else "",
            first.paid_by or "",
            money(sum_of(lines, "paid")),
        )
        rows.append(tuple(text(cell) for cell in cells))
    sums = ("Total", "", "", "", money(scene.claim.paid))
    words = " ".join(package_words(scene.case, {line.session: line.date for line in scene.claim.lines if line.paid}))
    return (
        Table(
            head=tuple(text(name) for name in ("Visit", "Service", "Paid on", "How", "Amount")),
            rows=(*rows, tuple(text(cell) for cell in sums)),
            align=("left", "left", "left", "left", "right"),
            widths=(13, 34, 13, 27, 13),
            totals=1,
        ),
        *((Paragraph(text(words), "small"),) if words else ()),
    )


def _service(code: str, scene: Scene) -> str:
    """The code in plain words; the bare code when its words were not read in their source, or no code is known yet."""
    if code == UNKNOWN_CODE:
        return "visit"
    known = scene.facts.procedure_codes.get(code)
    return known.words if known and known.may_be_quoted else f"service {code}"
