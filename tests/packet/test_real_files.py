"""Real forms and deliberately damaged files: each is examined and merged, or refused in words; nothing hangs or crashes."""

from __future__ import annotations

import io
import os
import re
import subprocess
import time
from collections import Counter
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import ImageChops

from commands import WAIT_S
from massage_claim.errors import AttachmentUnusable
from massage_claim.packet.look.examination import examine
from massage_claim.packet.merge import merge
from massage_claim.packet.parts import Part
from massage_claim.packet.pdf_file import count_pages

LIVE = re.compile(
    rb"/(JavaScript|JS|Launch|EmbeddedFiles?|AA|OpenAction|Filespec|SubmitForm|RichMedia|AcroForm|Annots)\b"
)
SLOWEST = 25.0  # seconds for examining, whose own limit is 20


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def outcome(path: Path) -> str:
    """ "accepted", "repaired", "picture" or "refused: …"; asserts what must hold for every file on the way."""
    started = time.monotonic()
    try:
        found = examine(path)
    except AttachmentUnusable as refusal:
        (problem,) = refusal.problems
        assert str(problem.where) == path.name
        assert problem.says
        assert problem.fix
        return f"refused: {problem.says}"
    finally:
        assert time.monotonic() - started < SLOWEST
    merged = merge([Part("a", "A", path, found.kind, sha256=found.sha256)], title="T")  # type: ignore[arg-type]
    assert count_pages(merged.pdf) == found.pages == merged.pages
    plain = io.BytesIO()
    with pikepdf.open(io.BytesIO(merged.pdf)) as document:
        document.save(
            plain,
            qdf=True,
            compress_streams=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            static_id=True,
        )
    assert LIVE.findall(plain.getvalue()) == []
    if merged.notes:
        return "picture"
    return "repaired" if any("repaired" in note for note in found.notes) else "accepted"


def test_a_sample_of_hostile_files_is_merged_or_refused(corpus: Path) -> None:
    outcomes = Counter(outcome(path).split(":")[0] for path in files(corpus / "hostile")[::8])
    assert outcomes.keys() <= {"accepted", "repaired", "picture", "refused"}
    assert outcomes["accepted"] >= 5
    assert outcomes["refused"] >= 5
    assert outcomes["repaired"] >= 2


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("images/pillow/truncated_jpeg.jpg", "cut off"),
        ("images/pillow/crash-2020-10-test.tif", "rare way"),
        ("pdf/pypdf/encrypted-file.pdf", "password"),
    ],
)
def test_known_bad_files_get_the_right_reason(corpus: Path, name: str, says: str) -> None:
    assert says in outcome(corpus / "hostile" / name)


@pytest.mark.parametrize("name", ["cms1500_252f_js", "insurer_grievance_procedure", "pypdfform_dropdown", "form"])
def test_real_forms_look_the_same_in_a_packet(corpus: Path, name: str) -> None:
    path = corpus / "forms" / f"{name}.pdf"
    merged = merge([Part("a", "A", path, "pdf", untouched=True)], title="T")
    source, packet = pypdfium2.PdfDocument(path), pypdfium2.PdfDocument(merged.pdf)
    source.init_forms()
    assert len(source) == len(packet)
    for index in range(len(source)):
        one, other = (document[index].render(scale=0.7).to_pil().convert("L") for document in (source, packet))
        assert one.size == other.size
        assert sum(ImageChops.difference(one, other).histogram()[64:]) < 200
    source.close()
    packet.close()


def test_a_phone_photo_is_upright(corpus: Path) -> None:
    """The same landscape, stored turned four ways by real cameras and tools, gives the same page."""
    pages = []
    for name in ("exif/Landscape_3.jpg", "exif/Landscape_6.jpg", "exif/Landscape_8.jpg"):
        path = corpus / "hostile" / "images" / name
        merged = merge([Part("a", "A", path, "jpeg")], title="T")
        document = pypdfium2.PdfDocument(merged.pdf)
        pages.append(document[0].render(scale=0.2).to_pil().convert("L"))
        document.close()
    for page in pages[1:]:
        assert page.size == pages[0].size
        assert sum(ImageChops.difference(pages[0], page).histogram()[60:]) < page.width * page.height * 0.02
    turned = pages[0].rotate(180)
    assert sum(ImageChops.difference(pages[0], turned).histogram()[60:]) > turned.width * turned.height * 0.05


@pytest.mark.slow
@pytest.mark.skipif(
    os.environ.get("MASSAGE_CLAIM_TRUST") != "1", reason="set MASSAGE_CLAIM_TRUST=1 to try every hostile file"
)
def test_every_hostile_file_and_every_form(corpus: Path, tmp_path: Path) -> None:
    outcomes = Counter(outcome(path).split(":")[0] for path in files(corpus / "hostile"))
    assert outcomes.keys() <= {"accepted", "repaired", "picture", "refused"}
    assert sum(outcomes.values()) == len(files(corpus / "hostile"))
    print(dict(outcomes))
    for path in files(corpus / "forms"):
        assert not outcome(path).startswith("refused"), path.name
    for path in files(corpus / "hostile" / "pdf"):  # other readers neither hang nor crash on what comes out
        try:
            merged = merge([Part("a", "A", path, "pdf")], title="T")
        except AttachmentUnusable:
            continue
        packet = tmp_path / "packet.pdf"
        packet.write_bytes(merged.pdf)
        for command in (["pdftotext", packet, "-"], ["pdftoppm", "-r", "30", packet, tmp_path / "page"]):
            assert subprocess.run(command, capture_output=True, timeout=WAIT_S, check=False).returncode >= 0
