"""Hands the window's target, with its password, to jobs that were kept without one."""

from __future__ import annotations

from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotYet
from dataclasses import replace

from workers.core.model.errors import EnvironmentFailure
from workers.core.model.tasks import ImportRequest, Target

_PATIENCE = 120.0


class TargetHolder:
    """Filled by the database's presenter; asked by the job service on its own thread. Thread-safe."""

    def __init__(self) -> None:
        """No target yet."""
        self._target: Future[Target] = Future()

    def put(self, target: Target) -> None:
        """The target is known now (not necessarily reachable)."""
        if self._target.done():
            self._target = Future()
        self._target.set_result(target)

    def with_secrets(self, request: ImportRequest) -> ImportRequest:
        """The request with the password of its target, if that is the window's target; else as it is.

        Raises:
            EnvironmentFailure: when no target became known in time.
        """
        try:
            target = self._target.result(_PATIENCE)
        except NotYet:
            raise EnvironmentFailure.of(
                "unreachable",
                "The database of this import did not become ready.",
                "Start the import again once the database is there.",
            ) from None
        return replace(request, target=target) if same_database(request.target, target) else request


def same_database(kept: Target, now: Target) -> bool:
    """Whether two targets lead to the same database; the embedded server may have moved to another socket or port."""
    if kept.embedded or now.embedded:
        return kept.embedded and now.embedded
    return (kept.host, kept.port, kept.user, kept.dbname) == (now.host, now.port, now.user, now.dbname)
