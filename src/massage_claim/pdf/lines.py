"""Text into lines: words measured, wrapped at spaces, too long ones split. Drawn by `ink.py`.

A line knows its width in points. No markup is ever parsed, so a text can hold anything and stays that text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote

from massage_claim.pdf import fonts
from massage_claim.pdf.alphabet import clean
from massage_claim.pdf.styles import Style
from massage_claim.writing.blocks import Run, Text

# Breaking spaces only: no-break space, figure space and narrow no-break space hold words together.
_PARTS = re.compile("(\n|[ \u1680\u2000-\u2006\u2008-\u200a\u205f\u3000]+)")
_GOOD_SPLIT = frozenset("-/._@?&=:;,)")
_SLACK = 0.01  # a column measured as wide as its text must hold it


@dataclass(frozen=True, slots=True)
class Piece:
    """Text in one font. `width` in points."""

    font: str
    text: str
    width: float
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Word:
    """Pieces that stay together. `space` stands before it unless it starts a line."""

    pieces: tuple[Piece, ...]
    space: Piece | None

    @property
    def width(self) -> float:
        return sum(piece.width for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Line:
    """A set line. `width` in points."""

    pieces: tuple[Piece, ...]
    width: float


@dataclass(frozen=True, slots=True)
class Measured:
    """A text cut into words: `rows` are what hard breaks part. Wrapped later, once the width is known."""

    rows: tuple[tuple[Word, ...], ...]
    style: Style

    @property
    def longest_word(self) -> float:
        """Points below which a word would have to be split."""
        return max((word.width for row in self.rows for word in row), default=0.0)

    @property
    def natural(self) -> float:
        """Points at which no line needs wrapping."""
        return max((_row_width(row) for row in self.rows), default=0.0)

    def wrap(self, width: float) -> tuple[Line, ...]:
        """Lines no wider than `width` points; a word that is wider is split."""
        return tuple(line for row in self.rows for line in _wrap_row(row, width + _SLACK, self.style.size))


def measure(text: Text, style: Style) -> Measured:
    """Cuts a text into words in the style's face and size."""
    rows: list[list[Word]] = [[]]
    pieces: list[Piece] = []
    space: Piece | None = None

    def close() -> None:
        nonlocal space
        if pieces:
            rows[-1].append(Word(tuple(pieces), space if rows[-1] else None))
            pieces.clear()
            space = None

    for run in text:
        face = fonts.face_of(bold=run.bold or style.bold, italic=run.italic or style.italic)
        link = safe_link(run.link)
        for part in _PARTS.split(clean(run.text)):
            if not part:
                continue
            if part == "\n":
                close()
                rows.append([])
                space = None
            elif _PARTS.fullmatch(part):
                close()
                space = _piece(fonts.main_font(face), " ", style.size, link)
            else:
                pieces.extend(
                    _piece(font, letters, style.size, link) for font, letters in fonts.split_by_font(part, face)
                )
    close()
    return Measured(tuple(map(tuple, rows)), style)


def set_lines(text: Text, style: Style, width: float) -> tuple[Line, ...]:
    """The text in lines no wider than `width` points. An empty text is one empty line."""
    return measure(text, style).wrap(width)


def shorten(value: str, style: Style, width: float) -> Line:
    """One line no wider than `width`, cut with an ellipsis if need be."""
    flat = " ".join(clean(value).split())
    line = _one_line(flat, style)
    if line.width <= width + _SLACK:
        return line
    kept = fonts.clusters(flat)
    low, high = 0, len(kept)
    while low < high:
        middle = (low + high + 1) // 2
        if _one_line("".join(kept[:middle]).rstrip() + "…", style).width <= width:
            low = middle
        else:
            high = middle - 1
    return _one_line("".join(kept[:low]).rstrip() + "…", style) if low else Line((), 0.0)


def _one_line(flat: str, style: Style) -> Line:
    return measure((Run(flat),), style).wrap(float("inf"))[0]


def safe_link(link: str | None) -> str | None:
    """The address if it may be clicked, percent-encoded: https, mailto, or another part of the packet (`packet:KEY`)."""
    if link is None or not link.startswith(("https://", "mailto:", "packet:")):
        return None
    return quote(link, safe="/:?#[]@!$&'()*+,;=%~-._", errors="replace")


def _piece(font: str, text: str, size: float, link: str | None) -> Piece:
    return Piece(font, text, fonts.width(text, font, size), link)


def _row_width(row: tuple[Word, ...]) -> float:
    return sum(word.width + (word.space.width if word.space else 0.0) for word in row)


def _wrap_row(row: tuple[Word, ...], width: float, size: float) -> list[Line]:
    lines: list[list[Piece]] = [[]]
    used = 0.0
    for word in row:
        space = word.space if lines[-1] else None
        needed = word.width + (space.width if space else 0.0)
        if used + needed <= width:
            lines[-1].extend((space, *word.pieces) if space else word.pieces)
            used += needed
            continue
        if lines[-1]:
            lines.append([])
        if word.width <= width:
            lines[-1].extend(word.pieces)
            used = word.width
            continue
        *full, last = _split_word(word, width, size)
        lines[-1:] = [*full, last]
        used = sum(piece.width for piece in last)
    return [_joined(pieces, size) for pieces in lines]


def _split_word(word: Word, width: float, size: float) -> list[list[Piece]]:
    """The word in parts no wider than `width` (but at least one letter each), parted after punctuation if it can be."""
    letters = [_piece(p.font, cluster, size, p.link) for p in word.pieces for cluster in fonts.clusters(p.text)]
    parts: list[list[Piece]] = []
    start = 0
    while start < len(letters):
        end, used = start, 0.0
        while end < len(letters) and (end == start or used + letters[end].width <= width):
            used += letters[end].width
            end += 1
        if end < len(letters):
            earliest = start + (end - start) // 2
            good = next((at for at in range(end, earliest, -1) if letters[at - 1].text in _GOOD_SPLIT), end)
            end = good
        parts.append(letters[start:end])
        start = end
    return parts


def _joined(pieces: list[Piece], size: float) -> Line:
    """Neighbours in one font as one piece: fewer font changes, and text that selects as a whole."""
    joined: list[Piece] = []
    for piece in pieces:
        last = joined[-1] if joined else None
        if last and last.font == piece.font and last.link == piece.link:
            joined[-1] = Piece(last.font, last.text + piece.text, last.width + piece.width, last.link)
        else:
            joined.append(piece)
    return Line(tuple(joined), sum(piece.width for piece in joined))
