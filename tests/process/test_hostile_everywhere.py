"""Whatever stands in any free-text field of any record: no paper and no screen follows it, loses it, or fails.

The fields come from the models, the papers from templates/, the screens are listed here: a new one is taken along or named
as missing. A sample of the collected strings; MASSAGE_CLAIM_TRUST=1 takes all of them through the fields in turn.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import unicodedata
from collections.abc import Callable, Collection, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import TypeVar

import pikepdf
import pytest

from builders import write_case
from commands import run
from marked_case import denied_case, marked, practice_case, waiting_case
from massage_claim.actions.packets.pieces import FRONT
from massage_claim.actions.papers.single_paper import paper
from massage_claim.cli import show
from massage_claim.cli.screen import draw
from massage_claim.documents.papers import paper_library
from massage_claim.errors import NotReady, UsageProblem
from massage_claim.models.case import Case
from massage_claim.packet.pdf_file import read_texts
from massage_claim.pdf import alphabet
from massage_claim.writing.blocks import Run, Signature
from papers import every, squeezed, today_is

STRINGS = Path(__file__).resolve().parents[2].parent / "shared" / "corpus" / "strings"
Thing = TypeVar("Thing")
EVERYTHING = os.environ.get("MASSAGE_CLAIM_TRUST") == "1"
CASES: dict[str, tuple[Callable[[], Case], date]] = {
    "practice": (practice_case, date(2026, 3, 20)),
    "waiting": (waiting_case, date(2026, 5, 4)),
    "denied": (denied_case, date(2026, 5, 4)),
}
SCREENS = (
    ["status"],
    ["check"],
    ["check", "--ask", "therapist"],
    ["check", "--ask", "plan"],
    ["deadlines"],
    ["progress"],
    ["verify-coverage", "--worth"],
    ["verify-coverage", "--call-sheet"],
    ["log-contact", "--script"],
    ["submit", "--checklist"],
    ["submit", "--portal", "--checklist"],
    ["paper"],
)
OWN = (
    "{{ 7 * 7 }}{% for x in ().__class__ %}",
    "{#comment#} {{ config }} ${7*7} #{7*7}",
    "<img src=\"/etc/passwd\"/> <a href='javascript:x'>x</a> </para>",
    "=cmd|' /C calc'!A0",
    "+1+1 @SUM(1) -2",
    "../../../etc/passwd",
    "::: pagebreak",
    "| a | b | # h *x* `y` ![z](file:///etc/passwd)",
    "---",
    "[31mred]0;title",
    "&#60;b&#62; &lt;i&gt; &amp;amp;",
    "BEGIN:VEVENT\\nSUMMARY:x",
    "\\textbf{x} %s %(name)s {0} $HOME `id`",
    "!!python/object/apply:os.system ['x'] &a *a",
)


@cache
def collected() -> tuple[str, ...]:
    """Every collected string on one line, when they lie beside this checkout."""
    found = list(OWN)
    if STRINGS.is_dir():
        found += json.loads((STRINGS / "blns.json").read_text("utf-8"))
        found += (STRINGS / "ssti" / "ssti.fuzz").read_text("utf-8").splitlines()
        found += (STRINGS / "traversal" / "directory_traversal.txt").read_text("utf-8").splitlines()[::20]
        names = (STRINGS / "names" / "faker_36_locales.tsv").read_text("utf-8").splitlines()[1::3]
        found += [line.split("\t")[1] for line in names]
    plain = (re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]", " ", one).strip() for one in found)
    return tuple(dict.fromkeys(one for one in plain if one and len(one) <= 300 and not alphabet.unprintable(one)))


class Words:
    """Gives each field a string of its own, between signs that tell which one it is."""

    def __init__(self, start: int) -> None:
        self.start = start
        self.given: list[str] = []

    def __call__(self, one_line: bool) -> str:
        strings = collected()
        number = len(self.given)
        self.given.append(f"Zq{number}q{strings[(self.start + number) % len(strings)]}q{number}Z")
        return self.given[-1]

    def lost_in(self, text: str) -> list[str]:
        """The values that stand in the squeezed text otherwise than as they were typed."""
        begun = re.finditer(r"Zq(\d+)q", text)
        return [
            text[found.start() :][:80]
            for found in begun
            if not text.startswith(squeezed(self.given[int(found[1])]), found.start())
        ]

    def shown_in(self, text: str) -> set[str]:
        return {self.given[int(number)] for number in re.findall(r"Zq(\d+)q", text)}


def stands(typed: str, shown: str) -> bool:
    """In one piece, or as the lines of a cell whose neighbours' lines stand between them."""
    while typed not in shown:
        cut = max((at for at in range(6, len(typed)) if typed[:at] in shown), default=0)
        if not cut:
            return False
        typed = typed[cut:]
    return True


