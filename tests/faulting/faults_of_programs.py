"""Faults of our own processes: killed workers, commands and windows, cancels, and several at once."""

from __future__ import annotations

import time
from contextlib import ExitStack
from dataclasses import replace

import psutil

from tests.benchmarks import cancel_bench
from tests.benchmarks.import_pool import make_workbook
from tests.faulting.programs import Program, import_command, wait_for_import, window
from tests.faulting.stage import SHEETS, Stage, Try, end_told, short
from tests.faulting.truth import Told, look, open_jobs, orphans, until, untruths

_CLIENTS = 20
_CLIENT_ROWS = 500


def worker_killed(stage: Stage, number: int) -> Try:
    """A worker of a command is killed; the command goes on by itself."""
    table, mode = stage.table(), stage.mode()
    with import_command(stage.home, stage.book, "--table", table, "--mode", mode) as command:
        _wait(stage, command)
        for worker in command.workers():
            _kill(worker)
        seconds, told = end_told(command)
    wrong = [] if [line["state"] for line in told] == ["loaded"] else [f"it says {short(told)}"]
    return Try(seconds, wrong + stage.again(table, mode, told), short(told))


def command_killed(stage: Stage, number: int) -> Try:
    """A command is killed: its workers go with it, and the next one settles what it left."""
    table, mode = stage.table(), stage.mode()
    with import_command(stage.home, stage.book, "--table", table, "--mode", mode) as command:
        _wait(stage, command)
        began = time.monotonic()
        command.kill()
        wrong = orphans(stage.home)
        told = command.told()
    return Try(time.monotonic() - began, wrong + stage.again(table, mode, told), short(told))


def worker_killed_with_sheets(stage: Stage, number: int) -> Try:
    """A worker is killed somewhere in a workbook of several sheets; every other time they share one transaction."""
    table, options = stage.table(), ("--atomic",) if number % 2 else ()
    words = ("--table", table, "--mode", "append", *options)
    with import_command(stage.home, stage.sheets, *words) as command:
        _wait(stage, command)
        for worker in command.workers():
            _kill(worker)
        seconds, told = end_told(command)
    wrong = [] if [line["state"] for line in told] == ["loaded"] * SHEETS else [f"it says {short(told)}"]
    return Try(seconds, wrong + stage.again_with_sheets(table, told, *options), short(told))


