"""TIFF, WebP, HEIC and PNG in a packet: every page, upright, in its own proportions, nothing beside the pixels, nothing cut."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from types import SimpleNamespace

import pikepdf
import pillow_heif
import pytest
from PIL import Image, ImageChops, ImageDraw

from massage_claim.errors import AttachmentUnusable
from massage_claim.packet.look.examination import examine
from massage_claim.packet.merge import merge
from massage_claim.packet.pages.packer import pack_apart
from massage_claim.packet.pages.photo import add_photo
from massage_claim.packet.pages.picture import decode
from massage_claim.packet.pages.pixels import FINEST, pack
from massage_claim.packet.parts import Merged, Part
from massage_claim.packet.refusals import UnfitError


def written(image: Image.Image, kind: str, **options: object) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def heic(image: Image.Image, **options: object) -> bytes:
    file = io.BytesIO()
    pillow_heif.from_pillow(image).save(file, quality=90, **options)
    return file.getvalue()


def in_packet(data: bytes, kind: str, **options: object) -> Merged:
    return merge([Part("p", "P", data, kind, **options)], title="T")  # type: ignore[arg-type]


def picture_of(merged: Merged, page: int = 0) -> pikepdf.Stream:
    with pikepdf.open(io.BytesIO(merged.pdf)) as document:
        stream = document.pages[page].obj.Resources.XObject.Picture
        return SimpleNamespace(  # type: ignore[return-value]
            filter=str(stream.Filter), raw=stream.read_raw_bytes(), width=int(stream.Width), height=int(stream.Height)
        )


def shown(make: SimpleNamespace, merged: Merged, page: int = 0) -> Image.Image:
    image = make.rendered(merged.pdf, page)
    return image.crop(ImageChops.invert(image).getbbox())


def alike(one: Image.Image, other: Image.Image) -> bool:
    other = other.convert("RGB").resize(one.size, Image.Resampling.BOX)
    far = ImageChops.difference(one, other).convert("L").histogram()[60:]
    return sum(far) < one.width * one.height * 0.05


def numbered(number: int, mode: str = "L") -> Image.Image:
    """A page that only its number of bars tells apart."""
    image = Image.new("L", (340, 440), 255)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, 339, 439), outline=0, width=3)
    for bar in range(number):
        pen.rectangle((40, 40 + 60 * bar, 300, 70 + 60 * bar), fill=0)
    return image.convert(mode)


@pytest.mark.parametrize(
    ("mode", "compression", "packing"),
    [
        ("1", "group4", "/CCITTFaxDecode"),
        ("L", "tiff_lzw", "/FlateDecode"),
        ("RGB", "jpeg", "/DCTDecode"),
        ("P", "packbits", "/FlateDecode"),
    ],
)
def test_every_page_of_a_tiff_is_there_in_order(
    tmp_path: Path, make: SimpleNamespace, mode: str, compression: str, packing: str
) -> None:
    pages = [numbered(number, mode) for number in (1, 2, 3)]
    data = written(pages[0], "TIFF", save_all=True, append_images=pages[1:], compression=compression, dpi=(200, 200))
    path = tmp_path / "scan.pdf"
    path.write_bytes(data)
    found = examine(path)
    assert (found.kind, found.pages, found.width_px, found.height_px) == ("tiff", 3, 340, 440)
    merged = in_packet(data, "tiff")
    assert merged.pages == 3
    assert [alike(shown(make, merged, n), page) for n, page in enumerate(pages)] == [True] * 3
    assert not alike(shown(make, merged, 0), pages[1])  # the comparison can fail
    assert picture_of(merged).filter == packing
    assert shown(make, merged).width == pytest.approx(340 * 72 / 200, abs=2)
    chosen = in_packet(data, "tiff", pages=(3, 1))
    assert [alike(shown(make, chosen, n), pages[k]) for n, k in enumerate((2, 0))] == [True, True]
    with pytest.raises(AttachmentUnusable, match="Page 4"):
        in_packet(data, "tiff", pages=(4,))


def test_a_standard_fax_has_its_own_proportions_and_previews_are_no_pages(make: SimpleNamespace) -> None:
    fax = numbered(2, "1").resize((340, 215))
    merged = in_packet(written(fax, "TIFF", compression="group4", dpi=(204, 98)), "tiff")
    area = shown(make, merged)
    assert area.width / area.height == pytest.approx((340 / 204) / (215 / 98), rel=0.03)
    small = numbered(1).resize((34, 44))
    small.encoderinfo = {"tiffinfo": {254: 1}}
    data = written(numbered(3), "TIFF", save_all=True, append_images=[small])
    assert in_packet(data, "tiff").pages == 1


def test_a_phones_heic_is_upright_and_says_nothing_of_its_place(tmp_path: Path, make: SimpleNamespace) -> None:
    exif = Image.Exif()
    exif[0x010F] = "SecretPhone"
    scene = make.scene()
    scene.info["exif"] = exif.tobytes()
    data = heic(scene)
    assert b"SecretPhone" in data
    path = tmp_path / "IMG_1.HEIC"
    path.write_bytes(data)
    found = examine(path)
    assert (found.kind, found.pages, found.upright, found.looks_dark) == ("heic", 1, 1, False)
    merged = in_packet(data, "heic")
    assert alike(shown(make, merged), scene)
    assert not alike(shown(make, merged), scene.rotate(180))
    assert b"SecretPhone" not in merged.pdf + picture_of(merged).raw


def test_a_cut_heic_is_refused_although_its_reader_fills_it_with_grey(make: SimpleNamespace) -> None:
    whole = heic(make.scene())
    with pytest.raises(UnfitError) as caught:
        decode(whole[:-20], "heic")
    assert caught.value.reason == "picture-unread"
    assert decode(whole, "heic").width == 320


def test_without_the_extra_the_command_that_adds_it_is_named(
    make: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = heic(make.scene())
    monkeypatch.setitem(sys.modules, "pillow_heif", None)
    with pytest.raises(AttachmentUnusable) as caught:
        in_packet(data, "heic")
    assert "pip install 'massage-claim[heic]'" in caught.value.problems[0].fix


@pytest.mark.parametrize("lossless", [True, False])
def test_webp_is_packed_as_it_was_and_turned(make: SimpleNamespace, lossless: bool) -> None:
    stored = make.photo(make.scene(), "WEBP", orientation=6, lossless=lossless, quality=90)
    merged = in_packet(stored, "webp")
    assert picture_of(merged).filter == ("/FlateDecode" if lossless else "/DCTDecode")
    assert alike(shown(make, merged), make.scene())


def test_plain_png_rows_pass_through_and_odd_ones_are_packed_anew(make: SimpleNamespace) -> None:
    for mode in ("1", "L", "RGB", "P"):
        data = written(make.scene().convert(mode), "PNG")
        assert picture_of(in_packet(data, "png")).raw in data
    for data in (written(make.scene().convert("RGBA"), "PNG"), written(make.scene().convert("I;16"), "PNG")):
        assert picture_of(in_packet(data, "png")).raw not in data


def test_a_png_that_unpacks_to_more_than_its_picture_does_not_pass_through() -> None:
    import struct
    import zlib

    plain = written(Image.new("L", (8, 8), 200), "PNG")
    start = plain.index(b"IDAT") - 4
    rows = zlib.compress(
        zlib.decompress(plain[start + 8 : start + 8 + struct.unpack(">I", plain[start : start + 4])[0]])
        + bytes(50_000_000)
    )
    chunk = b"IDAT" + rows
    bomb = plain[:start] + struct.pack(">I", len(rows)) + chunk + struct.pack(">I", zlib.crc32(chunk)) + plain[-12:]
    raw = picture_of(in_packet(bomb, "png")).raw
    assert len(zlib.decompress(raw)) == 9 * 8


def test_a_large_photo_is_packed_apart_as_it_would_be_here(make: SimpleNamespace) -> None:
    data = heic(make.scene())
    assert pack_apart(data, "heic", [0]) == [pack(decode(data, "heic"))]
    with pytest.raises(UnfitError, match="picture-unread"):
        pack_apart(data[:-9], "heic", [0])
    large = written(Image.new("RGBA", (FINEST + 2, 2900), (200, 30, 30, 128)), "PNG")
    out = pikepdf.new()
    add_photo(out, large, "png", band=True, examined=True)  # heavy: by the child
    picture = out.pages[0].obj.Resources.XObject.Picture
    assert (int(picture.Width), int(picture.Height)) == (FINEST // 2 + 1, 1450)


def test_a_tiff_of_dots_keeps_them_all() -> None:
    lines = Image.new("1", (FINEST + 40, 60), 1)
    ImageDraw.Draw(lines).line((0, 30, FINEST + 40, 30), fill=0)
    piece = pack(decode(written(lines, "TIFF", compression="group4"), "tiff"))
    assert piece.size == piece.seen == (FINEST + 40, 60)
