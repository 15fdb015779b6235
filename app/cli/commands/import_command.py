"""``sheetferry import``: files into PostgreSQL without a window; the same engine and pool as in it."""

from __future__ import annotations

import argparse
import contextlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from app import exit_codes
from app.cli.import_run import ImportRun
from app.cli.option_values import options_from, options_over_plan
from app.cli.output import note, say, say_json
from app.cli.progress_view import ProgressView, Silent, WaitingNotes, wants_bars
from app.cli.workbook_password import workbook_password
from app.context.run_context import make_context
from app.job_specs import import_job
from app.services.outcome_text import outcome_lines
from app.services.plan_files import load_plan_file
from app.services.worker_pool import CommandPool
from workers.core.model.errors import SheetferryError, UserError
from workers.core.model.options import ImportOptions, Mode
from workers.core.model.outcomes import ImportOutcome
from workers.importing.files import expand_paths


def run(arguments: argparse.Namespace, environ: Mapping[str, str]) -> int:
    """Import every file; one JSON line or one line of text for each table, as they end."""
    options = _options(arguments)
    overrides = {"workers.count": arguments.workers} if arguments.workers else {}
    context = make_context(environ, "command", overrides)
    password = workbook_password(arguments.password, environ)
    files, missing = import_files(arguments.paths)
    if options.mode is Mode.CREATE and options.table and len(files) > 1:
        raise UserError.of(
            "wrong-usage",
            f"{len(files)} files cannot all create the one table {options.table}.",
            "Leave --table out, or use --mode append.",
        )
    with _progress(arguments) as progress:
        following = ImportRun(_tell_json if arguments.json else _tell_person, progress)
        for path, error in missing:
            following.tell_failure(path, options.mode.value, error.info)
        if missing and options.atomic:
            for path in files:
                following.tell_failure(path, options.mode.value, _NOT_WITHOUT.info)
        if not files or (missing and options.atomic):
            return exit_codes.FAILED
        with CommandPool(context, following.heard, _workers_for(files), arguments.early_worker) as pool:
            # Loaded while the workers start: what talks to databases.
            from app.services.target_choice import held_target

            with held_target(context, arguments.database) as target, pool.door(target) as door:
                together = len(files) if options.atomic else 1
                jobs = (
                    import_job(
                        context, files[n], options, target, password=password, more=tuple(files[n + 1 : n + together])
                    )
                    for n in range(0, len(files), together)
                )
                return following.run(door, jobs)


def _workers_for(files: list[str]) -> int:
    """How many workers can be put to use: one for each file, and one that reads ahead where a file is large."""
    return len(files) + any(map(_is_large, files))


def _is_large(path: str) -> bool:
    try:
        return Path(path).stat().st_size >= _LARGE
    except OSError:
        return False  # its import will say why


_LARGE = 4 << 20
_NOT_WITHOUT = UserError.of(
    "atomic",
    "Another file of the same command cannot be found, so nothing was loaded.",
    "Mend its path, or import without --atomic.",
)


def _options(arguments: argparse.Namespace) -> ImportOptions:
    try:
        if arguments.plan:
            return options_over_plan(arguments, load_plan_file(arguments.plan).options)
        return options_from(arguments)
    except ValueError as error:
        raise UserError.of("wrong-usage", f"{error}.") from None


def import_files(paths: list[str]) -> tuple[list[str], list[tuple[str, SheetferryError]]]:
    """The files that the paths stand for, and the paths that stand for none with the reason."""
    files: list[str] = []
    missing: list[tuple[str, SheetferryError]] = []
    for path in paths:
        try:
            files.extend(expand_paths([path]))
        except SheetferryError as error:
            missing.append((path, error))
    return files, missing


def _tell_json(outcome: ImportOutcome) -> None:
    say_json(outcome.to_json())


def _tell_person(outcome: ImportOutcome) -> None:
    first, *rest = outcome_lines(outcome)
    say(first)
    for line in rest:
        note(line)


@contextlib.contextmanager
def _progress(arguments: argparse.Namespace) -> Iterator[ProgressView]:
    if not wants_bars(arguments.quiet, arguments.json):
        yield Silent() if arguments.quiet else WaitingNotes(note)
        return
    from app.cli.progress_bars import ProgressBars

    with ProgressBars() as bars:
        yield bars
