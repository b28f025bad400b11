"""The words of every prompt — help, back, skip, ?, stop — typed once at each question of the guide: none of them is ever kept, and with the answers
typed after them the records are the same.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from builders import a_pdf
from commands import files
from guide_answers_by_hand import BY_THE_PATIENT
from guide_driver import Driven, drive
from massage_claim import yamltext
from massage_claim.models.new_values import texts_of

TRUST = os.environ.get("MASSAGE_CLAIM_TRUST") == "1"
WORDS = ("help", "h", "back", "skip", "?", "stop")


def lay_out(folder: Path) -> Path:
    folder.mkdir()
    for name in ("order", "superbill", "receipt", "denial"):
        (folder / f"{name}.pdf").write_bytes(a_pdf(name))
    return folder


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The records of a run in which help was typed at every question, and nothing else."""
    desk = lay_out(tmp_path_factory.mktemp("words") / "desk")
    done = drive(answers=BY_THE_PATIENT, cwd=desk, replies=once_before("help"))
    assert done.code == 0
    assert done.answered.count("help") > 60
    assert kept_words(desk) == []
    return records(desk)


def records(desk: Path) -> dict[str, bytes]:
    return {name: data for name, data in files(desk / "case").items() if not name.startswith("out/")}


def kept_words(desk: Path) -> list[tuple[str, str]]:
    """Every text of a record that is one of the words."""
    return [
        (name, text)
        for name, data in files(desk).items()
        if name.endswith(".yaml")
        for _, text in texts_of(yamltext.read(data.decode(), name).value)
        if text.strip().casefold() in WORDS
    ]


def once_before(word: str) -> Callable[[str, str], str | None]:
    """The word at each question, then its answer."""
    said = False

    def reply(label: str, seen: str) -> str | None:
        nonlocal said
        said = not said
        return word if said else None

    return reply


def once_back() -> Callable[[str, str], str | None]:
    """The word back at each question; the question before it is taken with Enter, and then the question is answered."""
    waits: list[str] = []
    sent = ""

    def reply(label: str, seen: str) -> str | None:
        nonlocal sent
        if "Do you mean the part of the body?" in seen:
            return ""
        if sent:
            first = "There is no question before" in " ".join(seen.split()) or label == sent
            before, sent = sent, ""
            if first:
                return None
            waits.append(before)
            return ""
        if waits:
            return None if waits.pop() == label else ""
        sent = label
        return "back"

    return reply


@pytest.mark.skipif(not TRUST, reason="one more whole run; set MASSAGE_CLAIM_TRUST=1")
def test_help_at_every_question_changes_nothing(tmp_path: Path, reference: dict[str, bytes]) -> None:
    desk = lay_out(tmp_path / "desk")
    assert drive(answers=BY_THE_PATIENT, cwd=desk).code == 0
    assert records(desk) == reference


def test_back_at_every_question_and_enter_keeps_the_answer_before(tmp_path: Path, reference: dict[str, bytes]) -> None:
    desk = lay_out(tmp_path / "desk")
    done = drive(answers=BY_THE_PATIENT, cwd=desk, replies=once_back())
    assert done.code == 0, done.screen[-800:]
    assert done.answered.count("back") > 60
    assert records(desk) == reference


@pytest.mark.parametrize("word", ["skip", "?"])
def test_what_is_left_open_everywhere_is_kept_nowhere(tmp_path: Path, word: str) -> None:
    desk = lay_out(tmp_path / "desk")
    done = drive(answers=BY_THE_PATIENT, cwd=desk, replies=once_before_unless_taken(word))
    assert done.code == 0, done.screen[-500:]
    assert done.answered.count(word) > 20
    assert kept_words(desk) == []


def once_before_unless_taken(word: str) -> Callable[[str, str], str | None]:
    """The word at each question; its answer only where the question is asked again at once because it is needed."""
    last = ""

    def reply(label: str, seen: str) -> str | None:
        nonlocal last
        again = label == last
        last = "" if again else label
        return None if again else word

    return reply


@pytest.mark.skipif(not TRUST, reason="takes minutes; set MASSAGE_CLAIM_TRUST=1")
def test_stop_at_one_question_after_another_ends_with_the_same_records(
    tmp_path: Path, reference: dict[str, bytes]
) -> None:
    desk = lay_out(tmp_path / "desk")
    runs = 0
    while runs < 400:
        runs += 1
        there = ["case"] if (desk / "case").exists() else []
        count = 0

        def reply(label: str, seen: str) -> str | None:
            nonlocal count
            count += 1
            return "stop" if count > 1 else None

        done: Driven = drive(*there, answers=BY_THE_PATIENT, cwd=desk, replies=reply)
        assert done.code in (0, 1), done.screen[-500:]
        assert kept_words(desk) == []
        if "stop" not in done.answered:
            break
    assert runs > 2
    assert records(desk) == reference
