"""A rule for a value, as the kinds of value give it to pydantic. Takes a function of one value; reads nothing.

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


class After(AfterValidator):
    """Applied to the value, when it has the field's type."""

    def __get_pydantic_core_schema__(self, source_type: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(cast(_OfOneValue, self.func), handler(source_type))
