"""Remembered choices: kept by header, the newest for each, and not without end."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from workers.core.model.fingerprints import header_fingerprint
from workers.core.model.options import ImportOptions, Mode, PgType
from workers.core.model.plans import ColumnPlan, SheetInfo, TablePlan
from workers.database.local import templates
from workers.database.local.store import LocalStore
from workers.database.local.tables import LocalFile
from workers.database.local.templates import Template

ONE = Template("f1", ImportOptions(table="a", mode=Mode.APPEND), ("A", "B"), "public.a", "a.xlsx", 100.0)
TWO = replace(ONE, fingerprint="f2", saved=200.0)


def table(*headers: str | None, sheet: str = "Data", first_row: int = 2) -> TablePlan:
    columns = tuple(ColumnPlan(n, header, f"c{n}", PgType.TEXT) for n, header in enumerate(headers))
    return TablePlan(SheetInfo(0, sheet), 0, (first_row - 1,), first_row, None, columns)


def test_the_same_header_is_known_again() -> None:
    known = header_fingerprint(table("Order No", "Qty"))
    assert known == header_fingerprint(table(" order  no", "QTY", sheet="November", first_row=9))
    others = [table("Order No"), table("Qty", "Order No"), table("Order", "No Qty"), table("Order NoQty", "")]
    assert known not in [header_fingerprint(other) for other in others]
    assert header_fingerprint(table(None, None)) is None


def test_the_newest_choice_for_a_header_holds(tmp_path: Path) -> None:
    store = LocalStore(tmp_path)
    newer = replace(ONE, options=ImportOptions(table="b", keys=("k",)), saved=300.0)
    store.templates.put([ONE, TWO])
    store.templates.put([newer])
    assert store.templates.find({"f1", "f9"}) == {"f1": newer}
    assert store.templates.recent() == [newer, TWO]
    store.templates.forget("f1")
    store.close()
    again = LocalStore(tmp_path)
    assert again.templates.recent() == [TWO]
    again.close()


def test_those_longest_unused_go_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(templates, "MOST", 2)
    store = LocalStore(tmp_path)
    store.templates.put([TWO, ONE, replace(ONE, fingerprint="f3", saved=300.0)])
    assert [t.fingerprint for t in store.templates.recent()] == ["f3", "f2"]
    store.close()


def test_what_cannot_be_read_is_no_template(tmp_path: Path) -> None:
    store = LocalStore(tmp_path)
    store.templates.put([ONE, TWO])
    file = LocalFile(tmp_path / "queue.sqlite")
    with file.writing() as connection:
        connection.execute("UPDATE templates SET options = '{\"mode\": \"teleport\"}' WHERE fingerprint = 'f1'")
    file.close()
    assert store.templates.recent() == [TWO]
    store.close()
