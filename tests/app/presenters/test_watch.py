"""The watched folder as a whole: files are imported by the plan, moved, and never loaded twice."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import psycopg
import pytest
import xlsxwriter
from PySide6.QtWidgets import QApplication

from app.context.run_context import RunContext, make_context
from app.presenters.database import DatabaseFlow
from app.presenters.watch import WatchFlow
from app.services.plan_files import save_plan_file
from workers.bridges.ui_calls import UiCalls
from workers.core.jobs.snapshots import JobKind, JobSnapshot, JobState
from workers.core.jobs.spec import JobSpec
from workers.core.model.errors import ErrorInfo, SheetferryError
from workers.core.model.options import ImportOptions, Mode
from workers.core.model.outcomes import ImportOutcome
from workers.core.model.plan_file import SavedPlan
from workers.core.model.tasks import Target
from workers.importing.loading.file_import import run_import


class AtOnce:
    """Calls that need no thread."""

    def start(
        self,
        work: Callable[[], Any],
        success: Callable[[Any], object] | None = None,
        failure: Callable[[BaseException], object] | None = None,
        parent: object = None,
    ) -> None:
        try:
            result = work()
        except (OSError, SheetferryError) as error:
            assert failure is not None
            failure(error)
            return
        if success is not None:
            success(result)


class Quiet:
    """A task context that nobody listens to."""

    def __getattr__(self, name: str) -> Callable[..., None]:
        return lambda *arguments: None


class House:
    """A watched folder, a clock, and a pool that runs jobs when told to."""

    def __init__(self, folder: Path, home: Path, target: Target) -> None:
        self.folder, self.home, self.target = folder, home, target
        self.now = 0.0
        self.specs: list[JobSpec] = []
        self.notices: list[tuple[str, str]] = []
        self.plan = folder.parent / "orders.plan.toml"
        self.flow = self.start()

    def start(self) -> WatchFlow:
        """The program starts."""
        database: Any = SimpleNamespace(current=SimpleNamespace(target=self.target))
        flow = WatchFlow(
            self.context(),
            cast(DatabaseFlow, database),
            cast(UiCalls, AtOnce()),
            submit=self.specs.append,
            clock=lambda: self.now,
        )
        flow.notice.connect(lambda title, text: self.notices.append((title, text)))
        self.flow = flow
        return flow

    def context(self) -> RunContext:
        overrides = {"watch.folder": str(self.folder), "watch.plan": str(self.plan), "watch.settle": 5}
        return make_context({**os.environ, "SHEETFERRY_HOME": str(self.home)}, "window", overrides)

    def look(self, seconds: float) -> None:
        self.now += seconds
        self.flow.look()

    def arrive(self, name: str, *rows: list[Any]) -> None:
        """Somebody puts a workbook into the folder."""
        with xlsxwriter.Workbook(str(self.folder / name)) as book:
            sheet = book.add_worksheet("Data")
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)

    def run(self) -> tuple[ImportOutcome, ...]:
        """The pool does the next job; nobody hears of its end yet."""
        return run_import(self.specs[-1].request, Quiet())

    def end(
        self, state: JobState = JobState.DONE, outcomes: tuple[ImportOutcome, ...] = (), error: ErrorInfo | None = None
    ) -> None:
        """The end of the last job is heard."""
        spec = self.specs[-1]
        job = JobSnapshot(spec.job_id, JobKind.IMPORT, spec.title, "", state, outcomes=outcomes, error=error)
        self.flow.take_jobs((job,))

    def files(self) -> list[str]:
        return sorted(p.relative_to(self.folder).as_posix() for p in self.folder.rglob("*") if p.is_file())


@pytest.fixture
def house(qapp: QApplication, tmp_path: Path, target: Target) -> House:
    folder = tmp_path / "in"
    folder.mkdir()
    save_plan_file(str(tmp_path / "orders.plan.toml"), SavedPlan(ImportOptions(table="orders", mode=Mode.APPEND)))
    return House(folder, tmp_path / "home", target)


OCTOBER = (["Id", "Qty"], [1, 10], [2, 25])


@pytest.mark.db
def test_imported_by_the_plan_moved_and_never_loaded_twice(house: House, connection: psycopg.Connection[Any]) -> None:
    house.arrive("october.xlsx", *OCTOBER)
    house.look(0)
    assert house.specs == []
    house.look(5)
    house.look(5)
    assert len(house.specs) == 1
    outcomes = house.run()
    assert [(o.state.value, o.table) for o in outcomes] == [("loaded", "public.orders")]

    # The program is killed after the commit, before the file was moved; at the next start it is found again.
    house.start()
    house.look(1)
    house.look(5)
    assert len(house.specs) == 2
    again = house.run()
    assert [o.state.value for o in again] == ["unchanged"]
    house.end(outcomes=again)
    assert house.files() == ["done/october.xlsx"]
    assert connection.execute("SELECT count(*) FROM orders").fetchall() == [(2,)]


@pytest.mark.db
def test_a_failure_goes_to_failed_with_its_reason(house: House) -> None:
    (house.folder / "broken.xlsx").write_bytes(b"PK\x03\x04 nothing")
    house.look(0)
    house.look(5)
    with pytest.raises(SheetferryError) as caught:
        house.run()
    house.end(JobState.FAILED, error=caught.value.info)
    assert house.files() == ["failed/broken.xlsx", "failed/broken.xlsx.txt"]
    said = (house.folder / "failed" / "broken.xlsx.txt").read_text(encoding="utf-8")
    assert caught.value.info.message in said
    assert house.notices == [("broken.xlsx was not imported", caught.value.info.message)]


@pytest.mark.db
def test_a_database_that_is_away_and_a_cancel_leave_the_file_where_it_is(house: House) -> None:
    house.arrive("october.xlsx", *OCTOBER)
    house.look(0)
    house.look(5)
    house.end(JobState.FAILED, error=ErrorInfo("unreachable", "The server does not answer."))
    house.look(59)
    assert len(house.specs) == 1
    house.look(1)
    assert len(house.specs) == 2
    house.end(JobState.CANCELLED)
    house.look(1000)
    assert len(house.specs) == 2
    assert house.files() == ["october.xlsx"]
    assert house.notices == []


@pytest.mark.db
def test_a_plan_that_cannot_be_read_is_said_once_and_nothing_is_imported(house: House) -> None:
    house.arrive("october.xlsx", *OCTOBER)
    house.plan.write_text("sheetferry_plan = 1\nnonsense = 1\n", encoding="utf-8")
    for _ in range(3):
        house.look(5)
    assert house.specs == []
    assert [title for title, _ in house.notices] == ["The watched folder cannot be used"]
    save_plan_file(
        str(house.plan), SavedPlan(ImportOptions(table="orders", mode=Mode.APPEND, again=True, ledger=False))
    )
    house.look(5)
    house.look(5)
    (spec,) = house.specs
    assert (spec.request.options.again, spec.request.options.ledger) == (False, True)


@pytest.mark.db
@pytest.mark.skipif(sys.platform == "win32", reason="links are a Unix matter")
def test_a_link_that_takes_the_place_of_a_file_is_not_followed(house: House, tmp_path: Path) -> None:
    private = tmp_path / "salaries.xlsx"
    house.arrive("october.xlsx", *OCTOBER)
    (house.folder / "october.xlsx").rename(private)
    house.arrive("october.xlsx", *OCTOBER)
    house.look(0)
    house.look(5)
    (house.folder / "october.xlsx").unlink()
    (house.folder / "october.xlsx").symlink_to(private)
    with pytest.raises(SheetferryError):
        house.run()


@pytest.mark.db
def test_mended_rejects_are_taken_only_where_the_plan_says_so(house: House) -> None:
    house.arrive("october.xlsx", *OCTOBER)
    house.look(0)
    house.look(5)
    assert house.specs[-1].request.options.mended_rejects is False
    save_plan_file(str(house.plan), SavedPlan(ImportOptions(table="orders", mode=Mode.APPEND, mended_rejects=True)))
    house.end(JobState.FAILED, error=ErrorInfo("unreachable", "The server does not answer."))
    house.look(60)
    assert house.specs[-1].request.options.mended_rejects is True


@pytest.mark.db
@pytest.mark.skipif(sys.platform == "win32", reason="there, who may write is a matter of access lists")
def test_a_plan_that_everybody_can_change_is_not_followed(house: House) -> None:
    house.arrive("october.xlsx", *OCTOBER)
    house.plan.chmod(0o666)
    house.look(0)
    house.look(5)
    assert house.specs == []
    assert [title for title, _ in house.notices] == ["The watched folder cannot be used"]
    assert str(house.plan) in house.notices[0][1]
    house.plan.chmod(0o644)
    house.look(5)
    house.look(5)
    assert len(house.specs) == 1
