"""What a file is, told by its content and never by its name."""

from __future__ import annotations

import codecs
import re
from enum import StrEnum

from workers.core.model.errors import UserError

HEAD_SIZE = 64 << 10


class Container(StrEnum):
    """The outermost shape of a file."""

    ZIP = "zip"
    OLE = "ole"
    BIFF = "biff"
    HTML = "html"
    XML_SPREADSHEET = "xml-spreadsheet"
    FLAT_ODS = "fods"
    TEXT = "text"


_OLE_MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# A bare BIFF stream begins with its BOF record: versions 2, 3 and 4 (OpenOffice's file format notes).
_BIFF_MARK = re.compile(rb"\x09[\x00\x02\x04\x08].\x00", re.DOTALL)
_HTML = re.compile(rb"<\s*(?:!doctype\s+html|html|head|body|table|meta|style|div|tr|center|font)\b", re.IGNORECASE)

_OTHERS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"\x1f\x8b", "a gzip archive; unpack it first"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive; unpack it first"),
    (b"Rar!", "a RAR archive; unpack it first"),
    (b"BZh", "a bzip2 archive; unpack it first"),
    (b"\xfd7zXZ", "an xz archive; unpack it first"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a Windows program"),
    (b"SQLite format 3", "an SQLite database"),
    (b"PAR1", "a Parquet file"),
    (b"ARROW1", "an Arrow file"),
    (b"{\\rtf", "an RTF document"),
    (b"ID;P", "a SYLK spreadsheet; save it as xlsx or CSV in your spreadsheet program"),
    (b"\x00\x00\x02\x00\x06\x04\x06\x00", "a Lotus 1-2-3 worksheet; save it as xlsx in your spreadsheet program"),
    (b"\x00\x00\x1a\x00", "a Lotus 1-2-3 worksheet; save it as xlsx in your spreadsheet program"),
    (b"TABLE\r\n0,1", "a DIF spreadsheet; save it as xlsx or CSV in your spreadsheet program"),
)


def container_of(head: bytes) -> Container:
    """The shape of a file whose first bytes are given (at least a few thousand where it has them).

    Raises:
        UserError: ``no-data`` for an empty file, ``not-a-workbook`` for one that is plainly something else.
    """
    if not head:
        raise UserError.of(
            "no-data", "The file is empty (0 bytes).", "Perhaps it is still being copied or synchronised."
        )
    if head.startswith(b"PK\x03\x04") or head.startswith(b"PK\x05\x06"):
        return Container.ZIP
    if head.startswith(_OLE_MARK):
        return Container.OLE
    if head.startswith(b"BM") and head[6:10] == bytes(4):
        raise UserError.of("not-a-workbook", "The file is not a workbook: it is a picture (BMP).")
    for mark, what in _OTHERS:
        if head.startswith(mark) and not (mark == b"MZ" and _is_text(head)):
            raise UserError.of("not-a-workbook", f"The file is not a workbook: it is {what}.")
    if _BIFF_MARK.match(head) and not _is_text(head[:64]):
        return Container.BIFF
    return _markup(head) or _text(head)


def _markup(head: bytes) -> Container | None:
    start = head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").replace(b"\x00", b"")[:8192]
    if not start.startswith(b"<"):
        return None
    if b"urn:schemas-microsoft-com:office:spreadsheet" in start and b"Workbook" in start:
        return Container.XML_SPREADSHEET
    if b"office:document" in start or b"urn:oasis:names:tc:opendocument" in start:
        return Container.FLAT_ODS
    if _HTML.search(start):
        return Container.HTML
    if start.startswith((b"<?xml", b"<!DOCTYPE")):
        raise UserError.of("not-a-workbook", "The file is XML, but not a spreadsheet that is known here.")
    return None


def _text(head: bytes) -> Container:
    if not _is_text(head):
        raise UserError.of(
            "not-a-workbook",
            "The file is neither a workbook nor a text file.",
            "Open it in the program that made it and save it as xlsx or CSV.",
        )
    return Container.TEXT


def _is_utf8(head: bytes) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return True


def _is_utf16(head: bytes, encoding: str) -> bool:
    """Whether nearly every pair of bytes is a sign that can be printed, as in a text of another script."""
    text = head[: len(head) // 2 * 2].decode(encoding, "replace")
    return sum(char.isprintable() or char in "\t\r\n" for char in text) >= 0.95 * len(text)


def _is_text(head: bytes) -> bool:
    """Whether the bytes may be text: hardly any control characters, or UTF-16."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        return True
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if max(even, odd) > 0.3 * len(head) / 2 and min(even, odd) < 0.05 * len(head) / 2:
        return True  # UTF-16 without a mark: every other byte of Western text is zero
    one_sided = max(even, odd) > max(4 * min(even, odd), 0.02 * len(head))
    if one_sided and _is_utf16(head, "utf-16-le" if odd > even else "utf-16-be"):
        return True
    if even + odd and not _is_utf8(head):
        return False
    # Texts of DOS end with Ctrl-Z.
    text = head.rstrip(b"\x1a\r\n")
    controls = sum(text.count(bytes([c])) for c in (*range(1, 9), *range(14, 32)) if c not in (27, 28, 29, 30, 31))
    return controls <= len(head) // 100
