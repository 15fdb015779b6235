"""What ``EXPLAIN (FORMAT JSON)`` says, as a tree for people: own time of each step, and estimates that were wrong."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from workers.core.model.errors import UserError

WRONG_BY = 10.0
"""An estimate that is off by this factor is marked."""

_FEW_ROWS = 100
"""Where neither the estimate nor the truth is above this, being wrong costs nothing."""

_EXPLAIN = "EXPLAIN (FORMAT JSON, VERBOSE false, COSTS true"
_CONDITIONS = ("Index Cond", "Hash Cond", "Merge Cond", "Join Filter", "Filter", "Recheck Cond", "TID Cond")
_KEYS = ("Sort Key", "Group Key", "Presorted Key")


@dataclass(frozen=True, slots=True)
class PlanNode:
    """One step of a plan. Times in milliseconds and rows over all loops; None where nothing was measured.

    Attributes:
        step: What is done, such as ``Hash join, left``.
        detail: On what: table, condition, keys.
        estimated: Rows that the planner expected.
        rows: Rows that came.
        own: Time of this step alone.
        total: Time of this step and those below.
        loops: How often it ran.
        read: Blocks that were read from disk or found in memory.
        factor: How many times more (above 1) or fewer (below 1) rows came than expected.
        wrong: Whether that is worth a mark.
        children: Steps that it takes its rows from.
    """

    step: str
    detail: str
    estimated: float
    rows: float | None = None
    own: float | None = None
    total: float | None = None
    loops: float = 1.0
    read: int | None = None
    factor: float | None = None
    wrong: bool = False
    children: tuple[PlanNode, ...] = ()

    def walk(self) -> Iterator[PlanNode]:
        """This step and all below it, those above first."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class QueryPlan:
    """A whole plan.

    Attributes:
        planning: Milliseconds that planning took, where told.
        execution: Milliseconds that the run took; None without a run.
        first_wrong: The deepest step whose estimate is wrong; those above it inherit the error.
        text: The plan as the server wrote it.
    """

    root: PlanNode
    planning: float | None
    execution: float | None
    first_wrong: PlanNode | None
    text: str


def explain_text(statement: str, *, analyze: bool) -> str:
    """The statement that asks for the plan of another; with `analyze` it is run."""
    options = f"{_EXPLAIN}, ANALYZE true, BUFFERS true, TIMING true)" if analyze else f"{_EXPLAIN})"
    return f"{options}\n{statement}"


def read_plan(text: str) -> QueryPlan:
    """Read what the server answered, one text or all of its lines joined.

    Raises:
        UserError: ``no-plan`` for what is no plan in JSON.
    """
    try:
        (found,) = json.loads(text)
        root = _node(found["Plan"])
    except (ValueError, TypeError, KeyError) as error:
        raise UserError.of(
            "no-plan", "This is no plan that can be shown as a tree.", "Ask for it with FORMAT JSON.", detail=str(error)
        ) from error
    wrong = [node for node in root.walk() if node.wrong]
    first = next((node for node in reversed(wrong) if not any(child.wrong for child in node.children)), None)
    return QueryPlan(root, _number(found.get("Planning Time")), _number(found.get("Execution Time")), first, text)


def _node(plan: Mapping[str, Any]) -> PlanNode:
    children = tuple(map(_node, plan.get("Plans", ())))
    loops = float(plan.get("Actual Loops", 1) or 0)
    total = None if "Actual Total Time" not in plan else float(plan["Actual Total Time"]) * loops
    rows = None if "Actual Rows" not in plan else float(plan["Actual Rows"]) * loops
    estimated = float(plan.get("Plan Rows", 0)) * max(loops, 1.0)
    own = None
    if total is not None:
        own = max(0.0, total - sum(child.total or 0.0 for child in children if not _is_apart(child, plan)))
    factor = None if rows is None else max(rows, 1.0) / max(estimated, 1.0)
    return PlanNode(
        step=_step(plan),
        detail=_detail(plan),
        estimated=estimated,
        rows=rows,
        own=own,
        total=total,
        loops=loops,
        read=_blocks(plan),
        factor=factor,
        wrong=_is_wrong(factor, estimated, rows, loops),
        children=children,
    )


def _is_wrong(factor: float | None, estimated: float, rows: float | None, loops: float) -> bool:
    if factor is None or not loops or max(estimated, rows or 0.0) <= _FEW_ROWS:
        return False
    return factor >= WRONG_BY or factor <= 1 / WRONG_BY


def _is_apart(child: PlanNode, plan: Mapping[str, Any]) -> bool:
    """Whether a child's time is not a part of its parent's: what a subplan for the whole query takes."""
    return any(
        sub.get("Parent Relationship") == "InitPlan" and _step(sub) == child.step and _detail(sub) == child.detail
        for sub in plan.get("Plans", ())
    )


def _step(plan: Mapping[str, Any]) -> str:
    kind = str(plan.get("Node Type", "Step"))
    words = kind[:1].upper() + kind[1:].lower()
    extra = []
    if join := plan.get("Join Type"):
        extra.append("" if join == "Inner" else str(join).lower())
    if (strategy := plan.get("Strategy")) and strategy != "Plain":
        extra.append(str(strategy).lower())
    if plan.get("Parallel Aware"):
        extra.append("parallel")
    return ", ".join([words, *filter(None, extra)])


def _detail(plan: Mapping[str, Any]) -> str:
    parts: list[str] = []
    relation = plan.get("Relation Name") or plan.get("Function Name") or plan.get("CTE Name")
    if relation:
        schema, alias = plan.get("Schema"), plan.get("Alias")
        name = f"{schema}.{relation}" if schema else str(relation)
        parts.append(f"{name} {alias}" if alias and alias != relation else name)
    if index := plan.get("Index Name"):
        parts.append(f"by {index}")
    for key in _KEYS:
        if values := plan.get(key):
            parts.append(", ".join(map(str, values)) if isinstance(values, Sequence) else str(values))
    parts += [_unwrapped(str(plan[key])) for key in _CONDITIONS if key in plan]
    if space := plan.get("Sort Space Used"):
        parts.append(f"{space} kB {'in memory' if plan.get('Sort Space Type') == 'Memory' else 'on disk'}")
    return ", ".join(parts)


def _unwrapped(condition: str) -> str:
    return condition[1:-1] if condition.startswith("(") and condition.endswith(")") else condition


def _blocks(plan: Mapping[str, Any]) -> int | None:
    found = [plan[key] for key in ("Shared Hit Blocks", "Shared Read Blocks") if key in plan]
    return int(sum(found)) if found else None


def _number(value: Any) -> float | None:
    return None if value is None else float(value)
