"""The worker table: bars for CPU and memory, and *Recycle* in every row."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from widgets.monitor.worker_model import WORKER_ROLE, WorkerCol, WorkerModel
from widgets.parts.painting import LEFT, RIGHT, fill_round, paint_icon
from widgets.parts.tables import RowDelegate, RowTable
from widgets.theme import Theme
from workers.core.jobs.snapshots import WorkerSnapshot

_WIDTHS = {
    WorkerCol.NAME: 82,
    WorkerCol.PID: 72,
    WorkerCol.STATE: 112,
    WorkerCol.CPU: 140,
    WorkerCol.MEMORY: 200,
    WorkerCol.AGE: 92,
    WorkerCol.TASKS: 72,
    WorkerCol.HEARTBEAT: 92,
    WorkerCol.RECYCLE: 90,
}
_FIRST_MARGIN = 16


class WorkerDelegate(RowDelegate):
    """Paints a worker's cells."""

    def paint_cell(self, painter: QPainter, rect: QRect, index: QModelIndex, selected: bool) -> None:
        """Draw one cell."""
        worker: WorkerSnapshot | None = index.data(WORKER_ROLE)
        model = index.model()
        if worker is None or not isinstance(model, WorkerModel):
            return
        text = str(index.data() or "")
        match WorkerCol(index.column()):
            case WorkerCol.STATE:
                self._state(painter, rect, model, worker)
            case WorkerCol.CPU:
                self._bar(painter, rect, worker.cpu_percent / 100, text, 76, alarming=False)
            case WorkerCol.MEMORY:
                heavy = model.is_heavy(worker)
                share = worker.rss / model.memory_limit * 3 if model.memory_limit else 0.0
                self._bar(painter, rect, share, text, 90, alarming=heavy)
            case WorkerCol.NAME:
                self._text(painter, rect.adjusted(self.theme.em(_FIRST_MARGIN - 8), 0, 0, 0), text, "text", 600)
            case WorkerCol.RECYCLE:
                box = rect.adjusted(0, 0, -self.theme.em(_FIRST_MARGIN - 8), 0)
                self._text(painter, box, text, "accent_text", 500, right=True)
            case WorkerCol.TASK:
                self._text(painter, rect, text, "text" if worker.state == "busy" else "text3")
            case column:
                right = column in {WorkerCol.AGE, WorkerCol.TASKS, WorkerCol.HEARTBEAT}
                tone = "warn_fg" if column is WorkerCol.HEARTBEAT and worker.silent else "text2"
                self._text(painter, rect, text, tone, right=right)

    def _state(self, painter: QPainter, rect: QRect, model: WorkerModel, worker: WorkerSnapshot) -> None:
        word, icon, tone = model.state_word(worker)
        paint_icon(painter, self.theme, icon, f"{tone}_fg", 14, rect.x() + self.theme.em(8), rect.center().y())
        self._text(painter, rect.adjusted(self.theme.em(21), 0, 0, 0), word, f"{tone}_fg", 500)

    def _bar(self, painter: QPainter, rect: QRect, share: float, text: str, width: float, *, alarming: bool) -> None:
        theme = self.theme
        high = theme.em(5)
        trough = QRectF(rect.x() + theme.em(8), rect.center().y() - high / 2 + 1, theme.em(width), high)
        fill_round(painter, trough, high / 2, theme.color("neutral_bg"))
        part = QRectF(trough)
        part.setWidth(max(float(high), trough.width() * min(1.0, max(0.0, share))))
        fill_round(painter, part, high / 2, theme.color("danger_line" if alarming else "s1"))
        tone = "danger_fg" if alarming else "text"
        self._text(painter, rect.adjusted(0, 0, -theme.em(12), 0), text, tone, 600 if alarming else None, right=True)
        if alarming:
            x = trough.right() + theme.em(8)
            paint_icon(painter, theme, "error", "danger_fg", 13, x, rect.center().y())

    def _text(
        self, painter: QPainter, rect: QRect, text: str, tone: str, weight: int | None = None, *, right: bool = False
    ) -> None:
        theme = self.theme
        font = theme.font("small", weight=weight)
        box = rect.adjusted(theme.em(8), 0, -theme.em(8), 0)
        painter.setFont(font)
        painter.setPen(theme.color(tone))
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideMiddle, box.width())
        painter.drawText(box, int(RIGHT if right else LEFT), shown)


class WorkerTable(RowTable):
    """One row per worker.

    Signals:
        recycle_requested: Number of the worker to be replaced by a fresh one.
        job_opened: Job id of a busy worker whose row was double-clicked.
    """

    recycle_requested = Signal(int)
    job_opened = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """An empty table."""
        super().__init__(theme, "", 26, parent)
        self.setAccessibleName(self.tr("Worker processes"))
        self.workers = WorkerModel()
        self.setModel(self.workers)
        self.setItemDelegate(WorkerDelegate(theme, self))
        header = self.horizontalHeader()
        self.set_widths(_WIDTHS)
        header.setSectionResizeMode(WorkerCol.TASK, QHeaderView.ResizeMode.Stretch)
        header.setMinimumSectionSize(theme.em(40))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on *Recycle*."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() is Qt.MouseButton.LeftButton and index.column() == WorkerCol.RECYCLE:
            self._recycle(index.row())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Go to the worker's job."""
        worker = self.workers.worker(self.indexAt(event.position().toPoint()).row())
        if worker is not None and worker.job_id:
            self.job_opened.emit(worker.job_id)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A hand over *Recycle*."""
        super().mouseMoveEvent(event)
        index = self.indexAt(event.position().toPoint())
        link = index.column() == WorkerCol.RECYCLE and bool(index.data())
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if link else Qt.CursorShape.ArrowCursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return opens the job, Delete recycles."""
        row = self.currentIndex().row()
        worker = self.workers.worker(row)
        if event.key() == Qt.Key.Key_Delete:
            self._recycle(row)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and worker is not None and worker.job_id:
            self.job_opened.emit(worker.job_id)
        else:
            super().keyPressEvent(event)

    def _recycle(self, row: int) -> None:
        worker = self.workers.worker(row)
        if worker is not None and worker.state in {"idle", "busy"}:
            self.recycle_requested.emit(worker.number)
