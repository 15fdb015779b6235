"""Words of the settings in the user's language; the declarations themselves are in English."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale

from workers.core.settings.resolve import Origin
from workers.core.settings.schema import Category, Setting, SettingKind, SettingValue


def tr(text: str) -> str:
    """Translate a label, help text, unit or group of a declaration."""
    return QCoreApplication.translate("settings", text) if text else ""


def origin_chip(origin: Origin, *, overridden: bool = False) -> tuple[str, str, str]:
    """Word, tone and icon of an origin badge."""
    if overridden:
        return tr("Override"), "warn", "wait"
    chips = {
        Origin.DEFAULT: (tr("Default"), "neutral", ""),
        Origin.COMPUTED: (tr("Computed"), "info", "cpu"),
        Origin.FILE: (tr("Set here"), "ok", "check"),
        Origin.ENVIRONMENT: (tr("Environment"), "lock", "lock"),
        Origin.COMMAND_LINE: (tr("Command line"), "lock", "lock"),
    }
    return chips[origin]


def value_text(setting: Setting, value: SettingValue) -> str:
    """A value as it stands in an edit field."""
    if setting.kind is SettingKind.INTEGER:
        return str(value)
    if setting.kind is SettingKind.NUMBER:
        return QLocale().toString(float(value), "g", 10).replace(QLocale().groupSeparator(), "")
    return str.__str__(value) if isinstance(value, str) else str(value)


def plain_number(text: str) -> str:
    """What was typed, with the locale's decimal mark made a point."""
    return text.strip().replace(QLocale().decimalPoint(), ".")


def category_label(category: Category) -> str:
    """The name of a page of settings."""
    labels = {
        Category.WORKERS: tr("Workers and limits"),
        Category.DATABASE: tr("Database"),
        Category.IMPORT: tr("Import defaults"),
        Category.ALERTS: tr("Thresholds and alerts"),
        Category.NOTIFICATIONS: tr("Notifications"),
        Category.APPEARANCE: tr("Language and theme"),
        Category.FILES: tr("Files and logs"),
    }
    return labels[category]
