"""What every command prints with `--json` is what its schema says; and what every record's file says, of its kind."""

from __future__ import annotations

import copy
import json
import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from builders import ALL_BUILDERS, a_case, a_claim, a_pdf, a_session, write_case
from commands import process, run
from fhir_eobs import an_eob, paid_item, write_eob
from json_schemas import conforming, record_conforms, schema_of
from marked_case import denied_case, practice_case, waiting_case
from massage_claim.cli.app import COMMANDS
from massage_claim.models.record import to_tree
from papers import today_is

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = sorted(path.name for path in (ROOT / "examples").iterdir() if path.is_dir())
LOOKS = (
    ["status"],
    ["check"],
    ["check", "--step", "5"],
    ["check", "--ask", "therapist"],
    ["check", "--ask", "plan"],
    ["deadlines"],
    ["deadlines", "--ics", "days.ics"],
    ["progress"],
    ["progress", "--measure", "pain"],
    ["expenses", "--year", "2026"],
    ["paper"],
    ["paper", "superbill", "--preview"],
    ["paper", "statement"],
    ["paper", "coverage_call_sheet"],
    ["templates"],
    ["templates", "export", "superbill"],
    ["guide", "--dry-run"],
    ["verify-coverage", "--call-sheet"],
    ["verify-coverage", "--worth", "--visits", "6", "--price", "95.00"],
    ["check-licence", "--compare"],
    ["log-contact", "--script"],
    ["record-decision", "--means", "?"],
    ["appeal"],
    ["appeal", "--preview"],
    ["appeal", "--draft"],
    ["appeal", "--evidence", "?"],
    ["request-letter", "--for", "insurer"],
    ["request-letter", "--for", "hsa", "--preview"],
    ["build-packet"],
    ["build-packet", "--draft", "--max-pages", "4"],
    ["build-packet", "--preview"],
    ["submit", "--checklist"],
    ["submit", "--date", "2026-03-20", "--method", "fax", "--signed-on-paper"],
    ["close", "--reopen"],
    ["close", "--reason", "paid"],
)
"""Commands on any case; what they refuse is an answer, too."""
RECORDS = (
    "add-session --date 2026-03-19 --service 97124=52:95.00 --paid 95.00 --method card",
    "add-session --date 2026-03-18 --service 97124=52:95.00",
    "add-payment --date 2026-03-19 --amount 850.00 --package 10 --method card",
    "add-payment --use 2026-03-19 --session sessions/2026-03-18",
    "add-condition --name Knee --onset 2026-01",
    "add-prescription --date 2026-03-02 --referring dr-okoye",
    "add-provider --name Bo --role rendering",
    "check-licence --provider ana-petrova --date 2026-03-19 --result active",
    "verify-coverage --date 2026-03-19 --source call --answer massage_covered=yes",
    "verify-coverage --date 2026-03-19 --source call --answer massage_covered=no",
    "add-measure --measure pain --score 4 --date 2026-03-19",
    "add-measure --measure stairs --score 12 --date 2026-03-19",
    "add-measure --diary numb --date 2026-03-19",
    "log-contact --date 2026-03-19 --way call --with plan --said Yes",
    "record-decision --about claims/2026-03-10 --notice-date 2026-03-18 --total-paid 0.00 --reason No --reason-code CO-50 --yes",
    "submit --without-packet --date 2026-03-19 --method mail",
    "edit sessions/2026-03-10 --set place=12 --reason Looked",
    "edit sessions/2026-03-10 sessions/2026-03-17 --set place=11 --reason Looked",
    "edit patient --set name=Somebody",
    "import-sessions --template",
)
NOT_ENOUGH = ("2026-13-45", "--no-such-option")


@pytest.fixture(scope="module", autouse=True)
def today() -> Iterator[None]:
    with today_is(date(2026, 3, 20)):
        yield


