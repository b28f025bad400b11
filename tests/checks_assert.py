"""What every test of a check says: it is quiet about a case, or it finds one thing in plain words."""

from __future__ import annotations

import re
from datetime import date
from types import ModuleType

from builders import TODAY
from massage_claim.checks import Finding, Severity, run
from massage_claim.facts.library import facts_on
from massage_claim.models.case import Case

VERBS = frozenset(
    "Add Ask Attach Black Call Compare Copy Correct Delete Leave Look Measure Name Report Save Scan Send Tell Type "
    "Write".split()
)
"""The first word of every remedy. Extend it with verbs only."""

LONGEST_SENTENCE = 25
_CODE = re.compile(r"\b(?:\d{5}|[A-Z]\d{2}\.[0-9A-Z]{1,4})\b")


def findings(check: ModuleType, case: Case, today: date = TODAY) -> list[Finding]:
    """What the check finds, each looked at for its wording."""
    found = list(run(check.__name__.rpartition(".")[2], case, facts_on(today), today))
    for finding in found:
        well_said(finding)
    return found


def assert_quiet(check: ModuleType, case: Case, today: date = TODAY) -> None:
    found = findings(check, case, today)
    assert not found, [finding.says for finding in found]


def assert_finds(
    check: ModuleType,
    case: Case,
    words: str,
    *,
    severity: Severity | None = None,
    session: str | None = None,
    where: str | None = None,
    today: date = TODAY,
) -> Finding:
    """Exactly one finding says these words; `session` is the one it must be tied to, without its folder."""
    found = findings(check, case, today)
    matching = [finding for finding in found if words in finding.says]
    assert len(matching) == 1, [finding.says for finding in found]
    (finding,) = matching
    assert severity is None or finding.severity is severity, finding.severity
    assert finding.session == (f"sessions/{session}" if session else None), finding.session
    assert where is None or (finding.where is not None and finding.where.file == where), finding.where
    return finding


def well_said(finding: Finding) -> None:
    """Plain sentences, a remedy that begins with a verb, a place to open, a reason, and no code without words."""
    assert finding.where is not None
    assert finding.because
    assert finding.fix.split()[0] in VERBS, finding.fix
    for text in (finding.says, finding.fix):
        assert text[0].isupper() or text[0].isdigit(), text
        assert text.rstrip()[-1] in ".?", text
        for sentence in re.split(r"(?<=[.?!:])\s+", text):
            assert len(sentence.split()) <= LONGEST_SENTENCE, sentence
    for code in _CODE.finditer(finding.says):
        after, before = finding.says[code.end() :], finding.says[: code.start()]
        assert after.startswith(" (") or "code" in before, finding.says
    assert finding.session is None or finding.session.startswith("sessions/")
