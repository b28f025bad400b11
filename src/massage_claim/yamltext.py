"""YAML as text: every scalar stays the string that was typed, and every key knows its line. YAML's own types would turn a member ID `0012345` into 5349 and
a ZIP code `02139` into 2139, so nothing is guessed here: the models give each value its type. Read from the event
stream, which constructs nothing and runs nothing; anchors, aliases, tags, duplicate keys and deep nesting are refused.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

import yaml
from yaml import (
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from massage_claim.errors import Problem, Unreadable, Where
from massage_claim.frozen import dataclass

Scalar: TypeAlias = str | None
Node: TypeAlias = "Scalar | list[Node] | dict[str, Node]"
Path: TypeAlias = Sequence[str | int]
Spots: TypeAlias = "dict[str | int, tuple[int, Spots | None]]"
"""The line of each key or list item, and the spots inside it."""

MAX_CHARACTERS = 1_000_000
MAX_DEPTH = 40
_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})
_Loader: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_Dumper: type = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


@dataclass(frozen=True, slots=True)
class Tree:
    """A file's content. `value` is a dict, a list, a string or None."""

    name: str
    value: Node
    _spots: Spots

    def line(self, path: Path) -> int:
        """The 1-based line of the key or item at `path`; of its nearest parent when the path leads nowhere."""
        line, spots = 1, self._spots
        for step in path:
            spot = spots.get(step)
            if spot is None:
                continue  # a step that the text does not have, such as a field that is missing
            line, spots = spot[0], spot[1] or {}
        return line

    def where(self, path: Path = ()) -> Where:
        """The place as file and line."""
        return Where(self.name, self.line(path))


