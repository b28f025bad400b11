"""Which column of an export of visits holds which field: as at the last import, else guessed from the headings, else as told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from massage_claim.actions.intake.named_file import read_named_file
from massage_claim.actions.project import Place, open_place
from massage_claim.errors import Problem, UsageProblem
from massage_claim.exchange.csv_sessions import FIELDS, MOST_BYTES, Sheet, guess, read_sheet
from massage_claim.frozen import dataclass
from massage_claim.models.csv_import import Import
from massage_claim.store.read import records_of
from massage_claim.store.swap import digest
from massage_claim.writing.formats import plural


@dataclass(frozen=True)
class Looked:
    """A file that was read, and which of its columns holds which field. `how`: where the columns come from."""

    place: Place
    file: str
    sheet: Sheet
    sha256: str
    columns: Mapping[str, str]
    how: str

    @property
    def unused(self) -> tuple[str, ...]:
        return tuple(heading for heading in self.sheet.headings if heading and heading not in self.columns.values())


def look(project: Path | None, file: Path, mapping: Mapping[str, str | None]) -> Looked:
    """The file's headings beside the fields. `mapping`: field → heading, or None for a field the file does not have.

    Raises UsageProblem for a field or heading that is not there, Unreadable for a file that is no CSV.
    """
    place = open_place(project)
    data = read_named_file(file, "CSV", MOST_BYTES)
    sheet = read_sheet(data, file.name)
    unknown = [name for name in mapping if name not in FIELDS]
    if unknown:
        fix = f"Name one of: {', '.join(FIELDS)}."
        raise UsageProblem(Problem("--mapping: there is no such field of a visit.", fix))
    absent = [name for name, heading in mapping.items() if heading is not None and heading not in sheet.headings]
    if absent:
        says = f"--mapping: the file has no column of the name given for {', '.join(absent)}."
        raise UsageProblem(Problem(says, f"Its columns are: {', '.join(filter(None, sheet.headings))}."))
    earlier = _find_earlier_columns(place, sheet.headings)
    found = dict(earlier) if earlier else guess(sheet.headings)
    taken = {heading for heading in mapping.values() if heading}
    columns = {name: heading for name, heading in found.items() if heading not in taken and name not in mapping}
    columns |= {name: heading for name, heading in mapping.items() if heading}
    how = "as at the last import" if earlier else "guessed from the headings"
    in_order = {name: columns[name] for name in FIELDS if name in columns}
    return Looked(place, file.name, sheet, digest(data), in_order, how)


def with_column(looked: Looked, field: str, heading: str) -> Looked:
    """The same file with one more column named."""
    others = {name: held for name, held in looked.columns.items() if held != heading}
    return replace(looked, columns={name: heading if name == field else others[name] for name in FIELDS if name == field or name in others})  # fmt: skip


def shown(looked: Looked) -> tuple[str, ...]:
    """What the file was taken for, for a person to confirm."""
    sheet = looked.sheet
    says = [
        f"{plural(len(sheet.rows), 'row')}, read as {sheet.encoding} with {sheet.delimiter} between the cells.",
        f"The columns, {looked.how}:",
    ]
    widest = max((len(name) for name in looked.columns), default=0)
    says += [f"  {name:<{widest}} = {heading}" for name, heading in looked.columns.items()]
    if "minutes" in looked.columns:
        says.append("Minutes must be hands-on time, not the length of the appointment.")
    if looked.unused:
        says.append(f"Not used: {', '.join(looked.unused)}.")
    says.append("Another column: --mapping FIELD=COLUMN; none: --mapping FIELD=.")
    return tuple(says)


def _find_earlier_columns(place: Place, headings: Sequence[str]) -> dict[str, str] | None:
    """The columns of the newest import whose columns this file has, too."""
    for earlier in records_of(place.folder, Import, newest_first=True):
        columns = {item.field: item.column for item in earlier.columns if item.field in FIELDS}
        if set(columns.values()) <= set(headings):
            return columns
    return None
