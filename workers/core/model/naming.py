"""Safe SQL names from what people write above columns, on sheet tabs and in file names.

Names keep the letters of every script (NFC), are lower case, at most 63 bytes of UTF-8 (PostgreSQL cuts silently at
``NAMEDATALEN - 1``), never empty and unique within their table.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from pathlib import PurePath

from workers.core.model.cells import column_letter

MAX_BYTES = 63
SYSTEM_COLUMNS = frozenset({"tableoid", "xmin", "cmin", "xmax", "cmax", "ctid"})
"""Columns that every PostgreSQL table has; a table with one of these names cannot be created."""
LINEAGE_COLUMNS = frozenset({"_import_id", "_source_row"})
"""Columns that Sheetferry adds to the tables it makes."""
_RESERVED = SYSTEM_COLUMNS | LINEAGE_COLUMNS
_MIN_FILE_BYTES = 16


def identifier(text: str) -> str:
    """The words of `text`, lower case, joined by ``_``; empty when it holds no letter and no digit.

    Invisible characters (zero-width, direction marks) vanish without parting a word.
    """
    visible = "".join(c for c in text if unicodedata.category(c) != "Cf")
    lowered = unicodedata.normalize("NFC", unicodedata.normalize("NFC", visible).lower())
    words = "".join(c if _belongs_to_word(c) else " " for c in lowered).split()
    # "a - b", "a__b" and "a _ b" are all two words; a mark in front, as in "_id", is part of a name.
    joined = re.sub("__+", "_", "_".join(words))
    name = cut(joined, MAX_BYTES)
    return name if name.strip("_") else ""


def cut(name: str, limit: int) -> str:
    """The longest beginning of `name` that takes at most `limit` bytes of UTF-8, cut between characters."""
    encoded = name.encode()
    return name if len(encoded) <= limit else encoded[:limit].decode(errors="ignore")


def with_suffix(name: str, suffix: str) -> str:
    """`name` shortened so that `suffix` still fits into 63 bytes."""
    kept = cut(name, MAX_BYTES - len(suffix.encode()))
    return (kept.rstrip("_") if suffix.startswith("_") else kept) + suffix


def unique_name(name: str, taken: Collection[str]) -> str:
    """`name`, or the first of ``name_2``, ``name_3``, … that is not among `taken`."""
    number, candidate = 2, name
    while candidate in taken:
        candidate = with_suffix(name, f"_{number}")
        number += 1
    return candidate


def column_names(headers: Sequence[str | None], indices: Iterable[int]) -> list[str]:
    """SQL names for the columns of one table.

    A header that gives a usable name of its own keeps it; only the later ones of equals get a number, and a blank
    header takes its column's letter unless a written header has that name.

    Args:
        headers: Header text of each column; None or blank where there is none.
        indices: Columns in the sheet counted from 0, one for each header.
    """
    wanted = [_safe(identifier(header)) if header else "" for header in headers]
    letters = [column_letter(index).lower() for index in indices]
    names: dict[int, str] = {}
    taken: set[str] = set(_RESERVED)
    later: list[tuple[int, str]] = []
    for position, name in enumerate(wanted):
        if name and name not in taken:
            names[position] = name
            taken.add(name)
        elif name:
            later.append((position, name))
    later += [(position, letters[position]) for position, name in enumerate(wanted) if not name]
    for position, name in later:
        names[position] = unique_name(name, taken)
        taken.add(names[position])
    return [names[position] for position in range(len(wanted))]


def table_name(file: str, sheet: str | None = None, ordinal: int = 0) -> str:
    """The table's name when the user gives none.

    Args:
        file: Path or name of the file; folders and extension are left out.
        sheet: Name of the sheet when the file gives several sheets, else None.
        ordinal: Which table of the sheet it is, from 0; the second gets ``_2``.
    """
    base = identifier(_stem(file)) or "table"
    part = identifier(sheet) if sheet else ""
    if sheet:
        part = part or "sheet"
        room = max(MAX_BYTES - 1 - len(part.encode()) - len(numbered("", ordinal)), _MIN_FILE_BYTES)
        base = cut(f"{cut(base, room).rstrip('_')}_{part}", MAX_BYTES)
    return numbered(base, ordinal)


def numbered(name: str, ordinal: int) -> str:
    """`name` for the first table of a sheet (ordinal 0), ``name_2`` for the second, and so on."""
    return with_suffix(name, f"_{ordinal + 1}") if ordinal else name


def _stem(file: str) -> str:
    """The file's name without folders (of any system) and without its last extension."""
    name = file.replace("\\", "/").rsplit("/", 1)[-1]
    return PurePath(name).stem


def _safe(name: str) -> str:
    return with_suffix(name, "_") if name in _RESERVED else name


def _belongs_to_word(char: str) -> bool:
    """Letters, digits and the marks that many scripts write their vowels with."""
    return char == "_" or char.isalnum() or unicodedata.category(char)[0] == "M"
