"""Frozen dataclasses to JSON and back, by their type hints.

Used where a value outlives its process: the ledger's receipt, the local queue, saved plans. A field that a newer
version added is ignored, one that an older version did not know gets its default. Secrets are never written.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Mapping
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin

from workers.core.model.tasks import Secret

T = TypeVar("T")

_UNIONS = (Union, types.UnionType)


class CodecError(ValueError):
    """The JSON does not fit the type; the message names the place."""


def encode(value: Any) -> Any:
    """`value` as JSON's own types. Secrets become null.

    Raises:
        CodecError: for a value that is neither plain, nor an enum, a collection, or a dataclass.
    """
    if isinstance(value, Secret):
        return None
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, str | int | float | bool):
        return value
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: encode(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, frozenset | set):
        return [encode(item) for item in sorted(value)]
    if isinstance(value, tuple | list):
        return [encode(item) for item in value]
    if isinstance(value, Mapping):
        return {str(key): encode(item) for key, item in value.items()}
    raise CodecError(f"cannot be written as JSON: {type(value).__name__}")


def decode(kind: type[T], data: Any) -> T:
    """The value of type `kind` that `encode` wrote as `data`.

    Raises:
        CodecError: when the data does not fit.
    """
    return typing.cast(T, _decode(kind, data, kind.__name__))


def _decode(kind: Any, data: Any, place: str) -> Any:
    if kind is Any:
        return data
    origin = get_origin(kind)
    if origin in _UNIONS:
        return _decode_union(get_args(kind), data, place)
    if origin is typing.Literal:
        return _expect(data in get_args(kind), data, place)
    if origin in (tuple, frozenset, list):
        return _decode_collection(origin, get_args(kind), data, place)
    if origin in (dict, Mapping):
        return _decode_mapping(get_args(kind)[1], data, place)
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        return _decode_dataclass(kind, data, place)
    if isinstance(kind, type) and issubclass(kind, Enum):
        try:
            return kind(data)
        except ValueError as error:
            raise CodecError(f"{place}: not one of the known values: {data!r}") from error
    if kind is float and type(data) is int:
        return float(data)
    return _expect(type(data) is kind or (kind is type(None) and data is None), data, place)


def _decode_union(kinds: tuple[Any, ...], data: Any, place: str) -> Any:
    if data is None and type(None) in kinds:
        return None
    for kind in kinds:
        try:
            return _decode(kind, data, place)
        except CodecError:
            continue
    raise CodecError(f"{place}: fits none of the possible types")


def _decode_collection(origin: Any, kinds: tuple[Any, ...], data: Any, place: str) -> Any:
    if not isinstance(data, list):
        raise CodecError(f"{place}: a list was expected")
    if origin is not tuple or (len(kinds) == 2 and kinds[1] is Ellipsis):
        return origin(_decode(kinds[0], item, f"{place}[{i}]") for i, item in enumerate(data))
    if len(kinds) != len(data):
        raise CodecError(f"{place}: {len(kinds)} items were expected")
    return tuple(_decode(kind, item, f"{place}[{i}]") for i, (kind, item) in enumerate(zip(kinds, data, strict=True)))


def _decode_mapping(kind: Any, data: Any, place: str) -> Any:
    if not isinstance(data, dict):
        raise CodecError(f"{place}: an object was expected")
    return {key: _decode(kind, item, f"{place}.{key}") for key, item in data.items()}


def _decode_dataclass(kind: type, data: Any, place: str) -> Any:
    if not isinstance(data, dict):
        raise CodecError(f"{place}: an object was expected")
    hints = _hints(kind)
    given = {
        field.name: _decode(hints[field.name], data[field.name], f"{place}.{field.name}")
        for field in dataclasses.fields(kind)
        if field.name in data and field.init
    }
    try:
        return kind(**given)
    except TypeError as error:
        raise CodecError(f"{place}: {error}") from error


@cache
def _hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)


def _expect(fits: bool, data: Any, place: str) -> Any:
    if not fits:
        raise CodecError(f"{place}: {type(data).__name__} was not expected")
    return data
