"""The first worker of an import starts before this process loads anything: it takes the longest to get ready."""

from __future__ import annotations

from collections.abc import Sequence

from workers.pool.process.birth import NewProcess, is_possible


def start_early(words: Sequence[str]) -> NewProcess | None:
    """Start it for a command line that looks like an import; a command that ends without a use for it takes it along.

    Args:
        words: What stands after the program's name.
    """
    if words[:1] != ["import"] or not is_possible() or {"-h", "--help"} & set(words):
        return None
    try:
        return NewProcess("workers.importing.tasks:TASKS")
    except OSError:
        return None  # the pool will say what is wrong when it starts its own
