"""What a template may do to a value. Gives the closed list of filters: a few of Jinja2's own, none of which can turn a
value into Markdown, and this room's formats. A value that is not known passes through, so that the place which prints
it can name the field. Touches nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from jinja2.exceptions import SecurityError
from jinja2.filters import FILTERS
from jinja2.runtime import Undefined
from markupsafe import Markup

from massage_claim.writing import formats, literal, prepare
from massage_claim.writing.formats import NotText

MAX_LETTERS = 4_000_000  # printed in one paper: more than 1,000 pages

_JINJA_FILTERS = (
    "abs capitalize count d default dictsort first groupby int items last length list lower map max min reject "
    "rejectattr reverse round select selectattr sort title unique upper"
).split()


def template_filters() -> dict[str, Callable[..., Any]]:
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
            prepare.JOINED: joined,
        }
    )


def _of_known(function: Callable[..., Any]) -> Callable[..., Any]:
    """The filter, letting through what is not known: the place that prints it names the field."""

    @wraps(function)
    def filtered(value: Any, *arguments: Any, **named: Any) -> Any:
        return value if value is None or isinstance(value, Undefined) else function(value, *arguments, **named)

    return filtered


def joined(values: Iterable[Any]) -> Markup | str:
    """Values one after the other, as one text. Raises SecurityError when it grows beyond a paper."""
    text = literal.joined(*values)
    if len(text) > MAX_LETTERS:
        raise SecurityError(f"a text of more than {MAX_LETTERS:,} letters")
    return text


def _join(values: Iterable[Any], separator: str = "", attribute: str | None = None) -> Markup | str:
    if attribute is not None:
        raise NotText("is joined by attribute", "Write |map(attribute=…)|join(…).")
    parts: list[Any] = []
    for value in values:
        parts += [separator, value] if parts else [value]
    return joined(parts)


def _sum(values: Iterable[Any]) -> Any:
    found = list(values)
    if any(isinstance(value, (str, bool)) or not hasattr(value, "__add__") for value in found):
        raise NotText("is a sum of things that are not numbers", "Sum amounts or numbers only.")
    return sum(found)


def _trim(value: Any) -> Any:
    if not isinstance(value, Markup):
        return value.strip() if isinstance(value, str) else value
    return Markup(prepare.trimmed(value))  # noqa: S704 — only takes away
