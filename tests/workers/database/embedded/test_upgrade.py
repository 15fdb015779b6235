"""Data of another PostgreSQL major is carried over, or refused by name; nobody begins with an empty database."""

from __future__ import annotations

import secrets
import uuid
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import psutil
import psycopg
import pytest

from tests.workers.importing.loading.conftest import RecordingContext
from workers.core.model.errors import EnvironmentFailure
from workers.core.model.tasks import Secret, Target
from workers.core.model.undo_report import UndoRequest
from workers.database.embedded.account import server_account, server_folder
from workers.database.embedded.binaries import PG_MAJOR, ServerPrograms, find_kept_programs
from workers.database.embedded.cluster import SUPERUSER, Cluster, workstation_settings
from workers.database.embedded.files import ServerFiles, ServerState
from workers.database.embedded.server import EmbeddedServer
from workers.database.ledger.history import read_history
from workers.importing.loading.undo.undo import run_undo

FORMER = 15
_FORMATS = Path(__file__).parents[3] / "fixtures" / "formats_1"

needs_former = pytest.mark.skipif(
    find_kept_programs(Path("/nonexistent"), FORMER) is None, reason=f"PostgreSQL {FORMER} is not installed"
)


class FormerServer:
    """A place as an earlier version left it, with data of PostgreSQL 15."""

    def __init__(self, home: Path, *, state: bool = True) -> None:
        account = server_account()
        files = ServerFiles(home)
        files.prepare(traversable=account is not None)
        self.place = server_folder(home, account)
        installation = find_kept_programs(self.place, FORMER)
        assert installation is not None
        self.programs = ServerPrograms(installation, account, self.place)
        self.cluster = Cluster(self.place, FORMER)
        self.password = Secret(secrets.token_hex())
        if state:
            files.write_state(ServerState(self.password, self.place))
        self._make()

    def _make(self) -> None:
        data, secret = self.cluster.data, self.place / "secret"
        data.mkdir(mode=0o700)
        secret.write_text(self.password)
        for path in (data, secret):
            self.programs.hand_over(path, 0o700)
        self.programs.run(
            "initdb", "-D", data, "-U", SUPERUSER, "--pwfile", secret, "-A", "scram-sha-256", "-E", "UTF8", "--locale=C"
        )  # fmt: skip
        secret.unlink()

    def start(self) -> Target:
        """Run it; the target of its first database."""
        endpoint = self.cluster.configure(self.programs, workstation_settings(20, 1 << 30))
        self.cluster.start(self.programs)
        return Target(endpoint.host, endpoint.port, SUPERUSER, "postgres", self.password)

    def fill(self) -> None:
        """What the first version wrote into the ledger and its tables, in our database."""
        with closing(psycopg.connect(**self.start().libpq("test"), autocommit=True)) as connection:
            connection.execute("CREATE DATABASE sheetferry")
            connection.execute("CREATE DATABASE mine")
            connection.execute("CREATE ROLE reader LOGIN PASSWORD 'theirs'")
        ours = replace(self.start_target, dbname="sheetferry")
        lines = (_FORMATS / "target.sql").read_text(encoding="utf-8").splitlines()
        dump = "\n".join(line for line in lines if "transaction_timeout" not in line)
        with closing(psycopg.connect(**ours.libpq("test"), autocommit=True)) as connection:
            connection.execute(dump.encode())
        with closing(psycopg.connect(**ours.libpq("test"), autocommit=True)) as connection:
            connection.execute("UPDATE sheetferry.imports SET target_oid = to_regclass(target_table)")

    @property
    def start_target(self) -> Target:
        """The target while it runs."""
        folder = self.cluster.socket_folder(self.programs)
        return Target(str(folder), 5432, SUPERUSER, "postgres", self.password)


def ask(target: Target, statement: str) -> object:
    """The first value that a database answers."""
    with closing(psycopg.connect(**target.libpq("test"))) as connection:
        row = connection.execute(statement.encode()).fetchone()
    return row[0] if row else None


@needs_former
def test_the_data_of_an_earlier_major_is_carried_over_and_kept(server_home: Path) -> None:
    former = FormerServer(server_home)
    former.fill()
    former.cluster.stop(former.programs)
    server = EmbeddedServer(server_home)
    target = server.acquire()
    assert server.carried_over == FORMER
    assert str(ask(target, "SHOW server_version")).startswith(f"{PG_MAJOR}.")
    assert ask(target, "SELECT rolcanlogin FROM pg_roles WHERE rolname = 'reader'") is True
    assert ask(replace(target, dbname="mine"), "SELECT current_database()") == "mine"
    with closing(psycopg.connect(**target.libpq("test"))) as connection:
        history = {(entry.target_table, entry.mode): entry for entry in read_history(connection)}
    assert len(history) == 10
    # Its rows tell nothing of their import: it is found by the oid of its table, which has stayed.
    plain = history["public.plain", "upsert"]
    assert plain.state == "loaded"
    report = run_undo(UndoRequest(str(uuid.uuid4()), plain.import_id, target, False), RecordingContext())
    assert (report.state, report.rows_removed, report.rows_restored) == ("undone", 1, 1), report.error
    kept = former.place / f"pg{FORMER}.kept"
    assert server.status().kept == (kept,)
    assert (kept / "PG_VERSION").read_text().strip() == str(FORMER)
    server.release()
    again = EmbeddedServer(server_home)
    assert ask(again.acquire(), "SELECT count(*) FROM sheetferry.imports") == 10
    assert again.carried_over is None
    again.release()
    assert {path.name for path in former.place.glob("pg*")} == {f"pg{PG_MAJOR}", kept.name}
    assert not (former.place / "upgrade").exists()


