"""One run of the guide: the case it works on, what it wrote, what the person left for later or did not know."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from massage_claim.cli.ask import Asker, Unknown
from massage_claim.cli.form import Node, Tree
from massage_claim.command_text import spell
from massage_claim.journey import STEPS

if TYPE_CHECKING:
    from massage_claim.actions.guide.interview import Interview
    from massage_claim.actions.project import Opened
    from massage_claim.actions.result import Result

T = TypeVar("T")

OPTIONS: Mapping[str, str] = {}
"""The guide has no options to name: a field's own name stands in a refusal."""

_AN_OPTION = re.compile(r"(?<![\w`])--[a-z]")
"""What tells a person to type an option is for the command line; the guide asks."""

_SHEETS = {
    "plan": ("the plan", spell("verify-coverage", call_sheet=True)),
    "therapist": ("the therapist", spell("check", ask="therapist")),
    "doctor": ("the doctor", spell("check", ask="provider")),
}
"""Who may know → how they are called, and the command that makes the sheet of questions."""


_MOST = 12


@dataclass
class Run:
    """`passed`: parts left for later. `retried`: parts begun anew after a refusal. `written`: every file of this run, once.

    `skipped`: record and path of values that were asked for in this run and not given. `spread`: of an answer that fills
    several fields, what empties them, for who goes back to it. `price`: what one visit costs, as said. `nothing_more`: the next move,
    when the run ends before the case does. `has_answer`: the person said that the plan's answer is at hand.
    """

    project: Path
    asker: Asker
    passed: set[str] = field(default_factory=set)
    retried: set[str] = field(default_factory=set)
    written: list[str] = field(default_factory=list)
    nothing_more: str | None = None
    has_answer: bool = False
    skipped: set[tuple[str, str]] = field(default_factory=set)
    price: str | None = None
    spread: dict[tuple[str, str], list[tuple[str, str | None]]] = field(default_factory=dict)
    _of_step: list[str] = field(default_factory=list)
    _told: int = 0

    def opened(self) -> Opened:
        """The case as it is on the disk now."""
        from massage_claim.actions.project import open_case, open_place
        from massage_claim.actions.record import drafts

        place = open_place(self.project)
        self.asker.known = cache(lambda folder: (folder,) if folder == "patient" else drafts.known(place, folder))
        self.asker.project = self.project
        return open_case(self.project)

    def say(self, words: str) -> None:
        self.asker.say(words)

    def keep(self, answer: Result) -> Result:
        """Says what an action wrote, and what it has to say besides; its next command is the guide's own matter."""
        self.say("")
        for sentence in (*answer.says, *answer.notes):
            if not _AN_OPTION.search(sentence):
                self.say(sentence)
        self.note(answer.written)
        return answer

    def note(self, files: Sequence[str]) -> None:
        """Remembers written files for the end of the step."""
        for file in files:
            for kept in (self.written, self._of_step):
                if file not in kept:
                    kept.append(file)

    def leave(self, part: Interview) -> None:
        """This part is not asked for again in this run."""
        self.passed.add(part.key)

    def just_asked(self, record: str, path: str) -> bool:
        """Whether a value was asked for in this run, alone or with the whole record."""
        with_its_record = f"{record}.yaml" in self.written and "/" in record
        return with_its_record or (record, path) in self.skipped

    def begin_step(self, number: int) -> None:
        """Which step this is, and the question it answers."""
        found = next((step for step in STEPS if step.number == number), None)
        if found is not None:
            self.say("")
            self.say(f"STEP {number} OF {len(STEPS)}, {found.title.upper()}. {found.question}")

    def end_of_step(self, number: int, following: str) -> None:
        """What was written in this step, what to ask whom, and the next move."""
        title = next((step.title for step in STEPS if step.number == number), None)
        not_known = self.asker.not_known[self._told :]
        self._told = len(self.asker.not_known)
        if title is None or not (self._of_step or not_known):
            return
        self.say("")
        self.say(f"End of step {number}, {title}, as far as it goes now.")
        if self._of_step:
            self.say(f"Written: {', '.join(self._of_step)}.")
        for line in to_ask(not_known):
            self.say(line)
        self.say(f"Next: {following}.")
        self._of_step = []

    def ask(self, part: Interview, questions: Callable[[], T]) -> T | None:
        """What the questions give; None while a needed one is open: the answers are kept, the record waits, and the path goes on."""
        answers = self.asker.part(questions, round_of(part))
        if not self.asker.open:
            return answers
        self.say("")
        self.say(
            f"Not written yet: {', '.join(self.asker.open)}. What you answered is kept, and it is on the list of what to ask."
        )
        self.leave(part)
        return None

    def done(self, part: Interview) -> None:
        """The part's record is written."""
        self.asker.done(round_of(part))

    def refuse_npi(self, tree: Tree, answer: str) -> tuple[str, str] | None:
        """Refuses ten digits that can be no NPI."""
        from massage_claim.actions.project import iso_day
        from massage_claim.actions.record.new_provider import refused_npi
        from massage_claim.facts.library import facts_on

        return refused_npi(answer, facts_on(iso_day(self.asker.today)))


def round_of(part: Interview) -> str:
    """The name under which the answers of a part are kept until its record is whole."""
    about = re.sub(r"[^a-z0-9]+", "-", part.about.lower()).strip("-") if part.task not in _SERIES else ""
    return "-".join(word for word in ("guide", part.task, about) if word)[:80]


_SERIES = frozenset({"visit", "payment", "sent-before"})
"""Parts that come again and again: what was begun goes on, whichever turn it is."""


def to_ask(not_known: Sequence[Unknown]) -> list[str]:
    """What the person did not know, by who may know it, with the sheet that asks for it."""
    lines = []
    for who, (name, sheet) in _SHEETS.items():
        labels = [unknown.label for unknown in not_known if unknown.who == who]
        if labels:
            lines += [f"Ask {name}:", *_listed(labels), f"  All of it, ready to use: {sheet}"]
    labels = [unknown.label for unknown in not_known if unknown.who is None]
    return [*lines, "To look up:", *_listed(labels)] if labels else lines


def _listed(labels: Sequence[str]) -> list[str]:
    """One on a line, each once; so many that a screen holds them."""
    once = list(dict.fromkeys(labels))
    rest = len(once) - _MOST
    return [f"- {label}" for label in once[:_MOST]] + ([f"- and {rest} more"] if rest > 0 else [])


def spoken_by(tree: Tree, who: str) -> Tree:
    """The tree with the speaker put to every statement about the condition."""

    def told(node: Node) -> Node:
        if isinstance(node, list):
            return [told(item) for item in node]
        return {**node, "said_by": who} if isinstance(node, dict) else node

    names = ("cause", "history", "treatments_tried", "limits", "goals")
    return {name: told(value) if name in names else value for name, value in tree.items()}
