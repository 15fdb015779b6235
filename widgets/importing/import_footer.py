"""The foot of the Import page: the equation and the one button."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from widgets.importing.drafts.drafts import rejected_rows
from widgets.importing.view_data import TableDraft, TargetCheck
from widgets.parts.buttons import Button
from widgets.parts.labels import Label, Panel
from widgets.parts.plain_text import set_tip
from widgets.parts.wording import count
from widgets.theme import Theme
from workers.core.model.options import Mode
from workers.core.model.plans import Finding


def tr(text: str) -> str:
    """Translate in the footer's context."""
    return QCoreApplication.translate("footer", text)


class ImportFooter(Panel):
    """What will happen, in numbers, and the buttons that make it happen.

    Signals:
        import_clicked: Import the selected table.
        dry_run_clicked: The same, rolled back.
        compare_clicked: Say what an upsert of the selected table would change.
    """

    import_clicked = Signal()
    dry_run_clicked = Signal()
    compare_clicked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Nothing to import."""
        super().__init__("surface", "top", parent=parent)
        self._equation = Label(theme, "", "small", weight=500)
        self.button = Button(theme, "", "import", "primary", "large")
        self.dry_run = Button(theme, tr("Dry run"), size="large")
        set_tip(self.dry_run, tr("Everything as in the import, then rolled back"))
        self.compare = Button(theme, tr("Compare…"), size="large")
        set_tip(self.compare, tr("Which rows are new, which change and how, which stay as they are"))
        set_tip(self.button, tr("Ctrl+Return"))
        self.button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.em(8))
        buttons.addWidget(self.button, 1)
        buttons.addWidget(self.compare)
        buttons.addWidget(self.dry_run)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.em(16), theme.em(10), theme.em(16), theme.em(14))
        column.setSpacing(theme.em(8))
        column.addWidget(self._equation)
        column.addLayout(buttons)
        self.button.clicked.connect(self.import_clicked)
        self.dry_run.clicked.connect(self.dry_run_clicked)
        self.compare.clicked.connect(self.compare_clicked)
        self.show_draft(None, (), TargetCheck())

    def show_draft(self, draft: TableDraft | None, findings: tuple[Finding, ...], check: TargetCheck) -> None:
        """Say what importing the draft does."""
        enabled = draft is not None and not check.blocked and bool(draft.options.table)
        self.button.setEnabled(enabled)
        self.dry_run.setEnabled(enabled)
        self.compare.setVisible(enabled and draft is not None and draft.options.mode is Mode.UPSERT)
        if draft is None:
            self._equation.setText(tr("Nothing selected"))
            self.button.setText(tr("Import"))
            return
        if draft.plan.rows is None:
            self._equation.setText(tr("Rows are counted while they load"))
            self.button.setText(tr("Import"))
            return
        rows = draft.plan.rows
        rejected = min(rows, check.rejected or rejected_rows(draft, findings))
        said = tr("{0} read = {1} load + {2} rejected").format(count(rows), count(rows - rejected), count(rejected))
        self._equation.setText(tr("The same rows are in the table already") if check.unchanged else said)
        name = tr("Import {0} rows").format(count(rows - rejected)) if rows - rejected != 1 else tr("Import 1 row")
        self.button.setText(name)
