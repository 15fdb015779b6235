"""The one owner of what is known of the files on the Import page: how far each is, what was found, how it ended."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from PySide6.QtCore import QCoreApplication

from widgets.importing.drafts.drafts import merge_sheet
from widgets.importing.view_data import FileEntry, FileState, TableRef, Tone
from widgets.parts.wording import count
from widgets.translation import spoken
from workers.core.model.errors import ErrorInfo
from workers.core.model.outcomes import ImportOutcome, ImportState
from workers.core.model.plans import FileSurvey, SheetSurvey


def tr(text: str) -> str:
    """Translate in the file list's context."""
    return QCoreApplication.translate("files", text)


@dataclass(frozen=True, slots=True)
class _End:
    """How the last import of a table ended; `undone` once it was taken back."""

    outcome: ImportOutcome
    undone: bool = False


class SurveyStore:
    """Files by path. Pages show the entries that it gives and keep no second truth.

    What became of a table is kept by table: a later end takes the place of an earlier one, an undo is a later end too.
    """

    def __init__(self) -> None:
        """No files."""
        self._entries: dict[str, FileEntry] = {}
        self._ends: dict[TableRef, _End] = {}

    def entry(self, path: str) -> FileEntry | None:
        """A file as it stands."""
        return self._entries.get(path)

    def survey(self, path: str) -> FileSurvey | None:
        """What was found in a file, with the sheets that were read again since."""
        entry = self._entries.get(path)
        return entry.survey if entry is not None else None

    def waiting(self, path: str) -> FileEntry:
        """A file is to be read, for the first time or as a whole again."""
        return self._put(FileEntry(path, FileState.WAITING))

    def reading(self, path: str, fraction: float | None) -> FileEntry:
        """It is being read."""
        return self._put(FileEntry(path, FileState.READING, fraction=fraction))

    def failed(self, path: str, error: ErrorInfo) -> FileEntry:
        """It could not be read."""
        return self._put(FileEntry(path, FileState.FAILED, error=error))

    def read(self, path: str, survey: FileSurvey) -> FileEntry:
        """It was understood as a whole."""
        return self._put(FileEntry(path, FileState.READY, survey=survey))

    def take_sheet(self, path: str, sheet: SheetSurvey, ordinal: int | None) -> FileEntry | None:
        """One sheet was read again with the choices of its table `ordinal`; None where the file is gone meanwhile."""
        entry = self._entries.get(path)
        if entry is None or entry.survey is None:
            return None
        return self._put(replace(entry, survey=merge_sheet(entry.survey, sheet, ordinal)))

    def ended(self, ref: TableRef, outcome: ImportOutcome) -> FileEntry | None:
        """An import or a trial of one of its tables has ended; None where the file is gone meanwhile."""
        if ref.path not in self._entries:
            return None
        self._ends[ref] = _End(outcome)
        return self._put(self._entries[ref.path])

    def undone(self, import_id: str) -> list[FileEntry]:
        """An import was taken back; gives the entries that say so."""
        refs = [ref for ref, end in self._ends.items() if end.outcome.import_id == import_id]
        for ref in refs:
            self._ends[ref] = replace(self._ends[ref], undone=True)
        return [self._put(self._entries[path]) for path in dict.fromkeys(r.path for r in refs) if path in self._entries]

    def forget(self, paths: Iterable[str]) -> None:
        """Files were taken out."""
        gone = set(paths)
        self._entries = {path: entry for path, entry in self._entries.items() if path not in gone}
        self._ends = {ref: end for ref, end in self._ends.items() if ref.path not in gone}

    def _put(self, entry: FileEntry) -> FileEntry:
        note, tone = _note([end for ref, end in self._ends.items() if ref.path == entry.path])
        entry = replace(entry, note=note, note_tone=tone)
        self._entries[entry.path] = entry
        return entry


def _note(ends: list[_End]) -> tuple[str, Tone]:
    """What became of a file's tables, in one line: a failure first, else all of them together."""
    failed = next((e.outcome for e in ends if e.outcome.state in (ImportState.FAILED, ImportState.UNKNOWN)), None)
    if failed is not None:
        return (spoken(failed.error.message) if failed.error else tr("Failed")), "danger"
    if not ends:
        return "", "neutral"
    loaded = [e.outcome for e in ends if e.outcome.state is ImportState.LOADED and not e.undone]
    if loaded:
        rows = count(sum(outcome.rows_loaded for outcome in loaded))
        if len(loaded) == 1:
            return tr("Loaded {0} rows").format(rows), "ok"
        return tr("Loaded {0} tables, {1} rows").format(len(loaded), rows), "ok"
    last = ends[-1]
    if last.undone:
        return tr("Undone"), "neutral"
    return {
        ImportState.TRIAL: (tr("Dry run: {0} rows would load").format(count(last.outcome.rows_loaded)), "info"),
        ImportState.UNCHANGED: (tr("Unchanged, nothing was loaded twice"), "neutral"),
        ImportState.CANCELLED: (tr("Cancelled, no rows left"), "neutral"),
    }[last.outcome.state]  # type: ignore[return-value]  # tones are words of `Tone`
