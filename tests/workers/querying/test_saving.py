"""Values of every type through every format and back: equal, or said to be something else."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import psycopg
import pytest
from openpyxl.utils.escape import unescape

from tests.workers.importing.loading.conftest import RecordingContext
from tests.workers.querying.asking import Asker, HeardContext
from workers.core.model.errors import Cancelled
from workers.core.model.tasks import Phase, Target
from workers.core.model.undo_report import UndoRequest
from workers.core.query.outcome import StatementOutcome, StatementState
from workers.importing.loading.undo.undo import run_undo
from workers.querying.run import run_query
from workers.querying.saving import excel

pytestmark = pytest.mark.db

Query = Callable[..., list[tuple[Any, ...]]]

EVERY_TYPE = [
    ("smallint", ["-32768", "0", "32767"]),
    ("integer", ["-2147483648", "7"]),
    ("bigint", ["-9223372036854775808", "9223372036854775807", "123456789012345678"]),
    ("oid", ["0", "4294967295"]),
    ("real", ["3.4028235e+38", "1e-45", "NaN", "Infinity", "-Infinity", "0.1"]),
    ("double precision", ["1.7976931348623157e+308", "5e-324", "0.1", "NaN", "-Infinity", "-0"]),
    ("numeric", ["1e500", "0.1000", "-12345678901234567890.123456789", "NaN", "Infinity"]),
    ("numeric(10,2)", ["12345678.90", "-0.01"]),
    ("numeric(38,10)", ["1234567890123456789012345678.0123456789"]),
    ("money", ["1234.56"]),
    ("boolean", ["t", "f"]),
    ("text", ["", " ", "a,b", 'say "x"', "line\nbreak", "tab\t", "\\N", "\\.", "NULL", "été 🎉", "=1+1", "0042"]),
    ("character varying(20)", ["abc", ""]),
    ("character(5)", ["ab"]),
    ("name", ["pg_class"]),
    ("bytea", ["\\x", "\\x00ff41"]),
    ("date", ["0001-01-01", "1900-02-28", "2024-02-29", "9999-12-31", "infinity", "-infinity", "0044-03-15 BC"]),
    ("timestamp without time zone", ["2024-02-29 23:59:59.999999", "1999-01-01 00:00:00", "infinity"]),
    ("timestamp with time zone", ["2024-02-29 23:59:59.123+05:30", "-infinity"]),
    ("time without time zone", ["00:00:00", "23:59:59.999999", "24:00:00"]),
    ("time with time zone", ["12:00:00+05:30"]),
    ("interval", ["1 year 2 mons 3 days 04:05:06.789", "-1 days", "infinity"]),
    ("uuid", ["a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"]),
    ("json", ['{"a": [1, null, "x"]}', '{"b":\n 1.50}', "12345678901234567890"]),
    ("jsonb", ['{"a": [1, null, "x,\\"y\\""]}', "null"]),
    ("inet", ["192.168.0.1/24"]),
    ("cidr", ["10.0.0.0/8"]),
    ("macaddr", ["08:00:2b:01:02:03"]),
    ("bit(3)", ["101"]),
    ("bit varying", ["10101"]),
    ("tsvector", ["'a':1 'b':2"]),
    ("point", ["(1,2)"]),
    ("polygon", ["((0,0),(1,1),(1,0))"]),
    ("int4range", ["[1,10)"]),
    ("datemultirange", ["{[2024-01-01,2024-02-01)}"]),
    ("integer[]", ["{1,2,NULL}", "{}", "{{1,2},{3,4}}"]),
    ("text[]", ['{a,"b,c",NULL,"NULL",""}']),
    ("pg_lsn", ["0/16B3748"]),
    ("mood", ["so so", "happy"]),
    ("positive", ["5"]),
    ("pair", ['(1,"a b")', "(,)"]),
]
"""Types with values, and NULL besides."""


@pytest.fixture
def types(connection: psycopg.Connection[Any]) -> psycopg.Connection[Any]:
    connection.execute("create type mood as enum ('so so', 'happy')")
    connection.execute("create domain positive as int check (value > 0)")
    connection.execute("create type pair as (a int, b text)")
    return connection


def rows_of(type_name: str, values: list[str]) -> str:
    texts = ", ".join(f"($q${value}$q$::{type_name})" for value in values)
    return f"select v::{type_name} as v from (values {texts}, (null)) x (v)"


def save(asker: Asker, script: str, path: Path) -> StatementOutcome:
    last = asker.ask(script, save_to=str(path))[-1]
    assert asker.error is None, asker.error
    assert last.saved == str(path)
    assert not list(path.parent.glob(".*.part"))
    return last


def texts_of(connection: psycopg.Connection[Any], script: str) -> list[str | None]:
    connection.execute("set extra_float_digits = 1")
    return [row[0] for row in connection.execute(f"select v::text from ({script}) y".encode()).fetchall()]


@pytest.mark.parametrize(("type_name", "values"), EVERY_TYPE, ids=[name for name, _ in EVERY_TYPE])
def test_every_type_by_every_format(
    asker: Asker, types: psycopg.Connection[Any], tmp_path: Path, type_name: str, values: list[str]
) -> None:
    script = rows_of(type_name, values)
    expected = texts_of(types, script)
    grid = [row[0] for row in asker.rows(script)]
    assert [value.rstrip(" ") if value and type_name.startswith("character(") else value for value in grid] == [
        {"true": "t", "false": "f"}.get(value or "", value) if type_name == "boolean" else value for value in expected
    ]
    check_csv(save(asker, script, tmp_path / "out.csv"), tmp_path / "out.csv", types, type_name, grid)
    check_json(save(asker, script, tmp_path / "out.jsonl"), tmp_path / "out.jsonl", grid, type_name)
    check_parquet(save(asker, script, tmp_path / "out.parquet"), tmp_path / "out.parquet", types, type_name, grid)
    check_excel(save(asker, script, tmp_path / "out.xlsx"), tmp_path / "out.xlsx", grid)
    check_table(asker, types, script, type_name)


def check_csv(
    outcome: StatementOutcome,
    path: Path,
    connection: psycopg.Connection[Any],
    type_name: str,
    grid: list[str | None],
) -> None:
    """Read by Python, and by PostgreSQL into a column of the same type."""
    # One of the texts begins like a formula, which a spreadsheet program would run.
    assert [note.code for note in outcome.notes] == (["like-formulas"] if type_name == "text" else [])
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["v"]
    connection.execute(f"create temp table back (v {type_name})".encode())
    with connection.cursor().copy("copy back from stdin (format csv, header)") as copy:
        copy.write(path.read_bytes())
    assert read_back(connection, "back") == grid
    connection.execute("drop table back")


def read_back(connection: psycopg.Connection[Any], table: str) -> list[str | None]:
    """A table's column as the server writes it, which for some types is not what a cast to text gives."""
    result = connection.pgconn.exec_params(f"select v from {table}".encode(), [])
    values = (result.get_value(row, 0) for row in range(result.ntuples))
    return [None if value is None else value.decode() for value in values]


