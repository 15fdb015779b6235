"""Queries through a real pool and a real server: what a page or a command sees of them, whatever happens meanwhile."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import psycopg
import pytest

from app.services.queries import Condition, arranged, saving, title_of
from tests.app.services.query_pool import Asking
from tests.workers.pool.conftest import workers_of_ours
from workers.core.jobs.snapshots import JobState
from workers.core.model.options import Priority
from workers.core.model.tasks import Phase, Target
from workers.core.query.outcome import StatementState

pytestmark = pytest.mark.db

Query = Callable[..., list[tuple[Any, ...]]]
ENDLESS = "with recursive r as (select 1 as n union all select n + 1 from r) select n from r"


@pytest.fixture
def asking(tmp_path: Path, target: Target, query: Query) -> Iterator[Asking]:
    made = Asking(tmp_path, target)
    yield made
    made.close()
    assert not workers_of_ours()
    assert sessions(query) == []


def sessions(query: Query) -> list[tuple[Any, ...]]:
    return query(
        "select application_name, state, query from pg_stat_activity where datname = current_database()"
        " and application_name like 'sheetferry/query%'"
    )


def test_a_query_is_asked_followed_and_read(asking: Asking) -> None:
    query_id = asking.ask("select n, 'x' as t from generate_series(1, 5000) n; select 2", priority=Priority.HIGH)
    over = asking.end(query_id)
    assert over.job is not None
    assert (over.job.state, over.job.title, over.of) == (JobState.DONE, title_of(over.text), 2)
    first, second = over.outcomes
    assert (first.state, first.rows, second.rows) == (StatementState.DONE, 5000, 1)
    assert first.first_row_seconds is not None
    assert asking.rows(first, 2) == [("1", "x"), ("2", "x")]
    assert over.job.priority is Priority.HIGH


def test_a_failure_is_told_with_its_statement_and_place(asking: Asking) -> None:
    over = asking.end(asking.ask("select 1;\nselect nothing;\nselect 3"))
    assert over.job is not None
    assert (over.job.state, [o.state.value for o in over.outcomes]) == (JobState.FAILED, ["done", "failed"])
    assert str(over.outcomes[1].place) == "line 2, character 8"
    assert over.job.error == over.outcomes[1].error
    entries = asking.store.queries.search("noth")
    assert [(e.statement, e.state, e.error_kind, e.place) for e in entries] == [
        (2, "failed", "no-such-column", "line 2, character 8")
    ]
    assert asking.store.queries.count() == 2


def test_a_database_that_cannot_be_reached_is_a_failed_statement(asking: Asking, tmp_path: Path) -> None:
    nowhere = Target(str(tmp_path / "nothing"), 5432, "u", "d")
    over = asking.end(asking.ask("select 1", target=nowhere))
    (outcome,) = over.outcomes
    assert outcome.error is not None
    assert (outcome.state, outcome.error.kind) == (StatementState.FAILED, "unreachable")


def test_third_in_line_waits_and_can_be_taken_away(asking: Asking, query: Query) -> None:
    busy = [asking.ask("select pg_sleep(600)") for _ in range(2)]
    for query_id in busy:
        asking.running(query_id)
    waiting = asking.ask("select 1")
    snapshot = asking.until(waiting, lambda s: s.job is not None and s.job.reason)
    assert snapshot.job is not None
    assert snapshot.job.reason == "waiting: 2 of 2 running, 1 in line"
    asking.service.cancel(waiting)
    over = asking.end(waiting)
    assert [o.state for o in over.outcomes] == [StatementState.CANCELLED]
    for query_id in busy:
        asking.service.cancel(query_id)
        over = asking.end(query_id)
        assert over.job is not None
        assert over.job.state is JobState.CANCELLED
    assert sessions(query) == []


@pytest.mark.parametrize(
    "text",
    [
        "select pg_sleep(600)",
        ENDLESS,
        "select deaf()",
        "select count(*) from generate_series(1, 3000000) n, generate_series(1, 3000000) m",
    ],
)
def test_cancelled_is_said_when_the_backend_is_gone(asking: Asking, query: Query, text: str) -> None:
    query(
        "create function deaf() returns int language plpgsql as $$ begin loop begin perform pg_sleep(600);"
        " exception when query_canceled then null; end; end loop; end $$"
    )
    query_id = asking.ask(text)
    asking.running(query_id)
    asking.service.cancel(query_id)
    over = asking.end(query_id)
    assert sessions(query) == []
    assert over.job is not None
    assert over.job.state is JobState.CANCELLED
    (outcome,) = over.outcomes
    assert outcome.state is StatementState.CANCELLED
    if outcome.result_id is not None:
        assert asking.rows(outcome, 1) == [("1",)]
        assert outcome.rows > 0


def test_a_cancel_reaches_a_query_that_is_still_connecting(asking: Asking) -> None:
    """A server that takes connections and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        target = Target("127.0.0.1", silent.getsockname()[1], "u", "d")
        query_id = asking.ask("select 1", target=target)
        asking.until(query_id, lambda s: s.job is not None and s.job.phase == Phase.CONNECTING.value)
        asking.service.cancel(query_id)
        over = asking.end(query_id)
    assert over.job is not None
    assert over.job.state is JobState.CANCELLED


