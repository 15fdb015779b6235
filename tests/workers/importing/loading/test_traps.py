"""A schema on everybody's path in which a colleague has laid functions and operators spelled like the system's."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import psycopg
import pytest

from tests.workers.importing.loading import traps
from tests.workers.importing.loading.conftest import Loader, RecordingContext
from workers.core.jobs.pool_sizes import PoolSizes
from workers.core.model.options import Mode, RejectLimit
from workers.core.model.outcomes import ImportState
from workers.core.model.reject_export import RejectsRequest
from workers.core.model.tasks import Secret
from workers.core.model.undo_report import UndoRequest
from workers.database import catalog
from workers.database.connection_budget import count_connections, read_connections
from workers.database.engines import connect_bulk, make_engine
from workers.database.ledger.history import read_choices, read_history, read_rejects
from workers.database.ledger.resolver import settle, settle_unreported
from workers.database.table_reader import TableReader, read_head
from workers.importing.loading.dry_run import run_trial
from workers.importing.loading.rejects.workbook import run_rejects
from workers.importing.loading.undo.pruning import prune
from workers.importing.loading.undo.undo import run_undo
from workers.monitor.database_reader import DatabaseReader, WatchedDatabase

pytestmark = pytest.mark.db

HEAD = ["id", "name", "qty", "price"]
ROWS: list[list[Any]] = [HEAD, [1, "a", 5, 1.5], [2, "b", 6, 2.5], [3, "c", 7, 3.5]]
CHANGED: list[list[Any]] = [HEAD, [2, "B", 60, 2.25], [3, "c", 7, 3.5], [4, "d", 8, 4.5]]


@pytest.fixture(params=["superuser", "owner"])
def trapped(request: pytest.FixtureRequest, loader: Loader) -> Iterator[Loader]:
    """A loader into a database full of traps, by the rights of a superuser and of a role that owns what it makes."""
    mallory, owner = (f"{name}_{uuid.uuid4().hex[:8]}" for name in ("mallory", "owner"))
    for name in (mallory, owner):
        loader.connection.execute(f"CREATE ROLE {name} LOGIN PASSWORD 'pw'".encode())
        loader.connection.execute(f"GRANT CREATE ON SCHEMA public TO {name}".encode())
    loader.connection.execute(f'GRANT CREATE ON DATABASE "{loader.target.dbname}" TO {owner}'.encode())
    assert traps.lay(loader.connection, mallory) > 1000
    if request.param == "owner":
        loader.target = replace(loader.target, user=owner, password=Secret("pw"))
    yield loader
    for name in (mallory, owner):
        loader.connection.execute(f"DROP OWNED BY {name} CASCADE".encode())
        loader.connection.execute(f"DROP ROLE {name}".encode())


def load(loader: Loader, rows: list[list[Any]], name: str, **options: Any) -> str:
    outcome = loader.load_rows(rows, name, **options)
    assert outcome.state is ImportState.LOADED, outcome.error
    return outcome.import_id


def undo(loader: Loader, import_id: str) -> None:
    report = run_undo(UndoRequest(str(uuid.uuid4()), import_id, loader.target), RecordingContext())
    assert report.state == "undone", report.error


def test_the_traps_work(trapped: Loader) -> None:
    with psycopg.connect(**trapped.target.libpq("x"), autocommit=True) as plain:
        for statement in ("SELECT hashtextextended('x', 0)", "SELECT now()", "SELECT 1 = 1", "SELECT count('x'::text)"):
            with pytest.raises(psycopg.errors.RaiseException, match="trap"):
                plain.execute(statement.encode())
    assert traps.fired(trapped.connection)


def test_no_import_and_no_undo_calls_one(trapped: Loader) -> None:
    load(trapped, ROWS, "create", table="made")
    wider: list[list[Any]] = [HEAD, ["x9", "z", 1.5, "much"], ["x8", "y", 2.25, None]]
    undo(trapped, load(trapped, wider, "wider", table="made", mode=Mode.APPEND))
    keyed = load(trapped, ROWS, "keyed", table="keyed", keys=("id",), duplicates="first")
    ways: dict[str, dict[str, Any]] = {
        "all": {},
        "only-changed": {"only_changed": True},
        "keep": {"keep_existing": True, "only_changed": True},
        "no-index": {"keys": ("name",), "max_rejects": RejectLimit(5)},
    }
    for name, options in ways.items():
        undo(trapped, load(trapped, CHANGED, name, table="keyed", mode=Mode.UPSERT, **options))
    undo(trapped, load(trapped, CHANGED, "skip", table="keyed", mode=Mode.SKIP))
    replaced = load(trapped, CHANGED, "replace", table="keyed", mode=Mode.REPLACE)
    assert trapped.load_rows(CHANGED, "replace", table="keyed", mode=Mode.REPLACE).state is ImportState.UNCHANGED
    undo(trapped, replaced)
    undo(trapped, keyed)
    (one, two) = trapped.load(trapped.book("both", A=ROWS, B=CHANGED), atomic=True)
    assert {one.state, two.state} == {ImportState.LOADED}
    request = trapped.request(trapped.book("trial", Data=CHANGED), table="made", mode=Mode.UPSERT, keys=("id",))
    (trial,) = run_trial(request, RecordingContext())
    assert trial.difference is not None
    assert not traps.fired(trapped.connection)


def test_no_write_to_a_table_with_code_of_its_own_calls_one(trapped: Loader) -> None:
    """Its trigger runs under the user's path, and our statement with it: there the system comes first."""
    owner = trapped.target.user
    trapped.connection.execute("CREATE SCHEMA own")
    trapped.connection.execute(
        "CREATE FUNCTION own.noted() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN"
        " INSERT INTO own.paths VALUES (pg_catalog.current_setting('search_path')); RETURN NEW; END$$"
    )
    trapped.connection.execute("CREATE TABLE own.paths (path text)")
    trapped.connection.execute(
        "CREATE TABLE own.t (id bigint PRIMARY KEY, name text NOT NULL, qty bigint, price double precision)"
    )
    trapped.connection.execute(
        "CREATE TRIGGER noted BEFORE INSERT OR UPDATE ON own.t FOR EACH ROW EXECUTE FUNCTION own.noted()"
    )
    if owner.startswith("owner"):
        for what in ("SCHEMA own", "TABLE own.t", "TABLE own.paths", "FUNCTION own.noted"):
            trapped.connection.execute(f"ALTER {what} OWNER TO {owner}".encode())
    options: dict[str, Any] = {"table": "t", "schema": "own"}
    load(trapped, ROWS, "a", mode=Mode.APPEND, **options)
    refused: list[list[Any]] = [HEAD, [4, None, 1, 1.5], [5, "e", 1, 1.5]]
    undo(trapped, load(trapped, refused, "b", mode=Mode.APPEND, max_rejects=RejectLimit(1), **options))
    undo(trapped, load(trapped, CHANGED, "c", mode=Mode.UPSERT, only_changed=True, **options))
    undo(trapped, load(trapped, CHANGED, "d", mode=Mode.SKIP, **options))
    undo(trapped, load(trapped, CHANGED, "e", mode=Mode.REPLACE, **options))
    paths = {path for (path,) in trapped.query("SELECT path FROM own.paths")}
    assert paths == {"public"}, "the user's own path, behind the system's schema"
    assert not traps.fired(trapped.connection)


