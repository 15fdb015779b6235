"""The receipt of one import: the equation, the proof, the rejects, and the way back."""

from __future__ import annotations

from math import isclose

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QPlainTextEdit,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from widgets.history.history_data import HistoryEntry, PastDetails, UndoPreview
from widgets.history.history_model import file_name, state_sign, tr
from widgets.history.past_details import PlanView, log_text
from widgets.history.undo_box import UndoBox
from widgets.parts.buttons import Button, IconButton
from widgets.parts.chips import Chip
from widgets.parts.labels import ElidedLabel, HLine, Label, Panel
from widgets.parts.painting import fill_round
from widgets.parts.reject_table import RejectTable
from widgets.parts.tabs import Tabs
from widgets.parts.wording import count, day, duration, listed, locale, mode_word, rate
from widgets.theme import Theme
from widgets.translation import spoken
from workers.core.model.outcomes import ColumnSum, ImportOutcome, ImportState

_MOST_SUMS = 12


class ProportionBar(QWidget):
    """Loaded, rejected and skipped as parts of one bar; a part that is not zero is never under 4 px."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Empty."""
        super().__init__(parent)
        self._theme = theme
        self._parts: tuple[tuple[int, str], ...] = ()
        self.setFixedHeight(theme.em(6))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def set_parts(self, parts: tuple[tuple[int, str], ...]) -> None:
        """Pairs of a figure and a colour token."""
        self._parts = parts
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(self._theme.em(200), self._theme.em(6))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the parts from the right, so that small ones are not lost."""
        theme, painter = self._theme, QPainter(self)
        box, radius = QRectF(self.rect()), self.height() / 2
        fill_round(painter, box, radius, theme.color("neutral_bg"))
        total = sum(number for number, _ in self._parts)
        left = box.width()
        for number, tone in reversed(self._parts):
            if not number or not total:
                continue
            first = (number, tone) == self._parts[0]
            wide = left if first else max(box.width() * number / total, float(theme.em(4)))
            fill_round(
                painter,
                QRectF(left - wide, 0, wide - (0 if left == box.width() else 1), box.height()),
                radius,
                theme.color(tone),
            )
            left -= wide


class Receipt(Panel):
    """Everything about one import.

    Signals:
        closed: The cross.
        undo_requested: Import id; answer with `show_undo`.
        undo_confirmed: Import id to undo now.
        rejects_requested: Import id whose rejects are wanted as a workbook.
        view_requested: Import id whose table is wanted for a look.
        again_requested: Import id whose file and plan are wanted on the Import page.
        plan_requested: Import id, and its choices as the text of a plan file to be saved.
        receipt_requested: Import id whose receipt is wanted as a file.
        cell_opened: Import id and cell address.
        details_requested: Import id whose plan and log are wanted; answer with `show_details`.
    """

    closed = Signal()
    undo_requested = Signal(str)
    undo_confirmed = Signal(str)
    rejects_requested = Signal(str)
    view_requested = Signal(str)
    again_requested = Signal(str)
    plan_requested = Signal(str, str)
    receipt_requested = Signal(str)
    cell_opened = Signal(str, str)
    details_requested = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Empty until `show_entry`."""
        super().__init__("surface", "left", parent=parent)
        self._theme = theme
        self._entry: HistoryEntry | None = None
        self._title = ElidedLabel(theme, "", "heading")
        self._line = ElidedLabel(theme, "", "small", "text2")
        self._proof = Chip(theme, "")
        self._undo = Button(theme, tr("Undo…"), "undo", "ghost")
        self._view = Button(theme, tr("Look at the table"), "table")
        self._again = Button(theme, tr("Open plan"))
        self._save = IconButton(theme, "download", tr("Save receipt…"))
        self.tabs = Tabs(theme, tr("What is shown of the import"), (tr("Receipt"), tr("Plan"), tr("Log")))
        self.plan = PlanView(theme)
        self.log = log_text(theme, tr("Log of the import"))
        # Reasons are sentences: they are read whole.
        self.log.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        self._stack = QStackedWidget()
        self._asked = ""
        self._box = UndoBox(theme)
        self._scroll = QScrollArea()
        self._build()

    def show_entry(self, entry: HistoryEntry) -> None:
        """Show one import."""
        self._entry = entry
        outcome = entry.outcome
        arrow = f" → {outcome.table}" if outcome.table else ""
        self._title.setText(f"{file_name(entry)}{arrow}")
        who = tr(" by {0}").format(entry.who) if entry.who else ""
        when = day(entry.when.date()) + entry.when.strftime(" %H:%M")
        self._line.setText(listed(f"{when}{who}", tr("import {0}").format(outcome.import_id)))
        sign = state_sign(entry.state)
        checked = entry.state == "loaded"
        self._proof.set_data(tr("Checked before commit") if checked else sign.word, sign.tone, sign.icon)
        self._fill(entry)
        self.plan.show_outcome(outcome)
        self.log.setPlainText(entry.log)
        self._asked = ""
        self._ask_details()
        self._box.hide()
        loaded = outcome.state is ImportState.LOADED and entry.state == "loaded"
        self._undo.setVisible(loaded)
        self._view.setVisible(bool(outcome.table) and entry.state in ("loaded", "unchanged", "superseded"))

    def show_details(self, import_id: str, details: PastDetails) -> None:
        """The plan and the log; ignored when another import is shown meanwhile."""
        if import_id == self._id():
            self.plan.show_details(details)
            self.log.setPlainText(details.log)

    def show_undo(self, import_id: str, preview: UndoPreview) -> None:
        """Say what undoing will do; ignored when another import is shown meanwhile."""
        if self._entry is not None and self._entry.outcome.import_id == import_id:
            self._undo.hide()
            self._box.show_preview(preview)

    def _build(self) -> None:
        theme = self._theme
        close = IconButton(theme, "x", tr("Close"))
        close.clicked.connect(self.closed)
        words = QVBoxLayout()
        words.setSpacing(theme.em(1))
        words.addWidget(self._title)
        words.addWidget(self._line)
        head = QHBoxLayout()
        head.setContentsMargins(theme.em(16), theme.em(10), theme.em(10), theme.em(6))
        head.addLayout(words, 1)
        head.addWidget(close)
        tabs = QHBoxLayout()
        tabs.setContentsMargins(theme.em(5), 0, theme.em(16), 0)
        tabs.addWidget(self.tabs)
        tabs.addStretch(1)
        tabs.addWidget(self._proof)
        log = QWidget()
        around = QVBoxLayout(log)
        around.setContentsMargins(theme.em(16), theme.em(12), theme.em(16), theme.em(8))
        around.addWidget(self.log)
        for part in (self._scroll, self.plan, log):
            self._stack.addWidget(part)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        foot = QHBoxLayout()
        foot.setContentsMargins(theme.em(16), theme.em(6), theme.em(16), theme.em(12))
        foot.setSpacing(theme.em(8))
        foot.addWidget(self._again)
        foot.addWidget(self._view)
        foot.addWidget(self._save)
        foot.addStretch(1)
        foot.addWidget(self._undo)
        pinned = QVBoxLayout()
        pinned.setContentsMargins(theme.em(16), 0, theme.em(16), 0)
        pinned.addWidget(self._box)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addLayout(tabs)
        column.addWidget(HLine())
        column.addWidget(self._stack, 1)
        column.addLayout(pinned)
        column.addLayout(foot)
        self._undo.clicked.connect(self._on_undo)
        self._view.clicked.connect(self._on_view)
        self._again.clicked.connect(self._on_again)
        self._save.clicked.connect(self._on_save)
        self.plan.save_requested.connect(self._on_plan)
        self.tabs.currentChanged.connect(self._on_tab)
        self._box.kept.connect(self._on_kept)
        self._box.confirmed.connect(self._on_confirmed)

    def _fill(self, entry: HistoryEntry) -> None:
        body = QWidget()
        body.setProperty("kind", "scroll")
        theme, outcome = self._theme, entry.outcome
        column = QVBoxLayout(body)
        column.setContentsMargins(theme.em(16), theme.em(12), theme.em(16), theme.em(8))
        column.setSpacing(theme.em(10))
        if outcome.error is not None:
            column.addWidget(Label(theme, spoken(outcome.error.message), "body", weight=600, wrap=True))
            if outcome.error.hint:
                column.addWidget(Label(theme, spoken(outcome.error.hint), "small", "text2", wrap=True))
        column.addLayout(self._equation(outcome))
        bar = ProportionBar(theme)
        skipped = (outcome.rows_skipped, "neutral_line")
        bar.set_parts(((outcome.rows_loaded, "ok_line"), (outcome.rows_rejected, "danger_line"), skipped))
        column.addWidget(bar)
        column.addLayout(self._facts(outcome))
        if outcome.sums:
            column.addWidget(Label(theme, tr("Numbers, workbook against table"), "small", "text2", weight=600))
            column.addWidget(self._sums(outcome.sums[:_MOST_SUMS]))
        if outcome.rejects:
            column.addLayout(self._rejects_head())
            table = RejectTable(theme)
            table.set_rejects(outcome.rejects)
            table.cell_opened.connect(self._on_cell)
            column.addWidget(table)
            mend = tr("Mend the cells and drop the workbook here: only these rows are loaded.")
            column.addWidget(Label(theme, mend, "small", "text2", wrap=True))
        for finding in outcome.warnings[:20]:
            column.addWidget(Label(theme, f"• {spoken(finding.message)}", "small", "text2", wrap=True))
        column.addStretch(1)
        self._scroll.setWidget(body)

    def _equation(self, outcome: ImportOutcome) -> QHBoxLayout:
        theme = self._theme
        row = QHBoxLayout()
        row.setSpacing(theme.em(14))
        bad = "danger_fg" if outcome.rows_rejected else "text3"
        parts = (
            (outcome.rows_read, tr("rows read"), "text", ""),
            (outcome.rows_loaded, tr("loaded"), "ok_fg", "="),
            (outcome.rows_rejected, tr("rejected"), bad, "+"),
            (outcome.rows_skipped, tr("skipped"), "text3", "+"),
        )
        for number, name, tone, sign in parts:
            if sign:
                row.addWidget(Label(theme, sign, "body", "text3"), 0, Qt.AlignmentFlag.AlignTop)
            words = QVBoxLayout()
            words.setSpacing(0)
            words.addWidget(Label(theme, count(number), "title", tone))
            words.addWidget(Label(theme, name, "caption", "text2"))
            row.addLayout(words)
        row.addStretch(1)
        return row

    def _facts(self, outcome: ImportOutcome) -> QGridLayout:
        theme = self._theme
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.em(14))
        grid.setVerticalSpacing(theme.em(4))
        speed = rate(outcome.rows_read / outcome.seconds) if outcome.seconds > 0 and outcome.rows_read else ""
        took = listed(duration(outcome.seconds), speed)
        rows = f"{outcome.first_row}–{outcome.last_row}" if outcome.first_row and outcome.last_row else "–"
        facts = (
            (tr("Mode"), mode_word(outcome.mode)),
            (tr("Took"), took),
            (tr("Sheet"), outcome.sheet or "–"),
            (tr("Attempt"), str(outcome.attempts)),
            (tr("Excel rows"), rows),
            (tr("Blank rows"), count(outcome.rows_blank)),
        )
        for number, (name, value) in enumerate(facts):
            grid.addWidget(Label(theme, name, "small", "text2"), number // 2, number % 2 * 2)
            grid.addWidget(ElidedLabel(theme, value, "small"), number // 2, number % 2 * 2 + 1)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        return grid

    def _sums(self, sums: tuple[ColumnSum, ...]) -> Panel:
        theme = self._theme
        card = Panel(kind="card")
        grid = QGridLayout(card)
        grid.setContentsMargins(theme.em(14), theme.em(6), theme.em(14), theme.em(6))
        grid.setHorizontalSpacing(theme.em(14))
        grid.setVerticalSpacing(theme.em(5))
        right = Qt.AlignmentFlag.AlignRight
        for column, name in enumerate((tr("Column"), "", tr("Sum"), tr("Min"), tr("Max"), "")):
            grid.addWidget(
                Label(theme, name, "caption", "text2", weight=500),
                0,
                column,
                right if column in (2, 3, 4) else Qt.AlignmentFlag(0),
            )
        row = 1
        for each in sums:
            for source, figures in ((tr("workbook"), each.workbook), (tr("table"), each.table)):
                grid.addWidget(HLine(), row, 0, 1, 6)
                name = each.name if source == tr("workbook") else ""
                grid.addWidget(ElidedLabel(theme, name, "small", weight=600), row + 1, 0)
                grid.addWidget(Label(theme, source, "small", "text2"), row + 1, 1)
                other = each.table if figures is each.workbook else each.workbook
                for column, figure in enumerate(figures, 2):
                    twin = other[column - 2] if len(other) == len(figures) else ""
                    grid.addWidget(Label(theme, grouped(short_figure(figure, twin)), "small"), row + 1, column, right)
                if source != tr("workbook") and figures:
                    same = all(map(same_figure, figures, each.workbook))
                    chip = Chip(
                        theme,
                        tr("same") if same else tr("differs"),
                        "ok" if same else "warn",
                        "okc" if same else "warn",
                    )
                    grid.addWidget(chip, row + 1, 5)
                row += 2
        grid.setColumnStretch(0, 1)
        return card

    def _rejects_head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(Label(self._theme, tr("Rejected rows"), "small", "text2", weight=600))
        row.addStretch(1)
        link = Button(self._theme, tr("Open as workbook"), kind="link")
        link.clicked.connect(self._on_rejects)
        row.addWidget(link)
        return row

    def _id(self) -> str:
        return self._entry.outcome.import_id if self._entry is not None else ""

    @Slot(int)
    def _on_tab(self, number: int) -> None:
        self._stack.setCurrentIndex(number)
        self._ask_details()

    def _ask_details(self) -> None:
        """The plan and the log are read only for those who look at them."""
        if self.tabs.currentIndex() and self._asked != self._id():
            self._asked = self._id()
            self.details_requested.emit(self._asked)

    @Slot()
    def _on_undo(self) -> None:
        self.undo_requested.emit(self._id())

    @Slot()
    def _on_kept(self) -> None:
        self._box.hide()
        self._undo.show()

    @Slot()
    def _on_confirmed(self) -> None:
        self.undo_confirmed.emit(self._id())

    @Slot()
    def _on_rejects(self) -> None:
        self.rejects_requested.emit(self._id())

    @Slot()
    def _on_view(self) -> None:
        self.view_requested.emit(self._id())

    @Slot()
    def _on_save(self) -> None:
        self.receipt_requested.emit(self._id())

    @Slot()
    def _on_plan(self) -> None:
        self.plan_requested.emit(self._id(), self.plan.text.toPlainText())

    @Slot()
    def _on_again(self) -> None:
        self.again_requested.emit(self._id())

    @Slot(str)
    def _on_cell(self, cell: str) -> None:
        self.cell_opened.emit(self._id(), cell)


def same_figure(one: str, other: str) -> bool:
    """Whether two control figures say the same: a sum of doubles depends on the order in which it is made."""
    if one == other:
        return True
    try:
        return isclose(float(one), float(other), rel_tol=1e-9, abs_tol=1e-12)
    except ValueError:
        return False


def short_figure(text: str, twin: str = "") -> str:
    """A control figure in the digits that tell something: 14866.109999999999 is 14866.11.

    Args:
        text: The figure.
        twin: The other side's. Where the two are the same but for the order in which doubles were added up, the digits
            in which that order shows are left out.
    """
    whole, _, rest = text.partition(".")
    if not rest.isdigit():
        return text
    if text != twin and twin and same_figure(text, twin):
        return f"{round(float(text), max(0, 9 - len(whole.lstrip('-')))):.15g}"
    return f"{float(text):.15g}" if len(whole) + len(rest) > 15 else text


def grouped(text: str) -> str:
    """A control figure with the locale's separators before its point; other texts stay as they are."""
    whole, point, rest = text.partition(".")
    digits = whole.removeprefix("-")
    if not (digits.isascii() and digits.isdigit()) or (point and not rest.isdigit()) or len(digits) > 18:
        return text
    sign = "-" if whole.startswith("-") else ""
    return f"{sign}{count(int(digits))}{locale().decimalPoint() if point else ''}{rest}"
