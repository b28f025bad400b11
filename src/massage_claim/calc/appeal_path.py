"""What to do about a whole decision before anybody writes an appeal: one path for it, the next round, and its last day.

Takes a decision, the case, facts, today and what the person made of the reason; gives an `AppealPath`. Built on the
verdict of each line (`triage`): one line to appeal is enough for an appeal, whatever the others need.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from massage_claim.calc.clocks import Deadline
from massage_claim.calc.last_days import appeal_day
from massage_claim.calc.notice_moves import Path, leading, move_meant
from massage_claim.calc.rounds import EXTERNAL, may_be_reviewed, rounds, ways_on, why_no_way_on
from massage_claim.calc.triage import LineVerdict, triage
from massage_claim.facts.appeal_kinds import AppealLevel
from massage_claim.facts.library import Facts
from massage_claim.frozen import dataclass
from massage_claim.models.case import Case
from massage_claim.models.decision import Decision

_FIRST: tuple[Path, ...] = (
    "appeal",
    "route",
    "correct",
    "send",
    "ask",
    "wait",
    "dead-end",
    "share",
    "as-expected",
)
_OPEN = frozenset({"appeal", "route", "correct", "send", "ask"})


@dataclass(frozen=True, slots=True)
class AppealPath:
    """`rounds`: those that may come next, while a right of appeal lasts; `no_round`: why there is none.

    `resend`, of `correct`: "replacement" or "new". `outside`: False where this kind of
    plan has an outside review of medical questions, and this can never go there.
    `send_by`: of the first of the rounds; `late`: that day has passed. `by_choice`: the reason that was chosen
    decided, not the notice.
    """

    path: Path
    because: tuple[str, ...]
    source: str
    verdicts: tuple[LineVerdict, ...]
    rounds: tuple[AppealLevel, ...]
    no_round: str | None
    resend: str | None = None
    outside: bool = True
    send_by: Deadline | None = None
    late: bool = False
    by_choice: bool = False


def appeal_path(decision: Decision, case: Case, facts: Facts, today: date, chosen: Sequence[str] = ()) -> AppealPath:
    """The path of the whole decision. `chosen`: what its reason comes down to, where the notice's codes do not say it."""
    verdicts = triage(decision, case, facts, today)
    first = min(verdicts, key=lambda one: _FIRST.index(one.path))
    path, because, source, resend = first.path, first.because, first.source, first.resend
    then = facts.on(decision.notice_date)
    known = [word for word in chosen if word in then.denial_families or word in then.other_meanings]
    moves = [move for word in known if (move := move_meant(word, then))]
    by_choice = bool(moves) and path in ("ask", "share", "as-expected")
    if by_choice:
        meant = leading(moves)
        path, because, source = meant.path, (meant.because,), meant.source
        resend = ("new" if meant.new else "replacement") if path == "correct" else None
    ways = ways_on(case, facts, decision) if path in _OPEN else ()
    why = why_no_way_on(case, facts, decision)
    outside = any(one.level == EXTERNAL and one.scope != "any" for one in rounds(case, facts))
    if path == "appeal" and not ways:
        path, because = "dead-end", (why or "", *because)
    last = appeal_day(case, facts, decision, ways[0].level) if ways else None
    return AppealPath(
        path,
        because,
        source,
        verdicts,
        ways,
        why,
        resend,
        not outside or may_be_reviewed(case, facts, decision),
        last,
        last is not None and last.date < today,
        by_choice,
    )
