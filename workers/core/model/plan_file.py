"""A saved plan: the choices of an import as a small text file that people can read, mend and keep with their scripts.

The file is TOML: what is read, where it goes, which header becomes which column, which types were chosen. It holds
neither data nor secrets nor the database, and says only what differs from the defaults.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from workers.core.model.errors import UserError
from workers.core.model.naming import column_names
from workers.core.model.option_words import type_of
from workers.core.model.options import LEFT_OUT, ImportOptions
from workers.core.model.plan_fields import FIELDS, Field
from workers.core.model.plans import ColumnPlan, TablePlan

VERSION = 1
SUFFIX = ".plan.toml"
_VERSION_KEY = "sheetferry_plan"
_COLUMNS, _TYPES = "columns", "types"
_SECTIONS = ("read", "target", "run")


@dataclass(frozen=True, slots=True)
class SavedPlan:
    """The choices of an import, without its file and its database.

    Attributes:
        options: The choices; `mapping` and `type_overrides` name columns by header, or by letter where the header
            does not tell a column from others. A trial run is never part of a plan.
        source: Name of the file that it was made for, for people.
        saved: Day on which it was made.
    """

    options: ImportOptions
    source: str = ""
    saved: dt.date | None = None


def plan_for(
    plan: TablePlan,
    options: ImportOptions,
    *,
    found: Sequence[ColumnPlan] = (),
    only_sheet: bool = False,
    only_table: bool = True,
) -> SavedPlan:
    """The saved plan that repeats the import of a table as it was chosen in the window.

    Args:
        plan: The table with edited names and types.
        options: The choices for it.
        found: The columns that the sheet has; those that the plan lacks are left out by the saved plan as well.
        only_sheet: True when no other sheet of the file would be imported without being named: the plan then does not
            depend on the sheet's name, which may be another one next month.
        only_table: False when its sheet holds further tables: the plan then keeps to this one's block.
    """
    sheets = () if only_sheet else options.sheets or (plan.sheet.name,)
    cell_range = options.cell_range
    if not only_table and cell_range is None:
        cell_range = plan.name or (str(plan.area) if plan.area else None)
    options = replace(options, sheets=sheets, cell_range=cell_range)
    return SavedPlan(named_choices(plan.columns, options, found))


def named_choices(
    columns: Sequence[ColumnPlan], options: ImportOptions, found: Sequence[ColumnPlan] = ()
) -> ImportOptions:
    """The options with the columns' own names and chosen types written out, so that they hold for a new survey."""
    there = found or columns
    automatic = column_names([c.source for c in there], [c.index for c in there])
    usual = {c.index: name for c, name in zip(there, automatic, strict=True)}
    kept = {c.index for c in columns}
    mapping = [(column_handle(c, there), c.name) for c in columns if c.name != usual.get(c.index)]
    mapping += [(column_handle(c, there), LEFT_OUT) for c in found if c.index not in kept]
    types = [(column_handle(c, there), c.type) for c in columns if c.fixed]
    nulled = [column_handle(c, there) for c in columns if c.misfits == "null"]
    return replace(
        options,
        mapping=tuple(mapping),
        type_overrides=tuple(types),
        null_misfits=tuple(nulled),
        dry_run=False,
    )


def column_handle(column: ColumnPlan, columns: Sequence[ColumnPlan]) -> str:
    """What finds the column again: its header, or its letter where the header is blank or not its alone."""
    headers = Counter((c.source or "").strip().casefold() for c in columns)
    if column.source and headers[column.source.strip().casefold()] == 1:
        return column.source
    return column.letter


# ---------------------------------------------------------------------------------------------------------- writing


def write_plan(plan: SavedPlan) -> str:
    """The text of a plan file."""
    lines = ["# An import plan of Sheetferry: sheetferry import WORKBOOK --plan THIS_FILE"]
    if plan.source:
        lines.append(f"# Made for {_one_line(plan.source)}" + (f" on {plan.saved.isoformat()}" if plan.saved else ""))
    lines += [f"{_VERSION_KEY} = {VERSION}"]
    default = ImportOptions()
    for section in _SECTIONS:
        fields = [f for f in FIELDS if f.section == section and f.get(plan.options) != f.get(default)]
        if fields:
            lines += ["", f"[{section}]"]
            lines += [f"{f.key} = {_toml(f.get(plan.options))}" for f in fields]
    if plan.options.mapping:
        lines += ["", "# header = column; an empty name leaves the column out", f"[{_COLUMNS}]"]
        lines += [f"{_toml(header)} = {_toml(name)}" for header, name in plan.options.mapping]
    if plan.options.type_overrides:
        lines += ["", f"[{_TYPES}]"]
        lines += [f"{_toml(header)} = {_toml(kind.value)}" for header, kind in plan.options.type_overrides]
    return "\n".join(lines) + "\n"


