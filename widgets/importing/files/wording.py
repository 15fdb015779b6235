"""What the preview says of a file that has no table to show, and which findings a table's list tells."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QCoreApplication

from widgets.importing.view_data import FileEntry, FileState, TableDraft
from widgets.parts.hints import hint_of
from widgets.translation import spoken
from workers.core.model.plans import Finding


class FileMessage(NamedTuple):
    """Icon, heading, sentence and tone of the empty preview, and the word of its button."""

    icon: str
    heading: str
    sentence: str
    tone: str = "text3"
    action: str = ""


def tr(text: str) -> str:
    """Translate in the file list's context."""
    return QCoreApplication.translate("files", text)


def message_of(entry: FileEntry) -> FileMessage | None:
    """What to say in place of a preview; None where there are tables to show."""
    if entry.error is not None:
        said = spoken(entry.error.message)
        if entry.error.kind == "encrypted":
            kept = tr("It is used for this file only and not kept.")
            return FileMessage("lock", said, kept, "danger_fg", tr("Give the password…"))
        return FileMessage("error", said, hint_of(entry.error), "danger_fg", tr("Try again"))
    if entry.state in (FileState.WAITING, FileState.READING):
        share = f" {round(entry.fraction * 100)}%" if entry.fraction is not None else ""
        heading = tr("Reading {0}").format(entry.name) + share
        return FileMessage("run", heading, tr("The preview comes as soon as the tables are found."))
    if entry.survey is not None and not any(sheet.tables for sheet in entry.survey.sheets):
        return FileMessage("table", tr("Nothing to import"), tr("No sheet of this workbook holds a table."))
    return None


def told_findings(draft: TableDraft, entry: FileEntry | None) -> tuple[Finding, ...]:
    """The findings of a table and of its sheet; a total row is told once, by the line that has a choice."""
    shared: tuple[Finding, ...] = ()
    if entry is not None and entry.survey is not None:
        sheet = draft.ref.sheet_index
        shared = next((s.findings for s in entry.survey.sheets if s.sheet.index == sheet), ())
    every = (*draft.plan.findings, *shared)
    totals = {cell for finding in every if finding.code == "total-row" for cell in finding.cells}
    return tuple(f for f in every if f.code != "left-out" or not totals.issuperset(f.cells))
