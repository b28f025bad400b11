"""What to do about each line of a decision: nothing, pay your share, mend the claim, send a paper, ask, appeal, or stop; and
about the decision as a whole.

One verdict for each line of the notice, or one for the whole where it has no lines. Guards come first: a claim that could not
be processed is sent anew, a notice without a right of appeal is not appealed, cost sharing is no denial. A correction stops
no clock, so the day to appeal stays beside it. One line to appeal is enough for an appeal, whatever the others need.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from massage_claim.calc.clocks import Deadline
from massage_claim.calc.eob_arithmetic import share_only
from massage_claim.calc.eob_compare import counted_visit, list_differences
from massage_claim.calc.last_days import appeal_day, next_level
from massage_claim.calc.notice_moves import (
    SHARES,
    WRITE_OFF,
    Move,
    Path,
    choose_leading,
    move_meant,
    move_of,
    spell_code,
    words_of,
)
from massage_claim.calc.rounds import EXTERNAL, LAST, list_rounds, may_be_reviewed, ways_on, why_no_way_on
from massage_claim.calc.route import dead_ends
from massage_claim.facts.appeal_rules import AppealLevel
from massage_claim.facts.denial_reasons import DenialCode
from massage_claim.facts.library import Facts
from massage_claim.frozen import dataclass
from massage_claim.models.appeal import Appeal
from massage_claim.models.case import Case
from massage_claim.models.decision import Adjustment, Decision, DecisionLine

KEPT = "193"
"""The reason code of a decision that was looked at again and kept."""
NOTHING_SAID = "The notice gives no reason that is written down here."
_RIGHT_STAYS = frozenset({"correct", "send", "route", "ask", "appeal"})
_NO_RIGHT = "The notice says that it can't be appealed."


@dataclass(frozen=True, slots=True)
class LineVerdict:
    """`line`: its place in the decision's lines, from 0; None for the whole decision.

    `because`: the reasons in our own words, the deciding one first; `codes` as printed; `family`: of the appeal letter.
    `resend`, of `correct`: "replacement" or "new" (a new claim). `look`: read the plan's own page first. `ask_on`, of
    `wait`: the day to ask. `send_by`: the day to appeal while that right lasts, beside a correction too; `late`: it
    has passed.
    """

    line: int | None
    service_date: date | None
    code: str | None
    path: Path
    because: tuple[str, ...]
    codes: tuple[str, ...] = ()
    family: str | None = None
    resend: str | None = None
    look: bool = False
    send_by: Deadline | None = None
    late: bool = False
    ask_on: date | None = None
    source: str = ""


def triage(decision: Decision, case: Case, facts: Facts, today: date) -> tuple[LineVerdict, ...]:
    """One verdict for each line of the notice, in its order; or one for the whole when it has none."""
    facts = facts.on(today)
    found = [
        _settled(one, decision, case, facts, today)
        for one in (
            [_of_line(decision, n, case, facts) for n in range(len(decision.lines))]
            or [_of_whole(decision, case, facts)]
        )
    ]
    return tuple(found)


def no_appeal(decision: Decision, facts: Facts) -> bool:
    """Whether the notice itself says that it can't be appealed (remark codes such as N211)."""
    return any(code.guard == "no-appeal" and code.action == "dead-end" for code in _remarks(decision, facts))


def unprocessable(decision: Decision, facts: Facts) -> bool:
    """Whether the claim was sent back undecided (MA130, or so it was written down): there is nothing to appeal."""
    if decision.outcome == "unprocessable":
        return True
    if any(code.guard == "no-appeal" and code.action == "fix" for code in _remarks(decision, facts)):
        return True
    meant = (facts.other_meanings.get(word) for word in decision.all_meanings())
    return any(one is not None and one.guard == "no-appeal" for one in meant)


def _remarks(decision: Decision, facts: Facts) -> Iterator[DenialCode]:
    then = facts.on(decision.notice_date).denial_codes
    words = [rarc for item in decision.all_adjustments() for rarc in item.rarcs]
    for word in (*words, *(one.code for one in decision.payer_codes)):
        if code := then.rarc(word):
            yield code


def _of_line(decision: Decision, number: int, case: Case, facts: Facts) -> LineVerdict:
    line, then = decision.lines[number], facts.on(decision.notice_date)
    items = line.adjustments or _of_the_whole(decision, line)
    base = LineVerdict(number, line.service_date, line.code, "ask", (), _codes(items))
    moves = [move for item in items if (move := move_of(item, then))]
    if not moves and not _paid(line) and not share_only(line) and not _only_shares(items):
        moves = [move for word in decision.all_meanings() if (move := move_meant(word, then))]
        if not moves and decision.all_meanings():
            return replace(base, path="share", because=_meant_words(decision, then))
        moves = moves or _kept(decision, case, then)
    if moves:
        return _moved(base, moves, _counted(case, line, moves))
    words = tuple(word for item in items for word in words_of(item, then))
    if line.paid is None and not items:
        return replace(base, because=("What was paid on this line is not written down.",))
    if not _paid(line) and not share_only(line) and not _only_shares(items):
        return replace(base, because=(NOTHING_SAID, *words))
    differing = tuple(one.words for one in list_differences(case, decision, line))
    if differing:
        return replace(base, because=differing, family="wrong_benefit_or_share")
    return replace(base, path="as-expected" if _paid(line) else "share", because=words)


