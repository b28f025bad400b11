"""A person's file as bytes: opened in the only way this room opens one, its digest, and what kind of file it is.

Follows no link. The checks are made on the opened descriptor, so nothing can be swapped between looking and reading. The
kind is known by the bytes alone; the name plays no part. A kind that can be merged is in USABLE; every other word is also a
reason known to `refusals`. A further format is one more signature here and one more branch in `pages/picture.py`.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from pathlib import Path

from massage_claim.packet.refusals import MAX_BYTES, refusal

_FLAGS = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


def open_file(path: Path) -> int:
    """A read-only descriptor of an ordinary file of 1 byte to 100 MB; raises AttachmentUnusable for anything else."""
    try:
        descriptor = os.open(path, _FLAGS)
    except FileNotFoundError:
        raise refusal("missing", path.name) from None
    except OSError as error:
        if error.errno in (errno.ELOOP, errno.EMLINK):
            raise refusal("link", path.name) from None
        if error.errno == errno.ENOTDIR:
            raise refusal("missing", path.name) from None
        detail = (error.strerror or "no reason given").lower()
        raise refusal("unreadable", path.name, detail=detail) from None
    except ValueError:  # a NUL inside the path
        raise refusal("missing", path.name) from None
    try:
        _check(os.fstat(descriptor), path.name)
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def _check(status: os.stat_result, name: str) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise refusal("folder", name)
    if not stat.S_ISREG(status.st_mode):
        raise refusal("special", name)
    if status.st_size == 0:
        raise refusal("empty", name)
    if status.st_size > MAX_BYTES:
        raise refusal("too-big", name, megabytes=-(-status.st_size // 1_000_000))


def read_descriptor(descriptor: int) -> bytes:
    """Everything from a descriptor at its start, at most one byte more than the limit."""
    pieces: list[bytes] = []
    left = MAX_BYTES + 1
    while left > 0:
        piece = os.read(descriptor, min(left, 1 << 20))
        if not piece:
            break
        pieces.append(piece)
        left -= len(piece)
    return b"".join(pieces)


def read_file(path: Path) -> bytes:
    """The whole file, under the same rules as `open_file`."""
    descriptor = open_file(path)
    try:
        data = read_descriptor(descriptor)
    except OSError as error:
        detail = (error.strerror or "no reason given").lower()
        raise refusal("unreadable", path.name, detail=detail) from None
    finally:
        os.close(descriptor)
    if not data:
        raise refusal("empty", path.name)
    if len(data) > MAX_BYTES:
        raise refusal("too-big", path.name, megabytes=-(-len(data) // 1_000_000))
    return data


def sha256(data: bytes) -> str:
    """The SHA-256 as 64 small hex digits."""
    return hashlib.sha256(data).hexdigest()


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
