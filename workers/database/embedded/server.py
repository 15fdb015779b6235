"""The embedded PostgreSQL server: started on demand, shared by every program of one home folder, stopped by the last.

Liveness is judged by a real login, never by a pid. Users are counted by locks that the operating system holds, so a
killed program leaves no stale count. A server whose programs were all killed is joined by the next one.
"""

from __future__ import annotations

import contextlib
import logging
import secrets
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import psutil
import psycopg2

from workers.core.model.errors import EnvironmentFailure, SheetferryError
from workers.core.model.tasks import Secret, Target
from workers.database.embedded.account import make_folder, make_passable, server_account, server_folder
from workers.database.embedded.administration import unreadable_tables
from workers.database.embedded.binaries import (
    PG_MAJOR,
    ProgramError,
    ServerPrograms,
    find_installation,
    keep_programs,
    reachable_installation,
)
from workers.database.embedded.cluster import DATABASE, SUPERUSER, Cluster, workstation_settings
from workers.database.embedded.files import PinReason, ServerFiles, ServerState, home_failure
from workers.database.embedded.leftovers import end_orphans, mend_pid_file, postmaster
from workers.database.embedded.ownership import require_ours, require_safe_for_root
from workers.database.embedded.probe import Login, connect, other_sessions, try_login
from workers.database.embedded.upgrade import FormerData, Upgrade, former_data, kept_data, set_aside
from workers.database.embedded.watcher_start import IDLE_SECONDS, start_watcher, watcher_command
from workers.system.file_locks import FileLock, is_locked

_GUARD_SECONDS = 120.0
_TRANSITION_SECONDS = 60.0
_LINGER_SECONDS = 2.0
_START_ATTEMPTS = 3
_CHECK_SECONDS = 20.0
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ServerStatus:
    """The embedded server as it stands.

    Attributes:
        running: Whether a login works now.
        pinned: Whether it stays up without users (`server start`, or foreign sessions when its last user left).
        exists: Whether its cluster was made already.
        relocated: True when cluster and log lie outside the home, since the server's account cannot reach the home.
        account: Account that the server runs as when that is not our own.
        clients: Living programs that use it.
        kept: Folders with data of earlier PostgreSQL majors, which may be taken away.
    """

    running: bool
    pinned: bool
    exists: bool
    place: Path
    data: Path
    log: Path
    relocated: bool
    account: str | None
    host: str
    port: int
    pid: int | None
    clients: int
    kept: tuple[Path, ...] = ()


