"""What every command prints with `--json` is what its schema says; and what every record's file says, of its kind."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from builders import ALL_BUILDERS, a_case, a_claim, a_pdf, a_session, write_case
from commands import process, run
from fhir_eobs import an_eob, paid_item, write_eob
from json_schemas import conforming, record_conforms, schema_of
from marked_case import denied_case, practice_case, waiting_case
from massage_claim.calc import due, steps
from massage_claim.checks import Ask, Severity
from massage_claim.cli.app import COMMANDS
from massage_claim.errors import ExitCode
from massage_claim.facts.plans import CoverageQuestion, RouteWords
from massage_claim.journey import STEPS
from massage_claim.models import choices
from massage_claim.models.record import to_tree
from papers import today_is

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = sorted(path.name for path in (ROOT / "examples").iterdir() if path.is_dir())
NO_CASE = {"init", "explain", "schema"}
LOOKS = [
    line.split()
    for line in (
        "status",
        "check",
        "check --step 5",
        "check --ask therapist",
        "check --ask plan",
        "deadlines",
        "deadlines --ics days.ics",
        "list",
        "list sessions",
        "progress",
        "progress --measure pain",
        "expenses --year 2026",
        "paper",
        "paper superbill --preview",
        "paper statement",
        "paper coverage_call_sheet",
        "templates",
        "templates export superbill",
        "guide --dry-run",
        "verify-coverage --call-sheet",
        "verify-coverage --worth --visits 6 --price 95.00",
        "check-licence --compare",
        "log-contact --script",
        "record-decision --means ?",
        "appeal --preview",
        "appeal --draft",
        "appeal --evidence ?",
        "appeal",
        "request-letter --for insurer",
        "request-letter --for hsa --preview",
        "build-packet --draft --max-pages 4",
        "build-packet --preview",
        "build-packet",
        "submit --checklist",
        "submit --date 2026-05-04 --method fax --signed-on-paper",
        "submit --appeal appeals/2026-10-12 --date 2026-10-12 --method fax --signed-on-paper",
        "close --reopen",
        "close --reason paid",
        "close --reopen",
    )
]
"""For any case; what they refuse there is an answer, too."""
RECORDS = (
    "add-session --date 2026-03-19 --service 97124=52:95.00 --paid 95.00 --method card",
    "add-session --date 2026-03-18 --service 97124=52:95.00",
    "add-payment --date 2026-03-19 --amount 850.00 --package 10 --method card",
    "add-payment --use payments/2026-03-19-2 --session sessions/2026-03-18",
    "add-condition --name Knee --onset 2026-01",
    "add-prescription --date 2026-03-02 --referring dr-okoye",
    "add-provider --name Bo --role rendering",
    "check-licence --provider ana-petrova --date 2026-03-19 --result active",
    "verify-coverage --date 2026-03-19 --source call --answer massage_excluded=no",
    "verify-coverage --date 2026-03-19 --source call --answer massage_excluded=yes",
    "add-measure --measure pain --score 4 --date 2026-03-19",
    "add-measure --measure stairs --score 12 --date 2026-03-19",
    "add-measure --diary numb --date 2026-03-19",
    "log-contact --date 2026-03-19 --way call --with plan --said Yes",
    "submit --without-packet --date 2026-03-19 --method mail",
    "edit sessions/2026-03-10 --set place=12 --reason Looked",
    "edit sessions/2026-03-10 sessions/2026-03-17 --set place=11 --reason Looked",
    "edit patient --set name=Somebody",
    "import-sessions --template",
    "import-sessions ROOM/export.csv --yes",
    "attach ROOM/scan.pdf --kind receipt",
    "attach attachments/scan.pdf --again",
    "request-letter --compare attachments/order-2026-03-02 --contains all",
    "import-eob ROOM/eob.json --yes",
    "import-eob ROOM/eob.json --yes",
    "record-decision --about claims/2026-03-10 --notice-date 2026-03-20 --total-paid 0.00 --reason No --reason-code CO-16 "
    "--replaces decisions/2026-03-19 --yes",
    "appeal",
    "undo measures/2026-03-19",
)
"""Each with --dry-run first, then without; ROOM is the folder around the case."""
WRONG = ("2026-13-45", "--no-such-option")


@dataclass
class Answers:
    """What commands answered: the shapes of their data, and which did what was asked, dry and in earnest."""

    shapes: set[tuple[str, str]] = field(default_factory=set)
    dry: set[str] = field(default_factory=set)
    done: set[str] = field(default_factory=set)

    def of(self, folder: Path, lines: Iterable[list[str]]) -> None:
        """Runs each line on the case, which is named by its whole path, from inside it."""
        for name, *words in lines:
            given = [word.replace("ROOM", str(folder.parent)) for word in words]
            ran = run(name, "-C", folder, *given, "--no-input", "--json")
            assert ran.code != 70, ran.out
            answer = ran.json  # it conforms, or this fails
            assert answer["exit"] == ran.code
            assert str(folder) not in ran.out, f"{name}: a path in the answer is relative to the case"
            if "data" in answer:
                self.shapes |= {(name, shape) for shape, schema in shapes_of(name) if schema.is_valid(answer["data"])}
            if answer["ok"]:
                (self.dry if "--dry-run" in words else self.done).add(name)


def shapes_of(name: str) -> Iterator[tuple[str, Draft202012Validator]]:
    """Each shape that the command's data can have, by its name."""
    whole: Any = schema_of(name).schema
    data = whole["$defs"]["Answer"]["properties"]["data"]
    for one in data.get("anyOf", [data]):
        shape = one.get("$ref", "Data").rpartition("/")[2]
        yield shape, schema_of(name).evolve(schema={**one, "$defs": whole["$defs"]})


