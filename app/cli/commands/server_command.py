"""``sheetferry server start|stop|status|url|backup|restore``: the embedded PostgreSQL server."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path

from app import exit_codes
from app.cli.output import note, say, say_json
from app.context.run_context import make_context
from app.services.embedded_service import embedded_server
from workers.core.model.errors import UserError
from workers.core.model.tasks import Target
from workers.database.embedded.backup import back_up, restore
from workers.database.embedded.server import EmbeddedServer
from workers.database.targets import url_with_password, url_without_password


def run(arguments: argparse.Namespace, environ: Mapping[str, str]) -> int:
    """Carry out the action on the server of the home folder."""
    server = embedded_server(make_context(environ, "command", {}))
    if arguments.action in _WITH_FILE:
        if not arguments.file:
            raise UserError.of("wrong-usage", f"server {arguments.action} needs a file.", "Name it after the command.")
        return _WITH_FILE[arguments.action](server, Path(arguments.file), arguments.json)
    if arguments.file:
        raise UserError.of("wrong-usage", f"server {arguments.action} takes no file.", "Leave the last word out.")
    action = {"start": _start, "stop": _stop, "status": _status, "url": _url}[arguments.action]
    return action(server, arguments.json)


def _backup(server: EmbeddedServer, file: Path, as_json: bool) -> int:
    target = server.acquire()
    try:
        manifest = back_up(target, server.client_programs(), file)
    finally:
        server.release()
    names = [database.name for database in manifest.databases]
    if as_json:
        say_json({"file": str(file), "databases": names, "bytes": file.stat().st_size})
    else:
        say(f"Saved in {file}: {', '.join(names)} ({file.stat().st_size / 1e6:,.1f} MB).")
    return exit_codes.OK


def _restore(server: EmbeddedServer, file: Path, as_json: bool) -> int:
    target = server.acquire()
    try:
        restored = restore(target, server.client_programs(), file)
    finally:
        server.release()
    if as_json:
        found = [{"name": one.name, "rows": one.rows, "former": one.former or None} for one in restored]
        say_json({"file": str(file), "databases": found})
        return exit_codes.OK
    for one in restored:
        say(f"{one.name}: {one.rows:,} rows are back.")
        if one.former:
            note(f"  What was there before is kept as the database {one.former}.")
    return exit_codes.OK


_WITH_FILE = {"backup": _backup, "restore": _restore}


def _start(server: EmbeddedServer, as_json: bool) -> int:
    target = server.start_pinned()
    _tell(target, as_json, "The built-in database runs until `sheetferry server stop`.")
    return exit_codes.OK


def _tell(target: Target, as_json: bool, sentence: str) -> None:
    if as_json:
        say_json({"running": True, "url_without_password": url_without_password(target)})
    else:
        say(sentence)


def _stop(server: EmbeddedServer, as_json: bool) -> int:
    stopped = server.stop()
    if as_json:
        say_json({"running": False, "stopped": stopped})
    else:
        say("The built-in database has stopped." if stopped else "The built-in database was not running.")
    return exit_codes.OK


def _status(server: EmbeddedServer, as_json: bool) -> int:
    status = server.status()
    if as_json:
        say_json(
            {
                "running": status.running,
                "pinned": status.pinned,
                "exists": status.exists,
                "pid": status.pid,
                "clients": status.clients,
                "data": str(status.data),
                "log": str(status.log),
                "account": status.account,
                "kept": [str(folder) for folder in status.kept],
            }
        )
        return exit_codes.OK
    say("running" if status.running else "stopped")
    note(f"  data     {status.data}")
    note(f"  log      {status.log}")
    for folder in status.kept:
        note(f"  kept     {folder}, as it was before it was carried over; may be removed")
    if status.account:
        note(f"  account  {status.account}")
    if status.running:
        note(
            f"  process  {status.pid}, programs using it: {status.clients}, "
            f"kept running: {'yes' if status.pinned else 'no'}"
        )
    return exit_codes.OK


def _url(server: EmbeddedServer, as_json: bool) -> int:
    target = server.start_pinned()
    url = url_with_password(target)
    if as_json:
        say_json({"url": url})
    else:
        say(url)
    return exit_codes.OK
