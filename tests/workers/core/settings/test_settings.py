"""The settings: every declaration is whole, and every value is checked wherever it comes from."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workers.core.model.errors import UserError
from workers.core.settings.alert_rules import alert_rules
from workers.core.settings.catalogue import CATALOGUE
from workers.core.settings.migration import migrate
from workers.core.settings.resolve import Origin, resolve
from workers.core.settings.schema import Setting, SettingContext, SettingKind

CONTEXT = SettingContext(cores=8, memory=16 * 1024**3, home="/home/ana/sheetferry")


@pytest.mark.parametrize("setting", CATALOGUE.settings, ids=lambda s: s.key)
@pytest.mark.parametrize("profile", ["development", "production"])
def test_every_setting_is_complete_and_accepts_its_own_default(setting: Setting, profile: str) -> None:
    context = SettingContext(cores=1, profile=profile)  # type: ignore[arg-type]  # parametrized text
    assert setting.label
    assert setting.help.endswith((".", "…"))
    assert (setting.default is None) != (setting.computed is None)
    assert bool(setting.formula) == (setting.computed is not None)
    default = setting.default_for(context)
    assert setting.parse(default) == default
    assert type(setting.parse(default)) is type(default)
    if setting.kind is SettingKind.CHOICE:
        assert len(setting.choices) > 1


@pytest.mark.parametrize(
    "setting", [s for s in CATALOGUE.settings if s.kind is not SettingKind.TEXT], ids=lambda s: s.key
)
def test_every_typed_setting_refuses_nonsense_and_says_where_and_what_is_allowed(setting: Setting) -> None:
    with pytest.raises(UserError) as caught:
        setting.parse("elephant", "THE_PLACE")
    assert caught.value.info.kind == "bad-setting"
    assert "THE_PLACE" in caught.value.info.message
    assert "elephant" in caught.value.info.message
    assert setting.allowed in caught.value.info.message


@pytest.mark.parametrize("value", ["0", "-1", "513", "two", "1.5", "٣", "1_0"])
def test_a_wrong_number_of_workers_is_named_with_what_is_allowed(value: str) -> None:
    with pytest.raises(UserError) as caught:
        resolve({}, {"CPU_EXECUTOR_WORKERS": value}, {}, CONTEXT)
    assert caught.value.info.kind == "bad-setting"
    for word in ("CPU_EXECUTOR_WORKERS", value, "1 to 512"):
        assert word in caught.value.info.message


def test_the_computed_sizes_follow_the_cores_the_profile_and_the_surface() -> None:
    window = resolve({}, {}, {}, SettingContext(cores=8, profile="production"))
    assert window.integer("workers.count") == 7
    assert window.integer("workers.io_threads") == 20
    assert (window.integer("database.pool_size"), window.integer("database.max_overflow")) == (30, 20)
    small = resolve({}, {}, {}, SettingContext(cores=2, profile="production", surface="command"))
    assert small.integer("workers.count") == 2
    assert small.integer("workers.io_threads") == 10
    assert (small.integer("database.pool_size"), small.integer("database.max_overflow")) == (20, 10)
    development = resolve({}, {}, {}, CONTEXT)
    assert (development.integer("database.pool_size"), development.integer("database.max_overflow")) == (10, 10)
    assert resolve({}, {}, {}, SettingContext(cores=1)).integer("workers.count") == 1
    assert resolve({}, {}, {}, SettingContext(cores=100, worker_cap=60)).integer("workers.count") == 60


def test_command_line_goes_before_environment_before_file_before_default() -> None:
    key = "workers.count"
    file, environ, overrides = {key: 2}, {"CPU_EXECUTOR_WORKERS": " 3 "}, {key: 4}
    assert resolve(file, environ, overrides, CONTEXT)[key].value == 4
    by_variable = resolve(file, environ, {}, CONTEXT)[key]
    assert (by_variable.value, by_variable.origin, by_variable.fallback) == (3, Origin.ENVIRONMENT, 7)
    assert by_variable.source.startswith("CPU_EXECUTOR_WORKERS=")
    assert by_variable.origin.locked
    by_file = resolve(file, {"CPU_EXECUTOR_WORKERS": ""}, {key: None}, CONTEXT)[key]
    assert (by_file.value, by_file.origin) == (2, Origin.FILE)
    assert resolve({}, {}, {}, CONTEXT)[key].origin is Origin.COMPUTED


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("CPU_EXECUTOR_WORKERS", "0"),
        ("CPU_EXECUTOR_WORKERS", "1_0"),
        ("CPU_EXECUTOR_WORKERS", "2.5"),
        ("CPU_EXECUTOR_WORKERS", "٣"),
        ("IO_EXECUTOR_WORKERS", "-1"),
        ("DB_POOL_SIZE", "ten"),
        ("DB_MAX_OVERFLOW", "1e9"),
        ("DB_POOL_TIMEOUT", "nan"),
        ("DB_POOL_TIMEOUT", "0"),
        ("SHEETFERRY_ENV", "staging"),
        ("SHEETFERRY_DATABASE_URL", "mysql://host/base"),
    ],
)
def test_a_wrong_variable_stops_the_start_and_is_named(variable: str, value: str) -> None:
    with pytest.raises(UserError) as caught:
        resolve({}, {variable: value}, {}, CONTEXT)
    assert caught.value.info.kind == "bad-setting"
    assert variable in caught.value.info.message


def test_the_profile_of_the_environment_decides_sizes_and_levels() -> None:
    settings = resolve({}, {"SHEETFERRY_ENV": "production"}, {}, CONTEXT)
    assert settings.profile == "production"
    assert settings.integer("database.pool_size") == 30
    rules = {r.key: r for r in alert_rules(settings)}
    assert (rules["cpu"].warning, rules["cpu"].critical) == (80, 90)
    assert (rules["memory"].warning, rules["memory"].critical) == (85, 90)
    assert (rules["disk"].warning, rules["disk"].critical) == (80, 90)
    assert (rules["server_connections"].warning, rules["server_connections"].critical) == (80, 95)
    assert (rules["queue"].warning, rules["queue"].critical, rules["queue"].hold_for) == (50, None, 300)
    assert {r.key: r for r in alert_rules(resolve({}, {}, {}, CONTEXT))}["cpu"].warning == 90


def test_a_critical_level_below_the_warning_is_refused() -> None:
    settings = resolve({"alerts.cpu.warning": 95.0, "alerts.cpu.critical": 50.0}, {}, {}, CONTEXT)
    with pytest.raises(UserError, match="below the warning"):
        alert_rules(settings)


def test_a_password_never_shows() -> None:
    url = "postgresql://ana:geheim@host/base"
    settings = resolve({}, {"SHEETFERRY_DATABASE_URL": url}, {}, CONTEXT)
    resolved = settings["database.url"]
    assert settings.text("database.url") == url
    assert "geheim" not in repr(resolved)
    assert "geheim" not in resolved.source
    with pytest.raises(UserError) as caught:
        resolve({"database.url": url}, {}, {}, CONTEXT)
    assert "geheim" not in str(caught.value)
    with pytest.raises(UserError) as caught:
        resolve({}, {"SHEETFERRY_DATABASE_URL": url.replace("postgresql", "mysql")}, {}, CONTEXT)
    assert "geheim" not in str(caught.value)


@given(st.one_of(st.integers(), st.floats(), st.text(), st.booleans(), st.none(), st.lists(st.integers())))
def test_whatever_is_given_a_setting_yields_its_own_type_or_a_bad_setting(raw: object) -> None:
    types = {SettingKind.INTEGER: int, SettingKind.NUMBER: float, SettingKind.BOOLEAN: bool}
    for setting in CATALOGUE.settings:
        try:
            value = setting.parse(raw)
        except UserError:
            continue
        assert type(value) is types.get(setting.kind, str)
        assert setting.parse(value) == value


def test_migration_is_stepwise_and_leaves_everything_when_a_step_fails() -> None:
    def rename(values: dict[str, object]) -> dict[str, object]:
        values["new"] = values.pop("old")
        return values

    def double(values: dict[str, object]) -> dict[str, object]:
        return {"new": int(str(values["new"])) * 2}

    first = {"old": 4}
    assert migrate(first, 1, (rename, double)).values == {"new": 8}
    assert migrate({"new": 4}, 2, (rename, double)).values == {"new": 8}
    assert not migrate({"new": 4}, 3, (rename, double)).changed
    assert migrate({"x": 1}, 9, (rename,)).newer
    with pytest.raises(UserError) as caught:
        migrate({"nothing": 1}, 1, (rename, double))
    assert caught.value.info.kind == "bad-settings-file"
    assert first == {"old": 4}
