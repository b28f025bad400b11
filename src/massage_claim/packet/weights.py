"""How much each page of a PDF weighs: the streams that it needs and their packed lengths in bytes.

What several pages share (a font, a logo) has the same number on each, so that it counts once in a part that holds them.
"""

from __future__ import annotations

import io

import pikepdf

PAGE = 700
"""Bytes of a page beside its streams: its own entries, its bookmark, its line in the index."""

Weights = tuple[dict[int, int], ...]


def weigh_pages(pdf: bytes) -> Weights:
    """For each page: number of a stream → its bytes."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return tuple(_streams(page.obj) for page in document.pages)


def weigh_together(weights: Weights) -> int:
    """Bytes of a file of these pages, roughly."""
    shared: dict[int, int] = {}
    for one in weights:
        shared |= one
    return sum(shared.values()) + PAGE * len(weights)


def _streams(page: pikepdf.Object) -> dict[int, int]:
    found: dict[int, int] = {}
    seen: set[int] = set()
    stack: list[object] = [page.get("/Resources"), page.get("/Contents")]
    while stack:
        item = stack.pop()
        if not isinstance(item, (pikepdf.Array, pikepdf.Dictionary, pikepdf.Stream)):
            continue
        number = item.objgen[0] if item.is_indirect else 0
        if number:
            if number in seen:
                continue
            seen.add(number)
        if isinstance(item, pikepdf.Array):
            stack += list(item)
            continue
        if isinstance(item, pikepdf.Stream):
            found[number] = int(item.get("/Length", 0))
        stack += [item.get(key) for key in item.keys() if key not in ("/Parent", "/P", "/Dest")]  # noqa: SIM118
    return found
