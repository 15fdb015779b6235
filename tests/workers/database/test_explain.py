"""Every failure of the database becomes a kind, a sentence and a next step; real failures, both drivers."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from typing import Any

import psycopg
import psycopg2
import pytest
import sqlalchemy as sa

from workers.core.jobs.pool_sizes import PoolSizes
from workers.core.model.errors import BugError, EnvironmentFailure, SheetferryError, UserError
from workers.core.model.tasks import Secret, Target
from workers.database.engines import check_version, connect_bulk, make_engine
from workers.database.explain import explain

pytestmark = pytest.mark.db

Query = Callable[..., list[tuple[Any, ...]]]


def failure_of(target: Target) -> SheetferryError:
    with pytest.raises(SheetferryError) as caught:
        connect_bulk(target, "test").close()
    return caught.value


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({"password": Secret("wrong")}, "wrong-password"),
        ({"password": None}, "wrong-password"),
        ({"user": "nobody here"}, "wrong-password"),
        ({"dbname": "no such database"}, "no-such-database"),
        ({"host": "/nonexistent"}, "unreachable"),
        ({"host": "127.0.0.1", "port": 9}, "unreachable"),
        ({"host": "no.such.host.invalid"}, "unreachable"),
    ],
)
def test_a_connection_that_fails(target: Target, change: dict[str, Any], kind: str) -> None:
    error = failure_of(replace(target, **change))
    assert isinstance(error, EnvironmentFailure)
    assert error.info.kind == kind
    assert error.info.hint
    assert "\n" not in error.info.message
    assert "wrong" not in error.info.message or kind != "wrong-password"
    with pytest.raises(psycopg2.OperationalError) as caught:
        psycopg2.connect(**replace(target, **change).libpq("test"))
    assert explain(caught.value, target).info.kind == kind, "the other driver says the same"


def test_encryption_that_the_server_does_not_have(target: Target) -> None:
    """An unencrypted socket server stands for it: libpq refuses before it connects."""
    error = failure_of(replace(target, host="127.0.0.1", port=9, options=(("sslmode", "nonsense"),)))
    assert error.info.kind == "ssl"


def test_a_role_or_database_with_too_many_sessions(target: Target, query: Query) -> None:
    query("CREATE ROLE busy LOGIN PASSWORD 'pw' CONNECTION LIMIT 1")
    try:
        busy = replace(target, user="busy", password=Secret("pw"))
        with closing(connect_bulk(busy, "first")):
            assert failure_of(busy).info.kind == "too-many-connections"
    finally:
        query("DROP ROLE busy")


@pytest.mark.parametrize(
    ("statement", "kind", "family"),
    [
        ("SELECT 1 / 0", "bad-value", UserError),
        ("INSERT INTO public.t VALUES (1), (1)", "constraint", UserError),
        ("CREATE TABLE public.t ()", "table-exists", UserError),
        ("SELECT * FROM missing", "no-such-table", UserError),
        ("SELECT missing FROM public.t", "no-such-column", UserError),
        ("CREATE TABLE missing.t ()", "no-such-schema", UserError),
        ("CREATE TABLE pg_catalog.denied ()", "no-permission", EnvironmentFailure),
        ("SET TRANSACTION READ ONLY; INSERT INTO public.t VALUES (2)", "read-only", EnvironmentFailure),
        ("SET LOCAL statement_timeout = 20; SELECT pg_sleep(9)", "statement-cancelled", EnvironmentFailure),
        ("DO $$BEGIN RAISE EXCEPTION 'full' USING ERRCODE = '53100'; END $$", "disk-full", EnvironmentFailure),
        ("DO $$BEGIN RAISE EXCEPTION 'd' USING ERRCODE = '40P01'; END $$", "deadlock", EnvironmentFailure),
        ("DO $$BEGIN RAISE EXCEPTION 'down' USING ERRCODE = '57P01'; END $$", "server-stopping", EnvironmentFailure),
        ("SELEKT", "database-error", BugError),
    ],
)
def test_a_statement_that_fails(
    target: Target, query: Query, statement: str, kind: str, family: type[SheetferryError]
) -> None:
    query("CREATE TABLE t (n int PRIMARY KEY)")
    *before, failing = [statement] if statement.startswith("DO") else statement.split("; ")
    with closing(connect_bulk(target, "test")) as connection:
        for setting in before:
            connection.execute(setting.encode())
        with pytest.raises(psycopg.Error) as caught:
            connection.execute(failing.encode())
    error = explain(caught.value, target)
    assert (error.info.kind, type(error)) == (kind, family)
    engine = sa.create_engine("postgresql+psycopg2://", creator=lambda: psycopg2.connect(**target.libpq("test")))
    with engine.connect() as plain, pytest.raises(sa.exc.DBAPIError) as wrapped:
        plain.exec_driver_sql(statement)
    engine.dispose()
    assert explain(wrapped.value, target).info.kind == kind, "the other driver says the same"


def test_waiting_for_a_lock_ends_and_is_said(target: Target, query: Query) -> None:
    query("CREATE TABLE t (n int)")
    with closing(connect_bulk(target, "holder")) as holder, closing(connect_bulk(target, "waiter")) as waiter:
        holder.execute("LOCK TABLE public.t")
        waiter.execute("SET LOCAL lock_timeout = '50ms'")
        with pytest.raises(psycopg.Error) as caught:
            waiter.execute("LOCK TABLE public.t")
    assert explain(caught.value).info.kind == "lock-timeout"


def test_a_session_that_is_ended_by_an_administrator(target: Target, query: Query) -> None:
    with closing(connect_bulk(target, "victim")) as victim:
        query("SELECT pg_terminate_backend(%s, 5000)", victim.info.backend_pid)
        with pytest.raises(psycopg.Error) as caught:
            victim.execute("SELECT 1")
        assert explain(caught.value).info.kind in {"server-stopping", "connection-lost"}
        with pytest.raises(psycopg.Error) as caught:
            victim.execute("SELECT 1")
        assert explain(caught.value).info.kind == "connection-lost"


def test_a_pool_that_is_used_up(target: Target) -> None:
    engine = make_engine(target, PoolSizes(1, 0, 0.05), "test")
    with engine.connect(), pytest.raises(sa.exc.TimeoutError) as caught:
        engine.connect()
    engine.dispose()
    assert explain(caught.value).info.kind == "pool-exhausted"


def test_our_own_errors_are_passed_on() -> None:
    own = UserError.of("x", "y")
    assert explain(own) is own


def test_an_old_server_is_refused_with_its_version() -> None:
    check_version(130000)
    with pytest.raises(EnvironmentFailure, match="PostgreSQL 12") as caught:
        check_version(120017)
    assert caught.value.info.kind == "server-too-old"


def test_the_password_is_in_no_message(target: Target) -> None:
    assert target.password is not None
    secret = target.password.reveal()
    errors: list[SheetferryError] = []

    def attempt() -> None:
        errors.append(failure_of(replace(target, dbname="missing")))

    thread = threading.Thread(target=attempt)
    thread.start()
    thread.join()
    assert secret not in repr(errors[0].info)
