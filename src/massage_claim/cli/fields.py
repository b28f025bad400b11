"""A recording command made from its model: the options with their help, the questions, the tree that the options gave.

A command says which model it records and what it does with the answers; every field, its option, its help and its question come from
the model. `@records(Prescription)` adds them to the command's signature; what a command has besides, it declares itself.
"""

from __future__ import annotations

import datetime as dt
import functools
import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from massage_claim.cli import ask, show, syntax
from massage_claim.cli.form import Field, Form, Node, Rows, Tree, get, put
from massage_claim.cli.options import DryRun, Json, NoInput, Project, Quiet
from massage_claim.command_text import spell
from massage_claim.errors import NotReady, Problem, UsageProblem
from massage_claim.models.field import Asked, Declared, declared

if TYPE_CHECKING:
    from massage_claim.actions.result import Result
    from massage_claim.cli.ask import Asker
    from massage_claim.models.record import Block

Read = Callable[[str, "list[str]"], Node]
"""How the texts of a repeated option become the list's entries; takes the option's name too."""
_STANDARD_INPUT = "; - reads standard input"


@dataclass
class Entry:
    """One run of a recording command. `given`: what the options said; `options`: field → option, to name a wrong value by it."""

    name: str
    kind: type[Block]
    project: Path | None
    given: Tree
    options: dict[str, str]
    no_input: bool
    quiet: bool
    as_json: bool
    dry_run: bool
    asked: bool = False
    opened: Asker | None = None

    @property
    def asker(self) -> Asker:
        """Who asks about this case; it is opened when something is to be asked. Raises Unreadable."""
        if self.opened is None:
            self.opened = asker_for(self.project)
        return self.opened

    @property
    def form(self) -> Form:
        """Every question of the model."""
        return form(self.kind, today=self.asker.today)

    @property
    def silent(self) -> bool:
        """Whether nobody can be asked."""
        return not ask.possible(self.no_input)

    def lacking(self, form: Form) -> list[Field | Rows]:
        """What the record can't do without and was not given."""
        return [item for item in form if item.required and get(self.given, item.path) in (None, [])]

    def fill(self, form: Form | None = None, *, then: Callable[[Tree], Tree] = lambda tree: tree) -> Tree:
        """The record's tree: as given when nothing needed is missing; else each field that was not given is asked for.

        `then`: what else is asked in the same round. Raises UsageProblem naming each missing option when nobody can be asked, NotReady when the
        person stops, or can't answer what the record can't do without.
        """
        questions = self.form if form is None else form
        self.as_people_write()
        missing = self.lacking(questions)
        if not missing:
            return self.given
        if self.silent:
            raise UsageProblem([_missing(self.kind, item) for item in missing])
        return self.round(lambda: then(self.asker.fill(self.kind, self.given, questions)))

    def round(self, questions: Callable[[], Tree]) -> Tree:
        """Asks; what was answered before a stop is kept, and the next run of the command goes on with it."""
        self.asked = True
        self.asker.explain()
        try:
            tree = self.asker.part(questions, self.name)
        except ask.StopError:
            raise ask.stopped(self.name, spell(self.name)) from None
        if self.asker.open:
            says = f"Not written yet: {', '.join(self.asker.open)} is needed, and not known."
            if len(self.asker.open) > 1:
                says = f"Not written yet: these are needed, and not known: {', '.join(self.asker.open)}."
            fix = f"Find it out, then type `{spell(self.name)}`: what you answered is kept, and only the rest is asked."
            raise NotReady(Problem(says, fix))
        return tree

    def as_people_write(self) -> None:
        """Puts what was typed the usual way into the given tree as records keep it, and says what a day was taken for."""
        from massage_claim.actions.record.usual_writings import as_kept

        kept, days = as_kept(self.kind, self.given, dt.date.fromisoformat(self.asker.today))
        if kept != self.given:
            self.given.update(kept)
        for day in days:
            self.asker.show(f"Taken as {day}.")


Command = Callable[..., "Result"]


