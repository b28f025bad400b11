"""Pages are counted and their text is read, from bytes and from a path."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from massage_claim.errors import AttachmentUnusable
from massage_claim.packet.pdf_file import count_pages, read_texts


def test_text_and_count_of_bytes_and_paths(make: SimpleNamespace, tmp_path: Path) -> None:
    data = make.saved(make.document(["first page", "second page"]))
    path = tmp_path / "x.pdf"
    path.write_bytes(data)
    assert count_pages(data) == 2
    assert [text.strip() for text in read_texts(data)] == ["first page", "second page"]
    assert read_texts(path) == read_texts(data)
    with pytest.raises(AttachmentUnusable):
        read_texts(tmp_path / "no.pdf")