def test_a_cancel_reaches_a_query_that_is_being_saved(asking: Asking, tmp_path: Path) -> None:
    query_id = asking.ask(
        "select n, md5(n::text) as a, md5((n + 1)::text) as b from generate_series(1, 400000) n",
        save_to=str(tmp_path / "out.xlsx"),
    )
    asking.until(query_id, lambda s: s.job is not None and s.job.phase == Phase.SAVING.value)
    asking.service.cancel(query_id)
    over = asking.end(query_id)
    assert over.job is not None
    assert over.job.state is JobState.CANCELLED
    assert over.outcomes[0].rows == 400000
    assert not list(tmp_path.glob("*out.xlsx"))


def test_a_change_waits_for_its_decision(asking: Asking, query: Query) -> None:
    query("create table t (n int)")
    kept = asking.ask("insert into t select generate_series(1, 10)", write=True)
    wanted = asking.until(kept, lambda s: s.decision is not None)
    assert wanted.decision is not None
    assert wanted.decision.outcomes[0].rows == 10
    asking.service.decide(kept, True)
    assert asking.end(kept).outcomes[0].committed
    dropped = asking.ask("delete from t", write=True)
    asking.until(dropped, lambda s: s.decision is not None)
    asking.service.decide(dropped, False)
    assert asking.end(dropped).rolled_back
    cancelled = asking.ask("delete from t", write=True)
    asking.until(cancelled, lambda s: s.decision is not None)
    asking.service.cancel(cancelled)
    over = asking.end(cancelled)
    assert over.job is not None
    assert over.job.state is JobState.CANCELLED
    assert query("select count(*) from t") == [(10,)]


def test_a_worker_that_is_killed_leaves_its_rows_and_no_backend(asking: Asking, query: Query) -> None:
    query_id = asking.ask("select generate_series(1, 1000000000) as n")
    snapshot = asking.until(query_id, lambda s: s.job is not None and s.job.rows > 10_000)
    assert snapshot.job is not None
    psutil.Process(snapshot.job.worker).kill()
    over = asking.end(query_id)
    assert sessions(query) == []
    assert over.job is not None
    assert over.job.state is JobState.FAILED
    assert over.job.attempts == 1
    (outcome,) = over.outcomes
    assert outcome.state is StatementState.INCOMPLETE
    assert outcome.error is not None
    assert outcome.error.kind == "worker-died"
    assert outcome.rows > 10_000
    with asking.service.results.open(outcome.result_id or "") as reader:
        assert reader.meta.state is StatementState.INCOMPLETE
        assert reader.count() == outcome.rows
        assert reader.page(outcome.rows - 1, 5) == [(str(outcome.rows),)]