def compared(text: str) -> str:
    """For comparing with a PDF's text: a reader takes a hyphen at a line's end away."""
    return unicodedata.normalize("NFKC", squeezed(text)).translate(dict.fromkeys(map(ord, "-\x02\ufffe\xad‐")))


def steers(text: str) -> list[str]:
    """What would move, colour or reorder a terminal."""
    return [letter for letter in text if letter != "\n" and unicodedata.category(letter) in ("Cc", "Cf", "Zl", "Zp")
            and letter not in "\u200c\u200d\u00ad"]  # fmt: skip


def thinned(things: Sequence[Thing], every: int) -> Sequence[Thing]:
    return things if EVERYTHING else things[::every]


@pytest.mark.parametrize("start", range(0, len(collected()), 150) if EVERYTHING else [0])
def test_no_paper_and_no_screen_follows_loses_or_fails_at_a_value(start: int, tmp_path: Path) -> None:
    made = set(FRONT)
    for number, (name, (make, day)) in enumerate(CASES.items()):
        words = Words(start + 200 * number)
        case, count = marked(make(), words)
        assert count > 90
        folder = write_case(tmp_path / name, case)
        with today_is(day):
            _screens(folder, SCREENS if EVERYTHING else SCREENS[number :: len(CASES)])
            made |= _papers(folder, words, frozenset() if EVERYTHING else made)
            _packets(folder, words, name)
    assert made == set(ALL_PAPERS), "a paper that none of these cases makes would go untested"


def _screens(folder: Path, screens: Sequence[list[str]]) -> None:
    for screen in screens:
        shown = run(*screen, "-C", folder)
        assert shown.code in (0, 1), (screen, shown.err)
        assert steers(shown.out + shown.err) == [], screen
    for screen in thinned(screens, 3):
        said = run(*screen, "-C", folder, "--json")
        assert (said.code, said.err, said.json["exit"]) in ((0, "", 0), (1, "", 1)), screen


def _papers(folder: Path, words: Words, without: Collection[str]) -> set[str]:
    """The names of the further papers that could be made; each shows its values whole, on the screen and in its PDF."""
    made: dict[str, str] = {}
    for name in (one for one in ALL_PAPERS if one not in without):
        try:
            blocks = paper(folder, name, preview=True).blocks
        except (NotReady, UsageProblem):
            continue
        pieces = list(every(blocks))
        said = squeezed("".join(piece.text for piece in pieces if isinstance(piece, Run)))
        said += squeezed("".join(piece.under for piece in pieces if isinstance(piece, Signature)))
        assert words.lost_in(said) == [], name
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            draw(blocks, show.visible)
        assert steers(printed.getvalue()) == [], name
        made[name] = said
    for name in thinned(list(made), 4):
        files = (folder / one for one in paper(folder, name).written if one.startswith("out/"))
        text = "".join(compared(" ".join(read_texts(file.read_bytes()))) for file in files)
        for typed in words.shown_in(made[name]):
            assert stands(compared(alphabet.clean(typed)), text), (name, typed)
    return set(made)


def _packets(folder: Path, words: Words, name: str) -> None:
    """Drafts: of marked records the checks would refuse the packet itself. Its parts are made of the same pieces."""
    for command in PACKETS[name]:
        ran = run(*command, "-C", folder, "--json")
        assert ran.code == 0, (command, ran.out)
        (file,) = (one for one in ran.json["written"] if one.endswith(".pdf"))
        data = (folder / file).read_bytes()
        text = compared(" ".join(read_texts(data)))
        shown = words.shown_in(text)
        assert len(shown) > 15, command
        for typed in shown:
            assert stands(compared(alphabet.clean(typed)), text), (command, typed)
        with pikepdf.open(io.BytesIO(data)) as pdf:
            about = f"{dict(pdf.docinfo)} {pdf.open_metadata()}"
        assert "Zq" not in about, "the file's own data names somebody"


ALL_PAPERS = paper_library(None).names()
PACKETS: dict[str, list[list[str]]] = {
    "practice": [["build-packet", "--draft"]] if EVERYTHING else [],
    "waiting": [],
    "denied": [["appeal", "--draft"]],
}
