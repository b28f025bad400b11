#!/bin/sh
# Makes a virtual environment. Takes its folder and what goes in: `locked` for the project with the versions of
# requirements.lock, `newest` for the project with the newest versions it allows, else the name of one tool.
# Names what is missing instead of failing somewhere deep: a Python that is too old, Debian's python3-venv.
set -eu
venv=$1
what=$2

fits() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

if [ ! -x "$venv/bin/python" ] || ! fits "$venv/bin/python" || ! "$venv/bin/python" -m pip --version >/dev/null 2>&1; then
  python=
  for candidate in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11; do
    if command -v "$candidate" >/dev/null 2>&1 && fits "$candidate"; then python=$candidate; break; fi
  done
  if [ -z "$python" ]; then
    found=$(python3 --version 2>/dev/null || echo "no python3 at all")
    echo "massage-claim needs Python 3.11 or newer; found: $found." >&2
    echo "Install it (Debian, Ubuntu: apt install python3.11 python3.11-venv; macOS: brew install python)," >&2
    echo "or name it: make demo PYTHON=/path/to/python3.12" >&2
    exit 1
  fi
  if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    echo "This Python ($python) cannot make virtual environments: its venv package is missing." >&2
    echo "Install it (Debian, Ubuntu: apt install python$version-venv or python3-venv), then run make again." >&2
    exit 1
  fi
  rm -rf "$venv"
  "$python" -m venv "$venv"
fi

pip() { "$venv/bin/python" -m pip --quiet --disable-pip-version-check "$@"; }

case $what in
  locked)
    pip install --require-hashes --requirement requirements.lock
    pip install --no-deps --no-build-isolation --editable .
    ;;
  newest) pip install --upgrade --editable '.[dev,heic]' ;;
  *) pip install --upgrade "$what" ;;
esac
