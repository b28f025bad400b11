from __future__ import annotations

import io
import os
import subprocess
import sys
import zlib
from pathlib import Path
from types import SimpleNamespace

import pikepdf
import pytest
from PIL import Image

from massage_claim.errors import AttachmentUnusable, ExitCode, Unreadable
from massage_claim.packet.look import examination as examining
from massage_claim.packet.look.examination import Examined, examine, from_record, to_record


def refused(path: Path, **options: object) -> str:
    """The one sentence of the refusal; the Problem names the file without its folder and says what to do."""
    with pytest.raises(AttachmentUnusable) as caught:
        examine(path, **options)
    assert caught.value.code is ExitCode.ATTACHMENT_UNUSABLE
    (problem,) = caught.value.problems
    assert str(problem.where) == path.name
    assert problem.fix[0].isupper()
    assert "{" not in problem.says + problem.fix
    return problem.says


def test_a_pdf_is_described(tmp_path: Path, make: SimpleNamespace) -> None:
    path = tmp_path / "letter.pdf"
    pdf = make.document(["one", "two"])
    pdf.pages[1].obj.Rotate = 90
    pdf.pages[1].obj.UserUnit = 2
    path.write_bytes(make.saved(pdf))
    found = examine(path)
    assert (found.kind, found.pages, found.size_bytes) == ("pdf", 2, path.stat().st_size)
    assert found.page_sizes == ((612, 792), (1584, 1224))
    assert found.text_found
    assert (found.encrypted, found.needs_password, found.signed, found.has_form, found.looks_dark) == (False,) * 5
    assert (found.active, found.notes, found.private_numbers) == ((), (), ())


def test_the_name_plays_no_part_and_the_bytes_decide(tmp_path: Path, make: SimpleNamespace) -> None:
    path = tmp_path / "scan.pdf"
    path.write_bytes(make.photo(make.scene()))
    assert examine(path).kind == "jpeg"


def test_what_acts_on_its_own_is_named(tmp_path: Path, make: SimpleNamespace) -> None:
    path = tmp_path / "live.pdf"
    path.write_bytes(make.saved(make.live(make.document(["one"]))))
    assert set(examine(path).active) >= {"javascript", "launch", "embedded files", "acts when opened"}


