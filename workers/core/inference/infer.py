"""What type a column gets, from everything its cells showed.

The rules are those of the users' contract: cells of one kind give that kind's type, anything mixed becomes text, text
is read as a number or a date only when every filled cell agrees and nothing is lost, and null tokens are NULL only in a
column that agrees on a type other than text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from workers.core.inference.column_stats import INT64_MAX, INT64_MIN, ColumnTally, Kind, Mark, Trait
from workers.core.inference.text_shapes import (
    DATES,
    NUMBERS,
    STAMPS,
    DateForm,
    DateOrder,
    DecimalMark,
    NumberForm,
    Shape,
    TextForm,
    Unclear,
    date_form,
    decimal_mark,
    number_form,
)
from workers.core.model.options import ImportOptions, MisfitRule, PgType

__all__ = ["ColumnTally", "ColumnVerdict", "common_mark", "decide", "natural_type"]

_KIND_WORDS: dict[Kind, str] = {
    Kind.INT: "whole numbers",
    Kind.FLOAT: "numbers",
    Kind.BOOL: "booleans",
    Kind.DATE: "dates",
    Kind.STAMP: "dates with a time",
    Kind.TIME: "times",
    Kind.DURATION: "durations",
    Kind.TEXT: "texts",
    Kind.ERROR: "errors",
    Kind.PADDED: "numbers shown with leading zeros",
}
_ORDERS: dict[str, DateOrder] = {"day-first": "dmy", "month-first": "mdy"}
_SINGLE_TYPES = {
    Kind.BOOL: PgType.BOOLEAN,
    Kind.TIME: PgType.TIME,
    Kind.DURATION: PgType.INTERVAL,
}
_TEXT_SHAPES: dict[PgType, frozenset[Shape]] = {
    PgType.BIGINT: NUMBERS,
    PgType.DOUBLE: NUMBERS,
    PgType.NUMERIC: NUMBERS,
    PgType.DATE: DATES,
    PgType.TIMESTAMP: DATES | STAMPS,
}
_TEMPORAL = frozenset({PgType.DATE, PgType.TIMESTAMP})
_FITTING_KINDS: dict[PgType, frozenset[Kind]] = {
    PgType.BIGINT: frozenset({Kind.INT}),
    PgType.DOUBLE: frozenset({Kind.INT, Kind.FLOAT}),
    PgType.NUMERIC: frozenset({Kind.INT, Kind.FLOAT}),
    PgType.BOOLEAN: frozenset({Kind.BOOL}),
    PgType.DATE: frozenset({Kind.DATE}),
    PgType.TIMESTAMP: frozenset({Kind.DATE, Kind.STAMP}),
    PgType.TIME: frozenset({Kind.TIME}),
    PgType.INTERVAL: frozenset({Kind.TIME, Kind.DURATION}),
}


@dataclass(frozen=True, slots=True)
class ColumnVerdict:
    """The type of one column and why.

    Attributes:
        type: The type the column gets.
        from_text: True when some texts are to be read as numbers or dates; `form` says how they are written.
        form: How those texts are written; None when there are none, or when their meaning is not certain.
        tokens_are_null: Whether null tokens arrive as NULL; never in a text column.
        evidence: Why this type, in words.
        nulls: How many cells arrive as NULL.
        misfits: How many filled cells do not fit a type the user chose; 0 when the type was found.
        misfit_cells: Addresses of the first of them.
        reasons: Why texts that look like numbers or dates stay text; at most one.
        findings: What the health list says of this column.
    """

    type: PgType
    from_text: bool = False
    form: TextForm | None = None
    tokens_are_null: bool = False
    evidence: str = ""
    nulls: int = 0
    misfits: int = 0
    misfit_cells: tuple[str, ...] = ()
    reasons: tuple[Unclear, ...] = ()


def natural_type(tally: ColumnTally, options: ImportOptions) -> PgType:
    """The type of the cells counted so far. Cheap enough to ask after every batch."""
    return _judge(tally, options).type


def common_mark(tallies: Iterable[ColumnTally]) -> DecimalMark | None:
    """The decimal mark that the number texts of a table's columns show; None when they show none or differ."""
    return decimal_mark(tally.shapes for tally in tallies if not tally.settled)