def test_a_worker_that_is_killed_while_a_change_is_open_changes_nothing(asking: Asking, query: Query) -> None:
    query("create table t (n int)")
    query_id = asking.ask("insert into t values (1)", write=True)
    snapshot = asking.until(query_id, lambda s: s.decision is not None)
    assert snapshot.job is not None
    psutil.Process(snapshot.job.worker).kill()
    over = asking.end(query_id)
    assert over.job is not None
    assert over.job.state is JobState.FAILED
    assert query("select count(*) from t") == [(0,)]


def test_a_limit_ends_a_query_and_says_so(asking: Asking, query: Query) -> None:
    over = asking.end(asking.ask("select pg_sleep(600)", soft=0.5))
    assert over.job is not None
    assert over.job.state is JobState.FAILED
    (outcome,) = over.outcomes
    assert outcome.error is not None
    assert (outcome.state, outcome.error.kind) == (StatementState.FAILED, "timed-out")
    assert sessions(query) == []


def test_a_backend_that_is_ended_by_others_is_a_lost_link(asking: Asking, connection: psycopg.Connection[Any]) -> None:
    query_id = asking.ask("select generate_series(1, 1000000000) as n")
    asking.until(query_id, lambda s: s.job is not None and s.job.rows > 10_000)
    connection.execute(
        "select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'sheetferry/query%'"
        " and datname = current_database()"
    )
    over = asking.end(query_id)
    assert over.job is not None
    assert (over.job.state, over.job.attempts) == (JobState.FAILED, 1)
    assert over.outcomes[0].state is StatementState.INCOMPLETE
    assert over.outcomes[0].rows > 10_000


def test_a_result_is_saved_later_without_running_anything(asking: Asking, query: Query, tmp_path: Path) -> None:
    (first,) = asking.end(asking.ask("select n, clock_timestamp() as t from generate_series(1, 3) n")).outcomes
    kept = asking.rows(first)
    out = tmp_path / "later.csv"
    over = asking.end(asking.service.ask(saving(first.result_id or "", str(out))))
    assert over.outcomes[0].saved == str(out)
    assert out.read_text().splitlines()[1:] == [f"{n},{t}" for n, t in kept]
    over = asking.end(asking.service.ask(saving(first.result_id or "", table="later", target=asking.target)))
    assert over.outcomes[0].table == "public.later"
    assert query("select count(*) from later") == [(3,)]
    over = asking.end(asking.service.ask(saving("nothing", str(out))))
    assert over.job is not None
    assert over.job.error is not None
    assert over.job.error.kind == "no-such-result"
    assert asking.store.queries.count() == 1


def test_a_result_is_sorted_and_filtered_where_it_lies(asking: Asking) -> None:
    text = "select n, case n % 3 when 0 then null when 1 then 'Ab' else 'cd' end as \"t\"\"x\", n as n from"
    (first,) = asking.end(asking.ask(f"{text} generate_series(1, 9) n")).outcomes
    with asking.service.results.open(first.result_id or "") as reader:
        meta = reader.meta
    (sorted_by,) = asking.end(asking.service.ask(arranged(meta, [(1, True), (0, False)]))).outcomes
    assert [row[0] for row in asking.rows(sorted_by)] == ["2", "5", "8", "1", "4", "7", "3", "6", "9"]
    (some,) = asking.end(asking.service.ask(arranged(meta, [(0, True)], [Condition(1, "AB")]))).outcomes
    assert [row[0] for row in asking.rows(some)] == ["7", "4", "1"]
    (none,) = asking.end(asking.service.ask(arranged(meta, [], [Condition(1, None)]))).outcomes
    assert none.rows == 3


def test_a_title_is_one_short_line() -> None:
    assert title_of("select 1\n  from  t") == "select 1 from t"
    assert len(title_of("x" * 500)) == 80
