"""Where a page lies: displayed sizes and matrices from its boxes, all in points (1/72 inch); draws nothing.

"As displayed" means after CropBox, /Rotate and /UserUnit, origin at the visual bottom left.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal

import pikepdf

LETTER = (612.0, 792.0)
BAND = 30.0  # height of the footer band, at the visual bottom
SCALE = 0.94  # attachments never fill more than this share of a letter page's sides

Six = tuple[float, float, float, float, float, float]
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Displayed:
    """A page as a person sees it: its size, its crop box in its own units, and own units → displayed points."""

    width: float
    height: float
    crop: Box
    matrix: Six


def find_display(page: pikepdf.Page) -> Displayed:
    """Reads boxes, rotation and unit; a box that makes no sense counts as letter size, as in other readers."""
    media = _box(page, "/MediaBox") or (0.0, 0.0, *LETTER)
    crop = _overlap(_box(page, "/CropBox") or media, media) or media
    x0, y0, x1, y1 = crop
    unit = _number(page.obj.get("/UserUnit"), 1.0)
    unit = unit if 0.01 <= unit <= 1000 else 1.0
    width, height = (x1 - x0) * unit, (y1 - y0) * unit
    turn = _turn(page)
    if turn == 90:
        return Displayed(height, width, crop, (0.0, -unit, unit, 0.0, -y0 * unit, x1 * unit))
    if turn == 180:
        return Displayed(width, height, crop, (-unit, 0.0, 0.0, -unit, x1 * unit, y1 * unit))
    if turn == 270:
        return Displayed(height, width, crop, (0.0, unit, -unit, 0.0, y1 * unit, -x0 * unit))
    return Displayed(width, height, crop, (unit, 0.0, 0.0, unit, -x0 * unit, -y0 * unit))


def sheet(width: float, height: float) -> tuple[float, float]:
    """The letter page, portrait or landscape, for something shown this wide and high."""
    return LETTER if width <= height else (LETTER[1], LETTER[0])


def fit(width: float, height: float, page: tuple[float, float], *, band: bool) -> Six:
    """Scale and shift that put width × height onto the page: above the band at ≤ 94 %, or on the whole page.

    Never enlarges; centred in the space there is.
    """
    share, floor = (SCALE, BAND) if band else (1.0, 0.0)
    scale = min(1.0, share * page[0] / width, share * page[1] / height)
    left = (page[0] - width * scale) / 2
    bottom = floor + (page[1] - floor - height * scale) / 2
    return (scale, 0.0, 0.0, scale, left, bottom)


def then(first: Six, second: Six) -> Six:
    """The matrix that applies `first`, then `second`."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def invert(matrix: Six) -> Six:
    """The inverse matrix."""
    a, b, c, d, e, f = matrix
    size = a * d - b * c
    return (d / size, -b / size, -c / size, a / size, (c * f - d * e) / size, (b * e - a * f) / size)


def cm(matrix: Six) -> bytes:
    """The matrix as a `cm` operator, six decimals at most and no exponent."""
    return " ".join(f"{value:.6f}".rstrip("0").rstrip(".") for value in matrix).replace("-0 ", "0 ").encode() + b" cm"


def _turn(page: pikepdf.Page) -> int:
    turn = _number(_inherited(page, "/Rotate"), 0.0)
    return int(turn) % 360 if turn % 90 == 0 else 0


def _box(page: pikepdf.Page, key: str) -> Box | None:
    array = _inherited(page, key)
    if not isinstance(array, pikepdf.Array) or len(array) != 4:
        return None
    values = [_number(value, math.nan) for value in list(array)]
    if not all(math.isfinite(value) and abs(value) < 1e7 for value in values):
        return None
    x0, x1 = sorted((values[0], values[2]))
    y0, y1 = sorted((values[1], values[3]))
    return (x0, y0, x1, y1) if x1 - x0 >= 0.5 and y1 - y0 >= 0.5 else None


def _overlap(one: Box, other: Box) -> Box | None:
    x0, y0, x1, y1 = max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])
    return (x0, y0, x1, y1) if x1 - x0 >= 0.5 and y1 - y0 >= 0.5 else None


def _inherited(page: pikepdf.Page, key: str) -> object:
    """The page's own value or the nearest parent's; a damaged tree may run in circles, hence the bound."""
    node: object = page.obj
    for _ in range(50):
        if not isinstance(node, pikepdf.Dictionary):
            return None
        if key in node:
            return node.get(key)
        node = node.get("/Parent")
    return None


def _number(value: object, otherwise: float) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        return otherwise
    return float(value)
