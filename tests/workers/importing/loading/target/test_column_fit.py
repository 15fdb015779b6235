"""Existing tables: what their columns read by themselves, what they do not keep, and what they make themselves."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.workers.importing.loading.conftest import Loader
from workers.core.model.options import Mode, RejectLimit
from workers.core.model.outcomes import ImportOutcome, ImportState
from workers.core.model.plans import Finding
from workers.core.model.tasks import Secret


def load_csv(loader: Loader, text: str, *, name: str = "t", mode: Mode = Mode.APPEND, **options: Any) -> ImportOutcome:
    path = Path(loader.folder) / f"{name}.csv"
    path.write_text(text, encoding="utf-8")
    options.setdefault("max_rejects", RejectLimit(100))
    return loader.load_one(str(path), table=name, mode=mode, **options)


def told(outcome: ImportOutcome, code: str) -> list[Finding]:
    return [finding for finding in outcome.warnings if finding.code == code]


@pytest.mark.parametrize(
    ("declared", "text", "meant"),
    [
        ("timestamptz", "2020-03-28T22:00:00Z", "2020-03-28 22:00:00+00"),
        ("timestamptz", "2020-03-29 02:30+01:30", "2020-03-29 01:00:00+00"),
        ("timestamptz", "March 5 2021 10:00 PM UTC", "2021-03-05 22:00:00+00"),
        ("timestamptz", "2020-03-28 22:00:00", "2020-03-28 22:00:00+00"),
        ("timestamptz", "infinity", "infinity"),
        ("timestamp", "5 March 2021 22:00", "2021-03-05 22:00:00"),
        ("date", "0044-03-15 BC", "0044-03-15 BC"),
        ("date", "20240331", "2024-03-31"),
        ("date", "31 March 2024", "2024-03-31"),
        ("time", "10:05 PM", "22:05:00"),
        ("interval", "1 day 02:00", "1 day 02:00:00"),
        ("interval", "PT36H", "36:00:00"),
        ("interval", "37:30", "37:30:00"),
        ("interval", "2 mons", "2 mons"),
    ],
)
def test_moments_and_durations_are_read_as_postgresql_reads_them(
    loader: Loader, declared: str, text: str, meant: str
) -> None:
    loader.connection.execute(f"CREATE TABLE t (id int, at {declared})".encode())
    outcome = load_csv(loader, f"id,at\n1,{text}\n2,\n")
    assert (outcome.state, outcome.rows_loaded) == (ImportState.LOADED, 2), outcome.rejects
    assert loader.query("SELECT at::text FROM t ORDER BY id") == [(meant,), (None,)]


@pytest.mark.parametrize(
    ("declared", "text"),
    [
        ("timestamptz", "01/02/2024 10:00+01"),
        ("timestamptz", "nonsense"),
        ("timestamptz", "14-Oct-15"),
        ("timestamp", "2020-03-28 22:00:00+02"),
        ("date", "010203"),
        ("date", "March 31 2024 14:05"),
        ("date", "2024-03-31 14:05"),
        ("time", "10:00+02"),
        ("interval", "a while"),
    ],
)
def test_what_would_be_guessed_or_dropped_is_rejected(loader: Loader, declared: str, text: str) -> None:
    loader.connection.execute(f"CREATE TABLE t (id int, at {declared})".encode())
    outcome = load_csv(loader, f"id,at\n1,{text}\n2,\n")
    assert [reject.cell for reject in outcome.rejects] == ["B2"]


def test_the_zone_of_moments_without_one_is_said(loader: Loader) -> None:
    loader.connection.execute("CREATE TABLE t (id int, at timestamptz)")
    outcome = load_csv(loader, "id,at\n1,2020-03-28T22:00:00Z\n2,2020-03-29 02:30:00\n3,infinity\n4,5 May 2021 10:00\n")
    (finding,) = told(outcome, "assumed-zone")
    assert (finding.cells, finding.count) == (("B3", "B5"), 2)
    assert "UTC" in finding.message, "an import's own zone, whatever the server's is"


@pytest.mark.parametrize(
    ("declared", "kept", "lost"),
    [
        ("numeric(6,2)", 1.25, 1.005),
        ("numeric(5,-2)", 1200, 1234),
        ("real", 0.1, 16777217),
        ("varchar(5)", "ab   ", "ab      "),
        ("timestamp(0)", dt.datetime(2024, 1, 31, 14, 5), dt.datetime(2024, 1, 31, 14, 5, 0, 600000)),
        ("timestamptz(1)", dt.datetime(2024, 1, 31, 14, 5, 0, 600000), dt.datetime(2024, 1, 31, 14, 5, 0, 650000)),
        ("small", 1.25, 1.005),
    ],
)
@pytest.mark.parametrize("mode", [Mode.APPEND, Mode.REPLACE])
def test_what_a_narrower_column_does_not_keep_is_said_with_its_cell(
    loader: Loader, declared: str, kept: object, lost: object, mode: Mode
) -> None:
    loader.connection.execute("CREATE DOMAIN small AS numeric(6,2)")
    loader.connection.execute(f"CREATE TABLE t (id int, v {declared})".encode())
    outcome = loader.load_rows([["id", "v"], [1, kept], [2, lost], [3, None]], table="t", mode=mode)
    assert (outcome.state, outcome.rows_loaded) == (ImportState.LOADED, 3), outcome.error
    (finding,) = told(outcome, "narrowed")
    assert (finding.cells, finding.severity) == (("B3",), "warn")


@pytest.mark.parametrize("declared", ["numeric", "double precision", "text", "varchar", "timestamp", "char(3)"])
def test_nothing_is_said_of_columns_that_keep_all(loader: Loader, declared: str) -> None:
    loader.connection.execute(f"CREATE TABLE t (v {declared})".encode())
    value: object = dt.datetime(2024, 1, 31, 14, 5, 0, 650000) if declared == "timestamp" else 1.005
    value = "AB " if declared == "char(3)" else value
    assert not told(loader.load_rows([["v"], [value]], table="t", mode=Mode.APPEND), "narrowed")


_ALWAYS = "CREATE TABLE t (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text)"


@pytest.mark.parametrize("mode", [Mode.APPEND, Mode.REPLACE])
def test_values_for_an_identity_are_refused_until_somebody_says_so(loader: Loader, mode: Mode) -> None:
    loader.connection.execute(_ALWAYS.encode())
    text = "id,name\n70,Ann\n71,Bob\n"
    refused = load_csv(loader, text, mode=mode)
    assert refused.error
    assert refused.error.kind == "identity-column"
    kept = load_csv(loader, text, mode=mode, mapping=(("id", "id"),))
    assert kept.state is ImportState.LOADED, kept.error
    assert loader.query("SELECT id FROM t ORDER BY id") == [(70,), (71,)]
    assert loader.query("INSERT INTO t (name) VALUES ('next') RETURNING id") == [(72,)]
    left = load_csv(loader, text, mode=mode, mapping=(("id", ""),))
    assert left.rows_loaded == 2


def test_an_identity_may_be_the_key_of_an_upsert(loader: Loader) -> None:
    loader.connection.execute(_ALWAYS.encode())
    loader.connection.execute("INSERT INTO t (name) VALUES ('a'), ('b')")
    outcome = load_csv(loader, "id,name\n2,bb\n9,i\n", mode=Mode.UPSERT, keys=("id",))
    assert outcome.state is ImportState.LOADED, outcome.error
    assert loader.query("SELECT id, name FROM t ORDER BY id") == [(1, "a"), (2, "bb"), (9, "i")]


def test_a_computed_column_is_told_as_what_it_is(loader: Loader) -> None:
    loader.connection.execute("CREATE TABLE t (net int, gross int GENERATED ALWAYS AS (net * 2) STORED)")
    outcome = load_csv(loader, "net,gross\n1,2\n")
    assert outcome.error
    assert outcome.error.kind == "generated-column"
    assert load_csv(loader, "net,gross\n1,9\n", mapping=(("gross", ""),)).rows_loaded == 1
    assert loader.query("SELECT gross FROM t") == [(2,)]


@pytest.mark.parametrize("declared", ["serial", "bigserial", "int GENERATED BY DEFAULT AS IDENTITY"])
def test_sequences_go_on_after_the_values_of_a_sheet(loader: Loader, declared: str) -> None:
    loader.connection.execute(f"CREATE TABLE t (id {declared} PRIMARY KEY, name text)".encode())
    trial = load_csv(loader, "id,name\n5,a\n", dry_run=True)
    assert told(trial, "sequence-moved")
    assert loader.query("INSERT INTO t (name) VALUES ('first') RETURNING id") == [(1,)]
    moved = load_csv(loader, "id,name\n5,a\n3,b\n")
    assert told(moved, "sequence-moved")
    assert loader.query("INSERT INTO t (name) VALUES ('next') RETURNING id") == [(6,)]
    assert not told(load_csv(loader, "id,name\n4,c\n", name="t"), "sequence-moved")
    assert loader.query("INSERT INTO t (name) VALUES ('next') RETURNING id") == [(7,)]


@pytest.mark.parametrize("key", ["PRIMARY KEY", "UNIQUE"])
@pytest.mark.parametrize("mode", [Mode.UPSERT, Mode.SKIP])
def test_a_deferrable_key_is_matched_by_anti_join(loader: Loader, key: str, mode: Mode) -> None:
    loader.connection.execute(f"CREATE TABLE t (id int {key} DEFERRABLE INITIALLY DEFERRED, v text)".encode())
    loader.connection.execute("INSERT INTO t VALUES (1, 'old')")
    outcome = load_csv(loader, "id,v\n1,new\n2,two\n", mode=mode, keys=("id",))
    assert outcome.state is ImportState.LOADED, outcome.error
    assert told(outcome, "key-without-index")
    first = "new" if mode is Mode.UPSERT else "old"
    assert loader.query("SELECT id, v FROM t ORDER BY id") == [(1, first), (2, "two")]


def test_an_upsert_of_some_columns_changes_rows_and_makes_none(loader: Loader) -> None:
    loader.connection.execute("CREATE TABLE t (id int PRIMARY KEY, name text NOT NULL, price numeric)")
    loader.connection.execute("INSERT INTO t VALUES (1, 'a', 1), (2, 'b', 1), (3, 'c', 1)")
    outcome = load_csv(loader, "id,price\n1,9.5\n7,1\n2,8.5\n", mode=Mode.UPSERT)
    assert (outcome.state, outcome.rows_loaded) == (ImportState.LOADED, 2), outcome.error
    assert [reject.cell for reject in outcome.rejects] == ["A3"]
    assert "name" in outcome.rejects[0].reason
    assert loader.query("SELECT id, name, price::text FROM t ORDER BY id") == [
        (1, "a", "9.5"),
        (2, "b", "8.5"),
        (3, "c", "1"),
    ]


@pytest.mark.parametrize("mode", [Mode.APPEND, Mode.UPSERT])
def test_rows_that_a_policy_does_not_allow_are_rejected_one_by_one(loader: Loader, mode: Mode) -> None:
    loader.connection.execute("CREATE TABLE t (tenant text, v int PRIMARY KEY)")
    loader.connection.execute("ALTER TABLE t ENABLE ROW LEVEL SECURITY; ALTER TABLE t FORCE ROW LEVEL SECURITY")
    loader.connection.execute("CREATE POLICY p ON t USING (tenant = 'a') WITH CHECK (tenant = 'a')")
    loader.connection.execute("CREATE ROLE of_tenant LOGIN PASSWORD 'x'")
    loader.connection.execute(
        "GRANT SELECT, INSERT, UPDATE ON t TO of_tenant; GRANT USAGE ON SCHEMA public TO of_tenant"
    )
    try:
        plain = loader.target
        loader.target = replace(plain, user="of_tenant", password=Secret("x"))
        outcome = load_csv(loader, "tenant,v\na,1\nb,3\na,2\n", mode=mode, ledger=False, schema="public")
    finally:
        loader.target = plain
        loader.connection.execute("DROP TABLE t; DROP OWNED BY of_tenant; DROP ROLE of_tenant")
    assert (outcome.state, outcome.rows_loaded) == (ImportState.LOADED, 2), outcome.error
    assert [reject.row for reject in outcome.rejects] == [3]
    assert "policy" in outcome.rejects[0].reason


def test_keys_are_the_same_as_their_type_says(loader: Loader) -> None:
    loader.connection.execute("CREATE EXTENSION IF NOT EXISTS citext SCHEMA public")
    loader.connection.execute("CREATE TABLE t (code public.citext PRIMARY KEY, qty int)")
    loader.connection.execute("INSERT INTO t VALUES ('ABC', 1)")
    outcome = load_csv(loader, "code,qty\nabc,5\nXYZ,6\nxyz,7\n", mode=Mode.UPSERT, keys=("code",))
    assert [reject.row for reject in outcome.rejects] == [3, 4]
    assert loader.query("SELECT code::text, qty FROM t") == [("ABC", 5)]


def test_a_replace_of_a_table_that_others_refer_to_names_them_and_a_way_out(loader: Loader) -> None:
    loader.connection.execute("CREATE TABLE t (id int PRIMARY KEY, name text)")
    loader.connection.execute("CREATE TABLE child (t_id int REFERENCES t (id))")
    loader.connection.execute("INSERT INTO t VALUES (1, 'old'); INSERT INTO child VALUES (1)")
    outcome = load_csv(loader, "id,name\n1,new\n2,two\n", mode=Mode.REPLACE)
    assert outcome.error
    assert "child" in outcome.error.message
    assert "upsert" in str(outcome.error.hint)
    assert loader.query("SELECT name FROM t") == [("old",)]
