"""The settings file survives damage, keeps what it does not know, and is replaced as a whole."""

from __future__ import annotations

import os
import stat
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.context.settings_store import SettingsStore, merged
from workers.core.model.errors import EnvironmentFailure, UserError


def store(home: Path) -> SettingsStore:
    return SettingsStore(home, now=lambda: datetime(2026, 11, 21, 14, 0, 0))


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    values = {"workers.count": 3, "alerts.cpu.warning": 85.5, "notify.tray": False, "ui.theme": "dark", "mine": "x"}
    store(tmp_path / "new" / "home").save(values)
    loaded = store(tmp_path / "new" / "home").load()
    assert loaded.values == values
    assert loaded.problems == ()


def test_no_file_means_defaults_without_a_word(tmp_path: Path) -> None:
    assert store(tmp_path).load().values == {}
    assert store(tmp_path).load().problems == ()


def test_a_broken_file_is_set_aside_and_named_and_the_next_start_is_clean(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text("version = 1\n[workers\ncount = 4")
    loaded = store(tmp_path).load()
    assert loaded.values == {}
    assert loaded.set_aside == tmp_path / "settings.broken-20261121-140000.toml"
    assert loaded.set_aside.read_text().endswith("count = 4")
    assert str(loaded.set_aside) in " ".join(loaded.problems)
    assert store(tmp_path).load().problems == ()


def test_a_wrong_value_is_named_and_the_others_stay(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text('version = 1\n[workers]\ncount = 4000\nrecycle_tasks = 7\n[ui]\ntheme = "pink"')
    loaded = store(tmp_path).load()
    assert loaded.values == {"workers.recycle_tasks": 7}
    text = " ".join(loaded.problems)
    assert "workers.count" in text
    assert "4000" in text
    assert "pink" in text
    assert loaded.set_aside is not None
    assert "4000" in loaded.set_aside.read_text()


@pytest.mark.parametrize(
    "content", [b"\xff\xfe\x00", b"", b"version = true", b"version = 0", b"\xef\xbb\xbfversion = 1\n"]
)
def test_no_content_of_the_file_stops_the_program(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "settings.toml").write_bytes(content)
    assert store(tmp_path).load().values == {}


def test_a_newer_file_is_read_as_far_as_it_is_known(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text("version = 99\n[workers]\ncount = 2\n[future]\nthing = 1")
    loaded = store(tmp_path).load()
    assert loaded.values == {"workers.count": 2, "future.thing": 1}
    assert "newer" in loaded.problems[0]


def test_a_wrong_value_is_not_saved_and_the_file_stays(tmp_path: Path) -> None:
    store(tmp_path).save({"workers.count": 3})
    with pytest.raises(UserError):
        store(tmp_path).save({"workers.count": 0})
    with pytest.raises(UserError, match="password"):
        store(tmp_path).save({"database.url": "postgresql://a:b@c/d"})
    assert store(tmp_path).load().values == {"workers.count": 3}
    assert [p.name for p in tmp_path.iterdir()] == ["settings.toml"]


def test_a_failed_save_leaves_the_old_file_and_says_so(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.write_text("a file where the folder should be")
    with pytest.raises(EnvironmentFailure) as caught:
        store(home).save({"workers.count": 3})
    assert caught.value.info.kind == "settings-not-saved"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_only_the_owner_may_read_the_file(tmp_path: Path) -> None:
    store(tmp_path).save({"notify.webhook_url": "https://example.org/hook"})
    assert stat.S_IMODE((tmp_path / "settings.toml").stat().st_mode) == 0o600


@given(
    st.dictionaries(
        st.from_regex(r"x[a-z]{0,3}(\.[^.\x00-\x1f\ud800-\udfff]{1,5}){1,2}", fullmatch=True),
        st.one_of(st.integers(-(2**60), 2**60), st.booleans(), st.text(st.characters(exclude_categories=["Cs"]))),
        max_size=4,
    )
)
def test_unknown_keys_and_any_text_survive_the_file(
    tmp_path_factory: pytest.TempPathFactory, values: dict[str, object]
) -> None:
    keys = list(values)
    if any(a != b and b.startswith(f"{a}.") for a in keys for b in keys):
        return
    home = tmp_path_factory.mktemp("home")
    store(home).save(values)
    assert store(home).load().values == values


def test_merged_changes_or_takes_away_one_value() -> None:
    assert merged({"a": 1}, "b", 2) == {"a": 1, "b": 2}
    assert merged({"a": 1, "b": 2}, "a", None) == {"b": 2}
