"""SQL over files and results: our readers, our types, and a DuckDB that can reach nothing else."""

from __future__ import annotations

import datetime as dt
import itertools
import threading
from array import array
from pathlib import Path
from typing import Any

import duckdb
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from tests.workers.querying.asking import Asker, HeardContext
from workers.core.model.errors import Cancelled
from workers.core.model.tasks import Phase, Progress
from workers.core.query.outcome import StatementState
from workers.core.query.request import LocalSource
from workers.querying.spool import index
from workers.querying.spool.meta import INDEX, ROWS
from workers.querying.spool.rows import format_row
from workers.querying.tasks import query as run_task


@pytest.fixture
def local(tmp_path: Path) -> Asker:
    return Asker(None, tmp_path / "results")


@pytest.fixture
def book(tmp_path: Path) -> str:
    path = tmp_path / "returns 2026.xlsx"
    with xlsxwriter.Workbook(str(path)) as made:
        day = made.add_format({"num_format": "yyyy-mm-dd"})
        code = made.add_format({"num_format": "00000"})
        sheet = made.add_worksheet("Returns")
        sheet.write_row(0, 0, ["Invoice No", "Returned on", "Qty", "Refund", "Paid", "Reason"])
        for row, (number, qty, refund, paid, reason) in enumerate(
            [(420, 1, 2.5, True, "late"), (421, 2, 0.1, False, None), (422, 3, 1e15, True, 'said "no", twice')], 1
        ):
            sheet.write_number(row, 0, number, code)
            sheet.write_datetime(row, 1, dt.datetime(2026, 10, row), day)
            sheet.write_row(row, 2, [qty, refund, paid])
            if reason:
                sheet.write_string(row, 5, reason)
        other = made.add_worksheet("Prices & more")
        other.write_row(0, 0, ["sku", "price"])
        other.write_row(1, 0, ["a", 1.5])
    return str(path)


def over(*paths: str) -> dict[str, Any]:
    return {"sources": tuple(LocalSource(path) for path in paths)}


def test_a_workbook_has_a_table_for_each_sheet_with_our_types(local: Asker, book: str) -> None:
    (outcome,) = local.ask("select * from returns_2026_returns", **over(book))
    assert local.error is None, local.error
    assert [(c.name, c.type) for c in outcome.columns] == [
        ("invoice_no", "text"),
        ("returned_on", "date"),
        ("qty", "bigint"),
        ("refund", "double precision"),
        ("paid", "boolean"),
        ("reason", "text"),
    ]
    assert local.rows("select * from returns_2026_returns order by qty", **over(book)) == [
        ("00420", "2026-10-01", "1", "2.5", "t", "late"),
        ("00421", "2026-10-02", "2", "0.1", "f", None),
        ("00422", "2026-10-03", "3", "1000000000000000.0", "t", 'said "no", twice'),
    ]
    rows = local.rows('select price from "returns 2026.xlsx"."Prices & more"', **over(book))
    assert rows == [("1.5",)]


def test_csv_parquet_and_results_are_joined(local: Asker, book: str, tmp_path: Path) -> None:
    text = tmp_path / "names.csv"
    text.write_text("id;name\n1;Ärger\n2;\n", encoding="utf-8")
    parquet = str(tmp_path / "more.parquet")
    duckdb.execute(f"copy (select 1 as id, 9.5::decimal(5,2) as d, null::int as n) to '{parquet}'")
    (first,) = local.ask("select qty, count(*) as n from returns_2026_returns group by qty", **over(book))
    sources = (LocalSource(str(text)), LocalSource(parquet), LocalSource(result_id=first.result_id or "", alias="r"))
    rows = local.rows(
        "select names.name, d, more.n, r.n from names left join more using (id) left join r on qty = names.id"
        " order by names.id",
        sources=sources,
    )
    assert rows == [("Ärger", "9.50", None, "1"), (None, None, None, "1")]


def test_several_statements_and_parameters(local: Asker, book: str) -> None:
    outcomes = local.ask(
        "select count(*) from returns_2026_returns; select qty from returns_2026_returns where returned_on >= :day"
        " and reason = :reason; select nothing",
        parameters=(("day", "2026-10-01"), ("reason", "late")),
        **over(book),
    )
    assert [o.state.value for o in outcomes] == ["done", "done", "failed"]
    assert outcomes[1].rows == 1
    assert outcomes[2].error is not None
    assert outcomes[2].error.kind == "invalid-sql"


