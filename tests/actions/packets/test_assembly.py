"""Attachments in a packet: real PDFs and photos, every page there and upright; what can't be used is named, and then
nothing is written.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageStat

from builders import TODAY, a_case, a_pdf, an_attachment, write_case, write_record
from massage_claim.actions.packets.claim_packets import build_packet
from massage_claim.actions.result import Result
from massage_claim.errors import AttachmentUnusable, ExitCode, Unreadable
from massage_claim.models.attachment import Attachment
from massage_claim.packet.look.examination import examine, to_record
from papers import today_is

CORPUS = Path(__file__).resolve().parents[3].parent / "shared" / "corpus"
FORMS = [
    "benefitfund_major_medical_claim_57f.pdf",
    "cms1500_flat_0f.pdf",
    "court_form_e5e3.pdf",
    "form_acrobatReader.pdf",
]
PHOTOS = ["hostile/images/exif-samples/portrait_1.jpg", "hostile/images/exif-samples/portrait_4.jpg"]
PHOTOS += ["hostile/images/exif-samples/portrait_2.jpg"]
FRONT, LAST = 2, 1
"""Cover and superbill; the order."""


def attached(name: str, data: bytes, path: Path, **fields: object) -> Attachment:
    """As `attach` records it: examined, with its digest."""
    path.write_bytes(data)
    found = examine(path)
    record: dict[str, object] = {"kind": "payment-proof", "for": ["sessions/2026-03-10"], **fields}
    kind = str(record.pop("kind"))
    return an_attachment(
        name, kind=kind, data=data, sha256=found.sha256, examined=to_record(found), record_id=Path(name).stem, **record
    )


def scan_of(count: int, **fields: object) -> Attachment:
    """A receipt that was examined when it was attached."""
    return an_attachment(
        "scan.pdf", kind="payment-proof", pages_in_file=count, **{"for": ["sessions/2026-03-10"], **fields}
    )


def built(folder: Path, *, draft: bool = False) -> Result:
    with today_is(TODAY):
        return build_packet(folder, draft=draft)


def packet(folder: Path, result: Result) -> pypdfium2.PdfDocument:
    return pypdfium2.PdfDocument((folder / result.written[0]).read_bytes())


def case_with(tmp_path: Path, attachments: Sequence[Attachment]) -> Path:
    order = a_case().attachments[0]
    return write_case(tmp_path / "case", a_case(attachments=(order, *attachments)))


@pytest.mark.parametrize("name", FORMS)
def test_every_page_of_a_real_pdf_is_in_the_packet(tmp_path: Path, name: str) -> None:
    source = CORPUS / "forms" / name
    if not source.is_file():
        pytest.skip("the collected forms are not beside this checkout")
    pages_in = len(pypdfium2.PdfDocument(source))
    folder = case_with(tmp_path, (attached("scan.pdf", source.read_bytes(), tmp_path / "scan.pdf"),))
    result = built(folder)
    out = packet(folder, result)
    contents = result.data["claims"][0]["contents"]  # type: ignore[index]
    assert len(out) == FRONT + pages_in + LAST
    assert (contents[-2]["first"], contents[-2]["last"]) == (FRONT + 1, FRONT + pages_in)
    for number in range(FRONT, FRONT + pages_in):
        text = out[number].get_textpage().get_text_bounded()
        assert f"Page {number + 1} of {len(out)}" in text
        assert _darkness(out[number]) > 0


def _darkness(page: pypdfium2.PdfPage) -> float:
    """How much of the page above its footer is not white."""
    picture = page.render(scale=0.5).to_pil().convert("L")
    above = picture.crop((0, 0, picture.width, picture.height - 18))
    return 1 - ImageStat.Stat(above).mean[0] / 255


def test_photos_stand_upright_whatever_way_the_camera_was_held(tmp_path: Path) -> None:
    sources = [CORPUS / name for name in PHOTOS]
    if not all(source.is_file() for source in sources):
        pytest.skip("the collected photos are not beside this checkout")
    photos = [
        attached(f"photo-{n}.jpg", source.read_bytes(), tmp_path / f"photo-{n}.jpg") for n, source in enumerate(sources)
    ]
    assert len({photo.examined["upright"] for photo in photos if photo.examined}) == len(photos)
    folder = case_with(tmp_path, photos)
    out = packet(folder, built(folder))
    assert len(out) == FRONT + len(photos) + LAST
    shown = [_photo(out[FRONT + n]) for n in range(len(photos))]
    assert shown[0].height > shown[0].width
    for other in shown[1:]:
        assert other.size == shown[0].size
        right, turned = _difference(shown[0], other), _difference(shown[0], other.rotate(180))
        assert right < 20
        assert right * 2 < turned


def _difference(one: Image.Image, other: Image.Image) -> float:
    return ImageStat.Stat(ImageChops.difference(one, other)).mean[0]


def _photo(page: pypdfium2.PdfPage) -> Image.Image:
    picture = page.render(scale=0.5).to_pil().convert("L")
    above = picture.crop((0, 0, picture.width, picture.height - 18))
    box = above.point(lambda value: 255 if value < 250 else 0).getbbox()
    assert box
    return above.crop(box).resize((90, round(90 * (box[3] - box[1]) / (box[2] - box[0]))))


def test_chosen_pages_only(tmp_path: Path) -> None:
    scan = scan_of(5, pages="2, 4-5")
    folder = case_with(tmp_path, (scan,))
    out = packet(folder, built(folder))
    texts = [out[n].get_textpage().get_text_bounded() for n in range(FRONT, len(out) - LAST)]
    assert [text.split("page ")[1][0] for text in texts] == ["2", "4", "5"]


@pytest.mark.parametrize("pages", ["6", "0", "2-9", "one", "3-1", "-", "1-", "1,3-1", "1-99999"])
def test_pages_that_the_file_does_not_have(tmp_path: Path, pages: str) -> None:
    scan = scan_of(5, pages=pages)
    refused(case_with(tmp_path, (scan,)), "attachments/scan.yaml", "`pages` does not fit this file")


def refused(folder: Path, where: str, says: str, *, draft: bool = False) -> None:
    with pytest.raises(AttachmentUnusable) as caught:
        built(folder, draft=draft)
    (problem,) = caught.value.problems
    assert problem.where is not None
    assert problem.where.file == where
    assert says in problem.says
    assert problem.fix
    assert not (folder / "out").exists()


@pytest.mark.parametrize(
    ("what", "says"), [("missing", "does not exist"), ("changed", "changed since"), ("emptied", "is empty")]
)
def test_a_file_that_is_not_as_it_was_attached(tmp_path: Path, what: str, says: str) -> None:
    """A build to be sent names it among its findings or here; a draft, which findings don't stop, always here."""
    folder = case_with(tmp_path, (scan_of(1),))
    path = folder / "attachments/scan.pdf"
    if what == "missing":
        path.unlink()
    else:
        path.write_bytes(b"" if what == "emptied" else a_pdf("another receipt"))
    try:
        result = built(folder)
    except AttachmentUnusable as stopped:
        assert str(stopped.problems[0].where).startswith("attachments/scan.yaml")
    else:
        assert result.code == ExitCode.ATTACHMENT_UNUSABLE
        assert any(str(finding.where).startswith("attachments/scan.yaml") for finding in result.findings)
    assert not (folder / "out").exists()
    refused(folder, "attachments/scan.yaml", f"attachments/scan.pdf: The file {says}", draft=True)


