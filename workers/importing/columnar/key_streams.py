"""What the content key takes of a column of arrays: the same bytes as of its cells one by one."""

from __future__ import annotations

from typing import Any

import numpy as np

from workers.core.model.content_key import ContentKey
from workers.importing.columnar.cell_vector import BLANK, BOOL, ERROR, FLOAT, PADDED, TEXT, CellVector
from workers.importing.columnar.text_pool import gather


def add_to_key(key: ContentKey, place: int, cells: CellVector) -> None:
    """Take in the cells of the column at a place."""
    key.add_kinds(place, cells.kinds.tobytes())
    present = cells.present
    for kind in present:
        if kind != BLANK:
            where = slice(None) if len(present) == 1 else cells.kinds == kind
            _add_kind(key, place, cells, kind, where)


def _add_kind(key: ContentKey, place: int, cells: CellVector, kind: int, where: Any) -> None:
    codes: Any = cells.codes
    floats: Any = cells.floats
    numbers: Any = cells.numbers
    if kind in (TEXT, ERROR, PADDED):
        texts, lengths = gather(cells.pool, codes[where])
        key.add_texts(place, kind, lengths.astype("<u4").tobytes(), texts.tobytes())
    elif kind == FLOAT:
        key.add_values(place, kind, floats[where].astype("<f8").tobytes())
    else:
        form = np.uint8 if kind == BOOL else "<i8"
        key.add_values(place, kind, numbers[where].astype(form).tobytes())
