"""Cores and memory from made-up cgroup trees: v1, v2, nested, and broken ones."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from workers.core.jobs.worker_sizes import MOST_WORKERS, computed_workers
from workers.system.cpu_limits import CgroupFiles, MachineLimits, machine_limits

V2_MOUNT = "30 23 0:26 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw\n"
V1_CPU = "31 23 0:27 / /sys/fs/cgroup/cpu,cpuacct rw - cgroup cgroup rw,cpu,cpuacct\n"
V1_MEMORY = "32 23 0:28 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n"


def tree(root: Path, memberships: str, mounts: str, files: dict[str, str]) -> CgroupFiles:
    for name, text in files.items():
        path = root / "sys/fs/cgroup" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text + "\n", encoding="ascii")
    (root / "cgroup").write_text(memberships, encoding="ascii")
    (root / "mountinfo").write_text(mounts, encoding="ascii")
    return CgroupFiles(root / "cgroup", root / "mountinfo", root)


def test_v2_limit_of_the_own_group(tmp_path: Path) -> None:
    files = {"app/cpu.max": "150000 100000", "app/memory.max": "1073741824", "app/memory.current": "300"}
    limits = machine_limits(tree(tmp_path, "0::/app\n", V2_MOUNT, files))
    assert limits.quota_cores == 1.5
    assert limits.memory_limit == 1 << 30
    assert limits.memory_used == 300
    assert limits.cores == 1


def test_v2_the_smallest_limit_on_the_way_to_the_root_counts(tmp_path: Path) -> None:
    files = {
        "a/b/c/cpu.max": "max 100000",
        "a/b/cpu.max": "50000 100000",
        "a/cpu.max": "400000 100000",
        "a/b/c/memory.max": "max",
        "a/b/memory.high": "2000000",
        "a/memory.max": "1000000",
        "a/memory.current": "700000",
        "a/memory.stat": "anon 5\ninactive_file 200000",
    }
    limits = machine_limits(tree(tmp_path, "0::/a/b/c\n", V2_MOUNT, files))
    assert limits.quota_cores == 0.5
    assert limits.cores == 1
    assert (limits.memory_limit, limits.memory_used) == (1_000_000, 500_000)


def test_v2_inside_a_container_the_mount_shows_the_group_itself(tmp_path: Path) -> None:
    mount = V2_MOUNT.replace("/ /sys", "/docker/abc /sys", 1)
    files = {"cpu.max": "200000 100000"}
    assert machine_limits(tree(tmp_path, "0::/docker/abc\n", mount, files)).quota_cores == 2.0


def test_v2_a_path_out_of_the_namespace_uses_what_is_mounted(tmp_path: Path) -> None:
    files = {"cpu.max": "300000 100000"}
    assert machine_limits(tree(tmp_path, "0::/../../elsewhere\n", V2_MOUNT, files)).quota_cores == 3.0


def test_v1_quota_and_memory(tmp_path: Path) -> None:
    files = {
        "cpu,cpuacct/job/cpu.cfs_quota_us": "250000",
        "cpu,cpuacct/job/cpu.cfs_period_us": "100000",
        "cpu,cpuacct/cpu.cfs_quota_us": "-1",
        "memory/job/memory.limit_in_bytes": "536870912",
        "memory/job/memory.usage_in_bytes": "1000",
        "memory/memory.limit_in_bytes": "9223372036854771712",
    }
    memberships = "4:cpu,cpuacct:/job\n5:memory:/job\n1:name=systemd:/job\n"
    limits = machine_limits(tree(tmp_path, memberships, V1_CPU + V1_MEMORY, files))
    assert limits.quota_cores == 2.5
    assert (limits.memory_limit, limits.memory_used) == (1 << 29, 1000)


def test_v1_and_v2_side_by_side_take_the_smaller(tmp_path: Path) -> None:
    files = {
        "cpu,cpuacct/cpu.cfs_quota_us": "400000",
        "cpu,cpuacct/cpu.cfs_period_us": "100000",
        "unified/x/cpu.max": "300000 100000",
    }
    unified = "40 23 0:40 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw\n"
    limits = machine_limits(tree(tmp_path, "4:cpu,cpuacct:/\n0::/x\n", V1_CPU + unified, files))
    assert limits.quota_cores == 3.0


@pytest.mark.parametrize("text", ["", "max", "max 100000", "rubbish", "1 0", "0 100000", "-1 100000"])
def test_unlimited_or_broken_files_set_no_limit(tmp_path: Path, text: str) -> None:
    limits = machine_limits(tree(tmp_path, "0::/\n", V2_MOUNT, {"cpu.max": text, "memory.max": text}))
    assert limits.quota_cores is None
    assert limits.memory_limit is None


def test_no_cgroup_files_at_all(tmp_path: Path) -> None:
    files = CgroupFiles(tmp_path / "none", tmp_path / "none", tmp_path)
    assert machine_limits(files).quota_cores is None


def test_a_fraction_of_a_core_is_one_core() -> None:
    assert MachineLimits(8, 8, 0.25).cores == 1
    assert MachineLimits(8, 8, 3.999_999_9).cores == 4
    assert MachineLimits(8, 2, 5.0).cores == 2


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="affinity is set this way on Linux only")
def test_affinity_is_respected_live() -> None:
    code = (
        "import os; os.sched_setaffinity(0, {min(os.sched_getaffinity(0))});"
        "from workers.system.cpu_limits import machine_limits; print(machine_limits().cores)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=300)
    assert done.stdout.strip() == "1"


@pytest.mark.parametrize(("cores", "window", "command"), [(1, 1, 1), (2, 1, 2), (8, 7, 8), (60, 59, 60)])
def test_computed_workers(cores: int, window: int, command: int) -> None:
    assert computed_workers(cores, window=True) == window
    assert computed_workers(cores, window=False) == command


def test_there_are_never_more_workers_than_the_system_can_wait_for() -> None:
    assert computed_workers(10_000, window=True) == MOST_WORKERS
