"""A column of a batch that knows its cells as arrays; for those who must not import numpy to ask for one."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from workers.core.inference.column_stats import ColumnTally
from workers.core.inference.conversion import ValueRules
from workers.core.model.cells import CellValue
from workers.core.model.content_key import ContentKey
from workers.core.model.options import PgType


class ArrayColumn(Sequence[CellValue]):
    """The cells of one column of a batch, held as arrays.

    Whoever knows nothing of arrays sees an ordinary sequence of cells. The methods do what the functions of
    `workers.core` do with such a sequence, and come to the same result.
    """

    __slots__ = ()

    @property
    @abstractmethod
    def types(self) -> frozenset[type]:
        """The types among the cells, as `Batch.kinds` holds them."""

    @abstractmethod
    def count_into(self, tally: ColumnTally, rows: Sequence[int]) -> None:
        """Do what ``tally.update(cells, rows)`` does."""

    @abstractmethod
    def encode(self, pg_type: PgType, rules: ValueRules) -> EncodedCells | None:
        """The cells as a type of PostgreSQL; None where `convert` of `workers.core` has to look at each of them."""

    @abstractmethod
    def add_to_key(self, key: ContentKey, place: int) -> None:
        """Do what ``key.add_column(place, cells)`` does."""

    @abstractmethod
    def places_of(self, text: str) -> list[int]:
        """Where a text stands among the cells."""

    @property
    @abstractmethod
    def blanks(self) -> Sequence[bool]:
        """Which cells are blank."""

    @abstractmethod
    def keep(self, chosen: Sequence[int]) -> ArrayColumn:
        """The cells at these positions."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Control totals of some numbers; where there are none, the others are 0."""

    count: int
    total: int | float | Decimal
    low: int | float | Decimal
    high: int | float | Decimal


class EncodedCells(ABC):
    """The cells of one column of a batch as PostgreSQL takes them, held as arrays; see `conversion.EncodedColumn`."""

    __slots__ = ()

    @property
    @abstractmethod
    def null_count(self) -> int:
        """How many of them are NULL."""

    @property
    def loose(self) -> bool:
        """Whether values were read out of texts, or null tokens became NULL."""
        return False

    @abstractmethod
    def __len__(self) -> int:
        """How many there are."""

    @abstractmethod
    def figures(self) -> Figures:
        """Count, sum, least and greatest of the values that are not NULL; only of columns of numbers."""

    @abstractmethod
    def keep(self, chosen: Sequence[int]) -> EncodedCells:
        """The cells at these positions."""
