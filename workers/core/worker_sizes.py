"""How many worker processes and I/O threads there are: computed from the cores, or as the environment says."""

from __future__ import annotations

from collections.abc import Mapping

from workers.core.errors import UserError

WORKERS_VARIABLE = "CPU_EXECUTOR_WORKERS"
THREADS_VARIABLE = "IO_EXECUTOR_WORKERS"
MOST_WORKERS = 60
"""Windows can wait for 63 handles at once; a few of them are the supervisor's own."""
MOST_THREADS = 200


def computed_workers(cores: int, *, window: bool) -> int:
    """Worker processes for so many cores: the window keeps one core for itself."""
    return min(MOST_WORKERS, max(1, cores - 1 if window else cores))


def computed_threads(cores: int) -> int:
    """I/O threads for so many cores."""
    return max(1, min(cores * 5, 20))


def checked_count(name: str, value: str, most: int) -> int:
    """Read a number of workers or threads.

    Raises:
        UserError: of kind ``bad-setting``, with the name, the value and what is allowed.
    """
    text = value.strip()
    if not (text.isascii() and text.isdigit()) or not 1 <= int(text) <= most:
        raise UserError.of(
            "bad-setting",
            f"{name} is {value!r}, and must be a whole number from 1 to {most}.",
            f"Correct {name}, or leave it out for the computed value.",
        )
    return int(text)


def worker_count(cores: int, *, window: bool, environment: Mapping[str, str], command_line: int | None = None) -> int:
    """Worker processes: command line over environment over computed.

    Raises:
        UserError: of kind ``bad-setting`` for a wrong value.
    """
    if command_line is not None:
        return checked_count("--workers", str(command_line), MOST_WORKERS)
    if WORKERS_VARIABLE in environment:
        return checked_count(WORKERS_VARIABLE, environment[WORKERS_VARIABLE], MOST_WORKERS)
    return computed_workers(cores, window=window)


def thread_count(cores: int, environment: Mapping[str, str]) -> int:
    """I/O threads: environment over computed.

    Raises:
        UserError: of kind ``bad-setting`` for a wrong value.
    """
    if THREADS_VARIABLE in environment:
        return checked_count(THREADS_VARIABLE, environment[THREADS_VARIABLE], MOST_THREADS)
    return computed_threads(cores)
