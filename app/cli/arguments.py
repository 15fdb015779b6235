"""The command line's grammar: what every command accepts, and nothing of what it does."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import NoReturn

from app.cli.option_values import (
    count,
    header_choice,
    parameter,
    priority,
    reject_limit,
    seconds,
    source_mapping,
    type_override,
    worker_count,
)
from app.cli.output import note
from workers.core.model.options import Mode

NOT_BUILT = {
    "agent": "The command 'agent' is not built yet: this machine cannot serve a team's shared queue.",
}


class _Parser(argparse.ArgumentParser):
    """An argument parser whose usage errors are one sentence and a hint, and that never abbreviates options."""

    def __init__(self, *arguments: object, **keywords: object) -> None:
        """Switch abbreviations off: a script must not depend on options that do not exist yet."""
        keywords.setdefault("allow_abbrev", False)
        super().__init__(*arguments, **keywords)  # type: ignore[arg-type]

    def error(self, message: str) -> NoReturn:
        """Leave with code 2: what is wrong, and where the options are listed."""
        note(f"{self.prog}: {message.removeprefix('argument ')}")
        note(f"  {self.prog} --help lists what there is.")
        raise SystemExit(2)


def build_parser(*, bare: bool = False) -> argparse.ArgumentParser:
    """The whole grammar of ``sheetferry``; a bare one leaves options of `import` that were not written at None."""
    parser = _Parser(prog="sheetferry", description="Get spreadsheets into PostgreSQL.")
    parser.add_argument("--version", action="store_true", help="print the version and exit")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", parser_class=_Parser)
    gui = commands.add_parser("gui", help="open the window (the default)")
    gui.add_argument("paths", nargs="*", metavar="PATH", help="files to open at once")
    importing = commands.add_parser("import", help="import files without a window")
    _add_import(importing)
    if bare:
        usual = vars(importing.parse_args(["-"]))
        importing.set_defaults(**dict.fromkeys(usual))
    _add_inspect(commands.add_parser("inspect", help="say what would be imported"))
    _add_history(commands.add_parser("history", help="past imports"))
    _add_undo(commands.add_parser("undo", help="take one import back"))
    _add_rejects(commands.add_parser("rejects", help="write the rejected rows as a workbook"))
    _add_query(commands.add_parser("query", help="run SQL through the queue and save what it gives"))
    _add_status(commands.add_parser("status", help="machine, pool and database at this moment"))
    server = commands.add_parser("server", help="the built-in PostgreSQL server")
    server.add_argument(
        "action",
        choices=["start", "stop", "status", "url", "backup", "restore"],
        help="start and url start it if needed and keep it until stop, or until 10 minutes without a connection; "
        "backup saves its databases in FILE, restore takes them back",
    )
    server.add_argument("file", nargs="?", metavar="FILE", help="of backup and restore")
    server.add_argument("--json", action="store_true", help="one JSON object")
    doctor = commands.add_parser("doctor", help="check the installation and say how to mend it")
    doctor.add_argument("--json", action="store_true", help="one JSON object")
    commands.add_parser("agent", help="serve the team's shared queue (not built yet)")
    return parser


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """Read the arguments; leaves with code 2 and a sentence on wrong usage."""
    parser = build_parser()
    namespace = parser.parse_args(list(arguments))
    namespace.given = _given(list(arguments)) if namespace.command == "import" else frozenset()
    if namespace.command is None:
        namespace.command = "gui"
        namespace.paths = []
    if namespace.command in NOT_BUILT:
        note(NOT_BUILT[namespace.command])
        raise SystemExit(2)
    return namespace


def _given(arguments: list[str]) -> frozenset[str]:
    """Names of the options that were written, so that a plan's choices give way to them and to no default."""
    return frozenset(
        name for name, value in vars(build_parser(bare=True).parse_args(arguments)).items() if value is not None
    )


