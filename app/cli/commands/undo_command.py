"""``sheetferry undo``: take one import back; says first what that will do."""

from __future__ import annotations

import argparse
import sys
import uuid
from collections.abc import Mapping
from dataclasses import replace

from app import exit_codes
from app.cli.one_job import run_job
from app.cli.output import confirmed, note, say, say_json
from app.context.run_context import RunContext, make_context
from app.services.target_choice import held_target
from app.undo_words import undo_lines
from workers.core.jobs.snapshots import JobKind
from workers.core.jobs.spec import JobSpec
from workers.core.model.errors import UserError
from workers.core.model.tasks import Target
from workers.core.model.undo_report import UndoReport, UndoRequest


def run(arguments: argparse.Namespace, environ: Mapping[str, str]) -> int:
    """Undo; asks on a terminal, never with ``--json`` or without one."""
    import_id = _checked_id(arguments.import_id)
    asks = not arguments.yes and not arguments.json and sys.stdin.isatty()
    if not asks and not arguments.yes and not arguments.json:
        raise UserError.of("wrong-usage", "Without a terminal an undo cannot ask.", "Add --yes to undo without asking.")
    context = make_context(environ, "command", {})
    with held_target(context, arguments.database) as target:
        if asks and not _confirmed(_ask_pool(context, target, import_id, trial=True)):
            return exit_codes.FAILED
        report = _ask_pool(context, target, import_id, trial=False)
    if arguments.json:
        say_json(report.to_json())
    else:
        for line in undo_lines(report):
            say(line)
    return exit_codes.OK if report.state == "undone" else exit_codes.FAILED


def _checked_id(text: str) -> str:
    try:
        return str(uuid.UUID(text))
    except ValueError:
        raise UserError.of(
            "wrong-usage", f"“{text}” is not an import's id.", "`sheetferry history` lists the ids of past imports."
        ) from None


def _ask_pool(context: RunContext, target: Target, import_id: str, *, trial: bool) -> UndoReport:
    job_id = str(uuid.uuid4())
    spec = JobSpec(job_id, JobKind.UNDO, f"undo of {import_id[:8]}", UndoRequest(job_id, import_id, target, trial))
    report = run_job(context, replace(spec, retries=0))
    assert isinstance(report, UndoReport)
    return report


def _confirmed(report: UndoReport) -> bool:
    for line in undo_lines(report):
        note(line)
    if report.error is not None:
        return False
    return confirmed("Undo this import?")
