"""The shapes that the `--json` output of commands is made of: what stands around each answer, and what several commands share.

Each command's own file declares its `Data`, what it holds under `data`: such a shape, or several with `|` between them. Every
field has its type and one sentence; one that is not always there is `NotRequired`. From here come the schemas, nothing else.
"""

from __future__ import annotations

from typing import Annotated, Literal, NamedTuple, NotRequired, TypeAlias, TypedDict


class Form(NamedTuple):
    """What a text looks like: a format of JSON Schema, or a pattern."""

    format: str | None = None
    pattern: str | None = None


Day: TypeAlias = Annotated[str, Form(format="date")]
Dollars: TypeAlias = Annotated[str, Form(pattern=r"^-?\d+\.\d{2}$")]
"""Dollars and cents, such as 95.00: a text, so that no cent is lost."""
RecordName: TypeAlias = Annotated[str, Form(pattern="^([a-z-]+/)?[^/]+$")]
"""A record's folder and name, such as sessions/2026-01-14; its file has .yaml after it."""
Digest: TypeAlias = Annotated[str, Form(pattern="^[0-9a-f]{64}$")]
Step: TypeAlias = Literal[
    "verify-coverage", "get-prescription", "find-therapist", "keep-records", "submit", "follow-up", "appeal"
]


class Place(TypedDict):
    """Where something stands."""

    file: Annotated[str, "The file, relative to the case; of a file outside of it, as it was named."]
    line: Annotated[int | None, "Its line, from 1."]


class Problem(TypedDict):
    """Why a command ended."""

    says: Annotated[str, "What is wrong, in one sentence."]
    fix: Annotated[str, "The next move."]
    where: Annotated[Place | None, "The file and line it is about."]
    because: Annotated[str | None, "The source of the rule."]


class Finding(Problem):
    """Something that is not ready."""

    check: Annotated[str, "The check that found it."]
    step: Annotated[Step, "The step it belongs to."]
    severity: Annotated[Literal["must fix", "risky", "advice"] | None, "How much it matters."]
    session: Annotated[RecordName | None, "The one visit it is tied to."]


class Answer(TypedDict):
    """What a command answers."""

    format: Annotated[Literal[1], "The version of this object. Within one, keys are only ever added."]
    ok: Annotated[bool, "Whether the exit code is 0."]
    exit: Annotated[Literal[0, 1, 5], "The exit code: 1 not ready, 5 an attachment that can't be used."]
    says: Annotated[list[str], "Sentences for a person."]
    written: Annotated[
        list[str], "The files that were written, relative to the case; those outside of it as they were named."
    ]
    next: Annotated[str | None, "The one next move: a command, or a sentence."]
    notes: Annotated[list[str], "What else is worth knowing."]
    findings: Annotated[list[Finding], "What is not ready."]
    data: Annotated[object, "The same for programs."]


class Failure(TypedDict):
    """Why a command ended without an answer."""

    format: Annotated[Literal[1], "The version of this object. Within one, keys are only ever added."]
    ok: Annotated[Literal[False], "The command did not do what was asked."]
    exit: Annotated[
        Literal[1, 2, 3, 4, 5, 6, 70, 130],
        "The exit code: 1 not ready or not confirmed, 2 usage, 3 unreadable, 4 would overwrite, 5 attachment unusable, "
        "6 cannot write, 70 a mistake of the program, 130 interrupted.",
    ]
    problems: Annotated[list[Problem], "Every reason."]


class Nothing(TypedDict):
    """Nothing besides the sentences."""


class WouldWrite(TypedDict):
    """A record that --dry-run would write."""

    record: Annotated[RecordName, "Its name."]
    content: Annotated[dict[str, object], "Its fields, each value a text, as the schema of its kind tells them."]


class Recorded(TypedDict):
    """The record that was written; with --dry-run the one that would be."""

    record: NotRequired[Annotated[RecordName, "The record that was written."]]
    would_write: NotRequired[Annotated[WouldWrite, "With --dry-run: the record."]]


class Changed(TypedDict):
    """The record that was changed."""

    record: Annotated[RecordName, "The record."]
    went_out: Annotated[list[str], "The papers that went out with it as it was before."]


class Looked(TypedDict):
    """Records of attached files that were looked at anew."""

    records: Annotated[list[RecordName], "Those that changed, or would with --dry-run."]


class Closing(TypedDict):
    """When and why the case was closed."""

    date: Annotated[Day, "The day."]
    reason: Annotated[Literal["paid", "not-covered", "given-up"], "The reason."]


class Copy(TypedDict):
    """A further file beside a packet."""

    file: Annotated[str, "Its name in the packet's folder in out/."]
    form: Annotated[str, "What kind of copy it is."]
    pages: Annotated[int | None, "How many pages it has."]
    bytes: Annotated[int, "How large it is."]


