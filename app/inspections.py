"""Keeps track of which inspection or preview was asked for what, so that late answers find their place or none."""

from __future__ import annotations

from dataclasses import dataclass

from widgets.importing.view_data import TableRef


@dataclass(frozen=True, slots=True)
class WholeFile:
    """A file is being understood as a whole."""

    path: str


@dataclass(frozen=True, slots=True)
class OneSheet:
    """One sheet, by name, is read again with the choices made for one of its tables."""

    path: str
    sheet: str
    ordinal: int | None = None


@dataclass(frozen=True, slots=True)
class SomeRows:
    """Rows of a table are shown; `more` adds them to those already there."""

    ref: TableRef
    more: bool


Question = WholeFile | OneSheet | SomeRows


class Inspections:
    """Open questions by job id; only the newest question of a kind about a thing is answered."""

    def __init__(self) -> None:
        """Nothing was asked yet."""
        self._open: dict[str, Question] = {}

    def ask(self, job_id: str, question: Question) -> None:
        """Note a question; an older one that it replaces is forgotten."""
        if not (isinstance(question, SomeRows) and question.more):
            self._open = {k: q for k, q in self._open.items() if q != question}
        self._open[job_id] = question

    def open(self, job_id: str) -> Question | None:
        """The question of a job, if its answer is still wanted."""
        return self._open.get(job_id)

    def close(self, job_id: str) -> Question | None:
        """Take the question of a job that has answered."""
        return self._open.pop(job_id, None)

    def forget_file(self, path: str) -> list[str]:
        """Forget all questions about a file; gives their job ids."""
        gone = [k for k, q in self._open.items() if (q.ref.path if isinstance(q, SomeRows) else q.path) == path]
        for job_id in gone:
            del self._open[job_id]
        return gone
