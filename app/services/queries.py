"""Queries for whoever shows them: the page, and the command line.

One `QueryService` lives as long as the program. What a page needs of it:

* `ask(QuestionAsked) -> query_id`: put SQL into the lane of queries. Returns at once. The id is the job's id too, so
  the Queue page shows the same query with the same remedies (`cancel`, `set_priority`, hold and release).
* `listener(QuerySnapshot)`: called on the pool's thread whenever something of a query has changed. It holds the job
  (place, reason of waiting, phase, rows, rate), each statement's outcome (running, rows, columns, result, error with
  its place in the script, notes), what waits for *Commit*, and whether all is over. Bring it to the UI thread by a
  bridge that keeps the latest of each query, as `PoolBridge` does for jobs.
* `cancel`, `decide(query_id, commit)`, `set_priority`: any time, from any thread.
* Rows: `results.open(result_id)` gives a `SpoolReader`, also while rows come: ``count()``, and ``page(first, count,
  cell_limit=…)`` with None for NULL. It reads the disk: one reader a view, on an I/O thread, never on the UI thread.
* Saving later: `ask(saving(result_id, path))`, or with a table and its database, puts a job into the lane that saves
  the same rows, without running anything again. `results.pin`, `rename`, `remove`, `results()` and `total()` are for
  the list of results at the left; `source(name)` and `LocalSource(result_id=…)` make sources of them.
* `history` (`LocalStore.queries`): every query that is over is recorded there, the commands' too. `search(words)` looks
  through all of it; drafts are saved and read there as well (`save_draft`, `drafts`, `drop_draft`).
* Sorting and filtering a result: `ask(arranged(meta, …))`; what comes is a result like any other, to be shown in the
  place of the first. SQL over files: ask with `sources`.
* The editor: `workers.querying.text` splits a script (`split`, `statement_at`), finds parameters (`parameter_names`)
  and places; `workers.core.query.plan_tree` makes and reads plans (`explain_text`, `read_plan`). Both take some
  milliseconds, and loading them a quarter of a second: on an I/O thread.

Nothing here knows Qt.
"""

from __future__ import annotations

import logging
import threading
import uuid
from collections import OrderedDict, deque
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from workers.core.jobs.pool_events import JobChanged, PoolEvent, ResultReady
from workers.core.jobs.snapshots import JobKind
from workers.core.jobs.spec import JobLimits, JobSpec
from workers.core.model.errors import SheetferryError, UserError
from workers.core.model.options import Priority
from workers.core.model.tasks import Target
from workers.core.query.columns import unique_names
from workers.core.query.outcome import StatementOutcome, StatementState
from workers.core.query.request import DEFAULT_SECONDS, RESULTS_BYTES, LocalSource, QueryRequest
from workers.core.query.tracking import QuerySnapshot, QueryTracker
from workers.database.local.queries import QueryEntry, QueryRepository
from workers.querying.spool.meta import ResultMeta
from workers.querying.spool.shelf import ResultShelf

_log = logging.getLogger(__name__)

_REMEMBERED = 200
_ARRANGED = "result"
_TITLE_LENGTH = 80


class QueryDoor(Protocol):
    """What the service needs of the pool."""

    def submit(self, spec: JobSpec) -> object:
        """Hand in a job."""

    def cancel(self, job_id: str) -> None:
        """Wish a job away."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, as a person or a script says it. See `QueryRequest` for the fields of the same names.

    Attributes:
        text: The script.
        target: The database; may be None with `sources`.
        priority: Level in the lane.
        result_id: Save this result and run nothing, see `saving`.
        remembered: Whether it belongs into the history.
        soft: Seconds after which it is cancelled; 0 for no limit, None for what the settings say.
    """

    text: str
    target: Target | None
    parameters: tuple[tuple[str, str | None], ...] = ()
    write: bool = False
    commit_unasked: bool = False
    as_superuser: bool = False
    save_to: str = ""
    overwrite: bool = True
    save_as: str = ""
    sources: tuple[LocalSource, ...] = ()
    result_id: str = ""
    remembered: bool = True
    priority: Priority = Priority.NORMAL
    soft: float | None = None


