"""Text files as programs and people write them: what is written comes back, whatever the dialect and the encoding."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.workers.importing.reading.making import all_rows
from workers.core.layout.detect import find_layout
from workers.core.layout.lines import sketch_of
from workers.core.model.options import HeaderChoice
from workers.core.model.plans import SheetFacts
from workers.importing.reading.opening import open_workbook

Table = list[list[str]]
_PEOPLE = ["Anna", "Bob", "Chloé", "Dmitri", "Eva", "Farid", "Greta", "Hans", "Inês", "Jack", "Karl", "Lena"]
_CITIES = ["Berlin", "Paris", "São Paulo", "Oslo", "Madrid"]


def _people() -> Iterator[list[str]]:
    yield ["id", "name", "city", "amount", "day"]
    for n, name in enumerate(_PEOPLE):
        yield [str(n + 1), name, _CITIES[n % 5], f"{n * 13.37:.2f}", f"2024-{n % 12 + 1:02}-{n % 27 + 1:02}"]


def _words(*columns: list[str]) -> Table:
    return [[column[0] if not n else column[1 + n % (len(column) - 1)] for column in columns] for n in range(13)]


def _written(table: Table, **dialect: Any) -> str:
    text = io.StringIO()
    csv.writer(text, **{"lineterminator": "\r\n", **dialect}).writerows(table)
    return text.getvalue()


def _read(path: Path, content: bytes) -> Table:
    path.write_bytes(content)
    return [[str(cell) for cell in row] for row in all_rows(path)]


TABLE: Table = list(_people())
QUOTING: Table = [[r[0], f'{r[1]} "of {r[2]}"', *r[2:]] for r in TABLE]
BROKEN: Table = [[*r[:2], f"{r[2]}\nsecond, line", *r[3:]] for r in TABLE]
POLISH = _words(
    ["nr", "1", "2", "3"], ["imię", "Łukasz", "Małgorzata", "Żaneta"], ["miasto", "Łódź", "Kraków", "Świdnica"]
)
RUSSIAN = _words(["номер", "1", "2"], ["имя", "Анна", "Борис", "Вера"], ["город", "Москва", "Казань", "Омск"])
JAPANESE = _words(["番号", "1", "2"], ["名前", "田中", "鈴木", "佐藤"], ["都市", "東京", "大阪", "京都"])


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", "^", "~"])
def test_delimiters(tmp_path: Path, delimiter: str) -> None:
    assert _read(tmp_path / "a.csv", _written(TABLE, delimiter=delimiter).encode()) == TABLE


@pytest.mark.parametrize(
    ("table", "dialect"),
    [
        (TABLE, {"quoting": csv.QUOTE_ALL}),
        (TABLE, {"quoting": csv.QUOTE_ALL, "quotechar": "'"}),
        (BROKEN, {}),
        (QUOTING, {}),
        (QUOTING, {"doublequote": False, "escapechar": "\\", "quoting": csv.QUOTE_ALL}),
    ],
)
def test_quoting(tmp_path: Path, table: Table, dialect: dict[str, Any]) -> None:
    assert _read(tmp_path / "a.csv", _written(table, **dialect).encode()) == table


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_line_ends(tmp_path: Path, end: str) -> None:
    assert _read(tmp_path / "a.csv", _written(TABLE, lineterminator=end).encode()) == TABLE


def test_spaces_between_delimiter_and_quotation_mark(tmp_path: Path) -> None:
    text = "\n".join(", ".join(f'"{cell}"' for cell in row) for row in BROKEN)
    assert _read(tmp_path / "a.csv", text.encode()) == BROKEN


@pytest.mark.parametrize(
    ("table", "encoding"),
    [
        (TABLE, "utf-8"),
        (TABLE, "utf-8-sig"),
        (TABLE, "utf-16"),
        (TABLE, "utf-16-le"),
        (TABLE, "utf-32"),
        (TABLE, "cp1252"),
        (TABLE, "mac_roman"),
        (POLISH, "cp1250"),
        (POLISH, "iso8859_2"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8_r"),
        (JAPANESE, "cp932"),
        (JAPANESE, "euc_jp"),
    ],
)
def test_encodings(tmp_path: Path, table: Table, encoding: str) -> None:
    assert _read(tmp_path / "a.csv", _written(table, delimiter=";").encode(encoding)) == table


def test_letters_lost_on_the_way_to_utf8_are_repaired_and_told(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    rows = _read(path, _written(TABLE).replace("Bob", "d\x92Arc \x80 5").encode())
    assert rows[2][1] == "d’Arc € 5"
    workbook = open_workbook(path)
    assert [finding.code for finding in workbook.facts(workbook.sheets[0]).remarks] == ["repaired-characters"]


def _with_footer(text: str) -> str:
    return f"{text}\r\nSource: statistics office, table 12\r\n"


_SURROUNDINGS: dict[str, tuple[Callable[[str], str], int]] = {
    "a title": (lambda text: f"Report of 2024\r\nAll amounts in EUR\r\n\r\n{text}", 3),
    "a padded title": (lambda text: f"Report of 2024,,,,\r\n,,,,\r\n{text}", 2),
    "comments with more commas than the table": (lambda text: f"# a, b, c, d, e, f, g\n# x, y\n{text}", 2),
    "properties": (lambda text: f"Report,Sales\r\nCreated,2024-03-01 12:00\r\nUser,anna\r\n\r\n{text}", 4),
    "a source below": (_with_footer, 0),
    "a total below": (lambda text: f"{text}Total,,,882.42,\r\n", 0),
    "a count below": (lambda text: f"{text}(12 rows)\r\n", 0),
}


@pytest.mark.parametrize("case", _SURROUNDINGS)
def test_what_stands_around_the_table(tmp_path: Path, case: str) -> None:
    surround, above = _SURROUNDINGS[case]
    path = tmp_path / "a.csv"
    path.write_bytes(surround(_written(TABLE)).encode())
    layout = find_layout(sketch_of(all_rows(path)), SheetFacts(), HeaderChoice())
    found = [(block.header_rows, block.first_row, block.last_row) for block in layout.blocks]
    assert found == [((above + 1,), above + 2, above + len(TABLE))]
    assert layout.left_out


@pytest.mark.parametrize("text", ["This is, well, note {0}; read on: now", '{{"a": {0}, "b": [1, 2, 3]}}'])
def test_signs_inside_cells_divide_nothing(tmp_path: Path, text: str) -> None:
    table = [["note", "n"], *[[text.format(n), str(n)] for n in range(10)]]
    assert _read(tmp_path / "a.csv", _written(table).encode()) == table
