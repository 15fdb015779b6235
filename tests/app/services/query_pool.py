"""A pool with a lane of queries, a service on it, and everything that was told."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from app.services.queries import QueryService, Question
from app.services.worker_pool import settle_import
from tests.workers.pool.conftest import PATIENCE
from workers.core.jobs.pool_events import PoolEvent
from workers.core.jobs.spec import PoolPolicy
from workers.core.model.tasks import Target
from workers.core.query.outcome import StatementOutcome
from workers.core.query.tracking import QuerySnapshot
from workers.database.local.store import LocalStore
from workers.pool.config import PoolConfig
from workers.pool.supervisor import Supervisor


class Asking:
    """A pool with a lane of queries, a service on it, and everything that was told."""

    def __init__(self, home: Path, target: Target, queries: int = 2) -> None:
        self.target = target
        self._news = threading.Condition()
        self._told: dict[str, QuerySnapshot] = {}
        policy = PoolPolicy(prestart=False, queries=queries)
        self.pool = Supervisor(
            PoolConfig(home, policy=policy, size=1, heartbeat=0.1), listener=self._hear, settler=settle_import
        )
        self.store = LocalStore(home)
        self.service = QueryService(home, listener=self._changed, history=self.store.queries)
        self.service.use(self.pool, self.pool.decide)
        self._thread = threading.Thread(target=self.pool.run, name="supervisor")
        self._thread.start()

    def _hear(self, event: PoolEvent) -> None:
        self.service.heard(event)

    def _changed(self, snapshot: QuerySnapshot) -> None:
        with self._news:
            self._told[snapshot.query_id] = snapshot
            self._news.notify_all()

    def ask(self, text: str, **more: Any) -> str:
        more.setdefault("target", self.target)
        return self.service.ask(Question(text, **more))

    def until(self, query_id: str, good: Callable[[QuerySnapshot], object]) -> QuerySnapshot:
        deadline = time.monotonic() + PATIENCE
        with self._news:
            while True:
                # The service forgets those that are over, once there are many.
                snapshot = self.service.query(query_id) or self._told[query_id]
                if good(snapshot):
                    return snapshot
                assert time.monotonic() < deadline, snapshot
                self._news.wait(0.05)

    def end(self, query_id: str) -> QuerySnapshot:
        return self.until(query_id, lambda snapshot: snapshot.over)

    def running(self, query_id: str) -> QuerySnapshot:
        return self.until(query_id, lambda snapshot: snapshot.outcomes)

    def rows(self, outcome: StatementOutcome, count: int = 10) -> list[tuple[str | None, ...]]:
        with self.service.results.open(outcome.result_id or "") as reader:
            return reader.page(0, count)

    def close(self) -> None:
        self.pool.shutdown(cancel=True, budget=10.0)
        self._thread.join(PATIENCE)
        assert not self._thread.is_alive()
        self.store.close()
