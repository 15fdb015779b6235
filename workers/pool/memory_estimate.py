"""How much memory a worker will need at its peak for a file: from its size, its kind, and the zip directory.

The factors are rounded up from measurements of whole-sheet readers (70 to 105 bytes a cell) and of the streaming
reader (constant). `admission.EstimateBook` corrects them by what is seen on the machine at hand.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from pathlib import Path

_BASE = 60 << 20
_LEAST_SHEET_BUFFER = 24 << 20


@dataclass(frozen=True, slots=True)
class MemoryEstimate:
    """Bytes, and the group of files that the estimate learns with."""

    size: int
    key: str


def estimate_memory(path: str) -> MemoryEstimate:
    """The estimate for one file. A file that cannot be looked at gets the least: its import will say what is wrong.

    Reads the file's directory, so it does not belong on the UI thread.
    """
    file = Path(path)
    try:
        size = file.stat().st_size
        if zipfile.is_zipfile(file):
            return _of_package(file)
    except (OSError, zipfile.BadZipFile, ValueError):
        return MemoryEstimate(_BASE, "")
    with file.open("rb") as opened:
        head = opened.read(8)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return MemoryEstimate(_BASE + 8 * size, "xls")
    return MemoryEstimate(_BASE + _LEAST_SHEET_BUFFER, "text")


def _of_package(file: Path) -> MemoryEstimate:
    with zipfile.ZipFile(file) as package:
        sizes = {info.filename.lower(): info.file_size for info in package.infolist()}
    if "content.xml" in sizes:
        return MemoryEstimate(_BASE + 2 * sizes["content.xml"], "ods")
    sheets = [size for name, size in sizes.items() if name.startswith("xl/worksheets/")]
    if "xl/workbook.bin" in sizes:
        return MemoryEstimate(_BASE + 6 * max(sheets, default=0), "xlsb")
    strings = sum(size for name, size in sizes.items() if name.endswith("sharedstrings.xml"))
    buffer = min(max(sheets, default=0), _LEAST_SHEET_BUFFER)
    return MemoryEstimate(_BASE + buffer + 2 * strings, "xlsx")