def test_a_file_of_the_same_size_that_was_changed(tmp_path: Path) -> None:
    folder = case_with(tmp_path, (scan_of(1),))
    (folder / "attachments/scan.pdf").write_bytes(a_pdf("payment-proof scan.pdx"))
    refused(folder, "attachments/scan.yaml", "changed since it was attached")


def test_a_link_to_a_file_elsewhere(tmp_path: Path) -> None:
    folder = case_with(tmp_path, (scan_of(1),))
    (folder / "attachments/scan.pdf").unlink()
    (folder / "attachments/scan.pdf").symlink_to(folder / "attachments/order-2026-03-02.pdf")
    with pytest.raises((AttachmentUnusable, Unreadable)):
        built(folder, draft=True)
    assert not (folder / "out").exists()


@pytest.mark.parametrize("name", ["../outside.pdf", "/etc/hostname", "deeper/scan.pdf", ".."])
def test_a_name_that_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    folder = case_with(tmp_path, ())
    (folder / "outside.pdf").write_bytes(a_pdf("somebody else's paper"))
    text = f"file: {name}\nkind: payment-proof\nfor: [sessions/2026-03-10]\n"
    (folder / "attachments/scan.yaml").write_text(text, encoding="utf-8")
    with pytest.raises((AttachmentUnusable, Unreadable)) as caught:
        built(folder)
    place = caught.value.problems[0].where
    assert place
    assert place.file == "attachments/scan.yaml"
    assert not (folder / "out").exists()


def test_a_damaged_examination(tmp_path: Path) -> None:
    scan = scan_of(1)
    folder = case_with(tmp_path, (scan,))
    path = folder / "attachments/scan.yaml"
    path.write_text(path.read_text("utf-8").replace("pages: 1", "pages: many"), encoding="utf-8")
    with pytest.raises(Unreadable) as caught:
        built(folder)
    assert str(caught.value.problems[0].where) == "attachments/scan.yaml"
    assert not (folder / "out").exists()


def test_a_file_nobody_examined_is_examined_now(tmp_path: Path) -> None:
    data = a_pdf("receipt", 2)
    scan = an_attachment("scan.pdf", kind="payment-proof", data=data, **{"for": ["sessions/2026-03-10"]})
    assert scan.examined is None
    folder = case_with(tmp_path, (scan,))
    assert len(packet(folder, built(folder))) == FRONT + 2 + LAST


def test_attachments_stand_in_the_order_of_their_kinds_and_dates(tmp_path: Path) -> None:
    case = a_case()
    later = an_attachment(
        "a.pdf", kind="payment-proof", title="B later", date="2026-03-12", for_=["sessions/2026-03-10"]
    )
    early = an_attachment(
        "z.pdf", kind="payment-proof", title="A early", date="2026-03-10", for_=["sessions/2026-03-10"]
    )
    stray = an_attachment("mri.pdf", kind="imaging", title="Imaging", for_=["conditions/low-back"])
    other = an_attachment("old.pdf", kind="payment-proof", title="Of another visit", for_=["providers/calm-hands"])
    folder = write_case(tmp_path, a_case(attachments=(case.attachments[0], later, early, stray, other)))
    write_record(folder, an_attachment("card.jpg", kind="card", title="Card", for_=["plan"]))
    result = built(folder)
    titles = [entry["title"] for entry in result.data["claims"][0]["contents"]]  # type: ignore[index]
    assert titles[2:] == ["Of another visit", "A early", "B later", "prescription"]
    assert "  Not included: Imaging, because the plan did not ask for it with a first claim." in result.says
