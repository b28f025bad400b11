"""Every command that the program prints: its name, its words and its options, quoted for the shell.

Nothing else in the program writes such a command out. What a person fills in is a word in capitals (FILE, DATE), which stays
as it is. Commands of one case get `-C FOLDER` when they are shown to somebody who stands elsewhere: `seen_from`.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping
from datetime import date

PROGRAM = "massage-claim"

COMMANDS: dict[str, str] = {
    "init": "Make a new case folder, or copy an example.",
    "guide": "Be led through all steps, question by question.",
    "status": "Where the case stands, and the one next command.",
    "check": "What would get the claim refused.",
    "verify-coverage": "Step 1: what the plan says, and what to ask it.",
    "add-condition": "Step 2: what hurts, since when, what was tried.",
    "add-prescription": "Step 2: the doctor's order.",
    "request-letter": "Step 2: the letter for your doctor to sign.",
    "add-provider": "Step 3: therapist, doctor or practice.",
    "check-licence": "Step 3: a look at the license register.",
    "add-session": "Step 4: one visit, and its payment.",
    "add-payment": "Step 4: a payment, for one visit or several.",
    "add-measure": "Step 4: how you are: a score, a number, a diary.",
    "import-sessions": "Step 4: visits from a CSV export.",
    "attach": "Step 4: take in a scan, photo or PDF.",
    "progress": "Step 4: whether it gets better, in numbers.",
    "build-packet": "Step 5: the checked claim packet as a PDF.",
    "submit": "Step 5: write down that you sent it.",
    "log-contact": "Step 6: a call or letter, and what was said.",
    "record-decision": "Step 6: what the insurer decided.",
    "import-eob": "Step 6: an EOB downloaded as FHIR (JSON).",
    "deadlines": "Step 6: every last day, soonest first.",
    "appeal": "Step 7: the appeal letter and its packet.",
    "expenses": "What care cost in a year: taxes, HSA, FSA.",
    "paper": "One paper alone, on the screen or as a PDF.",
    "templates": "The words of the papers, to change.",
    "explain": "A code or a word in plain words.",
    "list": "What was entered, one line for each record.",
    "edit": "Change a record.",
    "undo": "Take out the newest record, or a named one.",
    "close": "Close the case, or open it again.",
    "schema": "The JSON Schema of --json, or of a record.",
}
"""Every command and its line in the list of commands. The command `add-x` is the function `add_x` of `cli/commands/add_x.py`."""

WITHOUT_CASE = frozenset({"init", "explain", "schema"})
"""The commands that need no case to work on."""

Value = str | int | date
Option = Value | bool | None | list[str] | tuple[str, ...] | Mapping[str, Value]

_PLAIN_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_PRINTED = re.compile(
    rf"\b{PROGRAM} (?:{'|'.join(sorted(set(COMMANDS) - WITHOUT_CASE, key=len, reverse=True))})(?![\w-])(?! -C )"
)


def spell(name: str, *words: Value, **options: Option) -> str:
    """One command on one line, as a person types it.

    `for_=` is `--for`, `signed_by=` is `--signed-by`; True is an option without a value, None and False are none, several
    values repeat the option, a mapping writes `field=value` for each entry. Raises KeyError for a command there is not.
    """
    if name not in COMMANDS:
        raise KeyError(name)
    parts = [PROGRAM, name]
    dashed = [word for word in map(str, words) if word.startswith("-")]
    if not dashed:
        parts += [_quoted(word) for word in map(str, words)]
    for key, value in options.items():
        parts += _option("--" + key.rstrip("_").replace("_", "-"), value)
    if dashed:
        parts += ["--", *(_quoted(word) for word in map(str, words))]
    return " ".join(parts)


def _option(dashes: str, value: Option) -> list[str]:
    match value:
        case None | False:
            return []
        case True:
            return [dashes]
        case Mapping():
            return [part for key, one in value.items() for part in _option(dashes, f"{key}={_text(one)}")]
        case list() | tuple():
            return [part for one in value for part in _option(dashes, one)]
        case _:
            text = _text(value)
            return [f"{dashes}={_quoted(text)}"] if text.startswith("-") else [dashes, _quoted(text)]


def _text(value: Value) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _quoted(word: str) -> str:
    """The word as the shell gives it back unchanged; a line break or another control character is written as its code."""
    if not _PLAIN_CONTROL.search(word):
        return shlex.quote(word)
    escaped = word.replace("\\", "\\\\").replace("'", "\\'")
    return "$'" + _PLAIN_CONTROL.sub(lambda found: f"\\{ord(found[0]):03o}", escaped) + "'"


def help_text() -> str:
    """The command that lists all commands."""
    return f"{PROGRAM} --help"


def in_folder(folder: str) -> str:
    """The option that names the case's folder."""
    return f"-C {_quoted(folder)}"


def seen_from(text: str, folder: str | None) -> str:
    """The text with `-C FOLDER` in each command that works on a case. `folder`: the case from where the person stands; None: here.

    Only `spell` writes commands, so they are found by the very words it begins with.
    """
    if folder is None:
        return text
    place = in_folder(folder)
    return _PRINTED.sub(lambda found: f"{found[0]} {place}", text)
