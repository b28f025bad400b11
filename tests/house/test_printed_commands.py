"""Every command that the program prints is built in one place, and names a command, options and fields that exist."""

from __future__ import annotations

import ast
import contextlib
import re
import shlex
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import typer

from massage_claim.actions.papers.single_paper import find_name
from massage_claim.cli.app import command
from massage_claim.command_text import COMMANDS, WITHOUT_CASE, help_text, in_folder, seen_from, spell
from massage_claim.errors import UsageProblem
from massage_claim.models.field import at
from massage_claim.models.record import Record
from massage_claim.store.folder import RECORD_FOLDERS, SINGLE_FILES, kind_of

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "massage_claim"
WRITTEN_OUT = re.compile(rf"massage-claim (?:(?:{'|'.join(COMMANDS)})(?![\w-])|--|\{{)")
IN_A_TEXT = re.compile(rf"massage-claim ({'|'.join(sorted(COMMANDS, key=len, reverse=True))})(?![\w-])([^`\n]*)")
KINDS = [*RECORD_FOLDERS.values(), *SINGLE_FILES.values()]
A_FIELD = "FIELD"
"""Stands for a field that the person chooses."""


@cache
def params(name: str) -> tuple[Any, ...]:
    app = typer.Typer(add_completion=False, rich_markup_mode=None)
    app.command(name)(command(name))
    return tuple(typer.main.get_command(app).params)  # type: ignore[attr-defined]


def options_of(name: str) -> dict[str, Any]:
    return {
        option: param for param in params(name) for option in (*param.opts, *param.secondary_opts) if option[0] == "-"
    }


def words_of(name: str) -> int:
    """How many words the command takes at most; many for a list of them."""
    arguments = [param for param in params(name) if param.param_type_name == "argument"]
    return sum(99 if param.nargs == -1 else param.nargs for param in arguments)


@cache
def sources() -> tuple[tuple[str, ast.Module], ...]:
    return tuple(
        (path.relative_to(SOURCE).as_posix(), ast.parse(path.read_text(encoding="utf-8")))
        for path in sorted(SOURCE.rglob("*.py"))
    )


def docstrings(tree: ast.Module) -> set[int]:
    """The strings that stand alone as a statement, such as the sentence below a function's or a constant's first line."""
    return {id(one.value) for one in ast.walk(tree) if isinstance(one, ast.Expr)}


