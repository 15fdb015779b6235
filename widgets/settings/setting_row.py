"""One setting on the page: label and help, editor, origin, reset."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from widgets.parts.buttons import IconButton
from widgets.parts.chips import Chip
from widgets.parts.labels import HLine, Label
from widgets.settings.editors import Editor
from widgets.settings.wording import origin_chip, tr
from widgets.theme import Theme
from widgets.translation import spoken
from workers.core.settings.resolve import Origin, Resolved
from workers.core.settings.schema import Setting, SettingValue

_LABEL_PX, _CHIP_PX, _RESET_PX = 320, 112, 28
_LEAST_LABEL_PX, _BESIDE_LABEL_PX, _WIDE = 190, 628, 962
"""Least width of the texts, what the rest of a row and the form's margins take, and a form with room for all."""


class SettingRow(QWidget):
    """A row of a group's card.

    Signals:
        value_changed: Key and the checked new value (object).
        reset_requested: Key.
    """

    value_changed = Signal(str, object)
    reset_requested = Signal(str)

    def __init__(self, theme: Theme, setting: Setting, editor: Editor, *, first: bool) -> None:
        """`first` has no line above it."""
        super().__init__()
        self.setting, self.editor = setting, editor
        self._theme = theme
        self._chip = Chip(theme, height=20)
        self._lock_note = Label(theme, "", "small", "text2", wrap=True)
        self._reset = IconButton(theme, "undo", tr("Reset to the default"), size="small")
        self._build(first=first)
        editor.entered.connect(self._on_entered)
        self._reset.clicked.connect(self._on_reset)

    def show_resolved(self, resolved: Resolved, *, override: SettingValue | None = None) -> None:
        """Show value and origin; an `override` holds for a while instead of the value."""
        locked = resolved.origin.locked or not self.setting.stored
        self.editor.show_value(resolved.value if override is None else override, locked=locked)
        self._chip.set_data(*origin_chip(resolved.origin, overridden=override is not None))
        resettable = (resolved.origin is Origin.FILE or override is not None) and not locked
        self._reset.setVisible(resettable)
        if resolved.origin.locked:
            place = tr("Set by {0}. Unset it and restart to change it here.")
            self._lock_note.setText(place.format(resolved.source))
        elif not self.setting.stored and self.setting.environment:
            self._lock_note.setText(tr("Can be set by {0} only.").format(self.setting.environment))
        elif self.setting.restart:
            self._lock_note.setText(tr("A change takes effect at the next start."))
        else:
            self._lock_note.setText("")
        self._lock_note.setVisible(bool(self._lock_note.text()))

    def matches(self, words: list[str]) -> bool:
        """Whether all words occur in what the row says."""
        setting = self.setting
        texts = (
            setting.key,
            setting.environment or "",
            setting.option or "",
            setting.group,
            setting.label,
            setting.help,
        )
        haystack = " ".join((*texts, tr(setting.group), tr(setting.label), tr(setting.help))).casefold()
        return all(word in haystack for word in words)

    def _build(self, *, first: bool) -> None:
        theme = self._theme
        words = QVBoxLayout()
        words.setSpacing(theme.em(2))
        label = Label(theme, tr(self.setting.label), "body", weight=500, wrap=True)
        label.setBuddy(self.editor)
        words.addWidget(label)
        words.addWidget(Label(theme, self._help(), "small", "text2", wrap=True))
        words.addStretch(1)
        left = QWidget()
        left.setLayout(words)
        words.setContentsMargins(0, 0, 0, 0)
        self._left = left
        self.fit(theme.em(_WIDE))
        middle = QVBoxLayout()
        middle.setSpacing(theme.em(4))
        middle.addWidget(self.editor)
        middle.addWidget(self._lock_note)
        middle.addStretch(1)
        chip = QWidget()
        chip.setFixedWidth(theme.em(_CHIP_PX))
        chip_row = QHBoxLayout(chip)
        chip_row.setContentsMargins(0, 0, 0, 0)
        chip_row.addWidget(self._chip)
        chip_row.addStretch(1)
        place = QWidget()
        place.setFixedWidth(theme.em(_RESET_PX))
        place_row = QHBoxLayout(place)
        place_row.setContentsMargins(0, 0, 0, 0)
        place_row.addWidget(self._reset)
        row = QHBoxLayout()
        row.setContentsMargins(theme.em(20), theme.em(11), theme.em(16), theme.em(11))
        row.setSpacing(theme.em(16))
        row.addWidget(left)
        row.addLayout(middle, 1)
        row.addWidget(chip, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(place, 0, Qt.AlignmentFlag.AlignVCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._line = HLine()
        self._line.setVisible(not first)
        column.addWidget(self._line)
        column.addLayout(row)

    def fit(self, width: int) -> None:
        """Share out the width of the form: the texts give way where it is narrow."""
        em = self._theme.em
        self._left.setFixedWidth(max(em(_LEAST_LABEL_PX), min(em(_LABEL_PX), width - em(_BESIDE_LABEL_PX))))

    def set_first(self, first: bool) -> None:
        """The first visible row of a card has no line above it."""
        self._line.setVisible(not first)

    def _help(self) -> str:
        text = tr(self.setting.help)
        return tr("{0} {1}.").format(text, spoken(self.setting.formula)) if self.setting.formula else text

    @Slot(object)
    def _on_entered(self, value: SettingValue) -> None:
        self.value_changed.emit(self.setting.key, value)

    @Slot()
    def _on_reset(self) -> None:
        self.reset_requested.emit(self.setting.key)