@pytest.mark.parametrize(
    ("expression", "type_name", "text"),
    [
        ("true", "boolean", "t"),
        ("null", "text", None),
        ("1::hugeint * 10", "numeric", "10"),
        ("1.50::decimal(6,2)", "numeric(6,2)", "1.50"),
        ("'nan'::double", "double precision", "NaN"),
        ("'-inf'::float", "real", "-Infinity"),
        ("'a\nb,\"c'", "text", 'a\nb,"c'),
        ("''", "text", ""),
        ("'\\x00\\xff'::blob", "bytea", "\\x00ff"),
        ("date '2024-02-29'", "date", "2024-02-29"),
        ("timestamp '2024-02-29 01:02:03.5'", "timestamp without time zone", "2024-02-29 01:02:03.5"),
        ("[1, 2]", "text", "[1, 2]"),
        ("{'a': 1}", "text", "{'a': 1}"),
        ("uuid '6f0c1f8a-7a3e-4c56-9d6e-2b8f6f1d4b10'", "uuid", "6f0c1f8a-7a3e-4c56-9d6e-2b8f6f1d4b10"),
    ],
)
def test_values_come_as_postgresql_would_write_them(
    local: Asker, book: str, expression: str, type_name: str, text: str | None
) -> None:
    (outcome,) = local.ask(f"select {expression} as v, 1 as n", **over(book))
    assert local.error is None, local.error
    assert outcome.columns[0].type == type_name
    with local.shelf.open(outcome.result_id or "") as reader:
        assert reader.page(0, 1) == [(text, "1")]


@pytest.mark.db
def test_a_result_of_the_database_keeps_its_numbers(asker: Asker) -> None:
    (first,) = asker.ask(
        "select 1.25::numeric as a, 12345678901234567890::numeric as b, 'NaN'::numeric as c, '1 day'::interval as d,"
        " now() as e, null::int as f, 'infinity'::date as g, '{1}'::int[] as h from generate_series(1, 2)"
    )
    source = LocalSource(result_id=first.result_id or "", alias="r")
    rows = asker.rows("select sum(a), sum(b), count(d), min(f), min(h) from r", sources=(source,))
    assert rows == [("2.50", "24691357802469135780", "2", None, "{1}")]
    (outcome,) = asker.ask("select a, b, c, d, e, f, g from r", sources=(source,))
    assert [c.base for c in outcome.columns] == [
        "numeric", "numeric", "double precision", "interval", "timestamp with time zone", "integer", "text",
    ]  # fmt: skip
    assert [note.code for note in outcome.notes] == ["text-columns"]


@pytest.mark.db
def test_a_local_result_becomes_a_table(asker: Asker, book: str) -> None:
    (outcome,) = asker.ask("select * from returns_2026_returns", save_as="returned", **over(book))
    assert asker.error is None, asker.error
    assert outcome.table == "public.returned"
    assert asker.rows("select count(*), min(invoice_no) from returned") == [("3", "00420")]


ESCAPES = [
    "select * from read_csv('/etc/passwd')",
    "from '/etc/passwd'",
    "from read_text('/etc/passwd')",
    "from read_blob('/etc/*')",
    "from glob('/*')",
    "from sniff_csv('/etc/passwd')",
    "from read_parquet('{book}')",
    "from read_json('/etc/passwd')",
    "from parquet_metadata('/tmp/x')",
    "from read_csv('http://127.0.0.1/x')",
    "from read_text('{results}/../returns 2026.xlsx')",
    "from read_csv('/dev/stdin')",
    "from read_csv('/proc/self/environ')",
    "select getenv('HOME')",
    "from duckdb_secrets()",
    "from which_secret('a', 'b')",
    "from query('copy returns_2026_returns to ''{out}''')",
    "from sqlite_scan('a', 'b')",
    "from postgres_scan('', 'public', 't')",
    "from context",
    "from connection",
    "copy returns_2026_returns to '{out}'",
    "copy (select 1) to '{book}'",
    "attach '{out}' as x",
    "install httpfs",
    "load httpfs",
    "set lock_configuration = false",
    "set enable_external_access = true",
    "reset enable_external_access",
    "set allowed_paths = ['/etc/passwd']",
    "pragma threads = 1",
    "pragma database_list",
    "call pragma_version()",
    "export database '{out}'",
    "create secret (type s3)",
    "create table x as select 1",
    "create or replace macro f() as 1",
    "drop table returns_2026_returns",
    "insert into returns_2026_returns select * from returns_2026_returns",
    "update returns_2026_returns set qty = 1",
    "delete from returns_2026_returns",
    "checkpoint",
    "begin",
    "commit",
    "prepare p as select 1",
    "execute p",
    "explain select 1",
    "vacuum",
    "use memory",
    "select 1) to '{out}' --",
    "select 1) to '{out}'; select (1",
    "select 1 union all (select 2)) to '{out}' (format csv) --",
]


