"""Reports printed page by page: the header, and often a title or a page number, comes again among the rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from workers.core.layout.header import Header
from workers.core.layout.lines import TEXT, TOKEN, Line

_PAGE: Final = re.compile(
    r"(?:.*\W)?(?:page|pg\.?|p\.|seite|página|pagina|pág\.?|strona|str\.|sida|side|oldal|sayfa|страница|стр\.|сторінка|"
    r"σελίδα|ページ|页|頁|쪽|第)\s*:?\s*\d+(?:\s*(?:of|/|von|de|di|van|z|av|из|з|/)\s*\d+)?\s*(?:页|頁|ページ)?\W*|"
    r"[-–—]\s*\d{1,4}\s*[-–—]",
    re.IGNORECASE,
)
_MOST_TITLES: Final = 10
_NAMES_ENOUGH: Final = 2
_FEW_CELLS: Final = 3


def is_next_page(lines: Sequence[Line], header: Header, titles: Sequence[Line], following: Sequence[Line]) -> bool:
    """Whether lines below a gap begin with the head of the next page of the same table.

    The header has to come again, and with it a title of the first page or a page number: two tables with the same
    header, each under a title of its own or under none, are two tables.

    Args:
        lines: The table so far, its titles included.
        header: Its header.
        titles: What stands above all of this.
        following: What comes below.
    """
    heads = _last_header(lines, header)
    if heads is None:
        return False
    place = next((place for place, line in enumerate(following[: _MOST_TITLES + 1]) if _same(line, heads)), None)
    if place is None:
        return False
    above = following[:place] or lines[-1:]
    known = [*titles, *lines[: header.body - 1]]
    return bool(above) and all(_is_page_title(line, known) for line in above)


def without_page_heads(
    lines: Sequence[Line], header: Header, titles: Sequence[Line]
) -> tuple[list[Line], frozenset[int]]:
    """A table's lines without headers and page titles that come again among its data, and the rows of these.

    Args:
        lines: The table, from its own titles on.
        header: Its header.
        titles: What stands above all of this.
    """
    heads = _last_header(lines, header)
    if heads is None:
        return list(lines), frozenset()
    known = [*titles, *lines[: header.body - 1]]
    gone: set[int] = set()
    for place in range(header.body, len(lines)):
        if _same(lines[place], heads) and not _other_groups(lines, place, header):
            gone.add(place)
            above = place - 1
            while above >= header.body and place - above <= _MOST_TITLES and _is_page_title(lines[above], known):
                gone.add(above)
                above -= 1
    kept = [line for place, line in enumerate(lines) if place not in gone]
    return kept, frozenset(lines[place].number for place in gone)


def _other_groups(lines: Sequence[Line], place: int, header: Header) -> bool:
    """Whether words above a repeated header stand where the first one has groups, but are others: a new table."""
    if header.rows < _NAMES_ENOUGH or lines[place].gap:
        return False
    above, groups = lines[place - 1], lines[header.body - 2]
    words = all(kind == TEXT for kind in above.kinds.values())
    return words and not _same(above, groups) and above.cells.keys() <= groups.cells.keys()


def _last_header(lines: Sequence[Line], header: Header) -> Line | None:
    """The last header line, where it says enough to be known again."""
    if not header.rows:
        return None
    line = lines[header.body - 1]
    texts = sum(1 for kind in line.kinds.values() if kind in (TEXT, TOKEN))
    return line if line.width >= _NAMES_ENOUGH and texts else None


def _same(line: Line, heads: Line) -> bool:
    return line.cells.keys() == heads.cells.keys() and all(
        str(value).strip() == str(heads.cells[column]).strip() for column, value in line.cells.items()
    )


def _is_page_title(line: Line, titles: Sequence[Line]) -> bool:
    """Whether a line stands above the first header too, or numbers a page."""
    if any(_same(line, title) for title in titles):
        return True
    return line.width <= _FEW_CELLS and any(_PAGE.fullmatch(str(value).strip()) for value in line.cells.values())
