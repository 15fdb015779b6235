"""Ways to change something with a query that only reads, each of which is refused, and nothing is changed by any."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import psycopg
import pytest

from tests.workers.querying.asking import Asker, HeardContext
from workers.core.model.tasks import Target
from workers.core.query.outcome import StatementState
from workers.querying.session.reader_role import READER, REVOKED

pytestmark = pytest.mark.db

Query = Callable[..., list[tuple[Any, ...]]]

_SCENE = """
create table t (n int primary key);
insert into t values (1), (2);
create sequence s;
create function writes() returns int language plpgsql as
  $$ begin insert into t values (99); return 1; end $$;
create function tries() returns text language plpgsql as
  $$ begin execute 'set transaction read write'; insert into t values (98); return 'wrote'; end $$;
create function swallows() returns text language plpgsql as
  $$ begin begin insert into t values (97); exception when others then return sqlerrm; end; return 'wrote'; end $$;
create function definer() returns int language sql security definer as
  $$ insert into t values (96) returning n $$;
create function drops() returns int language plpgsql as $$ begin drop table t; return 1; end $$;
create procedure does(inout n int) language plpgsql as $$ begin insert into t values (95); n := 1; end $$;
create procedure commits(inout n int) language plpgsql as
  $$ begin commit; insert into t values (94); commit; n := 1; end $$;
