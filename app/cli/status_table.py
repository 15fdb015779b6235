"""The status object as a table on a terminal."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.filesize import decimal
from rich.live import Live
from rich.table import Table
from rich.text import Text

from app.cli.tables import cell


def status_table(status: dict[str, Any]) -> RenderableType:
    """Everything on one screen."""
    parts: list[RenderableType] = [_overview(status)]
    if status["pool"]["worker_list"]:
        parts.append(_workers(status["pool"]["worker_list"]))
    parts += [_alert(alert) for alert in status["alerts"]]
    parts += [cell(f"✗ {h['name']}: {h['detail']}", "red") for h in status["health"] if not h["ok"]]
    return Group(*parts)


def print_status(status: dict[str, Any], console: Console) -> None:
    """Write the table once."""
    console.print(status_table(status))


def watch_status(
    take: Callable[[], dict[str, Any]], console: Console, *, pause: Callable[[float], None] = time.sleep
) -> None:
    """Show the table again and again until Ctrl-C."""
    with Live(status_table(take()), console=console, auto_refresh=False) as live:
        try:
            while True:
                pause(1.0)
                live.update(status_table(take()), refresh=True)
        except KeyboardInterrupt:
            return


def _overview(status: dict[str, Any]) -> Table:
    machine, pool, io, database = status["machine"], status["pool"], status["io"], status["database"]
    table = Table(show_header=False, box=None, padding=(0, 2))
    table.add_row("CPU", f"{machine['cpu_percent']:.0f}% of {machine['cpu_count']} cores")
    left, limit = decimal(machine["memory_available"]), decimal(machine["memory_limit"])
    table.add_row("Memory", f"{machine['memory_percent']:.0f}% in use, {left} of {limit} free")
    if machine["disk_percent"] is not None:
        table.add_row("Disk", f"{machine['disk_percent']:.0f}% in use, {decimal(machine['disk_free'])} free")
    table.add_row(
        "Workers", f"{pool['workers']}: {pool['busy']} busy, {pool['idle']} idle, {pool['waiting']} jobs waiting"
    )
    for reason in filter(None, (pool["hold_reason"], pool["slow_reason"])):
        table.add_row("", cell(reason))
    table.add_row("I/O threads", f"{io['threads']}: {io['busy']} busy, {io['waiting']} waiting")
    table.add_row("Database", cell(f"{database['url_without_password']} {_connection(database)}".strip()))
    table.add_row(
        "Connections",
        f"{database['checked_out']} of {database['pool_size']} + {database['max_overflow']} in use",
    )
    return table


def _connection(database: dict[str, Any]) -> str:
    if not database["connected"]:
        return f"not connected. {database['note']}".strip()
    states = ", ".join(f"{count} {state}" for state, count in database["by_state"].items())
    return f"connected, {database['server_connections']} of {database['max_connections']} sessions ({states})"


def _workers(workers: list[dict[str, Any]]) -> Table:
    table = Table(box=None, padding=(0, 2))
    for name in ("Worker", "PID", "State", "Task"):
        table.add_column(name)
    for name in ("CPU", "Memory", "Tasks"):
        table.add_column(name, justify="right")
    for worker in workers:
        name = "preview" if worker["interactive"] else f"W{worker['number']}"
        table.add_row(
            name,
            str(worker["pid"]),
            worker["state"],
            cell(worker["task"]),
            f"{worker['cpu_percent']:.0f}%",
            decimal(worker["rss"]),
            str(worker["tasks_done"]),
        )
    return table


def _alert(alert: dict[str, Any]) -> Text:
    style = "red" if alert["level"] == "critical" else "yellow"
    unit = alert["unit"] if alert["unit"] == "%" else f" {alert['unit']}"
    said = f"! {alert['label']} {alert['value']:g}{unit}, {alert['level']} from {alert['threshold']:g}{unit}"
    cause = f" ({alert['cause']})" if alert["cause"] else ""
    return cell(f"{said}, {alert['state']}{cause}", style)
