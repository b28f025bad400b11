from __future__ import annotations

import io
import re
import time
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String
from PIL import Image, ImageChops

from massage_claim.errors import AttachmentUnusable
from massage_claim.packet.file_bytes import sha256
from massage_claim.packet.merge import merge
from massage_claim.packet.parts import Part
from massage_claim.packet.pdf_file import count_pages, read_texts

# Keys that act, or lead to something that does; looked for after every stream is unpacked.
LIVE = re.compile(
    rb"/(JavaScript|JS|Launch|EmbeddedFiles?|AA|OpenAction|AF|EF|Filespec|Metadata|PieceInfo|SubmitForm|Ref|AcroForm|Author|Producer)\b"
)


def unpacked(pdf: bytes) -> bytes:
    data = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.save(
            data,
            qdf=True,
            compress_streams=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            static_id=True,
        )
    return data.getvalue()


def differ(one: Image.Image, other: Image.Image, tolerance: int = 60) -> int:
    """How many pixels differ clearly."""
    assert one.size == other.size
    histogram = ImageChops.difference(one, other).convert("L").histogram()
    return sum(histogram[tolerance:])


def test_parts_come_in_order_each_with_its_bookmark_and_range(make: SimpleNamespace, tmp_path: Path) -> None:
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(make.saved(make.document(["order a", "order b"])))
    photo = tmp_path / "receipt.jpg"
    photo.write_bytes(make.photo(make.scene(), gps=True, orientation=6))
    told: list[tuple[int, int]] = []
    merged = merge(
        [
            Part("cover", "Cover", make.saved(make.document(["cover"])), "drawn"),
            Part("order", "Doctor's order", scan, "pdf", letter="A"),
            Part("receipt", "Receipt – März", photo, "jpeg", letter="B"),
        ],
        title="Claim of Łukasz",
        footer=make.footer,
        progress=lambda done, of: told.append((done, of)),
    )
    assert count_pages(merged.pdf) == merged.pages == 4
    assert [(r.key, r.first, r.last, r.letter) for r in merged.ranges] == [
        ("cover", 1, 1, None),
        ("order", 2, 3, "A"),
        ("receipt", 4, 4, "B"),
    ]
    assert merged.ranges[1].sha256 == sha256(scan.read_bytes())
    assert told == [(1, 3), (2, 3), (3, 3)]
    assert merged.notes == ()
    texts = read_texts(merged.pdf)
    for number, (text, word) in enumerate(zip(texts, ("cover", "order a", "order b", "FOOT"), strict=True), 1):
        assert word in text
        assert f"FOOT {number} of 4" in text
    with pikepdf.open(io.BytesIO(merged.pdf)) as document:
        with document.open_outline() as outline:
            marks = [(item.title, document.pages.index(pikepdf.Page(item.destination[0]))) for item in outline.root]
        assert marks == [("Cover", 0), ("Doctor's order", 1), ("Receipt – März", 3)]
        assert {key: str(value) for key, value in document.docinfo.items()} == {"/Title": "Claim of Łukasz"}
        assert str(document.Root.Lang) == "en-US"
        assert "/Metadata" not in document.Root
    assert b"SecretPhone" not in merged.pdf


def test_the_same_parts_give_the_same_bytes(make: SimpleNamespace) -> None:
    def packet() -> bytes:
        parts = [
            Part("a", "A", make.saved(make.live(make.document(["x", "y"]))), "pdf"),
            Part("b", "B", make.photo(make.scene(), "PNG"), "png"),
            Part("c", "C", make.saved(make.document(["z"])), "drawn"),
        ]
        return merge(parts, title="T", footer=make.footer).pdf

    first = packet()
    time.sleep(1.1)  # document ids and dates are made of seconds
    assert packet() == first


@pytest.mark.parametrize("untouched", [False, True])
def test_nothing_live_or_private_comes_along(make: SimpleNamespace, untouched: bool) -> None:
    source = make.saved(make.live(make.document(["hello"])))
    assert LIVE.search(unpacked(source))
    assert b"<secret/>" in unpacked(source)  # the comparison can fail
    merged = merge([Part("a", "A", source, "pdf", untouched=untouched)], title="T", footer=make.footer)
    plain = unpacked(merged.pdf)
    assert LIVE.findall(plain) == []
    assert b"secret" not in plain
    assert b"/etc/passwd" not in plain
    assert b"quit" not in plain
    assert "hello" in read_texts(merged.pdf)[0]


