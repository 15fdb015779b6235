"""Open a file with the reader that its content asks for, falling back in a stated order.

Readers of rarer formats are loaded when such a file comes: most workers never meet one.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

import python_calamine_plus as calamine

from workers.core.model.errors import SheetferryError, UserError
from workers.core.model.plans import SheetInfo
from workers.core.model.tasks import Secret
from workers.importing.files import too_large_file
from workers.importing.reading import sniffing
from workers.importing.reading.container import encryption
from workers.importing.reading.container.opc import content_type, main_part
from workers.importing.reading.container.zip_package import ZipPackage
from workers.importing.reading.limits import ReadLimits
from workers.importing.reading.sniffing import Container
from workers.importing.reading.workbook import Workbook
from workers.importing.reading.xls.ole import OleKind, little_endian, ole_kind
from workers.importing.reading.xlsx.reader import XlsxWorkbook
from workers.importing.source_file import SourceFile

_CHUNK = 1 << 18
_ZIP_SUFFIXES = (".xlsx", ".xlsm", ".xltx", ".xltm", ".xlsb", ".ods", ".ots")


def open_workbook(
    path: str | Path | SourceFile, *, password: Secret | str | None = None, limits: ReadLimits | None = None
) -> Workbook:
    """Open a workbook, whatever its name says it is.

    Args:
        path: The file, or the file that is open already; who opened it closes it, after the workbook.
        password: Of the workbook; ignored where it has none.
        limits: Bounds; the defaults are generous.

    Raises:
        UserError: ``not-found``, ``no-permission``, ``in-use``, ``no-data`` (empty), ``not-a-workbook``, ``damaged``,
            ``encrypted`` (also for a wrong password), ``too-large``.
    """
    source = path if isinstance(path, SourceFile) else SourceFile(path)
    return _Opener(source, password, limits or ReadLimits()).open()


class _Opener:
    def __init__(self, source: SourceFile, password: Secret | str | None, limits: ReadLimits) -> None:
        self._source = source
        self._password = password
        self._limits = limits

    def open(self) -> Workbook:
        head = self._head()
        container = sniffing.container_of(head)
        if container is Container.ZIP:
            return self._zip(self._source)
        if container is Container.OLE:
            return self._ole()
        if container is Container.BIFF:
            from workers.importing.reading.xls.reader import XlsWorkbook

            return XlsWorkbook(self._content(), self._limits)
        if container is Container.HTML:
            from workers.importing.reading.markup.html_reader import HtmlWorkbook

            return HtmlWorkbook(self._content(), self._limits)
        if container is Container.XML_SPREADSHEET:
            from workers.importing.reading.markup.xml_spreadsheet_reader import XmlSpreadsheetWorkbook

            return XmlSpreadsheetWorkbook(self._chunks, self._limits)
        if container is Container.FLAT_ODS:
            from workers.importing.reading.ods.reader import OdsWorkbook

            return OdsWorkbook(self._chunks, "fods", self._limits, lambda: None)
        return self._text()

    def _head(self) -> bytes:
        size = self._source.size
        if size > self._limits.file_size:
            raise too_large_file(size, self._limits.file_size)
        with self._source.stream() as file:
            head = file.read(sniffing.HEAD_SIZE)
        if Path(self._source.path).name.startswith("~$") and size < 1024:
            raise UserError.of("not-a-workbook", "The file is the lock that Excel leaves beside an open workbook.")
        return head

    def _chunks(self) -> Iterator[bytes]:
        with self._source.stream() as file:
            while chunk := file.read(_CHUNK):
                yield chunk

    def _content(self) -> bytes:
        if self._source.size > self._limits.whole_file:
            raise too_large_file(self._source.size, self._limits.whole_file)
        return b"".join(self._chunks())

    def _ole(self) -> Workbook:
        from workers.importing.reading.xls.reader import XlsWorkbook

        content = little_endian(self._content())
        kind = ole_kind(content)
        if kind is OleKind.ENCRYPTED_PACKAGE:
            unlocked = encryption.unlock(content, self._password)
            if not unlocked.startswith(b"PK"):
                raise UserError.of("encrypted", "The password does not open the workbook.")
            return self._zip(io.BytesIO(unlocked))
        try:
            return XlsWorkbook(content, self._limits)
        except SheetferryError as error:
            if error.info.kind != "encrypted":
                raise
            workbook = XlsWorkbook(encryption.unlock(content, self._password), self._limits, ", decrypted")
            if self._password is None and not any(_has_rows(workbook, sheet) for sheet in workbook.sheets):
                raise UserError.of(
                    "encrypted",
                    "The workbook is encrypted. The password that Excel tries by itself opens it, but then there is no "
                    "table in it.",
                    "If it should hold data, give its own password, or ask for a copy without protection.",
                ) from error
            return workbook

    def _zip(self, source: SourceFile | io.BytesIO) -> Workbook:
        package = ZipPackage(source.stream() if isinstance(source, SourceFile) else source, self._limits)
        try:
            return self._package(package, source)
        except BaseException:
            package.close()
            raise

    def _package(self, package: ZipPackage, source: SourceFile | io.BytesIO) -> Workbook:
        if "content.xml" in package or "encrypted-package" in package:
            from workers.importing.reading.ods.reader import OdsWorkbook

            if _is_encrypted_ods(package):
                from workers.importing.reading.ods import encryption

                if encryption.WHOLE_PACKAGE in package:
                    inner = encryption.unlocked_package(package, self._password, self._limits)
                    package.close()
                    return self._zip(inner)
                content = encryption.UnlockedContent(package, self._password, self._limits)
                return OdsWorkbook(content.chunks, "ods", self._limits, package.close)
            return OdsWorkbook(lambda: package.chunks("content.xml"), "ods", self._limits, package.close)
        main = main_part(package)
        if main.endswith(".bin"):
            from workers.importing.reading.xlsb.reader import XlsbWorkbook

            return XlsbWorkbook(package, self._limits)
        return XlsxWorkbook(package, _native(source), _xlsx_format(content_type(package, main)), self._limits)

    def _text(self) -> Workbook:
        # Excel too opens text under the name .xls, but never under these.
        if self._source.path.lower().endswith(_ZIP_SUFFIXES):
            raise UserError.of(
                "not-a-workbook",
                "The file is named like a workbook, but holds plain text.",
                "If it is a CSV file, rename it to end in .csv; if a download failed, fetch it again.",
            )
        from workers.importing.reading.text.csv_reader import CsvWorkbook

        return CsvWorkbook(self._source, Path(self._source.path).stem, self._limits)


def _has_rows(workbook: Workbook, sheet: SheetInfo) -> bool:
    """Whether a sheet has more than one row with something in it, which the smallest table needs."""
    filled = (1 for row in workbook.rows(sheet) if any(cell not in (None, "") for cell in row))
    return sum(islice(filled, 2)) > 1


def _native(source: SourceFile | io.BytesIO) -> Callable[[], calamine.CalamineWorkbook]:
    if isinstance(source, io.BytesIO):
        return lambda: calamine.CalamineWorkbook.from_filelike(io.BytesIO(source.getvalue()))
    return lambda: _open_same(source)


def _open_same(source: SourceFile) -> calamine.CalamineWorkbook:
    """Open by name what is open already, sure that it is the same file."""
    name = source.name_for_libraries()
    workbook = calamine.CalamineWorkbook.from_path(name)
    if name == source.path:
        source.check_path()
    return workbook


def _is_encrypted_ods(package: ZipPackage) -> bool:
    if package.encrypted("content.xml") or "encrypted-package" in package:
        return True
    return "META-INF/manifest.xml" in package and b"encryption-data" in package.read("META-INF/manifest.xml")


def _xlsx_format(declared: str) -> str:
    macro, template = "macroEnabled" in declared, "template" in declared
    return {(False, False): "xlsx", (True, False): "xlsm", (False, True): "xltx", (True, True): "xltm"}[macro, template]
