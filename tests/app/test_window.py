"""The wired window, driven by its own widgets: from a dropped workbook to rows in a real database and back."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
import xlsxwriter
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.composition import App, build
from app.context.run_context import make_context
from app.presenters.table_preview import TableLook
from tests.fixtures_database import make_server_home
from widgets.importing.view_data import TableDraft
from workers.core.jobs.snapshots import JobSnapshot, JobState
from workers.core.model.options import Mode, PgType
from workers.core.model.outcomes import ImportState
from workers.core.model.plans import Finding
from workers.core.model.tasks import Target
from workers.database.targets import url_with_password

pytestmark = [pytest.mark.db, pytest.mark.slow]
_PATIENCE = 120_000


@pytest.fixture(scope="module")
def app(qapp: QApplication, server_target: Target) -> Iterator[App]:
    """The program as it runs, on the tests' server, in a home of its own; ended by closing its window."""
    looks = qapp.palette(), qapp.styleSheet(), qapp.font(), qapp.style().name()
    home = make_server_home()
    url = url_with_password(server_target)
    environ = {"SHEETFERRY_HOME": str(home), "SHEETFERRY_DATABASE_URL": url, "CPU_EXECUTOR_WORKERS": "1"}
    program = build(make_context(environ, "window", {}))
    program.start(())
    ended: list[bool] = []
    program.shutdown.finished.connect(lambda: ended.append(True))
    yield program
    program.window.close()
    bot = QtBot.__new__(QtBot)
    for _ in range(_PATIENCE // 50):
        if ended:
            break
        bot.wait(50)
    program.deleteLater()
    program.window.deleteLater()
    bot.wait(50)
    qapp.setPalette(looks[0])
    qapp.setStyleSheet(looks[1])
    qapp.setFont(looks[2])
    qapp.setStyle(looks[3])
    qapp.setQuitOnLastWindowClosed(True)
    shutil.rmtree(home, ignore_errors=True)
    assert ended, "closing the window did not end the program"


_numbers = itertools.count(1)


@pytest.fixture
def orders(tmp_path: Path) -> Path:
    """Forty orders: one quantity is a text, a total below. Headers like no other test's, so that none is remembered."""
    path = tmp_path / "window orders.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Orders")
        sheet.write_row(0, 0, [f"Order {next(_numbers)}", "Qty", "Price"])
        for row in range(1, 41):
            sheet.write_row(row, 0, [f"A{row:03}", "12 pcs" if row == 7 else row, row * 1.5])
        sheet.write_row(41, 0, ["Total", 808, 1230.0])
    return path


def open_file(app: App, bot: QtBot, path: Path) -> TableDraft:
    """Drop a file and wait until its first table is shown and its target was looked at."""
    app.window.paths_dropped.emit([str(path)])

    def shown() -> TableDraft | None:
        draft = app.import_page.current_draft()
        return draft if draft is not None and draft.ref.path == str(path) else None

    bot.waitUntil(lambda: shown() is not None and app.import_page.footer.button.isEnabled(), timeout=_PATIENCE)
    draft = shown()
    assert draft is not None
    return draft


def finding(app: App, code: str) -> Finding | None:
    """A finding of the shown table."""
    draft = app.import_page.current_draft()
    assert draft is not None
    entry = app.import_page.files.model.entry(draft.ref.path)
    shared = entry.survey.sheets[0].findings if entry is not None and entry.survey is not None else ()
    return next((f for f in (*draft.plan.findings, *shared) if f.code == code), None)


def choose(app: App, code: str, choice: str) -> None:
    """Make a choice of the health list."""
    found = finding(app, code)
    assert found is not None
    app.import_page.health.choice_made.emit(found, choice)


def press_import(app: App, bot: QtBot) -> JobSnapshot:
    """Press the button and wait for the job's end."""
    before = {job.job_id for job in app.queue_page.model.jobs()}
    bot.mouseClick(app.import_page.footer.button, Qt.MouseButton.LeftButton)

    def ended() -> list[JobSnapshot]:
        return [j for j in app.queue_page.model.jobs() if j.job_id not in before and j.state.ended and j.outcomes]

    bot.waitUntil(lambda: bool(ended()), timeout=_PATIENCE)
    return ended()[0]


def rows_of(target: Target, statement: str) -> list[tuple[object, ...]]:
    with closing(psycopg.connect(**target.libpq("test"), autocommit=True)) as connection:
        return connection.execute(statement.encode()).fetchall()


