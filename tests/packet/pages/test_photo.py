from __future__ import annotations

import io
from types import SimpleNamespace

import pikepdf
import pytest
from PIL import Image, ImageChops, ImageCms, PngImagePlugin

from massage_claim.packet.merge import merge
from massage_claim.packet.pages.jpeg import UnusualJpegError, strip_metadata
from massage_claim.packet.parts import Part


def page(make: SimpleNamespace, data: bytes, kind: str) -> Image.Image:
    return make.rendered(merge([Part("p", "P", data, kind)], title="T").pdf)


def picture_area(image: Image.Image) -> Image.Image:
    return image.crop(ImageChops.invert(image).getbbox())


def far_apart(one: Image.Image, other: Image.Image) -> int:
    histogram = ImageChops.difference(one.convert("RGB"), other.convert("RGB")).convert("L").histogram()
    return sum(histogram[40:])


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_all_eight_orientations_give_the_same_upright_page(make: SimpleNamespace, orientation: int, kind: str) -> None:
    upright = page(make, make.photo(make.scene(), kind), kind.lower())
    stored = make.photo(make.scene(), kind, orientation=orientation)
    with Image.open(io.BytesIO(stored)) as check:
        assert check.getexif()[0x0112] == orientation
    turned = page(make, stored, kind.lower())
    assert far_apart(upright, turned) < 120
    mirrored = upright.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    assert far_apart(upright, mirrored) > 2000  # the comparison can fail
    # Natural size: 320 pixels at 150 an inch are 153.6 points; blue at the right top.
    area = picture_area(turned)
    assert abs(area.width - 153.6) < 3
    red, _, blue = area.getpixel((area.width - 4, 4))
    assert blue > 150 > red


@pytest.mark.parametrize("orientation", [0, 9, 77])
def test_an_orientation_that_makes_no_sense_counts_as_upright(make: SimpleNamespace, orientation: int) -> None:
    upright = page(make, make.photo(make.scene()), "jpeg")
    assert far_apart(upright, page(make, make.photo(make.scene(), orientation=orientation), "jpeg")) == 0


def test_place_time_and_previews_are_gone_and_the_pixels_are_untouched(make: SimpleNamespace) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    data = make.photo(make.scene(), gps=True, comment=b"secret comment", icc_profile=profile, orientation=1)
    assert b"SecretPhone" in data
    second = make.photo(make.scene(), gps=True)
    plain = strip_metadata(data + second)
    assert b"SecretPhone" not in plain
    assert b"secret comment" not in plain
    assert b"Exif" not in plain
    assert b"ICC_PROFILE" in plain
    assert plain.count(b"\xff\xd9") == 1
    with Image.open(io.BytesIO(data)) as before, Image.open(io.BytesIO(plain)) as after:
        assert before.tobytes() == after.tobytes()
        assert not after.getexif()
    merged = merge([Part("p", "P", data, "jpeg")], title="T")
    with pikepdf.open(io.BytesIO(merged.pdf)) as document:
        assert document.pages[0].obj.Resources.XObject.Picture.read_raw_bytes() == strip_metadata(data)


def test_a_progressive_photo_and_fill_bytes_are_carried_whole(make: SimpleNamespace) -> None:
    noise = Image.effect_noise((400, 300), 80).convert("RGB")
    data = make.photo(noise, progressive=True)
    filled = data[:2] + b"\xff\xff" + data[2:]
    with Image.open(io.BytesIO(data)) as before, Image.open(io.BytesIO(strip_metadata(filled))) as after:
        assert before.tobytes() == after.tobytes()


@pytest.mark.parametrize(
    "data", [b"", b"\xff\xd8\xff\xd9", b"\xff\xd8\xff\xe0\x00\x50JF", b"\xff\xd8junk", b"\xff\xd8\xff\xc0\x00\x02"]
)
def test_what_is_no_plain_jpeg_is_not_passed_through(data: bytes) -> None:
    with pytest.raises((UnusualJpegError, IndexError)):
        strip_metadata(data)


@pytest.mark.parametrize("mode", ["L", "RGB", "CMYK"])
def test_jpeg_colours_are_right(make: SimpleNamespace, mode: str) -> None:
    image = make.scene().convert(mode)
    shown = picture_area(page(make, make.photo(image), "jpeg"))
    expected = image.convert("RGB").resize(shown.size)
    for spot in ((10, 10), (shown.width - 10, 4), (20, shown.height - 6), (shown.width // 2, shown.height // 2 + 20)):
        for one, other in zip(shown.getpixel(spot), expected.getpixel(spot), strict=True):
            # Readers convert printing inks their own way; inverted inks would be off by 150 and more.
            assert abs(one - other) < (90 if mode == "CMYK" else 60), (
                spot,
                shown.getpixel(spot),
                expected.getpixel(spot),
            )


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_png_of_every_kind_looks_right(make: SimpleNamespace, mode: str) -> None:
    scene = make.scene()
    if mode == "I;16":
        image = scene.convert("L").convert("I").point(lambda level: level * 257).convert("I;16")
        expected = scene.convert("L")
    else:
        image = scene.convert(mode) if mode != "P" else scene.quantize(8)
        expected = image.convert("RGB")
    shown = picture_area(page(make, make.photo(image, "PNG"), "png"))
    expected = expected.convert("RGB").resize(shown.size, Image.Resampling.BOX)
    assert far_apart(shown, expected) < shown.width * shown.height * 0.06


def test_what_is_transparent_is_white_paper(make: SimpleNamespace) -> None:
    image = Image.new("RGBA", (300, 300), (0, 0, 0, 0))
    image.paste((0, 0, 0, 255), (100, 100, 200, 200))
    shown = page(make, make.photo(image, "PNG"), "png")
    assert picture_area(shown).size == (48, 48)
    palette = Image.new("P", (300, 300), 0)
    palette.putpalette([0, 0, 0, 255, 0, 0])
    palette.paste(1, (100, 100, 200, 200))
    data = make.photo(palette, "PNG", transparency=0)
    assert picture_area(page(make, data, "png")).size == (48, 48)


def test_png_text_does_not_reach_the_packet(make: SimpleNamespace) -> None:
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", "SecretName")
    data = make.photo(make.scene(), "PNG", pnginfo=info)
    assert b"SecretName" in data
    assert b"SecretName" not in merge([Part("p", "P", data, "png")], title="T").pdf


def test_a_large_photo_fills_the_page_above_the_band(make: SimpleNamespace) -> None:
    tall = page(make, make.photo(Image.new("RGB", (1500, 3000), (90, 0, 0))), "jpeg")
    assert tall.size == (612, 792)
    left, top, right, bottom = ImageChops.invert(tall).getbbox()
    assert bottom <= 792 - 30
    assert abs((bottom - top) - 792 * 0.94) < 3
    wide = page(make, make.photo(Image.new("RGB", (3000, 1500), (90, 0, 0))), "jpeg")
    assert wide.size == (792, 612)
    left, top, right, bottom = ImageChops.invert(wide).getbbox()
    assert abs((right - left) - 792 * 0.94) < 3
