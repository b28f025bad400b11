"""Before and around sending: the checklist, the copy sheet for a portal, the proof, and what was changed since."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

import pytest

from builders import TODAY, a_case, a_patient, a_payment, a_plan, a_session, an_attachment, write_case, write_record
from commands import answer, question, run, terminal
from massage_claim.actions.packets.claim_packets import build_packet
from massage_claim.actions.packets.pieces import find_rank
from massage_claim.actions.result import Result
from massage_claim.actions.send.submission import before_sending, submit
from massage_claim.calc.claim_split import propose
from massage_claim.documents.scene import Scene
from massage_claim.errors import Failure, NotReady, UsageProblem
from massage_claim.facts.library import facts_on
from massage_claim.models.case import Case
from massage_claim.models.claim import Claim
from massage_claim.shipped import shipped
from massage_claim.store.read import read_case
from papers import Read, today_is

SAID = {"source": "booklet, page 9", "said_on": "2026-01-05"}


def rules(**more: object) -> dict[str, object]:
    plain = a_plan().rules.model_dump(by_alias=True, exclude_none=True)
    return {**plain, **{name: {**value, **SAID} for name, value in more.items()}}  # type: ignore[dict-item]


def built(tmp_path: Path, case: Case | None = None) -> Path:
    """A case with its packet; the same one for every test that names none, built once."""
    if case is None:
        return Path(shutil.copytree(usual(), tmp_path / "case"))
    folder = write_case(tmp_path / "case", case)
    with today_is(TODAY):
        build_packet(folder)
    return folder


@cache
def usual() -> Path:
    above = tempfile.TemporaryDirectory()
    atexit.register(above.cleanup)
    plan = a_plan(rules=rules(portal={"value": "members.example.org"}))
    log = an_attachment("fax-log.pdf", kind="proof-of-sending")
    return built(Path(above.name), a_case(plan=plan, attachments=(*a_case().attachments, log)))


def looked(folder: Path, **arguments: object) -> Result:
    with today_is(TODAY):
        return before_sending(folder, **arguments)  # type: ignore[arg-type]


def send(folder: Path, **arguments: object) -> Result:
    given: dict[str, object] = {"on": TODAY, "method": "fax", "signed_on_paper": True, **arguments}
    with today_is(TODAY):
        return submit(folder, **given)  # type: ignore[arg-type]


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_the_list_says_who_signs_where_how_many_pages_and_where_it_goes(tmp_path: Path) -> None:
    plan = a_plan(
        rules=rules(
            originals={"value": "yes"},
            signature={"value": "The member signs the cover."},
            max_pages={"value": 40},
            portal={"value": "members.example.org"},
        )
    )
    folder = built(tmp_path, a_case(plan=plan))
    before = files(folder)
    result = looked(folder)
    said = "\n".join(result.says)
    list_ = result.data["checklist"]
    assert isinstance(list_, dict)
    assert said.startswith(f"Before it goes out: out/2026-03-10/claim-2026-03-10.pdf, {list_['pages']} pages, ")
    assert "[ ] Sign page 2 (Statement for your insurer (superbill)): Ana Petrova, LMT" in said
    assert "[ ] Send originals, and keep copies. (booklet, page 9; 2026-01-05)" in said
    assert "[ ] The member signs the cover. (booklet, page 9; 2026-01-05)" in said
    assert "By certified mail to Member Claims, PO Box" in said
    assert f"it must say {list_['pages']} pages and OK" in said
    assert "By upload at members.example.org" in said
    assert "it holds no private data (claim-2026-03-10.pdf)" in said
    assert "It must arrive by 2027-03-10, in 355 days." in said
    assert result.next == "When it is sent: massage-claim submit --claim 2026-03-10 --date DATE --method METHOD"
    assert files(folder) == before


def test_too_long_for_a_fax_and_nowhere_to_send_it(tmp_path: Path) -> None:
    folder = built(
        tmp_path,
        a_case(
            plan=a_plan(
                rules=rules(
                    max_pages={"value": 1}, max_mb={"value": 1}, papers_in_order={"value": "superbill, magic wand"}
                )
            )
        ),
    )
    said = "\n".join(looked(folder).says)
    assert "Not by fax: the plan takes 1 page in one sending" in said
    assert "No upload above 1 MB." in said
    assert "Not understood in the plan's order of papers: magic-wand." in said
    assert "Not understood in the plan's order of papers: superbill" not in said
    bare = {name: value for name, value in rules().items() if name not in ("fax", "claims_address", "filing_limit")}
    other = built(tmp_path / "b", a_case(plan=a_plan(rules=bare)))
    shown = looked(other, portal=True)
    said = "\n".join(shown.says)
    assert any("portal is not written down" in note for note in shown.notes)
    assert "Where it goes is not known" in said
    assert "Check with your plan." in said, "its own limit is not written down"


def test_a_name_with_private_data_is_pointed_out(tmp_path: Path) -> None:
    folder = built(tmp_path)
    (folder / "out/2026-03-10/claim-2026-03-10.pdf").rename(folder / f"out/2026-03-10/{a_plan().member_id}.pdf")
    (line,) = (line for line in looked(folder).says if "Rename" in line)
    assert line == "  [ ] Rename the file: its name holds the member ID."


def test_a_changed_packet_is_not_looked_at(tmp_path: Path) -> None:
    folder = built(tmp_path)
    write_record(folder, a_patient(phone="253-555-0199"))
    with pytest.raises(NotReady, match="changed after this packet"):
        looked(folder)


def test_the_copy_sheet_has_the_values_and_the_files(tmp_path: Path) -> None:
    folder = built(tmp_path)
    before = files(folder)
    result = looked(folder, portal=True)
    sheet = Read(result.blocks, ())
    fields = sheet.fields()
    assert fields["Member/Member ID"] == a_plan().member_id
    assert fields["The claim/Total charged"] == "$96.00"
    assert fields["Who treated, who is paid, who ordered/NPI"] == "2123456784"
    lines, uploads = sheet.tables()
    assert lines[1] == ["03/10/2026", "11", "97124", "", "A", "3", "$96.00"]
    size = len((folder / "out/2026-03-10/claim-2026-03-10.pdf").read_bytes())
    assert uploads[1][0] == "claim-2026-03-10.pdf"
    assert 0 <= float(uploads[1][2].removesuffix(" MB")) * 1_000_000 - size < 100_000
    assert files(folder) == before


def test_sent_through_the_portal(tmp_path: Path) -> None:
    folder = built(tmp_path)
    with today_is(TODAY):
        shown = run("submit", "-C", folder, "--portal", "--no-input")
        assert shown.code == 0
        assert "Copy sheet" in shown.out
        assert not (folder / "claims").exists()
        done = run("submit", "-C", folder, "--portal", "--date", TODAY, "--signed-on-paper", "--no-input")
    assert done.code == 0
    assert "Write down the confirmation" in done.flat
    claim = read_case(folder).find(Claim, "2026-03-10")
    assert claim
    assert claim.submission
    assert (claim.submission.method, claim.submission.to) == ("portal", "members.example.org")
    with pytest.raises(UsageProblem, match="--portal and --method"):
        send(folder, portal=True)


def test_the_proof_is_an_attachment_of_this_case(tmp_path: Path) -> None:
    folder = built(tmp_path)
    before = files(folder)
    with pytest.raises(UsageProblem, match="--proof names no attachment"):
        send(folder, proof="another.pdf")
    assert files(folder) == before
    result = send(folder, proof="fax-log.pdf", confirmation="OK 7")
    claim = read_case(folder).find(Claim, "2026-03-10")
    assert claim
    assert claim.submission
    assert claim.submission.proof == "attachments/fax-log"
    assert result.notes == ()
    assert "Ask on 2026-04-03 whether it arrived: massage-claim deadlines" in result.says


def test_what_still_lacks_proof_is_said(tmp_path: Path) -> None:
    notes = " ".join(send(built(tmp_path), method="certified-mail").notes)
    assert "tracking number" in notes
    assert "--kind proof-of-sending --for claims/2026-03-10" in notes


@pytest.mark.parametrize("what", ["records", "pdf"])
def test_a_changed_packet_needs_its_word_and_is_recorded_as_such(tmp_path: Path, what: str) -> None:
    folder = built(tmp_path)
    path = folder / "out/2026-03-10/claim-2026-03-10.pdf"
    if what == "records":
        write_record(folder, a_patient(phone="253-555-0199"))
    else:
        path.write_bytes(path.read_bytes() + b"\n% signed elsewhere\n")
    went = path.read_bytes()
    before = files(folder)
    with pytest.raises(NotReady) as refused:
        send(folder)
    assert "--changed" in refused.value.problems[0].fix
    assert files(folder) == before
    result = send(folder, changed=True)
    assert any("Recorded as sent after a change" in note for note in result.notes)
    claim = read_case(folder).find(Claim, "2026-03-10")
    assert claim
    assert claim.submission
    assert claim.submission.changed_confirmed == "yes"
    assert (folder / str(claim.submission.sent_file)).read_bytes() == went


def test_the_word_alone_changes_nothing(tmp_path: Path) -> None:
    folder = built(tmp_path)
    send(folder, changed=True)
    claim = read_case(folder).find(Claim, "2026-03-10")
    assert claim
    assert claim.submission
    assert claim.submission.changed_confirmed is None


def test_something_that_is_no_pdf_was_never_sent(tmp_path: Path) -> None:
    folder = built(tmp_path)
    (folder / "out/2026-03-10/claim-2026-03-10.pdf").write_bytes(b"hello")
    with pytest.raises(Failure, match="not the one that was built"):
        send(folder, changed=True)


def test_an_appeal_has_its_list_too(tmp_path: Path) -> None:
    from massage_claim.actions.appeals.appeal_packet import appeal

    folder = Path(shutil.copytree(shipped("examples") / "neck_denied_appealed", tmp_path / "case"))
    day = read_case(folder).settings.as_of
    assert day
    with today_is(day):
        appeal(folder)
        (record,) = read_case(folder).appeals
        said = "\n".join(before_sending(folder, appeal=record.record_id).says)
    assert "Sign page" in said
    assert "By certified mail to" in said
    assert "It must be sent by " in said


def test_in_a_terminal_the_list_comes_before_the_questions(tmp_path: Path) -> None:
    folder = built(tmp_path)
    env = {"MASSAGE_CLAIM_TODAY": TODAY.isoformat()}
    with terminal("submit", "-C", folder, env=env) as child:
        child.expect("Before it goes out")
        child.expect(question("Sent on"))
        child.sendline(TODAY.isoformat())
        answer(child, {"How it was sent": "mail", "Was the print signed in ink where a signature line is?": "yes"})
    assert child.exitstatus == 0
    assert (folder / "claims/2026-03-10.yaml").is_file()


TWO = (a_session(), a_session("2026-03-17"))


def claims_of(**more: object) -> list[str]:
    case = a_case(plan=a_plan(rules=rules(**more)), sessions=TWO, payments=(a_payment(), a_payment("2026-03-17")))
    return [one.id for one in propose(case, facts_on(TODAY))]


def test_the_plans_own_rules_divide_the_claim() -> None:
    assert claims_of() == ["2026-03-10"]
    assert claims_of(one_visit_per_claim={"value": "yes"}) == ["2026-03-10", "2026-03-17"]
    assert claims_of(one_visit_per_claim={"value": "no"}) == ["2026-03-10"]
    assert claims_of(lines_per_claim={"value": 1}) == ["2026-03-10", "2026-03-17"]
    assert claims_of(lines_per_claim={"value": 2}) == ["2026-03-10"]


def test_the_papers_stand_in_the_plans_order() -> None:
    def ranked(**more: object) -> list[str]:
        scene = Scene(a_case(plan=a_plan(rules=rules(**more))), facts_on(TODAY), TODAY)
        kinds = ("cover_sheet", "superbill", "payment-proof", "prescription")
        return sorted(kinds, key=lambda kind: find_rank(scene, "claim", kind))

    usual = ["cover_sheet", "superbill", "payment-proof", "prescription"]
    assert ranked() == usual
    wanted = {"value": "Prescription, magic wand; Payment proof"}
    assert ranked(papers_in_order=wanted) == ["prescription", "payment-proof", "cover_sheet", "superbill"]
