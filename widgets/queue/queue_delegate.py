"""Painting of the queue's cells: state sign, progress, reason, row arrows."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter

from widgets.parts.painting import LEFT, RIGHT, paint_bar, paint_icon
from widgets.parts.tables import RowDelegate
from widgets.queue.job_words import group_of, progress_left, progress_right, progress_tone, result_line, state_word
from widgets.queue.queue_model import JOB_ROLE, Col
from workers.core.jobs.snapshots import JobSnapshot, JobState

_FIRST_MARGIN = 16


class QueueDelegate(RowDelegate):
    """Paints every cell of the queue from the row's snapshot."""

    def paint_cell(self, painter: QPainter, rect: QRect, index: QModelIndex, selected: bool) -> None:
        """Draw one cell."""
        job: JobSnapshot | None = index.data(JOB_ROLE)
        if job is None:
            return
        column = Col(index.column())
        if column is Col.STATE:
            self._state(painter, rect, job)
        elif column is Col.PROGRESS and group_of(job) == "running":
            self._progress(painter, rect, job)
        elif column is Col.PROGRESS:
            self._result(painter, rect, job)
        elif column is Col.PRIORITY:
            self._priority(painter, rect, index, job, selected)
        else:
            self._text(painter, rect, index, job, selected)

    def arrows(self, rect: QRect) -> tuple[QRect, QRect]:
        """Where the raise and lower arrows of a priority cell lie."""
        side = self.theme.em(18)
        right = rect.right() - self.theme.em(2)
        top = rect.y() + (rect.height() - side) // 2
        return QRect(right - 2 * side, top, side, side), QRect(right - side, top, side, side)

    def _state(self, painter: QPainter, rect: QRect, job: JobSnapshot) -> None:
        theme, said = self.theme, state_word(job)
        x = rect.x() + theme.em(_FIRST_MARGIN)
        paint_icon(painter, theme, said.icon, f"{said.tone}_fg", 16, x, rect.center().y())
        painter.setFont(theme.font("small", weight=500))
        painter.setPen(theme.color(f"{said.tone}_fg"))
        painter.drawText(rect.adjusted(theme.em(_FIRST_MARGIN + 22), 0, 0, 0), int(LEFT), said.word)

    def _progress(self, painter: QPainter, rect: QRect, job: JobSnapshot) -> None:
        theme = self.theme
        inner = rect.adjusted(theme.em(8), theme.em(5), -theme.em(12), -theme.em(8))
        line = QRect(inner.x(), inner.y(), inner.width(), theme.em(15))
        right = progress_right(job)
        strong, plain = theme.font("caption", weight=500), theme.font("caption")
        painter.setFont(plain)
        painter.setPen(theme.color("warn_fg" if job.reason else "text2"))
        painter.drawText(line, int(RIGHT), right)
        room = line.width() - QFontMetrics(plain).horizontalAdvance(right) - theme.em(8)
        painter.setFont(strong)
        painter.setPen(theme.color("text"))
        left = QFontMetrics(strong).elidedText(progress_left(job), Qt.TextElideMode.ElideRight, room)
        painter.drawText(line, int(LEFT), left)
        bar = QRectF(inner.x(), inner.bottom() - theme.em(5), inner.width(), theme.em(5))
        paint_bar(painter, theme, bar, job.fraction, progress_tone(job))

    def _result(self, painter: QPainter, rect: QRect, job: JobSnapshot) -> None:
        theme, said = self.theme, result_line(job)
        x = rect.x() + theme.em(8)
        paint_icon(painter, theme, said.icon, f"{said.tone}_fg", 16, x, rect.center().y())
        box = rect.adjusted(theme.em(30), 0, -theme.em(8), 0)
        bold = said.tone == "danger"
        font = theme.font("small", weight=500 if bold else None)
        painter.setFont(font)
        painter.setPen(theme.color(f"{said.tone}_fg" if said.tone != "ok" else "text2"))
        text = QFontMetrics(font).elidedText(said.word, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, int(LEFT), text)

    def _priority(self, painter: QPainter, rect: QRect, index: QModelIndex, job: JobSnapshot, selected: bool) -> None:
        self._text(painter, rect, index, job, selected)
        near = selected or index.row() == self.table.hover_row
        if not near or job.state is not JobState.WAITING:
            return
        for name, box in zip(("up", "down"), self.arrows(rect), strict=True):
            paint_icon(painter, self.theme, name, "text2", 14, box.x() + self.theme.em(2), box.center().y())

    def _text(self, painter: QPainter, rect: QRect, index: QModelIndex, job: JobSnapshot, selected: bool) -> None:
        theme, column = self.theme, Col(index.column())
        strong = column is Col.FILE
        retried = column is Col.ATTEMPTS and job.attempts > 1
        weight = 600 if (strong and selected) or retried else 500 if strong else None
        font = theme.font("body" if strong else "small", weight=weight)
        tone = "warn_fg" if retried else "text" if column in (Col.FILE, Col.TARGET, Col.PRIORITY) else "text2"
        box = rect.adjusted(theme.em(8), 0, -theme.em(16 if column is Col.ATTEMPTS else 8), 0)
        painter.setFont(font)
        painter.setPen(theme.color(tone))
        text = QFontMetrics(font).elidedText(str(index.data()), Qt.TextElideMode.ElideMiddle, box.width())
        painter.drawText(box, int(RIGHT if column is Col.ATTEMPTS else LEFT), text)
