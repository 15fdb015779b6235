"""The embedded server of a run, sized for its pool."""

from __future__ import annotations

from app.context.run_context import RunContext
from workers.database.embedded.server import EmbeddedServer

_SPARE_CONNECTIONS = 20


def embedded_server(context: RunContext) -> EmbeddedServer:
    """The server of the context's home; nothing is started.

    It allows what the pool may take (connections of the engine and of the workers) with room for other programs.
    """
    settings = context.settings
    wanted = settings.integer("database.pool_size") + settings.integer("database.max_overflow")
    return EmbeddedServer(
        context.home,
        max_connections=wanted + settings.integer("workers.count") + _SPARE_CONNECTIONS,
        memory=settings.context.memory or None,
    )