def test_from_a_dropped_workbook_to_the_table_and_back(
    app: App, qtbot: QtBot, orders: Path, server_target: Target, tmp_path: Path
) -> None:
    page = app.import_page
    draft = open_file(app, qtbot, orders)
    assert (draft.options.table, draft.plan.rows) == ("window_orders", 40)
    assert draft.plan.columns[1].type is PgType.TEXT

    choose(app, "mixed-kinds", "bigint")
    qtbot.waitUntil(lambda: finding(app, "misfits") is not None, timeout=_PATIENCE)
    choose(app, "total-row", "load")
    current = page.current_draft()
    assert current is not None
    assert (current.plan.rows, current.plan.columns[1].type) == (41, PgType.BIGINT)
    choose(app, "total-row", "leave out")
    assert "39" in page.footer.button.text()

    job = press_import(app, qtbot)
    assert job.state is JobState.DONE
    outcome = job.outcomes[0]
    assert (outcome.state, outcome.rows_loaded, outcome.rows_rejected) == (ImportState.LOADED, 39, 1)
    assert rows_of(server_target, "SELECT count(*), sum(qty) FROM window_orders") == [(39, 813)]
    assert app.window.current_page == "queue"
    qtbot.waitUntil(lambda: [j.job_id for j in app.queue_page.selected_jobs()] == [job.job_id], timeout=_PATIENCE)

    look = app.looks.open("public.window_orders")
    qtbot.waitUntil(lambda: look.model.rowCount() == 39, timeout=_PATIENCE)
    copy = tmp_path / "copy.csv"
    served = look.findChild(TableLook)
    assert served is not None
    served.export(copy)
    qtbot.waitUntil(copy.exists, timeout=_PATIENCE)
    assert len(copy.read_text("utf-8-sig").splitlines()) == 40
    look.close()

    app.queue_page.remedy_requested.emit(job.job_id, "receipt")
    qtbot.waitUntil(lambda: app.history_page.selected() is not None, timeout=_PATIENCE)
    assert app.window.current_page == "history"
    app.history_page.undo_confirmed.emit(outcome.import_id)
    gone = "SELECT to_regclass('window_orders') IS NULL"
    qtbot.waitUntil(lambda: rows_of(server_target, gone) == [(True,)], timeout=_PATIENCE)


def test_a_range_that_cannot_be_read_is_taken_back_and_said(app: App, qtbot: QtBot, orders: Path) -> None:
    page = app.import_page
    draft = open_file(app, qtbot, orders)
    page.preview.range_changed.emit("no such name")
    qtbot.waitUntil(lambda: not page.banner.isHidden(), timeout=_PATIENCE)
    back = page.current_draft()
    assert back is not None
    assert back.options.cell_range is None
    assert back.plan.area == draft.plan.area

    page.preview.range_changed.emit("A1:B11")
    qtbot.waitUntil(lambda: (d := page.current_draft()) is not None and d.plan.rows == 10, timeout=_PATIENCE)
    narrowed = page.current_draft()
    assert narrowed is not None
    assert narrowed.options.cell_range == "A1:B11"
    assert page.banner.isHidden()


def test_a_failed_import_loads_the_other_rows_when_told_so(
    app: App, qtbot: QtBot, tmp_path: Path, server_target: Target
) -> None:
    path = tmp_path / "keyed.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Orders")
        for number, row in enumerate([["Code", "N"], ["a", 1], ["b", 2], ["b", 3], ["c", 4]]):
            sheet.write_row(number, 0, row)
    page = app.import_page
    open_file(app, qtbot, path)
    page.target.changed.emit("", "window_keyed", Mode.UPSERT.value, ())
    qtbot.waitUntil(lambda: not page.footer.button.isEnabled(), timeout=_PATIENCE)
    page.target.changed.emit("", "window_keyed", Mode.UPSERT.value, ("code",))
    qtbot.waitUntil(page.footer.button.isEnabled, timeout=_PATIENCE)

    job = press_import(app, qtbot)
    assert job.state is JobState.FAILED
    assert job.outcomes[0].rows_rejected == 2

    app.queue_page.cell_opened.emit(job.job_id, "A3")
    assert app.window.current_page == "import"
    qtbot.waitUntil(lambda: page.preview.view.currentIndex().isValid(), timeout=_PATIENCE)
    assert page.preview.view.grid.excel_row(page.preview.view.currentIndex().row()) == 3

    app.queue_page.remedy_requested.emit(job.job_id, "load-others")
    there = "SELECT count(*) FROM pg_class WHERE relname = 'window_keyed'"
    qtbot.waitUntil(lambda: rows_of(server_target, there) == [(1,)], timeout=_PATIENCE)
    assert rows_of(server_target, "SELECT code FROM window_keyed ORDER BY 1") == [("a",), ("c",)]
    assert page.current_draft() is not None


def test_recent_files_are_kept(app: App, qtbot: QtBot, orders: Path) -> None:
    open_file(app, qtbot, orders)
    kept = Path(app.window_state._path.parent) / "recent.json"
    qtbot.waitUntil(lambda: kept.exists() and str(orders) in kept.read_text(), timeout=_PATIENCE)