def decode(data: bytes, name: str) -> str:
    """The text of a file: UTF-8, with or without a byte order mark. Raises Unreadable."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise _refusal(
            name, 1, "is saved as UTF-16", "Save it again as UTF-8 (in your editor: Save As, encoding UTF-8)."
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _refusal(
            name, line, "holds a character that is not UTF-8", "Save it again as UTF-8, or type the character anew."
        ) from None


def read(text: str, name: str) -> Tree:
    """The tree of `text`. `name` is what messages call the file. Raises Unreadable with the line of the first mistake."""
    if len(text) > MAX_CHARACTERS:
        raise _refusal(
            name, 1, "is larger than a record can be", "Keep one record in a file; attach long papers as PDF."
        )
    try:
        return _grown(_Loader(text).get_event, name)
    except yaml.MarkedYAMLError as error:
        raise _broken(text, name, error) from None
    except yaml.YAMLError as error:  # a character that YAML forbids; this error knows an offset only
        offset = getattr(error, "position", 0)
        line = text.count("\n", 0, offset) + 1 if isinstance(offset, int) else 1
        raise _refusal(
            name, line, "holds an invisible control character", "Delete that line and type it again."
        ) from None


def _grown(next_event: Callable[[], Any], name: str) -> Tree:
    """The tree, event by event: one plain loop, because a case and its facts are twenty thousand events."""
    root: Node = None
    spots: Spots = {}
    container: Any = None  # the dict or list whose end has not come yet
    inside: Spots = spots
    key: str | None = None
    key_line = 0
    above: list[tuple[Node, Spots, str | None, int]] = []
    documents = 0
    while True:
        event = next_event()
        kind = type(event)
        below: Spots | None = None
        value: Node = None
        if kind is ScalarEvent:
            if event.anchor or event.tag:
                raise _marked(event, name)
            if event.style or event.value not in _NOTHING:
                value = event.value
        elif kind is MappingStartEvent or kind is SequenceStartEvent:
            if event.anchor or event.tag:
                raise _marked(event, name)
            if len(above) >= MAX_DEPTH:
                says = f"is nested deeper than {MAX_DEPTH} levels"
                raise _refusal(name, event.start_mark.line + 1, says, "Write it flatter.")
            value = {} if kind is MappingStartEvent else []
            below = {} if above else spots
        elif kind is MappingEndEvent or kind is SequenceEndEvent:
            container, inside, key, key_line = above.pop()
            continue
        elif kind is StreamEndEvent:
            return Tree(name, root, spots)
        else:
            documents += kind is DocumentStartEvent
            _one_document(event, documents, name)
            continue
        line = event.start_mark.line + 1
        if container is None:
            root = value
        elif isinstance(container, list):
            inside[len(container)] = (line, below)
            container.append(value)
        elif key is not None:
            container[key] = value
            inside[key] = (key_line, below)
            key = None
        elif not isinstance(value, str):
            raise _refusal(name, line, "has a key that is empty or not a word", "Write the key as a plain word.")
        elif value in container:
            raise _refusal(name, line, f"has the key `{_shown(value)}` twice", "Keep one of the two lines.")
        else:
            key, key_line = value, line
        if below is not None:
            above.append((container, inside, key, key_line))
            container, inside, key = value, below, None


def _marked(event: Any, name: str) -> Unreadable:
    says = "uses a YAML anchor (&name)" if event.anchor else "uses a YAML tag (!name)"
    fix = "Write the value without it, or put it in quotes."
    return _refusal(name, event.start_mark.line + 1, says, fix)


def _one_document(event: yaml.Event, documents: int, name: str) -> None:
    """Refuses what is neither a value nor the frame around it."""
    line = event.start_mark.line + 1 if event.start_mark else 1
    if isinstance(event, yaml.AliasEvent):
        raise _refusal(name, line, "uses a YAML alias (*name)", "Write the value out again, or put it in quotes.")
    if documents > 1:
        raise _refusal(name, line, "holds a second YAML document (---)", "Keep one record in a file.")


def write(tree: Mapping[str, Node]) -> str:
    """The YAML text of `tree`, with plain words where they read back the same, long texts as `|` blocks.

    `read(write(tree)).value == tree` for every tree of texts without control characters.
    """
    text: str = yaml.dump(dict(tree), Dumper=_TextDumper, sort_keys=False, allow_unicode=True, width=1_000_000)
    return text


class _TextDumper(_Dumper):  # type: ignore[misc]
    """Writes strings without guessing types, as `read` reads them."""

    yaml_implicit_resolvers: dict[str, list[object]] = {}  # noqa: RUF012  (the library's own attribute)

    def ignore_aliases(self, data: object) -> bool:
        return True


def _represent_text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    if value in _NOTHING:
        return dumper.represent_scalar("tag:yaml.org,2002:str", value, style="'")
    block = (
        "\n" in value and not any(line != line.rstrip() for line in value.split("\n")) and value[:1] not in (" ", "\n")
    )
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style="|" if block else None)


def _represent_nothing(dumper: yaml.SafeDumper, _: None) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", "", style=None)


_TextDumper.add_representer(str, _represent_text)
_TextDumper.add_representer(type(None), _represent_nothing)


def _shown(key: str) -> str:
    """A key as a message may show it: one line, short, no control characters."""
    return "".join(letter if letter.isprintable() else "?" for letter in key)[:40]


def _broken(text: str, name: str, error: yaml.MarkedYAMLError) -> Unreadable:
    """What is wrong at the place where the library gave up, in our words where the text itself shows it."""
    mark = error.problem_mark or error.context_mark
    number = mark.line if mark else 0
    if _nested(text):  # the library looks ahead, and some versions give up before they come to it
        return _refusal(name, number + 1, f"is nested deeper than {MAX_DEPTH} levels", "Write it flatter.")
    problem = str(error.problem or "the text breaks off")
    lines = text.split("\n")
    for at in (number, number - 1):  # the tab of the line above may only be noticed here
        line = lines[at] if 0 <= at < len(lines) else ""
        if "\t" in line[: len(line) - len(line.lstrip())]:
            says = "has a tab at the beginning of a line"
            return _refusal(name, at + 1, says, "Indent with spaces instead: press the space bar, not the Tab key.")
    line = lines[number] if number < len(lines) else ""
    letter = line[mark.column : mark.column + 1] if mark else ""
    if "cannot start any token" in problem and letter in ("@", "`", "%", "\t"):
        if letter == "\t":
            return _refusal(name, number + 1, "has a tab where a space belongs", "Write a space instead of the tab.")
        says = f"has a value that begins with {letter}"
        return _refusal(name, number + 1, says, "Put the whole value in quotes.")
    for words, fix in _ADVICE:
        if words in f"{problem} {error.context or ''}":
            if fix.startswith("Close") and error.context_mark:
                number = error.context_mark.line  # where it was opened
            return _refusal(name, number + 1, f"is not valid YAML here: {problem}", fix)
    fix = "Check the colon, the indentation and the quotation marks on this line and the one above."
    return _refusal(name, number + 1, f"is not valid YAML here: {problem}", fix)


_ADVICE = (
    ("mapping values are not allowed", "Put the value in quotes if it holds a colon, or check the indentation."),
    ("unknown escape character", "Use single quotes, or write each backslash twice."),
    ("quoted scalar", "Close the quotation mark that was opened."),
    ("flow sequence", "Close the [ that was opened, or put the value in quotes."),
    ("flow mapping", "Close the { that was opened, or put the value in quotes."),
    ("flow node", "Close the bracket that was opened, or put the value in quotes."),
    ("unexpected end of stream", "Close the quotation mark or bracket that was opened."),
    ("could not find expected ':'", "Put a colon and a space after the field's name, or begin a long text with | ."),
    ("document start", "Delete what stands before or beside the record: --- and % lines are not needed."),
)
"""What the library says → the next move. Its sentence, and the place it was in when it gave up, are looked at."""


def _nested(text: str) -> bool:
    """Whether brackets are opened inside each other more often than a record may be deep."""
    depth = 0
    for letter in text:
        if letter in "[{":
            depth += 1
            if depth > MAX_DEPTH:
                return True
        elif letter in "]}":
            depth -= 1
    return False


def _refusal(name: str, line: int, says: str, fix: str) -> Unreadable:
    return Unreadable(Problem(says=f"The file {says}.", fix=fix, where=Where(name, line)))
