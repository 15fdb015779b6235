"""Worksheets of all kinds, whole and broken, read in columns and by the exact reader."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from workers.core.model.cells import CellValue
from workers.core.model.errors import SheetferryError
from workers.importing.columnar.text_pool import TextPool
from workers.importing.reading.limits import ReadLimits
from workers.importing.reading.number_formats import GENERAL, NumberFormat, builtin_format, parse_format
from workers.importing.reading.xlsx.exact import SheetSource, exact_rows
from workers.importing.reading.xlsx.plain.cells import SheetTexts
from workers.importing.reading.xlsx.plain.sheet import Block, PlainSheet
from workers.importing.rows.portions import rows_of

FORMATS: tuple[NumberFormat, ...] = (
    GENERAL,
    builtin_format(14),
    builtin_format(22),
    builtin_format(20),
    builtin_format(46),
    parse_format("00000"),
    parse_format("000-00"),
    parse_format("0.00"),
    parse_format("[<=99]000;0"),
)
STRINGS = ["first", "", "Zürich 🙂", " spaced ", "a&b", "nul\0", "12"]
HEAD = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n<worksheet xmlns="http://schemas.openxmlformats.org/'
    b'spreadsheetml/2006/main" xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac"><sheetData>'
)
TAIL = b'</sheetData><pageMargins left="0.7" right="0.7"/></worksheet>'


@dataclass
class Package:
    """A zip package that holds one worksheet."""

    content: bytes
    piece: int = 1 << 18

    def chunks(self, part: str) -> Iterator[bytes]:
        """See `ZipPackage.chunks`."""
        for at in range(0, len(self.content), self.piece):
            yield self.content[at : at + self.piece]

    def size(self, part: str) -> int:
        """See `ZipPackage.size`."""
        return len(self.content)


def source_of(content: bytes, *, date_1904: bool = False) -> SheetSource:
    """A worksheet for the exact reader."""
    package: object = Package(content)
    return SheetSource(package, "sheet", "S", STRINGS, FORMATS, date_1904, ReadLimits())  # type: ignore[arg-type]


def plain_of(source: SheetSource) -> PlainSheet:
    """The same worksheet for reading in columns."""
    texts = SheetTexts(TextPool.of(STRINGS), source.formats, source.date_1904)
    return PlainSheet(replace(source, strings=()), texts, lambda first, last: exact_rows(source, first, last))


Outcome = tuple[list[list[str]], str | None]


def told(rows: Iterator[list[CellValue]]) -> Outcome:
    """The rows up to the last filled one, and the error that ended them."""
    found: list[list[str]] = []
    error = None
    try:
        for row in rows:
            cells = [None if value == "" else value for value in row]
            while cells and cells[-1] is None:
                cells.pop()
            found.append([repr(cell) for cell in cells])
    except SheetferryError as raised:
        error = raised.info.message
    while found and not found[-1]:
        found.pop()
    return found, error


def each_row(blocks: Iterator[Block]) -> Iterator[list[CellValue]]:
    """The rows of some blocks."""
    for block in blocks:
        yield from rows_of(block)


def differs(content: bytes, *, date_1904: bool = False) -> tuple[Outcome, Outcome] | None:
    """What the two readers make of a worksheet where they do not make the same."""
    source = source_of(content, date_1904=date_1904)
    exact = told(exact_rows(source))
    plain = told(each_row(plain_of(source).blocks()))
    # Where a sheet breaks, the line of the XML depends on how much of it was looked at before.
    same = exact[0] == plain[0] and _unnumbered(exact[1]) == _unnumbered(plain[1]) if exact[1] is None else plain[1]
    return None if same else (exact, plain)


def _unnumbered(message: str | None) -> str | None:
    return None if message is None else re.sub(r"line \d+ \([^)]*\)", "line", message)


_NUMBERS = [
    b"0", b"1", b"-1", b"12.5", b"0.1", b"1e3", b"1.5E-7", b"123456789", b"12345678.25", b"-0", b"45000", b"45000.75",
    b"0.5", b"59.5", b"60", b"2958465.99999", b"-3", b"1e15", b"9007199254740993", b"777711159064846000", b"1e300",
    b"123456789012345678", b"0.30000000000000004", b"103.12345678901234", b"5.", b".5", b"00012", b"nan", b" 7", b"1_0",
    b"99999999.99999999", b"18446744073709551616", b"4.35", b"1.005", b"2.675", b"1234567.1234567890123",
]  # fmt: skip
_TEXTS = [
    b"text", b"a&amp;b", b"&lt;tag&gt;", b"_x0041_bc", b"_x005F_x0041_", b"caf\xc3\xa9", b" spaced ", b"&#65;&#x1F642;",
    b"_xD83D__xDE42_", b"_xD83D_", b"line\nbreak", b"tab\tinside", b"_x0000_", b"=1+1", b"#N/A", b"&quot;&apos;", b"0",
]  # fmt: skip
_KINDS = [
    lambda dice, ref: b'<c r="%s"><v>%s</v></c>' % (ref, dice.choice(_NUMBERS)),
    lambda dice, ref: b'<c r="%s" s="%d"><v>%s</v></c>' % (ref, dice.randrange(10), dice.choice(_NUMBERS)),
    lambda dice, ref: b'<c r="%s" s="%d" t="n"><v>%d</v></c>' % (ref, dice.randrange(9), dice.randrange(99999)),
    lambda dice, ref: b'<c r="%s" t="s"><v>%d</v></c>' % (ref, dice.randrange(len(STRINGS))),
    lambda dice, ref: b'<c r="%s" s="1" t="s"><v>%d</v></c>' % (ref, dice.randrange(len(STRINGS))),
    lambda dice, ref: b'<c r="%s" t="b"><v>%d</v></c>' % (ref, dice.randrange(2)),
    lambda dice, ref: b'<c r="%s" t="e"><v>#DIV/0!</v></c>' % ref,
    lambda dice, ref: b'<c r="%s" t="str"><f>A1&amp;"x"</f><v>%s</v></c>' % (ref, dice.choice(_TEXTS)),
    lambda dice, ref: b'<c r="%s" t="inlineStr"><is><t>%s</t></is></c>' % (ref, dice.choice(_TEXTS)),
    lambda dice, ref: (
        b'<c r="%s" t="inlineStr"><is><t xml:space="preserve">%s</t></is></c>' % (ref, dice.choice(_TEXTS))
    ),
    lambda dice, ref: b'<c r="%s"><f t="shared" ref="A1:A9" si="0">B1</f><v>%s</v></c>' % (ref, dice.choice(_NUMBERS)),
    lambda dice, ref: b'<c r="%s"><f t="shared" si="0"/><v>%s</v></c>' % (ref, dice.choice(_NUMBERS)),
    lambda dice, ref: b'<c r="%s"><f>NOW()</f></c>' % ref,
    lambda dice, ref: b'<c r="%s" s="2"/>' % ref,
    lambda dice, ref: b'<c r="%s" s="2"></c>' % ref,
    lambda dice, ref: b'<c r="%s"><v/></c>' % ref,
    lambda dice, ref: b'<c r="%s"><v></v></c>' % ref,
    lambda dice, ref: b'<c r="%s" t="str"><v>%s</v></c>' % (ref, dice.choice(_TEXTS)),
]
_ROWS = [b'<row r="%d">', b'<row r="%d" spans="1:8">', b'<row r="%d" s="3" customFormat="1" x14ac:dyDescent="0.25">']


def letters(column: int) -> bytes:
    """The letters of a column, counted from 0."""
    text = b""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = bytes([65 + rest]) + text
    return text


def sheet(dice: random.Random) -> bytes:
    """The rows of a well-formed worksheet."""
    parts = []
    number = 0
    for _ in range(dice.randrange(1, 12)):
        number += 1 if dice.random() < 0.9 else dice.randrange(1, 200)
        if dice.random() < 0.05:
            parts.append(b'<row r="%d"/>' % number)
            continue
        columns = sorted(dice.sample(range(40 if dice.random() < 0.9 else 1_000), dice.randrange(0, 9)))
        cells = [dice.choice(_KINDS)(dice, letters(c) + b"%d" % number) for c in columns]
        parts.append(dice.choice(_ROWS) % number + b"".join(cells) + b"</row>")
    return b"".join(parts)


_PIECES = [
    b"<", b">", b'"', b"&", b"/", b" ", b"\n", b"\r", b"\0", b"]]>", b"<!--", b"-->", b"<v>", b"</v>", b"</c>", b"<c>",
    b"</row>", b"<row>", b'r="A1"', b's="1"', b't="s"', b"<f>", b"</f>", b"<is>", b"<t>", b"1", b"-", b".", b"e", b"A",
    b"\xff", b"\xc3", b"&#0;", b"<r><t>x</t></r>", b"<![CDATA[x]]>", b"<x:c/>", b"x14ac:", b"</sheetData>", b"=", b"_",
    b"<rPh><t>y</t></rPh>", b'<row r="3"/>', b't="d"', b"'", b"0", b"99999999", b"\xef\xbf\xbf", b"\xed\xa0\x80",
]  # fmt: skip


def mutated(dice: random.Random, content: bytes) -> bytes:
    """The content with a few things changed in it."""
    for _ in range(dice.choice((1, 1, 1, 2, 3))):
        at, size = dice.randrange(len(content) + 1), dice.choice((1, 1, 2, 4, 9, 30))
        way = dice.randrange(5)
        if way == 0:
            content = content[:at] + content[at + size :]
        elif way == 1:
            content = content[:at] + dice.choice(_PIECES) + content[at:]
        elif way == 2:
            content = content[:at] + dice.choice(_PIECES) + content[at + size :]
        elif way == 3:
            content = content[: at + size] + content[at:]
        else:
            tags = [found.span() for found in re.finditer(rb"<[^>]*>", content)]
            if tags:
                start, end = dice.choice(tags)
                other = dice.choice(tags)
                content = content[:start] + content[slice(*other)] + content[end:]
    return content


def example(seed: int) -> tuple[bytes, bool]:
    """A worksheet, and whether its dates count from 1904."""
    dice = random.Random(seed)
    content = sheet(dice)
    if dice.random() < 0.7:
        content = mutated(dice, content)
    whole = HEAD + content + TAIL
    return (mutated(dice, whole) if dice.random() < 0.05 else whole), dice.random() < 0.2
