"""What an attachment was found to be: a frozen record of plain values, to and from a tree of text for YAML; no disk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from massage_claim.errors import Problem, Unreadable


@dataclass(frozen=True, slots=True)
class Examined:
    """The findings about one file.

    `page_sizes` are (width, height) in points as displayed, one per page; empty for pictures. `upright` is the EXIF
    orientation, 1 to 8 (1: already upright). `active` names what could act on its own ("javascript", "launch",
    "embedded files", …); none of it reaches a packet. `private_numbers` are (kind, page): "ssn" or "card", never digits.
    `mentions` and `lacks` are labels of what was looked for in the text (a name, a number), never the text itself;
    `looked_for` is the digest of that, which only shows whether it is still the same.
    `open_places`: it still holds places of our draft that only its signer can fill.
    """

    sha256: str
    size_bytes: int
    kind: str
    pages: int
    page_sizes: tuple[tuple[float, float], ...] = ()
    encrypted: bool = False
    needs_password: bool = False
    signed: bool = False
    has_form: bool = False
    active: tuple[str, ...] = ()
    upright: int = 1
    width_px: int = 0
    height_px: int = 0
    text_found: bool = False
    looks_dark: bool = False
    private_numbers: tuple[tuple[str, int], ...] = ()
    mentions: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    looked_for: str | None = None
    open_places: bool = False
    notes: tuple[str, ...] = ()


def to_record(examined: Examined) -> dict[str, object]:
    """A plain tree for an `examined:` block; equal page sizes in a row are written once with their number of pages."""
    sizes: list[dict[str, object]] = []
    for width, height in examined.page_sizes:
        if sizes and sizes[-1]["width"] == width and sizes[-1]["height"] == height:
            sizes[-1]["pages"] = int(str(sizes[-1]["pages"])) + 1
        else:
            sizes.append({"width": width, "height": height, "pages": 1})
    looked_for = {"mentions": list(examined.mentions), "lacks": list(examined.lacks)}
    return {
        "sha256": examined.sha256,
        "size_bytes": examined.size_bytes,
        "kind": examined.kind,
        "pages": examined.pages,
        "page_sizes": sizes,
        "encrypted": examined.encrypted,
        "needs_password": examined.needs_password,
        "signed": examined.signed,
        "has_form": examined.has_form,
        "active": list(examined.active),
        "upright": examined.upright,
        "width_px": examined.width_px,
        "height_px": examined.height_px,
        "text_found": examined.text_found,
        "looks_dark": examined.looks_dark,
        "private_numbers": [{"kind": kind, "page": page} for kind, page in examined.private_numbers],
        **{key: labels for key, labels in looked_for.items() if labels},
        **({"looked_for": examined.looked_for} if examined.looked_for else {}),
        **({"open_places": True} if examined.open_places else {}),
        "notes": list(examined.notes),
    }


def from_record(record: Mapping[str, object]) -> Examined:
    """Reads what `to_record` wrote, with every scalar as text or as itself; raises Unreadable when it isn't that."""
    try:
        return _read(record)
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        problem = Problem(
            says="What was found about this attachment can't be read back from its record.",
            fix="Attach the file again, so that it is examined anew.",
        )
        raise Unreadable(problem) from error


def _read(record: Mapping[str, object]) -> Examined:
    sizes: list[tuple[float, float]] = []
    for run in _rows(record.get("page_sizes")):
        count = int(str(run["pages"]))
        if not 1 <= count <= 100_000:
            raise ValueError("page run")
        sizes += [(float(str(run["width"])), float(str(run["height"])))] * count
    numbers = tuple((str(row["kind"]), int(str(row["page"]))) for row in _rows(record.get("private_numbers")))
    return Examined(
        sha256=str(record["sha256"]),
        size_bytes=int(str(record["size_bytes"])),
        kind=str(record["kind"]),
        pages=int(str(record["pages"])),
        page_sizes=tuple(sizes),
        encrypted=_flag(record, "encrypted"),
        needs_password=_flag(record, "needs_password"),
        signed=_flag(record, "signed"),
        has_form=_flag(record, "has_form"),
        active=_words(record.get("active")),
        upright=int(str(record.get("upright", 1))),
        width_px=int(str(record.get("width_px", 0))),
        height_px=int(str(record.get("height_px", 0))),
        text_found=_flag(record, "text_found"),
        looks_dark=_flag(record, "looks_dark"),
        private_numbers=numbers,
        mentions=_words(record.get("mentions")),
        lacks=_words(record.get("lacks")),
        looked_for=str(record["looked_for"]) if record.get("looked_for") else None,
        open_places=_flag(record, "open_places"),
        notes=_words(record.get("notes")),
    )


def _flag(record: Mapping[str, object], key: str) -> bool:
    word = str(record.get(key, "false")).strip().lower()
    if word not in ("true", "false", "yes", "no"):
        raise ValueError(key)
    return word in ("true", "yes")


def _rows(value: object) -> list[Mapping[str, object]]:
    if value in (None, ""):
        return []
    if not isinstance(value, (list, tuple)) or not all(isinstance(row, Mapping) for row in value):
        raise ValueError("rows")
    return list(value)


def _words(value: object) -> tuple[str, ...]:
    if value in (None, ""):
        return ()
    if not isinstance(value, (list, tuple)):
        raise ValueError("words")
    return tuple(str(word) for word in value)
