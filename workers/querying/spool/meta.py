"""What is known of a result besides its rows."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workers.core.model.errors import EnvironmentFailure
from workers.core.model.json_codec import CodecError, decode, encode
from workers.core.query.columns import ResultColumn
from workers.core.query.outcome import StatementState

VERSION = 1
META, ROWS, INDEX, PIN, LOCK = "result.json", "rows.csv", "rows.index", "pinned", "writer.lock"


@dataclass(frozen=True, slots=True)
class ResultMeta:
    """One result.

    Attributes:
        result_id: Name of its folder.
        query_id: The query that it came from.
        statement: Number of the statement in that query.
        text: Its SQL.
        source: The database, or the files, for people.
        columns: Its columns.
        state: ``running`` while rows come (or when their worker was lost), else how it ended.
        rows: Rows that it holds, once it has ended.
        zone: The session's time zone.
        created: Unix time.
        seconds: How long it took.
        name: What it is called when SQL is run over it; empty for its id.
        version: Of this form.
    """

    result_id: str
    query_id: str
    statement: int
    text: str
    source: str
    columns: tuple[ResultColumn, ...]
    state: StatementState = StatementState.RUNNING
    rows: int = 0
    zone: str = ""
    created: float = 0.0
    seconds: float = 0.0
    name: str = ""
    version: int = VERSION


def write_meta(folder: Path, meta: ResultMeta) -> None:
    """Write it so that a reader sees the former or the new one, whole.

    Raises:
        OSError: when the disk is full or the folder is gone.
    """
    path = folder / META
    aside = path.with_suffix(".new")
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(encode(meta), file, ensure_ascii=False)
    aside.replace(path)


def read_meta(folder: Path) -> ResultMeta:
    """Read it.

    Raises:
        EnvironmentFailure: ``no-such-result`` when there is none, ``result-broken`` when it cannot be understood.
    """
    try:
        found: Any = json.loads((folder / META).read_text(encoding="utf-8"))
        if isinstance(found, dict) and int(found.get("version", 0)) > VERSION:
            raise EnvironmentFailure.of(
                "result-broken", f"The result {folder.name} was written by a newer Sheetferry.", "Update this one."
            )
        return decode(ResultMeta, found)
    except FileNotFoundError:
        raise EnvironmentFailure.of(
            "no-such-result",
            f"There is no result {folder.name} any more.",
            "Run its query again; results that are pinned are kept.",
        ) from None
    except (OSError, ValueError, CodecError) as error:
        raise EnvironmentFailure.of(
            "result-broken", f"The result {folder.name} cannot be read.", "Run its query again.", detail=str(error)
        ) from error
