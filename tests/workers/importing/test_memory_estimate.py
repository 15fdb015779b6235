"""The estimate of a file's memory against what a process takes that reads the file."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import xlsxwriter

from tests.workers.importing.reading.making import write_parts, xlsx_parts
from workers.core.jobs.admission import WORKER_BASE
from workers.importing.memory_estimate import BASE, estimate_memory

MB = 1 << 20

_READ = """
import sys
import workers.importing.loading.file_import
from workers.importing.reading.opening import open_workbook
book = open_workbook(sys.argv[1])
for sheet in book.sheets:
    for row in book.rows(sheet):
        pass
for line in open("/proc/self/status"):
    if line.startswith("VmHWM"):
        print(int(line.split()[1]) * 1024)
"""


def peak_of_reading(path: Path) -> int:
    done = subprocess.run(
        [sys.executable, "-c", _READ, str(path)], capture_output=True, text=True, timeout=300, check=True
    )
    return int(done.stdout)


def strings(path: Path, count: int) -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        for row in range(count):
            sheet.write_string(row, 0, f"customer number {row} of a long list of customers, all of them different")
    return path


def numbers(path: Path, count: int) -> Path:
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for row in range(count):
            sheet.write_row(row, 0, [row, row * 2, row * 3])
    return path


@pytest.mark.skipif(sys.platform != "linux", reason="reads the peak from /proc")
def test_many_different_strings_are_foreseen(tmp_path: Path) -> None:
    path = strings(tmp_path / "strings.xlsx", 120_000)
    measured = peak_of_reading(path)
    assert measured <= estimate_memory(path) <= 2.5 * measured


@pytest.mark.skipif(sys.platform != "linux", reason="reads the peak from /proc")
def test_what_is_streamed_costs_the_same_whatever_its_size(tmp_path: Path) -> None:
    small, large = numbers(tmp_path / "small.xlsx", 10), numbers(tmp_path / "large.xlsx", 60_000)
    csv = tmp_path / "large.csv"
    csv.write_text("a;b\n" + "1;two words\n" * 200_000, encoding="ascii")
    assert estimate_memory(large) == pytest.approx(estimate_memory(small), abs=MB)
    for path in (large, csv):
        assert peak_of_reading(path) <= estimate_memory(path)


def test_formats_that_are_read_whole_cost_by_their_size(tmp_path: Path) -> None:
    old = tmp_path / "old.xls"
    old.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(40 * MB))
    assert estimate_memory(old) > WORKER_BASE + 300 * MB
    page = tmp_path / "page.xls"
    page.write_bytes(b"<html><body><table>" + b"<tr><td>1</td></tr>" * 500_000)
    assert estimate_memory(page) > WORKER_BASE + 40 * MB


def test_a_small_file_and_one_that_cannot_be_looked_at(tmp_path: Path) -> None:
    path = write_parts(tmp_path / "a.xlsx", xlsx_parts(""))
    assert BASE < estimate_memory(path) < 120 * MB
    assert estimate_memory(tmp_path / "none.xlsx") == BASE
    (tmp_path / "broken.xlsx").write_bytes(b"PK\x03\x04" + bytes(100))
    assert estimate_memory(tmp_path / "broken.xlsx") == BASE
