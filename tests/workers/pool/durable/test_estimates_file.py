"""What was learnt about memory outlives the program."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.workers.pool.conftest import FakeLedger
from workers.core.jobs.admission import WORKER_BASE
from workers.core.jobs.spec import PoolPolicy
from workers.pool.config import PoolConfig
from workers.pool.durable.estimates_file import EstimatesFile
from workers.pool.executors import ExecutorManager

LARGE = WORKER_BASE + (1 << 30)


def test_factors_outlive_the_program_and_other_programs_factors_stay(tmp_path: Path) -> None:
    first, second = EstimatesFile(tmp_path).load(), EstimatesFile(tmp_path).load()
    first.learn(".xls", LARGE, 2 * LARGE)
    second.learn(".ods", LARGE, 3 * LARGE)
    EstimatesFile(tmp_path).save(first)
    EstimatesFile(tmp_path).save(second)
    again = EstimatesFile(tmp_path).load()
    assert again.corrected(".xls", LARGE) == pytest.approx(2 * LARGE, rel=0.01)
    assert again.corrected(".ods", LARGE) == pytest.approx(3 * LARGE, rel=0.01)
    assert [path.name for path in tmp_path.iterdir()] == ["memory-factors.json"]


@pytest.mark.parametrize("content", ["", "[1, 2]", '{"a": "b"}', '{"a": -3}', "\x00\x01"])
def test_a_broken_file_is_one_without_factors(tmp_path: Path, content: str) -> None:
    (tmp_path / "memory-factors.json").write_text(content, encoding="utf-8")
    assert EstimatesFile(tmp_path).load().factors == {}


def test_a_folder_that_cannot_be_written_ends_nothing(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "file").write_bytes(b"")
    book = EstimatesFile(tmp_path).load()
    book.learn(".xls", LARGE, 2 * LARGE)
    EstimatesFile(tmp_path / "file" / "home").save(book)
    assert "could not be kept" in caplog.text


def test_the_executors_use_what_was_learnt_and_keep_it(tmp_path: Path) -> None:
    book = EstimatesFile(tmp_path).load()
    book.learn(".xls", LARGE, 2 * LARGE)
    EstimatesFile(tmp_path).save(book)
    config = PoolConfig(tmp_path, size=1, policy=PoolPolicy(prestart=False))
    executors = ExecutorManager(config, threads=1, listener=lambda _: None, settler=FakeLedger())
    executors.start()
    machine_book = executors.supervisor._machine.book
    assert machine_book.factors[".xls"] > 1.5
    machine_book.learn(".ods", LARGE, 3 * LARGE)
    assert executors.shutdown()
    assert set(EstimatesFile(tmp_path).load().factors) == {".xls", ".ods"}
