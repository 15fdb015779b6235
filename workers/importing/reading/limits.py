"""How much a file may ask of us before it is refused as absurd."""

from __future__ import annotations

from dataclasses import dataclass

from workers.core.model.errors import SheetferryError, UserError
from workers.importing.files import MAX_FILE_SIZE

MAX_ROWS = 1_048_576
MAX_COLUMNS = 16_384


@dataclass(frozen=True, slots=True)
class ReadLimits:
    """Bounds on one file. All sizes are bytes unless said otherwise.

    Attributes:
        file_size: Of the file itself.
        whole_file: Of a file in a format that is read into memory whole (xls, HTML, encrypted workbooks).
        inflated_size: Of all members of a zip together, by its directory and again while inflating.
        part_size: Of one member held in memory whole (workbook, styles, relationships).
        zip_ratio: Inflated to stored size of one member; only looked at above `ratio_floor`.
        ratio_floor: Members that inflate to less than this may have any ratio.
        zip_entries: Members of a zip.
        cell_text: Characters of one cell's text (Excel allows 32,767; text files more).
        line_text: Characters of one line of a text file, which is held whole while it is divided into cells.
        rows: Rows of one sheet (spreadsheet formats only).
        columns: Columns of one sheet.
        strings_total: Characters of all shared strings together.
        cells_in_memory: Cells of one sheet in the formats that are read whole.
    """

    file_size: int = MAX_FILE_SIZE
    whole_file: int = 1 << 30
    inflated_size: int = 16 << 30
    part_size: int = 256 << 20
    zip_ratio: int = 1_000
    ratio_floor: int = 64 << 20
    zip_entries: int = 50_000
    cell_text: int = 16 << 20
    line_text: int = 64 << 20
    rows: int = MAX_ROWS
    columns: int = MAX_COLUMNS
    strings_total: int = 2 << 30
    cells_in_memory: int = 60_000_000


def too_long_cell(cell: str, most: int) -> SheetferryError:
    """The sentence for a cell whose text is longer than is allowed.

    Args:
        cell: Its address; empty where that is not known.
        most: Characters that are allowed.
    """
    if not cell:
        return UserError.of("too-large", f"A cell holds more than {most:,} characters.")
    return UserError.of("too-large", f"Cell {cell} holds more than {most:,} characters.", cell=cell)
