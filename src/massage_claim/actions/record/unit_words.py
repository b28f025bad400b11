"""What both unit rules make of a visit's minutes, beside what was billed, in plain sentences."""

from __future__ import annotations

from massage_claim.calc.units import compare
from massage_claim.facts.library import Facts
from massage_claim.models.kinds import UNKNOWN_CODE
from massage_claim.models.session import Session


def unit_sentences(session: Session, facts: Facts) -> tuple[str, ...]:
    """Units by Medicare's rule and by the midpoint rule, and how the billed units compare. Empty while minutes are missing."""
    services = [(service, service.minutes) for service in session.services]
    lines = [(service.code, minutes) for service, minutes in services if minutes is not None]
    if len(lines) < len(services) or session.purpose != "treatment" or UNKNOWN_CODE in dict(lines):
        return ()
    codes = facts.procedure_codes
    if not any(code in codes and codes[code].timed for code, _ in lines):
        return ()
    units = [service.units for service, _ in services]
    billed = [unit for unit in units if unit is not None] if None not in units else None
    both = compare(lines, facts, billed)
    cms, midpoint = both.cms.total, both.midpoint.total
    if cms == midpoint:
        says = f"Units from the minutes: {cms}, by Medicare's rule and by the midpoint rule."
    else:
        says = f"Units from the minutes: {cms} by Medicare's rule, {midpoint} by the midpoint rule. Plans differ."
    if both.billed_total is None:
        return (says,)
    if both.fits_cms or both.fits_midpoint:
        return (says, f"Billed: {both.billed_total}. That fits.")
    if both.above_both:
        return (says, f"Billed: {both.billed_total}. That is more than either rule gives: ask the therapist.")
    return (says, f"Billed: {both.billed_total}. Neither rule gives that split: ask the therapist.")
