"""Files that the program ships with: looks, translations, samples, SQL. A leaf: imports nothing of ours."""

from __future__ import annotations

from pathlib import Path


def path(name: str) -> Path:
    """Where a shipped file or folder lies, in a checkout, an installation and a built program alike.

    Args:
        name: Path below this folder with forward slashes, such as ``translations/sheetferry_de.qm``.

    Raises:
        ValueError: if `name` leads out of this folder.
    """
    root = Path(__file__).resolve().parent
    found = root.joinpath(name)
    if not found.resolve().is_relative_to(root):
        raise ValueError(f"not inside the resources: {name!r}")
    return found
