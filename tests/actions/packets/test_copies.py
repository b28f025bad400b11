"""The forms in which a packet goes out: for the fax, in numbered parts, encrypted; and the signed files beside it."""

from __future__ import annotations

import io
import random
from pathlib import Path

import pikepdf
import pytest

from builders import TODAY, a_case, a_pdf, a_plan, an_attachment, write_case
from massage_claim import yamltext
from massage_claim.actions.packets.claim_packets import build_packet
from massage_claim.actions.packets.copies import Limit, Wanted, write_size
from massage_claim.actions.result import Result
from massage_claim.actions.send.submission import submit
from massage_claim.errors import AttachmentUnusable, NotReady, UsageProblem
from massage_claim.models.attachment import Attachment
from massage_claim.packet.file_bytes import sha256
from massage_claim.packet.look.examination import examine, to_record
from massage_claim.packet.pdf_file import read_texts
from papers import today_is

SESSION = ["sessions/2026-03-10"]
PASSWORD = "four words in a row"


def scan(name: str, in_file: int, **fields: object) -> Attachment:
    return an_attachment(name, kind="payment-proof", pages_in_file=in_file, **{"for": SESSION, **fields})


def folder_with(tmp_path: Path, *attachments: Attachment) -> Path:
    return write_case(tmp_path / "case", a_case(attachments=(a_case().attachments[0], *attachments)))


def built(folder: Path, wanted: Wanted | None = None, **arguments: object) -> Result:
    with today_is(TODAY):
        return build_packet(folder, wanted=wanted, **arguments)  # type: ignore[arg-type]


def out(folder: Path, ending: str) -> list[Path]:
    return sorted((folder / "out" / "2026-03-10").glob(f"*{ending}"))


def manifest(folder: Path) -> dict[str, yamltext.Node]:
    name = folder / "out" / "2026-03-10" / "manifest.yaml"
    tree = yamltext.read(name.read_text("utf-8"), "manifest.yaml").value
    assert isinstance(tree, dict)
    return tree


def signed_pdf() -> bytes:
    with pikepdf.open(io.BytesIO(a_pdf("Signed online"))) as pdf:
        value = pikepdf.Dictionary(Type=pikepdf.Name.Sig, Contents=pikepdf.String("x"))
        field = pikepdf.Dictionary(FT=pikepdf.Name.Sig, T=pikepdf.String("s"), V=value)
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([pdf.make_indirect(field)]), SigFlags=3)
        data = io.BytesIO()
        pdf.save(data, static_id=True)
    return data.getvalue()


def test_parts_hold_every_page_once_and_each_has_its_own_cover(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, scan("short.pdf", 2, title="Short"), scan("long.pdf", 9, title="Long", pages="1-8"))
    result = built(folder, Wanted(limit=Limit(pages=5)))
    parts = out(folder, "part-*.pdf")
    assert [path.name for path in parts] == [
        f"claim-2026-03-10-part-{n}-of-{len(parts)}.pdf" for n in range(1, len(parts) + 1)
    ]
    whole = read_texts(out(folder, "10.pdf")[0].read_bytes())
    body: list[str] = []
    for number, path in enumerate(parts, start=1):
        texts = read_texts(path.read_bytes())
        assert len(texts) <= 5
        assert f"Pages including this one: {len(texts)} · Part {number} of {len(parts)}" in texts[0]
        for page, text in enumerate(texts, start=1):
            foot = text.strip().splitlines()[-1]
            assert foot.endswith(f"member ID CHX00412207 · part {number} of {len(parts)} Page {page} of {len(texts)}")
        body += [text.strip().rsplit("\n", 1)[0] for text in texts[1:]]
    assert body == [text.strip().rsplit("\n", 1)[0] for text in whole[1:]]
    covers = " ".join(read_texts(path.read_bytes())[0] for path in parts)
    assert "Long (pages 1–" in covers
    assert "of 8)" in covers
    copies = result.data["copies"]["2026-03-10"]  # type: ignore[index]
    assert [one["pages"] for one in copies] == [len(read_texts(path.read_bytes())) for path in parts]
    listed = manifest(folder)["copies"]
    assert isinstance(listed, list)
    assert [one["sha256"] for one in listed] == [sha256(path.read_bytes()) for path in parts]  # type: ignore[index, call-overload]
    assert len(list((folder / "out/2026-03-10").iterdir())) == len(parts) + 2
    again = [path.read_bytes() for path in parts]
    built(folder, Wanted(limit=Limit(pages=5)))
    assert [path.read_bytes() for path in parts] == again
    built(folder)  # a plain build takes the parts away
    assert out(folder, "part-*.pdf") == []
    assert "copies" not in manifest(folder)


