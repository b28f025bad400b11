"""A scan is examined, copied unchanged, and described; the copy comes first, and the same file is not taken twice."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from builders import a_case, a_pdf, write_case
from commands import files
from massage_claim.actions.intake.new_attachment import attach, needs_password
from massage_claim.errors import AttachmentUnusable, CannotWrite, UsageProblem, WouldOverwrite
from massage_claim.models.attachment import Attachment
from massage_claim.packet.look.examination import from_record
from massage_claim.packet.pdf_file import count_pages
from massage_claim.store.read import read_case, read_record
from massage_claim.yamltext import Node

RECEIPT: dict[str, Node] = {"kind": "receipt", "for": ["payments/2026-03-10"], "amount": "96.00"}


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return write_case(tmp_path / "case", a_case(attachments=()))


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    path = tmp_path / "Receipt März.PDF"
    path.write_bytes(a_pdf("paid", 2))
    return path


def locked(path: Path, password: str = "sesame") -> Path:
    with pikepdf.open(io.BytesIO(a_pdf("secret", 3))) as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(owner=password, user=password))
    return path


def found(folder: Path, name: str) -> Attachment:
    record = read_case(folder).find(Attachment, name)
    assert record is not None
    return record


def test_bytes_are_copied_unchanged_and_described(case: Path, scan: Path) -> None:
    result = attach(case, scan, RECEIPT, options={})
    assert result.written == ("attachments/receipt-marz.pdf", "attachments/receipt-marz.yaml")
    assert (case / "attachments/receipt-marz.pdf").read_bytes() == scan.read_bytes()
    record = found(case, "receipt-marz")
    assert record.sha256 == hashlib.sha256(scan.read_bytes()).hexdigest()
    assert record.page_count == 2
    assert from_record(record.examined or {}).page_sizes == ((612.0, 792.0),) * 2
    assert {(case / name).stat().st_mode & 0o777 for name in result.written} == {0o600}


def test_a_photo_is_named_by_what_it_is(case: Path, tmp_path: Path) -> None:
    photo = tmp_path / "IMG_0001.pdf"
    Image.new("RGB", (60, 40), "white").save(photo, "JPEG")
    assert attach(case, photo, RECEIPT, options={}).written[0] == "attachments/img-0001.jpg"


def test_the_same_file_is_not_taken_twice_unless_meant(case: Path, scan: Path) -> None:
    attach(case, scan, RECEIPT, options={})
    before = files(case)
    with pytest.raises(WouldOverwrite) as refused:
        attach(case, scan, RECEIPT, options={})
    assert "attachments/receipt-marz" in refused.value.problems[0].fix
    assert files(case) == before
    assert attach(case, scan, RECEIPT, options={}, again=True).written[0] == "attachments/receipt-marz-2.pdf"


def test_another_file_of_that_name_gets_a_number(case: Path, scan: Path, tmp_path: Path) -> None:
    attach(case, scan, RECEIPT, options={})
    other = tmp_path / "other" / scan.name
    other.parent.mkdir()
    other.write_bytes(a_pdf("another", 1))
    assert attach(case, other, RECEIPT, options={}).written == (
        "attachments/receipt-marz-2.pdf",
        "attachments/receipt-marz-2.yaml",
    )
    assert found(case, "receipt-marz-2").file == "receipt-marz-2.pdf"


def test_a_file_that_lies_there_already_is_only_described(case: Path) -> None:
    (case / "attachments").mkdir(exist_ok=True)
    (case / "attachments" / "Scan 1.pdf").write_bytes(a_pdf("bare", 1))
    result = attach(case, case / "attachments" / "Scan 1.pdf", RECEIPT, options={})
    assert result.written == ("attachments/scan-1.yaml",)
    assert found(case, "scan-1").file == "Scan 1.pdf"
    with pytest.raises(WouldOverwrite):
        attach(case, case / "attachments" / "Scan 1.pdf", RECEIPT, options={})


def test_a_locked_pdf_needs_its_password_and_is_stored_without(case: Path, tmp_path: Path) -> None:
    path = locked(tmp_path / "eob.pdf")
    assert needs_password(path)
    with pytest.raises(AttachmentUnusable):
        attach(case, path, RECEIPT, options={})
    with pytest.raises(AttachmentUnusable):
        attach(case, path, RECEIPT, options={}, password="wrong")
    assert files(case / "attachments") == {}
    before = path.read_bytes()
    result = attach(case, path, RECEIPT, options={}, password="sesame")
    stored = case / "attachments/eob.pdf"
    assert count_pages(stored.read_bytes()) == 3
    assert found(case, "eob").sha256 == hashlib.sha256(stored.read_bytes()).hexdigest()
    assert stored.stat().st_mode & 0o777 == 0o600
    assert path.read_bytes() == before
    assert any("stored without it" in note for note in result.notes)
    assert "sesame" not in (case / "attachments/eob.yaml").read_text(encoding="utf-8")
    with pytest.raises(WouldOverwrite):
        attach(case, path, RECEIPT, options={}, password="sesame")


def test_a_locked_pdf_inside_the_folder_is_stored_without_its_password_beside_it(case: Path) -> None:
    (case / "attachments").mkdir(exist_ok=True)
    path = locked(case / "attachments" / "eob.pdf")
    result = attach(case, path, RECEIPT, options={}, password="sesame")
    assert result.written == ("attachments/eob-2.pdf", "attachments/eob-2.yaml")
    assert count_pages((case / "attachments/eob-2.pdf").read_bytes()) == 3


def test_what_acts_by_itself_and_what_was_repaired_is_said(case: Path, tmp_path: Path) -> None:
    path = tmp_path / "live.pdf"
    with pikepdf.open(io.BytesIO(a_pdf("live"))) as pdf:
        pdf.attachments["more.pdf"] = pikepdf.AttachedFileSpec(pdf, b"%PDF", filename="more.pdf")
        pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
        data = io.BytesIO()
        pdf.save(data)
    path.write_bytes(data.getvalue()[: data.getvalue().rindex(b"xref")])
    notes = " ".join(attach(case, path, RECEIPT, options={}).notes)
    assert "It holds commands that run when it is opened, other files inside it and scripts" in notes
    assert "Save the files inside it" in notes
    assert "The file was damaged and has been repaired" in notes


def test_a_signature_does_not_survive_the_loss_of_its_password(case: Path, tmp_path: Path) -> None:
    path = tmp_path / "signed.pdf"
    with pikepdf.open(io.BytesIO(a_pdf("signed"))) as pdf:
        value = pikepdf.Dictionary(Type=pikepdf.Name.Sig, Contents=pikepdf.String("x"))
        field = pikepdf.Dictionary(FT=pikepdf.Name.Sig, T=pikepdf.String("s"), V=value)
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([pdf.make_indirect(field)]), SigFlags=3)
        pdf.save(path, encryption=pikepdf.Encryption(owner="sesame", user="sesame"))
    notes = attach(case, path, RECEIPT, options={}, password="sesame").notes
    assert any("signature was lost with the password" in note for note in notes)
    assert not from_record(found(case, "signed").examined or {}).signed


@pytest.mark.parametrize(("kind", "ending", "pages"), [("TIFF", "tif", 3), ("WEBP", "webp", 1)])
def test_pictures_of_other_kinds_are_stored_as_they_are(
    case: Path, tmp_path: Path, kind: str, ending: str, pages: int
) -> None:
    path = tmp_path / "scan.x"
    more = [Image.new("L", (60, 40), 255 - 9 * number) for number in range(pages - 1)]
    Image.new("L", (60, 40), 255).save(path, kind, save_all=bool(more), append_images=more)
    result = attach(case, path, {**RECEIPT, "pages": f"1-{pages}"}, options={})
    assert (case / f"attachments/scan.{ending}").read_bytes() == path.read_bytes()
    assert found(case, "scan").page_count == pages
    assert ("3 pages" if pages == 3 else "a picture") in result.says[0]
    with pytest.raises(UsageProblem):
        attach(case, path, {**RECEIPT, "pages": "4"}, options={}, again=True)


def test_a_password_for_an_open_file_changes_nothing(case: Path, scan: Path) -> None:
    assert not needs_password(scan)
    attach(case, scan, RECEIPT, options={}, password="needless")
    assert (case / "attachments/receipt-marz.pdf").read_bytes() == scan.read_bytes()


@pytest.mark.parametrize("content", [None, b"", b"<html>sign in</html>", b"%PDF-1.4\ncut", b"hello"])
def test_an_unusable_file_leaves_nothing(case: Path, tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "bad.pdf"
    if content is not None:
        path.write_bytes(content)
    before = files(case)
    with pytest.raises(AttachmentUnusable):
        attach(case, path, RECEIPT, options={})
    assert files(case) == before


@pytest.mark.parametrize(
    ("more", "option"),
    [
        ({"kind": "photo"}, "--kind"),
        ({"for": ["sessions/2020-01-01"]}, "--for"),
        ({"for": ["2026-03-10"]}, "--for"),
        ({"for": ["holiday/2026-03-10"]}, "--for"),
        ({"pages": "1-3"}, "--pages"),
        ({"pages": "0"}, "--pages"),
        ({"pages": "2-1"}, "--pages"),
        ({"pages": "all"}, "--pages"),
        ({"amount": "95"}, "--amount"),
    ],
)
def test_a_wrong_description_leaves_nothing(case: Path, scan: Path, more: dict[str, Node], option: str) -> None:
    before = files(case)
    options = {"kind": "--kind", "for": "--for", "pages": "--pages", "amount": "--amount"}
    with pytest.raises(UsageProblem) as refused:
        attach(case, scan, {**RECEIPT, **more}, options=options)
    assert refused.value.problems[0].says.startswith(option)
    assert files(case) == before


def test_a_social_security_number_is_pointed_at_and_not_repeated(case: Path, tmp_path: Path) -> None:
    path = tmp_path / "card.pdf"
    path.write_bytes(a_pdf("SSN 536-90-4399", 1))
    result = attach(case, path, RECEIPT, options={})
    assert any("Social Security number" in note and "Page 1" in note for note in result.notes)
    assert not any("4399" in note for note in result.notes)


def test_a_dry_run_copies_nothing(case: Path, scan: Path) -> None:
    before = files(case)
    assert "attachments/receipt-marz.yaml" in attach(case, scan, RECEIPT, options={}, dry_run=True).says[0]
    assert files(case) == before


def test_a_folder_that_cannot_take_it_is_said(case: Path, scan: Path) -> None:
    for file in (case / "attachments").glob("*") if (case / "attachments").is_dir() else ():
        file.unlink()
    if (case / "attachments").is_dir():
        (case / "attachments").rmdir()
    (case / "elsewhere").mkdir()
    (case / "attachments").symlink_to(case / "elsewhere")
    with pytest.raises(CannotWrite):
        attach(case, scan, RECEIPT, options={})
    assert files(case / "elsewhere") == {}


def test_the_record_says_whether_the_paper_names_the_patient(tmp_path: Path) -> None:
    folder = write_case(tmp_path / "case")
    paper = tmp_path / "bill.pdf"
    paper.write_bytes(a_pdf("Statement for Zoe Nunez-Okafor"))
    attach(folder, paper, {"kind": "superbill"}, options={})
    record = read_record(folder, "attachments/bill")[0]
    assert isinstance(record, Attachment)
    assert record.examined is not None
    assert record.examined["mentions"] == ["name"]
    assert record.examined["lacks"] == ["birth date", "member ID", "address"]


def test_a_superbill_is_for_every_visit_not_claimed_or_says_that_it_names_none(case: Path, scan: Path) -> None:
    superbill: dict[str, Node] = {"kind": "superbill", "signed_by": "therapist"}
    bare = attach(case, scan, superbill, options={})
    assert any("names no visits" in note for note in bare.notes)
    named = attach(case, scan, {**superbill, "for": ["unclaimed"]}, options={}, again=True)
    assert found(case, "receipt-marz-2").for_ == ("sessions/2026-03-10",)
    assert not any("names no visits" in note for note in named.notes)


def test_data_is_no_paper_and_its_command_is_named(case: Path, tmp_path: Path) -> None:
    (tmp_path / "eob.json").write_text("{}")
    with pytest.raises(AttachmentUnusable) as refused:
        attach(case, tmp_path / "eob.json", {"kind": "eob"}, options={})
    assert "massage-claim import-eob" in refused.value.problems[0].fix
