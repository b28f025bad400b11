"""What a picture file is: takes bytes, gives plain findings; runs in the worker, decodes only after the header's size is known."""

from __future__ import annotations

import io
import struct
import warnings

from PIL import Image, UnidentifiedImageError

from massage_claim.packet.raster import is_dark
from massage_claim.packet.reading import UnfitError
from massage_claim.packet.refusals import MAX_PIXELS

PILLOW_FORMATS = {"jpeg": "JPEG", "png": "PNG"}
_ORIENTATION = 0x0112
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
)


def opened(data: bytes, kind: str) -> Image.Image:
    """The picture's header, nothing decoded yet. Raises UnfitError: too-many-pixels, damaged-image."""
    try:
        with warnings.catch_warnings():
            # Pillow warns of odd metadata, which we drop; its bomb warning is superseded by our own, smaller limit.
            warnings.simplefilter("ignore")
            image = Image.open(io.BytesIO(data), formats=[PILLOW_FORMATS[kind]])
            width, height = image.size
            if width * height > MAX_PIXELS:
                raise UnfitError("too-many-pixels", megapixels=-(-width * height // 1_000_000))
            if width < 1 or height < 1:
                raise UnfitError("damaged-image")
    except Image.DecompressionBombError:
        raise UnfitError("too-many-pixels", megapixels="far more than 40") from None
    except IMAGE_ERRORS:
        raise UnfitError("damaged-image") from None
    return image


def decoded(data: bytes, kind: str) -> Image.Image:
    """The picture, fully decoded, so that a cut or damaged one is found. Raises UnfitError as `opened` does."""
    image = opened(data, kind)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image.load()
    except IMAGE_ERRORS:
        raise UnfitError("damaged-image") from None
    return image


def upright(image: Image.Image) -> int:
    """The EXIF orientation, 1 to 8; 1 when there is none or it makes no sense."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            value = image.getexif().get(_ORIENTATION, 1)
    except IMAGE_ERRORS:
        return 1
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


def look_image(data: bytes, kind: str) -> dict[str, object]:
    """The findings about a picture, as keyword values of `Examined`."""
    image = decoded(data, kind)
    notes: list[str] = []
    if getattr(image, "n_frames", 1) > 1:
        notes.append("the file holds several pictures; only the first is used")
    dark = is_dark(image)
    if dark:
        notes.append("the picture is dark; a faxed copy may be black")
    return {
        "pages": 1,
        "upright": upright(image),
        "width_px": image.width,
        "height_px": image.height,
        "looks_dark": dark,
        "notes": notes,
    }
