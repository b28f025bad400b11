"""What the program prints as a command works when a person types it: over the shipped examples and cases in every state."""

from __future__ import annotations

import os
import re
import shlex
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from appeal_scenes import bare, full
from bad_cases import bad_cases
from builders import a_case, a_pdf, write_case
from commands import run
from full_case import full_case
from marked_case import denied_case, practice_case, waiting_case
from massage_claim.cli import ask
from massage_claim.command_text import COMMANDS
from massage_claim.models.case import Case
from played import as_of

TRUST = os.environ.get("MASSAGE_CLAIM_TRUST") == "1"
ASKED = (
    ("status",),
    ("check",),
    ("deadlines",),
    ("verify-coverage", "--call-sheet"),
    ("verify-coverage", "--worth", "--visits", "12", "--price", "95"),
    ("build-packet",),
    ("build-packet", "--draft"),
    ("submit", "--checklist"),
    ("appeal",),
    ("appeal", "--evidence", "?"),
    ("check-licence", "--compare"),
    ("log-contact", "--script"),
    ("progress",),
    ("expenses", "--year", "2026"),
    ("paper",),
    ("paper", "statement"),
    ("paper", "superbill"),
    ("templates",),
    ("request-letter",),
    ("guide", "--dry-run"),
    ("attach", "--again"),
    ("add-session", "--date", "2026-03-19", "--service", "97124=52:95.00", "--no-input"),
    ("add-payment", "--date", "2026-03-19", "--amount", "95", "--method", "card", "--no-input"),
    ("close", "--reason", "given-up"),
)
"""What is asked of every case; each answer, and each refusal, may print commands."""

USED_WRONGLY = {2: "usage", 3: "unreadable", 70: "a mistake of the program's"}

START = re.compile(rf"massage-claim ({'|'.join(sorted(COMMANDS, key=len, reverse=True))})(?![\w-])")
END = re.compile(r"[.,;:)]+(?=\s|$)|   |\n|`")
QUOTED = re.compile(r"\$?'(?:[^'\\]|\\.)*'")


def commands_in(text: str) -> Iterator[str]:
    """Each command of a text: in backticks, or up to the end of its sentence."""
    for found in START.finditer(text):
        place = found.end()
        while place < len(text):
            quoted = QUOTED.match(text, place)
            if quoted is None and END.match(text, place):
                break
            place = quoted.end() if quoted else place + 1
        yield text[found.start() : place].strip()


