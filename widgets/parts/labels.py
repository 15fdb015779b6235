"""Labels by role and tone, lines, and panels: the plain building blocks of every page."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QVBoxLayout, QWidget

from widgets.parts.plain_text import plain_tip
from widgets.theme import Theme


class Label(QLabel):
    """A text in a role of the type scale and a colour tone; follows the theme."""

    def __init__(
        self,
        theme: Theme,
        text: str = "",
        role: str = "body",
        tone: str = "text",
        *,
        weight: int | None = None,
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """Plain text always: names of files may look like markup."""
        super().__init__(text, parent)
        self._theme, self._role, self._weight = theme, role, weight
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        self.setProperty("tone", tone)
        self._refresh()
        theme.changed.connect(self._refresh)

    @Slot()
    def _refresh(self) -> None:
        self.setFont(self._theme.font(self._role, weight=self._weight))


class ElidedLabel(Label):
    """A one-line label that shortens its text with an ellipsis; the whole text is in the tooltip and for readers."""

    def __init__(
        self,
        theme: Theme,
        text: str = "",
        role: str = "body",
        tone: str = "text",
        *,
        weight: int | None = None,
        mode: Qt.TextElideMode = Qt.TextElideMode.ElideMiddle,
        parent: QWidget | None = None,
    ) -> None:
        """File names keep both ends by default."""
        super().__init__(theme, text, role, tone, weight=weight, parent=parent)
        self._mode = mode
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        """Room for a few letters."""
        return QSize(self._theme.em(24), super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the shortened text."""
        painter = QPainter(self)
        text = self.fontMetrics().elidedText(self.text(), self._mode, self.width())
        tip = plain_tip(self.text()) if text != self.text() else ""
        if self.toolTip() != tip:
            self.setToolTip(tip)
        painter.setPen(self._theme.color(str(self.property("tone"))))
        painter.drawText(self.rect(), int(self.alignment() | Qt.AlignmentFlag.AlignVCenter), text)


class IconLabel(QWidget):
    """An icon that is only a sign beside a word; it says nothing to screen readers by itself."""

    def __init__(
        self, theme: Theme, name: str, tone: str = "text2", size: float = 16, parent: QWidget | None = None
    ) -> None:
        """Show the icon `name` at `size` px (13 px base)."""
        super().__init__(parent)
        self._theme, self._name, self._tone, self._size = theme, name, tone, size
        self._fit()
        theme.changed.connect(self._fit)

    def set_icon(self, name: str, tone: str) -> None:
        """Show another icon or colour."""
        if (name, tone) != (self._name, self._tone):
            self._name, self._tone = name, tone
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the icon for this screen."""
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._theme.pixmap(self._name, self._tone, self._size, self.devicePixelRatioF()))

    @Slot()
    def _fit(self) -> None:
        side = self._theme.em(self._size)
        self.setFixedSize(side, side)
        self.update()


class Panel(QFrame):
    """A plain area with a surface colour and, if wanted, one hairline edge."""

    def __init__(
        self, surface: str = "", edge: str = "", *, kind: str = "", name: str = "", parent: QWidget | None = None
    ) -> None:
        """`surface` is a colour token; `edge` is ``top``, ``right``, ``bottom`` or ``left``; `kind` may be ``card``."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        for key, value in (("surface", surface), ("edge", edge), ("kind", kind)):
            if value:
                self.setProperty(key, value)
        if name:
            self.setObjectName(name)


class HLine(QFrame):
    """A horizontal hairline."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """One pixel high."""
        super().__init__(parent)
        self.setProperty("kind", "separator")
        self.setFixedHeight(1)


def card_layout(card: QFrame, margin: int, spacing: int) -> QVBoxLayout:
    """A column layout that leaves one pixel more, so that children do not cover the card's border."""
    layout = QVBoxLayout(card)
    layout.setContentsMargins(margin + 1, margin + 1, margin + 1, margin + 1)
    layout.setSpacing(spacing)
    return layout
