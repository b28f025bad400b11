"""The built copy of the facts is that of the YAML; a copy that is old, broken or missing changes nothing but the time."""

from collections.abc import Iterator
from pathlib import Path
from shutil import copy

import pytest

from massage_claim import yamltext
from massage_claim.errors import Unreadable
from massage_claim.facts import fact_file
from massage_claim.facts.codes import Modifier
from massage_claim.facts.fact_file import BUILT, FOLDER, build, read_file
from massage_claim.facts.library import KINDS
from massage_claim.frozen import dataclass


@dataclass(frozen=True, kw_only=True)
class WantsMore(Modifier, file="modifiers", key="code"):
    region: str


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    fact_file._built.cache_clear()
    yield
    fact_file._built.cache_clear()


def no_yaml(*_: object) -> yamltext.Tree:
    raise AssertionError("the YAML was read")


def test_the_copy_is_that_of_the_yaml() -> None:
    assert build() == BUILT.read_text(encoding="utf-8"), "type `make facts`"


def test_no_yaml_is_read_while_the_copy_is_right(monkeypatch: pytest.MonkeyPatch) -> None:
    shipped = {file: read_file(FOLDER / f"{file}.yaml", kinds) for file, kinds in KINDS.items()}
    monkeypatch.setattr(yamltext, "read", no_yaml)
    assert shipped == {file: read_file(FOLDER / f"{file}.yaml", kinds) for file, kinds in KINDS.items()}


def test_a_yaml_that_was_changed_is_read_itself(tmp_path: Path) -> None:
    file = tmp_path / "modifiers.yaml"
    copy(FOLDER / "modifiers.yaml", file)
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("A distinct service", "Another service"), encoding="utf-8")
    words = {fact.known_as: fact.words for fact in read_file(file, [Modifier])[Modifier] if isinstance(fact, Modifier)}
    assert words["59"] == "Another service of the same day"


@pytest.mark.parametrize("copied", ["", "<<<<<<< ours\n", "[]", '{"modifiers": 1}'])
def test_a_broken_copy_is_no_copy(copied: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    right = read_file(FOLDER / "modifiers.yaml", [Modifier])
    (tmp_path / "facts.json").write_text(copied, encoding="utf-8")
    for built in (tmp_path / "facts.json", tmp_path / "missing.json"):
        monkeypatch.setattr(fact_file, "BUILT", built)
        fact_file._built.cache_clear()
        assert read_file(FOLDER / "modifiers.yaml", [Modifier]) == right


def test_a_kind_that_asks_for_more_is_told_the_line_of_the_yaml() -> None:
    """The copy knows no lines: they are the YAML's."""
    text = (FOLDER / "modifiers.yaml").read_text(encoding="utf-8").splitlines()
    first = next(number for number, line in enumerate(text, start=1) if line.startswith("  - code: GP"))
    with pytest.raises(Unreadable) as caught:
        read_file(FOLDER / "modifiers.yaml", [WantsMore])
    places = [str(problem.where) for problem in caught.value.problems if "`region` is missing" in problem.says]
    assert places[0] == f"facts/modifiers.yaml:{first}"
    assert len(places) == len(read_file(FOLDER / "modifiers.yaml", [Modifier])[Modifier])
