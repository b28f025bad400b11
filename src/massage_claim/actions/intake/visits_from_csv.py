"""Takes in the visits of a practice system's export. Takes a CSV file and its columns, adds one record for each visit and
each payment, and keeps the columns in imports/ for the next time. Nothing is written until every row is right.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from massage_claim.actions.intake.columns import Looked
from massage_claim.actions.intake.import_plan import ImportPlan
from massage_claim.actions.intake.row_cells import same_name
from massage_claim.actions.intake.row_gaps import for_every_row, still_lacking, usual_of
from massage_claim.actions.intake.rows import Visit, clients_in, read_rows, rows_of
from massage_claim.actions.project import Place
from massage_claim.actions.record.twins import twins
from massage_claim.actions.result import Result
from massage_claim.errors import Failure, Problem, Unreadable, UsageProblem, Where, WouldOverwrite
from massage_claim.exchange.csv_sessions import template
from massage_claim.models.people import Patient
from massage_claim.store.folder import record_file
from massage_claim.store.read import last_stems, read_record
from massage_claim.writing.formats import long_date, money, plural

REQUIRED = "date"
"""The one column without which there is no visit."""


def shape() -> str:
    """The documented headings with one invented row, as CSV."""
    return template()


def import_sessions(
    looked: Looked,
    *,
    client: str | None = None,
    given: Mapping[str, str] = {},
    skip_existing: bool = False,
    dry_run: bool = False,
    confirm: Callable[[tuple[str, ...]], None] = lambda says: None,
) -> Result:
    """Adds the visits and payments of one client, all or none.

    `given`: the place and the therapist of every row that says none. `confirm` is told what will be written, and raises
    when that is not wanted. Raises UsageProblem for columns, clients or given values that don't fit, Unreadable with every bad row, WouldOverwrite for visits that are there already, CannotWrite.
    """
    place = looked.place
    if REQUIRED not in looked.columns:
        says = "No column is known to hold the date of the visit."
        fix = f"Add --mapping date=COLUMN. The columns are: {', '.join(filter(None, looked.sheet.headings))}."
        raise UsageProblem(Problem(says, fix))
    rows = rows_of(looked.sheet, looked.columns, _client(looked, client))
    usual = usual_of(place, given)
    read = read_rows(looked.sheet, rows, looked.columns, usual, looked.file)
    if read.problems:
        raise Unreadable(read.problems)
    stems = last_stems(place.folder, "sessions")
    there = {
        visit.lines[0]: found[0].record_id for visit in read.visits if (found := twins(place, visit.session, stems))
    }
    if there and not skip_existing:
        raise WouldOverwrite(_already(visit, there[visit.lines[0]], looked.file) for visit in read.visits if visit.lines[0] in there)  # fmt: skip
    plan = ImportPlan(place, looked, read.visits, there)
    told = _summary(plan, len(looked.sheet.rows) - len(rows))
    notes = list(place.notes)
    named = [what for what in read.defaults if what in given]
    if named and plan.new:
        told = (*told, f"Where a row says none, as you named it: {', '.join(named)}.")
    taken = [what for what in read.defaults if what not in given]
    if taken and plan.new:
        notes.append(f"Not in the file, so filled in from what is written down already: {', '.join(taken)}.")
    if read.unknown_codes and plan.new:
        notes.append(
            f"{plural(read.unknown_codes, 'row has', 'rows have')} no procedure code: it is written down as unknown. "
            f"{'Look it up in your notes' if usual.author == 'therapist' else 'Ask the therapist'}: "
            "massage-claim check --ask therapist"
        )
    sessions = [drafted.record for drafted in plan.drafts.values()]
    lacking = still_lacking(sessions)
    told = (*told, lacking) if lacking else told
    if dry_run or (not plan.new and not plan.payments):
        left = "Dry run: nothing was written." if dry_run else "There is nothing new in the file; nothing was written."
        return Result(says=(left, *told, *for_every_row(sessions)), notes=tuple(notes), data=plan.data())
    confirm((*told, *for_every_row(sessions)))
    written = plan.write()
    if lacking:
        notes.append("Fill several visits at once: massage-claim edit sessions/DATE sessions/DATE --set place=11")
    return Result(says=told, written=written, notes=tuple(notes), next="massage-claim check", data=plan.data())


def _client(looked: Looked, client: str | None) -> str | None:
    """Whose rows are meant; None when the file is about one client only. No name of the file is repeated."""
    names = clients_in(looked.sheet, looked.columns)
    if not names:
        if client is not None:
            says = "--client: no column is known to hold the client."
            raise UsageProblem(Problem(says, "Add --mapping client=COLUMN, or leave --client out."))
        return None
    if client is not None:
        if same_name(client) not in names:
            says = "--client: no row is about a client of this name."
            raise UsageProblem(Problem(says, "Write the name as it stands in the file: first and last name."))
        return client
    if len(names) > 1:
        says = f"The file holds visits of {len(names)} clients."
        raise UsageProblem(Problem(says, "Name the one of this case with --client NAME; the others are left alone."))
    patient = _patient(looked.place)
    if patient is None or same_name(patient) not in names:
        says = "The client of the file is not the patient of this case, by the names."
        fix = "Look at the file. If it is the right one, say so with --client NAME, as it stands there."
        raise UsageProblem(Problem(says, fix))
    return None


def _patient(place: Place) -> str | None:
    try:
        record, _ = read_record(place.folder, "patient")
    except Failure:
        return None
    return record.name if isinstance(record, Patient) else None


def _already(visit: Visit, record_id: str, file: str) -> Problem:
    says = f"This visit seems to be written down already, in {record_file(record_id)}."
    fix = "Add --skip-existing to leave it out, or give both visits a start and an end if there were two."
    return Problem(says, fix, Where(file, visit.lines[0]))


def _summary(plan: ImportPlan, others: int) -> tuple[str, ...]:
    says: list[str] = []
    days = sorted(recorded.record.date for recorded in plan.drafts.values())
    if days:
        span = long_date(days[0]) if days[0] == days[-1] else f"{long_date(days[0])} to {long_date(days[-1])}"
        charged = sum((d.record.charge for d in plan.drafts.values() if d.record.charge is not None), Decimal("0.00"))
        says.append(f"{plural(len(days), 'visit')}, {span}; charged {money(charged)}.")
        relaxing = sum(1 for drafted in plan.drafts.values() if drafted.record.purpose == "relaxation")
        if relaxing:
            says.append(f"{plural(relaxing, 'of them is', 'of them are')} for relaxation, and never in a claim.")
    if plan.payments:
        paid = sum((Decimal(str(visit.payment["amount"])) for visit in plan.payments), Decimal("0.00"))
        tips = sum((Decimal(str(visit.payment.get("tip") or "0.00")) for visit in plan.payments), Decimal("0.00"))
        says.append(f"{plural(len(plan.payments), 'payment')}, {money(paid)}, of which {money(tips)} tips.")
    if plan.there:
        dates = sorted(name.partition("/")[2] for name in plan.there.values())
        says.append(f"Left out, because they are there already: {', '.join(dates)}.")
    if others:
        says.append(f"{plural(others, 'row is', 'rows are')} about other clients and left alone.")
    return tuple(says)
