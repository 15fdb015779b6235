"""Writing a file whole or not at all, in a folder that others may be able to write to as well."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Iterator
from pathlib import Path


@contextlib.contextmanager
def whole_file(path: str | Path) -> Iterator[Path]:
    """A new, empty file beside `path`, which takes its place when the block ends well, and else is gone.

    Its name cannot be foreseen, and nothing can have that name already: a link that somebody has planted there would
    send what is written to another file.

    Raises:
        OSError: when the folder cannot be written to.
    """
    goal = Path(path)
    side = goal.with_name(f".{goal.name[:100]}.{secrets.token_hex(8)}.part")
    os.close(os.open(side, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0), 0o666))
    try:
        yield side
        os.replace(side, goal)
    finally:
        side.unlink(missing_ok=True)
