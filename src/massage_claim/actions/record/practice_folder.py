"""The practice folder that several cases share: where a provider's record lives, and how a new folder is made. Makes only what is not there; what a person wrote in it stays."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from massage_claim.actions.project import Place
from massage_claim.actions.record import drafts
from massage_claim.actions.result import Result
from massage_claim.command_text import spell
from massage_claim.errors import Problem, UsageProblem, Where
from massage_claim.models.providers import Provider
from massage_claim.store.folder import SHARED_FOLDERS, record_file
from massage_claim.store.read import read_record
from massage_claim.store.write import add_file, make_folder

README = "README.txt"
_WORDS = f"""# A practice folder: what many cases of one practice share.
#
# providers/        one file for the practice and one for each therapist: names, addresses, NPI, EIN, licenses.
#                   Add one from inside a case: {spell("add-provider", to_practice=True)}
# licence-checks/   one file for each look at the state's license register: {spell("check-licence")}
#
# A case points here with `practice:` in its case.yaml. It may hold a provider of the same name itself; then that one
# counts in that case. A claim or statement that was sent keeps the names and numbers that it was printed with: a
# change here does not alter it.
#
# No patient's data belongs here. Nothing reads this file.
""".encode()


def make_practice(folder: Path) -> None:
    """Makes the practice folder, or what it lacks. Raises CannotWrite."""
    for name in SHARED_FOLDERS:
        make_folder(folder / name)
    add_file(folder, "", README, _WORDS)


def refuse_practice(folder: Path, case: Path) -> None:
    """Raises UsageProblem for a practice folder that can't be one: a file, this case's own folder, or another case's."""
    says = None
    if folder.resolve() == case.resolve():
        says = "it is the case's own folder"
    elif (folder / "case.yaml").exists():
        says = "it is a case's folder"
    elif folder.exists() and not folder.is_dir():
        says = "it is a file"
    if says:
        fix = "Name a folder of its own beside your cases, such as ../practice."
        raise UsageProblem(Problem(f"--practice: {says}.", fix, Where(str(folder))))


def practice_of(place: Place) -> Path | None:
    """The shared folder of the case, or None when it has none or that isn't there."""
    named = place.settings.practice
    folder = (place.folder / named).resolve() if named else None
    return folder if folder is not None and folder.is_dir() else None


def home_of(place: Place, record_id: str) -> Place:
    """The place with the folder that holds the record: the case's own before the practice's; else the case's."""
    practice = practice_of(place)
    if practice is None or record_id.partition("/")[0] not in SHARED_FOLDERS:
        return place
    if (place.folder / record_file(record_id)).exists() or not (practice / record_file(record_id)).exists():
        return place
    return replace(place, folder=practice)


def shown(place: Place, home: Place, file: str) -> str:
    """A file's name as results show it: relative to the case."""
    return file if home.folder == place.folder else f"{str(place.settings.practice).rstrip('/')}/{file}"


def provider_of(place: Place, record_id: str) -> Provider | None:
    """The provider's record, wherever it lives; None when there is none. Raises Unreadable for a damaged one."""
    home = home_of(place, record_id)
    if not (home.folder / record_file(record_id)).is_file():
        return None
    record, _ = read_record(home.folder, record_id)
    return record if isinstance(record, Provider) else None


def write_at(place: Place, home: Place, drafted: drafts.Draft[drafts.RecordT], *, dry_run: bool) -> Result:
    """Adds the draft's file in `home`, and names it relative to the case. Raises WouldOverwrite, CannotWrite."""
    result = drafts.write(home, drafted, dry_run=dry_run)
    if home.folder == place.folder:
        return result
    inside = f"{drafted.folder}/"
    to = shown(place, home, inside)
    says = (result.says[0].replace(inside, to, 1), *result.says[1:])
    return replace(result, says=says, written=tuple(to + name.removeprefix(inside) for name in result.written))
