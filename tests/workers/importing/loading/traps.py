"""Functions and operators that a colleague has laid in ``public``: whoever calls one sets a sequence off and fails."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

_ROOT = Path(__file__).parents[4]
_CALL = re.compile(r"\b([a-z_][a-z0-9_]*)\(")
_NUMBERS = ("smallint", "integer", "bigint", "numeric", "double precision", "oid")
_TEXTS = ("text", "name", "character varying")
_OTHERS = ("uuid", "boolean", "timestamptz", "tid", "xid", "xid8", "jsonb", "text[]", "bigint[]", '"char"')
_ANY = ("text", "name", "integer", "bigint", "double precision", "numeric", "oid", "uuid", "boolean", "text[]", "xid")
_OPERATORS = ("=", "<>", "<", "<=", ">", ">=", "+", "-", "*", "/", "&", "|", ">>", "<<", "||", "~", "!~", "~*", "!~*")
_SAME_SPELLING = """
SELECT p.proname, ARRAY(SELECT format_type(t, NULL) FROM unnest(p.proargtypes) WITH ORDINALITY u(t, n) ORDER BY n)
FROM pg_catalog.pg_proc p WHERE p.pronamespace = 'pg_catalog'::regnamespace AND p.proname = ANY (%s)
"""


def names_called() -> list[str]:
    """What looks like a call of a function anywhere in the program, its SQL included."""
    text = "\n".join(path.read_text() for part in ("app", "workers") for path in (_ROOT / part).rglob("*.py"))
    return sorted(set(_CALL.findall(text)))


def lay(connection: psycopg.Connection[Any], role: str) -> int:
    """Lay the traps as `role`; returns how many. From then on new sessions find ``public`` before the system."""
    database = sql.Identifier(connection.info.dbname)
    connection.execute("CREATE SCHEMA trap; CREATE SEQUENCE trap.fired; GRANT USAGE ON SCHEMA trap TO public")
    connection.execute("GRANT ALL ON SEQUENCE trap.fired TO public; GRANT ALL ON SCHEMA public TO public")
    found = connection.execute(_SAME_SPELLING, (names_called(),)).fetchall()
    connection.execute(sql.SQL("SET ROLE {}").format(sql.Identifier(role)))
    connection.execute("SET search_path = pg_catalog")
    laid = sum(_function(connection, name, types) for name, types in _variants(found))
    laid += sum(_operator(connection, name, *types) for name in _OPERATORS for types in _pairs())
    connection.execute("RESET ROLE; RESET search_path")
    connection.execute(sql.SQL("ALTER DATABASE {} SET search_path = public, pg_catalog").format(database))
    return laid


def fired(connection: psycopg.Connection[Any]) -> bool:
    """Whether anybody has called one of them."""
    return connection.execute("SELECT is_called FROM trap.fired").fetchone() == (True,)


def _variants(found: list[tuple[str, list[str]]]) -> set[tuple[str, tuple[str, ...]]]:
    """The very same arguments, and those that are written where the function wants wider ones."""
    variants = set()
    for name, types in found:
        choices = [_choices(kind) for kind in types]
        if len(types) <= 3:
            variants |= {(name, chosen) for chosen in product(*choices)}
        variants.add((name, tuple(types)))
    return variants


def _choices(kind: str) -> tuple[str, ...]:
    if kind.startswith('"any') or kind.startswith("any"):
        return _ANY
    return {"bigint": ("bigint", "integer"), "oid": ("oid", "integer", "bigint"), "name": ("name", "text")}.get(
        kind, (kind,)
    )


def _pairs() -> list[tuple[str, str]]:
    return [
        *product(_NUMBERS, _NUMBERS),
        *product(_TEXTS, _TEXTS),
        *((kind, kind) for kind in _OTHERS),
        ("xid", "integer"),
        ("timestamptz", "interval"),
        ("interval", "integer"),
        ("interval", "double precision"),
    ]


def _function(connection: psycopg.Connection[Any], name: str, types: tuple[str, ...]) -> bool:
    statement = sql.SQL(
        "CREATE FUNCTION public.{}({}) RETURNS text LANGUAGE plpgsql AS $$BEGIN"
        " PERFORM pg_catalog.nextval('trap.fired'); RAISE EXCEPTION 'a trap in the place of {}'; END$$"
    ).format(sql.Identifier(name), sql.SQL(", ").join(map(sql.SQL, types)), sql.SQL(name))
    return _made(connection, statement)


def _operator(connection: psycopg.Connection[Any], name: str, left: str, right: str) -> bool:
    function = f"trap_{left}_{right}"
    body = sql.SQL(
        "CREATE FUNCTION public.{}({}, {}) RETURNS boolean LANGUAGE plpgsql AS $$BEGIN"
        " PERFORM pg_catalog.nextval('trap.fired'); RAISE EXCEPTION 'a trap in the place of an operator'; END$$"
    ).format(sql.Identifier(function), sql.SQL(left), sql.SQL(right))
    _made(connection, body)
    statement = sql.SQL("CREATE OPERATOR public.{} (FUNCTION = public.{}, LEFTARG = {}, RIGHTARG = {})").format(
        sql.SQL(name), sql.Identifier(function), sql.SQL(left), sql.SQL(right)
    )
    return _made(connection, statement)


def _made(connection: psycopg.Connection[Any], statement: sql.Composed) -> bool:
    """False for what nobody can make: an argument of an internal type."""
    try:
        connection.execute(statement)
    except (psycopg.ProgrammingError, psycopg.NotSupportedError):
        return False
    return True
