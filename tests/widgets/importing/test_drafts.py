"""Drafts: edits give new drafts, names stay safe, choices become options."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tests.widgets.importing.samples import ERRORS, PATH, TO_DECIDE, ZEROS, plan, survey
from widgets.importing.drafts import (
    apply_choice,
    carry_over,
    choice_of,
    drafts_of,
    reading_options,
    rejected_rows,
    rename_column,
    retype_column,
    undecided,
)
from widgets.importing.folding import cell_position, merge_ranges, wanted_rows
from widgets.importing.view_data import FileEntry, FileState, TableDraft
from workers.core.options import ImportOptions, PgType

ENTRY = FileEntry(PATH, FileState.READY, survey=survey())


def first() -> TableDraft:
    return next(iter(drafts_of(ENTRY, ImportOptions())))


def test_every_table_gets_a_draft_with_its_own_name() -> None:
    drafts = list(drafts_of(ENTRY, ImportOptions()))
    assert [draft.options.table for draft in drafts] == ["retail_orders", "retail_lookup", "retail_lookup_2"]
    assert [draft.options.sheets for draft in drafts] == [("Orders",), ("Lookup",), ("Lookup",)]


def test_unchanged_files_start_out_unchosen() -> None:
    assert not any(draft.checked for draft in drafts_of(replace(ENTRY, checked=False), ImportOptions()))


def test_renaming_keeps_names_safe_and_keys_with_them() -> None:
    draft = first()
    keyed = replace(draft, options=replace(draft.options, keys=("invoice_no",)))
    renamed = rename_column(keyed, 0, "Invoice Number!")
    assert renamed.plan.columns[0].name == "invoice_number"
    assert renamed.options.keys == ("invoice_number",)
    clash = rename_column(draft, 0, "qty")
    assert len({column.name for column in clash.plan.columns}) == 3
    assert rename_column(draft, 0, "invoice_no") is draft


@given(st.text(max_size=80))
def test_whatever_is_typed_as_a_name_names_stay_unique_and_short(text: str) -> None:
    names = [column.name for column in rename_column(first(), 1, text).plan.columns]
    assert len(set(names)) == 3
    assert all(name and len(name.encode()) <= 63 for name in names)


def test_chosen_type_is_fixed() -> None:
    changed = retype_column(first(), 1, PgType.TEXT)
    assert changed.plan.columns[1].type is PgType.TEXT
    assert changed.plan.columns[1].fixed
    assert changed.options.type_overrides == (("qty", PgType.TEXT),)


def test_choices_become_options_or_types() -> None:
    draft = first()
    assert apply_choice(draft, ERRORS, "reject").options.errors == "reject"
    assert apply_choice(draft, ZEROS, "bigint").plan.columns[0].type is PgType.BIGINT
    assert reading_options(apply_choice(draft, ERRORS, "text").options) != reading_options(draft.options)
    assert reading_options(apply_choice(draft, ZEROS, "text").options) == reading_options(draft.options)


def test_deciding_settles_a_finding() -> None:
    draft, findings = first(), (TO_DECIDE, ERRORS)
    assert undecided(draft, findings) == 1
    assert choice_of(draft, TO_DECIDE) == "reject"
    assert rejected_rows(draft, findings) == 3
    decided = apply_choice(draft, TO_DECIDE, "null")
    assert undecided(decided, findings) == 0
    assert choice_of(decided, TO_DECIDE) == "null"
    assert rejected_rows(decided, findings) == 0


def test_two_columns_with_the_same_finding_are_decided_apart() -> None:
    other = replace(TO_DECIDE, column=2)
    decided = apply_choice(first(), TO_DECIDE, "null")
    assert choice_of(decided, other) == "reject"


def test_reading_again_keeps_the_users_edits_where_columns_agree() -> None:
    old = retype_column(rename_column(first(), 0, "number"), 1, PgType.TEXT)
    fresh = first()
    other = replace(fresh.plan.columns[2], source="Net price", name="net_price")
    fresh = replace(fresh, plan=replace(fresh.plan, columns=(*fresh.plan.columns[:2], other)))
    merged = carry_over(old, fresh)
    assert [column.name for column in merged.plan.columns] == ["number", "qty", "net_price"]
    assert merged.plan.columns[1].type is PgType.TEXT


def test_preview_asks_for_head_flagged_and_tail() -> None:
    table = plan()
    ranges = wanted_rows(table, table.findings)
    wanted = {row for first_row, last_row in ranges for row in range(first_row, last_row + 1)}
    assert {1, 2, 3, 4, 11, 88, 410, 901, 1001, 1003, 1004} <= wanted
    assert len(wanted) < 40


@given(st.lists(st.tuples(st.integers(1, 60), st.integers(0, 9))))
def test_merged_ranges_hold_the_same_rows_once(pairs: list[tuple[int, int]]) -> None:
    ranges = [(start, start + length) for start, length in pairs]
    merged = merge_ranges(ranges)
    rows = [row for start, end in merged for row in range(start, end + 1)]
    assert rows == sorted({row for start, end in ranges for row in range(start, end + 1)})


def test_addresses_are_understood() -> None:
    assert cell_position("D88") == (88, 3)
    assert cell_position("AA7:AB9") == (7, 26)
    assert cell_position("Orders!$B$2") == (2, 1)
    assert cell_position("5010:5027") == (5010, 0)
    assert cell_position("row seven") is None
