"""The facts of the papers around an appeal: copies by right, sentences of law, offices, what is left. Frozen records."""

from __future__ import annotations

from massage_claim.facts.plain_kinds import Fact
from massage_claim.frozen import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRequest(Fact):
    """Something that this law lets a claimant have a copy of. `when`: always, medical-judgment.

    `spares_grandfathered`: it does not hold for a plan that is grandfathered under the Affordable Care Act.
    """

    name: str
    words: str
    when: str
    spares_grandfathered: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LawSentence(Fact):
    """One sentence of law for a letter; the part of `name` before its plan kind says what it is about."""

    name: str
    words: str
    spares_grandfathered: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Office(Fact):
    """Who takes a complaint. `asks`: what the complaint asks it; `looks_at`: what it can do, for the patient's eyes.

    `private`: only about a private employer's plan. Its address is asked for, never shipped.
    """

    name: str
    title: str
    asks: str
    looks_at: str
    private: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LastWay(Fact):
    """What is left after the final no, for the patient's eyes. `when`: always, medical, contract, unclear.

    `external`: it is about an outside review, and only holds until one has decided.
    """

    name: str
    title: str
    says: str
    when: str
    external: bool
    spares_grandfathered: bool


@dataclass(frozen=True, slots=True)
class AfterDenial:
    """All of them, in the order to show."""

    file_requests: tuple[FileRequest, ...]
    sentences: tuple[LawSentence, ...]
    offices: tuple[Office, ...]
    last_ways: tuple[LastWay, ...]
