"""Words of the look at a table."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication


def tr(text: str) -> str:
    """Translate in this window's context."""
    return QCoreApplication.translate("look", text)
