"""No setting is dead: each is applied at once, which is seen where it acts, or says that it needs a restart."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.composition import App, build
from app.context.run_context import make_context
from app.job_specs import import_job, inspect_job
from app.services.queries import Question
from workers.core.alerts.rules import RULE_TEMPLATES
from workers.core.jobs.spec import PoolPolicy
from workers.core.model.options import ImportOptions
from workers.core.model.tasks import Target
from workers.core.settings.catalogue import CATALOGUE
from workers.core.settings.schema import Setting, SettingKind, SettingValue

_LIVE = [setting for setting in CATALOGUE.settings if not setting.restart]
_TARGET = Target("localhost", 5432, "d", "u")
_START = """
[notify]
webhook = true
webhook_url = "https://127.0.0.1:9/first"
email = true
smtp_host = "first.example.org"
email_from = "first@example.org"
email_to = "first@example.org"
"""
_TEXTS = {
    "notify.webhook_url": "https://127.0.0.1:9/other",
    "notify.smtp_host": "other.example.org",
    "notify.smtp_user": "other",
    "notify.email_from": "other@example.org",
    "notify.email_to": "other@example.org",
    "http.address": "::1",
    "watch.folder": "{home}",
    "watch.plan": "{home}/plan.toml",
}


class Whole:
    """The program, built but not started, and the pool rules that it has asked for."""

    def __init__(self, home: Path) -> None:
        (home / "settings.toml").write_text(_START)
        self.home = home
        self.app: App = build(make_context({"SHEETFERRY_HOME": str(home)}, "window", {}))
        self.stored = set(self.app.monitoring.settings._values)
        self.policy: PoolPolicy | None = None
        self.app.executors.supervisor.use_policy = self._take  # type: ignore[method-assign]  # the pool is not running

    def _take(self, policy: PoolPolicy) -> None:
        self.policy = policy

    def end(self) -> None:
        """Let go of everything."""
        self.app.monitoring._outlets.close()
        self.app.executors.shutdown(cancel=True)
        self.app.jobs.close()
        self.app.database.close()
        self.app.store.close()
        self.app.window.finish_close()
        self.app.window.close()
        self.app.window.deleteLater()
        self.app.deleteLater()


@pytest.fixture(scope="module")
def whole(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Whole]:
    looks = qapp.palette(), qapp.styleSheet(), qapp.font(), qapp.style().name()
    level = logging.getLogger().level
    made = Whole(tmp_path_factory.mktemp("home"))
    yield made
    made.end()
    QtBot.__new__(QtBot).wait(50)
    logging.getLogger().setLevel(level)
    qapp.setPalette(looks[0])
    qapp.setStyleSheet(looks[1])
    qapp.setFont(looks[2])
    qapp.setStyle(looks[3])
    qapp.setQuitOnLastWindowClosed(True)


def _pool(part: str) -> Callable[[Whole], object]:
    return lambda whole: getattr(whole.policy, part)


def _job(read: Callable[[Any], object]) -> Callable[[Whole], object]:
    return lambda whole: read(import_job(whole.app.imports._context, "a.xlsx", ImportOptions(), _TARGET))


def _options(part: str) -> Callable[[Whole], object]:
    return lambda whole: getattr(whole.app.imports._base, part)


def _outlets(part: str) -> Callable[[Whole], object]:
    return lambda whole: getattr(whole.app.monitoring._outlets, part)


def _notifier(whole: Whole) -> object:
    return whole.app.monitoring._outlets._notifier._config


_ACTS: dict[str, Callable[[Whole], object]] = {
    "workers.count": lambda whole: whole.app.monitoring.override._lasting,
    "workers.recycle_tasks": _pool("recycle_tasks"),
    "workers.recycle_memory": _pool("recycle_rss"),
    "workers.memory_limit": _pool("worker_memory"),
    "limits.soft": _job(lambda spec: spec.limits),
    "limits.no_progress": _job(lambda spec: spec.limits),
    "limits.inspect": lambda whole: inspect_job(whole.app.imports._context, "a.xlsx", ImportOptions()).limits,
    "limits.retries": _job(lambda spec: spec.retries),
    "limits.rate": _pool("rate_limits"),
    "database.save_password": lambda whole: whole.app.connections._save_password,
    "queries.workers": _pool("queries"),
    "queries.soft": lambda whole: whole.app.queries.spec("q", Question("select 1", _TARGET)).limits,
    "queries.results": lambda whole: whole.app.queries.spec("q", Question("select 1", _TARGET)).request.quota,
    "kept.days": _job(lambda spec: spec.request.kept_days),
    "kept.gigabytes": _job(lambda spec: spec.request.kept_bytes),
    "import.types": _options("types"),
    "import.errors": _options("errors"),
    "import.hidden": _options("hidden"),
    "import.mode": _options("mode"),
    "import.lineage": _options("lineage"),
    "import.max_rejects": _options("max_rejects"),
    "watch.folder": lambda whole: whole.app.watch._folder,
    "watch.plan": lambda whole: whole.app.watch._plan,
    "watch.settle": lambda whole: whole.app.watch._settle,
    "notify.tray": _outlets("_tray"),
    "notify.smtp_user": _outlets("_smtp_user"),
    "ui.theme": lambda whole: whole.app.theme.mode,
    "log.level": lambda whole: logging.getLogger().level,
    "history.archive_days": lambda whole: whole.app.jobs._archive_days,
    "history.keep_days": lambda whole: whole.app.jobs._keep_days,
    "monitor.keep": lambda whole: whole.app.monitoring.flow._file is None,
}
"""Where each setting acts; further ones by their first words."""


def acting(key: str) -> Callable[[Whole], object] | None:
    """What shows that a setting acts."""
    if key in _ACTS:
        return _ACTS[key]
    if key.startswith("alerts."):
        rule = key.split(".")[1]
        return lambda whole: (
            getattr(whole.app.monitoring.flow._engine._entries.get(rule), "watch", None)
            and (whole.app.monitoring.flow._engine._entries[rule].watch.rule)
        )
    if key.startswith("notify."):
        return _notifier
    return _outlets("_wanted") if key.startswith("http.") else None


def other_value(setting: Setting, value: SettingValue, home: Path) -> SettingValue:
    """A value that is allowed and not the present one."""
    if setting.kind is SettingKind.BOOLEAN:
        return not value
    if setting.kind is SettingKind.CHOICE:
        return next(choice.value for choice in setting.choices if choice.value != value)
    if setting.kind is SettingKind.TEXT:
        return _TEXTS[setting.key].format(home=home)
    assert isinstance(value, int | float)
    # A warning goes down and a critical level up, so that they stay in order.
    maximum = setting.maximum if setting.maximum is not None else value + 1
    up = not setting.key.endswith(".warning") and value < maximum
    if setting.key.endswith(".critical"):
        return float(maximum)
    return type(value)(value + 1 if up else value / 2)


@pytest.mark.parametrize("setting", _LIVE, ids=lambda setting: setting.key)
def test_a_change_is_applied_at_once_where_the_setting_acts(setting: Setting, whole: Whole, qtbot: QtBot) -> None:
    acts = acting(setting.key)
    assert acts is not None, f"{setting.key} is declared live, and nothing is known that it changes"
    app = whole.app
    app._on_settings("", app.monitoring.settings.settings)
    app.monitoring._apply_outlets()
    before = acts(whole)
    value = app.monitoring.settings.settings.value(setting.key)
    app.monitoring.settings_page.value_changed.emit(setting.key, other_value(setting, value, whole.home))
    assert app.monitoring.settings.settings.value(setting.key) != value
    qtbot.waitUntil(lambda: acts(whole) != before, timeout=20_000)
    if setting.key in whole.stored:
        app.monitoring.settings_page.value_changed.emit(setting.key, value)
    else:
        app.monitoring.settings_page.reset_requested.emit(setting.key)


def test_what_needs_a_restart_says_so_in_its_row(whole: Whole) -> None:
    form = whole.app.monitoring.settings_page.form
    form.build_all()
    form.show_settings(whole.app.monitoring.settings.settings)
    for setting in CATALOGUE.settings:
        row = form.row(setting.key)
        assert row is not None
        said = row._lock_note.text()
        told = any(words in said for words in ("next start", "restart to change", "Can be set by"))
        assert told == setting.restart, setting.key


def test_every_rule_has_settings() -> None:
    keys = {setting.key.split(".")[1] for setting in CATALOGUE.settings if setting.key.startswith("alerts.")}
    assert keys == {template.key for template in RULE_TEMPLATES}
