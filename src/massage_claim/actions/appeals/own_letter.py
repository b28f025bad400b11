"""The letter of a round as a file of the person's: letters/DATE.md, written once, edited freely, used from then on."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from massage_claim import yamltext
from massage_claim.command_text import spell
from massage_claim.documents.own_letters import Behind, list_changed
from massage_claim.errors import Problem, Unreadable, Where
from massage_claim.frozen import dataclass
from massage_claim.models.appeal import Appeal
from massage_claim.store.read import file_bytes
from massage_claim.store.write import add_new
from massage_claim.writing.blocks import Block
from massage_claim.writing.letter_text import blocks_of

FOLDER = "letters"
_KEYS = ("letter_for", "template", "written", "text", "values")
_HOW = (
    "# Change the words below as you like; they are used as they stand. The lines above --- say what the letter was",
    "# made from: leave them. Signs such as | or * in front of words make tables and bold; \\* prints the sign itself.",
)
COMPARE = f"Write it anew: move {{file}} away, run `{spell('appeal', letter=True)}`, and copy your changes over."
AROUND = (
    f"Other papers: `{spell('paper', 'denial_summary')}` for the talk with your doctor; `paper` lists those of step 7."
)
ELSE = "other words that the program puts into it"
"""What changed when no kind of fact did."""


@dataclass(frozen=True, slots=True)
class OwnLetter:
    """An edited letter. `values`: the digest of each kind of fact when it was written; `digest`: of the whole text then."""

    file: str
    written: date
    digest: str
    values: Mapping[str, str]
    blocks: tuple[Block, ...]
    text: str
    sha256: str

    def stale(self, now: Behind) -> tuple[str, ...]:
        """The kinds of facts behind it that changed since, in words; `now` is made for the day it was written."""
        return () if now.digest == self.digest else list_changed(self.values, now) or (ELSE,)


def name_letter_file(record: Appeal) -> str:
    """The letter's file, relative to the project."""
    return f"{FOLDER}/{record.stem}.md"


def read_letter(folder: Path, record: Appeal, template: str) -> OwnLetter | None:
    """The edited letter of that round, or None where there is none. Raises Unreadable with every mistake in it."""
    file = name_letter_file(record)
    if not (folder / file).exists():
        return None
    data = file_bytes(folder, file)
    text = yamltext.decode(data, file).replace("\r\n", "\n").replace("\r", "\n")
    rows = text.split("\n")
    end = next((number for number, row in enumerate(rows[1:], start=1) if row.rstrip() == "---"), None)
    if rows[0].rstrip() != "---" or end is None:
        fix = f"Put its first lines back as they were, or delete {file} and run `{spell('appeal', letter=True)}`."
        raise Unreadable(Problem("The letter's first lines, between two lines ---, are missing.", fix, Where(file, 1)))
    tree = yamltext.read("\n" + "\n".join(rows[1:end]), file)
    keys = tree.value if isinstance(tree.value, dict) else {}
    _refuse_unfit(keys, file, record, template)
    values = keys.get("values")
    return OwnLetter(
        file=file,
        written=_read_day(keys.get("written"), file),
        digest=str(keys.get("text")),
        values={name: str(value) for name, value in values.items()} if isinstance(values, dict) else {},
        blocks=blocks_of("\n".join(rows[end + 1 :]), file, end + 2),
        text=text,
        sha256=hashlib.sha256(data).hexdigest(),
    )


def compose_letter(record: Appeal, template: str, written: date, body: str, rests_on: Behind) -> bytes:
    """A new letters file: what it was made from, and the words."""
    head: dict[str, yamltext.Node] = {
        "letter_for": record.record_id,
        "template": template,
        "written": written.isoformat(),
        "text": rests_on.digest,
        "values": dict(rests_on.values),
    }
    how = "\n".join(_HOW)
    return f"---\n{how}\n{yamltext.write(head)}---\n{body}".encode()


def write_letter(folder: Path, record: Appeal, data: bytes) -> list[str]:
    """Adds the file and returns its name. Raises WouldOverwrite, CannotWrite."""
    add_new(folder, FOLDER, f"{record.stem}.md", data)
    return [name_letter_file(record)]


def refuse_twin(file: str) -> Problem:
    """Why no letter is written in place of an edited one."""
    fix = "Edit it; or move it away first, and copy your changes over afterwards."
    return Problem("The letter to edit is there already; nothing was changed.", fix, Where(file))


def tell_letter(record: Appeal, own: OwnLetter | None, stale: Sequence[str], written: Sequence[str]) -> list[str]:
    """What the person is told about the letter of the round: whose words it has, and what changed behind them."""
    if own is not None:
        lines = [f"The letter is your own: {own.file}, with your words as they stand."]
        return lines + ([f"  {tell_changes(own, stale)} {COMPARE.format(file=own.file)}"] if stale else [])
    if name_letter_file(record) in written:
        return [
            f"Edit {name_letter_file(record)} as you like, then run `{spell('appeal')}` again: it is used from then on."
        ]
    return [AROUND]


def tell_changes(own: OwnLetter, stale: Sequence[str]) -> str:
    """What changed behind an edited letter."""
    return f"The edited letter is of {own.written.isoformat()}; since then this changed: {'; '.join(stale)}."


def _refuse_unfit(keys: Mapping[str, yamltext.Node], file: str, record: Appeal, template: str) -> None:
    where = Where(file, 2)
    if missing := [key for key in _KEYS if key not in keys]:
        fix = f"Put it back, or delete {file} and run `{spell('appeal', letter=True)}`."
        raise Unreadable(Problem(f"The letter's first lines have no `{missing[0]}`.", fix, where))
    if keys["letter_for"] != record.record_id:
        says = "The letter's first lines name another appeal."
        raise Unreadable(Problem(says, f"Write `letter_for: {record.record_id}`, or move the file away.", where))
    if keys["template"] != template:
        says = "The letter was made for another kind of round."
        fix = f"Move {file} away, and run `{spell('appeal', letter=True)}` for a new one."
        raise Unreadable(Problem(says, fix, where))


def _read_day(value: object, file: str) -> date:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        says = "The letter's first lines hold a day that does not exist."
        raise Unreadable(Problem(says, "Write it as `written: 2026-01-31`.", Where(file, 2))) from None
