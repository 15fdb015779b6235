"""The alert rules as the settings have them."""

from __future__ import annotations

from workers.core.alerts.rules import RULE_TEMPLATES, AlertAction, AlertRule, RuleTemplate
from workers.core.model.errors import UserError
from workers.core.settings.alert_levels import setting_key
from workers.core.settings.resolve import Settings


def alert_rules(settings: Settings) -> tuple[AlertRule, ...]:
    """The rules as the settings have them.

    Raises:
        UserError: kind ``bad-setting`` when a critical level lies below its warning level.
    """
    return tuple(_rule(template, settings) for template in RULE_TEMPLATES)


def check_levels(label: str, warning: float, critical: float) -> None:
    """Refuse a critical level that would be reached before the warning.

    Raises:
        UserError: kind ``bad-setting``.
    """
    if warning and critical and critical < warning:
        raise UserError.of(
            "bad-setting",
            f"{label}: the critical level {critical:g} is below the warning level {warning:g}.",
            "Raise the critical level or lower the warning level; 0 switches a level off.",
        )


def _rule(template: RuleTemplate, settings: Settings) -> AlertRule:
    def number(part: str) -> float:
        return settings.number(setting_key(template.key, part))

    warning, critical = number("warning"), number("critical")
    check_levels(template.label, warning, critical)
    action = AlertAction.NONE
    if template.actions:
        action = AlertAction(settings.text(setting_key(template.key, "action")))
    return AlertRule(
        key=template.key,
        metric=template.metric,
        label=template.label,
        unit=template.unit,
        warning=warning or None,
        critical=critical or None,
        hold_for=number("for"),
        margin=number("margin"),
        clear_for=number("clear_for"),
        action=action,
        action_level=template.action_level,
        shrink_to=settings.integer(setting_key(template.key, "shrink_to")) if template.actions else 1,
        enabled=settings.flag(setting_key(template.key, "enabled")),
    )
