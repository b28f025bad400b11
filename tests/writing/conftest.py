"""Papers in a temporary folder, and the hostile strings if they are there."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from massage_claim.errors import Problem, Unreadable
from massage_claim.writing.blocks import Block
from massage_claim.writing.front_matter import Vocabulary
from massage_claim.writing.markdown import Slot
from massage_claim.writing.shelf import Library

WORDS = Vocabulary(
    steps=frozenset({"get-prescription", "submit"}),
    per=frozenset({"case", "claim"}),
    when=frozenset({"has_prescription"}),
    signers=frozenset({"patient", "none"}),
    packets=frozenset({"claim", "appeal"}),
)
HEAD = "---\ntitle: A paper\nstep: submit\nper: case\nsigner: none\n---\n"
HEAD_LINES = 6
STRINGS = Path(__file__).parents[2].parent / "shared" / "corpus" / "strings"


class Papers:
    """Two folders of templates, the person's own and the shipped one."""

    def __init__(self, folder: Path) -> None:
        self.own = folder / "project" / "templates"
        self.shipped = folder / "program" / "templates"
        for each in (self.own, self.shipped):
            (each / "parts").mkdir(parents=True)

    def write(self, file: str, text: str, *, shipped: bool = False) -> Path:
        path = (self.shipped if shipped else self.own) / file
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def library(self) -> Library:
        return Library([self.own, self.shipped], WORDS)

    def blocks(
        self, body: str, values: Mapping[str, object] | None = None, slots: Mapping[str, Slot] | None = None
    ) -> tuple[Block, ...]:
        """The blocks of a paper with that body."""
        self.write("paper.md.j2", HEAD + body)
        return self.library().render("paper", values or {}, slots or {})

    def problems(
        self, body: str, values: Mapping[str, object] | None = None, slots: Mapping[str, Slot] | None = None
    ) -> tuple[Problem, ...]:
        """The problems of a paper with that body; fails when there are none."""
        with pytest.raises(Unreadable) as caught:
            self.blocks(body, values, slots)
        assert caught.value.problems
        return caught.value.problems


@pytest.fixture
def papers(tmp_path: Path) -> Papers:
    return Papers(tmp_path)


@pytest.fixture(scope="session")
def corpus() -> Callable[[str], list[str]]:
    """The strings of one corpus file; skips when the corpus is not beside the checkout."""

    def strings(file: str) -> list[str]:
        path = STRINGS / file
        if not path.is_file():
            pytest.skip(f"the corpus of hostile strings is not beside the checkout: {file}")
        text = path.read_text(encoding="utf-8")
        if file.endswith(".json"):
            return [str(each) for each in json.loads(text)]
        return [line for line in text.splitlines() if line.strip()]

    return strings