class DueDay(TypedDict):
    """One last day."""

    what: Annotated[str, "Its name for people."]
    kind: Annotated[
        Literal[
            "appeal",
            "external",
            "hearing",
            "keep-benefits",
            "filing",
            "information",
            "decision",
            "follow-up",
            "order",
            "authorization",
            "licence",
            "reassessment",
        ],
        "Which kind of day it is.",
    ]
    about: Annotated[str, "The record it hangs on."]
    date: Annotated[Day, "The last day."]
    recommended: Annotated[Day, "The day to aim at."]
    days_left: Annotated[int, "Days until the last day; negative once it has passed."]
    rule: Annotated[str, "The rule in words."]
    source: Annotated[str, "Where the rule comes from."]
    because: Annotated[str, "How the day was found."]
    legal: Annotated[bool, "Whether it is set by regulation."]
    assumed: Annotated[bool, "Whether it is a cautious reading: ask the plan."]
    command: Annotated[str, "What to do about it."]
    start: Annotated[Day | None, "The day it counts from."]
    event: Annotated[str, "What happened on that day."]
    evidence: Annotated[str, "The record that says so."]
    verified: Annotated[bool, "Whether the rule was read in its source; if not, check with the plan."]
    by_payer: Annotated[bool, "Whether it is the payer who must act by then."]


class LineVerdict(TypedDict):
    """What to do about one line of a decision."""

    line: Annotated[int | None, "Its place in the decision's lines, from 0; null for the whole decision."]
    service_date: Annotated[Day | None, "The date of service."]
    code: Annotated[str | None, "The procedure code."]
    path: Annotated[str, "What to do: correct, appeal, wait, ask …"]
    because: Annotated[list[str], "The reasons in plain words, the deciding one first."]
    codes: Annotated[list[str], "The reason codes as printed."]
    family: Annotated[str | None, "The kind of denial, for the appeal letter."]
    resend: Annotated[str | None, "Of correct: as a replacement, or as a new claim."]
    send_by: Annotated[Day | None, "The last day to appeal."]
    late: Annotated[bool, "Whether that day has passed."]
    ask_on: Annotated[Day | None, "Of wait: the day to ask."]


class Reason(TypedDict):
    """What a verdict rests on."""

    says: Annotated[str, "The reason in words."]
    source: Annotated[str | None, "Who said so, or which rule."]
    where: Annotated[str | None, "File and line of the record that holds it."]


class Way(TypedDict):
    """Another way to get care paid."""

    name: Annotated[str, "Its name."]
    says: Annotated[str, "What it is."]
    source: Annotated[str | None, "Where it comes from."]
    check: Annotated[str | None, "What to check first."]


class Verdict(TypedDict):
    """Where the plan's answers lead."""

    name: Annotated[str, "Its name."]
    title: Annotated[str, "Its name for people."]
    pays: Annotated[Literal["yes", "maybe", "no"], "Whether the plan pays for massage by this therapist."]
    says: Annotated[str, "What it means."]
    because: Annotated[list[Reason], "What it rests on."]
    next_step: Annotated[str, "What to do next."]
    source: Annotated[str, "Where the rule comes from."]
    check: Annotated[str | None, "What to check, where it comes from general knowledge only."]
    provider: Annotated[str, "Who treats, in words."]
    asks: Annotated[list[str], "The questions to ask next, by their names on the call sheet."]
    alternatives: Annotated[list[Way], "Other ways to get care paid."]


class Arithmetic(TypedDict):
    """How an amount was worked out."""

    charged: Annotated[Dollars, "What all visits cost."]
    allowed: Annotated[Dollars, "What the plan would allow."]
    to_deductible: Annotated[Dollars, "What goes to the deductible."]
    copays: Annotated[Dollars, "The copays."]
    share: Annotated[Dollars, "The coinsurance."]
    beyond_limit: Annotated[Dollars, "What lies beyond the plan's limit of visits."]
    paid: Annotated[Dollars, "What the plan would pay."]
    yours: Annotated[Dollars, "What is left to the patient."]


class BothSides(TypedDict):
    """The arithmetic of both ends of the range."""

    low: Annotated[Arithmetic, "Of the lower amount."]
    high: Annotated[Arithmetic, "Of the higher amount."]


class Worth(TypedDict):
    """What the plan would pay."""

    visits: Annotated[int, "How many visits were counted."]
    price: Annotated[Dollars, "The price of a visit."]
    low: Annotated[Dollars, "The least it would pay."]
    high: Annotated[Dollars, "The most it would pay."]
    arithmetic: Annotated[BothSides, "How both were worked out."]
    unknown: Annotated[list[str], "What is not known yet, and widens the range."]


class PaperMade(TypedDict):
    """A paper that was made. Number, version and reprint stand with superbills and receipts of a practice."""

    name: Annotated[str, "The paper's name."]
    about: NotRequired[Annotated[str, "The record it is about, or case."]]
    draft: NotRequired[Annotated[bool, "Whether it is a draft."]]
    number: NotRequired[Annotated[str | None, "Its number, when it was handed out."]]
    version: NotRequired[Annotated[int | None, "1, or more once it was corrected."]]
    reprint: NotRequired[Annotated[bool, "Whether it is a copy of one that was handed out."]]


class PapersMade(TypedDict):
    """The papers that were made or shown."""

    papers: Annotated[list[PaperMade], "Each of them."]
