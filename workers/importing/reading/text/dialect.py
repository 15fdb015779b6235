"""How a text file is divided into cells: delimiter, quotation mark and escape, found by trying them.

Each candidate parses a sample. It is judged by how regular the rows become (the same number of cells, many of them) and
by how many cells then look like a value (a number, a date, a word) rather than like several glued together. The two
measures follow the idea of van den Burg, Nazábal and Sutton, "Wrangling messy CSV files by detecting row and type
patterns" (2019).
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import dropwhile, groupby, islice, zip_longest
from operator import itemgetter

from workers.importing.reading.text.fixed_width import find_cuts, parse_lines

SAMPLE_CHARACTERS = 200_000
_SAMPLE_ROWS = 1_500
_SEPARATOR_LINE = re.compile(r"\ufeff?\"?sep=(.)\"?\r?\n?$", re.IGNORECASE)
# The rarer a delimiter is in practice, and the more often its sign stands inside values, the less its score counts.
_TRUST = {",": 1.0, ";": 1.0, "\t": 1.0, "|": 1.0, "^": 0.9, "~": 0.9, ":": 0.6, " ": 0.5}
_NO_CELLS = 1e-3
_FIRST_LINES = 20
_NEARLY_ALL = 0.9
# Signs that also stand inside the cells of a text whose columns are aligned with spaces.
_SPACED_OUT = ("", " ", ":", ",", "~", "^")
_LOOSE_QUOTES = "'\""
_TABLE_SHARE = 0.3
# Delimiters that programs take in turns, and how many lines in a row make a part of a file.
_CHANGING = ",;\t|"
_LEAST_PART = 3
_NO_DELIMITER = "\x1f"
_PAIR = 2
# Signs that also stand within names, times, decimals and sentences, and those of them that need values beside them.
_WITHIN_VALUES = (",", ";", " ", ":", "|", "^", "~")
_PUNCTUATION = (",", ";", ":")
_WITHIN_WORDS = (",", " ", ":")
# Signs of ordinary sentences must divide most lines alike before they count as delimiters.
_PROSE_SIGNS = (" ", ":")
_PROSE_SHARE = 0.6

_VALUE = re.compile(
    r"""
    [-+]?[$€£¥]?\s?\d[\d,.' \u00a0\u202f]*(?:[eE][-+]?\d+)?\s?[%$€£¥]?  # numbers, money, shares
    | \(\d[\d,.]*\)  # negative, as bookkeepers write it
    | [-+]?\.\d+(?:[eE][-+]?\d+)?
    | \d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}  # dates, perhaps with a time
      (?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?\s?(?:[AaPp][Mm])?(?:Z|[-+]\d{2}:?\d{2})?)?
    | \d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?\s?(?:[AaPp][Mm])?
    | [\w.+-]+@[\w-]+(?:\.[\w-]+)+
    | https?://[^\s"]+
    | (?:n/a|N/A|\#N/A|-+|\.)
    """,
    re.VERBOSE,
)
# Figures with spaces among them that do not part thousands.
_SEVERAL = re.compile(r"(?![-+]?\d{1,3}(?: \d{3})+(?:[.,]\d+)?$)[-+\d.,]+(?: +[-+\d.,]+)+")
_WORDS = re.compile(r"[\w#&/()\[\]<>%*+=@$£€!?°'’.-]+(?:[ \u00a0]+[\w#&/()\[\]<>%*+=@$£€!?°'’.-]+)*[.:]?")


@dataclass(frozen=True, slots=True)
class CsvDialect:
    """How to divide a text into cells.

    Attributes:
        delimiter: One character, or an empty string when every line is one cell.
        quote: The quotation mark, or an empty string.
        backslash: Whether a backslash protects a quotation mark.
        separator_line: Whether the first line is Excel's ``sep=;``.
        spaced: Whether spaces stand between a delimiter and the quotation mark after it.
        cuts: Where each column but the first begins, in a text whose columns are aligned with spaces.
        others: Further delimiters, which divide whole parts of the file instead, each with how often it stands in a
            line of its part; the first is `delimiter` itself. Empty where one divides the whole file.
        evidence: Why, in words.
    """

    delimiter: str
    quote: str = '"'
    backslash: bool = False
    separator_line: bool = False
    evidence: str = ""
    spaced: bool = False
    cuts: tuple[int, ...] = ()
    others: tuple[tuple[str, int], ...] = ()

    @property
    def name(self) -> str:
        """For people: ``comma``, ``tab`` and so on."""
        if self.cuts:
            return "none, columns of fixed width"
        return {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar", " ": "space", ":": "colon", "": "none"}.get(
            self.delimiter, self.delimiter
        )


def parse_records(lines: Iterable[str], dialect: CsvDialect, *, strict: bool = False) -> Iterator[list[str]]:
    """Divide lines (with their ends) into records. A blank line is an empty record.

    Raises:
        csv.Error: with `strict`, where a quotation mark stands in an odd place.
    """
    if dialect.cuts:
        return parse_lines(lines, dialect.cuts)
    if not dialect.delimiter and not dialect.quote:
        return ([line] if line else [] for line in (line.rstrip("\r\n") for line in lines))
    if dialect.others:
        return _by_parts(lines, dialect, strict=strict)
    if dialect.backslash:
        lines = map(_unescape, lines)
    return csv.reader(
        lines,
        delimiter=dialect.delimiter or _NO_DELIMITER,
        quotechar=dialect.quote or None,
        quoting=csv.QUOTE_MINIMAL if dialect.quote else csv.QUOTE_NONE,
        doublequote=True,
        strict=strict,
        skipinitialspace=dialect.spaced or dialect.delimiter == " ",
    )


def _by_parts(lines: Iterable[str], dialect: CsvDialect, *, strict: bool) -> Iterator[list[str]]:
    """Divide each part of a file by its own delimiter."""
    for delimiter, part in groupby(_with_delimiters(lines, dialect), key=itemgetter(0)):
        of_part = replace(dialect, delimiter=delimiter, others=())
        yield from parse_records((line for _, line in part), of_part, strict=strict)


def _with_delimiters(lines: Iterable[str], dialect: CsvDialect) -> Iterator[tuple[str, str]]:
    """Each line with the delimiter of the part that it stands in; lines that tell none belong to the part before."""
    current, inside = dialect.delimiter, False
    for line in lines:
        if not inside and line.count(current) != dict(dialect.others)[current]:
            current = next((sign for sign, number in dialect.others if line.count(sign) == number), current)
        inside ^= bool(dialect.quote) and line.count(dialect.quote) % 2 == 1
        yield current, line


def _unescape(line: str) -> str:
    return re.sub(r"\\([\"\\])", lambda m: '""' if m[1] == '"' else "\\", line) if '\\"' in line else line


def detect_dialect(sample: str) -> CsvDialect:
    """Find the dialect of a text from its first part.

    Args:
        sample: Whole lines where possible.
    """
    lines = sample.splitlines(keepends=True)
    said = _SEPARATOR_LINE.fullmatch(lines[0]) if lines else None
    if said:
        return CsvDialect(said[1], separator_line=True, evidence="the first line says so")
    best, best_score = CsvDialect("", evidence="no delimiter divides the lines regularly"), 0.0
    for dialect in _candidates(sample):
        score = _score(lines, dialect)
        if score > best_score:
            best, best_score = dialect, score
    others = _other_parts(lines, best) if best.delimiter else ()
    if others:
        return replace(best, others=others, evidence="the delimiter changes inside the file")
    if best.delimiter and _is_one_column(lines, best):
        best = CsvDialect("", evidence="each line is one value, or words that belong together")
    cuts = find_cuts(lines) if best.delimiter in _SPACED_OUT else ()
    if cuts and _regular_width(lines, best) <= len(cuts):
        return CsvDialect("", "", cuts=cuts, evidence="the same positions are blank in nearly all lines")
    if not best.delimiter:
        quoted = any(line.startswith('"') for line in lines) and _is_strict(sample, CsvDialect("", '"'))
        return CsvDialect("", '"' if quoted else "", evidence=best.evidence)
    return replace(best, evidence=f"{best.name} divides the lines most regularly")


def _other_parts(lines: list[str], dialect: CsvDialect) -> tuple[tuple[str, int], ...]:
    """The delimiters of a file that is divided by several, one part after the other; empty where it is not."""
    counts = Counter(line.count(dialect.delimiter) for line in lines)
    main = max(counts, key=lambda number: (counts[number], number) if number else (0, 0))
    found = [(dialect.delimiter, main)]
    foreign = [line for line in lines if line.count(dialect.delimiter) != main]
    for sign in _CHANGING:
        if sign == dialect.delimiter or counts[main] < _LEAST_PART:
            continue
        runs = ((number, len(list(run))) for number, run in groupby(line.count(sign) for line in foreign))
        number, length = max(runs, key=itemgetter(1), default=(0, 0))
        part = [line for line in foreign if line.count(sign) == number]
        if number > 1 and length >= _LEAST_PART and _value_share(list(csv.reader(part, delimiter=sign))) > _NEARLY_ALL:
            found.append((sign, number))
    return tuple(found) if len(found) > 1 else ()


def _is_one_column(lines: list[str], dialect: CsvDialect) -> bool:
    """Whether a sign that divides the lines stands within values: in times, decimals, names, sentences."""
    if dialect.delimiter not in _WITHIN_VALUES or _glued(lines, dialect):
        return False
    records = _sample_records(lines, dialect)
    if _is_punctuation(lines, dialect, records):
        return True
    if dialect.delimiter == ";":
        return False
    if dialect.delimiter not in _WITHIN_WORDS:
        begun = list(dropwhile(lambda record: len(record) < _PAIR, records))
        widths = Counter(map(len, begun))
        return max(widths.values(), default=0) < _PROSE_SHARE * len(begun)
    # What stands above the values has their sign too where it divides columns.
    body = [line.strip() for line in lines if line.strip()][1:]
    values = sum(_VALUE.fullmatch(line) is not None and not _SEVERAL.fullmatch(line) for line in body)
    # A comma parts nothing where some lines have none, or only the name above them has none.
    undivided = min(map(len, records[1:]), default=0) == 1 or len(records[0]) == 1
    if values >= _NEARLY_ALL * len(body) and (dialect.delimiter != "," or undivided):
        return bool(body)
    if dialect.delimiter == ",":
        return False
    if len(records[0]) == 1:
        return True
    columns = zip_longest(*records[1:], fillvalue="")
    return not any(_mostly_values(column) for column in columns)


def _is_punctuation(lines: list[str], dialect: CsvDialect, records: list[list[str]]) -> bool:
    """Whether the sign is one of sentences: a space follows it, and there are sometimes more and sometimes fewer."""
    sign = dialect.delimiter
    if sign not in _PUNCTUATION:
        return False
    every = sum(line.count(sign) for line in lines)
    spaced = sum(line.count(f"{sign} ") + line.rstrip().endswith(sign) for line in lines)
    widths = Counter(map(len, records))
    return spaced >= _NEARLY_ALL * every and max(widths.values()) < _PROSE_SHARE * len(records)


def _mostly_values(cells: Sequence[str]) -> bool:
    filled = [cell.strip() for cell in cells if cell.strip()]
    return sum(_VALUE.fullmatch(cell) is not None for cell in filled) > len(cells) / 2


def _regular_width(lines: list[str], dialect: CsvDialect) -> int:
    """How many cells nearly all lines have; 0 where they differ, or are not divided at all."""
    widths = Counter(map(len, _sample_records(lines, dialect))) if dialect.delimiter else Counter[int]()
    width, count = widths.most_common(1)[0] if widths else (0, 0)
    return width if width > 1 and count >= _NEARLY_ALL * widths.total() else 0


def _candidates(sample: str) -> Iterator[CsvDialect]:
    """The dialects worth trying; of those that score alike, the first is taken."""
    for delimiter in (d for d in _TRUST if d in sample):
        plain = CsvDialect(delimiter, '"')
        if '"' in sample:
            sound = _is_strict(sample, plain)
            others = [
                CsvDialect(delimiter, '"', backslash='\\"' in sample, spaced=spaced)
                for spaced in (False, True)
                if '\\"' in sample or (spaced and f'{delimiter} "' in sample)
            ]
            # Only marks that the plain way leaves broken make another way of quoting worth a thought.
            yield from (() if sound else (other for other in others if _is_strict(sample, other)))
            yield plain
            yield from others
            if not (sound and sample.count('"') % 2 == 0 and _encloses(sample, delimiter)):
                yield CsvDialect(delimiter, "")
        else:
            yield plain
        if re.search(rf"(?:^|{re.escape(delimiter)})'[^'\n]*'(?:{re.escape(delimiter)}|\r?$)", sample, re.MULTILINE):
            yield CsvDialect(delimiter, "'")


def _encloses(sample: str, delimiter: str) -> bool:
    """Whether quotation marks enclose the delimiter or a quotation mark, which they are made for."""
    records = islice(parse_records(sample.splitlines(keepends=True), CsvDialect(delimiter)), _SAMPLE_ROWS)
    return any(delimiter in cell or '"' in cell for record in records for cell in record)


def _is_strict(sample: str, dialect: CsvDialect) -> bool:
    """Whether every quotation mark of the sample opens a cell, closes one, or is doubled inside one."""
    lines = sample.splitlines(keepends=True)
    try:
        records = list(islice(parse_records(lines, dialect, strict=True), _SAMPLE_ROWS))
    except csv.Error as error:
        return "unexpected end" in str(error)
    return all('"' not in cell[:1] and not cell.startswith(' "') for record in records for cell in record)


def _score(lines: list[str], dialect: CsvDialect) -> float:
    records = _sample_records(lines, dialect)
    if not records:
        return 0.0
    widths = Counter(map(_filled_width, records))
    in_table = sum(count for width, count in widths.items() if width > 1)
    if in_table < _TABLE_SHARE * len(records) and not _glued(lines, dialect):
        return 0.0
    if dialect.delimiter in _PROSE_SIGNS and max(widths.values()) < _PROSE_SHARE * len(records):
        return 0.0
    regular = sum(n * max(_NO_CELLS, width - 1) / width for width, n in widths.items() if width) / len(widths)
    return regular * _value_share(records) * _TRUST[dialect.delimiter]


def _glued(lines: list[str], dialect: CsvDialect) -> bool:
    """Whether cells in quotation marks stand side by side, which is no accident, however few rows have several."""
    quote, delimiter = dialect.quote, dialect.delimiter
    signs = (quote + delimiter + quote,) if delimiter in ",: " else (quote + delimiter, delimiter + quote)
    return bool(quote) and any(sign in line for line in lines[:_FIRST_LINES] for sign in signs)


def _sample_records(lines: list[str], dialect: CsvDialect) -> list[list[str]]:
    records: list[list[str]] = []
    try:
        for record in parse_records(lines, dialect):
            if any(record):
                records.append(record)
            if len(records) >= _SAMPLE_ROWS:
                break
    except csv.Error:
        return []
    return records


def _filled_width(record: list[str]) -> int:
    return len(record)


def _value_share(records: list[list[str]]) -> float:
    seen: Counter[str] = Counter()
    for record in records:
        seen.update(record)
    total = good = 0
    for cell, count in seen.items():
        total += count
        text = cell.strip()
        if text and (text[0] in _LOOSE_QUOTES or text[-1] in _LOOSE_QUOTES):
            continue
        if not text or _VALUE.fullmatch(text) or _WORDS.fullmatch(text):
            good += count
    return max(good / total, 1e-6) if total else 0.0
