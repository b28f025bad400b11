"""A picture file of any kind: its pages in strips of rows, and one page plain on white paper, no finer than paper shows.

Decodes after the size is known. Strips keep the memory small: no picture is held a second time to be put on white, made
smaller or packed again.
"""

from __future__ import annotations

import io
import struct
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from PIL import Image, UnidentifiedImageError

from massage_claim.packet.refusals import MAX_PAGES, MAX_PIXELS, UnfitError

PILLOW_FORMATS = {"jpeg": "JPEG", "png": "PNG", "tiff": "TIFF", "webp": "WEBP"}
_ORIENTATION = 0x0112
_SUBFILE = 254  # TIFF 6.0, NewSubfileType: bit 0 marks a smaller copy of another page
IMAGE_ERRORS: tuple[type[Exception], ...] = (
    UnidentifiedImageError,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
    ArithmeticError,
    AttributeError,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    SyntaxError,  # Pillow's way to say "this is not my format"
    TypeError,
    ValueError,
    struct.error,
    EOFError,
)


@dataclass(frozen=True, slots=True)
class Picture:
    """One decoded page. `strip(top, bottom)` gives those rows; `turn` is the EXIF orientation still to be applied.

    `lossy`: its own file did not keep every pixel, so packing it as JPEG loses nothing that was there. `dpi` is the
    resolution its scanner wrote down, or None.
    """

    width: int
    height: int
    strip: Callable[[int, int], Image.Image]
    turn: int = 1
    lossy: bool = False
    dpi: tuple[float, float] | None = None


def open_picture(data: bytes, kind: str) -> Image.Image:
    """The picture's header, nothing decoded yet. Raises UnfitError: too-many-pixels, damaged-image, picture-unread, heic-extra."""
    with in_words(kind):
        image = _heic(data) if kind == "heic" else Image.open(io.BytesIO(data), formats=[PILLOW_FORMATS[kind]])
        _bounded(image.size)
    return image


def count_frames(image: Image.Image, kind: str) -> int:
    """How many pages an opened picture has: a TIFF may have several, of which its small previews don't count."""
    if kind != "tiff":
        return 1
    with in_words(kind):
        return len(_frames(image))


def decode(data: bytes, kind: str, page: int = 0) -> Picture:
    """Page `page` (0-based), fully decoded, so that a cut or damaged one is found. Raises UnfitError as `open_picture` does."""
    image = open_picture(data, kind)
    if kind == "heic":
        return _heic_picture(image)
    with in_words(kind):
        if kind == "tiff":
            image.seek(_frames(image)[page])
            _bounded(image.size)
        lossy = _is_lossy(image, data, kind)
        dpi = _resolution(image) if kind == "tiff" else None
        image.load()  # Pillow turns a TIFF upright by itself
        turn = 1 if kind == "tiff" else read_turn(image)
    return Picture(
        image.width, image.height, lambda top, bottom: image.crop((0, top, image.width, bottom)), turn, lossy, dpi
    )


