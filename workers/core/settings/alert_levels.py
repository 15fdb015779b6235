"""The settings of each alert rule, made from its template."""

from __future__ import annotations

from collections.abc import Callable

from workers.core.alerts.rules import RULE_TEMPLATES, AlertAction, RuleTemplate
from workers.core.settings.schema import Category, Choice, Setting, SettingContext, SettingKind, SettingValue

_MAXIMUM_SECONDS = 86_400


def alert_settings() -> tuple[Setting, ...]:
    """The settings of all rules, in the rules' order."""
    return tuple(setting for template in RULE_TEMPLATES for setting in _settings_of(template))


def setting_key(rule: str, part: str) -> str:
    """The key of one part (``warning``, ``critical``, ``for`` …) of a rule's settings."""
    return f"alerts.{rule}.{part}"


def _level_default(template: RuleTemplate, place: int) -> Callable[[SettingContext], SettingValue]:
    return lambda context: float(template.levels[context.profile][place])


def _settings_of(template: RuleTemplate) -> list[Setting]:
    def make(part: str, kind: SettingKind, **more: object) -> Setting:
        return Setting(
            key=setting_key(template.key, part),
            kind=kind,
            category=Category.ALERTS,
            group=template.label,
            **more,  # type: ignore[arg-type]  # one helper for settings of every kind
        )

    def level(part: str, place: int, *, label: str) -> Setting:
        production, development = (template.levels[p][place] for p in ("production", "development"))
        same = production == development
        return make(
            part,
            SettingKind.NUMBER,
            label=label,
            help="0 switches this level off.",
            computed=_level_default(template, place),
            formula=f"{production:g}" if same else f"{production:g} in production, {development:g} in development",
            minimum=0,
            maximum=template.maximum,
            unit=template.unit,
        )

    def seconds(part: str, default: float, **words: str) -> Setting:
        bounds = {"default": float(default), "minimum": 0, "maximum": _MAXIMUM_SECONDS, "unit": "seconds"}
        return make(part, SettingKind.NUMBER, **words, **bounds)

    made = [
        make("enabled", SettingKind.BOOLEAN, label="Watch", help=template.help, default=True),
        level("warning", 0, label="Warning at"),
        level("critical", 1, label="Critical at"),
        seconds("for", template.hold_for, label="Fires after", help="How long the value must stay beyond a level."),
        make(
            "margin",
            SettingKind.NUMBER,
            label="Clears below by",
            help="How far the value must come back behind a level before the level is left.",
            default=float(template.margin),
            minimum=0,
            maximum=template.maximum,
            unit=template.unit,
        ),
        seconds("clear_for", 5, label="Clears after", help="How long it must stay back before the alert is resolved."),
    ]
    if template.actions:
        made += _action_settings(template, make)
    return made


def _action_settings(template: RuleTemplate, make: Callable[..., Setting]) -> list[Setting]:
    return [
        make(
            "action",
            SettingKind.CHOICE,
            label="Action",
            help="Done while the alert is critical (lock waits: from the warning on). It undoes itself in the end.",
            default=template.action.value,
            choices=(
                Choice(AlertAction.NONE, "Only tell"),
                Choice(AlertAction.HOLD, "Hold new jobs"),
                Choice(AlertAction.SHRINK, "Fewer workers"),
            ),
        ),
        make(
            "shrink_to",
            SettingKind.INTEGER,
            label="Workers left",
            help="How many go on with the action “Fewer workers”.",
            default=1,
            minimum=1,
            maximum=512,
            unit="workers",
        ),
    ]
