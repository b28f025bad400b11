"""Passwords from the person: typed unseen on a terminal, or from standard input with `-`; never on the command line.

Other programs and the shell's history can read a command line.
"""

from __future__ import annotations

from massage_claim.errors import Problem, UsageProblem

_TRIES = 3


def from_standard_input(given: str | None) -> str | None:
    """The first line of standard input for `--password -`; None without the option. Raises UsageProblem for anything else."""
    from massage_claim.cli import stdin

    if given is None:
        return None
    if given != "-":
        says = "--password takes only -: what stands on a command line can be read by other programs."
        raise UsageProblem(Problem(says, "Write `--password -` and pipe the password in, or leave it out to be asked."))
    text = (stdin.text_or_standard_input("--password", "-") or "").partition("\n")[0]
    if not text:
        raise UsageProblem(Problem("--password -: standard input is empty.", "Pipe the password into the command."))
    return text


def new_password(wanted: bool, given: str | None, *, no_input: bool) -> str | None:
    """A password for a new file, asked for twice. Raises UsageProblem when nobody can be asked."""
    from massage_claim.cli import ask, show

    if not wanted:
        if given is not None:
            raise UsageProblem(Problem("--password goes with --encrypt.", "Add --encrypt, or leave --password out."))
        return None
    piped = from_standard_input(given)
    if piped is not None:
        return piped
    if not ask.possible(no_input):
        says = "--encrypt: nobody can be asked for the password here."
        raise UsageProblem(Problem(says, "Pipe it in with `--password -`, or give the command in a terminal."))
    from massage_claim.actions.packets.copies import SHORTEST

    asker = ask.Asker()
    for _ in range(_TRIES):
        first = asker.secret(f"Password for the encrypted file ({SHORTEST} letters or more)")
        if first and first == asker.secret("The same once more"):
            return first
        show.plainly("The two are not the same. Type it again.")
    raise UsageProblem(Problem("No password was given twice. Nothing was written.", "Choose one, then try again."))
