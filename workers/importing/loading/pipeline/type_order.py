"""Which type takes the values of two types."""

from __future__ import annotations

from workers.core.model.options import PgType

_ORDER = {
    frozenset({PgType.BIGINT, PgType.DOUBLE}): PgType.DOUBLE,
    frozenset({PgType.BIGINT, PgType.NUMERIC}): PgType.NUMERIC,
    frozenset({PgType.DATE, PgType.TIMESTAMP}): PgType.TIMESTAMP,
    frozenset({PgType.TIME, PgType.INTERVAL}): PgType.INTERVAL,
}


def common_type(present: PgType, wanted: PgType) -> PgType:
    """The narrowest type that takes the values of both."""
    return present if present is wanted else _ORDER.get(frozenset({present, wanted}), PgType.TEXT)
