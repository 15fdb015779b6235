"""The Explore page's presenter: what is asked, what is shown of the answer, what is kept."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.presenters.database import DatabaseFlow
from app.presenters.explore import ExploreFlow
from app.services.queries import QueryService
from widgets.explore.explore_page import ExplorePage
from widgets.theme import ColorMode, Theme
from workers.bridges.ui_calls import UiCalls
from workers.core.jobs.snapshots import JobKind, JobSnapshot, JobState
from workers.core.jobs.spec import JobSpec
from workers.core.model.errors import ErrorInfo
from workers.core.model.tasks import Target
from workers.core.query.columns import ResultColumn
from workers.core.query.outcome import DecisionWanted, Place, StatementOutcome, StatementState
from workers.core.query.tracking import QuerySnapshot
from workers.database.local.store import LocalStore
from workers.querying.spool.meta import ResultMeta
from workers.querying.spool.rows import format_row

COLUMNS = (ResultColumn("id", "integer"), ResultColumn("name", "text"))


class AtOnce:
    """Calls that need no thread."""

    def start(
        self,
        work: Callable[[], Any],
        success: Callable[[Any], None] | None = None,
        failure: Callable[[BaseException], None] | None = None,
        parent: object = None,
    ) -> None:
        try:
            found = work()
        except Exception as error:  # noqa: BLE001 - handed on, as the real one does
            if failure is not None:
                failure(error)
            return
        if success is not None:
            success(found)


class Database(QObject):
    """A target that is there, without an engine."""

    reached = Signal(object)
    current: Any = SimpleNamespace(target=Target("h", 5432, "u", "d"), engine=None, version="18")


class Pool:
    """Keeps what it is given."""

    def __init__(self) -> None:
        self.specs: list[JobSpec] = []
        self.cancelled: list[str] = []
        self.decided: list[tuple[str, bool]] = []

    def submit(self, spec: JobSpec) -> None:
        self.specs.append(spec)

    def cancel(self, job_id: str) -> None:
        self.cancelled.append(job_id)


class Bench:
    """Page, presenter, service and a pool that runs nothing."""

    def __init__(self, page: ExplorePage, home: Path) -> None:
        self.page, self.pool = page, Pool()
        self.store = LocalStore(home)
        self.service = QueryService(
            home,
            listener=lambda snapshot: None,
            history=self.store.queries,
        )
        self.service.use(self.pool, lambda query_id, commit: self.pool.decided.append((query_id, commit)))
        self.flow = ExploreFlow(
            page,
            self.service,
            cast(DatabaseFlow, Database(page)),
            cast(UiCalls, AtOnce()),
            page,
        )

    def ask(self, text: str) -> JobSpec:
        editor = self.page.editor
        assert editor is not None
        editor.setPlainText(text)
        self.page._on_run_all()
        return self.pool.specs[-1]

    def tell(self, spec: JobSpec, *outcomes: StatementOutcome, over: bool = True, **more: Any) -> None:
        job = JobSnapshot(spec.job_id, JobKind.QUERY, "q", "", JobState.DONE if over else JobState.RUNNING)
        self.flow.take_queries((QuerySnapshot(spec.job_id, "", job=job, outcomes=outcomes, over=over, **more),))

    def keep(self, result_id: str, rows: list[tuple[str | None, ...]], name: str = "") -> None:
        """A result on disk."""
        meta = ResultMeta(result_id, "q", 1, "select 1", "d", COLUMNS, created=time.time(), name=name)
        result = self.service.results.create(meta)
        result.writer.take([format_row(row) for row in rows])
        result.close(StatementState.DONE, 0.1)


@pytest.fixture
def bench(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Bench]:
    theme = Theme(qapp, ColorMode.LIGHT)
    page = ExplorePage(theme)
    qtbot.addWidget(page)
    made = Bench(page, tmp_path)
    made.flow.start()
    yield made
    made.store.close()
    theme.deleteLater()


def test_a_question_goes_into_the_lane_with_its_values(bench: Bench) -> None:
    spec = bench.ask("select :n")
    assert (spec.kind, spec.request.script, spec.request.parameters) == (JobKind.QUERY, "select :n", (("n", None),))
    assert not spec.request.write


def test_writing_is_switched_on_and_answered(bench: Bench) -> None:
    bench.page._write.setChecked(True)
    spec = bench.ask("delete from t")
    assert spec.request.write
    assert not spec.request.commit_unasked
    changed = StatementOutcome(spec.job_id, 1, StatementState.DONE, rows=86, tag="DELETE 86")
    bench.tell(spec, changed, over=False, decision=DecisionWanted(spec.job_id, (changed,), 120))
    assert "DELETE 86" in bench.page.banner.accessibleName()
    bench.page._on_commit()
    assert bench.pool.decided == [(spec.job_id, True)]


def test_an_error_is_shown_at_its_place_in_the_tab(bench: Bench) -> None:
    spec = bench.ask("select nonsense")
    failed = StatementOutcome(
        spec.job_id, 1, StatementState.FAILED, error=ErrorInfo("sql", "Nonsense."), place=Place(1, 8, 7)
    )
    bench.tell(spec, failed)
    view = bench.page.results.view
    assert view is not None
    assert (view.state, view.error, view.place) == ("failed", "Nonsense.", 7)


def test_a_tab_that_was_closed_hears_nothing(bench: Bench) -> None:
    spec = bench.ask("select 1")
    bench.page._on_close_current()
    assert bench.pool.cancelled == [spec.job_id]
    bench.tell(spec, StatementOutcome(spec.job_id, 1, StatementState.DONE))
    assert bench.page.results.view is None


def test_rows_come_from_the_spool_and_are_copied_for_a_spreadsheet(bench: Bench) -> None:
    bench.keep("r1", [("1", "a\tb"), ("2", None), ("3", "")])
    spec = bench.ask("select 1")
    done = StatementOutcome(spec.job_id, 1, StatementState.DONE, rows=3, columns=COLUMNS, result_id="r1")
    bench.tell(spec, done)
    grid = bench.page.results.grid
    grid.rows.value(0, 1)  # asks for the page
    assert [grid.rows.value(row, 1)[1] for row in range(3)] == ["a\tb", None, ""]
    grid.selectAll()
    grid.copy(with_header=True)
    assert QGuiApplication.clipboard().text() == "id\tname\n1\ta b\n2\t\n3\t\n"


def test_results_are_sources_that_can_be_looked_at_and_asked_again(bench: Bench) -> None:
    bench.keep("r1", [("1", "a")], name="october")
    bench.flow.refresh()
    assert "result:r1" in bench.page.sources._items
    bench.flow.look("result:r1")
    view = bench.page.results.view
    assert view is not None
    assert (view.result_id, view.rows) == ("r1", 1)
    bench.page.ask_locally(local=True)
    spec = bench.ask("select * from october")
    assert [source.result_id for source in spec.request.sources] == ["r1"]
    assert spec.request.target is None


def test_a_result_without_a_name_is_asked_by_its_id(bench: Bench) -> None:
    bench.keep("r-2", [("1", "a")])
    bench.flow.refresh()
    bench.page.ask_locally(local=True)
    node = bench.page.sources.node(bench.page.sources._items["result:r-2"].index())
    assert node is not None
    spec = bench.ask("select * from " + node.insert)
    (source,) = spec.request.sources
    assert (source.result_id, source.alias) == ("r-2", "r-2")


def test_only_files_that_are_named_are_read(bench: Bench) -> None:
    bench.flow.add_files(["/data/returns 2026.xlsx", "/data/carriers.parquet"])
    spec = bench.ask("select * from carriers")
    assert [source.path for source in spec.request.sources] == ["/data/carriers.parquet"]


def test_drafts_come_back(bench: Bench, qtbot: QtBot) -> None:
    bench.ask("select 42")
    assert [draft.text for draft in bench.store.queries.drafts()] == ["select 42"]
    other = ExplorePage(bench.page.theme)
    qtbot.addWidget(other)
    flow = ExploreFlow(
        other,
        bench.service,
        cast(DatabaseFlow, Database(other)),
        cast(UiCalls, AtOnce()),
        other,
    )
    flow.start()
    assert other.editor is not None
    assert other.editor.toPlainText() == "select 42"