@needs_former
def test_data_whose_server_was_killed_and_whose_password_was_lost_is_carried_over(server_home: Path) -> None:
    former = FormerServer(server_home, state=False)
    target = former.start()
    with closing(psycopg.connect(**target.libpq("test"), autocommit=True)) as connection:
        connection.execute("CREATE TABLE precious AS SELECT generate_series(1, 1000) AS n")
    pid = int((former.cluster.data / "postmaster.pid").read_text().split()[0])
    process = psutil.Process(pid)
    process.kill()
    psutil.wait_procs([process], timeout=60)
    server = EmbeddedServer(server_home)
    target = replace(server.acquire(), dbname="postgres")
    assert ask(target, "SELECT sum(n) FROM precious") == 500500
    server.release()


@needs_former
def test_data_that_cannot_be_carried_over_is_left_as_it_is(server_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    former = FormerServer(server_home)
    target = former.start()
    with closing(psycopg.connect(**target.libpq("test"), autocommit=True)) as connection:
        # A row that its own table would not take any more.
        connection.execute("CREATE FUNCTION fits(int) RETURNS boolean LANGUAGE sql AS 'SELECT true'")
        connection.execute("CREATE TABLE odd (n int CHECK (public.fits(n)))")
        connection.execute("INSERT INTO odd VALUES (1)")
        connection.execute("CREATE OR REPLACE FUNCTION fits(int) RETURNS boolean LANGUAGE sql AS 'SELECT false'")
    former.cluster.stop(former.programs)
    server = EmbeddedServer(server_home)
    with pytest.raises(EnvironmentFailure) as caught:
        server.acquire()
    assert caught.value.info.kind == "server-upgrade-failed"
    assert str(former.cluster.data) in caught.value.info.message
    assert {path.name for path in former.place.glob("pg*")} == {former.cluster.data.name}, "no half of a new one"
    assert not server.status().running
    assert ask(former.start(), "SELECT count(*) FROM odd") == 1
    former.cluster.stop(former.programs)


@pytest.mark.parametrize(("major", "kind"), [(9, "server-programs-missing"), (99, "server-data-newer")])
def test_data_of_a_major_that_cannot_be_read_is_refused_by_name(server_home: Path, major: int, kind: str) -> None:
    account = server_account()
    ServerFiles(server_home).prepare(traversable=account is not None)
    data = server_folder(server_home, account) / f"pg{major}"
    data.mkdir(parents=True)
    (data / "PG_VERSION").write_text(f"{major}\n")
    server = EmbeddedServer(server_home)
    with pytest.raises(EnvironmentFailure) as caught:
        server.acquire()
    assert caught.value.info.kind == kind
    assert str(data) in caught.value.info.message
    assert not (data.parent / f"pg{PG_MAJOR}").exists(), "nobody begins with an empty database"


@needs_former
def test_an_interruption_between_the_last_two_steps_is_mended(
    server_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    former = FormerServer(server_home)
    former.fill()
    former.cluster.stop(former.programs)

    def killed(_former: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("workers.database.embedded.upgrade.set_aside", killed)
        with pytest.raises(KeyboardInterrupt):
            EmbeddedServer(server_home).acquire()
    server = EmbeddedServer(server_home)
    assert ask(server.acquire(), "SELECT count(*) FROM sheetferry.imports") == 10
    assert [path.name for path in server.status().kept] == [f"pg{FORMER}.kept"]
    server.release()


def test_the_programs_are_kept_beside_the_data_from_the_first_start_on(server_home: Path) -> None:
    server = EmbeddedServer(server_home)
    server.acquire()
    place = server.status().place
    server.release()
    kept = find_kept_programs(place, PG_MAJOR)
    assert kept is not None
    assert kept.is_relative_to(place)
    programs = ServerPrograms(kept, server_account(), place)
    for program in ("postgres", "pg_ctl", "pg_dump", "pg_upgrade", "pg_controldata"):
        assert f" {PG_MAJOR}." in programs.run(program, "--version")
    assert "Database cluster state" in programs.run("pg_controldata", "-D", server.status().data)
