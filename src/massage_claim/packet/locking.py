"""A PDF that opens with a password only: takes bytes and the password, gives bytes; touches no disk, keeps no password."""

from __future__ import annotations

import io
import unicodedata

import pikepdf

MOST_BYTES = 127
"""Of a password in UTF-8 (ISO 32000-2, 7.6.4.3.3)."""


def can_lock(password: str) -> bool:
    """Whether readers take it: not empty, and not too many bytes. A letter beyond A to Z has two to four of them."""
    return 0 < len(unicodedata.normalize("NFKC", password).encode("utf-8")) <= MOST_BYTES


def locked(pdf: bytes, password: str) -> bytes:
    """The same document with AES-256 (PDF 2.0, revision 6), its title and bookmarks too. New bytes each time.

    Raises ValueError for a password that is empty or over 127 bytes long.
    """
    if not can_lock(password):
        raise ValueError("password length")
    word = unicodedata.normalize("NFKC", password)
    data = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        everything = pikepdf.Permissions()
        lock = pikepdf.Encryption(user=word, owner=word, R=6, allow=everything, aes=True, metadata=True)
        document.save(data, encryption=lock, object_stream_mode=pikepdf.ObjectStreamMode.preserve)
    return data.getvalue()
