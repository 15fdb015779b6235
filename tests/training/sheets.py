"""Generated sheets with their labels: ordinary and awkward tables, and sheets that hold none, in many languages.

They fill the gaps of the labelled corpus: tables of words only, rows without a header, survey exports with three header
rows, timetables, scripts written from the right, forms, contents, notes. The same seed gives the same sheets.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from tests.training.words import LANGUAGES, SENTENCES, Language
from workers.core.model.cells import CellRange, CellValue

OUTSIDE, HEADER, DATA = 0, 1, 2
Column = Callable[[Random], CellValue]


@dataclass(slots=True)
class LabelledSheet:
    """A sheet with the role of each row that is not blank.

    Attributes:
        kind: What it is an example of.
        rows: The cells, from Excel row 1.
        roles: Per Excel row its role.
        merged: Merged areas.
        bold: Bold rows.
    """

    kind: str
    rows: list[list[CellValue]] = field(default_factory=list)
    roles: dict[int, int] = field(default_factory=dict)
    merged: list[CellRange] = field(default_factory=list)
    bold: set[int] = field(default_factory=set)

    def add(self, role: int, *cells: CellValue, bold: bool = False) -> int:
        """Add a row; its Excel row."""
        self.rows.append(list(cells))
        number = len(self.rows)
        if any(cell not in (None, "") for cell in cells):
            self.roles[number] = role
            if bold:
                self.bold.add(number)
        return number

    def gap(self, rows: int) -> None:
        """Add blank rows."""
        self.rows += [[] for _ in range(rows)]


def generate(seed: int, count: int) -> list[LabelledSheet]:
    """So many sheets of all kinds in turn."""
    rng = Random(seed)
    makers = [*_TABLES, *_TABLES, *_NONE]
    return [makers[place % len(makers)](rng) for place in range(count)]


def without_table(seed: int, count: int) -> list[LabelledSheet]:
    """So many sheets that hold no table."""
    rng = Random(seed)
    return [_NONE[place % len(_NONE)](rng) for place in range(count)]


def _language(rng: Random) -> Language:
    return rng.choice(list(LANGUAGES.values()))


def _columns(rng: Random, words: Language, count: int, *, only_words: bool = False) -> list[Column]:
    """What each column holds; the first one is mostly a name or a code."""
    kinds: list[Column] = [
        lambda r: r.choice(words.values),
        lambda r: f"{r.choice(words.values)} {r.choice(words.values).lower()}",
        lambda r: r.choice(words.values[:3]),
    ]
    if not only_words:
        low = rng.choice([0, 1, 100, 1900])
        kinds += [
            lambda r: r.randint(low, low * 3 + 100),
            lambda r: round(r.uniform(0, 1000), 2),
            lambda r: round(r.random(), 4),
            lambda r: dt.datetime(2019, 1, 1) + dt.timedelta(days=r.randint(0, 900)),
            lambda r: f"{r.randint(1, 28):02}.{r.randint(1, 12):02}.20{r.randint(10, 24)}",
            lambda r: f"{r.choice('ABCK')}-{r.randint(1, 999):03}",
            lambda r: f"{r.choice(words.values[:4])}{r.randint(1, 99)}@example.org".lower().replace(" ", "."),
            lambda r: str(r.randint(1, 99999)),
            lambda r: r.choice([True, False]),
        ]
    first: list[Column] = [kinds[0], kinds[1], lambda r: f"{r.choice('XYZ')}{r.randint(100, 999)}"]
    if not only_words:
        first += [lambda r: r.randint(1, 5000), lambda r: dt.datetime(2020, 1, 1) + dt.timedelta(days=r.randint(0, 99))]
    return [rng.choice(first), *(rng.choice(kinds) for _ in range(count - 1))]


def _rows(rng: Random, columns: list[Column], count: int, blank: float = 0.0) -> list[list[CellValue]]:
    return [
        [column(rng) if place == 0 or rng.random() >= blank else None for place, column in enumerate(columns)]
        for _ in range(count)
    ]


def _names(rng: Random, words: Language, count: int) -> list[str]:
    names = list(words.names)
    rng.shuffle(names)
    return [
        names[place % len(names)] + (f" {place // len(names) + 1}" if place >= len(names) else "")
        for place in range(count)
    ]


def _above(sheet: LabelledSheet, rng: Random, words: Language) -> None:
    """Perhaps titles."""
    for _ in range(rng.choice([0, 0, 0, 1, 1, 2, 3])):
        lead = [None] * rng.choice([0, 0, 0, 1, 3])
        sheet.add(OUTSIDE, *lead, rng.choice((*words.titles, *words.notes)), bold=rng.random() < 0.4)
    if sheet.rows:
        sheet.gap(rng.choice([0, 0, 1, 1, 2]))


def _below(sheet: LabelledSheet, rng: Random, words: Language, data: list[list[CellValue]]) -> None:
    """Perhaps a total, perhaps notes."""
    if rng.random() < 0.3 and data and not isinstance(data[0][0], (int, float)):
        sums = [_sum([row[c] for row in data]) for c in range(len(data[0]))]
        if any(value is not None for value in sums):
            sheet.gap(rng.choice([0, 0, 0, 1]))
            sheet.add(OUTSIDE, rng.choice(words.totals), *sums[1:], bold=rng.random() < 0.5)
    if rng.random() < 0.15 and len(data) > 2:
        sheet.gap(rng.choice([0, 1, 1]))
        for label in rng.choice(
            [("Mean", "SD"), ("Average", "Max"), ("Mittelwert", "Minimum", "Maximum"), ("N", "Mean")]
        ):
            figures = [
                round(rng.uniform(1, 500), 2) if isinstance(cell, (int, float)) else None for cell in data[0][1:]
            ]
            if any(figure is not None for figure in figures):
                sheet.add(OUTSIDE, label, *figures)
    if rng.random() < 0.35:
        sheet.gap(rng.choice([0, 1, 1, 2]))
        for _ in range(rng.randint(1, 3)):
            sheet.add(OUTSIDE, rng.choice((*words.notes, rng.choice(SENTENCES))))


def _sum(cells: list[CellValue]) -> float | None:
    """The sum of a column of nothing but numbers."""
    numbers = [cell for cell in cells if isinstance(cell, (int, float)) and not isinstance(cell, bool)]
    return sum(numbers) if len(numbers) == len(cells) else None


def _table(rng: Random) -> LabelledSheet:
    """One header row above rows of every kind."""
    sheet, words = LabelledSheet("table"), _language(rng)
    _above(sheet, rng, words)
    columns = _columns(rng, words, rng.choice([2, 3, 4, 5, 6, 8, 12]))
    sheet.add(HEADER, *_names(rng, words, len(columns)), bold=rng.random() < 0.4)
    data = _rows(rng, columns, rng.choice([1, 2, 3, 4, 6, 10, 20, 40]), rng.choice([0, 0, 0.1, 0.4]))
    for row in data:
        sheet.add(DATA, *row)
    _below(sheet, rng, words, data)
    return sheet


def _words_only(rng: Random) -> LabelledSheet:
    """A table without a single number."""
    sheet, words = LabelledSheet("words"), _language(rng)
    _above(sheet, rng, words)
    columns = _columns(rng, words, rng.choice([1, 2, 2, 3, 4, 6]), only_words=True)
    sheet.add(HEADER, *_names(rng, words, len(columns)), bold=rng.random() < 0.4)
    for row in _rows(rng, columns, rng.choice([4, 5, 6, 10, 20, 40]), rng.choice([0, 0, 0.1])):
        sheet.add(DATA, *row)
    return sheet


def _list(rng: Random) -> LabelledSheet:
    """A single column of names or codes under its name."""
    sheet, words = LabelledSheet("list"), _language(rng)
    sheet.add(HEADER, rng.choice(words.names), bold=rng.random() < 0.4)
    column = rng.choice(_columns(rng, words, 6))
    for _ in range(rng.choice([4, 8, 12, 30])):
        sheet.add(DATA, column(rng))
    return sheet


def _bare(rng: Random) -> LabelledSheet:
    """Rows without a header."""
    sheet, words = LabelledSheet("no header"), _language(rng)
    if rng.random() < 0.2:
        _above(sheet, rng, words)
    columns = _columns(rng, words, rng.choice([2, 3, 4, 6, 9]))
    for row in _rows(rng, columns, rng.choice([4, 5, 8, 12, 30]), rng.choice([0, 0, 0.1])):
        sheet.add(DATA, *row)
    return sheet


def _grouped(rng: Random) -> LabelledSheet:
    """Groups over names, perhaps units below, perhaps years."""
    sheet, words = LabelledSheet("groups"), _language(rng)
    _above(sheet, rng, words)
    groups, inner = rng.choice([2, 3, 4]), rng.choice([2, 3])
    merged, repeated = rng.random() < 0.5, rng.random() < 0.2
    top: list[CellValue] = [rng.choice(words.names) if rng.random() < 0.4 else None]
    years = rng.random() < 0.4
    for group in range(groups):
        name: CellValue = 2015 + group if years else f"{rng.choice(words.values)}"
        top += [name, *([name if repeated else None] * (inner - 1))]
    first = sheet.add(HEADER, *top, bold=rng.random() < 0.4)
    if merged and not repeated:
        for group in range(groups):
            left = 1 + group * inner
            sheet.merged.append(CellRange(first, left, first, left + inner - 1))
    names = _names(rng, words, inner)
    sheet.add(HEADER, None if top[0] else rng.choice(words.names), *names * groups, bold=first in sheet.bold)
    if rng.random() < 0.3:
        sheet.add(HEADER, None, *[rng.choice(["kg", "%", "EUR", "(1000)", "t"])] * (groups * inner))
    low = rng.choice([0, 1000])
    data: list[list[CellValue]] = [
        [f"{rng.choice(words.values)} {place}", *(round(rng.uniform(low, low + 500), 1) for _ in range(groups * inner))]
        for place in range(rng.choice([2, 3, 6, 12, 25]))
    ]
    for row in data:
        sheet.add(DATA, *row)
    _below(sheet, rng, words, data)
    return sheet


def _periods(rng: Random) -> LabelledSheet:
    """Years or months over figures, rows in sections with labels of their own."""
    sheet, words = LabelledSheet("periods"), _language(rng)
    _above(sheet, rng, words)
    count = rng.choice([3, 5, 8, 12])
    heads: list[CellValue] = list(words.months[:count]) if rng.random() < 0.5 else [2000 + n for n in range(count)]
    sheet.add(HEADER, rng.choice([None, words.names[0]]), *heads, bold=rng.random() < 0.4)
    for section in range(rng.choice([1, 1, 2, 3])):
        if section or rng.random() < 0.3:
            if rng.random() < 0.4:
                sheet.gap(1)
            sheet.add(DATA, rng.choice(words.values).upper(), bold=rng.random() < 0.5)
        for place in range(rng.randint(2, 8)):
            cells = [
                rng.choice(["-", "..", None]) if rng.random() < 0.1 else rng.randint(1, 9999) for _ in range(count)
            ]
            sheet.add(DATA, f"{rng.choice(words.values)} {section}.{place}", *cells)
    _below(sheet, rng, words, [])
    return sheet


def _gaps(rng: Random) -> LabelledSheet:
    """One table whose rows have blank rows in between."""
    sheet, words = LabelledSheet("gaps"), _language(rng)
    _above(sheet, rng, words)
    columns = _columns(rng, words, rng.choice([3, 4, 6]))
    sheet.add(HEADER, *_names(rng, words, len(columns)), bold=rng.random() < 0.4)
    if rng.random() < 0.3:
        sheet.gap(1)
    for _ in range(rng.randint(2, 4)):
        for row in _rows(rng, columns, rng.randint(2, 6), 0.05):
            sheet.add(DATA, *row)
        sheet.gap(1)
    return sheet


def _stacked(rng: Random) -> LabelledSheet:
    """Tables below each other, each with a header and mostly a title of its own."""
    sheet, words = LabelledSheet("stacked"), _language(rng)
    alike = rng.random() < 0.4
    columns = _columns(rng, words, rng.choice([2, 3, 4, 6]))
    names = _names(rng, words, len(columns))
    for place in range(rng.randint(2, 4)):
        if place:
            sheet.gap(rng.choice([1, 1, 1, 2, 3]))
            if not alike:
                columns = _columns(rng, words, rng.choice([2, 3, 4, 6]))
                names = _names(rng, words, len(columns))
        if rng.random() < 0.6:
            sheet.add(OUTSIDE, rng.choice(words.titles), bold=rng.random() < 0.4)
        sheet.add(HEADER, *names, bold=rng.random() < 0.4)
        for row in _rows(rng, columns, rng.randint(2, 9)):
            sheet.add(DATA, *row)
    return sheet


def _survey(rng: Random) -> LabelledSheet:
    """A survey's export: codes of the questions, the questions, and what the service calls them."""
    sheet, words = LabelledSheet("survey"), _language(rng)
    count = rng.choice([5, 8, 12])
    codes = ["StartDate", "ResponseId", *(f"Q{n}" for n in range(1, count))]
    questions = [
        "Start Date",
        "Response ID",
        *(f"{rng.choice(words.titles)} - {rng.choice(words.names)}?" for _ in codes[2:]),
    ]
    sheet.add(HEADER, *codes)
    sheet.add(HEADER, *questions)
    sheet.add(HEADER, *('{"ImportId":"' + (code if n < 2 else f"QID{n}_TEXT") + '"}' for n, code in enumerate(codes)))
    for _ in range(rng.choice([2, 5, 15])):
        start = dt.datetime(2022, 3, 1) + dt.timedelta(minutes=rng.randint(0, 90000))
        answers = [rng.choice([*words.values[:4], None, "5", rng.choice(SENTENCES)]) for _ in codes[2:]]
        sheet.add(DATA, start if rng.random() < 0.5 else str(start), f"R_{rng.getrandbits(40):x}", *answers)
    return sheet


