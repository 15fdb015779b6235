"""What the Import page says of a target before the start."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from app.services.target_check import Earlier, SameFile, changed_offer, judge, look_at_target, with_history
from widgets.importing.view_data import TableDraft, TableRef, TargetCheck
from workers.core.jobs.pool_sizes import PoolSizes
from workers.core.model.options import ImportOptions, Mode, PgType
from workers.core.model.plans import ColumnPlan, SheetInfo, TablePlan
from workers.core.model.tasks import Target
from workers.database.catalog import ColumnEntry
from workers.database.engines import connect_bulk, make_engine
from workers.database.ledger.schema import ensure_ledger

PLAN = TablePlan(
    SheetInfo(0, "Orders"),
    0,
    (1,),
    2,
    4,
    (ColumnPlan(0, "No", "no", PgType.BIGINT), ColumnPlan(1, "Name", "name", PgType.TEXT)),
    rows=3,
)
NO = ColumnEntry("no", "bigint", False, False, True)
NAME = ColumnEntry("name", "integer", False, False, False)


def draft(mode: Mode = Mode.APPEND, **options: Any) -> TableDraft:
    return TableDraft(TableRef("a.xlsx", 0, 0), PLAN, ImportOptions(table="orders", mode=mode, **options))


def test_a_new_table_needs_nothing() -> None:
    assert judge(draft(Mode.CREATE), "public", []) == TargetCheck(exists=False)


def test_create_into_an_existing_table_is_blocked_with_a_way_out() -> None:
    assert "append" in judge(draft(Mode.CREATE), "public", [NO]).blocked


def test_an_upsert_without_a_key_names_the_tables_own() -> None:
    assert "no." in judge(draft(Mode.UPSERT), "public", [NO, NAME]).blocked
    assert judge(draft(Mode.UPSERT), "public", []).blocked
    assert not judge(draft(Mode.UPSERT, keys=("no",)), "public", [NO, NAME]).blocked


def test_what_does_not_fit_is_said() -> None:
    (notice,) = judge(draft(), "public", [NO, NAME]).notices
    assert (notice.tone, "name is integer" in notice.text) == ("warn", True)
    required = ColumnEntry("customer", "text", True, False, False)
    (notice,) = judge(draft(), "public", [NO, ColumnEntry("name", "text", False, False, False), required]).notices
    assert "customer" in notice.text


def test_rows_of_this_very_file_are_told_the_same_table_first() -> None:
    when = dt.datetime(2026, 5, 3, tzinfo=dt.UTC)
    elsewhere, here = SameFile("public.other", 3, when), SameFile("public.orders", 3, when)
    check = with_history(draft(), "public", TargetCheck(exists=True), [elsewhere, here])
    assert "public.orders" in check.notices[-1].title
    assert with_history(draft(), "public", TargetCheck(), []) == TargetCheck()


@pytest.mark.db
def test_the_database_itself_is_asked(target: Target, query: Callable[..., list[tuple[Any, ...]]]) -> None:
    query("CREATE TABLE orders (no bigint PRIMARY KEY, name text)")
    engine = make_engine(target, PoolSizes(1, 0, 5.0), "test")
    try:
        view = look_at_target(engine, draft(), "f" * 64)
    finally:
        engine.dispose()
    assert (view.schema, view.tables, view.check.exists) == ("public", ("orders",), True)
    assert view.check.notices[0].tone == "ok"


@pytest.mark.db
def test_an_earlier_version_of_the_workbook_offers_only_new_and_changed_rows(
    target: Target, query: Callable[..., list[tuple[Any, ...]]]
) -> None:
    query("CREATE TABLE orders (no bigint PRIMARY KEY, name text)")
    with connect_bulk(target, "test") as connection:
        ensure_ledger(connection)
    insert = (
        "INSERT INTO sheetferry.imports (import_id, state, source_file, source_sheet, source_sha256, content_key,"
        " target_oid, target_table, mode, rows_read, rows_loaded, rows_rejected, rows_skipped, started_at,"
        " committed_at, app_version, os_user) SELECT gen_random_uuid(), 'loaded', '/old/A.xlsx', 'Orders',"
        " repeat('e', 64), 'k',"
        " 'orders'::regclass, 'public.orders', 'append', 7, 7, 0, 0, now(), now(), '1', 'me'"
    )
    query(insert)
    engine = make_engine(target, PoolSizes(1, 0, 5.0), "test")
    try:
        offer = look_at_target(engine, draft(), "f" * 64).check.offer
        same = look_at_target(engine, draft(), "e" * 64).check.offer
        other = look_at_target(engine, replace(draft(), ref=TableRef("b.xlsx", 0, 0)), "f" * 64).check.offer
    finally:
        engine.dispose()
    assert offer is not None
    assert offer.keys == ("no",)
    assert "7" in offer.text
    assert same is None, "the same bytes are said to be there already"
    assert other is None, "another file is not a version of this one"


def test_without_a_key_the_offer_says_to_choose_one() -> None:
    earlier = Earlier(7, dt.datetime(2026, 5, 3, tzinfo=dt.UTC))
    assert changed_offer(draft(), [NAME], earlier).keys == ()
    assert changed_offer(draft(), [NAME], replace(earlier, keys=("no",))).keys == ("no",)
    assert changed_offer(draft(), [NAME], replace(earlier, keys=("gone",))).keys == ()