def every_object(schema: Any) -> Iterator[Any]:
    """Each object with named fields that is anywhere in a schema."""
    if isinstance(schema, dict):
        if "properties" in schema:
            yield schema
        for inner in schema.values():
            yield from every_object(inner)
    elif isinstance(schema, list):
        for inner in schema:
            yield from every_object(inner)


# --- the schemas


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
        assert set(found["required"]) <= set(found["properties"])
        for key, inside in found["properties"].items():
            lifted = "#/$defs/Answer/properties/data" in inside.get("$ref", "")
            assert lifted or re.search(r"[.…]$", inside.get("description", "")), (name, key)
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


def words_of(choice: Any) -> set[str]:
    """The words that a kind of value of a record may be."""
    return {word for mark in choice.__metadata__ for word, _ in getattr(mark, "words", ())}


@pytest.mark.parametrize(
    ("command", "shape", "key", "words"),
    [
        ("check", "Finding", "step", {step.slug for step in STEPS}),
        ("check", "Finding", "severity", {str(one) for one in Severity}),
        ("check", "Letter", "to", set(get_args(Ask))),
        ("check", "Failure", "exit", set(map(int, ExitCode)) - {ExitCode.OK}),
        ("status", "StepState", "state", set(get_args(steps.State))),
        ("deadlines", "DueDay", "kind", set(get_args(due.Kind))),
        ("close", "Closing", "reason", words_of(choices.ClosedBecause)),
        ("appeal", "Built", "level", words_of(choices.AppealLevel)),
        ("request-letter", "Letter", "for", words_of(choices.LetterReader)),
        ("verify-coverage", "Question", "answer", set(get_args(get_type_hints(CoverageQuestion)["answer"]))),
        ("verify-coverage", "Verdict", "pays", set(get_args(get_type_hints(RouteWords)["pays"]))),
    ],
)
def test_the_words_of_an_answer_are_those_that_the_program_knows(
    command: str, shape: str, key: str, words: set[object]
) -> None:
    whole: Any = schema_of(command).schema
    told = whole["$defs"][shape]["properties"][key]["enum"]
    assert set(told) - {None} == words


def test_a_schema_is_the_same_to_the_byte_in_every_run() -> None:
    for words in (["schema", "appeal"], ["schema", "--record", "plan"]):
        outs = {process(*words, env={"PYTHONHASHSEED": seed}).out for seed in ("1", "2")}
        assert len(outs) == 1
        assert json.loads(outs.pop())


