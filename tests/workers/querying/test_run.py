from __future__ import annotations

import errno
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.workers.querying.asking import Asker, HeardContext
from workers.core.model.errors import Cancelled
from workers.core.model.tasks import Phase
from workers.core.query.outcome import StatementState
from workers.querying.run import run_query

pytestmark = pytest.mark.db

Query = Callable[..., list[tuple[Any, ...]]]


def test_rows_and_types_come_in_the_servers_own_words(asker: Asker) -> None:
    (outcome,) = asker.ask("select 1 as a, 'x'::varchar(3) as b, null::numeric(10,2) as c, '' as d")
    assert asker.error is None
    assert (outcome.state, outcome.rows) == (StatementState.DONE, 1)
    assert [(c.name, c.type) for c in outcome.columns] == [
        ("a", "integer"),
        ("b", "character varying(3)"),
        ("c", "numeric(10,2)"),
        ("d", "text"),
    ]
    assert outcome.zone == "UTC"
    assert asker.rows("select 1, 'x', null, ''") == [("1", "x", None, "")]


@pytest.mark.parametrize(
    "text",
    [
        "select 1 as a -- the end",
        "table pg_namespace",
        "values (1), (2)",
        "(select 1) union (select 2)",
        "with a as (select 1) select * from a",
        "show search_path",
        "explain select 1",
        "explain (analyze, format json) select 1",
        "select * from pg_class c, lateral (select 1) x limit 3",
        "select",
    ],
)
def test_what_reads_may_run(asker: Asker, text: str) -> None:
    outcomes = asker.ask(text)
    if text == "select":
        assert asker.error is not None  # no columns: nothing tells it from a statement that changes something
        return
    assert asker.error is None
    assert outcomes[-1].rows >= 1


def test_statements_run_in_order_and_stop_at_the_first_error_with_its_place(asker: Asker) -> None:
    script = "select 1;\nselect 2;\nselect oder_date from (select 1 as order_date) x; select 4"
    outcomes = asker.ask(script)
    assert [o.state.value for o in outcomes] == ["done", "done", "failed"]
    failed = outcomes[-1]
    assert failed.error is not None
    assert failed.error.kind == "no-such-column"
    assert str(failed.place) == "line 3, character 8"
    assert script[failed.place.offset if failed.place else 0 :].startswith("oder_date")
    assert asker.error is not None
    assert asker.error.info.kind == "no-such-column"


def test_a_place_is_found_behind_parameters_and_in_a_copy(asker: Asker) -> None:
    outcomes = asker.ask("select :long_name::text,\n   nothing", parameters=(("long_name", "x"),))
    assert str(outcomes[-1].place) == "line 2, character 4"
    outcomes = asker.ask("select 1 from\n   nowhere")
    assert str(outcomes[-1].place) == "line 2, character 4"


def test_an_error_half_way_keeps_what_came_and_says_so(asker: Asker) -> None:
    (outcome,) = asker.ask("select 1 / (50000 - n) from generate_series(1, 100000) n")
    assert outcome.state is StatementState.FAILED
    assert outcome.error is not None
    assert outcome.error.kind == "division-by-zero"
    assert 0 < outcome.rows < 50000
    assert outcome.result_id is not None
    with asker.shelf.open(outcome.result_id) as reader:
        assert reader.count() == reader.count_on_disk() == outcome.rows


def test_parameters_are_bound_and_never_pasted(asker: Asker) -> None:
    evil = "'; drop table x; --"
    assert asker.rows("select :a::text, ':a'", parameters=(("a", evil),)) == [(evil, ":a")]
    assert asker.rows("select :n::int + 1, :m::text", parameters=(("n", "41"), ("m", None))) == [("42", None)]
    rows = asker.rows("select n from generate_series(1, :n::int) n", parameters=(("n", "5000"),))
    assert len(rows) == 5000
    assert asker.rows("explain select :a::int", parameters=(("a", "1"),))


def test_values_come_the_same_by_either_way(asker: Asker) -> None:
    text = "select n, nullif(n % 3, 0), repeat('\"', n % 4), e'a,\\nb\\\\', '' from generate_series(1, 7000) n"
    plain = asker.rows(text)
    bound = asker.rows(text.replace("7000", ":n::int"), parameters=(("n", "7000"),))
    assert plain == bound
    assert plain[2] == ("3", None, '"""', "a,\nb\\", "")


def test_what_the_role_sees_is_its_own(asker: Asker) -> None:
    assert asker.rows("select current_user, session_user") == [("sheetferry_reader", "sheetferry_reader")]


