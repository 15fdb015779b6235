"""What was learnt about memory estimates, kept in a small file of the program's home folder."""

from __future__ import annotations

import json
import logging
import os
import tempfile
from pathlib import Path

from workers.core.jobs.admission import EstimateBook

_log = logging.getLogger(__name__)

_NAME = "memory-factors.json"


class EstimatesFile:
    """Reads and writes the factors. A file that is missing or broken is one without factors: they are learnt again."""

    def __init__(self, home: Path) -> None:
        """Keep the file in `home`."""
        self._path = home / _NAME

    def load(self) -> EstimateBook:
        """A book with what earlier runs of the program have learnt."""
        return EstimateBook(self._read())

    def save(self, book: EstimateBook) -> None:
        """Keep what the book knows beside what other running programs have learnt. Never raises for a disk."""
        before = self._read()
        factors = {**before, **{key: round(factor, 3) for key, factor in book.factors.items()}}
        if factors == before:
            return
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            handle, name = tempfile.mkstemp(dir=self._path.parent, prefix=_NAME)
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(factors, file, indent=1, sort_keys=True)
            Path(name).replace(self._path)
        except OSError:
            _log.warning("what was learnt about memory could not be kept", exc_info=True)

    def _read(self) -> dict[str, float]:
        try:
            found = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        pairs = found.items() if isinstance(found, dict) else ()
        return {key: float(factor) for key, factor in pairs if isinstance(factor, int | float) and factor > 0}
