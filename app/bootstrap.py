"""Makes a bare checkout runnable: a ``.venv`` beside it with the pinned dependencies, then the same command inside it.

Standard library only. Nothing happens in a built program, nor where the dependencies are there already. The first lines
run on any Python 3, so that an old one gets a sentence; therefore no ``from __future__`` here.
"""

import sys

if sys.version_info < (3, 11):
    sys.exit(f"Sheetferry needs Python 3.11 or newer, this is {sys.version.split()[0]}. Call it with a newer one.")

import os
from collections.abc import Sequence
from pathlib import Path

from app.setup.quick_check import found_as_left, leave

CHECKOUT = Path(__file__).resolve().parent.parent
_REENTERED = "SHEETFERRY_REENTERED"


def ensure(groups: Sequence[str] = ()) -> None:
    """Return when the dependencies can be imported; else set them up and start the same command again inside.

    Args:
        groups: Dependency groups of pyproject.toml that are needed besides the program's own dependencies.

    Raises:
        SystemExit: with one sentence, if they cannot be set up; with the command's exit code, where it ran in a
            process of its own.
    """
    reentered = os.environ.pop(_REENTERED, None) is not None
    if getattr(sys, "frozen", False) or not (CHECKOUT / "pyproject.toml").is_file():
        return
    if found_as_left(CHECKOUT, groups):
        return
    # Only now: what follows takes a while to load, and hardly any start needs it.
    from app.setup.entering import check_and_enter

    check_and_enter(CHECKOUT, groups, reentered=reentered)
    leave(CHECKOUT, groups)
