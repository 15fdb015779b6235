"""Replace by a swap where nobody can tell, by new rows in the old table where somebody could."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import psycopg
import pytest

from tests.workers.importing.loading.conftest import Loader, RecordingContext
from workers.core.model.options import Mode, RejectLimit
from workers.core.model.outcomes import ImportState
from workers.core.model.undo_report import UndoRequest
from workers.importing.loading.undo.undo import run_undo

FIRST: list[list[Any]] = [["id", "name", "qty"], [1, "a", 5], [2, "b", 6], [3, "c", 7]]
SECOND: list[list[Any]] = [["id", "name", "qty"], [3, "cc", 8], [4, "d", 9]]
LOOKS = {
    "indexes": "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 't' ORDER BY 1",
    "constraints": "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint"
    " WHERE conrelid = 'public.t'::regclass ORDER BY 1",
    "table": "SELECT ARRAY(SELECT a::text FROM unnest(relacl) a ORDER BY 1), relowner, obj_description(oid)"
    " FROM pg_class WHERE oid = 'public.t'::regclass",
    "columns": "SELECT attname, atttypid, atttypmod, attnotnull, col_description(attrelid, attnum),"
    " pg_get_expr(adbin, adrelid) FROM pg_attribute LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum"
    " WHERE attrelid = 'public.t'::regclass AND attnum > 0 ORDER BY attnum",
}


@pytest.fixture
def dressed(loader: Loader) -> Iterator[Loader]:
    """A loader beside a table with all that a table of its own may have."""
    role = f"reader_{uuid.uuid4().hex[:8]}"
    loader.load_rows(FIRST, "first", table="t", keys=("id",))
    for statement in (
        f"CREATE ROLE {role}",
        f"GRANT SELECT ON public.t TO {role}, PUBLIC",
        "CREATE INDEX t_name ON public.t (name)",
        "CREATE INDEX t_lower ON public.t (lower(name)) WHERE qty > 1",
        "ALTER TABLE public.t ADD CONSTRAINT positive CHECK (qty > 0), ALTER name SET DEFAULT 'x'",
        "ALTER TABLE public.t ADD CONSTRAINT once UNIQUE (qty)",
        "COMMENT ON TABLE public.t IS 'stock'",
        "COMMENT ON INDEX public.t_name IS 'by name'",
    ):
        loader.connection.execute(statement.encode())
    yield loader
    loader.connection.execute(f"DROP OWNED BY {role}".encode())
    loader.connection.execute(f"DROP ROLE {role}".encode())


def oid(loader: Loader) -> int:
    """The table's oid: another one after a swap."""
    return int(loader.query("SELECT 'public.t'::regclass::oid")[0][0])


def replace_rows(loader: Loader, **options: Any) -> Any:
    """Replace the table's rows."""
    return loader.load_rows(SECOND, "second", table="t", mode=Mode.REPLACE, **options)


def test_a_swapped_table_has_everything_of_the_old_one(dressed: Loader) -> None:
    before = {what: dressed.query(look) for what, look in LOOKS.items()}
    number = oid(dressed)
    outcome = replace_rows(dressed)
    assert (outcome.state, outcome.rows_loaded) == (ImportState.LOADED, 2), outcome.error
    assert oid(dressed) != number
    assert {what: dressed.query(look) for what, look in LOOKS.items()} == before
    assert dressed.query("SELECT obj_description('public.t_name'::regclass)") == [("by name",)]
    assert dressed.query("SELECT id FROM public.t ORDER BY id") == [(3,), (4,)]
    assert dressed.query("SELECT state, target_oid = 'public.t'::regclass FROM sheetferry.imports ORDER BY 1") == [
        ("loaded", True),
        ("superseded", False),
    ]


def test_several_swaps_and_their_undos(dressed: Loader) -> None:
    content = "SELECT x::text FROM public.t x ORDER BY 1"
    before = dressed.query(content)
    second = replace_rows(dressed)
    between = dressed.query(content)
    third = dressed.load_rows([["id", "name", "qty"], [9, "z", 1]], "third", table="t", mode=Mode.REPLACE)
    for outcome, want in ((third, between), (second, before)):
        request = UndoRequest(str(uuid.uuid4()), outcome.import_id, dressed.target)
        report = run_undo(request, RecordingContext())
        assert report.state == "undone", report.error
        assert dressed.query(content) == want
    assert dressed.query("SELECT count(*) FROM sheetferry_kept.imports") == [(1,)]


def test_rows_that_a_successor_refuses_are_rejected_once(dressed: Loader) -> None:
    rows = [*SECOND, [5, "low", -1]]
    outcome = dressed.load_rows(rows, "second", table="t", mode=Mode.REPLACE, max_rejects=RejectLimit(1))
    assert (outcome.rows_loaded, outcome.rows_rejected) == (2, 1), outcome.error
    assert outcome.rejects[0].row == 4


@pytest.mark.parametrize(
    "dependent",
    [
        "CREATE VIEW public.v AS SELECT * FROM public.t",
        "CREATE TABLE public.child (id bigint REFERENCES public.t DEFERRABLE INITIALLY DEFERRED)",
        "ALTER TABLE public.t ADD serial_no serial",
        "ALTER TABLE public.t ADD n int GENERATED ALWAYS AS IDENTITY",
        "ALTER TABLE public.t ENABLE ROW LEVEL SECURITY",
        "CREATE PUBLICATION p FOR TABLE public.t",
        "CREATE STATISTICS public.s ON id, qty FROM public.t",
        "CREATE FUNCTION public.f(public.t) RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE RULE r AS ON INSERT TO public.t DO ALSO NOTIFY changed",
        "GRANT SELECT (id) ON public.t TO PUBLIC",
        "CREATE TRIGGER g BEFORE UPDATE ON public.t FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()",
    ],
)
def test_a_table_that_others_depend_on_stays_itself(dressed: Loader, dependent: str) -> None:
    dressed.connection.execute(dependent.encode())
    number = oid(dressed)
    outcome = replace_rows(dressed)
    assert outcome.state is ImportState.LOADED, outcome.error
    assert oid(dressed) == number
    assert dressed.query("SELECT id FROM public.t ORDER BY id") == [(3,), (4,)]


def test_an_older_snapshot_never_sees_an_empty_table(dressed: Loader) -> None:
    with closing(psycopg.connect(**dressed.target.libpq("reader"))) as reader:
        reader.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        reader.execute("SELECT 1")
        assert replace_rows(dressed).state is ImportState.LOADED
        assert reader.execute("SELECT count(*) FROM public.t").fetchone() == (3,)


def test_readers_see_the_old_rows_or_the_new_ones(dressed: Loader) -> None:
    seen: set[int] = set()
    begun, stop = threading.Event(), threading.Event()

    def read() -> None:
        with closing(psycopg.connect(**dressed.target.libpq("reader"), autocommit=True)) as reader:
            while not stop.is_set():
                seen.add(reader.execute("SELECT count(*) FROM public.t").fetchone()[0])  # type: ignore[index]
                begun.set()
            seen.add(-1)  # it came to its end, and not by an error

    thread = threading.Thread(target=read)
    thread.start()
    try:
        assert begun.wait(60)
        for number in range(6):
            rows = FIRST if number % 2 else SECOND
            outcome = dressed.load_rows(rows, f"n{number}", table="t", mode=Mode.REPLACE)
            assert outcome.state is ImportState.LOADED, outcome.error
    finally:
        stop.set()
        thread.join(60)
    assert {-1, 3} <= seen <= {-1, 2, 3}
