"""Finds what ships beside the code: `templates/` and `examples/`, in a wheel and in an editable install."""

from __future__ import annotations

from pathlib import Path


def shipped(name: str) -> Path:
    """The folder `name` ("templates" or "examples") that came with this program.

    A wheel carries it inside the package; an editable install has it at the top of the checkout, beside
    `pyproject.toml`. Raises FileNotFoundError when neither exists: a broken installation, not a person's mistake.
    """
    package = Path(__file__).resolve().parent
    inside = package / name
    if inside.is_dir():
        return inside
    checkout = package.parents[1]
    if (checkout / "pyproject.toml").is_file() and (checkout / name).is_dir():
        return checkout / name
    raise FileNotFoundError(f"{name} is missing from this installation of massage-claim")
