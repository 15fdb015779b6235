"""Settings of the lane of queries."""

from __future__ import annotations

from workers.core.settings.schema import Category, Setting, SettingKind

QUERY_WORKERS = 3
QUERY_SECONDS = 600.0
RESULT_GIGABYTES = 5


def query_settings() -> tuple[Setting, ...]:
    """How many at once, how long, and how much is kept of what they give."""
    return (
        Setting(
            key="queries.workers",
            kind=SettingKind.INTEGER,
            category=Category.WORKERS,
            group="Queries",
            label="Queries at once",
            help="Each has a worker process and a database session of its own; further ones wait their turn. Imports "
            "and queries never wait for each other.",
            default=QUERY_WORKERS,
            minimum=1,
            maximum=32,
            unit="queries",
        ),
        Setting(
            key="queries.soft",
            kind=SettingKind.NUMBER,
            category=Category.WORKERS,
            group="Queries",
            label="Soft limit of one query",
            help="A query that runs longer is cancelled; the hard limit is 1.2 times that. 0 means none.",
            default=QUERY_SECONDS,
            minimum=0,
            maximum=604_800,
            unit="seconds",
        ),
        Setting(
            key="queries.results",
            kind=SettingKind.INTEGER,
            category=Category.WORKERS,
            group="Queries",
            label="Room for results",
            help="Results of queries are kept on this machine; with more than this the oldest goes first. Pinned ones "
            "stay.",
            default=RESULT_GIGABYTES,
            minimum=1,
            maximum=100_000,
            unit="GB",
        ),
    )
