"""What is read of a real server."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from workers.core.jobs.pool_sizes import PoolSizes
from workers.core.metrics.samples import DatabaseState
from workers.core.model.tasks import Secret, Target
from workers.database.engines import connect_bulk, make_engine
from workers.monitor.database_reader import DatabaseReader, WatchedDatabase


def test_sessions_locks_and_transactions_of_a_server_are_seen(target: Target) -> None:
    engine = make_engine(target, PoolSizes(2, 1, 5), "monitor")
    watched = WatchedDatabase(engine, target)
    reader = DatabaseReader(lambda: watched, clock=time.monotonic, busy_workers=lambda: 3)
    try:
        with connect_bulk(target, "one") as first:
            first.execute("CREATE TABLE public.locked (a int)")
            first.commit()
            first.execute("LOCK TABLE public.locked")
            sample = reader.read()
            assert sample.state is DatabaseState.CONNECTED
            assert (sample.pool_size, sample.max_overflow, sample.checked_out) == (2, 1, 3)
            states = dict(sample.by_state)
            assert states["idle in transaction"] >= 1
            assert states["active"] >= 1
            assert sample.server_connections == sum(states.values())
            assert sample.max_connections is not None
            assert sample.max_connections >= 10
            assert sample.longest_transaction is not None
            assert sample.longest_transaction > 0
            assert sample.database_size is not None
            assert sample.lock_waits == 0
    finally:
        engine.dispose()


def test_no_database_is_off_and_an_unreachable_one_is_lost_with_its_reason(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    assert DatabaseReader(lambda: None, clock=time.monotonic).read().state is DatabaseState.OFF
    target = Target(str(tmp_path_factory.mktemp("nowhere")), 5999, "nobody", "nothing")
    engine = make_engine(target, PoolSizes(1, 0, 1), "monitor")
    watched = WatchedDatabase(engine, target)
    sample = DatabaseReader(lambda: watched, clock=time.monotonic).read()
    assert sample.state is DatabaseState.LOST
    assert "cannot be reached" in sample.note
    assert sample.server_connections is None


def test_a_role_without_rights_is_told_what_it_cannot_see(target: Target) -> None:
    with connect_bulk(target, "admin") as admin:
        admin.execute("DROP ROLE IF EXISTS plain_reader")
        admin.execute("CREATE ROLE plain_reader LOGIN PASSWORD 'plain'")
        admin.commit()
    plain = replace(target, user="plain_reader", password=Secret("plain"))
    engine = make_engine(plain, PoolSizes(1, 0, 5), "monitor")
    try:
        with connect_bulk(target, "other"):
            watched = WatchedDatabase(engine, plain)
            sample = DatabaseReader(lambda: watched, clock=time.monotonic).read()
        assert sample.state is DatabaseState.CONNECTED
        assert dict(sample.by_state)["not visible"] >= 1
        assert "pg_read_all_stats" in sample.note
    finally:
        engine.dispose()
