"""What kind of file some bytes are: takes the bytes, gives a word; the file's name plays no part.

A kind that can be merged is in USABLE; every other word is also a reason known to `refusals`. A further format is one
more signature here and one more branch in `picture`.
"""

from __future__ import annotations

USABLE = frozenset({"pdf", "jpeg", "png", "tiff", "webp", "heic"})

_HEIF_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
_AVIF_BRANDS = frozenset({b"avif", b"avis"})
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "pdf"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"II+\x00", "tiff"),
    (b"MM\x00+", "tiff"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"BM", "bmp"),
    (b"PK\x03\x04", "office"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "office"),
    (b"{\\rtf", "office"),
)
_HTML_STARTS = (b"<!doctype html", b"<html", b"<head", b"<body", b"<script", b"<!--")


def kind_of(data: bytes) -> str:
    """One of USABLE, or the reason why not: "html", "avif", "gif", "bmp", "office", "unknown"."""
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            return kind
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    if data[4:8] == b"ftyp":
        if data[8:12] in _AVIF_BRANDS:
            return "avif"
        if any(brand in data[8:64] for brand in _HEIF_BRANDS):
            return "heic"
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n\x00").lower()
    if start.startswith(_HTML_STARTS):
        return "html"
    # Readers accept junk before the header within the first kilobyte, and so do real scanners and mail gateways.
    if b"%PDF-" in data[:1024]:
        return "pdf"
    return "unknown"
