"""A template's mistake in words: what Jinja2 raised as one Problem with the template's line and the next move.

Never quotes a value: the messages of other errors may hold one, so only their kind is told.
"""

from __future__ import annotations

import re
from pathlib import Path
from types import FrameType

from jinja2 import TemplateNotFound, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError, TemplateRuntimeError

from massage_claim.errors import Problem, Where
from massage_claim.writing.formats import NotText

ENDING = ".md.j2"

# What a template can cause by what it says. Anything else is a bug in the program and passes on.
CAUSED = (
    TemplateSyntaxError,
    TemplateRuntimeError,
    TemplateNotFound,
    NotText,
    TypeError,
    ValueError,
    ArithmeticError,
    LookupError,
    AttributeError,
    RecursionError,
)

_PIECE = re.compile(r"[a-z][a-z0-9_]*(?:/[a-z][a-z0-9_]*)?\.md\.j2")
_HERE = Path(__file__).resolve().parent
_PACKAGE = _HERE.parent


def is_ours(error: BaseException) -> bool:
    """Whether the error rose in code of this program outside this room: then the template is not to blame."""
    frames = _frames(error)
    if not frames or isinstance(error, NotText):
        return False
    file = Path(frames[-1][0].f_code.co_filename)
    return file.is_relative_to(_PACKAGE) and not file.is_relative_to(_HERE)


def problem_of(error: BaseException, name: str) -> Problem:
    """One Problem for what `CAUSED` raised while the template that messages call `name` was read or filled."""
    if isinstance(error, TemplateSyntaxError):
        where = Where(error.filename or name, error.lineno)
        return Problem(f"The template is not valid Jinja2: {error.message}", "Correct that line.", where)
    says, fix = _words(error)
    return Problem(f"The template can't be filled: {says}", fix, _where(error, name))


def _words(error: BaseException) -> tuple[str, str]:
    if isinstance(error, NotText):
        return error.says, error.fix
    if isinstance(error, UndefinedError):
        return str(error.message), "Correct the name, or use one that CONTRIBUTING lists for templates."
    if isinstance(error, SecurityError):
        return str(error.message), "Write it with what CONTRIBUTING lists for templates."
    if isinstance(error, TemplateNotFound):
        known = isinstance(error.name, str) and _PIECE.fullmatch(error.name)
        return f"there is no piece {error.name if known else 'of that name'}", (
            "Name a file such as parts/signature.md.j2, below the templates folder."
        )
    if isinstance(error, RecursionError):
        return "a macro or an include calls itself without end", "Take that call out."
    return f"an expression has the wrong kind of value ({type(error).__name__})", "Correct the expression on that line."


def _where(error: BaseException, name: str) -> Where:
    for frame, line in reversed(_frames(error)):
        if frame.f_code.co_filename.endswith(ENDING):
            return Where(frame.f_code.co_filename, line)
    return Where(name)


def _frames(error: BaseException) -> list[tuple[FrameType, int]]:
    found: list[tuple[FrameType, int]] = []
    step = error.__traceback__
    while step is not None:
        found.append((step.tb_frame, step.tb_lineno))
        step = step.tb_next
    return found
