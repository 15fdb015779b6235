"""Control totals of numbers that have no ordinary sum."""

from __future__ import annotations

from math import inf, nan

import pytest

from workers.importing.loading.pipeline.control_totals import ControlTotals, same_total


@pytest.mark.parametrize(
    ("numbers", "theirs", "agree"),
    [
        ([1.0, nan], nan, True),
        ([1.0, 2.0], nan, False),
        ([1.0, nan], 1.0, False),
        ([1.0, inf], inf, True),
        ([1.0, -inf], inf, False),
        ([inf, -inf], nan, True),
        ([1e308, 1e308], inf, True),
        ([0.1, 0.2], 0.3, True),
    ],
)
def test_sums_agree_only_where_they_are_the_same(numbers: list[float], theirs: float, agree: bool) -> None:
    totals = ControlTotals()
    totals.add(numbers, False)
    assert same_total(totals.total, theirs, totals.count) is agree
