"""Log files under the home folder: one rotating file, never a secret in it."""

from __future__ import annotations

import logging
import logging.handlers
import re
from pathlib import Path

from workers.system.log_lines import LineFormatter

_PASSWORD_IN_URL = re.compile(r"(://[^:/@\s]+:)\S+(@)")
_PASSWORD_WORD = re.compile(r"(?i)(password\s*[=:]\s*)('[^']*'|\S+)")
_FORMAT = "%(asctime)s %(process)d %(levelname)s %(name)s: %(message)s"


class RedactingFormatter(LineFormatter):
    """Formats like its base and blots out what looks like a password, tracebacks included."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, without secrets."""
        return redact(super().format(record))


def redact(text: str) -> str:
    """`text` with the passwords of URLs and of ``password=…`` words blotted out."""
    return _PASSWORD_WORD.sub(r"\1•••", _PASSWORD_IN_URL.sub(r"\1•••\2", text))


def log_file(home: Path) -> Path:
    """Where the log of this home is."""
    return home / "logs" / "sheetferry.log"


def use_level(word: str) -> None:
    """Write records of this level and above from now on: ``debug``, ``info`` or ``warning``, as the settings say it."""
    logging.getLogger().setLevel(word.upper())


def start_logging(home: Path) -> None:
    """Send all records of level INFO and above to the rotating log file of `home`.

    A log that cannot be written is no reason not to start: then only warnings go to standard error.
    """
    # A full disk must not answer every line of the log with a traceback on standard error.
    logging.raiseExceptions = False
    root = logging.getLogger()
    root.setLevel(logging.INFO)
    try:
        log_file(home).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handler: logging.Handler = logging.handlers.RotatingFileHandler(
            log_file(home), maxBytes=2_000_000, backupCount=4, encoding="utf-8", delay=True
        )
    except OSError:
        handler = logging.StreamHandler()
        handler.setLevel(logging.WARNING)
    handler.setFormatter(RedactingFormatter(_FORMAT))
    root.addHandler(handler)
