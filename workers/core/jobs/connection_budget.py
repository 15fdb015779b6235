"""How many jobs may be connected to a server that others use too: pure figures and sentences."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from workers.core.jobs.pool_sizes import PoolSizes, connection_budget, share_apart
from workers.core.model.tasks import Target


@dataclass(frozen=True, slots=True)
class ServerConnections:
    """The server's connections at one moment.

    Attributes:
        limit: ``max_connections``.
        reserved: Kept for administrators.
        ours: Sessions of Sheetferry, of every instance and machine.
        others: Everybody else's.
        names: Application names of ours, one for each session; empty when they were not asked for.
        room: How many more sessions the limits of the role and of the database allow; None without such limits.
    """

    limit: int
    reserved: int
    ours: int
    others: int
    names: tuple[str, ...] = ()
    room: int | None = None

    @property
    def used(self) -> int:
        """Sessions of everybody."""
        return self.ours + self.others


@dataclass(frozen=True, slots=True)
class ConnectionRules:
    """What the settings say about connections.

    Attributes:
        sizes: Size and overflow of our pool; workers' connections count as checked out of it.
        apart: At most so many of them are kept for what are no jobs, such as looks at tables.
        names: Application names of this program's sessions that are no jobs.
        what: What the jobs are called.
    """

    sizes: PoolSizes = field(default_factory=PoolSizes)
    apart: int = 1
    names: frozenset[str] = frozenset()
    what: str = "imports"

    def for_jobs(self) -> int:
        """Connections that jobs may hold at once if the server has plenty, or does not tell how many it has."""
        return max(1, self.sizes.most - share_apart(self.sizes.most, self.apart))


@dataclass(frozen=True, slots=True)
class Allowance:
    """What jobs may hold on one server, and the figures behind it.

    Attributes:
        jobs: Connections that our jobs may hold at once; 0 means that they wait.
        server: The figures; None when the server did not tell them.
        kept: Connections that stay free for others.
    """

    jobs: int
    server: ServerConnections | None = None
    kept: int = 0


def allowance(server: ServerConnections, rules: ConnectionRules, jobs: Collection[str]) -> Allowance:
    """Work out what jobs may hold, from a reading.

    One job may always run if the server has a connection for it at all, also one of those kept free for others.

    Args:
        server: The reading.
        rules: The settings.
        jobs: Marks of our jobs (see `mark`) that may be among the sessions read.
    """
    of_jobs = sum(1 for name in server.names if any(part in jobs for part in name.split("-")))
    apart = sum(1 for name in server.names if name in rules.names)
    foreign = server.used - of_jobs - apart
    budget = connection_budget(
        rules.sizes, max_connections=server.limit, used_by_others=foreign, reserved=server.reserved
    )
    allowed = budget - max(share_apart(budget, rules.apart), apart)
    possible = server.limit - server.reserved - foreign - apart
    if server.room is not None:
        allowed, possible = min(allowed, of_jobs + server.room), min(possible, of_jobs + server.room)
    if possible >= 1:
        allowed = max(1, allowed)
    return Allowance(max(0, min(allowed, possible)), server, max(5, -(-server.limit // 10)))


def why_waiting(where: str, allowed: Allowance | None, held: int, rules: ConnectionRules) -> str:
    """Why a job that needs a connection waits, with the figures.

    Args:
        where: The server's name.
        allowed: What jobs may hold there; None while it is not known.
        held: What they hold.
        rules: The settings.
    """
    if allowed is None:
        return f"waiting: the connections of {where} are being counted"
    if held >= rules.for_jobs():
        most = rules.sizes.most
        return f"waiting: {rules.what} hold {held} connections to {where}, all that our pool of {most} lets them have"
    server = allowed.server
    if server is None:
        return f"waiting: {where} has no free connection"
    if server.room == 0:
        return f"waiting: this user or database has all the connections to {where} that its limit allows"
    if allowed.jobs == 0:
        kept = f"{server.reserved} are kept for administrators"
    else:
        kept = f"{allowed.kept} stay free for others"
    return f"waiting: {server.used} of {server.limit} connections are in use on {where}, {kept}"


def waits_for_connection(reason: str) -> bool:
    """Whether a job's reason is one of those of `why_waiting`."""
    return reason.startswith("waiting: ") and "connection" in reason


def mark(job_id: str) -> str:
    """The part of a job's id that its sessions carry in their application name (``sheetferry/import-1a2b3c4d``)."""
    return job_id[:8]


def server_key(target: Target) -> str:
    """Tells servers apart; the built-in one stays the same wherever it moves."""
    return "" if target.embedded else f"{target.host}\n{target.port}"


def server_name(target: Target) -> str:
    """The server for people."""
    if target.embedded:
        return "the built-in database"
    if not target.host or target.host.startswith(("/", "@")):
        return "this machine"
    return target.host
