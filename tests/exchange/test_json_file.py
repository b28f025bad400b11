"""A downloaded JSON file is read in one way, or refused with the reason and never with a value."""

from __future__ import annotations

import gzip
from decimal import Decimal

import pytest

from massage_claim.errors import Unreadable
from massage_claim.exchange.json_file import MOST_BYTES, MOST_DEPTH, read_json


def refusal(data: bytes) -> tuple[str, str, int | None]:
    with pytest.raises(Unreadable) as refused:
        read_json(data, "eob.json")
    (problem,) = refused.value.problems
    assert problem.where is not None
    assert problem.where.file == "eob.json"
    return problem.says, problem.fix, problem.where.line


def test_numbers_keep_every_digit_and_texts_every_sign() -> None:
    text = '{"a": 28.104000000000003, "b": 96.40, "c": 7, "d": "é\\u0142", "e": [true, null]}'
    for data in (text.encode(), text.encode("utf-8-sig"), text.encode("utf-16")):
        read = read_json(data, "eob.json")
        assert read == {"a": Decimal("28.104000000000003"), "b": Decimal("96.40"), "c": 7, "d": "éł", "e": [True, None]}
        assert str(read["b"]) == "96.40"
        assert isinstance(read["c"], Decimal)


@pytest.mark.parametrize(
    ("data", "says", "line"),
    [
        (b"", "empty", None),
        (b" \n ", "empty", None),
        (b'{"a": {"b": [1, 2', "cut off", 1),
        (b'{"a": "a secret word', "cut off", 1),
        (b'{"a": 1}\n{"a": 2}\n', "several JSON texts", 2),
        (b'{\n"a": 1,\n"a": 2}', "one thing twice", None),
        (b'{"a": NaN}', "not a number", None),
        (b'{"a": -Infinity}', "not a number", None),
        (b'{"a": ' + b"9" * 5000 + b"}", "too long", None),
        (b'{"a": 1e99999999999999999999}', "too long", None),
        (b'{"a":\n"b" "c"}', "no JSON", 2),
        (b"Claim: 5", "not JSON", 1),
        (b"<html>", "XML or a web page", None),
        (b"%PDF-1.7", "a PDF", None),
        (b"PK\x03\x04x", "a zip archive", None),
        (gzip.compress(b"{}", mtime=0), "a packed file", None),
        (b'{"a": "\xff"}', "no text", 1),
        (b"[" * (MOST_DEPTH + 1), "nests more than", 1),
        (b"[" * 100_000 + b"]" * 100_000, "nests more than", 1),
    ],
)
def test_what_can_not_be_read_in_one_way_is_refused(data: bytes, says: str, line: int | None) -> None:
    found, fix, at = refusal(data)
    assert says in found
    assert at == line
    assert fix
    assert "secret" not in found + fix


def test_brackets_inside_of_texts_are_no_depth() -> None:
    assert read_json(b'{"a": "' + b"[" * 500 + b'\\" [[["}', "x")["a"].startswith("[[[")
    assert read_json(b"[" * MOST_DEPTH + b"]" * MOST_DEPTH, "x")


def test_the_size_is_bounded() -> None:
    assert "larger than 20 MB" in refusal(b" " * (MOST_BYTES + 1))[0]
