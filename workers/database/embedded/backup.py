"""The built-in server's databases in one file, and back.

The file is a tar archive: ``manifest.json``, and each database as ``pg_dump`` writes it in its custom format, so that
``pg_restore`` can read it without us. What is restored runs with all rights on the built-in server: restore only what
you trust.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import secrets
import shutil
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO, cast

import psycopg2
from psycopg2 import sql

from workers.core.model.errors import EnvironmentFailure, SheetferryError, UserError
from workers.core.model.json_codec import CodecError, decode, encode
from workers.core.model.tasks import Target
from workers.database.embedded.administration import (
    address,
    database_names,
    has_tables,
    row_counts,
    run_alone,
    transaction,
)
from workers.database.embedded.binaries import PG_MAJOR, ProgramError, ServerPrograms
from workers.database.ledger.moved_tables import follow_tables, tables_of_imports

_FORMAT = 1
_MANIFEST = "manifest.json"
_MOST_BYTES = 64 << 20
_SECONDS = 12 * 3600.0
_LEFT_OUT = "postgres"
"""The database that every server has and nobody keeps anything in."""


@dataclass(frozen=True, slots=True)
class SavedTable:
    """A table of the ledger: its oid in the server that was saved, its schema and name."""

    oid: int
    schema: str
    name: str


@dataclass(frozen=True, slots=True)
class SavedDatabase:
    """A database of a backup.

    Attributes:
        name: Its name.
        dump: Its member of the archive.
        tables: Which oid of the ledger meant which table.
        rows: Rows of all its tables together.
    """

    name: str
    dump: str
    tables: tuple[SavedTable, ...] = ()
    rows: int = 0


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is in a backup.

    Attributes:
        format: Version of the archive's form.
        postgresql: The server's major.
        made: Local time with its zone.
        roles: Roles besides our own; their passwords are not saved.
    """

    format: int
    postgresql: int
    made: str
    roles: tuple[str, ...] = ()
    databases: tuple[SavedDatabase, ...] = ()


@dataclass(frozen=True, slots=True)
class Restored:
    """A database that was taken back, and what the one is called now that had its name before (empty for none)."""

    name: str
    rows: int
    former: str = ""


def back_up(
    target: Target, programs: ServerPrograms, file: Path, *, now: Callable[[], dt.datetime] = dt.datetime.now
) -> Manifest:
    """Save all databases of the server into a file, each as it is at one moment; readable by us alone.

    Raises:
        EnvironmentFailure: ``backup-failed`` or ``cannot-write``; a file of that name is as it was.
    """
    with _explained("backup-failed", f"The backup {file} could not be made."), _beside(file) as folder:
        part = folder / "backup"
        with part.open("xb") as stream, tarfile.open(fileobj=stream, mode="w") as archive:
            saved = []
            for number, name in enumerate(n for n in database_names(target) if n != _LEFT_OUT):
                dump = folder / f"{number}.dump"
                saved.append(_dump(replace(target, dbname=name), programs, dump))
                archive.add(dump, dump.name)
                dump.unlink()
            made = now().astimezone().isoformat(timespec="seconds")
            manifest = Manifest(_FORMAT, PG_MAJOR, made, _roles(target), tuple(saved))
            text = json.dumps(encode(manifest), indent=1).encode()
            entry = tarfile.TarInfo(_MANIFEST)
            entry.size, entry.mode = len(text), 0o600
            archive.addfile(entry, io.BytesIO(text))
        part.chmod(0o600)
        part.replace(file)
    return manifest


def restore(
    target: Target, programs: ServerPrograms, file: Path, *, now: Callable[[], dt.datetime] = dt.datetime.now
) -> list[Restored]:
    """Take the databases of a backup back. One that is there and not empty is kept under another name.

    Raises:
        UserError: ``not-a-backup``, or ``database-in-use`` while others are connected.
        EnvironmentFailure: ``restore-failed``; the databases are as they were.
    """
    what = f"The backup {file} could not be restored."
    with _explained("restore-failed", what), tempfile.TemporaryDirectory() as name, _opened(file) as archive:
        manifest = _read_manifest(archive, file)
        _make_roles(target, manifest.roles)
        made: list[tuple[SavedDatabase, str]] = []
        try:
            for database in manifest.databases:
                aside = f"sheetferry_{secrets.token_hex(6)}"
                run_alone(target, sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(aside)))
                made.append((database, aside))
                _fill(replace(target, dbname=aside), programs, _extracted(archive, database.dump, Path(name)), database)
        except BaseException:
            for _, aside in made:
                run_alone(target, sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(aside)))
            raise
        stamp = now().strftime("%Y%m%d_%H%M%S")
        return [_put_in_place(replace(target, dbname="postgres"), database, aside, stamp) for database, aside in made]


# ---- saving


def _dump(target: Target, programs: ServerPrograms, dump: Path) -> SavedDatabase:
    with transaction(target, snapshot=True) as cursor:
        cursor.execute("SELECT pg_catalog.pg_export_snapshot()")
        snapshot = str(cursor.fetchone()[0])
        tables = tuple(SavedTable(oid, *where) for oid, where in tables_of_imports(cursor).items())
        rows = sum(row_counts(cursor).values())
        programs.run(
            "pg_dump", "-Fc", f"--snapshot={snapshot}", "-f", dump, "-d", address(target), **_login(target)
        )  # fmt: skip
    return SavedDatabase(target.dbname, dump.name, tables, rows)


