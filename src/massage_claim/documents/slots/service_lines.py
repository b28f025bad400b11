"""`::: service-lines`: the lines of a claim as a claims examiner reads them, with one grand total to the cent."""

from __future__ import annotations

from collections.abc import Mapping

from massage_claim.documents.scene import Scene
from massage_claim.facts.kinds import Fact
from massage_claim.models.claim import ServiceLine
from massage_claim.writing.blocks import Align, Block, Paragraph, Table, Text, text
from massage_claim.writing.formats import listed, money, plural, short_date

NAME = "service-lines"
_HOME = "12"

_COLUMNS: tuple[tuple[str, Align, float], ...] = (
    ("Date of service", "left", 50),
    ("Place", "left", 25),
    ("Code", "left", 28),
    ("Mod.", "left", 24),
    ("Diag.", "left", 24),
    ("Min.", "right", 20),
    ("Units", "right", 26),
    ("Charge", "right", 43),
    ("Paid", "right", 43),
    ("Paid on, how", "left", 84),
    ("Body region", "left", 82),
)


def blocks(scene: Scene, attributes: Mapping[str, str]) -> tuple[Block, ...]:
    """One row for each service line, then the total; below, what the place codes mean."""
    if scene.claim is None or not scene.claim.lines:
        return ()
    claim = scene.claim
    letters = {diagnosis.code: diagnosis.letter for diagnosis in claim.diagnoses}
    rows = [_row(line, letters) for line in claim.lines]
    open_still, visits = f"balance {money(claim.balance)}", plural(claim.visits, "visit")
    sums = ("Total", "", "", "", "", "", "", money(claim.charged), money(claim.paid), open_still, visits)
    table = Table(
        head=tuple(text(name) for name, _, _ in _COLUMNS),
        rows=(*rows, tuple(text(cell) for cell in sums)),
        align=tuple(align for _, align, _ in _COLUMNS),
        widths=tuple(width for _, _, width in _COLUMNS),
        totals=1,
    )
    return (table, Paragraph(text(_legend(scene)), "small"))


def _row(line: ServiceLine, letters: Mapping[str, str]) -> tuple[Text, ...]:
    paid = " ".join(part for part in (short_date(line.paid_on) if line.paid_on else "", line.paid_by or "") if part)
    cells = (
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
    return tuple(text(cell) for cell in cells)


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
