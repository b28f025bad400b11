"""An ExplanationOfBenefit (FHIR R4: CARIN, CMS Blue Button, plain) as a notice of plain values.

Every notice of a JSON tree, with what could not be made out. Tolerant on purpose: files of insurers break their own
profile. Whom it names is for comparing and never for keeping. Knows no case, decides nothing, keeps every text as printed
(without signs that steer a screen).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from massage_claim.exchange import eob_codes as codes
from massage_claim.exchange.fhir import (
    as_list,
    bare,
    codings,
    day,
    dicts,
    index_by_address,
    is_one_page,
    list_notices,
    number,
    part,
    plain,
)
from massage_claim.exchange.notice import ZERO, Line, Named, Notice, Reason

_DOLLARS = frozenset({"", "USD", "URN:ISO:STD:ISO:4217", "URN:STD:ISO:4217"})
_CENT = Decimal("0.01")
_ARTEFACT = Decimal("0.0000001")
_MOST = Decimal("9999999.99")
_OTHER_CODES = ("snomed", "ndc", "cvx", "nubc", "uscls", "loinc", "data-absent-reason")
_LONGEST_NUMBER = 60


def read_notices(tree: Any, name: str) -> tuple[Notice, ...]:
    """Every notice of the file called `name` in messages, in its order. Raises Unreadable when there is none."""
    found, addresses, one_page = list_notices(tree, name), index_by_address(tree), is_one_page(tree)
    return tuple(_Reader(one).notice(place, addresses, one_page=one_page) for place, one in enumerate(found, start=1))


class _Reader:
    """Reads one notice and gathers what could not be made out in `remarks`, and each status in `statuses`."""

    def __init__(self, resource: Mapping[str, Any]) -> None:
        self.resource = resource
        self.remarks: dict[str, None] = {}
        self.statuses: dict[str, None] = {}
        self.foreign = False

    def notice(self, place: int, addresses: Mapping[str, dict[str, Any]], *, one_page: bool) -> Notice:
        resource = self.resource
        items = [*dicts(resource, "item"), *dicts(resource, "addItem")]
        lines = tuple(self._line(one) for item in items for one in _with_amounts(item))
        totals, reasons = self._totals(), self._reasons(dicts(resource, "adjudication"))
        payment = part(resource, "payment")
        paid = self._money(payment.get("amount"))
        notes = {number(one, "number"): plain(one.get("text")) for one in dicts(resource, "processNote")}
        if one_page:
            self.remarks["The file is one page of several: further notices are not in it."] = None
        return Notice(
            number=place,
            created=day(resource.get("created")),
            claim_number=_claim_number(dicts(resource, "identifier")),
            payer=plain(part(resource, "insurer").get("display")),
            named=_named_in(resource, addresses),
            status=plain(resource.get("status")),
            outcome=plain(resource.get("outcome")),
            use=plain(resource.get("use")),
            payment_status=next(iter(self.statuses), ""),
            lines=lines,
            totals=totals,
            payment=paid,
            paid_on=day(payment.get("date")),
            reasons=reasons,
            disposition=plain(resource.get("disposition")),
            notes={key: words for key, words in notes.items() if words},
            foreign=self.foreign,
            remarks=tuple(self.remarks),
        )

    def _line(self, item: Mapping[str, Any]) -> Line:
        first, last = self._served(item)
        concept = part(item, "productOrService") or part(item, "service")
        coded = codings(concept)
        words = next((one["display"] for one in coded if one["display"]), plain(concept.get("text")))
        adjudications = dicts(item, "adjudication")
        units = part(item, "quantity").get("value")
        amounts = self._amounts(adjudications)
        if codes.BILLED not in amounts and (net := self._money(item.get("net"))) is not None:
            amounts[codes.BILLED] = net
        return Line(
            sequence=number(item, "sequence"),
            first=first,
            last=last,
            code=_procedure(coded),
            words=words or next((one["code"] for one in coded if one["code"]), ""),
            modifiers=tuple(one["code"] for mod in dicts(item, "modifier") for one in codings(mod) if one["code"]),
            units=int(units) if isinstance(units, Decimal) and 0 < units < 1000 and units == int(units) else None,
            amounts=amounts,
            reasons=self._reasons(adjudications),
            notes=tuple(str(one) for one in as_list(item, "noteNumber") if isinstance(one, Decimal)),
        )

    def _served(self, item: Mapping[str, Any]) -> tuple[date | None, date | None]:
        """The day or days of an item; without any, those of the whole notice when they are one day."""
        alone = day(item.get("servicedDate"))
        if alone is not None:
            return alone, alone
        period = part(item, "servicedPeriod")
        first, last = day(period.get("start")), day(period.get("end"))
        if first or last:
            return first or last, last or first
        whole = part(self.resource, "billablePeriod")
        first, last = day(whole.get("start")), day(whole.get("end"))
        return (first, last) if first is not None and first == last else (None, None)

    def _amounts(self, adjudications: list[dict[str, Any]]) -> dict[str, Decimal]:
        """What each amount is → dollars. The first of a kind counts, and none is ever added to another."""
        found: dict[str, Decimal] = {}
        for one in adjudications:
            value = self._money(one.get("amount"))
            if value is None or codes.is_status(one.get("category")):
                continue
            kind = codes.amount_kind(one.get("category"))
            if kind is not None and found.setdefault(kind, value) != value:
                self.remarks[f"Two amounts are called “{kind}” in one place; the first was taken."] = None
            elif kind is None and not one.get("reason"):
                self.remarks["An amount of a kind that this program does not know was left out."] = None
        return found

    def _totals(self) -> dict[str, Decimal]:
        """The notice's own totals. An amount that stands in the header's adjudication, too, is not another one."""
        totals = self._amounts(dicts(self.resource, "total"))
        for name, value in self._amounts(dicts(self.resource, "adjudication")).items():
            if totals.setdefault(name, value) != value:
                self.remarks[f"The file has two totals for “{name}”; the one called total was taken."] = None
        for balance in dicts(self.resource, "benefitBalance"):
            for one in dicts(balance, "financial"):
                called, allowed = codes.amount_kind(one.get("type")), self._money(one.get("allowedMoney"))
                if called and allowed is not None:
                    totals.setdefault(called, allowed)
        return totals

    def _reasons(self, adjudications: list[dict[str, Any]]) -> tuple[Reason, ...]:
        found: dict[Reason, None] = {}
        for one in adjudications:
            category, reason = part(one, "category"), part(one, "reason")
            if codes.is_status(category):
                said = {bare(coding["code"]) for concept in (category, reason) for coding in codings(concept)}
                self.statuses.update(dict.fromkeys(sorted(said & {"paid", "denied", "partiallypaid"})))
                continue
            explains = codes.amount_kind(category) in codes.TAKEN_OFF
            amount = self._money(one.get("amount")) if reason and explains else None
            words = plain(reason.get("text"))
            for coding in codings(reason):
                whose = codes.reason_kind(coding)
                if whose is not None:
                    found[Reason(whose, coding["code"].upper(), words or coding["display"], amount)] = None
            if words and not codings(reason):
                found[Reason("own", "", words, amount)] = None
        return tuple(found)

    def _money(self, given: Any) -> Decimal | None:
        """Dollars to the cent; None for what is no amount. Another currency is noted and never counted."""
        value = given.get("value") if isinstance(given, dict) else None
        if not isinstance(given, dict) or not isinstance(value, Decimal) or not value.is_finite():
            return None
        if plain(given.get("currency") or given.get("code") or given.get("system")).upper() not in _DOLLARS:
            self.foreign = True
            return None
        try:
            cents = value.quantize(_CENT, rounding=ROUND_HALF_UP) + ZERO  # no minus before a zero
        except InvalidOperation:
            cents = _MOST + 1
        if abs(cents) > _MOST:
            self.remarks["An amount too large to be true was left out."] = None
            return None
        if abs(cents - value) > _ARTEFACT:
            self.remarks["An amount has a fraction of a cent; it was rounded."] = None
        return cents


def _with_amounts(item: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The item; its details instead when the amounts stand there alone. Both would count each amount twice."""
    details = [one for one in dicts(item, "detail") if dicts(one, "adjudication")]
    if dicts(item, "adjudication") or not details:
        yield item
        return
    for one in details:
        yield {**{key: value for key, value in item.items() if key in ("servicedDate", "servicedPeriod")}, **one}