def check_json(outcome: StatementOutcome, path: Path, grid: list[str | None], type_name: str) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert len(lines) == len(grid)
    for line, text in zip(lines, grid, strict=True):
        value = json.loads(line, parse_int=Decimal, parse_float=Decimal)["v"]
        if text is None:
            assert value is None or type_name == "jsonb"
        elif isinstance(value, Decimal):
            assert value == Decimal(text)
        elif isinstance(value, bool):
            assert text == "ft"[value]
        elif type_name in ("json", "jsonb"):
            assert value == json.loads(text, parse_int=Decimal, parse_float=Decimal)
        else:
            assert value == text


def check_parquet(
    outcome: StatementOutcome, path: Path, connection: psycopg.Connection[Any], type_name: str, grid: list[str | None]
) -> None:
    """Read by DuckDB, and compared as values of the type by PostgreSQL."""
    duck = duckdb.connect()
    duck.execute("set timezone = 'UTC'")
    kind = duck.execute(f"select typeof(v) from '{path}'").fetchone()
    assert kind is not None
    cast = "'\\x' || lower(hex(v))" if kind[0] == "BLOB" else "v::varchar"
    texts = [row[0] for row in duck.execute(f"select {cast} from '{path}'").fetchall()]
    duck.close()
    for text, expected in zip(texts, grid, strict=True):
        if kind[0] == "VARCHAR" or text is None or expected is None:
            assert text == expected
            continue
        same = connection.execute(
            f"select %s::{type_name} is not distinct from %s::{type_name}".encode(), (text, expected)
        )
        assert same.fetchone() == (True,), (text, expected)
    told = any(note.code == "text-columns" for note in outcome.notes)
    plain = outcome.columns[0].base in ("text", "character", "character varying", "name", "json", "jsonb")
    assert told == (kind[0] == "VARCHAR" and not plain)


