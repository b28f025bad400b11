"""The manifest says what lies where in a packet, and knows its PDF."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from massage_claim.packet.file_bytes import sha256
from massage_claim.packet.manifest import manifest, verify
from massage_claim.packet.merge import merge
from massage_claim.packet.parts import Part


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
