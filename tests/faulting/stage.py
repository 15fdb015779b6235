"""Where faults take place: a server, a home folder, workbooks, and one try after the other."""

from __future__ import annotations

import random
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from tests.benchmarks.import_pool import make_workbook
from tests.faulting.programs import Program, import_command
from tests.faulting.truth import Told, look, open_jobs, orphans, untruths
from tests.fixtures_database import make_server_home
from workers.core.model.tasks import Target
from workers.database.embedded.server import EmbeddedServer

SHEETS = 3
MODES = ("create", "append", "replace")


@dataclass(slots=True)
class Try:
    """One fault, made and looked at.

    Attributes:
        seconds: From the fault to the program's own truthful end.
        wrong: What was not as it has to be; empty when all is well.
        told: What the program said in the end, in short.
    """

    seconds: float
    wrong: list[str] = field(default_factory=list)
    told: str = ""


@dataclass(slots=True)
class Stage:
    """What all tries share.

    Attributes:
        home: SHEETFERRY_HOME of the programs.
        book: A workbook whose import takes long enough to be hurt.
        rows: Its rows.
        sheets: A workbook of several such sheets, smaller ones, as many as `SHEETS`.
        chance: Where random moments come from.
        usual: Seconds that its load takes when nothing happens.
    """

    home: Path
    server: EmbeddedServer
    target: Target
    book: Path
    rows: int
    sheets: Path
    chance: random.Random
    usual: float = 1.0
    _tables: int = 0

    def table(self) -> str:
        """A table's name that nobody has used."""
        self._tables += 1
        return f"t{self._tables}"

    def mode(self) -> str:
        """A way of loading into a table that is not there yet."""
        return self.chance.choice(MODES)

    def moment(self) -> float:
        """A random time within an import, in seconds."""
        return self.chance.uniform(0, 1.2 * self.usual)

    def folder(self, name: str) -> Path:
        """A further home folder."""
        folder = self.home / "more" / name
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def count(self, table: str, target: Target | None = None) -> int:
        """Rows of a table; -1 where there is none."""
        with look(target or self.target) as connection:
            try:
                row = connection.execute(f'SELECT count(*) FROM public."{table}"'.encode()).fetchone()
            except psycopg.errors.UndefinedTable:
                return -1
        return int(row[0]) if row else -1

    def again_with_sheets(self, table: str, told: Sequence[Told], *options: str) -> list[str]:
        """Like `again` for the workbook of several sheets, each of which goes into a table of its own."""
        wrong = [*orphans(self.home), *untruths(self.target, told)]
        words = ("--table", table, "--mode", "append", *options)
        with import_command(self.home, self.sheets, *words) as command:
            command.end()
            later = command.told()
        if len(later) != SHEETS or not {line["state"] for line in later} <= {"loaded", "unchanged"}:
            wrong.append(f"the next try says {short(later)}")
        rows = [self.count(name) for name in self.tables_of(table)]
        if rows != [self.rows // SHEETS] * SHEETS:
            wrong.append(f"{table} and its neighbours have {rows} rows after the next try")
        return [*wrong, *orphans(self.home), *untruths(self.target, later), *open_jobs(self.home)]

    def tables_of(self, table: str) -> list[str]:
        """The names that the tables of the workbook of several sheets get."""
        return [table, *(f"{table}_{n}" for n in range(2, SHEETS + 1))]

    def again(self, table: str, mode: str, told: Sequence[Told], target: Target | None = None) -> list[str]:
        """What is wrong after a fault, and after the same import was asked for once more by the next start.

        The first look comes before that: nothing may depend on a second try. Only jobs left open are for the next
        start to settle.
        """
        behind = target or self.target
        wrong = [*orphans(self.home), *untruths(behind, told)]
        told_loaded = [line for line in told if line["state"] == "loaded"]
        with import_command(self.home, self.book, "--table", table, "--mode", mode, target=target) as command:
            command.end()
            later = command.told()
            if [line["state"] for line in later] not in (["loaded"], ["unchanged"]):
                wrong.append(f"the next try says {short(later)} {command.said()[-300:]}")
            elif told_loaded and later[0]["state"] != "unchanged" and mode != "replace":
                wrong.append(f"it was told as loaded, and the next try says {short(later)}")
        if (found := self.count(table, behind)) != self.rows:
            wrong.append(f"{table} has {found} rows after the next try")
        return [*wrong, *orphans(self.home), *untruths(behind, later), *open_jobs(self.home)]


def short(told: Sequence[Told]) -> str:
    """Outcomes in a few words."""
    return (
        ", ".join(
            f"{line['state']}({line['error']['kind']}: {line['error']['message']})" if line["error"] else line["state"]
            for line in told
        )
        or "nothing"
    )


@contextmanager
def stage(rows: int, seed: int) -> Iterator[Stage]:
    """A home with its embedded server, held for as long as the block lasts; all of it is gone afterwards."""
    home = make_server_home()
    server = EmbeddedServer(home, max_connections=120)
    try:
        target = server.acquire()
        book = make_workbook(home / "book.xlsx", rows)
        sheets = make_workbook(home / "sheets.xlsx", rows // SHEETS, sheets=SHEETS)
        made = Stage(home, server, target, book, rows, sheets, random.Random(seed))
        made.usual = _usual(made)
        yield made
    finally:
        server.stop()
        shutil.rmtree(home, ignore_errors=True)


def _usual(made: Stage) -> float:
    with import_command(made.home, made.book, "--table", made.table()) as command:
        command.end()
        (line,) = command.told()
        return float(line["seconds"])


def seconds_of(deed: Callable[[], object]) -> float:
    """How long something took."""
    began = time.monotonic()
    deed()
    return time.monotonic() - began


def end_told(program: Program) -> tuple[float, list[Told]]:
    """Wait for the program's end: seconds, and what it told."""
    seconds = seconds_of(program.end)
    return seconds, program.told()
