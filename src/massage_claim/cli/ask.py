"""The only prompter: every question of every command, of the guide and of `edit` is asked here, and answered in the same words.

Enter takes what stands in [brackets], or leaves the question empty. `?` is an answer: it means I don't know, and the question is
listed with who would. `help` explains, `skip` leaves empty, `back` goes to the question before, `stop` ends. None of these words is ever
kept. What was answered before a stop, or before Ctrl-C, waits in `.started/` and is not asked again.

Questions go to standard error, so that results stay alone on standard output.
"""

from __future__ import annotations

import datetime as dt
import sys
import textwrap
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from massage_claim.cli import show
from massage_claim.cli.form import Field, Form, Node, Rows, Tree, get, put
from massage_claim.cli.standpoint import from_here
from massage_claim.errors import NotReady, Problem, UsageProblem
from massage_claim.models.word_list import Choices, chosen, numbered

if TYPE_CHECKING:
    from massage_claim.actions.result import Result
    from massage_claim.models.record import Block
    from massage_claim.store.open_rounds import Said

T = TypeVar("T")
Refusal = tuple[str, str] | None
"""What is wrong with an answer and what to write instead, or None."""
Check = Callable[[str], Refusal]
Meant = Callable[[str], Sequence[str]]
"""What an answer may mean, in the writing that a record keeps."""

WIDTH = 80
NONE = "-"
HOW = (
    "How to answer: type, then press Enter. Enter alone takes what stands in [brackets], or leaves the question empty.",
    "?     I don't know. It is put on the list of what to ask, and you go on.",
    "help  what is meant.   back  the question before.   skip  leave this question empty.",
    "stop  end here. What is answered stays, and is not asked again next time. Ctrl-C does the same.",
)
_A_DAY = "2026-01-31"
"""A day as records keep it: what refuses it, too, is no question for a day."""
_SHOWN_RECORDS = 9


class BackError(Exception):
    """The person wants the question before."""


class StopError(Exception):
    """The person wants to end here."""


class EndedError(UsageProblem):
    """The answers came to an end: a closed terminal, or Ctrl-D."""


@dataclass(frozen=True)
class Unknown:
    """What the person did not know, and who may."""

    who: str | None
    label: str
    sentence: str = ""


def possible(no_input: bool) -> bool:
    """Whether somebody can be asked."""
    return not no_input and sys.stdin is not None and sys.stdin.isatty()


