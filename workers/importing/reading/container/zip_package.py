"""A zip file of unknown origin: its directory checked first, its members read within limits.

Zip structure: PKWARE APPNOTE 6.3.
"""

from __future__ import annotations

import errno
import zipfile
import zlib
from collections.abc import Generator
from contextlib import closing
from pathlib import PurePosixPath
from typing import BinaryIO

from workers.core.model.errors import SheetferryError, UserError
from workers.importing.reading.limits import ReadLimits, too_long_cell

_CHUNK = 1 << 18
_REPAIR = "Open it in your spreadsheet program, let it repair the file, and save it again."


class ZipPackage:
    """The members of one zip file by name, without regard to case, leading slashes and backslashes."""

    def __init__(self, source: BinaryIO, limits: ReadLimits) -> None:
        """Read and check the directory.

        Raises:
            UserError: ``damaged`` or ``too-large``.
        """
        self._limits = limits
        try:
            self._zip = zipfile.ZipFile(source)
        except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, UnicodeError) as error:
            raise incomplete_zip() from error
        try:
            self._members = self._check_directory()
        except BaseException:
            self._zip.close()
            raise
        self._inflated = 0

    def _check_directory(self) -> dict[str, zipfile.ZipInfo]:
        infos = self._zip.infolist()
        limits = self._limits
        if len(infos) > limits.zip_entries:
            raise UserError.of("too-large", f"The file holds {len(infos):,} parts; {limits.zip_entries:,} are allowed.")
        total = sum(i.file_size for i in infos)
        if total > limits.inflated_size:
            raise UserError.of(
                "too-large",
                f"The file would grow to {total / 1e9:,.1f} GB when unpacked; {limits.inflated_size / 1e9:,.1f} GB "
                "are allowed.",
                "If it is genuine, split it or save its sheets as CSV files.",
            )
        members: dict[str, zipfile.ZipInfo] = {}
        for info in infos:
            ratio = info.file_size / max(info.compress_size, 1)
            if info.file_size > limits.ratio_floor and ratio > limits.zip_ratio:
                raise UserError.of(
                    "too-large",
                    f"The file looks like a zip bomb: its part {info.filename[:80]!r} grows {ratio:,.0f}-fold to "
                    f"{info.file_size / 1e9:,.1f} GB when unpacked.",
                )
            # A broken directory may hold a member without a name, which some versions of zipfile stumble over.
            if info.filename and not info.is_dir():
                members.setdefault(normal_name(info.filename), info)
        return members

    def names(self) -> list[str]:
        """Normal names of all members."""
        return list(self._members)

    def __contains__(self, name: str) -> bool:
        return normal_name(name) in self._members

    def size(self, name: str) -> int:
        """Inflated size of a member by the directory; 0 when it is not there."""
        info = self._members.get(normal_name(name))
        return info.file_size if info else 0

    def encrypted(self, name: str) -> bool:
        """Whether the member is encrypted by the zip itself."""
        info = self._members.get(normal_name(name))
        return bool(info and info.flag_bits & 1)

    def read(self, name: str) -> bytes:
        """A small member whole.

        Raises:
            UserError: ``damaged`` when it is missing or broken, ``too-large``.
        """
        if self.size(name) > self._limits.part_size:
            raise UserError.of(
                "too-large", f"The part {name} of the file is {self.size(name) / 1e6:,.0f} MB, which is absurd."
            )
        return b"".join(self.chunks(name))

    def chunks(self, name: str) -> Generator[bytes, None, None]:
        """A member in pieces of about 256 KB.

        Raises:
            UserError: ``damaged`` when it is missing or broken, ``too-large`` when it is more than the directory said.
        """
        info = self._members.get(normal_name(name))
        if info is None:
            raise UserError.of("damaged", f"The file is damaged: its part {name} is missing.", _REPAIR)
        run, most = 0, 4 * self._limits.cell_text  # of UTF-8
        markup = info.filename.lower().endswith(".xml")
        try:
            with self._zip.open(info) as stream:
                while chunk := stream.read(_CHUNK):
                    self._count(len(chunk))
                    # Told here for every reader, ours and the native one, before any of them holds such a text whole.
                    run = 0 if b"<" in chunk else run + len(chunk)
                    if markup and run > most:
                        raise too_long_cell("", self._limits.cell_text)
                    yield chunk
        except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, RuntimeError) as error:
            raise _broken_member(name, error) from error
        except OSError as error:
            # A directory that points before the file's beginning; other errors are the disk's or the network's.
            if error.errno != errno.EINVAL:
                raise
            raise _broken_member(name, error) from error

    def head(self, name: str) -> bytes:
        """The first piece of a member."""
        with closing(self.chunks(name)) as pieces:
            return next(pieces, b"")

    def _count(self, size: int) -> None:
        # Sheets may be read several times (facts, then rows), so the bound is generous.
        self._inflated += size
        if self._inflated > 8 * self._limits.inflated_size:
            raise UserError.of("too-large", "The file unpacks to more than it says and more than is allowed.")

    def close(self) -> None:
        """Let the file go."""
        self._zip.close()


def normal_name(name: str) -> str:
    """A member's name for comparing: forward slashes, no leading one, dots resolved, lower case."""
    parts: list[str] = []
    for part in PurePosixPath(name.replace("\\", "/")).parts:
        if part == "..":
            if parts:
                parts.pop()
        elif part not in ("/", "."):
            parts.append(part)
    return "/".join(parts).lower()


def incomplete_zip() -> SheetferryError:
    """The sentence for a zip whose directory is missing or wrong."""
    return UserError.of(
        "damaged",
        "The file begins like a workbook, but its end is missing or broken: it is damaged or only half copied.",
        "If it is still being copied or downloaded, wait until that is done and try again.",
    )


def _broken_member(name: str, error: Exception) -> SheetferryError:
    return UserError.of("damaged", f"The file is damaged: its part {name} cannot be unpacked ({error}).", _REPAIR)
