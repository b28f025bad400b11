"""`expenses --year`: what care cost in a year, for taxes and for an HSA or FSA: on the screen and as a paper in out/papers/.

With `--csv` also as a CSV file, the one that was named.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from massage_claim.actions.packets.assembly import draw_paper
from massage_claim.actions.project import Opened, open_case
from massage_claim.actions.result import Result
from massage_claim.calc.yearly_costs import Expenses, list_years
from massage_claim.command_text import spell
from massage_claim.documents.build import make_paper
from massage_claim.documents.musts import find_missing
from massage_claim.documents.papers import paper_library
from massage_claim.documents.scene import Scene
from massage_claim.documents.slots.expense_lines import blocks
from massage_claim.documents.tax_summary import ForExpenses
from massage_claim.errors import NotReady, Problem, UsageProblem, Where, WouldOverwrite
from massage_claim.exchange.csv_expenses import is_ours, to_csv
from massage_claim.store.read import file_bytes
from massage_claim.store.write import make_folder, replace_file
from massage_claim.writing.formats import listed, money, plural

PAPER = "tax_and_hsa_summary"
ENDING = ".csv"
_MOST_BYTES = 20_000_000
_FIRST_YEAR, _LAST_YEAR = 1990, 2199


def expenses(project: Path | None, year: int, *, csv: Path | None = None, dry_run: bool = False) -> Result:
    """The year's summary. Raises UsageProblem, NotReady when nothing was paid in the year, WouldOverwrite, CannotWrite."""
    opened = open_case(project)
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise UsageProblem(Problem("--year: this is no year.", "Write four digits, such as --year 2026."))
    if opened.case.by_practice:
        says = "The summary for taxes is the patient's own paper, and the practice prepares this case."
        raise NotReady(
            Problem(says, f"Print `{spell('paper', 'statement', from_=f'{year}-01-01', to=f'{year}-12-31')}`.")
        )
    scene = Scene(opened.case, opened.facts, opened.today, year=year)
    view = ForExpenses(scene)
    found = view.of_year
    if not found.lines and not found.apart:
        there = listed([str(one) for one in list_years(opened.case)])
        fix = f"Choose a year with payments: {there}." if there else f"Record them: {spell('add-payment')}."
        raise NotReady(Problem(f"No payment of {year} is written down.", fix))
    written: list[str] = []
    told: tuple[str, ...] = ()
    if found.lines:
        lacking = [
            Problem(f"The summary: {one.what} is missing.", one.ask, one.where) for one in find_missing(PAPER, scene)
        ]
        if lacking:
            raise NotReady(lacking)
        drawn = draw_paper(make_paper(paper_library(opened.folder), PAPER, scene, "case"), alone=True)
        file = f"{PAPER}-{year}.pdf"
        if csv is not None:
            told = _write_csv_file(found, csv, dry_run=dry_run)
        if not dry_run:
            make_folder(opened.folder / "out")
            replace_file(opened.folder, "out/papers", file, drawn.pdf)
            written.append(f"out/papers/{file}")
    return Result(
        says=(*_tell_year(opened, found, view), *told),
        written=tuple(written),
        notes=(*opened.notes, *_tell_notes(found, view)),
        blocks=blocks(scene, {}),
        data=_make_data(found),
    )


def _tell_year(opened: Opened, found: Expenses, view: ForExpenses) -> Iterator[str]:
    yield f"Paid for treatment in {found.year}: {money(found.paid)}, for {plural(len({one.session for one in found.lines}), 'visit')}."
    yield f"Paid back by the plan: {money(found.back)}. Left to you: {money(found.net)}."
    if found.from_accounts or view.accounts:
        yield f"Of that {money(found.from_accounts)} from {view.accounts}, {money(found.own)} from your own pocket."
    for item in found.apart:
        yield f"Not counted: {money(item.amount)}, {item.what}."
    if found.unplaced:
        yield f"Not counted: {money(found.unplaced)} that the plan paid for no visit written down here."


def _tell_notes(found: Expenses, view: ForExpenses) -> Iterator[str]:
    said = view.said
    if found.account_back:
        yield f"The plan paid back {money(found.account_back)} that an account had paid. {said['put-back']}"
    if found.too_much:
        yield f"The plan paid {money(found.too_much)} more than was paid for these visits. Ask whom it is for."
    if found.later:
        yield f"{money(found.later)} came back after {found.year}. {said['repaid-later']}"
    if found.shared:
        yield "A notice named no amount for each visit: its sum was shared out by their price."
    if found.without_letter and view.accounts:
        yield (
            f"{plural(len(found.without_letter), 'visit has', 'visits have')} no letter of medical necessity filed here. "
            f"An account may ask for one: {spell('attach', 'FILE', kind='letter', for_='prescriptions/DATE')}"
        )
    yield said["year"]
    yield said["floor"]
    yield "This is no tax advice."


def _write_csv_file(found: Expenses, path: Path, *, dry_run: bool) -> tuple[str, ...]:
    """Writes the file, readable for its owner alone. Raises UsageProblem, WouldOverwrite, CannotWrite."""
    place = path.absolute()
    if place.suffix.lower() != ENDING:
        raise UsageProblem(Problem("--csv: the file's name ends in .csv.", f"Name it such as care-{found.year}.csv."))
    if not place.parent.is_dir():
        raise UsageProblem(Problem("--csv: there is no such folder.", "Name a file in a folder that is there."))
    if place.exists() or place.is_symlink():
        plain = place.is_file() and not place.is_symlink()
        if not plain or not is_ours(file_bytes(place.parent, place.name, _MOST_BYTES)):
            says = "This file is none that this command made; nothing was changed."
            raise WouldOverwrite(Problem(says, "Choose another name for --csv.", Where(str(path))))
    data = to_csv(_make_rows(found))
    if not dry_run:
        replace_file(place.parent, "", place.name, data)
    return (f"{'Would be in' if dry_run else 'In'} the CSV file: {plural(len(found.lines), 'row')}.",)


def _make_rows(found: Expenses) -> Iterator[tuple[str, ...]]:
    for line in found.lines:
        yield (
            *(line.paid_on.isoformat(), line.visit.isoformat(), line.method, line.account, f"{line.paid:.2f}"),
            *(f"{line.back:.2f}", f"{line.net:.2f}", f"{line.own:.2f}", "yes" if line.letter else "no"),
        )


def _make_data(found: Expenses) -> dict[str, object]:
    return {
        "year": found.year,
        "paid": f"{found.paid:.2f}",
        "paid_back": f"{found.back:.2f}",
        "left": f"{found.net:.2f}",
        "from_accounts": f"{found.from_accounts:.2f}",
        "own": f"{found.own:.2f}",
        "account_paid_back": f"{found.account_back:.2f}",
        "paid_back_later": f"{found.later:.2f}",
        "apart": [{"what": item.what, "amount": f"{item.amount:.2f}"} for item in found.apart],
        "lines": [
            {
                "paid_on": line.paid_on.isoformat(),
                "visit": line.visit.isoformat(),
                "session": line.session,
                "account": line.account or None,
                "paid": f"{line.paid:.2f}",
                "paid_back": f"{line.back:.2f}",
                "left": f"{line.net:.2f}",
                "letter": line.letter,
            }
            for line in found.lines
        ],
    }
