"""A file that changes, or whose path leads elsewhere, between its hash and its commit."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.workers.importing.loading.conftest import Loader, RecordingContext
from workers.core.model.outcomes import ImportOutcome, ImportState
from workers.core.model.tasks import Phase, Progress
from workers.importing.loading.file_import import run_import

pytestmark = pytest.mark.db


def load_with(loader: Loader, path: str, meanwhile: Callable[[], object]) -> ImportOutcome:
    """Import a file while `meanwhile` happens after its hash was taken, once."""
    done: list[object] = []

    def happen(progress: Progress) -> bool:
        if progress.phase is not Phase.OPENING and not done:
            done.append(meanwhile())
        return False

    context = RecordingContext()
    context.cancel_when = happen
    (outcome,) = run_import(loader.request(path, table="t"), context)
    assert done
    return outcome


@pytest.mark.skipif(sys.platform == "win32", reason="there an open file cannot be replaced")
def test_the_hash_in_the_ledger_is_of_the_rows_in_the_table(loader: Loader) -> None:
    path, other = loader.book("a", Data=[["N"], [1]]), loader.book("b", Data=[["N"], [2]])
    wanted = hashlib.sha256(Path(path).read_bytes()).hexdigest()
    outcome = load_with(loader, path, lambda: os.replace(other, path))
    assert (outcome.state, outcome.error) == (ImportState.LOADED, None)
    assert loader.query("SELECT n FROM t") == [(1,)]
    assert loader.query("SELECT source_sha256 FROM sheetferry.imports") == [(wanted,)]


def test_a_file_that_is_written_to_meanwhile_is_not_loaded(loader: Loader) -> None:
    path = loader.book("a", Data=[["N"], [1]])

    def write() -> None:
        with open(path, "ab") as file:
            file.write(b"more")

    outcome = load_with(loader, path, write)
    assert outcome.error is not None
    assert outcome.error.kind == "in-use"
    assert not loader.exists("t")
