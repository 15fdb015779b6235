"""Columns of texts that a typed column reads, in PostgreSQL's binary form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from workers.core.inference.conversion import ValueRules
from workers.core.inference.text_parsing import FormReader
from workers.core.model.options import PgType
from workers.importing.columnar.column import Figures
from workers.importing.columnar.encoded import FixedColumn
from workers.importing.columnar.text_conversion import (
    Decimals,
    decimal_totals,
    double_of,
    numeric_of,
    read_decimals,
    read_moments,
    read_whole,
)
from workers.importing.columnar.text_judging import tokens_among
from workers.importing.columnar.text_marks import solid_ends
from workers.importing.columnar.text_pool import Flags, TextPool

if TYPE_CHECKING:
    from workers.importing.columnar.cell_vector import CellVector

_DAY = 86_400_000_000
_NONE = Decimals(None, None)


@dataclass(frozen=True, slots=True)
class ReadColumn(FixedColumn):
    """Values that were read out of texts."""

    @property
    def loose(self) -> bool:
        """See `EncodedCells.loose`."""
        return True

    def keep(self, chosen: Sequence[int] | slice) -> FixedColumn:
        """See `EncodedCells.keep`."""
        which = chosen if isinstance(chosen, slice) else np.asarray(chosen, np.int64)
        return ReadColumn(self.values[which], None if self.nulls is None else self.nulls[which])


@dataclass(frozen=True, slots=True)
class NumericColumn(ReadColumn):
    """Decimal numbers that were read out of texts.

    Attributes:
        decimals: Them as whole numbers and the count of their decimals; those of NULLs do not matter.
    """

    decimals: Decimals = _NONE

    def figures(self) -> Figures:
        """See `EncodedCells.figures`."""
        units, scales = self.decimals.units, self.decimals.scales
        if self.nulls is not None:
            units, scales = units[~self.nulls], scales[~self.nulls]
        if not len(units):
            return Figures(0, 0, 0, 0)
        return Figures(len(units), *decimal_totals(Decimals(units, scales)))

    def keep(self, chosen: Sequence[int] | slice) -> FixedColumn:
        """See `EncodedCells.keep`."""
        which = chosen if isinstance(chosen, slice) else np.asarray(chosen, np.int64)
        nulls = None if self.nulls is None else self.nulls[which]
        kept = Decimals(self.decimals.units[which], self.decimals.scales[which])
        return NumericColumn(self.values[which], nulls, kept)


def encode_texts(cells: CellVector, null: Flags, pg_type: PgType, rules: ValueRules) -> FixedColumn | None:
    """Encode a batch of texts, and NULLs between them, of a typed column.

    Args:
        cells: The batch; every cell that is not NULL is a text.
        null: Which cells are NULL whatever the column's type is.
        pg_type: The column's type.
        rules: How texts are read.

    Returns:
        None where a text has to be looked at by itself.
    """
    reader = rules.read_text
    if not isinstance(reader, FormReader):
        return None
    codes: Any = cells.codes
    where = np.flatnonzero(~null)
    among = _tokens(cells.pool, codes[where], rules)
    if len(among):
        null = null.copy()
        null[where[among]] = True
        where = np.flatnonzero(~null)
    nulls = null if len(where) < len(null) else None
    chosen = codes[where] if nulls is not None else codes
    if pg_type in (PgType.NUMERIC, PgType.DOUBLE):
        decimals = read_decimals(cells.pool, chosen, reader)
        if decimals is None:
            return None
        if pg_type is PgType.DOUBLE:
            return ReadColumn(_spread(double_of(decimals), where, nulls), nulls)
        spread = Decimals(_spread(decimals.units, where, nulls), _spread(decimals.scales, where, nulls))
        return NumericColumn(numeric_of(spread), nulls, spread)
    values = (
        read_whole(cells.pool, chosen, reader) if pg_type is PgType.BIGINT else _moments(cells.pool, chosen, reader)
    )
    return None if values is None else ReadColumn(_spread(values, where, nulls), nulls)


def _moments(pool: TextPool, codes: Any, reader: FormReader) -> Any:
    moments = read_moments(pool, codes, reader)
    if moments is None or reader.pg_type is PgType.TIMESTAMP:
        return moments
    days, clock = np.divmod(moments, _DAY)
    return None if clock.any() else days.astype(np.int32)


def _tokens(pool: TextPool, codes: Any, rules: ValueRules) -> Any:
    """The places of the texts that mean NULL: tokens, and texts of white space only."""
    if not len(codes):
        return codes
    starts, lengths = pool.starts[codes], pool.lengths[codes]
    known = tokens_among(pool.buffer, starts, lengths, rules.null_tokens)
    spaced = np.flatnonzero(~solid_ends(pool.buffer, starts, lengths))
    if not len(spaced):
        return known
    texts = zip(spaced.tolist(), pool.texts(codes[spaced]), strict=True)
    return np.union1d(known, np.array([place for place, text in texts if not text.strip()], np.int64))


def _spread(values: Any, where: Any, nulls: Any) -> Any:
    """The values at their places among NULLs."""
    if nulls is None:
        return values
    spread = np.zeros(len(nulls), values.dtype)
    spread[where] = values
    return spread
