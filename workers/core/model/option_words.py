"""Options of an import as the words that people write, on the command line and in plan files."""

from __future__ import annotations

import re

from workers.core.model.options import HeaderChoice, PgType, RejectLimit

_MAX_ROW = 1_048_576
_TYPE_WORDS = {
    "double": PgType.DOUBLE,
    "float": PgType.DOUBLE,
    "int": PgType.BIGINT,
    "integer": PgType.BIGINT,
    "timestamp without time zone": PgType.TIMESTAMP,
    **{t.value: t for t in PgType},
}


def header_of(text: str) -> HeaderChoice:
    """``auto``, ``none``, ``N`` or ``N-M`` (Excel rows from 1).

    Raises:
        ValueError: with a sentence.
    """
    if text in ("auto", "none"):
        return HeaderChoice(text)  # type: ignore[arg-type]  # narrowed by the test above
    match = re.fullmatch(r"(\d+)(?:-(\d+))?", text)
    first = int(match[1]) if match else 0
    last = int(match[2] or match[1]) if match else 0
    if not 1 <= first <= last <= _MAX_ROW:
        raise ValueError(f"{text!r} is not a header: use auto, none, a row such as 3, or rows such as 3-4")
    return HeaderChoice("rows", first, last)


def header_words(header: HeaderChoice) -> str:
    """What `header_of` reads back."""
    if header.kind != "rows":
        return header.kind
    return str(header.first) if header.first == header.last else f"{header.first}-{header.last}"


def limit_of(text: str) -> RejectLimit:
    """``N`` rows or ``P%`` of the rows read.

    Raises:
        ValueError: with a sentence.
    """
    match = re.fullmatch(r"(\d+(?:\.\d+)?)(%?)", text.strip())
    if match and match[2] and float(match[1]) <= 100:
        return RejectLimit(percent=float(match[1]))
    if match and not match[2] and "." not in match[1]:
        return RejectLimit(rows=int(match[1]))
    raise ValueError(f"{text!r} is not a limit: use a number of rows such as 20, or a share such as 1%")


def limit_words(limit: RejectLimit) -> str:
    """What `limit_of` reads back."""
    return str(limit.rows) if limit.percent is None else f"{limit.percent:.15g}%"


def type_of(text: str) -> PgType:
    """A column type by its name or a common alias, whatever its case.

    Raises:
        ValueError: with a sentence that lists what is allowed.
    """
    chosen = _TYPE_WORDS.get(text.strip().lower())
    if chosen is None:
        raise ValueError(f"{text!r} is not a type: use one of {', '.join(t.value for t in PgType)}")
    return chosen
