"""Which database a run works on, and holding on to it while it lasts.

The order: ``--database``, then ``SHEETFERRY_DATABASE_URL``, then the settings file, then the embedded server.
"""

from __future__ import annotations

import contextlib
import getpass
import sys
from collections.abc import Iterator

from app.context.run_context import RunContext
from app.services.embedded_service import embedded_server
from workers.core.model.errors import SheetferryError
from workers.core.model.shown_text import shown
from workers.core.model.tasks import Secret, Target
from workers.core.settings.resolve import Origin
from workers.database.embedded.server import EmbeddedServer
from workers.database.engines import probe
from workers.database.local.saved_connections import SavedConnections
from workers.database.targets import looks_like_url, parse_url, with_password


def chosen_target(context: RunContext, argument: str | None) -> Target | None:
    """The target that the user named, or None for the embedded server. Connects to nothing.

    Raises:
        UserError: a URL that cannot be read, a password in an argument, an unknown saved connection.
    """
    if argument:
        if looks_like_url(argument):
            return parse_url(argument, source="argument")
        return _saved(context, argument)
    named = context.settings["database.url"]
    text = named.value.reveal() if isinstance(named.value, Secret) else str(named.value)
    if not text:
        return None
    if not looks_like_url(text):
        return _saved(context, text)
    return parse_url(text, source="environment" if named.origin is Origin.ENVIRONMENT else "file")


def _saved(context: RunContext, name: str) -> Target:
    return SavedConnections(context.home).target(name)


@contextlib.contextmanager
def held_target(context: RunContext, argument: str | None) -> Iterator[Target]:
    """The target, ready to be used: the embedded server is started, a missing password is asked for on a terminal.

    Raises:
        SheetferryError: kinds such as ``unreachable`` or ``wrong-password``.
    """
    target = chosen_target(context, argument)
    if target is not None:
        yield _reachable(target)
        return
    server: EmbeddedServer = embedded_server(context)
    target = server.acquire()
    try:
        yield target
    finally:
        server.release()


def _reachable(target: Target) -> Target:
    """Try the target once, so that a wrong one is told before any file is read."""
    try:
        probe(target)
    except SheetferryError as error:
        if error.info.kind == "too-many-connections":
            return target  # imports wait until there is one; what else needs one says so itself
        if error.info.kind != "wrong-password" or target.password is not None or not sys.stdin.isatty():
            raise
        whose = shown(f"{target.user or 'the database user'} at {target.host}")
        typed = Secret(getpass.getpass(f"Password for {whose}: "))
        target = with_password(target, typed)
        probe(target)
    return target
