"""Locks exclude, and end with their holder."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from workers.system.file_locks import FileLock, is_locked


def test_a_held_lock_excludes_others_until_released(tmp_path: Path) -> None:
    path = tmp_path / "a.lock"
    assert not is_locked(path)
    assert not path.exists(), "looking makes no file"
    first, second = FileLock(path), FileLock(path)
    assert first.acquire()
    assert first.acquire(), "taking it twice is taking it once"
    assert is_locked(path)
    assert not second.acquire(timeout=0.05)
    assert not second.held
    first.release()
    first.release()
    assert not is_locked(path)
    with second:
        assert second.acquire()
    assert not is_locked(path)


def test_a_killed_holder_holds_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.lock"
    script = (
        "import sys, time; from pathlib import Path; from workers.system.file_locks import FileLock\n"
        "lock = FileLock(Path(sys.argv[1])); print(lock.acquire(), flush=True); time.sleep(600)"
    )
    with subprocess.Popen([sys.executable, "-c", script, str(path)], stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "True\n"
        assert is_locked(path)
        child.kill()
    assert not is_locked(path)


def test_a_lock_in_a_missing_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        FileLock(tmp_path / "missing" / "a.lock").acquire()
