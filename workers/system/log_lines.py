"""Lines of logs: one record is one line, and only what belongs to a traceback follows it, indented."""

from __future__ import annotations

import logging

from workers.core.model.shown_text import shown_lines


class LineFormatter(logging.Formatter):
    """Formats like its base, with escapes for what a terminal would obey and no line that looks like another record.

    Names of files, cells and messages of servers are written to logs, and whoever reads one with a pager or copies a
    line of it to a terminal must not run what they hold.
    """

    def format(self, record: logging.LogRecord) -> str:
        """The record as it is written."""
        return shown_lines(super().format(record))
