"""Columns of a result: names that are unique where a file or a table needs it, and types in PostgreSQL's own words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_WHOLE = frozenset({"smallint", "integer", "bigint", "oid", "xid", "cid", "xid8"})
_FLOATS = frozenset({"real", "double precision"})
_TYPE = re.compile(r"^(?P<name>.*?)(?:\((?P<mod>[\d\s,-]+)\))?(?P<rest>[^()\[\]]*)(?P<array>(?:\[\])*)$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class ResultColumn:
    """One column of a result.

    Attributes:
        name: As the query calls it; may be empty or come twice.
        type: As ``format_type`` writes it, such as ``numeric(10,2)`` or ``timestamp with time zone``.
    """

    name: str
    type: str

    def to_json(self) -> dict[str, str]:
        """As the command line's JSON has it."""
        return {"name": self.name, "type": self.type}

    @property
    def base(self) -> str:
        """The type without its modifier: ``numeric``, ``timestamp with time zone``, ``integer[]``."""
        found = _TYPE.match(self.type)
        if found is None:
            return self.type
        return f"{found['name'].strip()}{found['rest'] or ''}{found['array'] or ''}"

    @property
    def modifier(self) -> tuple[int, ...]:
        """The numbers in parentheses: precision and scale, or a length; empty without any."""
        found = _TYPE.match(self.type)
        return tuple(int(part) for part in found["mod"].split(",")) if found and found["mod"] else ()

    @property
    def is_number(self) -> bool:
        """Whether its values are numbers, to be shown at the right."""
        return self.base in _WHOLE or self.base in _FLOATS or self.base in ("numeric", "money")

    @property
    def is_whole(self) -> bool:
        """Whether its values are whole numbers of at most 64 bits."""
        return self.base in _WHOLE

    @property
    def is_float(self) -> bool:
        """Whether its values are binary floating-point numbers."""
        return self.base in _FLOATS


def unique_names(names: Iterable[str], *, taken: Iterable[str] = ()) -> tuple[str, ...]:
    """The names with numbers added where one comes twice, and ``column_N`` where one is empty.

    Args:
        names: Names in order.
        taken: Names that may not be used.
    """
    used = {name.casefold() for name in taken}
    out: list[str] = []
    for number, name in enumerate(names, start=1):
        stem = name if name.strip() else f"column_{number}"
        chosen, count = stem, 1
        while chosen.casefold() in used:
            count += 1
            chosen = f"{stem}_{count}"
        used.add(chosen.casefold())
        out.append(chosen)
    return tuple(out)


def renamed(columns: Sequence[ResultColumn], names: Sequence[str]) -> tuple[str, ...]:
    """Names that had to be changed, as ``old → new``, to be told."""
    return tuple(f"{c.name or '(no name)'} → {n}" for c, n in zip(columns, names, strict=True) if c.name != n)
