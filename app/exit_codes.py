"""What the program answers to the shell."""

from __future__ import annotations

from workers.core.model.errors import ErrorInfo

OK = 0
FAILED = 1
WRONG_USAGE = 2
NO_DATABASE = 3
INTERRUPTED = 130

_DATABASE_KINDS = {
    "unreachable",
    "wrong-password",
    "no-such-database",
    "too-many-connections",
    "ssl",
    "server-too-old",
    "server-start-failed",
    "server-busy",
    "server-not-answering",
    "connection-lost",
}
_USAGE_KINDS = {
    "bad-setting",
    "wrong-usage",
    "bad-url",
    "bad-plan",
    "no-plan",
    "password-in-argument",
    "no-such-connection",
}


def exit_code_of(error: ErrorInfo) -> int:
    """The code for a command that could not do its work at all."""
    if error.kind in _DATABASE_KINDS:
        return NO_DATABASE
    return WRONG_USAGE if error.kind in _USAGE_KINDS else FAILED
