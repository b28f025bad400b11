"""The small grammars of options that carry several values. Raises UsageProblem.

`CODE=MINUTES[:PRICE]`, `SESSION=AMOUNT`, `NAME=TEXT`, `WORDS; field=value; …`, and the comma line of an EOB.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from massage_claim.cli.form import Node, Tree
from massage_claim.errors import Problem, UsageProblem

LINE_FIELDS = (
    "service_date",
    "code",
    "billed",
    "allowed",
    "deductible",
    "coinsurance",
    "copay",
    "paid",
    "patient_owes",
)


def services(option: str, texts: Sequence[str]) -> list[Node]:
    """`97124=52:95.00` for each service."""
    made: list[Node] = []
    for text in texts:
        code, equals, rest = text.partition("=")
        minutes, colon, charge = rest.partition(":")
        if not code.strip() or (equals and not minutes.strip()) or (colon and not charge.strip()):
            raise _refused(option, "it is not CODE=MINUTES:PRICE", "Write it as 97124=52:95.00.")
        parts = {"code": code, "minutes": minutes or None, "charge": charge or None}
        made.append({name: value for name, value in parts.items() if value is not None})
    return made


def with_details(
    made: Sequence[Node], units: Sequence[str], modifiers: Sequence[str], pointers: Sequence[str]
) -> list[Node]:
    """The services with what stands beside them: `units` in the same order; `modifiers` as `59`, or `97124:59` with several
    services; `pointers` (diagnoses) for every service, or `97124:M54.59`.
    """
    found: list[Tree] = [dict(one) for one in made if isinstance(one, dict)]
    if units and len(units) != len(found):
        raise _refused("--units", "there must be one for each --service, in the same order", "Give them all, or none.")
    for service, unit in zip(found, units, strict=False):
        service["units"] = unit
    for text in modifiers:
        code, colon, modifier = text.rpartition(":")
        fitting = [service for service in found if not colon or str(service["code"]).strip() == code.strip()]
        if len(fitting) != 1:
            raise _refused("--modifier", "it does not say for which service", "Write CODE:MODIFIER, such as 97124:59.")
        given = fitting[0].get("modifiers")
        fitting[0]["modifiers"] = [*(given if isinstance(given, list) else []), modifier]
    for text in pointers:
        code, colon, diagnosis = text.rpartition(":")
        fitting = [service for service in found if not colon or str(service["code"]).strip() == code.strip()]
        if not fitting:
            raise _refused("--diagnosis", "it does not say for which service", "Write CODE:DIAGNOSIS: 97124:M54.59.")
        for service in fitting:
            given = service.get("pointers")
            service["pointers"] = [*(given if isinstance(given, list) else []), diagnosis]
    return list[Node](found)


def regions(made: Sequence[Node], texts: Sequence[str]) -> tuple[list[Node], list[Node]]:
    """The services with the body regions of those that are named (`97140:neck`), and the regions of the whole visit."""
    whole: list[Node] = []
    found: list[Node] = [dict(service) if isinstance(service, dict) else service for service in made]
    for text in texts:
        code, colon, region = text.partition(":")
        own = [one for one in found if isinstance(one, dict) and colon and str(one["code"]).strip() == code.strip()]
        for service in own:
            given = service.get("regions")
            service["regions"] = [*(given if isinstance(given, list) else []), region.strip()]
        if not own:
            whole.append(text)
    return found, whole


def pairs(option: str, texts: Sequence[str], left: str, right: str, shape: str) -> list[Node]:
    """`LEFT=RIGHT` for each text, as groups with those two fields."""
    made: list[Node] = []
    for text in texts:
        first, equals, second = text.partition("=")
        if not equals or not first.strip() or not second.strip():
            raise _refused(option, f"it is not {shape}", f"Write it as {shape}.")
        made.append({left: first.strip(), right: second.strip()})
    return made


def named(option: str, texts: Sequence[str], shape: str) -> dict[str, Node]:
    """`NAME=TEXT` for each text, as one group; the same name twice is refused."""
    made: dict[str, Node] = {}
    for item in pairs(option, texts, "name", "text", shape):
        name = str(item["name"]) if isinstance(item, dict) else ""
        if name in made:
            raise _refused(option, "one name is given twice", "Keep one of the two.")
        made[name] = item["text"] if isinstance(item, dict) else None
    return made


def groups(option: str, texts: Sequence[str], first: str, others: Sequence[str]) -> list[Node]:
    """`sitting at work; now=20 minutes`: the words are the field `first`, then `field=value` parts. Other semicolons stay."""
    cut = re.compile(rf"\s*;\s*(?=(?:{'|'.join(others)})\s*=)")
    made: list[Node] = []
    for text in texts:
        head, *parts = cut.split(text)
        group: Tree = {first: head.strip()}
        for part in parts:
            name, _, value = part.partition("=")
            if name.strip() in group:
                raise _refused(option, f"`{name.strip()}` is given twice", "Keep one of the two.")
            group[name.strip()] = value.strip()
        if not head.strip():
            raise _refused(option, f"its first words, the {first}, are missing", f"Write {first.upper()}; FIELD=VALUE.")
        made.append(group)
    return made


def eob_lines(texts: Sequence[str]) -> list[Node]:
    """`2026-01-14,97124,95.00,80.00,0.00,16.00,0.00,64.00,31.00,CO-45=15.00`: the columns of an EOB, an empty one unknown;
    after them, in any order, its reason codes with or without their amounts, its remark codes, and `units=3`.
    """
    made: list[Node] = []
    for text in texts:
        cells = [cell.strip() for cell in text.split(",")]
        line: Tree = {name: cell for name, cell in zip(LINE_FIELDS, cells, strict=False) if cell}
        codes: list[Tree] = []
        for cell in filter(None, cells[len(LINE_FIELDS) :]):
            code, _, amount = (part.strip() for part in cell.partition("="))
            if code.lower() == "units":
                line["units"] = amount
            elif _REMARK.fullmatch(code):
                codes = codes or [{}]
                remarks = codes[-1].get("rarcs")
                codes[-1]["rarcs"] = [*(remarks if isinstance(remarks, list) else []), code]
            elif _REASON.fullmatch(code):
                codes.append({"carc": code, "amount": amount} if amount else {"carc": code})
            else:
                shape = "DATE,CODE,BILLED,ALLOWED,DEDUCTIBLE,COINSURANCE,COPAY,PAID,OWES,CO-45=12.00,N362"
                raise _refused(
                    "--line", f"after {len(LINE_FIELDS)} parts a code must come", f"Write {shape}, amounts as 95.00."
                )
        made.append({**line, "adjustments": list[Node](codes)} if codes else line)
    return made


_REMARK = re.compile(r"(M|MA|N)\d{1,4}", re.IGNORECASE)
_REASON = re.compile(r"(CO|PR|OA|PI|CR)[ -]?[A-Z]?\d{1,4}", re.IGNORECASE)  # bare digits are an amount with a comma


def claim_numbers(option: str, texts: Sequence[str]) -> list[Node]:
    """`CL-99812=2026-01-14,2026-01-21`: a claim number of the payer's and the visits that it covers, if known."""
    made: list[Node] = []
    for text in texts:
        number, _, days = text.partition("=")
        if not number.strip():
            raise _refused(option, "the number is missing", "Write NUMBER, or NUMBER=2026-01-14,2026-01-21.")
        dates = listed(days)
        made.append({"number": number.strip(), "dates": dates} if dates else {"number": number.strip()})
    return made


def adjustments(codes: Sequence[str], remarks: Sequence[str]) -> list[Node]:
    """The reason codes as they were typed; the remark codes go with the first of them."""
    made: list[Tree] = [{"carc": code} for code in codes]
    if remarks:
        made = made or [{}]
        made[0]["rarcs"] = list[Node](remarks)
    return list(made)


def listed(text: str) -> list[Node]:
    """`low back, neck` → two texts."""
    return [part.strip() for part in text.split(",") if part.strip()]


def _refused(option: str, says: str, fix: str) -> UsageProblem:
    return UsageProblem(Problem(f"{option}: {says}.", fix))
