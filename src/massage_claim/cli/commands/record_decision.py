"""`massage-claim record-decision`: flags or prompts → what the payer decided, from an EOB or a letter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from massage_claim.cli.options import DryRun, Json, NoInput, Project, Quiet
from massage_claim.errors import Problem, UsageProblem

if TYPE_CHECKING:
    from massage_claim.cli.form import Form


def record_decision(
    about: Annotated[str | None, typer.Option(metavar="CLAIM", help="What it decides: claims/2026-01-06.")] = None,
    notice_date: Annotated[str | None, typer.Option(metavar="DATE", help="The date on the notice.")] = None,
    received: Annotated[str | None, typer.Option(metavar="DATE", help="The day it reached you.")] = None,
    total_paid: Annotated[
        str | None, typer.Option(metavar="AMOUNT", help="What the plan paid; 0.00 if nothing.")
    ] = None,
    outcome: Annotated[
        str | None, typer.Option(metavar="WORD", help="paid, partly-paid, denied, unprocessable, upheld …")
    ] = None,
    reason: Annotated[
        str | None, typer.Option(metavar="TEXT", help="The reason word for word; - reads standard input.")
    ] = None,
    reason_code: Annotated[
        list[str] | None, typer.Option(metavar="CODE", help="Reason code: CO-50. May repeat.")
    ] = None,
    remark: Annotated[list[str] | None, typer.Option(metavar="CODE", help="Remark code: N362. May repeat.")] = None,
    payer_code: Annotated[
        list[str] | None, typer.Option(metavar="CODE=TEXT", help="A code of the payer's own. May repeat.")
    ] = None,
    provision: Annotated[
        str | None, typer.Option(metavar="TEXT", help="The plan rule it names, word for word.")
    ] = None,
    notice_element: Annotated[
        list[str] | None, typer.Option(metavar="TEXT", help="Something the notice contains. May repeat.")
    ] = None,
    appeal_by: Annotated[
        str | None, typer.Option(metavar="DATE", help="The last day to appeal, if it says one.")
    ] = None,
    claim_number: Annotated[str | None, typer.Option(metavar="NUMBER", help="The claim number on it.")] = None,
    line: Annotated[
        list[str] | None,
        typer.Option(
            metavar="DATE,CODE,…",
            help="A line of the EOB: DATE,CODE,BILLED,ALLOWED,DEDUCTIBLE,COINSURANCE,COPAY,PAID,OWES; then its codes: "
            "CO-45=12.00,N362, and units=3. May repeat.",
        ),
    ] = None,
    all_lines: Annotated[
        str | None, typer.Option(metavar="same", help="same: the reason codes hold for every line of the claim.")
    ] = None,
    means: Annotated[
        list[str] | None,
        typer.Option(
            metavar="[CODE=]MEANING",
            help="What the reason, or a code of the payer's own, comes down to; ? lists the words. May repeat.",
        ),
    ] = None,
    replaces: Annotated[str | None, typer.Option(metavar="DECISION", help="The decision this one replaces.")] = None,
    scan: Annotated[str | None, typer.Option(metavar="ATTACHMENT", help="The attachment with the notice.")] = None,
    patient: Annotated[
        str | None, typer.Option(metavar="NAME", help="The patient on it; compared with yours, not kept.")
    ] = None,
    member_id: Annotated[
        str | None, typer.Option(metavar="ID", help="The member ID on it; compared with yours, not kept.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Write it down although something does not fit.")] = False,
    project: Project = None,
    as_json: Json = False,
    no_input: NoInput = False,
    quiet: Quiet = False,
    dry_run: DryRun = False,
) -> int:
    """Write down a decision of the insurer: an EOB, a denial, an appeal's answer.

    Enough: --about, --notice-date, --total-paid and --reason. Without the first two it asks. It checks the sums, compares
    them with the claim, and says for each line what to do. What does not fit is written down only if you confirm it.
    """
    from massage_claim.actions.record.notice import record_decision as action
    from massage_claim.actions.record.notice import refuse, the_open_one
    from massage_claim.calc.eob_doubts import Printed
    from massage_claim.cli import ask, show, stdin, syntax
    from massage_claim.cli.form import options_of, texts, tree_of
    from massage_claim.cli.notice_questions import choose, confirm_doubts, the_list
    from massage_claim.cli.recording import asker_for
    from massage_claim.models.decision import Decision

    if means and "?" in means:
        return show.result(the_list(), as_json=as_json, quiet=quiet)
    if all_lines not in (None, "same"):
        raise UsageProblem(Problem("--all-lines: only one word can stand there.", "Write --all-lines same."))
    text = stdin.text_or_standard_input("--reason", reason)
    given = tree_of(
        {
            ("about",): about,
            ("notice_date",): notice_date,
            ("received_date",): received,
            ("total_paid",): total_paid,
            ("outcome",): outcome,
            ("reason_as_written",): text,
            ("adjustments",): syntax.adjustments(reason_code or (), remark or ()),
            ("payer_codes",): syntax.pairs("--payer-code", payer_code or (), "code", "text", "CODE=TEXT"),
            ("plan_provision",): provision,
            ("notice_elements",): texts(notice_element),
            ("appeal_by",): appeal_by,
            ("claim_number",): claim_number,
            ("lines",): syntax.eob_lines(line or ()),
            ("replaces",): replaces,
            ("scan",): scan,
        }
    )
    asker = asker_for(project)
    form = _form(the_open_one(project) if not about and ask.possible(no_input or reason == "-") else None)
    before = dict(given)
    tree = asker.fill(Decision, given, form, no_input=no_input or reason == "-")
    answered = tree.keys() - before.keys()
    chosen = list(means or ())
    if answered and not chosen and not tree.get("adjustments") and not tree.get("payer_codes"):
        chosen = choose(asker, tree)

    def confirm(doubts: tuple[str, ...]) -> None:
        if yes:
            return
        if not ask.possible(no_input or reason == "-"):
            refuse(doubts)
        confirm_doubts(asker, doubts)

    answer = action(
        project,
        tree,
        options={**options_of(form), **_OPTIONS},
        means=chosen,
        all_lines=all_lines is not None,
        printed=Printed(patient, None, member_id),
        confirm=confirm,
        dry_run=dry_run,
    )
    return show.result(asker.with_unknown(answer), as_json=as_json, quiet=quiet)


_OPTIONS = {
    "adjustments.rarcs": "--remark",
    "payer_codes": "--payer-code",
    "notice_elements": "--notice-element",
    "replaces": "--replaces",
    "means": "--means",
}


_OUTCOMES = (
    ("paid", "paid as billed or allowed"),
    ("partly-paid", "partly paid: some lines or amounts were not"),
    ("denied", "denied: nothing was paid"),
    ("unprocessable", "sent back: could not be processed as it was"),
    ("upheld", "appeal lost: the denial stands (upheld)"),
    ("overturned", "appeal won: the denial is taken back (overturned)"),
    ("partly-overturned", "appeal won in part (partly overturned)"),
)


def _form(open_one: str | None = None) -> Form:
    from massage_claim.cli.form import Field, Rows
    from massage_claim.models.decision import Adjustment, DecisionLine

    return (
        Field(
            path=("about",),
            option="--about",
            label="What it decides",
            required=True,
            folder="claims|appeals",
            usual=lambda _: open_one,
        ),
        Field(path=("notice_date",), option="--notice-date", label="Date on the notice", required=True),
        Field(path=("received_date",), option="--received", label="Received on"),
        Field(path=("total_paid",), option="--total-paid", label="Paid in all"),
        Field(
            path=("outcome",),
            option="--outcome",
            label="Outcome",
            sentence="Its number or its word.",
            choices=_OUTCOMES,
        ),
        Field(path=("reason_as_written",), option="--reason", label="Reason as printed"),
        Rows(
            path=("adjustments",),
            option="--reason-code",
            label="reason code",
            block=Adjustment,
            fields=(
                Field(path=("carc",), option="--reason-code", label="Reason code", who="plan"),
                Field(path=("group",), option="--reason-code", label="Group", who="plan"),
                Field(path=("rarcs",), option="--remark", label="Remark codes", many=True, who="plan"),
            ),
        ),
        Field(path=("plan_provision",), option="--provision", label="Plan rule named"),
        Field(path=("appeal_by",), option="--appeal-by", label="Appeal by"),
        Field(path=("claim_number",), option="--claim-number", label="Claim number"),
        Rows(
            path=("lines",),
            option="--line",
            label="line",
            block=DecisionLine,
            fields=tuple(Field(path=(name,), option="--line", label=label) for name, label in _LINE.items()),
        ),
        Field(path=("scan",), option="--scan", label="Scan of the notice", folder="attachments"),
    )


_LINE = {
    "service_date": "Line: date of service",
    "code": "Line: procedure code",
    "billed": "Line: billed",
    "allowed": "Line: allowed",
    "deductible": "Line: deductible",
    "coinsurance": "Line: coinsurance",
    "copay": "Line: copay",
    "paid": "Line: paid",
    "patient_owes": "Line: yours to pay",
}
