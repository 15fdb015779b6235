"""Asks the native stream how it reads each cell style of a workbook.

A tiny workbook is made in memory with the real ``styles.xml`` and one number for each style; the types that come back
tell. So no version of the library can disagree with us unnoticed.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import python_calamine_plus as calamine

from workers.importing.reading.number_formats import FormatKind

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_MOMENT = 45000.25


def judged_kinds(styles_xml: bytes, count: int) -> tuple[FormatKind | None, ...]:
    """What the native stream makes of each of `count` cell styles; None where it gives something unexpected.

    Empty when it cannot read the styles at all.
    """
    rows = "".join(f'<row r="{i + 1}"><c r="A{i + 1}" s="{i}"><v>{_MOMENT}</v></c></row>' for i in range(count))
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{_RELATIONS}/worksheet" Target="sheet.xml"/>'
        f'<Relationship Id="r2" Type="{_RELATIONS}/styles" Target="styles.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><sheets>'
        '<sheet name="s" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/sheet.xml": f'<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData></worksheet>',
        "xl/styles.xml": styles_xml,
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    try:
        workbook = calamine.CalamineWorkbook.from_filelike(io.BytesIO(buffer.getvalue()))
        return tuple(_kind(row[0]) for row in workbook.stream_sheet_by_index(0))
    except calamine.CalamineError:
        return ()


def _kind(value: object) -> FormatKind | None:
    if isinstance(value, float):
        return FormatKind.NUMBER
    if isinstance(value, dt.timedelta):
        return FormatKind.DURATION
    return FormatKind.DATE if isinstance(value, dt.datetime) else None