@pytest.mark.parametrize(
    ("start", "says"),
    [
        (b"<!DOCTYPE html><html>Sign in</html>", "web page"),
        (b"\r\n <html><body>", "web page"),
        (b"II*\x00\x08\x00\x00\x00", "saved in a rare way"),
        (b"RIFF\x24\x00\x00\x00WEBPVP8 ", "saved in a rare way"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00", "saved in a rare way"),
        (b"\x00\x00\x00\x18ftypavif\x00\x00\x00\x00", "AVIF"),
        (b"PK\x03\x04\x14\x00", "office"),
        (b"just a note", "not a PDF, JPEG, PNG, TIFF, WebP or HEIC"),
        (b"%PDF-1.7\nnothing else", "damaged"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "cut off"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "cut off"),
    ],
)
def test_other_files_are_refused_by_their_first_bytes(tmp_path: Path, start: bytes, says: str) -> None:
    path = tmp_path / "paper.pdf"
    path.write_bytes(start)
    assert says in refused(path)


def test_missing_empty_folder_link_and_pipe(tmp_path: Path, make: SimpleNamespace) -> None:
    assert "does not exist" in refused(tmp_path / "no.pdf")
    empty = tmp_path / "empty.pdf"
    empty.touch()
    assert "empty" in refused(empty)
    assert "folder" in refused(tmp_path)
    real = tmp_path / "real.pdf"
    real.write_bytes(make.saved(make.document(["x"])))
    link = tmp_path / "link.pdf"
    link.symlink_to(real)
    assert "link" in refused(link)
    pipe = tmp_path / "pipe.pdf"
    os.mkfifo(pipe)
    assert "ordinary" in refused(pipe)


def test_a_file_over_100_mb_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "big.pdf"
    with path.open("wb") as stream:
        stream.truncate(100_000_001)
    assert "101 MB" in refused(path)


def test_a_password(tmp_path: Path, make: SimpleNamespace) -> None:
    path = tmp_path / "locked.pdf"
    locked = pikepdf.Encryption(user="öpen", owner="own")
    path.write_bytes(make.saved(make.document(["secret"]), encryption=locked))
    assert "password" in refused(path)
    assert "does not open" in refused(path, password="wrong")
    found = examine(path, password="öpen")
    assert (found.encrypted, found.needs_password, found.pages, found.text_found) == (True, True, 1, True)


def test_an_owner_password_only_locks_changes(tmp_path: Path, make: SimpleNamespace) -> None:
    path = tmp_path / "locked.pdf"
    locked = pikepdf.Encryption(user="", owner="own")
    path.write_bytes(make.saved(make.document(["x"]), encryption=locked))
    found = examine(path)
    assert (found.encrypted, found.needs_password) == (True, False)
    assert any("locked against changes" in note for note in found.notes)


def test_a_pdf_without_pages(tmp_path: Path, make: SimpleNamespace) -> None:
    path = tmp_path / "none.pdf"
    path.write_bytes(make.saved(pikepdf.new()))
    assert "no pages" in refused(path)


def test_too_many_pages(tmp_path: Path, make: SimpleNamespace) -> None:
    path = tmp_path / "long.pdf"
    path.write_bytes(make.saved(make.document(["x"] * 2001)))
    assert "2001 pages" in refused(path)


def test_a_lost_index_is_repaired_and_said(tmp_path: Path, make: SimpleNamespace) -> None:
    path = tmp_path / "cut.pdf"
    data = make.saved(make.document(["one", "two", "three"]))
    path.write_bytes(data[: data.rindex(b"xref")])
    found = examine(path)
    assert found.pages == 3
    assert any("repaired" in note for note in found.notes)


def test_signed_means_a_signature_not_an_empty_field(tmp_path: Path, make: SimpleNamespace) -> None:
    pdf = make.document(["sign here"])
    field = pikepdf.Dictionary(FT=pikepdf.Name.Sig, T=pikepdf.String("s"), Subtype=pikepdf.Name.Widget)
    pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([pdf.make_indirect(field)]), SigFlags=3)
    path = tmp_path / "sign.pdf"
    path.write_bytes(make.saved(pdf))
    assert (examine(path).signed, examine(path).has_form) == (False, True)
    pdf.Root.AcroForm.Fields[0].V = pikepdf.Dictionary(Type=pikepdf.Name.Sig, Contents=pikepdf.String("x"))
    path.write_bytes(make.saved(pdf))
    assert examine(path).signed


def test_private_numbers_are_found_with_their_page_and_without_digits(tmp_path: Path, make: SimpleNamespace) -> None:
    path = tmp_path / "numbers.pdf"
    texts = ["phone 555-201-3344", "SSN 219-09-9999", "card 4111 1111 1111 1111", "claim 4111 1111 1111 1112"]
    path.write_bytes(make.saved(make.document(texts)))
    found = examine(path)
    assert found.private_numbers == (("ssn", 2), ("card", 3))
    assert "219" not in repr(to_record(found)["private_numbers"])
    path.write_bytes(make.with_field("219-09-9999"))
    assert examine(path).private_numbers == (("ssn", 1),)


def test_letters_that_would_be_lost_from_a_field_are_refused(tmp_path: Path, make: SimpleNamespace) -> None:
    path = tmp_path / "field.pdf"
    path.write_bytes(make.with_field("Nguyễn"))
    assert "letters that would be lost" in refused(path)
    path.write_bytes(make.with_field("Zoë Núñez"))
    assert examine(path).pages == 1


def test_a_photo_is_described(tmp_path: Path, make: SimpleNamespace) -> None:
    path = tmp_path / "photo.jpg"
    path.write_bytes(make.photo(make.scene(), orientation=6))
    found = examine(path)
    assert (found.kind, found.pages, found.upright) == ("jpeg", 1, 6)
    assert (found.width_px, found.height_px) == (200, 320)
    assert not found.looks_dark


def test_a_dark_picture_is_told(tmp_path: Path, make: SimpleNamespace) -> None:
    path = tmp_path / "dark.png"
    path.write_bytes(make.photo(Image.new("L", (300, 300), 60), "PNG"))
    found = examine(path)
    assert found.looks_dark
    assert any("dark" in note for note in found.notes)


