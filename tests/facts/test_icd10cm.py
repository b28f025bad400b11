"""The shipped list of diagnosis codes (domain reference 3.1 to 3.3), and that its tool makes exactly this file."""

from __future__ import annotations

import re
import subprocess
import sys
import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from importlib import metadata
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from massage_claim.errors import Unreadable
from massage_claim.facts.fact_file import FOLDER
from massage_claim.facts.icd10cm import Icd10cm, release_for
from massage_claim.facts.library import facts_on
from massage_claim.models.kinds import Icd10

ROOT = Path(__file__).resolve().parents[2]
PACKAGE, VERSION = "simple-icd-10-cm", "1.5.0"
FACTS = facts_on(date(2026, 3, 20))
LISTED = FACTS.icd10cm
BILLABLE = tuple(LISTED.billable_codes())

OFTEN_WITH_MASSAGE = """
M54.50 M54.51 M54.59 M54.2 M54.6 M54.9 M54.31 M54.32 M54.41 M54.42 M54.12 M54.16 M54.17 M54.81 M79.10 M79.18 M79.11
M79.12 M79.7 M62.830 M62.838 M62.831 G44.209 G44.219 G44.229 G44.86 G43.909 R51.9 S13.4XXA S13.4XXD S13.4XXS S16.1XXA
S16.1XXD S16.1XXS S39.012A S39.012D S39.012S S33.5XXA S33.5XXD S33.5XXS S23.3XXA S23.3XXD S23.3XXS M25.511 M25.512
M75.01 M75.02 M75.41 M75.42 M25.551 M25.552 M25.561 M25.562 M17.11 M17.12 M17.0 M79.601 M79.602 M79.603 M79.604 M79.605
M77.11 M77.12 G56.01 G56.02 G54.0 M72.2 M76.30 I89.0 I97.2 G89.29 G89.4 G89.21 G89.3 M53.0 M53.1 M53.3 M43.6 M99.01
M99.02 M99.03 M99.04 M99.05 R29.3 R25.2 M26.621 M26.622 M26.623 M26.629 M47.812 M47.816 M51.360 M51.362 M96.1 M35.7
Q79.62 Z73.3 F41.9 R52 Z51.89
""".split()


@pytest.mark.parametrize("code", OFTEN_WITH_MASSAGE)
def test_3_3_every_code_met_with_massage_can_be_billed(code: str) -> None:
    assert LISTED.state(code) == "billable"
    assert LISTED.title(code)


@pytest.mark.parametrize("code", ["M54.5", "M79.1", "R51", "M51.36", "M48.06", "M50.32", "M26.60", "M65.9", "G20"])
def test_3_2_every_retired_code_is_a_heading(code: str) -> None:
    assert LISTED.state(code) == "header"
    assert code in FACTS.diagnoses.retired_headers


def test_3_2_the_finer_codes_of_the_facts_are_all_there_are() -> None:
    for header, fact in FACTS.diagnoses.retired_headers.items():
        assert LISTED.state(header) == "header"
        assert sorted(fact.children) == [code for code in BILLABLE if code.startswith(header)]


def test_every_code_that_the_facts_name_is_in_the_list() -> None:
    assert all(LISTED.state(code) == "billable" and LISTED.title(code) for code in FACTS.diagnoses.titles)
    for pair in FACTS.diagnoses.exclusive_pairs:
        for code in (pair.first, *pair.others):
            assert LISTED.state(code) != "unknown", code


def test_3_1_the_syntax_accepts_every_code_of_the_release() -> None:
    assert len(BILLABLE) == len(set(BILLABLE)) == 74_719
    pattern = re.compile(FACTS.identifiers.patterns["icd10cm"].pattern)
    assert all(map(pattern.fullmatch, BILLABLE))
    assert tuple(TypeAdapter(list[Icd10]).validate_python(list(BILLABLE))) == BILLABLE
    classic = re.compile(r"[A-TV-Z][0-9][0-9AB](\.[0-9A-Z]{1,4})?")
    missed = {code for code in BILLABLE if not classic.fullmatch(code)}
    assert len(missed) == 16
    assert {"U07.0", "U07.1", "U09.9", "QA0.0101"} <= missed


def test_the_release_states_what_its_file_holds() -> None:
    release = LISTED.release
    file = FOLDER / release.file
    assert release.name == "ICD-10-CM 2026, release of April 1, 2026"
    assert release.codes == len(BILLABLE)
    assert release.size == file.stat().st_size <= 110_000
    assert release.released.isoformat() in release.file
    assert {path.name for path in FOLDER.glob("*.z")} == {release.file}


def test_what_a_code_is() -> None:
    states = {
        code: LISTED.state(code)
        for code in "M54 m54.50 M5450 S13.4 S13.4XX S13.4XXD S13.4D B20 M54.5O M54.501 Z99.9 X".split()
    }
    assert states == {
        "M54": "header",
        "m54.50": "billable",
        "M5450": "billable",
        "S13.4": "header",
        "S13.4XX": "header",
        "S13.4XXD": "billable",
        "S13.4D": "unknown",
        "B20": "billable",
        "M54.5O": "unknown",
        "M54.501": "unknown",
        "Z99.9": "unknown",
        "X": "unknown",
    }
    assert [LISTED.state(strange) for strange in ("", ".", "M54.(", "M25.519~", "M5\n", "=S13", "M54)")] == [
        "unknown"
    ] * 7


def test_billable_codes_and_states_agree() -> None:
    step = BILLABLE[::37]
    assert all(LISTED.state(code) == "billable" for code in step)
    assert all(LISTED.state(code[:-1].rstrip(".")) == "header" for code in step if len(code) > 3)
    assert all(LISTED.state(f"{code}Q") == "unknown" for code in step if len(code) > 3)


