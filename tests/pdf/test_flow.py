"""Every kind of block on paper: its text, in order; what stays together; what the reader sees of the file."""

from __future__ import annotations

import io

import pikepdf
import pytest

from massage_claim.pdf import styles
from massage_claim.pdf.alphabet import UnprintableText
from massage_claim.pdf.flow import draw
from massage_claim.writing.blocks import (
    Block,
    Box,
    Bullets,
    Chart,
    Columns,
    Fields,
    Heading,
    Keep,
    PageBreak,
    Paragraph,
    Point,
    Quote,
    Rule,
    Run,
    Signature,
    Table,
    text,
)


def para(words: str) -> Paragraph:
    return Paragraph(text(words))


def items(*words: str) -> tuple[tuple[Block, ...], ...]:
    return tuple((para(word),) for word in words)


EVERYTHING: tuple[Block, ...] = (
    Heading(1, text("Statement for your insurer")),
    Paragraph((Run("Please "), Run("reimburse", bold=True), Run(" the "), Run("member", italic=True), Run("."))),
    Paragraph((Run("See "), Run("the manual", link="https://www.cms.gov/manuals"), Run(" or call."))),
    Fields((("NPI", text("2000000002")), ("Address", text("12 Elm Street\nColumbus")), ("EIN", text("x"))), 2, "Paid"),
    Heading(2, text("Diagnoses")),
    Bullets(((para("one"), Bullets(((para("two"), Bullets(items("three"))),))), (para("four"),))),
    Bullets(items("nine", "ten"), ordered=True, start=9),
    Heading(3, text("Visits")),
    Table(
        (text("Date"), text("Paid")),
        ((text("01/14/2026"), text("$95.00")), (text("Total"), text("$95.00"))),
        ("left", "right"),
        totals=1,
    ),
    Paragraph(text("Without tips."), role="small"),
    Rule(),
    Quote((para("We are unable to approve."),)),
    Box((para("Ask first."), Fields((("Phone", text("(614) 555-0142")),), 1))),
    Columns(((para("left side"),), (para("right side"),))),
    Chart("Pain", "points", 0, 10, (Point(739630, 7), Point(739637, 4)), "Pain fell from 7 to 4.", 3, 5),
    Keep((para("kept"), para("together"))),
    PageBreak(),
    para("I authorize this."),
    Signature("Patient", "Zoë Ångström"),
    Columns(((Signature("Therapist", "LMT", date_line=False),), (Signature("Patient"),))),
)


def test_every_block_says_its_words_in_order(texts) -> None:
    drawn = draw(EVERYTHING, title="Superbill", running=("Superbill", "Zoë · XQZ 0012345"))
    first, second, third = texts(drawn.pdf)
    wanted = (
        "Superbill Zoë · XQZ 0012345 Statement for your insurer Please reimburse the member. See the manual or call. "
        "Paid NPI 2000000002 Address 12 Elm Street Columbus EIN x Diagnoses • one – two – three • four 9. nine 10. ten "
        "Visits Date Paid 01/14/2026 $95.00 Total $95.00 Without tips. We are unable to approve. Ask first. Phone "
        "(614) 555-0142 left side right side"
    )
    assert " ".join(first.split()) == wanted
    assert second.split()[:7] == "Superbill Zoë · XQZ 0012345 Pain (points)".split()
    assert second.split()[-8:] == "Pain fell from 7 to 4. kept together".split()
    assert " ".join(third.split()) == (
        "Superbill Zoë · XQZ 0012345 I authorize this. Patient Date Zoë Ångström Therapist LMT Patient Date"
    )
    assert drawn.pages == 3
    assert drawn.marks == {"Patient": 3, "Therapist": 3}
    assert drawn.signatures == (("Patient", "Zoë Ångström", 3), ("Therapist", "LMT", 3), ("Patient", "", 3))


def test_the_same_blocks_give_the_same_bytes() -> None:
    once = draw(EVERYTHING, title="Superbill", running=("a", "b"), draft="DRAFT", foot=("c", "d"))
    assert draw(EVERYTHING, title="Superbill", running=("a", "b"), draft="DRAFT", foot=("c", "d")) == once
    assert draw(EVERYTHING, title="Superbill").pdf != once.pdf