def _one_line(text: str) -> str:
    return "".join(c if c.isprintable() else " " for c in text)


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, tuple):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return '"' + "".join(map(_escaped, str(value))) + '"'


def _escaped(char: str) -> str:
    if char in '"\\':
        return "\\" + char
    if "\ud800" <= char <= "\udfff":
        return "\ufffd"  # half a character, which no file can hold
    return char if char.isprintable() or char == " " else f"\\U{ord(char):08x}"


# ---------------------------------------------------------------------------------------------------------- reading


def read_plan(text: str) -> SavedPlan:
    """The plan that a file's text holds.

    Raises:
        UserError: ``bad-plan`` with the place, when it is no plan, of a newer version, or says something unknown.
    """
    try:
        data = tomllib.loads(text.removeprefix("\ufeff"))
    except tomllib.TOMLDecodeError as error:
        raise _bad(
            f"The plan cannot be read: {error}.", "It is TOML text: KEY = VALUE lines below [section] lines."
        ) from None
    version = data.pop(_VERSION_KEY, None)
    if type(version) is not int or version < 1:
        raise _bad(
            f"This is no import plan: it lacks the line {_VERSION_KEY} = {VERSION}.",
            "Save one with Save plan on the Import page.",
        )
    if version > VERSION:
        raise _bad(f"The plan is of version {version}, this program knows {VERSION}.", "Update Sheetferry.")
    return SavedPlan(_options(data))


def _options(data: Mapping[str, Any]) -> ImportOptions:
    _refuse_unknown("", data, (*_SECTIONS, _COLUMNS, _TYPES))
    changes: dict[str, Any] = {}
    for section in _SECTIONS:
        fields = {f.key: f for f in FIELDS if f.section == section}
        given = _table(data, section)
        _refuse_unknown(section, given, fields)
        for key, value in given.items():
            changes.update(_read(fields[key], value))
    columns, types = _table(data, _COLUMNS), _table(data, _TYPES)
    changes["mapping"] = tuple((header, _name(header, name)) for header, name in columns.items())
    changes["type_overrides"] = tuple(
        (header, _type(header, _text(_TYPES, header, kind))) for header, kind in types.items()
    )
    return replace(ImportOptions(), **changes)


def _read(field: Field, value: Any) -> dict[str, Any]:
    try:
        return field.read(value)
    except ValueError as error:
        raise _bad(f"{field.section}.{field.key} in the plan: {error}.", "Correct that line.") from None


def _type(header: str, text: str) -> Any:
    try:
        return type_of(text)
    except ValueError as error:
        raise _bad(f"{_TYPES}.{header} in the plan: {error}.", "Correct that line.") from None


def _table(data: Mapping[str, Any], section: str) -> Mapping[str, Any]:
    found = data.get(section, {})
    if not isinstance(found, dict):
        raise _bad(f"{section} in the plan is not a section.", f"Write [{section}] on a line of its own.")
    return found


def _text(section: str, key: str, value: Any) -> str:
    if not isinstance(value, str) or not value:
        raise _bad(f"{section}.{key} in the plan is not a text.", "Put the value in quotation marks.")
    return value


def _name(header: str, value: Any) -> str:
    return LEFT_OUT if value == LEFT_OUT else _text(_COLUMNS, header, value)


def _refuse_unknown(section: str, given: Mapping[str, Any], known: Any) -> None:
    unknown = sorted(set(given) - set(known))
    if unknown:
        place = f"[{section}] of the plan" if section else "The plan"
        raise _bad(
            f"{place} has {unknown[0]!r}, which this version does not know.",
            "It knows: " + ", ".join(known) + ".",
        )


def _bad(message: str, hint: str) -> UserError:
    return UserError(UserError.of("bad-plan", message, hint).info)
