"""A rule for a value, as the kinds of value give it to pydantic.

pydantic's own annotations study the signature of their function anew at every field, each time the program starts:
a quarter of the time that reading a case's records costs. These know that it takes the value alone.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from pydantic import AfterValidator, BeforeValidator, GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

_OfOneValue = Callable[[Any], Any]


class Before(BeforeValidator):
    """Applied to the text, before it becomes the field's type."""

    def __get_pydantic_core_schema__(self, source_type: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_before_validator_function(cast(_OfOneValue, self.func), handler(source_type))


class Formed(Before):
    """The whole text has a form, a regular expression, before it becomes the field's type."""

    form: str

    def __init__(self, func: _OfOneValue, form: str) -> None:
        super().__init__(func)
        object.__setattr__(self, "form", form)  # the library's rules are frozen


class After(AfterValidator):
    """Applied to the value, when it has the field's type."""

    def __get_pydantic_core_schema__(self, source_type: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(cast(_OfOneValue, self.func), handler(source_type))


class Made:
    """The value is what a function makes of a text of this form; the type has no form of the library's own."""

    def __init__(self, make: Callable[[Any], Any], form: str) -> None:
        self.func = make
        self.form = form

    def __get_pydantic_core_schema__(self, source_type: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self._of_text)

    def _of_text(self, value: object) -> object:
        if not isinstance(value, str):
            raise ValueError("should be one value | Write it after the colon, on the same line")
        return self.func(value)


Words = tuple[tuple[str, str], ...]
"""The words of a closed answer, each with what it means to a person."""


class OneOf:
    """The value is one of these words; a choice exists once, as this list."""

    def __init__(self, *words: tuple[str, str]) -> None:
        self.words: Words = words
        self._known = frozenset(word for word, _ in words)

    def __get_pydantic_core_schema__(self, source_type: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_before_validator_function(self.check, handler(source_type))

    def check(self, value: object) -> object:
        """The word, without blanks around it. Raises ValueError for any other."""
        if not isinstance(value, str):
            return value
        word = value.strip()
        if word not in self._known:
            listed = ", ".join(known for known, _ in self.words)
            raise ValueError(f"is not one of its words | Write one of: {listed}")
        return word