def command_killed_with_sheets(stage: Stage, number: int) -> Try:
    """A command is killed somewhere in a workbook of several sheets: whole tables or nothing, all or none if atomic."""
    table, options = stage.table(), ("--atomic",) if number % 2 else ()
    words = ("--table", table, "--mode", "append", *options)
    with import_command(stage.home, stage.sheets, *words) as command:
        _wait(stage, command)
        began = time.monotonic()
        command.kill()
        wrong = orphans(stage.home)
        told = command.told()
    seconds = time.monotonic() - began
    wrong += untruths(stage.target, told)
    rows = {stage.count(name) for name in stage.tables_of(table)}
    if not rows <= {-1, stage.rows // SHEETS} or (options and len(rows) > 1):
        wrong.append(f"the tables have {rows} rows")
    return Try(seconds, wrong + stage.again_with_sheets(table, told, *options), short(told))


def window_killed(stage: Stage, number: int) -> Try:
    """A window with two imports is killed: the next window brings both to their end, each of them once."""
    tables, mode = [stage.table(), stage.table()], stage.mode()
    wish = {"book": str(stage.book), "tables": tables, "mode": mode}
    with window(stage.home, wish) as first:
        _wait(stage, first)
        # It may have been done by then: it ends by itself, and the next window finds nothing to do.
        wrong = [f"the window ended with {code}: {first.said()[-300:]}"] if (code := first.process.poll()) else []
        began = time.monotonic()
        first.kill()
        wrong += orphans(stage.home)
        told = first.told()
    wrong += untruths(stage.target, told)
    kept = len(open_jobs(stage.home)) + sum(line["state"] == "loaded" for line in told)
    if kept < len(tables):
        wrong.append(f"the store has forgotten jobs: {kept} of {len(tables)}")
    with window(stage.home) as second:
        code = second.end()
        told += second.told()
        seconds = time.monotonic() - began
        if code:
            wrong.append(f"the next window ended with {code}: {second.said()[-300:]}")
    wrong += [f"{t} has {found} rows" for t in tables if (found := stage.count(t)) != stage.rows]
    wrong += [*orphans(stage.home), *untruths(stage.target, told), *open_jobs(stage.home)]
    return Try(seconds, wrong, short(told))


def cancelled(stage: Stage, number: int) -> Try:
    """Ctrl-C at any time, the very first moments included."""
    table, mode = stage.table(), stage.mode()
    with import_command(stage.home, stage.book, "--table", table, "--mode", mode) as command:
        if number % 4:
            _wait(stage, command)
        else:
            until(lambda: open_jobs(stage.home) or not command.running)
        command.interrupt()
        seconds, told = end_told(command)
        states = {line["state"] for line in told}
        wrong = [] if states <= {"cancelled", "loaded"} else [f"it says {short(told)} {command.said()[-300:]}"]
    if "loaded" not in states and (found := stage.count(table)) != -1:
        wrong.append(f"a cancelled import left the table {table} with {found} rows")
    return Try(seconds, wrong + stage.again(table, mode, told), short(told))


def cancelled_in_every_phase(stage: Stage, number: int) -> Try:
    """As soon as a phase shows, from waiting in the queue to a COMMIT that takes half a minute."""
    result = cancel_bench.run(rounds=1)
    left = {name: result[name] for name in ("rows_left", "locks_left", "backends_left") if result[name]}
    wrong = [f"left behind: {left}"] if left else []
    return Try(result["worst_seconds"], wrong, ", ".join(result["max_seconds"]))


def same_file_twice(stage: Stage, number: int) -> Try:
    """Two commands, or two windows, import the same file into the same table at once: it is loaded once."""
    table, mode = stage.table(), stage.chance.choice(["create", "append"])
    began = time.monotonic()
    with ExitStack() as both:
        if number % 2:
            wish = {"book": str(stage.book), "tables": [table], "mode": mode}
            programs = [both.enter_context(window(stage.home, wish)) for _ in range(2)]
        else:
            options = ("--table", table, "--mode", mode, "--workers", "2")
            programs = [both.enter_context(import_command(stage.home, stage.book, *options)) for _ in range(2)]
        told = [line for program in programs for line in end_told(program)[1]]
        said = "".join(program.said()[-200:] for program in programs)
    seconds = time.monotonic() - began
    states = sorted(line["state"] for line in told)
    wrong = [] if states == ["loaded", "unchanged"] else [f"they say {short(told)} {said}"]
    return Try(seconds, wrong + stage.again(table, mode, told), short(told))


def twenty_clients(stage: Stage, number: int) -> Try:
    """20 commands at once, each with a home of its own: half of them into one table, the others into several."""
    shared = stage.table()
    own = [stage.table() for _ in range(_CLIENTS // 2)]
    tables = [shared] * (_CLIENTS // 2) + own
    began = time.monotonic()
    with ExitStack() as all_of_them:
        programs = []
        for place, table in enumerate(tables):
            home = stage.folder(f"client{place}")
            book = make_workbook(home / f"try{number}.xlsx", _CLIENT_ROWS + 100 * number + place)
            options = ("--table", table, "--mode", "append", "--workers", "1")
            target = replace(stage.target, embedded=False)
            programs.append(all_of_them.enter_context(import_command(home, book, *options, target=target)))
        told: list[Told] = []
        for program in programs:
            told += end_told(program)[1]
        wrong = [p.said()[-300:] for p in programs if p.process.returncode]
        for program in programs:
            wrong += [*orphans(program.home), *open_jobs(program.home)]
    seconds = time.monotonic() - began
    bad = [line for line in told if line["state"] != "loaded"]
    wrong += [f"told: {short(bad)}"] if bad or len(told) != _CLIENTS else []
    expected = sum(_CLIENT_ROWS + 100 * number + place for place in range(_CLIENTS // 2))
    if (found := stage.count(shared)) != expected:
        wrong.append(f"{shared} has {found} rows instead of {expected}")
    return Try(seconds, wrong + untruths(stage.target, told), f"{len(told) - len(bad)} loaded")


def _wait(stage: Stage, program: Program) -> bool:
    """Until a random moment of its import; False when it ended before."""
    with look(stage.target) as connection:
        wait_for_import(program, connection)
    time.sleep(stage.moment())
    return program.running


def _kill(process: psutil.Process) -> None:
    try:
        process.kill()
    except psutil.NoSuchProcess:
        return