def every_text(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from every_text(one)
    elif isinstance(value, list):
        for one in value:
            yield from every_text(one)


def filled(word: str, folder: Path, around: list[str], day: date) -> str:
    """The word with what a person would put for its capitals."""
    if "=" in word:
        field, _, value = word.partition("=")
        if field == "FIELD":
            return "place=11"
        return f"{field}={_value(value, folder, field, around, day)}"
    return _value(word, folder, "", around, day)


def _value(word: str, folder: Path, field: str, around: list[str], day: date) -> str:
    by_place = {
        ("NUMBER", "npi"): "1234567893",
        ("NUMBER", "send_to.fax"): "555-010-2000",
        ("NUMBER", "rules.appeals_fax.value"): "555-010-2000",
        ("CODE", "diagnoses.1.code"): "M54.50",
    }
    plain = {
        "FILE": "scan.pdf",
        "FILE.pdf": "scan.pdf",
        "FILE.csv": "visits.csv",
        "FOLDER": "new-case",
        "DATE": day.isoformat(),
        "NUMBER": "12345",
        "TEXT": "some words",
        "TITLE": "A title",
        "KIND": "other",
        "METHOD": "mail",
        "AMOUNT": "95.00",
        "YEAR": str(day.year),
        "XX": "OH",
        "NN": "11",
        "RECORD": _any(folder, "sessions") or "patient",
        "SESSION": _any(folder, "sessions") or "sessions/DATE",
        "PAYMENT": _any(folder, "payments") or "payments/DATE",
        "CONTACT": _any(folder, "contacts") or "contacts/DATE",
        "DECISION": _any(folder, "decisions") or "decisions/DATE",
        "CLAIM": _any(folder, "claims") or "claims/ID",
        "NAME": {"templates": "superbill", "paper": "superbill", "appeal": "not-medically-necessary"}.get(
            around[0], "x"
        ),
        "ID": "E1",
    }
    if (word, field) in by_place:
        return by_place[word, field]
    inside, slash, last = word.partition("/")
    if slash and last in ("DATE", "NAME"):
        return _any(folder, inside) or word
    return plain.get(word, word)


def _any(folder: Path, kind: str) -> str | None:
    found = sorted((folder / kind).glob("*.yaml"))
    return f"{kind}/{found[-1].stem}" if found else None


BAD_DAYS = {"a county's plan, and numbers in the wrong place": date(2026, 5, 4)}
"""The day on which a bad case is looked at, where it has later records."""
CASES: dict[str, tuple[date, Callable[[], Case | None]]] = {
    **{name: (BAD_DAYS.get(name, date(2026, 3, 20)), partial(bad_cases().get, name)) for name in bad_cases()},
    "complete": (date(2026, 3, 20), a_case),
    "complete, a year later": (date(2027, 4, 1), a_case),
    "full": (date(2026, 3, 20), full_case),
    "practice": (date(2026, 3, 20), practice_case),
    "denied": (date(2026, 5, 4), denied_case),
    "denied, late": (date(2027, 2, 1), denied_case),
    "waiting": (date(2026, 5, 4), waiting_case),
    "waiting, late": (date(2026, 9, 1), waiting_case),
    "appeal": (date(2026, 5, 4), full),
    "appeal of a practice": (date(2026, 5, 4), lambda: full("practice")),
    "appeal, little known": (date(2026, 5, 4), bare),
}
MOST = 150
"""So many commands are typed for one case at most."""
EXAMPLES = ("low_back_paid", "neck_denied_appealed", "ohio_not_covered_hsa")
DAYS = ("2026-02-20", "2026-07-01", "2026-10-12")


def made(name: str, folder: Path) -> tuple[Path, date]:
    """The case of that name in `folder`, and the day on which it is looked at."""
    if name in CASES:
        day, build = CASES[name]
        return write_case(folder, build()), day
    example, _, when = name.partition(" on ")
    day = date.fromisoformat(when)
    return as_of(example, day, folder), day


ALL = [*CASES, *(f"{name} on {day}" for name in EXAMPLES for day in DAYS)]
QUICK = tuple(f"{name} on {DAYS[1]}" for name in EXAMPLES)
"""Those of every run of the tests; the others take minutes."""


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(
            name,
            marks=[] if TRUST or name in QUICK else pytest.mark.skip(reason="takes minutes; set MASSAGE_CLAIM_TRUST=1"),
        )
        for name in ALL
    ],
)
def test_each_printed_command_works_when_typed(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    case, day = made(name, tmp_path / "case")
    monkeypatch.setenv("MASSAGE_CLAIM_TODAY", day.isoformat())
    monkeypatch.setattr(ask, "possible", lambda no_input: not no_input)
    monkeypatch.setattr(ask.Asker, "_read", _leave)
    waiting = [("", list(words), case) for words in ASKED]
    typed: set[str] = set()
    wrong = []
    for number in range(MOST):
        if not waiting:
            break
        printed, words, before = waiting.pop(0)
        folder = Path(shutil.copytree(before, tmp_path / str(number)))
        (folder / "scan.pdf").write_bytes(a_pdf(f"A scan of the signed paper {number}"))
        (folder / "visits.csv").write_text("Date,Code,Minutes,Price\n2026-03-19,97124,60,95.00\n", encoding="utf-8")
        words = [filled(word, folder, words, day) for word in words]
        ran = run(*words, "--json", "-C", folder)
        if printed and ran.code in USED_WRONGLY:
            wrong.append(f"{printed}\n  typed: {shlex.join(words)}\n  {USED_WRONGLY[ran.code]}: {ran.flat}")
        for text in every_text(ran.json if ran.out.startswith("{") else ran.out):
            for line in commands_in(text):
                if line not in typed:
                    typed.add(line)
                    waiting.append((f"{line}   (in: {text})", shlex.split(line)[1:], folder))
    assert len(typed) > 5
    assert not wrong, "\n".join(wrong)


def _leave(asker: object, prompt: str) -> str:
    """Somebody who presses Ctrl-C at the first question: the command came as far as asking."""
    raise KeyboardInterrupt
