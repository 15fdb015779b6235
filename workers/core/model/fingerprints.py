"""Telling that next month's workbook has the same shape: a fingerprint of a table's header."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from workers.core.model.plans import TablePlan


def header_fingerprint(plan: TablePlan) -> str | None:
    """Fingerprint of a table's headers in their order; None for a table without any.

    Case, outer and repeated spaces do not count, and neither does where on the sheet the table stands, what the sheet
    or the file is called, or how many rows there are.
    """
    return headers_fingerprint(column.source for column in plan.columns)


def headers_fingerprint(sources: Iterable[str | None]) -> str | None:
    """The same of headers as they stand in the sheet, None where a column has none."""
    headers = [" ".join((source or "").split()).casefold() for source in sources]
    if not any(headers):
        return None
    joined = "".join(f"{len(header)}:{header}" for header in headers)
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()
