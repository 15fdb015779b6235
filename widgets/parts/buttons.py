"""Buttons of the kinds in the look: default, primary, danger, ghost, link, and icon buttons."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget

from widgets.parts.plain_text import set_tip
from widgets.theme import Theme

Kind = Literal["default", "primary", "danger", "ghost", "link"]
Size = Literal["normal", "large", "small"]

_TONE = {"default": "text2", "primary": "on_accent", "danger": "danger_fg", "ghost": "text2", "link": "accent_text"}


class Button(QPushButton):
    """A push button with an optional icon; clicking does not take the focus, Tab reaches it."""

    def __init__(
        self,
        theme: Theme,
        text: str,
        icon: str = "",
        kind: Kind = "default",
        size: Size = "normal",
        parent: QWidget | None = None,
    ) -> None:
        """At most one `primary` belongs on a page."""
        super().__init__(text, parent)
        self._theme, self._icon_name, self._kind = theme, icon, kind
        self.setProperty("kind", kind)
        self.setProperty("scale", size)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAutoDefault(False)
        if kind == "link":
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._refresh()
        theme.changed.connect(self._refresh)

    def set_icon(self, name: str) -> None:
        """Show another icon, or none with an empty name."""
        if name != self._icon_name:
            self._icon_name = name
            self._refresh()

    @Slot()
    def _refresh(self) -> None:
        theme = self._theme
        small = self._kind == "link" or self.property("scale") == "small"
        weight = 600 if self._kind == "primary" else 500
        self.setFont(theme.font("small" if small else "body", weight=weight))
        px = 14 if small else 16
        gap = 3
        self.setIconSize(QSize(theme.em(px) + theme.em(gap), theme.em(px)))
        self.setIcon(theme.icon(self._icon_name, _TONE[self._kind], px, gap) if self._icon_name else QIcon())


class IconButton(QToolButton):
    """A square button with only an icon: the `text` is its tooltip and accessible name."""

    def __init__(
        self,
        theme: Theme,
        icon: str,
        text: str,
        *,
        tone: str = "text2",
        size: Size = "normal",
        parent: QWidget | None = None,
    ) -> None:
        """`text` says what the button does."""
        super().__init__(parent)
        self._theme, self._icon_name, self._tone = theme, icon, tone
        self.setProperty("kind", "icon")
        self.setProperty("scale", size)
        set_tip(self, text)
        self.setAccessibleName(text)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        self._refresh()
        theme.changed.connect(self._refresh)

    def set_icon(self, name: str, text: str) -> None:
        """Show another icon with another meaning."""
        self._icon_name = name
        set_tip(self, text)
        self.setAccessibleName(text)
        self._refresh()

    @Slot()
    def _refresh(self) -> None:
        self.setIcon(self._theme.icon(self._icon_name, self._tone, 16))
        self.setIconSize(QSize(self._theme.em(16), self._theme.em(16)))