def test_a_drawn_page_is_unchanged_outside_the_band(make: SimpleNamespace) -> None:
    pdf = make.document(["our own"])
    pdf.pages[0].obj.Contents = pdf.make_stream(b"100 40 400 700 re S BT /F1 18 Tf 90 600 Td (own) Tj ET 2 w")
    source = make.saved(pdf)
    merged = merge([Part("a", "A", source, "drawn")], title="T", footer=make.footer)
    before, after = make.rendered(source, scale=2), make.rendered(merged.pdf, scale=2)
    above = (0, 0, 1224, 1584 - 60)
    assert before.crop(above).tobytes() == after.crop(above).tobytes()
    assert differ(before, after) > 50  # the footer itself


def test_an_attachment_lies_at_94_percent_above_the_band(make: SimpleNamespace) -> None:
    source = make.saved(make.document(["x"]))
    page = (
        make.rendered(merge([Part("a", "A", source, "pdf")], title="T").pdf)
        .convert("L")
        .point(lambda v: v < 128 and 255)
    )
    left, top, right, bottom = page.getbbox()
    assert bottom <= 792 - 30  # the square's lower edge is the source's page edge
    assert abs((right - left) - (592 * 0.94)) < 2
    assert abs(left - 612 * 0.03) < 2
    assert top > 0


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("unit", [1, 2])
@pytest.mark.parametrize("crop", [None, (20, 30, 560, 700)])
def test_turned_cropped_and_scaled_pages_look_the_same(
    make: SimpleNamespace, turn: int, unit: int, crop: tuple[int, ...] | None
) -> None:
    pdf = make.document(["turned page"], page_keys={"/Rotate": turn, "/UserUnit": unit})
    page = pdf.pages[0].obj
    page.MediaBox = Array([-40, -50, 572, 742])
    if crop is not None:
        page.CropBox = Array(crop)
    page.TrimBox = Array([100, 100, 200, 200])  # must not matter
    source = make.saved(pdf)
    original = make.rendered(source, scale=unit)  # this reader ignores the unit
    kept = merge([Part("a", "A", source, "pdf", untouched=True)], title="T", footer=make.footer).pdf
    assert differ(original, make.rendered(kept)) < 20
    assert "FOOT" not in read_texts(kept)[0]
    placed = make.rendered(merge([Part("a", "A", source, "pdf")], title="T", footer=make.footer).pdf)
    width, height = original.size
    assert placed.size == ((612, 792) if width <= height else (792, 612))
    scale = min(1, 0.94 * placed.width / width, 0.94 * placed.height / height)
    shrunk = original.resize((round(width * scale), round(height * scale)), Image.Resampling.BOX)
    left = round((placed.width - width * scale) / 2)
    bottom = round(placed.height - 30 - (placed.height - 30 - height * scale) / 2)
    cut = placed.crop((left, bottom - shrunk.height, left + shrunk.width, bottom))
    assert differ(shrunk, cut, 140) < 400  # blurred edges
    assert differ(shrunk.rotate(180), cut, 140) > 2000  # a wrong turn shows
    outside = placed.copy()
    outside.paste("white", (left - 1, bottom - shrunk.height - 1, left + shrunk.width + 1, bottom + 1))
    outside.paste("white", (0, placed.height - 30, placed.width, placed.height))
    assert differ(outside, Image.new("RGB", placed.size, "white")) == 0
    assert differ(placed.crop((30, placed.height - 30, 200, placed.height)), Image.new("RGB", (170, 30), "white")) > 20


def test_without_a_stamp_a_letter_page_keeps_its_size(make: SimpleNamespace) -> None:
    source = make.saved(make.document(["form"]))
    merged = merge([Part("a", "A", source, "pdf", stamp=False)], title="T", footer=make.footer)
    assert differ(make.rendered(source), make.rendered(merged.pdf)) == 0


def test_a_small_page_is_never_enlarged(make: SimpleNamespace) -> None:
    source = make.saved(make.document(["card"], size=(240, 150)))
    page = make.rendered(merge([Part("a", "A", source, "pdf")], title="T").pdf)
    assert page.size == (792, 612)
    left, _, right, _ = ImageChops.invert(page).getbbox()
    assert right - left <= 241


