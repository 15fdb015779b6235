"""Line icons, rendered from SVG for a size, a colour and a device pixel ratio, and kept."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

_GRID = 20
_MIN_STROKE = 1.3
_FRAME = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20" fill="none" stroke="{color}" color="{color}" '
    'stroke-width="{stroke}" stroke-linecap="round" stroke-linejoin="round">{body}</svg>'
)


def stroke_width(size: float) -> float:
    """Stroke in units of the 20-unit grid that stays near 1.3 px on icons drawn smaller than the grid."""
    return max(1.5, round(_MIN_STROKE * _GRID / size, 2)) if size < _GRID else 1.5


class IconPainter:
    """Renders icons and keeps the pixmaps until `clear`."""

    def __init__(self, bodies: Mapping[str, str]) -> None:
        """Take the inner SVG of each icon by name."""
        self._bodies = bodies
        self._kept: dict[tuple[str, str, int, float], QPixmap] = {}

    def pixmap(self, name: str, color: str, size: int, ratio: float = 1.0) -> QPixmap:
        """The icon in ``#RRGGBB`` at `size` logical pixels for a screen of that device pixel ratio.

        Raises:
            KeyError: if there is no such icon.
        """
        key = (name, color, size, ratio)
        found = self._kept.get(key)
        if found is None:
            found = self._kept[key] = self._render(name, color, size, ratio)
        return found

    def icon(self, name: str, color: str, disabled: str, size: int, ratio: float = 1.0, gap: int = 0) -> QIcon:
        """A QIcon with its own disabled colour, for this ratio and a 2x screen; `gap` clear pixels at its right."""
        icon = QIcon()
        for each in {1.0, 2.0, ratio}:
            icon.addPixmap(_widened(self.pixmap(name, color, size, each), gap), QIcon.Mode.Normal)
            icon.addPixmap(_widened(self.pixmap(name, disabled, size, each), gap), QIcon.Mode.Disabled)
        return icon

    def clear(self) -> None:
        """Forget every pixmap, after a change of colours or font."""
        self._kept.clear()

    def _render(self, name: str, color: str, size: int, ratio: float) -> QPixmap:
        body = self._bodies[name].replace("currentColor", color)
        svg = _FRAME.format(color=color, stroke=stroke_width(size), body=body)
        pixels = max(1, round(size * ratio))
        pixmap = QPixmap(pixels, pixels)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, pixels, pixels))
        painter.end()
        pixmap.setDevicePixelRatio(ratio)
        return pixmap


def _widened(pixmap: QPixmap, gap: int) -> QPixmap:
    if not gap:
        return pixmap
    ratio = pixmap.devicePixelRatio()
    wide = QPixmap(pixmap.width() + round(gap * ratio), pixmap.height())
    wide.setDevicePixelRatio(ratio)
    wide.fill(Qt.GlobalColor.transparent)
    painter = QPainter(wide)
    painter.drawPixmap(0, 0, pixmap)
    painter.end()
    return wide
