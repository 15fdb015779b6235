"""The mark by which a rejects workbook is known again after somebody has mended and saved it.

It is a custom document property, which Excel and LibreOffice keep when they save.
"""

from __future__ import annotations

import re
import uuid
import zipfile
import zlib

from workers.core.model.plans import Finding
from workers.importing.source_file import SourceFile

NAME = "SheetferryRejectsOf"
REASON = "Why it was rejected"
SOURCE_ROW = "Row in the source"
CODE = "mended-rejects"
MOST_ABOVE = 200
"""The header of a rejects workbook stands in one of so many rows."""
_PART = "docProps/custom.xml"
_MOST_BYTES = 1 << 20
_PROPERTY = re.compile(rf'\bname="{NAME}"[^>]*>\s*<(?:\w+:)?lpwstr\b[^>]*>\s*([0-9a-fA-F-]{{36}})\s*<')


def mended_finding(import_id: str) -> Finding:
    """What is said about such a workbook before it is imported."""
    return Finding(
        CODE,
        f"These are rejected rows of the import {import_id}: importing the workbook adds them to it, whatever table is"
        " chosen here.",
        severity="info",
    )


def rejects_of(source: SourceFile) -> str | None:
    """Id of the import whose rejects a workbook holds; None for any other file, whatever is wrong with it."""
    try:
        with source.stream() as file, zipfile.ZipFile(file) as package:
            if package.getinfo(_PART).file_size > _MOST_BYTES:
                return None
            with package.open(_PART) as part:
                text = part.read(_MOST_BYTES).decode("utf-8", "replace")
    except (OSError, zipfile.BadZipFile, zlib.error, KeyError, ValueError, EOFError, RuntimeError, NotImplementedError):
        return None
    found = _PROPERTY.search(text)
    try:
        return str(uuid.UUID(found[1])) if found else None
    except ValueError:
        return None