def test_a_cut_photo_is_found(tmp_path: Path, make: SimpleNamespace) -> None:
    path = tmp_path / "cut.jpg"
    whole = make.photo(make.scene().resize((1200, 800)))
    path.write_bytes(whole[: len(whole) * 2 // 3])
    assert "cut off" in refused(path)


@pytest.mark.parametrize(("width", "height"), [(8000, 5001), (60_000, 60_000)])
def test_too_many_pixels_are_refused_from_the_header(
    tmp_path: Path, make: SimpleNamespace, width: int, height: int
) -> None:
    png = bytearray(make.photo(Image.new("1", (8, 8)), "PNG"))
    png[16:24] = width.to_bytes(4, "big") + height.to_bytes(4, "big")
    png[29:33] = zlib.crc32(bytes(png[12:29])).to_bytes(4, "big")
    path = tmp_path / "bomb.png"
    path.write_bytes(png)
    assert "megapixels" in refused(path)


def test_out_of_time_and_out_of_memory(tmp_path: Path, make: SimpleNamespace) -> None:
    path = tmp_path / "x.pdf"
    path.write_bytes(make.saved(make.document(["x"])))
    assert "more than 1 seconds" in refused(path, timeout_s=0.01)
    photo = tmp_path / "x.png"
    photo.write_bytes(make.photo(Image.new("RGB", (6000, 6000)), "PNG"))
    assert "more than 150 MB of memory" in refused(photo, memory_mb=150)
    assert examine(photo).width_px == 6000


def test_content_that_unpacks_too_far(tmp_path: Path, make: SimpleNamespace) -> None:
    pdf = make.document(["x"])
    pdf.pages[0].obj.Contents = pikepdf.Stream(
        pdf, zlib.compress(b" " * 210_000_000, 1), Filter=pikepdf.Name.FlateDecode
    )
    path = tmp_path / "bomb.pdf"
    data = io.BytesIO()
    pdf.save(data)
    path.write_bytes(data.getvalue())
    assert path.stat().st_size < 2_000_000
    assert "unpack" in refused(path)


def test_neither_name_nor_password_nor_environment_reach_the_child(
    tmp_path: Path, make: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[list[str], dict[str, str]]] = []
    real = subprocess.Popen

    def spy(command: list[str], **options: object) -> object:
        seen.append((command, dict(options["env"])))  # type: ignore[call-overload]
        return real(command, **options)  # type: ignore[call-overload]

    monkeypatch.setenv("PRIVATE_THING", "canary")
    monkeypatch.setattr(examining.subprocess, "Popen", spy)
    path = tmp_path / "secretname.pdf"
    path.write_bytes(make.saved(make.document(["x"]), encryption=pikepdf.Encryption(user="hunter2", owner="o")))
    assert examine(path, password="hunter2").pages == 1
    ((command, environment),) = seen
    assert command[0] == sys.executable
    assert not any(word in part for part in command for word in ("secretname", "hunter2", str(tmp_path)))
    assert "canary" not in environment.values()


def test_the_record_reads_back_equal_as_text() -> None:
    found = Examined(
        sha256="a" * 64,
        size_bytes=12,
        kind="pdf",
        pages=3,
        page_sizes=((612.0, 792.0), (612.0, 792.0), (595.28, 841.89)),
        signed=True,
        active=("javascript",),
        private_numbers=(("ssn", 2),),
        notes=("look",),
    )

    def as_text(value: object) -> object:
        if isinstance(value, dict):
            return {key: as_text(inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [as_text(inner) for inner in value]
        return str(value).lower() if isinstance(value, bool) else str(value)

    record = to_record(found)
    assert len(record["page_sizes"]) == 2  # type: ignore[arg-type]
    text = as_text(record)
    assert isinstance(text, dict)
    assert from_record(text) == found
    assert from_record(record) == found
    for key, bad in (("pages", "many"), ("signed", "perhaps"), ("page_sizes", "A4"), ("private_numbers", ["x"])):
        with pytest.raises(Unreadable):
            from_record({**text, key: bad})
    with pytest.raises(Unreadable):
        from_record({})
