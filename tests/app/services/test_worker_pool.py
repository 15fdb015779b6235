"""The pool is set up as the settings say."""

from __future__ import annotations

from pathlib import Path

from app.context.run_context import make_context
from app.services.worker_pool import pool_config
from workers.core.jobs.snapshots import JobKind
from workers.core.jobs.spec import RateLimit


def test_starts_are_not_limited_unless_the_setting_says_so(tmp_path: Path) -> None:
    environ = {"SHEETFERRY_HOME": str(tmp_path)}
    assert pool_config(make_context(environ, "command", {}), "command").policy.rate_limits == ()
    (tmp_path / "settings.toml").write_text("[limits]\nrate = 20\n", encoding="utf-8")
    context = make_context(environ, "command", {})
    assert pool_config(context, "command").policy.rate_limits == (RateLimit(JobKind.IMPORT, 20, 60.0),)


def test_the_memory_of_one_worker_is_half_of_what_all_may_take(tmp_path: Path) -> None:
    context = make_context({"SHEETFERRY_HOME": str(tmp_path)}, "command", {"workers.memory_limit": 3.0})
    config = pool_config(context, "command")
    assert config.worker_memory == config.policy.worker_memory == 3 << 29
