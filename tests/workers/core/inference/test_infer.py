"""Types of columns: by the cells, the same in every order, with the reason said."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workers.core.diagnostics.columns import column_findings
from workers.core.inference.conversion import ValueRules, convert
from workers.core.inference.infer import ColumnTally, ColumnVerdict, common_mark, decide, natural_type
from workers.core.inference.text_shapes import Shape
from workers.core.model.cells import CellValue, ErrorValue, PaddedNumber
from workers.core.model.options import ImportOptions, MisfitRule, PgType
from workers.core.model.plans import Finding

_DAY = dt.datetime(2024, 1, 31)
_STAMP = dt.datetime(2024, 1, 31, 14, 5)


def _tally(values: Sequence[CellValue], batch: int = 7) -> ColumnTally:
    tally = ColumnTally(1)
    for start in range(0, len(values), batch):
        tally.update(values[start : start + batch], 2 + start)
    return tally


def _decide(*values: CellValue, override: PgType | None = None, **options: object) -> ColumnVerdict:
    return decide(_tally(values), ImportOptions(**options), override)  # type: ignore[arg-type]


def _findings(tally: ColumnTally, verdict: ColumnVerdict, misfits: MisfitRule = "reject") -> dict[str, Finding]:
    return {each.code: each for each in column_findings(tally, ImportOptions(), verdict, misfits)}


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([1, 2, None], PgType.BIGINT),
        ([1.0, 2], PgType.BIGINT),
        ([1, 2.5], PgType.DOUBLE),
        ([2**63, 1], PgType.DOUBLE),
        ([-(2**63), 2**63 - 1], PgType.BIGINT),
        ([1e20], PgType.DOUBLE),
        ([2**70 + 1], PgType.NUMERIC),
        ([True, False], PgType.BOOLEAN),
        ([True, 1], PgType.TEXT),
        ([_DAY], PgType.DATE),
        ([_DAY, _STAMP], PgType.TIMESTAMP),
        ([_DAY, 1], PgType.TEXT),
        ([_DAY, dt.time(1)], PgType.TEXT),
        ([dt.time(1)], PgType.TIME),
        ([dt.timedelta(hours=30)], PgType.INTERVAL),
        ([dt.time(7, 30), dt.timedelta(hours=37.5)], PgType.INTERVAL),
        ([_DAY, dt.time()], PgType.DATE),
        ([dt.time(), _DAY, _STAMP, dt.time()], PgType.TIMESTAMP),
        ([7.77711159064846e17, 1.5], PgType.DOUBLE),
        ([777711159064846000, 1.5], PgType.DOUBLE),
        (["0", "1"], PgType.BIGINT),
        (["yes", "no"], PgType.TEXT),
        (["1.50", "2"], PgType.NUMERIC),
        (["1e-3", "2"], PgType.DOUBLE),
        (["007", "12"], PgType.TEXT),
        (["1234567890123456"], PgType.TEXT),
        (["2024-01-31"], PgType.DATE),
        (["2024-01-31", "2024-01-31 10:00"], PgType.TIMESTAMP),
        (["01/02/2024"], PgType.TEXT),
        ([_DAY, "2024-02-01"], PgType.DATE),
        ([_DAY, "13/02/2024"], PgType.TEXT),
        ([1, "2"], PgType.BIGINT),
        ([1.5, "2.25"], PgType.DOUBLE),
        ([1, "x"], PgType.TEXT),
        ([":", 1.5, "n/a"], PgType.DOUBLE),
        ([":", "n/a"], PgType.TEXT),
        ([True, "-"], PgType.BOOLEAN),
        ([" ", 3], PgType.BIGINT),
        ([PaddedNumber("00420"), 1], PgType.TEXT),
        ([ErrorValue("#N/A"), 1], PgType.BIGINT),
        ([ErrorValue("#N/A")], PgType.TEXT),
        ([None, ""], PgType.TEXT),
        ([], PgType.TEXT),
    ],
)
def test_types(values: list[CellValue], expected: PgType) -> None:
    assert _decide(*values).type is expected
    assert natural_type(_tally(values), ImportOptions()) is expected


def test_text_is_never_read_when_only_cells_count() -> None:
    assert _decide("1", "2", types="cells").type is PgType.TEXT
    assert _decide(1, ":", types="cells").type is PgType.TEXT
    assert _decide(1, 2, types="text").type is PgType.TEXT


def test_errors_follow_their_rule() -> None:
    assert _decide(1, ErrorValue("#N/A"), errors="text").type is PgType.TEXT
    assert _decide(1, ErrorValue("#N/A"), errors="reject").type is PgType.BIGINT
    assert _decide(1, ErrorValue("#N/A"), None).nulls == 2


def test_null_tokens_are_null_only_beside_another_type() -> None:
    typed = _decide(1, ":", None)
    assert (typed.tokens_are_null, typed.nulls) == (True, 2)
    text = _decide("a", ":", None)
    assert (text.tokens_are_null, text.nulls) == (False, 1)


def test_cells_that_stand_against_a_type_are_named() -> None:
    verdict = _decide(*range(100), "x", *range(100), "y")
    assert verdict.type is PgType.TEXT
    assert "200 of 202" in verdict.evidence
    assert "B102" in verdict.evidence
    mixed = _findings(_tally([*range(100), "x", *range(100), "y"]), verdict)["mixed-kinds"]
    assert mixed.cells == ("B102", "B203")


def test_a_chosen_type_counts_what_does_not_fit() -> None:
    verdict = _decide("1", "x", 3, ":", _DAY, override=PgType.BIGINT)
    assert (verdict.type, verdict.misfits) == (PgType.BIGINT, 2)
    assert verdict.misfit_cells == ("B3", "B6")


def test_cells_that_do_not_fit_a_chosen_type_may_become_null() -> None:
    tally = _tally([1, "x", None], 2)
    told = decide(tally, ImportOptions(), PgType.BIGINT, "null")
    finding = _findings(tally, told, "null")["misfits"]
    assert (told.nulls, finding.choices) == (2, ("null", "reject", "text"))
    rejected = decide(tally, ImportOptions(), PgType.BIGINT)
    finding = _findings(tally, rejected)["misfits"]
    assert (rejected.nulls, finding.choices) == (1, ("reject", "null", "text"))


@pytest.mark.parametrize(
    ("values", "choices"),
    [
        ([1, 2, True], ("text", "bigint")),
        ([1, 2.5, True], ("text", "double precision")),
        ([_DAY, _DAY, 1], ("text", "date")),
        (["x", "y", 1], ("text",)),
    ],
)
def test_a_mixed_column_offers_the_type_of_most_cells(values: list[CellValue], choices: tuple[str, ...]) -> None:
    tally = _tally(values, 2)
    finding = _findings(tally, decide(tally, ImportOptions()))["mixed-kinds"]
    assert finding.choices == choices


def test_words_settle_a_column_but_not_its_type() -> None:
    values: list[CellValue] = [f"item {n}" for n in range(1_000)]
    tally = _tally([*values, *range(1_000)], 100)
    assert tally.settled
    assert decide(tally, ImportOptions()).type is PgType.TEXT


@pytest.mark.parametrize(
    ("values", "code"),
    [
        (["007", "12"], "leading-zeros"),
        ([PaddedNumber("007")], "leading-zeros"),
        (["1234567890123456", "x"], "long-digits"),
        ([10**15], "long-digits"),
        ([ErrorValue("#N/A"), 1], "error-cells"),
        (["1", "2"], "typed-from-text"),
        (["1", "x"], "numbers-as-text"),
        ([1, "n/a"], "null-tokens"),
        ([1, True], "mixed-kinds"),
        (["01/02/2024"], "ambiguous-dates"),
        (["1,234"], "ambiguous-numbers"),
        ([_DAY, "13/02/2024"], "swapped-dates"),
        ([" x"], "outer-spaces"),
        (["a\0b"], "nul-bytes"),
    ],
)
def test_the_health_list_names_each_trap(values: list[CellValue], code: str) -> None:
    found = _findings(_tally(values), _decide(*values))
    assert code in found
    assert found[code].count >= 1
    assert found[code].cells
    assert found[code].message.startswith("Column B")


_CELLS = st.one_of(
    st.none(),
    st.integers(-(2**65), 2**65),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.datetimes(min_value=dt.datetime(1900, 1, 1), max_value=dt.datetime(2100, 1, 1)),
    st.times(),
    st.timedeltas(),
    st.sampled_from(["", " ", ":", "1", "1.5", "1,5", "1,234", "007", "x", "13/02/2024", "01/02/2024", "2024-01-31"]),
    st.just(ErrorValue("#REF!")),
    st.just(PaddedNumber("007")),
)


@given(st.lists(_CELLS, max_size=60), st.randoms(use_true_random=False))
def test_the_order_of_rows_never_changes_the_type(values: list[CellValue], shuffler: random.Random) -> None:
    verdict = decide(_tally(values), ImportOptions())
    shuffled = list(values)
    shuffler.shuffle(shuffled)
    other = decide(_tally(shuffled, batch=3), ImportOptions())
    assert (other.type, other.nulls, other.form) == (verdict.type, verdict.nulls, verdict.form)


@given(st.lists(_CELLS, max_size=60), st.integers(0, 60))
def test_tallies_of_parts_make_the_tally_of_the_whole(values: list[CellValue], place: int) -> None:
    first, second = ColumnTally(1), ColumnTally(1)
    first.update(values[:place], 2)
    second.update(values[place:], 2 + len(values[:place]))
    first.merge(second)
    whole = ColumnTally(1)
    whole.update(values, 2)
    assert decide(first, ImportOptions()) == decide(whole, ImportOptions())


@given(st.lists(st.integers(0, 10**6).map(lambda n: f"{n / 100:.2f}"), min_size=1, max_size=50))
def test_looking_at_a_batch_at_once_and_text_by_text_agree(texts: list[str]) -> None:
    at_once, singly = ColumnTally(0), ColumnTally(0)
    at_once.update(texts, 1)
    for row, text in enumerate(texts, 1):
        singly.update([text], row)
    assert decide(at_once, ImportOptions()).type is decide(singly, ImportOptions()).type


@pytest.mark.parametrize(
    ("other", "expected"), [("12,50", PgType.BIGINT), ("12.50", PgType.NUMERIC), ("x", PgType.TEXT)]
)
def test_the_other_columns_tell_what_a_dot_before_three_digits_means(other: str, expected: PgType) -> None:
    tallies = [ColumnTally(0, ImportOptions().null_tokens), ColumnTally(1, ImportOptions().null_tokens)]
    tallies[0].update(["1.234", "99"], range(2, 4), frozenset({str}))
    tallies[1].update([other, other], range(2, 4), frozenset({str}))
    assert decide(tallies[0], ImportOptions(), mark=common_mark(tallies)).type is expected


DIGITS = st.from_regex(r"-?[0-9]{1,16}", fullmatch=True)


@given(st.lists(st.one_of(DIGITS, st.sampled_from(["", "1.50", "0.125", "007", "-0", "x1", "999"])), min_size=1))
def test_texts_of_digits_are_counted_alike_at_once_and_one_by_one(texts: list[str]) -> None:
    tokens = ("999", "n/a")
    at_once, singly = ColumnTally(0, tokens), ColumnTally(0, tokens)
    at_once.update(texts, 1)
    for row, text in enumerate(texts, start=1):
        singly.update([text], row)
    assert decide(at_once, ImportOptions(null_tokens=tokens)) == decide(singly, ImportOptions(null_tokens=tokens))
    for shape in (Shape.TOKEN, Shape.LEADING_ZERO, Shape.INTEGER, Shape.LONG_DIGITS, Shape.PLAIN):
        assert (at_once.count(shape), at_once.cells(shape)) == (singly.count(shape), singly.cells(shape))


def test_the_number_0_shown_as_a_date_is_null_and_said() -> None:
    verdict = _decide(_DAY, dt.time(), _STAMP, dt.time())
    finding = _findings(_tally([_DAY, dt.time(), _STAMP, dt.time()]), verdict)["zero-dates"]
    assert (verdict.nulls, finding.cells, finding.count) == (2, ("B3", "B5"), 2)
    result = convert([_DAY, dt.time(), None], PgType.DATE, ValueRules())
    assert (result.values, result.tokens, result.misfits) == ([_DAY.date(), None, None], [1], [])
    assert _decide(_DAY, dt.time(1)).type is PgType.TEXT


@pytest.mark.parametrize("number", [1e15, 7.77711159064846e17, -1.2e19])
def test_long_numbers_are_said_however_they_were_written(number: float) -> None:
    long, short = _tally([number, 3.0]), _tally([6.02e23, 1.5])
    assert _findings(long, decide(long, ImportOptions()))["long-digits"].cells == ("B2",)
    assert "long-digits" not in _findings(short, decide(short, ImportOptions()))


@pytest.mark.parametrize(("values", "misfits"), [([1, 0, True], 0), ([1, 0, 2], 3), ([1.0, 0], 1)])
def test_the_numbers_1_and_0_fit_a_column_that_is_said_to_hold_booleans(values: list[CellValue], misfits: int) -> None:
    assert _decide(*values, override=PgType.BOOLEAN).misfits == misfits
    chosen = convert([1, 0.0, True, 2], PgType.BOOLEAN, ValueRules(chosen=True))
    assert (chosen.values, [m.position for m in chosen.misfits]) == ([True, False, True, None], [3])
    assert len(convert([1, True], PgType.BOOLEAN, ValueRules()).misfits) == 1