def test_titles() -> None:
    assert LISTED.title("M54.5") == "Low back pain"
    assert LISTED.title("M54.50") == "Low back pain, unspecified"
    assert LISTED.title("S13.4XXD") == "Sprain of ligaments of cervical spine, subsequent encounter"
    assert LISTED.title("S39.012A") == "Strain of muscle, fascia and tendon of lower back, initial encounter"
    assert LISTED.title("G61.0") == "Guillain-Barre syndrome"
    for nothing in ("S13.4XX", "S13.4XXQ", "S13.4D", "M54.5O", "B20", "", "S13.4XX="):
        assert LISTED.title(nothing) is None, nothing
    titled = [code for code in BILLABLE if code[0] in "GMRS"][::211]
    assert all((LISTED.title(code) or "").isprintable() and LISTED.title(code) for code in titled)


def test_the_side_is_missing_only_where_the_list_tells_sides_apart() -> None:
    without = "M54.30 M25.519 M79.609 M79.603 S43.409A S43.409D M26.629 G56.00 M1A.0190 H93.299".split()
    assert [code for code in without if not LISTED.lacks_side(code)] == []
    named = "M54.50 M54.31 M79.10 R10.30 S36.501A S43.401A M25.50 M17.9 G51.31 S13.4XXA M54.5O M25.51".split()
    assert [code for code in named if LISTED.lacks_side(code)] == []


def test_a_missing_filling_x_is_put_in() -> None:
    assert LISTED.filled("S13.4D") == "S13.4XXD"
    assert LISTED.filled("S16.1XA") == "S16.1XXA"
    for code in ("S13.4XXD", "S13.4", "S13.4Q", "M54.5O", "M54.50", "S13", "", "S39.012D"):
        assert LISTED.filled(code) is None, code


def test_which_days_it_covers() -> None:
    days = [date(2025, 9, 30), date(2025, 10, 1), date(2026, 9, 30), date(2026, 10, 1)]
    assert [LISTED.covers(day) for day in days] == [False, True, True, False]
    assert facts_on(date(2031, 1, 1)).icd10cm is facts_on(date(2016, 1, 1)).icd10cm is LISTED
    assert LISTED.earlier.last_day == date(2015, 9, 30)


def test_the_release_of_a_day_is_the_newest_that_covers_it_else_the_nearest() -> None:
    april = LISTED.release
    october = replace(april, name="O", released=date(2025, 10, 1))
    later = replace(april, name="L", released=date(2026, 10, 1), valid_from=date(2026, 10, 1), valid_until=None)
    releases = (later, april, october)
    assert release_for(date(2026, 1, 1), releases) is april
    assert release_for(date(2026, 10, 1), releases) is later
    assert release_for(date(2026, 10, 1), (april, october)) is april
    assert release_for(date(2020, 1, 1), (later, october)) is october


def test_explain_words_are_plain_and_name_no_other_code() -> None:
    assert LISTED.explain_words("m54.5") == (
        "M54.5 (Low back pain) is a heading in the list of diagnosis codes.",
        "A heading cannot be billed. Ask the prescriber for the finer code.",
    )
    assert LISTED.explain_words("M54.50")[0] == "M54.50 (Low back pain, unspecified) is a diagnosis code."
    assert LISTED.explain_words("M54.30")[-1].startswith("It leaves open which side")
    assert LISTED.explain_words("U07.1")[0] == "U07.1 is a diagnosis code."
    assert "not in the list" in LISTED.explain_words("M54.5O")[0]
    for code in ("M54.5", "M54.50", "M54.30", "M54.5O"):
        assert set(re.findall(r"\b[A-Z]\d\w\.\w+", " ".join(LISTED.explain_words(code)))) == {code}


@pytest.mark.parametrize("damage", ["missing", "empty", "cut", "other"])
def test_a_damaged_file_is_a_problem_with_a_next_move(tmp_path: Path, damage: str) -> None:
    good = (FOLDER / LISTED.release.file).read_bytes()
    if damage != "missing":
        bad = {"empty": b"", "cut": good[:-1], "other": bytes(len(good))}[damage]
        (tmp_path / LISTED.release.file).write_bytes(bad)
    with pytest.raises(Unreadable) as caught:
        Icd10cm(LISTED.release, LISTED.earlier, tmp_path).state("M54.50")
    assert caught.value.problems[0].fix.startswith("Install")


# --- the tool


def streams(data: bytes) -> Iterator[bytes]:
    while data:
        stream = zlib.decompressobj()
        yield stream.decompress(data)
        data = stream.unused_data


def test_the_tool_makes_the_committed_file(tmp_path: Path) -> None:
    try:
        found = metadata.version(PACKAGE)
    except metadata.PackageNotFoundError:
        pytest.skip(f"{PACKAGE} is not installed; it only makes the list")
    if found != VERSION:
        pytest.skip(f"{PACKAGE} {found} holds another release than {VERSION}")
    tool = [sys.executable, str(ROOT / "tools" / "make_icd10cm_list.py"), "--out", str(tmp_path)]
    ran = subprocess.run(tool, capture_output=True, text=True, check=True)
    release = LISTED.release
    made, kept = (tmp_path / release.file).read_bytes(), (FOLDER / release.file).read_bytes()
    assert list(streams(made)) == list(streams(kept))
    assert f"codes: {release.codes}, headings: {release.headings}, size: {len(made)}" in ran.stdout
    pairs = sum(len(pair.others) for pair in FACTS.diagnoses.exclusive_pairs)
    assert f"\n{pairs} pairs compared, 0 without a note." in ran.stdout
    if "ng" not in zlib.ZLIB_RUNTIME_VERSION:  # another zlib packs the same content into other bytes
        assert made == kept
