"""record-decision on a terminal: a reason without codes is matched to plain words, and a doubt is asked about."""

from __future__ import annotations

from pathlib import Path

import pytest

from builders import a_case, a_claim, write_case
from commands import answer, files, terminal
from massage_claim.models.decision import Decision
from massage_claim.store.read import read_case

ON = {"MASSAGE_CLAIM_TODAY": "2026-04-20"}
ANSWERS = {
    "Date on the notice": "2026-04-10",
    "Paid in all": "0.00",
    "Reason as printed": "We need your office notes.",
    "What does the reason come down to": "17",
    "Line: date of service": "2026-03-11",
}


@pytest.mark.parametrize("word", ["yes", "no"])
def test_the_reason_in_plain_words_and_a_line_of_no_visit(tmp_path: Path, word: str) -> None:
    folder = write_case(tmp_path / "case", a_case(claims=(a_claim(),)))
    before = files(folder)
    with terminal("record-decision", "-C", folder, "--about", "2026-03-10", env=ON) as child:
        answer(child, {**ANSWERS, "Is it printed so? Write it down all the same?": word})
        said = " ".join(str(child.before).split())
        child.wait()
        code = child.exitstatus
    if word == "no":
        kept = {name: data for name, data in files(folder).items() if not name.startswith(".started/")}
        assert (code, kept) == (1, before), "only the answers wait"
        assert "Nothing was written down." in said
        return
    assert code == 0
    added = read_case(folder).find(Decision, "2026-04-10")
    assert added is not None
    assert (added.means, added.reason_as_written) == (("documentation_missing",), "We need your office notes.")
    assert "send what is missing. The plan says that the papers do not show the service." in said
