"""The number of workers with its expiry: for good, until a time, until the running jobs end."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTime, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton, QTimeEdit, QVBoxLayout, QWidget

from widgets.parts.flow import FlowLayout
from widgets.settings.editors import Editor
from widgets.settings.worker_slider import WorkerSlider
from widgets.theme import Theme
from workers.core.settings.schema import SettingValue


@dataclass(frozen=True, slots=True)
class OverrideStatus:
    """A number of workers that holds for a while.

    Attributes:
        workers: How many.
        instead_of: How many there would be otherwise.
        until: Unix time of its end, or None until the running jobs end.
        since: Unix time when it was set.
    """

    workers: int
    instead_of: int
    until: float | None
    since: float


class WorkerEditor(Editor):
    """Slider and expiry.

    Signals:
        override_requested: Workers (int) and the Unix time of the end (float), or None until the running jobs end.
    """

    override_requested = Signal(int, object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """One worker."""
        super().__init__(parent)
        self._theme = theme
        self.slider = WorkerSlider(theme)
        self.slider.setMaximumWidth(theme.em(420))
        self._good = QRadioButton(self.tr("For good"))
        self._until = QRadioButton(self.tr("Until"))
        self._job = QRadioButton(self.tr("Until jobs end"))
        self._time = QTimeEdit(QTime(18, 0))
        self._time.setDisplayFormat("HH:mm")
        self._time.setButtonSymbols(QTimeEdit.ButtonSymbols.NoButtons)
        self._time.setFixedWidth(theme.em(62))
        self._time.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._time.setAccessibleName(self.tr("End of the override"))
        self._group = QButtonGroup(self)
        for number, button in enumerate((self._good, self._until, self._job)):
            self._group.addButton(button, number)
        with_time = QWidget()
        pair = QHBoxLayout(with_time)
        pair.setContentsMargins(0, 0, 0, 0)
        pair.setSpacing(theme.em(6))
        pair.addWidget(self._until)
        pair.addWidget(self._time)
        choices = QWidget()
        # In a language of longer words the choices take two lines.
        flow = FlowLayout(choices, theme.em(10))
        for widget in (self._good, with_time, self._job):
            flow.addWidget(widget)
        self._good.setChecked(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.em(6))
        column.addWidget(self.slider)
        column.addWidget(choices)
        self._committed = 1
        self.slider.sliderReleased.connect(self._on_chosen)
        self.slider.actionTriggered.connect(self._on_key)
        self._group.idClicked.connect(self._on_expiry)
        self._time.editingFinished.connect(self._on_time)

    def set_scale(self, cores: int, computed: int, most: int) -> None:
        """See `WorkerSlider.set_scale`."""
        self.slider.set_scale(cores, computed, most)

    def show_value(self, value: SettingValue, *, locked: bool) -> None:
        """Show the number in force."""
        if not self.slider.isSliderDown():
            self._committed = int(value)
            self.slider.setValue(int(value))
        for part in (self.slider, self._good, self._until, self._job, self._time):
            part.setEnabled(not locked)

    def show_override(self, override: OverrideStatus | None) -> None:
        """Show the expiry in force."""
        if override is None:
            self._good.setChecked(True)
        elif override.until is None:
            self._job.setChecked(True)
        else:
            self._until.setChecked(True)
            moment = dt.datetime.fromtimestamp(override.until)
            self._time.setTime(QTime(moment.hour, moment.minute))

    def end_time(self, now: dt.datetime) -> float:
        """The next moment at which the clock shows the chosen time."""
        time = self._time.time()
        moment = now.replace(hour=time.hour(), minute=time.minute(), second=0, microsecond=0)
        if moment <= now:
            moment += dt.timedelta(days=1)
        return moment.timestamp()

    def _send(self) -> None:
        workers = self.slider.value()
        self._committed = workers
        if self._good.isChecked():
            self.entered.emit(workers)
        elif self._until.isChecked():
            self.override_requested.emit(workers, self.end_time(dt.datetime.now()))
        else:
            self.override_requested.emit(workers, None)

    @Slot()
    def _on_chosen(self) -> None:
        if self.slider.value() != self._committed:
            self._send()

    @Slot(int)
    def _on_key(self, _action: int) -> None:
        # Keys move the slider without pressing it; the position is the one that is about to be taken.
        self.slider.setValue(self.slider.sliderPosition())
        self._on_chosen()

    @Slot(int)
    def _on_expiry(self, _which: int) -> None:
        self._send()

    @Slot()
    def _on_time(self) -> None:
        if self._until.isChecked():
            self._send()
