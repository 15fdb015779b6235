"""The Import page: from a file's survey to confirmed drafts, by mouse and key."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.widgets.importing.samples import PATH, TO_DECIDE, grid, plan, survey
from widgets.importing.drafts.drafts import merge_sheet
from widgets.importing.files.tree_model import NODE_ROLE, FileTreeModel
from widgets.importing.files.tree_view import TreeDelegate
from widgets.importing.import_page import ImportPage
from widgets.importing.view_data import (
    ChangedOffer,
    FileEntry,
    FileState,
    RecentFile,
    TableRef,
    TargetCheck,
    TargetNotice,
    TargetOption,
    Welcome,
)
from widgets.theme import Theme
from workers.core.model.errors import ErrorInfo
from workers.core.model.options import HeaderChoice, Mode
from workers.core.model.plans import SheetSurvey

READY = FileEntry(PATH, FileState.READY, survey=survey())
ORDERS = TableRef(PATH, 0, 0)


@pytest.fixture
def page(theme: Theme, qtbot: QtBot) -> ImportPage:
    made = ImportPage(theme)
    qtbot.addWidget(made)
    made.resize(1300, 850)
    with qtbot.waitExposed(made):
        made.show()
    return made


@pytest.fixture
def loaded(page: ImportPage) -> ImportPage:
    page.set_databases((TargetOption("a", "analytics"), TargetOption("e", "embedded")), "a")
    page.set_file(READY)
    page.set_preview(ORDERS, grid())
    return page


def button(page: QWidget, text: str) -> QPushButton:
    return next(each for each in page.findChildren(QPushButton) if each.text() == text and each.isVisible())


def test_empty_page_invites(page: ImportPage, qtbot: QtBot) -> None:
    page.set_welcome(Welcome((RecentFile("/data/old.xlsx", "data", "3 Oct"),)))
    with qtbot.waitSignal(page.files_requested):
        qtbot.mouseClick(button(page, "Open files…"), Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(page.sample_requested):
        qtbot.mouseClick(button(page, "Try the sample workbook"), Qt.MouseButton.LeftButton)
    row = next(each for each in page.findChildren(QPushButton) if each.accessibleName().startswith("old.xlsx"))
    with qtbot.waitSignal(page.paths_given) as caught:
        row.click()
    assert caught.args == [["/data/old.xlsx"]]


def test_dropped_file_is_there_at_once_and_its_state_follows(page: ImportPage) -> None:
    page.set_file(FileEntry(PATH))
    model = page.files.model
    assert model.rowCount() == 1
    page.set_file(FileEntry(PATH, FileState.READING, 0.62))
    assert "62%" in model.index(0, 0).data(NODE_ROLE).second
    page.set_file(READY)
    assert model.rowCount(model.index(0, 0)) == 3


def test_first_table_is_shown_and_its_rows_are_asked_for(page: ImportPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.preview_requested) as caught, qtbot.waitSignal(page.draft_changed):
        page.set_file(READY)
    draft, ranges, more = caught.args
    assert draft.ref == ORDERS
    assert ranges[0][0] == 1
    assert more is False
    assert page.current_draft() == draft


def test_late_preview_of_another_table_is_ignored(loaded: ImportPage) -> None:
    loaded.select_table(TableRef(PATH, 1, 1))
    loaded.set_preview(ORDERS, grid())
    assert loaded.preview.view.grid.rowCount() == 0


def test_button_says_how_many_rows_will_load(loaded: ImportPage, qtbot: QtBot) -> None:
    assert loaded.footer.button.text() == "Import 997 rows"
    loaded.set_check(ORDERS, TargetCheck(rejected=10))
    assert loaded.footer.button.text() == "Import 990 rows"
    with qtbot.waitSignal(loaded.import_requested) as caught:
        qtbot.mouseClick(loaded.footer.button, Qt.MouseButton.LeftButton)
    drafts, dry_run = caught.args
    assert [draft.ref for draft in drafts] == [ORDERS]
    assert dry_run is False
    with qtbot.waitSignal(loaded.import_requested) as caught:
        qtbot.mouseClick(loaded.footer.dry_run, Qt.MouseButton.LeftButton)
    assert caught.args[1] is True


def test_blocked_target_says_why_and_does_not_start(loaded: ImportPage) -> None:
    loaded.set_check(ORDERS, TargetCheck(blocked="The table is there already.", notices=(TargetNotice("info", "x"),)))
    assert not loaded.footer.button.isEnabled()
    loaded.set_check(ORDERS, TargetCheck())
    assert loaded.footer.button.isEnabled()


def test_import_all_takes_what_is_checked(loaded: ImportPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(loaded.import_requested) as caught:
        qtbot.mouseClick(button(loaded, "Import all 3"), Qt.MouseButton.LeftButton)
    assert len(caught.args[0]) == 3
    view, model = loaded.files.view, loaded.files.model
    lookup = model.index(1, 0, model.index(0, 0))
    delegate = view.itemDelegate()
    assert isinstance(delegate, TreeDelegate)
    box = delegate.check_rect(view.visualRect(lookup))
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    assert [draft.ref for draft in loaded.checked_drafts()] == [ORDERS]
    state = model.index(0, 0).data(Qt.ItemDataRole.CheckStateRole)
    assert Qt.CheckState(state) is Qt.CheckState.PartiallyChecked
    view.setCurrentIndex(lookup)
    qtbot.keyClick(view, Qt.Key.Key_Space)
    assert len(loaded.checked_drafts()) == 3


def test_changed_header_reads_the_sheet_again(loaded: ImportPage, qtbot: QtBot) -> None:
    loaded.preview.view.setCurrentIndex(loaded.preview.view.grid.index(loaded.preview.view.grid.grid_row(5), 0))
    with qtbot.waitSignal(loaded.reread_requested) as caught:
        qtbot.keyClick(loaded.preview.view, Qt.Key.Key_H)
    ref, options = caught.args
    assert ref == ORDERS
    assert options.header == HeaderChoice("rows", 5, 5)
    assert options.sheets == ("Orders",)


def test_range_field_reads_again_and_the_found_one_takes_it_back(loaded: ImportPage, qtbot: QtBot) -> None:
    field = next(each for each in loaded.findChildren(QLineEdit) if each.accessibleName() == "Range")
    field.selectAll()
    qtbot.keyClicks(field, "A3:B90")
    with qtbot.waitSignal(loaded.reread_requested) as caught:
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert caught.args[1].cell_range == "A3:B90"


def test_edits_survive_reading_again(loaded: ImportPage) -> None:
    loaded.preview.view.cards.renamed.emit(0, "Number")
    changed = replace(plan(500), header_rows=(3,))
    sheet = SheetSurvey(plan().sheet, (changed,))
    loaded.set_sheet(FileEntry(PATH, FileState.READY, survey=merge_sheet(survey(), sheet)), sheet)
    draft = loaded.draft(ORDERS)
    assert draft is not None
    assert draft.plan.columns[0].name == "number"
    assert draft.plan.rows == 500


def test_choice_in_the_health_list_changes_the_number(loaded: ImportPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(loaded.draft_changed):
        loaded.health.choice_made.emit(TO_DECIDE, "null")
    assert loaded.footer.button.text() == "Import 1,000 rows"


def test_cell_link_selects_the_cell(loaded: ImportPage, qtbot: QtBot) -> None:
    link = next(each for each in loaded.health.findChildren(QPushButton) if each.text().startswith("B88"))
    link.click()
    view = loaded.preview.view
    assert (view.grid.excel_row(view.currentIndex().row()), view.currentIndex().column()) == (88, 1)


def test_mode_keys_and_table_go_into_the_draft(loaded: ImportPage, qtbot: QtBot) -> None:
    upsert = next(w for w in loaded.findChildren(QWidget) if w.accessibleName() == "Mode: Upsert")
    with qtbot.waitSignal(loaded.draft_changed) as caught:
        qtbot.mouseClick(upsert, Qt.MouseButton.LeftButton)
    assert caught.args[0].options.mode is Mode.UPSERT
    field = next(each for each in loaded.findChildren(QLineEdit) if each.accessibleName() == "Table")
    field.selectAll()
    with qtbot.waitSignal(loaded.draft_changed) as caught:
        qtbot.keyClicks(field, "orders")
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert caught.args[0].options.table == "orders"


def test_file_that_needs_a_password_asks_when_clicked(
    page: ImportPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.set_file(FileEntry(PATH, FileState.FAILED, error=ErrorInfo("encrypted", "It needs a password.")))
    monkeypatch.setattr(page.files, "ask_password", lambda path, name: "secret")
    at = page.files.view.visualRect(page.files.model.index(0, 0)).center()
    with qtbot.waitSignal(page.password_given) as caught:
        qtbot.mouseClick(page.files.view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert caught.args == [PATH, "secret"]


def test_failed_file_says_its_sentence(page: ImportPage) -> None:
    page.set_file(
        FileEntry(PATH, FileState.FAILED, error=ErrorInfo("damaged", "The file is cut off.", "Save it again."))
    )
    assert page.files.model.index(0, 0).data(NODE_ROLE).second == "The file is cut off."
    page.grab()


def test_delete_takes_files_out(loaded: ImportPage, qtbot: QtBot) -> None:
    loaded.files.view.setFocus()
    with qtbot.waitSignal(loaded.files_removed) as caught:
        qtbot.keyClick(loaded.files.view, Qt.Key.Key_Delete)
    assert caught.args == [[PATH]]
    assert loaded.draft(ORDERS) is None
    assert loaded.checked_drafts() == []


def test_f5_reads_the_file_again(loaded: ImportPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(loaded.refresh_requested) as caught:
        loaded.refresh()
    assert caught.args == [PATH]


def test_ctrl_return_imports(loaded: ImportPage, qtbot: QtBot) -> None:
    loaded.activateWindow()
    qtbot.waitUntil(loaded.isActiveWindow)
    loaded.files.view.setFocus()
    with qtbot.waitSignal(loaded.import_requested):
        qtbot.keyClick(loaded.files.view, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_tree_model_keeps_to_the_rules(qtbot: QtBot) -> None:
    model = FileTreeModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    model.put(FileEntry(PATH))
    model.put(READY)
    model.put(FileEntry("/data/other.xlsx", FileState.READING, 0.1))
    assert model.paths == [PATH, "/data/other.xlsx"]
    assert len(model.checked_refs()) == 3
    model.remove([PATH])
    assert model.checked_refs() == []


def test_the_shown_draft_can_be_saved_as_a_plan(loaded: ImportPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(loaded.plan_save_requested) as saved:
        qtbot.mouseClick(button(loaded, "Save plan…"), Qt.MouseButton.LeftButton)
    assert saved.args == [loaded.current_draft()]
    loaded.remove_files([PATH])
    assert not loaded._plan.isEnabled()


def press(page: ImportPage, qtbot: QtBot, text: str) -> None:
    """Click a button of the target as soon as it is shown."""

    def shown() -> list[QPushButton]:
        return [b for b in page.target.findChildren(QPushButton) if b.text() == text and b.isVisible()]

    qtbot.waitUntil(lambda: bool(shown()), timeout=30_000)
    qtbot.mouseClick(shown()[0], Qt.MouseButton.LeftButton)


def test_an_earlier_version_in_the_table_offers_only_what_is_new_or_changed(loaded: ImportPage, qtbot: QtBot) -> None:
    draft = loaded.current_draft()
    assert draft is not None
    offer = ChangedOffer("An earlier version of this sheet went in on 3 May", "", ("invoice_no",))
    loaded.set_check(draft.ref, TargetCheck(exists=True, offer=offer))
    press(loaded, qtbot, "Only new and changed rows")
    chosen = loaded.current_draft()
    assert chosen is not None
    assert (chosen.options.mode, chosen.options.keys, chosen.options.only_changed) == (
        Mode.UPSERT,
        ("invoice_no",),
        True,
    )
    loaded.set_check(draft.ref, TargetCheck(exists=True, offer=offer))
    press(loaded, qtbot, "Load all rows")
    chosen = loaded.current_draft()
    assert chosen is not None
    assert not chosen.options.only_changed
