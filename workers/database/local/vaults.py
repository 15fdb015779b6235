"""Where the passwords of saved connections are kept: the system's keyring, or a file that only we can read."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Protocol

from workers.core.model.errors import EnvironmentFailure
from workers.core.model.tasks import Secret

_SERVICE = "sheetferry"


class Vault(Protocol):
    """Keeps passwords by name."""

    def usable(self) -> bool:
        """Whether passwords can be kept here."""

    def get(self, name: str) -> Secret | None:
        """The password of that name, or None when there is none or it cannot be read."""

    def set(self, name: str, password: Secret) -> None:
        """Keep it.

        Raises:
            EnvironmentFailure: ``no-keyring`` when that is not possible.
        """

    def delete(self, name: str) -> None:
        """Forget it; harmless when there is none."""


class KeyringVault:
    """The keyring of the operating system."""

    def usable(self) -> bool:
        """Whether the system has a keyring; machines without a desktop often have none."""
        import keyring
        from keyring.errors import KeyringError

        try:
            return float(keyring.get_keyring().priority) >= 1
        except (KeyringError, RuntimeError, OSError):
            return False

    def get(self, name: str) -> Secret | None:
        """See `Vault.get`."""
        import keyring
        from keyring.errors import KeyringError

        try:
            found = keyring.get_password(_SERVICE, name)
        except (KeyringError, RuntimeError, OSError):
            return None
        return Secret(found) if found is not None else None

    def set(self, name: str, password: Secret) -> None:
        """See `Vault.set`."""
        import keyring
        from keyring.errors import KeyringError

        try:
            keyring.set_password(_SERVICE, name, password.reveal())
        except (KeyringError, RuntimeError, OSError) as error:
            raise EnvironmentFailure.of(
                "no-keyring",
                "The system's keyring cannot keep the password.",
                "Unlock or install a keyring, keep the password in a file that only you can read, or type it again.",
                detail=type(error).__name__,
            ) from error

    def delete(self, name: str) -> None:
        """See `Vault.delete`."""
        import keyring
        from keyring.errors import KeyringError

        try:
            keyring.delete_password(_SERVICE, name)
        except (KeyringError, RuntimeError, OSError):
            return


class FileVault:
    """A JSON file with mode 0600, for machines without a keyring and only when the user says so."""

    def __init__(self, path: Path) -> None:
        """Keep passwords in the file `path`."""
        self._path = path

    def usable(self) -> bool:
        """Always, as far as one can tell without writing."""
        return True

    def get(self, name: str) -> Secret | None:
        """See `Vault.get`."""
        found = self._read().get(name)
        return Secret(found) if found is not None else None

    def set(self, name: str, password: Secret) -> None:
        """See `Vault.set`."""
        write_private(self._path, {**self._read(), name: password.reveal()})

    def delete(self, name: str) -> None:
        """See `Vault.delete`."""
        known = self._read()
        if known.pop(name, None) is not None:
            write_private(self._path, known)

    def _read(self) -> dict[str, str]:
        try:
            found = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return {str(k): str(v) for k, v in found.items()} if isinstance(found, dict) else {}


def write_private(path: Path, value: object) -> None:
    """Replace a JSON file atomically by one that only we can read.

    Raises:
        OSError: when it cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            json.dump(value, file, ensure_ascii=False, indent=1)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    except OSError:
        fresh.unlink(missing_ok=True)
        raise
