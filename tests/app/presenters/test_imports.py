"""The Import page's presenter with a real page and a pool that only keeps what it is given."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from app.context.run_context import make_context
from app.presenters.database import DatabaseFlow
from app.presenters.imports import ImportFlow
from tests.widgets.importing.samples import PATH, plan, survey
from widgets.importing.import_page import ImportPage
from widgets.importing.view_data import TableRef
from widgets.theme import ColorMode, Theme
from workers.bridges.ui_calls import UiCalls
from workers.core.jobs.snapshots import JobKind
from workers.core.jobs.spec import JobSpec
from workers.core.model.options import HeaderChoice
from workers.core.model.outcomes import ImportOutcome, ImportState
from workers.core.model.plans import FileSurvey, SheetSurvey
from workers.core.model.tasks import ImportRequest, InspectRequest, Target

FIRST = TableRef(PATH, 0, 0)


class Never:
    """Calls whose answers never come: no file and no database is looked at here."""

    def start(
        self,
        work: Callable[[], Any],
        success: Callable[[Any], None] | None = None,
        failure: Callable[[BaseException], None] | None = None,
        parent: object = None,
    ) -> None:
        """Do nothing."""


class Database(QObject):
    """A target that is there."""

    reached = Signal(object)
    current = SimpleNamespace(engine=None, target=Target("h", 5432, "u", "d"))


class Desk:
    """The page, its presenter, and what was submitted."""

    def __init__(self, page: ImportPage, home: Path) -> None:
        self.page, self.specs = page, list[JobSpec]()
        context = make_context({**os.environ, "SHEETFERRY_HOME": str(home)}, "window", {})
        self.flow = ImportFlow(
            context,
            page,
            cast(DatabaseFlow, Database(page)),
            cast(UiCalls, Never()),
            submit_import=self.specs.append,
            submit_interactive=self.specs.append,
            cancel=lambda job_id: None,
            parent=page,
        )

    def last(self, kind: JobKind) -> JobSpec:
        return next(spec for spec in reversed(self.specs) if spec.kind is kind)

    def inspect(self, found: FileSurvey) -> None:
        """The file is read as a whole."""
        self.page.refresh_requested.emit(PATH)
        self.flow.take_results(((self.last(JobKind.INSPECT).job_id, found),))

    def answer_reread(self) -> None:
        """The sheet is read again, as its request asked for."""
        spec = self.last(JobKind.INSPECT)
        request = spec.request
        assert isinstance(request, InspectRequest)
        first = request.options.header.first or 3
        table = replace(plan(), header_rows=(first,), first_row=first + 1)
        self.flow.take_results(((spec.job_id, replace(survey(), sheets=(SheetSurvey(table.sheet, (table,)),))),))

    def end(self, spec: JobSpec, state: ImportState) -> None:
        """An import ends."""
        outcome = ImportOutcome(spec.job_id, PATH, "Orders", "public.t", "create", state, rows_read=9, rows_loaded=9)
        self.flow.take_outcomes(((spec.job_id, outcome),))


@pytest.fixture
def desk(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    theme = Theme(qapp, ColorMode.LIGHT)
    page = ImportPage(theme)
    qtbot.addWidget(page)
    made = Desk(page, tmp_path)
    made.inspect(survey())
    yield made
    theme.deleteLater()


def choose_header(desk: Desk, row: int) -> None:
    desk.page.preview.header_changed.emit(HeaderChoice("rows", row, row))
    desk.answer_reread()


def submitted(desk: Desk, *, dry_run: bool = False) -> ImportRequest:
    draft = desk.page.current_draft()
    assert draft is not None
    desk.page.import_requested.emit([draft], dry_run)
    request = desk.last(JobKind.IMPORT).request
    assert isinstance(request, ImportRequest)
    return request


def test_another_header_stays_after_a_failed_import(desk: Desk) -> None:
    choose_header(desk, 5)
    submitted(desk)
    desk.end(desk.last(JobKind.IMPORT), ImportState.FAILED)
    again = submitted(desk)
    assert again.tables is not None
    assert (again.tables[0].header_rows, again.options.header) == ((5,), HeaderChoice("rows", 5, 5))


def test_a_dry_run_says_its_result_in_place_and_can_be_imported(desk: Desk, qtbot: QtBot) -> None:
    assert submitted(desk, dry_run=True).options.dry_run
    desk.end(desk.last(JobKind.IMPORT), ImportState.TRIAL)
    assert "9 of 9 rows would go into public.t" in desk.page.banner.accessibleName()
    entry = desk.page.files.model.entry(PATH)
    assert entry is not None
    assert entry.note == "Dry run: 9 rows would load"
    button = next(b for b in desk.page.banner.findChildren(QPushButton) if b.text() == "Import now")
    with qtbot.waitSignal(desk.flow.imports_submitted):
        button.click()
    request = desk.last(JobKind.IMPORT).request
    assert isinstance(request, ImportRequest)
    assert not request.options.dry_run


def test_a_dry_run_leaves_the_page_open(desk: Desk, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(desk.flow.imports_submitted):
        submitted(desk, dry_run=True)


def test_a_tried_plan_that_was_changed_is_not_offered_any_more(desk: Desk) -> None:
    submitted(desk, dry_run=True)
    desk.end(desk.last(JobKind.IMPORT), ImportState.TRIAL)
    choose_header(desk, 5)
    assert not desk.page.banner.isVisibleTo(desk.page)


def test_the_order_of_days_is_read_again_after_the_file_was(desk: Desk) -> None:
    draft = desk.page.current_draft()
    assert draft is not None
    desk.page.replace_draft(replace(draft, options=replace(draft.options, date_order="day-first")))
    desk.answer_reread()
    desk.inspect(replace(survey(), sha256="b" * 64))
    request = desk.last(JobKind.INSPECT).request
    assert isinstance(request, InspectRequest)
    assert (request.options.date_order, request.options.sheets) == ("day-first", ("Orders",))


STEPS = st.lists(
    st.sampled_from(["header 5", "header 7", "refresh", "failed", "loaded", "trial", "undone", "late reread"]),
    max_size=9,
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(steps=STEPS)
def test_the_plan_shown_is_the_plan_submitted(desk: Desk, steps: list[str]) -> None:
    """Whatever is read again, imported, tried or undone in whatever order."""
    desk.page.files_removed.emit([PATH])
    desk.page.remove_files([PATH])
    desk.inspect(survey())
    for step in steps:
        match step.split():
            case ["header", row]:
                choose_header(desk, int(row))
            case ["refresh"]:
                desk.inspect(replace(survey(), sha256="c" * 64))
                request = desk.last(JobKind.INSPECT).request
                if isinstance(request, InspectRequest) and request.options.sheets:
                    desk.answer_reread()
            case ["late", _]:
                desk.answer_reread()
            case ["undone"]:
                desk.flow.take_undone(ImportOutcome("x", PATH, None, None, "create", ImportState.LOADED))
            case [state]:
                submitted(desk, dry_run=state == "trial")
                desk.end(desk.last(JobKind.IMPORT), ImportState(state))
    shown = desk.page.current_draft()
    assert shown is not None
    wanted = shown.options.header.first or 3
    request = submitted(desk)
    assert request.tables is not None
    assert request.tables[0].header_rows == (wanted,)
    assert request.tables[0] == shown.plan
