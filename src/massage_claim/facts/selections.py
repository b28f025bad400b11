"""Facts that are asked for together: packet order, denial codes, deadlines, identifiers, diagnoses. An unknown code gives None: it is said to be unknown, never guessed."""

from __future__ import annotations

from collections.abc import Mapping

from massage_claim.facts import coding_kinds as coding
from massage_claim.facts import plan_kinds as plan
from massage_claim.facts import reason_kinds as reason
from massage_claim.frozen import dataclass


@dataclass(frozen=True)
class PacketOrder:
    """One scale for papers and attachments."""

    parts: tuple[plan.PacketPart, ...]

    def part(self, packet: str, kind: str) -> plan.PacketPart | None:
        """The place of `kind` in a packet ("claim" or "appeal"); None when it has none there."""
        return next((part for part in self.parts if (part.packet, part.kind) == (packet, kind)), None)

    def rank(self, packet: str, kind: str) -> int | None:
        part = self.part(packet, kind)
        return part.rank if part else None

    def kinds(self, packet: str) -> tuple[str, ...]:
        """The kinds of a packet in order."""
        return tuple(part.kind for part in sorted(self.parts, key=lambda part: part.rank) if part.packet == packet)


@dataclass(frozen=True)
class DenialCodes:
    """Reason codes. An unknown code gives None: it is said to be unknown, never guessed."""

    groups: Mapping[str, reason.GroupCode]
    carcs: Mapping[str, reason.DenialCode]
    rarcs: Mapping[str, reason.DenialCode]

    def group(self, code: str) -> reason.GroupCode | None:
        return self.groups.get(code.strip().upper())

    def carc(self, code: str) -> reason.DenialCode | None:
        """`code` as printed: "50", or with its group: "CO-50", "CO 50", "CO50"."""
        bare = code.strip().upper()
        if bare[:2] in self.groups:
            bare = bare[2:].lstrip("- ")
        return self.carcs.get(bare)

    def rarc(self, code: str) -> reason.DenialCode | None:
        return self.rarcs.get(code.strip().upper())


@dataclass(frozen=True)
class Deadlines:
    """The clocks."""

    rules: tuple[plan.DeadlineRule, ...]
    amounts: Mapping[str, plan.Amount]

    def of(self, clock: str, plan_kind: str | None = None) -> tuple[plan.DeadlineRule, ...]:
        """The rules of a clock, for one kind of plan or for all."""
        return tuple(
            rule for rule in self.rules if rule.clock == clock and (plan_kind is None or rule.is_for(plan_kind))
        )


@dataclass(frozen=True)
class Identifiers:
    patterns: Mapping[str, coding.Pattern]
    npi: coding.NpiRule
    ein: coding.EinPrefixes
    taxonomy: Mapping[str, coding.Taxonomy]


@dataclass(frozen=True)
class Diagnoses:
    """What is known of diagnosis codes without the full list."""

    retired_headers: Mapping[str, coding.RetiredHeader]
    exclusive_pairs: tuple[coding.ExclusivePair, ...]
    never_first: tuple[coding.NeverFirst, ...]
    titles: Mapping[str, coding.DiagnosisTitle]
