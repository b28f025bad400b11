"""Makes denial reasons, argument families, measures and evidence from the entries of their YAML files."""

from __future__ import annotations

from datetime import date

from massage_claim.facts import reason_kinds as reason
from massage_claim.facts.entry import Entry

ACTIONS = ("fix", "route", "appeal", "check", "wait", "none", "info", "dead-end")
GUARDS = ("no-appeal", "new-claim")
SEVERITIES = ("blocking-fix", "appealable", "informational", "dead-end")
FAMILIES = (
    "not_medically_necessary",
    "experimental",
    "frequency_or_number",
    "visit_limit_miscounted",
    "no_authorization",
    "authorization_exceeded",
    "order_missing_or_incomplete",
    "provider_type_not_payable",
    "not_licensed_on_date",
    "network_or_gap",
    "bundled",
    "units_or_minutes",
    "documentation_missing",
    "diagnosis_does_not_support",
    "routine_or_comfort",
    "timely_filing",
    "other_coverage",
    "work_or_auto",
    "duplicate",
    "wrong_benefit_or_share",
    "exclusion_wording",
)
SCORINGS = ("single", "mean", "sum", "prorated", "percent", "quickdash")


def group_code(entry: Entry) -> reason.GroupCode:
    return reason.GroupCode(
        code=entry.text("code"),
        words=entry.text("words"),
        patient_owes=entry.choice("patient_owes", ("yes", "no", "depends")),
        **entry.common(),
    )


def carc(entry: Entry) -> reason.DenialCode:
    return _denial_code(entry, "CARC")


def rarc(entry: Entry) -> reason.DenialCode:
    return _denial_code(entry, "RARC")


def _denial_code(entry: Entry, code_list: str) -> reason.DenialCode:
    action, then = entry.choice("action", ACTIONS), entry.maybe_choice("then", ACTIONS)
    argument = entry.maybe_choice("argument", FAMILIES)
    severity = entry.choice("severity", SEVERITIES)
    if "appeal" in (action, then) and argument is None:
        entry.wrong("argument", "a reason that can be appealed needs an `argument` family")
    if severity == "appealable" and argument is None:
        entry.wrong("severity", "an appealable reason needs an `argument` family")
    return reason.DenialCode(
        code=entry.text("code"),
        list=code_list,
        words=entry.text("words"),
        action=action,
        then=then,
        severity=severity,
        argument=argument,
        evidence=entry.maybe("evidence"),
        letter=entry.maybe("letter"),
        by_paper=entry.flag("by_paper"),
        by_remark=entry.flag("by_remark"),
        guard=entry.maybe_choice("guard", GUARDS),
        **entry.common(),
    )


def denial_family(entry: Entry) -> reason.DenialFamily:
    return reason.DenialFamily(
        name=entry.choice("name", FAMILIES),
        title=entry.text("title"),
        words=entry.text("words"),
        action=entry.choice("action", ACTIONS),
        then=entry.maybe_choice("then", ACTIONS),
        by_paper=entry.flag("by_paper"),
        external=entry.choice("external", ("yes", "no", "depends")),
        **entry.common(),
    )


def other_meaning(entry: Entry) -> reason.OtherMeaning:
    return reason.OtherMeaning(
        name=entry.text("name"),
        title=entry.text("title"),
        words=entry.text("words"),
        action=entry.choice("action", ACTIONS),
        guard=entry.maybe_choice("guard", GUARDS),
        **entry.common(),
    )


def measure(entry: Entry) -> reason.Measure:
    lowest, highest = entry.number("lowest"), entry.number("highest")
    if lowest >= highest:
        entry.wrong("highest", "`highest` must be above `lowest`")
    scoring = entry.choice("scoring", SCORINGS)
    items, least = entry.maybe_whole("items"), entry.maybe_whole("least_items")
    if scoring != "single" and (items is None or least is None or least > items):
        entry.wrong("least_items", "a measure made of items needs `items` and `least_items`, not more than `items`")
    return reason.Measure(
        name=entry.text("name"),
        title=entry.text("title"),
        scoring=scoring,
        lowest=lowest,
        highest=highest,
        unit=entry.text("unit"),
        better=entry.choice("better", ("low", "high")),
        items=items,
        least_items=least,
        item_lowest=entry.maybe_whole("item_lowest"),
        item_highest=entry.maybe_whole("item_highest"),
        change_points=entry.maybe_number("change_points"),
        change_percent=entry.maybe_number("change_percent"),
        threshold_words=entry.text("threshold_words"),
        bands=entry.steps("bands"),
        ships_questions=entry.flag("ships_questions"),
        plain=entry.maybe("plain") or entry.text("title"),
        said_as=entry.words("said_as"),
        item_words=entry.words("item_words"),
        pain=entry.flag("pain"),
        **entry.common(),
    )


def body_part(entry: Entry) -> reason.BodyPart:
    return reason.BodyPart(
        name=entry.text("name"),
        terms=entry.words("terms"),
        diagnoses=entry.words("diagnoses"),
        measures=entry.words("measures"),
        **entry.common(),
    )


def remeasure(entry: Entry) -> reason.Remeasure:
    return reason.Remeasure(
        visits=entry.whole("visits"),
        days=entry.whole("days"),
        plateau_after=entry.whole("plateau_after"),
        words=entry.text("words"),
        **entry.common(),
    )


def evidence(entry: Entry) -> reason.Evidence:
    findings_verified: date | None = None
    if entry.maybe("findings_verified") != "false":
        findings_verified = entry.day("findings_verified")
    return reason.Evidence(
        name=entry.text("id"),
        authors=entry.text("authors"),
        title=entry.text("title"),
        journal=entry.text("journal"),
        year=entry.whole("year"),
        reference=entry.text("reference"),
        doi=entry.maybe("doi"),
        pmid=entry.maybe("pmid"),
        conditions=entry.words("conditions"),
        diagnoses=entry.words("diagnoses"),
        phase=entry.choice("phase", ("any", "acute-subacute", "chronic")),
        role=entry.choice("role", ("context", "trial", "review", "guideline", "measure")),
        finding=entry.text("finding"),
        limitation=entry.text("limitation"),
        adverse=entry.flag("adverse"),
        findings_verified=findings_verified,
        **entry.common(),
    )
