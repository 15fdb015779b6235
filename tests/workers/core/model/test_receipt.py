"""Receipts: complete, escaped, and readable again."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from html.parser import HTMLParser

from workers.core.model.errors import ErrorInfo
from workers.core.model.options import PgType
from workers.core.model.outcomes import ColumnSum, ImportOutcome, ImportState, Reject
from workers.core.model.plans import ColumnPlan, Finding
from workers.core.model.receipt import Receipt, receipt_html, receipt_json

EVIL = '<script>alert("1")</script>&'
OUTCOME = ImportOutcome(
    import_id="4711",
    file=f"/data/{EVIL}.xlsx",
    sheet=EVIL,
    table="public.orders",
    mode="append",
    state=ImportState.LOADED,
    rows_read=1000,
    rows_loaded=997,
    rows_rejected=2,
    rows_skipped=1,
    rows_blank=3,
    header_rows=(3,),
    first_row=4,
    last_row=1006,
    columns=(ColumnPlan(0, EVIL, "a", PgType.BIGINT, nulls=5),),
    warnings=(Finding("x", EVIL, cells=tuple(f"A{n}" for n in range(1, 40))),),
    rejects=(Reject(88, "D88", EVIL, "does not fit"),),
    sums=(ColumnSum("a", 992, ("10", "1", "4"), ("10", "1", "4")),),
)
RECEIPT = Receipt(OUTCOME, "undone", dt.datetime(2026, 10, 3, 16, 20), "ana", note="undone 03 Oct", log=EVIL)


class _Reader(HTMLParser):
    """Collects tags and texts, and notices tags that are not closed."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.text = ""
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag not in {"meta", "br"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def read(html: str) -> _Reader:
    reader = _Reader()
    reader.feed(html)
    assert reader.open == []
    return reader


def test_the_page_says_everything_and_runs_nothing() -> None:
    html = receipt_html(RECEIPT)
    page = read(html)
    assert "script" not in page.tags
    assert page.text.count(EVIL) >= 6
    for part in ("1,000", "997", "Undone 03 Oct · 2026-10-03 16:20", "ana", "D88", "public.orders", "1 more", "4711"):
        assert part in page.text
    assert "http://" not in html
    assert "https://" not in html


def test_a_failure_says_why() -> None:
    error = ErrorInfo("too-many-rejects", f"No {EVIL}", "Mend it.", cell="B5")
    failed = Receipt(replace(OUTCOME, state=ImportState.FAILED, error=error, sums=(), warnings=()), "failed")
    page = read(receipt_html(failed))
    assert f"B5: No {EVIL}" in page.text
    assert "Control totals" not in page.text


def test_json_reads_back() -> None:
    data = json.loads(receipt_json(RECEIPT))
    assert data["rows_loaded"] == 997
    assert (data["state"], data["state_now"], data["who"]) == ("loaded", "undone", "ana")
    assert data["control_totals"][0]["workbook"] == ["10", "1", "4"]
    assert data["when"] == "2026-10-03T16:20:00"
