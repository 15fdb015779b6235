"""The lines of a plan file: which option stands where, under which key, in which words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, get_args

from workers.core.model.option_words import header_of, header_words, limit_of, limit_words
from workers.core.model.options import (
    DateOrderRule,
    DuplicateRule,
    ErrorRule,
    HiddenRule,
    ImportOptions,
    Mode,
    Priority,
    TypeRule,
)

_ALL = "all"


def _expected(what: str) -> ValueError:
    return ValueError(f"{what} is expected")


@dataclass(frozen=True, slots=True)
class Field:
    """One line.

    Attributes:
        section: The section it stands in.
        key: Its key.
        get: Its value from the options, as TOML's own types (tuples for lists).
        read: Changes to the options from a value; raises ValueError with what is allowed.
    """

    section: str
    key: str
    get: Callable[[ImportOptions], Any]
    read: Callable[[Any], dict[str, Any]]


def _text(section: str, key: str, attribute: str) -> Field:
    def read(value: Any) -> dict[str, Any]:
        if not isinstance(value, str) or not value:
            raise _expected("a text in quotation marks")
        return {attribute: value}

    return Field(section, key, lambda options: getattr(options, attribute), read)


def _texts(section: str, key: str, attribute: str) -> Field:
    def read(value: Any) -> dict[str, Any]:
        return {attribute: _list(value)}

    return Field(section, key, lambda options: getattr(options, attribute), read)


def _list(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise _expected('a list of texts such as ["a", "b"]')
    return tuple(value)


def _flag(section: str, key: str, attribute: str) -> Field:
    def read(value: Any) -> dict[str, Any]:
        if not isinstance(value, bool):
            raise _expected("true or false")
        return {attribute: value}

    return Field(section, key, lambda options: getattr(options, attribute), read)


def _word(section: str, key: str, words: Mapping[str, Any]) -> Field:
    def read(value: Any) -> dict[str, Any]:
        if not isinstance(value, str) or value not in words:
            raise _expected("one of " + ", ".join(words))
        return {key: words[value]}

    return Field(section, key, lambda options: str(getattr(options, key)), read)


def _same(words: Any) -> dict[str, str]:
    return {word: word for word in get_args(words)}


def _sheets(value: Any) -> dict[str, Any]:
    if value == _ALL:
        return {"all_sheets": True, "sheets": ()}
    return {"sheets": _list(value)}


def _header(value: Any) -> dict[str, Any]:
    if type(value) is int:
        value = str(value)
    if not isinstance(value, str):
        raise _expected('"auto", "none", a row such as 3, or rows such as "3-4"')
    return {"header": header_of(value)}


def _limit(value: Any) -> dict[str, Any]:
    if type(value) is int:
        value = str(value)
    if not isinstance(value, str):
        raise _expected('a number of rows such as 20, or a share such as "1%"')
    return {"max_rejects": limit_of(value)}


def _timeout(value: Any) -> dict[str, Any]:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < float("inf"):
        raise _expected("a number of seconds above 0")
    return {"timeout": float(value)}


FIELDS: tuple[Field, ...] = (
    Field("read", "sheets", lambda o: _ALL if o.all_sheets else o.sheets, _sheets),
    _text("read", "range", "cell_range"),
    Field("read", "header", lambda o: header_words(o.header), _header),
    _word("read", "types", _same(TypeRule)),
    _word("read", "errors", _same(ErrorRule)),
    _texts("read", "null_tokens", "null_tokens"),
    _word("read", "hidden", _same(HiddenRule)),
    _texts("read", "fill_down", "fill_down"),
    _texts("read", "null_misfits", "null_misfits"),
    _word("read", "date_order", _same(DateOrderRule)),
    _text("target", "schema", "schema"),
    _text("target", "table", "table"),
    _word("target", "mode", {mode.value: mode for mode in Mode}),
    _texts("target", "keys", "keys"),
    _word("target", "duplicates", _same(DuplicateRule)),
    _flag("target", "keep_existing", "keep_existing"),
    _flag("target", "only_changed", "only_changed"),
    Field("target", "max_rejects", lambda o: limit_words(o.max_rejects), _limit),
    _flag("target", "lineage", "lineage"),
    _flag("target", "ledger", "ledger"),
    _flag("run", "again", "again"),
    _flag("run", "atomic", "atomic"),
    _flag("run", "mended_rejects", "mended_rejects"),
    _word("run", "priority", {level.value: level for level in Priority}),
    Field("run", "timeout", lambda o: o.timeout, _timeout),
)
"""In the order in which they are written. Column names and types have sections of their own."""