# --- what commands answer


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> Answers:
    """Every command on the examples and on cases that were built; each answer conforms, or this fails."""
    found, room = Answers(), tmp_path_factory.mktemp("schemas")
    for example in EXAMPLES:  # each has its own day
        shutil.copytree(ROOT / "examples" / example, room / example)
        found.of(room / example, LOOKS)
    found.of(damaged(room), [["check"], ["build-packet"], ["appeal"]])
    with today_is(date(2026, 5, 4)):
        for number, case in enumerate((a_case(), denied_case(), waiting_case(), practice_case())):
            found.of(write_case(room / str(number), case), LOOKS)
    with today_is(date(2026, 3, 20)):
        sessions = (a_session(), a_session("2026-03-17"))
        folder = write_case(room / "written", a_case(sessions=sessions, claims=(a_claim(sessions[:1]),)))
        (room / "scan.pdf").write_bytes(a_pdf("Receipt"))
        (room / "export.csv").write_text("date,code,minutes,price\n2026-02-03,97124,52,96.00\n", encoding="utf-8")
        write_eob(room, an_eob(paid_item("2026-03-10"), created="2026-03-19"))
        for words in (line.split() for line in RECORDS):
            found.of(folder, [[*words, "--dry-run"], words])
    return found


def damaged(room: Path) -> Path:
    """A denied case that lacks a file, and whose appeal cites a study that is none."""
    folder = room / "damaged"
    shutil.copytree(ROOT / "examples" / "neck_denied_appealed", folder)
    assert run("appeal", "-C", folder, "--no-input").code == 0
    (folder / "attachments" / "order-2026-05-04.pdf").unlink()
    with (folder / "appeals" / "2026-10-12.yaml").open("a", encoding="utf-8") as file:
        file.write("evidence:\n- no-such-study\n")
    return folder


def test_every_command_answers_in_the_shape_of_its_schema(answers: Answers) -> None:
    assert {name for name, _ in answers.shapes} == set(COMMANDS) - NO_CASE
    assert {line.split()[0] for line in RECORDS} - {"appeal"} <= answers.dry & answers.done


def test_every_shape_that_a_command_declares_was_an_answer(answers: Answers) -> None:
    declared = {(name, shape) for name in set(COMMANDS) - NO_CASE for shape, _ in shapes_of(name)}
    in_a_terminal = {("guide", "Asked"), ("guide", "Nothing")}
    assert declared - answers.shapes == in_a_terminal, sorted(declared - answers.shapes)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_that_is_typed_wrongly_refuses_in_the_shape_of_its_schema(name: str) -> None:
    for wrong in WRONG:
        assert run(name, wrong, wrong, "--json").json["ok"] is False


def test_commands_that_need_no_case_answer_in_the_shape_of_their_schema(tmp_path: Path) -> None:
    for words in (
        ["init", tmp_path / "new", "--dry-run"],
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
        assert run(*words, "--no-input", "--json").json["ok"], words


def test_an_answer_that_no_command_gives_does_not_conform() -> None:
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
            conforming(("explain",), {**answer, **change})


# --- the records


def read_as_an_editor(path: Path) -> Any:
    """The file by the rules of YAML 1.2: numbers are numbers, and days are texts."""
    return json.loads(json.dumps(YAML(typ="safe").load(path), default=lambda day: day.isoformat()))


def test_the_files_of_the_examples_and_of_a_new_case_conform(tmp_path: Path) -> None:
    run("init", tmp_path / "new", "--no-input")
    seen = 0
    for folder in (*(ROOT / "examples" / name for name in EXAMPLES), tmp_path / "new"):
        for path in folder.rglob("*.yaml"):
            record_conforms(path.relative_to(folder).with_suffix("").as_posix(), read_as_an_editor(path))
            seen += 1
    assert seen > 100


def test_every_kind_that_was_built_conforms_and_a_misspelt_field_does_not() -> None:
    for kind, build in ALL_BUILDERS.items():
        tree = to_tree(build())  # type: ignore[operator]
        record_conforms(f"{kind.FOLDER}/x", tree)
        with pytest.raises(AssertionError):
            record_conforms(f"{kind.FOLDER}/x", {**tree, "misspelt": "x"})


def test_a_wrong_value_of_a_record_does_not_conform() -> None:
    good = to_tree(a_session())
    for name, value in (
        ("date", "3/10/2026"),
        ("purpose", "fun"),
        ("place", "office"),
        ("pain", {"before": "11"}),
        ("services", [{"code": "97124", "minuts": "52"}]),
        ("note", "one text"),
    ):
        with pytest.raises(AssertionError):
            record_conforms("sessions/2026-03-10", {**good, name: value})
    as_typed = {"place": 11, "price_agreed": 95.0, "pain": {"before": 7, "after": None}}
    record_conforms("sessions/2026-03-10", {**good, **as_typed})
