"""What a colleague can do with the rights that our own statements give: nothing to others' imports, rows or rights."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from typing import Any

import psycopg
import pytest

from tests.workers.importing.loading.conftest import Loader, RecordingContext
from workers.core.model.errors import UserError
from workers.core.model.options import Mode, RejectLimit
from workers.core.model.outcomes import ImportOutcome, ImportState
from workers.core.model.tasks import Secret, Target
from workers.core.model.undo_report import UndoReport, UndoRequest
from workers.database.engines import connect_bulk
from workers.database.ledger.history import read_history
from workers.database.ledger.schema import writer_statements
from workers.importing.loading.undo.undo import run_undo

pytestmark = pytest.mark.db

Query = Callable[..., list[tuple[Any, ...]]]
HEAD = ["id", "name"]
ROWS: list[list[Any]] = [HEAD, [1, "a"], [2, "b"]]
OTHER: list[list[Any]] = [HEAD, [2, "B"], [3, "c"]]


@pytest.fixture
def mallory(loader: Loader) -> Iterator[Target]:
    """A colleague who may record imports, and owns a schema of her own."""
    name = f"mallory_{uuid.uuid4().hex[:8]}"
    loader.connection.execute(f"CREATE ROLE {name} LOGIN PASSWORD 'pw'".encode())
    loader.connection.execute(f"CREATE SCHEMA {name} AUTHORIZATION {name}".encode())
    assert loader.load_rows(ROWS, "first", table="first").state is ImportState.LOADED
    for statement in writer_statements(name):
        loader.connection.execute(statement.encode())
    yield replace(loader.target, user=name, password=Secret("pw"))
    loader.connection.execute(f"DROP OWNED BY {name} CASCADE".encode())
    loader.connection.execute(f"DROP ROLE {name}".encode())


@pytest.fixture
def as_mallory(mallory: Target) -> Iterator[psycopg.Connection[Any]]:
    with closing(psycopg.connect(**mallory.libpq("psql"), autocommit=True)) as opened:
        yield opened


def undo(target: Target, import_id: str) -> UndoReport:
    return run_undo(UndoRequest(str(uuid.uuid4()), import_id, target), RecordingContext())


def load(loader: Loader, rows: list[list[Any]], name: str, **options: Any) -> ImportOutcome:
    outcome = loader.load_rows(rows, name, **options)
    assert outcome.state is ImportState.LOADED, outcome.error
    return outcome


def is_superuser(query: Query, role: str) -> bool:
    return query("SELECT rolsuper FROM pg_roles WHERE rolname = %s", role) == [(True,)]


@pytest.mark.parametrize("shape", ["changed", "dropped"])
@pytest.mark.parametrize("form", ["integer); ALTER ROLE {m} SUPERUSER; --", "{m}.evil", "integer) || {m}.boom("])
def test_a_type_in_the_undo_data_is_no_sql(
    loader: Loader, mallory: Target, as_mallory: psycopg.Connection[Any], query: Query, form: str, shape: str
) -> None:
    """Forged with all rights, as by the owner of the ledger: it names what a cell was, and runs nothing."""
    as_mallory.execute(
        f"CREATE FUNCTION {mallory.user}.boom(text DEFAULT '') RETURNS boolean LANGUAGE plpgsql AS"
        f" $$BEGIN ALTER ROLE {mallory.user} SUPERUSER; RETURN true; END$$".encode()
    )
    as_mallory.execute(f"CREATE DOMAIN {mallory.user}.evil AS text CHECK ({mallory.user}.boom(VALUE))".encode())
    outcome = load(loader, ROWS, "mine", table="first", mode=Mode.APPEND, again=True)
    query("UPDATE sheetferry_kept.row_forms SET types = ARRAY[%s, 'text']", form.format(m=mallory.user))
    query("ALTER TABLE first ALTER id TYPE numeric" if shape == "changed" else "ALTER TABLE first DROP id")
    report = undo(loader.target, outcome.import_id)
    assert not is_superuser(query, mallory.user)
    assert report.rows_removed == 0, "a row that cannot be told to be the same counts as edited"


def test_nobody_changes_what_the_ledger_says_of_others_imports(
    loader: Loader, as_mallory: psycopg.Connection[Any], query: Query
) -> None:
    outcome = load(loader, ROWS, "mine", table="mine", max_rejects=RejectLimit(1))
    assert as_mallory.execute("UPDATE sheetferry.imports SET target_oid = 1, state = 'undone'").rowcount == 0
    assert as_mallory.execute("UPDATE sheetferry_kept.row_forms SET types = '{}'").rowcount == 0
    assert as_mallory.execute("DELETE FROM sheetferry_kept.row_hashes").rowcount == 0
    assert as_mallory.execute("DELETE FROM sheetferry_kept.imports").rowcount == 0
    forged = {
        "sheetferry_kept.row_hashes (import_id, hashes)": "(%s, '{1}')",
        "sheetferry.rejects (import_id, reason)": "(%s, 'forged')",
        "sheetferry.imports (import_id, state, source_file, mode, made_by)": "(%s, 'loaded', 'f', 'append', 'other')",
    }
    for table, values in forged.items():
        import_id = str(uuid.uuid4()) if "made_by" in table else outcome.import_id
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="row-level security"):
            as_mallory.execute(f"INSERT INTO {table} VALUES {values}".encode(), (import_id,))
    assert query("SELECT count(*) FROM sheetferry_kept.row_forms") == [(2,)]


def test_rows_kept_for_an_undo_are_read_by_nobody_else(
    loader: Loader, mallory: Target, as_mallory: psycopg.Connection[Any]
) -> None:
    load(loader, ROWS, "keyed", table="keyed", keys=("id",))
    kept = load(loader, OTHER, "other", table="keyed", mode=Mode.UPSERT)
    for statement in writer_statements(mallory.user):
        loader.connection.execute(statement.encode())
    before = f"sheetferry_kept.before_{uuid.UUID(kept.import_id).hex}"
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        as_mallory.execute(f"SELECT * FROM {before}".encode())
    assert undo(loader.target, kept.import_id).rows_restored == 1


def test_a_view_in_the_place_of_kept_rows_is_not_read(
    loader: Loader, mallory: Target, as_mallory: psycopg.Connection[Any], query: Query
) -> None:
    load(loader, ROWS, "keyed", table="keyed", keys=("id",))
    kept = load(loader, OTHER, "other", table="keyed", mode=Mode.UPSERT)
    before = f"sheetferry_kept.before_{uuid.UUID(kept.import_id).hex}"
    query(f"DROP TABLE {before}")
    as_mallory.execute(
        f"CREATE FUNCTION {mallory.user}.boom() RETURNS bigint LANGUAGE plpgsql AS"
        f" $$BEGIN ALTER ROLE {mallory.user} SUPERUSER; RETURN 1; END$$".encode()
    )
    as_mallory.execute(f"CREATE VIEW {before} AS SELECT {mallory.user}.boom() AS id, 'x'::text AS name".encode())
    as_mallory.execute(f"GRANT SELECT ON {before} TO public".encode())
    report = undo(loader.target, kept.import_id)
    assert report.error is not None
    assert report.error.kind == "kept-altered"
    assert not is_superuser(query, mallory.user)
    assert query("SELECT id, name FROM keyed ORDER BY id") == [(1, "a"), (2, "B"), (3, "c")]


def forge_import(connection: psycopg.Connection[Any], table: str, key: str = "k", mode: str = "append") -> str:
    """An entry of the ledger, with undo data, of an import into a table that its maker has no right to."""
    import_id = str(uuid.uuid4())
    connection.execute(
        "INSERT INTO sheetferry.imports (import_id, state, source_file, content_key, target_oid, target_table, mode,"
        " rows_loaded, committed_at) VALUES (%s, 'loaded', 'x.xlsx', %s, %s::regclass, %s, %s, 0, now())",
        (import_id, key, table, table, mode),
    )
    connection.execute("INSERT INTO sheetferry_kept.row_forms VALUES (%s, '{}', '{}', '{}', '{}', true)", (import_id,))
    connection.execute(
        "INSERT INTO sheetferry_kept.row_hashes SELECT %s, NULL, array_agg(h) FROM"
        " (SELECT hash_record_extended(ROW(), 0) AS h FROM generate_series(1, 100)) x",
        (import_id,),
    )
    return import_id


def test_an_undo_by_an_administrator_takes_no_more_than_its_maker_could(
    loader: Loader, mallory: Target, as_mallory: psycopg.Connection[Any], query: Query
) -> None:
    query("CREATE TABLE payroll (id bigint, name text)")
    query("INSERT INTO payroll VALUES (1, 'boss')")
    import_id = forge_import(as_mallory, "public.payroll")
    with pytest.raises(Exception, match="permission denied"):
        undo(loader.target, import_id)
    assert query("SELECT count(*) FROM payroll") == [(1,)]
    assert query("SELECT state FROM sheetferry.imports WHERE import_id = %s", import_id) == [("loaded",)]


def test_an_administrator_takes_an_import_of_others_back_with_their_rights(
    loader: Loader, mallory: Target, query: Query
) -> None:
    hers = Loader(loader.folder, mallory, loader.connection)
    outcome = load(hers, ROWS, "hers", table="hers", schema=mallory.user)
    assert undo(loader.target, outcome.import_id).table_dropped
    noted = load(hers, ROWS, "noted", table="noted", schema=mallory.user)
    query(
        f"CREATE FUNCTION {mallory.user}.boom() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RESET ROLE;"
        f" ALTER ROLE {mallory.user} SUPERUSER; RETURN OLD; END$$"
    )
    query(
        f"CREATE TRIGGER boom BEFORE DELETE ON {mallory.user}.noted FOR EACH ROW EXECUTE FUNCTION {mallory.user}.boom()"
    )
    report = undo(loader.target, noted.import_id)
    assert report.error is not None
    assert report.error.kind == "not-yours"
    assert not is_superuser(query, mallory.user)


def test_one_who_is_not_its_maker_cannot_take_an_import_back(loader: Loader, mallory: Target, query: Query) -> None:
    outcome = load(loader, ROWS, "mine", table="mine")
    query(f"GRANT ALL ON mine TO {mallory.user}")
    report = undo(mallory, outcome.import_id)
    assert report.error is not None
    assert report.error.kind == "not-yours"
    assert query("SELECT count(*) FROM mine") == [(2,)]


def test_a_forged_entry_does_not_keep_content_out(
    loader: Loader, as_mallory: psycopg.Connection[Any], query: Query
) -> None:
    query("CREATE TABLE open (id bigint, name text)")
    first = load(loader, ROWS, "a", table="open", mode=Mode.APPEND)
    (key,) = query("SELECT content_key FROM sheetferry.imports WHERE import_id = %s", first.import_id)[0]
    assert undo(loader.target, first.import_id).state == "undone"
    forge_import(as_mallory, "public.open", key)
    assert load(loader, ROWS, "a", table="open", mode=Mode.APPEND).rows_loaded == 2


def test_nobody_ends_imports_in_tables_that_are_not_his(
    loader: Loader, as_mallory: psycopg.Connection[Any], query: Query
) -> None:
    outcome = load(loader, ROWS, "mine", table="mine")
    with as_mallory.transaction():
        import_id = forge_import(as_mallory, "public.mine", mode="replace")
        ended = as_mallory.execute(
            "SELECT sheetferry.supersede(ARRAY['public.mine'::regclass::oid], %s::uuid)", (import_id,)
        ).fetchone()
    assert ended == (0,)
    theirs = as_mallory.execute(
        "SELECT sheetferry.supersede(ARRAY['public.mine'::regclass::oid], %s::uuid)", (outcome.import_id,)
    ).fetchone()
    assert theirs == (0,)
    assert as_mallory.execute("SELECT sheetferry.restore(%s, 1)", (outcome.import_id,)).fetchone() == (0,)
    assert undo(loader.target, outcome.import_id).table_dropped


def test_a_replace_of_one_role_ends_the_imports_of_another_and_its_undo_restores_them(
    loader: Loader, mallory: Target, query: Query
) -> None:
    first = load(loader, ROWS, "mine", table="shared")
    query(f"GRANT ALL ON shared TO {mallory.user}")
    hers = Loader(loader.folder, mallory, loader.connection)
    second = load(hers, OTHER, "hers", table="shared", schema="public", mode=Mode.REPLACE)
    state = "SELECT state FROM sheetferry.imports WHERE import_id = %s"
    assert query(state, first.import_id) == [("superseded",)]
    assert undo(mallory, second.import_id).state == "undone"
    assert query(state, first.import_id) == [("loaded",)]
    assert query("SELECT id, name FROM shared ORDER BY id") == [(1, "a"), (2, "b")]


@pytest.mark.parametrize(
    "plant",
    [
        "CREATE TRIGGER boom BEFORE INSERT ON sheetferry.imports FOR EACH ROW EXECUTE FUNCTION {m}.boom()",
        "ALTER TABLE sheetferry.imports ADD COLUMN more bigint DEFAULT {m}.plain()",
        "ALTER TABLE sheetferry.rejects ADD CHECK ({m}.plain() > 0)",
        "CREATE RULE boom AS ON INSERT TO sheetferry.rejects DO ALSO SELECT 1",
        "CREATE OR REPLACE FUNCTION sheetferry.supersede(tables oid[], replacement uuid) RETURNS bigint LANGUAGE sql"
        " AS 'SELECT {m}.plain()'",
    ],
)
def test_code_in_a_ledger_of_somebody_else_is_refused(loader: Loader, query: Query, plant: str) -> None:
    """The first to import owns the ledger, and could add what he likes to it."""
    owner = f"owner_{uuid.uuid4().hex[:8]}"
    query(f"CREATE ROLE {owner} LOGIN PASSWORD 'pw'")
    query(f'GRANT CREATE ON DATABASE "{loader.target.dbname}" TO {owner}')
    theirs = Loader(loader.folder, replace(loader.target, user=owner, password=Secret("pw")), loader.connection)
    query(f"CREATE SCHEMA {owner} AUTHORIZATION {owner}")
    try:
        outcome = load(theirs, ROWS, "theirs", table="t", schema=owner)
        assert load(loader, ROWS, "ours", table="ours").rows_loaded == 2
        query(f"SET ROLE {owner}")
        query(f"CREATE FUNCTION {owner}.boom() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NEW; END$$")
        query(f"CREATE FUNCTION {owner}.plain() RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint'")
        query(plant.format(m=owner))
        query("RESET ROLE")
        with pytest.raises(UserError) as refused:
            loader.load_rows(OTHER, "more", table="more")
        assert refused.value.info.kind == "ledger-altered"
        report = undo(loader.target, outcome.import_id)
        assert report.error is not None
        assert report.error.kind == "ledger-altered"
        with connect_bulk(loader.target, "history", read_only=True) as connection, pytest.raises(UserError):
            read_history(connection)
        assert load(theirs, OTHER, "again", table="u", schema=owner).rows_loaded == 2, "it is the owner's own code"
    finally:
        query("RESET ROLE")
        query(f"DROP OWNED BY {owner} CASCADE")
        query(f"DROP ROLE {owner}")
