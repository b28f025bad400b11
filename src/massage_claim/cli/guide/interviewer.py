"""The guide's way of asking: one question at a time on at most 80 columns, with the words back, skip and stop.

A part of the interview is a function that asks. To go back, its answers are kept and the part runs again, given all but
the last one; so every form that `Asker` can fill can be gone back in.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator, Sequence
from dataclasses import field
from typing import TypeVar

from massage_claim.cli import show
from massage_claim.cli.ask import NONE, Asker, BackError, Check
from massage_claim.cli.asked_field import chosen
from massage_claim.cli.form import Tree
from massage_claim.errors import Problem, UsageProblem
from massage_claim.frozen import dataclass

T = TypeVar("T")
WIDTH = 80
HOW = (
    "How to answer: type, then press Enter. Enter alone takes what stands in [brackets], or leaves the question empty.",
    "?     I don't know. It is put on the list of what to ask, and you go on.",
    "back  the question before.   skip  leave this question empty.",
    "stop  end here. What is written stays, and the guide goes on from there next time. Ctrl-C does the same.",
)


class StopError(Exception):
    """The person wants to end here."""


class NotKnownError(Exception):
    """The person does not know what the record can't do without."""


class EndedError(UsageProblem):
    """The answers came to an end: a closed terminal, or Ctrl-D."""


@dataclass(frozen=True)
class Unknown:
    """What the person did not know, and who may."""

    who: str | None
    label: str


