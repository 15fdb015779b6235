"""Recognises the sentences that the code without Qt says in English, and says them in another language.

Findings, errors and reasons are made where no translator is: in worker processes, in the ledger, in the kept queue.
They travel as plain English sentences. Here a sentence is found among the known ones (``Column {0}: {1}.``), what
stands in its places is translated in turn where it is itself a known piece, and the whole is put together in the
other language. A sentence that is not known stays as it is. No Qt.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

_PLACE = re.compile(r"\{(\d+)\}")
_LETTERS = re.compile(r"[A-Za-z]")
_AS_IT_STANDS = re.compile(
    r"[A-Z]{0,3}[\d.,:% ]*[A-Z]{0,3}\d*(, [A-Z]{1,3}\d+)*|[\d.,]+ [kMGT]?B|'[^']*'"
    r"|text|bigint|numeric|double precision|boolean|date|timestamp|time|interval"
)
"""What is the same in every language: figures, cells, sizes, quoted values, types of columns."""
_SENTENCE_END = re.compile(r"(?<=[a-z)'”]\.) (?=[A-Z`])")
_FEW_LETTERS = 6
"""A template with fewer letters than this fits too many texts to be trusted on its own."""
_BETWEEN = re.compile(r"(?<=[\u4e00-\u9fff])(?=[A-Za-z0-9'])|(?<=[A-Za-z0-9'%])(?=[\u4e00-\u9fff])")
"""Where a Chinese text takes a space beside Latin letters and figures."""
_DEEPEST = 6
_LONGEST, _MOST_TRIES = 400, 250
"""Longer texts are looked at sentence by sentence only, and the search ends after so many templates were tried:
it must cost nothing on the UI thread, whatever a server or a file name says."""
_REMEMBERED = 2000


@dataclass(frozen=True, slots=True)
class _Template:
    """One sentence with places.

    Attributes:
        patterns: Fit the sentence; group ``pN`` is what stands in place N. Where places touch it is open where one
            ends: one pattern takes as little as it can for the earlier ones, the other as much.
        longest: Its longest literal part: a quick look that saves most of the matching.
        letters: How many letters of it are literal.
        target: The sentence in the other language.
    """

    patterns: tuple[re.Pattern[str], ...]
    longest: str
    letters: int
    target: str

    def matches(self, text: str) -> Iterator[re.Match[str]]:
        """The ways in which a text is this sentence."""
        found = (pattern.fullmatch(text) for pattern in self.patterns)
        return (match for match in found if match is not None)


@dataclass(frozen=True, slots=True)
class _Found:
    """What was made of a text: whether anything of it is known, and whether nothing English is left in it."""

    text: str
    known: bool = False
    whole: bool = False


class SentenceBook:
    """The known sentences of one language."""

    def __init__(self, sentences: Mapping[str, str], word: Callable[[str], str | None] = lambda _: None) -> None:
        """Sort the sentences out.

        Args:
            sentences: English sentences with places such as ``{0}``, and the same in the other language.
            word: Looks up a text without places that the sentences do not have, such as a setting's label.
        """
        self._whole = {text: said for text, said in sentences.items() if not _PLACE.search(text)}
        templates = [_template(text, said) for text, said in sentences.items() if _PLACE.search(text)]
        self._templates = sorted(templates, key=lambda template: -template.letters)
        self._word = word
        self._known: dict[str, str | None] = {}
        self._pieces: dict[str, _Found] = {}
        self._tries = 0

    def translated(self, text: str) -> str | None:
        """The text in the other language, or None when nothing of it is known."""
        if text not in self._known:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            self._pieces.clear()
            self._tries = 0
            found = self._find(text, 0)
            self._known[text] = found.text if found.known else None
        return self._known[text]

    def _find(self, text: str, depth: int) -> _Found:
        found = self._pieces.get(text)
        if found is None:
            found = self._pieces[text] = self._look(text, depth)
        return found

    def _look(self, text: str, depth: int) -> _Found:
        bare = text.strip()
        if not bare:
            return _Found("", whole=True)
        whole = self._whole.get(bare)
        if whole is not None:
            return _Found(whole, known=True, whole=True)
        if depth > _DEEPEST:
            return _Found(text)
        several = self._several(bare, depth)
        if several.whole:
            return several
        found = self._by_template(bare, depth)
        if found.known:
            return found
        word = self._word(bare)
        if word:
            return _Found(word, known=True, whole=True)
        return several if several.known else _Found(text, whole=bool(_AS_IT_STANDS.fullmatch(bare)))

    def _by_template(self, text: str, depth: int) -> _Found:
        """The first template whose places are all known; else the first that fits and is worth trusting."""
        fallback = _Found(text)
        if len(text) > _LONGEST:
            return fallback
        for template in self._templates:
            if template.longest not in text:
                continue
            self._tries += 1
            if self._tries > _MOST_TRIES:
                break
            for match in template.matches(text):
                places = {name[1:]: self._find(value, depth + 1) for name, value in match.groupdict().items()}
                said = _put_in(template.target, {name: place.text for name, place in places.items()})
                if all(place.whole for place in places.values()):
                    return _Found(said, known=True, whole=True)
                if not fallback.known and template.letters >= _FEW_LETTERS:
                    fallback = _Found(said, known=True)
        return fallback

    def _several(self, text: str, depth: int) -> _Found:
        """Several sentences one after another, or a list whose items are all known."""
        sentences = _SENTENCE_END.split(text)
        if len(sentences) > 1:
            found = [self._find(each, depth + 1) for each in sentences]
            said = "".join(each.text if each.known else each.text + " " for each in found)
            return _Found(said, any(each.known for each in found), all(each.whole for each in found))
        for mark in ("; ", ", "):
            head, *tail = text.split(mark)
            items = [self._find(each, depth + 1) for each in ((head, *tail) if head else tail)] if tail else []
            if items and all(item.known for item in items):
                joint = self._whole.get(mark, mark)
                said = ("" if head else joint) + joint.join(item.text for item in items)
                return _Found(said, known=True, whole=all(item.whole for item in items))
        return _Found(text)


def _put_in(target: str, filled: Mapping[str, str]) -> str:
    """The sentence with its places filled, and a space where a place meets another script."""
    said = ""
    for number, part in enumerate(_PLACE.split(target)):
        piece = filled[part] if number % 2 else part
        apart = said and piece and _BETWEEN.search(said[-1] + piece[0])
        said += f" {piece}" if apart else piece
    return said


def _template(text: str, target: str) -> _Template:
    parts = _PLACE.split(text)
    literal = parts[::2]
    patterns = (_pattern(parts, ".*?"), _pattern(parts, ".*")) if len(parts) > 3 else (_pattern(parts, ".*"),)
    letters = sum(len(_LETTERS.findall(part)) for part in literal)
    return _Template(patterns, max(literal, key=len), letters, target)


def _pattern(parts: list[str], anything: str) -> re.Pattern[str]:
    """A pattern for literal texts with the numbers of places between them."""
    made, seen = "", set()
    for number, part in enumerate(parts):
        if number % 2 == 0:
            made += re.escape(part)
        else:
            made += f"(?P=p{part})" if part in seen else f"(?P<p{part}>{anything})"
            seen.add(part)
    return re.compile(made, re.DOTALL)
