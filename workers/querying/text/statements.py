"""Splits a script into statements.

The tokens are sqlglot's, for PostgreSQL. The split decides what is sent, never what is allowed: the server's extended
protocol takes one statement at a time and refuses two.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar

from workers.core.query.outcome import Place

if TYPE_CHECKING:
    from sqlglot.tokenizer_core import Token
    from sqlglot.tokens import Tokenizer


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement of a script.

    Attributes:
        number: From 1.
        text: Without the semicolon at its end; comments before it belong to it.
        start: Offset of its first character in the script.
        verb: Its first word in capitals, such as ``SELECT``; ``(`` for a parenthesis.
    """

    number: int
    text: str
    start: int
    verb: str


def split(script: str) -> tuple[Statement, ...]:
    """The statements of a script; none where there is nothing but comments.

    A text that cannot be tokenised, such as one with an open quotation, is one statement: the server says what is wrong
    with it, and where.
    """
    tokens = tokenize(script)
    if tokens is None:
        return (Statement(1, script, 0, _first_word(script)),) if script.strip() else ()
    out: list[Statement] = []
    begin = 0
    words: list[Token] = []
    depth = _Atomic()
    for token in tokens:
        if word_of(token) == ";" and not depth.inside:
            _add(out, script, begin, token.start, words)
            begin, words, depth = token.end + 1, [], _Atomic()
        else:
            words.append(token)
            depth.take(token)
    _add(out, script, begin, len(script), words)
    return tuple(out)


def tokenize(text: str) -> list[Token] | None:
    """The tokens of a text; None when it cannot be tokenised."""
    from sqlglot.errors import TokenError

    try:
        return _tokenizer().tokenize(text)
    except TokenError:
        return None


def place_of(script: str, offset: int) -> Place:
    """Line and character of an offset, both from 1."""
    offset = max(0, min(offset, len(script)))
    line = script.count("\n", 0, offset) + 1
    return Place(line, offset - (script.rfind("\n", 0, offset) + 1) + 1, offset)


def statement_at(statements: tuple[Statement, ...], offset: int) -> Statement | None:
    """The statement that the cursor stands in, or the one before it; None without any."""
    before = [statement for statement in statements if statement.start <= offset]
    return before[-1] if before else next(iter(statements), None)


class _Atomic:
    """Follows ``BEGIN ATOMIC … END`` of a function's body, whose semicolons do not end the statement."""

    def __init__(self) -> None:
        self._before = ""
        self._open = 0

    @property
    def inside(self) -> bool:
        return self._open > 0

    def take(self, token: Token) -> None:
        word = word_of(token)
        if (self._before == "BEGIN" and word == "ATOMIC") or (self._open and word == "CASE"):
            self._open += 1
        elif self._open and word == "END":
            self._open -= 1
        self._before = word


@cache
def _tokenizer() -> Tokenizer:
    from sqlglot.dialects.postgres import Postgres

    class Plain(Postgres.Tokenizer):
        """Without the commands of which sqlglot takes the rest as one text, such as EXPLAIN."""

        COMMANDS: ClassVar[set[Any]] = set()

    return Plain(dialect=Postgres())


def word_of(token: Token) -> str:
    """What a word or a sign says, in capitals; empty for texts, quoted names and numbers."""
    return "" if token.token_type.name in _QUOTED else token.text.upper()


_QUOTED = frozenset(
    {
        "STRING",
        "NUMBER",
        "IDENTIFIER",
        "BIT_STRING",
        "HEX_STRING",
        "BYTE_STRING",
        "NATIONAL_STRING",
        "RAW_STRING",
        "HEREDOC_STRING",
        "UNICODE_STRING",
    }
)


def _add(out: list[Statement], script: str, begin: int, end: int, tokens: list[Token]) -> None:
    if not tokens:
        return
    text = script[begin:end]
    stripped = text.strip()
    start = begin + len(text) - len(text.lstrip())
    out.append(Statement(len(out) + 1, stripped, start, word_of(tokens[0])))


def _first_word(text: str) -> str:
    return next(iter(text.split()), "").upper()
