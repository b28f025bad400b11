"""How a payment is shared out over the visits that it names, and what is open or too much afterwards. Reads those visits and the payments that name them; writes nothing."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from massage_claim.actions.project import Place
from massage_claim.calc.money import price_of_visit, visits_left
from massage_claim.command_text import spell
from massage_claim.errors import Failure, Problem, UsageProblem
from massage_claim.frozen import dataclass
from massage_claim.models.payment import Payment
from massage_claim.models.record import Record, problems_of
from massage_claim.models.session import Session
from massage_claim.store.folder import record_file
from massage_claim.store.read import read_record
from massage_claim.writing.formats import long_date, money, plural
from massage_claim.yamltext import Node

ZERO = Decimal("0.00")


@dataclass(frozen=True)
class Open:
    """One visit: its price, or None while that is not written down, and what other payments say was paid for it."""

    session: Session
    paid: Decimal

    @property
    def open(self) -> Decimal | None:
        """Dollars not paid yet, never below zero; None while the price is not known."""
        return None if self.session.charge is None else max(self.session.charge - self.paid, ZERO)


def with_shares(place: Place, tree: Mapping[str, Node]) -> dict[str, Node]:
    """The tree with an amount for each visit named without one: its part of the package, else what is open, oldest first.

    Raises UsageProblem when it can't be worked out without guessing.
    """
    shares = tree.get("for")
    named = [share for share in shares if isinstance(share, dict)] if isinstance(shares, list) else []
    bare = [share for share in named if share.get("amount") is None]
    parts = {name: tree.get(name) for name in ("date", "amount", "tip", "other_items", "package")}
    if not bare or problems_of(Payment, {name: part for name, part in parts.items() if part is not None}):
        return dict(tree)  # nothing to work out, or the record's own refusal says what is wrong
    care = _care(tree)
    package = tree.get("package")
    if isinstance(package, dict) and package.get("visits"):
        visits = int(str(package["visits"]))
        if len(named) > visits:
            says = f"The package has {plural(visits, 'visit')}, and more are named."
            raise UsageProblem(Problem(f"--session: {says}", "Name the visits that were used of it."))
        filled = [
            share if share.get("amount") else {**share, "amount": str(price_of_visit(care, visits, number))}
            for number, share in enumerate(named)
        ]
        return {**tree, "for": list[Node](filled)}
    given = sum((Decimal(str(share["amount"])) for share in named if share.get("amount") is not None), ZERO)
    return {**tree, "for": _oldest_first(place, named, care - given)}


def _oldest_first(place: Place, named: Sequence[dict[str, Node]], rest: Decimal) -> list[Node]:
    opened = {
        str(share["session"]): _one(place, str(share["session"])) for share in named if share.get("amount") is None
    }
    paid = paid_for(place, [full_name(name) for name in opened])
    if len(named) == 1:
        return [{**named[0], "amount": f"{max(rest, ZERO):.2f}"}]
    amounts: dict[str, Decimal] = {}
    for name, session in sorted(opened.items(), key=lambda item: (item[1].date, item[0])):
        left = Open(session, paid.get(full_name(name), ZERO)).open
        if left is None:
            says = f"--session: the price of the visit of {long_date(session.date)} is not written down."
            raise UsageProblem(Problem(says, "Say what was paid for each visit: --for SESSION=AMOUNT."))
        amounts[name] = min(left, max(rest, ZERO))
        rest -= amounts[name]
    filled = (
        share if share.get("amount") is not None else {**share, "amount": f"{amounts[str(share['session'])]:.2f}"}
        for share in named
    )
    return [share for share in filled if Decimal(str(share["amount"])) > 0]


def full_name(session: str) -> str:
    """A session's record id, whether or not its folder was typed."""
    return session.strip() if "/" in session else f"sessions/{session.strip()}"


def paid_for(place: Place, sessions: Iterable[str], besides: str = "") -> dict[str, Decimal]:
    """Session id → dollars that the written payments (all but `besides`) say were paid for it.

    Only the payments that name one of them are read: a folder may hold thousands.
    """
    wanted = set(sessions)
    stems = {name.partition("/")[2].encode() for name in wanted}
    found: dict[str, Decimal] = {}
    for path in sorted((place.folder / Payment.FOLDER).glob("*.yaml")):
        record_id = f"{Payment.FOLDER}/{path.stem}"
        if record_id == besides or path.is_symlink() or not any(stem in path.read_bytes() for stem in stems):
            continue
        try:
            payment, _ = read_record(place.folder, record_id)
        except Failure:
            continue  # `check` names it
        for share in payment.for_ if isinstance(payment, Payment) else ():
            if share.session in wanted:
                found[share.session] = found.get(share.session, ZERO) + share.amount
    return found


