"""A record's field, declared once: what it means, what it is called when it is asked for, who would know it, where it is found.

From here come the options of a command with their help, every prompt, the guide's questions, `edit`, the skeleton of a new
case, the columns of an import and the name of a wrong value in a message. Nothing else says what a field is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, get_args, get_origin

from pydantic import Field

from massage_claim.frozen import dataclass
from massage_claim.models.rule import OneOf, Words

if TYPE_CHECKING:
    from massage_claim.models.record import Block
    from massage_claim.yamltext import Node

Who: TypeAlias = Literal["plan", "therapist", "doctor"]
Answers: TypeAlias = "Mapping[str, Node]"


@dataclass(frozen=True)
class Shown:
    """How the place of a value is shown in a command's help: DATE, AMOUNT, NPI."""

    metavar: str


@dataclass(frozen=True)
class Names:
    """The value names a record in this folder."""

    folder: str


class Numbered:
    """The value is a long number of its own, such as a claim's or a letter's tracking number."""


@dataclass(frozen=True)
class Never:
    """What a new record can't hold here, although a file may: `refuse` gives what is wrong with a text and the next move, or None."""

    refuse: Callable[[str], tuple[str, str] | None]


@dataclass(frozen=True)
class NotLater:
    """The day can't be one that is still to come; with `when`, only where that holds of the answers."""

    fix: str = "Write the day as it is on the paper."
    when: Callable[[Answers], bool] | None = None


@dataclass(frozen=True)
class InForm:
    """The words should have this form (a regular expression for all of them). An older file may say it otherwise."""

    form: str
    says: str
    fix: str
    when: Callable[[Answers], bool] | None = None


@dataclass(frozen=True)
class NotBefore:
    """The day can't be earlier than another one of the same record. `says`: what would be wrong."""

    field: str
    says: str
    fix: str = "Compare both days with the paper, and correct the wrong one."
    when: Callable[[Answers], bool] | None = None


@dataclass(frozen=True, kw_only=True)
class Asked:
    """How a field is asked for.

    `label`: what the question is called. `option`: a part of the option's name where the field's own does not do; a whole
    `--name` stands for itself. `where`: one sentence on where a person finds it. `when`: whether to ask, by the answers so far. `usual`: what Enter
    takes; "today" for this day. `must`: once asked, it can't be left out. `prompt`, `guide`: False where only the option
    or `edit` takes it. `unknown`: the word that is kept while nobody knows it. `row`: how an option writes one entry of a list
    of groups, such as SESSION=AMOUNT; else the first field, then `; field=value`. `words`: the choices, where the kind of value has none of its own.
    """

    label: str
    option: str | None = None
    metavar: str | None = None
    who: Who | None = None
    where: str = ""
    when: Callable[[Answers], bool] | None = None
    usual: Callable[[Answers], str | None] | Literal["today"] | None = None
    must: bool = False
    prompt: bool = True
    guide: bool = True
    unknown: str | None = None
    row: str | None = None
    words: Words = ()
    help: str | None = None


def asked(meaning: str, default: Any = ..., *, label: str, alias: str | None = None, **more: Any) -> Any:
    """A model's field that a person can be asked for; without a default the record can't do without it.

    `meaning`: one plain sentence. `more`: as in `Asked`; `factory` makes a default that is no single value.
    """
    factory = more.pop("factory", None)
    given = {"default_factory": factory} if factory is not None else {"default": default}
    info: Any = Field(**given, alias=alias, description=meaning)
    info.metadata.append(Asked(label=label, **more))
    return info