def _timetable(rng: Random) -> LabelledSheet:
    """Days over hours, cells of words, many of them blank."""
    sheet, words = LabelledSheet("timetable"), _language(rng)
    _above(sheet, rng, words)
    days = rng.choice(
        [["Mon", "Tue", "Wed", "Thu", "Fri"], ["Lunedì", "Martedì", "Mercoledì"], ["Pzt", "Sal", "Çar", "Per"]]
    )
    sheet.add(HEADER, rng.choice([None, words.names[5]]), *days, bold=rng.random() < 0.5)
    for hour in range(8, 8 + rng.randint(4, 9)):
        written = rng.choice([f"{hour}:00", f"{hour:02}:00-{hour + 1:02}:00"])
        label: CellValue = dt.time(hour) if rng.random() < 0.3 else written
        sheet.add(DATA, label, *(rng.choice([*words.values[:5], None, None]) for _ in days))
    return sheet


def _form(rng: Random) -> LabelledSheet:
    """Keys and values, in one pair of columns or in two."""
    sheet, words = LabelledSheet("form"), _language(rng)
    if rng.random() < 0.6:
        sheet.add(OUTSIDE, rng.choice(words.titles), bold=True)
        sheet.gap(rng.choice([0, 1]))
    colon = rng.choice(["", ":", " :"])
    for _ in range(rng.randint(4, 14)):
        value = rng.choice([*words.values, rng.choice(SENTENCES), rng.randint(1, 9999), None, dt.datetime(2020, 5, 4)])
        gap: list[CellValue] = [None] * rng.choice([0, 0, 0, 1])
        cells: list[CellValue] = [rng.choice(words.fields) + colon, *gap, value]
        if rng.random() < 0.3:
            cells += [None, rng.choice(words.fields) + colon, rng.choice(words.values)]
        sheet.add(OUTSIDE, *cells)
        if rng.random() < 0.2:
            sheet.gap(1)
    return sheet