def _procedure(coded: tuple[dict[str, str], ...]) -> str | None:
    """A CPT or HCPCS code: five characters, from a coding that is not of another code system."""
    for one in coded:
        other = any(mark in one["system"].casefold() for mark in _OTHER_CODES)
        if not other and re.fullmatch(r"\d{5}|\d{4}T|[A-V]\d{4}", one["code"].upper(), re.ASCII):
            return one["code"].upper()
    return None


def _claim_number(identifiers: list[dict[str, Any]]) -> str | None:
    """The payer's number of the claim: the one called so (CARIN `uc`, CMS `clm_id`), else the first that is no group's."""
    ranked = []
    for one in identifiers:
        value, system = plain(one.get("value")), plain(one.get("system")).casefold()
        called = any(coding["code"].casefold() == "uc" for coding in codings(one.get("type"))) or "clm_id" in system
        if value and len(value) <= _LONGEST_NUMBER:
            ranked.append((0 if called else 2 if "group" in system else 1, value))
    return min(ranked, key=lambda pair: pair[0])[1] if ranked else None


_MEMBER = frozenset({"mb", "mc", "sn", "um", "ma"})
"""Kinds of an identifier (HL7 table 0203) that stand on an insurance card: member, Medicare, subscriber, Medicaid."""


def _named_in(notice: Mapping[str, Any], addresses: Mapping[str, dict[str, Any]]) -> Named:
    """Whom the notice is about, as far as the file says it."""
    link = notice.get("patient")
    patient = _found(link, notice, addresses)
    covers = [_found(one.get("coverage"), notice, addresses) for one in dicts(notice, "insurance")]
    names = [words for name in dicts(patient, "name") for words in _words(name)]
    if not names and isinstance(link, dict):
        names = [plain(link.get("display"))]
    numbers = list(_members(patient))
    for cover in covers:
        numbers += [plain(cover.get("subscriberId")), *_members(cover)]
    members = tuple(dict.fromkeys(filter(None, numbers)))
    return Named(" ".join(filter(None, names)), day(patient.get("birthDate")), members)


def _found(link: Any, notice: Mapping[str, Any], addresses: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    """The resource a reference leads to: inside the notice (#id), or elsewhere in the file; an empty one when nowhere."""
    target = plain(link.get("reference")) if isinstance(link, dict) else ""
    if target.startswith("#"):
        return next((one for one in dicts(notice, "contained") if one.get("id") == target[1:]), {})
    return addresses.get(target) or addresses.get("/".join(target.split("/")[-2:])) or {}


def _words(name: Mapping[str, Any]) -> Iterator[str]:
    given = name.get("given")
    parts = [plain(name.get("family")), *map(plain, given if isinstance(given, list) else ())]
    yield " ".join(filter(None, parts)) or plain(name.get("text"))


def _members(owner: Mapping[str, Any]) -> Iterator[str]:
    for one in dicts(owner, "identifier"):
        if _MEMBER & {coding["code"].casefold() for coding in codings(one.get("type"))}:
            yield plain(one.get("value"))
