"""What an empty or broken page says: what it is for, and what to do."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from widgets.parts.buttons import Button
from widgets.parts.labels import IconLabel, Label
from widgets.theme import Theme


class EmptyState(QWidget):
    """An icon, a heading, one sentence and at most one button, at 40% of the height.

    Signals:
        acted: The button was pressed.
    """

    acted = Signal()

    def __init__(
        self,
        theme: Theme,
        icon: str,
        heading: str,
        sentence: str,
        action: str = "",
        action_icon: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """Without an `action` there is no button."""
        super().__init__(parent)
        self._heading = Label(theme, heading, "heading", wrap=True)
        self._sentence = Label(theme, sentence, "small", "text2", wrap=True)
        self._icon = IconLabel(theme, icon, "text3", 20)
        self._button = Button(theme, action, action_icon)
        self._button.setVisible(bool(action))
        self._button.clicked.connect(self.acted)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.em(32), 0, theme.em(32), 0)
        layout.setSpacing(theme.em(8))
        layout.addStretch(2)
        layout.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignHCenter)
        # Over the whole width: a wrapped label that is aligned in its layout is given too few lines.
        layout.addWidget(self._heading)
        layout.addWidget(self._sentence)
        for label in (self._heading, self._sentence):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._sentence.setMinimumWidth(theme.em(216))
        layout.addSpacing(theme.em(6))
        layout.addWidget(self._button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)

    def set_content(self, icon: str, heading: str, sentence: str, action: str = "", tone: str = "text3") -> None:
        """Say something else, for a broken state say."""
        self._icon.set_icon(icon, tone)
        self._heading.setText(heading)
        self._sentence.setText(sentence)
        self._button.setText(action)
        self._button.setVisible(bool(action))
