"""``sheetferry rejects``: the rejected rows of an import as a workbook in the source's own shape."""

from __future__ import annotations

import argparse
import uuid
from collections.abc import Mapping
from pathlib import Path

from app import exit_codes
from app.cli.one_job import run_job
from app.cli.output import say
from app.context.run_context import make_context
from app.services.target_choice import held_target
from workers.core.jobs.snapshots import JobKind
from workers.core.jobs.spec import JobSpec
from workers.core.model.reject_export import RejectsReport, RejectsRequest


def run(arguments: argparse.Namespace, environ: Mapping[str, str]) -> int:
    """Write the workbook; an existing file is never overwritten."""
    context = make_context(environ, "command", {})
    to = str(Path(arguments.to).absolute())
    with held_target(context, arguments.database) as target:
        job_id = str(uuid.uuid4())
        request = RejectsRequest(job_id, arguments.import_id, target, to)
        report = run_job(context, JobSpec(job_id, JobKind.REJECTS, "rejects", request, retries=0))
    assert isinstance(report, RejectsReport)
    say(f"{report.rows:,} rejected rows written to {report.path}")
    return exit_codes.OK
