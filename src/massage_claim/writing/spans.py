"""Words in a line. Takes the inline tokens of markdown-it, gives runs of plain text with their faces; letters of
typed values come back here, after Markdown has been read. Touches nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from markdown_it.common.normalize_url import normalizeLink
from markdown_it.token import Token

from massage_claim.writing.blocks import Run, Text
from massage_claim.writing.literal import restored

_LINKS = re.compile(r"(?:https://|mailto:).+", re.IGNORECASE | re.DOTALL)
_FOOTNOTE = re.compile(r"\[\^[^\]\s]+\]")
_MANY = re.compile(r"\s+")

UNSUPPORTED = {"image": "an image", "html_inline": "HTML", "s_open": "strikethrough"}


def raw_runs(children: Sequence[Token], refuse: Callable[[str], None]) -> list[Run]:
    """The runs, with the letters of values still as numbers; `refuse` is told what is not supported."""
    runs: list[Run] = []
    bold = italic = 0
    link: str | None = None
    for token in children:
        kind = token.type
        if kind in ("text", "code_inline", "text_special"):
            if kind == "text" and _FOOTNOTE.search(token.content):
                refuse("a footnote")
            runs.append(Run(token.content, bold > 0, italic > 0, link))
        elif kind == "softbreak":
            runs.append(Run(" ", bold > 0, italic > 0, link))
        elif kind == "hardbreak":
            runs.append(Run("\n"))
        elif kind in ("strong_open", "strong_close"):
            bold += 1 if kind == "strong_open" else -1
        elif kind in ("em_open", "em_close"):
            italic += 1 if kind == "em_open" else -1
        elif kind in ("link_open", "link_close"):
            link = _target(str(token.attrGet("href") or "")) if kind == "link_open" else None
        else:
            refuse(UNSUPPORTED.get(kind, kind))
    return runs


def text_of(runs: Iterable[Run]) -> Text:
    """Finished text: letters restored, white space single, none beside a line break or at the ends."""
    pieces: list[Run] = []
    for run in runs:
        for number, part in enumerate(restored(run.text).split("\n")):
            if number:
                pieces.append(Run("\n"))
            if part:
                pieces.append(replace(run, text=_MANY.sub(" ", part)))
    return _joined(_without_breaks_at_ends(_spaced(pieces)))


def _spaced(pieces: Iterable[Run]) -> list[Run]:
    """No space follows a space or a line break, none stands before a line break."""
    kept: list[Run] = []
    open_space = True  # the start counts as a break: it takes no space
    for run in pieces:
        text = run.text
        if text == "\n":
            _strip_end(kept)
            kept.append(run)
            open_space = True
            continue
        if open_space:
            text = text.removeprefix(" ")
        if text:
            kept.append(replace(run, text=text))
            open_space = text.endswith(" ")
    _strip_end(kept)
    return kept


def _strip_end(kept: list[Run]) -> None:
    while kept and kept[-1].text != "\n":
        last = kept.pop()
        if last.text.rstrip(" "):
            kept.append(replace(last, text=last.text.rstrip(" ")))
            return


def _without_breaks_at_ends(runs: list[Run]) -> list[Run]:
    first, last = 0, len(runs)
    while first < last and runs[first].text == "\n":
        first += 1
    while last > first and runs[last - 1].text == "\n":
        last -= 1
    return runs[first:last]


def _joined(runs: list[Run]) -> Text:
    joined: list[Run] = []
    for run in runs:
        last = joined[-1] if joined else None
        if last and run.text != "\n" != last.text and replace(last, text="") == replace(run, text=""):
            joined[-1] = replace(last, text=last.text + run.text)
        else:
            joined.append(run)
    return tuple(joined)


def _target(written: str) -> str | None:
    address = restored(written)
    return normalizeLink(address) if _LINKS.fullmatch(address) else None