def answered(name: str, folder: Path, *more: object) -> Any:
    """The answer of a command on a case, named by its whole path, from inside it."""
    ran = run(name, "-C", folder, *more, "--no-input", "--json")
    assert ran.code != 70, ran.out
    answer = ran.json
    assert answer["exit"] == ran.code
    assert str(folder) not in ran.out or "--ics" in more, "a path in the answer is relative to the case"
    return answer


def every_object(schema: Any) -> Iterator[Any]:
    if isinstance(schema, dict):
        if "properties" in schema:
            yield schema
        for inner in schema.values():
            yield from every_object(inner)
    elif isinstance(schema, list):
        for inner in schema:
            yield from every_object(inner)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_has_a_schema_with_a_sentence_for_each_field(name: str) -> None:
    ran = run("schema", name)
    schema = json.loads(ran.out)
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["description"].endswith(".")
    assert ran.out == json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
    for found in every_object(schema):
        assert found["additionalProperties"] is False
        for field, inside in found["properties"].items():
            told = inside.get("description", "") or ("#/$defs/Answer/properties/data" in inside.get("$ref", ""))
            assert told is True or re.search(r"[.…]$", told), (name, field)
        assert set(found["required"]) <= set(found["properties"])
    assert run("schema", name, "--json").json["data"]["schema"] == schema


def test_the_list_names_every_command_and_every_kind_of_record() -> None:
    assert run("schema").out.splitlines()[: len(COMMANDS)] == list(COMMANDS)
    listed = run("schema", "--json").json["data"]
    assert listed["commands"] == list(COMMANDS)
    assert {"case", "patient", "plan", "session", "licence-check"} <= set(listed["records"])
    for kind in listed["records"]:
        schema = json.loads(run("schema", "--record", kind).out)
        Draft202012Validator.check_schema(schema)
        for found in every_object(schema):
            assert found["additionalProperties"] is False
            assert all(inside["description"] for inside in found["properties"].values())


def test_what_has_no_schema_is_refused_with_what_is_near() -> None:
    for words, near in (
        (["schema", "stauts"], "status"),
        (["schema", "--record", "sesion"], "session"),
        (["schema", "status", "--record", "plan"], "two"),
    ):
        ran = run(*words)
        assert (ran.code, ran.out) == (2, "")
        assert near in ran.err


def test_a_schema_is_the_same_to_the_byte_in_every_run() -> None:
    for words in (["schema", "appeal"], ["schema", "--record", "plan"]):
        outs = {process(*words, env={"PYTHONHASHSEED": seed}).out for seed in ("1", "2")}
        assert len(outs) == 1