def test_few_rows_for_a_large_table_call_none(trapped: Loader) -> None:
    load(trapped, ROWS, "create", table="large")
    trapped.connection.execute(
        "INSERT INTO public.large (name) SELECT pg_catalog.repeat('x', 1000) FROM pg_catalog.generate_series(1, 3000)"
    )
    undo(trapped, load(trapped, CHANGED, "few", table="large", mode=Mode.APPEND))
    assert not traps.fired(trapped.connection)


def test_no_look_calls_one(trapped: Loader) -> None:
    target = trapped.target
    trapped.connection.execute(
        "CREATE TABLE public.strict (id bigint, name text, qty bigint CHECK (qty < 100::bigint),"
        " price double precision)"
    )
    trapped.connection.execute("GRANT ALL ON public.strict TO public")
    bad: list[list[Any]] = [HEAD, [1, "a", 5_000_000_000, 1.5], [2, "b", 6, 2.5]]
    import_id = load(trapped, bad, "bad", table="strict", mode=Mode.APPEND, max_rejects=RejectLimit(1))
    backend = trapped.context.backends[-1]
    run_rejects(
        RejectsRequest(str(uuid.uuid4()), import_id, target, str(trapped.folder / "rejects.xlsx")), RecordingContext()
    )
    with connect_bulk(target, "looker") as connection:
        assert read_history(connection, search="bad")
        assert read_rejects(connection, import_id)
        assert read_choices(connection, import_id)
        prune(connection, 0, 0)
    assert read_head(target, "public", "strict").total == 1
    reader = TableReader(target, "public", "strict")
    assert [len(portion) for portion in reader.portions()] == [1]
    reader.close()
    count_connections(target)
    assert settle(target, backend).verdict == "committed"
    assert settle_unreported(target, "sheetferry/none", [import_id]).verdict == "committed"
    engine = make_engine(target, PoolSizes(1, 0, 5.0), "looker")
    with engine.connect() as connection:
        read_connections(connection)
        catalog.databases(connection)
        catalog.schemas(connection)
        assert catalog.default_schema(connection) == "public"
        assert catalog.tables(connection, "public")
        assert catalog.columns(connection, "public", "strict")
    sample = DatabaseReader(lambda: WatchedDatabase(engine, target), clock=lambda: 0.0).read()
    assert sample.state.value == "connected", sample.note
    engine.dispose()
    assert not traps.fired(trapped.connection)
