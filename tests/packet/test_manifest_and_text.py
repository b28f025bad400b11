from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from massage_claim.calc.private_numbers import private_kinds
from massage_claim.errors import AttachmentUnusable
from massage_claim.packet.manifest import manifest, verify
from massage_claim.packet.merge import merge
from massage_claim.packet.opening import sha256
from massage_claim.packet.parts import Part
from massage_claim.packet.text import page_count, page_texts


def test_the_manifest_tells_what_lies_where_and_knows_its_pdf(make: SimpleNamespace) -> None:
    order = make.saved(make.document(["a", "b"]))
    parts = [
        Part("cover", "Cover", make.saved(make.document(["c"])), "drawn"),
        Part("o", "Order", order, "pdf", letter="A"),
    ]
    merged = merge(parts, title="T")
    tree = manifest(merged, version="0.1.0", extra={"facts": ["x"]})
    assert tree["pages"] == 3
    assert tree["version"] == "0.1.0"
    assert tree["facts"] == ["x"]
    assert tree["parts"][1] == {
        "key": "o",
        "title": "Order",
        "first": 2,
        "last": 3,
        "letter": "A",
        "sha256": sha256(order),
    }
    assert verify(merged.pdf, tree)
    assert not verify(merged.pdf + b"\n", tree)
    assert not verify(merged.pdf, {})
    with pytest.raises(ValueError, match="pages"):
        manifest(merged, version="1", extra={"pages": 9})


def test_text_and_count_of_bytes_and_paths(make: SimpleNamespace, tmp_path: Path) -> None:
    data = make.saved(make.document(["first page", "second page"]))
    path = tmp_path / "x.pdf"
    path.write_bytes(data)
    assert page_count(data) == 2
    assert [text.strip() for text in page_texts(data)] == ["first page", "second page"]
    assert page_texts(path) == page_texts(data)
    with pytest.raises(AttachmentUnusable):
        page_texts(tmp_path / "no.pdf")


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("SSN: 219-09-9999", ("ssn",)),
        ("219–09–9999", ("ssn",)),
        ("Social Security Number 219099999", ("ssn",)),
        ("219099999", ()),
        ("000-12-3456 666-12-3456 912-12-3456 219-00-1234 219-09-0000", ()),
        ("1219-09-9999 and 219-09-99991", ()),
        ("tel. 219-555-0199, zip 02139-4307, 2026-01-14", ()),
        ("4111-1111-1111-1111", ("card",)),
        ("378282246310005", ("card",)),
        ("4111111111111112", ()),
        ("member 9999999999999995", ()),
        ("ssn 219-09-9999 card 5555 5555 5555 4444", ("ssn", "card")),
    ],
)
def test_private_numbers_by_the_issuers_rules(text: str, kinds: tuple[str, ...]) -> None:
    assert private_kinds(text) == kinds
