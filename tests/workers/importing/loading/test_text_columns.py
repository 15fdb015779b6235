"""A text file that is read in columns is imported as it is row by row: types, rows, warnings, rejects, key."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.workers.importing.loading.conftest import Loader
from workers.core.model.options import PgType, RejectLimit
from workers.core.model.outcomes import ImportOutcome
from workers.importing.loading import file_import
from workers.importing.reading.text import csv_reader

ROWS = 1200
Cells = list[str]
Case = tuple[Callable[[int], Cells], dict[str, Any]]


def plain(n: int) -> Cells:
    return [f"A{n}", str(n), f"{n}.25", f"2024-01-{n % 28 + 1:02d}", f"2024-01-02 10:{n % 60:02d}:00", "", "Zürich"]


def changed(at: int, place: int, text: str) -> Callable[[int], Cells]:
    """The plain rows but for one cell."""

    def row(n: int) -> Cells:
        cells = plain(n)
        if n == at:
            cells[place] = text
        return cells

    return row


def mixed(n: int) -> Cells:
    draw = random.Random(n)
    signs = [
        "1",
        "1.5",
        "-2",
        "x",
        "n/a",
        "",
        "007",
        "2024-02-30",
        "é",
        " 5 ",
        '"',
        "a,b",
        "l\nm",
        "1e5",
        "12345678901234567",
    ]
    return [draw.choice(signs) for _ in range(4)] + [str(n)]


def ragged(n: int) -> Cells:
    return plain(n)[: 4 + n % 4]


CASES: dict[str, Case] = {
    "plain": (plain, {}),
    "a word among numbers, late": (changed(1100, 1, "many"), {}),
    "a decimal among whole numbers, late": (changed(1100, 1, "7.5"), {}),
    "a time among days, late": (changed(1100, 3, "2024-01-05 14:00"), {}),
    "an impossible day, late": (changed(1100, 3, "2024-02-30"), {}),
    "a leading zero, late": (changed(1100, 1, "0042"), {}),
    "a null token, late": (changed(1100, 2, "n/a"), {}),
    "spaces around a number, late": (changed(1100, 1, " 12 "), {}),
    "the first cell of a blank column, late": (changed(1100, 5, "77"), {}),
    "a quotation mark within a cell": (changed(700, 6, '6" pipe'), {}),
    "a cell of several lines": (changed(700, 6, "one\ntwo"), {}),
    "a NUL": (changed(700, 6, "a\0b"), {}),
    "blank rows": (lambda n: [""] * 7 if n % 97 == 0 else plain(n), {}),
    "a total below": (lambda n: ["Total", "", str(n), "", "", "", ""] if n == ROWS else plain(n), {}),
    "all sorts": (mixed, {}),
    "rows of different lengths": (ragged, {}),
    "a cell right of the table, late": (lambda n: [*plain(n), "more"] if n == 1100 else plain(n), {}),
    "days first": (lambda n: [str(n), f"{n % 28 + 1:02d}/{n % 12 + 1:02d}/2024"], {}),
    "rejects": (changed(1100, 1, "many"), {"type_overrides": (("b", PgType.BIGINT),), "max_rejects": RejectLimit(5)}),
    "too many rejects": (changed(1100, 1, "many"), {"type_overrides": (("b", PgType.BIGINT),)}),
    "texts only": (plain, {"types": "text"}),
    "cells only": (plain, {"types": "cells"}),
    "no null tokens": (changed(3, 2, "n/a"), {"null_tokens": ()}),
    "without lineage": (plain, {"lineage": False}),
}


def quoted(cell: str) -> str:
    return f'"{cell.replace(chr(34), chr(34) * 2)}"' if set(cell) & set(',"\n') else cell


def write(path: Path, row: Callable[[int], Cells]) -> str:
    lines = ["a,b,c,d,e,f,g"]
    lines += [",".join(map(quoted, row(n))) for n in range(1, ROWS + 1)]
    text = "\n".join(lines) + "\n"
    path.write_text(text.replace('"6"" pipe"', '6" pipe'), encoding="utf-8", newline="")
    return str(path)


@pytest.mark.db
@pytest.mark.parametrize("name", CASES)
def test_columns_and_rows_come_to_the_same(name: str, loader: Loader, monkeypatch: pytest.MonkeyPatch) -> None:
    row, options = CASES[name]
    path = write(loader.folder / "some.csv", row)
    monkeypatch.setattr(csv_reader, "BLOCKS_FROM", 1 << 40)
    by_rows = loader.load_one(path, table="by_rows", **options)
    monkeypatch.setattr(csv_reader, "BLOCKS_FROM", 0)
    monkeypatch.setattr(csv_reader, "PIECE_BYTES", 16_000)
    monkeypatch.setattr(file_import, "HEAD_CELLS", 100)
    by_columns = loader.load_one(path, table="by_columns", **options)
    assert told(by_columns) == told(by_rows)
    assert loader.exists("by_columns") is loader.exists("by_rows")
    if loader.exists("by_rows"):
        assert loader.types("by_columns") == loader.types("by_rows")
        assert content(loader, "by_columns") == content(loader, "by_rows")
        keys = "SELECT count(DISTINCT content_key), count(*) FROM sheetferry.imports"
        assert loader.query(keys) == [(1, 2)]


def told(outcome: ImportOutcome) -> Any:
    """What an outcome says, without what names its table and its run."""
    columns = [(c.name, c.type, c.nulls) for c in outcome.columns]
    blank = replace(outcome, import_id="", table=None, seconds=0.0, columns=())
    said = blank.to_json()
    # A file that is planned from its head says some things later, and of the blank rows those of the head.
    said["warnings"] = sorted((w for w in said["warnings"] if w["code"] != "blank-rows"), key=str)
    if outcome.error is not None:
        columns, said["warnings"] = [], []  # they tell how far it came before it failed
    return columns, {name: said[name] for name in said if name not in ("columns", "last_row")}


def content(loader: Loader, table: str) -> list[tuple[Any, ...]]:
    names = ", ".join(f'"{name}"' for name in loader.types(table))
    return loader.query(f"SELECT {names} FROM {table} ORDER BY 1, 2")
