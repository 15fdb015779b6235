"""How much memory reading a file will take, told from the file alone: for admitting its job.

Measured as the peak of a worker that imports generated files (CPython 3.11, Linux; the worker itself took 47 MB):
xlsx with 200,000 x 6 numbers 68 MB, with 1,000,000 different strings (37 MB inflated) 148 MB, with 20,000 strings of
1,000 letters 101 MB; xls with 60,000 x 12 numbers (5.9 MB) 121 MB, with 60,000 x 8 mixed cells (11 MB) 119 MB; ods,
csv and XML spreadsheets of 200,000 rows and more 75 to 80 MB; HTML of 100,000 rows (6 MB) 93 MB. The figures below
are a little above those.
"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from workers.core.jobs.admission import WORKER_BASE
from workers.core.model.errors import SheetferryError
from workers.importing.reading import sniffing
from workers.importing.reading.container.zip_package import ZipPackage
from workers.importing.reading.limits import ReadLimits
from workers.importing.reading.sniffing import Container
from workers.importing.source_file import SourceFile

BASE = WORKER_BASE
"""A worker that reads and loads, whatever the file."""
_BUFFERED = 32 << 20
"""Small sheets are kept in memory while they are surveyed: 300,000 cells."""
_STRINGS_NATIVE = 2.0
"""Bytes for each byte of inflated shared strings: the texts with their table."""
_XLS_PARSED = 9.0
"""Bytes for each byte of an xls file: a cell that takes 6 to 14 bytes there becomes objects of about 100."""
_HTML_PARSED = 5.0
_OLE_LOCKED = 12.0


def estimate_memory(path: str | Path) -> int:
    """Bytes that a worker will need for a file, about. Never raises: a file that cannot be looked at costs the base."""
    try:
        return BASE + _BUFFERED + _own_need(str(path))
    except (SheetferryError, OSError):
        return BASE


def _own_need(path: str) -> int:
    with closing(SourceFile(path)) as source:
        return _need_of(source)


def _need_of(source: SourceFile) -> int:
    with source.stream() as file:
        head = file.read(sniffing.HEAD_SIZE)
    size = source.size
    container = sniffing.container_of(head)
    if container is Container.ZIP:
        return _package_need(source)
    if container in (Container.OLE, Container.BIFF):
        locked = "EncryptedPackage".encode("utf-16-le") in head
        return int(size * (_OLE_LOCKED if locked else _XLS_PARSED))
    if container is Container.HTML:
        return int(size * _HTML_PARSED)
    return 0


def _package_need(source: SourceFile) -> int:
    package = ZipPackage(source.stream(), ReadLimits())
    try:
        strings = sum(package.size(name) for name in package.names() if "sharedstrings" in name)
        styles = sum(package.size(name) for name in package.names() if "styles" in name)
        return int(strings * _STRINGS_NATIVE + styles * 10)
    finally:
        package.close()