class EmbeddedServer:
    """One program's hold on the embedded server of a home folder.

    Safe to use from several processes at once; one object is for one thread at a time.

    Attributes:
        carried_over: The PostgreSQL major that the data was brought over from by this object, else None.
        damaged: Vital tables that cannot be read, found when this object started a server that had been killed.
    """

    def __init__(
        self,
        home: Path,
        *,
        max_connections: int = 60,
        memory: int | None = None,
        idle_seconds: float = IDLE_SECONDS,
        watcher: Sequence[str] | None = None,
    ) -> None:
        """Prepare; nothing is started.

        Args:
            home: The program's folder (``SHEETFERRY_HOME``).
            max_connections: Sessions that the server allows; takes effect when it is started.
            memory: The machine's memory in bytes; None asks the system.
            idle_seconds: How long a pinned server stays without a session.
            watcher: Command that watches a pinned server; home and seconds are appended. None: this Python.
        """
        self.home = home.absolute()
        self._files = ServerFiles(self.home)
        self._settings = workstation_settings(max_connections, memory or psutil.virtual_memory().total)
        self._idle_seconds = idle_seconds
        self._watcher_command = watcher if watcher is not None else watcher_command()
        self._client: FileLock | None = None
        self._account = server_account()
        self._programs: ServerPrograms | None = None
        self.carried_over: int | None = None
        self.damaged: tuple[str, ...] = ()

    def acquire(self) -> Target:
        """Use the server: join the running one or start it, and count as a user until `release`.

        Raises:
            EnvironmentFailure: when it cannot be made or started; the sentence says why.
        """
        with self._guarded():
            target = self._ensure_running()
            if self._client is None:
                client = self._files.new_client()
                client.acquire()
                self._client = client
        return target

    def release(self) -> bool:
        """Let go. The last user stops the server, unless it is pinned or foreign sessions are connected.

        Returns:
            True when the server was stopped.
        """
        if self._client is None:
            return False
        with self._guarded():
            mine, self._client = self._client, None
            mine.release()
            mine.path.unlink(missing_ok=True)
            if self._files.count_clients():
                return False
            if self._files.pinned() == "asked":
                self._watch("asked")
                return False
            state = self._files.read_state()
            if state is not None and _busy(_target(state)):
                self._watch("sessions")
                return False
            return self._stop()

    def start_pinned(self) -> Target:
        """Start the server if needed and keep it running until `stop`, or until it was idle for long enough."""
        with self._guarded():
            target = self._ensure_running()
            self._watch("asked")
        return target

    def stop(self) -> bool:
        """Stop the server, whoever uses it. Running imports are rolled back by it.

        Returns:
            False when it was not running.
        """
        if not self._files.control.exists():
            return False
        with self._guarded():
            return self._stop()

    def stop_if_idle(self) -> bool:
        """Stop a server that nobody uses: what the watcher does when the time is over."""
        if not self._files.control.exists():
            return False
        with self._guarded():
            state = self._files.read_state()
            if self._files.count_clients() or (state is not None and _busy(_target(state))):
                return False
            return self._stop()

    def client_programs(self) -> ServerPrograms:
        """Programs such as ``pg_dump``, run as ourselves: they read and write files of ours."""
        return ServerPrograms(find_installation(), None, self.home)

    def status(self) -> ServerStatus:
        """How it stands. Starts nothing and makes no file."""
        state = self._files.read_state()
        place = self._place(state)
        cluster = Cluster(place)
        running = state is not None and self._login(state, cluster) is Login.OK
        process = postmaster(cluster.data)
        return ServerStatus(
            running=running,
            pinned=self._files.pinned() is not None,
            exists=cluster.exists,
            place=place,
            data=cluster.data,
            log=cluster.log,
            relocated=place != self._files.control,
            account=self._account.name if self._account else None,
            host=state.host if state else "",
            port=state.port if state else 0,
            pid=process.pid if process else None,
            clients=self._files.living_clients(),
            kept=kept_data(place),
        )

    def running_target(self) -> Target | None:
        """The target if the server runs, else None. Starts nothing."""
        state = self._files.read_state()
        if state is None or self._login(state, Cluster(state.place)) is not Login.OK:
            return None
        return _target(state)

    @contextlib.contextmanager
    def _guarded(self) -> Iterator[None]:
        self._files.prepare(traversable=self._account is not None)
        guard = self._files.guard()
        try:
            taken = guard.acquire(_GUARD_SECONDS)
        except OSError as error:
            raise home_failure(self.home, error) from error
        if not taken:
            raise EnvironmentFailure.of(
                "server-busy",
                "Another Sheetferry has been starting or stopping the built-in database for two minutes.",
                "Wait a little and try again; if it stays so, end the other program.",
            )
        with guard:
            yield

    def _ensure_running(self) -> Target:
        """Join or start the server. Call it under the guard."""
        state = self._files.read_state()
        if state is not None and self._login(state, Cluster(state.place)) is Login.OK:
            return _target(state)
        try:
            return self._start(state)
        except ProgramError as error:
            raise _start_failure(self.home, error, Cluster(self._place(state))) from error
        except OSError as error:
            raise home_failure(self.home, error) from error

    def _start(self, state: ServerState | None) -> Target:
        place = self._place(state)
        self._prepare_place(place)
        cluster = Cluster(place)
        programs = self._server_programs(place)
        keep_programs(find_installation(), place)
        if (former := former_data(place)) is not None:
            state = self._carry_over(former, cluster, programs, state)
        if state is None or not cluster.exists:
            state = self._new_state(cluster, programs, state)
        elif self._wait_for_transition(state, cluster):
            return _target(state)
        unclean = (cluster.data / "postmaster.pid").exists()
        for attempt in range(1, _START_ATTEMPTS + 1):
            folder = Path(state.host) if state.host.startswith("/") else None
            mend_pid_file(cluster.data, folder, programs)
            end_orphans(cluster.data)
            endpoint = cluster.configure(programs, self._settings, state.port if attempt == 1 else 0)
            state = replace(state, host=endpoint.host, port=endpoint.port)
            self._files.write_state(state)
            try:
                cluster.start(programs)
                break
            except ProgramError:
                # Another program may have taken the free port in between; orphans may have needed longer.
                if attempt == _START_ATTEMPTS:
                    raise
        self._check_login(state, cluster, programs)
        target = _target(state)
        _ensure_database(target)
        if unclean:
            self.damaged = _damaged(target)
        return target

    def _carry_over(
        self, former: FormerData, cluster: Cluster, programs: ServerPrograms, state: ServerState | None
    ) -> ServerState | None:
        """Bring data of another PostgreSQL major over to ours."""
        if cluster.exists:
            if former.major < PG_MAJOR:  # interrupted between the last two steps
                set_aside(former)
            return state
        upgrade = Upgrade(former, programs, self._account, cluster.place)
        state = state or ServerState(Secret(secrets.token_urlsafe(24)), cluster.place)
        self._files.write_state(state)
        upgrade.run(state.password, self._settings)
        self.carried_over = former.major
        return state

    def _new_state(self, cluster: Cluster, programs: ServerPrograms, old: ServerState | None) -> ServerState:
        """Make the cluster, or, when only its password was lost, give it a new one."""
        password = old.password if old is not None else Secret(secrets.token_urlsafe(24))
        state = ServerState(password, cluster.place)
        if cluster.exists:
            if postmaster(cluster.data) is not None:
                cluster.stop(programs)
            cluster.set_password(programs, password)
        # Written before the cluster appears, so that no cluster is ever without its password.
        self._files.write_state(state)
        if not cluster.exists:
            cluster.create(programs, password)
        return state

    def _wait_for_transition(self, state: ServerState, cluster: Cluster) -> bool:
        """Wait while a living server recovers or shuts down; True when it answers logins in the end."""
        deadline = time.monotonic() + _TRANSITION_SECONDS
        while (process := postmaster(cluster.data)) is not None:
            login = self._login(state, cluster)
            if login is Login.OK:
                return True
            if login is Login.WRONG_PASSWORD or time.monotonic() > deadline:
                raise EnvironmentFailure.of(
                    "server-not-answering",
                    f"The built-in database runs (process {process.pid}) but does not let us in.",
                    f"Run `sheetferry server stop` and try again; its messages are in {cluster.log}.",
                )
            time.sleep(0.05)
        return False

    def _check_login(self, state: ServerState, cluster: Cluster, programs: ServerPrograms) -> None:
        """Make sure that the saved password is the server's; set it again when it is not."""
        if self._login(state, cluster) is not Login.WRONG_PASSWORD:
            return
        cluster.stop(programs)
        cluster.set_password(programs, state.password)
        cluster.start(programs)

    def _stop(self) -> bool:
        """Stop the server and forget the pin. Call it under the guard."""
        self._files.unpin()
        cluster = Cluster(self._place(self._files.read_state()))
        if not cluster.exists or postmaster(cluster.data) is None:
            return False
        programs = self._server_programs(cluster.place)
        try:
            cluster.stop(programs)
        except ProgramError as error:
            if postmaster(cluster.data) is not None:
                raise EnvironmentFailure.of(
                    "server-does-not-stop",
                    "The built-in database did not stop within a minute.",
                    f"See its messages in {cluster.log}.",
                    detail=error.output,
                ) from error
        cluster.remove_socket_folder(programs)
        return True

    def _watch(self, reason: PinReason) -> None:
        """Pin the server and see to it that a watcher stops it when it was idle for long enough."""
        self._files.pin("asked" if self._files.pinned() == "asked" else reason)
        if not is_locked(self._files.control / "watcher.lock"):
            start_watcher([*self._watcher_command, str(self.home), str(self._idle_seconds)])

    def _login(self, state: ServerState, cluster: Cluster) -> Login:
        """Whether the server at the saved address lets us in and is the one of this cluster."""
        return try_login(_target(state), cluster.data) if state.host else Login.UNREACHABLE

    def _place(self, state: ServerState | None) -> Path:
        if state is not None and (Cluster(state.place).exists or former_data(state.place)):
            return state.place
        return server_folder(self.home, self._account)

    def _prepare_place(self, place: Path) -> None:
        make_folder(place, traversable=self._account is not None)
        if self._account is not None:
            require_safe_for_root(place)
            for folder in (place,) if place.parent == self.home else (place.parent, place):
                require_ours(folder)
                make_passable(folder)
        require_ours(place)

    def _server_programs(self, place: Path) -> ServerPrograms:
        if self._programs is None:
            installation = reachable_installation(find_installation(), self._account, place)
            self._programs = ServerPrograms(installation, self._account, place)
        return self._programs


