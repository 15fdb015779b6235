"""The door through which commands speak: JSON on standard output, sentences for people on standard error.

Nothing else writes to the terminal. What goes through is made harmless: names, cells and messages of servers may hold
escape sequences, line breaks and direction marks.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any

from workers.core.model.errors import ErrorInfo
from workers.core.model.shown_text import json_line, shown


def say(text: str) -> None:
    """One line for the person who called, as a result."""
    _write(sys.stdout, shown(text))


def say_json(record: Mapping[str, Any]) -> None:
    """One JSON object on one line."""
    _write(sys.stdout, json_line(record))


def note(text: str) -> None:
    """A remark that is no result."""
    _write(sys.stderr, shown(text))


def complain(error: ErrorInfo) -> None:
    """A failure: the sentence with its place, then the next step."""
    place = " ".join(p for p in (error.sheet, error.cell) if p)
    note(f"sheetferry: {place + ': ' if place else ''}{error.message}")
    if error.hint:
        note(f"  {error.hint}")


def confirmed(question: str) -> bool:
    """Ask on the terminal; anything but a yes is a no."""
    sys.stderr.write(f"{shown(question)} [y/N] ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() in ("y", "yes")


def typed_secret(question: str) -> str:
    """Ask for a secret, which is not shown while it is typed."""
    import getpass

    return getpass.getpass(f"{shown(question)}: ")


def _write(stream: Any, line: str) -> None:
    # A terminal of another encoding shows an escape for what it lacks, instead of ending the command.
    encoding = stream.encoding or "utf-8"
    stream.write(line.encode(encoding, "backslashreplace").decode(encoding) + "\n")
    stream.flush()
