"""The shown stretch of time as text for a spreadsheet."""

from __future__ import annotations

import csv
import datetime as dt
import io
import math
from collections.abc import Sequence

from widgets.monitor.charts.view import View


def history_csv(view: View) -> str:
    """All figures of a stretch as CSV: times with their zone, gaps empty.

    One line for each sample; of thinned figures one line for each row, with the least and the highest figure beside
    the mean.
    """
    columns = _columns(view)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["time", *(name for name, _ in columns)])
    times = view.ring.times()
    for place in range(view.ring.first_since(view.start), view.ring.length):
        if times[place] > view.end:
            break
        moment = dt.datetime.fromtimestamp(times[place]).astimezone().isoformat(timespec="milliseconds")
        writer.writerow([moment, *(_text(column[place]) for _, column in columns)])
    return out.getvalue()


def _columns(view: View) -> list[tuple[str, Sequence[float]]]:
    found: list[tuple[str, Sequence[float]]] = []
    for name in view.ring.columns:
        found.append((name, view.ring.column(name)))
        if view.thinned:
            found += [(f"{name}_min", view.least.column(name)), (f"{name}_max", view.most.column(name))]
    return found


def _text(value: float) -> str:
    return "" if math.isnan(value) else f"{value:.7g}"
