from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from workers.core.model.errors import EnvironmentFailure
from workers.database.local import queries
from workers.database.local.migrations import STEPS, VERSION
from workers.database.local.queries import QueryDraft, QueryEntry
from workers.database.local.store import LocalStore
from workers.database.local.tables import LocalFile


def entry(n: int, text: str = "select 1", **more: object) -> QueryEntry:
    return replace(QueryEntry(f"q{n}", 1, float(n), "db", text, "done"), **more)  # type: ignore[arg-type]


def texts(found: list[QueryEntry]) -> list[str]:
    return [one.text for one in found]


def test_what_was_asked_comes_back_as_it_was(tmp_path: Path) -> None:
    store = LocalStore(tmp_path).queries
    full = QueryEntry(
        "q", 2, 5.0, "db", "select 'é'", "failed", 7, 1.5, 0.25, "q-2", "SELECT 7", True, "syntax", "No.", "line 1"
    )
    store.record([entry(1), full])
    assert store.recent() == [full, entry(1)]
    assert store.recent(before=5.0) == [entry(1)]
    assert store.count() == 2
    store.record([replace(full, state="done")])
    assert store.recent(1) == [replace(full, state="done")]
    store.forget("q")
    assert store.recent() == [entry(1)]
    assert store.search("é") == []


def test_a_search_finds_parts_of_words_in_any_order_and_script(tmp_path: Path) -> None:
    store = LocalStore(tmp_path).queries
    store.record(
        [
            entry(1, "SELECT invoice_no FROM orders_october"),
            entry(2, "select count(*) from 订单明细 where x = 'a_b'"),
            entry(3, 'select "Größe" from t -- 100%'),
        ]
    )
    assert texts(store.search("voice")) == ["SELECT invoice_no FROM orders_october"]
    assert texts(store.search("OCTOBER select")) == ["SELECT invoice_no FROM orders_october"]
    assert len(store.search("select")) == 3
    assert texts(store.search("订单明")) == ["select count(*) from 订单明细 where x = 'a_b'"]
    assert texts(store.search("细")) == ["select count(*) from 订单明细 where x = 'a_b'"]
    assert texts(store.search('"größe"')) == ['select "Größe" from t -- 100%']
    assert texts(store.search("0%")) == ['select "Größe" from t -- 100%']
    assert texts(store.search("_b")) == ["select count(*) from 订单明细 where x = 'a_b'"]
    assert store.search("nothing at all") == []
    assert store.search('" OR text:*') == []


def test_the_oldest_are_forgotten_and_are_not_found_any_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "MOST", 5)
    store = LocalStore(tmp_path).queries
    store.record([entry(n, f"select number{n}") for n in range(9)])
    assert store.count() == 5
    assert store.search("number3") == []
    assert texts(store.search("number4")) == ["select number4"]


def test_drafts_are_kept_while_typing_and_come_back_in_order(tmp_path: Path) -> None:
    store = LocalStore(tmp_path)
    first = QueryDraft("a", 1, "Returns", "select :x", (("x", None), ("y", "1")), "db", 1.0)
    store.queries.save_draft(first)
    store.queries.save_draft(QueryDraft("b", 0, "Other", ""))
    store.queries.save_draft(replace(first, text="select :x + 1"))
    store.close()
    again = LocalStore(tmp_path).queries
    assert [draft.draft_id for draft in again.drafts()] == ["b", "a"]
    assert again.drafts()[1] == replace(first, text="select :x + 1")
    again.drop_draft("b")
    assert [draft.draft_id for draft in again.drafts()] == ["a"]


def test_a_store_of_the_first_version_gets_what_came_later(tmp_path: Path) -> None:
    path = tmp_path / "queue.sqlite"
    LocalFile(path).close()
    with sqlite3.connect(path) as connection:
        for name in ("query_history", "query_search", "query_drafts"):
            connection.execute(f"DROP TABLE {name}")
        connection.execute("PRAGMA user_version = 1")
    connection.close()
    store = LocalStore(tmp_path).queries
    store.record([entry(1)])
    assert store.count() == 1
    assert len(STEPS) == VERSION


def test_a_store_of_a_newer_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "queue.sqlite"
    LocalFile(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    connection.close()
    with pytest.raises(EnvironmentFailure) as caught:
        LocalStore(tmp_path)
    assert caught.value.info.kind == "newer-store"
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (VERSION + 1,)
    connection.close()
