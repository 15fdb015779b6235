"""The password of encrypted workbooks that a command is to read."""

from __future__ import annotations

import sys
from collections.abc import Mapping

from app.cli.output import typed_secret
from workers.core.model.errors import UserError
from workers.core.model.tasks import Secret


def workbook_password(asked: bool, environ: Mapping[str, str]) -> Secret | None:
    """The password of encrypted workbooks: from ``SHEETFERRY_WORKBOOK_PASSWORD``, else asked for on a terminal.

    Raises:
        UserError: ``wrong-usage`` when it is wanted and cannot be had.
    """
    given = environ.get("SHEETFERRY_WORKBOOK_PASSWORD")
    if given:
        return Secret(given)
    if not asked:
        return None
    if not sys.stdin.isatty():
        raise UserError.of(
            "wrong-usage",
            "--password cannot ask without a terminal.",
            "Set SHEETFERRY_WORKBOOK_PASSWORD instead.",
        )
    return Secret(typed_secret("Password of the workbooks"))
