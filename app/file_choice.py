"""Choosing files and folders without blocking the window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget


class FileChoice(QObject):
    """Opens the system's dialogs; remembers the last folder.

    Signals:
        chosen: Paths (list of str).
    """

    chosen = Signal(list)

    def __init__(self, window: QWidget, sample: Path, parent: QObject | None = None) -> None:
        """Dialogs belong to `window`; `sample` is the workbook that is one click away on the first start."""
        super().__init__(parent)
        self._window, self._sample = window, sample
        self._folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)

    @Slot()
    def ask_files(self) -> None:
        """Let the user choose files."""
        dialog = self._dialog(self.tr("Open files"), QFileDialog.FileMode.ExistingFiles)
        spreadsheets = "*.xlsx *.xlsm *.xltx *.xls *.xlsb *.ods *.fods *.csv *.tsv *.txt"
        dialog.setNameFilters([f"{self.tr('Spreadsheets')} ({spreadsheets})", f"{self.tr('All files')} (*)"])
        dialog.open()

    @Slot()
    def ask_folder(self) -> None:
        """Let the user choose a folder."""
        self._dialog(self.tr("Open a folder"), QFileDialog.FileMode.Directory).open()

    @Slot()
    def give_sample(self) -> None:
        """Choose the sample workbook."""
        self.chosen.emit([str(self._sample)])

    def _dialog(self, title: str, mode: QFileDialog.FileMode) -> QFileDialog:
        dialog = QFileDialog(self._window, title, self._folder)
        dialog.setFileMode(mode)
        dialog.filesSelected.connect(self._take)
        dialog.finished.connect(dialog.deleteLater)
        return dialog

    @Slot(list)
    def _take(self, paths: list[str]) -> None:
        if paths:
            self._folder = str(Path(paths[0]).parent)
            self.chosen.emit(paths)
