"""Colours of SQL: tokens of the whole text, made anew a moment after typing stops."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QSyntaxHighlighter, QTextCharFormat, QTextDocument

from widgets.explore.sql_text import Span, spans
from widgets.theme import Theme

_COLORS = {
    "keyword": "info_fg",
    "string": "ok_fg",
    "number": "text",
    "parameter": "warn_fg",
    "type": "lock_fg",
    "comment": "text3",
}
_DELAY_MS = 60
_LONGEST = 200_000
"""Characters beyond which nothing is coloured: typing goes before colours."""


class SqlHighlighter(QSyntaxHighlighter):
    """Colours one document."""

    def __init__(self, theme: Theme, document: QTextDocument) -> None:
        """Colour `document`, in the palette of `theme`."""
        super().__init__(document)
        self._theme = theme
        self._spans: tuple[Span, ...] = ()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_DELAY_MS)
        self._timer.timeout.connect(self._renew)
        document.contentsChanged.connect(self._on_change)
        theme.changed.connect(self._recolor)
        self._text = ""
        self._formats: dict[str, QTextCharFormat] = {}
        self._recolor()

    def highlightBlock(self, text: str) -> None:
        """Colour one line."""
        begin = self.currentBlock().position()
        end = begin + len(text)
        for span in self._spans:
            if span.start >= end:
                break
            if span.start + span.length > begin and span.kind in self._formats:
                first = max(span.start, begin)
                self.setFormat(first - begin, min(span.start + span.length, end) - first, self._formats[span.kind])

    @Slot()
    def _on_change(self) -> None:
        if self.document().toPlainText() != self._text:
            self._timer.start()

    @Slot()
    def _renew(self) -> None:
        self._text = self.document().toPlainText()
        self._spans = spans(self._text) if len(self._text) <= _LONGEST else ()
        self.rehighlight()

    @Slot()
    def _recolor(self) -> None:
        for kind, color in _COLORS.items():
            form = QTextCharFormat()
            form.setForeground(self._theme.color(color))
            form.setFontItalic(kind == "comment")
            self._formats[kind] = form
        self.rehighlight()
