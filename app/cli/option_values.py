"""Reading single option values of the command line and of saved plans, and building `ImportOptions` from them."""

from __future__ import annotations

import argparse
from dataclasses import fields, replace

from workers.core.jobs.worker_sizes import MOST_WORKERS
from workers.core.model.option_words import header_of, limit_of, type_of
from workers.core.model.options import (
    DEFAULT_NULL_TOKENS,
    HeaderChoice,
    ImportOptions,
    Mode,
    PgType,
    Priority,
    RejectLimit,
)


def header_choice(text: str) -> HeaderChoice:
    """``auto``, ``none``, ``N`` or ``N-M`` (Excel rows from 1)."""
    try:
        return header_of(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def reject_limit(text: str) -> RejectLimit:
    """``N`` rows or ``P%`` of the rows read."""
    try:
        return limit_of(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def type_override(text: str) -> tuple[str, PgType]:
    """``COL=TYPE``."""
    column, equals, word = text.rpartition("=")
    try:
        if equals and column:
            return column, type_of(word)
    except ValueError:
        pass
    allowed = ", ".join(t.value for t in PgType)
    raise argparse.ArgumentTypeError(f"{text!r}: use COLUMN=TYPE with one of {allowed}")


def source_mapping(text: str) -> tuple[str, str]:
    """``Header=column``, or ``Header=`` to leave a column out."""
    source, equals, column = text.rpartition("=")
    if not equals or not source:
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


def parameter(text: str) -> tuple[str, str | None]:
    """``NAME=VALUE`` of a query; the value may be empty and may hold equals signs."""
    name, equals, value = text.partition("=")
    if not equals or not name.isidentifier():
        raise argparse.ArgumentTypeError(f"{text!r}: use NAME=VALUE, with a name as :NAME has it in the SQL")
    return name, value


def worker_count(text: str) -> int:
    """A number of worker processes from 1 to `MOST_WORKERS`."""
    if not (text.isascii() and text.isdecimal()) or not 1 <= int(text) <= MOST_WORKERS:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of workers: use 1 to {MOST_WORKERS}")
    return int(text)


def count(text: str) -> int:
    """How many there are to be, from 1."""
    if not (text.isascii() and text.isdecimal()) or not 1 <= int(text) < 1 << 31:
        raise argparse.ArgumentTypeError(f"{text!r} is not a count: use a whole number from 1")
    return int(text)


def options_from(arguments: argparse.Namespace) -> ImportOptions:
    """The import options that parsed arguments stand for; `inspect` lacks those that only loading needs.

    Raises:
        ValueError: a sentence, when the options contradict one another.
    """
    options = _stated(arguments)
    _check(options)
    return options


def options_over_plan(arguments: argparse.Namespace, plan: ImportOptions) -> ImportOptions:
    """The options of a plan, changed by what stands on the command line.

    Args:
        arguments: Parsed arguments; ``given`` names those that were written.
        plan: The plan's choices. Columns named on the command line win, the plan's others stay.

    Raises:
        ValueError: a sentence, when the options contradict one another.
    """
    stated = _stated(arguments)
    changed = {_FIELD_OF.get(name, name) for name in arguments.given}
    if "sheets" in changed:
        changed.add("all_sheets")
    names = {f.name for f in fields(ImportOptions)}
    options = replace(plan, **{name: getattr(stated, name) for name in changed & names})
    if "null_tokens" in changed and stated.null_tokens:
        options = replace(options, null_tokens=tuple(dict.fromkeys((*plan.null_tokens, *arguments.null_tokens))))
    options = replace(
        options,
        mapping=tuple({**dict(plan.mapping), **dict(stated.mapping)}.items()),
        type_overrides=tuple({**dict(plan.type_overrides), **dict(stated.type_overrides)}.items()),
    )
    _check(options)
    return options


_FIELD_OF = {"sheet": "sheets", "no_null_tokens": "null_tokens", "no_ledger": "ledger"}


def _check(options: ImportOptions) -> None:
    if options.mode in (Mode.UPSERT, Mode.SKIP) and not options.keys:
        raise ValueError(f"--mode {options.mode.value} needs at least one --key COLUMN")


def _stated(arguments: argparse.Namespace) -> ImportOptions:
    given = vars(arguments)
    mode = Mode(given.get("mode", Mode.CREATE.value))
    keys = tuple(given.get("keys", ()))
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
        only_changed=given.get("only_changed", False),
        type_overrides=tuple(given["type_overrides"]),
        types=given["types"],
        errors=given["errors"],
        date_order=given["date_order"],
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
