"""The columns of a batch together with what each row tells of its origin, as pieces of a binary COPY."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

import numpy as np

from workers.core.inference.conversion import Converted
from workers.core.model.options import PgType
from workers.importing.columnar.column import EncodedCells
from workers.importing.columnar.encoded import BytesColumn, Encoded, FixedColumn, copy_rows
from workers.importing.columnar.value_encoding import encode_values


def sent_rows(
    results: Sequence[Converted | EncodedCells],
    types: Sequence[PgType],
    rows: Sequence[int],
    import_id: uuid.UUID | None,
    *,
    source_rows: bool,
) -> list[bytes]:
    """The rows of a batch in the binary form of COPY.

    Args:
        results: The cells of each column.
        types: The columns' types.
        rows: The Excel row of each row.
        import_id: What is written to each row besides; None for nothing.
        source_rows: Whether each row takes its Excel row.
    """
    columns = [_encoded(result, pg_type) for result, pg_type in zip(results, types, strict=True)]
    if import_id is not None:
        columns.append(FixedColumn(np.full(len(rows), np.void(import_id.bytes))))
    if source_rows:
        columns.append(FixedColumn(np.fromiter(rows, np.int32, len(rows))))
    return copy_rows(columns, len(rows))


def _encoded(result: Converted | EncodedCells, pg_type: PgType) -> Encoded:
    if isinstance(result, FixedColumn | BytesColumn):
        return result
    assert isinstance(result, Converted)
    return encode_values(result.values, pg_type)
