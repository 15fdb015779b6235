"""Presenter of the settings: what the user enters is checked, saved off the UI thread, and told to whom it concerns."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal, Slot

from app.context.settings_store import SettingsStore, merged
from app.services.worker_override import WorkerOverride
from widgets.settings.settings_form import WORKERS_KEY
from widgets.settings.settings_page import SettingsPage
from widgets.translation import spoken
from workers.bridges.ui_calls import UiCalls
from workers.core.model.errors import SheetferryError, UserError
from workers.core.settings.alert_levels import setting_key
from workers.core.settings.alert_rules import alert_rules
from workers.core.settings.resolve import Origin, Settings, check_stored, resolve
from workers.core.settings.schema import SettingContext, SettingValue


class SettingsFlow(QObject):
    """Lives on the UI thread.

    Signals:
        changed: Key that has changed (empty for several) and the new `Settings`; apply it at once.
        failed: `ErrorInfo` of a change that could not be saved; it holds until the program ends.
    """

    changed = Signal(str, object)
    failed = Signal(object)

    def __init__(
        self,
        page: SettingsPage,
        store: SettingsStore,
        calls: UiCalls,
        override: WorkerOverride,
        *,
        values: Mapping[str, object],
        environ: Mapping[str, str],
        overrides: Mapping[str, object],
        context: SettingContext,
        parent: QObject | None = None,
    ) -> None:
        """Show the settings as they are.

        Args:
            page: The Settings page.
            store: The settings file.
            calls: Runs saving on an I/O thread.
            override: The number of workers that holds for a while.
            values: What the settings file holds.
            environ: The environment.
            overrides: What the command line said.
            context: The machine.
            parent: The owner.
        """
        super().__init__(parent)
        self._page, self._store, self._calls, self._override = page, store, calls, override
        self._values = dict(values)
        self._environ, self._overrides, self._context = dict(environ), dict(overrides), context
        self._saving = False
        self._unsaved = False
        self.settings = self._resolve(self._values)
        page.value_changed.connect(self.set_value)
        page.reset_requested.connect(self.reset)
        page.override_requested.connect(override.override)
        page.override_ended.connect(override.end)
        page.override_kept.connect(self._keep_override)
        override.changed.connect(page.show_override)
        page.show_file(str(store.path))
        page.show_settings(self.settings)

    @Slot(str, object)
    def set_value(self, key: str, value: SettingValue) -> None:
        """Take a new value; a wrong one is said at its row and nothing changes."""
        self._change(key, value)

    @Slot(str)
    def reset(self, key: str) -> None:
        """Take a stored value away."""
        if key == WORKERS_KEY and self._override.status is not None:
            self._override.end()
            return
        self._change(key, None)

    @Slot(str, str, float)
    def set_level(self, rule: str, level: str, value: float) -> None:
        """A line was dragged in a chart."""
        self._change(setting_key(rule, level), _tidy(value))

    def _change(self, key: str, value: SettingValue | None) -> None:
        values = merged(self._values, key, value)
        try:
            if value is not None:
                check_stored(self.settings[key].setting, value)
            settings = self._resolve(values)
            alert_rules(settings)
        except UserError as error:
            self._page.show_settings(self.settings)
            self._page.show_error(key, spoken(error.info.message))
            self.changed.emit("", self.settings)
            return
        self._values, self.settings = values, settings
        if key == WORKERS_KEY:
            lasting = settings[key].origin not in {Origin.COMPUTED, Origin.DEFAULT}
            self._override.set_lasting(settings.integer(key) if lasting else None)
        self._page.show_settings(settings)
        self.changed.emit(key, settings)
        self._save()

    def _resolve(self, values: Mapping[str, object]) -> Settings:
        return resolve(values, self._environ, self._overrides, self._context)

    def _save(self) -> None:
        """One save at a time: a slider makes many changes, and the last one must win."""
        if self._saving:
            self._unsaved = True
            return
        self._saving, self._unsaved = True, False
        store, values = self._store, dict(self._values)
        self._calls.start(lambda: store.save(values), self._saved, self._save_failed, self)

    def _saved(self, _nothing: None) -> None:
        self._saving = False
        if self._unsaved:
            self._save()

    def _save_failed(self, error: BaseException) -> None:
        self._saving = False
        if isinstance(error, SheetferryError):
            self.failed.emit(error.info)

    @Slot()
    def _keep_override(self) -> None:
        status = self._override.status
        if status is not None:
            self._change(WORKERS_KEY, status.workers)


def _tidy(value: float) -> float:
    """A dragged value without the digits that nobody meant."""
    return float(f"{value:.3g}") if value < 10 else float(round(value))