def test_the_file_tells_its_title_language_and_bookmarks_and_nothing_private() -> None:
    with pikepdf.open(io.BytesIO(draw(EVERYTHING, title="Žádost o úhradu").pdf)) as pdf:
        assert str(pdf.Root.Lang) == "en-US"
        assert {key: str(value) for key, value in pdf.docinfo.items()} == {
            "/Title": "Žádost o úhradu",
            "/Producer": "massage-claim",
        }
        assert "/Metadata" not in pdf.Root
        with pdf.open_outline() as outline:
            assert [(entry.title, [child.title for child in entry.children]) for entry in outline.root] == [
                ("Statement for your insurer", ["Diagnoses"])
            ]
        links = [str(note.A.URI) for page in pdf.pages for note in page.obj.get("/Annots", [])]
        assert links == ["https://www.cms.gov/manuals"]
        fonts = [font for page in pdf.pages for font in page.Resources.Font.values()]
        assert all("/FontFile2" in font.FontDescriptor for font in fonts)


def test_a_paper_that_starts_with_a_small_heading_has_bookmarks_too() -> None:
    blocks = (Heading(2, text("b")), Heading(1, text("a")), Heading(2, text("c\nd")), Heading(1, text(" ")))
    with pikepdf.open(io.BytesIO(draw(blocks, title="t").pdf)) as pdf, pdf.open_outline() as outline:
        assert [(entry.title, len(entry.children)) for entry in outline.root] == [("b", 0), ("a", 1)]
        assert outline.root[1].children[0].title == "c d"


def test_fit_for_a_fax(operators) -> None:
    sizes, lines, seen = [], [], set()
    for name, operands in operators(draw(EVERYTHING, title="t", running=("a", "b"), draft="D", foot=("c", "")).pdf):
        seen.add(name)
        if name == "Tf":
            sizes.append(float(operands[1]))
        if name == "w":
            lines.append(float(operands[0]))
    assert min(sizes) >= 9
    assert min(lines) >= 0.5
    # No colour, no grey, no shading, no pictures: black by default.
    assert seen.isdisjoint({"rg", "RG", "g", "G", "k", "K", "sc", "SC", "scn", "SCN", "cs", "CS", "sh", "gs", "Do"})
    assert {"Tf", "w", "Tj", "l"} <= seen


def test_no_style_is_too_small_for_a_fax() -> None:
    sizes = [style.size for style in vars(styles).values() if isinstance(style, styles.Style)]
    assert len(sizes) >= 9
    assert min([*sizes, *(style.size for style in styles.HEADINGS.values())]) >= 9


@pytest.mark.parametrize("landscape", [False, True])
def test_the_lowest_band_stays_empty(pixels, landscape: bool) -> None:
    blocks = tuple(para(f"{number} " + "words " * 60) for number in range(40))
    drawn = draw(blocks, title="t", landscape=landscape)
    width, height = (792, 612) if landscape else (612, 792)
    for page in range(drawn.pages):
        picture = pixels(drawn.pdf, page)
        assert len(picture) == width * height
        assert set(picture[(height - 48) * width :]) == {255}
        assert min(picture) < 60


def test_no_heading_is_last_on_a_page_and_no_paragraph_is_torn_after_a_line(texts) -> None:
    for lines in range(30, 56):
        filler = tuple(para(f"line {number}") for number in range(lines))
        long = para("first " + "and more words to fill several lines of a paragraph " * 6)
        pages = texts(draw((*filler, Heading(2, text("Where it goes on")), long), title="t").pdf)
        for page, following in zip(pages, [*pages[1:], ""], strict=True):
            if "Where it goes on" in page:
                assert "first and more" in page
                assert page.split("first and more")[1].count("\n") >= 1
            assert len(following.splitlines()) != 1


def test_no_signature_stands_alone_on_a_page(texts) -> None:
    for lines in range(28, 46):
        filler = tuple(para(f"line {number}") for number in range(lines))
        for last in (Signature("Patient", "Zoë"), Columns(((Signature("Patient"),), (Signature("Therapist"),)))):
            pages = texts(draw((*filler, para("I agree."), last), title="t").pdf)
            signed = next(page for page in pages if "Patient" in page)
            assert "I agree." in signed


def test_what_is_kept_starts_a_page_when_it_must_and_may_be_too_tall(texts) -> None:
    some = tuple(para(f"kept {number}") for number in range(10))
    before = tuple(para(f"line {number}") for number in range(29))
    pages = texts(draw((*before, Keep(some)), title="t").pdf)
    assert "kept" not in pages[0]
    assert pages[1].count("kept") == 10
    tall = Keep(tuple(para(f"kept {number}") for number in range(100)))
    pages = texts(draw((para("before"), tall), title="t").pdf)
    assert "kept 0" in pages[0]
    assert sum(page.count("kept") for page in pages) == 100


