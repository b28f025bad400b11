"""The only prompter. Takes a form and the options that were given, gives the whole tree; asks only on a terminal.

Every question says what it means in one sentence, refuses a wrong answer with its reason, and takes "I don't know".
Questions go to standard error, so that results stay alone on standard output.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from massage_claim.cli import show
from massage_claim.cli.asked_field import Check as Check
from massage_claim.cli.asked_field import (
    by_label,
    checker,
    chosen,
    missing_option,
    numbered,
    question_lines,
    sentence_of,
    unreadable,
    value_of,
    without_last,
)
from massage_claim.cli.form import Field, Form, Rows, Tree, get, put
from massage_claim.errors import Problem, UsageProblem

if TYPE_CHECKING:
    from massage_claim.actions.result import Result
    from massage_claim.models.record import Block

HOW = (
    "Enter skips a question, ? means I don't know, back goes to the question before.",
    "Ctrl-C stops, and nothing of these answers is written.",
)
NONE = "-"
_BODY = frozenset({"Condition", "Body regions", "Its body regions"})
"""Questions that `back` may be the answer to: it is a part of the body, too."""
_A_DAY = "2026-01-31"
"""A day as records keep it: what refuses it, too, is no question for a day."""


class BackError(Exception):
    """The person wants the question before."""


def possible(no_input: bool) -> bool:
    """Whether somebody can be asked."""
    return not no_input and sys.stdin is not None and sys.stdin.isatty()


@dataclass
class Asker:
    """Asks one question at a time. `known`: the record ids of a folder. `unknown`: what the person did not know."""

    known: Callable[[str], tuple[str, ...]] = lambda folder: ()
    today: str = ""
    unknown: list[str] = field(default_factory=list)
    _explained: bool = False
    _given: list[tuple[str | None, int]] | None = None
    _at: int = 0

    def with_unknown(self, answer: Result) -> Result:
        """The result, with what the person did not know among its notes."""
        return replace(answer, notes=(*answer.notes, *self.unknown)) if self.unknown else answer

    def fill(self, kind: type[Block], given: Tree, form: Form, *, no_input: bool = False, force: bool = False) -> Tree:
        """The whole tree: as given when nothing required is missing (unless `force`); else each field not given is asked for.

        What was given is first written as records keep it, in the given tree itself: 1/31/2026, 90, Ohio.
        Raises UsageProblem naming each missing option when nobody can be asked, or when the answers end early.
        """
        self.write_as_kept(kind, given)
        missing = [item for item in form if item.required and get(given, item.path) in (None, [])]
        if not missing and not force:
            return given
        if missing and not possible(no_input):
            raise UsageProblem([missing_option(kind, item) for item in missing])
        self.explain()
        return self._with_back(lambda: self._in_turn(kind, given, form))

    def _in_turn(self, kind: type[Block], given: Tree, form: Form) -> Tree:
        tree = given
        for item in form:
            if get(tree, item.path) not in (None, []):
                continue
            tree = self._rows(kind, tree, item) if isinstance(item, Rows) else self._field(kind, tree, item, item.path)
        return tree

    def _with_back(self, ask: Callable[[], Tree]) -> Tree:
        """What `ask` gives; the word back runs it again, given all answers but the last one."""
        self._given = []
        try:
            while True:
                self._at = 0
                try:
                    return ask()
                except BackError:
                    if self._given:
                        _, unknown_before = self._given.pop()
                        del self.unknown[unknown_before:]
                    else:
                        self.say("There is no question before it.")
        finally:
            self._given = None

    def explain(self) -> None:
        """Says once how to answer."""
        if not self._explained:
            for line in HOW:
                show.plainly(line)
            self._explained = True

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
        """One answer, or None when it is skipped or not known. Raises UsageProblem when the answers end."""
        if self._given is None:
            return self._ask_one(label, sentence, check, usual, required, who, never_unknown)
        if self._at == len(self._given):
            unknown_before = len(self.unknown)
            answer = self._ask_one(label, sentence, check, usual, required, who, never_unknown)
            self._given.append((answer, unknown_before))
        self._at += 1
        return self._given[self._at - 1][0]

    def _ask_one(
        self, label: str, sentence: str, check: Check, usual: str | None, required: bool, who: str | None, plain: bool
    ) -> str | None:
        while True:
            show.plainly("")
            for line in question_lines(label, sentence):
                show.plainly(line)
            answer = self._read(f"[{show.visible(usual)}] > " if usual else "> ").strip()
            if not answer and usual:
                answer = usual
            if answer.lower() == "back" and self._given is not None and label not in _BODY:
                raise BackError
            if answer == "?" and not plain and not required:
                self.unknown.append(
                    f"Ask the {who}: {label}. {sentence}" if who else f"Still open: {label}. {sentence}"
                )
                return None
            if answer == NONE and usual and not required:
                return None
            if not answer or answer == "?":
                if not required:
                    return None
                show.plainly("This one is needed. Look it up, or stop with Ctrl-C; nothing is written.")
                continue
            taken = self._taken(label, answer, check)
            if taken is not None:
                return taken

    def say(self, words: str) -> None:
        """A sentence of the program's."""
        show.plainly(words)

    def write_as_kept(self, kind: type[Block], given: Tree) -> None:
        """Puts what was typed the usual way into the tree as records keep it, and says what a day was taken for."""
        from massage_claim.actions.record.usual_writings import as_kept

        kept, days = as_kept(kind, given)
        if kept != given:
            given.update(kept)
        for day in days:
            self.say(f"Taken as {day}.")

    def _taken(self, label: str, answer: str, check: Check) -> str | None:
        """The answer as it is kept, or None when it is refused, with the reason said."""
        from massage_claim.actions.record.usual_writings import usual_writings, why_no_day

        refused = unreadable(answer) or check(answer)
        if refused is None:
            return answer
        for other in usual_writings(answer):
            meant = check(other)
            if meant is None:
                self.say(f"Taken as {other}.")
                return other
            if other[:2].isdigit() and meant != refused:
                refused = meant  # it says more of the day than that it is written in another way
        no_day = why_no_day(answer)
        if no_day is not None and check(_A_DAY) != refused:
            refused = no_day
        self.say(f"Not taken: {by_label(refused[0], label)} {refused[1]}")
        return None

    def yes(self, question: str, *, usual: bool = False) -> bool:
        """A plain yes or no."""
        word = self.one(question, check=_yes_or_no, usual="yes" if usual else "no", never_unknown=True)
        return (word or "no").lower() in ("y", "yes")

    def secret(self, question: str) -> str:
        """A password, not shown while it is typed. Raises UsageProblem when the answers end."""
        import getpass

        try:
            return getpass.getpass(f"{question} > ", stream=sys.stderr)
        except EOFError:
            raise _ended() from None

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
                if needed and item.unknown is not None and get(tree, path) is None:
                    tree = put(tree, path, item.unknown)
                if place == 0 and get(tree, path) is None:
                    return without_last(tree, rows.path)
            number += 1

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
        folders = item.folder.split("|") if item.folder else []
        names = tuple(name for folder in folders for name in self.known(folder))
        if item.folder and not names:
            if item.required:
                says = f"{item.option} names a record in {folders[0]}/, and there is none yet."
                raise UsageProblem(Problem(says, "Write that one down first; `massage-claim --help` lists how."))
            return tree
        sentence = item.sentence or sentence_of(block or kind, item.path)
        if names:
            shown = names[-9:] if len(folders) > 1 else [name.partition("/")[2] for name in names[-9:]]
            sentence += f" Known: {', '.join(shown)}."
        if item.choices:
            sentence = f"{sentence}\n{numbered(item.choices)}"
        if item.many:
            sentence += " Put commas between several."
        answer = self.one(
            label or item.label,
            sentence,
            check=checker(kind, tree, item, path, names),
            usual=item.usual(tree) if item.usual else None,
            required=item.required or item.must if required is None else required,
            who=item.who,
        )
        return tree if answer is None else put(tree, path, value_of(item, chosen(item.choices, answer) or answer))

    def _read(self, prompt: str) -> str:
        from rich.console import Console

        try:
            return Console(stderr=True, markup=False, highlight=False, emoji=False).input(prompt, markup=False)
        except EOFError:
            raise _ended() from None


def _yes_or_no(answer: str) -> tuple[str, str] | None:
    return None if answer.lower() in ("y", "yes", "n", "no") else ("It is neither yes nor no.", "Write yes or no.")


def _ended() -> UsageProblem:
    says = "The answers ended before the last question. Nothing was written."
    return UsageProblem(Problem(says, "Answer in a terminal, or give the options; --help lists them."))
