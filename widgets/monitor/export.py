"""The shown stretch of time as text for a spreadsheet."""

from __future__ import annotations

import csv
import datetime as dt
import io
import math
from collections.abc import Sequence

from workers.core.series import Ring


def history_csv(ring: Ring, start: float, end: float, columns: Sequence[str] | None = None) -> str:
    """All figures between two Unix times as CSV: one line per sample, times with their zone, gaps empty."""
    names = tuple(columns or ring.columns)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["time", *names])
    times = ring.times()
    data = [ring.column(name) for name in names]
    for place in range(ring.first_since(start), ring.length):
        if times[place] > end:
            break
        moment = dt.datetime.fromtimestamp(times[place]).astimezone().isoformat(timespec="milliseconds")
        writer.writerow([moment, *(_text(column[place]) for column in data)])
    return out.getvalue()


def _text(value: float) -> str:
    return "" if math.isnan(value) else f"{value:.7g}"
