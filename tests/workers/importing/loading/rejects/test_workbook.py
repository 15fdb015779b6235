"""Rejected rows come back as a workbook that looks like the source."""

from __future__ import annotations

import uuid
from typing import Any

import openpyxl
import pytest

from tests.workers.importing.loading.conftest import Loader, RecordingContext
from workers.core.model.errors import UserError
from workers.core.model.options import PgType, RejectLimit
from workers.core.model.reject_export import RejectsRequest
from workers.importing.loading.rejects.workbook import run_rejects
from workers.importing.rows.rejects_mark import REASON, SOURCE_ROW

ROWS: list[list[Any]] = [["Item", "Qty", "Price"], ["a", 1, 2.5], ["=b", "many", 3], ["c", 3, 1]]


def request(loader: Loader, import_id: str) -> RejectsRequest:
    """Ask for the rejects of an import."""
    return RejectsRequest(str(uuid.uuid4()), import_id, loader.target, str(loader.folder / "out.xlsx"))


def test_rows_reasons_and_the_coloured_cell(loader: Loader) -> None:
    outcome = loader.load_rows(ROWS, table="q", type_overrides=(("qty", PgType.BIGINT),), max_rejects=RejectLimit(1))
    report = run_rejects(request(loader, outcome.import_id), RecordingContext())
    assert report.rows == 1
    sheet = openpyxl.load_workbook(report.path).active
    assert sheet is not None
    header, row = list(sheet.iter_rows())
    assert [c.value for c in header] == ["Item", "Qty", "Price", None, REASON, SOURCE_ROW]
    assert [c.value for c in row][:3] == ["=b", "many", 3]
    assert row[0].data_type == "s"
    assert row[5].value == 3
    assert [c.fill.fill_type for c in row[:3]] == [None, "solid", None]


def test_an_import_without_rejects_says_so(loader: Loader) -> None:
    outcome = loader.load_rows(ROWS, table="q")
    with pytest.raises(UserError, match="rejected"):
        run_rejects(request(loader, outcome.import_id), RecordingContext())
    with pytest.raises(UserError, match="knows no import"):
        run_rejects(request(loader, str(uuid.uuid4())), RecordingContext())


def test_the_header_stands_where_the_source_has_it_and_mended_rows_go_back(loader: Loader) -> None:
    titled: list[list[Any]] = [["Stock of the north"], [], ["Item", "Qty"], ["a", 1], ["b", "many"], ["c", 3]]
    chosen = (("qty", PgType.BIGINT),)
    outcome = loader.load_rows(titled, table="q", type_overrides=chosen, max_rejects=RejectLimit(1))
    assert outcome.header_rows == (3,), outcome.error
    report = run_rejects(request(loader, outcome.import_id), RecordingContext())
    workbook = openpyxl.load_workbook(report.path)
    sheet = workbook.active
    assert sheet is not None
    assert [c.value for c in sheet[3]][:2] == ["Item", "Qty"]
    assert (sheet["A1"].value, sheet["B4"].value) == (None, "many")
    sheet["B4"] = 2
    workbook.save(report.path)
    mended = loader.load_one(report.path)
    assert (mended.rows_loaded, mended.import_id) == (1, outcome.import_id), mended.error
    assert loader.query("SELECT item, qty, _source_row FROM q ORDER BY item")[1] == ("b", 2, 5)
