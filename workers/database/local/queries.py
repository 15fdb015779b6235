"""What was asked on this workstation, with a search through it, and what is being written."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from workers.database.local.tables import LocalFile, insert, select

MOST = 20_000
"""Statements that are kept; the oldest go first."""

_SHORTEST_SEARCH = 3
_COLUMNS = (
    "query_id, statement, ran, source, text, state, rows, seconds, waited, result_id, tag, committed, error_kind,"
    " error, place"
)


@dataclass(frozen=True, slots=True)
class QueryEntry:
    """One statement that was run.

    Attributes:
        ran: Unix time.
        source: The database or the files, for people.
        text: Its SQL.
        state: As in `StatementState`.
        rows: Rows that came, or were touched.
        waited: Seconds in the lane.
        result_id: Where its rows are; they may be gone by now.
        tag: PostgreSQL's word for what was done.
        error_kind: Empty when it did not fail.
        place: Where in the script the error is, for people.
    """

    query_id: str
    statement: int
    ran: float
    source: str
    text: str
    state: str
    rows: int = 0
    seconds: float = 0.0
    waited: float = 0.0
    result_id: str | None = None
    tag: str = ""
    committed: bool = False
    error_kind: str = ""
    error: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class QueryDraft:
    """One tab of the editor as it stands.

    Attributes:
        draft_id: Its id, whatever it is called.
        position: Its place among the tabs, from 0.
        parameters: Names and values of parameters; None is NULL.
        source: What it is asked of, as whoever saves it writes that.
        saved: Unix time.
    """

    draft_id: str
    position: int
    title: str
    text: str
    parameters: tuple[tuple[str, str | None], ...] = ()
    source: str = ""
    saved: float = 0.0


class QueryRepository:
    """History and drafts of one home folder. Thread-safe; every method is one short transaction.

    All methods may raise EnvironmentFailure: ``disk-full``, ``home-not-writable``, ``store-busy``.
    """

    def __init__(self, file: LocalFile) -> None:
        """Use the store's file."""
        self._file = file

    # ---- history

    def record(self, entries: Iterable[QueryEntry]) -> None:
        """Keep what was run; the same statement of the same query takes its former place."""
        with self._file.writing() as connection:
            for entry in entries:
                connection.execute(
                    "DELETE FROM query_history WHERE query_id = ? AND statement = ?", (entry.query_id, entry.statement)
                )
                insert(connection, "query_history", [_row(entry)])
            connection.execute(
                "DELETE FROM query_history WHERE entry IN"
                " (SELECT entry FROM query_history ORDER BY ran DESC, entry DESC LIMIT -1 OFFSET ?)",
                (MOST,),
            )

    def recent(self, limit: int = 200, *, before: float | None = None) -> list[QueryEntry]:
        """Statements, the last one first; those from `before` on are left out."""
        return self.search("", limit, before=before)

    def search(self, words: str, limit: int = 200, *, before: float | None = None) -> list[QueryEntry]:
        """Statements that hold all of these words or parts of words, the last one first.

        Args:
            words: Parted by blanks; upper and lower case are the same.
            limit: How many at most.
            before: Unix time from which on nothing is wanted.
        """
        conditions, parameters = ["1"], list[Any]()
        long = [word for word in words.split() if len(word) >= _SHORTEST_SEARCH]
        if long:
            conditions.append("entry IN (SELECT rowid FROM query_search WHERE query_search MATCH ?)")
            parameters.append(" ".join(f'"{_without_quotes(word)}"' for word in long))
        for word in words.split():
            if len(word) < _SHORTEST_SEARCH:
                conditions.append("text LIKE ? ESCAPE '\\'")
                parameters.append(f"%{_escaped(word)}%")
        if before is not None:
            conditions.append("ran < ?")
            parameters.append(before)
        statement = f"SELECT {_COLUMNS} FROM query_history WHERE {' AND '.join(conditions)}"  # noqa: S608 - our own
        with self._file.reading() as connection:
            rows = select(connection, f"{statement} ORDER BY ran DESC, entry DESC LIMIT ?", [*parameters, limit])
        return [_entry(row) for row in rows]

    def count(self) -> int:
        """How many statements there are to search through."""
        with self._file.reading() as connection:
            return int(connection.execute("SELECT count(*) FROM query_history").fetchone()[0])

    def forget(self, query_id: str) -> None:
        """Let go of a query."""
        with self._file.writing() as connection:
            connection.execute("DELETE FROM query_history WHERE query_id = ?", (query_id,))

    # ---- drafts

    def save_draft(self, draft: QueryDraft) -> None:
        """Keep a tab as it stands now."""
        row = {
            "draft_id": draft.draft_id,
            "position": draft.position,
            "title": draft.title,
            "text": draft.text,
            "parameters": json.dumps(draft.parameters),
            "source": draft.source,
            "saved": draft.saved,
        }
        with self._file.writing() as connection:
            connection.execute("DELETE FROM query_drafts WHERE draft_id = ?", (draft.draft_id,))
            insert(connection, "query_drafts", [row])

    def drafts(self) -> list[QueryDraft]:
        """All tabs in their order."""
        with self._file.reading() as connection:
            rows = select(connection, "SELECT * FROM query_drafts ORDER BY position, saved")
        return [
            QueryDraft(
                row["draft_id"],
                row["position"],
                row["title"],
                row["text"],
                tuple((str(name), value) for name, value in json.loads(row["parameters"])),
                row["source"],
                row["saved"],
            )
            for row in rows
        ]

    def drop_draft(self, draft_id: str) -> None:
        """A tab was closed."""
        with self._file.writing() as connection:
            connection.execute("DELETE FROM query_drafts WHERE draft_id = ?", (draft_id,))


def _row(entry: QueryEntry) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in (field.strip() for field in _COLUMNS.split(","))}


def _entry(row: dict[str, Any]) -> QueryEntry:
    return QueryEntry(**{**row, "committed": bool(row["committed"])})


def _without_quotes(word: str) -> str:
    return word.replace('"', '""')


def _escaped(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
