"""Whether a provider's numbers can be right: the NPI's check digit and the EIN's prefix.

A number that passes may still belong to somebody else: only the registry knows (45 CFR 162.406).
"""

from __future__ import annotations

from massage_claim.facts.codes import EinPrefixes, NpiRule


def luhn_is_right(digits: str) -> bool:
    """True when the last digit is the check digit of the ones before it (ISO/IEC 7812, Luhn); False for other signs."""
    if not (digits.isascii() and digits.isdigit()):
        return False
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def npi_is_possible(npi: str, rule: NpiRule) -> bool:
    """True for the right length, first digit and check digit, which is worked out with the rule's prefix in front."""
    return len(npi) == rule.digits and npi.startswith(rule.first_digits) and luhn_is_right(rule.prefix + npi)


def ein_is_plausible(ein: str, prefixes: EinPrefixes) -> bool:
    """True for nine digits, with or without the hyphen, whose first two the IRS has listed. New prefixes may appear."""
    digits = ein.replace("-", "", 1)
    return len(digits) == 9 and digits.isascii() and digits.isdigit() and digits[:2] in prefixes.listed