@dataclass
class Asker:
    """Asks one question at a time.

    `project`: where answers are kept until their record is whole; None before there is a case. `known`: the record ids of a folder. `not_known` grows
    over the whole run; `asked` counts the prompts; `open`: the needed questions of this round that nobody could answer.
    """

    project: Path | None = None
    known: Callable[[str], tuple[str, ...]] = lambda folder: ()
    today: str = ""
    not_known: list[Unknown] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    asked: int = 0
    skip_keeps: bool = False
    """Whether what is skipped or not known stays as it is: where a record is changed."""
    _explained: bool = False
    _round: str | None = None
    _said: list[tuple[Said, Unknown | None]] = field(default_factory=list)
    _before: dict[tuple[int, str], str] = field(default_factory=dict)
    _place: int = 0
    _resumed: int = 0
    _inside: bool = False

    # -- rounds of questions

    def part(self, ask: Callable[[], T], name: str | None = None) -> T:
        """What `ask` gives. The word back runs it again, given all answers but the last one.

        `name`: the round of questions, of which each answer is kept in the case until `done(name)`; a round that was stopped goes on where it ended.
        Raises StopError, EndedError.
        """
        self._said, self._before, self._round, self.open = [], {}, name, []
        self._inside = True
        self._resume()
        try:
            while True:
                self._place, self.open = 0, []
                try:
                    answers = ask()
                    self._keep(whole=not self.open)
                    return answers
                except BackError:
                    if self._said:
                        self._said.pop()
                        self._resumed = min(self._resumed, len(self._said))
                    else:
                        self.say("There is no question before it in this part. What is written stays as it is.")
        finally:
            self.not_known += [note for _, note in self._said if note is not None and note not in self.not_known]
            self._said, self._round, self._resumed, self._inside = [], None, 0, False

    def done(self, name: str) -> None:
        """The record of that round is written: its answers need not be kept."""
        if self.project is not None:
            from massage_claim.store import open_rounds

            open_rounds.drop(self.project, name)

    def _resume(self) -> None:
        """Takes the answers of a round that was stopped, and says so."""
        if self.project is None or self._round is None:
            return
        from massage_claim.store import open_rounds

        before, whole = open_rounds.read(self.project, self._round)
        if whole:  # it could not be written as it was: nothing is taken without a look
            self._before = {(n, said.question): said.answer for n, said in enumerate(before) if said.answer is not None}
            self.show("")
            self.show("You answered this before, and it was not written. Enter takes what you answered then.")
            return
        self._said = [(said, None) for said in before]
        self._resumed = len(self._said)
        given = [f"{said.question}: {said.answer}" for said, _ in self._said if said.answer is not None]
        if given:
            self.show("")
            self.show("You began this before. It goes on from there; back changes an answer.")
            for line in given:
                self.show(f"  {line}", hang=4)

    def _keep(self, *, whole: bool = False) -> None:
        if self.project is not None and self._round is not None and self._said:
            from massage_claim.store import open_rounds

            open_rounds.keep(self.project, self._round, [said for said, _ in self._said], whole=whole)

    @property
    def again(self) -> bool:
        """True while answers from before are being given again."""
        return self._place < len(self._said)

    # -- what is said

    def explain(self) -> None:
        """Says once how to answer."""
        if not self._explained:
            self._explained = True
            for line in HOW:
                self.show(line, hang=6 if line[5:6] == " " else 0)

    def say(self, words: str = "", *, hang: int = 0) -> None:
        """A sentence of the program's, wrapped; not while answers are given again."""
        if not self.again:
            self.show(words, hang=hang)

    def show(self, words: str, *, hang: int = 0) -> None:
        """A sentence of the program's, wrapped."""
        begins = len(words) - len(words.lstrip())
        for line in _wrapped(from_here(words, show.STANDPOINT), hang=" " * (hang or begins)):
            show.plainly(line)

    def with_unknown(self, answer: Result) -> Result:
        """The result, with what the person did not know among its notes."""
        notes = [_to_ask(unknown) for unknown in self.not_known]
        return replace(answer, notes=(*answer.notes, *notes)) if notes else answer

    # -- single questions

    def one(
        self,
        label: str,
        sentence: str = "",
        *,
        check: Check = lambda answer: None,
        usual: str | None = None,
        required: bool = False,
        who: str | None = None,
        plain: bool = False,
        help: str = "",
        choices: Choices = (),
        meant: Meant | None = None,
    ) -> str | None:
        """One answer, or None when it is left empty or not known.

        `required`: it can't be left empty, only be unknown; then it is among `open`. `plain`: not knowing it is the same as leaving it empty.
        `choices`: a closed answer, by number or word. `meant`: other writings of an answer that is refused; default: of days,
        amounts, times and the like. Raises BackError, StopError, EndedError.
        """
        if self.again:
            said, _ = self._said[self._place]
            if said.question == label and not (said.unknown and required and self._place < self._resumed):
                self._place += 1
                if said.answer is None and required:
                    self.open.append(label)
                return said.answer
            del self._said[self._place :]  # another question stands here now, or it may be known by now
            self._resumed = 0
        usual = self._before.get((self._place, label), usual)
        answer, note = self._asked(label, sentence, check, usual, required, who, plain, help, choices, meant)
        if answer is not None:
            self._before[(self._place, label)] = answer
            self.forget(label)
        if self._inside:
            self._note(label, answer, note)
        elif note is not None:
            self.not_known.append(note)
        if required and answer is None:
            self.open.append(label)
        return answer

    def _note(self, label: str, answer: str | None, note: Unknown | None) -> None:
        from massage_claim.store.open_rounds import Said

        self._said.append((Said(label, answer, unknown=note is not None), note))
        self._place += 1
        self._keep()

    def forget(self, label: str) -> None:
        """What was not known before is known by now."""
        self.not_known = [unknown for unknown in self.not_known if unknown.label != label]

    def gate(self, question: str, sentence: str = "", *, usual: bool = False) -> bool:
        """A plain yes or no; what is not known is a no."""
        word = self.one(question, sentence, check=_yes_or_no, usual="yes" if usual else "no", plain=True)
        return (word or "no").lower() in ("y", "yes")

    def gate_or_unknown(self, question: str, sentence: str = "", *, who: str | None = None) -> bool | None:
        """A yes or no, or None for a person who does not know; that is put on the list of what to ask."""
        word = self.one(question, sentence, check=_yes_or_no, usual="no", who=who)
        return word.lower() in ("y", "yes") if word is not None else None

    def choose(
        self,
        label: str,
        sentence: str,
        choices: Choices,
        *,
        usual: str | None = None,
        required: bool = False,
        who: str | None = None,
        plain: bool = False,
    ) -> str | None:
        """One of several words: by its number, the word itself, or words that fit only that one."""

        def check(answer: str) -> Refusal:
            if chosen(choices, answer) is not None:
                return None
            return "This is none of the choices.", f"Write a number from 1 to {len(choices)}."

        return self.one(
            label, sentence, check=check, usual=usual, required=required, who=who, plain=plain, choices=choices
        )

    def secret(self, question: str) -> str:
        """A password, not shown while it is typed. Raises EndedError when the answers end."""
        import getpass

        try:
            return getpass.getpass(f"{question} > ", stream=sys.stderr)
        except EOFError:
            raise _ended() from None

    # -- a whole record

    def fill(self, kind: type[Block], given: Tree, form: Form) -> Tree:
        """The tree with each field of the form asked for that was not given. Raises BackError, StopError, EndedError.

        What a needed field lacks is among `open` afterwards.
        """
        self.explain()
        tree = given
        for item in form:
            if get(tree, item.path) not in (None, []):
                continue
            tree = self._rows(kind, tree, item) if isinstance(item, Rows) else self._field(kind, tree, item, item.path)
        return tree

    def _rows(self, kind: type[Block], tree: Tree, rows: Rows) -> Tree:
        number = 0
        while True:
            for place, item in enumerate(rows.fields):
                path: tuple[str | int, ...] = (*rows.path, number, *item.path)
                needed = place == 0 and number == 0 and rows.required
                again = place == 0 and number > 0
                label = f"Another {rows.label}? {item.label}" if again else item.label
                must = needed and item.unknown is None
                tree = self._field(kind, tree, item, path, label=label, required=must, block=rows.block)
                if place == 0 and item.unknown is not None and get(tree, path) is None and self._just_unknown(needed):
                    tree = put(tree, path, item.unknown)
                if place == 0 and get(tree, path) is None:
                    return _without_last(tree, rows.path)
            number += 1

    def _just_unknown(self, needed: bool) -> bool:
        """Whether the last answer was `?`; a needed one that was left empty counts the same."""
        return needed or (bool(self._said) and self._said[self._place - 1][0].unknown)

    def _field(
        self,
        kind: type[Block],
        tree: Tree,
        item: Field,
        path: Sequence[str | int],
        *,
        label: str | None = None,
        required: bool | None = None,
        block: type[Block] | None = None,
    ) -> Tree:
        """The tree with the answer at `path`. `block`: the group that the field stands in, when that is a row of a list."""
        if item.when is not None and not item.when(tree):
            return tree
        names = tuple(name for folder in item.folders for name in self.known(folder))
        if item.folders and not names:
            if item.required:
                from massage_claim.actions.record.drafts import name_adder

                says = f"{item.option} names a record in {item.folders[0]}/, and there is none yet."
                raise UsageProblem(Problem(says, f"Write that one down first: {name_adder(item.folders[0])}."))
            return tree
        from massage_claim.cli.field_check import checker, value_of

        shown = _named(names, alone=len(item.folders) == 1)
        choices = item.choices or shown
        sentence = item.sentence
        if item.many:
            sentence += " Put commas between several."
        usual = item.usual(tree) if item.usual else None
        if usual is None and len(names) == 1 and not str(label).startswith("Another "):
            usual = names[0]  # with another row, Enter is the way out of the list
        answer = self.one(
            label or item.label,
            sentence.strip(),
            check=checker(kind, tree, item, path, names, self.today),
            usual=usual,
            required=item.required or item.must if required is None else required,
            who=item.who,
            help=item.help,
            choices=choices,
            meant=self._readings(kind, path),
        )
        return tree if answer is None else put(tree, path, value_of(item, answer))

    def _readings(self, kind: type[Block], path: Sequence[str | int]) -> Meant:
        from massage_claim.actions.record.usual_writings import readings

        today = dt.date.fromisoformat(self.today) if self.today else None
        return lambda text: readings(kind, path, text, today)

    # -- one prompt

    def _asked(
        self,
        label: str,
        sentence: str,
        check: Check,
        usual: str | None,
        required: bool,
        who: str | None,
        plain: bool,
        help: str,
        choices: Choices,
        meant: Meant | None,
    ) -> tuple[str | None, Unknown | None]:
        self._show_question(label, sentence, choices)
        place = next((str(n) for n, (word, _) in enumerate(choices, 1) if word == usual), usual)
        while True:
            answer = self._prompt(place)
            word = answer.lower()
            if word in ("help", "h"):
                self._help(label, sentence, help, who, choices)
                continue
            if word == "stop":
                if self._inside:
                    raise StopError
                raise NotReady(Problem("Stopped. Nothing was written.", "Give the command again when you are ready."))
            if word == "back" and not self._is_the_answer(label):
                if self._inside:
                    raise BackError
                self.show("There is no question before it.")
                continue
            if self.skip_keeps and word in ("skip", "?"):
                return usual, None
            if word == "?":
                if plain and not required:
                    return None, None
                return None, None if label.startswith("Another ") else Unknown(who, label, sentence)
            if word in ("skip", NONE) and not required:
                return None, None
            if not answer and usual is not None:
                return usual, None
            if not answer and not required:
                return None, None
            if not answer or word in ("skip", NONE):
                self.show("This one is needed. Write ? if you don't know it; then the rest is asked all the same.")
                continue
            taken = self._taken(label, answer, check, choices, meant)
            if taken is not None:
                return taken, None

    def _taken(self, label: str, answer: str, check: Check, choices: Choices, meant: Meant | None) -> str | None:
        """The answer as it is kept, or None when it is refused, with the reason said."""
        from massage_claim.actions.record.usual_writings import usual_writings, why_no_day

        refused = _unreadable(answer)
        word = chosen(choices, answer) if choices and refused is None else None
        if word is not None:
            answer = word
        if refused is None:
            refused = check(answer)
        if refused is None:
            return answer
        today = dt.date.fromisoformat(self.today) if self.today else None
        for other in meant(answer) if meant is not None else usual_writings(answer, today):
            again = check(other)
            if again is None:
                self.show(f"Taken as {other}.")
                return other
            if other[:2].isdigit() and again != refused:
                refused = again  # it says more of the day than that it is written in another way
        no_day = why_no_day(answer)
        if no_day is not None and check(_A_DAY) != refused:
            refused = no_day
        if choices and refused[0].endswith("is not one of its words."):
            refused = "This is none of the choices.", f"Write a number from 1 to {len(choices)}."
        self.show(f"Not taken: {by_label(refused[0], label)} {refused[1]}")
        return None

    def _is_the_answer(self, label: str) -> bool:
        """`back` is also a part of the body."""
        if label not in BODY:
            return False
        self.show("Do you mean the part of the body? Write yes; Enter goes to the question before.")
        return self._prompt("no").lower() in ("y", "yes")

    def _help(self, label: str, sentence: str, more: str, who: str | None, choices: Choices) -> None:
        whose = {"plan": "the plan", "therapist": "the therapist", "doctor": "the doctor's office"}
        lines = [sentence or label, more]
        if who in whose:
            lines.append(f"Who knows it: {whose[who]}.")
        lines.append("Write a number of the list, or its word." if choices else "")
        lines.append("? if you don't know it, skip to leave it empty, back, stop.")
        for line in lines:
            if line:
                self.show(f"  {line}", hang=2)

    def _show_question(self, label: str, sentence: str, choices: Choices) -> None:
        show.plainly("")
        for line in _wrapped(label):
            show.plainly(line)
        plainly_the_same = sentence.strip(" .").casefold() == label.strip(" .").casefold()
        for words in sentence.split("\n") if sentence and not plainly_the_same else []:
            for line in _wrapped(from_here(words, show.STANDPOINT), "  ", "  "):
                show.plainly(line)
        for row in numbered(choices):
            for line in _wrapped(row, "  ", "     "):
                show.plainly(line)

    def _prompt(self, usual: str | None) -> str:
        self.asked += 1
        if usual is not None and len(usual) > WIDTH // 2:
            for line in _wrapped(f"Enter takes: {show.visible(usual)}", "  ", "  "):
                show.plainly(line)
            return self._read("> ").strip()
        return self._read(f"[{show.visible(usual)}] > " if usual else "> ").strip()

    def _read(self, prompt: str) -> str:
        from rich.console import Console

        try:
            return Console(stderr=True, markup=False, highlight=False, emoji=False).input(prompt, markup=False)
        except EOFError:
            raise _ended() from None


