"""What an editor has to know of SQL: tokens for colours, where statements begin and end, which parameters there are.

Only the view goes by this. What is run is split again by whoever runs it, and what is allowed is decided by the server.
The lexical rules are those of PostgreSQL's manual, "Lexical Structure": dollar quotes, E'' texts, quoted names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_TOKEN = re.compile(
    r"""
    (?P<comment>--[^\n]*|/\*.*?(?:\*/|\Z))
    |(?P<string>\b[eE]'(?:[^'\\]|''|\\.)*(?:'|\Z)|'(?:[^']|'')*(?:'|\Z)|\$\$.*?(?:\$\$|\Z)
        |\$(?P<tag>[^\W\d]\w*)\$.*?(?:\$(?P=tag)\$|\Z))
    |(?P<name>"(?:[^"]|"")*(?:"|\Z))
    |(?P<parameter>(?<![:\w\])]):[^\W\d]\w*)
    |(?P<number>\b\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)
    |(?P<word>[^\W\d][\w$]*)
    |(?P<end>;)
    |(?P<space>\s+)
    |(?P<sign>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_COLORED = ("comment", "string", "parameter", "number")
KEYWORDS = frozenset(
    """
    all alter analyze and any as asc begin between by case cast check column commit constraint create cross current
    database default delete desc distinct do drop else end except exists explain false fetch filter first following for
    foreign from full function grant group having ilike in index inner insert intersect interval into is join key last
    lateral left like limit natural not null nulls offset on only or order outer over partition preceding primary
    range recursive references returning revoke right rollback row rows schema select set show similar some table
    then to true truncate unbounded union unique update using values view when where window with
    """.split()  # noqa: SIM905 - words read better than a list of quoted words
)
_TYPES = frozenset(
    """
    bigint boolean bytea char character date double integer json jsonb numeric precision real smallint text time
    timestamp timestamptz uuid varchar
    """.split()  # noqa: SIM905 - the same
)


@dataclass(frozen=True, slots=True)
class Span:
    """A token: where it begins, how long it is, and the kind that chooses its colour."""

    start: int
    length: int
    kind: str


@dataclass(frozen=True, slots=True)
class Part:
    """One statement of a script: from its first word to its semicolon, which does not belong to it."""

    start: int
    end: int

    def text_in(self, script: str) -> str:
        """The statement."""
        return script[self.start : self.end]


def spans(script: str) -> tuple[Span, ...]:
    """Every token that has a colour; parameters such as ``:from`` outside texts and comments included."""
    found = []
    for start, kind, text in _tokens(script):
        if kind == "word":
            kind = "keyword" if text.lower() in KEYWORDS else "type" if text.lower() in _TYPES else ""
        elif kind not in _COLORED:
            kind = ""
        if kind:
            found.append(Span(start, len(text), kind))
    return tuple(found)


def parameters(script: str) -> tuple[str, ...]:
    """Names of the parameters in their order, each once."""
    return tuple(dict.fromkeys(text[1:] for _, kind, text in _tokens(script) if kind == "parameter"))


def statements(script: str) -> tuple[Part, ...]:
    """The statements by their semicolons; texts, comments and dollar quotes may hold semicolons of their own."""
    parts: list[Part] = []
    begin: int | None = None
    end = 0
    for start, kind, text in _tokens(script):
        if kind == "end":
            if begin is not None:
                parts.append(Part(begin, end))
            begin = None
        elif kind not in ("space", "comment"):
            begin = start if begin is None else begin
            end = start + len(text)
    if begin is not None:
        parts.append(Part(begin, end))
    return tuple(parts)


def statement_at(script: str, offset: int) -> Part | None:
    """The statement that the cursor is in, or the last one before it."""
    found = statements(script)
    before = [part for part in found if part.start <= offset]
    return before[-1] if before else next(iter(found), None)


def _tokens(script: str) -> Iterator[tuple[int, str, str]]:
    for match in _TOKEN.finditer(script):
        kind = match.lastgroup or ""
        yield match.start(), "string" if kind == "tag" else kind, match.group()