def check_excel(outcome: StatementOutcome, path: Path, grid: list[str | None]) -> None:
    book = openpyxl.load_workbook(path)
    cells = [row[0] for row in book["Result"].iter_rows(values_only=True)]
    book.close()
    assert cells[0] == "v"
    texts = 0
    cells += [None] * (len(grid) + 1 - len(cells))
    for cell, text in zip(cells[1:], grid, strict=True):
        if text is None:
            assert cell is None
        elif isinstance(cell, bool):
            assert text == "ft"[cell]
        elif isinstance(cell, int | float):
            assert float(cell) == float(text)
        elif isinstance(cell, datetime):
            assert cell in (datetime.fromisoformat(text), datetime.combine(date.fromisoformat(text[:10]), time()))
        elif isinstance(cell, time):
            assert cell == time.fromisoformat(text)
        else:
            texts += 1
            assert (cell or "") == text
    if outcome.columns[0].is_number and outcome.columns[0].base != "money":
        assert sum(note.count for note in outcome.notes) == texts


def check_table(asker: Asker, connection: psycopg.Connection[Any], script: str, type_name: str) -> None:
    outcome = asker.ask(script, save_as="made")[-1]
    assert asker.error is None, asker.error
    declared = connection.execute(
        "select format_type(atttypid, atttypmod) from pg_attribute where attrelid = 'made'::regclass and attnum = 1"
    ).fetchone()
    assert declared is not None
    # Of a domain the server tells the type behind it.
    assert declared[0].removeprefix("public.") == ("integer" if type_name == "positive" else type_name)
    assert read_back(connection, "made") == [row[0] for row in asker.rows(script)]
    assert outcome.table == "public.made"
    connection.execute("drop table made")


def test_null_and_empty_stay_apart(asker: Asker, tmp_path: Path) -> None:
    script = "select * from (values (1, '', null), (2, null, '')) x (n, a, b)"
    save(asker, script, tmp_path / "out.csv")
    assert (tmp_path / "out.csv").read_text() == 'n,a,b\n1,"",\n2,,""\n'
    save(asker, script, tmp_path / "out.parquet")
    assert duckdb.execute(f"select a, b from '{tmp_path}/out.parquet'").fetchall() == [("", None), (None, "")]
    save(asker, script, tmp_path / "out.jsonl")
    assert [json.loads(line)["a"] for line in (tmp_path / "out.jsonl").read_text().splitlines()] == ["", None]


def test_names_that_come_twice_get_numbers_and_that_is_said(asker: Asker, tmp_path: Path) -> None:
    script = 'select 1 as a, 2 as a, 3 as "A", 4'
    outcome = save(asker, script, tmp_path / "out.jsonl")
    assert list(json.loads((tmp_path / "out.jsonl").read_text())) == ["a", "a_2", "A_3", "?column?"]
    assert [note.code for note in outcome.notes] == ["names-changed"]
    outcome = save(asker, script, tmp_path / "out.parquet")
    assert [note.code for note in outcome.notes] == ["names-changed"]


