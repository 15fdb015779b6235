"""What the History page is given: frozen values."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from workers.core.model.outcomes import ImportOutcome


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One import of the past.

    Attributes:
        outcome: What was said when it ended; its `import_id` is the key.
        when: Local time at which it ended.
        who: The user who ran it.
        state: The ledger's word: ``loaded``, ``failed``, ``cancelled``, ``unchanged``, ``unknown``, ``undone``,
            ``superseded``, ``gone``.
        note: Short remark for the second line, such as ``undone 16:20``.
        log: Lines of its log.
        ended: Local time at which it was undone, replaced or gone; None while it is in force.
    """

    outcome: ImportOutcome
    when: dt.datetime
    who: str = ""
    state: str = "loaded"
    note: str = ""
    log: str = ""
    ended: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class PastDetails:
    """How a past import was made.

    Attributes:
        plan: Its choices as a plan file has them; empty where they are not known.
        plan_missing: Why they are not known, where more than that can be said.
        log: What happened, line by line.
    """

    plan: str = ""
    plan_missing: str = ""
    log: str = ""


@dataclass(frozen=True, slots=True)
class UndoPreview:
    """What undoing an import will do, counted before anything is done.

    Attributes:
        lines: Pairs of a figure and what happens to so many rows.
        removed: Rows that leave.
        restored: Rows that get their former values back.
        kept: The first rows that were edited since and stay, as text.
        blocked: Why it cannot be undone; empty when it can.
    """

    lines: tuple[tuple[int, str], ...] = ()
    removed: int = 0
    restored: int = 0
    kept: tuple[str, ...] = ()
    blocked: str = ""
