"""Recent files are kept, newest first, and a broken list costs nothing."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from app.presenters.recent import Recent, RecentFiles, with_newest

DAY = dt.date(2026, 10, 1)


def test_the_newest_comes_first_and_once() -> None:
    recent: tuple[Recent, ...] = ()
    for name in [f"{number}.xlsx" for number in range(20)] + ["3.xlsx", "18.xlsx"]:
        recent = with_newest(recent, name, DAY)
    names = [each.path for each in recent]
    assert names[:3] == ["18.xlsx", "3.xlsx", "19.xlsx"]
    assert len(names) == len(set(names)) == 12


def test_what_was_kept_comes_back(tmp_path: Path) -> None:
    kept = (Recent("/data/Umsätze.xlsx", DAY), Recent("/data/b.csv", DAY))
    RecentFiles(tmp_path).save(kept)
    assert RecentFiles(tmp_path).load() == kept


@pytest.mark.parametrize("text", ["", "{", "[1]", '[["a", "no day"]]'])
def test_a_broken_list_is_no_list(tmp_path: Path, text: str) -> None:
    (tmp_path / "recent.json").write_text(text, encoding="utf-8")
    assert RecentFiles(tmp_path).load() == ()
