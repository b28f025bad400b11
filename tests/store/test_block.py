"""One group of a record is written anew, and every other line stays."""

from __future__ import annotations

import pytest

from massage_claim import yamltext
from massage_claim.errors import Unreadable
from massage_claim.store.block import with_block

NEW = {"pages": "2", "lacks": ["name"]}
WRITTEN = "examined:\n  pages: '2'\n  lacks:\n  - name\n".replace("'2'", "2")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("file: a.pdf\n", f"file: a.pdf\n{WRITTEN}"),
        ("file: a.pdf", f"file: a.pdf\n{WRITTEN}"),
        ("# head\nfile: a.pdf # mine\nexamined:\n  pages: 1\n", f"# head\nfile: a.pdf # mine\n{WRITTEN}"),
        ("examined:\n  pages: 1\n\n# below\nfile: a.pdf\n", f"{WRITTEN}\n# below\nfile: a.pdf\n"),
        ("examined: {pages: 1}\nfile: a.pdf\n", f"{WRITTEN}file: a.pdf\n"),
        ("\ufeffexamined: {\n  pages: 1}\nfile: a.pdf\n", f"\ufeff{WRITTEN}file: a.pdf\n"),
        ("examined:\nfile: a.pdf\n", f"{WRITTEN}file: a.pdf\n"),
        ("", WRITTEN),
    ],
)
def test_the_group_is_replaced_and_nothing_else(before: str, after: str) -> None:
    made = with_block(before.encode(), "examined", NEW, "attachments/a.yaml")
    assert made.decode() == after
    assert with_block(made, "examined", NEW, "attachments/a.yaml") == made
    value = yamltext.read(made.decode("utf-8-sig"), "a").value
    assert isinstance(value, dict)
    assert value["examined"] == NEW


def test_what_would_not_read_back_is_refused() -> None:
    with pytest.raises(Unreadable) as refused:
        with_block(b"{file: a.pdf, examined: {pages: 1}}\n", "examined", NEW, "attachments/a.yaml")
    assert refused.value.problems[0].where is not None
