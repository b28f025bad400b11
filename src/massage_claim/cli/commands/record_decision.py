"""`massage-claim record-decision`: what the payer decided, from an EOB or a letter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, NotRequired, TypeAlias, TypedDict

import typer

from massage_claim.cli import syntax
from massage_claim.cli.fields import Entry, form, records
from massage_claim.cli.form import Node, Tree
from massage_claim.cli.json_shapes import Recorded
from massage_claim.errors import Problem, UsageProblem
from massage_claim.models.decision import Decision

if TYPE_CHECKING:
    from massage_claim.actions.result import Result
    from massage_claim.cli.json_shapes import LineVerdict


def _codes(option: str, texts: list[str]) -> Node:
    return syntax.adjustments(texts, ())


def _lines(option: str, texts: list[str]) -> Node:
    return syntax.eob_lines(texts)


class Decided(Recorded):
    """The decision that was written, and what follows from it."""

    lines: NotRequired[
        Annotated[list[LineVerdict], "What to do about each line; not while another record can't be read."]
    ]
    doubts: NotRequired[Annotated[list[str], "What does not fit."]]


class Meanings(TypedDict):
    """With --means ?: the words for what a reason comes down to."""

    meanings: Annotated[dict[str, str], "Each word, and what it means."]


Data: TypeAlias = "Decided | Meanings"
"""What `--json` holds under `data`."""


@records(
    Decision,
    stdin="reason_as_written",
    read={"adjustments": _codes, "lines": _lines},
    reason_code="Reason code: CO-50.",
    line="A line of the EOB: DATE,CODE,BILLED,ALLOWED,DEDUCTIBLE,COINSURANCE,COPAY,PAID,OWES; then its codes: "
    "CO-45=12.00,N362, and units=3.",
)
def record_decision(
    entry: Entry,
    remark: Annotated[list[str] | None, typer.Option(metavar="CODE", help="Remark code: N362. May repeat.")] = None,
    all_lines: Annotated[
        str | None, typer.Option(metavar="same", help="same: the reason codes hold for every line of the claim.")
    ] = None,
    patient: Annotated[
        str | None, typer.Option(metavar="NAME", help="The patient on it; compared with yours, not kept.")
    ] = None,
    member_id: Annotated[
        str | None, typer.Option(metavar="ID", help="The member ID on it; compared with yours, not kept.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Write it down although something does not fit.")] = False,
) -> Result:
    """Write down a decision of the insurer: an EOB, a denial, an appeal's answer.

    Enough: --about, --notice-date, --total-paid and --reason. Without the first two it asks. It checks the sums, compares
    them with the claim, and says for each line what to do. What does not fit is written down only if you confirm it.
    """
    from massage_claim.actions.record.payer_notice import record_decision as action
    from massage_claim.actions.record.payer_notice import refuse, the_open_one
    from massage_claim.calc.eob_doubts import Printed
    from massage_claim.cli.notice_questions import choose, confirm_doubts, the_list

    means = entry.given.pop("means", None)
    chosen = [str(word) for word in means] if isinstance(means, list) else []
    said = bool(chosen)
    if "?" in chosen:
        return the_list()
    if all_lines not in (None, "same"):
        raise UsageProblem(Problem("--all-lines: only one word can stand there.", "Write --all-lines same."))
    if remark:
        codes = entry.given.get("adjustments")
        entry.given["adjustments"] = _with_remarks(codes if isinstance(codes, list) else [], remark)
    open_one = None if entry.given.get("about") or entry.silent else the_open_one(entry.project)

    def reason(tree: Tree) -> Tree:
        if not said and not tree.get("adjustments") and not tree.get("payer_codes"):
            chosen[:] = choose(entry.asker, tree)
        return tree

    tree = entry.fill(form(Decision, today=entry.asker.today, usual={"about": lambda _: open_one}), then=reason)

    def confirm(doubts: tuple[str, ...]) -> None:
        if yes:
            return
        if entry.silent:
            refuse(doubts)
        confirm_doubts(entry.asker, doubts)

    return action(
        entry.project,
        tree,
        options={**entry.options, "adjustments.rarcs": "--remark"},
        means=chosen,
        all_lines=all_lines is not None,
        printed=Printed(patient, None, member_id),
        confirm=confirm,
        dry_run=entry.dry_run,
    )


def _with_remarks(codes: list[Node], remarks: list[str]) -> list[Node]:
    """The remark codes go with the first reason code."""
    first, *rest = codes or [{}]
    group = dict(first) if isinstance(first, dict) else {}
    group["rarcs"] = list[Node](remarks)
    return [group, *rest]
