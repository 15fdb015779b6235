"""The pictures of the README: the real window at work on workbooks made here, light and dark.

    python -m tests.screenshots [--to FOLDER]

Takes about three minutes. Needs no screen.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import xlsxwriter
from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QTimer

import resources
from app.composition import App, build
from app.context.run_context import make_context
from tests.fixtures_database import make_server_home
from widgets.theme import ColorMode
from workers.core.jobs.snapshots import JobState
from workers.core.model.options import Mode
from workers.database.embedded.server import EmbeddedServer

WIDTH, HEIGHT = 1440, 900
BIG = ("readings-2026-07.xlsx", "readings-2026-08.xlsx")
_PATIENCE = 90.0
_MINUTE = 60.0
_ROUNDS = 14
_MODES = (ColorMode.LIGHT, ColorMode.DARK)


def wait(seconds: float) -> None:
    """Let the window live."""
    loop = QEventLoop()
    QTimer.singleShot(int(seconds * 1000), loop.quit)
    loop.exec()


def wait_for(condition: Callable[[], object], what: str) -> None:
    """Let the window live until `condition` holds.

    Raises:
        TimeoutError: when it does not come to that.
    """
    deadline = time.monotonic() + _PATIENCE
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError(what)
        wait(0.05)


def make_book(path: Path, rows: int) -> Path:
    """Measurements of some stations."""
    chance = random.Random(20261001)
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Readings")
        sheet.write_row(0, 0, ["Station", "Sensor", "Reading", "Temperature", "Humidity", "Remark"])
        for row in range(1, rows + 1):
            station = f"ST-{chance.randrange(900):04}"
            figures = [chance.randrange(10_000), round(chance.uniform(-20, 38), 1), round(chance.uniform(10, 100), 1)]
            sheet.write_row(row, 0, [station, f"s{row % 7}", *figures, "ok" if row % 11 else "late"])
    return path


class Photographer:
    """Drives the window and takes the pictures."""

    def __init__(self, app: App, books: Path, target: Path) -> None:
        """Take pictures of `app` into `target`; `books` is a folder for workbooks."""
        self.app, self.books, self.target = app, books, target
        self.began = time.monotonic()

    def take(self, name: str) -> None:
        """The window as it is."""
        wait(0.5)
        path = self.target / f"{name}-{self.app.theme.mode.value}.png"
        if not self.app.window.grab().save(str(path)):
            raise OSError(f"{path} could not be written")
        print(path.name, f"{path.stat().st_size // 1024} KB", flush=True)

    def import_page(self) -> None:
        """A workbook with its troubles, one choice made."""
        app, page = self.app, self.app.import_page
        stations = self.books / "stations-september.xlsx"
        sample = str(resources.path("samples/orders-october.xlsx"))
        app.window.paths_dropped.emit([sample, str(stations)])
        wait_for(lambda: len(page.checked_drafts()) == 3, "the files are not read")
        wait_for(lambda: (d := page.current_draft()) is not None and d.ref.path == sample, "the sample is not shown")
        page.target.changed.emit("", "orders", Mode.CREATE.value, ())
        draft = page.current_draft()
        assert draft is not None
        mixed = next(f for f in draft.plan.findings if f.code == "mixed-kinds")
        page.health.choice_made.emit(mixed, "bigint")
        wait_for(lambda: page.preview.view.grid.rowCount() > 10, "there is no preview")
        wait(2.0)
        page.go_to_cell("D194")
        app.window.show_page("import")
        self.take("import")

    def queue_page(self) -> None:
        """Imports that run, wait, are done, and one that failed."""
        app, page = self.app, self.app.import_page
        page.footer.button.click()
        wait_for(lambda: any(j.state is JobState.DONE for j in app.queue_page.model.jobs()), "nothing was loaded")
        draft = page.current_draft()
        assert draft is not None
        again = replace(draft, options=replace(draft.options, again=True))
        page.import_requested.emit([again], False)
        wait_for(lambda: any(j.state is JobState.FAILED for j in app.queue_page.model.jobs()), "nothing has failed")
        failed = next(j for j in app.queue_page.model.jobs() if j.state is JobState.FAILED)
        big = [self.books / name for name in BIG]
        known = len(page.checked_drafts())
        app.window.paths_dropped.emit([str(path) for path in big])
        wait_for(lambda: len(page.checked_drafts()) == known + 2, "the big files are not read")
        drafts = [d for d in page.checked_drafts() if "readings" in d.ref.path or "stations" in d.ref.path]
        page.import_requested.emit(sorted(drafts, key=lambda d: "stations" in d.ref.path), False)
        wait_for(lambda: any(j.rows > 40_000 for j in app.queue_page.model.jobs()), "nothing runs")
        app.window.show_page("queue")
        app.queue_page.select(failed.job_id)
        self.take("queue")

    def monitor_page(self) -> None:
        """Charts of a minute of work, the pool still at it."""
        app, page = self.app, self.app.import_page
        big = [draft for draft in page.checked_drafts() if "readings" in draft.ref.path]
        again = [replace(draft, options=replace(draft.options, again=True, mode=Mode.REPLACE)) for draft in big]
        for _ in range(_ROUNDS):
            page.import_requested.emit(again, False)
        app.window.show_page("monitor")
        app.monitoring.monitor_page.show_minutes(1)
        wait(max(0.0, _MINUTE - (time.monotonic() - self.began)))
        wait_for(lambda: any(j.rows > 40_000 for j in app.queue_page.model.jobs()), "nothing runs")
        self.take("monitor")
        app.queue_page.cancel_requested.emit([job.job_id for job in app.queue.unfinished])
        wait_for(lambda: not app.queue.unfinished, "the imports do not end")

    def other_pages(self) -> None:
        """Receipts and settings."""
        app = self.app
        app.window.show_page("history")
        wait_for(lambda: app.history_page.model.rowCount() > 0, "there is no history")
        loaded = next(j for j in app.queue_page.model.jobs() if j.outcomes and j.outcomes[0].rows_rejected)
        app.history_page.select(loaded.outcomes[0].import_id)
        wait(0.5)
        self.take("history")
        app.window.show_page("settings")
        self.take("settings")


def main() -> int:
    """Take all pictures: each scheme in a program of its own, so that no change of colours shows in the charts."""
    parser = argparse.ArgumentParser(description="Take the pictures of the README.")
    parser.add_argument("--to", type=Path, default=Path(resources.__file__).parent / "screenshots")
    parser.add_argument("--only", choices=[mode.value for mode in _MODES])
    arguments = parser.parse_args()
    target: Path = arguments.to.absolute()
    target.mkdir(parents=True, exist_ok=True)
    if arguments.only is None:
        command = [sys.executable, "-m", "tests.screenshots", "--to", str(target), "--only"]
        return max(subprocess.run([*command, mode.value], check=False).returncode for mode in _MODES)
    take_all(ColorMode(arguments.only), target)
    return 0


def take_all(mode: ColorMode, target: Path) -> None:
    """Run the program in one colour scheme and take its pictures."""
    home, shelf = make_server_home(), Path(tempfile.mkdtemp(prefix="sheetferry-books-"))
    books = shelf / "field data"
    books.mkdir()
    make_book(books / "stations-september.xlsx", 2_000)
    for name in BIG:
        make_book(books / name, 250_000)
    program = build(make_context({"SHEETFERRY_HOME": str(home)}, "window", {}))
    ended: list[bool] = []
    program.shutdown.finished.connect(lambda: ended.append(True))
    try:
        program.theme.set_mode(mode)
        program.start(())
        program.window.resize(WIDTH, HEIGHT)
        wait_for(lambda: program.database.current, "the database does not come up")
        photographer = Photographer(program, books, target)
        photographer.import_page()
        photographer.queue_page()
        photographer.monitor_page()
        photographer.other_pages()
    finally:
        program.shutdown.begin(cancel=True)
        wait_for(lambda: ended, "the window does not close")
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        EmbeddedServer(home).stop()
        shutil.rmtree(home, ignore_errors=True)
        shutil.rmtree(shelf, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
