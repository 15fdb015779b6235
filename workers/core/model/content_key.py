"""The key by which the same content is known again, whatever the file is called.

SHA-256 over the selected cells' canonical values in batches of one column each, the mapping of columns, and the options
that change values. Batches are cut by row count alone, so equal content gives equal batches.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import marshal
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import compress
from typing import Any

from workers.core.model.cells import CellValue, ErrorValue, PaddedNumber
from workers.core.model.options import ImportOptions

_TAGS: dict[type, int] = {
    type(None): 0,
    bool: 1,
    int: 2,
    float: 3,
    str: 4,
    dt.date: 5,
    dt.datetime: 5,
    dt.time: 6,
    dt.timedelta: 7,
    ErrorValue: 8,
    PaddedNumber: 9,
}
PLAIN = frozenset({type(None), bool, int, float, str})
# This version of the format knows no references, so that equal values always give equal bytes.
_MARSHAL = 2
_MIDNIGHT = dt.time()
EPOCH = dt.datetime(1900, 1, 1)
_FIRST_DAY = EPOCH.toordinal()
_DAY = 86_400.0
# The typeshed does not know this method of datetime; called by `map` it costs no Python frame per cell.
_since_epoch: Callable[[Any], dt.timedelta] = EPOCH.__rsub__  # type: ignore[attr-defined]

# One table for each tag, turning tags into flags at the speed of C.
_CHOOSERS = {tag: bytes(int(byte == tag) for byte in range(256)) for tag in set(_TAGS.values())}


class ContentKey:
    """Collects an import's content batch by batch; `digest` gives the key."""

    def __init__(self, columns: Iterable[tuple[int, str]], options: ImportOptions) -> None:
        """Start with what is known before the first row.

        Args:
            columns: Pairs of a source column's index, counted from the table's own left edge, and the SQL name.
            options: The import's options, of which those that change values are taken in.
        """
        self._hash = hashlib.sha256(b"sheetferry-content-2")
        self._add_text(repr(list(columns)))
        self._add_text(repr(_value_options(options)))

    def _add_text(self, text: str) -> None:
        data = text.encode("utf-8", "surrogatepass")
        self._hash.update(len(data).to_bytes(8, "big"))
        self._hash.update(data)

    def add(self, columns: Sequence[Sequence[CellValue]], kinds: Sequence[frozenset[type]] | None = None) -> None:
        """Take in one batch.

        Args:
            columns: The cells of each column; blanks are None.
            kinds: The types among the cells of each column, when the caller knows them.
        """
        for position, values in enumerate(columns):
            self.add_canonical(canonical(values, kinds[position] if kinds else frozenset(map(type, values))))

    def add_canonical(self, pieces: Iterable[bytes]) -> None:
        """Take in one column of a batch that is `canonical` already."""
        for piece in pieces:
            self._hash.update(piece)

    def digest(self) -> str:
        """The key of everything so far, 64 hex digits."""
        return self._hash.hexdigest()


def _value_options(options: ImportOptions) -> tuple[object, ...]:
    header = options.header
    return (
        options.cell_range,
        (header.kind, header.first, header.last),
        sorted((name, pg_type.value) for name, pg_type in options.type_overrides),
        options.types,
        options.errors,
        sorted(options.null_tokens),
        options.hidden,
        sorted(options.fill_down),
        *([sorted(options.null_misfits)] if options.null_misfits else []),
        *([options.date_order] if options.date_order != "auto" else []),
    )


def canonical(values: Sequence[CellValue], kinds: frozenset[type]) -> Iterator[bytes]:
    """What the key takes of one column of a batch: the cells with their kinds.

    Where that cannot be had in one go, the kinds come first and then each kind's cells. A column of nothing but
    plain cells gives one piece, in the format of `marshal`; moments end with one of seconds since `EPOCH`.
    """
    if kinds <= PLAIN:
        cells: tuple[Any, ...] = tuple(values)
        yield marshal.dumps(cells, _MARSHAL)
        return
    if len(kinds) == 1:
        (kind,) = kinds
        yield bytes([_TAGS[kind]]) + len(values).to_bytes(4, "big")
        yield from _PACKERS[_TAGS[kind]](values)
        return
    tags = bytes(map(_TAGS.__getitem__, map(type, values)))
    yield b"\xff" + tags
    for tag in sorted({_TAGS[kind] for kind in kinds}):
        if tag:
            yield from _PACKERS[tag](list(compress(values, tags.translate(_CHOOSERS[tag]))))


def _pack_texts(values: Sequence[Any]) -> Iterator[bytes]:
    yield array("I", map(len, values)).tobytes()
    yield "".join(values).encode("utf-8", "surrogatepass")


def _pack_ints(values: Sequence[Any]) -> Iterator[bytes]:
    try:
        yield array("q", values).tobytes()
    except OverflowError:
        yield from _pack_texts(list(map(str, values)))


def _pack_floats(values: Sequence[Any]) -> Iterator[bytes]:
    yield array("d", values).tobytes()


def _pack_dates(values: Sequence[Any]) -> Iterator[bytes]:
    """Seconds since a fixed point; a date is its own midnight."""
    moments = values
    kinds = set(map(type, values))
    if kinds == {dt.date}:
        yield array("d", [_DAY * (day - _FIRST_DAY) for day in map(dt.date.toordinal, values)]).tobytes()
        return
    if dt.date in kinds:
        moments = [v if isinstance(v, dt.datetime) else dt.datetime.combine(v, _MIDNIGHT) for v in values]
    different = set(moments)
    if 2 * len(different) > len(moments):
        yield _seconds(moments).tobytes()
    else:
        # Days and times of orders and shifts come again and again.
        known = dict(zip(different, _seconds(different), strict=True))
        yield array("d", map(known.__getitem__, moments)).tobytes()


def _seconds(moments: Iterable[dt.datetime]) -> array[float]:
    return array("d", map(dt.timedelta.total_seconds, map(_since_epoch, moments)))


def _pack_spans(values: Sequence[Any]) -> Iterator[bytes]:
    yield array("d", map(dt.timedelta.total_seconds, values)).tobytes()


def _pack_others(values: Sequence[Any]) -> Iterator[bytes]:
    yield from _pack_texts(list(map(str, values)))


def _pack_flags(values: Sequence[Any]) -> Iterator[bytes]:
    yield bytes(values)


def _pack_nothing(values: Sequence[Any]) -> Iterator[bytes]:
    return iter(())


_PACKERS: dict[int, Callable[[Sequence[Any]], Iterator[bytes]]] = {
    0: _pack_nothing,
    1: _pack_flags,
    2: _pack_ints,
    3: _pack_floats,
    4: _pack_texts,
    5: _pack_dates,
    6: _pack_others,
    7: _pack_spans,
    8: _pack_texts,
    9: _pack_texts,
}
