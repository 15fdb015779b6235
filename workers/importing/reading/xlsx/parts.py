"""The small parts of an xlsx workbook: sheets, date system, names, styles, declared tables (ECMA-376 part 1)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from workers.core.model.cells import CellRange, column_index
from workers.core.model.errors import UserError
from workers.core.model.plans import DeclaredTable, SheetInfo, Visibility
from workers.importing.reading.container.opc import Relationship, main_part, relationships
from workers.importing.reading.container.zip_package import ZipPackage
from workers.importing.reading.limits import MAX_COLUMNS, MAX_ROWS
from workers.importing.reading.markup.xml_events import Element, parse_tree
from workers.importing.reading.number_formats import GENERAL, NumberFormat, builtin_format, parse_format

_VISIBILITY: dict[str, Visibility] = {"hidden": "hidden", "veryHidden": "very-hidden"}
_BLOCK = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Za-z]{1,3})\$?([0-9]{1,7}))?")
_TRUE = ("1", "true", "on")
_SHEET_KINDS = ("worksheet",)


@dataclass(frozen=True, slots=True)
class Styles:
    """What the cell formats of a workbook mean.

    Attributes:
        formats: The number format of each cell style (``s`` of a cell).
        bold: Cell styles with a bold font.
    """

    formats: tuple[NumberFormat, ...] = (GENERAL,)
    bold: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class XlsxParts:
    """The skeleton of a workbook.

    Attributes:
        sheets: Sheets that can hold cells; `SheetInfo.index` counts these.
        sheet_parts: Part name of each of them; empty where the workbook names a sheet without a part.
        date_1904: Whether dates count from 1904.
        names: Defined names as ``(name, text)``.
        shared_strings: Part with the shared strings, or None.
        styles_part: Part with the styles, or None.
    """

    main: str
    sheets: tuple[SheetInfo, ...]
    sheet_parts: tuple[str, ...]
    date_1904: bool
    names: tuple[tuple[str, str], ...]
    shared_strings: str | None
    styles_part: str | None
    all_sheet_names: tuple[str, ...] = field(default=())


def read_parts(package: ZipPackage) -> XlsxParts:
    """Read the workbook part and its relationships.

    Raises:
        UserError: ``damaged``, ``not-a-workbook`` or ``no-data`` (no sheet that can hold cells).
    """
    main = main_part(package)
    root = parse_tree(package.read(main), main)
    if root.name != "workbook":
        raise UserError.of("not-a-workbook", "The file is an Office document, but not a workbook.")
    related = relationships(package, main)
    sheets: list[SheetInfo] = []
    parts: list[str] = []
    listed = root.child("sheets")
    every = list(listed.all("sheet")) if listed else []
    for element in every:
        relationship = related.get(element.get("r:id"))
        if not element.get("r:id") or (relationship is not None and relationship.kind not in _SHEET_KINDS):
            continue  # a macro module, a chart or a dialog
        visibility = _VISIBILITY.get(element.get("state"), "visible")
        sheets.append(SheetInfo(len(sheets), element.get("name"), visibility))
        parts.append(relationship.target if relationship and relationship.target in package else "")
    if not sheets:
        raise UserError.of("no-data", "The workbook has no sheet with cells.")
    if not any(parts):
        raise UserError.of(
            "damaged",
            f"The workbook names {len(sheets)} sheet(s), but holds no content for them.",
            "Open it in your spreadsheet program, let it repair the file, and save it again.",
        )
    properties = root.child("workbookPr")
    return XlsxParts(
        main,
        tuple(sheets),
        tuple(parts),
        properties is not None and properties.get("date1904").lower() in _TRUE,
        tuple((e.get("name"), e.text.strip()) for e in _below(root, "definedNames") if e.get("hidden") not in _TRUE),
        _part_of(package, related, "sharedStrings"),
        _part_of(package, related, "styles"),
        tuple(e.get("name") for e in every),
    )


def _below(root: Element, name: str) -> list[Element]:
    parent = root.child(name)
    return parent.children if parent else []


def _part_of(package: ZipPackage, related: dict[str, Relationship], kind: str) -> str | None:
    for relationship in related.values():
        if relationship.kind == kind and relationship.target in package:
            return relationship.target
    return None


def read_styles(data: bytes) -> Styles:
    """Understand ``styles.xml``."""
    root = parse_tree(data, "styles.xml")
    codes = {e.get("numFmtId"): parse_format(e.get("formatCode")) for e in _below(root, "numFmts")}
    bold_fonts = {i for i, font in enumerate(_below(root, "fonts")) if _is_bold(font)}
    formats: list[NumberFormat] = []
    bold: set[int] = set()
    for index, cell_format in enumerate(_below(root, "cellXfs")):
        identifier = cell_format.get("numFmtId", "0")
        formats.append(codes.get(identifier) or builtin_format(_integer(identifier)))
        if _integer(cell_format.get("fontId", "0")) in bold_fonts:
            bold.add(index)
    return Styles(tuple(formats) or (GENERAL,), frozenset(bold))


def _is_bold(font: Element) -> bool:
    mark = font.child("b")
    return mark is not None and mark.get("val", "1").lower() in _TRUE


def _integer(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() else 0


def parse_block(text: str) -> CellRange | None:
    """A single block of cells such as ``$A$5:$H$200`` or ``B3``; None for anything else."""
    match = _BLOCK.fullmatch(text.strip())
    if not match:
        return None
    first = (int(match[2]), column_index(match[1]))
    last = (int(match[4]), column_index(match[3])) if match[3] else first
    rows, columns = sorted((first[0], last[0])), sorted((first[1], last[1]))
    if rows[0] < 1 or rows[1] > MAX_ROWS or columns[1] >= MAX_COLUMNS:
        return None
    return CellRange(rows[0], columns[0], rows[1], columns[1])


def split_reference(text: str) -> tuple[str, CellRange] | None:
    """A defined name's text such as ``'My Sheet'!$A$1:$C$9`` as sheet and block; None unless it is one simple block."""
    sheet, mark, block = text.lstrip("=").rpartition("!")
    if not mark:
        return None
    if sheet.startswith("'") and sheet.endswith("'") and len(sheet) > 1:
        sheet = sheet[1:-1].replace("''", "'")
    area = parse_block(block)
    return (sheet, area) if area and "[" not in sheet else None


def named_blocks(names: tuple[tuple[str, str], ...], sheet: str) -> list[DeclaredTable]:
    """The defined names that are one block of cells on a sheet; built-in ones (print areas, filters) left out."""
    found = []
    for name, text in names:
        reference = split_reference(text)
        if reference and reference[0].casefold() == sheet.casefold() and not name.lower().startswith("_xlnm"):
            found.append(DeclaredTable(name, reference[1], is_table=False))
    return found


def declared_tables(package: ZipPackage, sheet_part: str) -> list[DeclaredTable]:
    """The Excel tables of a sheet."""
    found = []
    for relationship in relationships(package, sheet_part).values():
        if relationship.kind != "table" or relationship.target not in package:
            continue
        root = parse_tree(package.read(relationship.target), relationship.target)
        area = parse_block(root.get("ref"))
        if area:
            found.append(
                DeclaredTable(
                    root.get("displayName") or root.get("name"),
                    area,
                    _integer(root.get("headerRowCount", "1")),
                    _integer(root.get("totalsRowCount", "0")),
                )
            )
    return found
