"""The real tasks, in worker processes that read every sheet row by row: only that is shared by two workers."""

from __future__ import annotations

from workers.importing.reading.xlsx import reader
from workers.importing.tasks import TASKS

__all__ = ["TASKS"]

reader.BLOCKS_FROM = 1 << 40