def test_filled_fields_and_notes_stay_visible(make: SimpleNamespace) -> None:
    merged = merge([Part("a", "A", make.with_field("Anna Smith"), "pdf")], title="T")
    assert "Anna Smith" in read_texts(merged.pdf)[0]
    assert merged.notes == ()
    accented = merge([Part("a", "Form", make.with_field("Zoë Núñez"), "pdf")], title="T")
    plain = merge([Part("a", "Form", make.with_field("Zo? N??ez"), "pdf")], title="T")
    assert "Form: page 1 is in the packet as a picture" in accented.notes[0]
    nothing = make.rendered(merge([Part("a", "Form", make.with_field(""), "pdf")], title="T").pdf)
    assert differ(make.rendered(accented.pdf), nothing) > 50
    assert differ(make.rendered(accented.pdf), make.rendered(plain.pdf)) > 5


def test_a_ticked_box_stays_ticked_in_a_picture(make: SimpleNamespace) -> None:
    def form(state: str) -> bytes:
        pdf = pikepdf.open(io.BytesIO(make.with_field("Zoë")))  # a page that goes in as a picture
        looks = Dictionary()
        for name, draw in (("/Yes", b"0 0 80 80 re f"), ("/Off", b"")):
            looks[name] = pdf.make_stream(draw, Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 80, 80]))
        tick = Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, FT=Name.Btn, T=String("tick"), F=4, AP=Dictionary(N=looks)
        )
        tick.Rect, tick.AS, tick.V = Array([200, 200, 280, 280]), Name(state), Name(state)
        tick = pdf.make_indirect(tick)
        pdf.pages[0].obj.Annots.append(tick)
        pdf.Root.AcroForm.Fields.append(tick)
        return make.saved(pdf)

    ticked, empty = (merge([Part("a", "A", form(state), "pdf")], title="T") for state in ("/Yes", "/Off"))
    assert ticked.notes
    assert differ(make.rendered(ticked.pdf), make.rendered(empty.pdf)) > 200  # the reader draws a tick of its own


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_the_footer_lies_at_the_visual_bottom_of_a_turned_drawn_page(make: SimpleNamespace, turn: int) -> None:
    pdf = make.document(["own"], page_keys={"/Rotate": turn})
    page = pdf.pages[0].obj
    page.MediaBox = Array([-100, -100, 512, 692])
    page.Contents = pdf.make_stream(b"")
    shown = make.rendered(merge([Part("a", "A", make.saved(pdf), "drawn")], title="T", footer=make.footer).pdf)
    left, top, right, bottom = ImageChops.invert(shown).getbbox()
    assert shown.size == ((792, 612) if turn != 180 else (612, 792))
    assert shown.height - 30 < top < bottom <= shown.height - 8
    assert 30 < left < right < 200


def test_hidden_layers_stay_hidden(make: SimpleNamespace) -> None:
    pdf = make.document(["shown"])
    on, off = (pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String(name))) for name in ("secretlayer", "other"))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([on, off]), D=Dictionary(OFF=Array([off])))
    page = pdf.pages[0].obj
    page.Resources.Properties = Dictionary(On=on, Off=off)
    page.Contents = pdf.make_stream(
        b"/OC /On BDC 100 400 200 100 re f EMC /OC /Off BDC 100 100 200 200 re f EMC BT /F1 18 Tf 90 600 Td (shown) Tj ET"
    )
    source = make.saved(pdf)
    merged = merge([Part("a", "A", source, "pdf", untouched=True)], title="T")
    assert differ(make.rendered(source), make.rendered(merged.pdf)) == 0
    assert make.rendered(merged.pdf).getpixel((200, 592)) == (255, 255, 255)
    assert make.rendered(merged.pdf).getpixel((200, 342)) == (0, 0, 0)
    assert b"secretlayer" not in unpacked(merged.pdf)


def test_a_page_whose_content_is_damaged_goes_in_as_a_picture_and_is_named(make: SimpleNamespace) -> None:
    pdf = make.document(["good", "bad"])
    pdf.pages[1].obj.Contents = pikepdf.Stream(pdf, b"not flate at all", Filter=Name.FlateDecode)
    merged = merge([Part("a", "Scan", make.saved(pdf), "pdf")], title="T")
    assert count_pages(merged.pdf) == 2
    assert merged.notes == ("Scan: page 2 is in the packet as a picture, because a plain copy could lose something",)
    assert "good" in read_texts(merged.pdf)[0]


