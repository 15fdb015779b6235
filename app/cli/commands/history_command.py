"""``sheetferry history``: past imports of the target database, newest first."""

from __future__ import annotations

import argparse
from collections.abc import Mapping

from rich.table import Table

from app import exit_codes
from app.cli.output import note, say_json
from app.cli.tables import cell, terminal
from app.context.run_context import make_context
from app.services.target_choice import held_target
from workers.database.engines import connect_bulk
from workers.database.ledger.history import HistoryEntry, read_history


def run(arguments: argparse.Namespace, environ: Mapping[str, str]) -> int:
    """Print the ledger."""
    context = make_context(environ, "command", {})
    with (
        held_target(context, arguments.database) as target,
        connect_bulk(target, "history", read_only=True) as connection,
    ):
        entries = read_history(connection, limit=arguments.limit)
    if arguments.json:
        for entry in entries:
            say_json(entry.to_json())
    elif entries:
        terminal().print(_table(entries))
    else:
        note("Nothing was imported into this database yet.")
    return exit_codes.OK


def _table(entries: list[HistoryEntry]) -> Table:
    table = Table(box=None, header_style="bold", pad_edge=False)
    for heading in ("When", "State", "File", "Table", "Mode"):
        table.add_column(heading)
    table.add_column("Rows", justify="right")
    table.add_column("Import")
    for entry in entries:
        when = entry.committed_at.astimezone().strftime("%Y-%m-%d %H:%M") if entry.committed_at else "–"
        source = f"{entry.source_file} › {entry.source_sheet}" if entry.source_sheet else entry.source_file
        loaded = f"{entry.rows_loaded:,}"
        words = (when, entry.state, source, entry.target_table or "–", entry.mode, loaded, entry.import_id)
        table.add_row(*map(cell, words))
    return table
