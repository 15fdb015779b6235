"""The file that keeps the charts' history across restarts."""

from __future__ import annotations

import logging
from pathlib import Path

from workers.core.metrics.series import SeriesTable
from workers.core.metrics.series_codec import decode_series
from workers.system.private_files import replace_private

FILE_NAME = "monitor.series"
_log = logging.getLogger(__name__)


class SeriesFile:
    """Reads and writes the history; both touch the disk, so not on the UI thread."""

    def __init__(self, home: Path) -> None:
        """Use the file in `home`."""
        self.path = home / FILE_NAME

    def load(self, table: SeriesTable, *, since: float) -> int:
        """Fill an empty table with what is not older than `since`.

        A missing or damaged file is no error: the charts then begin empty, and a damaged one is said in the log.

        Returns:
            How many full rows came back.
        """
        try:
            return decode_series(self.path.read_bytes(), table, since=since)
        except FileNotFoundError:
            return 0
        except (OSError, ValueError) as error:
            _log.warning("the charts begin empty: %s: %s", self.path, error)
            return 0

    def remove(self) -> None:
        """Nothing is to be kept any more."""
        self.path.unlink(missing_ok=True)

    def save(self, encoded: bytes) -> bool:
        """Replace the file as a whole; False (and a line in the log) when the disk does not let us."""
        try:
            replace_private(self.path, encoded)
        except OSError as error:
            _log.warning("the charts' history could not be saved: %s", error)
            return False
        return True
