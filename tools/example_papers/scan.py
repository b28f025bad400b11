"""A page as a picture: drawn with Pillow, then made to look as if it lay on a scanner, a little askew.

Gives gray JPEG pages, a PNG, or a phone photo. The paper's grain comes from a seeded generator, so the same paper has
the same bytes each time.
"""

from __future__ import annotations

import io
import random
from collections.abc import Sequence
from functools import cache

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

from example_papers.surface import FONT_FILES, HEIGHT, WIDTH, Align, Face, Surface, normal

DPI = 112
_INK = 38
_PAPER = 244


@cache
def _font(face: Face, pixels: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONT_FILES[face]), pixels, layout_engine=ImageFont.Layout.BASIC)


class Picture(Surface):
    """A blank sheet of `width` by `height` points, seen at `dpi`."""

    def __init__(self, width: float = WIDTH, height: float = HEIGHT, dpi: int = DPI) -> None:
        self.scale = dpi / 72
        self.image = Image.new("L", (round(width * self.scale), round(height * self.scale)), _PAPER)
        self._draw = ImageDraw.Draw(self.image)

    def text(
        self, x: float, y: float, words: str, size: float = 10, face: Face = "regular", align: Align = "left"
    ) -> None:
        """One line of words; `y` is its base line."""
        anchor = {"left": "ls", "right": "rs", "center": "ms"}[align]
        font = _font(face, round(size * self.scale))
        self._draw.text((round(x * self.scale), round(y * self.scale)), normal(words), _INK, font, anchor)

    def length(self, words: str, size: float, face: Face = "regular") -> float:
        """How long the words are, in points."""
        return _font(face, round(size * self.scale)).getlength(normal(words)) / self.scale

    def strokes(self, points: Sequence[tuple[float, float]], thickness: float = 0.7) -> None:
        """A line through all points."""
        pixels = [(x * self.scale, y * self.scale) for x, y in points]
        self._draw.line(pixels, _INK, max(1, round(thickness * self.scale)), joint="curve")


def scanned(sheet: Picture, seed: str, quality: int = 48) -> bytes:
    """The sheet as a gray JPEG from a flatbed scanner: a little turned, with grain and a shadow at the left edge."""
    chance = random.Random(f"scan of {seed}")
    degrees = chance.choice((-1, 1)) * chance.uniform(0.35, 0.9)
    page = sheet.image.rotate(degrees, Image.Resampling.BICUBIC, fillcolor=_PAPER)
    page = ImageChops.multiply(page, _shadow(page.size))
    page = ImageChops.subtract(page, _grain(page.size, chance))
    return _jpeg(page, quality)


def _grain(size: tuple[int, int], chance: random.Random) -> Image.Image:
    """Slow changes of brightness, as of paper that does not lie quite flat, and a few specks of dust."""
    small = (size[0] // 170, size[1] // 170)
    cloud = Image.frombytes("L", small, chance.randbytes(small[0] * small[1]))
    paper = cloud.point([value // 26 for value in range(256)]).resize(size, Image.Resampling.BICUBIC)
    dust = ImageDraw.Draw(paper)
    for _ in range(14):
        x, y = chance.randrange(size[0]), chance.randrange(size[1])
        dust.ellipse((x, y, x + chance.randrange(1, 3), y + chance.randrange(1, 3)), 60)
    return paper


def _shadow(size: tuple[int, int]) -> Image.Image:
    strip = Image.new("L", (size[0], 1), 255)
    for x in range(18):
        strip.putpixel((x, 0), 215 + x * 2)
    return strip.resize(size, Image.Resampling.NEAREST)


def plain_png(sheet: Picture) -> bytes:
    """The sheet as a PNG of sixteen grays, as an office scanner saves small slips."""
    out = io.BytesIO()
    sheet.image.quantize(16, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


def sideways_photo(slips: Sequence[Picture], seed: str, taken: str) -> bytes:
    """Slips on a table, photographed with the phone held sideways: the file says "turn me" (EXIF orientation 6).

    `taken` is the EXIF time, as 2026:06-30 style text. There is no place in it, and no name of a device.
    """
    chance = random.Random(f"photo of {seed}")
    table = Image.radial_gradient("L").resize((1100, 1460), Image.Resampling.BICUBIC)
    table = table.point([132 - value // 5 for value in range(256)])
    places = [(55, 70), (575, 95), (50, 765), (570, 750)]
    for slip, (left, top) in zip(slips, places, strict=True):
        degrees = chance.uniform(-4, 4)
        turned = slip.image.rotate(degrees, Image.Resampling.BICUBIC, expand=True)
        mask = Image.new("L", slip.image.size, 255).rotate(degrees, Image.Resampling.BICUBIC, expand=True)
        under = mask.filter(ImageFilter.GaussianBlur(6)).point([value // 3 for value in range(256)])
        table.paste(40, (left + 7, top + 9), under)
        table.paste(turned, (left, top), mask)
    photo = ImageChops.subtract(table, _grain(table.size, chance)).convert("RGB")
    warm = Image.merge(
        "RGB",
        [
            band.point([min(255, int(v * f)) for v in range(256)])
            for band, f in zip(photo.split(), (1.0, 0.97, 0.9), strict=True)
        ],
    )
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x0132] = taken
    out = io.BytesIO()
    stored = warm.transpose(Image.Transpose.ROTATE_90)
    stored.save(out, "JPEG", quality=35, optimize=True, exif=exif.tobytes())
    return out.getvalue()


def _jpeg(image: Image.Image, quality: int) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality, optimize=True)
    return out.getvalue()
