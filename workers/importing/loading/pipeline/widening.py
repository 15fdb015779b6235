"""How a column that is already filled takes a wider type in place, keeping to the text forms of the values."""

from __future__ import annotations

from collections.abc import Iterable

from psycopg import sql

from workers.core.model.options import PgType

_CLOCK_OF_SPAN = """CASE WHEN {c} IS NULL THEN NULL ELSE
 (CASE WHEN extract(epoch FROM {c}) < 0 THEN '-' ELSE '' END)
 || CASE WHEN abs(trunc(extract(epoch FROM {c})::numeric / 3600)) < 10 THEN '0' ELSE '' END
 || abs(trunc(extract(epoch FROM {c})::numeric / 3600))::bigint::text
 || substr((interval '1 second' * mod(abs(extract(epoch FROM {c})::numeric), 3600)::double precision)::text, 3)
END"""

_USING: dict[tuple[PgType, PgType], str] = {
    (PgType.BIGINT, PgType.DOUBLE): "{c}::double precision",
    (PgType.BIGINT, PgType.NUMERIC): "{c}::numeric",
    (PgType.BIGINT, PgType.TEXT): "{c}::text",
    (PgType.DOUBLE, PgType.TEXT): (
        "CASE WHEN {c} = trunc({c}) AND abs({c}) < 9223372036854775808 AND NOT ({c} = 0 AND {c}::text = '-0')"
        " THEN {c}::bigint::text ELSE {c}::text END"
    ),
    (PgType.NUMERIC, PgType.TEXT): "{c}::text",
    (PgType.BOOLEAN, PgType.TEXT): "{c}::text",
    (PgType.DATE, PgType.TIMESTAMP): "{c}::timestamp",
    (PgType.DATE, PgType.TEXT): "to_char({c}, 'YYYY-MM-DD')",
    (PgType.TIMESTAMP, PgType.TEXT): (
        "CASE WHEN {c} = date_trunc('day', {c}) THEN to_char({c}, 'YYYY-MM-DD')"
        " ELSE rtrim(rtrim(to_char({c}, 'YYYY-MM-DD HH24:MI:SS.US'), '0'), '.') END"
    ),
    (PgType.TIME, PgType.TEXT): "{c}::text",
    (PgType.TIME, PgType.INTERVAL): "{c}::interval",
    (PgType.INTERVAL, PgType.TEXT): _CLOCK_OF_SPAN,
}

_DELICATE = {
    # Beyond these PostgreSQL and Python write some doubles differently; such a load starts again instead.
    (PgType.DOUBLE, PgType.TEXT): "abs({c}) >= 1e15",
    # A whole number beyond 2^53 may have no double of its own.
    (PgType.BIGINT, PgType.DOUBLE): "abs({c}::numeric) > 9007199254740992",
}


def can_widen(present: PgType, wanted: PgType, *, empty: bool, loose: bool) -> bool:
    """Whether a filled column may take the wanted type in place.

    Args:
        present: Its type.
        wanted: The type it needs.
        empty: True when it holds nothing but NULL.
        loose: True when some values were read out of texts or null tokens.
    """
    if empty and not loose:
        return True
    return (present, wanted) in _USING and not (loose and wanted is PgType.TEXT)


def delicate(column: str, present: PgType, wanted: PgType) -> sql.Composed | None:
    """A condition on rows whose values the change would not keep exactly, or None when it always does."""
    template = _DELICATE.get((present, wanted))
    return sql.SQL(template).format(c=sql.Identifier(column)) if template else None


def as_wider(present: PgType, wanted: PgType, value: sql.Composable) -> sql.Composed | None:
    """What widening makes of a value, or None when it does not lead from the one type to the other."""
    template = _USING.get((present, wanted))
    return sql.SQL(template).format(c=sql.SQL("({})").format(value)) if template else None


def alter_types(table: sql.Composable, changes: Iterable[tuple[str, PgType, PgType, bool]]) -> sql.Composed:
    """One ALTER TABLE for all columns that widen.

    Args:
        table: The quoted table.
        changes: For each column its name, present type, wanted type, and whether it holds nothing but NULL.
    """
    parts = [_change(*change) for change in changes]
    return sql.SQL("ALTER TABLE {} {}").format(table, sql.SQL(", ").join(parts))


def _change(column: str, present: PgType, wanted: PgType, empty: bool) -> sql.Composed:
    name, target = sql.Identifier(column), sql.SQL(wanted.value)
    using = sql.SQL("NULL::{}").format(target) if empty else sql.SQL(_USING[present, wanted]).format(c=name)
    return sql.SQL("ALTER COLUMN {} TYPE {} USING {}").format(name, target, using)
