"""Every message of the bad cases, in one file to be read through: tests/golden/findings.txt.

`MASSAGE_CLAIM_UPDATE_GOLDEN=1` writes it anew.
"""

from __future__ import annotations

import os
from pathlib import Path

from bad_cases import bad_cases
from builders import TODAY, a_case
from checks_assert import well_said
from massage_claim.checks import Finding, all_checks, find
from massage_claim.facts.library import facts_on

GOLDEN = Path(__file__).parents[1] / "golden" / "findings.txt"


def shown(finding: Finding) -> str:
    tied = f" · only {finding.session}" if finding.session else ""
    ask = f" · ask the {finding.ask}" if finding.ask else ""
    return (
        f"{finding.step} · {finding.severity} · {finding.check}{tied}{ask}\n"
        f"  {finding.where}: {finding.says}\n"
        f"  → {finding.fix}\n"
        f"  ({finding.because})\n"
    )


def test_every_message_is_as_reviewed() -> None:
    text = "".join(
        f"# {name}\n\n" + "\n".join(shown(finding) for finding in find(case, facts_on(TODAY), TODAY)) + "\n"
        for name, case in bad_cases().items()
    )
    if os.environ.get("MASSAGE_CLAIM_UPDATE_GOLDEN"):
        GOLDEN.write_text(text, encoding="utf-8")
    assert text == GOLDEN.read_text(encoding="utf-8"), "read the new messages, then set MASSAGE_CLAIM_UPDATE_GOLDEN=1"


def test_every_check_speaks_and_speaks_plainly() -> None:
    found = [finding for case in bad_cases().values() for finding in find(case, facts_on(TODAY), TODAY)]
    for finding in found:
        well_said(finding)
    assert {finding.check for finding in found} == set(all_checks())


def test_nothing_is_said_twice_about_one_case() -> None:
    for name, case in bad_cases().items():
        said = [(finding.says, str(finding.where), finding.session) for finding in find(case, facts_on(TODAY), TODAY)]
        assert len(said) == len(set(said)), name


def test_every_case_is_worse_than_the_good_one() -> None:
    assert not find(a_case(), facts_on(TODAY), TODAY)


def test_worst_first_within_each_step() -> None:
    order = ["must fix", "risky", "advice"]
    for case in bad_cases().values():
        found = find(case, facts_on(TODAY), TODAY)
        by_step: dict[str, list[int]] = {}
        for finding in found:
            by_step.setdefault(finding.step, []).append(order.index(str(finding.severity)))
        assert all(ranks == sorted(ranks) for ranks in by_step.values())
