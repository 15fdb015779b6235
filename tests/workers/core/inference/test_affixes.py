"""Numbers with a sign behind, parentheses, percent signs and currencies: read when a column agrees, and said."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workers.core.diagnostics.columns import column_findings
from workers.core.inference.column_stats import ColumnTally
from workers.core.inference.conversion import ValueRules, convert
from workers.core.inference.infer import ColumnVerdict, decide
from workers.core.inference.text_parsing import form_code, form_of_code, text_reader
from workers.core.inference.text_shapes import NUMBERS, NumberForm, classify, number_form, parse_number
from workers.core.model.cells import CellValue
from workers.core.model.options import ImportOptions, PgType


def verdict_on(*values: CellValue) -> ColumnVerdict:
    tally = ColumnTally(1)
    tally.update(values, 2)
    return decide(tally, ImportOptions())


def codes_of(*values: CellValue) -> set[str]:
    tally = ColumnTally(1)
    tally.update(values, 2)
    return {finding.code for finding in column_findings(tally, ImportOptions(), decide(tally, ImportOptions()))}


@pytest.mark.parametrize(
    ("texts", "numbers", "code"),
    [
        (["4380.31-", "12.50", "7"], ["-4380.31", "12.50", "7"], "signs-behind"),
        (["(1,234.50)", "1,234.50", "0.75"], ["-1234.50", "1234.50", "0.75"], "signs-behind"),
        (["1.234,50-", "7,25", "−3,5"], ["-1234.50", "7.25", "-3.5"], "signs-behind"),
        (["(5)", "12", "7-"], ["-5", "12", "-7"], "signs-behind"),
        (["12%", "12.5 %", "-3%", "(4%)"], ["0.12", "0.125", "-0.03", "-0.04"], "percent-signs"),
        (["12,5 %", "3 %"], ["0.125", "0.03"], "percent-signs"),
        (["$1,200", "$-5", "-$5", "300"], ["1200", "-5", "-5", "300"], "currency-signs"),
        (["($1,200.00)", "US$ 7.25", "1 USD"], ["-1200.00", "7.25", "1"], "currency-signs"),
        (["1 200,50 €", "7,25 €", "1 000 EUR"], ["1200.50", "7.25", "1000"], "currency-signs"),
        (["€ 1.200,50-", "€ 3,00"], ["-1200.50", "3.00"], "currency-signs"),
        (["CHF 1'200.50", "CHF 3.00"], ["1200.50", "3.00"], "currency-signs"),
        (["1\u00a0200,50\u00a0zł", "3,00 zł"], ["1200.50", "3.00"], "currency-signs"),
        (["kr 1 200", "kr. 30"], ["1200", "30"], "currency-signs"),
        (["£1,200.50", "£3"], ["1200.50", "3"], "currency-signs"),
        (["¥1,200,000", "¥30"], ["1200000", "30"], "currency-signs"),
    ],
)
def test_a_column_that_agrees_is_numbers(texts: list[str], numbers: list[str], code: str) -> None:
    verdict = verdict_on(*texts)
    assert verdict.type in (PgType.NUMERIC, PgType.BIGINT), verdict
    rules = ValueRules(read_text=text_reader(verdict.type, verdict.form))
    result = convert(texts, verdict.type, rules)
    assert ([Decimal(value) for value in result.values], result.misfits) == (list(map(Decimal, numbers)), [])
    assert codes_of(*texts) >= {code, "typed-from-text"}


@pytest.mark.parametrize(
    ("texts", "code"),
    [
        (["12%", "0.5"], "mixed-units"),
        (["12%", 0.5], "mixed-units"),
        (["$5", "€5"], "mixed-units"),
        (["£5", "5 kr"], "mixed-units"),
        (["(1)", "(2)", "(3)"], "ambiguous-numbers"),
        (["2024-", "2025-"], "ambiguous-numbers"),
        (["€1.200", "€3"], "ambiguous-numbers"),
    ],
)
def test_what_has_no_single_meaning_stays_text_and_is_said(texts: list[CellValue], code: str) -> None:
    assert verdict_on(*texts).type is PgType.TEXT
    assert code in codes_of(*texts)


@pytest.mark.parametrize(
    "text",
    [
        "85123A",
        "A12",
        "1-2",
        "--5",
        "(-5)",
        "(a)",
        "%",
        "$",
        "$05",
        "5 EUR per kg",
        "3 km",
        "ABC 12",
        "1 200",
        "12:30-",
    ],
)
def test_codes_and_words_are_no_numbers(text: str) -> None:
    assert classify(text) not in NUMBERS
    assert verdict_on(text, "$5").type is PgType.TEXT


@pytest.mark.parametrize(
    ("text", "value"),
    [("12.5%", "0.125"), ("$1,200.50", "1200.50"), ("(1,234.50)", "-1234.50"), ("100.25-", "-100.25")],
)
def test_a_chosen_type_reads_each_text_by_itself(text: str, value: str) -> None:
    reader = text_reader(PgType.NUMERIC, None)
    assert reader is not None
    assert reader(text) == Decimal(value)


@given(
    st.decimals(-(10**9), 10**9, places=2),
    st.sampled_from(["{}%", "{} %", "${}", "$ {}", "{} €", "EUR {}", "{}", "CHF {}", "{} kr", "£{}"]),
    st.sampled_from(["-{}", "{}-", "({})"]),
)
def test_what_is_written_is_read(number: Decimal, unit: str, sign: str) -> None:
    figures = unit.format(f"{abs(number):,}")
    text = sign.format(figures) if number < 0 else figures
    form = number_form([classify(text)])
    assert isinstance(form, NumberForm), text
    assert parse_number(text, form) == (number / 100 if "%" in text else number)
    assert form_of_code(form_code(form)) == form