def _roles(target: Target) -> tuple[str, ...]:
    with transaction(target) as cursor:
        cursor.execute(
            "SELECT rolname FROM pg_catalog.pg_roles WHERE rolname !~ '^pg_' AND rolname <> current_user ORDER BY 1"
        )
        return tuple(str(name) for (name,) in cursor.fetchall())


@contextmanager
def _beside(file: Path) -> Iterator[Path]:
    """A private folder on the disk of the file that is to be made."""
    try:
        folder = Path(tempfile.mkdtemp(prefix=".backup-", dir=file.absolute().parent))
    except OSError as error:
        raise EnvironmentFailure.of(
            "cannot-write", f"{file} could not be written: {error.strerror}.", "Choose another place."
        ) from error
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


# ---- taking back


@contextmanager
def _opened(file: Path) -> Iterator[tarfile.TarFile]:
    try:
        archive = tarfile.open(file, mode="r:")  # noqa: SIM115 - closed below
    except (OSError, tarfile.TarError) as error:
        raise _no_backup(file) from error
    with archive:
        yield archive


def _read_manifest(archive: tarfile.TarFile, file: Path) -> Manifest:
    try:
        entry = archive.getmember(_MANIFEST)
        stream = archive.extractfile(entry) if entry.isfile() and entry.size <= _MOST_BYTES else None
        manifest = decode(Manifest, json.load(stream)) if stream else None
    except (KeyError, ValueError, CodecError, tarfile.TarError, OSError) as error:
        raise _no_backup(file) from error
    if manifest is None:
        raise _no_backup(file)
    if manifest.format > _FORMAT or manifest.postgresql > PG_MAJOR:
        raise UserError.of(
            "not-a-backup",
            f"{file} was made by a newer version of Sheetferry, with PostgreSQL {manifest.postgresql}.",
            "Update Sheetferry.",
        )
    return manifest


def _extracted(archive: tarfile.TarFile, name: str, folder: Path) -> Path:
    """A member's content in a file of our own choice: its name and its kind are not to be trusted."""
    entry = archive.getmember(name)
    stream = archive.extractfile(entry) if entry.isfile() else None
    if stream is None:
        raise tarfile.TarError(name)
    path = folder / "dump"
    with stream, path.open("wb") as file:
        shutil.copyfileobj(cast(BinaryIO, stream), file)
    return path


def _make_roles(target: Target, roles: tuple[str, ...]) -> None:
    """Roles that are missing; without a password nobody logs in as them."""
    with transaction(target) as cursor:
        for role in roles:
            cursor.execute("SELECT 1 FROM pg_catalog.pg_roles WHERE rolname = %s", (role,))
            if cursor.fetchone() is None:
                cursor.execute(sql.SQL("CREATE ROLE {} NOLOGIN").format(sql.Identifier(role)))


def _fill(target: Target, programs: ServerPrograms, dump: Path, saved: SavedDatabase) -> None:
    programs.run(
        "pg_restore", "--exit-on-error", "--single-transaction", "-d", address(target), dump, **_login(target)
    )  # fmt: skip
    with transaction(target) as cursor:
        follow_tables(cursor, {table.oid: (table.schema, table.name) for table in saved.tables})
        if sum(row_counts(cursor).values()) != saved.rows:
            raise ProgramError("pg_restore", saved.name)


def _put_in_place(admin: Target, saved: SavedDatabase, aside: str, stamp: str) -> Restored:
    """Give the restored database its name. What had it before keeps its rows under another one."""
    former = f"{saved.name[:40]}_before_{stamp}" if saved.name in database_names(admin) else ""
    empty = False
    if former:
        with transaction(replace(admin, dbname=saved.name)) as cursor:
            empty = not has_tables(cursor)
    try:
        if former:
            _rename(admin, saved.name, former)
        _rename(admin, aside, saved.name)
    except psycopg2.errors.ObjectInUse as error:
        run_alone(admin, sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(aside)))
        raise UserError.of(
            "database-in-use",
            f"Others are connected to the database {saved.name}, so it cannot be replaced.",
            "Close the window and other programs that use the built-in database, and restore again.",
        ) from error
    if empty:
        run_alone(admin, sql.SQL("DROP DATABASE {}").format(sql.Identifier(former)))
    return Restored(saved.name, saved.rows, "" if empty else former)


def _rename(admin: Target, name: str, to: str) -> None:
    run_alone(admin, sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(name), sql.Identifier(to)))


# ---- both


@contextmanager
def _explained(kind: str, message: str) -> Iterator[None]:
    try:
        yield
    except (ProgramError, psycopg2.Error, OSError, KeyError, tarfile.TarError) as error:
        said = error.output if isinstance(error, ProgramError) else str(error)
        raise EnvironmentFailure.of(kind, message, "The log says why.", detail=said) from error


def _no_backup(file: Path) -> SheetferryError:
    return UserError.of(
        "not-a-backup", f"{file} is no backup of Sheetferry.", "`sheetferry server backup FILE` makes one."
    )


def _login(target: Target) -> dict[str, Any]:
    return {"password": target.password.reveal() if target.password else None, "timeout": _SECONDS}
