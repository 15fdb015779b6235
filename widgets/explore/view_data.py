"""What the Explore page is given and what it hands back: frozen values."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class SourceKind(StrEnum):
    """What a row of the sources stands for."""

    DATABASE = "database"
    SCHEMA = "schema"
    TABLE = "table"
    COLUMN = "column"
    FILE = "file"
    RESULT = "result"


@dataclass(frozen=True, slots=True)
class SourceNode:
    """One source.

    Attributes:
        kind: What it is.
        key: Names it to the presenter; unique among its siblings' parents too.
        name: For people, and what a double click inserts when `insert` is empty.
        detail: At the right: a type, a number of rows.
        insert: SQL text of it, quoted where it has to be.
        opens: Whether it has more below it, asked for when it is unfolded.
        pinned: Whether a result is kept.
    """

    kind: SourceKind
    key: str
    name: str
    detail: str = ""
    insert: str = ""
    opens: bool = False
    pinned: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """One tab of the editor.

    Attributes:
        draft_id: Names it to the presenter.
        title: Its tab's word.
        text: The SQL.
    """

    draft_id: str
    title: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the user wants to be run.

    Attributes:
        draft_id: The tab it was written in.
        text: The statements.
        parameters: Values of ``:NAME``; None is NULL.
        local: Whether it is asked of files and results instead of the database.
        write: Whether it may change data.
    """

    draft_id: str
    text: str
    parameters: tuple[tuple[str, str | None], ...] = ()
    local: bool = False
    write: bool = False


@dataclass(frozen=True, slots=True)
class ResultView:
    """One statement's result as its tab shows it.

    Attributes:
        number: The statement, from 1.
        state: ``waiting``, ``running``, ``done``, ``failed``, ``cancelled``, ``incomplete``.
        result_id: Where its rows are, or empty.
        columns: Pairs of name and type.
        numeric: Which columns stand at the right.
        rows: Rows that are there now.
        line: The status line's left side.
        error: A sentence, where it failed.
        hint: The next step.
        place: Offset of the error in the text that was run, or None.
    """

    number: int
    state: str
    result_id: str = ""
    columns: tuple[tuple[str, str], ...] = ()
    numeric: tuple[bool, ...] = ()
    rows: int = 0
    line: str = ""
    error: str = ""
    hint: str = ""
    place: int | None = None


@dataclass(frozen=True, slots=True)
class RunView:
    """A run of one tab as it stands.

    Attributes:
        query_id: Names it to the presenter.
        draft_id: The tab.
        running: Whether it can be cancelled.
        results: A view a statement that has begun.
        waiting: Why it has not begun; empty when it has.
        decision: What was changed and waits for *Commit*, in lines; empty when nothing does.
        seconds: How long that is waited for.
    """

    query_id: str
    draft_id: str
    running: bool
    results: tuple[ResultView, ...] = ()
    waiting: str = ""
    decision: tuple[str, ...] = ()
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One statement of the past."""

    text: str
    words: str
    state: str
    day: str
    time: str
    result_id: str = ""


@dataclass(frozen=True, slots=True)
class Completion:
    """A word that may be meant, with what it is."""

    word: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Sources:
    """What is at the left: databases with their schemas, files, results."""

    databases: tuple[SourceNode, ...] = field(default=())
    files: tuple[SourceNode, ...] = field(default=())
    results: tuple[SourceNode, ...] = field(default=())
