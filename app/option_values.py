"""Reading single option values of the command line and of saved plans, and building `ImportOptions` from them."""

from __future__ import annotations

import argparse
import re

from workers.core.options import (
    DEFAULT_NULL_TOKENS,
    HeaderChoice,
    ImportOptions,
    Mode,
    PgType,
    Priority,
    RejectLimit,
)

_TYPE_WORDS = {
    "double": PgType.DOUBLE,
    "float": PgType.DOUBLE,
    "int": PgType.BIGINT,
    "integer": PgType.BIGINT,
    "timestamp without time zone": PgType.TIMESTAMP,
    **{t.value: t for t in PgType},
}
_MAX_ROW = 1_048_576


def header_choice(text: str) -> HeaderChoice:
    """``auto``, ``none``, ``N`` or ``N-M`` (Excel rows from 1)."""
    if text in ("auto", "none"):
        return HeaderChoice(text)  # type: ignore[arg-type]  # narrowed by the test above
    match = re.fullmatch(r"(\d+)(?:-(\d+))?", text)
    first = int(match[1]) if match else 0
    last = int(match[2] or match[1]) if match else 0
    if not 1 <= first <= last <= _MAX_ROW:
        raise argparse.ArgumentTypeError(
            f"{text!r} is not a header: use auto, none, a row such as 3, or rows such as 3-4"
        )
    return HeaderChoice("rows", first, last)


def reject_limit(text: str) -> RejectLimit:
    """``N`` rows or ``P%`` of the rows read."""
    match = re.fullmatch(r"(\d+(?:\.\d+)?)(%?)", text.strip())
    if match and match[2] and float(match[1]) <= 100:
        return RejectLimit(percent=float(match[1]))
    if match and not match[2] and "." not in match[1]:
        return RejectLimit(rows=int(match[1]))
    raise argparse.ArgumentTypeError(f"{text!r} is not a limit: use a number of rows such as 20, or a share such as 1%")


def type_override(text: str) -> tuple[str, PgType]:
    """``COL=TYPE``."""
    column, equals, word = text.rpartition("=")
    chosen = _TYPE_WORDS.get(word.strip().lower())
    if not equals or not column or chosen is None:
        allowed = ", ".join(t.value for t in PgType)
        raise argparse.ArgumentTypeError(f"{text!r}: use COLUMN=TYPE with one of {allowed}")
    return column, chosen


def source_mapping(text: str) -> tuple[str, str]:
    """``Header=column``."""
    source, equals, column = text.rpartition("=")
    if not equals or not source or not column:
        raise argparse.ArgumentTypeError(f"{text!r}: use HEADER=column")
    return source, column


def priority(text: str) -> Priority:
    """``normal``, ``high`` or ``low``."""
    try:
        return Priority(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a priority: use normal, high or low") from None


def seconds(text: str) -> float:
    """A positive number of seconds."""
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0 < value < float("inf"):
        raise argparse.ArgumentTypeError(f"{text!r} is not a time limit: use a number of seconds above 0")
    return value


def worker_count(text: str) -> int:
    """A number of worker processes from 1 to 60."""
    if not text.isdecimal() or not 1 <= int(text) <= 60:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of workers: use 1 to 60")
    return int(text)


def options_from(arguments: argparse.Namespace) -> ImportOptions:
    """The import options that parsed arguments stand for; `inspect` lacks those that only loading needs.

    Raises:
        ValueError: a sentence, when the options contradict one another.
    """
    given = vars(arguments)
    mode = Mode(given.get("mode", Mode.CREATE.value))
    keys = tuple(given.get("keys", ()))
    if mode in (Mode.UPSERT, Mode.SKIP) and not keys:
        raise ValueError(f"--mode {mode.value} needs at least one --key COLUMN")
    if given["no_null_tokens"] and given["null_tokens"]:
        raise ValueError("--null and --no-null-tokens contradict one another")
    sheets = [s for s in given["sheet"] if s.casefold() != "all"]
    return ImportOptions(
        table=given.get("table"),
        schema=given.get("schema"),
        sheets=tuple(sheets),
        all_sheets=len(sheets) < len(given["sheet"]),
        cell_range=given["cell_range"],
        header=given["header"],
        mode=mode,
        keys=keys,
        duplicates=given.get("duplicates", "reject"),
        mapping=tuple(given.get("mapping", ())),
        keep_existing=given.get("keep_existing", False),
        type_overrides=tuple(given["type_overrides"]),
        types=given["types"],
        errors=given["errors"],
        null_tokens=() if given["no_null_tokens"] else (*DEFAULT_NULL_TOKENS, *given["null_tokens"]),
        fill_down=tuple(given.get("fill_down", ())),
        max_rejects=given.get("max_rejects", RejectLimit()),
        lineage=given.get("lineage"),
        hidden=given["hidden"],
        again=given.get("again", False),
        atomic=given.get("atomic", False),
        priority=given.get("priority", Priority.NORMAL),
        timeout=given["timeout"],
        dry_run=given.get("dry_run", False),
        ledger=not given.get("no_ledger", False),
    )
