"""What tests of widgets share: one theme for each test, nothing left on the application."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from widgets.theme import ColorMode, Theme


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    """A light theme that is not installed, so that the application's style stays as it was."""
    made = Theme(qapp, ColorMode.LIGHT)
    yield made
    made.deleteLater()
