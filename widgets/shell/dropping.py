"""What a drop or a paste holds, told from names alone: nothing is looked up on a disk that may be far or dead."""

from __future__ import annotations

from pathlib import PurePath

from PySide6.QtCore import QMimeData, QRectF, Qt, QUrl
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from widgets.parts.painting import fill_round, paint_icon
from widgets.theme import Theme

WORKBOOK_SUFFIXES = frozenset(
    [
        ".xlsx",
        ".xlsm",
        ".xltx",
        ".xltm",
        ".xlsb",
        ".xls",
        ".xlt",
        ".ods",
        ".ots",
        ".fods",
        ".csv",
        ".tsv",
        ".tab",
        ".txt",
        ".htm",
        ".html",
        ".xml",
    ]
)


def local_paths(data: QMimeData) -> list[str]:
    """The files and folders that a drag or the clipboard names: file addresses, else lines that look like paths."""
    if data.hasUrls():
        return [url.toLocalFile() for url in data.urls() if url.isLocalFile()]
    found = []
    for line in data.text().splitlines():
        text = line.strip().strip('"').strip()
        if text.startswith("file:"):
            text = QUrl(text).toLocalFile()
        if text and PurePath(text).is_absolute():
            found.append(text)
    return found


def sort_paths(paths: list[str]) -> tuple[list[str], list[str]]:
    """Split into what will be read and what is left: lock files, and names that are no workbook's.

    Names without a suffix may be folders and are read. When nothing looks like a workbook everything but lock files
    is tried: content decides in the end, not the name.
    """
    taken, left, locks = [], [], []
    for path in paths:
        name = PurePath(path)
        if name.name.startswith("~$"):
            locks.append(path)
        elif not name.suffix or name.suffix.lower() in WORKBOOK_SUFFIXES:
            taken.append(path)
        else:
            left.append(path)
    return (taken, left + locks) if taken else (left, locks)


class DropOverlay(QWidget):
    """Covers the content area while files are dragged over the window and says what letting go will do."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        """Hidden until `show_for`."""
        super().__init__(parent)
        self._theme = theme
        self._title, self._line = "", ""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def show_for(self, paths: list[str]) -> None:
        """Appear above everything."""
        taken, left = sort_paths(paths)
        one = self.tr("Let go to read {0}").format(PurePath(taken[0]).name if taken else "")
        self._title = one if len(taken) == 1 else self.tr("Let go to read {0} workbooks").format(len(taken))
        if not taken:
            self._title = self.tr("Nothing here that can be read")
        self._line = ""
        if len(left) == 1:
            self._line = self.tr("{0} is not a workbook and is left").format(PurePath(left[0]).name)
        elif left:
            self._line = self.tr("{0} other files are not workbooks and are left").format(len(left))
        parent = self.parentWidget()
        if parent is not None:
            self.setGeometry(parent.rect())
        self.raise_()
        self.show()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the zone."""
        theme, painter = self._theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), theme.color("window", 150))
        gap, radius = theme.em(16), theme.radius("zone")
        box = QRectF(self.rect()).adjusted(gap, gap, -gap, -gap)
        fill_round(painter, box, radius, theme.color("accent_tint"))
        painter.setPen(QPen(theme.color("accent"), 2))
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), radius, radius)
        middle = box.center().y()
        paint_icon(
            painter, theme, "download", "accent_text", 28, box.center().x() - theme.em(14), middle - theme.em(36)
        )
        painter.setPen(theme.color("text"))
        painter.setFont(theme.font("title"))
        center = int(Qt.AlignmentFlag.AlignCenter)
        painter.drawText(QRectF(box.x(), middle - theme.em(14), box.width(), theme.em(28)), center, self._title)
        painter.setPen(theme.color("text2"))
        painter.setFont(theme.font("body"))
        painter.drawText(QRectF(box.x(), middle + theme.em(16), box.width(), theme.em(22)), center, self._line)