def records(
    kind: type[Block],
    /,
    *,
    without: Iterable[str] = (),
    read: Mapping[str, Read] | None = None,
    several: Iterable[str] = (),
    stdin: str | None = None,
    **help: str,
) -> Callable[[Command], Callable[..., int]]:
    """Makes a command from a function of an `Entry`: the model's options first, then the function's own, then those all share.

    `without`: fields that the command has no option for. `read`: how a list's options are read, where its declaration does not say.
    `several`: single values that the command's own code takes apart. `stdin`: the field whose option takes `-`. `help`: another help text for an option,
    by the option's name with `_`.
    """

    def made(function: Command) -> Callable[..., int]:
        fields = [one for one in _with_option(kind) if ".".join(one.path) not in set(without)]
        own = list(_own(function))
        parameters = [_parameter(one, several, stdin, help) for one in fields]
        common = {"project": Project, "as_json": Json, "no_input": NoInput, "quiet": Quiet, "dry_run": DryRun}
        shared = [
            _keyword(name, annotation, None if name == "project" else False) for name, annotation in common.items()
        ]
        readers = dict(read or {})

        def command(**values: Any) -> int:
            name = function.__name__.replace("_", "-")
            texts = {one: values.pop(parameter.name) for one, parameter in zip(fields, parameters, strict=True)}
            said = {common_name: values.pop(common_name) for common_name in common}
            given, piped = _given(texts, readers, several, stdin)
            entry = Entry(
                name=name,
                kind=kind,
                project=said["project"],
                given=given,
                options={".".join(one.path): one.option for one in fields},
                no_input=said["no_input"] or piped,
                quiet=said["quiet"],
                as_json=said["as_json"],
                dry_run=said["dry_run"],
            )
            answer = function(entry, **values)
            if entry.asked and answer.written and not entry.dry_run:
                entry.asker.done(name)
            if entry.opened is not None:
                answer = entry.opened.with_unknown(answer)
            return show.result(answer, as_json=entry.as_json, quiet=entry.quiet)

        everything = [*parameters, *own, *shared]
        command.__name__, command.__doc__, command.__module__ = function.__name__, function.__doc__, function.__module__
        command.__signature__ = inspect.Signature(everything, return_annotation=int)  # type: ignore[attr-defined]
        command.__annotations__ = {one.name: one.annotation for one in everything} | {"return": int}
        return command

    return made


def _own(function: Command) -> Iterator[inspect.Parameter]:
    """The options that a command declares itself: all parameters but the entry. What it gives is never looked up."""
    for one in list(inspect.signature(function).parameters.values())[1:]:
        words: Any = one.annotation
        found = eval(words, function.__globals__) if isinstance(words, str) else words  # noqa: S307 - our own source code
        yield one.replace(kind=inspect.Parameter.KEYWORD_ONLY, annotation=found)


def form(
    kind: type[Block],
    *,
    today: str = "",
    guide: bool = False,
    only: Iterable[str] | None = None,
    usual: Mapping[str, Callable[[Tree], str | None]] | None = None,
    when: Mapping[str, Callable[[Tree], bool]] | None = None,
    refuse: Mapping[str, Callable[[Tree, str], tuple[str, str] | None]] | None = None,
    label: Mapping[str, str] | None = None,
    who: Mapping[str, Any] | None = None,
    sentence: Mapping[str, str] | None = None,
    required: Iterable[str] = (),
    optional: Iterable[str] = (),
) -> Form:
    """The questions of a model in its order. `guide`: the fewer that the interview asks; `only`: these alone, in this order.

    The others change a field by its dotted name: what Enter takes, when it is asked, what is refused, what it is called, who would know.
    """
    hooks = _Hooks(
        today,
        usual or {},
        when or {},
        refuse or {},
        label or {},
        who or {},
        sentence or {},
        frozenset(required),
        frozenset(optional),
    )
    items: dict[str, Field | Rows] = {}
    for one in declared(kind):
        rule = one.asked
        if rule is None or one.group is not None or (not rule.prompt and only is None):
            continue
        if guide and not rule.guide and only is None:
            continue
        name = ".".join(one.path)
        if only is None and not _part_of_it(kind, one, guide=guide):
            continue
        if one.rows is not None:
            inside = tuple(
                _field(row, name, hooks)
                for row in declared(one.rows)
                if row.asked
                and row.group is None
                and row.rows is None
                and row.asked.prompt
                and not (guide and not row.asked.guide)
            )
            items[name] = Rows(
                path=one.path, option=one.option, label=rule.label, block=one.rows, fields=inside, required=one.required
            )
        else:
            items[name] = _field(one, "", hooks)
    return tuple(items.values()) if only is None else tuple(items[name] for name in only if name in items)


@dataclass(frozen=True)
class _Hooks:
    today: str
    usual: Mapping[str, Callable[[Tree], str | None]]
    when: Mapping[str, Callable[[Tree], bool]]
    refuse: Mapping[str, Callable[[Tree, str], tuple[str, str] | None]]
    label: Mapping[str, str]
    who: Mapping[str, Any]
    sentence: Mapping[str, str]
    required: frozenset[str]
    optional: frozenset[str]


def _field(one: Declared, list_name: str, hooks: _Hooks) -> Field:
    rule = one.asked or Asked(label=one.name)
    name = ".".join(part for part in (list_name, *one.path) if part)
    usual = hooks.usual.get(name) or rule.usual
    if usual == "today":
        usual = _always(hooks.today)
    return Field(
        path=one.path,
        option=one.option,
        label=hooks.label.get(name, rule.label),
        sentence=hooks.sentence.get(name, one.sentence),
        help=_SHAPES.get(one.metavar, ""),
        required=name not in hooks.optional
        and ((one.required and len(one.path) == 1 and not list_name) or name in hooks.required),
        must=rule.must,
        many=one.many,
        folders=one.folders,
        who=hooks.who.get(name, rule.who),
        usual=usual,
        when=hooks.when.get(name) or rule.when,
        refuse=hooks.refuse.get(name),
        unknown=rule.unknown,
        choices=one.words,
    )