def test_the_schema_refuses_what_no_command_prints() -> None:
    answer = run("explain", "CO-50", "--json").json
    for change in (
        {"more": 1},
        {"data": {}},
        {"data": {"meanings": [{"kind": "word"}]}},
        {"exit": 70},
        {"next": 3},
        {"findings": [{}]},
    ):
        with pytest.raises(AssertionError):
            conforming(("explain",), {**copy.deepcopy(answer), **change})


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_command_conforms_on_an_example(example: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples" / example, tmp_path / "case")
    for words in LOOKS:
        answered(*split(words, tmp_path / "case"))


@pytest.mark.parametrize("case", [a_case, denied_case, waiting_case, practice_case])
def test_every_command_conforms_on_a_case_that_was_built(case: Any, tmp_path: Path) -> None:
    folder = write_case(tmp_path / "case", case())
    for words in LOOKS:
        answered(*split(words, folder))


def split(words: list[str], folder: Path) -> list[Any]:
    return [words[0], folder, *(folder / word if word.endswith(".ics") else word for word in words[1:])]


def test_every_recording_command_conforms_written_dry_and_refused(tmp_path: Path) -> None:
    sessions = (a_session(), a_session("2026-03-17"))
    folder = write_case(tmp_path / "case", a_case(sessions=sessions, claims=(a_claim(sessions[:1]),)))
    (tmp_path / "scan.pdf").write_bytes(a_pdf("Receipt"))
    (tmp_path / "export.csv").write_text("date,code,minutes,price\n2026-02-03,97124,52,96.00\n", encoding="utf-8")
    eob = write_eob(tmp_path, an_eob(paid_item("2026-03-10", "97124")))
    lines = [line.split() for line in RECORDS]
    lines += [
        ["attach", str(tmp_path / "scan.pdf"), "--kind", "receipt"],
        ["attach", str(folder / "attachments" / "scan.pdf"), "--again"],
        ["request-letter", "--compare", "attachments/scan", "--contains", "all"],
        ["import-sessions", str(tmp_path / "export.csv"), "--yes"],
        ["import-eob", str(eob), "--yes"],
        ["import-eob", str(eob), "--yes"],
    ]
    ended = {}
    for words in lines:
        for more in (["--dry-run"], []):
            answer = answered(words[0], folder, *words[1:], *more)
            if answer["ok"]:
                ended.setdefault(words[0], set()).add(bool(more))
    assert {name for name, how in ended.items() if how == {True, False}} >= {words[0] for words in lines} - {
        "request-letter",
    }
    for name in COMMANDS:
        for wrong in NOT_ENOUGH:
            assert run(name, wrong, wrong, "--json").json["ok"] is False


def test_init_explain_and_schema_conform(tmp_path: Path) -> None:
    for words in (
        ["init", tmp_path / "new"],
        ["init", tmp_path / "copy", "--example", EXAMPLES[0]],
        ["explain", "CO-50"],
        ["explain", "deductible"],
        ["explain", "M54.50"],
        ["explain", "OH"],
        ["schema"],
        ["schema", "schema"],
        ["schema", "--record", "plan"],
    ):
        dry = ["--dry-run"] if words[0] == "init" else []
        assert run(*words, *dry, "--no-input", "--json").json["ok"]
        assert run(*words, "--no-input", "--json").json["ok"]
        assert run(words[0], "--json", "--nothing").json["exit"] == 2


# --- the records


def as_an_editor_reads(path: Path) -> Any:
    """The file by the rules of YAML 1.2: numbers are numbers, and days are texts."""
    return json.loads(json.dumps(YAML(typ="safe").load(path), default=lambda day: day.isoformat()))


def test_the_files_of_the_examples_and_a_new_case_conform(tmp_path: Path) -> None:
    run("init", tmp_path / "new", "--no-input")
    seen = 0
    for folder in (*(ROOT / "examples" / name for name in EXAMPLES), tmp_path / "new"):
        for path in folder.rglob("*.yaml"):
            record = path.relative_to(folder).with_suffix("").as_posix()
            record_conforms(record, as_an_editor_reads(path))
            seen += 1
    assert seen > 100


def test_every_kind_that_was_built_conforms_and_a_misspelt_field_does_not() -> None:
    for kind, build in ALL_BUILDERS.items():
        record: Any = build()
        record_conforms(f"{kind.FOLDER}/x", to_tree(record))
        with pytest.raises(AssertionError):
            record_conforms(f"{kind.FOLDER}/x", {**to_tree(record), "misspelt": "x"})


def test_a_wrong_value_of_a_record_is_seen() -> None:
    good = to_tree(a_session())
    for field, value in (
        ("date", "3/10/2026"),
        ("purpose", "fun"),
        ("place", "office"),
        ("pain", {"before": "11"}),
        ("services", [{"code": "97124", "minuts": "52"}]),
        ("note", "one text"),
    ):
        with pytest.raises(AssertionError):
            record_conforms("sessions/2026-03-10", {**good, field: value})
    record_conforms(
        "sessions/2026-03-10", {**good, "place": 11, "price_agreed": 95.0, "pain": {"before": 7, "after": None}}
    )


def test_each_schema_is_compiled_once() -> None:
    assert schema_of("status") is schema_of("status")
