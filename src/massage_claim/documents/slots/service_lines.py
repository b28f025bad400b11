"""`::: service-lines`: the lines of a claim as a claims examiner reads them, with one grand total to the cent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from massage_claim.documents.payments import more_than_care, package_words
from massage_claim.documents.scene import Scene
from massage_claim.facts.fact import Fact
from massage_claim.models.claim import ServiceLine
from massage_claim.writing.blocks import Align, Block, Paragraph, Table, text
from massage_claim.writing.formats import listed, money, plural, short_date

NAME = "service-lines"
_HOME = "12"

_COLUMNS: tuple[tuple[str, Align, float], ...] = (
    ("Date of service", "left", 50),
    ("Place", "left", 25),
    ("Code", "left", 28),
    ("Mod.", "left", 22),
    ("Diag.", "left", 23),
    ("Min.", "right", 20),
    ("Units", "right", 26),
    ("Charge", "right", 45),
    ("Paid", "right", 45),
)
_MODIFIERS = 3
"""The place of a column that is left out where no line has a modifier."""
_PAID_AND_WHERE: dict[bool, tuple[tuple[str, Align, float], ...]] = {
    True: (("Paid on", "right", 52), ("Body region", "left", 114)),
    False: (("Paid on, how", "left", 80), ("Body region", "left", 82)),
}
"""Whether the way of payment stands below the table: then a line of the claim is one line on the paper."""
_EXCEPTIONS = 2  # payments of another way that a note below the table may name


def blocks(scene: Scene, attributes: Mapping[str, str]) -> tuple[Block, ...]:
    """One row for each service line, then the total; below, what the codes mean and how was paid."""
    if scene.claim is None or not scene.claim.lines:
        return ()
    claim = scene.claim
    letters = {diagnosis.code: diagnosis.letter for diagnosis in claim.diagnoses}
    how = _how_paid(claim.lines)
    columns = (*_COLUMNS, *_PAID_AND_WHERE[how is not None])
    rows = [_row(line, letters, says_how=how is None) for line in claim.lines]
    end = f"{plural(claim.visits, 'visit')}, balance {money(claim.balance)}"
    sums = ("Total", "", "", "", "", "", "", money(claim.charged), money(claim.paid), "", end)
    lean = not any(line.modifiers for line in claim.lines)
    shown = [at for at in range(len(columns)) if not (lean and at == _MODIFIERS)]
    spare = columns[_MODIFIERS][2] if lean else 0.0  # the body regions are the longest words of a line
    table = Table(
        head=tuple(text(columns[at][0]) for at in shown),
        rows=tuple(tuple(text(row[at]) for at in shown) for row in (*rows, sums)),
        align=tuple(columns[at][1] for at in shown),
        widths=tuple(columns[at][2] + (spare if at == shown[-1] else 0.0) for at in shown),
        totals=1,
    )
    below = (how, *_beside_payments(scene, claim.lines), _legend(scene))
    return (table, Paragraph(text(" ".join(filter(None, below))), "small"))


def _beside_payments(scene: Scene, lines: Sequence[ServiceLine]) -> Iterator[str]:
    """What a reader of the receipts would ask: visits of a package, and receipts that show more than the charge."""
    days = {line.session: line.date for line in lines}
    yield from package_words(scene.case, days)
    if more_than_care(scene.case, days):
        yield "Where a receipt shows more, the rest was a tip or a product. It is not claimed."


def _how_paid(lines: Sequence[ServiceLine]) -> str | None:
    """One sentence for all payments: the usual way, and each other one with its day; none without a payment. None when
    a sentence can't say it: too many other ways, or a payment without one."""
    ways = {line.session: line.paid_by for line in lines if line.paid_on}
    if not ways:
        return ""
    if not all(ways.values()):
        return None
    (usual, _), *_ = Counter(ways.values()).most_common(1)
    other = {
        line.session: f"{short_date(line.date)}: {line.paid_by}" for line in lines if line.paid_by not in (None, usual)
    }
    if len(other) > _EXCEPTIONS or len(other) * 2 > len(ways):
        return None
    return f"Paid by: {usual}{f' (visit of {listed(list(other.values()))})' if other else ''}."


def _row(line: ServiceLine, letters: Mapping[str, str], *, says_how: bool) -> tuple[str, ...]:
    how = line.paid_by if says_how else None
    paid = " ".join(part for part in (short_date(line.paid_on) if line.paid_on else "", how or "") if part)
    return (
        short_date(line.date),
        line.place or "",
        line.code,
        " ".join(line.modifiers),
        "".join(letters.get(code, "") for code in line.pointers),
        str(line.minutes or ""),
        "" if line.units is None else str(line.units),
        money(line.charge) if line.charge is not None else "",
        money(line.paid) if line.paid is not None else "",
        paid,
        listed(line.regions),
    )


def _may_say(fact: Fact | None) -> bool:
    """Words that nobody read in their source stand on no payer's paper; the bare code in the row says enough."""
    return fact is not None and fact.may_be_quoted


def _legend(scene: Scene) -> str:
    claim = scene.claim
    assert claim is not None  # noqa: S101 — for the type checker: asked above
    places = sorted({line.place for line in claim.lines if line.place})
    known = scene.facts.places_of_service
    named = [f"{place} {known[place].words}" if _may_say(known.get(place)) else place for place in places]
    home = scene.case.patient.address
    if _HOME in places and home and home.lines:
        named.append(f"home is {home.one_line}")
    codes = sorted({line.code for line in claim.lines})
    words = scene.facts.procedure_codes
    parts = [f"Place: {'; '.join(named)}."] if named else []
    told = [f"{code} {words[code].words}" for code in codes if _may_say(words.get(code))]
    parts += [f"Codes in plain words: {'; '.join(told)}."] if told else []
    parts.append("Minutes are hands-on time, one to one.")
    if any(line.units_by == "minutes" for line in claim.lines):
        parts.append("Where no units were billed they are counted from the minutes.")
    return " ".join(parts)
