"""Texts for every field of every model, found by looking at the models: one plain sample, or a hypothesis strategy.

A field of a kind of value that isn't listed here raises KeyError, so that a new kind cannot stay untested.
"""

from __future__ import annotations

import types
from collections.abc import Iterator, Mapping
from datetime import date, time
from typing import Any, Literal, Union, get_args, get_origin

from hypothesis import strategies as st
from pydantic import BeforeValidator

from massage_claim.models import decision, kinds
from massage_claim.models.case import RECORD_KINDS, CaseSettings
from massage_claim.models.decision import Decision
from massage_claim.models.field import InForm
from massage_claim.models.payment import Package, Payment
from massage_claim.models.people import Patient
from massage_claim.models.plan import Plan
from massage_claim.models.record import Block, Record
from massage_claim.models.rule import OneOf
from massage_claim.models.session import Session
from massage_claim.models.span import Span
from massage_claim.yamltext import Node

EVERY_KIND: tuple[type[Record], ...] = (CaseSettings, Patient, Plan, *RECORD_KINDS)

_days = st.dates(date(1900, 1, 1), date(2199, 12, 31)).map(date.isoformat)
_clock = st.times().map(lambda t: time(t.hour, t.minute).isoformat("minutes"))
_letters = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\u2028\u2029")
_line = st.text(_letters, min_size=1, max_size=30).filter(lambda text: bool(text.strip()))
_words = st.text(st.one_of(_letters, st.just("\n"), st.just("\t")), min_size=1, max_size=60).filter(
    lambda t: bool(t.strip())
)
_name = st.from_regex(r"\A[A-Za-z0-9][A-Za-z0-9._-]{0,20}\Z")


def _digits(least: int, most: int) -> st.SearchStrategy[str]:
    return st.integers(least, most).map(str)


def _regex(pattern: str) -> st.SearchStrategy[str]:
    return st.from_regex(rf"\A(?:{pattern})\Z")


def _named(folder: str) -> st.SearchStrategy[str]:
    return st.one_of(_name, _name.map(lambda name: f"{folder}/{name}"))


def _key(alias: Any) -> int:
    """The validator that makes an alias of `kinds` what it is."""
    return next(id(item) for item in alias.__metadata__ if isinstance(item, BeforeValidator))


