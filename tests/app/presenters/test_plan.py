"""A plan saved in the window, run by the command: the same rows in the same columns."""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
import pytest
import xlsxwriter

from app.presenters.plan import plan_file_name, plan_of_draft, save_receipt
from app.services.past_details import past_details
from app.services.plan_files import load_plan_file, save_plan_file
from widgets.history.history_data import HistoryEntry
from widgets.importing.drafts.choices import retype
from widgets.importing.drafts.drafts import drafts_of, match_columns, rename_column, retarget
from widgets.importing.view_data import FileEntry, FileState, TableDraft
from workers.core.model.options import ImportOptions, Mode, PgType
from workers.core.model.outcomes import ImportOutcome
from workers.core.model.plans import FileSurvey
from workers.core.model.tasks import ImportRequest, InspectRequest, Target
from workers.database.local.store import LocalStore

ROWS: list[list[Any]] = [
    ["Order No", "Qty", "Secret", "Amount", "Amount"],
    [1, 10, "x", 1.5, 2],
    [2, 20, "y", 2.5, 3],
    [9, 55, "z", 4.5, 8],
]


class Quiet:
    """A task context that nobody listens to."""

    def __getattr__(self, name: str) -> Callable[..., None]:
        return lambda *arguments: None


@pytest.fixture
def workbook(tmp_path: Path) -> str:
    path = tmp_path / "orders october.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        for name in ("Orders", "Other"):
            sheet = book.add_worksheet(name)
            for number, row in enumerate(ROWS):
                sheet.write_row(number, 0, row)
    return str(path)


def survey(path: str) -> FileSurvey:
    from workers.importing.survey.inspect import run_inspect

    return run_inspect(InspectRequest("5f0c3b0e-0000-4000-8000-000000000001", path, ImportOptions()), Quiet())


def chosen(found: FileSurvey) -> TableDraft:
    """What an analyst makes of the first table: names, types, a column left out, another table."""
    draft = next(drafts_of(FileEntry(found.path, FileState.READY, survey=found), ImportOptions()))
    draft = retype(draft, 1, PgType.TEXT)
    draft = rename_column(draft, 1, "quantity")
    draft = rename_column(draft, 4, "gross")
    draft = match_columns(draft, {2: None})
    return retarget(draft, schema=None, table="orders", mode=Mode.APPEND, keys=())


def window_import(draft: TableDraft, target: Target, sha256: str) -> ImportOutcome:
    """What the window hands to a worker."""
    from workers.importing.loading.file_import import run_import

    request = ImportRequest(
        "5f0c3b0e-0000-4000-8000-000000000002", draft.ref.path, draft.options, target, (draft.plan,), sha256
    )
    (outcome,) = run_import(request, Quiet())
    assert outcome.error is None
    return outcome


def command(target: Target, home: Path, *words: str) -> list[dict[str, Any]]:
    """Run the command line for real."""
    url = f"postgresql://{target.user}:{target.password.reveal() if target.password else ''}@/{target.dbname}"
    url += f"?host={target.host}&port={target.port}"
    environ = {**os.environ, "SHEETFERRY_HOME": str(home), "SHEETFERRY_DATABASE_URL": url}
    done = subprocess.run(
        [sys.executable, "-m", "app", "import", *words, "--json", "--workers", "1"],
        env=environ,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.stdout, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.db
def test_a_window_s_plan_gives_the_same_table_by_the_command(
    workbook: str, tmp_path: Path, target: Target, connection: psycopg.Connection[Any]
) -> None:
    found = survey(workbook)
    draft = chosen(found)
    plan = plan_of_draft(draft, found)
    path = tmp_path / plan_file_name(plan)
    assert path.name == "orders.plan.toml"
    save_plan_file(str(path), plan)
    (by_command,) = command(target, tmp_path / "home", workbook, "--plan", str(path), "--table", "copied")
    assert (by_command["error"], by_command["sheet"], by_command["rows_loaded"]) == (None, "Orders", 3)
    by_window = window_import(draft, target, found.sha256)
    rows = "SELECT order_no, quantity, amount, gross FROM {} ORDER BY 1"
    assert by_window.table == "public.orders"
    ours, theirs = (connection.execute(rows.format(t).encode()).fetchall() for t in ("orders", "copied"))
    assert ours == theirs == [(1, "10", 1.5, 2), (2, "20", 2.5, 3), (9, "55", 4.5, 8)]
    columns = "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = %s ORDER BY 1"
    assert connection.execute(columns, ("orders",)).fetchall() == connection.execute(columns, ("copied",)).fetchall()

    again = command(target, tmp_path / "home", workbook, "--plan", str(path))
    assert [line["state"] for line in again] == ["unchanged"]

    past = tmp_path / "past.toml"
    entry = HistoryEntry(by_window, dt.datetime(2026, 10, 3))
    store = LocalStore(tmp_path / "store")
    details = past_details(target, store, lambda _: "", entry)
    past.write_text(details.plan, encoding="utf-8")
    assert "3 rows loaded" in details.log
    assert "Made for orders october.xlsx" in past.read_text(encoding="utf-8")
    assert replace(load_plan_file(str(past)).options, mapping=()) == replace(
        load_plan_file(str(path)).options, mapping=()
    )
    unknown = HistoryEntry(replace(by_window, import_id="5f0c3b0e-0000-4000-8000-00000000000f"), entry.when)
    missing = past_details(target, store, lambda _: "", unknown)
    assert not missing.plan
    store.close()
    for name, start in (("r.html", "<!DOCTYPE html>"), ("r.json", "{")):
        save_receipt(str(tmp_path / name), entry)
        assert (tmp_path / name).read_text(encoding="utf-8").startswith(start)


def test_the_only_sheet_is_not_named(workbook: str) -> None:
    found = survey(workbook)
    alone = replace(found, sheets=found.sheets[:1])
    assert plan_of_draft(chosen(found), alone).options.sheets == ()
    assert plan_of_draft(chosen(found), found).options.sheets == ("Orders",)
