"""What the store's writer says of a disk that is full for a while."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from workers.core.model.errors import EnvironmentFailure, SheetferryError
from workers.pool.durable.store_writer import StoreWriter


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


class Disk:
    """Counts transactions, and forgets what was written in one that failed."""

    def __init__(self) -> None:
        self.kept: list[str] = []
        self.transactions = 0

    @contextmanager
    def together(self) -> Iterator[None]:
        self.transactions += 1
        before = list(self.kept)
        try:
            yield
        except BaseException:
            self.kept[:] = before
            raise


def test_what_has_gathered_meanwhile_goes_to_the_disk_at_once_and_in_order() -> None:
    disk, gate = Disk(), threading.Event()
    after: list[tuple[str, int]] = []
    writer = StoreWriter(lambda _: None, disk.together)
    writer.put(gate.wait)
    for number in range(100):
        name = f"job {number}"
        writer.put_write(
            lambda name=name: disk.kept.append(name),  # type: ignore[misc]
            lambda name=name: after.append((name, len(disk.kept))),  # type: ignore[misc]
        )
    writer.put(lambda: disk.kept.append("alone"))
    writer.put_write(lambda: disk.kept.append("last"))
    gate.set()
    assert writer.close(60.0)
    assert disk.kept == [*(f"job {n}" for n in range(100)), "alone", "last"]
    assert disk.transactions == 1
    assert after == [(f"job {n}", 100) for n in range(100)], "each is gone on with once all are on the disk"


def test_one_write_that_fails_takes_no_other_along() -> None:
    disk, gate = Disk(), threading.Event()
    told: list[str] = []
    after: list[str] = []

    def fail() -> None:
        raise EnvironmentFailure.of("store-busy", "Somebody else writes.")

    writer = StoreWriter(lambda error: told.append(error.info.kind if error else ""), disk.together)
    writer.put(gate.wait)
    writer.put_write(lambda: disk.kept.append("a"), lambda: after.append("a"))
    writer.put_write(fail, lambda: after.append("failed"))
    writer.put_write(lambda: disk.kept.append("b"), lambda: after.append("b"))
    gate.set()
    assert writer.close(60.0)
    assert disk.kept == ["a", "b"]
    assert after == ["a", "failed", "b"]
    assert told == ["store-busy", ""]
