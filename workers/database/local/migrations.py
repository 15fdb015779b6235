"""How a store of an earlier version becomes one of today's: numbered steps, each done once and in order."""

from __future__ import annotations

import sqlite3

from workers.core.model.errors import EnvironmentFailure

STEPS: tuple[tuple[str, ...], ...] = (
    # 1: the tables that are made wherever they are missing (see `tables`).
    (),
    # 2: what was asked, with a search through it, and what is being written.
    (
        """
        CREATE TABLE query_history (
            entry INTEGER NOT NULL PRIMARY KEY, query_id VARCHAR NOT NULL, statement INTEGER NOT NULL,
            ran FLOAT NOT NULL, source VARCHAR NOT NULL, text VARCHAR NOT NULL, state VARCHAR NOT NULL,
            rows INTEGER NOT NULL, seconds FLOAT NOT NULL, waited FLOAT NOT NULL, result_id VARCHAR,
            tag VARCHAR NOT NULL, committed BOOLEAN NOT NULL, error_kind VARCHAR NOT NULL, error VARCHAR NOT NULL,
            place VARCHAR NOT NULL, UNIQUE (query_id, statement))
        """,
        "CREATE INDEX ix_query_history_ran ON query_history (ran)",
        # By three letters at a time, so that a part of a name is found as well.
        """
        CREATE VIRTUAL TABLE query_search USING fts5(
            text, content='query_history', content_rowid='entry', tokenize='trigram')
        """,
        """
        CREATE TRIGGER query_history_added AFTER INSERT ON query_history BEGIN
            INSERT INTO query_search (rowid, text) VALUES (new.entry, new.text);
        END
        """,
        """
        CREATE TRIGGER query_history_gone AFTER DELETE ON query_history BEGIN
            INSERT INTO query_search (query_search, rowid, text) VALUES ('delete', old.entry, old.text);
        END
        """,
        """
        CREATE TABLE query_drafts (
            draft_id VARCHAR NOT NULL PRIMARY KEY, position INTEGER NOT NULL, title VARCHAR NOT NULL,
            text VARCHAR NOT NULL, parameters VARCHAR NOT NULL, source VARCHAR NOT NULL, saved FLOAT NOT NULL)
        """,
    ),
)
"""The statements that lead to version 1, 2, …; one that has been released is never changed."""

VERSION = len(STEPS)


def bring_up_to_date(connection: sqlite3.Connection) -> None:
    """Take the steps that the file has not taken yet, within a transaction of the caller's.

    Raises:
        EnvironmentFailure: ``newer-store`` for a file of a newer program, which is left as it is.
    """
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if version > VERSION:
        raise EnvironmentFailure.of(
            "newer-store",
            "The queue and history in this folder were written by a newer Sheetferry.",
            "Update this one, or set SHEETFERRY_HOME to another folder.",
        )
    for statements in STEPS[version:]:
        for statement in statements:
            connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {VERSION}")
