"""Banners and notices: something to know, why, and what can be done, in place."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from widgets.parts.labels import IconLabel, Label
from widgets.parts.painting import fill_round
from widgets.theme import Theme

_ICONS = {"danger": "error", "warn": "warn", "ok": "okc", "info": "info", "neutral": "info"}


class Notice(QWidget):
    """A tinted box with a coloured edge: icon, title, sentence, and room for actions below or at the right.

    Tones are ``danger``, ``warn``, ``ok``, ``info`` and ``neutral``.
    """

    def __init__(
        self,
        theme: Theme,
        tone: str = "info",
        title: str = "",
        text: str = "",
        *,
        icon: str = "",
        banner: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """A `banner` is the taller form for the top of a page, with its actions at the right."""
        super().__init__(parent)
        self._theme, self._tone, self._banner = theme, tone, banner
        self._icon = IconLabel(theme, icon or _ICONS[tone], f"{tone}_fg", 20 if banner else 16)
        self._title = Label(theme, title, "body" if banner else "small", weight=600, wrap=not banner)
        self._text = Label(theme, text, "small", "text2", wrap=not banner)
        # A layout without items would hold its siblings to their hints; a widget does not.
        self._action_holder = QWidget()
        self.action_row = QHBoxLayout(self._action_holder)
        self.action_row.setContentsMargins(0, 0, 0, 0)
        self._build()
        self.set_content(tone, title, text, icon)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        theme.changed.connect(self.update)

    def set_content(self, tone: str, title: str, text: str, icon: str = "") -> None:
        """Say something else."""
        self._tone = tone
        self._icon.set_icon(icon or _ICONS[tone], f"{tone}_fg")
        self._title.setText(title)
        self._title.setVisible(bool(title))
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self.setAccessibleName(f"{title} {text}".strip())
        self.update()

    def clear_actions(self) -> None:
        """Remove every button."""
        while self.action_row.count():
            item = self.action_row.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.deleteLater()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the tint and the edge."""
        theme, painter = self._theme, QPainter(self)
        box, radius = QRectF(self.rect()), theme.radius("chip")
        width = theme.em(4 if self._banner else 3)
        painter.setClipRect(QRectF(0, 0, width, box.height()))
        fill_round(painter, box, radius, theme.color(f"{self._tone}_line"))
        painter.setClipRect(QRectF(width, 0, box.width() - width, box.height()))
        fill_round(painter, box, radius, theme.color(f"{self._tone}_bg"))

    def _build(self) -> None:
        theme = self._theme
        row = QHBoxLayout(self)
        margin = theme.em(8 if self._banner else 7)
        row.setContentsMargins(theme.em(16 if self._banner else 13), margin, theme.em(12), margin)
        row.setSpacing(theme.em(12 if self._banner else 9))
        words = QVBoxLayout()
        words.setSpacing(theme.em(2))
        words.addWidget(self._title)
        words.addWidget(self._text)
        self.action_row.setSpacing(theme.em(8))
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        if self._banner:
            row.addWidget(self._action_holder)
        else:
            words.addWidget(self._action_holder)


class Banner(Notice):
    """At most one is shown at the top of a page; `set_more` says how many others wait behind it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Hidden until `show_banner`."""
        super().__init__(theme, "info", banner=True, parent=parent)
        self.hide()

    def show_banner(self, tone: str, title: str, text: str, icon: str = "") -> None:
        """Say something and become visible."""
        self.set_content(tone, title, text, icon)
        self.show()

    @Slot()
    def dismiss(self) -> None:
        """Hide, and forget the actions."""
        self.hide()
        self.clear_actions()