def decide(
    tally: ColumnTally,
    options: ImportOptions,
    override: PgType | None = None,
    misfits: MisfitRule = "reject",
    mark: DecimalMark | None = None,
) -> ColumnVerdict:
    """The whole verdict on a column.

    Args:
        tally: Everything its cells showed.
        options: Their rules for types, errors and null tokens.
        override: The type the user chose, or None.
        misfits: What becomes of cells that do not fit the chosen type.
        mark: The `common_mark` of all columns of the table.
    """
    verdict = _overridden(tally, options, override, mark) if override else _judge(tally, options, mark)
    nulls = _nulls(tally, options, verdict) + (verdict.misfits if misfits == "null" else 0)
    return replace(verdict, nulls=nulls, evidence=_evidence(tally, verdict, override))


def _judge(tally: ColumnTally, options: ImportOptions, mark: DecimalMark | None = None) -> ColumnVerdict:
    """The type the cells themselves ask for."""
    text = ColumnVerdict(PgType.TEXT)
    if options.types == "text" or tally.count(Kind.PADDED) or (options.errors == "text" and tally.count(Kind.ERROR)):
        return text
    kinds = {kind for kind in _KIND_WORDS if tally.counts[kind]} - {Kind.ERROR, Kind.TEXT}
    if _only_zero_dates(tally):
        kinds.discard(Kind.TIME)
    if not tally.counts[Kind.TEXT]:
        found = _cells_type(tally, kinds)
        return ColumnVerdict(found) if found else text
    if options.types == "cells":
        return text
    shapes = tally.shapes - {Shape.TOKEN}
    if not shapes and not tally.settled:
        found = _cells_type(tally, kinds)
        return ColumnVerdict(found, tokens_are_null=True) if found else text
    if tally.settled or not shapes:
        return text
    if shapes <= NUMBERS:
        return _number_texts(tally, kinds, number_form(shapes, mark))
    if shapes <= DATES | STAMPS:
        return _date_texts(kinds, date_form(shapes, _ORDERS.get(options.date_order)))
    return text


def _cells_type(tally: ColumnTally, kinds: set[Kind]) -> PgType | None:
    """The common type of cells that are not text, or None when they have none."""
    if kinds and kinds <= {Kind.INT, Kind.FLOAT}:
        return _number_type(tally)
    if kinds and kinds <= {Kind.DATE, Kind.STAMP}:
        return PgType.TIMESTAMP if Kind.STAMP in kinds else PgType.DATE
    if kinds == {Kind.TIME, Kind.DURATION}:
        return PgType.INTERVAL
    return _SINGLE_TYPES.get(next(iter(kinds))) if len(kinds) == 1 else None


def _only_zero_dates(tally: ColumnTally) -> bool:
    """Whether the times of a column of dates are all 00:00: the number 0, which a date's format shows as no day."""
    return bool(tally.count(Kind.DATE, Kind.STAMP)) and tally.count(Kind.TIME) == tally.count(Trait.MIDNIGHT)


def _number_type(tally: ColumnTally) -> PgType:
    broken = tally.count(Kind.FLOAT) - tally.count(Trait.WHOLE_FLOAT)
    fits = tally.low is None or (tally.low >= INT64_MIN and (tally.high or 0) <= INT64_MAX)
    if not broken and fits:
        return PgType.BIGINT
    return PgType.NUMERIC if tally.count(Trait.INEXACT) else PgType.DOUBLE


