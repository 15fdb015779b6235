"""A read-only look at a table of the target: plain values for the window."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TableHead:
    """The first rows of a table as texts.

    Attributes:
        schema: Its schema.
        table: Its name.
        columns: Name and type of each column, as PostgreSQL writes them.
        rows: Texts of the first rows; None is NULL.
        total: How many rows there are.
        exact: False when `total` is the server's estimate, because counting took too long.
        comments: Comment of each column: the original header in tables that an import made.
    """

    schema: str
    table: str
    columns: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str | None, ...], ...]
    total: int
    exact: bool = True
    comments: tuple[str, ...] = ()
