"""After a worker's death the truth is found: never a guess, and never somebody else's session ended."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

import psycopg
import pytest

from workers.core.model.tasks import BackendStarted, Secret, Target
from workers.database.engines import connect_bulk
from workers.database.ledger.resolver import settle, settle_unreported, terminate_backend

pytestmark = pytest.mark.db

Query = Callable[..., list[tuple[Any, ...]]]


class Worker:
    """A child process in the middle of an import."""

    def __init__(self, target: Target, action: str) -> None:
        assert target.password is not None
        keywords = {
            "host": target.host,
            "port": target.port,
            "user": target.user,
            "dbname": target.dbname,
            "password": target.password.reveal(),
        }
        self.process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "tests.workers.database.ledger.resolver_worker",
                json.dumps(keywords),
                str(uuid.uuid4()),
                action,
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.started = BackendStarted(**json.loads(self.line()))

    def line(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def wait_for(self, word: str) -> None:
        while (line := self.line()) != word:
            assert line, f"the worker ended before it said {word}"

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


@contextlib.contextmanager
def worker(target: Target, action: str) -> Iterator[Worker]:
    child = Worker(target, action)
    try:
        yield child
    finally:
        child.kill()
        for stream in (child.process.stdin, child.process.stdout):
            if stream is not None:
                stream.close()


@pytest.fixture(autouse=True)
def table(query: Query) -> None:
    query("CREATE TABLE t (n bigint)")


def count(query: Query) -> int:
    return int(query("SELECT count(*) FROM t")[0][0])


def test_killed_in_the_middle_of_copy_is_rolled_back_and_leaves_no_lock(target: Target, query: Query) -> None:
    with worker(target, "copy") as child:
        child.wait_for("copying")
        child.kill()
        settlement = settle(target, child.started, patience=60)
    assert settlement.verdict == "rolled_back"
    assert settlement.outcome is None
    assert query("SELECT count(*) FROM pg_locks WHERE pid = %s", child.started.pid) == [(0,)]
    assert count(query) == 0


def test_killed_during_a_slow_commit_is_told_as_it_ends(target: Target, query: Query) -> None:
    query(
        "CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN IF NEW.n = 1 THEN PERFORM pg_sleep(1.5); END IF; RETURN NULL; END $$"
    )
    query(
        "CREATE CONSTRAINT TRIGGER slow AFTER INSERT ON t DEFERRABLE INITIALLY DEFERRED"
        " FOR EACH ROW EXECUTE FUNCTION slow()"
    )
    with worker(target, "commit") as child:
        child.wait_for("committing")
        child.kill()
        settlement = settle(target, child.started, patience=60)
    loaded = count(query)
    assert (settlement.verdict, loaded) in {("rolled_back", 0), ("committed", 1000)}
    assert query("SELECT count(*) FROM sheetferry.imports") == [(loaded // 1000,)]


def test_a_commit_that_nothing_can_stop_any_more_is_waited_for(target: Target, query: Query) -> None:
    """The commit gets past its point of no return just before the death: the ledger must not be read too early."""
    with worker(target, "commit") as child:
        child.wait_for("committed")
        child.kill()
        settlement = settle(target, child.started, patience=60)
    assert settlement.verdict == "committed"
    assert settlement.outcome is not None
    assert settlement.outcome.import_id == child.started.import_id
    assert settlement.outcomes == (settlement.outcome,)
    assert settlement.outcome.rows_loaded == count(query) == 1000


def test_an_import_without_ledger_is_told_by_its_transaction(target: Target, query: Query) -> None:
    with worker(target, "commit") as child:
        child.wait_for("committed")
        child.kill()
        bare = dataclasses.replace(child.started, ledger=False)
        query("DROP SCHEMA sheetferry CASCADE")
        assert settle(target, bare, patience=60).verdict == "committed"
        assert settle(target, child.started, patience=60).verdict == "rolled_back", "no ledger row, no proof"
    with worker(target, "copy") as child:
        child.wait_for("copying")
        child.kill()
        bare = dataclasses.replace(child.started, ledger=False)
        assert settle(target, bare, patience=60).verdict == "rolled_back"


def test_a_transaction_that_the_server_never_heard_of_did_not_commit(target: Target) -> None:
    lost = BackendStarted(str(uuid.uuid4()), 1, "2026-01-01 00:00:00+00", "4000000000", "sheetferry/x", ledger=False)
    assert settle(target, lost, patience=60).verdict == "rolled_back"


@pytest.mark.parametrize(
    "wrong", [{"backend_start": "2026-01-01 00:00:00+00"}, {"application_name": "sheetferry/other"}, {"pid": 1}]
)
def test_only_the_very_same_session_is_ended(target: Target, wrong: dict[str, Any]) -> None:
    with closing(connect_bulk(target, "bystander")) as bystander, closing(connect_bulk(target, "ender")) as ender:
        row = bystander.execute(
            "SELECT backend_start::text FROM pg_stat_activity WHERE pid = pg_backend_pid()"
        ).fetchone()
        assert row is not None
        same = BackendStarted("i", bystander.info.backend_pid, row[0], "1", "sheetferry/bystander")
        assert not terminate_backend(ender, dataclasses.replace(same, **wrong))
        assert bystander.execute("SELECT 1").fetchone() == (1,)
        assert terminate_backend(ender, same)
        with pytest.raises(psycopg.OperationalError):
            bystander.execute("SELECT 1")
        ender.rollback()


def test_a_session_that_does_not_end_in_time_is_unknown(target: Target) -> None:
    """A bystander of another name, which forbids ending it, stands for a stuck session: its transaction stays open."""
    with closing(connect_bulk(target, "stuck")) as stuck:
        row = stuck.execute(
            "SELECT backend_start::text, pg_current_xact_id()::text FROM pg_stat_activity WHERE pid = pg_backend_pid()"
        ).fetchone()
        assert row is not None
        started = BackendStarted(str(uuid.uuid4()), stuck.info.backend_pid, row[0], row[1], "sheetferry/not-that")
        settlement = settle(target, started, patience=0.3)
    assert settlement.verdict == "unknown"
    assert "still open" in settlement.reason


def test_an_unreachable_server_is_unknown_with_the_reason(target: Target) -> None:
    nowhere = dataclasses.replace(target, host="/nonexistent")
    now = iter(range(100))
    settlement = settle(
        nowhere,
        BackendStarted("i", 1, "2026-01-01 00:00:00+00", "1", "a"),
        patience=5,
        clock=lambda: float(next(now)),
        sleep=lambda _: None,
    )
    assert settlement.verdict == "unknown"
    assert "cannot be reached" in settlement.reason


def test_a_password_that_is_wrong_is_not_tried_again_and_again(target: Target) -> None:
    def never(_: float) -> None:
        raise AssertionError("waiting does not mend a wrong password")

    stranger = dataclasses.replace(target, password=Secret("wrong"))
    started = BackendStarted("i", 1, "2026-01-01 00:00:00+00", "1", "a")
    assert settle(stranger, started, sleep=never).verdict == "unknown"


def test_an_import_whose_server_process_nobody_kept_is_found_by_its_id(target: Target, query: Query) -> None:
    with worker(target, "done") as child:
        child.wait_for("committed")
        import_id = child.started.import_id
        name, ids = child.started.application_name, [str(uuid.uuid4()), import_id]
        settlement = settle_unreported(target, name, ids, patience=60)
    assert settlement.verdict == "committed"
    assert [outcome.import_id for outcome in settlement.outcomes] == [import_id]


def test_an_import_under_way_whose_server_process_nobody_kept_is_ended(target: Target, query: Query) -> None:
    with worker(target, "copy") as child:
        child.wait_for("copying")
        name = child.started.application_name
        settlement = settle_unreported(target, name, [child.started.import_id], patience=60)
        assert settlement.verdict == "rolled_back"
        assert query("SELECT count(*) FROM pg_stat_activity WHERE application_name = %s", name) == [(0,)]
    assert query("SELECT count(*) FROM t") == [(0,)]
