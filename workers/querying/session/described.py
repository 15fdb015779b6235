"""What the server says about a statement before it runs: its columns, or that it has none."""

from __future__ import annotations

from collections.abc import Iterable

from workers.core.query.columns import ResultColumn
from workers.querying.session.link import ServerLink

_NAMES = """
SELECT pg_catalog.format_type(t.oid, t.modifier)
FROM ROWS FROM (pg_catalog.unnest($1::pg_catalog.oid[]), pg_catalog.unnest($2::pg_catalog.int4[]))
     WITH ORDINALITY AS t (oid, modifier, place)
ORDER BY t.place
"""

_SEARCH_PATH = "SELECT pg_catalog.current_setting('search_path')"
_SET_SEARCH_PATH = "SELECT pg_catalog.set_config('search_path', $1, false)"
_FIRST_OWN_TYPE = 16384
"""Oids from here on are given to what users make (FirstNormalObjectId in PostgreSQL's access/transam.h)."""


def columns_of(link: ServerLink, name: bytes) -> tuple[ResultColumn, ...]:
    """The columns of a prepared statement with their types in PostgreSQL's own words."""
    described = link.describe(name)
    if not described:
        return ()
    oids = [oid for _, oid, _ in described]
    values = [_array(oids), _array(modifier for _, _, modifier in described)]
    types = link.own(_NAMES, values) if max(oids) < _FIRST_OWN_TYPE else _qualified(link, values)
    return tuple(
        ResultColumn(column, type_name or "text") for (column, _, _), (type_name,) in zip(described, types, strict=True)
    )


def _qualified(link: ServerLink, values: list[str]) -> list[tuple[str | None, ...]]:
    """The types' names with their schemas, whatever the search path of the session is."""
    ((path,),) = link.own(_SEARCH_PATH)
    link.own(_SET_SEARCH_PATH, ["pg_catalog"])
    types = link.own(_NAMES, values)
    link.own(_SET_SEARCH_PATH, [path])
    return types


def _array(numbers: Iterable[int]) -> str:
    return "{" + ",".join(map(str, numbers)) + "}"
