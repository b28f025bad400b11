"""The whole folder is read or every problem in it is told; nothing is followed out of it, nothing is lost in silence."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from builders import a_case, a_decision, a_provider, a_record, an_appeal, an_attachment, write_case, write_record
from field_texts import EVERY_KIND
from massage_claim.errors import Unreadable
from massage_claim.models.case import CaseSettings
from massage_claim.models.record import Record
from massage_claim.store.folder import find_project, kind_of, record_file
from massage_claim.store.read import file_bytes, last_stems, read_case, read_record

YAML_CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus" / "strings" / "yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_case(tmp_path / "my-claim", a_case())


def _problems(folder: Path) -> list[str]:
    with pytest.raises(Unreadable) as caught:
        read_case(folder)
    for problem in caught.value.problems:
        assert problem.fix.endswith("."), problem
        assert problem.where is not None
    return [f"{problem.where}: {problem.says} {problem.fix}" for problem in caught.value.problems]


def test_all_problems_of_all_files_come_at_once(folder: Path) -> None:
    (folder / "sessions/2026-03-11.yaml").write_text("date: 2026-03-32\nservices:\n  - {code: 1}\n")
    (folder / "sessions/2026-03-12.yaml").write_text("date: [\n")
    (folder / "payments/2026-03-10.yaml").write_text("date: 2026-03-10\namount: 96\n")
    (folder / "plan.yaml").write_bytes(b"payer: \xff\n")
    (folder / "measures/2026-03-03.yaml").write_text("date: 2026-03-03\nmeasure: odi\ncondition: nowhere\n")
    (folder / "patient.yml").write_text("name: x\n")
    found = _problems(folder)
    assert [line.partition(": ")[0] for line in found] == [
        "measures/2026-03-03.yaml:3",
        "patient.yml",
        "payments/2026-03-10.yaml:2",
        "plan.yaml:1",
        "sessions/2026-03-11.yaml:1",
        "sessions/2026-03-11.yaml:3",
        "sessions/2026-03-12.yaml:2",
    ]
    assert "`condition` names conditions/nowhere" in found[0]
    assert not any("sessions/2026-03-10" in line for line in found), (
        "a record that is there but wrong is no broken link"
    )


@pytest.mark.parametrize(
    ("name", "place", "advice"),
    [
        ("session/2026-03-11.yaml", "session", "Rename it to sessions/."),
        ("Sessions2/a.yaml", "Sessions2", "Rename it to sessions/."),
        ("licence_checks/a.yaml", "licence_checks", "Rename it to licence-checks/."),
        ("old stuff/a.yml", "old stuff", "Move its files into a record folder"),
        ("sessions/2026/a.yaml", "sessions/2026", "Move its files up into sessions/"),
        ("sessions/2026-03-11.yml", "sessions/2026-03-11.yml", "Rename it to .yaml."),
        ("attachments/order.yml", "attachments/order.yml", "Rename it to .yaml."),
        ("sessions/2026-03-11.YAML", "sessions/2026-03-11.YAML", "Rename it to .yaml."),
        ("Plan.yaml", "Plan.yaml", "Rename it to plan.yaml."),
        ("pateint.yaml", "pateint.yaml", "Rename it to patient.yaml."),
        ("notes.yaml", "notes.yaml", "Move it into the folder of its kind"),
        ("sessions/2026-03-10 2.yaml", "sessions/2026-03-10 2.yaml", "Rename it with letters"),
        (
            "sessions/2026-03-10 (Ana's conflicted copy).yaml",
            "sessions/2026-03-10 (Ana's conflicted copy).yaml",
            "Compare it",
        ),
        (
            "sessions/2026-03-10.sync-conflict-20260311-1.yaml",
            "sessions/2026-03-10.sync-conflict-20260311-1.yaml",
            "Compare it",
        ),
        ("sessions/sitzung-märz.yaml", "sessions/sitzung-märz.yaml", "Rename it with letters"),
        ("attachments/conflicted copy.yaml", "attachments/conflicted copy.yaml", "Compare it"),
    ],
)
def test_a_file_that_nothing_reads_is_told(folder: Path, name: str, place: str, advice: str) -> None:
    (folder / name).parent.mkdir(exist_ok=True)
    shutil.copy(folder / "sessions/2026-03-10.yaml", folder / name)
    (found,) = _problems(folder)
    assert found.startswith(f"{place}: ")
    assert advice in found


@pytest.mark.parametrize(
    "name", [".git/x.yaml", "out/2026-03-10/manifest.yaml", "letters/a.yaml", "sessions/.tmp-00ff", "README.md"]
)
def test_what_is_no_record_is_left_alone(folder: Path, name: str) -> None:
    (folder / name).parent.mkdir(exist_ok=True, parents=True)
    (folder / name).write_text("whatever: [\n")
    assert len(read_case(folder).sessions) == 1


@pytest.mark.parametrize(
    "name", ["sessions/2026-03-10.yaml", "patient.yaml", "case.yaml", "attachments/order-2026-03-02.yaml"]
)
def test_a_linked_record_is_refused_and_its_target_unread(folder: Path, tmp_path: Path, name: str) -> None:
    victim = tmp_path / "victim.yaml"
    (folder / name).rename(victim)
    (folder / name).symlink_to(victim)
    assert any(line.startswith(f"{name}: This is a symbolic link") for line in _problems(folder))


def test_a_dangling_link_is_not_an_absent_file(folder: Path) -> None:
    (folder / "patient.yaml").unlink()
    (folder / "patient.yaml").symlink_to("nowhere")
    (found,) = _problems(folder)
    assert found.startswith("patient.yaml: This is a symbolic link")


@pytest.mark.parametrize("name", ["sessions", "attachments", "providers"])
def test_a_linked_folder_is_refused(folder: Path, tmp_path: Path, name: str) -> None:
    (folder / name).rename(tmp_path / "elsewhere")
    (folder / name).symlink_to(tmp_path / "elsewhere")
    assert any(line.startswith(f"{name}: This folder is a symbolic link.") for line in _problems(folder))


def test_a_single_record_behind_a_linked_folder_is_refused(folder: Path, tmp_path: Path) -> None:
    (folder / "sessions").rename(tmp_path / "elsewhere")
    (folder / "sessions").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(Unreadable, match="link"):
        read_record(folder, "sessions/2026-03-10")


def test_special_files_are_refused_without_waiting(folder: Path) -> None:
    os.mkfifo(folder / "sessions/2026-03-11.yaml")
    (folder / "sessions/2026-03-12.yaml").mkdir()
    found = _problems(folder)
    assert [line.partition(":")[0] for line in found] == ["sessions/2026-03-11.yaml", "sessions/2026-03-12.yaml"]


def test_case_yaml_must_be_there(folder: Path, tmp_path: Path) -> None:
    (folder / "case.yaml").unlink()
    assert [line.partition(":")[0] for line in _problems(folder)] == ["case.yaml"]
    assert [line.partition(":")[0] for line in _problems(tmp_path / "no such folder")] == ["case.yaml"]


def test_patient_and_plan_may_be_absent(folder: Path) -> None:
    (folder / "patient.yaml").unlink()
    (folder / "plan.yaml").unlink()
    case = read_case(folder)
    assert (case.patient.name, case.plan.kind) == (None, "unknown")


def test_a_newer_format_is_refused_with_one_sentence(folder: Path) -> None:
    (folder / "case.yaml").write_text("format: 2\nnew_field: 1\n")
    (folder / "sessions/2026-03-10.yaml").write_text("date: tomorrow\n")
    (found,) = _problems(folder)
    assert found == "case.yaml:1: This case has format 2; this program reads format 1. Use a newer massage-claim."


@pytest.mark.parametrize("written", ["one", "0", "01", "Canary-Zq", "99999"])
def test_a_format_that_is_none_is_refused_without_repeating_it(folder: Path, written: str) -> None:
    (folder / "case.yaml").write_text(f"prepared_by: practice\nformat: {written}\n")
    (found,) = _problems(folder)
    assert found == "case.yaml:2: `format` is not a format. Write `format: 1`."


def test_broken_links_have_their_line(folder: Path) -> None:
    write_record(folder, a_decision(about="claims/2026-01-01"))
    write_record(folder, an_appeal(criteria=[{"criterion": "x", "source": "policy", "exhibit": "order-2026-03-02"}]))
    write_record(folder, an_attachment("x.pdf", for_=["sessions/2026-03-10", "sessions/2026-03-11"]))
    found = _problems(folder)
    assert [line.partition(": ")[0] for line in found] == [
        "appeals/2026-04-20.yaml:7",
        "attachments/x.yaml:6",
        "decisions/2026-04-10.yaml:1",
    ]
    assert (
        "`source` names attachments/policy, and there is no such record. Correct the name, or add attachments/policy.yaml."
        in found[0]
    )
    assert "`for` names sessions/2026-03-11" in found[1]


def test_free_text_where_a_name_belongs_is_not_repeated(folder: Path) -> None:
    write_record(folder, a_decision(about="the claim about her hip"))
    (found,) = _problems(folder)
    assert found.startswith("decisions/2026-04-10.yaml:1: `about` does not name a record.")
    assert "hip" not in found


def test_two_current_decisions_are_a_problem_until_one_replaces_the_other(folder: Path) -> None:
    about = "sessions/2026-03-10"
    write_record(folder, a_decision(about))
    write_record(folder, a_decision(about, record_id="2026-04-10-2"))
    (found,) = _problems(folder)
    assert found.startswith(
        "decisions/2026-04-10-2.yaml:1: decisions/2026-04-10 and decisions/2026-04-10-2 both decide"
    )
    write_record(folder, a_decision(about, record_id="2026-04-10-2", replaces="2026-04-10"))
    assert len(read_case(folder).decisions) == 2


def test_records_come_in_the_order_of_their_days_and_numbers(folder: Path) -> None:
    text = (folder / "sessions/2026-03-10.yaml").read_text()
    for name in ("2026-03-10-10", "2026-03-10-2", "2026-03-09", "2026-03-11"):
        (folder / f"sessions/{name}.yaml").write_text(text)
    names = [session.stem for session in read_case(folder).sessions]
    assert names == ["2026-03-09", "2026-03-10", "2026-03-10-2", "2026-03-10-10", "2026-03-11"]
    assert last_stems(folder, "sessions", 2) == ("2026-03-10-10", "2026-03-11")
    assert last_stems(folder, "appeals", 2) == ()


def test_a_bare_attachment_is_loaded_for_nothing(folder: Path) -> None:
    (folder / "attachments/Scan 12.pdf").write_bytes(b"%PDF-")
    (folder / "attachments/order-2026-03-02.png").write_bytes(b"x")
    (folder / "attachments/.DS_Store").write_bytes(b"x")
    bare = [record for record in read_case(folder).attachments if record.sha256 is None]
    assert [(record.record_id, record.file, record.kind, record.for_) for record in bare] == [
        ("attachments/Scan 12", "Scan 12.pdf", "other", ()),
        ("attachments/order-2026-03-02.png", "order-2026-03-02.png", "other", ()),
    ]


def test_a_linked_bare_attachment_and_a_folder_of_scans_are_told(folder: Path) -> None:
    (folder / "attachments/passwd.pdf").symlink_to("/etc/passwd")
    (folder / "attachments/more").mkdir()
    found = _problems(folder)
    assert found[0].startswith("attachments/more: Nothing reads this folder.")
    assert found[1].startswith("attachments/passwd.pdf: This is a symbolic link.")


def test_a_shared_practice_folder_lends_its_providers(folder: Path) -> None:
    practice = folder.parent / "practice"
    (practice / "providers").mkdir(parents=True)
    shutil.copy(folder / "providers/calm-hands.yaml", practice / "providers/calm-hands.yaml")
    (folder / "providers/ana-petrova.yaml").rename(practice / "providers/ana-petrova.yaml")
    write_record(practice, a_provider("calm-hands", name="Another name"))
    write_record(folder, a_record(CaseSettings, "case", {"format": "1", "practice": "../practice"}, {}))
    case = read_case(folder)
    names = {provider.record_id: provider.name for provider in case.providers}
    assert names["providers/ana-petrova"] == "Ana Petrova"
    assert names["providers/calm-hands"] == "Calm Hands LLC", "the case's own record is the nearer one"
    assert str(case.where("providers/ana-petrova", "npi")).startswith("../practice/providers/ana-petrova.yaml:")
    (practice / "providers/ana-petrova.yaml").write_text("nme: Ana\n")
    assert all(line.startswith("../practice/providers/ana-petrova.yaml:") for line in _problems(folder))
    shutil.rmtree(practice)
    assert _problems(folder)[0].startswith("case.yaml:3: The practice folder has no providers/ folder.")


@pytest.mark.parametrize(
    "name",
    ["../victim", "sessions/../../victim", "sessions/../case", "/etc/passwd", "sessions/", "", "x/y", "sessions/.x"],
)
def test_no_name_leads_out_of_the_folder(folder: Path, name: str) -> None:
    (folder.parent / "victim.yaml").write_text("format: 1\n")
    assert kind_of(name) is None
    with pytest.raises(Unreadable):
        read_record(folder, name)
    with pytest.raises(Unreadable):
        file_bytes(folder, record_file(name))


def test_file_bytes_reads_one_file_up_to_a_size(folder: Path) -> None:
    (folder / "attachments/a.bin").write_bytes(b"12345")
    assert file_bytes(folder, "attachments/a.bin", 5) == b"12345"
    with pytest.raises(Unreadable, match="too large"):
        file_bytes(folder, "attachments/a.bin", 4)
    for wrong in ("attachments/../case.yaml", "attachments//a.bin", "attachments/./a.bin", "/etc/passwd", ".."):
        with pytest.raises(Unreadable, match="leads out"):
            file_bytes(folder, wrong)


def test_find_project_looks_upwards(folder: Path, tmp_path: Path) -> None:
    assert find_project(folder / "sessions") == folder
    (tmp_path / "empty").mkdir()
    with pytest.raises(Unreadable, match="not a massage-claim case"):
        find_project(tmp_path / "empty")
    with pytest.raises(Unreadable, match="no such folder"):
        find_project(tmp_path / "none")


def _damaged() -> list[bytes]:
    good = (
        b"date: 2026-03-10\nservices:\n  - {code: 97124, minutes: 52}\nnote: {author: patient, text: Canary-Zq hurts}\n"
    )
    made = [good[:cut] for cut in range(1, len(good), 7)]
    made += [
        bytes(byte ^ (0x40 if number == spot else 0) for number, byte in enumerate(good))
        for spot in range(0, len(good), 5)
    ]
    made += [
        good.decode().encode("utf-16"),
        b"\xef\xbb\xbf" + good,
        good.replace(b"\n", b"\r\n"),
        good + b"\x00",
        b"",
        b"\n\n",
    ]
    made += [
        b"[" * 30_000,
        b"a: " * 9_000,
        b"{a: " * 50,
        b"&a [*a]",
        b"!!python/object/apply:os.system [id]\n",
        b"a: &x 1\nb: *x\n",
    ]
    made += [
        b"? [a]\n: b\n",
        b"--- a\n--- b\n",
        b"%YAML 1.1\n---\na: b\n",
        b"a: 1\na: 2\n",
        b"\tdate: x\n",
        b"x" * 5_000_000,
    ]
    return made


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_damaged_yaml_is_a_problem_with_its_file_and_never_a_crash(kind: type[Record], tmp_path: Path) -> None:
    record_id = (
        f"{kind.FOLDER}/2026-03-10"
        if kind.FOLDER
        else {"CaseSettings": "case"}.get(kind.__name__, kind.__name__.lower())
    )
    path = tmp_path / f"{record_id}.yaml"
    path.parent.mkdir(exist_ok=True)
    refused = 0
    for data in _damaged():
        path.write_bytes(data)
        refused += _refused(tmp_path, record_id)
    assert refused > 40


@pytest.mark.skipif(
    not YAML_CORPUS.is_dir(), reason="the corpus of YAML files lies beside the checkout, and is not there"
)
@pytest.mark.parametrize("record_id", ["sessions/2026-03-10", "coverage/2026-03-10", "patient"])
def test_the_yaml_corpus_is_read_or_refused(record_id: str, tmp_path: Path) -> None:
    path = tmp_path / f"{record_id}.yaml"
    path.parent.mkdir(exist_ok=True)
    files = [file for file in sorted(YAML_CORPUS.rglob("*")) if file.is_file()]
    refused = 0
    for file in files:
        path.write_bytes(file.read_bytes())
        refused += _refused(tmp_path, record_id)
    assert len(files) > 300
    assert refused > len(files) * 0.9


def _refused(folder: Path, record_id: str) -> int:
    try:
        read_record(folder, record_id)
    except Unreadable as failure:
        assert failure.problems
        for problem in failure.problems:
            assert problem.where is not None
            assert problem.where.file == f"{record_id}.yaml"
            assert "Canary" not in f"{problem.says}{problem.fix}"
            assert "Traceback" not in problem.says
        return 1
    return 0


def test_the_sizes_of_the_files_in_attachments_are_known_without_reading_them(tmp_path: Path) -> None:
    folder = write_case(tmp_path / "case")
    (folder / "attachments" / "IMG_1.jpg").write_bytes(b"1234567")
    (folder / "attachments" / ".hidden").write_bytes(b"1")
    case = read_case(folder)
    assert case.attachment_sizes is not None
    assert case.attachment_sizes["IMG_1.jpg"] == 7
    assert set(case.attachment_sizes) == {attachment.file for attachment in case.attachments}
    (folder / "attachments" / "IMG_1.jpg").chmod(0)
    assert read_case(folder).attachment_sizes == case.attachment_sizes
