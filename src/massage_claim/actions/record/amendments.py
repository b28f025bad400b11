"""A record that is changed after a paper with it went out: a reason is needed, an amendment is left, and what was sent can
be corrected. Reads claims/ and statements/.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from massage_claim import yamltext
from massage_claim.actions.project import Place
from massage_claim.actions.record import drafts
from massage_claim.command_text import spell
from massage_claim.errors import Failure, Problem, UsageProblem
from massage_claim.frozen import dataclass
from massage_claim.models.claim import Amendment, Claim, ServiceLine, Statement
from massage_claim.models.condition import Condition
from massage_claim.models.new_values import is_identifier
from massage_claim.models.payment import Payment
from massage_claim.models.prescription import Prescription
from massage_claim.models.record import Record
from massage_claim.models.session import Session
from massage_claim.private_numbers import mask
from massage_claim.store.read import read_record, records_of
from massage_claim.yamltext import Node

ALWAYS: tuple[type[Record], ...] = (Session, Payment)
"""Every change of these counts, an added note too: it is a late entry."""
PRINTED: tuple[type[Record], ...] = (Prescription, Condition)
"""Of these, only what changes a value that was there; filling a gap is no correction."""


Reason = str | Callable[[tuple[str, ...]], str | None] | None
"""Why a record is changed, or who can be asked once it is known that a reason is needed (given the papers' names)."""


@dataclass(frozen=True)
class Out:
    """A paper that went out with the record: a claim that was sent, or a statement that was handed out alone."""

    name: str
    command: str
    """What corrects it."""


def papers_with(place: Place, record_id: str, kind: type[Record]) -> tuple[Out, ...]:
    """The claims and statements that a record stands on, as they were sent last. Damaged ones are passed over."""
    if not issubclass(kind, (*ALWAYS, *PRINTED)):
        return ()
    claims = {claim.record_id: claim for claim in records_of(place.folder, Claim) if claim.submission}
    replaced = {claim.replaces for claim in claims.values()}
    statements: dict[str, Statement] = {}
    for statement in records_of(place.folder, Statement):
        known = statements.get(statement.number)
        if statement.claim is None and (known is None or known.version < statement.version):
            statements[statement.number] = statement
    about = _stands_on(place, record_id, kind) if claims or statements else None
    if about is None:
        return ()
    found = [
        Out(f"claim {claim.id}", spell("build-packet", corrects=claim.id))
        for name, claim in claims.items()
        if name not in replaced and about(claim.lines)
    ]
    found += [
        Out(f"{one.paper} {one.number}", spell("paper", one.paper, for_=one.number))
        for one in statements.values()
        if about(one.lines)
    ]
    return tuple(found)


class _Visits:
    """Whether lines are about one of these visits."""

    def __init__(self, sessions: frozenset[str]) -> None:
        self.sessions = sessions

    def __call__(self, lines: tuple[ServiceLine, ...]) -> bool:
        return any(line.session in self.sessions for line in lines)


class _Diagnoses(_Visits):
    """Whether lines point to one of these diagnoses."""

    def __call__(self, lines: tuple[ServiceLine, ...]) -> bool:
        return any(code in self.sessions for line in lines for code in line.pointers)


def _stands_on(place: Place, record_id: str, kind: type[Record]) -> _Visits | None:
    if kind is Session:
        return _Visits(frozenset({record_id}))
    try:
        record, _ = read_record(place.folder, record_id)
    except Failure:
        return None  # it can't be read, so nothing was printed from it as it is
    if isinstance(record, Payment):
        return _Visits(frozenset(share.session for share in record.for_))
    if isinstance(record, Condition):
        return _Diagnoses(frozenset(item.code for item in record.diagnoses))
    sessions = (one for one in records_of(place.folder, Session) if one.prescription in (None, record_id))
    return _Visits(frozenset(one.record_id for one in sessions))


def changed_values(before: Node, after: Node) -> tuple[dict[str, str], dict[str, str]]:
    """Dotted path → text, of what differs: as it was, and as it is. What was added or taken away stands on one side."""
    old, new = dict(_flat(before, "")), dict(_flat(after, ""))
    paths = [path for path in (*old, *(path for path in new if path not in old)) if old.get(path) != new.get(path)]
    return {path: old[path] for path in paths if path in old}, {path: new[path] for path in paths if path in new}


def amendment(
    place: Place, record_id: str, kind: type[Record], texts: tuple[Node, Node], reason: Reason
) -> tuple[drafts.Draft[Amendment] | None, tuple[Out, ...]]:
    """The amendment that the change leaves, and the papers it is about; nothing for a record that did not go out.

    Raises UsageProblem when a reason is needed and missing.
    """
    before, after = changed_values(*texts)
    if (not before and not after) or (issubclass(kind, PRINTED) and not before):
        return None, ()
    papers = papers_with(place, record_id, kind)
    if not papers:
        return None, ()
    names = tuple(paper.name for paper in papers)
    why = reason(names) if callable(reason) else reason
    if why is None or not why.strip():
        says = f"--reason is missing: a paper with this record went out ({', '.join(names)})."
        raise UsageProblem(Problem(says, "Add --reason TEXT: why it is changed. It is kept in amendments/."))
    tree: dict[str, Node] = {
        "record": record_id,
        "date": place.today.isoformat(),
        "reason": why.strip(),
        "before": _text(kind, before),
        "after": _text(kind, after),
    }
    return drafts.draft(place, Amendment, tree, options={"reason": "--reason"}), papers


def _flat(tree: Node, prefix: str) -> Iterator[tuple[str, str]]:
    if isinstance(tree, dict):
        for name, value in tree.items():
            yield from _flat(value, f"{prefix}.{name}" if prefix else name)
    elif isinstance(tree, list):
        for number, value in enumerate(tree, 1):
            yield from _flat(value, f"{prefix}.{number}")
    elif tree is not None and tree.strip():
        yield prefix, tree.strip()


def _text(kind: type[Record], values: Mapping[str, str]) -> str | None:
    """One line for each value; a private number that is taken out of a record is not kept here instead."""
    rows = (f"{path}: {mask(value, identifier=is_identifier(kind, path.split('.')))}" for path, value in values.items())
    return "\n".join(rows) or None


def tree_of(data: bytes, file: str) -> Node:
    """What a record's bytes say."""
    return yamltext.read(yamltext.decode(data, file), file).value
