"""Saved connections: a JSON file without secrets in the home folder; passwords lie in a vault."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal, TypeAlias

from workers.core.model.errors import UserError
from workers.core.model.json_codec import CodecError, decode, encode
from workers.core.model.tasks import Secret, Target
from workers.database.embedded.files import home_failure
from workers.database.local.vaults import FileVault, KeyringVault, Vault, write_private

PasswordPlace: TypeAlias = Literal["nowhere", "keyring", "file"]


class SavedConnections:
    """The connections that were saved under a name."""

    def __init__(self, home: Path, *, keyring: Vault | None = None) -> None:
        """Keep them in `home`; `keyring` stands in for the system's keyring."""
        self._home = home
        self._path = home / "connections.json"
        self._vaults: Mapping[str, Vault] = {
            "keyring": keyring if keyring is not None else KeyringVault(),
            "file": FileVault(home / "passwords.json"),
        }

    def names(self) -> list[str]:
        """All names in alphabetical order."""
        return sorted(self._read(), key=str.casefold)

    def target(self, name: str) -> Target:
        """The connection of that name, with its password where one was kept.

        Raises:
            UserError: ``no-such-connection``, with the names there are.
        """
        saved = self._read().get(name)
        try:
            if saved is None:
                raise CodecError(name)
            target = decode(Target, saved["target"])
        except (CodecError, KeyError, TypeError) as error:
            known = ", ".join(self.names()) or "none yet"
            raise UserError.of(
                "no-such-connection",
                # What looks like an address with a slip in it may hold a password, and is not repeated.
                "What is given as the database is neither a URL nor the name of a saved connection."
                if set(name) & set("@:/=")
                else f"There is no saved connection named {name}.",
                f"Saved connections: {known}. A URL works as well: postgresql://user@host:5432/database",
            ) from error
        vault = self._vaults.get(str(saved.get("password")))
        return replace(target, password=vault.get(name) if vault else None, label=name)

    def password_place(self, name: str) -> PasswordPlace:
        """Where the password of that connection is kept."""
        place = (self._read().get(name) or {}).get("password")
        return "keyring" if place == "keyring" else "file" if place == "file" else "nowhere"

    def keyring_usable(self) -> bool:
        """Whether the system has a keyring that can keep passwords."""
        return self._vaults["keyring"].usable()

    def save(self, name: str, target: Target, *, password: PasswordPlace = "nowhere") -> None:
        """Save under a name, in place of what had that name.

        Args:
            name: The name; not a URL.
            target: The connection; its password is kept only where `password` says.
            password: ``keyring``, ``file`` (a file that only we can read), or ``nowhere``.

        Raises:
            UserError: ``bad-name``.
            EnvironmentFailure: ``no-keyring``, ``home-not-writable`` or ``disk-full``.
        """
        if not name.strip() or "://" in name:
            raise UserError.of("bad-name", "A saved connection needs a name that is not a URL.", "Choose another name.")
        secret = target.password
        place = password if secret is not None else "nowhere"
        try:
            for other in self._vaults.keys() - {place}:
                if self.password_place(name) == other:
                    self._vaults[other].delete(name)
            if secret is not None and place != "nowhere":
                self._vaults[place].set(name, Secret(secret.reveal()))
            entry = {"target": encode(replace(target, password=None)), "password": place}
            write_private(self._path, {**self._read(), name: entry})
        except OSError as error:
            raise home_failure(self._home, error) from error

    def remove(self, name: str) -> None:
        """Forget the connection and its password; harmless when there is none."""
        known = self._read()
        if name not in known:
            return
        try:
            vault = self._vaults.get(self.password_place(name))
            if vault is not None:
                vault.delete(name)
            del known[name]
            write_private(self._path, known)
        except OSError as error:
            raise home_failure(self._home, error) from error

    def _read(self) -> dict[str, dict[str, Any]]:
        try:
            found = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return {k: v for k, v in found.items() if isinstance(v, dict)} if isinstance(found, dict) else {}
