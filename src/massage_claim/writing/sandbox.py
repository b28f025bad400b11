"""What a template may do: a Jinja2 environment in which values are kept literal, and a closed list of filters.

Filters are a few of Jinja2's own, none of which can turn a value into Markdown, and this room's formats; an unknown value
passes through them, so that the place which prints it can name the field. Methods are a closed list too, records cannot be
called or changed, and every loop and call is counted so that none runs for ever. Touches no disk: the loader is given.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Sequence
from datetime import date, time
from functools import wraps
from types import BuiltinMethodType, FunctionType
from typing import Any

from jinja2 import BaseLoader, BytecodeCache, StrictUndefined, nodes, pass_context
from jinja2.bccache import Bucket
from jinja2.exceptions import SecurityError
from jinja2.filters import FILTERS
from jinja2.runtime import BlockReference, Context, LoopContext, Macro, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Namespace
from markupsafe import Markup

from massage_claim.writing import formats, literal, template_code
from massage_claim.writing.formats import NotText

MAX_LETTERS = 4_000_000  # printed in one paper: more than 1,000 pages

_JINJA_FILTERS = (
    "abs capitalize count d default dictsort first groupby int items last length list lower map max min reject "
    "rejectattr reverse round select selectattr sort title unique upper"
).split()


def _list_filters() -> dict[str, Callable[..., Any]]:
    """Every filter that a template may use, by name."""
    own = (formats.money, formats.short_date, formats.phone, formats.plural, formats.listed, formats.minutes)
    found = {function.__name__: _of_known(function) for function in (*own, formats.percent, formats.number)}
    return (
        {name: FILTERS[name] for name in _JINJA_FILTERS}
        | found
        | {
            "clock": _of_known(formats.clock),
            "date": _of_known(formats.long_date),
            "lines": _of_known(literal.lines),
            "if_known": lambda value: "" if value is None else value,
            "join": _join,
            "sum": _sum,
            "trim": _trim,
            template_code.JOINED: join_values,
        }
    )


def _of_known(function: Callable[..., Any]) -> Callable[..., Any]:
    """The filter, letting through what is not known: the place that prints it names the field."""

    @wraps(function)
    def filtered(value: Any, *arguments: Any, **named: Any) -> Any:
        return value if value is None or isinstance(value, Undefined) else function(value, *arguments, **named)

    return filtered


def join_values(values: Iterable[Any]) -> Markup | str:
    """Values one after the other, as one text. Raises SecurityError when it grows beyond a paper."""
    text = literal.join(*values)
    if len(text) > MAX_LETTERS:
        raise SecurityError(f"a text of more than {MAX_LETTERS:,} letters")
    return text


def _join(values: Iterable[Any], separator: str = "", attribute: str | None = None) -> Markup | str:
    if attribute is not None:
        raise NotText("is joined by attribute", "Write |map(attribute=…)|join(…).")
    parts: list[Any] = []
    for value in values:
        parts += [separator, value] if parts else [value]
    return join_values(parts)


def _sum(values: Iterable[Any]) -> Any:
    found = list(values)
    if any(isinstance(value, (str, bool)) or not hasattr(value, "__add__") for value in found):
        raise NotText("is a sum of things that are not numbers", "Sum amounts or numbers only.")
    return sum(found)


def _trim(value: Any) -> Any:
    if not isinstance(value, Markup):
        return value.strip() if isinstance(value, str) else value
    return Markup(template_code.trim(value))  # noqa: S704 — only takes away


MAX_STEPS = 200_000  # turns of loops and calls in one paper: 40 times the largest case
MAX_RANGE = 1_000
MAX_NUMBER = 10**15

_METHODS: dict[type, frozenset[str]] = {
    str: frozenset(
        "capitalize count endswith find isalpha isdigit lower lstrip partition removeprefix removesuffix rstrip split "
        "splitlines startswith strip title upper".split()
    ),
    dict: frozenset({"get", "items", "keys", "values"}),
    list: frozenset({"count", "index"}),
    tuple: frozenset({"count", "index"}),
    date: frozenset({"isoformat", "isoweekday", "toordinal", "weekday"}),
    time: frozenset({"isoformat"}),
}
_OPERATORS: dict[str, Callable[[Any, Any], Any]] = {"*": operator.mul, "%": operator.mod}


class KnownNames(StrictUndefined):
    """A name that does not exist. Its message names a field, never what stands in it."""

    @property
    def _undefined_message(self) -> str:
        name = self._undefined_name
        if self._undefined_hint:
            return self._undefined_hint
        if isinstance(name, str) and name.isidentifier():
            return f"{name!r} does not exist"
        return "there is no such element in that list"


class _Compiled(BytecodeCache):
    """Templates that this process has compiled, by their name and text: a packet reads the same ones for each paper."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], Any] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Gives what was compiled from this very text."""
        bucket.code = self._known.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keeps it."""
        self._known[bucket.key, bucket.checksum] = bucket.code


_COMPILED = _Compiled()
_NUMBERS: dict[str, int] = {}  # of one process, as the compiled templates hold them in their line marks


class Sandbox(ImmutableSandboxedEnvironment):
    """The environment of one `Library`. Call `begin` before each rendering."""

    intercepted_binops = frozenset({"+", "*", "**", "%"})

    def __init__(self, loader: BaseLoader) -> None:
        super().__init__(
            loader=loader,
            autoescape=True,
            finalize=literal.literal,
            undefined=KnownNames,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            bytecode_cache=_COMPILED,
        )
        self._steps = self._letters = 0
        self.globals = {"range": self._range, "namespace": Namespace, "dict": dict}
        self.filters = _list_filters()
        self.filters[template_code.COUNTED] = self._counted
        self.filters[template_code.PRINTED] = self._printed

    def begin(self) -> None:
        """Starts the counts of loops, calls and printed letters anew."""
        self._steps = self._letters = 0

    def file_of(self, number: int) -> str:
        """What messages call the template that has this number in its line marks."""
        return next((name for name, known in _NUMBERS.items() if known == number), "template")

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(template_code.keep_line_ends(source), name, filename)
        file = filename or "template"
        number = _NUMBERS.setdefault(file, len(_NUMBERS))
        prepared: nodes.Template = template_code.Prepared(number, file).visit(tree)
        return prepared

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        if isinstance(obj, Markup) or attr.startswith("_"):
            return False
        if callable(value):
            kind = next((kind for kind in _METHODS if isinstance(obj, kind)), None)
            if kind is not None and attr not in _METHODS[kind]:
                return False
        return super().is_safe_attribute(obj, attr, value)

    def is_safe_callable(self, obj: Any) -> bool:
        """Macros, functions given by name, and the listed methods of texts, lists and dates; never a record's methods."""
        if isinstance(obj, (Macro, BlockReference, LoopContext, FunctionType)) or obj is Namespace or obj is dict:
            return super().is_safe_callable(obj)
        owner = getattr(obj, "__self__", None)
        if owner is self or isinstance(owner, LoopContext):
            return True
        kind = next((kind for kind in _METHODS if isinstance(owner, kind)), None)
        return isinstance(obj, BuiltinMethodType) and kind is not None and obj.__name__ in _METHODS[kind]

    def unsafe_undefined(self, obj: Any, attribute: str) -> Undefined:
        """What an attribute that may not be read becomes: using it raises SecurityError, without its value."""
        named = repr(attribute) if attribute.isidentifier() else "that element"
        return self.undefined(f"a template cannot read {named} of a {type(obj).__name__}", exc=SecurityError)

    def wrap_str_format(self, value: Any) -> None:
        """`"…".format` is never offered: `is_safe_attribute` refuses it."""

    def call(__self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805
        """Calls what may be called. Raises SecurityError in words that hold no value."""
        __self._step(1)
        if isinstance(__obj, Undefined):
            str(__obj)
        if not __self.is_safe_callable(__obj):
            raise SecurityError(f"a template cannot call a {type(__obj).__name__}")
        return __context.call(__obj, *args, **kwargs)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        if operator == "+":
            if isinstance(left, str) or isinstance(right, str):
                return join_values((left, right))
            return _small(left + right)
        if operator in _OPERATORS and not isinstance(left, Sequence) and not isinstance(right, Sequence):
            return _small(_OPERATORS[operator](left, right))
        raise SecurityError(f"a template cannot use {operator} here")

    def _range(self, *bounds: int) -> range:
        numbers = range(*bounds)
        if len(numbers) > MAX_RANGE:
            raise SecurityError(f"range is longer than {MAX_RANGE}")
        return numbers

    @pass_context
    def _counted(self, context: Context, values: Any, spelled: str | None) -> Any:
        if values is None:
            raise NotText(f"`{spelled or 'a list'}` is not known", "Put {% if … %} around the loop in the template.")
        if isinstance(values, Undefined):
            return values
        if not isinstance(values, Iterable):
            raise NotText(f"`{spelled or 'a value'}` is not a list", "Loop over a list only.")
        counted = values if isinstance(values, Sequence) else list(values)
        self._step(1 + len(counted))
        return counted

    def _printed(self, value: Any, spelled: str | None) -> Markup:
        try:
            text = literal.literal(value)
        except NotText as problem:
            raise NotText(
                f"`{spelled}` {problem.says}" if spelled else f"a value {problem.says}", problem.fix
            ) from None
        self._letters += len(text)
        if self._letters > MAX_LETTERS:
            raise SecurityError(f"more than {MAX_LETTERS:,} letters")
        return text

    def _step(self, turns: int) -> None:
        self._steps += turns
        if self._steps > MAX_STEPS:
            raise SecurityError(f"more than {MAX_STEPS:,} turns of loops and macros")


def _small(value: Any) -> Any:
    if (isinstance(value, int) and abs(value) > MAX_NUMBER) or (isinstance(value, Sequence) and len(value) > MAX_STEPS):
        raise SecurityError("a number or a list grows without end")
    return value