def test_chosen_pages_and_a_password(make: SimpleNamespace) -> None:
    source = make.saved(make.document(["one", "two", "three"]), encryption=pikepdf.Encryption(user="pw", owner="o"))
    merged = merge([Part("a", "A", source, "pdf", pages=(3, 1, 1), password="pw")], title="T")
    assert [text.strip() for text in read_texts(merged.pdf)] == ["three", "one", "one"]
    assert "pw" not in repr(Part("a", "A", b"", "pdf", password="pw"))


def test_our_own_bookmarks_and_links_lead_to_the_right_pages(make: SimpleNamespace) -> None:
    pdf = make.document(["list", "more"])
    web = Dictionary(S=Name.URI, URI=String("https://example.org/"))
    jump = Dictionary(S=Name.URI, URI=String("packet:b"))
    bad = Dictionary(S=Name.URI, URI=String("file:///etc/passwd"))
    inner = Dictionary(S=Name.GoTo, D=Array([pdf.pages[1].obj, Name.Fit]))
    links = [
        pdf.make_indirect(
            Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([9, 9 + 50 * n, 99, 50 + 50 * n]), A=action)
        )
        for n, action in enumerate((web, jump, bad, inner))
    ]
    pdf.pages[0].obj.Annots = Array(links)
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem("Second page", 1))
    front = Part("front", "Front", make.saved(make.document(["front"])), "drawn")
    own = Part("list", "List", make.saved(pdf), "drawn")
    scan = Part("b", "B", make.saved(make.document(["exhibit"])), "pdf")
    merged = merge([front, own, scan], title="T", footer=make.footer)
    with pikepdf.open(io.BytesIO(merged.pdf)) as document:
        pages = [page.obj.objgen for page in document.pages]
        annots = list(document.pages[1].obj.Annots)
        assert len(annots) == 3
        assert str(annots[0].A.URI) == "https://example.org/"
        assert pages.index(annots[1].Dest[0].objgen) == 3
        assert pages.index(annots[2].Dest[0].objgen) == 2
        with document.open_outline() as outline:
            (child,) = outline.root[1].children
            assert (child.title, pages.index(child.destination[0].objgen)) == ("Second page", 2)
    with pytest.raises(KeyError):
        merge([own], title="T")


def test_what_cannot_be_merged_is_named(make: SimpleNamespace, tmp_path: Path) -> None:
    good = make.saved(make.document(["x"]))
    path = tmp_path / "order.pdf"
    path.write_bytes(good)
    cases: Sequence[tuple[Part, str]] = [
        (Part("a", "A", path, "pdf", sha256="0" * 64), "changed"),
        (Part("a", "A", path, "jpeg"), "not the kind"),
        (Part("a", "A", path, "pdf", pages=(2,)), "Page 2 was asked for"),
        (Part("a", "A", tmp_path / "order.pdf" / "x", "pdf"), "does not exist"),
        (Part("a", "order.pdf", b"", "pdf"), "empty"),
        (Part("a", "order.pdf", b"<html>", "pdf"), "web page"),
        (Part("a", "order.pdf", make.photo(make.scene())[:-3000], "jpeg"), "cut off"),
        (
            Part(
                "a",
                "order.pdf",
                make.saved(make.document(["x"]), encryption=pikepdf.Encryption(user="p", owner="o")),
                "pdf",
            ),
            "password",
        ),
        (Part("a", "order.pdf", make.with_field("Иван"), "pdf"), "letters that would be lost"),
    ]
    for part, says in cases:
        with pytest.raises(AttachmentUnusable) as caught:
            merge([part], title="T")
        (problem,) = caught.value.problems
        assert says in problem.says, says
        assert str(problem.where) == part.name


def test_mistakes_of_the_caller_are_not_blamed_on_a_file(make: SimpleNamespace) -> None:
    part = Part("a", "A", make.saved(make.document(["x"])), "pdf")
    with pytest.raises(ValueError, match="parts"):
        merge([], title="T")
    with pytest.raises(ValueError, match="key"):
        merge([part, part], title="T")
    with pytest.raises(ValueError, match="2 footers for 1 pages"):
        merge([part], title="T", footer=lambda sizes: make.footer([*sizes, *sizes]))