def test_page_breaks_never_leave_a_page_empty(texts) -> None:
    pages = texts(draw((PageBreak(), para("a"), PageBreak(), PageBreak(), para("b"), PageBreak()), title="t").pdf)
    assert [page.strip() for page in pages] == ["a", "b"]


@pytest.mark.parametrize(
    "block",
    [
        para(""),
        para("w" * 30_000),
        Heading(2, text("W" * 6_000)),
        Bullets(()),
        Bullets(((), (para("x"),))),
        Fields((), 3),
        Fields((("L" * 900, text("V" * 9_000)), ("", ())), 4, "T" * 900),
        Columns(()),
        Columns((tuple(para(f"{n}") for n in range(200)), ())),
        Columns(((Table((text("a"),), tuple((text(f"{n}"),) for n in range(200)), ("left",)),), (PageBreak(),))),
        Box(()),
        Box(tuple(para("words " * 50) for _ in range(90))),
        Box((Table((text("a"),), tuple((text(f"{n}"),) for n in range(200)), ("left",)), PageBreak(), para("b"))),
        Quote((Box((Quote((Box((Columns(((para("w" * 300),), (para("deep"),))),)),)),)),)),
        Signature("S" * 500, "u" * 9_000),
        Keep((Box((Keep(tuple(para("k") for _ in range(99))),)),)),
        Chart("", "", 0, 0, (), ""),
        Chart("one", "u", 5, 5, (Point(1, 5),), "w" * 3_000),
        Chart("wild", "u", 0, 10, (Point(1, float("nan")), Point(2, 1e9), Point(3, -1e9)), "w", float("inf"), 2),
        Table((text("h" * 3_000),), ((text("x"),),), ("left",)),
        Table((text("a\n" * 300),), tuple((text(f"{n}"),) for n in range(60)), ("left",)),
    ],
    ids=lambda block: type(block).__name__,
)
@pytest.mark.parametrize("landscape", [False, True])
def test_nothing_is_too_large_to_draw(block: Block, landscape: bool, texts) -> None:
    drawn = draw((para("before"), block, Heading(3, text("after"))), title="t", draft="DRAFT", landscape=landscape)
    everything = "\n".join(texts(drawn.pdf))
    assert "before" in everything
    assert "after" in everything


def test_a_long_word_stays_inside_the_margins(pixels) -> None:
    for block in (para("W" * 300), Table((), ((text("W" * 300), text("M" * 300)),), ("left", "right"))):
        picture = pixels(draw((block,), title="t").pdf, 0)
        for y in range(792):
            row = picture[y * 612 : (y + 1) * 612]
            assert set(row[:53]) == {255}
            assert set(row[560:]) == {255}


def test_lists_within_lists_step_in(pixels) -> None:
    def ink_from(depth: int) -> int:
        block: Block = Bullets(((para("x"),),))
        for _ in range(depth):
            block = Bullets(((block,),))
        picture = pixels(draw((block,), title="t").pdf, 0)
        return max(x for y in range(792) for x in range(612) if picture[y * 612 + x] < 120)

    assert ink_from(0) < ink_from(1) < ink_from(2)


def test_what_cannot_be_printed_is_refused_wherever_it_stands() -> None:
    bad = "李"
    places: tuple[Block, ...] = (
        para(bad),
        Heading(1, text(bad)),
        Bullets(items(bad)),
        Fields(((bad, text("v")),)),
        Fields((("l", text(bad)),)),
        Fields((("l", text("v")),), 2, bad),
        Table((text(bad),), (), ("left",)),
        Table((text("h"),), ((text(bad),),), ("left",)),
        Columns(((para(bad),),)),
        Box((Quote((Keep((para(bad),)),)),)),
        Signature(bad),
        Signature("l", bad),
        Chart(bad, "u", 0, 1, (), "w"),
        Chart("t", "u", 0, 1, (), bad),
    )
    for block in places:
        with pytest.raises(UnprintableText, match=r"U\+674E"):
            draw((block,), title="t")
    for more in ({"title": bad}, {"running": ("", bad)}, {"draft": bad}, {"foot": (bad, "")}):
        with pytest.raises(UnprintableText):
            draw((para("fine"),), **{"title": "t", **more})
