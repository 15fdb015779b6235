"""An outcome as a person reads it on a terminal."""

from __future__ import annotations

from workers.core.model.outcomes import ImportOutcome, ImportState

_MAX_REJECTS_SHOWN = 10


def outcome_lines(outcome: ImportOutcome) -> list[str]:
    """The result in one line, followed by what needs attention."""
    lines = [f"{_source(outcome)} → {outcome.table or '–'}: {_result(outcome)}"]
    if outcome.error is not None:
        place = f"{outcome.error.cell}: " if outcome.error.cell else ""
        lines.append(f"  {place}{outcome.error.message}")
        if outcome.error.hint:
            lines.append(f"  {outcome.error.hint}")
    lines.extend(f"  {w.message}" for w in outcome.warnings)
    for reject in outcome.rejects[:_MAX_REJECTS_SHOWN]:
        place = "" if reject.reason.startswith(f"{reject.cell}: ") else f"{reject.cell}: "
        lines.append(f"  rejected {place}{reject.reason}")
    hidden = outcome.rows_rejected - _MAX_REJECTS_SHOWN
    if hidden > 0:
        lines.append(f"  … and {hidden:,} more (`sheetferry rejects {outcome.import_id} --to FILE`)")
    return lines


def _source(outcome: ImportOutcome) -> str:
    return f"{outcome.file} › {outcome.sheet}" if outcome.sheet else outcome.file


def _result(outcome: ImportOutcome) -> str:
    match outcome.state:
        case ImportState.LOADED | ImportState.TRIAL:
            extra = [
                f"{count:,} {word}"
                for count, word in ((outcome.rows_rejected, "rejected"), (outcome.rows_skipped, "skipped"))
                if count
            ]
            tail = f" ({', '.join(extra)})" if extra else ""
            word = "loaded" if outcome.state is ImportState.LOADED else "would load, tried"
            return f"{outcome.rows_loaded:,} rows {word} in {outcome.seconds:.1f} s{tail}"
        case ImportState.UNCHANGED:
            return "unchanged, the same content is there already (--again loads it once more)"
        case ImportState.CANCELLED:
            return "cancelled, no rows were left behind"
        case ImportState.UNKNOWN:
            return "unknown, the server could not be asked whether it was committed"
        case ImportState.FAILED:
            return "failed, no rows were left behind"
