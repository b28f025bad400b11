"""The facts about routes: complete for every verdict and kind of provider, in plain words, cited."""

from __future__ import annotations

import re
from datetime import date

from massage_claim.facts.fact import PLAN_KINDS
from massage_claim.facts.library import facts_on
from massage_claim.facts.plans import PROVIDER_KINDS, ROUTES

FACTS = facts_on(date(2026, 11, 23))


def test_every_verdict_has_words_and_says_whether_it_pays() -> None:
    assert tuple(FACTS.routes) == ROUTES
    pays = {name: fact.pays for name, fact in FACTS.routes.items()}
    assert {name for name, word in pays.items() if word == "yes"} == {
        "covered_through_this_therapist",
        "out_of_network_superbill",
    }
    assert pays["unknown_ask"] == pays["predetermination_first"] == pays["exception_worth_asking"] == "maybe"
    assert pays["not_covered_stop"] == pays["doctor_declined"] == "no"


def test_what_a_kind_of_plan_decides_is_said_once() -> None:
    seen = [(fact.kind, fact.when, provider) for fact in FACTS.plan_routes for provider in fact.providers]
    assert len(seen) == len(set(seen))
    always = {provider for kind, when, provider in seen if (kind, when) == ("none", "always")}
    assert always == set(PROVIDER_KINDS)
    assert {kind for kind, _, _ in seen} < set(PLAN_KINDS)


def test_each_profession_is_known_by_codes_and_letters_of_its_own() -> None:
    assert tuple(fact.kind for fact in FACTS.provider_kinds) == PROVIDER_KINDS[:-1]
    letters = [one for fact in FACTS.provider_kinds for one in fact.credentials]
    assert len(letters) == len(set(letters))
    for code, known in FACTS.identifiers.taxonomy.items():
        kinds = [fact.kind for fact in FACTS.provider_kinds if code.startswith(fact.taxonomies)]
        assert len(kinds) <= 1, code
        if "assage" in known.words:
            assert kinds == ["massage-therapist"]


def test_sentences_are_short_and_commands_stand_in_their_marks() -> None:
    shown = [text for fact in FACTS.routes.values() for text in (fact.says, fact.next_step)]
    shown += [fact.says for fact in FACTS.alternatives]
    shown += [text for fact in FACTS.plan_routes for text in (fact.says, fact.next_step) if text]
    for text in shown:
        for sentence in re.split(r"(?<=[.?!:;]) ", text):
            assert len(sentence.split()) <= 25, sentence
        assert text.endswith(".")
        assert len(re.findall("massage-claim", text)) == len(re.findall("`massage-claim [^`]+`", text))