def read_turn(image: Image.Image) -> int:
    """The EXIF orientation, 1 to 8; 1 when there is none or it makes no sense."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            value = image.getexif().get(_ORIENTATION, 1)
    except IMAGE_ERRORS:
        return 1
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


@contextmanager
def in_words(kind: str) -> Iterator[None]:
    """What Pillow says inside, as UnfitError. `kind`: png, jpeg, tiff, webp or heic."""
    try:
        with warnings.catch_warnings():
            # Pillow warns of odd metadata, which we drop; its bomb warning is superseded by our own, smaller limit.
            warnings.simplefilter("ignore")
            yield
    except Image.DecompressionBombError:
        raise UnfitError("too-many-pixels", megapixels="far more than 40") from None
    except IMAGE_ERRORS:
        raise UnfitError("damaged-image" if kind in ("jpeg", "png") else "picture-unread") from None


def _bounded(size: tuple[int, int]) -> None:
    width, height = size
    if width * height > MAX_PIXELS:
        raise UnfitError("too-many-pixels", megapixels=-(-width * height // 1_000_000))
    if width < 1 or height < 1:
        raise ValueError("no pixels")


def _frames(image: Image.Image) -> list[int]:
    """The numbers of a TIFF's pages, without previews; leaves the picture at its first page."""
    kept: list[int] = []
    previews: list[int] = []
    number = 0
    while True:
        try:
            image.seek(number)
        except EOFError:
            break
        tags: Any = getattr(image, "tag_v2", {})
        small = tags.get(_SUBFILE, 0)
        (previews if isinstance(small, int) and small & 1 else kept).append(number)
        number += 1
        if number > MAX_PAGES:
            raise UnfitError("too-many-pages", pages=f"more than {MAX_PAGES}")
    image.seek(0)
    return kept or previews


def _is_lossy(image: Image.Image, data: bytes, kind: str) -> bool:
    if kind == "webp":
        return b"VP8 " in data[12:64] or b"VP8 " in data[: 1 << 16]
    return kind == "jpeg" or image.info.get("compression") in ("jpeg", "tiff_jpeg", "webp")


def _resolution(image: Image.Image) -> tuple[float, float] | None:
    """Dots per inch across and down; faxes and old scanners have pixels that are not square."""
    try:
        across, down = (float(value) for value in image.info["dpi"])
    except IMAGE_ERRORS:
        return None
    return (across, down) if 50 <= across <= 2400 and 50 <= down <= 2400 else None


def _heic(data: bytes) -> Any:
    """The iPhone's format is read by a library that is not always there."""
    try:
        from pillow_heif import HeifFile
    except ImportError:
        raise UnfitError("heic-extra") from None
    if _is_cut(data):  # the library fills what is missing with grey and says nothing
        raise ValueError("cut off")
    pictures: Any = HeifFile(io.BytesIO(data))  # type: ignore[no-untyped-call]
    return pictures[pictures.primary_index]


def _is_cut(data: bytes) -> bool:
    """Whether the last box of the file (ISO/IEC 14496-12, 4.2) reaches beyond its end."""
    at = 0
    while at + 8 <= len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        if length == 1:
            length = int.from_bytes(data[at + 8 : at + 16], "big")
        if length == 0:  # up to the end of the file
            return False
        if length < 8:
            return True
        at += length
    return at > len(data)


def _heic_picture(image: Any) -> Picture:
    """libheif has turned it upright already, so the EXIF orientation no longer counts."""
    with in_words("heic"):
        rows = memoryview(image.data)  # decodes; the size may change on the way
        width, height = image.size
        _bounded((width, height))
        mode, stride = str(image.mode), int(image.stride)
        if mode not in ("RGB", "RGBA", "L") or len(rows) < stride * height:
            raise ValueError("unusual picture")

    def strip(top: int, bottom: int) -> Image.Image:
        lines: Any = rows[top * stride : bottom * stride]
        return Image.frombuffer(mode, (width, bottom - top), lines, "raw", mode, stride, 1)

    return Picture(width, height, strip, lossy=True)


_GREY = frozenset({"1", "L", "LA", "La", "I", "I;16", "I;16B", "I;16L", "F"})
_ROWS = 512
_GLANCE = 400  # pixels on the long side that are enough to see how bright a picture is


def flatten_picture(picture: Picture, most: int) -> Image.Image:
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
    """The page small and grey, after decoding all of it. Raises UnfitError as `open_picture` does."""
    if kind == "jpeg":
        image = open_picture(data, kind)
        with in_words(kind):
            image.draft("L", (_GLANCE, _GLANCE))  # reads every byte, and unfolds an eighth of each side only
            image.load()
            return image.convert("L")
    return flatten_picture(decode(data, kind, page), _GLANCE).convert("L")


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
