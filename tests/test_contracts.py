"""What holds for the whole house: who imports whom, what a worker process loads, what must not come back."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib

import pytest

import resources
from app.bootstrap import CHECKOUT
from app.version import VERSION

BANNED_IN_WORKERS = {"PySide6", "shiboken6", "pyqtgraph", "pandas", "numpy", "keyring", "rich"}
FILES = subprocess.run(
    ["git", "ls-files", "-z"], cwd=CHECKOUT, capture_output=True, text=True, timeout=300, check=False
).stdout.split("\0")


def in_python(code: str, *flags: str) -> str:
    ended = subprocess.run(
        [sys.executable, *flags, "-c", code], cwd=CHECKOUT, capture_output=True, text=True, timeout=300, check=False
    )
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


def test_imports_run_one_way() -> None:
    ended = subprocess.run(
        [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports_command; lint_imports_command()",
            "--no-cache",
        ],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout[-3000:]


def test_worker_processes_load_neither_qt_nor_pandas() -> None:
    code = (
        "import json, sys, workers.importing.tasks as t, workers.pool.process.main_loop\n"
        "[__import__(f'workers.importing.{name}') for name in ('loading', 'reading.opening')]\n"
        "print(json.dumps(sorted({name.split('.')[0] for name in sys.modules})))"
    )
    assert BANNED_IN_WORKERS & set(json.loads(in_python(code))) == set()


def test_the_main_module_is_light() -> None:
    loaded = json.loads(in_python("import json, sys, app.__main__; print(json.dumps(sorted(sys.modules)))"))
    assert BANNED_IN_WORKERS & {name.split(".")[0] for name in loaded} == set()
    assert [name for name in loaded if name.startswith(("workers", "widgets", "app."))] == ["app.__main__"]


def test_set_up_needs_nothing_but_the_standard_library() -> None:
    """``-I -S``: without site-packages and without the checkout on the path but for the one entry."""
    code = f"import sys; sys.path.insert(0, {str(CHECKOUT)!r}); import app.bootstrap"
    in_python(code, "-I", "-S")


def test_five_thousand_signals_do_not_end_the_process() -> None:
    """PySide6 6.12.0 aborted CPython 3.11 after a few hundred; the pins keep it out."""
    code = (
        "from PySide6.QtCore import QCoreApplication, QObject, Signal\n"
        "class Source(QObject):\n    told = Signal(int, bool)\n"
        "application = QCoreApplication([])\nsource = Source()\nheard = []\n"
        "source.told.connect(lambda number, flag: heard.append(number))\n"
        "for number in range(5000):\n    assert source.told.emit(number, True)\n"
        "print(len(heard))"
    )
    assert in_python(code) == "5000\n"


def test_version_is_told_once() -> None:
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())["project"]
    assert project["dynamic"] == ["version"]
    assert f"## [{VERSION}]" in (CHECKOUT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_resources_are_found_and_nothing_outside() -> None:
    assert resources.path("look/tokens.json").is_file()
    with pytest.raises(ValueError, match="not inside"):
        resources.path("../pyproject.toml")


@pytest.mark.skipif(len(FILES) < 2, reason="not a git checkout")
def test_files_keep_to_their_size() -> None:
    long = {}
    for name in FILES:
        path = CHECKOUT / name
        if name.endswith(".py") and path.is_file():
            lines = path.read_text(encoding="utf-8").count("\n")
            if lines > 600:
                long[name] = lines
    assert long == {}
