"""Statement: the records still say what was sent and handed out.

Sessions are compared with the claims and statements as they went out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from massage_claim.calc.decisions import sent_claims
from massage_claim.calc.sendings import without_packet
from massage_claim.checks import Finding, Severity
from massage_claim.command_text import spell
from massage_claim.facts.library import Facts
from massage_claim.models.case import Case
from massage_claim.models.claim import Claim, ServiceLine, Statement
from massage_claim.models.session import Service, Session
from massage_claim.writing.formats import plural

STEP = "submit"
SEVERITY = Severity.RISKY
WHY = "Remittance Advice Remark Codes (X12), N206: the records do not match the claim"


def check(case: Case, facts: Facts, today: date) -> Iterator[Finding]:
    now = {session.record_id: session for session in case.sessions}
    for claim in sent_claims(case):
        changed = [session for session, lines in _by_session(claim.lines).items() if _differs(now.get(session), lines)]
        if changed:
            yield Finding(
                says=f"{plural(len(changed), 'visit was', 'visits were')} changed or deleted after this claim was "
                f"{'written down' if without_packet(claim.submission) else 'sent'}.",
                fix=f"Type `{spell('build-packet', corrects=claim.stem)}` if the claim was wrong; {_otherwise(claim)}.",
                where=case.where(changed[0]) if changed[0] in now else case.where(claim, "lines"),
            )
    for statement in _handed_out(case):
        changed = [name for name, lines in _by_session(statement.lines).items() if _differs(now.get(name), lines)]
        if changed:
            yield Finding(
                says=f"{plural(len(changed), 'visit was', 'visits were')} changed or deleted after "
                f"{statement.paper} {statement.number} was handed out.",
                fix=f"Type `{spell('paper', statement.paper, for_=statement.number)}` for its next version; "
                "otherwise undo the change.",
                where=case.where(changed[0]) if changed[0] in now else case.where(statement, "lines"),
            )


def _otherwise(claim: Claim) -> str:
    """What to do when the claim was right: of one that was sent without this program, its record may have been typed wrong."""
    if without_packet(claim.submission):
        return f"if only its lines were typed wrong, mend them: `{spell('edit', f'claims/{claim.stem}')}`"
    return "otherwise undo the change"


def _handed_out(case: Case) -> list[Statement]:
    """The newest version of each statement that went out alone; one that went with a claim is corrected with it."""
    newest: dict[tuple[str, str], Statement] = {}
    for statement in case.statements:
        key = (statement.paper, statement.number)
        if key not in newest or newest[key].version < statement.version:
            newest[key] = statement
    sent = {line.session for claim in sent_claims(case) for line in claim.lines}
    return [one for one in newest.values() if one.claim is None and not {line.session for line in one.lines} <= sent]


def _by_session(lines: Iterable[ServiceLine]) -> dict[str, list[ServiceLine]]:
    found: dict[str, list[ServiceLine]] = {}
    for line in lines:
        found.setdefault(line.session, []).append(line)
    return found


def _differs(session: Session | None, sent: list[ServiceLine]) -> bool:
    if session is None or len(session.services) != len(sent):
        return True
    return any(_line_differs(session, now, then) for now, then in zip(session.services, sent, strict=True))


def _line_differs(session: Session, now: Service, then: ServiceLine) -> bool:
    units = now.units is not None and now.units != then.units
    same = (session.date, now.code, now.minutes, now.charge, now.modifiers)
    return units or same != (then.date, then.code, then.minutes, then.charge, then.modifiers)