def test_duckdb_can_reach_nothing(local: Asker, book: str, tmp_path: Path) -> None:
    before = Path(book).read_bytes()
    out = tmp_path / "out.csv"
    for text in ESCAPES:
        attack = text.format(book=book, out=out, results=local.results)
        outcomes = local.ask(attack, **over(book))
        assert local.error is not None, attack
        assert outcomes[-1].state is StatementState.FAILED, attack
        assert local.error.info.kind in {
            "read-only", "not-allowed", "syntax", "no-such-table", "invalid-sql", "sql-error",
        }, (attack, local.error.info)  # fmt: skip
        assert not out.exists(), attack
        assert Path(book).read_bytes() == before
    assert local.rows("select count(*) from returns_2026_returns", **over(book)) == [("3",)]
    assert not [path for path in local.results.iterdir() if path.name.startswith(".")]


def test_a_file_that_cannot_be_read_is_said(local: Asker, tmp_path: Path) -> None:
    (tmp_path / "broken.xlsx").write_bytes(b"PK\x03\x04 not a workbook")
    (tmp_path / "broken.parquet").write_bytes(b"PAR1")
    for name, kind in [("nothing.xlsx", "not-found"), ("nothing.parquet", "not-found"), ("broken.parquet", "damaged")]:
        local.ask("select 1", **over(str(tmp_path / name)))
        assert local.error is not None, name
        assert local.error.info.kind == kind, (name, local.error.info)
    local.ask("select 1", **over(str(tmp_path / "broken.xlsx")))
    assert local.error is not None


def test_a_cancel_ends_a_long_one(local: Asker, book: str) -> None:
    class Impatient(HeardContext):
        def progress(self, progress: Progress) -> None:
            super().progress(progress)
            if progress.phase is Phase.QUERYING:
                threading.Timer(0.2, self.cancel).start()

    context = Impatient()
    request = local.request("select count(*) from range(10000000000) a, range(1000) b", **over(book))
    with pytest.raises(Cancelled):
        run_task(request, context)
    assert context.outcomes[-1].state is StatementState.CANCELLED
    assert not [path for path in local.results.iterdir() if path.name.startswith(".")]


def test_nothing_is_written_over_files(local: Asker, book: str) -> None:
    local.ask("select 1", write=True, **over(book))
    assert local.error is not None
    assert local.error.info.kind == "read-only"


@given(st.lists(st.lists(st.one_of(st.none(), st.text('a\n",', max_size=30)), min_size=2, max_size=2), max_size=60))
def test_an_index_of_rows_that_are_there_points_to_rows(rows: list[list[str | None]]) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        folder = Path(name)
        patch.setattr(index, "_BLOCK", 64)
        patch.setattr(index, "STRIDE_ROWS", 5)
        patch.setattr(index, "STRIDE_BYTES", 40)
        pieces = [format_row(row) for row in rows]
        (folder / ROWS).write_bytes(b"".join(pieces))
        assert index.write_index(folder) == len(rows)
        numbers = array("Q", (folder / INDEX).read_bytes())
        offsets = [sum(map(len, pieces[:n])) for n in range(len(pieces) + 1)]
        marks = list(zip(numbers[::2], numbers[1::2], strict=True))
        assert all(offsets[row] == offset for row, offset in marks)
        steps = [after - before for (before, _), (after, _) in itertools.pairwise(marks)]
        assert all(0 < step <= 5 for step in steps)
        assert len(rows) - marks[-1][0] <= 5
