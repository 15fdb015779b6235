from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.workers.querying.asking import Asker
from workers.core.model.errors import UserError
from workers.core.model.tasks import Target
from workers.core.query.plan_tree import explain_text, read_plan


def plan(**more: Any) -> dict[str, Any]:
    return {"Node Type": "Seq Scan", "Plan Rows": 10, **more}


def test_own_time_is_what_the_steps_below_did_not_take() -> None:
    scan = plan(**{"Relation Name": "orders", "Schema": "public", "Alias": "o", "Filter": "(n > 1)",
                   "Actual Total Time": 5.0, "Actual Rows": 10, "Actual Loops": 2})  # fmt: skip
    join = {"Node Type": "Nested Loop", "Join Type": "Left", "Plan Rows": 20, "Actual Total Time": 12.0,
            "Actual Rows": 20, "Actual Loops": 1, "Plans": [scan]}  # fmt: skip
    read = read_plan(json.dumps([{"Plan": join, "Planning Time": 0.5, "Execution Time": 12.5}]))
    assert (read.root.step, read.root.own, read.root.total) == ("Nested loop, left", 2.0, 12.0)
    (child,) = read.root.children
    assert (child.step, child.detail) == ("Seq scan", "public.orders o, n > 1")
    assert (child.rows, child.estimated, child.own, child.loops) == (20, 20, 10.0, 2)
    assert (read.planning, read.execution, read.first_wrong) == (0.5, 12.5, None)


def test_the_deepest_wrong_estimate_is_the_first_one() -> None:
    scan = plan(**{"Relation Name": "a", "Plan Rows": 10, "Actual Rows": 50_000, "Actual Loops": 1})
    fine = plan(**{"Relation Name": "b", "Plan Rows": 1000, "Actual Rows": 1000, "Actual Loops": 1})
    sort = {"Node Type": "Sort", "Plan Rows": 10, "Actual Rows": 50_000, "Actual Loops": 1, "Plans": [scan, fine]}
    read = read_plan(json.dumps([{"Plan": sort}]))
    assert read.root.wrong
    assert read.first_wrong is read.root.children[0]
    assert read.first_wrong.factor == 5000
    assert not read.root.children[1].wrong


@pytest.mark.parametrize(("estimated", "rows", "wrong"), [(1, 99, False), (100_000, 5, True), (1000, 5000, False)])
def test_only_what_costs_something_is_marked(estimated: int, rows: int, wrong: bool) -> None:
    text = json.dumps([{"Plan": plan(**{"Plan Rows": estimated, "Actual Rows": rows, "Actual Loops": 1})}])
    assert read_plan(text).root.wrong is wrong


def test_a_step_that_never_ran_is_not_wrong() -> None:
    text = json.dumps([{"Plan": plan(**{"Plan Rows": 5000, "Actual Rows": 0, "Actual Loops": 0})}])
    assert not read_plan(text).root.wrong


@pytest.mark.parametrize("text", ["", "Seq Scan on t", "[]", "[{}]", '{"Plan": 1}', "[1]"])
def test_what_is_no_plan_is_said(text: str) -> None:
    with pytest.raises(UserError) as caught:
        read_plan(text)
    assert caught.value.info.kind == "no-plan"


@pytest.mark.db
def test_a_real_plan_with_and_without_a_run(
    target: Target, tmp_path: Any, query: Callable[..., list[tuple[Any, ...]]]
) -> None:
    query("create table t as select n, n % 7 as m from generate_series(1, 20000) n")
    asker = Asker(target, tmp_path)
    statement = "select m, count(*) from t where n > :low::int group by m order by m"
    for analyze in (False, True):
        rows = asker.rows(explain_text(statement, analyze=analyze), parameters=(("low", "5"),))
        read = read_plan("\n".join(row[0] or "" for row in rows))
        steps = [node.step for node in read.root.walk()]
        assert any(step.startswith("Seq scan") for step in steps)
        assert (read.execution is not None) == analyze
        assert all((node.own is not None) == analyze for node in read.root.walk())
