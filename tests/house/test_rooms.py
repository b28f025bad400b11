"""A newcomer finds a file by its name: each says what it is, only once in the house, and its first sentence is plain."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from pathlib import Path

import pytest

import massage_claim

HOUSE = Path(massage_claim.__file__).parent
ROOMS = (
    "actions",
    "calc",
    "checks",
    "cli",
    "documents",
    "exchange",
    "facts",
    "models",
    "packet",
    "pdf",
    "store",
    "writing",
)
"""Every room."""

A_COMMAND = frozenset({"appeal"})
"""A command's file bears the command's name, which is also that of its record."""

PARTICIPLES = frozenset(
    "built done found given gone held kept known left made meant met paid said seen sent set shown taken thought told "
    "understood unfit written".split()
)
REAL_NOUNS = frozenset({"bed", "feed", "need", "seed", "speed", "heading", "king", "ring", "string", "thing", "wing"})
_WITH_A_PREPOSITION = re.compile(r"([a-z]+)_(apart|for|from|in|of|on|otherwise|out|through|to|up)")
"""`asked_for`, `standing_in`: what the file is stands before the preposition."""


def modules(room: str = "") -> list[Path]:
    return sorted((HOUSE / room).rglob("*.py"))


def is_participle(name: str) -> bool:
    fits = _WITH_A_PREPOSITION.fullmatch(name)
    word = fits[1] if fits else name.rpartition("_")[2]
    return word in PARTICIPLES or (word.endswith(("ed", "ing")) and word not in REAL_NOUNS)


def first_paragraph(path: Path) -> str:
    return (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").partition("\n\n")[0]


def shared_names(paths: list[Path]) -> dict[str, list[str]]:
    """Name → the rooms of several modules called so. A command and its action bear the command's name."""
    rooms: dict[str, list[str]] = defaultdict(list)
    for path in paths:
        if path.stem not in ("__init__", "__main__"):
            rooms[path.stem].append(path.relative_to(HOUSE).parts[0])
    return {name: found for name, found in rooms.items() if len(found) > 1 and sorted(found) != ["actions", "cli"]}


def test_no_two_modules_bear_one_name() -> None:
    assert set(shared_names(modules())) - A_COMMAND == set()


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_shares_no_name_at_all(room: str) -> None:
    own = {path.stem for path in modules(room)} - {"__init__"}
    others = {path.stem for path in modules() if path.relative_to(HOUSE).parts[0] != room}
    assert own & others - A_COMMAND == set()


@pytest.mark.parametrize("room", [room for room in ROOMS if room != "checks"])  # a check is a statement
def test_files_are_nouns_or_statements(room: str) -> None:
    names = {path.stem for path in modules(room)}
    assert sorted(filter(is_participle, names)) == []


@pytest.mark.parametrize(
    "name", ["decided", "measuring", "looked_for", "standing_in", "appeal_said", "unfit", "eob_shown"]
)
def test_a_participle_is_seen(name: str) -> None:
    assert is_participle(name)


@pytest.mark.parametrize("name", ["decisions", "sending_rules", "expected_payment", "front_matter", "only_what_draws"])
def test_a_noun_or_statement_is_none(name: str) -> None:
    assert not is_participle(name)


@pytest.mark.parametrize("room", ROOMS)
def test_every_module_begins_with_a_plain_sentence(room: str) -> None:
    guilty = {
        path.relative_to(HOUSE).as_posix(): first or "no docstring"
        for path in modules(room)
        if not (first := first_paragraph(path)) or re.search(r"\b[Tt]akes\b.*\bgives\b|^Takes\b", first, re.DOTALL)
    }
    assert guilty == {}
