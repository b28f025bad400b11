"""One case from nothing to an appeal, through the command line alone: every step says where it stands, and the papers exist."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest

from builders import a_pdf


class Case:
    """A case folder and the program beside it, run as a process."""

    def __init__(self, folder: Path, today: str) -> None:
        self.folder = folder
        self.today = today

    def run(self, *arguments: str, expect: int = 0) -> str:
        environment = {**os.environ, "MASSAGE_CLAIM_TODAY": self.today, "NO_COLOR": "1"}
        command = [sys.executable, "-m", "massage_claim", *arguments, "-C", str(self.folder), "--no-input"]
        done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
        assert done.returncode == expect, f"{arguments}: {done.stdout}{done.stderr}"
        assert "Traceback" not in done.stderr
        return done.stdout

    def attach(self, name: str, kind: str, *more: str) -> None:
        scan = self.folder.parent / f"{name}.pdf"
        scan.write_bytes(a_pdf(name))
        self.run("attach", str(scan), "--kind", kind, *more)

    def record_files(self) -> list[str]:
        return sorted(str(path.relative_to(self.folder)) for path in self.folder.rglob("*.yaml"))


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """Typed by options, step by step, up to the appeal."""
    made = Case(tmp_path_factory.mktemp("whole") / "my-claim", "2026-04-01")
    subprocess.run(
        [sys.executable, "-m", "massage_claim", "init", str(made.folder), "--name", "Ida Muñoz", "--no-input"],
        check=True,
        capture_output=True,
    )
    made.run(
        *(
            "edit",
            "patient",
            "--set",
            "birth_date=1979-03-02",
            "--set",
            "sex=F",
            "--set",
            "relation_to_subscriber=self",
        ),
        *("--set", "address.street=12 Alder Way", "--set", "address.city=Salem", "--set", "address.state=OR"),
        *("--set", "address.zip=97301", "--set", "phone=503-555-0101"),
    )
    made.run(
        *("edit", "plan", "--set", "payer=Fern Mutual", "--set", "kind=employer-insured", "--set", "state=OR"),
        *("--set", "member_id=0012345", "--set", "group_number=G-77", "--set", "plan_year_start=01-01"),
        *("--set", "other_coverage.has=no", "--set", "accident.work=no", "--set", "accident.auto=no"),
        *("--set", "accident.other=no", "--set", "rules.fax.value=503-555-0109", "--set", "rules.fax.source=card"),
    )
    made.run(
        *("verify-coverage", "--date", "2026-01-05", "--source", "call", "--representative", "Joan"),
        *("--reference", "R-1", "--answer", "coverage_active=yes", "--answer", "out_of_network_benefit=yes"),
        *("--answer", "massage_excluded=no", "--answer", "massage_therapist_accepted=yes"),
        *("--answer", "only_within_other_therapy=no", "--answer", "approval_or_order_first=yes"),
        *("--answer", "order_required=yes", "--answer", "authorization_required=no"),
    )
    made.run(
        *("add-provider", "--name", "Ruth Adeyemi", "--role", "referring", "--credential", "MD", "--npi", "2000000002"),
    )
    made.run(
        *("add-provider", "--name", "Ben Ortiz", "--role", "rendering", "--credential", "LMT", "--npi", "2123456784"),
        *("--licence-number", "LMT-4411", "--licence-state", "OR", "--licence-kind", "license", "--network", "out"),
        *("--taxonomy", "225700000X"),
    )
    made.run(
        *("add-provider", "--name", "Ortiz Massage LLC", "--role", "billing", "--npi", "2345678900"),
        *("--ein", "93-0000123", "--street", "5 Mill Street", "--city", "Salem", "--state", "OR", "--zip", "97301"),
        *("--phone", "503-555-0122"),
    )
    made.run(
        *("add-condition", "--name", "low back pain", "--onset", "2025-11-20", "--limit", "sitting; now=20 minutes"),
        *("--diagnosis", "M54.59; words=Other low back pain; by=ruth-adeyemi"),
    )
    made.run(
        *("add-prescription", "--date", "2026-01-07", "--referring", "ruth-adeyemi", "--condition", "low-back-pain"),
        *("--service", "massage therapy", "--per-week", "1", "--weeks", "8", "--visits", "8", "--signed", "yes"),
        *("--valid-until", "2026-04-30"),
    )
    (made.folder / "licence-checks").mkdir(mode=0o700, exist_ok=True)
    (made.folder / "licence-checks" / "2026-01-08.yaml").write_text(
        "provider: providers/ben-ortiz\ndate: 2026-01-08\nwhat: license LMT-4411\nwhere: state board\n"
        "result: active\nvalid_until: 2027-06-30\n"
    )
    for day in ("2026-01-14", "2026-01-21"):
        made.run(
            *("add-session", "--date", day, "--start", "10:00", "--end", "10:52", "--service", "97124=52:95.00"),
            *("--units", "3", "--place", "11", "--region", "low back", "--pain-before", "7", "--pain-after", "4"),
            *("--paid", "95.00", "--method", "card", "--note", f"Visit of {day}: easier to sit.", "--signed-on", day),
        )
    made.attach("order", "prescription", "--for", "prescriptions/2026-01-07", "--signed-by", "prescriber")
    both = ("--for", "sessions/2026-01-14", "--for", "sessions/2026-01-21")
    made.attach("signed-superbill", "superbill", *both, "--signed-by", "therapist", "--date", "2026-01-25")
    made.attach("receipts", "receipt", *both)
    return made


def test_the_case_is_free_of_what_must_be_fixed(case: Case) -> None:
    found = json.loads(case.run("check", "--json"))
    assert [item for item in found["findings"] if item["severity"] == "must fix"] == []


def test_from_packet_to_appeal(case: Case) -> None:
    built = json.loads(Case(case.folder, "2026-02-01").run("build-packet", "--json"))
    (claim,) = built["data"]["claims"]
    assert (claim["claim"], claim["visits"], claim["charged"], claim["paid"]) == ("2026-01-14", 2, "190.00", "190.00")
    (pdf,) = (case.folder / "out" / "2026-01-14").glob("*.pdf")
    document = pypdfium2.PdfDocument(pdf)
    assert len(document) == claim["pages"] == 4, "cover, superbill, receipts, order"
    cover = document[0].get_textpage().get_text_range()
    assert "Pages including this one: 4" in cover
    assert "0012345" in cover

    case.run("submit", "--date", "2026-02-01", "--method", "fax", "--confirmation", "OK 4 pages")
    case.run(
        *("record-decision", "--about", "claims/2026-01-14", "--notice-date", "2026-03-01", "--received", "2026-03-05"),
        *("--total-paid", "0.00", "--reason", "Not medically necessary.", "--reason-code", "CO-50"),
    )
    answer = json.loads(case.run("appeal", "--json"))
    assert answer["data"]["send_by"] == "2026-08-28", "180 days from the notice end on a Friday"
    assert answer["data"]["reasons"] == ["not_medically_necessary"]
    status = json.loads(case.run("status", "--json"))
    states = [step["state"] for step in status["steps"]]
    assert states[:6] == ["done"] * 6
    assert states[6] == "started"


def test_the_records_are_files_a_person_can_read(case: Case) -> None:
    assert (
        (case.folder / "sessions" / "2026-01-14.yaml")
        .read_text()
        .startswith("date: 2026-01-14\nservices:\n- code: 97124\n")
    )
    assert {"payments/2026-01-14.yaml", "claims/2026-01-14.yaml", "decisions/2026-03-01.yaml"} <= set(
        case.record_files()
    )
    assert all(
        path.stat().st_mode & 0o077 == 0 for path in case.folder.rglob("*") if path.parent.name != "licence-checks"
    )