def _number_texts(tally: ColumnTally, kinds: set[Kind], form: NumberForm | Unclear) -> ColumnVerdict:
    if isinstance(form, Unclear):
        return ColumnVerdict(PgType.TEXT, reasons=(form,))
    if not kinds <= {Kind.INT, Kind.FLOAT}:
        return ColumnVerdict(PgType.TEXT)
    if form.percent and kinds:
        reason = Unclear("mixed-units", "texts with a percent sign stand beside numbers without one")
        return ColumnVerdict(PgType.TEXT, reasons=(reason,))
    of_cells = _number_type(tally) if kinds else PgType.BIGINT
    if form.whole:
        chosen = of_cells
    elif form.exponents or Kind.FLOAT in kinds:
        chosen = PgType.NUMERIC if of_cells is PgType.NUMERIC else PgType.DOUBLE
    else:
        # Decimals written out keep every digit they have, the zeros at the end too.
        chosen = PgType.NUMERIC
    return ColumnVerdict(chosen, from_text=True, form=form, tokens_are_null=True)


def _date_texts(kinds: set[Kind], form: DateForm | Unclear) -> ColumnVerdict:
    if isinstance(form, Unclear):
        return ColumnVerdict(PgType.TEXT, reasons=(form,))
    if not kinds <= {Kind.DATE, Kind.STAMP}:
        return ColumnVerdict(PgType.TEXT)
    if kinds and form.order != "ymd":
        reason = Unclear(
            "swapped-dates", "texts such as 13/02/2024 stand beside real dates, whose day and month may be swapped"
        )
        return ColumnVerdict(PgType.TEXT, reasons=(reason,))
    stamp = form.stamp or Kind.STAMP in kinds
    chosen = PgType.TIMESTAMP if stamp else PgType.DATE
    return ColumnVerdict(chosen, from_text=True, form=form, tokens_are_null=True)


def _overridden(tally: ColumnTally, options: ImportOptions, chosen: PgType, mark: DecimalMark | None) -> ColumnVerdict:
    """The verdict when the user chose the type: cells that do not fit are rejects, nothing widens."""
    if chosen is PgType.TEXT:
        return ColumnVerdict(PgType.TEXT)
    wanted = _TEXT_SHAPES.get(chosen, frozenset())
    form: TextForm | Unclear | None = None
    shapes = tally.shapes & wanted
    if shapes:
        order = _ORDERS.get(options.date_order)
        form = number_form(shapes, mark) if shapes <= NUMBERS else date_form(shapes, order)
    if isinstance(form, NumberForm) and chosen is PgType.BIGINT and not form.whole and not form.percent:
        form = replace(form, whole=True, exponents=False)
    unclear = form if isinstance(form, Unclear) else None
    usable = None if unclear else form
    tokens = options.types != "cells"
    misfits = _misfit_marks(tally, chosen, usable is not None, tokens)
    return ColumnVerdict(
        chosen,
        from_text=bool(tally.counts[Kind.TEXT]),
        form=usable if not isinstance(usable, Unclear) else None,
        tokens_are_null=tokens,
        misfits=sum(tally.counts[mark] for mark in misfits) - _whole_floats(tally, chosen),
        misfit_cells=tally.cells(*misfits),
        reasons=(unclear,) if unclear else (),
    )


def _misfit_marks(tally: ColumnTally, chosen: PgType, reads_text: bool, tokens: bool) -> list[Mark]:
    """Kinds and shapes present that do not fit the chosen type."""
    fitting = _FITTING_KINDS[chosen]
    if chosen in _TEMPORAL and _only_zero_dates(tally):
        fitting |= {Kind.TIME}
    if chosen is PgType.BOOLEAN and tally.low in (0, 1) and tally.high in (0, 1):
        fitting |= {Kind.INT}
    odd: list[Mark] = [
        kind for kind in _KIND_WORDS if tally.counts[kind] and kind not in fitting | {Kind.TEXT, Kind.ERROR}
    ]
    if tally.settled:
        return [*odd, Kind.TEXT]
    good = _TEXT_SHAPES.get(chosen, frozenset()) if reads_text else frozenset()
    allowed = good | ({Shape.TOKEN} if tokens else frozenset())
    return [*odd, *(shape for shape in tally.shapes if shape not in allowed)]


