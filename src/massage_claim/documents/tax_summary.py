"""What the summary for taxes and accounts may show of a year; nothing is counted before a template asks for it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from massage_claim.calc.yearly_costs import Expenses, list_years, sum_expenses
from massage_claim.writing.formats import listed

if TYPE_CHECKING:
    from massage_claim.documents.scene import Scene

ACCOUNT_NAMES = {"hsa": "HSA", "fsa": "FSA", "hra": "HRA"}


class ForExpenses:
    """`expenses` in templates: the year that was asked for, else the last one in which something was paid."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene

    @cached_property
    def of_year(self) -> Expenses:
        """Every amount of the year."""
        case = self._scene.case
        return sum_expenses(case, self._scene.year or max(list_years(case), default=self._scene.today.year))

    @property
    def accounts(self) -> str:
        """The accounts that paid for something, as `HSA and FSA`; empty when none did."""
        used = {line.account for line in self.of_year.lines}
        return listed([name for kind, name in ACCOUNT_NAMES.items() if kind in used])

    @property
    def said(self) -> Mapping[str, str]:
        """Name of a rule → its words; of one that was not read in its source, with whom to ask."""
        return {
            name: f"{rule.words} {rule.note}" if rule.verified is None and rule.note else rule.words
            for name, rule in self._scene.facts.tax_rules.items()
        }

    @property
    def sources(self) -> str:
        """Where the rules stand that were read there."""
        rules = self._scene.facts.tax_rules.values()
        return listed(dict.fromkeys(str(rule.source) for rule in rules if rule.verified is not None))
