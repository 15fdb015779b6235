"""The worker table's model: one row per live worker; only cells of rows that changed are announced."""

from __future__ import annotations

from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from widgets.parts.plain_text import plain_tip
from widgets.parts.wording import count, duration, size
from workers.core.jobs.snapshots import PoolSnapshot, WorkerSnapshot

WORKER_ROLE = Qt.ItemDataRole.UserRole + 1
_HEAVY_SHARE = 0.25


class WorkerCol(IntEnum):
    """The columns."""

    NAME = 0
    PID = 1
    STATE = 2
    TASK = 3
    CPU = 4
    MEMORY = 5
    AGE = 6
    TASKS = 7
    HEARTBEAT = 8
    RECYCLE = 9


class WorkerModel(QAbstractTableModel):
    """Workers in the order of their numbers, the interactive one last."""

    def __init__(self) -> None:
        """No workers."""
        super().__init__()
        self._workers: tuple[WorkerSnapshot, ...] = ()
        self.memory_limit = 0.0

    def set_pool(self, pool: PoolSnapshot | None, memory_limit: float) -> None:
        """Take the pool as it stands; `memory_limit` is the whole against which a worker's memory is drawn."""
        self.memory_limit = memory_limit
        alive = () if pool is None else tuple(w for w in pool.workers if w.state != "dead")
        workers = tuple(sorted(alive, key=lambda w: (w.interactive, w.number)))
        if [w.number for w in workers] != [w.number for w in self._workers]:
            self.beginResetModel()
            self._workers = workers
            self.endResetModel()
            return
        before, self._workers = self._workers, workers
        for row, (old, new) in enumerate(zip(before, workers, strict=True)):
            if old != new:
                self.dataChanged.emit(self.index(row, 0), self.index(row, len(WorkerCol) - 1))

    def worker(self, row: int) -> WorkerSnapshot | None:
        """The worker of a row."""
        return self._workers[row] if 0 <= row < len(self._workers) else None

    def is_heavy(self, worker: WorkerSnapshot) -> bool:
        """Whether a worker alone holds a worrying share of the memory."""
        return self.memory_limit > 0 and worker.rss > self.memory_limit * _HEAVY_SHARE

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        """One for each worker."""
        return 0 if parent is not None and parent.isValid() else len(self._workers)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        """Always the same."""
        return 0 if parent is not None and parent.isValid() else len(WorkerCol)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | int | None:
        """Names of the columns."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(WorkerCol):
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            right = section in {WorkerCol.AGE, WorkerCol.TASKS, WorkerCol.HEARTBEAT}
            side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        names = (
            self.tr("Worker"),
            self.tr("PID"),
            self.tr("State"),
            self.tr("Task"),
            self.tr("CPU"),
            self.tr("Memory"),
            self.tr("Age"),
            self.tr("Tasks"),
            self.tr("Heartbeat"),
            "",
        )
        return names[section]

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Texts, and the snapshot for the delegate."""
        worker = self.worker(index.row())
        if worker is None:
            return None
        if role == WORKER_ROLE:
            return worker
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._text(worker, WorkerCol(index.column()))
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == WorkerCol.TASK:
            return plain_tip(worker.task)
        return None

    def state_word(self, worker: WorkerSnapshot) -> tuple[str, str, str]:
        """Word, icon and tone of a worker's state."""
        if worker.silent:
            return self.tr("Silent"), "warn", "warn"
        words = {
            "starting": (self.tr("Starting"), "wait", "neutral"),
            "idle": (self.tr("Idle"), "okc", "neutral"),
            "busy": (self.tr("Busy"), "run", "info"),
            "cancelling": (self.tr("Cancelling"), "x", "warn"),
            "retiring": (self.tr("Recycling"), "retry", "warn"),
        }
        return words.get(worker.state, (worker.state, "info", "neutral"))

    def _text(self, worker: WorkerSnapshot, column: WorkerCol) -> str:
        match column:
            case WorkerCol.NAME:
                return self.tr("Preview") if worker.interactive else f"W{worker.number}"
            case WorkerCol.PID:
                return str(worker.pid)
            case WorkerCol.STATE:
                return self.state_word(worker)[0]
            case WorkerCol.TASK:
                return worker.task
            case WorkerCol.CPU:
                return f"{worker.cpu_percent:.0f}%"
            case WorkerCol.MEMORY:
                return size(worker.rss)
            case WorkerCol.AGE:
                return duration(worker.age)
            case WorkerCol.TASKS:
                return count(worker.tasks_done)
            case WorkerCol.HEARTBEAT:
                return duration(worker.heartbeat_age)
            case WorkerCol.RECYCLE:
                return self.tr("Recycle") if worker.state in {"idle", "busy"} else ""
