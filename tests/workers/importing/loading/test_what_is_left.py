"""Each transaction says what comes after it, so that a death or a cancel can be told truly."""

from __future__ import annotations

from tests.workers.importing.loading.conftest import Loader

ROWS: list[list[object]] = [["A", "B"], [1, "x"], [2, "y"]]


def test_every_transaction_says_which_sheets_are_left(loader: Loader) -> None:
    loader.load(loader.book("three", One=ROWS, Empty=[], Two=ROWS, Three=ROWS))
    assert [(b.sheet, b.rest) for b in loader.context.backends] == [
        ("One", ("Two", "Three")),
        ("Two", ("Three",)),
        ("Three", ()),
    ]


def test_a_table_further_down_the_sheet_counts_as_left(loader: Loader) -> None:
    apart: list[list[object]] = [*ROWS, [], [], ["C", "D"], [3, "z"], [4, "u"]]
    loader.load(loader.book("blocks", Both=apart, Last=ROWS))
    assert [(b.sheet, b.rest) for b in loader.context.backends] == [
        ("Both", ("Both", "Last")),
        ("Both", ("Last",)),
        ("Last", ()),
    ]


def test_one_transaction_for_all_leaves_nothing(loader: Loader) -> None:
    loader.load(loader.book("atomic", One=ROWS, Two=ROWS), atomic=True)
    assert [b.rest for b in loader.context.backends] == [(), ()]


def test_an_import_without_ledger_says_so(loader: Loader) -> None:
    loader.load(loader.book("plain", Data=ROWS), ledger=False)
    assert [b.ledger for b in loader.context.backends] == [False]
