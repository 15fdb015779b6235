"""What stands below the data and is not data: footnotes, legends and totals."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, median
from typing import Final

from workers.core.layout.header_groups import is_ruler
from workers.core.layout.lines import NUMBER, NUMBER_TEXT, TEXT, Line
from workers.core.layout.profile import Profile, fits, profile
from workers.core.model.cells import CellValue

_TOTAL_WORDS: Final = (
    "total|totals|grand total|sub ?total|sum|overall total|gesamt|gesamtsumme|summe|insgesamt|endsumme|totaal|"
    "total général|total general|totale|totale generale|totaux|suma|suma total|totais|total geral|ogółem|razem|"
    "celkem|spolu|összesen|toplam|genel toplam|yhteensä|totalt|summa|i alt|итого|всего|общий итог|разом|усього|"
    'σύνολο|المجموع|الإجمالي|סך הכל|סה"כ|कुल|योग|合计|总计|小计|合計|總計|総計|小計|합계|총계|tổng|tổng cộng|jumlah'
)
_TOTAL: Final = re.compile(rf"(?:{_TOTAL_WORDS})[\s:.*]*", re.IGNORECASE)
_BEGINS_TOTAL: Final = re.compile(rf"\W*(?:sub-?\s?total|{_TOTAL_WORDS})(?![^\W_])", re.IGNORECASE)
_NOTE: Final = re.compile(
    r"(?:[*†‡§¹²³⁴⁵⁶⁷⁸⁹]|\(?\d{1,2}\)?[.)\s]\s*\S|\([a-z0-9]\)|notes?\b|sources?\b|quelle\b|nota\b|fuente\b|fonte\b|"
    r"remarks?\b|legend\b|last updated?\b|as of\b|copyright|©|примечани|источник|注|备注|来源|資料|出典)",
    re.IGNORECASE,
)
# Words with a colon, or a sign before a sentence, that no record begins with.
_PLAIN_NOTE: Final = re.compile(
    r"(?:(?:data )?sources?|(?:foot)?notes?|n\.?\s?b\.?|remarks?|comments?|disclaimer|quellen?|hinweise?|"
    r"anmerkung(?:en)?|legende|remarques?|notas?|fuentes?|fontes?|observa(?:ciones|ções)|bron|källa|kilde|źródło|"
    r"uwag[ai]|zdroj|pozn(?:ámka)?\.?|forrás|megjegyzés|kaynak|примечани[ея]|источник[и]?|джерело|πηγή|المصدر|מקור|"
    r"注|备注|備註|来源|來源|資料來源|资料来源|数据来源|出典|資料|注記|출처|자료|비고)\s*[:：]\s*\S|"
    r"[*†‡※©]\s*[^\W\d_]{2}.* \S|\(\d+ [^\W\d_]+(?: [^\W\d_]+)*\)",
    re.IGNORECASE,
)
_FIGURE: Final = re.compile(
    r"(?:average|avg|mean|median|minimum|min|maximum|max|count|n|std ?dev|st\.? ?dev\.?|sd|stdev|standard deviation|"
    r"variance|std|mittelwert|durchschnitt|mittel|anzahl|moyenne|médiane|écart[- ]type|media|mediana|promedio|média|"
    r"gemiddelde|średnia|medelvärde|gjennomsnitt|среднее|平均|平均值|평균)[.:]?",
    re.IGNORECASE,
)
_LONG: Final = 60
_SHORT: Final = 40
_ALSO_NAMES: Final = frozenset({"max", "min", "n", "media", "count"})
_MOST_TOTALS: Final = 8
_SEVERAL: Final = 4
"""Words that make a phrase."""


@dataclass(frozen=True, slots=True)
class Tail:
    """Where the data ends.

    Attributes:
        end: Index after the last data line.
        notes: Lines that are notes, by index.
        totals: Lines that are totals, by index.
        why_total: Why the last total is one, in words.
    """

    end: int
    notes: tuple[int, ...] = ()
    totals: tuple[int, ...] = ()
    why_total: str = ""


def find_tail(lines: Sequence[Line], known: Profile | None = None) -> Tail:
    """The end of the data among the lines of a body.

    Args:
        lines: The body from its first data line on, or its last lines when `known` is given.
        known: What the rows of the body have in common, when `lines` are only its end.
    """
    end = len(lines)
    body = known or profile(lines[: max(1, end - _trailing_narrow(lines))])
    totals: list[int] = []
    notes: list[int] = []
    why = ""
    floor = 0 if known else 1
    while end > floor:
        if _is_note(lines, end - 1, body, end in notes):
            notes.append(end - 1)
            end -= 1
            continue
        reason = _total_reason(lines, end - 1, body) or _figure_reason(lines, end - 1, body, bool(totals))
        if not reason and totals and _leads_to_total(lines[end - 1], body):
            reason = "it leads to the total below"
        if not reason or len(totals) >= _MOST_TOTALS:
            break
        totals.append(end - 1)
        why = why or reason
        end -= 1
    return Tail(end, tuple(sorted(notes)), tuple(sorted(totals)), why)


def _trailing_narrow(lines: Sequence[Line]) -> int:
    """How many lines at the end are narrower than half of the widest typical line."""
    widths = sorted(line.width for line in lines)
    typical = widths[(3 * len(widths)) // 4] if widths else 0
    count = 0
    for line in reversed(lines):
        if line.width > 0.4 * typical or count >= len(lines) - 1:
            break
        count += 1
    return count


def _is_note(lines: Sequence[Line], index: int, body: Profile, below: bool) -> bool:
    """Whether the line, the last one left, is a note and not a row; `below` says that notes follow it directly."""
    line = lines[index]
    if is_ruler(line):
        return True
    if any(kind in (NUMBER,) and fits(kind, body.families.get(c, "t")) for c, kind in line.kinds.items()):
        return False
    if body.width < 2:
        return _note_under_list(lines, index)
    if line.width > max(1.0, 0.4 * body.width) or not all(kind == TEXT for kind in line.kinds.values()):
        return _foreign(line, body)
    texts = [str(value).strip() for value in line.cells.values()]
    marked = any(_NOTE.match(text) for text in texts)
    longer = any(len(text) > max(_LONG, 2 * _longest(lines[:index], c)) for c, text in _texts_of(line))
    if line.width <= 2 and (longer or (marked and (line.gap or body.width >= 3))):
        return True
    if line.width == 1 and _PLAIN_NOTE.match(texts[0]) and not any(_PLAIN_NOTE.match(t) for t in _first(lines, index)):
        return True
    if _pattern_known(lines, index) or (not line.gap and _begins_record(lines, index, body)):
        return False
    if line.gap:
        return True
    label = line.width == 1 and next(iter(line.cells)) == min(body.fills, default=0)
    if label and body.width >= 3 and _wordier(texts[0], lines[:index], min(line.cells)):
        return _misses_dense(line, body) or all(other.width > 1 for other in lines[: max(0, index - _MOST_TOTALS)])
    if label and not below:
        # A row that fills only its first column may be a record whose rest is missing.
        return False
    return body.width >= 3 and _misses_dense(line, body)


def _first(lines: Sequence[Line], index: int) -> list[str]:
    """The texts above a line in the column that it begins in; those of the few lines just above may be notes too."""
    column = min(lines[index].cells)
    return [str(line.cells.get(column, "")).strip() for line in lines[: max(0, index - _MOST_TOTALS)]]


def _begins_record(lines: Sequence[Line], index: int, body: Profile) -> bool:
    """Whether a line fills the first columns as records do: with short texts, one of which stands above it too."""
    line = lines[index]
    columns = sorted(line.cells)
    if columns != sorted(body.fills)[: len(columns)]:
        return False
    short = all(len(str(value)) <= _SHORT for value in line.cells.values())
    if str(line.cells[columns[0]]).strip().endswith(":"):
        return False
    again = any(line.cells[c] == other.cells.get(c) for other in lines[:index] for c in columns)
    return short and (again or len(columns) > 1)


def _foreign(line: Line, body: Profile) -> bool:
    """Whether every cell is a text that stands in columns of numbers or dates, as chatter below a table does."""
    typed = [c for c in line.cells if body.families.get(c, "t") != "t"]
    return (
        line.width <= 0.5 * body.width
        and len(typed) >= 1
        and all(kind == TEXT for kind in line.kinds.values())
        and _misses_dense(line, body)
    )


def is_phrase(text: str) -> bool:
    """Whether a text is made of several words, as sentences are."""
    return len(text.split()) >= _SEVERAL


def reads_as_note(text: str) -> bool:
    """Whether a text begins as notes do: with a word such as Source, a sign or a number of its own."""
    return bool(_NOTE.match(text.strip()) or _PLAIN_NOTE.match(text.strip()))


def is_total_word(text: str) -> bool:
    """Whether a text is nothing but a word for a total."""
    return _TOTAL.fullmatch(text) is not None


def begins_total(text: str) -> bool:
    """Whether a text begins with a word for a total."""
    return _BEGINS_TOTAL.match(text) is not None


def stands_for_total(line: Line) -> str:
    """Why a line that is no data is a total or another figure about the rows above, or an empty string."""
    if not any(kind in (NUMBER, NUMBER_TEXT) for kind in line.kinds.values()):
        return ""
    texts = [str(value).strip() for column, value in sorted(line.cells.items()) if line.kinds[column] == TEXT]
    word = next((text for text in texts if begins_total(text)), "")
    if word:
        return f"it is called {word!r}"
    figure = next((text for text in texts if is_figure_word(text)), "")
    return f"it is called {figure!r} and is a figure about the rows above" if figure else ""


def is_figure_word(text: str) -> bool:
    """Whether a text is nothing but a word for a figure about rows, such as their mean."""
    return _FIGURE.fullmatch(text) is not None


def _wordier(text: str, above: Sequence[Line], column: int) -> bool:
    """Whether a text is a sentence with more words than any text of the records above in its column."""
    records = [line for line in above if line.width > 1 and column in line.cells]
    most = max((len(str(line.cells[column]).split()) for line in records), default=0)
    return is_phrase(text) and len(text.split()) > 2 * most


def _texts_of(line: Line) -> list[tuple[int, str]]:
    return [(column, str(value).strip()) for column, value in line.cells.items()]


def _longest(lines: Sequence[Line], column: int) -> int:
    return max((len(str(line.cells[column])) for line in lines if column in line.cells), default=0)


def _misses_dense(line: Line, body: Profile) -> bool:
    """Whether the line leaves most of the columns blank that all other lines fill."""
    dense = [c for c, n in body.fills.items() if n >= 0.95 * body.lines]
    return len(dense) >= 3 and sum(1 for c in dense if c in line.cells) <= 0.34 * len(dense)


def _pattern_known(lines: Sequence[Line], index: int) -> bool:
    """Whether rows inside the table are filled in the same columns as this line."""
    pattern = frozenset(lines[index].cells)
    inside = index
    while inside > 0 and lines[inside - 1].width <= max(2, len(pattern)):
        inside -= 1
    return sum(1 for line in lines[:inside] if frozenset(line.cells) == pattern) >= max(1, inside // 50)


def _note_under_list(lines: Sequence[Line], index: int) -> bool:
    line = lines[index]
    column, text = _texts_of(line)[0]
    if line.width != 1 or not _NOTE.match(text):
        return False
    return bool(line.gap) or len(text) > max(_LONG, 2 * _longest(lines[:index], column))


def _total_reason(lines: Sequence[Line], index: int, body: Profile) -> str:
    """Why the line is a total, or an empty string."""
    line = lines[index]
    numbers = [
        c for c, kind in line.kinds.items() if kind in (NUMBER, NUMBER_TEXT) and body.families.get(c) in ("n", "N")
    ]
    if not numbers or index < 1:
        return ""
    texts = [(c, str(v).strip()) for c, v in sorted(line.cells.items()) if line.kinds[c] == TEXT]
    word = next((text for _, text in texts if _TOTAL.fullmatch(text)), "")
    sums = _sums(lines, index, numbers)
    if word and (sums or line.gap or _word_is_alone(lines, index, word)):
        return f"it is called {word!r}" + (" and adds up the rows above" if sums else "")
    most = min(0.95 * body.lines, body.lines - 1)
    blank_labels = [c for c, n in body.fills.items() if n >= most and body.families.get(c) == "t"]
    unlabelled = bool(blank_labels) and not any(c in line.cells for c in blank_labels)
    if sums >= max(1, len(numbers) // 2) and index >= 3 and unlabelled:
        return "it has no label and adds up the rows above"
    return ""


def _figure_reason(lines: Sequence[Line], index: int, body: Profile, below: bool) -> str:
    """Why the line is a figure about the rows above, such as their mean, or an empty string.

    Such figures come in groups; a group that stands apart, or one figure that agrees with the rows above, speaks for
    all of them. Max is also a name, so a lonely word needs more; `below` says that another figure follows directly.
    """
    label = _label(lines[index])
    top = index
    while top > 0 and not lines[top].gap and _FIGURE.fullmatch(_label(lines[top - 1])):
        top -= 1
    if top < 2 or not _FIGURE.fullmatch(label) or _label_column(lines[index]) not in body.fills:
        return ""
    apart = bool(lines[top].gap)
    certain = (apart and (index > top or below)) or any(
        _agrees(lines, place, top, apart or _label(lines[place]).casefold() not in _ALSO_NAMES)
        for place in range(top, index + 1)
    )
    return f"it is called {label!r} and is a figure about the rows above" if certain else ""


def _label_column(line: Line) -> int:
    return next((column for column in sorted(line.cells) if line.kinds[column] == TEXT), -1)


def _label(line: Line) -> str:
    return str(line.cells.get(_label_column(line), "")).strip()


def _agrees(lines: Sequence[Line], index: int, end: int, plain: bool) -> bool:
    """Whether numbers of line `index` are mean, median, least or greatest of the first `end` lines, or their count.

    Args:
        lines: The body.
        index: The line.
        end: How many lines it may be about.
        plain: Whether a single number that agrees will do.
    """
    numbers = agreed = 0
    for column, kind in lines[index].kinds.items():
        above = [number for line in lines[:end] if (number := _number(line.cells.get(column))) is not None]
        value = _number(lines[index].cells.get(column)) if kind == NUMBER else None
        if value is None or len(above) < 2:
            continue
        numbers += 1
        figures = (fmean(above), median(above), min(above), max(above), float(len(above)))
        agreed += any(abs(figure - value) <= max(1e-6 * abs(value), 0.006) for figure in figures)
    return agreed >= (1 if plain else 2) and agreed >= 0.5 * numbers


def _leads_to_total(line: Line, body: Profile) -> bool:
    """Whether a line above a total belongs to it: a word in a column of numbers, and at most half of the cells."""
    words = [c for c, kind in line.kinds.items() if kind == TEXT and body.families.get(c, "t") != "t"]
    dense = [c for c, n in body.fills.items() if n >= 0.95 * body.lines]
    return bool(words) and len(dense) >= 3 and sum(1 for c in dense if c in line.cells) <= 0.5 * len(dense)


def _word_is_alone(lines: Sequence[Line], index: int, word: str) -> bool:
    """Whether no row inside the table has the same label: then it is not one category among others."""
    return not any(word in line.cells.values() for line in lines[:index])


def _sums(lines: Sequence[Line], index: int, columns: Sequence[int]) -> int:
    """In how many of the columns the line's number is the sum of those above."""
    found = 0
    for column in columns:
        above = [number for line in lines[:index] if (number := _number(line.cells.get(column))) is not None]
        total = _number(lines[index].cells.get(column))
        if total is None or len(above) < 2 or sum(1 for number in above if number) < 2:
            continue
        if abs(sum(above) - total) <= max(1e-9 * abs(total), 0.006 if total != int(total) else 1e-6):
            found += 1
    return found


def _number(value: CellValue) -> float | None:
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, (int, float)):
        return float(value)
    if isinstance(value, str):
        try:
            return float(value.strip().replace(",", ""))
        except ValueError:
            return None
    return None