def balances(place: Place, payment: Payment, record_id: str = "") -> Iterator[str]:
    """For each visit of the payment: paid, still open, or more than it cost; and what of a package is unused."""
    names = list(dict.fromkeys(share.session for share in payment.for_))
    paid = paid_for(place, names, besides=record_id)
    for name in names:
        try:
            session = _one(place, name)
        except UsageProblem:
            continue
        whole = paid.get(name, ZERO) + sum((share.amount for share in payment.for_ if share.session == name), ZERO)
        visit = f"Visit of {long_date(session.date)}"
        if session.charge is None:
            yield f"{visit}: {money(whole)} paid; its price is not written down yet."
        elif whole == session.charge:
            yield f"{visit}: {money(whole)} paid, nothing open."
        elif whole < session.charge and payment.package:
            yield (
                f"{visit}: it cost {money(whole)} in the package, and {money(session.charge)} is written down as its price. "
                f"Claim no more than was paid: {spell('edit', name)}"
            )
        elif whole < session.charge:
            yield f"{visit}: {money(whole)} of {money(session.charge)} paid, {money(session.charge - whole)} still open."
        else:
            more = money(whole - session.charge)
            yield f"{visit}: {more} more than it cost. Write a tip or a product apart (`tip`, `other_items`)."
    if visits_left(payment):
        yield (
            f"{plural(visits_left(payment), 'visit')} of the package not used yet; nothing of them is on any paper. "
            f"When one is used: {spell('add-payment', use='PAYMENT', session='SESSION')}"
        )


def too_much(place: Place, record: Record, record_id: str) -> Iterator[str]:
    """Of a visit or payment as it is to be written: each visit for which more is paid now than it costs."""
    given: dict[str, Decimal] = {}
    if isinstance(record, Session):
        charges = {record_id: (record.date, record.charge)}
    elif isinstance(record, Payment):
        charges = {}
        for share in record.for_:
            given[share.session] = given.get(share.session, ZERO) + share.amount
            with contextlib.suppress(UsageProblem):
                session = _one(place, share.session)
                charges[share.session] = (session.date, session.charge)
    else:
        return
    paid = paid_for(place, charges, besides=record_id)
    for name, (day, charge) in charges.items():
        whole = paid.get(name, ZERO) + given.get(name, ZERO)
        if charge is not None and whole > charge:
            yield (
                f"Visit of {long_date(day)}: {money(whole)} paid, and its price is {money(charge)}. "
                "Correct the payment or the price before a paper with it goes out."
            )


def share_of_the_rest(
    kind: type[Record], tree: Mapping[str, Node], changes: Sequence[tuple[str, object]]
) -> list[tuple[str, str]]:
    """The change that goes with a tip or product written apart: the one visit that had all the money gets what is left.

    Nothing where the payment names several visits, or its share is changed itself.
    """
    shares = tree.get("for")
    only = shares[0] if isinstance(shares, list) and len(shares) == 1 else None
    names = [name for name, _ in changes]
    if (
        kind is not Payment
        or not isinstance(only, dict)
        or any(name.split(".")[0] in ("for", "amount") for name in names)
    ):
        return []
    apart = {name: value for name, value in changes if name == "tip"}
    apart |= {name: value for name, value in changes if re.fullmatch(r"other_items\.\d+\.amount", name)}
    if not apart or problems_of(Payment, tree) or _care(tree) != Decimal(str(only.get("amount") or 0)):
        return []
    try:
        more = sum((Decimal(str(value or 0)) for value in apart.values()), ZERO)
        less = Decimal(str(tree.get("tip") or 0)) if "tip" in apart else ZERO
    except ArithmeticError:
        return []  # the record's own refusal says what is wrong
    rest = _care(tree) + less - more
    return [("for.1.amount", f"{rest:.2f}")] if rest >= 0 else []


def _one(place: Place, name: str) -> Session:
    record_id = full_name(name)
    try:
        record, _ = read_record(place.folder, record_id)
    except Failure:
        record = None
    if not isinstance(record, Session):
        printable = record_id.isprintable() and len(record_id) < 80
        says = (
            f"there is no visit {record_file(record_id)} that can be read." if printable else "there is no such visit."
        )
        raise UsageProblem(Problem(f"--session: {says}", "Write its name as in sessions/, such as 2026-01-14."))
    return record


def _care(tree: Mapping[str, Node]) -> Decimal:
    items = tree.get("other_items")
    others = [item.get("amount") for item in items if isinstance(item, dict)] if isinstance(items, list) else []
    parts = [tree.get("tip"), *others]
    return Decimal(str(tree.get("amount"))) - sum((Decimal(str(part)) for part in parts if part), ZERO)