def _of_whole(decision: Decision, case: Case, facts: Facts) -> LineVerdict:
    then, items = facts.on(decision.notice_date), decision.adjustments
    base = LineVerdict(None, None, None, "ask", (), _codes(items))
    moves = [move for item in items if (move := move_of(item, then))]
    moves += [move for word in decision.all_meanings() if (move := move_meant(word, then))]
    words = tuple(word for item in items for word in words_of(item, then))
    if decision.outcome == "overturned":
        return replace(base, path="as-expected", because=words)
    moves = moves or _kept(decision, case, then)
    if moves:
        return _moved(base, moves, ())
    if (_only_shares(items) or decision.all_meanings()) and not decision.total_paid:
        return replace(base, path="share", because=words or _meant_words(decision, then))
    if decision.total_paid and decision.outcome in (None, "paid"):
        return replace(base, path="as-expected", because=words)
    if decision.total_paid is None and decision.outcome == "paid":
        return replace(base, because=("How much was paid is not written down.", *words))
    return replace(base, because=(NOTHING_SAID, *words))


def _moved(base: LineVerdict, moves: Sequence[Move], counted: tuple[str, ...]) -> LineVerdict:
    first = choose_leading(moves)
    words = dict.fromkeys((first.because, *counted, *(move.because for move in moves)))
    resend = None
    if first.path == "correct":
        resend = "new" if any(move.new for move in moves) else "replacement"
    return replace(
        base,
        path=first.path,
        because=tuple(words),
        family=first.family,
        resend=resend,
        look=first.look,
        source=first.source,
    )


def _settled(found: LineVerdict, decision: Decision, case: Case, facts: Facts, today: date) -> LineVerdict:
    """The verdict after the guards of the whole notice and the plan, with its days."""
    if found.path in ("as-expected", "share"):
        return found
    if found.path == "wait":
        after = timedelta(days=facts.choices["ask-again"].amount)
        return replace(found, ask_on=decision.notice_date + after)
    if unprocessable(decision, facts):
        found = replace(found, path="correct", resend="new", look=False)
    stopped = next(iter(dead_ends(case, facts)), None)
    if stopped is not None and found.path in ("appeal", "ask"):
        return replace(found, path="dead-end", because=(stopped.says, *found.because), source=str(stopped.source))
    level = next_level(case, decision)
    if no_appeal(decision, facts) or level is None:
        why = _NO_RIGHT if level is not None else why_no_way_on(case, facts, decision) or LAST
        return replace(found, path="dead-end", because=(why, *found.because)) if found.path == "appeal" else found
    if found.path == "appeal" and decision.outcome == "overturned":
        return replace(found, path="as-expected")
    if found.path not in _RIGHT_STAYS:
        return found
    due = appeal_day(case, facts, decision, level)
    return replace(found, send_by=due, late=due is not None and due.date < today)


def _counted(case: Case, line: DecisionLine, moves: Sequence[Move]) -> tuple[str, ...]:
    """Where the plan says that visits are used up: our own count of them."""
    if not any(move.family == "visit_limit_miscounted" for move in moves):
        return ()
    own = counted_visit(case, line.service_date)
    return (f"By your records it was visit {own[0]} of {own[1]} in that plan year.",) if own else ()


def _of_the_whole(decision: Decision, line: DecisionLine) -> tuple[Adjustment, ...]:
    """Codes that stand for the whole notice count for a line that has none and was not paid."""
    return () if _paid(line) or share_only(line) else decision.adjustments


def _kept(decision: Decision, case: Case, facts: Facts) -> list[Move]:
    """An appeal that the plan refused without a new reason: the reasons that the appeal answered go on."""
    appeal = case.find(Appeal, decision.about) if decision.about.startswith(f"{Appeal.FOLDER}/") else None
    again = facts.denial_codes.carc(KEPT)
    if appeal is None or again is None or decision.outcome not in ("upheld", "partly-overturned"):
        return []
    family = next((reason for reason in appeal.reasons if reason in facts.denial_families), None)
    return [Move("appeal", again.words, None, family, source=str(again.source))]


def _codes(items: Sequence[Adjustment]) -> tuple[str, ...]:
    shown = [code for item in items for code in (spell_code(item), *item.rarcs) if code]
    return tuple(dict.fromkeys(shown))


def _meant_words(decision: Decision, facts: Facts) -> tuple[str, ...]:
    return tuple(facts.other_meanings[word].words for word in decision.all_meanings() if word in facts.other_meanings)


def _only_shares(items: Sequence[Adjustment]) -> bool:
    """Whether the codes only share or inform, at least one of them a share."""
    kinds = {item.carc for item in items}
    return bool(kinds & SHARES) and kinds <= SHARES | {WRITE_OFF}


def _paid(line: DecisionLine) -> bool:
    return line.paid is not None and line.paid > Decimal(0)


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


def find_path(decision: Decision, case: Case, facts: Facts, today: date, chosen: Sequence[str] = ()) -> AppealPath:
    """The path of the whole decision. `chosen`: what its reason comes down to, where the notice's codes do not say it."""
    verdicts = triage(decision, case, facts, today)
    first = min(verdicts, key=lambda one: _FIRST.index(one.path))
    path, because, source, resend = first.path, first.because, first.source, first.resend
    then = facts.on(decision.notice_date)
    known = [word for word in chosen if word in then.denial_families or word in then.other_meanings]
    moves = [move for word in known if (move := move_meant(word, then))]
    by_choice = bool(moves) and path in ("ask", "share", "as-expected")
    if by_choice:
        meant = choose_leading(moves)
        path, because, source = meant.path, (meant.because,), meant.source
        resend = ("new" if meant.new else "replacement") if path == "correct" else None
    ways = ways_on(case, facts, decision) if path in _OPEN else ()
    why = why_no_way_on(case, facts, decision)
    outside = any(one.level == EXTERNAL and one.scope != "any" for one in list_rounds(case, facts))
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
