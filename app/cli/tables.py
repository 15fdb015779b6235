"""Tables and bars on a terminal, by rich, with nothing in their cells that the terminal would obey."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from workers.core.model.shown_text import shown


def terminal(*, errors: bool = False) -> Console:
    """The terminal for tables; no words in brackets are taken for colours or links.

    Args:
        errors: Whether standard error is meant.
    """
    return Console(stderr=errors, markup=False, highlight=False, emoji=False)


def cell(text: str, style: str = "") -> Text:
    """A text of whatever origin for a table or a line."""
    return Text(shown(text), style)
