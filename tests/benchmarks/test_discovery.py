"""Benchmarks are found by what is in the folder and answered on one line each."""

from __future__ import annotations

import json
import sys
import textwrap
from pathlib import Path

import pytest

from app.bootstrap import CHECKOUT
from tests.benchmarks import __main__ as command
from tests.benchmarks.discovery import discover


@pytest.fixture
def benches(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    def noisy() -> dict[str, object]:
        print("talking meanwhile")
        return {"seconds": 1.5}

    def broken() -> dict[str, object]:
        raise RuntimeError("no")

    found: dict[str, object] = {"broken": broken, "noisy": noisy}
    monkeypatch.setattr("tests.benchmarks.discovery.discover", lambda folder: found)
    return found


@pytest.mark.usefixtures("benches")
def test_stdout_carries_one_object_a_line_and_nothing_else(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["noisy", "noisy"]) == 0
    output = capsys.readouterr()
    assert [json.loads(line) for line in output.out.splitlines()] == [{"bench": "noisy", "seconds": 1.5}] * 2
    assert "talking meanwhile" in output.err


@pytest.mark.usefixtures("benches")
def test_a_broken_benchmark_does_not_take_the_others_away(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main([]) == 1
    assert json.loads(capsys.readouterr().out)["bench"] == "noisy"


@pytest.mark.usefixtures("benches")
def test_an_unknown_name_is_refused_with_the_list(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["nosy"]) == 2
    output = capsys.readouterr()
    assert output.out == ""
    assert output.err == "There is no benchmark nosy. There are: broken, noisy.\n"


def test_every_module_of_the_folder_is_a_benchmark() -> None:
    folder = CHECKOUT / "tests" / "benchmarks"
    found = discover(folder)
    assert len(found) == len(list(folder.glob("*_bench.py")))
    assert all(name == name.lower() and callable(bench) for name, bench in found.items())


def test_two_of_one_name_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for stem in ("one_bench", "two_bench"):
        (tmp_path / f"{stem}.py").touch()
        module = type(sys)(f"tests.benchmarks.{stem}")
        exec(textwrap.dedent("NAME = 'same'\ndef run():\n    return {}"), module.__dict__)
        monkeypatch.setitem(sys.modules, module.__name__, module)
    with pytest.raises(ValueError, match="two benchmarks are called same"):
        discover(tmp_path)
