"""Errors, split by who can act on them.

Every failure that reaches a person is one of three kinds: something the user can mend (`UserError`), something in the
surroundings (`EnvironmentFailure`: a server, a disk, a permission), or a defect of ours (`BugError`). Each carries a
kind for programs, a sentence for people, a next step, and the place where it happened.
"""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class ErrorInfo:
    """What is said about one failure, ready for JSON, the ledger and the window.

    Attributes:
        kind: Stable word for programs, such as ``damaged`` or ``table-exists``.
        message: One sentence that a person can act on.
        hint: The next step, or None.
        cell: Cell address such as ``B5``, or None.
        sheet: Sheet name, or None.
        detail: Traceback or server text for the log; never shown first.
    """

    kind: str
    message: str
    hint: str | None = None
    cell: str | None = None
    sheet: str | None = None
    detail: str | None = None

    def to_json(self) -> dict[str, str | None]:
        """The ``error`` object of the command line's JSON."""
        return {"kind": self.kind, "message": self.message, "hint": self.hint, "cell": self.cell}


class SheetferryError(Exception):
    """Base of all expected errors; always carries an `ErrorInfo` and survives pickling."""

    def __init__(self, info: ErrorInfo) -> None:
        """Keep the whole information as the only argument, so that pickling restores it."""
        super().__init__(info)
        self.info = info

    def __str__(self) -> str:
        """The sentence for people."""
        return self.info.message

    @classmethod
    def of(
        cls,
        kind: str,
        message: str,
        hint: str | None = None,
        *,
        cell: str | None = None,
        sheet: str | None = None,
        detail: str | None = None,
    ) -> SheetferryError:
        """Build the error from its parts."""
        return cls(ErrorInfo(kind, message, hint, cell, sheet, detail))

    def on_sheet(self, sheet: str) -> SheetferryError:
        """The same error with its sheet named, when the raiser did not know it."""
        return type(self)(replace(self.info, sheet=self.info.sheet or sheet))


class UserError(SheetferryError):
    """The user can mend it: the file, an option, the target's name."""


class EnvironmentFailure(SheetferryError):
    """Something around us is missing, full, locked or unreachable; trying again later may help."""


class BugError(SheetferryError):
    """A defect of ours; the traceback is in `ErrorInfo.detail`."""


class Cancelled(BaseException):
    """The job was cancelled. A BaseException, so that no ``except Exception`` swallows it."""
