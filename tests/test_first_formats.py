"""What the first version wrote is read by every later one: databases, queue, settings, plans and the small files.

The contents were made by the program of that day, see `tests.fixtures.make_formats`; they are never made anew.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
import pytest

from app.context.settings_store import SettingsStore
from app.presenters.recent import RecentFiles
from app.services.plan_files import load_plan_file
from tests.fixtures.formats_1_values import (
    CONNECTIONS,
    ESTIMATES,
    INTERRUPTED,
    NOW,
    PLANS,
    RECENT,
    RECORDS,
    SETTINGS,
    STATUS,
    TEMPLATES,
    WAITING,
    series_table,
)
from tests.workers.importing.loading.conftest import RecordingContext
from workers.core.jobs.snapshots import JobState
from workers.core.model.errors import UserError
from workers.core.model.outcomes import ImportState
from workers.core.model.tasks import ImportRequest, Target
from workers.core.model.undo_report import UndoReport, UndoRequest
from workers.core.settings.resolve import Settings, resolve
from workers.core.settings.schema import SettingContext
from workers.database.ledger.history import HistoryEntry, read_choices, read_history, read_rejects
from workers.database.ledger.schema import ensure_ledger
from workers.database.local.saved_connections import SavedConnections
from workers.database.local.store import LocalStore
from workers.importing.loading.undo.undo import run_undo
from workers.importing.loading.undo.undo_log import ensure_kept
from workers.monitor.series_file import SeriesFile
from workers.monitor.status_file import StatusFile
from workers.pool.durable.estimates_file import EstimatesFile
from workers.pool.durable.job_records import from_record

FORMATS = Path(__file__).parent / "fixtures" / "formats_1"


def fixture_text(name: str) -> str:
    """A fixture's text."""
    return (FORMATS / name).read_text(encoding="utf-8")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home folder as the first version left it."""
    for name in ("settings.toml", "recent.json", "connections.json", "memory-factors.json", "monitor.series"):
        shutil.copy(FORMATS / name, tmp_path / name)
    with closing(sqlite3.connect(tmp_path / "queue.sqlite")) as made:
        made.executescript(fixture_text("queue.sql"))
    return tmp_path


@pytest.fixture
def store(home: Path) -> Iterator[LocalStore]:
    """Today's local store on the queue of the first version."""
    opened = LocalStore(home, clock=lambda: NOW)
    assert opened.set_aside is None
    yield opened
    opened.close()


@pytest.fixture
def restored(target: Target, connection: psycopg.Connection[Any]) -> psycopg.Connection[Any]:
    """A fresh database into which the dump of the first version was put, brought up to date by today's program."""
    with closing(psycopg.connect(**target.libpq("test"), autocommit=True)) as other:
        other.execute(fixture_text("target.sql").encode())
    assert ensure_ledger(connection).available
    assert ensure_kept(connection)
    return connection


def entry(connection: psycopg.Connection[Any], table: str, mode: str) -> HistoryEntry:
    """The one import of that table and mode."""
    (found,) = [e for e in read_history(connection) if (e.target_table, e.mode) == (f"public.{table}", mode)]
    return found


def undo(target: Target, import_id: str) -> UndoReport:
    """Take an import back with today's code."""
    return run_undo(UndoRequest(str(uuid.uuid4()), import_id, target, False), RecordingContext())


# ---- the target database


def test_the_history_lists_every_import_with_its_outcome(restored: psycopg.Connection[Any]) -> None:
    found = {(e.target_table, e.mode): e for e in read_history(restored)}
    numbers = {key: (e.rows_read, e.rows_loaded, e.rows_rejected, e.rows_skipped) for key, e in found.items()}
    assert numbers == {
        ("public.orders", "create"): (3, 3, 0, 0),
        ("public.orders", "append"): (2, 2, 0, 0),
        ("public.orders", "upsert"): (2, 2, 0, 0),
        ("public.orders", "skip"): (2, 1, 0, 1),
        ("public.plain", "create"): (3, 3, 0, 0),
        ("public.plain", "upsert"): (2, 2, 0, 0),
        ("public.stock", "create"): (3, 2, 1, 0),
        ("public.swapped", "create"): (3, 3, 0, 0),
        ("public.swapped", "replace"): (2, 2, 0, 0),
        ("public.taken_back", "create"): (3, 3, 0, 0),
    }
    raw = dict(restored.execute("SELECT import_id::text, state FROM sheetferry.imports").fetchall())
    states = {key: raw[e.import_id] for key, e in found.items()}
    assert states.pop(("public.swapped", "create")) == "superseded"
    assert states.pop(("public.taken_back", "create")) == "undone"
    assert set(states.values()) == {"loaded"}
    assert found["public.swapped", "create"].ended_by == found["public.swapped", "replace"].import_id
    for one in found.values():
        assert one.outcome is not None
        assert one.outcome.state is ImportState.LOADED
        assert one.outcome.sums or one.target_table == "public.stock"