def test_parts_by_megabytes(tmp_path: Path) -> None:
    photos = []
    for number in range(4):
        with pikepdf.open(io.BytesIO(a_pdf(f"photo {number}"))) as pdf:
            noise = random.Random(number).randbytes(400_000)
            pdf.pages[0].obj.Resources.XObject = pikepdf.Dictionary(
                N=pdf.make_stream(noise, Subtype=pikepdf.Name.Image)
            )
            file = io.BytesIO()
            pdf.save(file, static_id=True, compress_streams=False)
        photos.append(an_attachment(f"p{number}.pdf", kind="payment-proof", data=file.getvalue(), for_=SESSION))
    folder = folder_with(tmp_path, *photos)
    built(folder, Wanted(limit=Limit(megabytes=1)))
    parts = out(folder, "part-*.pdf")
    assert len(parts) >= 2
    assert all(path.stat().st_size <= 1_000_000 for path in parts)
    assert sum(path.stat().st_size for path in parts) > 1_500_000


def test_what_fits_is_not_parted(tmp_path: Path) -> None:
    folder = folder_with(tmp_path)
    result = built(folder, Wanted(limit=Limit(pages=50, megabytes=50)))
    assert "copies" not in result.data
    assert len(list((folder / "out/2026-03-10").iterdir())) == 2


def test_a_limit_that_leaves_no_room_is_refused_by_name_and_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(UsageProblem, match="--max-pages"):
        Limit(pages=1)
    with pytest.raises(UsageProblem, match="--max-mb"):
        Limit(megabytes=0)
    with pikepdf.open(io.BytesIO(a_pdf("large"))) as pdf:
        noise = random.Random(1).randbytes(1_200_000)
        pdf.pages[0].obj.Resources.XObject = pikepdf.Dictionary(N=pdf.make_stream(noise, Subtype=pikepdf.Name.Image))
        file = io.BytesIO()
        pdf.save(file, static_id=True, compress_streams=False)
    large = an_attachment("large.pdf", kind="payment-proof", data=file.getvalue(), for_=SESSION)
    folder = folder_with(tmp_path, large)
    with pytest.raises(AttachmentUnusable) as caught:
        built(folder, Wanted(limit=Limit(megabytes=1)))
    assert str(caught.value.problems[0].where) == "attachments/large.pdf"
    assert not (folder / "out").exists()


def test_a_cover_that_takes_the_whole_part_is_named_and_not_the_paper_behind_it(tmp_path: Path) -> None:
    place = {
        "department": "Claims " * 800,
        "address": {"street": "PO Box 1", "city": "Ames", "state": "IA", "zip": "50010"},
    }
    folder = write_case(tmp_path / "case", a_case(plan=a_plan(rules={"claims_address": place})))
    with pytest.raises(NotReady, match="its cover sheet alone takes the room"):
        built(folder, Wanted(limit=Limit(pages=2)))


def test_a_fax_is_black_and_white_and_its_size_is_said(tmp_path: Path) -> None:
    folder = folder_with(tmp_path)
    result = built(folder, Wanted(fax=True))
    (fax,) = out(folder, "-fax.pdf")
    assert len(read_texts(out(folder, "10.pdf")[0].read_bytes())) == len(pikepdf.open(fax).pages)
    with pikepdf.open(fax) as pdf:
        pages = len(pdf.pages)
        assert all("/Font" not in page.obj.Resources for page in pdf.pages)
    size = write_size(fax.stat().st_size)
    assert any(f"{fax.name} ({pages} pages, {size}). Black and white." in line for line in result.says)
    assert any("lines to sign" in line for line in result.says)
    assert (write_size(1), write_size(999_999), write_size(1_000_001)) == ("1 kB", "1000 kB", "1.1 MB")


