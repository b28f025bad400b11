"""The floor of the packet benchmark: imports what `build-packet` imports, draws its pages with plain canvas calls and merges
the same files with plain library calls. Takes the JSON of `bench_packet_pages` and where to write the PDF.
"""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import jinja2.sandbox
import markdown_it
import pikepdf
import pillow_heif
import pydantic
import pypdfium2
import typer
import yaml
from PIL import Image
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

FONTS = Path(__file__).parents[1] / "src" / "massage_claim" / "pdf" / "fonts"
USED = (jinja2.sandbox, markdown_it, pydantic, pypdfium2, typer, yaml)
"""Imported for what importing them costs."""


def drawn(pages: list[dict[str, list[list[object]]]]) -> bytes:
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(612, 792), invariant=1)
    for page in pages:
        for left, bottom, height, text in page["texts"]:
            canvas.setFont("OpenSans", float(str(height)))
            canvas.drawString(float(str(left)), float(str(bottom)), str(text))
        for edges in page["strokes"]:
            canvas.line(*(float(str(edge)) for edge in edges))
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def footers(count: int) -> bytes:
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(612, 792), invariant=1)
    for number in range(count):
        canvas.setFont("OpenSans", 8)
        canvas.line(54, 28.5, 558, 28.5)
        canvas.drawString(54, 16, "Zoë Nuñez-Okafor · member ID CHX00412207")
        canvas.drawRightString(558, 16, f"Page {number + 1} of {count}")
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def add_picture(out: pikepdf.Pdf, path: Path) -> None:
    """A JPEG as it is, any other picture by decoding and packing it."""
    data = path.read_bytes()
    if path.suffix == ".jpg":
        with Image.open(io.BytesIO(data)) as image:
            size = image.size
        _add_jpeg(out, data, size, "/DeviceRGB")
        return
    image = Image.open(io.BytesIO(data))
    for frame in range(getattr(image, "n_frames", 1)):
        image.seek(frame)
        if path.suffix == ".png" or image.mode == "1":
            packed = io.BytesIO()
            image.save(packed, "PDF")
            pdf = pikepdf.open(packed)
            out.pages.extend(pdf.pages)
            KEPT.append(pdf)
        else:
            packed = io.BytesIO()
            image.convert("RGB").save(packed, "JPEG", quality=90)
            _add_jpeg(out, packed.getvalue(), image.size, "/DeviceRGB")


KEPT: list[pikepdf.Pdf] = []


def _add_jpeg(out: pikepdf.Pdf, data: bytes, size: tuple[int, int], space: str) -> None:
    stream = pikepdf.Stream(out, data)
    stream.Type, stream.Subtype, stream.Filter = pikepdf.Name.XObject, pikepdf.Name.Image, pikepdf.Name.DCTDecode
    stream.Width, stream.Height, stream.BitsPerComponent, stream.ColorSpace = *size, 8, pikepdf.Name(space)
    page = out.add_blank_page(page_size=(612, 792))
    page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary({"/P": stream}))
    page.obj.Contents = out.make_stream(b"q 540 0 0 700 36 46 cm /P Do Q")


def stamp(out: pikepdf.Pdf, over: pikepdf.Pdf) -> None:
    for page, footer in zip(out.pages, over.pages, strict=True):
        name = page.add_resource(out.copy_foreign(footer.as_form_xobject()), pikepdf.Name.XObject, prefix="F")
        page.contents_add(b"q\n", prepend=True)
        page.contents_add(b"\nQ q " + str(name).encode() + b" Do Q\n")


def main(source: str, target: str) -> None:
    pages = json.loads(Path(source).read_text())
    pillow_heif.register_heif_opener()
    pdfmetrics.registerFont(TTFont("OpenSans", FONTS / "OpenSans-Regular.ttf"))
    out = pikepdf.new()
    own = pikepdf.open(io.BytesIO(drawn(pages["drawn"])))
    out.pages.extend(own.pages)
    for name in pages["files"]:
        path = Path(name)
        if path.suffix == ".pdf":
            pdf = pikepdf.open(path)
            out.pages.extend(pdf.pages)
            KEPT.append(pdf)
        else:
            add_picture(out, path)
    over = pikepdf.open(io.BytesIO(footers(len(out.pages))))
    stamp(out, over)
    out.save(target, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