class QueryService:
    """Asks, follows and ends queries. Every method may be called from any thread and returns at once."""

    def __init__(
        self,
        home: Path,
        *,
        listener: Callable[[QuerySnapshot], None],
        quota: int = RESULTS_BYTES,
        memory: int = 1 << 30,
        app_version: str = "",
        history: QueryRepository | None = None,
    ) -> None:
        """Keep results below the folder `home`.

        Args:
            home: The program's folder.
            listener: Told of every change, on the thread of whoever brings it about.
            quota: Bytes that results may take.
            memory: Bytes that a query over files may take in memory.
            app_version: For the ledger.
            history: Where what was asked is recorded.
        """
        self.results = ResultShelf(home / "results", quota)
        self._listener = listener
        self.memory = memory
        self.soft = DEFAULT_SECONDS
        self.history = history
        self._app_version = app_version
        self._disk: Executor | None = None
        self._door: QueryDoor | None = None
        self._decide: Callable[[str, bool], None] = _nobody
        self._over: deque[str] = deque()
        self._remembered: set[str] = set()
        self._lock = threading.Lock()
        self._trackers: OrderedDict[str, QueryTracker] = OrderedDict()

    def use(self, door: QueryDoor, decide: Callable[[str, bool], None], disk: Executor | None = None) -> None:
        """Work with this pool from now on.

        Args:
            door: Takes jobs.
            decide: Commits or rolls back what a running job changed: `PoolControls.decide`.
            disk: Where what is over is brought to disk; without one that happens in `heard` itself.
        """
        self._door, self._decide, self._disk = door, decide, disk
        if disk is not None:
            disk.submit(self.results.sweep)

    def use_settings(self, soft: float, quota: int) -> None:
        """Keep other limits from now on: seconds of a query that says none (0 for no limit), bytes of results."""
        self.soft = soft
        self.results.quota = quota

    # ---- what people want

    def ask(self, question: Question) -> str:
        """Put a query into its lane; its id.

        Raises:
            EnvironmentFailure: if the pool has ended.
        """
        query_id = str(uuid.uuid4())
        with self._lock:
            self._trackers[query_id] = QueryTracker(query_id, question.text, _source_of(question))
            if question.remembered:
                self._remembered.add(query_id)
            self._forget_old()
        if self._door is None:
            raise RuntimeError("use() has to come first")
        self._door.submit(self.spec(query_id, question))
        return query_id

    def cancel(self, query_id: str) -> None:
        """Stop a query wherever it is."""
        if self._door is not None:
            self._door.cancel(query_id)

    def decide(self, query_id: str, commit: bool) -> None:
        """Commit what a query changed, or roll it back."""
        self._decide(query_id, commit)

    def query(self, query_id: str) -> QuerySnapshot | None:
        """How a query stands; None when it is not known any more."""
        with self._lock:
            tracker = self._trackers.get(query_id)
            return None if tracker is None else tracker.snapshot()

    def source(self, name: str) -> LocalSource:
        """What a name means as a source of SQL: a file, or a result by its name or id. Reads the disk.

        Raises:
            UserError: ``not-found`` when it is neither.
        """
        path = Path(name).expanduser()
        if path.is_file():
            return LocalSource(path=str(path))
        for result in self.results.results():
            if name in (result.meta.name, result.meta.result_id):
                return LocalSource(result_id=result.meta.result_id, alias=result.meta.name)
        raise UserError.of("not-found", f"There is no file and no result {name}.", "Check the path.")

    def spec(self, query_id: str, question: Question) -> JobSpec:
        """The job that a question means."""
        request = QueryRequest(
            job_id=query_id,
            script=question.text,
            target=question.target,
            results=str(self.results.root),
            parameters=question.parameters,
            write=question.write,
            commit_unasked=question.commit_unasked,
            as_superuser=question.as_superuser,
            save_to=question.save_to,
            overwrite=question.overwrite,
            save_as=question.save_as,
            sources=question.sources,
            result_id=question.result_id,
            quota=self.results.quota,
            memory=self.memory,
            app_version=self._app_version,
        )
        return JobSpec(
            job_id=query_id,
            kind=JobKind.QUERY,
            title=title_of(question.text),
            request=request,
            target=_source_of(question),
            priority=question.priority,
            # A query says nothing while the server thinks, so only its own limits stop it.
            limits=JobLimits.of_timeout((self.soft if question.soft is None else question.soft) or None, None),
            # It may have been long, or have changed something: it is never run again by itself.
            retries=0,
        )

    # ---- what the pool says

    def heard(self, event: PoolEvent) -> None:
        """Take an event of the pool; those of other jobs are passed over."""
        match event:
            case JobChanged(job) if (tracker := self._tracker(job.job_id)) is not None:
                with self._lock:
                    left = tracker.job_changed(job)
                if not job.state.ended:
                    self._tell(tracker)
                elif self._disk is None:
                    self._conclude(tracker, left)
                else:
                    self._disk.submit(self._conclude, tracker, left)
            case ResultReady(job_id, part) if (tracker := self._tracker(job_id)) is not None:
                with self._lock:
                    tracker.take(part)
                self._tell(tracker)
            case _:
                pass

    def _tracker(self, query_id: str) -> QueryTracker | None:
        with self._lock:
            return self._trackers.get(query_id)

    def _conclude(self, tracker: QueryTracker, left: list[str]) -> None:
        """Bring results to their end whose worker is gone, record the query, tell."""
        for result_id in left:
            with self._lock:
                outcomes = tracker.snapshot().outcomes
            state = next((o.state for o in outcomes if o.result_id == result_id), StatementState.INCOMPLETE)
            meta = self.results.mend(result_id, state)
            if meta is None or not meta.rows:
                self.results.remove(result_id)
            with self._lock:
                tracker.found(result_id, meta.rows if meta else 0, 0)
        self._record(tracker)
        with self._lock:
            tracker.conclude()
        self._tell(tracker)
        with self._lock:
            self._over.append(tracker.query_id)

    def _record(self, tracker: QueryTracker) -> None:
        with self._lock:
            snapshot = tracker.snapshot()
            remembered = tracker.query_id in self._remembered
            self._remembered.discard(tracker.query_id)
        if self.history is None or not remembered:
            return
        try:
            self.history.record(_entry(snapshot, outcome) for outcome in snapshot.outcomes)
        except SheetferryError as error:
            # What was asked for is there; only the memory of it is not.
            _log.warning("a query could not be recorded: %s", error)

    def _tell(self, tracker: QueryTracker) -> None:
        with self._lock:
            snapshot = tracker.snapshot()
        self._listener(snapshot)

    def _forget_old(self) -> None:
        """Queries that are over, and told as such, are forgotten, the oldest first, once there are many."""
        while len(self._over) > _REMEMBERED:
            self._trackers.pop(self._over.popleft(), None)


