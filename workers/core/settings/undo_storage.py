"""Settings of what is kept in the target database so that imports can be taken back."""

from __future__ import annotations

from workers.core.settings.schema import Category, Setting, SettingKind

KEPT_DAYS = 30
KEPT_GIGABYTES = 10


def kept_settings() -> tuple[Setting, ...]:
    """How long and how much."""
    return (
        Setting(
            key="kept.days",
            kind=SettingKind.INTEGER,
            category=Category.DATABASE,
            group="Undo",
            label="Imports can be undone for",
            help="Replaced and changed rows are kept in schema sheetferry_kept for so long, then let go of at the next "
            "import.",
            default=KEPT_DAYS,
            minimum=0,
            maximum=3_650,
            unit="days",
        ),
        Setting(
            key="kept.gigabytes",
            kind=SettingKind.INTEGER,
            category=Category.DATABASE,
            group="Undo",
            label="Space for it",
            help="Of all that is kept in a database; with more the oldest goes first.",
            default=KEPT_GIGABYTES,
            minimum=0,
            maximum=100_000,
            unit="GB",
        ),
    )
