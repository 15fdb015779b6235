"""The tags of a chunk of worksheet XML, each recognised, each in a place where the grammar wants it.

The grammar (ECMA-376 part 1, 18.3.1.73 row, 18.3.1.4 c, 18.3.1.40 f, 18.3.1.96 v, 18.3.1.53 is), without rich text::

    chunk = row*            row = <row r=…> cell* </row> | <row r=…/>
    cell  = <c r=…/> | <c r=…> content </c>
    content = [<f…>text</f> | <f…/>] [<v>text</v> | <v/>] | <is>(<t…>text</t> | <t/>)</is>
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from workers.importing.reading.xlsx.plain.words import FIRST, PADDING, Chunk, word

(
    UNKNOWN, CELL, CELL_EMPTY, CELL_END, VALUE, VALUE_EMPTY, VALUE_END, FORMULA, FORMULA_EMPTY, FORMULA_END,
    INLINE, INLINE_END, TEXT, TEXT_EMPTY, TEXT_END, ROW, ROW_EMPTY, ROW_END,
) = range(18)  # fmt: skip
_KINDS = 18

_AFTER_VALUE = (VALUE, VALUE_EMPTY, CELL_END)
_AFTER_CELL = (CELL, CELL_EMPTY, ROW_END)
_AFTER_ROW = (ROW, ROW_EMPTY)
_FOLLOWERS: dict[int, tuple[int, ...]] = {
    CELL: (*_AFTER_VALUE, FORMULA, FORMULA_EMPTY, INLINE),
    CELL_EMPTY: _AFTER_CELL,
    CELL_END: _AFTER_CELL,
    VALUE: (VALUE_END,),
    VALUE_EMPTY: (CELL_END,),
    VALUE_END: (CELL_END,),
    FORMULA: (FORMULA_END,),
    FORMULA_EMPTY: _AFTER_VALUE,
    FORMULA_END: _AFTER_VALUE,
    INLINE: (TEXT, TEXT_EMPTY),
    INLINE_END: (CELL_END,),
    TEXT: (TEXT_END,),
    TEXT_EMPTY: (INLINE_END,),
    TEXT_END: (INLINE_END,),
    ROW: _AFTER_CELL,
    ROW_EMPTY: _AFTER_ROW,
    ROW_END: _AFTER_ROW,
}
_ALLOWED = np.zeros(_KINDS * _KINDS, np.bool_)
for _kind, _next in _FOLLOWERS.items():
    _ALLOWED[[_kind * _KINDS + follower for follower in _next]] = True
_HOLDS_TEXT = np.zeros(_KINDS, np.bool_)
_HOLDS_TEXT[[VALUE, FORMULA, TEXT]] = True

_CLASS = np.zeros(256, np.uint8)
for _letter, _kind in ((b"c", CELL), (b"v", VALUE), (b"f", FORMULA), (b"i", INLINE), (b"t", TEXT), (b"r", ROW)):
    _CLASS[_letter[0]] = _kind
_CLOSING = ord("/")
_CLASS[_CLOSING] = CELL_END
_CLOSES = np.zeros(256, np.uint8)
_CLOSE_SIZES = np.zeros(256, np.int64)
for _name, _kind in (
    (b"c", CELL_END), (b"v", VALUE_END), (b"f", FORMULA_END), (b"is", INLINE_END), (b"t", TEXT_END), (b"row", ROW_END)
):  # fmt: skip
    _CLOSES[_name[0]] = _kind
    _CLOSE_SIZES[_name[0]] = len(_name) + 3
_SPACE = ord(" ")
_ROW_START = word(b'<row r="')
_ROW_CLOSE, _INLINE_CLOSE = word(b"</row>"), word(b"</is>")
_KEPT_SPACES = b'<t xml:space="preserve">'
_KEPT_WORDS = [word(_KEPT_SPACES[at : at + 8]) for at in (0, 8, 16)]


@dataclass(frozen=True, slots=True)
class Markup:
    """The tags of a chunk, in their order.

    Attributes:
        chunk: The chunk.
        opens: Where each tag's ``<`` is.
        closes: Where its ``>`` is.
        kinds: What it is.
    """

    chunk: Chunk
    opens: Any
    closes: Any
    kinds: Any


def tags_of(chunk: Chunk) -> Markup | None:
    """The tags of a chunk; None where it is not of the plain grammar."""
    data = chunk.array
    opens, closes = np.flatnonzero(data == ord("<")), np.flatnonzero(data == ord(">"))
    if not len(opens) or len(opens) != len(closes):
        return None
    # A tag, then text, then a tag: so no sign of either kind stands within a text or an attribute.
    if not ((opens < closes).all() and (closes[:-1] < opens[1:]).all()):
        return None
    kinds = _kinds(chunk, opens, closes)
    if kinds is None or not _grammatical(kinds) or not _blank_between(chunk, opens, closes, kinds):
        return None
    return Markup(chunk, opens, closes, kinds)


def _kinds(chunk: Chunk, opens: Any, closes: Any) -> Any | None:
    data, words = chunk.array, chunk.words
    letters = data[opens + 1]
    kinds = _CLASS[letters]
    if not kinds.all():
        return None
    sizes = closes - opens + 1
    ends = np.flatnonzero(letters == _CLOSING)
    named = data[opens[ends] + 2]
    kinds[ends] = _CLOSES[named]
    if not (sizes[ends] == _CLOSE_SIZES[named]).all():
        return None
    slashed = data[closes - 1] == _CLOSING
    slashed[ends] = False
    for kind, check in (
        (ROW, _row_tags), (CELL, _cell_tags), (VALUE, _bare_tags), (FORMULA, _formula_tags), (TEXT, _text_tags),
        (INLINE, _inline_tags), (ROW_END, _row_ends), (INLINE_END, _inline_ends)
    ):  # fmt: skip
        places = np.flatnonzero(kinds == kind)
        if len(places) and not check(data, words, opens[places], sizes[places], slashed[places]):
            return None
    # The kind of an empty element follows that of the element.
    kinds += slashed
    return kinds


def _row_tags(data: Any, words: Any, opens: Any, sizes: Any, slashed: Any) -> bool:
    return bool((words[opens] == _ROW_START).all())


def _cell_tags(data: Any, words: Any, opens: Any, sizes: Any, slashed: Any) -> bool:
    return bool((data[opens + 2] == _SPACE).all())


def _bare_tags(data: Any, words: Any, opens: Any, sizes: Any, slashed: Any) -> bool:
    return bool((sizes == 3 + slashed).all())


def _formula_tags(data: Any, words: Any, opens: Any, sizes: Any, slashed: Any) -> bool:
    """Attributes of formulas are looked at elsewhere."""
    return bool(((sizes == 3 + slashed) | (data[opens + 2] == _SPACE)).all())


def _text_tags(data: Any, words: Any, opens: Any, sizes: Any, slashed: Any) -> bool:
    bare = sizes == 3 + slashed
    if bare.all():
        return True
    at = opens[~bare]
    kept = (sizes[~bare] == len(_KEPT_SPACES)) & (words[at] == _KEPT_WORDS[0])
    return bool((kept & (words[at + 8] == _KEPT_WORDS[1]) & (words[at + 16] == _KEPT_WORDS[2])).all())


def _inline_tags(data: Any, words: Any, opens: Any, sizes: Any, slashed: Any) -> bool:
    return bool(((sizes == 4) & (data[opens + 2] == ord("s")) & ~slashed).all())


def _row_ends(data: Any, words: Any, opens: Any, sizes: Any, slashed: Any) -> bool:
    return bool(((words[opens] & FIRST[6]) == _ROW_CLOSE).all())


def _inline_ends(data: Any, words: Any, opens: Any, sizes: Any, slashed: Any) -> bool:
    return bool(((words[opens] & FIRST[5]) == _INLINE_CLOSE).all())


def _grammatical(kinds: Any) -> bool:
    if kinds[0] not in _AFTER_ROW or kinds[-1] not in (ROW_END, ROW_EMPTY):
        return False
    return bool(_ALLOWED[kinds[:-1].astype(np.intp) * _KINDS + kinds[1:]].all())


def _blank_between(chunk: Chunk, opens: Any, closes: Any, kinds: Any) -> bool:
    """Whether there is nothing but white space where no text belongs."""
    starts = np.concatenate(([PADDING], closes + 1))
    stops = np.concatenate((opens, [chunk.end]))
    odd = stops > starts
    odd[1:] &= ~_HOLDS_TEXT[kinds]
    if not odd.any():
        return True
    inked = np.cumsum(chunk.array > _SPACE)
    return bool((inked[stops[odd] - 1] == inked[starts[odd] - 1]).all())
