"""The shipped facts, each with its authority and the days on which it holds."""
