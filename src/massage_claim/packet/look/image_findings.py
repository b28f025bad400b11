"""What a picture file is, as plain findings; runs in the worker, decodes only after the header's size is known."""

from __future__ import annotations

from massage_claim.packet.pages.picture import count_frames, glimpse, open_picture, read_turn
from massage_claim.packet.pages.raster import is_dark


def look_image(data: bytes, kind: str) -> dict[str, object]:
    """The findings about a picture, as keyword values of `Examined`. Every page is decoded once. Raises UnfitError."""
    image = open_picture(data, kind)
    pages = count_frames(image, kind)
    notes: list[str] = []
    if kind != "tiff" and getattr(image, "n_frames", 1) > 1:
        notes.append("the file holds several pictures; only the first is used")
    dark = [number for number in range(pages) if is_dark(glimpse(data, kind, number))]
    if dark:
        what = "the picture is" if pages == 1 else "a page is"
        notes.append(f"{what} dark; a faxed copy may be black")
    width, height = image.size
    return {
        "pages": pages,
        "upright": read_turn(image) if kind in ("jpeg", "png", "webp") else 1,
        "width_px": width,
        "height_px": height,
        "looks_dark": bool(dark),
        "notes": notes,
    }
