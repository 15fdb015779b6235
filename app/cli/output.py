"""How commands speak: JSON on standard output, sentences for people on standard error."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from typing import Any

from workers.core.model.errors import ErrorInfo


def say(text: str) -> None:
    """One line for the person who called, as a result."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def say_json(record: Mapping[str, Any]) -> None:
    """One JSON object on one line."""
    say(json.dumps(record, ensure_ascii=False, separators=(", ", ": ")))


def note(text: str) -> None:
    """A remark that is no result."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


def complain(error: ErrorInfo) -> None:
    """A failure: the sentence with its place, then the next step."""
    place = " ".join(p for p in (error.sheet, error.cell) if p)
    note(f"sheetferry: {place + ': ' if place else ''}{error.message}")
    if error.hint:
        note(f"  {error.hint}")
