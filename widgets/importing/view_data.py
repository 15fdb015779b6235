"""What the Import page is given and what it hands back: frozen values."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import PurePath
from typing import Literal

from workers.core.model.errors import ErrorInfo
from workers.core.model.options import ImportOptions
from workers.core.model.plans import ColumnPlan, FileSurvey, TablePlan

Tone = Literal["danger", "warn", "ok", "info", "neutral"]


class FileState(StrEnum):
    """How far a dropped file is."""

    WAITING = "waiting"
    READING = "reading"
    READY = "ready"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class FileEntry:
    """One dropped file.

    Attributes:
        path: As dropped; the key everywhere.
        state: How far it is.
        fraction: Share read while it is read, 0 to 1, or None.
        survey: What was found, once it is ready.
        error: Why it failed; kind ``encrypted`` makes the row ask for a password.
        note: One short remark for its second line, such as ``Unchanged since 3 Oct``.
        note_tone: Tone of the remark.
        checked: Whether its tables start out chosen (an unchanged file's do not).
    """

    path: str
    state: FileState = FileState.WAITING
    fraction: float | None = None
    survey: FileSurvey | None = None
    error: ErrorInfo | None = None
    note: str = ""
    note_tone: Tone = "neutral"
    checked: bool = True

    @property
    def name(self) -> str:
        """The file's name without its folder."""
        return PurePath(self.path).name or self.path


@dataclass(frozen=True, slots=True)
class TableRef:
    """Which table of which file: sheet index and ordinal as in its plan."""

    path: str
    sheet_index: int
    ordinal: int


@dataclass(frozen=True, slots=True)
class TableDraft:
    """One table as the user wants it: the plan with edited names and types, and the options with the target.

    Attributes:
        ref: Which table.
        plan: Columns as edited; a chosen type has `fixed`.
        options: ``schema``, ``table``, ``mode``, ``keys`` … for this table; ``sheets`` names its sheet.
        database: Key of the chosen connection (see `TargetOption`).
        checked: Whether it is among those that *Import all* takes.
        decided: Findings (see `drafts.finding_key`) whose choice the user has confirmed or changed, with the choice.
        left_out: Columns that the user does not want loaded; they are not in the plan.
    """

    ref: TableRef
    plan: TablePlan
    options: ImportOptions
    database: str = ""
    checked: bool = True
    decided: tuple[tuple[str, str], ...] = ()
    left_out: tuple[ColumnPlan, ...] = ()


@dataclass(frozen=True, slots=True)
class TargetOption:
    """A database on offer: key for the presenter, label for people."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class TargetNotice:
    """One thing to know about the target before the start."""

    tone: Tone
    title: str
    text: str = ""
    icon: str = ""


@dataclass(frozen=True, slots=True)
class ChangedOffer:
    """An earlier version of the same sheet is in the table: only what is new or changed could be loaded.

    Attributes:
        title: What is there.
        text: What loading only new and changed rows means here.
        keys: Columns that tell rows apart; empty when the user has to choose them.
    """

    title: str
    text: str
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TargetCheck:
    """What is known about a draft's target.

    Attributes:
        exists: Whether the table is there already; None while not known.
        columns: Its columns as (name, type), empty when it is not there.
        notices: What to say about it.
        rejected: Rows known to be rejected.
        unchanged: True when the same content is in force there.
        blocked: Why it cannot be imported like this; empty when it can.
        offer: To load only new and changed rows, where an earlier version went in; None where there is none.
    """

    exists: bool | None = None
    columns: tuple[tuple[str, str], ...] = ()
    notices: tuple[TargetNotice, ...] = ()
    rejected: int = 0
    unchanged: bool = False
    blocked: str = ""
    offer: ChangedOffer | None = None


@dataclass(frozen=True, slots=True)
class RecentFile:
    """A file or folder of an earlier day for the empty page."""

    path: str
    folder: str = ""
    when: str = ""
    is_folder: bool = False


@dataclass(frozen=True, slots=True)
class RememberedMapping:
    """A mapping kept by its header's fingerprint, for the empty page and the dialog.

    Attributes:
        target: The table.
        headers: The headers, as one text.
        columns: How many columns it has.
        key: Names it to the presenter.
        when: Day on which it was used last.
        source: The file that it was used for.
    """

    target: str
    headers: str
    columns: int
    key: str = ""
    when: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Welcome:
    """Cards of the empty page."""

    recent: tuple[RecentFile, ...] = field(default=())
    mappings: tuple[RememberedMapping, ...] = field(default=())