@dataclass(frozen=True, kw_only=True)
class Declared:
    """One field as a model declares it, at its place in the record. `path`: the names as a file has them.

    `many`: a list of single values. `rows`: the group that each entry of a list is. `group`: the group of fields below it.
    `folders`: where the records are that the value names. `identifier`: a long number of its own. `never`: what a new one can't be. `attribute`: the field's name in Python.
    """

    path: tuple[str, ...]
    meaning: str
    asked: Asked | None
    required: bool
    many: bool = False
    rows: type[Block] | None = None
    group: type[Block] | None = None
    metavar: str = "TEXT"
    words: Words = ()
    folders: tuple[str, ...] = ()
    identifier: bool = False
    never: tuple[Never, ...] = ()
    days: tuple[NotLater | NotBefore | InForm, ...] = ()
    option: str = ""
    attribute: str = ""

    @property
    def name(self) -> str:
        """The field's own name."""
        return self.path[-1]

    @property
    def sentence(self) -> str:
        """What it means, and where a person finds it."""
        where = self.asked.where if self.asked else ""
        return f"{self.meaning} {where}".strip()


def declared(kind: type[Block]) -> tuple[Declared, ...]:
    """The fields of a model in its order; a group of fields is followed by those below it, a list of groups stands alone."""
    if kind not in _known:
        _known[kind] = tuple(_declared(kind, (), ""))
    return _known[kind]


_known: dict[type[Block], tuple[Declared, ...]] = {}


def _declared(kind: type[Block], path: tuple[str, ...], prefix: str) -> Iterator[Declared]:
    for own_name, info in kind.model_fields.items():
        if own_name == "record_id":
            continue
        name = info.alias or own_name
        marks = _marks(info.annotation, info.metadata)
        rule = next((mark for mark in marks if isinstance(mark, Asked)), None)
        block, many = _inside(info.annotation)
        option = _option(name, rule, prefix)
        shown = next((mark.metavar for mark in marks if isinstance(mark, Shown)), "TEXT")
        yield Declared(
            path=(*path, name),
            meaning=info.description or "",
            asked=rule,
            required=info.is_required(),
            many=many and block is None,
            rows=block if many else None,
            group=block if not many else None,
            metavar=(rule.metavar if rule else None) or shown,
            words=(rule.words if rule else ()) or next((mark.words for mark in marks if isinstance(mark, OneOf)), ()),
            folders=tuple(mark.folder for mark in marks if isinstance(mark, Names)),
            never=tuple(mark for mark in marks if isinstance(mark, Never)),
            identifier=any(isinstance(mark, Numbered) for mark in marks),
            days=tuple(mark for mark in marks if isinstance(mark, (NotLater, NotBefore, InForm))),
            option=option,
            attribute=own_name,
        )
        if block is not None and not many:
            yield from _declared(block, (*path, name), option)


def at(kind: type[Block], path: Sequence[str | int]) -> Declared | None:
    """The field at a place of a record, lists counted or not; None when the model has none there."""
    names = [step for step in path if isinstance(step, str) and not step.isdigit()]
    here: type[Block] | None = kind
    found: Declared | None = None
    for name in names:
        if here is None:
            return None
        found = next((one for one in declared(here) if one.path == (name,)), None)
        if found is None:
            return None
        here = found.rows or found.group
    return found


def _option(name: str, rule: Asked | None, prefix: str) -> str:
    """`--licence-number` for `number` in the group `licence`; "" in a group's field: the group's own name."""
    own = name.replace("_", "-") if rule is None or rule.option is None else rule.option
    if own.startswith("--"):
        return own
    around = prefix.removeprefix("--")
    return "--" + "-".join(part for part in (around, own) if part)


def _marks(annotation: Any, metadata: Sequence[Any]) -> tuple[Any, ...]:
    found = list(metadata)
    found += getattr(annotation, "__metadata__", ())
    for inner in get_args(annotation):
        if not isinstance(inner, str):
            found += _marks(inner, ())
    return tuple(found)


def _inside(annotation: Any) -> tuple[type[Block] | None, bool]:
    """The group of fields that a field holds, if any; and whether it holds several."""
    from massage_claim.models.record import Block

    if isinstance(annotation, type) and issubclass(annotation, Block):
        return annotation, False
    several = get_origin(annotation) is tuple
    for inner in get_args(annotation):
        block, below = _inside(inner)
        if block is not None or below:
            return block, several or below
    return None, several


def words_of(kind: type[Block], name: str) -> tuple[str, ...]:
    """The words that a closed field takes."""
    found = at(kind, (name,))
    return tuple(word for word, _ in found.words) if found is not None else ()
