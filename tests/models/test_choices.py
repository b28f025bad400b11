"""Closed answers: each word is taken, no other is, and each says in words what it means."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from massage_claim.facts.library import facts_on
from massage_claim.models import choices
from massage_claim.models.rule import OneOf

EVERY = {name: kind for name, kind in vars(choices).items() if hasattr(kind, "__metadata__")}


def _words(kind: Any) -> tuple[tuple[str, str], ...]:
    (one,) = (mark for mark in kind.__metadata__ if isinstance(mark, OneOf))
    return one.words


def test_there_are_many() -> None:
    assert len(EVERY) > 15


@pytest.mark.parametrize("name", EVERY)
def test_it_takes_its_words_and_no_other(name: str) -> None:
    adapter = TypeAdapter(EVERY[name])
    words = [word for word, _ in _words(EVERY[name])]
    assert len(set(words)) == len(words) > 1
    for word in words:
        assert adapter.validate_python(f" {word} ") == word
    for other in ("", "zzqx", f"{words[0]}x", words[0].swapcase()):
        if other in words:
            continue
        with pytest.raises(ValidationError) as caught:
            adapter.validate_python(other)
        assert all(word in str(caught.value) for word in words)


@pytest.mark.parametrize("name", EVERY)
def test_each_word_means_something(name: str) -> None:
    meanings = [words for _, words in _words(EVERY[name])]
    assert all(meanings)
    assert len(set(meanings)) == len(meanings)


def test_the_kinds_of_plan_are_those_that_the_facts_know() -> None:
    import datetime as dt

    assert {word for word, _ in _words(choices.PlanKind)} == set(facts_on(dt.date(2026, 3, 1)).plan_kinds)