def _whole_floats(tally: ColumnTally, chosen: PgType) -> int:
    return tally.count(Trait.WHOLE_FLOAT) if chosen is PgType.BIGINT else 0


def _nulls(tally: ColumnTally, options: ImportOptions, verdict: ColumnVerdict) -> int:
    nulls = tally.counts[Kind.BLANK]
    if options.errors == "null":
        nulls += tally.counts[Kind.ERROR]
    if verdict.type in _TEMPORAL and _only_zero_dates(tally):
        nulls += tally.counts[Kind.TIME]
    return nulls + (tally.counts[Shape.TOKEN] if verdict.tokens_are_null else 0)


def _evidence(tally: ColumnTally, verdict: ColumnVerdict, override: PgType | None) -> str:
    """Why this type: how many cells speak for it, and which do not."""
    filled = tally.filled
    if not filled:
        return "no filled cell" + (f"; {override.value} was chosen" if override else "")
    if override:
        if not verdict.misfits:
            return f"chosen; all {filled:,} filled cells fit"
        return f"chosen; {verdict.misfits:,} of {filled:,} filled cells do not fit: {_places(verdict.misfit_cells)}"
    if verdict.reasons:
        return f"text: {verdict.reasons[0].reason}"
    groups = sorted(_groups(tally), key=lambda group: (group[1] == "null tokens", -group[0]))
    if len(groups) == 1:
        return f"all {filled:,} filled cells are {groups[0][1]}"
    rest = "; ".join(f"{number:,} {_noun(number, word)} at {_places(cells)}" for number, word, cells in groups[1:5])
    return f"{groups[0][0]:,} of {filled:,} filled cells are {groups[0][1]}; {rest}"


def _noun(number: int, word: str) -> str:
    """A kind of cell in the singular for one of them."""
    return re.sub(r"s\b", "", word, count=1) if number == 1 else word


def _groups(tally: ColumnTally) -> list[tuple[int, str, tuple[str, ...]]]:
    """The kinds of cell present in words, texts split into what they look like."""
    kinds = [kind for kind in _KIND_WORDS if tally.counts[kind] and kind is not Kind.TEXT]
    if Kind.INT in kinds and Kind.FLOAT in kinds:
        kinds.remove(Kind.INT)
    found = [(tally.counts[kind], _KIND_WORDS[kind], tally.cells(kind)) for kind in kinds]
    if Kind.FLOAT in kinds and tally.counts[Kind.INT]:
        found.append((tally.count(Kind.INT, Kind.FLOAT), "numbers", tally.cells(Kind.INT, Kind.FLOAT)))
        found.remove((tally.counts[Kind.FLOAT], "numbers", tally.cells(Kind.FLOAT)))
    if tally.settled:
        return [*found, (tally.counts[Kind.TEXT], "texts", tally.cells(Kind.TEXT))]
    worded: list[tuple[str, frozenset[Shape]]] = [
        ("texts", frozenset({Shape.PLAIN})),
        ("numbers stored as text", NUMBERS),
        ("dates stored as text", DATES | STAMPS),
        ("digits with a leading zero", frozenset({Shape.LEADING_ZERO})),
        ("numbers of more than 15 digits stored as text", frozenset({Shape.LONG_DIGITS})),
        ("null tokens", frozenset({Shape.TOKEN})),
    ]
    for word, shapes in worded:
        number = tally.count(*shapes)
        if number:
            found.append((number, word, tally.cells(*shapes)))
    return found


def _places(cells: tuple[str, ...]) -> str:
    shown = ", ".join(cells[:3])
    return f"{shown}, …" if len(cells) > 3 else shown
