"""The fact files read beforehand say exactly what the files say, and a changed file is parsed anew."""

from __future__ import annotations

import json
import runpy
import shutil
import zlib
from pathlib import Path

import pytest

from massage_claim.errors import Unreadable
from massage_claim.facts import trees
from massage_claim.facts.files import FOLDER, SECTIONS, read_file

TOOL = Path(__file__).parents[2] / "tools" / "make_fact_trees.py"
NAMES = sorted(path.name for path in FOLDER.glob("*.yaml"))


def test_the_shipped_trees_are_fresh() -> None:
    texts = runpy.run_path(str(TOOL))["texts"](FOLDER)
    made, shipped = (json.loads(zlib.decompress(data)) for data in (trees.packed(texts), trees.FILE.read_bytes()))
    assert made == shipped, "run python tools/make_fact_trees.py"


@pytest.mark.parametrize("name", NAMES)
def test_a_file_read_beforehand_gives_the_same_facts(name: str, tmp_path: Path) -> None:
    data = (FOLDER / name).read_bytes()
    assert trees.content_of(name, data) is not None, "run python tools/make_fact_trees.py"
    touched = tmp_path / name
    touched.write_bytes(data + b"# one comment more\n")  # other bytes: this one is parsed
    assert trees.content_of(name, touched.read_bytes()) is None
    assert read_file(touched, SECTIONS[touched.stem]) == read_file(FOLDER / name, SECTIONS[touched.stem])


def test_a_mistake_in_a_changed_file_has_its_line(tmp_path: Path) -> None:
    path = tmp_path / "attention.yaml"
    path.write_text((FOLDER / "attention.yaml").read_text(encoding="utf-8").replace("amount: 30", "amount: many"))
    with pytest.raises(Unreadable) as refused:
        read_file(path, SECTIONS["attention"])
    (problem, *_) = refused.value.problems
    assert problem.where is not None
    assert problem.where.line is not None
    assert "amount" in path.read_text(encoding="utf-8").splitlines()[problem.where.line - 1]


def test_a_mistake_in_a_file_read_beforehand_has_its_line_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "attention.yaml"
    path.write_text((FOLDER / "attention.yaml").read_text(encoding="utf-8").replace("amount: 30", "amount: many"))
    packed = trees.packed(runpy.run_path(str(TOOL))["texts"](tmp_path))
    (tmp_path / "trees.zlib").write_bytes(packed)
    monkeypatch.setattr(trees, "FILE", tmp_path / "trees.zlib")
    trees._trees.cache_clear()
    try:
        assert trees.content_of(path.name, path.read_bytes()) is not None
        with pytest.raises(Unreadable) as refused:
            read_file(path, SECTIONS["attention"])
        assert all(problem.where and (problem.where.line or 0) > 1 for problem in refused.value.problems)
    finally:
        trees._trees.cache_clear()


@pytest.mark.parametrize("content", [None, b"", b"not packed", zlib.compress(b"[1]"), zlib.compress(b"{")])
def test_without_the_trees_every_file_is_parsed(
    content: bytes | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if content is not None:
        (tmp_path / "trees.zlib").write_bytes(content)
    monkeypatch.setattr(trees, "FILE", tmp_path / "trees.zlib")
    trees._trees.cache_clear()
    try:
        path = Path(shutil.copy(FOLDER / "modifiers.yaml", tmp_path))
        assert trees.content_of(path.name, path.read_bytes()) is None
        assert read_file(path, SECTIONS["modifiers"])["modifiers"]
    finally:
        trees._trees.cache_clear()
