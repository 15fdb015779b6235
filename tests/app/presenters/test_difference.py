"""Compare before an upsert: asked for by the button, answered in a dialog, and imported without what stays the same."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from app.context.run_context import make_context
from app.presenters.database import DatabaseFlow
from app.presenters.difference import DifferenceFlow
from tests.widgets.importing.samples import PATH, survey
from widgets.importing.drafts.difference_dialog import DifferenceDialog
from widgets.importing.drafts.drafts import retarget
from widgets.importing.import_page import ImportPage
from widgets.importing.view_data import FileEntry, FileState, TableDraft, TableRef, TargetCheck
from widgets.theme import ColorMode, Theme
from workers.core.jobs.snapshots import JobKind
from workers.core.jobs.spec import JobSpec
from workers.core.model.differences import ChangedRow, TableDifference
from workers.core.model.errors import ErrorInfo
from workers.core.model.options import Mode
from workers.core.model.outcomes import ImportOutcome, ImportState
from workers.core.model.tasks import Target

FOUND = TableDifference(("id",), 3, 1, 96, (ChangedRow(7, ("9",), (("qty", None, "5"), ("item", "c", "C"))),))


class Pool:
    """Keeps what it is given."""

    def __init__(self) -> None:
        self.specs: list[JobSpec] = []
        self.cancelled: list[str] = []


@pytest.fixture
def pool() -> Pool:
    return Pool()


@pytest.fixture
def page(qapp: QApplication, qtbot: QtBot) -> Iterator[ImportPage]:
    theme = Theme(qapp, ColorMode.LIGHT)
    made = ImportPage(theme)
    qtbot.addWidget(made)
    made.resize(1300, 850)
    with qtbot.waitExposed(made):
        made.show()
    made.set_file(FileEntry(PATH, FileState.READY, survey=survey()))
    yield made
    theme.deleteLater()


@pytest.fixture
def flow(page: ImportPage, pool: Pool, tmp_path: Path) -> DifferenceFlow:
    context = make_context({**os.environ, "SHEETFERRY_HOME": str(tmp_path)}, "window", {})
    database: Any = SimpleNamespace(current=SimpleNamespace(target=Target("h", 5432, "u", "d")))
    return DifferenceFlow(
        context,
        page.theme,
        page,
        cast(DatabaseFlow, database),
        submit=pool.specs.append,
        cancel=pool.cancelled.append,
        survey_of=lambda path: survey(),
        password_of=lambda path: None,
        parent=page,
    )


def upsert(page: ImportPage) -> TableRef:
    """The shown table is to be upserted."""
    draft = page.current_draft()
    assert draft is not None
    key = draft.plan.columns[0].name
    page.replace_draft(retarget(draft, schema=None, table="stock", mode=Mode.UPSERT, keys=(key,)))
    page.set_check(draft.ref, TargetCheck(exists=True))
    return draft.ref


def button(dialog: DifferenceDialog, start: str) -> QPushButton:
    return next(b for b in dialog.findChildren(QPushButton) if b.text().startswith(start))


def answer(flow: DifferenceFlow, pool: Pool, **changes: Any) -> None:
    given: dict[str, Any] = {"state": ImportState.LOADED, "difference": FOUND, **changes}
    outcome = ImportOutcome("i", PATH, "Orders", "public.stock", "upsert", **given)
    flow.take_results(((pool.specs[-1].job_id, (outcome,)),))


def test_the_button_is_there_for_an_upsert_only(page: ImportPage, flow: DifferenceFlow) -> None:
    assert not page.footer.compare.isVisible()
    upsert(page)
    assert page.footer.compare.isVisible()


def test_old_and_new_values_are_shown_and_only_these_rows_can_be_imported(
    page: ImportPage, flow: DifferenceFlow, pool: Pool, qtbot: QtBot
) -> None:
    upsert(page)
    page.footer.compare.click()
    (spec,) = pool.specs
    assert (spec.kind, spec.request.options.dry_run, spec.interactive) == (JobKind.COMPARE, True, True)
    dialog = flow.dialog
    assert dialog is not None
    answer(flow, pool)
    shown = [[dialog.model.item(r, c).text() for c in range(5)] for r in range(dialog.model.rowCount())]
    assert shown == [["7", "9", "qty", "(blank)", "5"], ["7", "9", "item", "c", "C"]]
    sent: list[list[TableDraft]] = []
    page.import_requested.connect(lambda drafts, dry: sent.append(drafts))
    button(dialog, "Import only these 4 rows").click()
    ((draft,),) = sent
    assert draft.options.only_changed
    assert flow.dialog is None
    assert pool.cancelled == []


def test_closing_takes_the_question_back(page: ImportPage, flow: DifferenceFlow, pool: Pool) -> None:
    upsert(page)
    page.footer.compare.click()
    assert flow.dialog is not None
    button(flow.dialog, "Close").click()
    assert pool.cancelled == [pool.specs[0].job_id]
    answer(flow, pool)  # comes too late and is not heard


def test_a_failure_and_a_new_table_are_said(page: ImportPage, flow: DifferenceFlow, pool: Pool) -> None:
    upsert(page)
    for changes, said in (
        ({"state": ImportState.FAILED, "error": ErrorInfo("x", "It went wrong.")}, "It went wrong."),
        ({"difference": None, "rows_loaded": 12}, "All 12 rows are new"),
    ):
        page.footer.compare.click()
        assert flow.dialog is not None
        answer(flow, pool, **changes)
        assert flow.dialog._title.text() == said
        button(flow.dialog, "Close").click()