create view v as select writes() as n;
create function raises() returns int language plpgsql as $$ begin raise exception 'boom'; end $$;
create view broken as select raises() as n;
"""

ATTACKS = [
    # Statements without rows: they are not run.
    "commit",
    "COMMIT; drop table t",
    "/* select */ commit; drop table t",
    "end; drop table t",
    "rollback; drop table t",
    "rollback and chain",
    "abort",
    "set transaction read write",
    "set session characteristics as transaction read write",
    "set role sheetferry",
    "set session authorization sheetferry",
    "reset session authorization",
    "set statement_timeout = 0",
    "begin",
    "start transaction read write",
    "savepoint a",
    "prepare transaction 'x'",
    "drop table t",
    "truncate t",
    "delete from t",
    "update t set n = n + 1",
    "insert into t values (5)",
    "create table x (n int)",
    "create temp table x (n int)",
    "create table x as select 1",
    "select 1 as n into x",
    "alter table t add m int",
    "alter system set work_mem = '1MB'",
    "vacuum t",
    "analyze t",
    "cluster t",
    "reindex table t",
    "checkpoint",
    "grant all on t to public",
    "comment on table t is 'x'",
    "lock table t",
    "listen x",
    "notify x",
    "do $$ begin delete from t; end $$",
    "do $$ begin commit; delete from t; end $$",
    "call does(1)",
    "call commits(1)",
    "copy t to '/tmp/sheetferry-attack'",
    "copy t to program 'touch /tmp/sheetferry-attack'",
    "copy (select 1) to stdout",
    "copy t from stdin",
    "declare c cursor for select 1",
    "prepare p as delete from t",
    "discard all",
    "load 'plpgsql'",
    "create extension dblink",
    "create function f() returns int language sql as 'select 1'",
    "drop role sheetferry_reader",
    # Statements with rows that change something on the way.
    "delete from t returning n",
    "update t set n = n + 10 returning n",
    "insert into t values (5) returning n",
    "merge into t using (values (1)) x (n) on t.n = x.n when matched then delete returning t.n",
    "with x as (delete from t returning n) select * from x",
    "with x as (insert into t values (7) returning n) select count(*) from x",
    "select * from t for update",
    "select * from t for share",
    "select writes()",
    "select tries()",
    "select definer()",
    "select drops()",
    "select * from v",
    "explain analyze delete from t",
    "explain analyze insert into t values (6)",
    "explain (analyze, format json) update t set n = n + 1",
    "explain analyze create table x as select 1",
    "select nextval('s')",
    "select setval('s', 100)",
    "select set_config('transaction_read_only', 'off', true)",
    "select set_config('transaction_read_only', 'off', false)",
    "select set_config('role', 'sheetferry', false)",
    "select set_config('session_authorization', 'sheetferry', false)",
    "select set_config('log_statement', 'all', false)",
    "select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid()",
    "select pg_cancel_backend(pg_backend_pid())",
    "select pg_advisory_lock(1)",
    "select pg_try_advisory_lock(1)",
    "select pg_advisory_xact_lock(1)",
    "select pg_try_advisory_xact_lock_shared(1, 2)",
    "select pg_notify('x', 'y')",
    "select lo_create(0)",
    "select lo_from_bytea(0, 'x')",
    "select lo_import('/etc/passwd')",
    "select lo_export(1, '/tmp/sheetferry-attack')",
    "select lo_unlink(1)",
    "select pg_read_file('/etc/passwd')",
    "select pg_read_binary_file('/etc/passwd')",
    "select pg_ls_dir('/')",
    "select pg_reload_conf()",
    "select pg_rotate_logfile()",
    "select pg_switch_wal()",
    "select pg_create_restore_point('x')",
    "select pg_logical_emit_message(false, 'x', 'y')",
    "select pg_export_snapshot()",
    "select pg_stat_reset()",
    "select pg_import_system_collations('public')",
    "select query_to_xml('delete from t returning 1', true, true, '')",
    "select query_to_xml('commit', true, true, '')",
    "select * from dblink('dbname=postgres', 'select 1') as x (n int)",
    "select database_to_xml(true, true, '') from writes()",
    "select pg_promote()",
    "select pg_drop_replication_slot('x')",
    # A second statement within the first one's text.
    "select 1 \\; drop table t",
    "select 1) to stdout; drop table t; copy (select 1",
    "select 1) to program 'touch /tmp/sheetferry-attack' --",
]

_REFUSALS = {"read-only", "no-permission", "syntax", "not-supported", "bad-value", "no-such-function"}


@pytest.fixture
def scene(connection: psycopg.Connection[Any]) -> psycopg.Connection[Any]:
    for statement in re.split(r";\n(?=create|insert)", _SCENE):
        connection.execute(statement.encode())
    return connection


def state_of(connection: psycopg.Connection[Any]) -> list[Any]:
    """Everything in the database that an attack might have changed."""
    looks = (
        "select array_agg(n order by n) from t",
        "select last_value, is_called from s",
        "select count(*) from pg_class where relnamespace = 'public'::regnamespace",
        "select count(*) from pg_proc",
        "select count(*) from pg_largeobject_metadata",
        "select count(*) from pg_prepared_xacts",
        "select array_agg(rolname || rolsuper order by rolname) from pg_roles",
        "select count(*) from pg_extension",
        "select obj_description('t'::regclass)",
        "select count(*) from pg_locks where locktype = 'advisory'",
        "select setting from pg_settings where name = 'work_mem'",
        "select count(*) from pg_attribute where attrelid = 't'::regclass",
    )
    return [connection.execute(look.encode()).fetchall() for look in looks]


def test_no_attack_changes_anything(asker: Asker, scene: psycopg.Connection[Any]) -> None:
    asker.ask("select 1")  # makes the role
    before = state_of(scene)
    for attack in ATTACKS:
        outcomes = asker.ask(attack)
        assert asker.error is not None, attack
        assert outcomes[-1].state is StatementState.FAILED, attack
        assert asker.error.info.kind in _REFUSALS, (attack, asker.error.info)
        assert state_of(scene) == before, attack
        deadline = time.monotonic() + 60
        while scene.execute("select from pg_stat_activity where usename = %s", (READER,)).fetchone() is not None:
            assert time.monotonic() < deadline, "a session was left open"


def test_a_refusal_says_what_it_is_and_what_to_do(asker: Asker, scene: psycopg.Connection[Any]) -> None:
    for text in ("drop table t", "commit", "delete from t returning n", "select nextval('s')", "select writes()"):
        asker.ask(text)
        assert asker.error is not None
        assert asker.error.info.kind in ("read-only", "no-permission"), text
    asker.ask("delete from t")
    assert asker.error is not None
    assert "--write" in (asker.error.info.hint or "")


def test_what_a_function_swallows_has_not_been_written(asker: Asker, scene: psycopg.Connection[Any]) -> None:
    ((said,),) = asker.rows("select swallows()")
    assert said is not None
    assert "read-only transaction" in said or "permission denied" in said
    assert scene.execute("select array_agg(n order by n) from t").fetchone() == ([1, 2],)


def test_the_same_by_the_way_of_parameters(asker: Asker, scene: psycopg.Connection[Any]) -> None:
    before = state_of(scene)
    for attack in ("delete from t where n = :n::int returning n", "select writes() + :n::int", "call does(:n::int)"):
        asker.ask(attack, parameters=(("n", "1"),))
        assert asker.error is not None, attack
        assert state_of(scene) == before


def test_a_view_that_raises_is_one_sentence(asker: Asker, scene: psycopg.Connection[Any]) -> None:
    (outcome,) = asker.ask("select * from broken")
    assert outcome.error is not None
    assert (outcome.error.kind, outcome.error.message) == ("raised", "Boom.")


@pytest.fixture
def role(connection: psycopg.Connection[Any], target: Target) -> Target:
    """A target like that of a server that is not ours, by a role of its own."""
    connection.execute("drop role if exists someone")
    connection.execute("create role someone login password 'secret'")
    connection.execute("grant all on schema public to someone")
    from workers.core.model.tasks import Secret

    return replace(target, user="someone", password=Secret("secret"), embedded=False)


@pytest.fixture
def owner(role: Target, connection: psycopg.Connection[Any]) -> Target:
    connection.execute("create table t (n int primary key)")
    connection.execute("insert into t values (1), (2)")
    connection.execute("alter table t owner to someone")
    return role


def test_on_another_server_an_owner_cannot_change_his_own_table_either(
    asker: Asker, owner: Target, query: Query
) -> None:
    asker.target = owner
    assert asker.rows("select current_user") == [("someone",)]
    for attack in (
        "delete from t",
        "delete from t returning n",
        "with x as (delete from t returning n) select * from x",
        "commit",
        "set transaction read write",
        "select set_config('transaction_read_only', 'off', true)",
        "explain analyze delete from t",
        "select lo_create(0)",
    ):
        asker.ask(attack)
        assert asker.error is not None, attack
        assert query("select array_agg(n order by n) from t") == [([1, 2],)]
    assert query("select count(*) from pg_largeobject_metadata") == [(0,)]


def test_a_superuser_of_another_server_is_refused_unless_wished(asker: Asker, target: Target) -> None:
    asker.target = replace(target, embedded=False)
    assert asker.ask("select 1") == []
    assert asker.error is not None
    assert asker.error.info.kind == "superuser"
    assert "--as-superuser" in (asker.error.info.hint or "")
    assert asker.rows("select 1", as_superuser=True) == [("1",)]


def test_what_a_role_could_still_do_is_said(asker: Asker, role: Target, connection: psycopg.Connection[Any]) -> None:
    asker.target = role
    (outcome,) = asker.ask("select 1")
    assert outcome.notes == ()
    connection.execute("grant pg_signal_backend to someone")
    (outcome,) = asker.ask("select 1")
    assert [note.code for note in outcome.notes] == ["role-can-more"]
    assert "pg_signal_backend" in outcome.notes[0].message


_HARMLESS = re.compile(
    r"^(pg_sleep.*|random.*|setseed|gen_random_uuid|uuidv\d|clock_timestamp|timeofday|currval|lastval|nextval|setval"
    r"|set_config|pg_stat_.*|pg_(relation|table|indexes|database|tablespace|total_relation)_size|lo_(get|open|close|"
    r"lseek|lseek64|tell|tell64)|loread|(query|cursor)_to_xml.*|ts_stat|ts_rewrite|txid_.*|pg_xact_.*|pg_control_.*"
    r"|pg_(current|last|is|get|available|wal|blocking|safe|lock|prepared|partition|sequence|notification)_.*"
    r"|pg_isolation_test_session_is_blocked|array_(sample|shuffle)|current_query|currtid2|.*handler|amvalidate"
    r"|.*_validator|bernoulli|system|pg_jit_available|dsnowball_.*|pg_.*collation_actual_version"
    r"|pg_extension_config_dump)$"
)


def test_every_function_that_the_reader_may_call_has_been_looked_at(asker: Asker, query: Query) -> None:
    """A newer PostgreSQL may bring functions that do more than read: this test then asks what to do about them."""
    asker.ask("select 1")
    rows = query(
        "select distinct proname::text from pg_proc where provolatile = 'v' and has_function_privilege(%s, oid,"
        " 'execute') and pronamespace = 'pg_catalog'::regnamespace and prorettype <> 'trigger'::regtype"
        " and prorettype <> 'event_trigger'::regtype",
        READER,
    )
    names = {str(name) for (name,) in rows}
    assert {name for name in names if re.match(REVOKED, name)} == set()
    assert {name for name in names if not _HARMLESS.match(name)} == set()


def test_revoked_functions_are_revoked_again_when_somebody_grants_them(asker: Asker, query: Query) -> None:
    asker.ask("select 1")
    query("grant execute on function pg_advisory_lock(bigint) to public")
    asker.ask("select pg_advisory_lock(1)")
    assert asker.error is not None
    assert asker.error.info.kind == "no-permission"


def test_several_queries_may_be_the_first_at_once(asker: Asker) -> None:
    import threading

    failures: list[Any] = []

    def ask() -> None:
        other = Asker(asker.target, asker.results)
        other.ask("select 1", HeardContext())
        failures.append(other.error)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == [None] * 4