def _contents(rng: Random) -> LabelledSheet:
    """A list of the sheets of a workbook."""
    sheet, words = LabelledSheet("contents"), _language(rng)
    sheet.add(
        OUTSIDE,
        rng.choice(["Contents", "Inhalt", "Indice", "Spis treści", "İçindekiler", "目录", "المحتويات"]),
        bold=True,
    )
    sheet.gap(rng.choice([0, 1]))
    numbered, lead = rng.random() < 0.5, rng.choice([0, 0, 1])
    for place in range(rng.randint(4, 15)):
        title = f"{rng.choice(words.titles)} {place + 1}"
        cells: list[CellValue] = [None] * lead
        labels: tuple[CellValue, ...] = (place + 1, f"Table {place + 1}", f"{place // 4 + 1}.{place % 4 + 1}")
        cells += [rng.choice(labels), title] if numbered else [title]
        sheet.add(OUTSIDE, *cells)
        if rng.random() < 0.15:
            sheet.gap(1)
    return sheet


def _notes(rng: Random) -> LabelledSheet:
    """Sentences, perhaps under headings."""
    sheet, words = LabelledSheet("notes"), _language(rng)
    for _ in range(rng.randint(4, 12)):
        if rng.random() < 0.3:
            sheet.gap(1)
            sheet.add(OUTSIDE, rng.choice(words.titles), bold=rng.random() < 0.5)
        text = " ".join(rng.choice(SENTENCES) for _ in range(rng.randint(1, 3)))
        sheet.add(OUTSIDE, *([None] * rng.choice([0, 0, 0, 1])), text)
    return sheet