def test_the_session_ends_with_its_run(asker: Asker, query: Query) -> None:
    context = HeardContext()
    asker.ask("select set_config('search_path', 'nowhere', false), pg_backend_pid()", context)
    (backend,) = context.backends
    deadline = time.monotonic() + 60
    while query("select 1 from pg_stat_activity where pid = %s", backend.pid):
        assert time.monotonic() < deadline
    assert asker.rows("show search_path") == [("public",)]


def test_rows_can_be_read_while_they_come(asker: Asker) -> None:
    seen: list[int] = []

    def look(context: HeardContext) -> bool:
        if context.started and context.told[-1].phase is Phase.FETCHING:
            with asker.shelf.open(context.started[0].result_id or "") as reader:
                seen.append(len(reader.page(0, 10)))
        return False

    asker.ask(
        "select n, pg_sleep(case when n = 3000 then 0.3 else 0 end) from generate_series(1, 6000) n", HeardContext(look)
    )
    assert 10 in seen


@pytest.mark.parametrize(
    "script",
    [
        "select pg_sleep(60)",
        "select generate_series(1, 1000000000) as n",
        "with recursive r as (select 1 as n union all select n + 1 from r) select count(*) from r",
        "explain analyze select pg_sleep(60)",
        "select :a::text, pg_sleep(60)",
    ],
)
def test_a_cancel_ends_the_statement_and_its_backend(asker: Asker, query: Query, script: str) -> None:
    context = HeardContext(lambda self: bool(self.started))
    with pytest.raises(Cancelled):
        run_query(asker.request(script, parameters=(("a", "x"),)), context)
    (outcome,) = context.outcomes
    assert outcome.state is StatementState.CANCELLED
    # The server has been told before the session was closed; how long it takes to let go is its own affair.
    deadline = time.monotonic() + 60
    while query("select 1 from pg_stat_activity where pid = %s", context.backends[0].pid):
        assert time.monotonic() < deadline


def test_a_lost_link_keeps_the_rows_that_came(asker: Asker, connection: psycopg.Connection[Any]) -> None:
    def end_it(context: HeardContext) -> bool:
        if context.told and context.told[-1].rows > 5000:
            connection.execute("select pg_terminate_backend(%s)", (context.backends[0].pid,))
        return False

    context = HeardContext(end_it)
    (outcome,) = asker.ask("select generate_series(1, 100000000) as n", context)
    assert outcome.state is StatementState.INCOMPLETE
    assert outcome.rows > 5000
    assert outcome.error is not None
    assert outcome.error.kind in ("connection-lost", "server-stopping")
    with asker.shelf.open(outcome.result_id or "") as reader:
        assert reader.page(outcome.rows - 1, 5) == [(str(outcome.rows),)]
        assert reader.meta.state is StatementState.INCOMPLETE


def test_a_cell_of_many_megabytes_goes_through(asker: Asker) -> None:
    (outcome,) = asker.ask("select repeat('é', 20000000) as big, 1 as n")
    assert outcome.state is StatementState.DONE
    with asker.shelf.open(outcome.result_id or "") as reader:
        ((cell, number),) = reader.page(0, 1, cell_limit=5)
    assert (cell, number) == ("ééééé…", "1")


def test_nothing_to_run_is_said(asker: Asker) -> None:
    assert asker.ask("-- nothing") == []
    assert asker.error is not None
    assert asker.error.info.kind == "no-statement"


def test_a_file_that_is_there_is_left_alone_when_that_is_wished(asker: Asker, tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_text("mine")
    asker.ask("select 1", save_to=str(path), overwrite=False)
    assert asker.error is not None
    assert asker.error.info.kind == "file-exists"
    assert path.read_text() == "mine"


def test_a_full_disk_is_one_sentence_and_whole_rows_are_kept(asker: Asker, monkeypatch: pytest.MonkeyPatch) -> None:
    write, room = os.write, [100_000]

    def fill(descriptor: int, data: bytes) -> int:
        if room[0] <= 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        written = write(descriptor, bytes(data)[: room[0]])
        room[0] -= written
        return written

    monkeypatch.setattr("workers.querying.spool.writer.os.write", fill)
    (outcome,) = asker.ask("select generate_series(1, 100000000) as n, 'x' as t")
    monkeypatch.undo()
    assert outcome.error is not None
    assert (outcome.state, outcome.error.kind) == (StatementState.FAILED, "disk-full")
    assert outcome.rows > 0
    with asker.shelf.open(outcome.result_id or "") as reader:
        assert reader.page(outcome.rows - 1, 5) == [(str(outcome.rows), "x")]
        assert reader.count_on_disk() == outcome.rows


def test_a_result_that_outgrows_the_room_stops_and_says_so(asker: Asker) -> None:
    (outcome,) = asker.ask("select repeat('x', 1000000) from generate_series(1, 1000)", quota=40 << 20)
    assert outcome.error is not None
    assert outcome.error.kind == "results-full"
    assert 0 < outcome.rows < 1000