def test_an_encrypted_copy_opens_with_the_password_only_and_nothing_keeps_it(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, scan("long.pdf", 9))
    result = built(folder, Wanted(limit=Limit(pages=8), password=PASSWORD))
    files = out(folder, "-encrypted.pdf")
    assert len(files) == 2
    for path in files:
        with pytest.raises(pikepdf.PasswordError):
            pikepdf.open(path)
        assert len(pikepdf.open(path, password=PASSWORD).pages) <= 8
    assert PASSWORD not in repr(Wanted(password=PASSWORD)) + repr(result)
    assert not any(PASSWORD.encode() in path.read_bytes() for path in (folder / "out/2026-03-10").iterdir())
    assert out(folder, "part-1-of-2.pdf") == []
    with pytest.raises(UsageProblem, match="--fax and --encrypt"):
        Wanted(fax=True, password=PASSWORD)
    for password in ("short", "x" * 128, "\N{LOCK}" * 40):
        with pytest.raises(UsageProblem, match="fewer than 8 letters, or more"):
            Wanted(password=password)


def test_a_signed_pdf_lies_beside_the_packet_byte_for_byte(tmp_path: Path) -> None:
    path = tmp_path / "signed.pdf"
    path.write_bytes(signed_pdf())
    found = to_record(examine(path))
    signed = an_attachment(
        "signed.pdf", kind="payment-proof", title="Online receipt", data=path.read_bytes(), examined=found, for_=SESSION
    )
    folder = folder_with(tmp_path, signed)
    result = built(folder)
    assert (folder / "out/2026-03-10/signed-1.pdf").read_bytes() == path.read_bytes()
    whole = read_texts((folder / "out/2026-03-10/claim-2026-03-10.pdf").read_bytes())
    assert "Online receipt (copy of a digitally signed file)" in whole[0]
    assert "Page 3" not in whole[2]  # unstamped
    assert any("signed-1.pdf" in line and "can be checked in this file only" in line for line in result.says)


def test_a_packet_with_further_files_is_submitted_and_they_are_kept(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, scan("long.pdf", 4))
    built(folder, Wanted(fax=True, limit=Limit(pages=5)))
    sent = {path.name: path.read_bytes() for path in out(folder, ".pdf")}
    assert len(sent) >= 3
    with today_is(TODAY):
        submit(folder, on=TODAY, method="fax", signed_on_paper=True)
    assert {path.name: path.read_bytes() for path in (folder / "sent").iterdir()} == sent


def test_a_preview_makes_no_copies(tmp_path: Path) -> None:
    folder = folder_with(tmp_path)
    assert "copies" not in built(folder, Wanted(fax=True), preview=True).data
    assert not (folder / "out").exists()
    built(folder, Wanted(fax=True), dry_run=True)
    assert not (folder / "out").exists()


def test_a_draft_says_so_on_each_part(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, scan("long.pdf", 4))
    built(folder, Wanted(limit=Limit(pages=4)), draft=True)
    parts = out(folder, "part-*.pdf")
    assert len(parts) > 1
    for path in parts:
        assert all("DRAFT – do not send" in text for text in read_texts(path.read_bytes()))


def test_a_plan_that_takes_fewer_pages_is_answered_with_the_command_for_parts(tmp_path: Path) -> None:
    rules = {"max_pages": {"value": "3", "source": "fax sheet", "said_on": "2026-01-01"}}
    case = a_case(attachments=(a_case().attachments[0], scan("long.pdf", 9)))
    folder = write_case(tmp_path / "case", case)
    text = (folder / "plan.yaml").read_text("utf-8")
    more = yamltext.write({"rules": rules}).partition("\n")[2]  # type: ignore[dict-item]
    (folder / "plan.yaml").write_text(text.replace("rules:\n", "rules:\n" + more, 1), encoding="utf-8")
    assert any(line.strip().endswith("build-packet --claim 2026-03-10 --max-pages 3") for line in built(folder).says)
