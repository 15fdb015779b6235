"""The way of the data from one PostgreSQL major to the next: a new folder is filled, the old one is kept.

Every database is dumped by the programs of the old major and restored by ours; its rows are counted on both sides.
``pg_upgrade`` would be faster, but takes the old catalog as it stands, and refuses those of some minor versions, which
the dump of their own programs mends. A dump does not keep the oids by which the ledger names tables: they are set anew.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import psycopg2

from workers.core.model.errors import EnvironmentFailure
from workers.core.model.tasks import Secret, Target
from workers.database.embedded.account import Account
from workers.database.embedded.administration import address, database_names, row_counts, transaction
from workers.database.embedded.binaries import PG_MAJOR, ProgramError, ServerPrograms, find_kept_programs
from workers.database.embedded.cluster import SUPERUSER, Cluster
from workers.database.embedded.leftovers import end_orphans, mend_pid_file, postmaster
from workers.database.ledger.moved_tables import follow_tables, tables_of_imports

KEPT = ".kept"
_FOLDER = re.compile(r"pg(\d+)")
_HOURS = 12
_NEXT_OID = re.compile(r"^Latest checkpoint's NextOID:\s*(\d+)", re.MULTILINE)
_NEXT_XID = re.compile(r"^Latest checkpoint's NextXID:\s*(\d+):\d+", re.MULTILINE)
_SEGMENT = re.compile(r"^Bytes per WAL segment:\s*(\d+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class FormerData:
    """A data folder of another major."""

    major: int
    folder: Path


@dataclass(frozen=True, slots=True)
class _Database:
    """A database on its way: its dump, the tables that the ledger names, and how many rows each of its tables has."""

    name: str
    dump: Path
    tables: dict[int, tuple[str, str]]
    counts: dict[tuple[str, str], int]


def former_data(place: Path) -> FormerData | None:
    """The newest data folder of another major that is still to be carried over, or None."""
    found = []
    for folder in place.glob("pg*"):
        match = _FOLDER.fullmatch(folder.name)
        if match and int(match[1]) != PG_MAJOR and (folder / "PG_VERSION").exists():
            found.append(FormerData(int(match[1]), folder))
    return max(found, key=lambda former: former.major, default=None)


def kept_data(place: Path) -> tuple[Path, ...]:
    """Folders with data of earlier majors that were carried over and are kept until somebody takes them away."""
    return tuple(sorted(place.glob(f"pg*{KEPT}")))


def set_aside(former: FormerData) -> None:
    """Mark a data folder as carried over."""
    former.folder.rename(former.folder.with_name(former.folder.name + KEPT))


class Upgrade:
    """Carries the data of one place over to our major. Call it under the guard, while no server runs.

    Raises:
        EnvironmentFailure: with the folder's name: ``server-data-newer``, ``server-programs-missing`` or
            ``server-upgrade-failed``. The data is as it was then.
    """

    def __init__(self, former: FormerData, programs: ServerPrograms, account: Account | None, place: Path) -> None:
        """Find the programs of the former major."""
        if former.major > PG_MAJOR:
            raise EnvironmentFailure.of(
                "server-data-newer",
                f"The data of the built-in database in {former.folder} is of PostgreSQL {former.major}; this version "
                f"of Sheetferry brings PostgreSQL {PG_MAJOR}, which cannot read it.",
                "Use the newer version of Sheetferry again.",
            )
        installation = find_kept_programs(place, former.major)
        if installation is None:
            raise EnvironmentFailure.of(
                "server-programs-missing",
                f"The data of the built-in database in {former.folder} is of PostgreSQL {former.major}, and the "
                f"programs of that version, by which it is carried over to PostgreSQL {PG_MAJOR}, are not there.",
                f"Install PostgreSQL {former.major}, or start the version of Sheetferry that made the data and save it "
                "with `sheetferry server backup FILE`.",
            )
        self._former = former
        self._old = Cluster(place, former.major)
        self._new = Cluster(place)
        self._old_programs = ServerPrograms(installation, account, place)
        self._programs = programs
        self._place = place
        self._work = place / "upgrade"
        self._globals = self._work / "globals.sql"

    def run(self, password: Secret, settings: Mapping[str, str]) -> None:
        """Fill the new folder, put it in its place and set the old one aside.

        Args:
            password: What the superuser's password is to be, whatever it was.
            settings: Those of the server, see `workstation_settings`.
        """
        try:
            self._programs.remove_folder(self._work)
            self._work.mkdir(mode=0o700)
            self._programs.hand_over(self._work, 0o700)
            databases = self._dump(password, settings)
            self._new.prepare(self._programs, password, *self._initdb_options())
            self._restore(databases, password, settings)
        except (ProgramError, psycopg2.Error) as error:
            self._give_up()
            raise EnvironmentFailure.of(
                "server-upgrade-failed",
                f"The data of the built-in database in {self._former.folder} could not be carried over from "
                f"PostgreSQL {self._former.major} to {PG_MAJOR}. It is as it was.",
                "The log says why. Start the version of Sheetferry that made it, save the data with `sheetferry server "
                "backup FILE`, and take it back with `sheetferry server restore FILE` in this version.",
                detail=f"{error.program}: {error.output}" if isinstance(error, ProgramError) else str(error),
            ) from error
        finally:
            self._programs.remove_folder(self._work)
        self._new.fresh.rename(self._new.data)
        set_aside(self._former)

    # ---- out of the old

    def _dump(self, password: Secret, settings: Mapping[str, str]) -> list[_Database]:
        """Dump every database by the old programs, which know best what is in their data."""
        self._end_old(password)
        with self._running(self._old, self._old_programs, password, settings) as target:
            self._old_programs.run("pg_dumpall", "-g", "-f", self._globals, "-d", address(target), **_as(password))
            databases = []
            for number, name in enumerate(database_names(target)):
                dump = self._work / f"{number}.dump"
                here = replace(target, dbname=name)
                with transaction(here) as cursor:
                    databases.append(_Database(name, dump, tables_of_imports(cursor), row_counts(cursor)))
                self._old_programs.run("pg_dump", "-Fc", "-f", dump, "-d", address(here), **_as(password))
        return databases

    def _end_old(self, password: Secret) -> None:
        """Nothing runs on the old data, and what an unclean end left in its log is in its files."""
        if postmaster(self._old.data) is not None:
            self._old.stop(self._old_programs)
        mend_pid_file(self._old.data, None, self._old_programs)
        end_orphans(self._old.data)
        self._old.set_password(self._old_programs, password)

    def _initdb_options(self) -> list[str]:
        """What stays as it was: whether pages have checksums, and how large the files of the log are."""
        told = self._old_programs.run("pg_controldata", "-D", self._old.data)
        options = ["--data-checksums"]
        segment = _SEGMENT.search(told)
        return [*options, f"--wal-segsize={int(segment[1]) >> 20}"] if segment else options

    # ---- into the new

    def _restore(self, databases: list[_Database], password: Secret, settings: Mapping[str, str]) -> None:
        fresh = Cluster(self._place, unfinished=True)
        self._go_on_counting(fresh)
        with self._running(fresh, self._programs, password, settings) as target:
            # Our own role is there already, which is the only complaint to come.
            self._programs.run("psql", "-X", "-q", "-f", self._globals, "-d", address(target), **_as(password))
            for database in databases:
                made = [] if database.name == target.dbname else ["--create"]
                self._programs.run(
                    "pg_restore", "--exit-on-error", *made, "-d", address(target), database.dump, **_as(password)
                )  # fmt: skip
                with transaction(replace(target, dbname=database.name)) as cursor:
                    follow_tables(cursor, database.tables)
                    if row_counts(cursor) != database.counts:
                        raise ProgramError("pg_restore", database.name)

    def _go_on_counting(self, fresh: Cluster) -> None:
        """No number that the old server gave to a table or a transaction is given again: the ledger names both."""
        told = self._old_programs.run("pg_controldata", "-D", self._old.data)
        oid, epoch = _NEXT_OID.search(told), _NEXT_XID.search(told)
        if oid and epoch:
            self._programs.run("pg_resetwal", "-o", oid[1], "-e", str(int(epoch[1]) + 1), "-D", fresh.data)

    def _give_up(self) -> None:
        """Leave nothing of the new."""
        fresh = Cluster(self._place, unfinished=True)
        if postmaster(fresh.data) is not None:
            fresh.stop(self._programs)
        self._programs.remove_folder(fresh.data)

    @contextlib.contextmanager
    def _running(
        self, cluster: Cluster, programs: ServerPrograms, password: Secret, settings: Mapping[str, str]
    ) -> Iterator[Target]:
        endpoint = cluster.configure(programs, settings)
        cluster.start(programs)
        try:
            yield Target(endpoint.host, endpoint.port, SUPERUSER, "postgres", password, embedded=True)
        finally:
            cluster.stop(programs)


def _as(password: Secret) -> dict[str, Any]:
    return {"password": password.reveal(), "timeout": _HOURS * 3600.0}
