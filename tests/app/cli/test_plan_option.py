"""``--plan``: the plan's choices hold where the command line says nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.cli.arguments import parse
from app.cli.option_values import options_from, options_over_plan
from app.services.plan_files import load_plan_file, save_plan_file
from workers.core.model.errors import UserError
from workers.core.model.options import DEFAULT_NULL_TOKENS, ImportOptions, Mode, PgType
from workers.core.model.plan_file import SavedPlan

PLAN = ImportOptions(
    table="orders",
    mode=Mode.UPSERT,
    keys=("id",),
    sheets=("Orders",),
    mapping=(("Invoice No", "invoice"), ("Qty", "quantity")),
    type_overrides=(("Qty", PgType.TEXT),),
    null_tokens=("x",),
    lineage=False,
    atomic=True,
)


def over(*words: str) -> ImportOptions:
    """What the plan becomes under these words."""
    return options_over_plan(parse(["import", "a.xlsx", *words]), PLAN)


def test_an_untouched_plan_holds_as_it_is() -> None:
    assert over() == PLAN


def test_written_options_win_even_when_they_are_defaults() -> None:
    changed = over("--mode", "create", "--table", "other", "--lineage", "--sheet", "all")
    assert (changed.mode, changed.table, changed.lineage) == (Mode.CREATE, "other", True)
    assert (changed.sheets, changed.all_sheets) == ((), True)
    assert changed.keys == ("id",)


def test_columns_are_changed_one_by_one() -> None:
    changed = over("--map", "Qty=number", "--type", "Invoice No=text")
    assert dict(changed.mapping) == {"Invoice No": "invoice", "Qty": "number"}
    assert dict(changed.type_overrides) == {"Qty": PgType.TEXT, "Invoice No": PgType.TEXT}


def test_null_tokens_add_up_or_go() -> None:
    assert over("--null", "y").null_tokens == ("x", "y")
    assert over("--no-null-tokens").null_tokens == ()
    plain = options_from(parse(["import", "a.xlsx", "--null", "y"]))
    assert plain.null_tokens == (*DEFAULT_NULL_TOKENS, "y")


def test_the_whole_is_checked_after_both_are_put_together() -> None:
    arguments = parse(["import", "a.xlsx", "--mode", "skip"])
    with pytest.raises(ValueError, match="needs at least one --key"):
        options_over_plan(arguments, ImportOptions())


def test_files(tmp_path: Path) -> None:
    path = tmp_path / "orders.plan.toml"
    save_plan_file(str(path), SavedPlan(PLAN))
    assert load_plan_file(str(path)).options == PLAN
    assert [p.name for p in tmp_path.iterdir()] == ["orders.plan.toml"]
    for content, kind in ((None, "no-plan"), (b"\xff\xfe\x00", "bad-plan"), (b"a = [", "bad-plan")):
        other = tmp_path / "other.toml"
        if content is not None:
            other.write_bytes(content)
        with pytest.raises(UserError) as caught:
            load_plan_file(str(other))
        assert caught.value.info.kind == kind