def test_a_full_sheet_is_followed_by_another(asker: Asker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(excel, "SHEET_ROWS", 2501)
    outcome = save(asker, "select n from generate_series(1, 6000) n", tmp_path / "out.xlsx")
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    assert book.sheetnames == ["Result", "Result 2", "Result 3"]
    values = [row[0] for sheet in book for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert values == list(range(1, 6001))
    assert {sheet["A1"].value for sheet in book} == {"n"}
    assert [note.code for note in outcome.notes] == ["several-sheets"]


def test_an_empty_result_is_a_file_with_its_header(asker: Asker, tmp_path: Path) -> None:
    script = "select 1 as a, 'x' as b where false"
    save(asker, script, tmp_path / "out.csv")
    assert (tmp_path / "out.csv").read_text() == "a,b\n"
    save(asker, script, tmp_path / "out.parquet")
    assert duckdb.execute(f"describe select * from '{tmp_path}/out.parquet'").fetchall()[0][:2] == ("a", "INTEGER")
    save(asker, script, tmp_path / "out.xlsx")
    assert openpyxl.load_workbook(tmp_path / "out.xlsx")["Result"].max_row == 1
    save(asker, script, tmp_path / "out.jsonl")
    assert (tmp_path / "out.jsonl").read_text() == ""


def test_long_digits_are_text_in_excel_and_that_is_said(asker: Asker, tmp_path: Path) -> None:
    outcome = save(
        asker,
        "select 123456789012345 as a, 1234567890123456 as b, 0.1234567890123456 as c, 1e20::numeric as d",
        tmp_path / "out.xlsx",
    )
    row = next(openpyxl.load_workbook(tmp_path / "out.xlsx")["Result"].iter_rows(min_row=2, values_only=True))
    assert row == (123456789012345, "1234567890123456", "0.1234567890123456", 100000000000000000000)
    assert [(note.code, note.count) for note in outcome.notes] == [("long-digits", 2)]


def test_signs_that_xml_cannot_hold_are_escaped_as_excel_does(asker: Asker, tmp_path: Path) -> None:
    save(asker, "select e'a\\x01b_x0041_\\r<&>' as v", tmp_path / "out.xlsx")
    cell = openpyxl.load_workbook(tmp_path / "out.xlsx")["Result"]["A2"].value
    assert unescape(cell) == "a\x01b_x0041_\r<&>"


@pytest.mark.parametrize("name", ["out.csv", "out.parquet", "out.xlsx", "out.jsonl"])
def test_a_cancel_leaves_no_half_of_a_file(asker: Asker, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    context = HeardContext(lambda self: bool(self.told) and self.told[-1].phase is Phase.SAVING)
    with pytest.raises(Cancelled):
        run_query(asker.request("select n from generate_series(1, 3000) n", save_to=str(path)), context)
    assert list(tmp_path.glob("*out*")) == []
    assert context.outcomes[-1].state is StatementState.CANCELLED


def test_a_file_that_cannot_be_written_is_said_and_the_rows_are_kept(asker: Asker, tmp_path: Path) -> None:
    (outcome,) = asker.ask("select 1", save_to=str(tmp_path / "nowhere" / "out.csv"))
    assert outcome.error is not None
    assert (outcome.state, outcome.error.kind) == (StatementState.FAILED, "file-not-writable")
    with asker.shelf.open(outcome.result_id or "") as reader:
        assert reader.page(0, 1) == [("1",)]


def test_an_unknown_ending_is_refused_before_anything_runs(asker: Asker) -> None:
    context = HeardContext()
    assert asker.ask("select 1", context, save_to="out.doc") == []
    assert asker.error is not None
    assert asker.error.info.kind == "unknown-format"
    assert context.backends == []


def test_a_table_is_in_the_ledger_and_can_be_taken_back(
    asker: Asker, target: Target, query: Query, connection: psycopg.Connection[Any]
) -> None:
    (outcome,) = asker.ask("select n, 'x' as ctid, n as n from generate_series(1, 5000) n", save_as="new.made")
    assert asker.error is None
    assert outcome.table == "new.made"
    assert query("select count(*), sum(n), sum(n_2), min(ctid_2) from new.made") == [(5000, 12502500, 12502500, "x")]
    assert [note.code for note in outcome.notes] == ["names-changed"]
    entry = query("select state, mode, rows_loaded, source_file from sheetferry.imports")
    assert entry == [("loaded", "create", 5000, entry[0][3])]
    assert entry[0][3].startswith("SQL: select n")
    report = run_undo(UndoRequest("j", outcome.import_id or "", target, False), RecordingContext())
    assert (report.state, report.table_dropped) == ("undone", True)
    assert query("select to_regclass('new.made')") == [(None,)]


def test_a_table_that_is_there_is_left_alone(asker: Asker, query: Query) -> None:
    query("create table made (n int)")
    (outcome,) = asker.ask("select 1 as n", save_as="made")
    assert outcome.error is not None
    assert outcome.error.kind == "table-exists"
    assert query("select count(*) from made") == [(0,)]
    assert query("select count(*) from sheetferry.imports") == [(0,)]


def test_a_query_that_is_saved_as_a_table_still_cannot_write(asker: Asker, query: Query) -> None:
    query("create table t (n int)")
    query("create function f() returns int language sql as 'insert into t values (1) returning n'")
    asker.ask("select f() as n", save_as="made")
    assert asker.error is not None
    assert asker.error.info.kind == "read-only"
    assert query("select count(*) from t") == [(0,)]
    assert query("select to_regclass('made')") == [(None,)]


def test_a_statement_without_rows_cannot_be_saved(asker: Asker, query: Query, tmp_path: Path) -> None:
    query("create table t (n int)")
    asker.ask("insert into t values (1)", write=True, commit_unasked=True, save_to=str(tmp_path / "x.csv"))
    assert asker.error is not None
    assert asker.error.info.kind == "no-result"


@pytest.mark.parametrize(
    ("script", "codes"),
    [
        ("select '=1+1' as a", ["like-formulas"]),
        ("select 'x' as \"=1+1\"", ["like-formulas"]),
        ("select -5 as n, '-5' as t", []),
    ],
)
def test_texts_like_formulas_are_said(asker: Asker, tmp_path: Path, script: str, codes: list[str]) -> None:
    outcome = save(asker, script, tmp_path / "out.csv")
    assert [note.code for note in outcome.notes] == codes
    assert "=1+1" in (tmp_path / "out.csv").read_text() or not codes
    assert save(asker, script, tmp_path / "out.xlsx").notes == ()
