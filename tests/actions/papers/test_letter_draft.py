"""The letter's draft as PDF, Word file and text; the signed one is compared, takes its place, and is never our own draft."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest

from builders import TODAY, a_case, a_pdf, a_plan, a_prescription, an_attachment, write_case
from commands import files, run
from full_case import full_case
from massage_claim.actions.intake.new_attachment import attach
from massage_claim.actions.packets.claim_packets import build_packet
from massage_claim.actions.papers.letter_draft import compare, request_letter
from massage_claim.errors import AttachmentUnusable, NotReady, UsageProblem
from massage_claim.models.attachment import Attachment
from massage_claim.models.case import Case
from massage_claim.packet.pdf_file import read_texts
from massage_claim.store.read import read_case
from papers import today_is

INSURER, HSA = "out/papers/letter_of_medical_necessity", "out/papers/letter_of_medical_necessity_hsa"
WANTED = {"requires_letter": {"value": "yes", "source": "call", "said_on": "2026-02-20"}}


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MASSAGE_CLAIM_TODAY", TODAY.isoformat())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_case(tmp_path / "case", full_case())


def word_text(folder: Path, name: str) -> str:
    document = docx.Document(io.BytesIO((folder / f"{name}.docx").read_bytes()))
    return " ".join("".join(document.element.body.itertext()).split())


@pytest.mark.parametrize(("reader", "name"), [("insurer", INSURER), ("hsa", HSA)])
def test_three_files_say_the_same_and_are_readable_by_the_owner_only(folder: Path, reader: str, name: str) -> None:
    result = request_letter(folder, reader)
    assert result.written == (f"{name}.pdf", f"{name}.docx", f"{name}.txt")
    assert {(folder / file).stat().st_mode & 0o777 for file in result.written} == {0o600}
    pdf = " ".join(" ".join(read_texts((folder / f"{name}.pdf").read_bytes())).split())
    plain = " ".join((folder / f"{name}.txt").read_text("utf-8").split())
    for words in (
        "Zoë Nuñez-Okafor",
        "05/21/1984",
        "M54.59",
        "2345678900",
        "It is not for general health or relaxation",
    ):
        assert words in pdf, words
        assert words in plain, words
        assert words in word_text(folder, name), words


def test_what_the_doctor_signs_has_no_head_and_no_member_id_at_its_foot(folder: Path) -> None:
    request_letter(folder, "hsa")
    document = docx.Document(io.BytesIO((folder / f"{HSA}.docx").read_bytes()))
    section = document.sections[0]
    assert section.header.is_linked_to_previous
    assert section.footer.paragraphs[0].text.startswith("Zoë Nuñez-Okafor")
    everything = "".join(document.element.itertext()) + "".join(section.footer._element.itertext())
    assert "CHX00412207" not in everything
    assert "CHX00412207" not in (folder / f"{HSA}.txt").read_text("utf-8")


def test_what_only_the_doctor_can_fill_is_listed_on_top_and_said(folder: Path) -> None:
    result = request_letter(folder, "insurer")
    names = result.data["open"]
    assert isinstance(names, list)
    assert "why massage therapy is needed, and why it takes this provider's skill" in names
    text = (folder / f"{INSURER}.txt").read_text("utf-8")
    flat = " ".join(text.replace("|", " ").split())
    for name in names:
        assert any(name in line for line in result.says)
        assert flat.index(name) < flat.index("Letter of medical necessity")
        assert f"[Dr.: {name}]" in flat


def test_how_to_send_it_and_what_a_letter_alone_does_not_do_is_said_beside_it_only(folder: Path) -> None:
    result = request_letter(folder, "hsa")
    assert any("portal" in note for note in result.notes)
    alone = "A letter alone does not make massage for general health eligible."
    assert any(alone in note for note in result.notes)
    assert alone not in " ".join((folder / f"{HSA}.txt").read_text("utf-8").split())
    assert result.next is not None
    assert "--kind letter --letter-for hsa --signed-by prescriber --for prescriptions/2026-03-02" in result.next
    assert not any(alone in note for note in request_letter(folder, "insurer").notes)


def test_the_same_case_gives_the_same_bytes(folder: Path) -> None:
    request_letter(folder, "insurer")
    first = files(folder)
    request_letter(folder, "insurer")
    assert files(folder) == first


def test_preview_and_dry_run_write_nothing(folder: Path) -> None:
    before = files(folder)
    assert request_letter(folder, "insurer", preview=True).blocks
    assert "nothing was written" in request_letter(folder, "insurer", dry_run=True).says[0]
    assert files(folder) == before


@pytest.mark.parametrize("reader", [None, "", "both"])
def test_a_reader_is_needed(folder: Path, reader: str | None) -> None:
    with pytest.raises(UsageProblem) as refused:
        request_letter(folder, reader)
    assert refused.value.problems[0].says.startswith("--for")


def test_an_order_may_be_chosen(tmp_path: Path) -> None:
    orders = (a_prescription(visits=12), a_prescription("2026-03-15", visits=6, per_week=2, weeks=3))
    folder = write_case(tmp_path, a_case(prescriptions=orders))
    request_letter(folder, "insurer", order="2026-03-02")
    assert "Visits in all:   12" in (folder / f"{INSURER}.txt").read_text("utf-8")
    request_letter(folder, "insurer")
    assert "Visits in all:   6" in (folder / f"{INSURER}.txt").read_text("utf-8")
    with pytest.raises(UsageProblem):
        request_letter(folder, "insurer", order="prescriptions/2020-01-01")


def test_what_is_missing_is_asked_for(tmp_path: Path) -> None:
    folder = write_case(
        tmp_path,
        a_case(plan=a_plan(payer=None), conditions=(), prescriptions=(), sessions=(), measures=(), attachments=()),
    )
    with pytest.raises(NotReady) as refused:
        request_letter(folder, "insurer")
    assert [problem.says for problem in refused.value.problems] == [
        "The letter lacks the payer's name.",
        "The letter lacks the condition.",
    ]


# --- the signed one


def taken(folder: Path, tmp_path: Path, words: str = "Letter, signed", **tree: object) -> Attachment:
    paper = tmp_path / "signed letter.pdf"
    paper.write_bytes(a_pdf(words))
    described = {"kind": "letter", "signed_by": "prescriber", "for": ["prescriptions/2026-03-02"], **tree}
    attach(folder, paper, described, options={})  # type: ignore[arg-type]
    record = read_case(folder).find(Attachment, "signed-letter")
    assert record is not None
    return record


@pytest.mark.parametrize("described", [{"kind": "letter"}, {"kind": "letter", "signed_by": "prescriber"}])
def test_our_own_draft_is_never_taken_for_a_signed_letter(folder: Path, tmp_path: Path, described: dict) -> None:  # type: ignore[type-arg]
    request_letter(folder, "insurer")
    outside = tmp_path / "from the doctor.pdf"
    outside.write_bytes((folder / f"{INSURER}.pdf").read_bytes())
    before = files(folder)
    with pytest.raises(AttachmentUnusable) as refused:
        attach(folder, outside, described, options={})
    assert "open places" in refused.value.problems[0].says
    assert files(folder) == before


def test_a_letter_with_one_place_left_open_is_refused(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(AttachmentUnusable) as refused:
        taken(folder, tmp_path, "Expected outcome: [Dr.: expected outcome] signed")
    assert "draft" in refused.value.problems[0].says


def test_a_generated_paper_without_open_places_is_known_by_its_bytes(folder: Path, tmp_path: Path) -> None:
    from massage_claim.actions.papers.single_paper import paper

    paper(folder, "superbill")
    outside = tmp_path / "superbill.pdf"
    outside.write_bytes((folder / "out/papers/superbill.pdf").read_bytes())
    with pytest.raises(AttachmentUnusable) as refused:
        attach(folder, outside, {"kind": "superbill", "signed_by": "therapist"}, options={})
    assert "byte for byte" in refused.value.problems[0].says
    attach(folder, outside, {"kind": "other"}, options={})


def test_what_it_contains_is_kept_and_what_is_lacking_is_said(folder: Path, tmp_path: Path) -> None:
    record = taken(folder, tmp_path, contains=["diagnosis,plan", "Signature"])
    assert record.contains == ("diagnosis", "plan", "signature")
    result = compare(folder, "signed-letter", ["all"])
    assert "It says everything that its reader looks for." in result.says
    after = read_case(folder).find(Attachment, "signed-letter")
    assert after is not None
    assert len(after.contains) == 13
    result = compare(folder, "attachments/signed-letter", ["none"])
    assert any("It does not say: goals that can be measured" in line for line in result.says)
    emptied = read_case(folder).find(Attachment, "signed-letter")
    assert emptied is not None
    assert emptied.contains == ("none",)


@pytest.mark.parametrize("said", [["diagnosys"], ["none", "plan"]])
def test_a_name_that_is_not_on_the_list_is_refused(folder: Path, tmp_path: Path, said: list[str]) -> None:
    with pytest.raises(UsageProblem) as refused:
        taken(folder, tmp_path, contains=said)
    assert "why-massage" in refused.value.problems[0].fix
    with pytest.raises(UsageProblem):
        compare(folder, "nothing-there", ["all"])
    with pytest.raises(UsageProblem):
        compare(folder, "receipt-2026-03-10", ["all"])


def test_only_an_order_or_letter_has_a_checklist_and_only_a_letter_a_reader(folder: Path, tmp_path: Path) -> None:
    for more in ({"contains": ["all"]}, {"letter_for": "hsa"}):
        with pytest.raises(UsageProblem):
            taken(folder, tmp_path, kind="other", **more)


def parts_of(folder: Path) -> str:
    with today_is(TODAY):
        result = build_packet(folder)
    (pdf,) = (one for one in result.written if one.endswith(".pdf"))
    return " ".join(" ".join(read_texts((folder / pdf).read_bytes())).split())


def case_that_wants_a_letter(*letters: Attachment) -> Case:
    plan = a_plan()
    rules = {**plan.model_dump(mode="json", exclude_none=True)["rules"], **WANTED}
    case = a_case(plan=a_plan(rules=rules))
    return a_case(plan=a_plan(rules=rules), attachments=(*case.attachments, *letters))


def test_the_signed_letter_takes_the_drafts_place_in_the_packet(tmp_path: Path) -> None:
    letter = an_attachment(
        "mine.pdf", kind="letter", signed_by="prescriber", for_=["prescriptions/2026-03-02"], contains=["all"]
    )
    text = parts_of(write_case(tmp_path / "case", case_that_wants_a_letter(letter)))
    assert "letter mine.pdf" in text
    assert "[Dr.:" not in text


def test_a_letter_for_the_hsa_is_none_for_the_insurer(tmp_path: Path) -> None:
    letter = an_attachment("hsa.pdf", kind="letter", signed_by="prescriber", letter_for="hsa", contains=["all"])
    folder = write_case(tmp_path / "case", case_that_wants_a_letter(letter))
    with pytest.raises(NotReady) as refused:
        build_packet(folder)
    assert "signed letter of medical necessity, and none is attached" in refused.value.problems[0].says
    ready = write_case(tmp_path / "ready", a_case(attachments=(*a_case().attachments, letter)))
    assert "hsa.pdf" not in parts_of(ready)


def test_the_draft_says_when_a_signed_letter_is_there(folder: Path, tmp_path: Path) -> None:
    assert not any("attached already" in note for note in request_letter(folder, "insurer").notes)
    taken(folder, tmp_path, letter_for="insurer")
    assert any("It counts; this draft does not" in note for note in request_letter(folder, "insurer").notes)
    assert not any("attached already" in note for note in request_letter(folder, "hsa").notes)


# --- from the command line


def test_the_command_writes_and_says_where(folder: Path) -> None:
    ran = run("request-letter", "-C", folder, "--for", "insurer", "--quiet")
    assert (ran.code, ran.out.split()) == (0, [f"{INSURER}.pdf", f"{INSURER}.docx", f"{INSURER}.txt"])


@pytest.mark.parametrize(
    ("arguments", "option"),
    [
        ([], "--for"),
        (["--for", "me"], "--for"),
        (["--contains", "plan", "--for", "hsa"], "--contains"),
        (["--compare", "order-2026-03-02"], "--contains"),
        (["--compare", "order-2026-03-02", "--for", "hsa"], "--compare"),
        (["--compare", "order-2026-03-02", "--contains", "planet"], "--contains"),
        (["--for", "hsa", "--order", "nope"], "--order"),
    ],
)
def test_a_wrong_use_names_the_option(folder: Path, arguments: list[str], option: str) -> None:
    ran = run("request-letter", "-C", folder, "--no-input", *arguments)
    assert ran.code == 2
    assert ran.err.startswith(option)


def test_comparing_in_one_line(folder: Path) -> None:
    ran = run("request-letter", "-C", folder, "--compare", "order-2026-03-02", "--contains", "patient,date")
    assert ran.code == 0
    assert "the prescriber's own signature" in ran.flat
