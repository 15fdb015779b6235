"""A result as CSV: PostgreSQL's own, with a header. NULL is nothing at all, an empty text is two quotation marks."""

from __future__ import annotations

from pathlib import Path

from workers.core.query.outcome import Note
from workers.querying.saving.progress import Saving
from workers.querying.spool.reader import SpoolReader
from workers.querying.spool.rows import format_row


def save_csv(reader: SpoolReader, path: Path, tell: Saving) -> tuple[Note, ...]:
    """Write the header and the rows as they are; nothing is changed, so nothing has to be said."""
    size, done, rows = max(1, reader.size), 0, reader.meta.rows
    with path.open("xb") as file:
        file.write(format_row([column.name for column in reader.meta.columns]))
        for block in reader.raw():
            file.write(block)
            done += len(block)
            tell(rows * done // size)
    return ()
