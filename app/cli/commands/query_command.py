"""``sheetferry query``: SQL through the queue, and what it gives into a file or a table."""

from __future__ import annotations

import argparse
import contextlib
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.output import complain, confirmed, note, say, say_json
from app.cli.progress_view import ProgressView, Silent, WaitingNotes, wants_bars
from app.cli.query_run import QueryRun
from app.cli.result_table import shown, table_lines
from app.context.run_context import RunContext, make_context
from app.services.queries import QueryService, Question
from app.services.worker_pool import CommandPool, query_memory
from app.version import VERSION
from workers.core.model.errors import EnvironmentFailure, UserError
from workers.core.model.tasks import Target
from workers.core.query.outcome import DecisionWanted, StatementOutcome, StatementState
from workers.core.query.request import format_of

if TYPE_CHECKING:
    from workers.database.local.store import LocalStore

_ROWS_SHOWN = 40


def run(arguments: argparse.Namespace, environ: Mapping[str, str]) -> int:
    """Run the statements; one JSON line, or the first rows and a line of text, for each."""
    text = script_of(arguments.sql)
    _check(arguments)
    context = make_context(environ, "command", {})
    if arguments.write:
        _confirm(text, arguments.yes)
    with _progress(arguments) as progress:
        following = QueryRun(
            lambda outcome: _tell(outcome, arguments, service),
            progress,
            lambda wanted: arguments.yes or _commit(wanted),
        )
        with CommandPool(context, following.heard, jobs=0, queries=1) as pool, closing(_store(context)) as store:
            # Loaded while the worker starts: what talks to databases.
            from app.services.target_choice import held_target

            service = QueryService(
                context.home,
                listener=following.changed,
                quota=context.settings.integer("queries.results") << 30,
                memory=query_memory(context),
                app_version=VERSION,
                history=store.queries,
            )
            # Files are asked without any database; only a table needs one.
            needed = not arguments.local or arguments.save_as
            holding = held_target(context, arguments.database) if needed else contextlib.nullcontext(None)
            with holding as target, pool.door(target) as door:
                service.use(door, pool.executors.supervisor.decide)
                question = _question(arguments, text, target, context)
                sources = tuple(service.source(name) for name in arguments.local)
                code = following.run(service, replace(question, sources=sources))
                service.results.sweep()
                return code


def _store(context: RunContext) -> LocalStore:
    from workers.database.local.store import LocalStore

    return LocalStore(context.home)


def script_of(argument: str) -> str:
    """The SQL that the argument means: itself, the file that it names, or standard input for ``-``.

    Raises:
        UserError: ``not-found`` for a file ending in ``.sql`` that is not there.
    """
    if argument == "-":
        return sys.stdin.read()
    if not argument.lower().endswith(".sql") or "\n" in argument:
        return argument
    try:
        return Path(argument).expanduser().read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise UserError.of("not-found", f"There is no file {argument}.", "Check the path.") from None
    except UnicodeDecodeError as error:
        raise UserError.of("encoding", f"{argument} is not UTF-8.", "Save it as UTF-8.", detail=str(error)) from None
    except OSError as error:
        raise EnvironmentFailure.of("not-readable", f"{argument} cannot be read: {error.strerror}.", None) from error


def _check(arguments: argparse.Namespace) -> None:
    """Refuse early what could not end well.

    Raises:
        UserError: ``wrong-usage``, ``unknown-format``.
    """
    if arguments.to:
        format_of(arguments.to)
    if arguments.yes and not arguments.write:
        raise UserError.of("wrong-usage", "--yes means nothing without --write.", None)
    if arguments.local and arguments.write:
        raise UserError.of("wrong-usage", "Files and results are read and never written.", "Leave --write out.")


def _question(arguments: argparse.Namespace, text: str, target: Target | None, context: RunContext) -> Question:
    soft = arguments.timeout if arguments.timeout is not None else context.settings.number("queries.soft")
    return Question(
        text,
        target,
        parameters=tuple(arguments.param),
        write=arguments.write,
        commit_unasked=arguments.write and arguments.yes,
        as_superuser=arguments.as_superuser,
        save_to=arguments.to or "",
        save_as=arguments.save_as or "",
        priority=arguments.priority,
        soft=soft,
    )


def _confirm(text: str, yes: bool) -> None:
    """Show what will run before anything that may change data does; without a terminal ``--yes`` is needed.

    Raises:
        UserError: ``not-confirmed``.
    """
    from workers.querying.text.statements import split

    if yes:
        return
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise UserError.of(
            "not-confirmed", "Without a terminal nobody can be asked whether to commit.", "Say --yes as well."
        )
    for statement in split(text):
        note(f"{statement.number}: {shown(statement.text)}")


def _commit(wanted: DecisionWanted) -> bool:
    """Show the rows that were touched and ask."""
    for outcome in wanted.outcomes:
        note(f"{outcome.statement}: {outcome.tag or f'{outcome.rows:,} rows'}")
    return confirmed(f"Commit? It is rolled back after {wanted.seconds:g} s.")


def _tell(outcome: StatementOutcome, arguments: argparse.Namespace, service: QueryService) -> None:
    if arguments.json:
        say_json(outcome.to_json())
        return
    if outcome.result_id is not None and not outcome.saved and outcome.table is None:
        with service.results.open(outcome.result_id) as reader:
            rows = reader.page(0, _ROWS_SHOWN, cell_limit=200)
        for line in table_lines(outcome.columns, rows):
            say(line)
    note(summary(outcome))
    for remark in outcome.notes:
        note(f"  {remark.message}")
    if outcome.error is not None:
        complain(outcome.error)
        if outcome.place is not None:
            note(f"  {outcome.place}")


def summary(outcome: StatementOutcome) -> str:
    """One line about a statement."""
    parts = [f"{outcome.rows:,} {'row' if outcome.rows == 1 else 'rows'}", f"{outcome.seconds:.1f} s"]
    if outcome.tag and not outcome.columns:
        parts[0] = outcome.tag
    if outcome.rows > _ROWS_SHOWN and not outcome.saved and outcome.table is None:
        parts[0] += f" ({_ROWS_SHOWN} shown; --to FILE saves them all)"
    if outcome.waited_seconds >= 1:
        parts.append(f"waited {outcome.waited_seconds:.1f} s")
    if outcome.saved:
        parts.append(f"saved as {outcome.saved}")
    if outcome.table:
        parts.append(f"table {outcome.table} (sheetferry undo {outcome.import_id} takes it back)")
    if outcome.committed:
        parts.append("committed")
    state = "" if outcome.state is StatementState.DONE else f"{outcome.state.value}: "
    return f"{outcome.statement}: {state}{', '.join(parts)}"


@contextlib.contextmanager
def _progress(arguments: argparse.Namespace) -> Iterator[ProgressView]:
    if arguments.write and not arguments.yes:
        yield Silent()  # bars would be drawn over the question
        return
    if not wants_bars(arguments.quiet, arguments.json):
        yield Silent() if arguments.quiet else WaitingNotes(note)
        return
    from app.cli.progress_bars import ProgressBars

    with ProgressBars() as bars:
        yield bars