BODY = frozenset({"What hurts", "Body regions", "Body regions to treat", "Its body regions"})
"""Questions that `back` may be the answer to: it is a part of the body, too."""


def by_label(says: str, label: str) -> str:
    """A refusal that begins with a field's own name, with the question's label there: nobody was asked for `npi`."""
    if not says.startswith("`"):
        return says
    return f"{'This' if '?' in label else label}{says[1:].partition('`')[2]}"


def stopped(name: str, command: str) -> NotReady:
    """What a command says when the person ends it before its record is whole."""
    says = "Stopped. Nothing is written yet; what you answered is kept."
    return NotReady(Problem(says, f"Go on with `{command}`: it asks for the rest."))


def _to_ask(unknown: Unknown) -> str:
    who = {"plan": "Ask the plan", "therapist": "Ask the therapist", "doctor": "Ask the doctor"}.get(unknown.who or "")
    return f"{who or 'Still open'}: {unknown.label}. {unknown.sentence}".strip()


def _named(names: Sequence[str], *, alone: bool) -> list[tuple[str, str]]:
    """The records to choose from, newest last; without their folder where there is only one. The patient is a speaker, too."""
    first = [name for name in names if "/" not in name]
    shown = [*first, *[name for name in names if "/" in name][-_SHOWN_RECORDS:]]
    return [(name, name.partition("/")[2] or name if alone else name) for name in shown]


def _without_last(tree: Tree, path: Sequence[str]) -> Tree:
    """The tree without a last row that has only blanks."""
    rows = get(tree, path)
    if not isinstance(rows, list):
        return tree
    kept: list[Node] = [row for row in rows if row]
    return put(tree, path, kept if kept else None)


def _unreadable(answer: str) -> Refusal:
    """What is wrong with an answer whose bytes are no text, and the next move; else None."""
    if any("\ud800" <= letter <= "\udfff" for letter in answer):
        return "It holds bytes that are no readable text.", "Type it again."
    return None


def _wrapped(words: str, first: str = "", hang: str | None = None) -> Iterator[str]:
    rest = first if hang is None else hang
    lines = textwrap.wrap(
        show.visible(words), WIDTH, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False
    )
    yield from lines or [""]


def _yes_or_no(answer: str) -> Refusal:
    return None if answer.lower() in ("y", "yes", "n", "no") else ("It is neither yes nor no.", "Write yes or no.")


def _ended() -> EndedError:
    says = "The answers ended before the last question. What was answered is kept."
    return EndedError(Problem(says, "Give the command again in a terminal, or with its options; --help lists them."))
