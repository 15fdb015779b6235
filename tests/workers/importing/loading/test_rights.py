"""Roles that may do little: what works, and what is said where it does not."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from tests.workers.importing.loading.conftest import Loader, RecordingContext
from workers.core.model.errors import UserError
from workers.core.model.options import Mode
from workers.core.model.outcomes import ImportState
from workers.core.model.tasks import Secret
from workers.core.model.undo_report import UndoReport, UndoRequest
from workers.database.ledger.schema import writer_statements
from workers.importing.loading.undo.undo import run_undo

ROWS: list[list[Any]] = [["id", "name"], [1, "a"], [2, "b"]]


@pytest.fixture
def clerk(loader: Loader) -> Iterator[Loader]:
    """A loader as a role that may write to one schema and nothing else."""
    name = f"clerk_{uuid.uuid4().hex[:8]}"
    loader.connection.execute(f"CREATE ROLE {name} LOGIN PASSWORD 'pw'".encode())
    loader.connection.execute(f"CREATE SCHEMA office AUTHORIZATION {name}".encode())
    loader.connection.execute("REVOKE CREATE ON SCHEMA public FROM public")
    loader.target = replace(loader.target, user=name, password=Secret("pw"))
    yield loader
    loader.connection.execute(f"DROP OWNED BY {name} CASCADE".encode())
    loader.connection.execute(f"DROP ROLE {name}".encode())


def undo(loader: Loader, import_id: str) -> UndoReport:
    """Take an import back."""
    return run_undo(UndoRequest(str(uuid.uuid4()), import_id, loader.target), RecordingContext())


def test_without_the_right_to_make_the_ledger_an_administrator_is_told_what_to_run(clerk: Loader) -> None:
    with pytest.raises(UserError) as caught:
        clerk.load_rows(ROWS, table="t", schema="office")
    info = caught.value.info
    assert info.kind == "no-ledger"
    assert clerk.target.user in info.message
    assert "--no-ledger" in (info.hint or "")
    head, _, rest = (info.hint or "").partition(": ")
    assert "administrator" in head
    for statement in rest.split(" Or import")[0].split(";"):
        if statement.strip():
            clerk.connection.execute(statement.encode())
    outcome = clerk.load_rows(ROWS, table="t", schema="office")
    assert outcome.state is ImportState.LOADED, outcome.error
    assert undo(clerk, outcome.import_id).state == "undone"
    assert not clerk.exists("office.t")


def test_without_ledger_rows_arrive_and_nothing_else_is_made(clerk: Loader) -> None:
    for _ in range(2):
        outcome = clerk.load_rows(ROWS, table="t", schema="office", mode=Mode.APPEND, ledger=False)
        assert outcome.state is ImportState.LOADED, outcome.error
    assert clerk.query("SELECT count(*) FROM office.t") == [(4,)]
    assert clerk.query("SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'sheetferry%'") == [(0,)]


def test_the_only_schema_that_may_be_written_is_found(clerk: Loader) -> None:
    clerk.connection.execute(f"ALTER ROLE {clerk.target.user} SET search_path = office, public".encode())
    outcome = clerk.load_rows(ROWS, table="t", ledger=False)
    assert outcome.table == "office.t"


def test_no_schema_to_write_to_is_said(clerk: Loader) -> None:
    with pytest.raises(UserError) as caught:
        clerk.load_rows(ROWS, table="t", ledger=False)
    assert caught.value.info.kind == "no-permission"
    assert "--schema" in (caught.value.info.hint or "")


def test_a_role_that_may_only_write_the_ledger_imports_and_is_told_that_there_is_no_undo(clerk: Loader) -> None:
    info = clerk.connection.info
    owner = replace(clerk.target, user=info.user, password=Secret(info.password))
    admin = Loader(clerk.folder, owner, clerk.connection)
    assert admin.load_rows(ROWS, "other", table="other", schema="public").state is ImportState.LOADED
    ledger_only = [s for s in writer_statements(clerk.target.user) if "sheetferry_kept" not in s]
    with pytest.raises(UserError, match="may not write the ledger"):
        clerk.load_rows(ROWS, table="t", schema="office")
    for statement in ledger_only:
        clerk.connection.execute(statement.encode())
    outcome = clerk.load_rows(ROWS, "mine", table="t", schema="office")
    assert outcome.state is ImportState.LOADED, outcome.error
    assert "no-undo" in {w.code for w in outcome.warnings}
    for statement in writer_statements(clerk.target.user):
        clerk.connection.execute(statement.encode())
    report = undo(clerk, outcome.import_id)
    assert report.error
    assert report.error.kind == "nothing-kept"
    second = clerk.load_rows([["id"], [9]], "second", table="u", schema="office")
    assert undo(clerk, second.import_id).state == "undone"
