"""A JPEG without what a phone writes beside the picture; decodes nothing.

Kept are the segments needed to decode and show it right: APP0, the ICC profile of APP2, APP14 (how Adobe coded the
colors). Gone are EXIF with place and time, XMP, IPTC, comments, previews, and further pictures after the first.
"""

from __future__ import annotations

import re

_SCAN_END = re.compile(rb"\xff(?![\x00\xff\xd0-\xd7])", re.DOTALL)
_STANDALONE = frozenset({0x01, *range(0xD0, 0xD8)})
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_PASSED_THROUGH = frozenset({0xC0, 0xC1, 0xC2})  # baseline, extended, progressive: what every PDF reader decodes


class UnusualJpegError(ValueError):
    """The bytes can't go into a PDF as they are; the picture must be decoded instead."""


def strip_metadata(data: bytes) -> bytes:
    """The JPEG's first picture without metadata, its coded pixels unchanged. Raises UnusualJpegError."""
    if data[:2] != b"\xff\xd8":
        raise UnusualJpegError("no start")
    out = bytearray(b"\xff\xd8")
    at, frames, scans = 2, 0, 0
    while True:
        while data[at : at + 2] == b"\xff\xff":
            at += 1
        if at + 2 > len(data):
            break  # no end marker; the pixels were decoded in full by whoever examined the file
        if data[at] != 0xFF:
            raise UnusualJpegError("junk between segments")
        marker = data[at + 1]
        if marker == 0xD9:
            break
        if marker in _STANDALONE:
            at += 2
            continue
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        segment = data[at : at + 2 + length]
        if length < 2 or len(segment) != 2 + length:
            raise UnusualJpegError("cut segment")
        if marker in _FRAMES:
            frames += 1
            if marker not in _PASSED_THROUGH or segment[4] != 8:
                raise UnusualJpegError("unusual coding")
        out += _kept(marker, segment)
        at += 2 + length
        if marker == 0xDA:
            scans += 1
            end = _SCAN_END.search(data, at)
            stop = end.start() if end else len(data)
            out += data[at:stop]
            at = stop
    if frames != 1 or scans == 0:
        raise UnusualJpegError("no picture")
    return bytes(out) + b"\xff\xd9"


def from_adobe(data: bytes) -> bool:
    """Whether the colours are coded Adobe's way, which for four inks means inverted."""
    return re.search(rb"\xff\xee..Adobe", data[: data.find(b"\xff\xda")], re.DOTALL) is not None


def _kept(marker: int, segment: bytes) -> bytes:
    if marker == 0xE0:
        # The plain JFIF header; the small preview that may follow in it is left behind.
        return b"\xff\xe0\x00\x10" + segment[4:16] + b"\x00\x00" if segment[4:9] == b"JFIF\x00" else b""
    if marker == 0xE2:
        return segment if segment[4:16] == b"ICC_PROFILE\x00" else b""
    if marker == 0xEE:
        return segment if segment[4:9] == b"Adobe" else b""
    return b"" if marker >= 0xE1 else segment
