"""URLs are read as libpq reads them, secrets stay hidden, and saved connections come back."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workers.core.model.errors import EnvironmentFailure, UserError
from workers.core.model.tasks import Secret, Target
from workers.database.local.saved_connections import SavedConnections
from workers.database.targets import looks_like_url, parse_url, url_with_password, url_without_password


@pytest.fixture(autouse=True)
def _no_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PGPORT", raising=False)


def test_a_whole_url() -> None:
    target = parse_url("postgresql://ann:p%40ss%2Fw@db.example:6543/sa%20les?sslmode=require&connect_timeout=3")
    assert (target.host, target.port, target.user, target.dbname) == ("db.example", 6543, "ann", "sa les")
    assert target.password is not None
    assert target.password.reveal() == "p@ss/w"
    assert dict(target.options) == {"sslmode": "require", "connect_timeout": "3"}
    assert target.label == "sa les on db.example"


@pytest.mark.parametrize(
    ("url", "host", "port"),
    [
        ("postgres://h/d", "h", 5432),
        ("postgresql+psycopg2://h:99/d", "h", 99),
        ("postgresql://[::1]:5433/d", "::1", 5433),
        ("postgresql://%2Fvar%2Frun%2Fpg/d", "/var/run/pg", 5432),
        ("postgresql:///d?host=/var/run/pg&port=77", "/var/run/pg", 77),
        ("postgresql:///d", "", 5432),
    ],
)
def test_hosts_and_ports(url: str, host: str, port: int) -> None:
    target = parse_url(url)
    assert (target.host, target.port, target.dbname) == (host, port, "d")


def test_what_is_left_out_is_left_to_libpq(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGPORT", "7777")
    keywords = parse_url("postgresql://").libpq("x")
    assert keywords == {"port": "7777", "application_name": "sheetferry/x", "require_auth": "!password"}


def test_several_hosts_are_kept_for_libpq() -> None:
    keywords = parse_url("postgresql://a:1,b:2/d?target_session_attrs=read-write").libpq("x")
    assert (keywords["host"], keywords["port"]) == ("a,b", "1,2")
    assert parse_url(url_with_password(parse_url("postgresql://a:1,b:2/d"))).libpq("x")["port"] == "1,2"


@pytest.mark.parametrize(
    "url",
    ["postgresql://ann:s3cret@h/d", "postgresql://h/d?password=s3cret", "postgresql://h/d?sslpassword=s3cret"],
)
def test_a_password_in_an_argument_is_refused_with_the_ways_out(url: str) -> None:
    with pytest.raises(UserError) as caught:
        parse_url(url, source="argument")
    assert caught.value.info.kind == "password-in-argument"
    assert "PGPASSFILE" in (caught.value.info.hint or "")
    assert "s3cret" not in repr(caught.value.info)
    assert parse_url(url, source="environment").host == "h"


@pytest.mark.parametrize(
    "url",
    [
        "mysql://h/d",
        "h/d",
        "postgresql://ann:s3cret%zz@h/d",
        "postgresql://ann:s3cret@h:port/d",
        "postgresql://ann:s3cret@h:0/d",
        "postgresql://ann:s3cret@h/d?nonsense=1",
        "postgresql://ann:s3cret@[::1/d",
        # Characters of a password that are not encoded cut it in two: what follows is taken for another part.
        "postgresql://ann:s3cret",
        "postgresql://ann:s3cret/d",
        "postgresql://ann:s3cret/x@h/d",
        "postgresql://ann:12/s3cret@h/d",
        "postgresql://ann:a@s3cret@h/d",
        "postgresql://ann@s3cret@h:77/d",
        "postgresql://ann:12?s3cret@h/d",
        "postgresql://ann:12?s3cret=1@h/d",
        "postgresql://ann:12?s3cret=1/@h/d",
        "postgresql://h/d?host=s3cret@x",
        "postgresql://h%40s3cret/d",
    ],
)
def test_what_cannot_be_read_is_refused_without_repeating_the_password(url: str) -> None:
    with pytest.raises(UserError) as caught:
        parse_url(url)
    assert caught.value.info.kind == "bad-url"
    assert "s3cret" not in repr(caught.value.info)


names = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=12)


@given(user=names, password=names, dbname=names, host=st.sampled_from(["h.example", "::1", "/var/run/pg x", ""]))
def test_a_url_comes_back(user: str, password: str, dbname: str, host: str) -> None:
    target = Target(host, 6000, user, dbname, Secret(password), (("sslmode", "require"),))
    again = parse_url(url_with_password(target))
    assert (again.host, again.port, again.user, again.dbname) == (host, 6000, user, dbname)
    assert again.password is not None
    assert again.password.reveal() == password
    assert parse_url(url_without_password(target)).password is None


def test_names_are_told_from_urls() -> None:
    assert looks_like_url("postgresql://h/d")
    assert not looks_like_url("warehouse")


class NoKeyring:
    """A machine without a secret service."""

    def usable(self) -> bool:
        return False

    def get(self, name: str) -> Secret | None:
        return None

    def set(self, name: str, password: Secret) -> None:
        raise EnvironmentFailure.of("no-keyring", "There is none.")

    def delete(self, name: str) -> None:
        raise AssertionError("nothing was kept there")


class Keyring(NoKeyring):
    """A keyring in memory."""

    def __init__(self) -> None:
        self.kept: dict[str, Secret] = {}

    def usable(self) -> bool:
        return True

    def get(self, name: str) -> Secret | None:
        return self.kept.get(name)

    def set(self, name: str, password: Secret) -> None:
        self.kept[name] = password

    def delete(self, name: str) -> None:
        self.kept.pop(name, None)


TARGET = Target("h", 1, "ann", "d", Secret("s3cret"), (("sslmode", "require"),))


def test_a_connection_is_saved_without_its_password_in_the_file(tmp_path: Path) -> None:
    keyring = Keyring()
    saved = SavedConnections(tmp_path, keyring=keyring)
    saved.save("warehouse", TARGET, password="keyring")
    assert all("s3cret" not in path.read_text() for path in tmp_path.iterdir())
    found = SavedConnections(tmp_path, keyring=keyring).target("warehouse")
    assert found.password == "s3cret"
    assert (found.host, found.options, found.label) == ("h", TARGET.options, "warehouse")
    saved.remove("warehouse")
    assert saved.names() == []
    assert keyring.kept == {}


def test_a_password_goes_to_a_private_file_only_when_told_so(tmp_path: Path) -> None:
    saved = SavedConnections(tmp_path, keyring=NoKeyring())
    assert not saved.keyring_usable()
    with pytest.raises(EnvironmentFailure, match="none"):
        saved.save("a", TARGET, password="keyring")
    assert saved.names() == []
    saved.save("a", TARGET)
    assert saved.target("a").password is None
    saved.save("a", TARGET, password="file")
    assert saved.target("a").password == "s3cret"
    if sys.platform != "win32":
        assert (tmp_path / "passwords.json").stat().st_mode & 0o777 == 0o600
    saved.save("a", TARGET)
    assert "s3cret" not in (tmp_path / "passwords.json").read_text()


def test_an_unknown_connection_is_said_with_those_there_are(tmp_path: Path) -> None:
    saved = SavedConnections(tmp_path, keyring=NoKeyring())
    saved.save("Beta", TARGET)
    saved.save("alpha", TARGET)
    with pytest.raises(UserError) as caught:
        saved.target("gamma")
    assert "alpha, Beta" in (caught.value.info.hint or "")


@pytest.mark.parametrize("slip", ["postgres//me:s3cret@h/d", "host=h password=s3cret"])
def test_an_address_with_a_slip_is_not_repeated(tmp_path: Path, slip: str) -> None:
    with pytest.raises(UserError) as caught:
        SavedConnections(tmp_path, keyring=NoKeyring()).target(slip)
    assert caught.value.info.kind == "no-such-connection"
    assert "s3cret" not in f"{caught.value.info}"


@pytest.mark.parametrize("name", ["", "  ", "postgresql://h/d"])
def test_a_name_must_be_a_name(tmp_path: Path, name: str) -> None:
    with pytest.raises(UserError):
        SavedConnections(tmp_path, keyring=NoKeyring()).save(name, TARGET)


@pytest.mark.parametrize("content", ["[", "[]", json.dumps({"a": 1}), json.dumps({"a": {"target": {"host": 1}}})])
def test_a_broken_file_is_no_traceback(tmp_path: Path, content: str) -> None:
    (tmp_path / "connections.json").write_text(content)
    with pytest.raises(UserError, match="no saved connection"):
        SavedConnections(tmp_path, keyring=NoKeyring()).target("a")
