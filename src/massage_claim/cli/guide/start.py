"""How a run of the guide begins and ends: opening the case or making it, what is known, the last words. Writes a new case."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from massage_claim.cli import show
from massage_claim.cli.ask import Asker
from massage_claim.cli.guide.run import Run, to_ask
from massage_claim.cli.guide.values import known_of
from massage_claim.cli.standpoint import name_from_here
from massage_claim.command_text import seen_from, spell

if TYPE_CHECKING:
    from massage_claim.actions.result import Result

_SOON_DAYS = 60
_WHO = (("patient", "the patient, or someone for the patient"), ("practice", "the therapist or clinic"))


def case(asker: Asker, folder: Path | None) -> Run:
    """The run on the case in `folder`, or in the nearest folder above; a new one when there is none. Raises Failure."""
    found = _there(folder) or _below(asker, folder)
    if found is None:
        return _new(asker, folder)
    show.STANDPOINT.case = found
    run = Run(found, asker)
    opened = run.opened()
    asker.today = opened.today.isoformat()
    for note in opened.notes:
        run.say(note)
    run.say("")
    run.say(f"This case, {found.name}:")
    for name, value in known_of(opened.case).items():
        run.say(f"  {name}: {value}")
    if opened.case.settings.closed is not None:
        run.say(f"  It is closed. To open it again: {spell('close', reopen=True)}")
    for due in _due(found):
        run.say(due)
    return run


def _due(folder: Path) -> list[str]:
    """The nearest deadlines, so that nobody begins elsewhere."""
    from massage_claim.actions.look.overview import status

    deadlines = status(folder).data.get("deadlines")
    listed = [item for item in deadlines if isinstance(item, dict)] if isinstance(deadlines, list) else []
    nearest = [item for item in listed if item["days_left"] <= _SOON_DAYS][:2]
    return [f"  {'was due' if item['days_left'] < 0 else 'due'}: {item['what']}, {item['date']}" for item in nearest]


def _there(folder: Path | None) -> Path | None:
    from massage_claim.errors import Unreadable
    from massage_claim.store.folder import find_project

    if folder is not None:
        return folder.absolute() if (folder / "case.yaml").is_file() else None
    try:
        return find_project(Path(), below=False)
    except Unreadable:
        return None


def _below(asker: Asker, folder: Path | None) -> Path | None:
    """The only case directly below, when the person wants to go on with it."""
    from massage_claim.store.folder import find_cases_below

    cases = find_cases_below((folder or Path()).absolute())
    if len(cases) != 1:
        return None
    name = cases[0].name
    sentence = f"There is a case in {name}. No begins a new one."
    wanted = asker.part(lambda: asker.gate("Go on with the case that is here?", sentence, usual=True))
    return cases[0] if wanted else None


def go_on(run: Run) -> str:
    """The command that goes on from here, in the folder in which the person is."""
    return seen_from(spell("guide"), name_from_here(run.project))


def _new(asker: Asker, folder: Path | None) -> Run:
    from massage_claim.actions.guide.interview import STILL_OPEN
    from massage_claim.actions.project import today_without_case
    from massage_claim.actions.record.new_case import DEFAULT_FOLDER, init

    asker.today = today_without_case().isoformat()

    def ask() -> tuple[Path, str | None, str | None]:
        asker.say("")
        asker.say("A new case: one patient, one insurance plan.")
        name = asker.one(
            "Name of the patient", "Exactly as on the insurance card.", check=_name, meant=lambda _: (), required=True
        )
        who = asker.choose("Who prepares the papers", "", _WHO, usual="patient", required=True)
        target = folder
        if target is None:
            target = Path(asker.one("Folder", "Where to make the case.", usual=DEFAULT_FOLDER) or DEFAULT_FOLDER)
        return target.expanduser(), name, who

    target, name, who = asker.part(ask)
    run = Run(target.absolute(), asker)
    made = init(target, name=name, prepared_by=who)
    show.STANDPOINT.case = run.project
    run.say("")
    run.say(made.says[0])
    run.note(["case.yaml", "patient.yaml", "plan.yaml"])
    run.passed.add(STILL_OPEN)
    return run


def _name(answer: str) -> tuple[str, str] | None:
    from massage_claim.models.new_values import wrong_values
    from massage_claim.models.people import Patient

    wrong = tuple(wrong_values(Patient, {"name": answer}))
    return (wrong[0][1], f"{wrong[0][2]}.") if wrong else None


def summary(run: Run) -> Result:
    """The command's own result: what was written, what to ask, the one next move."""
    from massage_claim.actions.look.overview import status
    from massage_claim.actions.result import Result

    opened = run.opened()
    files = ", ".join(run.written)
    says = (f"Written in this run, in {run.project.name}: {files}.",) if files else ()
    return Result(
        says=says or ("Nothing was written in this run.",),
        written=tuple(run.written),
        notes=(*to_ask(run.asker.not_known), *opened.notes),
        next=run.nothing_more or status(run.project).next,
        data={"asked": run.asker.asked, "not_known": [unknown.label for unknown in run.asker.not_known]},
    )
