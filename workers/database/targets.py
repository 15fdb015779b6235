"""Targets by URL: ``postgresql://user@host:5432/name?sslmode=require``, read as libpq itself reads it.

What the URL leaves out is left to libpq: ``PGHOST``, ``PGUSER``, ``PGPASSFILE``, ``~/.pgpass``, service files.
"""

from __future__ import annotations

import os
import re
from typing import Literal, TypeAlias
from urllib.parse import quote, urlencode

import psycopg2
from psycopg2.extensions import parse_dsn

from workers.core.model.errors import UserError
from workers.core.model.tasks import Secret, Target

UrlSource: TypeAlias = Literal["argument", "environment", "file", "prompt"]

DEFAULT_PORT = 5432
_SCHEME = re.compile(r"^postgres(?:ql)?(?:\+\w+)?://", re.IGNORECASE)
_OWN_FIELDS = {"host", "port", "user", "dbname", "password", "application_name", "fallback_application_name"}
_SECRET_OPTIONS = {"sslpassword"}
_EXAMPLE = "postgresql://user@host:5432/database"
_LOOSE_AT = (
    "The database address cannot be read: it has an @ where none can stand, so a password in it is probably not "
    "percent-encoded."
)


def looks_like_url(text: str) -> bool:
    """Whether `text` is meant as a URL rather than as the name of a saved connection."""
    return "://" in text


def parse_url(text: str, *, source: UrlSource = "environment") -> Target:
    """Read a URL into a target.

    Args:
        text: The URL; query parameters are libpq's keywords (``sslmode``, ``host`` for a socket folder, …).
        source: Where it came from. A password in an ``argument`` is refused: other users see a command's arguments.

    Raises:
        UserError: ``bad-url`` or ``password-in-argument``; the password is never in the message.
    """
    if not _SCHEME.match(text):
        raise UserError.of(
            "bad-url",
            "That is not the address of a PostgreSQL database.",
            f"Write it as {_EXAMPLE}, or give the name of a saved connection.",
        )
    if _has_loose_at(text):
        raise UserError.of("bad-url", _LOOSE_AT, f"Write it as {_EXAMPLE}; @ is %40, / is %2F, ? is %3F.")
    try:
        found = {k: str(v) for k, v in parse_dsn(_SCHEME.sub("postgresql://", text)).items() if v is not None}
    except psycopg2.ProgrammingError as error:
        raise UserError.of("bad-url", _complaint(str(error)), f"Write it as {_EXAMPLE}?sslmode=require") from None
    if source == "argument" and (found.get("password") or _SECRET_OPTIONS & found.keys()):
        raise UserError.of(
            "password-in-argument",
            "A password in a command's arguments can be read by everybody on this machine, so it is refused.",
            "Use a saved connection, a password file (PGPASSFILE), the variable SHEETFERRY_DATABASE_URL, or leave it "
            "out and type it when asked.",
        )
    return _target(found)


def checked_host(host: str) -> str:
    """The name of a host, or of several, as it was given.

    Raises:
        UserError: ``bad-url`` when it holds an @, as the rest of a password does that was cut in two.
    """
    if "@" in host:
        raise UserError.of("bad-url", _LOOSE_AT, f"Write it as {_EXAMPLE}; @ is %40, / is %2F, ? is %3F.")
    return host


def _has_loose_at(url: str) -> bool:
    """Whether an @ stands where none can be meant: a second one, or one behind the first slash or question mark.

    Then a password holds a character that had to be encoded, and what libpq takes for host, port, database or
    parameter is a part of it.
    """
    authority, mark, rest = re.match(r"([^/?]*)([/?]?)(.*)", _SCHEME.sub("", url), re.DOTALL).groups()  # type: ignore[union-attr]  # matches any text
    if authority.count("@") > 1 or ("@" in rest and (mark == "?" or "@" in rest.partition("?")[0])):
        return True
    # In the values of parameters an @ is harmless, unless the authority lacks the one that ends the password.
    return "@" in rest and ":" in authority and "@" not in authority


def with_password(target: Target, password: Secret) -> Target:
    """The same target with a password that was found elsewhere (typed, keyring)."""
    return Target(
        target.host,
        target.port,
        target.user,
        target.dbname,
        password,
        target.options,
        target.embedded,
        target.label,
    )


def url_without_password(target: Target) -> str:
    """The target's URL for people, logs and the ledger: no secret in it."""
    return _url(target, None)


def url_with_password(target: Target) -> str:
    """The target's URL for another program. A secret: print it only where it was asked for."""
    return _url(target, target.password)


def _target(found: dict[str, str]) -> Target:
    ports = found.get("port") or os.environ.get("PGPORT") or str(DEFAULT_PORT)
    options = [(k, v) for k, v in sorted(found.items()) if k not in _OWN_FIELDS]
    if "," in ports:  # several hosts, tried in turn by libpq
        options.append(("port", ports))
    # An empty one among several is the usual one.
    numbers = [port or str(DEFAULT_PORT) for port in ports.split(",")]
    if not all(port.isascii() and port.isdigit() and 0 < int(port) < 65536 for port in numbers):
        # Never repeated: with a slash in a password that is not encoded, its beginning is taken for the port.
        raise UserError.of(
            "bad-url",
            "The port of the database address is not a number from 1 to 65535.",
            f"Write {_EXAMPLE}; special characters in a password must be percent-encoded (/ is %2F).",
        )
    password = found.get("password")
    return Target(
        host=checked_host(found.get("host", "")),
        port=int(numbers[0]),
        user=found.get("user", ""),
        dbname=found.get("dbname", ""),
        password=Secret(password) if password else None,
        options=tuple(options),
        label=_label(found),
    )


def _label(found: dict[str, str]) -> str:
    database = found.get("dbname") or found.get("user") or "default database"
    host = found.get("host", "")
    return f"{database} on {host}" if host and not host.startswith("/") else f"{database} on this machine"


def _url(target: Target, password: Secret | None) -> str:
    query = {k: v for k, v in target.options if password is not None or k not in _SECRET_OPTIONS}
    user = quote(target.user, safe="")
    if password is not None:
        user += f":{quote(password.reveal(), safe='')}"
    several = "port" in query
    if target.host.startswith("/") or several or not target.host:
        # A socket's folder, or several hosts: only the query can hold them without being taken for one name.
        address = ""
        query = {**({"host": target.host} if target.host else {}), "port": str(target.port), **query}
    else:
        host = f"[{target.host}]" if ":" in target.host else quote(target.host, safe="")
        address = f"{host}:{target.port}"
    text = f"postgresql://{user}{'@' if user else ''}{address}/{quote(target.dbname, safe='')}"
    return f"{text}?{urlencode(query, quote_via=quote, safe='/')}" if query else text


def _complaint(said: str) -> str:
    """Libpq's complaint when it names a parameter; anything else might repeat the password."""
    named = re.search(r'query parameter: "([\w-]+)"', said)
    if named:
        return f"The database address has a parameter that PostgreSQL does not know: {named[1]}."
    return "The database address cannot be read; special characters in it must be percent-encoded (@ is %40)."
