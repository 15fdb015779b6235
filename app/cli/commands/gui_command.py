"""``sheetferry gui``: the window."""

from __future__ import annotations

import argparse
import gc
from collections.abc import Mapping

from app import exit_codes
from app.context.run_context import make_context
from app.gc_tuning import prefer_quick_answers
from app.setup.qt_libraries import window_obstacle
from workers.core.model.errors import EnvironmentFailure


def run(arguments: argparse.Namespace, environ: Mapping[str, str]) -> int:
    """Open the window and stay until it is closed."""
    obstacle = window_obstacle(environ)
    if obstacle is not None:
        raise EnvironmentFailure.of("no-window", obstacle)
    context = make_context(environ, "window", {})
    gc.disable()
    # Qt is loaded only now, and only in this process: workers never load it.
    from app.composition import build

    app = build(context)
    app.start(arguments.paths)
    prefer_quick_answers()
    gc.enable()
    code = app.run()
    return exit_codes.OK if code == 0 else exit_codes.FAILED
