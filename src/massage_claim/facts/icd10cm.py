"""The list of diagnosis codes of one ICD-10-CM release: what a code is, what it is called, which days the list covers. Unpacks the
codes when one is first looked up, and the titles when one is first asked for. A damaged file raises `errors.Unreadable`.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import Literal

from massage_claim.errors import Problem, Unreadable, Where
from massage_claim.facts.codes import DiagnosisRelease, EarlierCodes

State = Literal["billable", "header", "unknown"]

_SEVENTH = 7  # the place of the character that says which encounter it is; X fills the places before it


class Icd10cm:
    """One release. `earlier` is the code list that was in use before ICD-10-CM."""

    def __init__(self, release: DiagnosisRelease, earlier: EarlierCodes, folder: Path = Path(__file__).parent) -> None:
        self.release = release
        self.earlier = earlier
        self._file = folder / release.file

    def covers(self, day: date) -> bool:
        """Whether the list is the one for visits on that day."""
        return self.release.holds_on(day)

    def state(self, code: str) -> State:
        """`header`: finer codes begin with it, so it can't be billed. `unknown`: the list doesn't have it."""
        found = self._found(code)
        return "unknown" if found is None else "header" if found[0] else "billable"

    def lacks_side(self, code: str) -> bool:
        """Whether the code leaves open which side, though the list has the same for the right and for the left."""
        found = self._found(code)
        return found is not None and found[1]

    def title(self, code: str) -> str | None:
        """The official title; None for a code the list doesn't have, and in chapters whose titles don't ship."""
        plain = _plain(code)
        titles = self._titles(plain[:3])
        if plain in titles:
            return titles[plain]
        base = plain[: _SEVENTH - 1].rstrip("X")
        if len(plain) != _SEVENTH or base not in titles or self.state(code) != "billable":
            return None
        end = self._ends(base).get(plain[-1])
        return f"{titles[base]}, {end}" if end else None

    def filled(self, code: str) -> str | None:
        """The same code with the filling X that it lacks before its last character (S13.4D: S13.4XXD), else None."""
        plain = _plain(code)
        missing = _SEVENTH - len(plain)
        if missing < 1 or len(plain) < 4 or self.state(code) != "unknown":
            return None
        whole = _dotted(plain[:-1] + "X" * missing + plain[-1])
        return whole if self.state(whole) == "billable" else None

    def explain_words(self, code: str) -> tuple[str, ...]:
        """What a layperson should know of the code, in plain sentences; never which code to use instead."""
        name, title, state = _dotted(_plain(code)), self.title(code), self.state(code)
        called = f"{name} ({title})" if title else name
        if state == "unknown":
            return (f"{name} is not in the list of diagnosis codes ({self.release.name}).",)
        if state == "header":
            more = "A heading cannot be billed. Ask the prescriber for the finer code."
            return (f"{called} is a heading in the list of diagnosis codes.", more)
        said = (f"{called} is a diagnosis code.", "It can be billed when the prescriber made the diagnosis.")
        return (*said, "It leaves open which side; ask the prescriber to name it.") if self.lacks_side(code) else said

    def billable_codes(self) -> Iterator[str]:
        """Every code that can be billed, in order."""
        for line in self._codes.split():
            yield from (_dotted(plain) for plain in _leaves(line))

    # --- the packed file

    @cached_property
    def _streams(self) -> tuple[bytes, bytes]:
        where = Where(f"facts/{self.release.file}")
        try:
            data = self._file.read_bytes()
            first = zlib.decompressobj()
            codes = first.decompress(data)
        except (OSError, zlib.error):
            data, codes = b"", b""
        if len(data) != self.release.size or not codes:
            fix = "Install massage-claim again; the file is part of the program."
            raise Unreadable(Problem("The list of diagnosis codes is missing or damaged.", fix, where))
        return codes, first.unused_data

    @cached_property
    def _codes(self) -> str:
        return self._streams[0].decode("ascii")

    @cached_property
    def _title_lines(self) -> str:
        return zlib.decompress(self._streams[1]).decode("utf-8")

    def _found(self, code: str) -> tuple[bool, bool] | None:
        """Whether finer codes begin with it, and whether it lacks a side; None when the list doesn't have it."""
        plain = _plain(code)
        tree = _line(self._codes, plain[:3]) if len(plain) >= 3 else None
        if tree is None:
            return None
        at, finer, lacks_side = 0, bool(tree), False
        for letter in plain[3:]:
            while finer and at < len(tree) and tree[at] not in (letter, ")"):
                at = _after(tree, at)
            if not finer or at >= len(tree) or tree[at] == ")":
                return None
            at += 1
            if tree[at : at + 1] == "~":
                lacks_side, at = True, at + 1
            finer = tree[at : at + 1] == "("
            at += finer
        return finer, lacks_side

    def _titles(self, category: str) -> dict[str, str]:
        line = _line(self._title_lines, f"{category}\t")
        titles: dict[str, str] = {}
        end = title = ""
        for entry in line.split("\t") if line else ():
            of_code, _, of_title = entry.partition("=")
            end = end[: ord(of_code[0]) - 48] + of_code[1:]
            title = title[: ord(of_title[0]) - 48] + of_title[1:]
            titles[category + end] = title
        return titles

    def _ends(self, base: str) -> dict[str, str]:
        """What the 7th character says, as stated at the code or at the nearest heading above it."""
        for length in range(len(base), 2, -1):
            line = _line(self._title_lines, f"={_dotted(base[:length])}\t")
            if line:
                return {entry[0]: entry[1:] for entry in line.split("\t")}
        return {}


@cache
def code_list(release: DiagnosisRelease, earlier: EarlierCodes) -> Icd10cm:
    """The list of that release, opened once."""
    return Icd10cm(release, earlier)


def release_for(day: date, releases: Sequence[DiagnosisRelease]) -> DiagnosisRelease:
    """The newest release that covers the day, else the last one before it, else the first there is."""
    in_order = sorted(releases, key=lambda release: (release.valid_from, release.released))
    covering = [release for release in in_order if release.holds_on(day)]
    before = [release for release in in_order if release.valid_from <= day]
    return (covering or before or in_order[:1])[-1]


def _plain(code: str) -> str:
    return code.strip().upper().replace(".", "")


def _dotted(plain: str) -> str:
    return f"{plain[:3]}.{plain[3:]}" if len(plain) > 3 else plain


def _line(text: str, beginning: str) -> str | None:
    """What follows the beginning of the line that has it."""
    start = text.find(f"\n{beginning}")
    if start < 0:
        return None
    start += 1 + len(beginning)
    return text[start : text.index("\n", start)]


def _after(tree: str, at: int) -> int:
    """The place after the character at `at`, its mark and everything below it."""
    at += 1
    if tree[at : at + 1] == "~":
        at += 1
    if tree[at : at + 1] != "(":
        return at
    depth = 0
    while True:
        depth += (tree[at] == "(") - (tree[at] == ")")
        at += 1
        if depth == 0:
            return at


def _leaves(line: str) -> Iterator[str]:
    path, above = line[:3], [line[:3]]
    for n, sign in enumerate(line[3:], start=3):
        following = line[n + 1 : n + 2]
        if sign == "(":
            above.append(path)
        elif sign == ")":
            above.pop()
        elif sign != "~":
            path = above[-1] + sign
            if following != "(" and line[n + 1 : n + 3] != "~(":
                yield path
    if len(line) == 3:
        yield line