def _letter(rng: Random) -> LabelledSheet:
    """An address, a date, a few sentences, a name: words here and there."""
    sheet, words = LabelledSheet("letter"), _language(rng)
    for _ in range(3):
        sheet.add(OUTSIDE, *([None] * rng.choice([0, 4])), rng.choice(words.values))
    sheet.gap(1)
    sheet.add(OUTSIDE, *[None] * 4, "2021-05-04")
    sheet.gap(1)
    for _ in range(rng.randint(2, 5)):
        sheet.add(OUTSIDE, None, rng.choice(SENTENCES))
    sheet.gap(2)
    sheet.add(OUTSIDE, *[None] * 3, rng.choice(words.fields) + ":", None, rng.choice(words.values))
    return sheet


def _described(rng: Random) -> LabelledSheet:
    """A table's own description: name, unit, period and remarks of a statistic, one a row."""
    sheet, words = LabelledSheet("description"), _language(rng)
    for _ in range(rng.randint(5, 12)):
        sheet.add(OUTSIDE, f"{rng.choice('○□*-')} {rng.choice(words.fields)}", *([None] * rng.choice([0, 1])))
        if rng.random() < 0.8:
            texts: tuple[CellValue, ...] = (rng.choice(SENTENCES), rng.choice(words.titles), rng.randint(1990, 2024))
            sheet.add(OUTSIDE, None, rng.choice(texts))
    return sheet


_TABLES = (_table, _words_only, _bare, _list, _grouped, _periods, _gaps, _stacked, _survey, _timetable)
_NONE = (_form, _contents, _notes, _letter, _described)
