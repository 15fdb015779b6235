"""The one folder that holds settings, queue, logs and the embedded server."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import platformdirs

from workers.core.model.errors import EnvironmentFailure

VARIABLE = "SHEETFERRY_HOME"


def home_folder(environ: Mapping[str, str]) -> Path:
    """The folder named by ``SHEETFERRY_HOME``, else the platform's user-data folder. Made if missing, for us alone.

    Raises:
        EnvironmentFailure: when the folder cannot be made or written to.
    """
    named = environ.get(VARIABLE)
    home = (
        Path(named).expanduser().absolute()
        if named
        else Path(platformdirs.user_data_dir("sheetferry", appauthor=False))
    )
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise EnvironmentFailure.of(
            "home-unusable",
            f"The folder {home} cannot be used: {error.strerror or error}.",
            f"Set {VARIABLE} to a folder that you may write to.",
        ) from error
    return home