_money = st.decimals("0.00", "99.99", places=2).map(str)
_BY_KIND: dict[int, tuple[str, st.SearchStrategy[str]]] = {
    _key(kinds.YesNo): ("yes", st.sampled_from(["yes", "no", "Yes", "true", "FALSE"])),
    _key(kinds.Day): ("2026-03-10", _days),
    _key(kinds.Clock): ("09:30", _clock),
    _key(kinds.Money): ("95.00", _money),
    _key(kinds.Minutes): ("52", _digits(1, 1440)),
    _key(kinds.Count): ("12", _digits(0, 99_999)),
    _key(kinds.PainScore): ("7", _digits(0, 10)),
    _key(kinds.Number): ("7.5", st.decimals(-999_999, 999_999, places=2).map(str)),
    _key(kinds.Npi): ("2123456784", _regex("[0-9]{10}")),
    _key(kinds.Ein): ("91-0000123", _regex("[0-9]{2}-?[0-9]{7}")),
    _key(kinds.Taxonomy): ("225700000X", _regex("[0-9A-Za-z]{9}X")),
    _key(kinds.Icd10): ("M54.59", _regex(r"[A-Za-z][0-9A-Za-z]{2}(\.[0-9A-Za-z]{1,4})?")),
    _key(kinds.ProcedureCode): ("97124", _regex("[0-9]{5}|[A-Va-v][0-9]{4}")),
    _key(kinds.ServiceCode): ("97124", st.one_of(st.just("unknown"), _regex("[0-9]{5}|[A-Va-v][0-9]{4}"))),
    _key(kinds.Modifier): ("59", _regex("[0-9A-Za-z]{2}")),
    _key(kinds.PlaceOfService): ("11", _regex("[0-9]{2}")),
    _key(kinds.Zip): ("02139", _regex("[0-9]{5}(-?[0-9]{4})?")),
    _key(kinds.Phone): ("614-555-0142", _regex("[0-9]{3}-555-01[0-9]{2}")),
    _key(kinds.UsState): ("WA", st.sampled_from(sorted(kinds.STATES))),
    _key(kinds.RecordId): ("sessions/2026-03-10", st.one_of(_name, _name.map(lambda name: f"sessions/{name}"))),
    _key(kinds.ProviderId): ("providers/ana", _named("providers")),
    _key(kinds.ConditionId): ("conditions/low-back", _named("conditions")),
    _key(kinds.PrescriptionId): ("prescriptions/2026-03-02", _named("prescriptions")),
    _key(kinds.SessionId): ("sessions/2026-03-10", _named("sessions")),
    _key(kinds.DecisionId): ("decisions/2026-04-10", _named("decisions")),
    _key(kinds.AttachmentId): ("attachments/order", _named("attachments")),
    _key(kinds.ClaimId): ("claims/2026-03-10", _named("claims")),
    _key(kinds.ContactId): ("contacts/2026-03-19", _named("contacts")),
    _key(kinds.FileName): ("order of Dr. Ruiz.pdf", _regex(r"[A-Za-z0-9][A-Za-z0-9 _-]{0,20}\.pdf")),
    _key(kinds.Sha256): ("0f" * 32, _regex("[0-9a-f]{64}")),
    _key(decision.ReasonCode): ("50", _regex("[A-Z]{0,2}[0-9]{1,3}")),
}
_EXCEPTIONS: dict[tuple[type[Block], str], tuple[str, st.SearchStrategy[str]]] = {
    (Payment, "amount"): ("9000.00", st.decimals("9000.00", "99999.99", places=2).map(str)),
    (Package, "visits"): ("10", _digits(5, 99)),
    (Decision, "notice_date"): ("2026-03-01", st.just("1900-01-01")),
    (Session, "start"): ("09:30", st.just("00:00")),
    (Session, "end"): ("10:30", _clock.filter(lambda text: text != "00:00")),
    (CaseSettings, "format"): ("1", st.just("1")),
}


def full_tree(kind: type[Block]) -> dict[str, Node]:
    """Every field filled with a plain sample; lists have one entry."""
    return {name: _sample(annotation, metadata, kind, name) for name, annotation, metadata, _ in _fields(kind)}


def trees(kind: type[Block]) -> st.SearchStrategy[dict[str, Node]]:
    """Trees of texts that the model accepts, with any of the optional fields."""
    required, optional = {}, {}
    for name, annotation, metadata, needed in _fields(kind):
        (required if needed else optional)[name] = _strategy(annotation, metadata, kind, name)
    return st.fixed_dictionaries(required, optional=optional)


def free_texts(kind: type[Block], tree: Mapping[str, Node]) -> Iterator[tuple[tuple[str, ...], bool]]:
    """The path of every field of the model that takes any words, list items from 0, and whether `tree` has it.

    What is not there yet stands as if it were the first of its list; groups that are not there are left out.
    """
    for name, annotation, metadata, _ in _fields(kind):
        there = name in tree
        value = tree.get(name)
        yield from _free_texts(_resolve(annotation, metadata, kind, name), kind, name, value, (name,), there)


def _free_texts(
    found: tuple[Any, ...], kind: type[Block], name: str, value: Node, path: tuple[str, ...], there: bool
) -> Iterator[tuple[tuple[str, ...], bool]]:
    match found:
        case ("leaf", sample, _) if str(sample).startswith("plain words"):
            yield path, there
        case ("block", inner) if isinstance(value, dict):
            for more, known in free_texts(inner, value):
                yield (*path, *more), known
        case ("list", inner):
            items = value if isinstance(value, list) else [None]
            for number, item in enumerate(items):
                yield from _free_texts(
                    _resolve(inner, [], kind, name), kind, name, item, (*path, str(number)), there and item is not None
                )
        case ("dict",) if isinstance(value, dict):
            yield from (((*path, key), True) for key in value)


