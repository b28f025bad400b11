from __future__ import annotations

import io
from types import SimpleNamespace

import pikepdf
import pytest

from massage_claim.packet.password import lock
from massage_claim.packet.pdf_file import read_texts
from massage_claim.packet.weights import weigh_pages, weigh_together


def test_it_opens_with_the_password_only_and_nothing_is_readable_in_it(make: SimpleNamespace) -> None:
    pdf = make.document(["secret page"])
    pdf.docinfo["/Title"] = pikepdf.String("Claim of Somebody")
    data = lock(make.saved(pdf), "four wörds in a row")
    assert b"Claim of Somebody" not in data
    for wrong in ("", "four words in a row"):
        with pytest.raises(pikepdf.PasswordError):
            pikepdf.open(io.BytesIO(data), password=wrong)
    with pikepdf.open(io.BytesIO(data), password="four wörds in a row") as opened:
        assert (opened.encryption.R, opened.encryption.bits) == (6, 256)
        assert str(opened.encryption.stream_method) == "EncryptionMethod.aesv3"
        plain = io.BytesIO()
        opened.save(plain, encryption=False)
    assert "secret page" in read_texts(plain.getvalue())[0]


@pytest.mark.parametrize("password", ["", "x" * 128, "ö" * 64])
def test_a_password_that_no_reader_takes(make: SimpleNamespace, password: str) -> None:
    with pytest.raises(ValueError, match="length"):
        lock(make.saved(make.document(["x"])), password)


def test_what_pages_share_weighs_once(make: SimpleNamespace) -> None:
    pdf = make.document(["a", "b", "c"])
    shared = pdf.make_stream(bytes(range(256)) * 400)
    for page in pdf.pages:
        page.obj.Resources.XObject = pikepdf.Dictionary(S=shared)
    data = make.saved(pdf, compress_streams=False)
    weights = weigh_pages(data)
    assert [sum(one.values()) > 100_000 for one in weights] == [True] * 3
    assert weigh_together(weights) < 110_000
    assert weigh_together(weights) == pytest.approx(len(data), abs=3000)
    assert weigh_together(weights[:1]) < weigh_together(weights)
