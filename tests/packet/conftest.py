"""Makes the files that the packet tests need: small PDFs by pikepdf, photos by Pillow; and finds the test material."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, String
from PIL import Image, ImageDraw

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"


def saved(pdf: pikepdf.Pdf, **options: object) -> bytes:
    data = io.BytesIO()
    pdf.save(data, static_id=True, **options)
    return data.getvalue()


def document(
    texts: Sequence[str], size: tuple[float, float] = (612, 792), page_keys: dict[str, object] | None = None
) -> pikepdf.Pdf:
    """One page per text: the text near the top left, a filled square in the lower left corner, a frame line on top."""
    pdf = pikepdf.new()
    font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    for text in texts:
        page = pdf.add_blank_page(page_size=size)
        page.obj.Resources = Dictionary(Font=Dictionary(F1=font))
        words = text.encode("latin-1").replace(b"(", b"[").replace(b")", b"]")
        draw = b"0 0 60 60 re f 20 %d %d 8 re f BT /F1 18 Tf 90 %d Td (%s) Tj ET"
        page.obj.Contents = pdf.make_stream(draw % (size[1] - 12, size[0] - 40, size[1] - 100, words))
        for key, value in (page_keys or {}).items():
            page.obj[key] = value
    return pdf


def with_field(value: str, *, need_appearances: bool = True) -> bytes:
    pdf = document(["a form"])
    page = pdf.pages[0]
    font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    field = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Tx,
            T=String("name"),
            V=String(value),
            Rect=Array([72, 400, 400, 430]),
            F=4,
            DA=String("/Helv 14 Tf 0 g"),
            P=page.obj,
        )
    )
    page.obj.Annots = Array([field])
    pdf.Root.AcroForm = Dictionary(
        Fields=Array([field]), NeedAppearances=need_appearances, DR=Dictionary(Font=Dictionary(Helv=font))
    )
    return saved(pdf)


def live(pdf: pikepdf.Pdf) -> pikepdf.Pdf:
    """Adds every kind of content that acts on its own, in every place that could carry it into a packet."""
    script = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
    launch = Dictionary(S=Name.Launch, F=String("/bin/sh"))
    pdf.attachments["evil.exe"] = pikepdf.AttachedFileSpec(pdf, b"MZ", filename="evil.exe")
    pdf.Root.OpenAction = script
    pdf.Root.AA = Dictionary(WC=script)
    page = pdf.pages[0]
    page.obj.AA = Dictionary(O=launch)
    page.obj.Metadata = pdf.make_stream(b"<secret/>")
    page.obj.PieceInfo = Dictionary(X=Dictionary(Private=String("secret")))
    inner = pdf.make_stream(b"0 0 1 1 re f")
    inner.Type, inner.Subtype, inner.BBox = Name.XObject, Name.Form, Array([0, 0, 1, 1])
    inner.AA, inner.Metadata = Dictionary(O=script), pdf.make_stream(b"<secret/>")
    inner.Ref = Dictionary(F=Dictionary(Type=Name.Filespec, F=String("/etc/passwd")), Page=0)
    inner.PieceInfo = Dictionary(A=script)
    page.obj.Resources.XObject = Dictionary({"/Inner": inner, "/Ps": pdf.make_stream(b"quit", Subtype=Name.PS)})
    page.obj.Resources.Properties = Dictionary(
        {"/P1": Dictionary(Metadata=pdf.make_stream(b"<secret/>"), A=script, Note=String("secret"))}
    )
    page.obj.Resources.Font.F1.AA = Dictionary(O=script)
    page.obj.Resources.Font.F1.Metadata = pdf.make_stream(b"<secret/>")
    note = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 99, 99]), A=launch)
    page.obj.Annots = Array([pdf.make_indirect(note)])
    pdf.docinfo["/Author"] = String("secret author")
    return pdf


def scene() -> Image.Image:
    """A picture no turn or mirror of which looks like itself."""
    image = Image.new("RGB", (320, 200), "white")
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, 80, 60), fill=(200, 0, 0))
    pen.rectangle((240, 0, 320, 30), fill=(0, 0, 200))
    pen.rectangle((0, 170, 160, 200), fill=(0, 120, 0))
    pen.rectangle((100, 80, 130, 95), fill=(0, 0, 0))
    return image


# How a camera stores an upright scene so that this orientation tag brings it back.
_STORED = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


def photo(
    image: Image.Image, kind: str = "JPEG", orientation: int | None = None, gps: bool = False, **options: object
) -> bytes:
    exif = Image.Exif()
    if orientation is not None:
        turn = _STORED.get(orientation)
        image = image if turn is None else image.transpose(turn)
        exif[0x0112] = orientation
    if gps:
        exif[0x010F] = "SecretPhone"
        exif.get_ifd(0x8825).update({1: "N", 2: (42.0, 21.0, 36.0), 3: "W", 4: (71.0, 3.0, 36.0)})
    if kind == "JPEG":
        options = {"quality": 92, "subsampling": 0, **options}
    data = io.BytesIO()
    image.save(data, kind, **({"exif": exif} if len(exif) else {}), **options)
    return data.getvalue()


def rendered(pdf: bytes, index: int = 0, scale: float = 1.0) -> Image.Image:
    reader = pypdfium2.PdfDocument(pdf)
    try:
        return reader[index].render(scale=scale).to_pil().convert("RGB")
    finally:
        reader.close()


def footer(sizes: Sequence[tuple[float, float]]) -> bytes:
    """A page per size: "FOOT n" at 9 points, 12 points above the bottom edge."""
    pdf = pikepdf.new()
    font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    for number, size in enumerate(sizes, 1):
        page = pdf.add_blank_page(page_size=size)
        page.obj.Resources = Dictionary(Font=Dictionary(F1=font))
        page.obj.Contents = pdf.make_stream(b"BT /F1 9 Tf 36 12 Td (FOOT %d of %d) Tj ET" % (number, len(sizes)))
    return saved(pdf)


@pytest.fixture
def make() -> SimpleNamespace:
    return SimpleNamespace(
        document=document,
        saved=saved,
        with_field=with_field,
        live=live,
        scene=scene,
        photo=photo,
        rendered=rendered,
        footer=footer,
    )


@pytest.fixture
def corpus() -> Path:
    if not CORPUS.is_dir():
        pytest.skip("the shared test material (../shared/corpus) is not beside this checkout")
    return CORPUS
