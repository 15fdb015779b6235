"""What a query worker can be asked to do. Heavy libraries load where they are used."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from workers.core.jobs.snapshots import JobKind
from workers.core.query.request import QueryRequest


def query(request: QueryRequest, context: Any) -> Any:
    """Run one query; answers with its report."""
    if request.result_id:
        from workers.querying.saving.later import run_saving

        return run_saving(request, context)
    if request.local:
        from workers.querying.local.run import run_local

        return run_local(request, context)
    from workers.querying.run import run_query

    return run_query(request, context)


def warm_up() -> None:
    """Import what a query needs, while the worker is idle."""
    import workers.querying.run  # noqa: F401 - for its effect on sys.modules
    from workers.querying.text.statements import tokenize

    tokenize("SELECT 1")


TASKS: Mapping[JobKind, Callable[[Any, Any], Any]] = {JobKind.QUERY: query}
"""The task function of each kind of job."""
