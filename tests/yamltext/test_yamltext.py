"""YAML in, text out: nothing is guessed, every mistake has a line, nothing is lost on the way back."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from massage_claim import yamltext
from massage_claim.errors import Unreadable

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus" / "strings"


@pytest.mark.parametrize(
    "scalar", ["0012345", "02139", "01234", "1:30", "NO", "yes", "1e5", "2026-01-14", "0x1F", "1_000", ".5", "12:30:45"]
)
def test_identifiers_stay_as_typed(scalar: str) -> None:
    assert yamltext.read(f"value: {scalar}\n", "x.yaml").value == {"value": scalar}


def test_only_empty_and_null_words_are_nothing() -> None:
    tree = yamltext.read("a:\nb: ~\nc: null\nd: ''\ne: 'null'\n", "x.yaml")
    assert tree.value == {"a": None, "b": None, "c": None, "d": "", "e": "null"}


def test_every_key_knows_its_line() -> None:
    tree = yamltext.read("a: 1\nb:\n  - c: 2\n    d: 3\n  - e\nf:\n  g:\n    h: 4\n", "x.yaml")
    assert [tree.line(p) for p in (["a"], ["b"], ["b", 0, "d"], ["b", 1], ["f", "g", "h"])] == [1, 2, 4, 5, 8]
    assert tree.line(["f", "missing"]) == 6, "a missing key is reported at its parent"
    assert str(tree.where(["b", 0, "d"])) == "x.yaml:4"


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, "twice"),
        ("a: &x 1\nb: 2\n", 1, "anchor"),
        ("a: 1\nb: *x\n", 2, "alias"),
        ("a: 1\nb: !!python/object:os.system x\n", 2, "tag"),
        ("a: !x\n  b: 1\n", 1, "tag"),
        ("a: 1\n---\nb: 2\n", 2, "second"),
        ("a: 1\n? [b]\n: 2\n", 2, "key"),
        ("a: 1\n: 2\n", 2, "key"),
        ("a: 1\n\tb: 2\n", 2, "tab at the beginning"),
        ('a: 1\nb: "x\n', 2, "YAML"),
        ("a: b: c\n", 1, "YAML"),
        ("a: 1\nb: x\x07y\n", 2, "control"),
        ("a: " + "[" * 60, 1, "nested"),
        ("a: " + "[" * 30_000, 1, "nested"),
        ("a: " + "[" * 1_000 + "]" * 1_000, 1, "nested"),
        ("a: " + "{b: " * 30_000, 1, "nested"),
        ("a: " + "[{b: " * 500, 1, "nested"),
        ("a: 1\nc: " + "- " * 5_000, 2, "YAML"),
        ("- " * 30_000, 1, "nested"),
        ("\n".join(" " * deep + "a:" for deep in range(60)), 41, "nested"),
    ],
)
def test_what_is_refused_names_its_line(text: str, line: int, word: str) -> None:
    with pytest.raises(Unreadable) as caught:
        yamltext.read(text, "x.yaml")
    (problem,) = caught.value.problems
    assert problem.where is not None
    assert (problem.where.file, problem.where.line) == ("x.yaml", line)
    assert word in problem.says
    assert problem.fix


@pytest.mark.parametrize(
    ("text", "line", "fix"),
    [
        ("\ta: 1", 1, "spaces"),
        ("a:\n\tb: 1", 2, "spaces"),
        ("a:\n  - x\n\t- y", 3, "spaces"),
        ("a: @x", 1, "quotes"),
        ("a: `x", 1, "quotes"),
        ('a: 1\nb: "x\nc: 2', 2, "Close the quotation mark"),
        ("a: 'x", 1, "Close the quotation mark"),
        ("a: [1, 2\nb: 3", 1, "Close the ["),
        ("a: {b: 1\nc: 3", 1, "Close the {"),
        ("a: b: c", 1, "quotes if it holds a colon"),
        ('a: "\\q"', 1, "single quotes"),
        ("a: 1\na: 2", 2, "Keep one"),
    ],
)
def test_the_fix_fits_the_cause(text: str, line: int, fix: str) -> None:
    with pytest.raises(Unreadable) as caught:
        yamltext.read(text, "x.yaml")
    (problem,) = caught.value.problems
    assert problem.where is not None
    assert problem.where.line == line
    assert fix in problem.fix


def test_brackets_in_a_text_are_no_nesting() -> None:
    text = "note: |\n  " + "[" * 60 + "\n"
    assert yamltext.read(text, "x.yaml").value == {"note": "[" * 60 + "\n"}


def test_a_huge_file_is_refused() -> None:
    with pytest.raises(Unreadable, match="larger"):
        yamltext.read("a: " + "x" * 1_000_001, "x.yaml")


@pytest.mark.parametrize(
    ("data", "word"), [("a: 1".encode("utf-16"), "UTF-16"), (b"a: 1\nb: \xff\n", "UTF-8"), (b"a: \xe9", "UTF-8")]
)
def test_other_encodings_are_refused(data: bytes, word: str) -> None:
    with pytest.raises(Unreadable, match=word):
        yamltext.decode(data, "x.yaml")


def test_a_byte_order_mark_and_windows_line_ends_are_fine() -> None:
    assert yamltext.read(yamltext.decode(b"\xef\xbb\xbfa: 1\r\nb: 2\r\n", "x"), "x").value == {"a": "1", "b": "2"}


texts = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n"), max_size=80)
trees = st.dictionaries(
    st.from_regex(r"[a-z_]{1,8}", fullmatch=True),
    st.recursive(texts | st.none(), lambda kids: st.lists(kids, max_size=4) | st.dictionaries(texts, kids, max_size=3)),
    max_size=5,
)


@given(trees)
def test_write_then_read_is_equal(tree: dict[str, object]) -> None:
    assert yamltext.read(yamltext.write(tree), "x").value == (tree or {})  # type: ignore[arg-type]


def test_written_records_look_hand_made() -> None:
    text = yamltext.write(
        {"date": "2026-01-14", "zip": "02139", "state": "NO", "note": "One.\nTwo: three.", "tip": None}
    )
    assert text == "date: 2026-01-14\nzip: 02139\nstate: NO\nnote: |-\n  One.\n  Two: three.\ntip:\n"


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of YAML test suites is not beside this checkout")
def test_foreign_yaml_is_read_or_refused_never_crashes() -> None:
    seen = refused = 0
    for path in sorted((CORPUS / "yaml").rglob("*")):
        if not path.is_file():
            continue
        seen += 1
        try:
            yamltext.read(yamltext.decode(path.read_bytes(), path.name), path.name)
        except Unreadable as failure:
            refused += 1
            assert all(problem.where and problem.where.line for problem in failure.problems), path.name
    assert seen > 200
    assert 0 < refused < seen
