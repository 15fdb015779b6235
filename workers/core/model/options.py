"""The options of one import, as the command line, the window and a saved plan give them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, TypeAlias


class PgType(StrEnum):
    """The column types that an import creates."""

    TEXT = "text"
    BIGINT = "bigint"
    DOUBLE = "double precision"
    NUMERIC = "numeric"
    BOOLEAN = "boolean"
    DATE = "date"
    TIMESTAMP = "timestamp"
    TIME = "time"
    INTERVAL = "interval"


class Mode(StrEnum):
    """How rows meet what is in the table already."""

    CREATE = "create"
    APPEND = "append"
    REPLACE = "replace"
    UPSERT = "upsert"
    SKIP = "skip"


class Priority(StrEnum):
    """Level of a job in the queue."""

    HIGH = "high"
    NORMAL = "normal"
    LOW = "low"


TypeRule: TypeAlias = Literal["auto", "cells", "text"]
ErrorRule: TypeAlias = Literal["null", "text", "reject"]
HiddenRule: TypeAlias = Literal["include", "skip"]
DuplicateRule: TypeAlias = Literal["reject", "first", "last"]
MisfitRule: TypeAlias = Literal["reject", "null"]
DateOrderRule: TypeAlias = Literal["auto", "day-first", "month-first"]

DEFAULT_NULL_TOKENS = (":", "n/a", "N/A", "NA", "-", "--", ".", "NULL", "None")

LEFT_OUT = ""
"""The name that a mapping gives to a column of the sheet that is not to be loaded."""


@dataclass(frozen=True, slots=True)
class HeaderChoice:
    """Where the header is: found by evidence, absent, or on given Excel rows.

    Attributes:
        kind: ``auto``, ``none`` or ``rows``.
        first: First header row (from 1) with ``rows``.
        last: Last header row (from 1) with ``rows``.
    """

    kind: Literal["auto", "none", "rows"] = "auto"
    first: int = 0
    last: int = 0


@dataclass(frozen=True, slots=True)
class RejectLimit:
    """How many rejected rows an import bears: a count, or a share of the rows read.

    Attributes:
        rows: Limit as a number of rows; used when `percent` is None.
        percent: Limit in percent of the rows read, 0 to 100.
    """

    rows: int = 0
    percent: float | None = None

    def exceeded(self, rejected: int, read: int) -> bool:
        """Whether so many rejects of so many rows are too many."""
        if self.percent is not None:
            return rejected * 100 > self.percent * read
        return rejected > self.rows


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """Everything that can be chosen about an import. Secrets are not here: see `tasks.Secret`.

    Attributes mirror the options of ``sheetferry import``; a None means "the default, worked out later".
    `only_changed` makes an upsert leave rows alone that would stay the same; they count as skipped.
    `null_misfits` names columns whose cells become NULL, and are told, where they do not fit the chosen type.
    `mended_rejects` says whether a workbook that calls itself the rejects of an earlier import may add its rows to that
    import; None leaves it to the one who starts the import: a person may, a watched folder may not.
    `date_order` says how texts such as 03/04/2024 are meant where no cell of their column tells.
    """

    table: str | None = None
    schema: str | None = None
    sheets: tuple[str, ...] = ()
    all_sheets: bool = False
    cell_range: str | None = None
    header: HeaderChoice = HeaderChoice()
    mode: Mode = Mode.CREATE
    keys: tuple[str, ...] = ()
    duplicates: DuplicateRule = "reject"
    mapping: tuple[tuple[str, str], ...] = ()
    keep_existing: bool = False
    only_changed: bool = False
    type_overrides: tuple[tuple[str, PgType], ...] = ()
    types: TypeRule = "auto"
    errors: ErrorRule = "null"
    null_tokens: tuple[str, ...] = DEFAULT_NULL_TOKENS
    fill_down: tuple[str, ...] = ()
    null_misfits: tuple[str, ...] = ()
    date_order: DateOrderRule = "auto"
    max_rejects: RejectLimit = RejectLimit()
    lineage: bool | None = None
    hidden: HiddenRule = "include"
    again: bool = False
    atomic: bool = False
    priority: Priority = Priority.NORMAL
    timeout: float | None = None
    dry_run: bool = False
    ledger: bool = True
    mended_rejects: bool | None = None
