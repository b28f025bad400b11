"""Our own drawn papers in a packet: their pages at full size, with what leads around in them.

Bookmarks and links inside the paper are kept. A link to `packet:KEY` becomes a jump to the part with that key, so that
an exhibit list can lead to its exhibits; web and mail links stay; every other action is dropped.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import pikepdf

from massage_claim.packet.pages.only_what_draws import PAGE_KEYS, Seen, prune
from massage_claim.packet.parts import Part
from massage_claim.packet.pdf_file import choose_pages, open_pdf

_TO_PART = "packet:"
_WEB = ("https://", "http://", "mailto:")


@dataclass(frozen=True, slots=True)
class Mark:
    """A bookmark inside a paper; `page` is the 0-based page of the packet."""

    title: str
    page: int
    inside: tuple[Mark, ...] = ()


@dataclass(slots=True)
class Own:
    """A paper of our own while it is merged; must stay alive until the packet is saved."""

    pdf: pikepdf.Pdf
    marks: tuple[Mark, ...]
    jumps: list[tuple[pikepdf.Object, str]] = field(default_factory=list)


def add_own(out: pikepdf.Pdf, part: Part, data: bytes) -> Own:
    """Appends the paper's (chosen) pages. Raises UnfitError when it is no PDF or has no such page."""
    pdf = open_pdf(data)
    indexes = choose_pages(part.pages, len(pdf.pages))
    first = len(out.pages)
    places = {pdf.pages[index].obj.objgen: first + offset for offset, index in enumerate(indexes)}
    own = Own(pdf, _marks(pdf, places))
    links = [list(_links(pdf, pdf.pages[index], places)) for index in indexes]
    seen: Seen = set()
    for index in indexes:
        page = pdf.pages[index]
        for key in list(page.obj.keys()):
            if key not in PAGE_KEYS:
                del page.obj[key]
        if "/Resources" in page.obj:
            prune(page.obj["/Resources"], "resources", seen)
        out.pages.append(page)
    for offset, found in enumerate(links):
        _write_links(out, first + offset, found, own)
    return own


@dataclass(frozen=True, slots=True)
class _Link:
    rect: list[float]
    uri: str = ""
    page: int | None = None


def _links(pdf: pikepdf.Pdf, page: pikepdf.Page, places: dict[tuple[int, int], int]) -> Iterable[_Link]:
    for annot in list(page.obj.get("/Annots", [])):
        if annot.get("/Subtype") != pikepdf.Name.Link or "/Rect" not in annot:
            continue
        rect = [float(edge) for edge in list(annot["/Rect"])]
        action = annot.get("/A")
        uri = str(action.get("/URI", "")) if isinstance(action, pikepdf.Dictionary) else ""
        aim = annot.get("/Dest")
        if aim is None and isinstance(action, pikepdf.Dictionary) and action.get("/S") == pikepdf.Name.GoTo:
            aim = action.get("/D")
        target = _target(pdf, aim, places)
        if target is not None or uri.startswith((_TO_PART, *_WEB)):
            yield _Link(rect, uri, target)


def _write_links(out: pikepdf.Pdf, index: int, links: list[_Link], own: Own) -> None:
    annots: list[pikepdf.Object] = []
    for link in links:
        annot = out.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Annot,
                Subtype=pikepdf.Name.Link,
                Rect=pikepdf.Array(link.rect),
                Border=pikepdf.Array([0, 0, 0]),
            )
        )
        if link.page is not None:
            annot["/Dest"] = pikepdf.Array([out.pages[link.page].obj, pikepdf.Name.Fit])
        elif link.uri.startswith(_TO_PART):
            own.jumps.append((annot, link.uri.removeprefix(_TO_PART)))
        else:
            annot["/A"] = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String(link.uri))
        annots.append(annot)
    if annots:
        out.pages[index].obj["/Annots"] = out.make_indirect(pikepdf.Array(annots))


def write_jumps(out: pikepdf.Pdf, own: Own, firsts: dict[str, int]) -> None:
    """Aims the links to other parts, once every part has its place; an unknown key is our mistake: KeyError."""
    for annot, key in own.jumps:
        annot["/Dest"] = pikepdf.Array([out.pages[firsts[key]].obj, pikepdf.Name.Fit])


def _marks(pdf: pikepdf.Pdf, places: dict[tuple[int, int], int]) -> tuple[Mark, ...]:
    def walk(items: Iterable[pikepdf.OutlineItem]) -> tuple[Mark, ...]:
        found: list[Mark] = []
        for item in items:
            aim: object = item.destination
            if aim is None and item.action is not None:
                aim = item.action.get("/D")
            page = _target(pdf, aim, places)
            inside = walk(item.children)
            if page is not None:
                found.append(Mark(item.title, page, inside))
            else:
                found.extend(inside)
        return tuple(found)

    with pdf.open_outline() as outline:
        return walk(outline.root)


def _target(pdf: pikepdf.Pdf, aim: object, places: dict[tuple[int, int], int]) -> int | None:
    """The packet page a destination of the paper leads to, or None."""
    if isinstance(aim, (pikepdf.Name, pikepdf.String)):
        named = pdf.Root.get("/Dests")
        aim = named.get(str(aim)) if isinstance(named, pikepdf.Dictionary) and str(aim).startswith("/") else None
    if isinstance(aim, pikepdf.Dictionary):
        aim = aim.get("/D")
    if isinstance(aim, pikepdf.Array) and len(aim) > 0 and isinstance(aim[0], pikepdf.Dictionary):
        return places.get(aim[0].objgen)
    return None
