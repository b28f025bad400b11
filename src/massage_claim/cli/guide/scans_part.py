"""The scans that the guide asks for: order, letter, superbill, proof of payment."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from massage_claim.cli.form import Node, Tree
from massage_claim.cli.guide.run import OPTIONS, Run

if TYPE_CHECKING:
    from massage_claim.actions.guide.interview import Interview

_PATH = "A PDF or a picture: its path, or drag the file into this window. Enter if you don't have it yet."


def order(run: Run, part: Interview) -> None:
    run.leave(part)
    signed = next(one.signed for one in run.opened().case.prescriptions if one.record_id == part.about)
    label = f"Scan of the signed order of {part.about.partition('/')[2]}"
    attach_one(run, label, "prescription", [part.about], signed_by="prescriber" if signed else None, who="doctor")


def letter(run: Run, part: Interview) -> None:
    run.leave(part)
    run.say("")
    run.say("The plan wants a letter of medical necessity, signed by the doctor.")
    names = [order.record_id for order in run.opened().case.prescriptions]
    attach_one(run, "Scan of the doctor's signed letter", "letter", names, signed_by="prescriber", who="doctor")


def superbill(run: Run, part: Interview) -> None:
    """The therapist's own statement for the insurer; for which visits, and whether it is signed."""
    from massage_claim.calc.visits import unclaimed_sessions

    run.leave(part)
    case = run.opened().case
    listed = {name for one in case.attachments if one.kind == "superbill" for name in one.for_}
    names = [one.record_id for one in unclaimed_sessions(case) if one.record_id not in listed]
    run.say("")
    run.say("The superbill is the therapist's itemized bill for your insurer: ask for it, signed.")
    label = "Scan of the therapist's superbill"
    attach_one(run, label, "superbill", names, signed_by="therapist", who="therapist", ask_signed=True)


def proof(run: Run, part: Interview) -> None:
    from massage_claim.calc.money import is_proven, proofs_by_record

    run.leave(part)
    case = run.opened().case
    proofs = proofs_by_record(case)
    names = [one.record_id for one in case.payments if one.for_ and not is_proven(case, one, proofs)]
    run.say("")
    run.say("Plans repay a member only against proof of payment: a receipt, a card slip or a bank statement.")
    attach_one(run, "Scan of the receipt", "receipt", names, who="therapist")


def attach_one(
    run: Run,
    label: str,
    kind: str,
    records: Sequence[str],
    *,
    signed_by: str | None = None,
    who: str | None = None,
    ask_signed: bool = False,
    title: str | None = None,
) -> None:
    """One file for some of `records`; nothing is added when the person has none. `title`: its name in a packet."""
    from massage_claim.actions.intake.new_attachment import attach, needs_password

    def ask() -> tuple[Path, Tree, str | None] | None:
        answer = run.asker.one(label, _PATH, check=_usable, who=who)
        if answer is None:
            return None
        file = path_of(answer)
        tree: Tree = {"kind": kind, "for": _for(run, label, records), **({"title": title} if title else {})}
        signed = signed_by
        if ask_signed and not run.asker.gate("Did the therapist sign it?", "By hand or digitally, with a date."):
            signed = None
        if signed:
            tree["signed_by"] = signed
        secret = run.asker.secret(f"Password of {file.name}") if needs_password(file) else None
        return file, tree, secret

    answers = run.asker.part(ask)
    if answers is not None:
        run.keep(attach(run.project, answers[0], answers[1], options=OPTIONS, password=answers[2]))


def path_of(answer: str) -> Path:
    """The file of a typed path; a terminal that a file is dropped into quotes it, or escapes its blanks."""
    import shlex

    direct = Path(answer).expanduser()
    if direct.exists():
        return direct
    try:
        words = shlex.split(answer)
    except ValueError:
        return direct
    return Path(words[0]).expanduser() if len(words) == 1 else direct


def _usable(answer: str) -> tuple[str, str] | None:
    """Refuses what is no file, or a file that no packet can take."""
    from massage_claim.actions.intake.new_attachment import needs_password
    from massage_claim.errors import AttachmentUnusable

    file = path_of(answer)
    if not file.is_file():
        return "There is no such file.", "Write its path, such as ~/Downloads/order.pdf."
    try:
        needs_password(file)
    except AttachmentUnusable as failure:
        return failure.problems[0].says, failure.problems[0].fix
    return None


def _for(run: Run, label: str, records: Sequence[str]) -> list[Node]:
    """Which of the records it is for; all of them when there is one only."""
    if len(records) < 2:
        return list(records)
    stems = {record.partition("/")[2]: record for record in records}

    def check(answer: str) -> tuple[str, str] | None:
        unknown = [name for name in _names(answer) if name not in stems]
        return ("This is none of them.", f"Write some of: {', '.join(stems)}.") if unknown else None

    answer = run.asker.one(
        f"{label}: for which dates", "Put commas between several.", check=check, usual=", ".join(stems)
    )
    return [stems[name] for name in _names(answer or "")]


def _names(answer: str) -> list[str]:
    return [part.strip() for part in answer.split(",") if part.strip()]
