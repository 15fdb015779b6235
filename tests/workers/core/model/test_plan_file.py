"""Plan files: they say what was chosen, read back to the same, and refuse what they do not know."""

from __future__ import annotations

import dataclasses
import datetime as dt
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workers.core.model.errors import UserError
from workers.core.model.options import (
    DEFAULT_NULL_TOKENS,
    HeaderChoice,
    ImportOptions,
    Mode,
    PgType,
    Priority,
    RejectLimit,
)
from workers.core.model.plan_file import SavedPlan, named_choices, plan_for, read_plan, write_plan
from workers.core.model.plans import ColumnPlan, SheetInfo, TablePlan

_TEXTS = st.text(min_size=1, max_size=12)
_NAMES = st.lists(_TEXTS, max_size=3).map(tuple)
_LIMITS = st.one_of(
    st.builds(RejectLimit, st.integers(0, 10**9)),
    st.integers(0, 1000).map(lambda tenths: RejectLimit(percent=tenths / 10)),
)
_HEADERS = st.one_of(
    st.sampled_from([HeaderChoice(), HeaderChoice("none")]),
    st.tuples(st.integers(1, 500), st.integers(0, 3)).map(lambda t: HeaderChoice("rows", t[0], t[0] + t[1])),
)
_OPTIONS = st.builds(
    ImportOptions,
    table=st.none() | _TEXTS,
    schema=st.none() | _TEXTS,
    sheets=_NAMES,
    cell_range=st.none() | _TEXTS,
    header=_HEADERS,
    mode=st.sampled_from(Mode),
    keys=_NAMES,
    duplicates=st.sampled_from(["reject", "first", "last"]),
    mapping=st.dictionaries(_TEXTS, _TEXTS, max_size=3).map(lambda d: tuple(d.items())),
    keep_existing=st.booleans(),
    only_changed=st.booleans(),
    type_overrides=st.dictionaries(_TEXTS, st.sampled_from(PgType), max_size=3).map(lambda d: tuple(d.items())),
    types=st.sampled_from(["auto", "cells", "text"]),
    errors=st.sampled_from(["null", "text", "reject"]),
    null_tokens=st.sampled_from([DEFAULT_NULL_TOKENS, (), ("x", "\t")]),
    fill_down=_NAMES,
    null_misfits=_NAMES,
    max_rejects=_LIMITS,
    lineage=st.sampled_from([None, True, False]),
    date_order=st.sampled_from(["auto", "day-first", "month-first"]),
    hidden=st.sampled_from(["include", "skip"]),
    again=st.booleans(),
    atomic=st.booleans(),
    priority=st.sampled_from(Priority),
    timeout=st.none() | st.floats(0.1, 1e6),
    ledger=st.booleans(),
)


@given(_OPTIONS)
def test_every_choice_reads_back(options: ImportOptions) -> None:
    text = write_plan(SavedPlan(options, source="a\nb.xlsx", saved=dt.date(2026, 11, 21)))
    tomllib.loads(text)
    assert read_plan(text).options == options


def test_a_plan_says_only_what_was_chosen() -> None:
    text = write_plan(SavedPlan(ImportOptions(table="orders", mode=Mode.APPEND)))
    assert text.splitlines()[1:] == ["sheetferry_plan = 1", "", "[target]", 'table = "orders"', 'mode = "append"']