def literals(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Every text in the source but docstrings; an f-string whole, with braces where a value comes."""
    silent = docstrings(tree)
    inside: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            inside |= {id(part) for part in node.values}
            yield (
                node.lineno,
                "".join(str(part.value) if isinstance(part, ast.Constant) else "{" for part in node.values),
            )
        elif isinstance(node, ast.Constant) and id(node) not in silent | inside:
            value = node.value.decode("utf-8", "replace") if isinstance(node.value, bytes) else node.value
            if isinstance(value, str):
                yield node.lineno, value


def calls() -> Iterator[tuple[str, ast.Call]]:
    """Every command that is built in the source."""
    for file, tree in sources():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "spell":
                yield f"{file}:{node.lineno}", node


def test_no_command_is_written_out_by_hand() -> None:
    found = [
        f"{file}:{line}: {text}"
        for file, tree in sources()
        if file != "command_text.py"
        for line, text in literals(tree)
        if WRITTEN_OUT.search(text) and not text.startswith("massage-claim {\n")
    ]
    assert not found, "\n".join(found)


def test_values_are_quoted_for_the_shell_in_one_place() -> None:
    found = [
        f"{file}:{node.lineno}"
        for file, tree in sources()
        if file != "command_text.py"
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr == "quote" and getattr(node.value, "id", "") == "shlex"
    ]
    assert not found


def test_every_built_command_and_its_options_exist() -> None:
    built = list(calls())
    assert len(built) > 200
    wrong = [f"{place}: {why}" for place, call in built for why in mistakes(call)]
    assert not wrong, "\n".join(wrong)


def mistakes(call: ast.Call) -> Iterator[str]:
    first = call.args[0]
    if not isinstance(first, ast.Constant):
        return  # one of COMMANDS that is chosen when it runs: spell refuses any other
    name = first.value
    if name not in COMMANDS:
        yield f"there is no command {name}"
        return
    words = call.args[1:]
    if len(words) > words_of(name):
        yield f"{name} takes {words_of(name)} words"
    known = options_of(name)
    for keyword in call.keywords:
        if keyword.arg is None:
            continue
        option = "--" + keyword.arg.rstrip("_").replace("_", "-")
        if option not in known:
            yield f"{name} has no option {option}"
            continue
        given = isinstance(keyword.value, ast.Constant) and keyword.value.value is True
        if given and not known[option].is_flag:
            yield f"{name} {option} needs a value"
        if isinstance(keyword.value, ast.Constant) and isinstance(keyword.value.value, str):
            yield from closed(name, option, keyword.value.value)
        if isinstance(keyword.value, ast.Dict):
            yield from fields(words, keyword.value)
    if name == "paper" and words and isinstance(words[0], ast.Constant) and not is_a_paper(str(words[0].value)):
        yield f"there is no paper {words[0].value}"


def closed(name: str, option: str, value: str) -> Iterator[str]:
    """A word of a fixed list, where the model has one."""
    kinds = {"attach": "attachments", "add-provider": "providers", "log-contact": "contacts"}
    if name not in kinds or value.isupper():
        return
    field = {"role": "roles"}.get(option.removeprefix("--"), option.removeprefix("--").replace("-", "_"))
    found = at(RECORD_FOLDERS[kinds[name]], (field,))
    words = {word for word, _ in found.words} if found is not None else set()
    if words and value not in words:
        yield f"{name} {option} takes no {value}"


def fields(words: list[ast.expr], tree: ast.Dict) -> Iterator[str]:
    kinds = {kind for word in words if (kind := visible_kind(word)) is not None} or set(KINDS)
    for key in tree.keys:
        path = written(key)
        if path != A_FIELD and not any(at(kind, path.split(".")) for kind in kinds):
            yield f"no field {path}"


def visible_kind(word: ast.expr) -> type[Record] | None:
    """The kind of record that is named, where its folder or file stands in the source."""
    name = written(word.value if isinstance(word, ast.Starred) else word)
    return (
        RECORD_FOLDERS.get(name.partition("/")[0]) if "/" in name else kind_of(name) if name in SINGLE_FILES else None
    )


def written(node: ast.expr | None) -> str:
    """What stands in the source; a value that is put in is a 1, as a number in a list."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "1" for part in node.values)
    return ""


@cache
def papers() -> frozenset[str]:
    return frozenset(path.name.removesuffix(".md.j2") for path in (ROOT / "templates").glob("*.md.j2"))


def is_a_paper(name: str) -> bool:
    with contextlib.suppress(UsageProblem):
        return name.isupper() or find_name(name, sorted(papers())) in papers()
    return False


def texts() -> list[Path]:
    """The facts and the papers' words, in which sentences name commands."""
    files = [*(SOURCE / "facts").rglob("*.yaml"), *(ROOT / "templates").rglob("*.j2")]
    return [path for path in sorted(files) if "massage-claim" in path.read_text(encoding="utf-8")]


def helped() -> Iterator[tuple[str, str]]:
    """The help text of each command, which may name others."""
    for name in COMMANDS:
        yield name, "\n".join((command(name).__doc__ or "", *(param.help or "" for param in params(name))))


def test_commands_named_in_facts_and_papers_exist_with_their_options() -> None:
    seen = 0
    wrong = []
    for path in texts():
        for found in IN_A_TEXT.finditer(path.read_text(encoding="utf-8")):
            seen += 1
            wrong += [f"{path.name}: {found[0]}: {why}" for why in mistakes_of_text(found[1], found[2])]
    for name, text in helped():
        for found in IN_A_TEXT.finditer(text):
            wrong += [f"{name} --help: {found[0]}: {why}" for why in mistakes_of_text(found[1], found[2])]
    assert seen > 5
    assert not wrong, "\n".join(wrong)


def test_facts_and_papers_name_no_command_that_does_not_exist() -> None:
    for path in texts():
        for found in re.finditer(r"massage-claim ([a-z-]+)", path.read_text(encoding="utf-8")):
            assert found[1] in COMMANDS, f"{path.name}: {found[0]}"


def mistakes_of_text(name: str, rest: str) -> Iterator[str]:
    """What is wrong with the options that follow in the sentence."""
    known = options_of(name)
    for option in re.findall(r"(?<![\w-])--[a-z-]+", rest):
        if option not in known:
            yield f"{name} has no option {option}"
    first = re.match(r" ([a-z][a-z_-]+)", rest)
    if name == "paper" and first and not is_a_paper(first[1]):
        yield f"there is no paper {first[1]}"


@pytest.mark.parametrize(
    "value", ["plain", "two words", "o'brien", "$HOME", "`id`", "a\nb", "a\\b\t'c'", "--flag", "-", "!x", "é", ""]
)
def test_every_value_comes_back_from_the_shell_as_it_was(value: str, tmp_path: Path) -> None:
    line = spell("log-contact", said=value, about="claims/C 1")
    shown = subprocess.run(
        ["bash", "-c", line.replace("massage-claim", "printf '%s\\0'", 1)], capture_output=True, check=True
    ).stdout.decode()
    words = shown.split("\0")[:-1]
    assert words[0] == "log-contact"
    joined = words[1:] if not value.startswith("-") else [*words[1].split("=", 1), *words[2:]]
    assert joined == ["--said", value, "--about", "claims/C 1"]
    assert "\n" not in line


def test_a_word_that_begins_with_a_dash_is_no_option() -> None:
    assert shlex.split(spell("attach", "-scan.pdf", kind="eob")) == [
        "massage-claim", "attach", "--kind", "eob", "--", "-scan.pdf",
    ]  # fmt: skip


def test_options_are_left_out_repeated_and_mapped() -> None:
    assert spell("appeal", evidence=["A", "B"], draft=False, level=None, letter=True) == (
        "massage-claim appeal --evidence A --evidence B --letter"
    )
    assert spell("edit", "plan", set={"payer": "Blue Sky", "kind": "hmo"}) == (
        "massage-claim edit plan --set 'payer=Blue Sky' --set kind=hmo"
    )
    with pytest.raises(KeyError):
        spell("no-such-command")


def test_the_folder_goes_into_every_command_that_works_on_a_case() -> None:
    for name in COMMANDS:
        shown = seen_from(f"Type `{spell(name)}`, or {help_text()}.", "my case")
        assert (f" {in_folder('my case')}`" in shown) == (name not in WITHOUT_CASE)
        assert seen_from(shown, "my case") == shown
