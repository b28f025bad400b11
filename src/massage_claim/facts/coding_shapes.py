"""Makes codes, unit rules, modifiers, places, identifiers and diagnoses from the entries of their YAML files."""

from __future__ import annotations

import re

from massage_claim.facts import coding_kinds as coding
from massage_claim.facts.entry import Entry


def procedure_code(entry: Entry) -> coding.ProcedureCode:
    timing = entry.choice("timing", ("timed", "untimed", "by-report"))
    unit_minutes = entry.maybe_whole("unit_minutes")
    if (timing == "timed") != (unit_minutes is not None):
        entry.wrong("unit_minutes", "`unit_minutes` belongs to timed codes, and only to them")
    return coding.ProcedureCode(
        code=entry.text("code"),
        words=entry.text("words"),
        timing=timing,
        unit_minutes=unit_minutes,
        use=entry.text("use"),
        massage=entry.flag("massage"),
        **entry.common(),
    )


def unit_rule(entry: Entry) -> coding.UnitRule:
    return coding.UnitRule(
        name=entry.text("name"),
        words=entry.text("words"),
        unit_minutes=entry.whole("unit_minutes"),
        at_least=entry.whole("at_least"),
        pooled=entry.flag("pooled"),
        **entry.common(),
    )


def code_pair(entry: Entry) -> coding.CodePair:
    return coding.CodePair(
        first=entry.text("first"),
        second=entry.text("second"),
        indicator=entry.choice("indicator", ("0", "1", "9", "unknown")),
        words=entry.text("words"),
        **entry.common(),
    )


def day_remark(entry: Entry) -> coding.DayRemark:
    return coding.DayRemark(
        measure=entry.choice("measure", ("units", "minutes")),
        most=entry.whole("most"),
        words=entry.text("words"),
        **entry.common(),
    )


def modifier(entry: Entry) -> coding.Modifier:
    return coding.Modifier(
        code=entry.text("code"),
        words=entry.text("words"),
        when=entry.text("when"),
        separates=entry.flag("separates"),
        **entry.common(),
    )


def place_of_service(entry: Entry) -> coding.PlaceOfService:
    return coding.PlaceOfService(
        code=entry.text("code"),
        words=entry.text("words"),
        hands_on=entry.choice("hands_on", ("yes", "ask", "no")),
        **entry.common(),
    )


def pattern(entry: Entry) -> coding.Pattern:
    text = entry.text("pattern")
    try:
        re.compile(text)
    except re.error:
        entry.wrong("pattern", "`pattern` is not a regular expression")
    return coding.Pattern(name=entry.text("name"), pattern=text, words=entry.text("words"), **entry.common())


def npi_rule(entry: Entry) -> coding.NpiRule:
    return coding.NpiRule(
        prefix=entry.text("prefix"),
        first_digits=entry.words("first_digits"),
        digits=entry.whole("digits"),
        words=entry.text("words"),
        **entry.common(),
    )


def ein_prefixes(entry: Entry) -> coding.EinPrefixes:
    listed = entry.words("listed")
    for prefix in listed:
        if not (len(prefix) == 2 and prefix.isascii() and prefix.isdigit()):
            entry.wrong("listed", f"`{prefix}` is not a prefix of two digits")
    return coding.EinPrefixes(listed=frozenset(listed), words=entry.text("words"), **entry.common())


def taxonomy(entry: Entry) -> coding.Taxonomy:
    return coding.Taxonomy(code=entry.text("code"), words=entry.text("words"), **entry.common())


def retired_header(entry: Entry) -> coding.RetiredHeader:
    return coding.RetiredHeader(
        code=entry.text("code"),
        last_day=entry.day("last_day"),
        children=entry.words("children"),
        words=entry.text("words"),
        **entry.common(),
    )


def exclusive_pair(entry: Entry) -> coding.ExclusivePair:
    return coding.ExclusivePair(
        first=entry.text("first"), others=entry.words("others"), words=entry.text("words"), **entry.common()
    )


def never_first(entry: Entry) -> coding.NeverFirst:
    return coding.NeverFirst(letters=entry.words("letters"), words=entry.text("words"), **entry.common())


def claim_rule(entry: Entry) -> coding.ClaimRule:
    return coding.ClaimRule(
        name=entry.text("name"),
        amount=entry.whole("amount"),
        unit=entry.text("unit"),
        words=entry.text("words"),
        **entry.common(),
    )


def diagnosis_title(entry: Entry) -> coding.DiagnosisTitle:
    return coding.DiagnosisTitle(
        code=entry.text("code"), words=entry.text("words"), weak=entry.flag("weak"), **entry.common()
    )


def diagnosis_release(entry: Entry) -> coding.DiagnosisRelease:
    return coding.DiagnosisRelease(
        name=entry.text("name"),
        file=entry.text("file"),
        released=entry.day("released"),
        codes=entry.whole("codes"),
        headings=entry.whole("headings"),
        size=entry.whole("size"),
        **entry.common(),
    )


def earlier_codes(entry: Entry) -> coding.EarlierCodes:
    return coding.EarlierCodes(
        name=entry.text("name"), last_day=entry.day("last_day"), words=entry.text("words"), **entry.common()
    )
