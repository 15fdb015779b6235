"""Calls that come while the program is ending have nobody left to serve them, and nobody waits for them."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TypeVar

from workers.core.model.errors import SheetferryError

_log = logging.getLogger(__name__)
_Argument = TypeVar("_Argument")


def unless_closed(call: Callable[[_Argument], object]) -> Callable[[_Argument], None]:
    """`call`, silent once the pool takes no more work; every other failure is passed on."""

    def attempt(argument: _Argument) -> None:
        try:
            call(argument)
        except SheetferryError as error:
            if error.info.kind != "pool-closed":
                raise
            _log.info("something was asked for while the program was ending")

    return attempt
