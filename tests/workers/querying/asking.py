"""Runs queries without a pool, in the test's own process."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from workers.core.model.errors import Cancelled, SheetferryError
from workers.core.model.outcomes import ImportOutcome
from workers.core.model.tasks import BackendStarted, Progress, Target
from workers.core.query.outcome import DecisionWanted, QueryPart, StatementOutcome, StatementStarted
from workers.core.query.request import QueryRequest
from workers.querying.spool.shelf import ResultShelf
from workers.querying.tasks import query


@dataclass
class HeardContext:
    """Hears what a query tells; cancels it when a test says so.

    Attributes:
        cancel_when: Looked at on every beat.
        answer: The decision on a change.
    """

    cancel_when: Callable[[HeardContext], bool] = lambda _self: False
    answer: bool | None = True
    parts: list[QueryPart] = field(default_factory=list)
    told: list[Progress] = field(default_factory=list)
    backends: list[BackendStarted] = field(default_factory=list)
    action: Callable[[], None] | None = None
    cancelled: threading.Event = field(default_factory=threading.Event)

    def check(self) -> None:
        if self.cancelled.is_set() or self.cancel_when(self):
            raise Cancelled

    def progress(self, progress: Progress) -> None:
        self.told.append(progress)

    def backend_started(self, backend: BackendStarted) -> None:
        self.backends.append(backend)

    def backend_ended(self, import_id: str) -> None:
        pass

    def outcome(self, outcome: ImportOutcome) -> None:
        raise AssertionError("a query has no imports")

    def assistant(self, request: Any) -> None:
        return None

    def on_cancel(self, action: Callable[[], None] | None) -> None:
        self.action = action

    def part(self, part: QueryPart) -> None:
        self.parts.append(part)

    def decision(self, seconds: float) -> bool | None:
        return self.answer

    def cancel(self) -> None:
        self.cancelled.set()
        if self.action is not None:
            self.action()

    @property
    def outcomes(self) -> list[StatementOutcome]:
        """The last word on each statement."""
        latest: dict[int, StatementOutcome] = {}
        for part in self.parts:
            if isinstance(part, StatementOutcome):
                latest[part.statement] = part
        return [latest[number] for number in sorted(latest)]

    @property
    def started(self) -> list[StatementStarted]:
        return [part for part in self.parts if isinstance(part, StatementStarted)]

    @property
    def decisions(self) -> list[DecisionWanted]:
        return [part for part in self.parts if isinstance(part, DecisionWanted)]


@dataclass
class Asker:
    """Asks a database and looks at what came."""

    target: Target | None
    results: Path
    error: SheetferryError | None = None

    @property
    def shelf(self) -> ResultShelf:
        return ResultShelf(self.results, 1 << 40)

    def request(self, script: str, **more: Any) -> QueryRequest:
        return QueryRequest(str(uuid.uuid4()), script, self.target, str(self.results), **more)

    def ask(self, script: str, context: HeardContext | None = None, **more: Any) -> list[StatementOutcome]:
        """Run the script; what failed is kept in `error`."""
        context = context or HeardContext()
        self.error = None
        try:
            query(self.request(script, **more), context)
        except SheetferryError as error:
            self.error = error
        return context.outcomes

    def rows(self, script: str, **more: Any) -> list[tuple[str | None, ...]]:
        """The rows of the last statement."""
        last = self.ask(script, **more)[-1]
        assert self.error is None, self.error
        assert last.result_id is not None
        with self.shelf.open(last.result_id) as reader:
            return reader.page(0, last.rows)
