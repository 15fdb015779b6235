"""Choices of last month are taken again for the same header, said, and looked after."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtWidgets import QApplication, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from app.presenters.template import TemplateFlow, reuse
from tests.widgets.importing.samples import PATH, survey
from widgets.importing.drafts.choices import retype
from widgets.importing.drafts.drafts import drafts_of, rename_column, retarget
from widgets.importing.drafts.template_dialog import TemplateDialog
from widgets.importing.import_page import ImportPage
from widgets.importing.view_data import FileEntry, FileState, TableDraft, TableRef
from widgets.theme import ColorMode, Theme
from workers.bridges.ui_calls import UiCalls
from workers.core.model.options import HeaderChoice, ImportOptions, Mode, PgType
from workers.core.model.outcomes import ImportOutcome, ImportState
from workers.core.model.plan_file import named_choices
from workers.core.model.plans import FileSurvey
from workers.database.local.store import LocalStore

NEXT = "/data/orders-november.xlsx"


class AtOnce:
    """Calls that need no thread."""

    def start(
        self,
        work: Callable[[], Any],
        success: Callable[[Any], None] | None = None,
        failure: Callable[[BaseException], None] | None = None,
        parent: object = None,
    ) -> None:
        result = work()
        if success is not None:
            success(result)


@pytest.fixture
def page(qapp: QApplication, qtbot: QtBot) -> Iterator[ImportPage]:
    theme = Theme(qapp, ColorMode.LIGHT)
    made = ImportPage(theme)
    qtbot.addWidget(made)
    yield made
    theme.deleteLater()


@pytest.fixture
def flow(page: ImportPage, tmp_path: Path) -> Iterator[TemplateFlow]:
    store = LocalStore(tmp_path)
    found = lambda path: entry.survey if (entry := page.files.model.entry(path)) else None  # noqa: E731 - one line
    made = TemplateFlow(page.theme, page, store.templates, cast(UiCalls, AtOnce()), found, page)
    yield made
    store.close()


def drop(page: ImportPage, flow: TemplateFlow, path: str) -> TableRef:
    """A file arrives; gives its first table."""
    found: FileSurvey = replace(survey(), path=path)
    page.set_file(FileEntry(path, FileState.READY, survey=found))
    flow.take_survey(found)
    return TableRef(path, found.sheets[0].sheet.index, 0)


def edited(draft: TableDraft) -> TableDraft:
    """What an analyst chose last month."""
    index = draft.plan.columns[1].index
    draft = rename_column(retype(draft, index, PgType.TEXT), index, "chosen_name")
    draft = retarget(draft, schema="sales", table="all_orders", mode=Mode.UPSERT, keys=("chosen_name",))
    return replace(draft, options=replace(draft.options, duplicates="last"))


def load(page: ImportPage, flow: TemplateFlow, draft: TableDraft, state: ImportState = ImportState.LOADED) -> None:
    """The draft goes in."""
    page.import_requested.emit([draft], False)
    table = f"sales.{draft.options.table}"
    outcome = ImportOutcome("id", draft.ref.path, draft.plan.sheet.name, table, "upsert", state)
    flow.take_outcomes((("job", outcome),))


def test_choices_come_back_for_the_same_header(page: ImportPage, flow: TemplateFlow) -> None:
    first = page.draft(drop(page, flow, PATH))
    assert first is not None
    load(page, flow, edited(first))
    again = page.draft(drop(page, flow, NEXT))
    assert again is not None
    options = again.options
    assert (options.schema, options.table, options.mode) == ("sales", "all_orders", Mode.UPSERT)
    assert (options.keys, options.duplicates) == (("chosen_name",), "last")
    column = again.plan.columns[1]
    assert (column.name, column.type, column.fixed) == ("chosen_name", PgType.TEXT, True)
    assert "reused" in page.banner.accessibleName()
    button = next(b for b in page.banner.findChildren(QPushButton) if b.text() == "Undo")
    button.click()
    fresh = page.draft(TableRef(NEXT, 0, 0))
    assert fresh is not None
    assert (fresh.options.table, fresh.plan.columns[1].fixed) != ("all_orders", True)


def test_a_mode_that_takes_rows_away_is_not_taken_again(page: ImportPage, flow: TemplateFlow) -> None:
    first = page.draft(drop(page, flow, PATH))
    assert first is not None
    load(page, flow, retarget(edited(first), schema="sales", table="all_orders", mode=Mode.REPLACE, keys=()))
    again = page.draft(drop(page, flow, NEXT))
    assert again is not None
    assert again.options.mode is not Mode.REPLACE
    assert (again.options.table, again.plan.columns[1].name) == ("all_orders", "chosen_name")


def test_an_undone_import_s_choices_are_not_taken_again(page: ImportPage, flow: TemplateFlow) -> None:
    first = page.draft(drop(page, flow, PATH))
    assert first is not None
    load(page, flow, edited(first))
    columns = first.plan.columns
    flow.take_undone(
        ImportOutcome("id", PATH, "Orders", "sales.all_orders", "upsert", ImportState.LOADED, columns=columns)
    )
    again = page.draft(drop(page, flow, NEXT))
    assert again is not None
    assert again.options.table != "all_orders"


def test_what_failed_is_not_remembered_and_what_was_edited_stays(page: ImportPage, flow: TemplateFlow) -> None:
    first = page.draft(drop(page, flow, PATH))
    assert first is not None
    load(page, flow, edited(first), ImportState.FAILED)
    second = page.draft(drop(page, flow, NEXT))
    assert second is not None
    assert second.options.table != "all_orders"
    assert not page.banner.isVisibleTo(page)


def _draft() -> TableDraft:
    return next(drafts_of(FileEntry(PATH, FileState.READY, survey=survey()), ImportOptions()))


def test_what_belongs_to_one_file_does_not_come_along() -> None:
    draft = _draft()
    kept = ImportOptions(table="october", sheets=("Oct",), cell_range="A5:H200", header=HeaderChoice("rows", 3, 3))
    again = reuse(draft, kept)
    assert (again.options.table, again.options.sheets) == (draft.options.table, draft.options.sheets)
    assert again.options.cell_range is None
    assert again.options.header == HeaderChoice("rows", 3, 3)
    assert reuse(draft, replace(kept, cell_range="OrderTable")).options.cell_range == "OrderTable"
    assert reuse(draft, named_choices(draft.plan.columns, draft.options)) == draft
    header = draft.plan.columns[0].source or ""
    assert reuse(draft, replace(kept, fill_down=(header, "of another table"))).options.fill_down == (header,)


def test_choices_that_contradict_the_file_are_not_taken() -> None:
    draft = _draft()
    first, second, *_ = draft.plan.columns
    clash = ImportOptions(mapping=((first.source or "", "same"), (second.source or "", "same")))
    assert reuse(draft, clash) is draft


def test_mappings_can_be_forgotten(page: ImportPage, flow: TemplateFlow, qtbot: QtBot) -> None:
    first = page.draft(drop(page, flow, PATH))
    assert first is not None
    load(page, flow, edited(first))
    page.mappings_managed.emit()
    dialog = next(w for w in QApplication.topLevelWidgets() if isinstance(w, TemplateDialog))
    forget = next(b for b in dialog.findChildren(QToolButton) if b.accessibleName() == "Forget sales.all_orders")
    forget.click()
    assert not [b for b in dialog.findChildren(QToolButton) if b.isVisible()]
    dialog.accept()
    again = page.draft(drop(page, flow, NEXT))
    assert again is not None
    assert again.options.table != "all_orders"


@pytest.mark.parametrize("first", ["plan", "file"])
def test_a_past_import_s_choices_come_back_whole(page: ImportPage, flow: TemplateFlow, first: str) -> None:
    kept = ImportOptions(table="october", mode=Mode.CREATE, keys=(), sheets=(survey().sheets[0].sheet.name,))
    if first == "plan":
        flow.expect(PATH, kept)
    ref = drop(page, flow, PATH)
    if first == "file":
        flow.expect(PATH, kept)
    draft = page.draft(ref)
    assert draft is not None
    assert (draft.options.table, draft.options.mode) == ("october", Mode.CREATE)
    assert "past import" in page.banner.accessibleName()
