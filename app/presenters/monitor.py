"""Presenter of monitoring: samples go to the history, the alert engine and the page; wishes go to the pool."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.services.monitor_memory import MonitorMemory, shown_mark
from app.services.worker_override import PoolControl, WorkerOverride
from widgets.monitor.alert_words import explanation, short, title
from widgets.monitor.charts.marks import Mark, MarkKind
from widgets.monitor.monitor_page import MonitorPage
from widgets.shell.status_data import AlertStatus
from widgets.translation import spoken
from workers.bridges.lag_meter import LagMeter
from workers.bridges.ui_calls import UiCalls
from workers.core.alerts.engine import AlertEngine
from workers.core.alerts.rules import AlertLevel, AlertRule
from workers.core.alerts.states import (
    Acknowledged,
    Alert,
    AlertEvent,
    AlertPhase,
    Cause,
    Notice,
    Observed,
    Restored,
    RulesChanged,
    Snoozed,
    SnoozeEnded,
    Steer,
    Tell,
)
from workers.core.jobs.snapshots import JobKind, JobSnapshot, JobState, PoolSnapshot, WorkerSnapshot
from workers.core.jobs.usual_times import UsualTimes
from workers.core.metrics.records import MonitorRecords, resume
from workers.core.metrics.samples import METRICS, Sample, figures
from workers.core.metrics.series import SeriesTable
from workers.core.metrics.series_codec import encode_series
from workers.monitor.sampler import LiveFigures
from workers.monitor.series_file import SeriesFile

_MARKS = 400
_PAST_ALERTS = 500
_SAVE_MS = 5 * 60 * 1000
_GIB = 1024**3
_SMALL_PART = 0.5
_SETTLING_IN = 60.0
"""Seconds after the start in which the load of the processor is nobody's fault but the start's."""
_WATCHED = {JobKind.IMPORT, JobKind.UNDO}


class MonitorFlow(QObject):
    """Lives on the UI thread. Connect `take_samples` to the bridge's ``sampled`` and `take_jobs` to the pool's jobs.

    Signals:
        job_requested: Job id that the user wants to see.
        alerts_changed: `AlertStatus` for the status bar and the sidebar.
        lag_changed: 95th percentile of the UI lag in milliseconds (float).
        alert_told: `Notice` and `Alert`, for the tray and the notifiers.
        level_wanted: Rule key, level name and value: the user has dragged a line.
    """

    job_requested = Signal(str)
    alerts_changed = Signal(object)
    lag_changed = Signal(float)
    alert_told = Signal(object, object)
    level_wanted = Signal(str, str, float)

    def __init__(
        self,
        page: MonitorPage,
        pool: PoolControl,
        override: WorkerOverride,
        calls: UiCalls,
        *,
        rules: tuple[AlertRule, ...],
        live: LiveFigures,
        lag: LagMeter,
        file: SeriesFile | None = None,
        memory: MonitorMemory | None = None,
        wall: Callable[[], float] = time.time,
        parent: QObject | None = None,
    ) -> None:
        """Wire the page.

        Args:
            page: The Monitor page.
            pool: For recycling workers.
            override: Carries out what alerts want of the pool.
            calls: Runs what touches the disk on I/O threads.
            rules: The alert rules in force.
            live: Takes this thread's figures to the sampler.
            lag: Measures this thread.
            file: Keeps the history across restarts; None keeps none.
            memory: Keeps alerts, usual job times and marks across restarts; None keeps none.
            wall: Unix time.
            parent: The owner.
        """
        super().__init__(parent)
        self._page, self._pool, self._override, self._calls = page, pool, override, calls
        self._live, self._lag, self._file, self._memory, self._wall = live, lag, file, memory, wall
        self._engine = AlertEngine(rules)
        self._series = SeriesTable(METRICS)
        # Samples that come before the kept history and the kept alerts are there.
        self._early: list[Sample] | None = None
        self._marks: deque[Mark] = deque(maxlen=_MARKS)
        self._past: deque[Alert] = deque(maxlen=_PAST_ALERTS)
        self._jobs: dict[str, JobSnapshot] = {}
        self._usual = UsualTimes()
        self._status = AlertStatus()
        self._begun: float | None = None
        page.set_history(self._series)
        page.set_rules(rules)
        page.job_opened.connect(self.job_requested)
        page.acknowledge_requested.connect(self._acknowledge)
        page.snooze_requested.connect(self._snooze)
        page.snooze_ended.connect(self._end_snooze)
        page.recycle_requested.connect(self._recycle)
        page.level_changed.connect(self.level_wanted)
        self._saving = QTimer(self)
        self._saving.setInterval(_SAVE_MS)
        self._saving.timeout.connect(self.save)

    # -- life

    def start(self) -> None:
        """Begin to measure; bring back the kept history on an I/O thread."""
        self._lag.start()
        self._early = []
        file, memory, since = self._file, self._memory, self._wall() - 24 * 3600

        def load() -> tuple[SeriesTable, MonitorRecords]:
            kept = SeriesTable(METRICS)
            if file is not None:
                file.load(kept, since=since)
            return kept, memory.load() if memory is not None else MonitorRecords()

        self._calls.start(load, self._take_kept, self._start_fresh, self)
        self._saving.start()

    def keep_history(self, file: SeriesFile | None) -> None:
        """Keep the charts' history in this file from now on; with None what is kept is taken away."""
        before, self._file = self._file, file
        if file is not None:
            self.save()
        elif before is not None:
            self._calls.start(before.remove, parent=self)

    @Slot()
    def save(self) -> None:
        """Keep the history: encoded here, written on an I/O thread."""
        if self._memory is not None:
            self._memory.note_alerts(self._engine.alerts)
        if self._file is not None and self._early is None:
            file, encoded = self._file, encode_series(self._series)
            self._calls.start(lambda: file.save(encoded), parent=self)

    def close(self) -> None:
        """Stop measuring and write the history at once: the window is closing."""
        self._lag.stop()
        self._saving.stop()
        if self._memory is not None:
            self._memory.note_alerts(self._engine.alerts)
            self._memory.close()
        if self._file is not None and self._early is None:
            self._file.save(encode_series(self._series))

    # -- data in

    @Slot(tuple)
    def take_samples(self, samples: tuple[Sample, ...]) -> None:
        """New samples from the bridge, oldest first."""
        for sample in samples:
            if self._early is not None:
                self._early.append(sample)
            else:
                self._take_sample(sample)
        if not samples:
            return
        last = samples[-1]
        if last.pool is not None:
            self._override.take_pool(last.pool)
        self._publish_live(last.time)
        self._show_alerts()
        self._page.show_sample(last)

    @Slot(tuple)
    def take_jobs(self, jobs: tuple[JobSnapshot, ...]) -> None:
        """Jobs that have changed: marks on the axis, durations, rates."""
        marked = False
        for job in jobs:
            if job.kind not in _WATCHED:
                continue
            before = self._jobs.get(job.job_id)
            marked = self._mark_job(before, job) or marked
            if job.state.ended:
                self._jobs.pop(job.job_id, None)
            else:
                self._jobs[job.job_id] = job
        if marked:
            self._page.set_marks(tuple(self._marks))

    def set_rules(self, rules: tuple[AlertRule, ...], locked: frozenset[str] = frozenset()) -> None:
        """The settings have changed."""
        self._handle(RulesChanged(rules, self._wall()))
        self._page.set_rules(rules, locked)
        self._show_alerts()

    def note_override(self, text: str) -> None:
        """Mark the begin or end of an override on the axis."""
        self._add_mark(Mark(self._wall(), MarkKind.OVERRIDE, text))

    @property
    def alerts(self) -> tuple[Alert, ...]:
        """Pending and open alerts."""
        return self._engine.alerts

    # -- inside

    def _take_sample(self, sample: Sample) -> None:
        self._series.append(sample.time, figures(sample))
        self._handle(Observed(sample.clock, sample.time, self._watched(sample), self._causes(sample)))

    def _watched(self, sample: Sample) -> dict[str, float]:
        """What the alerts judge. A start makes the machine busy by itself and is nothing to be alarmed at."""
        if self._begun is None:
            self._begun = sample.clock
        values = dict(figures(sample))
        if sample.clock - self._begun < _SETTLING_IN:
            values.pop("cpu_percent", None)
        return values

    def _take_kept(self, found: tuple[SeriesTable, MonitorRecords]) -> None:
        self._series, records = found
        if self._series.full.length:
            self._series.append_gap((self._series.full.last_time or 0.0) + 0.5)
        self._page.set_history(self._series)
        self._recall(records)
        early, self._early = self._early or [], None
        for sample in early:
            self._take_sample(sample)
        self._show_alerts()

    def _recall(self, records: MonitorRecords) -> None:
        going, over = resume(records.alerts, self._wall())
        self._past.extend(over)
        for job in records.times:
            self._usual.learn(job.key, job.seconds)
        self._marks.extendleft(mark for mark in map(shown_mark, reversed(records.marks)) if mark is not None)
        self._page.set_marks(tuple(self._marks))
        self._handle(Restored(going, self._wall()))

    def _start_fresh(self, _error: BaseException) -> None:
        self._take_kept((self._series, MonitorRecords()))

    def _publish_live(self, now: float) -> None:
        lag = self._lag.figures()
        running = [job for job in self._jobs.values() if job.state is JobState.RUNNING]
        overruns = [self._overrun(job, now) for job in running]
        self._live.lag = lag
        # What queries fetch loads nothing.
        self._live.rows_per_second = sum(job.rate for job in running if job.kind is not JobKind.QUERY)
        self._live.job_overrun = max((o for o in overruns if o is not None), default=0.0)
        if lag is not None:
            self.lag_changed.emit(lag.p95)

    def _overrun(self, job: JobSnapshot, now: float) -> float | None:
        return None if job.started is None else self._usual.overrun(job.title, now - job.started)

    def _handle(self, event: AlertEvent) -> None:
        for instruction in self._engine.handle(event):
            match instruction:
                case Tell(notice, alert):
                    self._tell(notice, alert)
                case Steer(wish):
                    self._override.obey(wish)

    def _tell(self, notice: Notice, alert: Alert) -> None:
        if notice is Notice.RESOLVED:
            self._past.appendleft(alert)
        if notice in {Notice.FIRED, Notice.WORSE, Notice.RESOLVED}:
            job_id = alert.cause.job_id if alert.cause is not None and alert.cause.job_id else ""
            text = self.tr("Ended: {0}").format(short(alert)) if notice is Notice.RESOLVED else title(alert)
            self._add_mark(Mark(self._wall(), MarkKind.ALERT, f"{text}. {explanation(alert)}", job_id))
        if self._memory is not None:
            self._memory.note_alerts((alert,))
        self.alert_told.emit(notice, alert)

    def _show_alerts(self) -> None:
        alerts = self._engine.alerts
        self._page.set_alerts(alerts, tuple(self._past), self._wall())
        loud = [alert for alert in alerts if alert.phase is AlertPhase.FIRING]
        critical = any(alert.level is AlertLevel.CRITICAL for alert in loud)
        status = AlertStatus(len(loud), critical, short(loud[0]) if loud else "")
        if status != self._status:
            self._status = status
            self.alerts_changed.emit(status)

    def _mark_job(self, before: JobSnapshot | None, job: JobSnapshot) -> bool:
        started = job.state is JobState.RUNNING and (before is None or before.state is not JobState.RUNNING)
        if started:
            self._note_mark(Mark(job.started or self._wall(), MarkKind.STARTED, job.title, job.job_id))
        if job.state.ended and before is not None:
            good = job.state is JobState.DONE
            kind = MarkKind.DONE if good else MarkKind.FAILED
            text = f"{job.title}: {spoken(job.reason)}" if job.reason else job.title
            ended = job.ended or self._wall()
            self._note_mark(Mark(ended, kind, text, job.job_id))
            if good and job.started is not None:
                self._learn(job.title, ended - job.started, ended)
            return True
        return started

    def _learn(self, key: str, seconds: float, ended: float) -> None:
        self._usual.learn(key, seconds)
        if self._memory is not None:
            self._memory.note_time(key, seconds, ended)

    def _note_mark(self, mark: Mark) -> None:
        self._marks.append(mark)
        if self._memory is not None:
            self._memory.note_mark(mark)

    def _add_mark(self, mark: Mark) -> None:
        self._note_mark(mark)
        self._page.set_marks(tuple(self._marks))

    def _causes(self, sample: Sample) -> dict[str, Cause]:
        """What probably lies behind each metric now."""
        causes: dict[str, Cause] = {}
        busy = [w for w in sample.pool.workers if w.state == "busy"] if sample.pool else []
        if busy:
            heavy, hot = max(busy, key=lambda w: w.rss), max(busy, key=lambda w: w.cpu_percent)
            causes["memory_percent"] = _worker_cause(heavy, f"{heavy.rss / _GIB:.1f} GB")
            causes["cpu_percent"] = _worker_cause(hot, f"{hot.cpu_percent:.0f}% of a core")
        others = _other_programs(sample)
        if others is not None:
            causes["cpu_percent"] = others
        if sample.pool is not None:
            causes["waiting"] = Cause(_pool_text(sample.pool))
            lane = sample.pool.queries
            causes["queries_waiting"] = Cause(f"{lane.busy} of {lane.size} queries run, {lane.waiting} wait")
        slow = max(self._running(), key=lambda j: self._overrun(j, sample.time) or 0.0, default=None)
        if slow is not None:
            causes["job_overrun"] = Cause(slow.title, slow.job_id)
        return causes

    def _running(self) -> Iterable[JobSnapshot]:
        return (job for job in self._jobs.values() if job.state is JobState.RUNNING)

    @Slot(str)
    def _acknowledge(self, alert_id: str) -> None:
        self._answer(Acknowledged(alert_id))

    @Slot(str, int)
    def _snooze(self, alert_id: str, minutes: int) -> None:
        self._answer(Snoozed(alert_id, self._wall() + minutes * 60))

    @Slot(str)
    def _end_snooze(self, alert_id: str) -> None:
        self._answer(SnoozeEnded(alert_id))

    def _answer(self, event: Acknowledged | Snoozed | SnoozeEnded) -> None:
        self._handle(event)
        if self._memory is not None:
            self._memory.note_alerts(a for a in self._engine.alerts if a.alert_id == event.alert_id)
        self._show_alerts()

    @Slot(int)
    def _recycle(self, number: int) -> None:
        self._pool.recycle(number)


def _other_programs(sample: Sample) -> Cause | None:
    """Other programs as the cause of the machine's load, where our processes together have only a small part in it."""
    machine, ours = sample.machine, sample.ours
    if machine is None or ours is None:
        return None
    our_part = ours.cpu_percent / max(1, machine.cpu_count)
    if our_part >= machine.cpu_percent * _SMALL_PART:
        return None
    return Cause(f"other programs; Sheetferry takes {our_part:.0f}% of the machine")


def _worker_cause(worker: WorkerSnapshot, figure: str) -> Cause:
    return Cause(f"worker W{worker.number} with {worker.task or 'its task'} ({figure})", worker.job_id)


def _pool_text(pool: PoolSnapshot) -> str:
    reason = f", {pool.hold_reason}" if pool.hold_reason else ""
    return f"{pool.busy} of {pool.size} workers are busy, {pool.waiting} jobs wait{reason}"