def _add_target(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--database", metavar="URL|NAME", help="URL without a password, or a saved connection")


def _add_reading(parser: argparse.ArgumentParser) -> None:
    """Options that decide which cells are read and how: shared by `import` and `inspect`."""
    reading = parser.add_argument_group("what is read")
    reading.add_argument(
        "--sheet",
        action="append",
        default=[],
        metavar="NAME",
        help="a name, a number from 1, or all (hidden ones too); repeatable; default: every visible sheet",
    )
    reading.add_argument(
        "--range",
        dest="cell_range",
        metavar="A5:H200",
        help="only this block of cells, or an Excel table or defined name",
    )
    reading.add_argument(
        "--header",
        type=header_choice,
        default="auto",
        metavar="auto|none|N|N-M",
        help="Excel's number of the header's row, or of its first and last; none: columns are called a, b, c",
    )
    reading.add_argument(
        "--types",
        choices=["auto", "cells", "text"],
        default="auto",
        help="cells: text is never read as a number or a date; text: every column is text",
    )
    reading.add_argument(
        "--type",
        dest="type_overrides",
        action="append",
        default=[],
        type=type_override,
        metavar="COL=TYPE",
        help="the column's type, whatever was found; repeatable",
    )
    reading.add_argument(
        "--date-order",
        choices=["auto", "day-first", "month-first"],
        default="auto",
        help="what 03/04/2024 means where no cell of its column tells",
    )
    reading.add_argument("--errors", choices=["null", "text", "reject"], default="null", help="what #N/A becomes")
    reading.add_argument(
        "--null",
        dest="null_tokens",
        action="append",
        default=[],
        metavar="TOKEN",
        help="a further text that means NULL; repeatable",
    )
    reading.add_argument("--no-null-tokens", action="store_true", help="n/a, -, NULL and their like are text")
    reading.add_argument("--hidden", choices=["include", "skip"], default="include", help="hidden rows and columns")
    reading.add_argument(
        "--password",
        action="store_true",
        help="ask for the workbook's password, or take it from SHEETFERRY_WORKBOOK_PASSWORD",
    )
    reading.add_argument(
        "--timeout", type=seconds, metavar="S", help="stop after so many seconds, kill after 1.2 times as many"
    )


def _add_import(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="+", metavar="PATH", help="files or folders")
    _add_reading(parser)
    target = parser.add_argument_group("where it goes")
    _add_target(target)  # type: ignore[arg-type]
    target.add_argument(
        "--table", metavar="NAME", help="default: the file's name, with the sheet's if there are several"
    )
    target.add_argument("--schema", metavar="NAME", help="made if it is missing; default: public, if it is writable")
    target.add_argument(
        "--mode",
        choices=[m.value for m in Mode],
        default=Mode.CREATE.value,
        help="create (the default) needs a new table; skip leaves rows alone whose key is there",
    )
    target.add_argument(
        "--key", dest="keys", action="append", default=[], metavar="COL", help="key of upsert and skip; repeatable"
    )
    target.add_argument(
        "--duplicates",
        choices=["reject", "first", "last"],
        default="reject",
        help="which row counts when the file has a key twice; reject: none of them",
    )
    target.add_argument(
        "--map",
        dest="mapping",
        action="append",
        default=[],
        type=source_mapping,
        metavar="HEADER=COL",
        help="the table's column for a header; repeatable; others are matched by name",
    )
    target.add_argument("--keep-existing", action="store_true", help="blank cells do not overwrite")
    target.add_argument("--only-changed", action="store_true", help="upsert leaves rows alone that stay the same")
    target.add_argument(
        "--fill-down", action="append", default=[], metavar="COL", help="a blank cell takes the value above; repeatable"
    )
    target.add_argument(
        "--max-rejects",
        type=reject_limit,
        default="0",
        metavar="N|P%",
        help="how many rows may be left out because a cell does not fit; default: 0, nothing is loaded then",
    )
    lineage = target.add_mutually_exclusive_group()
    lineage.add_argument(
        "--lineage",
        dest="lineage",
        action="store_true",
        default=None,
        help="add the columns _import_id and _source_row; default: in new tables",
    )
    lineage.add_argument("--no-lineage", dest="lineage", action="store_false", help="do not add them")
    target.add_argument("--no-ledger", action="store_true", help="without exactly-once, undo and recovery")
    running = parser.add_argument_group("how it runs")
    running.add_argument("--again", action="store_true", help="import although the same content is in force")
    running.add_argument("--atomic", action="store_true", help="all tables in one transaction")
    running.add_argument(
        "--priority", type=priority, default="normal", metavar="normal|high|low", help="place in the queue"
    )
    running.add_argument("--dry-run", action="store_true", help="do everything, then roll back")
    running.add_argument("--plan", metavar="FILE", help="options and mapping from a saved plan")
    running.add_argument("--workers", type=worker_count, metavar="N", help="worker processes; default: one a core")
    running.add_argument("--json", action="store_true", help="one JSON object for each table")
    running.add_argument("--quiet", action="store_true", help="no progress bars")


def _add_inspect(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="+", metavar="PATH", help="files or folders")
    _add_reading(parser)
    parser.add_argument("--json", action="store_true", help="one JSON object for each file")


def _add_history(parser: argparse.ArgumentParser) -> None:
    _add_target(parser)
    parser.add_argument("--limit", type=count, default=100, metavar="N", help="how many, newest first (default 100)")
    parser.add_argument("--json", action="store_true", help="one JSON object for each import")


def _add_undo(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("import_id", metavar="IMPORT_ID", help="as `sheetferry history --json` tells it")
    _add_target(parser)
    parser.add_argument("--yes", action="store_true", help="do not ask")
    parser.add_argument("--json", action="store_true", help="one JSON object; never asks")


def _add_rejects(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("import_id", metavar="IMPORT_ID", help="as `sheetferry history --json` tells it")
    parser.add_argument("--to", required=True, metavar="FILE", help="the workbook to write")
    _add_target(parser)


def _add_query(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("sql", metavar="SQL|FILE.sql|-", help="the statements, a file of them, or - for standard input")
    _add_target(parser)
    parser.add_argument(
        "--local", nargs="+", default=[], metavar="FILE", help="SQL over these files and results, nothing is imported"
    )
    parser.add_argument("--to", metavar="FILE", help=".parquet, .csv, .xlsx or .jsonl for the last result")
    parser.add_argument("--save-as", metavar="TABLE", help="make a table of the last result; undo takes it back")
    parser.add_argument(
        "--write", action="store_true", help="allow statements that change data; asks before it commits"
    )
    parser.add_argument("--yes", action="store_true", help="with --write: commit without asking, if all succeeded")
    parser.add_argument("--as-superuser", action="store_true", help="run although the session is a superuser's")
    parser.add_argument(
        "--param",
        action="append",
        default=[],
        type=parameter,
        metavar="NAME=VALUE",
        help="bound as :NAME, never pasted; repeatable",
    )
    parser.add_argument(
        "--priority", type=priority, default="normal", metavar="normal|high|low", help="place in the queue"
    )
    parser.add_argument(
        "--timeout", type=seconds, metavar="S", help="soft limit in seconds (default 600), killed after 1.2 times"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object for each statement")
    parser.add_argument("--quiet", action="store_true", help="no progress bars")


def _add_status(parser: argparse.ArgumentParser) -> None:
    _add_target(parser)
    parser.add_argument("--json", action="store_true", help="one JSON object")
    parser.add_argument("--watch", action="store_true", help="again every two seconds")
