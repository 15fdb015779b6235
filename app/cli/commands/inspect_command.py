"""``sheetferry inspect``: what would be imported, and why."""

from __future__ import annotations

import argparse
from collections.abc import Mapping

from app.cli.commands.import_command import import_files
from app.cli.inspect_run import InspectRun, error_json, survey_lines
from app.cli.option_values import options_from
from app.cli.output import complain, note, say, say_json
from app.cli.workbook_password import workbook_password
from app.context.run_context import make_context
from app.job_specs import inspect_job
from app.services.worker_pool import CommandPool
from workers.core.model.errors import ErrorInfo, UserError
from workers.core.model.plans import FileSurvey


def run(arguments: argparse.Namespace, environ: Mapping[str, str]) -> int:
    """Inspect every file in the pool; needs no database."""
    try:
        options = options_from(arguments)
    except ValueError as error:
        raise UserError.of("wrong-usage", f"{error}.") from None
    context = make_context(environ, "command", {})
    password = workbook_password(arguments.password, environ)
    files, missing = import_files(arguments.paths)
    tell_error = _json_error if arguments.json else _person_error
    for path, failure in missing:
        tell_error(path, failure.info)
    following = InspectRun(_tell_json if arguments.json else _tell_person, tell_error)
    if not files:
        return 1
    with CommandPool(context, following.heard, len(files)) as pool, pool.door() as door:
        jobs = (inspect_job(context, path, options, password=password) for path in files)
        code = following.run(door, jobs)
    return 1 if missing else code


def _tell_json(survey: FileSurvey) -> None:
    say_json(survey.to_json())


def _tell_person(survey: FileSurvey) -> None:
    for line in survey_lines(survey):
        say(line)


def _json_error(path: str, error: ErrorInfo) -> None:
    say_json(error_json(path, error))


def _person_error(path: str, error: ErrorInfo) -> None:
    note(f"{path}:")
    complain(error)
