"""The next step after an error, in the words of the window: workers name options of the command line."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from widgets.translation import spoken
from workers.core.model.errors import ErrorInfo


def tr(text: str) -> str:
    """Translate in the hints' context."""
    return QCoreApplication.translate("hints", text)


def hint_of(error: ErrorInfo) -> str:
    """What to do about an error; empty where nothing is known."""
    hint = error.hint or ""
    if " --" not in hint and not hint.startswith("--"):
        return spoken(hint)
    here = {
        "table-exists": tr("Choose another name on the Import page, or append, replace or upsert."),
        "not-a-table": tr("Choose another name on the Import page."),
        "no-key": tr("Choose the columns that tell rows apart: Add, beside Key, on the Import page."),
        "no-permission": tr("Choose a schema that you may write to, or ask for the right to create one."),
        "too-many-rejects": tr("Mend the cells, make the column text, or load the other rows."),
        "duplicate-column": tr("Give one of them another name in its card on the Import page."),
        "unknown-columns": tr("Match the columns on the Import page, or choose another table."),
        "missing-columns": tr("Match the columns on the Import page, so that this one is filled."),
        "no-such-column": tr("Read the file again on the Import page (F5): it has changed."),
        "cannot-widen": tr("Choose the table's type in the column's card, or another table."),
        "too-wide": tr("Set a smaller range on the Import page."),
        "no-data": tr("Hidden sheets are left out until you choose them."),
        "no-ledger": tr("Settings, Database, says what an administrator can run; or import without the ledger."),
        "referenced-table": tr(
            "Choose Upsert to change the rows that are there, or take the rows that refer away first."
        ),
        "atomic": tr("Mend that one, or import the tables each on its own."),
        "generated-column": tr("Match the columns and leave this one out: the table computes it."),
        "identity-column": tr(
            "Match the columns: leave this one out, or send it to the table's own to keep its values."
        ),
        "cannot-write": tr("Choose another place for the file."),
        "read-only": tr("Switch Write on to allow changes, or save the result as a table."),
        "no-database": tr("Choose a database at the left."),
        "parameter-missing": tr("Give the parameter a value beside the editor."),
        "superuser": tr("Connect as a role that only reads what it has to."),
        "no-account": tr("Start Sheetferry as an ordinary user."),
        "wrong-usage": tr("Import that workbook alone."),
        "timed-out": tr("Allow more time in Settings, or import fewer sheets at once."),
    }
    return here.get(error.kind) or spoken(hint)


__all__ = ["hint_of"]
