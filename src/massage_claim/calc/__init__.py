"""Arithmetic and questions about a case, without disk, clock or screen: units, money, days, lines, decisions, steps."""
