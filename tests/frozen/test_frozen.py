"""Frozen records made without compiling code: to every reader they are the library's dataclasses."""

from __future__ import annotations

import copy
import dataclasses
import pickle
import subprocess
import sys
from dataclasses import field
from types import SimpleNamespace
from typing import Any, ClassVar

import pytest

from commands import WAIT_S
from massage_claim.frozen import dataclass


def _made(decorator: Any) -> SimpleNamespace:
    """The same classes, by one decorator or the other."""

    @decorator(frozen=True, slots=True)
    class Base:
        """A base."""

        says: str
        fix: str = "do"

    @decorator(frozen=True, slots=True)
    class Found(Base):
        LIMIT: ClassVar[int] = 3
        marks: dict[str, int] = field(default_factory=dict)
        size: int | None = field(default=None, repr=False, compare=False)

        @property
        def loud(self) -> str:
            return self.says.upper()

    @decorator(frozen=True, slots=True)
    class Same(Base):
        """Adds nothing."""

    @decorator(frozen=True, slots=True, kw_only=True)
    class Named:
        code: str
        until: str | None = None
        words: str

    @decorator(frozen=True)
    class Empty:
        pass

    @decorator(frozen=True)
    class Upright:
        height: int

        def __post_init__(self) -> None:
            if self.height < 0:
                raise ValueError

    return SimpleNamespace(Base=Base, Found=Found, Same=Same, Named=Named, Empty=Empty, Upright=Upright)


OURS, THEIRS = _made(dataclass), _made(dataclasses.dataclass)
BOTH = pytest.mark.parametrize("kinds", [OURS, THEIRS], ids=["ours", "the library's"])


def test_it_is_ours_that_is_tested() -> None:
    assert OURS.Base.__init__.__code__.co_filename.endswith("frozen.py")
    assert not THEIRS.Base.__init__.__code__.co_filename.endswith("frozen.py")


@BOTH
def test_values_defaults_and_text(kinds: SimpleNamespace) -> None:
    found = kinds.Found("a", size=2)
    assert (found.says, found.fix, found.marks, found.size, found.loud) == ("a", "do", {}, 2, "A")
    assert repr(found).rpartition(".")[2] == "Found(says='a', fix='do', marks={})"
    assert kinds.Found("a").marks is not kinds.Found("a").marks
    assert kinds.Found.LIMIT == found.LIMIT == 3
    assert kinds.Named(words="w", code="c") == kinds.Named(code="c", words="w", until=None)
    assert kinds.Empty() == kinds.Empty()
    assert repr(kinds.Empty()).endswith("Empty()")


@BOTH
@pytest.mark.parametrize(
    ("kind", "values", "named"),
    [
        ("Found", (), {}),
        ("Found", ("a", "b", {}, 1, 2), {}),
        ("Found", ("a",), {"says": "b"}),
        ("Found", ("a",), {"colour": "b"}),
        ("Named", ("c",), {"words": "w"}),
        ("Named", (), {"code": "c"}),
        ("Empty", (1,), {}),
    ],
)
def test_wrong_values_are_refused(kinds: SimpleNamespace, kind: str, values: Any, named: Any) -> None:
    with pytest.raises(TypeError):
        getattr(kinds, kind)(*values, **named)


@BOTH
def test_nothing_can_be_changed(kinds: SimpleNamespace) -> None:
    found = kinds.Found("a")
    for name in ("says", "colour"):
        with pytest.raises((dataclasses.FrozenInstanceError, TypeError)):
            setattr(found, name, "b")
    with pytest.raises((dataclasses.FrozenInstanceError, TypeError)):
        del found.says
    with pytest.raises(ValueError, match=r"^$"):
        kinds.Upright(-1)


@BOTH
def test_equal_and_hashed_by_kind_and_compared_fields(kinds: SimpleNamespace) -> None:
    assert kinds.Found("a", size=1) == kinds.Found("a", size=2) != kinds.Found("b")
    assert kinds.Base("a") != kinds.Same("a")
    assert (kinds.Base("a") == SimpleNamespace(says="a", fix="do")) is False
    assert len({kinds.Base("a"), kinds.Base("a"), kinds.Base("b"), kinds.Same("a")}) == 3
    with pytest.raises(TypeError):
        hash(kinds.Found("a"))  # it holds a dict


@BOTH
def test_the_librarys_functions_know_it(kinds: SimpleNamespace) -> None:
    found = kinds.Found("a")
    changed = dataclasses.replace(found, says="b", size=4)
    assert (changed.says, changed.size, found.says) == ("b", 4, "a")
    assert type(changed) is kinds.Found
    assert [item.name for item in dataclasses.fields(kinds.Found)] == ["says", "fix", "marks", "size"]
    assert [item.name for item in dataclasses.fields(kinds.Base)] == ["says", "fix"]
    assert dataclasses.is_dataclass(kinds.Empty)
    assert dataclasses.asdict(changed) == {"says": "b", "fix": "do", "marks": {}, "size": 4}
    assert copy.copy(found) == copy.deepcopy(found) == found
    assert kinds.Found.__match_args__ == ("says", "fix", "marks", "size")
    assert kinds.Named.__match_args__ == ()


@BOTH
def test_a_class_of_the_library_can_build_on_it(kinds: SimpleNamespace) -> None:
    @dataclasses.dataclass(frozen=True)
    class Further(kinds.Same):  # type: ignore[misc,name-defined]
        more: int = 1

    assert Further("a", "b", 2) == Further(says="a", fix="b", more=2)


def test_what_can_change_is_the_librarys_own() -> None:
    @dataclass(slots=True)
    class Open:
        line: int

    spot = Open(1)
    spot.line = 2
    assert spot == Open(2)
    assert not hasattr(spot, "__dict__")

    @dataclass
    class Bare:
        line: int = 1

    @dataclass(frozen=True, order=True)
    class Ordered:
        line: int

    assert Bare() == Bare(1)
    assert Ordered(1) < Ordered(2)


def test_a_record_is_pickled() -> None:
    from massage_claim.errors import Problem, Where

    problem = Problem("It is so.", "Do this.", Where("a.yaml", 3))
    assert pickle.loads(pickle.dumps(problem)) == problem


def test_making_a_class_compiles_nothing() -> None:
    """Counted, not timed: the library compiles for each class."""
    program = """
import builtins, sys
from massage_claim.frozen import dataclass
made = []
whole = builtins.exec
builtins.exec = lambda *given: made.append(given) or whole(*given)
@dataclass(frozen=True, slots=True)
class A:
    x: int
before = len(made)
@dataclass(slots=True)
class B:
    x: int
print(before, len(made) > 0)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=WAIT_S)
    assert done.stdout == "0 True\n"
