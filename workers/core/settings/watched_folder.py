"""Settings of the watched folder."""

from __future__ import annotations

from workers.core.settings.schema import Category, Setting, SettingKind


def watching_settings() -> tuple[Setting, ...]:
    """Which folder, by which plan, and when a file in it is ready."""
    return (
        Setting(
            key="watch.folder",
            kind=SettingKind.TEXT,
            category=Category.IMPORT,
            group="Watched folder",
            label="Folder",
            help="New workbooks in it are imported while the window is open, then moved to its folders done and "
            "failed. Empty watches nothing.",
            default="",
            optional=True,
        ),
        Setting(
            key="watch.plan",
            kind=SettingKind.TEXT,
            category=Category.IMPORT,
            group="Watched folder",
            label="Plan",
            help="The plan file by which they are imported; save one on the Import page. Empty takes the defaults.",
            default="",
            optional=True,
        ),
        Setting(
            key="watch.settle",
            kind=SettingKind.INTEGER,
            category=Category.IMPORT,
            group="Watched folder",
            label="Wait until unchanged for",
            help="A file that is still being copied is left alone: it is taken once it has stayed as it is for so "
            "long.",
            default=5,
            minimum=1,
            maximum=3_600,
            unit="s",
        ),
    )
