"""What a server says about SQL that somebody wrote, as one sentence, a next step and a place in the text."""

from __future__ import annotations

from dataclasses import dataclass

import psycopg
from psycopg import pq

from workers.core.model.errors import EnvironmentFailure, ErrorInfo, SheetferryError, UserError
from workers.core.model.tasks import Target
from workers.database.explain import explain

_KINDS: dict[str, str] = {
    "42601": "syntax",
    "42703": "no-such-column",
    "42P01": "no-such-table",
    "42883": "no-such-function",
    "42704": "no-such-object",
    "3F000": "no-such-schema",
    "42P07": "table-exists",
    "42702": "ambiguous-column",
    "42P18": "parameter-type",
    "42501": "no-permission",
    "25001": "read-only",
    "25006": "read-only",
    "2D000": "read-only",
    "57014": "statement-cancelled",
    "22012": "division-by-zero",
    "54001": "too-complex",
    "53400": "too-large",
    "P0001": "raised",
}
_FAMILIES = {"22": "bad-value", "23": "constraint", "42": "invalid-sql", "0A": "not-supported", "54": "too-large"}
_SURROUNDINGS = ("08", "28", "3D", "53", "57P", "58", "XX")
_READ_ONLY_HINT = "Nothing was changed. Allow changes with --write, or the switch Write."


@dataclass(frozen=True, slots=True)
class Failure:
    """A statement's failure.

    Attributes:
        error: To be raised.
        position: Offset from 0 in the text that was sent, or None.
        lost: Whether the link to the server is gone.
    """

    error: SheetferryError
    position: int | None = None
    lost: bool = False


def failure_of(error: psycopg.Error, target: Target | None, *, offset: int = 0) -> Failure:
    """Explain what the server or the driver said.

    Args:
        error: What came.
        target: Where.
        offset: Characters that were sent before the statement's own text.
    """
    state = error.sqlstate or ""
    if not state or state.startswith(_SURROUNDINGS):
        known = explain(error, target)
        lost = known.info.kind in ("connection-lost", "unreachable", "server-stopping")
        return Failure(_without_import_words(known) if lost else known, None, lost)
    said = _said(error)
    kind = _KINDS.get(state) or _FAMILIES.get(state[:2], "sql-error")
    message, hint = said, error.diag.message_hint
    if kind == "read-only":
        message, hint = f"The statement would change something: {said}", _READ_ONLY_HINT
    detail = " ".join(filter(None, [error.diag.message_detail, error.diag.context, f"SQLSTATE {state}"]))
    position = error.diag.statement_position
    place = None if position is None else max(0, int(position) - 1 - offset)
    return Failure(UserError.of(kind, message, hint, detail=detail), place)


def error_from(result: pq.abc.PGresult) -> psycopg.Error:
    """The exception that a result stands for."""
    return psycopg.errors.error_from_result(result, encoding="utf-8")


def _without_import_words(error: SheetferryError) -> SheetferryError:
    hint = "Rows that had come are kept. A query is never run again by itself: it may have been long."
    info = error.info
    return EnvironmentFailure(ErrorInfo(info.kind, info.message, hint, detail=info.detail))


def _said(error: psycopg.Error) -> str:
    text = str(error.diag.message_primary or error).strip().splitlines()
    sentence = text[0] if text else type(error).__name__
    sentence = sentence[:1].upper() + sentence[1:]
    return sentence if sentence.endswith((".", "!", "?")) else f"{sentence}."
