"""The key by which the same content is known again, whatever the file is called and whoever reads it.

SHA-256 over the mapping of columns, the options that change values, and of each column a digest of its cells' kinds and
one of each kind's values. So the key does not depend on where batches are cut. Keys of imports made before this format
(`FormerKey`) are told by their missing `VERSION`.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import marshal
import sys
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
_CHOOSERS = {tag: bytes(int(byte == tag) for byte in range(256)) for tag in range(12)}


VERSION = "3:"
"""What keys of the present format begin with."""

_BIG_INT = 10
_LONG_SPAN = 11
"""Values beyond 64 bits, kept as text."""
_INT64 = range(-(2**63), 2**63)
_MOMENT_EPOCH = dt.datetime(2000, 1, 1)
_MICROSECOND = dt.timedelta(microseconds=1)
_TEXTUAL = frozenset({4, 8, 9, _BIG_INT, _LONG_SPAN})


class ContentKey:
    """Collects an import's content batch by batch; `digest` gives the key.

    The kinds of cells are numbered as in `_TAGS`. Values are little-endian: one byte for a boolean, eight for a whole
    number, a double, the microseconds of a moment since 2000-01-01, of a time of day or of a duration. Of texts the
    lengths in bytes (four bytes each) and the texts in UTF-8 are taken in separately.
    """

    def __init__(self, columns: Iterable[tuple[int, str]], options: ImportOptions) -> None:
        """Start with what is known before the first row.

        Args:
            columns: Pairs of a source column's index, counted from the table's own left edge, and the SQL name.
            options: The import's options, of which those that change values are taken in.
        """
        named = list(columns)
        self._hash = hashlib.sha256(b"sheetferry-content-3")
        _add_text(self._hash, repr(named))
        _add_text(self._hash, repr(_value_options(options)))
        self._streams: list[dict[int, Any]] = [{} for _ in named]

    def add(self, columns: Sequence[Sequence[CellValue]], kinds: Sequence[frozenset[type]] | None = None) -> None:
        """Take in one batch.

        Args:
            columns: The cells of each column; blanks are None.
            kinds: The types among the cells of each column, when the caller knows them.
        """
        for place, values in enumerate(columns):
            self.add_column(place, values, kinds[place] if kinds else None)

    def add_column(self, place: int, values: Sequence[CellValue], kinds: frozenset[type] | None = None) -> None:
        """Take in a batch of one column; `kinds` are the types among its cells."""
        present = {_TAGS[kind] for kind in (kinds if kinds is not None else set(map(type, values)))}
        tags = bytes(map(_TAGS.__getitem__, map(type, values)))
        if not present.isdisjoint((2, 7)):
            tags = _told_apart(values, tags)
            present = set(tags)
        self.add_kinds(place, tags)
        for tag in present:
            if tag:
                part = values if len(present) == 1 else list(compress(values, tags.translate(_CHOOSERS[tag])))
                self._add_kind(place, tag, part)

    def _add_kind(self, place: int, tag: int, values: Sequence[Any]) -> None:
        if tag in _TEXTUAL:
            texts = [str(value).encode("utf-8", "surrogatepass") for value in values]
            self.add_texts(place, tag, _bytes("I", map(len, texts)), b"".join(texts))
        else:
            self.add_values(place, tag, _VALUES[tag](values))

    def add_kinds(self, place: int, kinds: bytes) -> None:
        """Take in the kinds of a batch of the column at a place, one byte a cell."""
        self._stream(place, 0).update(kinds)

    def add_values(self, place: int, kind: int, values: bytes) -> None:
        """Take in the values of those cells of the batch that are of one kind."""
        self._stream(place, kind).update(values)

    def add_texts(self, place: int, kind: int, lengths: bytes, texts: bytes) -> None:
        """Take in the texts of those cells of the batch that are of one kind."""
        self._stream(place, kind).update(lengths)
        self._stream(place, kind + _TEXT_STREAMS).update(texts)

    def _stream(self, place: int, number: int) -> Any:
        streams = self._streams[place]
        stream = streams.get(number)
        if stream is None:
            stream = streams[number] = hashlib.sha256()
        return stream

    def digest(self) -> str:
        """The key of everything so far: `VERSION` and 64 hex digits."""
        whole = self._hash.copy()
        for streams in self._streams:
            for number in sorted(streams):
                whole.update(bytes([number]))
                whole.update(streams[number].digest())
            whole.update(b"\xff")
        return VERSION + str(whole.hexdigest())


_TEXT_STREAMS = 32
"""What is added to a kind's number for the stream of its texts."""


def _told_apart(values: Sequence[Any], tags: bytes) -> bytes:
    """The tags with those of values beyond 64 bits changed."""
    marked = bytearray(tags)
    for position, value in enumerate(values):
        if marked[position] == 2 and value not in _INT64:
            marked[position] = _BIG_INT
        elif marked[position] == 7 and value // _MICROSECOND not in _INT64:
            marked[position] = _LONG_SPAN
    return bytes(marked)


def _bytes(code: str, values: Iterable[Any]) -> bytes:
    packed = array(code, values)
    if sys.byteorder == "big":
        packed.byteswap()
    return packed.tobytes()


def _moment_bytes(values: Sequence[Any]) -> bytes:
    known: dict[Any, int] = {}
    for value in set(values):
        moment = value if isinstance(value, dt.datetime) else dt.datetime.combine(value, _MIDNIGHT)
        known[value] = (moment - _MOMENT_EPOCH) // _MICROSECOND
    return _bytes("q", map(known.__getitem__, values))


def _clock_bytes(values: Sequence[dt.time]) -> bytes:
    spans = (dt.timedelta(hours=v.hour, minutes=v.minute, seconds=v.second, microseconds=v.microsecond) for v in values)
    return _span_bytes(list(spans))


def _span_bytes(values: Sequence[dt.timedelta]) -> bytes:
    return _bytes("q", [value // _MICROSECOND for value in values])


_VALUES: dict[int, Callable[[Sequence[Any]], bytes]] = {
    1: bytes,
    2: lambda values: _bytes("q", values),
    3: lambda values: _bytes("d", values),
    5: _moment_bytes,
    6: _clock_bytes,
    7: _span_bytes,
}


class FormerKey:
    """The format of keys before: batches of one column each, cut by row count alone.

    It is asked for where imports with such keys are in force, so that the same content is known again.
    """

    def __init__(self, columns: Iterable[tuple[int, str]], options: ImportOptions) -> None:
        """Start as `ContentKey` does."""
        self._hash = hashlib.sha256(b"sheetferry-content-2")
        _add_text(self._hash, repr(list(columns)))
        _add_text(self._hash, repr(_value_options(options)))

    def add(self, columns: Sequence[Sequence[CellValue]], kinds: Sequence[frozenset[type]] | None = None) -> None:
        """Take in one batch as `ContentKey.add` does."""
        for position, values in enumerate(columns):
            for piece in canonical(values, kinds[position] if kinds else frozenset(map(type, values))):
                self._hash.update(piece)

    def digest(self) -> str:
        """The key of everything so far, 64 hex digits."""
        return self._hash.hexdigest()


def _add_text(whole: Any, text: str) -> None:
    data = text.encode("utf-8", "surrogatepass")
    whole.update(len(data).to_bytes(8, "big"))
    whole.update(data)


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
