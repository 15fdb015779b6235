"""The rows of one import that do not fit: counted, listed, and too many of them end it."""

from __future__ import annotations

from collections.abc import Sequence

from workers.core.inference.text_format import text_of
from workers.core.model.cells import CellValue
from workers.core.model.errors import UserError
from workers.core.model.options import RejectLimit
from workers.core.model.outcomes import Reject
from workers.database.ledger.ledger import RejectedRow

LISTED = 100
"""Rejects that an outcome carries; with none allowed the load goes on until so many are found."""


class RejectCollector:
    """Collects rejected rows.

    Attributes:
        count: How many there are.
        first: The first of them, for the outcome.
        pending: Those not yet written to the ledger; whoever writes them clears the list.
    """

    def __init__(self, limit: RejectLimit) -> None:
        """Start empty, allowing so many."""
        self._limit = limit
        self.count = 0
        self.first: list[Reject] = []
        self.pending: list[RejectedRow] = []

    def add(self, reject: Reject, names: Sequence[str], cells: Sequence[CellValue]) -> None:
        """Take in a rejected row.

        Raises:
            UserError: ``too-many-rejects`` as soon as going on would show nothing new.
        """
        self.count += 1
        if len(self.first) < LISTED:
            self.first.append(reject)
        texts = {name: text_of(value) for name, value in zip(names, cells, strict=True)}
        self.pending.append(RejectedRow(reject.row, reject.cell, reject.value, reject.reason, texts))
        if self._limit.percent is None and self.count >= LISTED and self.count > self._limit.rows:
            raise self._too_many("at least ")

    def settle(self, rows_read: int) -> None:
        """Ask at the end whether so many are allowed.

        Raises:
            UserError: ``too-many-rejects``.
        """
        if self._limit.exceeded(self.count, rows_read):
            raise self._too_many("")

    def _too_many(self, at_least: str) -> UserError:
        self.first.sort(key=lambda reject: reject.row)
        worst = self.first[0]
        share = self._limit.percent
        allowed = f"{share:g}% of the rows" if share is not None else f"{self._limit.rows:,}"
        rows = "row does" if self.count == 1 else "rows do"
        error = UserError.of(
            "too-many-rejects",
            f"{at_least}{self.count:,} {rows} not fit and {allowed} may be rejected. The first: {worst.reason}"[:1000],
            "Mend the cells, let a column be text with --type COLUMN=text, or allow rejected rows with --max-rejects.",
            cell=worst.cell,
        )
        assert isinstance(error, UserError)
        return error
