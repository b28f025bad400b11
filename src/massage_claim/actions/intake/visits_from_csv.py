"""`import-sessions`: adds a visit and its payment for each row of a practice system's export, all of them or none.

The columns are kept in imports/ for the next time. Nothing is written until every row is right.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from massage_claim.actions.intake.columns import Looked
from massage_claim.actions.intake.visit_rows import Usual, Visit, choose_rows, find_clients, fold_name, read_rows
from massage_claim.actions.project import Place
from massage_claim.actions.record import drafts
from massage_claim.actions.record.last_visits import usual_at
from massage_claim.actions.record.new_payment import payment_tree
from massage_claim.actions.record.practice_folder import provider_of
from massage_claim.actions.record.twins import twins
from massage_claim.actions.result import Result
from massage_claim.command_text import spell
from massage_claim.errors import CannotWrite, Failure, Problem, Unreadable, UsageProblem, Where, WouldOverwrite
from massage_claim.exchange.csv_sessions import template
from massage_claim.models.csv_import import Import
from massage_claim.models.kinds import UNKNOWN_CODE
from massage_claim.models.payment import Payment
from massage_claim.models.people import Patient
from massage_claim.models.record import problems_of
from massage_claim.models.session import Session
from massage_claim.store.folder import record_file
from massage_claim.store.read import last_stems, read_record, records_of
from massage_claim.store.rollback import take_back
from massage_claim.writing.formats import long_date, money, plural
from massage_claim.yamltext import Node

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
    rows = choose_rows(looked.sheet, looked.columns, _choose_client(looked, client))
    usual = find_usual(place, given)
    read = read_rows(looked.sheet, rows, looked.columns, usual, looked.file)
    if read.problems:
        raise Unreadable(read.problems)
    stems = last_stems(place.folder, "sessions")
    there = {
        visit.lines[0]: found[0].record_id for visit in read.visits if (found := twins(place, visit.session, stems))
    }
    if there and not skip_existing:
        raise WouldOverwrite(_explain_twin(visit, there[visit.lines[0]], looked.file) for visit in read.visits if visit.lines[0] in there)  # fmt: skip
    plan = ImportPlan(place, looked, read.visits, there)
    told = _summarize(plan, len(looked.sheet.rows) - len(rows))
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
            f"{spell('check', ask='therapist')}"
        )
    sessions = [drafted.record for drafted in plan.drafts.values()]
    lacking = describe_gaps(sessions)
    told = (*told, lacking) if lacking else told
    if dry_run or (not plan.new and not plan.payments):
        left = "Dry run: nothing was written." if dry_run else "There is nothing new in the file; nothing was written."
        return Result(says=(left, *told, *suggest_options(sessions)), notes=tuple(notes), data=plan.data())
    confirm((*told, *suggest_options(sessions)))
    written = plan.write()
    if lacking:
        notes.append(
            f"Fill several visits at once: {spell('edit', 'sessions/DATE', 'sessions/DATE', set={'place': '11'})}"
        )
    return Result(says=told, written=written, notes=tuple(notes), next=spell("check"), data=plan.data())


def _choose_client(looked: Looked, client: str | None) -> str | None:
    """Whose rows are meant; None when the file is about one client only. No name of the file is repeated."""
    names = find_clients(looked.sheet, looked.columns)
    if not names:
        if client is not None:
            says = "--client: no column is known to hold the client."
            raise UsageProblem(Problem(says, "Add --mapping client=COLUMN, or leave --client out."))
        return None
    if client is not None:
        if fold_name(client) not in names:
            says = "--client: no row is about a client of this name."
            raise UsageProblem(Problem(says, "Write the name as it stands in the file: first and last name."))
        return client
    if len(names) > 1:
        says = f"The file holds visits of {len(names)} clients."
        raise UsageProblem(Problem(says, "Name the one of this case with --client NAME; the others are left alone."))
    patient = _find_patient_name(looked.place)
    if patient is None or fold_name(patient) not in names:
        says = "The client of the file is not the patient of this case, by the names."
        fix = "Look at the file. If it is the right one, say so with --client NAME, as it stands there."
        raise UsageProblem(Problem(says, fix))
    return None


def _find_patient_name(place: Place) -> str | None:
    try:
        record, _ = read_record(place.folder, "patient")
    except Failure:
        return None
    return record.name if isinstance(record, Patient) else None


def _explain_twin(visit: Visit, record_id: str, file: str) -> Problem:
    says = f"This visit seems to be written down already, in {record_file(record_id)}."
    fix = "Add --skip-existing to leave it out, or give both visits a start and an end if there were two."
    return Problem(says, fix, Where(file, visit.lines[0]))


def _summarize(plan: ImportPlan, others: int) -> tuple[str, ...]:
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


def find_usual(place: Place, given: Mapping[str, str]) -> Usual:
    """What every row gets that does not say it: `given` (place, therapist), else as at the last visits.

    Raises UsageProblem for a place or therapist that there is not.
    """
    last = usual_at(place)
    therapists = _find_therapists(place)
    author = "therapist" if place.settings.prepared_by == "practice" else "patient"
    rendering, where = last.rendering(), last.place()
    if "place" in given:
        where = given["place"].strip()
        if any(path == ("place",) for path, _, _ in problems_of(Session, {"place": where})):
            fix = "Write two digits: 11 is an office, 12 a home."
            raise UsageProblem(Problem("--place: this is not a place of service.", fix))
    if "therapist" in given:
        found = therapists.get(fold_name(given["therapist"]))
        if found is None:
            fix = f"Name one of them as in its record, or add the therapist: {spell('add-provider', role='rendering')}."
            raise UsageProblem(Problem("--therapist: there is no therapist of this name in the case.", fix))
        rendering = found
    return Usual(therapists, rendering, where, author, place.today)


def describe_gaps(sessions: Iterable[Session]) -> str | None:
    """What a superbill of these visits still needs from each, in one line; None when it needs nothing of them."""
    treated = [session for session in sessions if session.purpose == "treatment"]
    counts = {
        "place of service": sum(not one.place for one in treated),
        "who treated": sum(not one.rendering for one in treated),
        "procedure code": sum(any(item.code == UNKNOWN_CODE for item in one.services) for one in treated),
        "minutes": sum(any(item.minutes is None for item in one.services) for one in treated),
        "charge": sum(any(item.charge is None for item in one.services) for one in treated),
    }
    words = [
        f"{what} ({'all visits' if count == len(treated) else plural(count, 'visit')})"
        for what, count in counts.items()
        if count
    ]
    return f"For a superbill they still lack: {', '.join(words)}." if words else None


def suggest_options(sessions: Iterable[Session]) -> Iterator[str]:
    """The options that fill what no visit of the file has."""
    treated = [session for session in sessions if session.purpose == "treatment"]
    if treated and not any(session.place for session in treated):
        yield "No row says where: add --place 11 for an office or --place 12 for a home."
    if treated and not any(session.rendering for session in treated):
        yield "No row says who treated: add --therapist NAME, as in the therapist's record."


def _find_therapists(place: Place) -> dict[str, str]:
    found: dict[str, str] = {}
    for record_id in drafts.known(place, "providers"):
        provider = provider_of(place, record_id)
        if provider is not None and "rendering" in provider.roles:
            stem = record_id.partition("/")[2]
            for name in (provider.name, provider.signs_as, stem, record_id, stem.replace("-", " ")):
                found[fold_name(name)] = record_id
    return found


@dataclass
class ImportPlan:
    """What is to be written. `there`: the first line of a visit → the record that it already has."""

    place: Place
    looked: Looked
    visits: Sequence[Visit]
    there: Mapping[int, str]

    def __post_init__(self) -> None:
        paid = _find_paid_sessions(self.place) if self.there else frozenset()
        self.new = [visit for visit in self.visits if visit.lines[0] not in self.there]
        self.drafts = {visit.lines[0]: self._draft(visit) for visit in self.new}
        self.payments = [v for v in self.visits if v.payment and self.there.get(v.lines[0]) not in paid]
        for visit in self.payments:
            self._payment(visit, self.there.get(visit.lines[0], f"sessions/{visit.day}"))

    def _draft(self, visit: Visit) -> drafts.Draft[Session]:
        return drafts.draft(self.place, Session, visit.session, options={})

    def _payment(self, visit: Visit, session: str) -> drafts.Draft[Payment]:
        share = Decimal(str(visit.payment["amount"])) - Decimal(str(visit.payment.get("tip") or "0.00"))
        shares: list[Node] = [{"session": session, "amount": f"{share:.2f}"}]
        tree = payment_tree({**visit.payment, "for": shares if share else None})
        return drafts.draft(self.place, Payment, tree, options={}, coming=(session,))

    def write(self) -> tuple[str, ...]:
        """Every file of the plan, or none: what was added is taken back when one can't be."""
        done: list[tuple[str, bytes]] = []
        ids = dict(self.there)
        try:
            for visit in self.new:
                ids[visit.lines[0]] = self._add(self.drafts[visit.lines[0]], done)
            for visit in self.payments:
                self._add(self._payment(visit, ids[visit.lines[0]]), done)
            self._add(self._columns(), done)
        except KeyboardInterrupt:
            for name, data in reversed(done):
                take_back(self.place.folder, name, data)
            raise
        except CannotWrite as failure:
            stay = [name for name, data in reversed(done) if not take_back(self.place.folder, name, data)]
            fix = "Mend the cause, then import the file again."
            if stay:
                says = f"{plural(len(stay), 'file')} of this import could not be taken back."
                raise CannotWrite((*failure.problems, Problem(says, f"{fix} Add --skip-existing."))) from None
            raise CannotWrite((*failure.problems, Problem("Nothing of the import was kept.", fix))) from None
        return tuple(name for name, _ in done)

    def _add(self, drafted: drafts.Draft[drafts.RecordT], done: list[tuple[str, bytes]]) -> str:
        result = drafts.write(self.place, drafted, dry_run=False)
        done.append((result.written[0], drafted.text.encode()))
        return str(result.data["record"])

    def _columns(self) -> drafts.Draft[Import]:
        listed: list[Node] = [{"field": name, "column": heading} for name, heading in self.looked.columns.items()]
        tree: dict[str, Node] = {
            "date": self.place.today.isoformat(),
            "columns": listed,
            "sha256": self.looked.sha256,
            "visits": str(len(self.new)),
        }
        return drafts.draft(self.place, Import, tree, options={})

    def data(self) -> dict[str, object]:
        return {
            "visits": len(self.new),
            "payments": len(self.payments),
            "already_there": sorted(self.there.values()),
            "columns": dict(self.looked.columns),
        }


def _find_paid_sessions(place: Place) -> frozenset[str]:
    """The sessions that a payment names."""
    return frozenset(share.session for payment in records_of(place.folder, Payment) for share in payment.for_)
