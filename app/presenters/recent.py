"""Presenter of the recent files on the empty Import page; they are kept with the window's state."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
from dataclasses import dataclass
from pathlib import Path, PurePath

from PySide6.QtCore import QObject, Slot

from widgets.importing.import_page import ImportPage
from widgets.importing.view_data import RecentFile
from widgets.parts import wording
from workers.bridges.ui_calls import UiCalls
from workers.core.model.plans import FileSurvey
from workers.system.private_files import replace_private

FILE_NAME = "recent.json"
_MOST = 12


@dataclass(frozen=True, slots=True)
class Recent:
    """A file that was read, and the day."""

    path: str
    day: dt.date


class RecentFiles:
    """The list in one home folder; losing it costs nothing but comfort. Reads and writes the disk."""

    def __init__(self, home: Path) -> None:
        """Use the file in `home`."""
        self._path = home / FILE_NAME

    def load(self) -> tuple[Recent, ...]:
        """What was kept, newest first; what cannot be read is left out."""
        try:
            kept = json.loads(self._path.read_text(encoding="utf-8"))
            return tuple(Recent(str(path), dt.date.fromisoformat(day)) for path, day in kept)[:_MOST]
        except (OSError, ValueError, TypeError):
            return ()

    def save(self, recent: tuple[Recent, ...]) -> None:
        """Keep the list; a disk that refuses is not worth a message."""
        text = json.dumps([(each.path, each.day.isoformat()) for each in recent])
        with contextlib.suppress(OSError):
            replace_private(self._path, text.encode())


def with_newest(recent: tuple[Recent, ...], path: str, day: dt.date) -> tuple[Recent, ...]:
    """The list with one file put first."""
    return (Recent(path, day), *(each for each in recent if each.path != path))[:_MOST]


class RecentFlow(QObject):
    """Shows and keeps the files that were read. Lives on the UI thread."""

    def __init__(self, page: ImportPage, files: RecentFiles, calls: UiCalls, parent: QObject | None = None) -> None:
        """Connect everything."""
        super().__init__(parent)
        self._page, self._files, self._calls = page, files, calls
        self._recent: tuple[Recent, ...] = ()
        page.recent_cleared.connect(self._clear)

    def start(self) -> None:
        """Read the kept list."""
        self._calls.start(self._files.load, self._take, parent=self)

    @Slot(object)
    def note(self, survey: FileSurvey) -> None:
        """A file was read."""
        self._recent = with_newest(self._recent, survey.path, dt.datetime.now().date())
        self._keep()

    def _take(self, kept: tuple[Recent, ...]) -> None:
        # Files may have been read already while the list was on its way.
        fresh = {each.path for each in self._recent}
        self._recent = (*self._recent, *(each for each in kept if each.path not in fresh))[:_MOST]
        self._show()

    @Slot()
    def _clear(self) -> None:
        self._recent = ()
        self._keep()

    def _keep(self) -> None:
        recent = self._recent
        self._calls.start(lambda: self._files.save(recent), parent=self)
        self._show()

    def _show(self) -> None:
        self._page.set_recent(tuple(_shown(each) for each in self._recent))


def _shown(recent: Recent) -> RecentFile:
    return RecentFile(recent.path, PurePath(recent.path).parent.name, wording.day(recent.day))
