"""A result as CSV: PostgreSQL's own, with a header. NULL is nothing at all, an empty text is two quotation marks."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from workers.core.model.formula_guard import FormulaSeeker, is_like_a_formula
from workers.core.query.outcome import Note
from workers.querying.saving.progress import Saving
from workers.querying.spool.reader import SpoolReader
from workers.querying.spool.rows import format_row

_TEXTS: Final = frozenset({"text", "character varying", "character", "name", "citext", "json", "xml"})
_LIKE_FORMULAS: Final = Note(
    "like-formulas",
    "Texts in the file begin like a formula (=, +, -, @), and a spreadsheet program would run them: save as .xlsx for"
    " one.",
)


def save_csv(reader: SpoolReader, path: Path, tell: Saving) -> tuple[Note, ...]:
    """Write the header and the rows as they are; said is only what a spreadsheet program would make of them."""
    size, done, rows = max(1, reader.size), 0, reader.meta.rows
    columns = reader.meta.columns
    seeker = FormulaSeeker() if any(column.base in _TEXTS for column in columns) else None
    with path.open("xb") as file:
        file.write(format_row([column.name for column in columns]))
        for block in reader.raw():
            if seeker is not None:
                seeker.look(block)
            file.write(block)
            done += len(block)
            tell(rows * done // size)
    found = any(is_like_a_formula(column.name) for column in columns) or (seeker is not None and seeker.end())
    return (_LIKE_FORMULAS,) if found else ()
