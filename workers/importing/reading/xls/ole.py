"""What an OLE compound file holds ([MS-CFB]); used before a workbook's own reader sees it."""

from __future__ import annotations

import io
from enum import Enum

import olefile

from workers.core.model.errors import UserError

_OTHERS = {
    "worddocument": "a Word document",
    "powerpoint document": "a PowerPoint presentation",
    "visiodocument": "a Visio drawing",
    "__properties_version1.0": "an Outlook message",
    "wpsdocument": "a Works document",
}


class OleKind(Enum):
    """What the compound file is for."""

    WORKBOOK = "workbook"
    ENCRYPTED_PACKAGE = "encrypted package"


def little_endian(content: bytes) -> bytes:
    """The compound file with its byte order mark set right.

    Only one order exists ([MS-CFB] 2.2), so a file with another mark is not in another order, but wrongly marked.
    """
    return content[:28] + b"\xfe\xff" + content[30:] if content[28:30] != b"\xfe\xff" else content


def ole_kind(content: bytes) -> OleKind:
    """Look into the directory of a compound file.

    Raises:
        UserError: ``not-a-workbook`` when it plainly holds something else. Broken ones count as workbooks: their reader
            says how they are broken.
    """
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as ole:
            names = {entry[0].lower() for entry in ole.listdir()}
    except Exception:  # noqa: BLE001 - whatever is wrong with it, the workbook's reader will say
        return OleKind.WORKBOOK
    if "encryptedpackage" in names:
        return OleKind.ENCRYPTED_PACKAGE
    if names & {"workbook", "book"}:
        return OleKind.WORKBOOK
    for name, what in _OTHERS.items():
        if name in names:
            raise UserError.of("not-a-workbook", f"The file is not a workbook: it is {what}.")
    return OleKind.WORKBOOK
