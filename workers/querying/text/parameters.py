"""Parameters ``:NAME``: found among the tokens, never in texts, comments or casts, and bound, never pasted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workers.core.model.errors import UserError
from workers.querying.text.statements import tokenize, word_of

if TYPE_CHECKING:
    from sqlglot.tokenizer_core import Token

_BEFORE_A_SLICE = frozenset({"NUMBER", "R_PAREN", "R_BRACKET", "VAR", "IDENTIFIER"})


@dataclass(frozen=True, slots=True)
class BoundText:
    """A statement with its parameters as PostgreSQL numbers them.

    Attributes:
        text: With ``$1``, ``$2`` … in place of the names.
        values: Their values in that order; None is NULL.
        edits: ``(offset in text, offset in the statement)`` after each replacement, to find places again.
    """

    text: str
    values: tuple[str | None, ...] = ()
    edits: tuple[tuple[int, int], ...] = ()

    def original_offset(self, offset: int) -> int:
        """Where in the statement as written an offset of `text` lies."""
        shift = 0
        for there, here in self.edits:
            if there > offset:
                break
            shift = here - there
        return offset + shift


@dataclass(frozen=True, slots=True)
class _Found:
    name: str
    start: int
    end: int


def parameter_names(text: str) -> tuple[str, ...]:
    """The parameters of a text in the order in which they first come."""
    return tuple(dict.fromkeys(found.name for found in _find(text)))


def bind(text: str, values: Mapping[str, str | None]) -> BoundText:
    """Put numbers in place of the names of a statement.

    Raises:
        UserError: ``parameter-missing`` when a name has no value.
    """
    found = _find(text)
    missing = [one.name for one in found if one.name not in values]
    if missing:
        raise UserError.of(
            "parameter-missing",
            f"The parameter :{missing[0]} has no value.",
            f"Give it with --param {missing[0]}=VALUE.",
        )
    numbers = {name: n for n, name in enumerate(dict.fromkeys(one.name for one in found), start=1)}
    pieces: list[str] = []
    edits: list[tuple[int, int]] = []
    at = written = 0
    for one in found:
        piece = f"{text[at : one.start]}${numbers[one.name]}"
        pieces.append(piece)
        written += len(piece)
        at = one.end
        edits.append((written, at))
    return BoundText("".join([*pieces, text[at:]]), tuple(values[name] for name in numbers), tuple(edits))


def _find(text: str) -> list[_Found]:
    if ":" not in text:
        return []
    tokens = tokenize(text) or []
    out: list[_Found] = []
    brackets = 0
    for number, token in enumerate(tokens[:-1]):
        brackets += (word_of(token) == "[") - (word_of(token) == "]")
        if token.token_type.name != "COLON":
            continue
        after = tokens[number + 1]
        adjacent = after.start == token.end + 1 and _is_name(text[after.start : after.end + 1])
        if adjacent and not (brackets and _is_slice(tokens, number)):
            out.append(_Found(text[after.start : after.end + 1], token.start, after.end + 1))
    return out


def _is_slice(tokens: list[Token], number: int) -> bool:
    """Whether the colon stands between the bounds of an array slice, as in ``a[1:n]``."""
    return number > 0 and tokens[number - 1].token_type.name in _BEFORE_A_SLICE


def _is_name(word: str) -> bool:
    return word.isidentifier()
