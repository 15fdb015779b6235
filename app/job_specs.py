"""Jobs as the pool takes them, made from files and options."""

from __future__ import annotations

import uuid
from pathlib import PurePath

from app.context.run_context import RunContext
from app.version import VERSION
from workers.core.jobs.snapshots import JobKind
from workers.core.jobs.spec import JobLimits, JobSpec
from workers.core.model.options import ImportOptions
from workers.core.model.plans import TablePlan
from workers.core.model.prefetch_request import FileStamp
from workers.core.model.tasks import ImportRequest, InspectRequest, Secret, Target


def import_job(
    context: RunContext,
    path: str,
    options: ImportOptions,
    target: Target,
    *,
    tables: tuple[TablePlan, ...] | None = None,
    sha256: str | None = None,
    password: Secret | None = None,
    more: tuple[str, ...] = (),
    expected: FileStamp | None = None,
) -> JobSpec:
    """A job that loads a file, or just the given tables of it. The queue estimates its memory when it takes it.

    With `more` files all of them are loaded in one transaction. An `expected` file is refused when it is another one
    by the time it is opened.
    """
    job_id = str(uuid.uuid4())
    request = ImportRequest(
        job_id,
        path,
        options,
        target,
        tables,
        sha256,
        workbook_password=password,
        app_version=VERSION,
        more=more,
        kept_days=context.settings.integer("kept.days"),
        kept_bytes=context.settings.integer("kept.gigabytes") << 30,
        expected=expected,
    )
    name = PurePath(path).name + (f" and {len(more)} more" if more else "")
    return JobSpec(
        job_id,
        JobKind.IMPORT,
        title=name if not tables else f"{name} › {tables[0].sheet.name}",
        request=request,
        target=_target_text(target, options),
        priority=options.priority,
        limits=JobLimits.of_timeout(
            options.timeout or context.settings.number("limits.soft") or None,
            context.settings.number("limits.no_progress") or None,
        ),
        retries=context.settings.integer("limits.retries"),
        rate_key=target.host,
    )


def inspect_job(
    context: RunContext, path: str, options: ImportOptions, *, password: Secret | None = None, interactive: bool = False
) -> JobSpec:
    """A job that understands a file."""
    job_id = str(uuid.uuid4())
    return JobSpec(
        job_id,
        JobKind.INSPECT,
        title=PurePath(path).name,
        request=InspectRequest(job_id, path, options, workbook_password=password),
        limits=JobLimits.of_timeout(options.timeout or context.settings.number("limits.inspect")),
        retries=0,
        interactive=interactive,
    )


def _target_text(target: Target, options: ImportOptions) -> str:
    place = ".".join(part for part in (options.schema, options.table) if part)
    return f"{target.label or target.dbname} · {place}" if place else target.label or target.dbname
