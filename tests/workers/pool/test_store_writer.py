"""What the store's writer says of a disk that is full for a while."""

from __future__ import annotations

from workers.core.errors import EnvironmentFailure, SheetferryError
from workers.pool.store_writer import StoreWriter


def test_trouble_is_told_once_and_its_end_too() -> None:
    """Every write goes on, and nobody is told the same thing a hundred times."""
    told: list[str | None] = []

    def hear(error: SheetferryError | None) -> None:
        told.append(error.info.kind if error else None)

    def fail() -> None:
        raise EnvironmentFailure.of("disk-full", "The disk is full.")

    done: list[int] = []
    writer = StoreWriter(hear)
    for write in (lambda: done.append(1), fail, fail, lambda: done.append(2), lambda: done.append(3), fail):
        writer.put(write)
    assert writer.close(60.0)
    assert done == [1, 2, 3]
    assert told == ["disk-full", None, "disk-full"]
