"""Texts whose columns are aligned with spaces or drawn with signs."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from workers.core.model.options import ImportOptions, PgType
from workers.core.model.plans import TablePlan
from workers.importing.reading.opening import open_workbook
from workers.importing.reading.text.fixed_width import find_cuts, parse_lines
from workers.importing.survey.sheets import survey_rows

_WORDS = ["Anna Bell", "Bob", "Chloé de la Tour", "Dmitri", "New York", "Rome", "São Paulo", "X"]


def _read(path: Path, text: str) -> tuple[TablePlan, list[list[object]]]:
    path.write_text(text, encoding="utf-8", newline="")
    workbook = open_workbook(path)
    sheet = workbook.sheets[0]
    rows = list(workbook.rows(sheet))
    (table,) = survey_rows(rows, workbook.facts(sheet), sheet, ImportOptions()).tables
    return table, [list(row) for row in rows]


@pytest.mark.parametrize("gap", [2, 3, 7])
@pytest.mark.parametrize("count", [5, 60, 900])
def test_aligned_columns_come_back(tmp_path: Path, gap: int, count: int) -> None:
    draw = random.Random(count)
    header = ["Name", "Amount", "City", "Day"]
    table = [
        [draw.choice(_WORDS), f"{draw.uniform(0, 9999):,.2f}", draw.choice(_WORDS), f"2024-02-{n % 28 + 1:02}"]
        for n in range(count)
    ]
    widths = [max(len(row[place]) for row in (header, *table)) for place in range(4)]
    lines = [
        (" " * gap).join(cell.rjust(w) if place == 1 else cell.ljust(w) for place, (cell, w) in enumerate(pairs))
        for pairs in (list(zip(row, widths, strict=True)) for row in (header, *table))
    ]
    plan, rows = _read(tmp_path / "a.txt", "\n".join(lines) + "\n")
    assert rows == [header, *table]
    assert plan.header_rows == (1,)
    assert [column.type for column in plan.columns] == [PgType.TEXT, PgType.NUMERIC, PgType.TEXT, PgType.DATE]


def test_a_drawn_line_tells_the_columns_and_is_no_data(tmp_path: Path) -> None:
    text = (
        "Report of sales in March 2023 by the finance team\n\n"
        "Name        City     Amount\n----------- -------- ------\n"
        "Anna Bell   Berlin     12.5\nBob         New York  100.0\n"
        "Chloe       Rome        7.0\nDmitri K.   Oslo      345.2\n"
    )
    plan, rows = _read(tmp_path / "a.txt", text)
    assert [column.source for column in plan.columns] == ["Name", "City", "Amount"]
    assert (plan.header_rows, plan.rows) == ((3,), 4)
    assert rows[5] == ["Bob", "New York", "100.0"]


@pytest.mark.parametrize(
    "text",
    [
        "+----+------+\n| id | name |\n+----+------+\n|  1 | Anna |\n|  2 | Bob  |\n|  3 | Eva  |\n+----+------+\n",
        "| id | name |\n|---:|:-----|\n|  1 | Anna |\n|  2 | Bob  |\n|  3 | Eva  |\n",
        " id | name \n----+------\n  1 | Anna\n  2 | Bob\n  3 | Eva\n(3 rows)\n",
    ],
)
def test_tables_drawn_with_signs(tmp_path: Path, text: str) -> None:
    plan, _ = _read(tmp_path / "a.txt", text)
    assert plan.rows == 3
    assert [column.name for column in plan.columns] == ["id", "name"]
    assert [column.type for column in plan.columns] == [PgType.BIGINT, PgType.TEXT]


def test_sentences_have_no_columns() -> None:
    letter = ["Dear all,", "this is a letter with  two blanks", "in one of its lines,", "and it ends here.", "Bye"]
    assert find_cuts(letter) == ()


def test_a_stamp_is_not_cut_at_its_blank() -> None:
    lines = ["Day and time of it   Qty", *[f"2024-01-{n:02} 12:{n:02}     {n:4}" for n in range(1, 20)]]
    assert len(find_cuts(lines)) == 1


def test_words_across_a_cut_stay_together() -> None:
    lines = ["ab cd  ef\n", "a titleword long\n", "ab titlewords\n", "\n"]
    assert list(parse_lines(lines, (3, 7))) == [
        ["ab", "cd", "ef"],
        ["a titleword long", "", ""],
        ["ab", "titlewords", ""],
        [],
    ]
