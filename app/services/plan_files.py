"""Plan files on the disk."""

from __future__ import annotations

import os

from workers.core.model.errors import EnvironmentFailure, UserError
from workers.core.model.plan_file import SavedPlan, read_plan, write_plan
from workers.core.model.shown_text import kept
from workers.system.whole_file import whole_file

_MOST_BYTES = 4 << 20


def load_plan_file(path: str, *, unwatched: bool = False) -> SavedPlan:
    """The plan in a file.

    Args:
        path: The file.
        unwatched: Whether it is obeyed while nobody looks on: then it must be ours, or the administrator's, and none
            that everybody can write.

    Raises:
        UserError: ``no-plan`` when there is no such file, ``bad-plan`` when it is no plan, ``not-trusted``.
    """
    try:
        with open(path, "rb") as file:
            if unwatched and _is_foreign(os.fstat(file.fileno())):
                raise UserError.of(
                    "not-trusted",
                    f"The plan {path} belongs to somebody else or can be changed by everybody, so it is not followed.",
                    "Copy it to a file of your own, or take the right to write from the others.",
                )
            data = file.read(_MOST_BYTES + 1)
    except OSError as error:
        raise UserError.of("no-plan", f"The plan {path} cannot be read: {error.strerror}.", "Check its path.") from None
    try:
        if len(data) > _MOST_BYTES:
            raise ValueError
        text = data.decode("utf-8")
    except ValueError:
        raise UserError.of(
            "bad-plan", f"{path} is no import plan.", "A plan is a small UTF-8 text; save one on the Import page."
        ) from None
    return read_plan(text)


def _is_foreign(status: os.stat_result) -> bool:
    return os.name == "posix" and (bool(status.st_mode & 0o002) or status.st_uid not in (0, os.geteuid()))


def save_text(path: str, text: str) -> None:
    """Write a text file whole or not at all.

    Raises:
        EnvironmentFailure: ``cannot-write``.
    """
    try:
        with whole_file(path) as side:
            side.write_text(kept(text), encoding="utf-8", newline="\n")
    except OSError as error:
        raise EnvironmentFailure.of(
            "cannot-write", f"{path} could not be written: {error.strerror}.", "Choose another place."
        ) from None


def save_plan_file(path: str, plan: SavedPlan) -> None:
    """Write a plan.

    Raises:
        EnvironmentFailure: ``cannot-write``.
    """
    save_text(path, write_plan(plan))
