"""A level of an alert rule as a dashed line that can be dragged up and down."""

from __future__ import annotations

from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import Qt, Signal, Slot

from widgets.theme import Theme


class ThresholdLine(pg.InfiniteLine):  # type: ignore[misc]  # pyqtgraph carries no types
    """A horizontal line with its label at the left end, where no new data comes.

    Attributes:
        height: Where it belongs, in the chart's unit; it may wait lower at the upper edge.

    Signals:
        dragging: Rule, level name and value in the rule's unit, while it moves.
        dragged: The same when it is let go.
    """

    dragging = Signal(str, str, float)
    dragged = Signal(str, str, float)

    def __init__(self, theme: Theme, rule: str, level: str, place: float = 0.005) -> None:
        """Hidden until it has a value; `place` is where along the line its label stands."""
        # The label of the critical line is above it, that of the warning below: two close ones stay readable.
        anchor = (0, 1) if level == "critical" else (0, 0)
        super().__init__(
            angle=0,
            movable=False,
            label="",
            labelOpts={"position": place, "anchors": [anchor, anchor], "movable": False},
        )
        self._theme, self._rule, self._level = theme, rule, level
        self._factor, self._offset, self._text, self._note = 1.0, 0.0, "", ""
        self._held = False
        self._anchor, self._pinned = anchor, False
        self.height = 0.0
        self.setZValue(10)
        self.setVisible(False)
        self.sigDragged.connect(self._on_drag)
        self.sigPositionChangeFinished.connect(self._on_let_go)
        self.restyle()

    def show_level(self, value: float | None, factor: float, offset: float, text: str, *, movable: bool) -> None:
        """Move it to a value; while it is dragged by hand it stays where the hand is.

        Args:
            value: In the rule's unit; None hides it.
            factor: Turns the rule's unit into the chart's.
            offset: What lies below, in the chart's unit.
            text: The label.
            movable: Whether it can be dragged.
        """
        if self._held:
            return
        visible = value is not None and factor > 0
        self._factor, self._offset = factor, offset
        if visible != self.isVisible():
            self.setVisible(visible)
        if movable != self.movable:
            self.setMovable(movable)
            self.setCursor(Qt.CursorShape.SizeVerCursor if movable else Qt.CursorShape.ArrowCursor)
        if value is not None:
            self.height = value * factor + offset
            if not self._pinned and self.value() != self.height:
                self.setValue(self.height)
        if text != self._text:
            self._text = text
            self._write()

    def pin(self, edge: float | None, floor: float = 0.0) -> None:
        """Let it wait at the upper edge of the chart, its place being above; None puts it where it belongs.

        Args:
            edge: The chart's upper edge.
            floor: Below this height a label under the line would be cut off: it stands above then.
        """
        if self._held:
            return
        wanted = self.height if edge is None else edge
        if self.value() != wanted:
            self.setValue(wanted)
        below, above = (0, 0), (0, 1)
        anchor = below if edge is not None else above if self.height < floor else self._anchor
        if self.label.anchors[0] != anchor:
            self.label.anchors = [anchor, anchor]
            self.label.updatePosition()
        if (edge is not None) != self._pinned:
            self._pinned = edge is not None
            self._write()

    def set_note(self, note: str) -> None:
        """A remark behind the label."""
        if note != self._note:
            self._note = note
            self._write()

    def restyle(self) -> None:
        """Colours of the theme in force."""
        tone = "danger" if self._level == "critical" else "warn"
        color = self._theme.color(f"{tone}_line")
        self.setPen(pg.mkPen(color, width=1, style=Qt.PenStyle.DashLine))
        self.setHoverPen(pg.mkPen(color, width=2))
        self.label.setColor(self._theme.color(f"{tone}_fg"))
        self.label.setFont(self._theme.font("caption"))

    def _write(self) -> None:
        far = " ↑" if self._pinned else ""
        self.label.setFormat(f"{self._text}{far}  {self._note}".strip().replace("{", "{{").replace("}", "}}"))

    def _level_here(self) -> float:
        height: float = self.value()
        return max(0.0, (height - self._offset) / self._factor)

    @Slot(object)
    def _on_drag(self, _line: Any) -> None:
        self._held = True
        self.dragging.emit(self._rule, self._level, self._level_here())

    @Slot(object)
    def _on_let_go(self, _line: Any) -> None:
        if self._held:
            self._held = False
            self.height = self.value()
            self.set_note("")
            self.dragged.emit(self._rule, self._level, self._level_here())
