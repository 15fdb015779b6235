"""A worksheet part read in columns, chunk by chunk; what is not plain goes to the exact reader."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import overload

from workers.core.model.cells import CellValue
from workers.importing.columnar.cell_vector import ArrayBlock
from workers.importing.columnar.text_pool import TextPool
from workers.importing.reading.markup.xml_events import feed, make_parser
from workers.importing.reading.xlsx.exact import SheetRows, SheetSource
from workers.importing.reading.xlsx.plain.cell_tags import declared_prefixes
from workers.importing.reading.xlsx.plain.cells import ChunkReader, SheetTexts
from workers.importing.reading.xlsx.plain.texts import DECLARATION, is_plain_text

CHUNK_BYTES = 3 << 18
_HEAD_BYTES = 1 << 20
_WANTED_ROWS = 400
_LONGEST_CHUNK = 3 << 20
_LONGEST_ROW = 8 << 20
_LONGEST_TAIL = 64 << 20
_FEW_REFUSED = 3
_REFUSED_SHARE = 0.1

_HEAD = re.compile(DECLARATION + rb"<worksheet[ >].*?<sheetData>\s*(?=<row r=\")", re.DOTALL)
_DECLARED = re.compile(DECLARATION)
_END = b"</sheetData>"
_ROW_END = b"</row>"
_CLOSED = b"</sheetData></worksheet>"

Row = list[CellValue]
Block = ArrayBlock | list[Row]


@dataclass(slots=True)
class Shares:
    """How many bytes of a sheet each reader has read.

    Attributes:
        plain: In columns.
        exact: By the exact reader, since a chunk was not plain.
        other: In the way of sheets that are not plain.
    """

    plain: int = 0
    exact: int = 0
    other: int = 0

    @property
    def share(self) -> float:
        """Of what was read, how much was read in columns."""
        return self.plain / max(self.plain + self.exact + self.other, 1)


class NotPlainError(Exception):
    """The rest of the sheet cannot be read in chunks."""


@dataclass(slots=True)
class PlainSheet:
    """One sheet.

    Attributes:
        source: What the exact reader needs.
        texts: What its cells refer to.
        otherwise: Reads rows of the sheet in another way, from an Excel row on.
        shares: Who has read what.
    """

    source: SheetSource
    texts: SheetTexts
    otherwise: Callable[[int, int | None], Iterator[Row]]
    shares: Shares = field(default_factory=Shares)

    def blocks(self, first_row: int = 1, last_row: int | None = None) -> Iterator[Block]:
        """The rows from `first_row` on as `Workbook.rows` gives them, in blocks of rows that follow one another.

        Raises:
            UserError: as `Workbook.rows` does.
        """
        at = 1
        try:
            for block in self._all_blocks():
                start, end = at, at + len(block)
                at = end
                low = max(first_row - start, 0)
                high = len(block) if last_row is None else min(len(block), last_row + 1 - start)
                if low < high:
                    whole = low == 0 and high == len(block)
                    yield block if whole else _part(block, low, high)
                if last_row is not None and end > last_row:
                    return
        except NotPlainError:
            row = max(first_row, at)
            size = self.source.package.size(self.source.part)
            self.shares.other += max(size - self.shares.plain - self.shares.exact, 0)
            yield from _in_lists(self.otherwise(row, last_row))

    def begins_plain(self) -> bool:
        """Whether the first chunk of rows is of the plain kind."""
        try:
            with closing(self.source.package.chunks(self.source.part)) as pieces:
                chunks = Chunks(pieces)
                reader = ChunkReader(self.texts, declared_prefixes(chunks.head))
                return any(reader.read(content, 0) is not None for content in islice(chunks, 1))
        except NotPlainError:
            return False

    def _all_blocks(self) -> Iterator[Block]:
        """Every row from the first on.

        Raises:
            NotPlainError: when what follows has to be read in another way.
        """
        with closing(self.source.package.chunks(self.source.part)) as pieces:
            chunks = Chunks(pieces)
            reader = ChunkReader(self.texts, declared_prefixes(chunks.head))
            before = 0
            refused = 0
            for number, content in enumerate(chunks):
                block: Block | None = reader.read(content, before)
                if block is not None:
                    self.shares.plain += len(content)
                else:
                    _refuse_sections(content)
                    refused += 1
                    if refused > max(_FEW_REFUSED, number * _REFUSED_SHARE):
                        raise NotPlainError
                    block = self._exact(chunks.head, content, before)
                    self.shares.exact += len(content)
                before += len(block)
                yield block
            self._check_end(chunks.head, chunks.tail)

    def _exact(self, head: bytes, content: bytes, before: int) -> list[Row]:
        """The rows of a chunk that is not plain."""
        handler = SheetRows(replace(self.source, strings=_Strings(self.texts.strings)))
        handler.row = before
        for _ in feed(make_parser(handler), (head, content, _CLOSED), f"sheet {self.source.sheet!r}"):
            pass
        rows: list[Row] = []
        for number, cells in handler.done:
            rows.extend([] for _ in range(before + len(rows) + 1, number))
            rows.append(cells)
        return rows

    def _check_end(self, head: bytes, tail: bytes) -> None:
        """Look whether the part is whole; the exact reader then says where it breaks.

        Raises:
            NotPlainError: when it is not.
        """
        handler = SheetRows(self.source)
        parser = make_parser(handler)
        try:
            parser.Parse(head, False)
            parser.Parse(tail, True)
        except Exception as error:
            raise NotPlainError from error
        if handler.done:
            raise NotPlainError


class Chunks:
    """The rows of a worksheet part in pieces of whole rows.

    Attributes:
        head: What stands before the first row.
        tail: What stands behind the last one; known at the end.
    """

    def __init__(self, pieces: Iterator[bytes]) -> None:
        """Read the head.

        Raises:
            NotPlainError: when the part does not begin as plain ones do.
        """
        self._pieces = pieces
        self.tail = b""
        data = b""
        found = None
        for piece in pieces:
            data += piece
            found = _HEAD.match(data)
            if found or len(data) > _HEAD_BYTES:
                break
        # A row or a declaration in a comment would not be one.
        if not found or b"<!" in found[0] or not is_plain_text(found[0][_declaration(found[0]) :]):
            raise NotPlainError
        self.head = found[0]
        self._rest = data[found.end() :]

    def _size(self, chunk: bytes) -> int:
        """How many bytes a chunk is to have, by the one before: columns want many rows, and memory has bounds."""
        rows = chunk.count(_ROW_END)
        return min(max(CHUNK_BYTES, len(chunk) // rows * _WANTED_ROWS), _LONGEST_CHUNK)

    def __iter__(self) -> Iterator[bytes]:
        """Yield the pieces.

        Raises:
            NotPlainError: when they cannot be told.
        """
        data, searched, size = self._rest, 0, CHUNK_BYTES
        while (end := data.find(_END, searched)) < 0:
            searched = max(len(data) - len(_END), 0)
            if len(data) >= size:
                cut = data.rfind(_ROW_END) + len(_ROW_END)
                if cut >= len(_ROW_END):
                    yield data[:cut]
                    size = self._size(data[:cut])
                    data, searched = data[cut:], 0
                elif len(data) > _LONGEST_ROW:
                    raise NotPlainError
            piece = next(self._pieces, None)
            if piece is None:
                raise NotPlainError
            data += piece
        if data[:end].strip():
            yield data[:end]
        parts, size = [data[end:]], 0
        for piece in self._pieces:
            parts.append(piece)
            size += len(piece)
            if size > _LONGEST_TAIL:
                raise NotPlainError
        self.tail = b"".join(parts)


def _declaration(head: bytes) -> int:
    """Bytes of the XML declaration, which may stand on a line of its own."""
    found = _DECLARED.match(head)
    return found.end() if found else 0


def _refuse_sections(content: bytes) -> None:
    """Refuse a chunk that may have been cut through: the grammar knows none of the marks of such sections.

    Raises:
        NotPlainError: for comments, CDATA sections and processing instructions.
    """
    if b"<!" in content or b"<?" in content:
        raise NotPlainError


def _part(block: Block, low: int, high: int) -> Block:
    return block.part(low, high) if isinstance(block, ArrayBlock) else block[low:high]


class _Strings(Sequence[str]):
    """The shared strings for the exact reader."""

    def __init__(self, pool: TextPool) -> None:
        self._pool = pool

    def __len__(self) -> int:
        return len(self._pool)

    @overload
    def __getitem__(self, place: int) -> str: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[str]: ...

    def __getitem__(self, place: int | slice) -> str | Sequence[str]:
        if isinstance(place, slice):
            raise TypeError
        if not -len(self._pool) <= place < len(self._pool):
            raise IndexError
        return self._pool.text(place)


_LIST_ROWS = 500


def _in_lists(rows: Iterator[Row]) -> Iterator[list[Row]]:
    part: list[Row] = []
    for row in rows:
        part.append(row)
        if len(part) >= _LIST_ROWS:
            yield part
            part = []
    if part:
        yield part
