"""Jobs as a table model: running first, then waiting in order, then what has ended, newest first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from widgets.parts.plain_text import plain_tip
from widgets.queue.job_words import (
    GROUPS,
    file_and_sheet,
    group_of,
    priority_word,
    progress_left,
    progress_right,
    result_line,
    state_word,
    target_of,
    tr,
)
from workers.core.jobs.snapshots import JobSnapshot, JobState

JOB_ROLE = Qt.ItemDataRole.UserRole + 1
_Index = QModelIndex | QPersistentModelIndex
_SPAN = 40
_NOWHERE = QModelIndex()


class Col(IntEnum):
    """Columns of the queue."""

    STATE = 0
    FILE = 1
    SHEET = 2
    TARGET = 3
    PROGRESS = 4
    PRIORITY = 5
    WORKER = 6
    ATTEMPTS = 7


class QueueModel(QAbstractTableModel):
    """Jobs shown in the queue, filtered by group and text. Only rows whose snapshot changed are told to the view."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Empty."""
        super().__init__(parent)
        self._jobs: dict[str, JobSnapshot] = {}
        self._ranks: dict[str, tuple[int, float, str]] = {}
        self._groups: Counter[str] = Counter()
        self._shown: list[str] = []
        self._row_of: dict[str, int] = {}
        self._group = "all"
        self._text = ""
        self._worker_names: dict[int, str] = {}

    @property
    def total(self) -> int:
        """Jobs altogether, filtered ones included."""
        return len(self._jobs)

    def group_count(self, group: str) -> int:
        """Jobs of one group (``all`` for every one)."""
        return len(self._jobs) if group == "all" else self._groups[group]

    def job(self, job_id: str) -> JobSnapshot | None:
        """A job by its id."""
        return self._jobs.get(job_id)

    def job_at(self, row: int) -> JobSnapshot | None:
        """The job in a row, or None."""
        return self._jobs[self._shown[row]] if 0 <= row < len(self._shown) else None

    def row_of(self, job_id: str) -> int:
        """The row of a job, or -1 while it is filtered out."""
        return self._row_of.get(job_id, -1)

    def jobs(self) -> Iterable[JobSnapshot]:
        """Every job."""
        return self._jobs.values()

    def update_jobs(self, changed: Iterable[JobSnapshot]) -> bool:
        """Take new and changed jobs; True if anything is different now."""
        touched: list[str] = []
        reorder = False
        for job in changed:
            before = self._jobs.get(job.job_id)
            if before is job or before == job:
                continue
            self._jobs[job.job_id] = job
            if before is not None:
                self._groups[group_of(before)] -= 1
            self._groups[group_of(job)] += 1
            touched.append(job.job_id)
            rank = _rank(job)
            reorder = reorder or self._ranks.get(job.job_id) != rank
            self._ranks[job.job_id] = rank
        if reorder or (touched and self._text):
            self._arrange()
        self._announce(touched)
        return bool(touched)

    def remove_jobs(self, job_ids: Iterable[str]) -> None:
        """Forget jobs."""
        for job_id in job_ids:
            job = self._jobs.pop(job_id, None)
            self._ranks.pop(job_id, None)
            if job is not None:
                self._groups[group_of(job)] -= 1
        self._arrange()

    def set_filter(self, group: str, text: str) -> None:
        """Show only jobs of a group (``all``, ``running``, …) whose file, target or reason holds `text`."""
        wanted = text.strip().lower()
        if (group, wanted) != (self._group, self._text):
            self._group, self._text = group, wanted
            self._arrange()

    def set_worker_names(self, names: dict[int, str]) -> None:
        """How workers are called, by pid, such as ``W3``."""
        self._worker_names = {**self._worker_names, **names}

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """Jobs shown."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        """All columns."""
        return 0 if parent.isValid() else len(Col)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Names of the columns."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(Col):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return _headers()[section]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return _headers()[section]
        if role == Qt.ItemDataRole.TextAlignmentRole and section == Col.ATTEMPTS:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Text for people and readers; the snapshot under `JOB_ROLE`."""
        job = self.job_at(index.row()) if index.isValid() else None
        if job is None:
            return None
        if role == JOB_ROLE:
            return job
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._words(job, Col(index.column()))
        if role == Qt.ItemDataRole.ToolTipRole and index.column() in (Col.FILE, Col.TARGET, Col.PROGRESS):
            column = Col(index.column())
            return plain_tip(target_of(job) if column is Col.TARGET else self._words(job, column))
        return None

    def _words(self, job: JobSnapshot, column: Col) -> str:
        if column is Col.STATE:
            return state_word(job).word
        if column is Col.FILE:
            return file_and_sheet(job)[0]
        if column is Col.SHEET:
            return file_and_sheet(job)[1] or "–"
        if column is Col.TARGET:
            # The database is the same for most rows; the tooltip has it.
            return job.target.rpartition(" · ")[2] or "–"
        if column is Col.PRIORITY:
            return priority_word(job.priority)
        if column is Col.WORKER:
            return self._worker_names.get(job.worker, str(job.worker)) if job.worker else "–"
        if column is Col.ATTEMPTS:
            return str(job.attempts)
        if group_of(job) == "running":
            return " · ".join(part for part in (progress_left(job), progress_right(job)) if part)
        return result_line(job).word

    def _arrange(self) -> None:
        # Thousands of jobs are sorted whenever one starts or ends: their ranks are at hand.
        filtered = self._group != "all" or self._text
        order = [job_id for job_id, job in self._jobs.items() if self._passes(job)] if filtered else list(self._jobs)
        order.sort(key=self._ranks.__getitem__)
        if order == self._shown:
            return
        if self._shown == order[: len(self._shown)]:
            self.beginInsertRows(QModelIndex(), len(self._shown), len(order) - 1)
            self._set_order(order)
            self.endInsertRows()
        elif len(order) == len(self._shown) and set(order) == self._row_of.keys():
            self._relayout(order)
        else:
            self._replace(order)

    def _replace(self, order: list[str]) -> None:
        # Rows that go are removed first, rows that stay keep their selection, rows that come are added at the end.
        stay = set(order)
        for row in range(len(self._shown) - 1, -1, -1):
            if self._shown[row] not in stay:
                if len(self._shown) - len(stay) > _SPAN:
                    self.beginResetModel()
                    self._set_order(order)
                    self.endResetModel()
                    return
                self.beginRemoveRows(QModelIndex(), row, row)
                self._set_order(self._shown[:row] + self._shown[row + 1 :])
                self.endRemoveRows()
        fresh = [job_id for job_id in order if job_id not in self._row_of]
        if fresh:
            self.beginInsertRows(QModelIndex(), len(self._shown), len(self._shown) + len(fresh) - 1)
            self._set_order(self._shown + fresh)
            self.endInsertRows()
        if self._shown != order:
            self._relayout(order)

    def _relayout(self, order: list[str]) -> None:
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        ids = [self._shown[index.row()] for index in before]
        self._set_order(order)
        after = [self.index(self._row_of[job_id], index.column()) for job_id, index in zip(ids, before, strict=True)]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _set_order(self, order: list[str]) -> None:
        self._shown = order
        self._row_of = {job_id: row for row, job_id in enumerate(order)}

    def _passes(self, job: JobSnapshot) -> bool:
        if self._group != "all" and group_of(job) != self._group:
            return False
        if not self._text:
            return True
        return self._text in f"{job.title} {job.target} {result_line(job).word}".lower()

    def _announce(self, touched: list[str]) -> None:
        rows = sorted(self._row_of[job_id] for job_id in touched if job_id in self._row_of)
        if len(rows) > _SPAN:
            rows = [rows[0], rows[-1]]
            self.dataChanged.emit(self.index(rows[0], 0), self.index(rows[-1], len(Col) - 1))
            return
        for row in rows:
            self.dataChanged.emit(self.index(row, 0), self.index(row, len(Col) - 1))


def _rank(job: JobSnapshot) -> tuple[int, float, str]:
    group = GROUPS.index(group_of(job))
    if job.state is JobState.WAITING:
        return group, float(job.place or 1_000_000), job.job_id
    if not job.state.ended:
        return group, job.started or job.submitted, job.job_id
    return group, -(job.ended or job.submitted), job.job_id


def _headers() -> tuple[str, ...]:
    return (
        tr("State"),
        tr("File"),
        tr("Sheet"),
        tr("Target"),
        tr("Progress"),
        tr("Priority"),
        tr("Worker"),
        tr("Attempts"),
    )
