"""``sheetferry status``: machine, pool and database at this moment. Starts nothing."""

from __future__ import annotations

import argparse
import time
from collections.abc import Mapping
from typing import Any

from app import exit_codes
from app.cli.output import say_json
from app.cli.status_table import print_status, watch_status
from app.cli.tables import terminal
from app.context.run_context import RunContext, make_context
from app.services.embedded_service import embedded_server
from app.services.status_snapshot import collect_status
from app.services.target_choice import chosen_target
from workers.core.model.tasks import Target
from workers.database.targets import url_without_password
from workers.monitor.status_file import StatusFile

_WATCH_SECONDS = 2.0


def run(arguments: argparse.Namespace, environ: Mapping[str, str]) -> int:
    """Print one sample, or one after the other with ``--watch`` until Ctrl-C."""
    context = make_context(environ, "command", {})

    def take() -> dict[str, Any]:
        return _sample(context, arguments.database)

    if arguments.json:
        say_json(take())
        try:
            while arguments.watch:
                time.sleep(_WATCH_SECONDS)
                say_json(take())
        except KeyboardInterrupt:
            pass
    elif arguments.watch:
        watch_status(take, terminal())
    else:
        print_status(take(), terminal())
    return exit_codes.OK


def _sample(context: RunContext, argument: str | None) -> dict[str, Any]:
    target = _present_target(context, argument)
    return collect_status(
        context.settings,
        context.home,
        target=target,
        database_url=url_without_password(target) if target else "",
        running=StatusFile(context.home).read(),
    )


def _present_target(context: RunContext, argument: str | None) -> Target | None:
    """The named target, or the embedded server if it runs."""
    return chosen_target(context, argument) or embedded_server(context).running_target()
