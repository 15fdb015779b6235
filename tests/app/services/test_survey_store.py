"""The survey store: one truth about every file, whatever comes in which order."""

from __future__ import annotations

from dataclasses import replace

from app.services.survey_store import SurveyStore
from tests.widgets.importing.samples import LOOKUP, PATH, plan, small, survey
from widgets.importing.view_data import FileEntry, TableRef
from workers.core.model.errors import ErrorInfo
from workers.core.model.outcomes import ImportOutcome, ImportState
from workers.core.model.plans import SheetSurvey

FIRST, SECOND, THIRD = TableRef(PATH, 0, 0), TableRef(PATH, 1, 0), TableRef(PATH, 1, 1)


def ended(state: ImportState, import_id: str = "i", rows: int = 37) -> ImportOutcome:
    error = ErrorInfo("misfit", "A row does not fit.") if state is ImportState.FAILED else None
    return ImportOutcome(import_id, PATH, "Orders", "public.t", "create", state, rows_loaded=rows, error=error)


def note(store: SurveyStore) -> str:
    entry = store.entry(PATH)
    assert entry is not None
    return entry.note


def known() -> SurveyStore:
    store = SurveyStore()
    store.read(PATH, survey())
    return store


def test_an_end_keeps_what_was_read_again_before_it() -> None:
    store = known()
    again = replace(plan(500), header_rows=(3,))
    store.take_sheet(PATH, SheetSurvey(again.sheet, (again,)), 0)
    entry = store.ended(FIRST, ended(ImportState.FAILED))
    assert entry is not None
    assert entry.survey is not None
    assert entry.survey.sheets[0].tables[0].rows == 500


def test_only_the_table_whose_choices_were_read_is_renewed() -> None:
    store = known()
    wider = replace(small(0), last_row=90), replace(small(1), last_row=91)
    entry = store.take_sheet(PATH, SheetSurvey(LOOKUP, wider), 1)
    assert isinstance(entry, FileEntry)
    assert entry.survey is not None
    assert [table.last_row for table in entry.survey.sheets[1].tables] == [20, 91]


def test_a_trial_is_not_a_load() -> None:
    store = known()
    store.ended(FIRST, ended(ImportState.TRIAL))
    assert note(store) == "Dry run: 37 rows would load"


def test_a_later_success_takes_the_place_of_a_failure() -> None:
    store = known()
    store.ended(FIRST, ended(ImportState.FAILED))
    assert note(store) == "A row does not fit."
    store.ended(FIRST, ended(ImportState.LOADED))
    assert note(store) == "Loaded 37 rows"


def test_all_tables_count_and_an_undone_one_does_not() -> None:
    store = known()
    for number, ref in enumerate((FIRST, SECOND, THIRD)):
        store.ended(ref, ended(ImportState.LOADED, f"i{number}", 10))
    assert note(store) == "Loaded 3 tables, 30 rows"
    store.undone("i1")
    assert note(store) == "Loaded 2 tables, 20 rows"
    store.undone("i0")
    store.undone("i2")
    assert note(store) == "Undone"


def test_a_file_that_is_gone_stays_gone() -> None:
    store = known()
    store.forget([PATH])
    assert store.ended(FIRST, ended(ImportState.LOADED)) is None
    assert store.take_sheet(PATH, SheetSurvey(LOOKUP, (small(0),)), 0) is None
    assert store.undone("i") == []
