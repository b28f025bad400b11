"""Makes a new case folder: three commented files, or a copy of an example.

Nothing that is there is changed: a folder that already holds a case, or records, is refused.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from massage_claim.actions.project import example_day
from massage_claim.actions.record.practice_folder import make_practice, refuse_practice
from massage_claim.actions.result import Result
from massage_claim.command_text import seen_from, spell
from massage_claim.errors import Problem, UsageProblem, Where, WouldOverwrite
from massage_claim.models.case import FORMAT, CaseSettings
from massage_claim.models.new_values import wrong_values
from massage_claim.models.people import Patient
from massage_claim.models.plan import Plan
from massage_claim.models.record import Record, problems_of
from massage_claim.shipped import shipped
from massage_claim.store.folder import RECORD_FOLDERS, SINGLE_FILES
from massage_claim.store.skeleton import skeleton
from massage_claim.store.write import add_new, make_folder
from massage_claim.yamltext import Node

DEFAULT_FOLDER = "my-claim"
_HEADINGS = {
    "case": "This folder is one case: one patient, one insurance plan. massage-claim adds files to it and changes none.",
    "patient": "The person who is treated.",
    "plan": "The insurance plan, and its own rules for claims. Most of it stands on the card and in the plan booklet.",
}


def examples() -> tuple[str, ...]:
    """The names of the example cases that ship with the program."""
    return tuple(sorted(entry.name for entry in shipped("examples").iterdir() if (entry / "case.yaml").is_file()))


def init(
    folder: Path | None,
    *,
    name: str | None = None,
    prepared_by: str | None = None,
    example: str | None = None,
    practice: Path | None = None,
    dry_run: bool = False,
) -> Result:
    """Makes the case in `folder` (default: my-claim, or the example's name). Raises UsageProblem, WouldOverwrite, CannotWrite."""
    if example is not None and (name or prepared_by or practice):
        problem = Problem(
            "An example comes as it is: --name, --prepared-by and --practice don't go with it.", "Leave them out."
        )
        raise UsageProblem(problem)
    target = folder or Path(example.replace("_", "-") if example else DEFAULT_FOLDER)
    _refuse_a_case(target)
    if practice is not None:
        refuse_practice(practice, target)
    contents = _example(example) if example else _skeletons(target, name, prepared_by, practice)
    if dry_run:
        says = ("Dry run: nothing was written. It would write:", *(f"  {target / file}" for file in contents))
        return Result(says=says, data={"folder": str(target), "would_write": list(contents)})
    make_folder(target)
    if practice is not None:
        make_practice(practice)
    make_folder(target / "attachments")
    for file, data in contents.items():
        inside, _, last = file.rpartition("/")
        add_new(target, inside, last, data)
    written = tuple(str(target / file) for file in contents)
    if example:
        says = (f"Copied the example {example} to {target} ({len(written)} files). All its people are invented.",)
        day = _as_of(target)
        notes = example_day(day) if day else ()
    else:
        says = (f"Made a case in {target}: case.yaml, patient.yaml and plan.yaml.",)
        if practice is not None:
            says += (f"It shares the practice folder {practice}: therapists, practice and license checks live there.",)
        notes = (
            "Most plans do not pay a massage therapist. Check first; a phone answer is no promise.",
            "Fill in patient.yaml and plan.yaml from your insurance card whenever you like; each line is explained there.",
        )
    following = spell("status") if example else spell("verify-coverage", call_sheet=True)
    return Result(
        says=says,
        written=(str(target),) if example is not None else written,
        notes=notes,
        next=seen_from(following, str(target)),
        data={"folder": str(target)},
    )


def _refuse_a_case(target: Path) -> None:
    if not target.is_dir():
        return
    for stem in SINGLE_FILES:
        if (target / f"{stem}.yaml").exists() or (target / f"{stem}.yaml").is_symlink():
            says = f"This folder already holds a {stem}.yaml; nothing was changed."
            raise WouldOverwrite(Problem(says, "Choose another folder.", Where(str(target / f"{stem}.yaml"))))
    for name in RECORD_FOLDERS:
        if (target / name).is_dir() and any((target / name).glob("*.y*ml")):
            says = f"This folder already holds records in {name}/; nothing was changed."
            raise WouldOverwrite(Problem(says, "Choose another folder.", Where(str(target / name))))


def _skeletons(target: Path, name: str | None, prepared_by: str | None, practice: Path | None) -> dict[str, bytes]:
    settings: dict[str, Node] = {
        "format": FORMAT,
        "prepared_by": prepared_by or ("practice" if practice else "patient"),
    }
    if practice is not None:
        settings["practice"] = Path(os.path.relpath(practice.absolute(), target.absolute())).as_posix()
    patient: dict[str, Node] = {"name": name} if name is not None else {}
    wrong = [(f"--{str(path[-1]).replace('_', '-')}", s, f) for path, s, f in problems_of(CaseSettings, settings)]
    wrong += [("--name", says, fix) for _, says, fix in wrong_values(Patient, patient)]
    if wrong:
        raise UsageProblem(
            [Problem(f"{option}: {says}", fix if fix.endswith(".") else f"{fix}.") for option, says, fix in wrong]
        )
    return {
        "case.yaml": skeleton(CaseSettings, _HEADINGS["case"], settings).encode(),
        "patient.yaml": skeleton(Patient, _HEADINGS["patient"], patient).encode(),
        "plan.yaml": empty_file("plan"),
    }


EMPTY_FILES: dict[str, type[Record]] = {"patient": Patient, "plan": Plan}
"""The files of a case that can be made anew, each field with its comment."""


def empty_file(stem: str) -> bytes:
    """patient.yaml or plan.yaml without a person's answers."""
    return skeleton(EMPTY_FILES[stem], _HEADINGS[stem], {"kind": "unknown"} if stem == "plan" else {}).encode()


def _example(name: str) -> dict[str, bytes]:
    if name not in examples():
        says = "There is no example of this name."
        raise UsageProblem(Problem(f"--example: {says}", f"Choose one of: {', '.join(examples())}."))
    source = shipped("examples") / name
    return {file.relative_to(source).as_posix(): file.read_bytes() for file in _files(source)}


def _files(folder: Path) -> Iterator[Path]:
    """Every file of an example, case.yaml last: a copy that was cut short is no case yet."""
    found = [path for path in sorted(folder.rglob("*")) if path.is_file() and not path.name.startswith(".")]
    yield from sorted(found, key=lambda path: path == folder / "case.yaml")


def _as_of(target: Path) -> date | None:
    from massage_claim.store.read import read_record

    settings = read_record(target, "case")[0]
    return settings.as_of if isinstance(settings, CaseSettings) else None
