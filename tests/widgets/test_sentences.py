"""Sentences said without Qt, recognised and said in another language."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

import resources
from widgets.sentences import SentenceBook

CHINESE = {
    "Column {0}: {1}.": "列 {0}：{1}。",
    "{0} {1} an error such as #N/A; {2}": "{0}含有 #N/A 之类的错误；{2}",
    "{0} cells": "{0} 个单元格",
    "hold": "含有",
    "they arrive as NULL": "将载入为 NULL",
    "{0} is {1}": "{0}为{1}",
    "{0} is not a workbook.": "{0} 不是工作簿。",
    "Try again.": "请重试。",
    "numbers": "数字",
    "dates": "日期",
    ", ": "、",
}


@pytest.fixture
def book() -> SentenceBook:
    return SentenceBook(CHINESE, {"CPU": "CPU", "critical": "严重"}.get)


def test_pieces_within_a_sentence_are_translated_too(book: SentenceBook) -> None:
    said = book.translated("Column B: 3 cells hold an error such as #N/A; they arrive as NULL.")
    assert said == "列 B：3 个单元格含有 #N/A 之类的错误；将载入为 NULL。"


def test_names_and_values_stay_as_they_are(book: SentenceBook) -> None:
    assert book.translated("numbers 2024.xlsx is not a workbook.") == "numbers 2024.xlsx 不是工作簿。"
    assert book.translated("Try again, now.xlsx is not a workbook.") == "Try again, now.xlsx 不是工作簿。"


def test_an_unknown_sentence_stays_english(book: SentenceBook) -> None:
    assert book.translated("Something that nobody has said before.") is None


def test_a_template_of_few_letters_needs_known_pieces(book: SentenceBook) -> None:
    assert book.translated("CPU is critical") == "CPU 为严重"
    assert book.translated("Lunch is late") is None


def test_several_sentences_are_said_one_by_one(book: SentenceBook) -> None:
    assert book.translated("a.txt is not a workbook. Try again.") == "a.txt 不是工作簿。请重试。"
    assert book.translated("Nobody knows this. Try again.") == "Nobody knows this. 请重试。"


def test_a_list_is_translated_where_all_of_it_is_known(book: SentenceBook) -> None:
    assert book.translated("numbers, dates") == "数字、日期"
    assert book.translated("numbers, Müller") is None


@given(st.text(max_size=300))
def test_any_text_may_come(text: str) -> None:
    SentenceBook(CHINESE).translated(text)


def test_an_unknown_text_of_any_length_comes_to_an_end() -> None:
    """Patterns that try every way of splitting it would take years for this one."""
    book = SentenceBook(json.loads(resources.path("translations/sentences_zh_CN.json").read_text(encoding="utf-8")))
    text = "could not serialize access at row 1 of table: (it is) to be, or 3 rows not; column is of " * 8
    assert [book.translated(f"{number} {text}") for number in range(10)] == [None] * 10


def test_shipped_sentences_hold_together() -> None:
    book = SentenceBook(json.loads(resources.path("translations/sentences_zh_CN.json").read_text(encoding="utf-8")))
    said = {
        text: book.translated(text) or text
        for text in (
            "Column D: cells of several kinds (238 numbers, 2 texts), so the column is text.",
            "Row 3 is the header: it names 5 of the columns filled below; its words do not come again below.",
            "238 of 240 filled cells are whole numbers; 1 text at D194; 1 null token at D88",
            "3 rows are hidden or filtered out; loaded with the rest.",
            "Left out A1:A2: above the header: a title or notes (2 filled cells).",
            "The file ended its worker process while reading (signal 9); no rows of it were kept.",
            "only 2 workers go on until it is over",
            "waiting: 12 before it",
        )
    }
    # Addresses, figures and NULL apart, nothing English is left.
    left = {text: re.findall(r"[a-z]{2,}", translated) for text, translated in said.items()}
    assert not {text: words for text, words in left.items() if words}
