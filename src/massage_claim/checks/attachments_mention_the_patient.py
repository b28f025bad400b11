"""Statement: attached papers show the patient's name, date of birth and member ID as the records do.

It goes by what was found in the text when the file was examined; a photo or scan without text is not judged. What was
compared with other data than the records hold now is not judged either, but said.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from massage_claim.calc.patient_marks import ADDRESS, BIRTH_DATE, MEMBER_ID, NAME, digest_of, list_spellings
from massage_claim.checks import Ask, Finding, Severity
from massage_claim.command_text import spell
from massage_claim.facts.library import Facts
from massage_claim.models.case import Case
from massage_claim.writing.formats import listed, plural

STEP = "submit"
SEVERITY = Severity.RISKY
WHY = "Claim Adjustment Reason Codes (X12), 31 and 140: the member cannot be identified"

Wanted = tuple[tuple[str, ...], tuple[str, ...], Ask, str]
PAPERS: dict[str, Wanted] = {
    "prescription": ((NAME,), (BIRTH_DATE,), "provider", "order"),
    "letter": ((NAME,), (BIRTH_DATE,), "provider", "doctor's letter"),
    "superbill": ((NAME,), (BIRTH_DATE, MEMBER_ID, ADDRESS), "therapist", "superbill (statement for your insurer)"),
    "authorization": ((NAME,), (MEMBER_ID,), "plan", "plan's approval"),
    "eob": ((NAME,), (MEMBER_ID,), "plan", "decision paper (EOB)"),
    "denial": ((NAME,), (), "plan", "denial letter"),
}
"""Kind of paper → what it must show, what it should show, who can mend it, what a person calls it."""


def check(case: Case, facts: Facts, today: date) -> Iterator[Finding]:
    now = list_spellings(case.patient, case.plan)
    before = []
    for attachment in case.attachments:
        wanted = PAPERS.get(attachment.kind)
        found = attachment.examined or {}
        compared, lacks = found.get("looked_for"), found.get("lacks")
        if wanted is not None and compared not in (None, digest_of(now, attachment.sha256 or "")):
            before.append(attachment)
            continue
        if wanted is None or not isinstance(lacks, Sequence) or isinstance(lacks, str):
            continue
        must, should, ask, paper = wanted
        for labels, severity in ((must, Severity.RISKY), (should, Severity.ADVICE)):
            missing = [label for label in labels if label in lacks]
            if missing:
                yield Finding(
                    says=f"The attached {paper} does not show the patient's {listed(missing, 'or')} as the records do.",
                    fix="Compare the paper with patient.yaml and the insurance card. Ask for a corrected paper if it is wrong.",
                    where=case.where(attachment, "file"),
                    ask=ask,
                    wants=("corrected-paper",),
                    severity=severity,
                )
    if before:
        yield Finding(
            says="The name, birth date, member ID or address in patient.yaml or plan.yaml has changed since "
            f"{plural(len(before), 'attached paper was', 'attached papers were')} compared with it.",
            fix=f"Type `{spell('attach', again=True)}`. It compares them anew, and changes nothing else.",
            where=case.where(before[0], "examined", "looked_for"),
        )
