"""What the guide asks for each record of steps 1 to 3: fewer fields than the commands, in plainer words. Data only.

What can be known from the records is not here: who ordered, which condition, which order, the kind of license.
"""

from __future__ import annotations

from collections.abc import Callable

from massage_claim.cli.form import Field, Form, Rows, Tree

Refuse = Callable[[Tree, str], tuple[str, str] | None]


def condition(by_practice: bool, not_later: Refuse) -> Form:
    """What hurts. The patient's own story is for the patient to tell, so the practice is not asked for it."""
    from massage_claim.models.condition import Goal, Limit, Treatment

    begins: Form = (
        Field(path=("name",), option="name", label="What hurts", required=True),
        Field(path=("onset",), option="onset", label="When it began", refuse=not_later),
    )
    if by_practice:
        return begins
    return (
        *begins,
        Field(path=("cause", "text"), option="cause", label="How it began", sentence="In a sentence, in your words."),
        Rows(
            path=("treatments_tried",),
            option="treatments_tried",
            label="treatment",
            block=Treatment,
            fields=(
                Field(path=("what",), option="treatments_tried", label="Tried so far"),
                Field(path=("from",), option="treatments_tried", label="Tried from when"),
                Field(path=("result",), option="treatments_tried", label="What came of it"),
            ),
        ),
        Rows(
            path=("limits",),
            option="limits",
            label="limit",
            block=Limit,
            fields=(
                Field(path=("activity",), option="limits", label="What it stops you from doing"),
                Field(path=("now",), option="limits", label="Possible now"),
                Field(path=("before",), option="limits", label="Possible before it began"),
            ),
        ),
        Rows(
            path=("goals",),
            option="goals",
            label="goal",
            block=Goal,
            fields=(
                Field(path=("measure",), option="goals", label="What should get better"),
                Field(path=("target",), option="goals", label="The value to reach"),
                Field(path=("by",), option="goals", label="By when"),
            ),
        ),
    )


def doctor(refuse_npi: Refuse) -> Form:
    """Who ordered."""
    return (
        Field(path=("name",), option="name", label="Doctor's full name", required=True, sentence="As on the order."),
        Field(
            path=("credential",), option="credential", label="Letters after the doctor's name",
            sentence="Such as MD, DO, DC or NP; they stand on the order.", who="doctor",
        ),
        Field(
            path=("npi",), option="npi", label="Doctor's NPI", who="doctor", refuse=refuse_npi,
            sentence="The ten-digit provider number: on the order, or free to look up at npiregistry.cms.hhs.gov.",
        ),
    )  # fmt: skip


def diagnoses() -> Form:
    """The codes on the order."""
    from massage_claim.models.condition import Diagnosis

    return (
        Rows(
            path=("diagnoses",),
            option="diagnoses",
            label="diagnosis",
            block=Diagnosis,
            fields=(
                Field(path=("code",), option="diagnoses", label="Diagnosis code", who="doctor"),
                Field(path=("words",), option="diagnoses", label="The diagnosis in words", who="doctor"),
            ),
        ),
    )


def order(several_conditions: bool, several_doctors: bool, not_later: Refuse) -> Form:
    """What the signed order says."""
    option = "order"
    named = (
        Field(path=("referring",), option=option, label="Ordered by", folder="providers", required=several_doctors),
        Field(path=("condition",), option=option, label="The condition it is for", folder="conditions"),
    )
    chosen = [field for field, several in zip(named, (several_doctors, several_conditions), strict=True) if several]
    return (
        Field(path=("date",), option=option, label="Date of the order", required=True, who="doctor", refuse=not_later),
        *chosen,
        Field(
            path=("service",),
            option=option,
            label="What is ordered",
            usual=lambda tree: "massage therapy",
            who="doctor",
        ),
        Field(path=("visits",), option=option, label="Visits in all", who="doctor"),
        Field(path=("per_week",), option=option, label="Visits a week", who="doctor"),
        Field(path=("minutes_per_visit",), option=option, label="Minutes a visit", who="doctor"),
        Field(path=("valid_until",), option=option, label="Valid until", who="doctor", refuse=_not_before_the_order),
        Field(path=("regions",), option=option, label="Body regions to treat", many=True, who="doctor"),
        Field(path=("goals",), option=option, label="Goals on the order", many=True, who="doctor"),
    )


def declined(not_later: Refuse) -> Form:
    """A doctor who would not order massage."""
    return (
        Field(path=("on",), option="on", label="When the doctor said no", required=True, refuse=not_later),
        Field(path=("reason",), option="reason", label="Why, and what the doctor advises instead",
              sentence="In a sentence; it stays in your folder."),
    )  # fmt: skip


def therapist(state: str | None, refuse_npi: Refuse) -> Form:
    """Who treats."""
    return (
        Field(path=("name",), option="name", label="Therapist's full name", required=True, who="therapist"),
        Field(
            path=("credential",), option="credential", label="Letters after the therapist's name", who="therapist",
            sentence="Such as LMT; they stand on the bill.",
        ),
        Field(
            path=("npi",), option="npi", label="Therapist's NPI", who="therapist", refuse=refuse_npi,
            sentence="The person's own ten-digit provider number: on the bill, or free to look up at npiregistry.cms.hhs.gov.",
        ),
        Field(
            path=("licence", "number"), option="licence.number", label="License number", who="therapist",
            sentence="On the wall of the office, on the bill, or in the state's public register.",
        ),
        Field(
            path=("licence", "state"), option="licence.state", label="State of the license", who="therapist",
            usual=lambda tree: state,
        ),
        Field(
            path=("network", "status"), option="network.status", label="In the plan's network", who="plan",
            sentence="Does the plan list this therapist? in, out or unknown; look in the plan's directory.",
        ),
    )  # fmt: skip


def practice(refuse_npi: Refuse) -> Form:
    """Who is paid, when that is not the therapist."""
    return (
        Field(
            path=("name",), option="name", label="Practice's legal name", required=True, who="therapist",
            sentence="As on the bill.",
        ),
        Field(
            path=("npi",), option="npi", label="Practice's NPI", who="therapist", refuse=refuse_npi,
            sentence="The practice's own ten-digit number, not the therapist's.",
        ),
    )  # fmt: skip


def paid() -> Form:
    """What a payer needs of whoever is paid."""
    return (
        Field(
            path=("ein",), option="ein", label="EIN", who="therapist",
            sentence="The tax number of the business, on its bill. It is free to get; never a Social Security number.",
        ),
        Field(path=("phone",), option="phone", label="Office phone", who="therapist"),
    )  # fmt: skip


def licence_check(today: str, refuse_date: Refuse, refuse_until: Refuse) -> Form:
    """What the state's register said."""
    return (
        Field(path=("date",), option="date", label="The day you looked", must=True, usual=lambda tree: today,
              refuse=refuse_date),
        Field(path=("where",), option="where", label="Where you looked"),
        Field(path=("valid_until",), option="valid_until", label="License valid until", refuse=refuse_until),
    )  # fmt: skip


def _not_before_the_order(tree: Tree, answer: str) -> tuple[str, str] | None:
    if str(tree.get("date") or "") > answer:
        return "It would end before the order's own date.", "Look at the order again."
    return None