def test_the_rejects_and_the_choices_of_an_import_come_out(restored: psycopg.Connection[Any]) -> None:
    stock = entry(restored, "stock", "create")
    (reject,) = read_rejects(restored, stock.import_id)
    assert (reject.source_row, reject.source_cell, reject.value) == (3, "B3", "none left")
    assert reject.row["sku"] == "a-2"
    choices = read_choices(restored, stock.import_id)
    assert choices is not None
    assert choices[0].max_rejects.rows == 1
    assert [(c.name, c.type.value) for c in choices[1].columns] == [("sku", "text"), ("stock", "bigint")]


def test_imports_with_lineage_are_undone_in_a_restored_database(
    restored: psycopg.Connection[Any], target: Target
) -> None:
    def orders() -> list[tuple[Any, ...]]:
        return restored.execute("SELECT order_no, customer, amount FROM public.orders ORDER BY 1").fetchall()

    skip = undo(target, entry(restored, "orders", "skip").import_id)
    assert (skip.state, skip.rows_removed) == ("undone", 1), skip.error
    restored.execute("UPDATE public.orders SET customer = 'edited' WHERE order_no = 6")
    upsert = undo(target, entry(restored, "orders", "upsert").import_id)
    assert (upsert.state, upsert.rows_removed, upsert.rows_restored, upsert.rows_kept) == ("undone", 0, 1, 1)
    append = undo(target, entry(restored, "orders", "append").import_id)
    assert (append.state, append.rows_removed) == ("undone", 2), append.error
    assert orders() == [(1, "Ann", 12.5), (2, "Béla", 7.0), (3, "陈", 30.25), (6, "edited", 6.0)]
    again = undo(target, append.import_id)
    assert again.error is not None
    assert again.error.kind == "not-in-force"


def test_a_replace_is_undone_in_a_restored_database(restored: psycopg.Connection[Any], target: Target) -> None:
    report = undo(target, entry(restored, "swapped", "replace").import_id)
    assert (report.state, report.rows_removed, report.rows_restored) == ("undone", 2, 3), report.error
    assert restored.execute("SELECT array_agg(order_no ORDER BY 1) FROM public.swapped").fetchone() == ([1, 2, 3],)


def test_a_table_without_lineage_is_undone_where_it_was_made(restored: psycopg.Connection[Any], target: Target) -> None:
    # Its rows do not tell their import, so a restored table is found by its oid alone; a server of old has that.
    restored.execute("UPDATE sheetferry.imports SET target_oid = target_table::regclass WHERE target_table ~ 'plain'")
    upsert = undo(target, entry(restored, "plain", "upsert").import_id)
    assert (upsert.state, upsert.rows_removed, upsert.rows_restored) == ("undone", 1, 1), upsert.error
    create = undo(target, entry(restored, "plain", "create").import_id)
    assert (create.state, create.rows_removed, create.table_dropped) == ("undone", 3, True), create.error


def test_the_steps_of_the_first_ledger_are_counted_and_not_made_again(restored: psycopg.Connection[Any]) -> None:
    first = restored.execute("SELECT min(step), count(*) FILTER (WHERE step = 1) FROM sheetferry.schema_steps")
    assert first.fetchone() == (1, 1)
    assert restored.execute("SELECT count(*) FROM sheetferry.imports").fetchone() == (10,)


# ---- this workstation's store


