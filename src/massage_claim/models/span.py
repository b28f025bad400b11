"""A number on a doctor's order that may be a range: `6`, or `1-2` visits a week."""

from __future__ import annotations


class Span(int):
    """Counts by its lower end: what an order certainly covers. `most` is the upper end, the same for a plain number.

    A range times a range is a range: 1–2 a week for 6 weeks are 6–12 visits.
    """

    most: int

    def __new__(cls, least: int, most: int | None = None) -> Span:
        made = super().__new__(cls, least)
        made.most = int(made) if most is None else most
        return made

    @property
    def least(self) -> int:
        """The lower end."""
        return int(self)

    @property
    def certain(self) -> bool:
        """True for a plain number."""
        return self.least == self.most

    def covers(self, other: int) -> bool:
        """Whether a number, or each end of a range, lies within this one."""
        upper = other.most if isinstance(other, Span) else other
        return self.least <= other <= self.most and upper <= self.most

    def __mul__(self, other: int) -> Span:
        upper = other.most if isinstance(other, Span) else int(other)
        return Span(self.least * int(other), self.most * upper)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Span):
            return (self.least, self.most) == (other.least, other.most)
        return self.certain and self.least == other

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(self.least)

    def __str__(self) -> str:
        return str(self.least) if self.certain else f"{self.least}-{self.most}"

    def __repr__(self) -> str:
        return f"Span({self.least}, {self.most})"
