"""Open a file with the reader that its content asks for, falling back in a stated order."""

from __future__ import annotations

import io
from pathlib import Path

import python_calamine_plus as calamine

from workers.core.errors import UserError
from workers.core.tasks import Secret
from workers.importing.files import open_regular
from workers.importing.reading import sniffing
from workers.importing.reading.calamine_whole import CalamineWorkbook
from workers.importing.reading.csv_reader import CsvWorkbook
from workers.importing.reading.limits import ReadLimits
from workers.importing.reading.opc import content_type, main_part
from workers.importing.reading.seam import Workbook
from workers.importing.reading.sniffing import Container
from workers.importing.reading.xls_reader import XlsWorkbook
from workers.importing.reading.xlsx_reader import XlsxWorkbook
from workers.importing.reading.zip_package import ZipPackage


def open_workbook(
    path: str | Path, *, password: Secret | str | None = None, limits: ReadLimits | None = None
) -> Workbook:
    """Open a workbook, whatever its name says it is.

    Args:
        path: The file.
        password: Of the workbook; ignored where it has none.
        limits: Bounds; the defaults are generous.

    Raises:
        UserError: ``not-found``, ``no-permission``, ``in-use``, ``no-data`` (empty), ``not-a-workbook``, ``damaged``,
            ``encrypted`` (also for a wrong password), ``too-large``.
    """
    limits = limits or ReadLimits()
    with open_regular(str(path)) as file:
        head = file.read(sniffing.HEAD_SIZE)
        size = file.seek(0, io.SEEK_END)
    if size > limits.file_size:
        raise UserError.of(
            "too-large", f"The file is {size / 1e9:,.1f} GB; {limits.file_size / 1e9:,.1f} GB are allowed."
        )
    container = sniffing.container_of(head)
    if container is Container.ZIP:
        return _open_zip(str(path), limits)
    if container in (Container.OLE, Container.BIFF):
        return XlsWorkbook(Path(path).read_bytes(), limits)
    if container is Container.TEXT:
        return CsvWorkbook(str(path), Path(path).stem, limits)
    raise UserError.of("not-a-workbook", f"Files of the kind {container.value!r} are not read yet.")


def _open_zip(path: str, limits: ReadLimits) -> Workbook:
    package = ZipPackage(path, limits)
    try:
        return _open_package(package, path, limits)
    except BaseException:
        package.close()
        raise


def _open_package(package: ZipPackage, path: str, limits: ReadLimits) -> Workbook:
    if "content.xml" in package:
        return CalamineWorkbook(lambda: calamine.CalamineWorkbook.from_path(path), "ods", limits)
    main = main_part(package)
    if main.endswith(".bin"):
        return CalamineWorkbook(lambda: calamine.CalamineWorkbook.from_path(path), "xlsb", limits)
    file_format = _xlsx_format(content_type(package, main))
    return XlsxWorkbook(package, lambda: calamine.CalamineWorkbook.from_path(path), file_format, limits)


def _xlsx_format(declared: str) -> str:
    macro, template = "macroEnabled" in declared, "template" in declared
    return {(False, False): "xlsx", (True, False): "xlsm", (False, True): "xltx", (True, True): "xltm"}[macro, template]