def _target(state: ServerState) -> Target:
    return Target(
        host=state.host,
        port=state.port,
        user=SUPERUSER,
        dbname=DATABASE,
        password=state.password,
        embedded=True,
        label="built-in database",
    )


def _busy(target: Target) -> bool:
    """Whether others are connected, once sessions that are just closing have had time to go."""
    deadline = time.monotonic() + _LINGER_SECONDS
    while others := other_sessions(target):
        if time.monotonic() > deadline:
            break
        time.sleep(0.05)
    return bool(others)


def _damaged(target: Target) -> tuple[str, ...]:
    """After a power cut or a kill: what the server cannot read of its catalogs and of our ledger."""
    try:
        found = tuple(unreadable_tables(target, vital=True, seconds=_CHECK_SECONDS))
    except psycopg2.Error as error:
        found = (str(error).strip(),)
    if found:
        _log.error("the built-in database ended uncleanly, and cannot be read as a whole: %s", ", ".join(found))
    return found


def _ensure_database(target: Target) -> None:
    """Make our database when it is missing: a new cluster, or one whose set-up was interrupted."""
    with contextlib.closing(connect(target, "setup")) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", (DATABASE,))
        if cursor.fetchone() is None:
            cursor.execute(f'CREATE DATABASE "{DATABASE}"')


def _start_failure(home: Path, error: ProgramError, cluster: Cluster) -> SheetferryError:
    """The sentence for a server that could not be made or started."""
    said = f"{error.output}\n{cluster.log_tail()}"
    if "No space left on device" in said:
        return EnvironmentFailure.of(
            "disk-full",
            f"The disk that holds {cluster.place} is full, so the built-in database cannot run.",
            "Free some space, or set SHEETFERRY_HOME to a folder on another disk.",
            detail=said,
        )
    return EnvironmentFailure.of(
        "server-start-failed",
        f"The built-in database in {home} could not be started: {_last_line(error.output)}",
        f"See its messages in {cluster.log}, or use a server of your own with SHEETFERRY_DATABASE_URL.",
        detail=said,
    )


def _last_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else "no message."
