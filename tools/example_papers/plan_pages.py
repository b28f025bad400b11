"""Pages of the payer's own: its medical policy and its plan booklet. Takes a case, gives PDFs with text."""

from __future__ import annotations

from example_papers import wording
from example_papers.paper import TextPages
from massage_claim.models.case import Case


def policy(case: Case, stem: str) -> bytes:
    """The payer's own policy, with number and date, as downloaded."""
    page, paper = TextPages(wording.attachment(case, stem).title or ""), wording.attachment(case, stem)
    page.text(60, 64, case.plan.payer or "", 14, "bold")
    page.text(60, 88, "Medical policy MP-114: Massage Therapy", 13, "bold")
    y = page.fields(
        60,
        112,
        [
            ("Policy number", "MP-114"),
            ("In force from", wording.long(paper.date)),
            ("Last reviewed", "November 12, 2025"),
            ("Applies to", case.plan.plan_name or ""),
        ],
        100,
        10,
    )
    page.text(60, y + 14, "Medical necessity criteria", 11.5, "bold")
    y = page.paragraph(60, y + 34, 490, "Massage therapy is medically necessary when all of these are met:", 10.5) + 4
    for number, rule in enumerate(
        [
            "A doctor or nurse practitioner ordered it before the first visit for a diagnosed condition of muscles, joints or "
            "nerves, with the number of visits.",
            "A limit in daily activity was measured with a recognized questionnaire before the first visit.",
            "At least one other treatment was tried for four weeks or longer without enough result.",
            "The limit was measured again at least every six visits, and the measure shows improvement beyond the "
            "questionnaire's own error.",
            "The treatment has goals and an end date, and is given by a licensed therapist.",
        ],
        1,
    ):
        page.text(64, y, f"{number}.", 10.5)
        y = page.paragraph(82, y, 468, rule, 10.5) + 4
    page.text(60, y + 14, "Not medically necessary", 11.5, "bold")
    y = page.paragraph(
        60, y + 34, 490, "Massage for general well-being, and massage that only keeps up what was reached.", 10.5
    )
    page.text(60, y + 14, "Codes", 11.5, "bold")
    page.paragraph(60, y + 34, 490, "97124, in units of 15 minutes, up to four units on one day.", 10.5)
    page.text(306, 750, "MP-114 · page 1 of 1", 9, align="center")
    return page.done()


def booklet(case: Case, stem: str) -> bytes:
    """The page of the plan booklet about massage: what it pays, or that it does not."""
    page, plan, rules = TextPages(wording.attachment(case, stem).title or ""), case.plan, case.plan.rules
    number = stem.rpartition("-")[2]
    page.text(60, 58, f"{plan.payer} · {plan.plan_name}", 9.5)
    page.text(552, 58, f"Plan booklet {case.coverage[0].date.year}", 9.5, align="right")
    page.line(60, 66, 552, 66)
    parts: list[tuple[str, str]]
    if rules.massage_covered and rules.massage_covered.value:
        claims, appeals = rules.claims_address, rules.appeals_address
        answers = case.coverage[0].answers
        parts = [
            (
                "Massage therapy",
                f"We pay for massage therapy by a licensed massage therapist when a doctor or another prescriber ordered it "
                f"before the first visit. Limit: {answers['visit_limit']} visits in a calendar year. The limit is not shared with "
                "physical therapy. Prior authorization is not needed.",
            ),
            (
                "Your share",
                f"In the network: $30.00 for each visit. Outside the network: after the deductible of ${answers['deductible']}, you pay "
                f"{answers['coinsurance']} % of the allowed amount, and anything above it.",
            ),
            (
                "Time limit for filing claims",
                f"A claim must reach us within {rules.filing_limit.days if rules.filing_limit else ''} days after the visit. Send an "
                "itemized statement to: "
                + ", ".join([claims.department or "", *wording.address(claims.address)] if claims else [])
                + ".",
            ),
            (
                "If you disagree",
                f"Appeal within {rules.appeal_limit.days if rules.appeal_limit else ''} days after you received our notice, to: "
                + ", ".join([appeals.department or "", *wording.address(appeals.address)] if appeals else [])
                + f", or by fax to {rules.appeals_fax.value if rules.appeals_fax else ''}.",
            ),
        ]
        chapter = "Rehabilitation and other therapies"
    else:
        parts = [
            ("29. Items for comfort or convenience", "Such as air cleaners, humidifiers and exercise machines."),
            ("30. Long-term care", "Care that mainly helps with daily living and needs no trained staff."),
            (
                "31. Massage therapy",
                "Massage therapy, whoever provides it and whatever the diagnosis, including code 97124.",
            ),
            ("32. Missed appointments", "Fees for appointments that were not kept."),
            (
                "33. Personal training",
                "Gym memberships and fitness programs, except where this booklet says otherwise.",
            ),
        ]
        chapter = "What this plan does not cover (exclusions)"
    page.text(60, 100, chapter, 14, "bold")
    y = 134.0
    for title, words in parts:
        page.text(60, y, title, 11.5, "bold")
        y = page.paragraph(60, y + 18, 490, words, 10.5) + 16
    page.text(306, 750, f"Page {number}", 9, align="center")
    return page.done()
