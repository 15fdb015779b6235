"""The editor of SQL: line numbers, colours, the statement that would run, completion, the place of an error."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, QStringListModel, Qt, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QFont,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextCharFormat,
    QTextCursor,
    QTextFormat,
)
from PySide6.QtWidgets import QAbstractItemView, QCompleter, QPlainTextEdit, QTextEdit, QWidget

from widgets.explore.highlighter import SqlHighlighter
from widgets.explore.sql_text import Part, statement_at
from widgets.theme import Theme

_SHORTEST = 2
"""Letters from which on words are offered."""
_MOST_MARKED = 200_000


class SqlEditor(QPlainTextEdit):
    """One text. Esc closes the list of words first, and asks for a cancel then.

    Signals:
        run_requested: Ctrl+Enter: the statement with the cursor, or what is selected.
        run_all_requested: Ctrl+Shift+Enter.
        cancel_requested: Esc.
    """

    run_requested = Signal()
    run_all_requested = Signal()
    cancel_requested = Signal()

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        """Empty; `name` is what a screen reader says."""
        super().__init__(parent)
        self._theme = theme
        self._gutter = _Gutter(self)
        self._error: int | None = None
        self._highlighter = SqlHighlighter(theme, self.document())
        self._words = QStringListModel(self)
        self._completer = QCompleter(self._words, self)
        self._completer.setWidget(self)
        self._completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._completer.setFilterMode(Qt.MatchFlag.MatchStartsWith)
        self._completer.activated.connect(self._complete)
        self.setAccessibleName(name)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setTabChangesFocus(False)
        self.setPlaceholderText(self.tr("select … — Ctrl+Enter runs the statement with the cursor"))
        self.blockCountChanged.connect(self._make_room)
        self.updateRequest.connect(self._on_scroll)
        self.cursorPositionChanged.connect(self._mark)
        self.textChanged.connect(self._on_text)
        theme.changed.connect(self._refresh)
        self._refresh()

    def set_words(self, words: list[str]) -> None:
        """Words to be offered while typing."""
        self._words.setStringList(words)

    def wanted(self) -> str:
        """What Ctrl+Enter runs: the selection, else the statement with the cursor; empty for none."""
        cursor = self.textCursor()
        if cursor.hasSelection():
            return cursor.selectedText().replace("\u2029", "\n")
        part = self._part()
        return part.text_in(self.toPlainText()) if part is not None else ""

    def wanted_start(self) -> int:
        """Offset of `wanted` in the text."""
        cursor = self.textCursor()
        if cursor.hasSelection():
            return cursor.selectionStart()
        part = self._part()
        return part.start if part is not None else 0

    def show_error(self, offset: int | None) -> None:
        """Underline the word at an offset; None takes the mark away."""
        self._error = offset
        if offset is not None:
            cursor = self.textCursor()
            cursor.setPosition(min(offset, len(self.toPlainText())))
            self.setTextCursor(cursor)
        self._mark()

    def insert_text(self, text: str) -> None:
        """Put text where the cursor is."""
        self.textCursor().insertText(text)
        self.setFocus()

    def gutter_width(self) -> int:
        """Room for the numbers of the lines."""
        digits = max(3, len(str(self.blockCount())))
        return self._theme.em(14) + self.fontMetrics().horizontalAdvance("9") * digits

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Run, cancel, take a word; everything else is typing."""
        popup = self._popup()
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            popup.hide()
            shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            (self.run_all_requested if shift else self.run_requested).emit()
            return
        if popup.isVisible() and (enter or event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Escape)):
            event.ignore()  # the list's own keys
            return
        if event.key() == Qt.Key.Key_Escape:
            self.cancel_requested.emit()
            return
        asked = event.key() == Qt.Key.Key_Space and event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if not asked:
            super().keyPressEvent(event)
        self._offer(bool(asked), event.text())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The gutter keeps to the left edge."""
        super().resizeEvent(event)
        box = self.contentsRect()
        self._gutter.setGeometry(QRect(box.left(), box.top(), self.gutter_width(), box.height()))

    def paint_gutter(self, event: QPaintEvent) -> None:
        """Numbers of the lines that are seen."""
        theme, painter = self._theme, QPainter(self._gutter)
        painter.fillRect(event.rect(), theme.color("window"))
        painter.setFont(self.font())
        block, line = self.firstVisibleBlock(), self.textCursor().blockNumber()
        top = round(self.blockBoundingGeometry(block).translated(self.contentOffset()).top())
        while block.isValid() and top <= event.rect().bottom():
            height = round(self.blockBoundingRect(block).height())
            painter.setPen(theme.color("text" if block.blockNumber() == line else "text3"))
            box = QRect(0, top, self._gutter.width() - theme.em(6), height)
            painter.drawText(box, int(Qt.AlignmentFlag.AlignRight), str(block.blockNumber() + 1))
            block, top = block.next(), top + height

    # ---- inside

    def _part(self) -> Part | None:
        text = self.toPlainText()
        return statement_at(text, self.textCursor().position()) if len(text) <= _MOST_MARKED else Part(0, len(text))

    def _popup(self) -> QAbstractItemView:
        popup = self._completer.popup()
        assert popup is not None  # made when it is first asked for
        return popup

    def _prefix(self) -> str:
        cursor = self.textCursor()
        cursor.select(QTextCursor.SelectionType.WordUnderCursor)
        return cursor.selectedText()[: max(0, self.textCursor().position() - cursor.selectionStart())]

    def _offer(self, asked: bool, typed: str) -> None:
        prefix, popup = self._prefix(), self._popup()
        if not asked and (len(prefix) < _SHORTEST or not (typed.isalnum() or typed == "_")):
            popup.hide()
            return
        self._completer.setCompletionPrefix(prefix)
        found = self._completer.completionCount()
        if not found or (found == 1 and self._completer.currentCompletion().casefold() == prefix.casefold()):
            popup.hide()
            return
        popup.setCurrentIndex(self._completer.completionModel().index(0, 0))
        box = self.cursorRect()
        box.translate(self.gutter_width(), self._theme.em(4))
        box.setWidth(popup.sizeHintForColumn(0) + popup.verticalScrollBar().sizeHint().width() + self._theme.em(24))
        self._completer.complete(box)

    @Slot(str)
    def _complete(self, word: str) -> None:
        cursor = self.textCursor()
        cursor.movePosition(
            QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, len(self._completer.completionPrefix())
        )
        cursor.insertText(word)
        self.setTextCursor(cursor)

    @Slot()
    def _on_text(self) -> None:
        self._error = None
        self._mark()

    @Slot()
    def _mark(self) -> None:
        """Tint the statement that would run, wave under the error."""
        marks = []
        part = self._part() if not self.textCursor().hasSelection() else None
        if part is not None:
            cursor = self.textCursor()
            cursor.setPosition(part.start)
            cursor.setPosition(part.end, QTextCursor.MoveMode.KeepAnchor)
            marks.append(_selection(cursor, self._theme.color("accent_tint", 110)))
        if self._error is not None:
            cursor = self.textCursor()
            cursor.setPosition(min(self._error, len(self.toPlainText())))
            cursor.select(QTextCursor.SelectionType.WordUnderCursor)
            wave = _selection(cursor, self._theme.color("danger_bg"))
            wave.format.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
            wave.format.setUnderlineColor(self._theme.color("danger_fg"))
            marks.append(wave)
        self.setExtraSelections(marks)
        self._gutter.update()

    @Slot()
    def _make_room(self) -> None:
        self.setViewportMargins(self.gutter_width(), 0, 0, 0)

    @Slot(QRect, int)
    def _on_scroll(self, box: QRect, by: int) -> None:
        if by:
            self._gutter.scroll(0, by)
        else:
            self._gutter.update(0, box.y(), self._gutter.width(), box.height())

    @Slot()
    def _refresh(self) -> None:
        font = QFont(self._theme.font("mono"))
        self.setFont(font)
        self._make_room()
        self._mark()


class _Gutter(QWidget):
    def __init__(self, editor: SqlEditor) -> None:
        super().__init__(editor)
        self._editor = editor

    def sizeHint(self) -> QSize:
        """As wide as the numbers."""
        return QSize(self._editor.gutter_width(), 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Drawn by the editor, which knows its lines."""
        self._editor.paint_gutter(event)


def _selection(cursor: QTextCursor, color: QColor) -> QTextEdit.ExtraSelection:
    mark = QTextEdit.ExtraSelection()
    mark.cursor = cursor
    mark.format.setBackground(color)
    mark.format.setProperty(QTextFormat.Property.FullWidthSelection, False)
    return mark
