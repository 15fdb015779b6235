"""Marks on the time axis: what happened when. The lane above the top charts shows them and leads to their jobs."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from widgets.parts.painting import fill_round, paint_icon
from widgets.parts.plain_text import show_tip
from widgets.theme import Theme

_NEAR_PX = 18.0


class MarkKind(StrEnum):
    """What happened."""

    STARTED = "started"
    DONE = "done"
    FAILED = "failed"
    ALERT = "alert"
    OVERRIDE = "override"


_TONES = {
    MarkKind.STARTED: "info",
    MarkKind.DONE: "ok",
    MarkKind.FAILED: "danger",
    MarkKind.ALERT: "warn",
    MarkKind.OVERRIDE: "lock",
}
_ICONS = {
    MarkKind.STARTED: "play",
    MarkKind.DONE: "check",
    MarkKind.FAILED: "x",
    MarkKind.ALERT: "bell",
    MarkKind.OVERRIDE: "wait",
}


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing that happened.

    Attributes:
        time: Unix time.
        text: One line for people.
        job_id: The job it leads to; empty for none.
    """

    time: float
    kind: MarkKind
    text: str
    job_id: str = ""

    @property
    def tone(self) -> str:
        """Its colour family."""
        return _TONES[self.kind]


@dataclass(frozen=True, slots=True)
class MarkGroup:
    """Marks so near to each other that they are drawn as one."""

    x: float
    marks: tuple[Mark, ...]

    @property
    def worst(self) -> Mark:
        """The mark that gives the group its look: a failure before an alert before the rest."""
        order = (MarkKind.FAILED, MarkKind.ALERT, MarkKind.OVERRIDE, MarkKind.STARTED, MarkKind.DONE)
        return min(self.marks, key=lambda mark: order.index(mark.kind))


def group_marks(marks: list[tuple[float, Mark]], near: float) -> list[MarkGroup]:
    """Merge marks, given by place and in order, that are nearer than `near` to the one before."""
    groups: list[list[tuple[float, Mark]]] = []
    for x, mark in marks:
        if groups and x - groups[-1][-1][0] < near:
            groups[-1].append((x, mark))
        else:
            groups.append([(x, mark)])
    return [MarkGroup(sum(x for x, _ in g) / len(g), tuple(m for _, m in g)) for g in groups]


class EventLane(QWidget):
    """The strip above a plot. Its left and right ends are those of the plot's inner area.

    Signals:
        job_opened: Job id of the mark that was clicked.
    """

    job_opened = Signal(str)

    def __init__(self, theme: Theme, left_px: float, parent: QWidget | None = None) -> None:
        """`left_px` is the width of the plot's left axis at a 13 px base font."""
        super().__init__(parent)
        self._theme, self._left_px = theme, left_px
        self._marks: tuple[Mark, ...] = ()
        self._start, self._end = 0.0, 1.0
        self._cross: float | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Events"))
        self.setMouseTracking(True)
        theme.changed.connect(self._refresh)

    def sizeHint(self) -> QSize:
        """One row of glyphs."""
        return QSize(self._theme.em(100), self._theme.em(22))

    def set_marks(self, marks: tuple[Mark, ...], start: float, end: float) -> None:
        """Show the marks of a stretch of time, in order."""
        self._marks, self._start, self._end = marks, start, end
        self.setAccessibleDescription("; ".join(mark.text for mark in marks[-20:]))
        self.update()

    def set_cross(self, time: float | None) -> None:
        """Show the time under the crosshair as a chip."""
        if time != self._cross:
            self._cross = time
            self.update()

    def groups(self) -> list[MarkGroup]:
        """What is drawn, at which places."""
        placed = [(self._x(m.time), m) for m in self._marks if self._start <= m.time <= self._end]
        return group_marks(placed, self._theme.em(_NEAR_PX))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw glyphs and the time chip."""
        theme, painter = self._theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for group in self.groups():
            self._glyph(painter, group)
        if self._cross is None:
            return
        text = dt.datetime.fromtimestamp(self._cross).strftime("%H:%M:%S")
        font = theme.font("caption", weight=600)
        width = QFontMetrics(font).horizontalAdvance(text) + theme.em(12)
        x = self._x(self._cross) - width - theme.em(14)
        x = x if x >= 0 else self._x(self._cross) + theme.em(6)
        box = QRectF(x, (self.height() - theme.em(17)) / 2, width, theme.em(17))
        fill_round(painter, box, theme.radius("chip"), theme.color("text"))
        painter.setFont(font)
        painter.setPen(theme.color("surface"))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), text)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click leads to the job."""
        group = self._at(event.position().x())
        job_id = next((m.job_id for m in (group.worst, *group.marks) if m.job_id), "") if group else ""
        if job_id:
            self.job_opened.emit(job_id)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A hand where a click leads somewhere."""
        group = self._at(event.position().x())
        linked = group is not None and any(m.job_id for m in group.marks)
        self.setCursor(Qt.CursorShape.PointingHandCursor if linked else Qt.CursorShape.ArrowCursor)

    def event(self, event: QEvent) -> bool:
        """The tooltip tells every mark of the group."""
        if isinstance(event, QHelpEvent):
            group = self._at(event.pos().x())
            if group is not None:
                lines = [f"{dt.datetime.fromtimestamp(m.time):%H:%M:%S}  {m.text}" for m in group.marks[-8:]]
                show_tip(event.globalPos(), "\n".join(lines), self)
                return True
        return super().event(event)

    def _at(self, x: float) -> MarkGroup | None:
        reach = self._theme.em(10)
        return next((g for g in self.groups() if abs(g.x - x) <= reach), None)

    def _x(self, time: float) -> float:
        left = self._theme.em(self._left_px)
        share = (time - self._start) / max(1e-9, self._end - self._start)
        return left + share * (self.width() - left)

    def _glyph(self, painter: QPainter, group: MarkGroup) -> None:
        theme, mark = self._theme, group.worst
        side = theme.em(16)
        box = QRectF(group.x - side / 2, (self.height() - side) / 2, side, side)
        painter.setPen(QPen(theme.color(f"{mark.tone}_line"), 1))
        painter.setBrush(theme.color(f"{mark.tone}_bg"))
        if mark.kind is MarkKind.FAILED:
            painter.drawRect(box)
        else:
            painter.drawEllipse(box)
        if len(group.marks) > 1:
            painter.setFont(theme.font("caption", weight=600))
            painter.setPen(theme.color(f"{mark.tone}_fg"))
            painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), str(min(99, len(group.marks))))
        else:
            paint_icon(
                painter, theme, _ICONS[mark.kind], f"{mark.tone}_fg", 9, box.x() + theme.em(3.5), box.center().y()
            )

    @Slot()
    def _refresh(self) -> None:
        self.updateGeometry()
        self.update()