def _always(text: str) -> Callable[[Tree], str | None]:
    return lambda _: text or None


def _part_of_it(kind: type[Block], one: Declared, *, guide: bool) -> bool:
    """Whether the groups around the field are asked for, too."""
    above = [other.asked for other in declared(kind) if other.path == one.path[: len(other.path)] and other != one]
    return all(rule is None or (rule.prompt and (rule.guide or not guide)) for rule in above)


_SHAPES = {
    "DATE": "A day, such as 2026-01-31, 1/31/2026, Jan 31 or yesterday.",
    "AMOUNT": "Dollars and cents, such as 95.00 or $95.",
    "PRICE": "Dollars and cents, such as 95.00 or $95.",
    "MINUTES": "Whole minutes, such as 52, or 1 hour.",
    "HH:MM": "A time of day, such as 09:30 or 2 pm.",
    "N": "A number, such as 3.",
    "XX": "A state, such as OH or Ohio.",
    "NPI": "Ten digits; the last one checks the others.",
    "yes|no": "yes or no.",
}


def _with_option(kind: type[Block]) -> Iterator[Declared]:
    for one in declared(kind):
        if one.asked is not None and one.group is None:
            yield one


def _parameter(one: Declared, several: Iterable[str], stdin: str | None, help: Mapping[str, str]) -> inspect.Parameter:
    rule = one.asked or Asked(label=one.name)
    repeats = (one.many or one.rows is not None) and ".".join(one.path) not in set(several)
    name = one.option.removeprefix("--").replace("-", "_")
    words = help.get(name) or help.get(f"{name}_") or rule.help or one.meaning
    if one.words and name not in help and not any(word in words for word, _ in one.words[:2]):
        words = f"{words.rstrip('.')}: {', '.join(word for word, _ in one.words)}."
    if one.rows is not None and rule.row is None and name not in help:
        inner = [row.name for row in declared(one.rows) if len(row.path) == 1][1:]
        words = f'{words.rstrip(".")}: "{(rule.metavar or "TEXT")}{"".join(f"; {part}=…" for part in inner)}".'
    if stdin == ".".join(one.path):
        words = f"{words.rstrip('.')}{_STANDARD_INPUT}."
    if repeats:
        words = f"{words.rstrip('.')}. May repeat."
    shown = rule.row or one.metavar
    option = typer.Option(one.option, metavar=shown, help=words)
    one_or_many: Any = list[str] | None if repeats else str | None
    return _keyword(f"{name}_", Annotated[one_or_many, option], None)


def _keyword(name: str, annotation: Any, default: object) -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)


def _given(
    texts: Mapping[Declared, Any], readers: Mapping[str, Read], several: Iterable[str], stdin: str | None
) -> tuple[Tree, bool]:
    """The tree of the options that were given, and whether one of them was read from standard input."""
    tree: Tree = {}
    piped = False
    for one, value in texts.items():
        name = ".".join(one.path)
        if value is None or value == []:
            continue
        if name == stdin and value == "-":
            from massage_claim.cli.stdin import text_or_standard_input

            value, piped = text_or_standard_input(one.option, value), True
        node: Node = value
        if name in readers:
            node = readers[name](one.option, value)
        elif name in set(several):
            node = syntax.listed(value)
        elif one.rows is not None:
            node = rows(one, value)
        if node not in (None, []):
            tree = put(tree, one.path, node)
    return tree, piped


def rows(one: Declared, texts: list[str], option: str = "") -> list[Node]:
    """The entries that the options wrote: `FIRST=SECOND`, or the first field and then `; field=value`."""
    inner = [row.name for row in declared(one.rows) if len(row.path) == 1] if one.rows is not None else []
    if one.asked is not None and one.asked.row is not None:
        return syntax.pairs(option or one.option, texts, inner[0], inner[1], one.asked.row)
    return syntax.groups(option or one.option, texts, inner[0], inner[1:])


def _missing(kind: type[Block], item: Field | Rows) -> Problem:
    """What is said when nobody can be asked for the field."""
    found = next((one for one in declared(kind) if one.path == item.path), None)
    sentence = found.meaning if found is not None else item.label
    says = f"{item.option} is missing: {sentence[:1].lower() + sentence[1:]}"
    return Problem(says, f"Add {item.option}, or give the command in a terminal to be asked.")


def asker_for(project: Path | None) -> Asker:
    """An asker that knows the names of the case's records, and which day is today. Raises Unreadable."""
    from massage_claim.actions.project import open_place
    from massage_claim.actions.record import drafts

    place = open_place(project)
    known = functools.cache(lambda folder: (folder,) if folder == "patient" else drafts.known(place, folder))
    return ask.Asker(project=place.folder, known=known, today=place.today.isoformat())
