"""How often a small import asks the server and waits: far from the server that is most of its time."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from tests.workers.importing.loading.conftest import Loader
from workers.core.model.options import Mode
from workers.database.engines import connect_bulk
from workers.importing.loading import file_import

MOST_OF_NEW_TABLE = 60
MOST_OF_APPEND = 71


@pytest.mark.db
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the client library writes such a trace on Linux only")
@pytest.mark.parametrize(("mode", "most"), [(Mode.CREATE, MOST_OF_NEW_TABLE), (Mode.APPEND, MOST_OF_APPEND)])
def test_a_small_import_waits_for_few_answers(
    mode: Mode, most: int, loader: Loader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows: list[list[Any]] = [["day", "amount"], ["monday", 1], ["tuesday", 2]]
    loader.load_rows(rows, table="first" if mode is Mode.CREATE else "second")
    trace = tmp_path / "trace"
    with trace.open("wb") as file:

        def traced(*arguments: Any, **keywords: Any) -> Any:
            connection = connect_bulk(*arguments, **keywords)
            connection.pgconn.trace(file.fileno())
            return connection

        monkeypatch.setattr(file_import, "connect_bulk", traced)
        outcome = loader.load_rows([*rows, ["friday", 3]], name="more", table="second", mode=mode)
    assert outcome.state.value == "loaded"
    answers = trace.read_text(errors="replace").count("ReadyForQuery")
    # The session's own settings take one more, before the trace begins.
    assert 0 < answers + 1 <= most