def _nobody(_query_id: str, _commit: bool) -> None:
    """No pool yet."""


def _source_of(question: Question) -> str:
    """What a question is asked of, for people."""
    if question.sources:
        return ", ".join(source.alias or Path(source.path).name or source.result_id for source in question.sources)
    target = question.target
    return "" if target is None else target.label or target.dbname


def _entry(snapshot: QuerySnapshot, outcome: StatementOutcome) -> QueryEntry:
    job, error = snapshot.job, outcome.error
    return QueryEntry(
        query_id=outcome.query_id,
        statement=outcome.statement,
        ran=job.started or job.submitted if job is not None else 0.0,
        source=snapshot.source,
        text=outcome.text or snapshot.text,
        state=outcome.state.value,
        rows=outcome.rows,
        seconds=outcome.seconds,
        waited=outcome.waited_seconds,
        result_id=outcome.result_id,
        tag=outcome.tag,
        committed=outcome.committed,
        error_kind=error.kind if error else "",
        error=error.message if error else "",
        place=str(outcome.place) if outcome.place else "",
    )


def saving(result_id: str, path: str = "", *, table: str = "", target: Target | None = None) -> Question:
    """The question that saves a result as it is: as a file, or as a table of a database."""
    what = path or table
    return Question(
        f"Save the result as {what}", target, save_to=path, save_as=table, result_id=result_id, remembered=False
    )


@dataclass(frozen=True, slots=True)
class Condition:
    """A filter on one column.

    Attributes:
        column: Its place, from 0.
        contains: Text that its values hold; None for rows where it is NULL.
    """

    column: int
    contains: str | None


def arranged(
    meta: ResultMeta, order: Sequence[tuple[int, bool]] = (), conditions: Sequence[Condition] = ()
) -> Question:
    """The question that gives a result's rows in another order, or some of them.

    Args:
        meta: The result.
        order: Columns by their places from 0, the most important first, each with whether it goes downwards.
        conditions: All of them must hold.
    """
    names = unique_names(column.name for column in meta.columns)
    tests = [_test(names[one.column], one.contains, f"p{n}") for n, one in enumerate(conditions)]
    keys = [f"{_quoted(names[place])} {'DESC' if down else 'ASC'} NULLS LAST" for place, down in order]
    text = f"SELECT * FROM {_quoted(_ARRANGED)}"  # noqa: S608 - names are quoted, values are parameters
    if tests:
        text += f" WHERE {' AND '.join(tests)}"
    if keys:
        text += f" ORDER BY {', '.join(keys)}"
    values = tuple((f"p{n}", one.contains) for n, one in enumerate(conditions) if one.contains is not None)
    source = LocalSource(result_id=meta.result_id, alias=_ARRANGED)
    return Question(text, None, values, sources=(source,), remembered=False)


def _test(name: str, contains: str | None, parameter: str) -> str:
    if contains is None:
        return f"{_quoted(name)} IS NULL"
    return f"contains(lower({_quoted(name)}::VARCHAR), lower(:{parameter}::VARCHAR))"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def title_of(text: str) -> str:
    """A script as one short line for the queue."""
    words = " ".join(text.split())
    return words if len(words) <= _TITLE_LENGTH else words[: _TITLE_LENGTH - 1] + "…"
