"""What a packet's drawn pages look like, for the benchmark's floor: takes a packet, writes its words, lines and files as JSON.

Run as a process of its own: PACKET CASE TARGET.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

from massage_claim import yamltext


def write_pages(packet: Path, case: Path, target: Path) -> int:
    """Writes the drawn pages (words with their places, strokes), the footers and the attached files in order; gives the pages."""
    manifest = yamltext.read((packet.parent / "manifest.yaml").read_text("utf-8"), "manifest").value
    assert isinstance(manifest, dict)
    parts = manifest["parts"]
    assert isinstance(parts, list)
    reader = pypdfium2.PdfDocument(packet)
    drawn: list[dict[str, object]] = []
    files: list[str] = []
    for part in parts:
        assert isinstance(part, dict)
        stem = str(part["key"]).removeprefix("attachments-")
        if str(part["key"]).startswith("attachments-"):
            files += [str(path) for path in (case / "attachments").glob(f"{stem}.*") if path.suffix != ".yaml"]
        else:
            drawn += [
                _page(reader, number - 1) for number in range(int(str(part["first"])), int(str(part["last"])) + 1)
            ]
    pages = len(reader)
    target.write_text(json.dumps({"drawn": drawn, "files": files, "pages": pages}))
    return pages


def _page(reader: pypdfium2.PdfDocument, index: int) -> dict[str, object]:
    page = reader[index]
    words = page.get_textpage()
    texts = []
    for number in range(words.count_rects()):
        left, bottom, right, top = words.get_rect(number)
        texts.append((left, bottom, max(top - bottom, 4), words.get_text_bounded(left, bottom, right, top)))
    strokes = [item.get_bounds() for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH])]
    return {"texts": texts, "strokes": strokes}


if __name__ == "__main__":
    write_pages(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]))
