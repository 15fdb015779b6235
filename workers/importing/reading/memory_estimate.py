"""How much memory reading a file will take, told from the file alone: for admitting its job.

The figures per cell and per byte were measured; they err on the large side.
"""

from __future__ import annotations

import os
from pathlib import Path

from workers.core.errors import SheetferryError
from workers.importing.files import open_regular
from workers.importing.reading import sniffing
from workers.importing.reading.limits import ReadLimits
from workers.importing.reading.sniffing import Container
from workers.importing.reading.zip_package import ZipPackage

BASE = 60 << 20
"""A worker that reads and loads, whatever the file."""
_BUFFERED = 60 << 20
"""Small sheets are kept in memory while they are surveyed: 300,000 cells."""
_STRINGS_NATIVE = 2.0
"""Bytes for each byte of inflated shared strings: the texts with their table."""
_XLS_PARSED = 6.0
_HTML_PARSED = 8.0
_OLE_LOCKED = 12.0


def estimate_memory(path: str | Path) -> int:
    """Bytes that a worker will need for a file, about. Never raises: a file that cannot be looked at costs the base."""
    try:
        return BASE + _BUFFERED + _own_need(str(path))
    except (SheetferryError, OSError):
        return BASE


def _own_need(path: str) -> int:
    with open_regular(path) as file:
        head = file.read(sniffing.HEAD_SIZE)
        size = os.fstat(file.fileno()).st_size
    container = sniffing.container_of(head)
    if container is Container.ZIP:
        return _package_need(path)
    if container in (Container.OLE, Container.BIFF):
        locked = "EncryptedPackage".encode("utf-16-le") in head
        return int(size * (_OLE_LOCKED if locked else _XLS_PARSED))
    if container is Container.HTML:
        return int(size * _HTML_PARSED)
    return 0


def _package_need(path: str) -> int:
    package = ZipPackage(path, ReadLimits())
    try:
        strings = sum(package.size(name) for name in package.names() if "sharedstrings" in name)
        styles = sum(package.size(name) for name in package.names() if "styles" in name)
        return int(strings * _STRINGS_NATIVE + styles * 10)
    finally:
        package.close()
