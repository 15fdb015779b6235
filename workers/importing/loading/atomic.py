"""``--atomic``: all imports of a command, whatever files they come from, share one transaction."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import psycopg

from workers.core.model.errors import UserError
from workers.core.model.outcomes import ImportOutcome, ImportState
from workers.core.model.tasks import TaskContext
from workers.database.sessions import settle_deferred
from workers.importing.loading.table_import import unknown_commit

Part = Callable[[], tuple[ImportOutcome, ...]]
"""Carries out the imports of one file, without telling their outcomes."""


def load_together(
    connection: psycopg.Connection[Any], context: TaskContext, parts: Sequence[Part]
) -> tuple[ImportOutcome, ...]:
    """Load every part or nothing; the outcomes are told after the commit.

    Raises:
        EnvironmentFailure: ``unknown-commit`` when the connection broke while the commit was under way.
    """
    outcomes: list[ImportOutcome] = []
    complete = False
    try:
        with connection.transaction():
            for part in parts:
                context.check()
                outcomes += part()
            if any(outcome.state is ImportState.FAILED for outcome in outcomes):
                raise psycopg.Rollback
            with connection.cursor() as cursor:
                settle_deferred(cursor)
            complete = True
    except psycopg.OperationalError as error:
        if complete and connection.closed:
            raise unknown_commit(error) from error
        raise
    for outcome in outcomes:
        context.backend_ended(outcome.import_id)
    lost = set() if complete else {o.import_id for o in outcomes if o.state in (ImportState.LOADED, ImportState.TRIAL)}
    told = [_taken_along(outcome) if outcome.import_id in lost else outcome for outcome in outcomes]
    for outcome in told:
        context.outcome(outcome)
    return tuple(told)


def _taken_along(outcome: ImportOutcome) -> ImportOutcome:
    """What had loaded fails with the one that failed, and so does what was found to be the same content again."""
    error = UserError.of(
        "atomic",
        "Another table of the same command failed, so this one was rolled back as well.",
        "Mend that one, or import without --atomic.",
    )
    own = outcome.import_id
    if outcome.state is ImportState.UNCHANGED:
        own = str(uuid.uuid5(uuid.UUID(own), f"{outcome.file}\n{outcome.sheet}"))
    return replace(outcome, import_id=own, state=ImportState.FAILED, rows_loaded=0, error=error.info)
