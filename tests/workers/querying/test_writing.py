from __future__ import annotations

from collections.abc import Callable
from typing import Any

import psycopg
import pytest

from tests.workers.querying.asking import Asker, HeardContext
from workers.core.model.errors import Cancelled
from workers.core.query.outcome import StatementState
from workers.querying.run import run_query

pytestmark = pytest.mark.db

Query = Callable[..., list[tuple[Any, ...]]]


@pytest.fixture(autouse=True)
def _table(connection: psycopg.Connection[Any]) -> None:
    connection.execute("create table t (n int primary key)")
    connection.execute("insert into t values (1), (2), (3)")


def test_a_change_is_shown_before_it_is_committed(asker: Asker, query: Query) -> None:
    context = HeardContext()
    seen: list[Any] = []

    def decide(seconds: float) -> bool | None:
        seen.append(query("select array_agg(n) from t"))
        return True

    context.decision = decide  # type: ignore[method-assign]
    outcomes = asker.ask("update t set n = n + 10 where n > 1; select count(*) from t", context, write=True)
    assert asker.error is None
    assert seen == [[([1, 2, 3],)]]
    (decision,) = context.decisions
    assert [(o.rows, o.tag) for o in decision.outcomes] == [(2, "UPDATE 2"), (1, "")]
    assert outcomes[-1].committed
    assert query("select array_agg(n order by n) from t") == [([1, 12, 13],)]


@pytest.mark.parametrize("answer", [False, None])
def test_without_a_commit_everything_is_as_it_was(asker: Asker, query: Query, answer: bool | None) -> None:
    context = HeardContext(answer=answer)
    report = run_query(asker.request("delete from t", write=True), context)
    assert report.rolled_back
    assert not context.outcomes[-1].committed
    assert query("select count(*) from t") == [(3,)]


def test_nothing_is_committed_when_one_statement_fails(asker: Asker, query: Query) -> None:
    outcomes = asker.ask("delete from t where n = 1; insert into t values (2)", write=True, commit_unasked=True)
    assert [o.state for o in outcomes] == [StatementState.DONE, StatementState.FAILED]
    assert query("select count(*) from t") == [(3,)]


def test_rows_of_a_change_are_a_result(asker: Asker, query: Query) -> None:
    rows = asker.rows("delete from t where n < 3 returning n", write=True, commit_unasked=True)
    assert rows == [("1",), ("2",)]
    rows = asker.rows("with x as (delete from t returning n) select n * 2 from x", write=True, commit_unasked=True)
    assert rows == [("6",)]
    assert query("select count(*) from t") == [(0,)]


@pytest.mark.parametrize("text", ["commit", "rollback", "begin", "savepoint x", "prepare transaction 'x'"])
def test_transactions_are_ours(asker: Asker, query: Query, text: str) -> None:
    asker.ask(f"delete from t; {text}", write=True, commit_unasked=True)
    assert asker.error is not None
    assert asker.error.info.kind == "read-only"
    assert query("select count(*) from t") == [(3,)]


def test_a_cancel_while_the_decision_is_open_rolls_back(asker: Asker, query: Query) -> None:
    context = HeardContext()

    def decide(seconds: float) -> bool | None:
        raise Cancelled

    context.decision = decide  # type: ignore[method-assign]
    with pytest.raises(Cancelled):
        run_query(asker.request("delete from t", write=True), context)
    assert query("select count(*) from t") == [(3,)]


def test_the_transaction_is_known_to_the_pool_before_anything_is_changed(asker: Asker, query: Query) -> None:
    context = HeardContext()
    asker.ask("delete from t", context, write=True, commit_unasked=True)
    xid = context.backends[-1].xid
    assert query("select pg_xact_status(%s::xid8)", xid) == [("committed",)]