def test_waiting_and_interrupted_jobs_come_back(store: LocalStore) -> None:
    left = store.abandoned_jobs()
    assert [(job.state, job.attempts, job.surface) for job in left] == [
        (JobState.WAITING, 0, "window"),
        (JobState.RUNNING, 1, "window"),
        (JobState.WAITING, 0, "window"),
    ]
    specs = {job.title: from_record(job) for job in left}
    for path, options in WAITING:
        request = specs[Path(path).name].request
        assert isinstance(request, ImportRequest)
        assert (request.path, request.options) == (path, options)
        assert replace(request.target, label="") == CONNECTIONS["warehouse"]
    assert specs["first.xlsx"].limits.soft == SETTINGS["limits.soft"]
    assert next(job.backend for job in left if job.title == "cut off") == INTERRUPTED
    store.register_instance("window")
    assert all(store.adopt(job.job_id) for job in left)
    assert [job.title for job in store.waiting_jobs()] == [Path(path).name for path, _ in WAITING]


def test_the_local_history_is_read(store: LocalStore) -> None:
    found = store.history(archived=True)
    assert len(found) == 11
    assert sum(entry.outcome.state is ImportState.FAILED for entry in found) == 1
    (stock,) = [e for e in store.history("stock.xlsx") if e.outcome.state is ImportState.LOADED]
    assert [(r.row, r.cell, r.value) for r in stock.outcome.rejects] == [(3, "B3", "none left")]


def test_templates_and_the_memory_of_the_monitor_are_read(store: LocalStore) -> None:
    assert tuple(store.templates.recent()) == TEMPLATES
    assert store.monitor.load(NOW) == RECORDS


# ---- files


def test_the_settings_have_their_values(home: Path) -> None:
    loaded = SettingsStore(home).load()
    assert (loaded.values, loaded.problems, loaded.set_aside) == (SETTINGS, (), None)
    context = SettingContext(
        cores=8, profile="production", surface="window", memory=1 << 34, worker_cap=60, home=str(home)
    )
    settings: Settings = resolve(loaded.values, {}, {}, context)
    assert (settings.integer("workers.count"), settings.number("limits.soft")) == (3, 90.5)
    assert (settings.text("import.errors"), settings.number("alerts.memory.warning")) == ("text", 71)


@pytest.mark.parametrize("name", PLANS)
def test_a_plan_gives_the_same_choices(name: str) -> None:
    assert load_plan_file(str(FORMATS / f"{name}.plan.toml")).options == PLANS[name].options


def test_a_plan_of_a_later_version_is_refused(tmp_path: Path) -> None:
    later = tmp_path / "later.plan.toml"
    later.write_text(fixture_text("plain.plan.toml").replace("sheetferry_plan = 1", "sheetferry_plan = 99"))
    with pytest.raises(UserError, match="version 99"):
        load_plan_file(str(later))


def test_the_charts_go_on_with_their_history(home: Path) -> None:
    expected, table = series_table(), series_table(filled=False)
    assert SeriesFile(home).load(table, since=NOW) == 45
    for metric in expected.metrics:
        assert list(table.full.column(metric)) == list(expected.full.column(metric))
        assert list(table.most.column(metric)) == list(expected.most.column(metric))


def test_the_small_files_are_read(home: Path) -> None:
    assert [(one.path, one.day) for one in RecentFiles(home).load()] == list(RECENT)
    assert EstimatesFile(home).load().factors == ESTIMATES
    connections = SavedConnections(home)
    assert {name: replace(connections.target(name), label="") for name in connections.names()} == CONNECTIONS


def test_the_status_of_a_running_window_is_read(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (home / "status.json").write_text(fixture_text("status.json"), encoding="utf-8")
    monkeypatch.setattr("psutil.pid_exists", lambda pid: pid == json.loads(fixture_text("status.json"))["pid"])
    assert StatusFile(home, wall=lambda: NOW).read() == STATUS


def test_a_receipt_says_what_it_said(restored: psycopg.Connection[Any]) -> None:
    receipt: Callable[[str], Any] = json.loads(fixture_text("receipt.json")).__getitem__
    stock = entry(restored, "stock", "create")
    assert stock.outcome is not None
    assert receipt("import_id") == stock.import_id
    assert (receipt("rows_read"), receipt("rows_rejected"), receipt("state_now")) == (3, 1, "loaded")
    assert set(stock.outcome.to_json()) <= set(json.loads(fixture_text("receipt.json")))
    assert stock.import_id in fixture_text("receipt.html")
