"""The steps of an import as a line of circles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from widgets.parts.painting import paint_icon
from widgets.parts.wording import duration
from widgets.queue.job_words import tr
from widgets.theme import Theme
from workers.core.jobs.snapshots import JobSnapshot, JobState
from workers.core.model.tasks import Phase

StepState = Literal["done", "now", "failed", "ahead"]


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its name, state, and seconds taken or a place such as ``row 88``."""

    name: str
    state: StepState
    note: str = ""


def steps_of(job: JobSnapshot, seconds: dict[str, float] | None = None) -> tuple[Step, ...]:
    """The steps of a job from its phase; `seconds` by phase where they are known."""
    names = {
        Phase.OPENING: tr("Open"),
        Phase.READING: tr("Read"),
        Phase.LOADING: tr("Load"),
        Phase.CHECKING: tr("Check"),
        Phase.COMMITTING: tr("Roll back") if job.trial else tr("Commit"),
    }
    order = list(names)
    at = order.index(Phase(job.phase)) if job.phase in [p.value for p in order] else -1
    if job.state is JobState.DONE:
        at = len(order)
    taken = seconds or {}
    steps = []
    for number, phase in enumerate(order):
        state: StepState = "done" if number < at else "ahead"
        if number == max(at, 0) and job.state is not JobState.WAITING and at < len(order):
            state = "failed" if job.state.ended else "now"
        note = duration(taken[phase.value]) if phase.value in taken else ""
        steps.append(Step(names[phase], state, note))
    return tuple(steps)


class PhaseLine(QWidget):
    """Circles joined by a line: what is done, what goes on, where it broke off."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Empty until `set_steps`."""
        super().__init__(parent)
        self._theme = theme
        self._steps: tuple[Step, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def set_steps(self, steps: tuple[Step, ...]) -> None:
        """Show other steps."""
        if steps == self._steps:
            return
        self._steps = steps
        words = {"done": tr("done"), "now": tr("running"), "failed": tr("failed"), "ahead": tr("to come")}
        self.setAccessibleName(", ".join(f"{step.name} {words[step.state]}" for step in steps))
        self.update()

    def sizeHint(self) -> QSize:
        """Circle, name and note."""
        return QSize(self._theme.em(380), self._theme.em(54))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line and the circles."""
        if not self._steps:
            return
        theme, painter = self._theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        gap = min(self.width() / len(self._steps), float(theme.em(96)))
        radius, middle = theme.em(9), theme.em(10)
        for number, step in enumerate(self._steps):
            x = radius + number * gap
            if number + 1 < len(self._steps):
                done = step.state == "done"
                painter.setPen(QPen(theme.color("ok_line" if done else "border"), 1.5))
                painter.drawLine(QPointF(x + radius + 2, middle), QPointF(x + gap - radius - 2, middle))
            self._paint_circle(painter, step, QPointF(x, middle), radius)
            self._paint_words(painter, step, x - radius, gap)

    def _paint_circle(self, painter: QPainter, step: Step, center: QPointF, radius: int) -> None:
        theme = self._theme
        fill = {"done": "ok_bg", "failed": "danger_bg", "now": "info_bg"}.get(step.state)
        painter.setPen(Qt.PenStyle.NoPen if fill else QPen(theme.color("border_control"), 1.5))
        painter.setBrush(theme.color(fill) if fill else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(center, radius - (0 if fill else 1), radius - (0 if fill else 1))
        icon = {"done": ("check", "ok_fg"), "failed": ("x", "danger_fg"), "now": ("run", "info_fg")}.get(step.state)
        if icon:
            paint_icon(painter, theme, icon[0], icon[1], 13, center.x() - theme.em(13) / 2, center.y())

    def _paint_words(self, painter: QPainter, step: Step, x: float, gap: float) -> None:
        theme = self._theme
        tone = {"failed": "danger_fg", "ahead": "text3"}.get(step.state, "text")
        painter.setFont(theme.font("small", weight=500))
        painter.setPen(theme.color(tone))
        painter.drawText(QRectF(x, theme.em(22), gap, theme.em(16)), step.name)
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color("danger_fg" if step.state == "failed" else "text2"))
        painter.drawText(QRectF(x, theme.em(38), gap, theme.em(15)), step.note)
