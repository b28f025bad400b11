"""A decoded picture on white paper and no finer than paper shows: takes a picture in strips, gives one plain Pillow image."""

from __future__ import annotations

from PIL import Image

from massage_claim.packet.picture import Picture, decoded, in_words, opened

_GREY = frozenset({"1", "L", "LA", "La", "I", "I;16", "I;16B", "I;16L", "F"})
_ROWS = 512
_GLANCE = 400  # pixels on the long side that are enough to see how bright a picture is


def plain(picture: Picture, most: int) -> Image.Image:
    """The picture as "1", "L" or "RGB", without transparency or metadata, at most `most` pixels on its long side.

    One of black and white dots alone keeps them all when it is no larger than twice that: its lines are thin.
    """
    first = _on_white(picture.strip(0, 1))
    factor = max(1, -(-max(picture.width, picture.height) // most))
    if first.mode == "1" and factor <= 2:
        factor = 1
    mode = "L" if first.mode == "1" and factor > 1 else first.mode
    size = (-(-picture.width // factor), -(-picture.height // factor))
    whole = Image.new(mode, size)
    rows = max(_ROWS // factor, 1) * factor
    for top in range(0, picture.height, rows):
        strip = _on_white(picture.strip(top, min(top + rows, picture.height)))
        if factor > 1:
            strip = strip.convert(mode).reduce(factor)
        whole.paste(strip, (0, top // factor))  # a new picture carries none of the old one's metadata
    return whole


def glimpse(data: bytes, kind: str, page: int = 0) -> Image.Image:
    """The page small and grey, after decoding all of it. Raises UnfitError as `opened` does."""
    if kind == "jpeg":
        image = opened(data, kind)
        with in_words(kind):
            image.draft("L", (_GLANCE, _GLANCE))  # reads every byte, and unfolds an eighth of each side only
            image.load()
            return image.convert("L")
    return plain(decoded(data, kind, page), _GLANCE).convert("L")


def _on_white(image: Image.Image) -> Image.Image:
    grey = image.mode in _GREY
    if image.mode in ("I", "F") or image.mode.startswith("I;16"):
        # Sixteen bits a pixel; the upper eight are what paper can show.
        image = image.convert("F").point(lambda level: level / 257).convert("L")
    if image.mode in ("LA", "La", "PA", "RGBA", "RGBa") or "transparency" in image.info:
        top = image.convert("RGBA")
        image = Image.new("RGBA", top.size, (255, 255, 255, 255))
        image.alpha_composite(top)
    if image.mode == "1":
        return image
    return image.convert("L" if grey else "RGB")
