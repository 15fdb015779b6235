"""What the Import page says above its columns: a dry run and its result, choices that were taken again, refusals."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from widgets.importing.view_data import TableRef
from widgets.parts.buttons import Button
from widgets.parts.hints import hint_of
from widgets.parts.wording import count
from widgets.shell.page import Page
from widgets.translation import spoken
from workers.core.model.errors import ErrorInfo
from workers.core.model.outcomes import ImportOutcome


class ImportNotices(QObject):
    """The page's one banner, with the buttons that belong to what it says.

    Signals:
        import_tried: *Import now* below a dry run's result; the `TableRef` that was tried.
        details_requested: *Details* of a dry run.
        reuse_undone: *Undo* beside choices that were taken again.
    """

    import_tried = Signal(object)
    details_requested = Signal()
    reuse_undone = Signal()

    def __init__(self, page: Page) -> None:
        """Speak in the banner of `page`."""
        super().__init__(page)
        self._page = page
        self._tried: TableRef | None = None

    def refused_choice(self, error: ErrorInfo) -> None:
        """A sheet could not be read with the choices just made."""
        text = f"{spoken(error.message)} {hint_of(error)}".strip()
        self._show("warn", self.tr("That choice could not be used"), text, "warn")

    def trial_started(self) -> None:
        """A dry run is under way."""
        self._show("info", self.tr("Dry run under way"), self.tr("Everything is rolled back in the end."), "run")

    def trial_ended(self, ref: TableRef, outcome: ImportOutcome) -> None:
        """What an import would do, or why it would fail."""
        table = outcome.table or ""
        if outcome.error is not None or not outcome.state.good:
            said = spoken(outcome.error.message) if outcome.error else self.tr("It was stopped.")
            hint = hint_of(outcome.error) if outcome.error else ""
            self._show("danger", self.tr("Dry run: it would fail"), f"{said} {hint}".strip(), "error")
        else:
            rows = count(outcome.rows_loaded)
            title = self.tr("Dry run: {0} of {1} rows would go into {2}").format(rows, count(outcome.rows_read), table)
            self._show("info", title, self._figures(outcome), "okc")
            self._button(self.tr("Import now"), self._on_import)
        self._tried = ref
        self._button(self.tr("Details"), self.details_requested.emit)

    def reused(self, said: str) -> None:
        """Choices of an earlier day are in force again."""
        self._show(
            "info", said, self.tr("Names, types and the target were taken over; a mode that takes rows away was not.")
        )
        self._button(self.tr("Undo"), self._on_undo)

    def draft_changed(self, ref: TableRef) -> None:
        """What was tried is not what would be imported any more."""
        if self._tried == ref:
            self.clear()

    @Slot()
    def clear(self) -> None:
        """Say nothing."""
        self._tried = None
        self._page.hide_banner()

    def _figures(self, outcome: ImportOutcome) -> str:
        parts = [self.tr("Nothing was kept.")]
        if outcome.rows_rejected:
            first = next((f": {r.cell}, {spoken(r.reason)}" for r in outcome.rejects), "")
            parts.append(self.tr("{0} rejected").format(count(outcome.rows_rejected)) + first)
        if outcome.rows_skipped:
            parts.append(self.tr("{0} skipped").format(count(outcome.rows_skipped)))
        warnings = sum(1 for finding in outcome.warnings if finding.severity != "info")
        if warnings:
            parts.append(self.tr("{0} warnings").format(warnings))
        if (found := outcome.difference) is not None:
            words = self.tr("{0} new, {1} changed, {2} the same")
            parts.append(words.format(count(found.new), count(found.changed), count(found.unchanged)))
        return " · ".join(parts)

    def _show(self, tone: str, title: str, text: str, icon: str = "") -> None:
        self._tried = None
        self._page.show_banner(tone, title, text, icon, closable=True)

    def _button(self, text: str, act: object) -> None:
        button = Button(self._page.theme, text)
        button.clicked.connect(act)
        row = self._page.banner.action_row
        row.insertWidget(row.count() - 1, button)

    @Slot()
    def _on_import(self) -> None:
        if self._tried is not None:
            self.import_tried.emit(self._tried)
            self.clear()

    @Slot()
    def _on_undo(self) -> None:
        self.clear()
        self.reuse_undone.emit()