def test_all_sheets_and_a_trial_run() -> None:
    options = ImportOptions(all_sheets=True)
    assert read_plan(write_plan(SavedPlan(options))).options.all_sheets
    columns = (ColumnPlan(0, "A", "a", PgType.TEXT),)
    assert not named_choices(columns, ImportOptions(dry_run=True)).dry_run


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no import plan"),
        ("sheetferry_plan = 99", "version 99"),
        ("sheetferry_plan = 1\nnonsense = 2", "'nonsense'"),
        ('sheetferry_plan = 1\n[target]\npassword = "x"', r"\[target\] of the plan has 'password'"),
        ('sheetferry_plan = 1\n[target]\nmode = "apend"', "target.mode"),
        ("sheetferry_plan = 1\n[target]\nmax_rejects = true", "target.max_rejects"),
        ('sheetferry_plan = 1\n[read]\nheader = "3-1"', "read.header"),
        ('sheetferry_plan = 1\n[types]\nqty = "money"', "types.qty"),
        ("sheetferry_plan = 1\n[columns]\nqty = 3", "columns.qty"),
        ("sheetferry_plan = 1\ntarget = 3", "target in the plan is not a section"),
        ("sheetferry_plan = = 1", "cannot be read"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(text: str, said: str) -> None:
    with pytest.raises(UserError, match=said) as caught:
        read_plan(text)
    assert caught.value.info.kind == "bad-plan"
    assert caught.value.info.hint


def test_hand_written_numbers_are_taken() -> None:
    options = read_plan("sheetferry_plan = 1\n[read]\nheader = 3\n[target]\nmax_rejects = 20\n").options
    assert options.header == HeaderChoice("rows", 3, 3)
    assert options.max_rejects == RejectLimit(20)


def _table(*columns: ColumnPlan) -> TablePlan:
    return TablePlan(SheetInfo(0, "Orders"), 0, (1,), 2, 9, columns)


def test_columns_are_named_by_header_or_by_letter_where_headers_are_equal() -> None:
    columns = (
        ColumnPlan(0, "Invoice No", "invoice", PgType.TEXT, fixed=True),
        ColumnPlan(1, "Amount", "net", PgType.BIGINT),
        ColumnPlan(2, "Amount", "gross", PgType.BIGINT),
        ColumnPlan(3, None, "remark", PgType.TEXT),
        ColumnPlan(4, "Untouched", "untouched", PgType.TEXT),
    )
    options = plan_for(_table(*columns), ImportOptions(sheets=("Orders",)), only_sheet=True).options
    assert options.mapping == (("Invoice No", "invoice"), ("B", "net"), ("C", "gross"), ("D", "remark"))
    assert options.type_overrides == (("Invoice No", PgType.TEXT),)
    assert options.sheets == ()


def test_one_of_several_tables_keeps_to_its_block() -> None:
    table = _table(ColumnPlan(1, "Item", "item", PgType.TEXT))
    kept = plan_for(table, ImportOptions(sheets=("Orders",)), only_table=False).options
    assert (kept.sheets, kept.cell_range) == (("Orders",), "B1:B9")
    declared = dataclasses.replace(table, name="OrderTable")
    assert plan_for(declared, ImportOptions(), only_table=False).options.cell_range == "OrderTable"


def test_columns_left_out_stay_left_out() -> None:
    found = (ColumnPlan(0, "A", "a", PgType.TEXT), ColumnPlan(1, "Secret", "secret", PgType.TEXT))
    kept = plan_for(_table(found[0]), ImportOptions(), found=found)
    assert kept.options.mapping == (("Secret", ""),)
    assert read_plan(write_plan(kept)).options.mapping == (("Secret", ""),)


def test_every_option_has_a_line() -> None:
    everywhere = set(ImportOptions.__dataclass_fields__)
    apart = {"mapping", "type_overrides", "dry_run", "all_sheets"}
    written = write_plan(SavedPlan(_EVERYTHING)).splitlines()
    assert len([line for line in written if " = " in line and "#" not in line]) == 1 + len(everywhere - apart)


_EVERYTHING = ImportOptions(
    table="t",
    schema="s",
    sheets=("a",),
    cell_range="A1:B2",
    header=HeaderChoice("none"),
    mode=Mode.SKIP,
    keys=("k",),
    duplicates="last",
    keep_existing=True,
    only_changed=True,
    types="text",
    errors="text",
    null_tokens=(),
    fill_down=("f",),
    null_misfits=("n",),
    max_rejects=RejectLimit(1),
    lineage=True,
    hidden="skip",
    date_order="day-first",
    again=True,
    atomic=True,
    mended_rejects=True,
    priority=Priority.LOW,
    timeout=3.0,
    ledger=False,
)
