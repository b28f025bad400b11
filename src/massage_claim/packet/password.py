"""A PDF with and without its password, in bytes; touches no disk, keeps no password."""

from __future__ import annotations

import io
import unicodedata

import pikepdf

from massage_claim.packet.pdf_file import open_pdf
from massage_claim.packet.refusals import UnfitError, refusal

MOST_BYTES = 127
"""Of a password in UTF-8 (ISO 32000-2, 7.6.4.3.3)."""


def can_lock(password: str) -> bool:
    """Whether readers take it: not empty, and not too many bytes. A letter beyond A to Z has two to four of them."""
    return 0 < len(unicodedata.normalize("NFKC", password).encode("utf-8")) <= MOST_BYTES


def lock(pdf: bytes, password: str) -> bytes:
    """The same document with AES-256 (PDF 2.0, revision 6), its title and bookmarks too. New bytes each time.

    Raises ValueError for a password that is empty or over 127 bytes long.
    """
    if not can_lock(password):
        raise ValueError("password length")
    word = unicodedata.normalize("NFKC", password)
    data = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        everything = pikepdf.Permissions()
        encryption = pikepdf.Encryption(user=word, owner=word, R=6, allow=everything, aes=True, metadata=True)
        document.save(data, encryption=encryption, object_stream_mode=pikepdf.ObjectStreamMode.preserve)
    return data.getvalue()


def unlock(data: bytes, password: str, name: str) -> bytes:
    """The same document, readable without a password; the same bytes each time. Raises AttachmentUnusable naming `name`."""
    try:
        pdf = open_pdf(data, password)
    except UnfitError as unfit:
        raise refusal(unfit.reason, name, **unfit.numbers) from None
    with pdf:
        whole = io.BytesIO()
        pdf.save(whole, encryption=False, deterministic_id=True)
    return whole.getvalue()
