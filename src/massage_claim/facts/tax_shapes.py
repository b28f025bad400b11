"""Makes the tax rules from the entries of their YAML file."""

from __future__ import annotations

from massage_claim.facts import tax_kinds as tax
from massage_claim.facts.entry import Entry


def tax_rule(entry: Entry) -> tax.TaxRule:
    return tax.TaxRule(name=entry.text("name"), words=entry.text("words"), **entry.common())
