"""Drafts: edits give new drafts, names stay safe, choices become options."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tests.widgets.importing.samples import ERRORS, PATH, TO_DECIDE, ZEROS, plan, survey
from widgets.importing.drafts.choices import apply_choice, asking_options, reading_options, retype
from widgets.importing.drafts.drafts import (
    all_columns,
    allow_rejects,
    carry_over,
    choice_of,
    drafts_of,
    match_columns,
    merge_sheet,
    only_changed,
    rejected_rows,
    rename_column,
    undecided,
)
from widgets.importing.preview.folding import cell_position, merge_ranges, wanted_rows
from widgets.importing.view_data import FileEntry, FileState, TableDraft
from workers.core.model.options import ImportOptions, Mode, PgType, RejectLimit
from workers.core.model.plans import Finding

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
    changed = retype(first(), 1, PgType.TEXT)
    assert changed.plan.columns[1].type is PgType.TEXT
    assert changed.plan.columns[1].fixed
    assert changed.options.type_overrides == (("qty", PgType.TEXT),)


def test_choices_become_options_or_types() -> None:
    draft = first()
    assert apply_choice(draft, ERRORS, "reject").options.errors == "reject"
    assert apply_choice(draft, ZEROS, "bigint").plan.columns[0].type is PgType.BIGINT
    assert reading_options(apply_choice(draft, ERRORS, "text")) != reading_options(draft)
    assert reading_options(apply_choice(draft, ZEROS, "bigint")) != reading_options(draft)


def test_deciding_settles_a_finding() -> None:
    draft, findings = first(), (TO_DECIDE, ERRORS)
    assert undecided(draft, findings) == 1
    assert choice_of(draft, TO_DECIDE) == "reject"
    assert rejected_rows(draft, findings) == 3
    decided = apply_choice(draft, TO_DECIDE, "null")
    assert undecided(decided, findings) == 0
    assert choice_of(decided, TO_DECIDE) == "null"
    assert rejected_rows(decided, findings) == 0


def test_cells_that_do_not_fit_can_become_null() -> None:
    misfits = Finding("misfits", "", ("B88",), 1, "decide", 1, ("reject", "null", "text"))
    chosen = retype(first(), 1, PgType.BIGINT)
    nulled = apply_choice(chosen, misfits, "null")
    assert nulled.plan.columns[1].misfits == "null"
    assert asking_options(nulled).null_misfits == ("Qty",)
    back = apply_choice(nulled, misfits, "text")
    assert back.plan.columns[1].type is PgType.TEXT
    free = retype(back, 1, None)
    assert (free.options.type_overrides, free.options.null_misfits) == ((), ())


def test_a_total_row_can_be_loaded_and_left_out_again() -> None:
    draft = first()
    total = Finding("total-row", "", ("A1004:C1005",), 2, "decide", None, ("leave out", "load"))
    loaded = apply_choice(draft, total, "load")
    assert (loaded.plan.last_row, loaded.plan.rows) == (1005, 1002)
    assert apply_choice(loaded, total, "load").plan == loaded.plan
    again = apply_choice(loaded, total, "leave out")
    assert (again.plan.last_row, again.plan.rows) == (1003, 1000)


def test_merged_labels_are_filled_down_where_they_stand_over_rows() -> None:
    merged = Finding("merged-areas", "", ("A4:A9", "B4:C4"), 2, "warn", None, ("leave blank", "fill down"))
    filled = apply_choice(first(), merged, "fill down")
    assert filled.options.fill_down == ("Invoice No",)
    assert apply_choice(filled, merged, "leave blank").options.fill_down == ()


def test_a_later_choice_for_all_errors_takes_the_place_of_earlier_ones() -> None:
    other = replace(ERRORS, column=1)
    draft = apply_choice(apply_choice(first(), ERRORS, "text"), other, "reject")
    assert draft.options.errors == "reject"
    assert [choice for _, choice in draft.decided] == ["reject"]


def test_renamed_columns_are_asked_for_by_their_headers() -> None:
    draft = retype(rename_column(first(), 1, "quantity"), 1, PgType.NUMERIC)
    assert asking_options(draft).type_overrides == (("Qty", PgType.NUMERIC),)


def test_a_sheet_read_again_for_one_table_leaves_its_neighbour() -> None:
    known = survey()
    changed = replace(known.sheets[1], tables=tuple(replace(t, first_row=5) for t in known.sheets[1].tables))
    merged = merge_sheet(known, changed, 1).sheets[1]
    assert [table.first_row for table in merged.tables] == [2, 5]


def test_rejects_told_beforehand_are_allowed() -> None:
    assert allow_rejects(first(), (TO_DECIDE,)).options.max_rejects.rows == 3
    assert allow_rejects(first(), (ERRORS,)).options.max_rejects.rows == 0
    share = RejectLimit(percent=1.0)
    generous = replace(first(), options=replace(first().options, max_rejects=share))
    assert allow_rejects(generous, (TO_DECIDE,)).options.max_rejects == share


def test_columns_are_matched_by_the_tables_own_names() -> None:
    draft = retype(first(), 1, PgType.NUMERIC)
    keyed = replace(draft, options=replace(draft.options, keys=("qty",)))
    matched = match_columns(keyed, {0: None, 1: "Quantity Sold"})
    assert [column.name for column in matched.plan.columns] == ["Quantity Sold", "price"]
    assert matched.options.keys == ("Quantity Sold",)
    assert matched.options.type_overrides == (("Quantity Sold", PgType.NUMERIC),)


def test_a_column_that_is_left_out_is_not_filled_down_either() -> None:
    merged = Finding("merged-areas", "", ("A4:A9",), 1, "warn", None, ("leave blank", "fill down"))
    filled = apply_choice(first(), merged, "fill down")
    assert match_columns(filled, {1: "quantity"}).options.fill_down == ("Invoice No",)
    assert match_columns(filled, {0: None}).options.fill_down == ()


def test_two_columns_with_the_same_finding_are_decided_apart() -> None:
    other = replace(TO_DECIDE, column=2)
    decided = apply_choice(first(), TO_DECIDE, "null")
    assert choice_of(decided, other) == "reject"


def test_reading_again_keeps_the_users_edits_where_columns_agree() -> None:
    old = retype(rename_column(first(), 0, "number"), 1, PgType.TEXT)
    fresh = first()
    other = replace(fresh.plan.columns[2], source="Net price", name="net_price")
    fresh = replace(fresh, plan=replace(fresh.plan, columns=(*fresh.plan.columns[:2], other)))
    merged = carry_over(old, fresh)
    assert [column.name for column in merged.plan.columns] == ["number", "qty", "net_price"]
    assert merged.plan.columns[1].type is PgType.TEXT
    kept = carry_over(replace(old, options=replace(old.options, errors="text")), fresh, keep_reading=True)
    assert kept.options.errors == "text"


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


def test_a_column_that_was_left_out_stays_out_when_the_sheet_is_read_again_and_can_come_back() -> None:
    draft = first()
    qty = draft.plan.columns[1]
    without = match_columns(draft, {qty.index: None})
    assert [c.index for c in without.left_out] == [qty.index]
    assert all_columns(without) == draft.plan.columns
    for keep in (True, False):
        again = carry_over(without, first(), keep_reading=keep)
        assert [c.name for c in again.plan.columns] == [c.name for c in without.plan.columns]
        assert again.left_out == without.left_out
    assert match_columns(without, {}).plan.columns == without.plan.columns
    back = match_columns(without, {qty.index: "amount"})
    assert ([c.name for c in back.plan.columns][1], back.left_out) == ("amount", ())


def test_loading_only_what_changed_is_an_upsert_and_can_be_taken_back() -> None:
    chosen = only_changed(first(), ("invoice_no",), True)
    options = chosen.options
    assert (options.mode, options.keys, options.only_changed) == (Mode.UPSERT, ("invoice_no",), True)
    assert not only_changed(chosen, (), False).options.only_changed