@dataclass(frozen=False)
class Interviewer(Asker):
    """Asks in a terminal. `not_known` grows over the whole run; `asked` counts the prompts."""

    not_known: list[Unknown] = field(default_factory=list)
    asked: int = 0
    _said: list[tuple[str | None, Unknown | None]] = field(default_factory=list)
    _before: dict[tuple[int, str], str] = field(default_factory=dict)
    _place: int = 0
    _body_words: frozenset[str] = frozenset({"What hurts", "Body regions", "Body regions to treat"})

    def explain(self) -> None:
        """Says once how to answer."""
        if not self._explained:
            self._explained = True
            for line in HOW:
                self.say(line, hang=6 if line[5:6] == " " else 0)

    def _with_back(self, ask: Callable[[], Tree]) -> Tree:
        return ask()  # the part that asks knows the way back

    def part(self, ask: Callable[[], T]) -> T:
        """What `ask` gives; the word back runs it again from the answer before."""
        self._said, self._before = [], {}
        while True:
            self._place = 0
            try:
                done = ask()
            except BackError:
                if self._said:
                    self._said.pop()
                else:
                    self.say("There is no question before it in this part. What is written stays as it is.")
                    self.say("To change it later: massage-claim edit, with the name of the record.")
                continue
            except NotKnownError:
                self._keep()
                raise
            self._keep()
            return done

    def _keep(self) -> None:
        self.not_known += [note for _, note in self._said if note is not None]
        self._said = []

    @property
    def again(self) -> bool:
        """True while answers from before are being given again."""
        return self._place < len(self._said)

    def say(self, words: str = "", *, hang: int = 0) -> None:
        """A sentence of the program's, wrapped; not while answers are given again."""
        if not self.again:
            begins = len(words) - len(words.lstrip())
            for line in _wrapped(words, hang=" " * (hang or begins)):
                show.plainly(line)

    def one(
        self,
        label: str,
        sentence: str = "",
        *,
        check: Check = lambda answer: None,
        usual: str | None = None,
        required: bool = False,
        who: str | None = None,
        never_unknown: bool = False,
    ) -> str | None:
        """One answer, or None when it is skipped or not known.

        Raises BackError, StopError, EndedError; NotKnownError when a needed one is not known.
        """
        if self.again:
            answer, _ = self._said[self._place]
            self._place += 1
            return answer
        usual = self._before.get((self._place, label), usual)
        answer, note = self._asked(label, sentence, check, usual, required, who, never_unknown)
        if answer is not None:
            self._before[(self._place, label)] = answer
            self.forget(label)
        self._said.append((answer, note))
        self._place += 1
        if required and answer is None:
            raise NotKnownError(label)
        return answer

    def forget(self, label: str) -> None:
        """What was not known before is known by now."""
        self.not_known = [unknown for unknown in self.not_known if unknown.label != label]

    def gate(self, question: str, sentence: str = "", *, usual: bool = False) -> bool:
        """A plain yes or no; what is not known is a no."""
        word = self.one(question, sentence, check=_yes_or_no, usual="yes" if usual else "no", never_unknown=True)
        return (word or "no").lower() in ("y", "yes")

    def gate_or_unknown(self, question: str, sentence: str = "", *, who: str | None = None) -> bool | None:
        """A yes or no, or None for a person who does not know; that is put on the list of what to ask."""
        word = self.one(question, sentence, check=_yes_or_no, usual="no", who=who)
        return word.lower() in ("y", "yes") if word is not None else None

    def choose(
        self,
        label: str,
        sentence: str,
        choices: Sequence[tuple[str, str]],
        *,
        usual: str | None = None,
        required: bool = False,
        who: str | None = None,
        never_unknown: bool = False,
    ) -> str | None:
        """One of several words: by its number, the word itself, or words that fit only that one."""
        lines = [f"{number:>2} {words}" for number, (_, words) in enumerate(choices, 1)]

        def check(answer: str) -> tuple[str, str] | None:
            if chosen(choices, answer) is not None:
                return None
            return "This is none of the choices.", f"Write a number from 1 to {len(choices)}."

        whole = "\n".join([*([sentence] if sentence else []), *lines])
        shown = next((str(n) for n, (word, _) in enumerate(choices, 1) if word == usual), None)
        answer = self.one(
            label, whole, check=check, usual=shown, required=required, who=who, never_unknown=never_unknown
        )
        return chosen(choices, answer) if answer is not None else None

    def _asked(
        self, label: str, sentence: str, check: Check, usual: str | None, required: bool, who: str | None, plain: bool
    ) -> tuple[str | None, Unknown | None]:
        self._show(label, sentence)
        while True:
            answer = self._prompt(usual)
            word = answer.lower()
            if word == "stop":
                raise StopError
            if word == "back" and not self._is_the_answer(label):
                raise BackError
            if word == "?" and not plain:
                if required:
                    self.say(f"Without it this can't be written down yet: {label}.")
                return None, None if label.startswith("Another ") else Unknown(who, label)
            if word in ("skip", "?", NONE) and not required:
                return None, None
            if not answer and usual is not None:
                answer = usual
            if not answer and not required:
                return None, None
            if not answer or word in ("skip", "?", NONE):
                leave = "Look it up, or write stop." if plain else "Write ? if you don't know it; the whole part waits."
                self.say(f"This one is needed. {leave}")
                continue
            taken = self._taken(label, answer, check)
            if taken is not None:
                return taken, None

    def _is_the_answer(self, label: str) -> bool:
        """`back` is also a part of the body."""
        if label not in self._body_words:
            return False
        self.say("Do you mean the part of the body? Write yes; Enter goes to the question before.")
        return self._prompt("no").lower() in ("y", "yes")

    def _show(self, label: str, sentence: str) -> None:
        show.plainly("")
        for line in _wrapped(label):
            show.plainly(line)
        plainly_the_same = sentence.strip(" .").casefold() == label.strip(" .").casefold()
        for words in sentence.split("\n") if sentence and not plainly_the_same else []:
            numbered = words[:2].strip().isdigit() and words[2:3] == " "
            for line in _wrapped(words, "  ", "     " if numbered else "  "):
                show.plainly(line)

    def _prompt(self, usual: str | None) -> str:
        self.asked += 1
        if usual is not None and len(usual) > WIDTH // 2:
            for line in _wrapped(f"Enter takes: {show.visible(usual)}", "  ", "  "):
                show.plainly(line)
            return self._read("> ").strip()
        return self._read(f"[{show.visible(usual)}] > " if usual else "> ").strip()

    def _read(self, prompt: str) -> str:
        try:
            return super()._read(prompt)
        except UsageProblem:
            says = "The answers came to an end. What was written stays."
            raise EndedError(Problem(says, "Go on with `massage-claim guide` in a terminal.")) from None


def _wrapped(words: str, first: str = "", hang: str | None = None) -> Iterator[str]:
    rest = first if hang is None else hang
    lines = textwrap.wrap(
        show.visible(words), WIDTH, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False
    )
    yield from lines or [""]


def _yes_or_no(answer: str) -> tuple[str, str] | None:
    return None if answer.lower() in ("y", "yes", "n", "no") else ("It is neither yes nor no.", "Write yes or no.")
