"""The history of figures as bytes and back, so that charts go on where they were after a restart."""

from __future__ import annotations

import json
import struct
import sys
import zlib
from array import array
from typing import Literal

from workers.core.metrics.series import Ring, SeriesTable

_MAGIC = b"SFSERIES1\n"
_HEADER_LIMIT = 1_000_000
_RINGS = ("full", "least", "mean", "most")


def encode_series(table: SeriesTable) -> bytes:
    """The whole history as one block: a JSON header, then the rings' columns, compressed, with a checksum."""
    header = {
        "order": sys.byteorder,
        "metrics": list(table.metrics),
        "bucket": table.bucket_seconds,
        "rows": {name: getattr(table, name).length for name in _RINGS},
    }
    parts = []
    for name in _RINGS:
        ring: Ring = getattr(table, name)
        parts.append(ring.times().tobytes())
        parts.extend(ring.column(metric).tobytes() for metric in table.metrics)
    head = json.dumps(header).encode()
    body = zlib.compress(b"".join(parts), 1)
    return _MAGIC + struct.pack("<II", len(head), zlib.crc32(body)) + head + body


def decode_series(raw: bytes, table: SeriesTable, *, since: float) -> int:
    """Put what was kept into an empty table.

    Metrics that are no longer known are dropped, new ones begin empty.

    Args:
        raw: What `encode_series` gave.
        table: An empty table.
        since: Rows before this Unix time are too old and left out.

    Returns:
        How many full rows came back.

    Raises:
        ValueError: if the bytes are damaged or of another kind; the table is untouched then.
    """
    metrics, bucket, rows, body = _open(raw)
    rings = _split(body, metrics, rows)
    full_times, full = rings["full"]
    known = [m for m in metrics if m in table.metrics]
    taken = 0
    for place, time in enumerate(full_times):
        if time >= since:
            table.full.append(time, {m: full[m][place] for m in known})
            taken += 1
    if bucket == table.bucket_seconds:
        _take_thinned(table, rings, known, since)
    return taken


def _take_thinned(
    table: SeriesTable, rings: dict[str, tuple[array[float], dict[str, array[float]]]], known: list[str], since: float
) -> None:
    times, mean = rings["mean"]
    (_, least), (_, most) = rings["least"], rings["most"]
    for place, time in enumerate(times):
        if time >= since:
            table.add_thinned(time, *({m: part[m][place] for m in known} for part in (least, mean, most)))


def _open(raw: bytes) -> tuple[list[str], float, dict[str, int], bytes]:
    if not raw.startswith(_MAGIC) or len(raw) < len(_MAGIC) + 8:
        raise ValueError("not a history of figures")
    size, checksum = struct.unpack_from("<II", raw, len(_MAGIC))
    start = len(_MAGIC) + 8
    if size > _HEADER_LIMIT or zlib.crc32(raw[start + size :]) != checksum:
        raise ValueError("the history is damaged")
    try:
        header = json.loads(raw[start : start + size])
        if header["order"] != sys.byteorder:
            raise ValueError("the history comes from another kind of machine")
        return list(header["metrics"]), header["bucket"], dict(header["rows"]), zlib.decompress(raw[start + size :])
    except (KeyError, TypeError, zlib.error) as error:
        raise ValueError(f"the history is damaged: {error!r}") from error


def _split(
    body: bytes, metrics: list[str], rows: dict[str, int]
) -> dict[str, tuple[array[float], dict[str, array[float]]]]:
    if len(body) != sum(rows[name] * (8 + 4 * len(metrics)) for name in _RINGS):
        raise ValueError("the history is cut short")
    place = 0

    def take(code: Literal["d", "f"], count: int) -> array[float]:
        nonlocal place
        part: array[float] = array(code)
        end = place + part.itemsize * count
        part.frombytes(body[place:end])
        place = end
        return part

    return {name: (take("d", rows[name]), {m: take("f", rows[name]) for m in metrics}) for name in _RINGS}
