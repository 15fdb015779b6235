"""What an undo did, or would do, in words."""

from __future__ import annotations

from widgets.history.history_data import UndoPreview
from workers.core.model.undo_report import UndoReport


def undo_lines(report: UndoReport) -> list[str]:
    """The report as a person reads it; the first line is the sum of it."""
    if report.error is not None:
        return [line for line in (report.error.message, report.error.hint) if line]
    trial = report.state == "would-undo"
    lines = [_first(report, trial)]
    if report.rows_restored:
        lines.append(f"{report.rows_restored:,} rows {'get' if trial else 'got'} their former values back")
    if report.rows_kept:
        lines.append(f"{report.rows_kept:,} rows were edited since and {'stay' if trial else 'stayed'} as they are")
        lines.extend(f"  {row}" for row in report.kept[:10])
    return lines


def _first(report: UndoReport, trial: bool) -> str:
    if report.table_dropped:
        verb = "is dropped" if trial else "was dropped"
        return f"{report.table} {verb}: all its {report.rows_removed:,} rows came from this import"
    verb = "are deleted from" if trial else "were deleted from"
    return f"{report.rows_removed:,} rows {verb} {report.table}"


def undo_preview(report: UndoReport) -> UndoPreview:
    """The report of a trial for the History page's box."""
    if report.error is not None:
        return UndoPreview(blocked=" ".join(undo_lines(report)))
    lines = [
        (report.rows_removed, f"rows of this import leave {report.table}"),
        (report.rows_restored, "rows get their former values back"),
        (report.rows_kept, "rows were edited since: they stay, and are listed"),
    ]
    if report.table_dropped:
        lines[0] = (report.rows_removed, f"rows leave with their table {report.table}, which holds nothing else")
    told = tuple(line for line in lines if line[0])
    return UndoPreview(told, report.rows_removed, report.rows_restored, report.kept)