def blocks_in(kind: type[Block]) -> Iterator[type[Block]]:
    """The model and every group of fields in it."""
    yield kind
    for _, annotation, _, _ in _fields(kind):
        for inner in _blocks(annotation):
            yield from blocks_in(inner)


def _blocks(annotation: Any) -> Iterator[type[Block]]:
    if isinstance(annotation, type) and get_origin(annotation) is None and issubclass(annotation, Block):
        yield annotation
    for inner in get_args(annotation):
        yield from _blocks(inner)


def _fields(kind: type[Block]) -> Iterator[tuple[str, Any, list[Any], bool]]:
    for name, field in kind.model_fields.items():
        if name != "record_id":
            yield field.alias or name, field.annotation, list(field.metadata), field.is_required()


def _sample(annotation: Any, metadata: list[Any], kind: type[Block], name: str) -> Node:
    found = _resolve(annotation, metadata, kind, name)
    match found:
        case ("leaf", sample, _):
            return str(sample)
        case ("block", inner):
            return dict(full_tree(inner))
        case ("list", inner):
            return [_sample(inner, [], kind, name)]
        case _:
            return {"coverage_active": "yes"}


def _strategy(annotation: Any, metadata: list[Any], kind: type[Block], name: str) -> st.SearchStrategy[Any]:
    found = _resolve(annotation, metadata, kind, name)
    match found:
        case ("leaf", _, strategy):
            return strategy  # type: ignore[no-any-return]
        case ("block", inner):
            return trees(inner)
        case ("list", inner):
            return st.lists(_strategy(inner, [], kind, name), min_size=1, max_size=3)
        case _:
            return st.dictionaries(st.from_regex(r"\A[a-z_0-9-]{0,8}[a-z]\Z"), _words, max_size=3)


def _resolve(annotation: Any, metadata: list[Any], kind: type[Block], name: str) -> tuple[Any, ...]:
    if (kind, name) in _EXCEPTIONS:
        return ("leaf", *_EXCEPTIONS[kind, name])
    for item in metadata:
        if id(item) in _BY_KIND:
            return ("leaf", *_BY_KIND[id(item)])
    form = next((item.form for item in metadata if isinstance(item, InForm)), None)
    if form is not None:
        return (
            "leaf",
            "07-01" if "02-3" in form or "0?2-3" in form else "2025-11",
            st.from_regex(form, fullmatch=True),
        )
    if annotation is Span:
        ends = st.tuples(st.integers(0, 99), st.integers(100, 999)).map(lambda two: f"{two[0]}-{two[1]}")
        return ("leaf", "1-2", st.one_of(ends, _digits(0, 99_999)))
    if annotation is kinds.RoughDay:
        return ("leaf", "2025-11", st.one_of(_days, _days.map(lambda day: day[:7]), _days.map(lambda day: day[:4])))
    choice = next((item for item in metadata if isinstance(item, OneOf)), None)
    if choice is not None:
        words = [word for word, _ in choice.words]
        return ("leaf", words[0], st.sampled_from(words))
    origin = get_origin(annotation)
    if origin is Literal:
        words = [str(word) for word in get_args(annotation)]
        return ("leaf", words[0], st.sampled_from(words))
    if origin in (Union, types.UnionType):
        return _resolve(next(arg for arg in get_args(annotation) if arg is not type(None)), metadata, kind, name)
    if origin is tuple:
        return ("list", get_args(annotation)[0])
    if origin is dict:
        return ("dict",)
    if hasattr(annotation, "__metadata__"):
        return _resolve(get_args(annotation)[0], [*annotation.__metadata__, *metadata], kind, name)
    if isinstance(annotation, type) and issubclass(annotation, Block):
        return ("block", annotation)
    if annotation is str and any(
        getattr(item, "func", None) in (kinds._line, kinds._one_line, kinds._identifier) for item in metadata
    ):
        return ("leaf", "plain words", _line)
    if annotation is str and any(
        getattr(item, "func", None) in (kinds._words, kinds._no_controls, kinds._copied) for item in metadata
    ):
        return ("leaf", "plain words\nin two lines", _words)
    raise KeyError(f"no texts for {kind.__name__}.{name}: {annotation!r} {metadata!r}")
