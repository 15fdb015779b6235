"""Painting shared by widgets and delegates: chips, state words, progress bars, focus rings, hatching."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen

from widgets.theme import Theme

V_CENTER = Qt.AlignmentFlag.AlignVCenter
LEFT = Qt.AlignmentFlag.AlignLeft | V_CENTER
RIGHT = Qt.AlignmentFlag.AlignRight | V_CENTER


@dataclass(frozen=True, slots=True)
class ChipData:
    """What a chip shows: a word, a tone (``ok``, ``warn``, ``danger``, ``info``, ``neutral``, ``lock``), an icon."""

    text: str
    tone: str = "neutral"
    icon: str = ""


def chip_width(theme: Theme, chip: ChipData) -> int:
    """How wide the chip becomes."""
    metrics = QFontMetrics(theme.font("caption", weight=500))
    icon = theme.em(13) + theme.em(4) if chip.icon else 0
    return metrics.horizontalAdvance(chip.text) + icon + 2 * theme.em(6)


def paint_chip(painter: QPainter, theme: Theme, rect: QRect, chip: ChipData, height: float = 18) -> None:
    """Draw the chip at the left of `rect`, centred vertically."""
    high = theme.em(height)
    box = QRectF(rect.x(), rect.y() + (rect.height() - high) / 2, chip_width(theme, chip), high)
    fill_round(painter, box, theme.radius("chip"), theme.color(f"{chip.tone}_bg"))
    x = box.x() + theme.em(6)
    if chip.icon:
        side = theme.em(13)
        paint_icon(painter, theme, chip.icon, f"{chip.tone}_fg", 13, x, box.center().y())
        x += side + theme.em(4)
    painter.setFont(theme.font("caption", weight=500))
    painter.setPen(theme.color(f"{chip.tone}_fg"))
    painter.drawText(QRectF(x, box.y(), box.right() - x, high), int(LEFT), chip.text)


def paint_icon(painter: QPainter, theme: Theme, name: str, tone: str, px: float, x: float, center_y: float) -> None:
    """Draw an icon whose left edge is `x`, centred on `center_y`, for the painter's screen."""
    ratio = painter.device().devicePixelRatioF()
    painter.drawPixmap(QPointF(round(x), round(center_y - theme.em(px) / 2)), theme.pixmap(name, tone, px, ratio))


def fill_round(painter: QPainter, rect: QRectF, radius: float, fill: QColor, border: QColor | None = None) -> None:
    """Fill a rounded box, with a one-pixel border if a colour is given."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(fill)
    if border is None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawRoundedRect(rect, radius, radius)
    else:
        painter.setPen(QPen(border, 1))
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
    painter.restore()


def paint_focus(painter: QPainter, theme: Theme, rect: QRect | QRectF, radius: float) -> None:
    """Draw the 2 px focus ring inside `rect`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.color("focus"), 2))
    painter.drawRoundedRect(QRectF(rect).adjusted(1, 1, -1, -1), radius, radius)
    painter.restore()


def paint_bar(painter: QPainter, theme: Theme, rect: QRectF, fraction: float | None, tone: str = "accent") -> None:
    """Draw a progress bar; without a fraction a fixed third in the middle says that the total is not known."""
    radius = rect.height() / 2
    fill_round(painter, rect, radius, theme.color("neutral_bg"))
    part = QRectF(rect)
    if fraction is None:
        part.setLeft(rect.x() + rect.width() / 3)
        part.setWidth(rect.width() / 3)
    else:
        part.setWidth(max(rect.height(), rect.width() * min(max(fraction, 0.0), 1.0)) if fraction > 0 else 0)
    if part.width() > 0:
        fill_round(painter, part, radius, theme.color(tone))


def hatch(painter: QPainter, theme: Theme, rect: QRect) -> None:
    """Cover `rect` with the 45 degree lines that mean *left out*, continuous from cell to cell."""
    step = theme.em(8)
    painter.save()
    painter.setClipRect(rect)
    painter.setPen(QPen(theme.color("border_subtle"), 1))
    first = (rect.left() + rect.top()) // step * step
    for total in range(first, rect.right() + rect.bottom() + step, step):
        painter.drawLine(total - rect.top(), rect.top(), total - rect.bottom() - 1, rect.bottom() + 1)
    painter.restore()


def corner_mark(painter: QPainter, theme: Theme, rect: QRect, tone: str) -> None:
    """Draw the small triangle at the top left that marks a cell."""
    side = theme.em(7)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color(tone))
    x, y = float(rect.x()), float(rect.y())
    painter.drawPolygon([QPointF(x, y), QPointF(x + side, y), QPointF(x, y + side)])
    painter.restore()
