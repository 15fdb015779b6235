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
    INLINE, INLINE_END, TEXT, TEXT_EMPTY, TEXT_END, ROW_END, ROW, ROW_EMPTY,
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

_CLASS = np.zeros(1 << 16, np.uint8)
"""The kind of a tag by the two bytes behind its ``<``, the first of them in the lower half."""
_SIZES = np.zeros(_KINDS, np.uint8)
"""Bytes of tags of a kind, where that is not said by what stands in them."""
for _text, _kind, _size in (
    (b"c ", CELL, 0), (b"/c", CELL_END, 4), (b"v>", VALUE, 0), (b"v/", VALUE_EMPTY, 4), (b"/v", VALUE_END, 4),
    (b"f>", FORMULA, 0), (b"f ", FORMULA, 0), (b"f/", FORMULA_EMPTY, 0), (b"/f", FORMULA_END, 4),
    (b"is", INLINE, 4), (b"/i", INLINE_END, 5), (b"t>", TEXT, 0), (b"t ", TEXT, 0), (b"t/", TEXT_EMPTY, 4),
    (b"/t", TEXT_END, 4), (b"ro", ROW, 0), (b"/r", ROW_END, 6),
):  # fmt: skip
    _CLASS[int.from_bytes(_text, "little")] = _kind
    _SIZES[_kind] = _size
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
    pairs = np.ndarray((len(chunk.data) - 1,), "<u2", chunk.data, 0, (1,))
    kinds = _CLASS[pairs[opens + 1]]
    if not kinds.all():
        return None
    sizes = closes - opens + 1
    wanted = _SIZES[kinds]
    if ((wanted != 0) & (wanted != sizes)).any():
        return None
    data, words = chunk.array, chunk.words
    counts = np.bincount(kinds, minlength=_KINDS)
    for kind, check in ((ROW, _row_tags), (FORMULA_EMPTY, _empty_formulas), (TEXT, _text_tags), (ROW_END, _row_ends)):
        if counts[kind]:
            places = np.flatnonzero(kinds == kind)
            if not check(data, words, opens[places], sizes[places]):
                return None
    if counts[INLINE_END] and not _inline_ends(words, opens[kinds == INLINE_END]):
        return None
    # The kind of an empty element follows that of the element.
    slashed = data[closes - 1] == ord("/")
    slashed &= (kinds == CELL) | (kinds == FORMULA) | (kinds == ROW)
    kinds += slashed
    return kinds


def _row_tags(data: Any, words: Any, opens: Any, sizes: Any) -> bool:
    return bool((words[opens] == _ROW_START).all())


def _empty_formulas(data: Any, words: Any, opens: Any, sizes: Any) -> bool:
    return bool((sizes == len("<f/>")).all())


def _text_tags(data: Any, words: Any, opens: Any, sizes: Any) -> bool:
    bare = sizes == len("<t>")
    if bare.all():
        return True
    at = opens[~bare]
    kept = (sizes[~bare] == len(_KEPT_SPACES)) & (words[at] == _KEPT_WORDS[0])
    return bool((kept & (words[at + 8] == _KEPT_WORDS[1]) & (words[at + 16] == _KEPT_WORDS[2])).all())


def _row_ends(data: Any, words: Any, opens: Any, sizes: Any) -> bool:
    return bool(((words[opens] & FIRST[6]) == _ROW_CLOSE).all())


def _inline_ends(words: Any, opens: Any) -> bool:
    return bool(((words[opens] & FIRST[5]) == _INLINE_CLOSE).all())


def _grammatical(kinds: Any) -> bool:
    if kinds[0] not in _AFTER_ROW or kinds[-1] not in (ROW_END, ROW_EMPTY):
        return False
    return bool(_ALLOWED[kinds[:-1].astype(np.uint16) * np.uint16(_KINDS) + kinds[1:]].all())


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
