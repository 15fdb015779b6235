"""Turns what the database drivers raise into one sentence and a next step."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from typing import Any

from workers.core.model.errors import BugError, EnvironmentFailure, SheetferryError, UserError
from workers.core.model.tasks import Target


@dataclass(frozen=True, slots=True)
class _Entry:
    """What is said about one group of failures.

    Attributes:
        message: The sentence; ``{said}`` is the server's own text, ``{where}`` the target for people.
        family: Who can act.
    """

    kind: str
    message: str
    hint: str | None = None
    family: type[SheetferryError] = EnvironmentFailure


_UNREACHABLE = _Entry(
    "unreachable",
    "The database server {where} cannot be reached: {said}",
    "Check host and port, and that the server runs and may be reached from here.",
)
_LOST = _Entry(
    "connection-lost",
    "The connection to the database {where} was lost: {said}",
    "Nothing of an unfinished import is in the table; it can be tried again.",
)
_WRONG_PASSWORD = _Entry(
    "wrong-password",
    "The database {where} refused the login: {said}",
    "Check user name and password.",
)
_NO_DATABASE = _Entry(
    "no-such-database",
    "The server has no such database: {said}",
    "Check the name, or have it made with CREATE DATABASE.",
)
_TOO_MANY = _Entry(
    "too-many-connections",
    "The database server {where} has no free connection: {said}",
    "Wait until others have gone, use fewer workers, or have max_connections raised.",
)
_SSL = _Entry(
    "ssl",
    "No encrypted connection to {where} could be made: {said}",
    "Check sslmode and the certificates; sslmode=require encrypts without checking who answers.",
)
_CLEARTEXT = _Entry(
    "cleartext-password",
    "The server {where} was not told the password: it wants to be told it in clear over a connection that need not be"
    " encrypted, or does not prove that it knows it.",
    "Encrypt the connection (?sslmode=verify-full or require in the address). Where the password may go over the"
    " network in clear, say ?require_auth=password.",
)
_NO_PERMISSION = _Entry(
    "no-permission",
    "The database does not allow it: {said}",
    "Ask the database's administrator for the right, or choose another schema or table.",
)
_STOPPING = _Entry(
    "server-stopping",
    "The database server {where} is starting or stopping: {said}",
    "It can be tried again when the server runs.",
)
_TEMPORARY = "It can be tried again."

# SQLSTATE, or its first two characters for a whole class. See "PostgreSQL Error Codes" in PostgreSQL's manual.
_BY_STATE = {
    "08": _LOST,
    "22": _Entry("bad-value", "A value does not fit the table: {said}", "See the rejected rows.", UserError),
    "23": _Entry("constraint", "A row breaks a rule of the table: {said}", "Mend the row, or reject it.", UserError),
    "25006": _Entry("read-only", "The database {where} is read-only: {said}", "Use the primary server."),
    "25P03": _LOST,
    "28": _WRONG_PASSWORD,
    "3D": _NO_DATABASE,
    "3F": _Entry("no-such-schema", "There is no such schema: {said}", "Check its name.", UserError),
    "40001": _Entry("conflict", "Somebody else changed the same rows at the same time: {said}", _TEMPORARY),
    "40P01": _Entry("deadlock", "The import and another program waited for each other: {said}", _TEMPORARY),
    "42501": _NO_PERMISSION,
    "42703": _Entry("no-such-column", "The table has no such column: {said}", "Check the mapping.", UserError),
    "42P01": _Entry("no-such-table", "There is no such table: {said}", "Check its name.", UserError),
    "42P07": _Entry("table-exists", "There is such a table already: {said}", "Choose a name or a mode.", UserError),
    "53100": _Entry("disk-full", "The database server's disk is full: {said}", "Have space freed on the server."),
    "53200": _Entry("server-out-of-memory", "The database server is out of memory: {said}", _TEMPORARY),
    "53300": _TOO_MANY,
    "53": _Entry("server-overloaded", "The database server lacks a resource: {said}", _TEMPORARY),
    "54011": _Entry("too-wide", "The table has too many columns for PostgreSQL: {said}", "Split it.", UserError),
    "54": _Entry("too-large", "It is too large for PostgreSQL: {said}", "Split the table or the cell.", UserError),
    "55P03": _Entry(
        "lock-timeout",
        "Another program holds the table: {said}",
        "It can be tried again when that program has finished.",
    ),
    "57014": _Entry("statement-cancelled", "The database cancelled the statement: {said}", _TEMPORARY),
    "57P04": _NO_DATABASE,
    "57P": _STOPPING,
    "58030": _Entry("server-disk", "The database server cannot write its files: {said}", "Check the server's disk."),
    "58P": _Entry("server-disk", "The database server cannot find its files: {said}", "Check the server's disk."),
    "XX": _Entry("server-damaged", "The database server reports damage: {said}", "Tell its administrator."),
}

# A failed login has no SQLSTATE in either driver: the text is all there is.
_BY_TEXT = (
    (r"\bauthentication method requirement", "cleartext"),
    (r"password authentication failed|no password supplied|role .* does not exist|authentication failed", "28"),
    (r"pg_hba\.conf.*(no encryption|SSL off)", "ssl"),
    (r"no pg_hba\.conf entry|permission denied for database", "42501"),
    (r"database .* does not exist", "3D"),
    (r"too many clients|remaining connection slots|too many connections", "53300"),
    (r"the database system is (starting|shutting|in recovery|not yet)", "57P03"),
    (r"\bSSL\b|certificate|sslmode", "ssl"),
    (r"No space left on device", "53100"),
    (r"closed the connection unexpectedly|terminating connection|connection (is|was|has been) (lost|closed)", "08"),
    (r"consuming input failed|connection to client lost|server conn crashed|connection already closed", "08"),
)
_OF_THE_DRIVER = {"ssl": _SSL, "cleartext": _CLEARTEXT}


def explain(error: BaseException, target: Target | None = None) -> SheetferryError:
    """The error for people behind an exception of psycopg, psycopg2 or SQLAlchemy.

    Args:
        error: What was raised; one of our own errors is given back as it is.
        target: Where it happened, to be named in the sentence.
    """
    if isinstance(error, SheetferryError):
        return error
    # Workers never load SQLAlchemy: it would cost each of them over 10 MB.
    alchemy = sys.modules.get("sqlalchemy.exc")
    if alchemy is not None and isinstance(error, alchemy.DBAPIError) and error.orig is not None:
        error = error.orig
    if alchemy is not None and isinstance(error, alchemy.TimeoutError):
        return EnvironmentFailure.of(
            "pool-exhausted",
            "All our connections to the database are in use.",
            "Wait for running imports, or raise DB_POOL_SIZE.",
            detail=str(error),
        )
    said = _said(error)
    entry = _find(error, said)
    where = target.label or target.host if target else ""
    message = " ".join(entry.message.format(said=said, where=where).split())
    return entry.family.of(entry.kind, message, _hint(error, entry), detail=str(error))


def sqlstate(error: BaseException) -> str | None:
    """The five-character code of an exception of either driver, or None."""
    if not isinstance(error, _driver_errors("Error")):
        return None
    code: str | None = getattr(error, "sqlstate", None) or getattr(error, "pgcode", None)
    return code


def _find(error: BaseException, said: str) -> _Entry:
    state = sqlstate(error)
    if state == "0A000" and "during recovery" in str(error):
        # A stand-by server refuses the beginning of a transaction that writes, not yet the writing.
        state = "25006"
    if state:
        for length in (5, 3, 2):
            if entry := _BY_STATE.get(state[:length]):
                return entry
        family = BugError if state.startswith(("42", "0A")) else EnvironmentFailure
        return _Entry("database-error", "The database reported an error: {said}", None, family)
    for pattern, code in _BY_TEXT:
        if re.search(pattern, f"{said}\n{error}", re.IGNORECASE):
            return _OF_THE_DRIVER.get(code) or _BY_STATE[code[:3] if code.startswith("57P") else code]
    if isinstance(error, _driver_errors("OperationalError")):
        return _UNREACHABLE
    if isinstance(error, _driver_errors("InterfaceError")):
        return _LOST
    return _Entry("database-error", "The database reported an error: {said}", None, BugError)


def _driver_errors(name: str) -> tuple[Any, ...]:
    """A class of errors of both drivers. A driver that is not loaded raised nothing, and loading one takes long."""
    drivers = [sys.modules.get(driver) for driver in ("psycopg", "psycopg2")]
    return tuple(getattr(driver, name) for driver in drivers if driver is not None)


def _said(error: BaseException) -> str:
    """The server's own sentence: its primary message, else the last telling line of the text."""
    diagnostics = getattr(error, "diag", None)
    primary = getattr(diagnostics, "message_primary", None)
    if primary:
        return _sentence(str(primary))
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    lines = [line for line in lines if not line.startswith(("Is the server running", "Multiple connection", "- host"))]
    if not lines:
        return "no reason was given."
    return _sentence(re.sub(r"^(.*FATAL:|.*failed:|connection failed:)\s*", "", lines[-1]))


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _hint(error: BaseException, entry: _Entry) -> str | None:
    """Our next step, and the server's own hint after it."""
    own = getattr(getattr(error, "diag", None), "message_hint", None)
    return " ".join(filter(None, [entry.hint, f"The server says: {own}" if own else None])) or None
