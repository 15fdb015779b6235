"""The commands of ``sheetferry``: choose one, run it, turn every ending into an exit code."""

from __future__ import annotations

import argparse
import gc
import importlib
import logging
import os
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from app import exit_codes
from app.cli.arguments import parse
from app.cli.output import complain, note, say
from app.context.home import home_folder
from app.context.logs import log_file, start_logging
from app.version import VERSION
from workers.core.model.errors import ErrorInfo, SheetferryError
from workers.database.embedded.watcher_start import FROZEN_COMMAND

if TYPE_CHECKING:
    from workers.pool.process.birth import NewProcess

_log = logging.getLogger(__name__)

_COMMANDS: Mapping[str, str] = {
    "gui": "app.cli.commands.gui_command",
    "import": "app.cli.commands.import_command",
    "inspect": "app.cli.commands.inspect_command",
    "history": "app.cli.commands.history_command",
    "undo": "app.cli.commands.undo_command",
    "rejects": "app.cli.commands.rejects_command",
    "status": "app.cli.commands.status_command",
    "server": "app.cli.commands.server_command",
    "query": "app.cli.commands.query_command",
    "doctor": "app.cli.commands.doctor_command",
}
"""Each module offers ``run(arguments, environ) -> exit code``; loaded by name, so that no command pays for another."""


def main(arguments: Sequence[str] | None = None, *, early: NewProcess | None = None) -> int:
    """Run one command.

    Args:
        arguments: Words after the program's name; None takes those of this process.
        early: A worker that was started already, for a command that makes use of one.

    Returns:
        The exit code: 0 all well, 1 failed, 2 wrong usage, 3 no database, 130 interrupted.
    """
    words = list(sys.argv[1:] if arguments is None else arguments)
    if len(words) == 4 and tuple(words[:2]) == FROZEN_COMMAND:  # how a built program watches its server
        return importlib.import_module("workers.database.embedded.watcher").main(words[2:])  # type: ignore[no-any-return]
    namespace = parse(words)
    if namespace.version:
        say(f"sheetferry {VERSION}")
        return exit_codes.OK
    namespace.early_worker = early
    return _guarded(namespace, os.environ)


def _guarded(namespace: argparse.Namespace, environ: Mapping[str, str]) -> int:
    try:
        start_logging(home_folder(environ))
        command = importlib.import_module(_COMMANDS[namespace.command])
        gc.freeze()
        gc.enable()
        code: int = command.run(namespace, environ)
    except SheetferryError as error:
        complain(error.info)
        if error.info.detail:
            _log.error("%s: %s\n%s", error.info.kind, error.info.message, error.info.detail)
        return exit_codes.exit_code_of(error.info)
    except KeyboardInterrupt:
        note("sheetferry: interrupted.")
        return exit_codes.INTERRUPTED
    except BrokenPipeError:
        # The reader of our output has gone: nothing more to say to it, not even at interpreter exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return exit_codes.FAILED
    except Exception:  # noqa: BLE001 - the last guard: a defect becomes a sentence and a traceback in the log
        _log.exception("a defect ended the command %r", namespace.command)
        where = log_file(home_folder(environ))
        complain(ErrorInfo("bug", "Something in Sheetferry itself went wrong.", f"The traceback is in {where}."))
        return exit_codes.FAILED
    return code
