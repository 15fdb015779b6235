"""How likely a text is in the languages that an encoding is used for.

A byte above 127 is a different letter in each encoding, and only one of them makes words. So each candidate's text is
weighed by the letters of the languages written in it: how usual they are, whether capitals stand where capitals
can, and whether letters of one script keep to themselves. All weights are natural logarithms of rough probabilities.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from math import log
from typing import Final

_UNKNOWN_LETTER: Final = log(4e-4)
_TYPOGRAPHIC: Final = log(1e-2)
_SIGN: Final = log(4e-3)
_SIGN_IN_WORD: Final = log(4e-5)
_ODD_SIGN: Final = log(1e-4)
_CONTROL: Final = log(1e-8)
_CAPITAL_FIRST: Final = log(0.15)
_CAPITAL_AMONG_CAPITALS: Final = log(0.2)
_CAPITAL_INSIDE: Final = log(5e-3)
_SMALL_AMONG_CAPITALS: Final = log(0.05)
_NEXT_TO_FOREIGN: Final = log(0.12)
_NEXT_TO_LATIN: Final = log(0.01)
_QUOTING: Final = frozenset("–—‘’“”„…•€™\u00a0")
_SIGNS: Final = frozenset("°©®£§«»±²³µ·×½¼¾¿¡ªº´")
_JOINING: Final = frozenset("’´·\u00ad")
_ORDINALS: Final = frozenset("ªº°²³")


@dataclass(frozen=True)
class Language:
    """A language, or a family of them, by its letters beyond A to Z.

    Attributes:
        letters: From the most usual to the rarest, small ones.
        latin: Whether they stand among the letters A to Z.
        weights: Of each letter, worked out from the order.
    """

    letters: str
    latin: bool = True
    weights: dict[str, float] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Work out the weights: the n-th letter is about 1/(n + 2) as usual as the first."""
        shares = [1 / (rank + 3) for rank in range(len(self.letters))]
        whole = sum(shares)
        weights = {letter: log(share / whole) for letter, share in zip(self.letters, shares, strict=True)}
        object.__setattr__(self, "weights", weights)


_WESTERN: Final = (
    Language("éüöäóíáèñçãàåøúæêôâîßûõëïòùìœýðþ"),
    Language("üäöß"),
    Language("éèàêçôûîâùëïœ"),
    Language("óíáéñúü"),
    Language("ãçáéíóõêúâôà"),
    Language("àèéìòù"),
    Language("äåöéøæ"),
    Language("ðáíéþöúóýæ"),
)
_CENTRAL: Final = (
    Language("łóążęśćźń"),
    Language("íáéěřčžšýůúťďňóľôäĺŕ"),
    Language("áéóöíőüúű"),
    Language("ăîâşţșț"),
    Language("čšžćđ"),
    Language("áéíčšžóýłřěćąęśăöüúżôőţşńďňťůđâîäűźľ"),
)
_TURKISH: Final = (Language("ıüişöçğâîû"),)
_BALTIC: Final = (Language("ėšųžąčįęū"), Language("āēīšūļņģžčķ"), Language("äõüöšž"), Language("āšėčēžīūäõüąļņöųģįęķ"))
_CYRILLIC: Final = (
    Language("оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё", latin=False),
    Language("оанитвірекслдмпузяьбгйчхжцшїюєщфґ", latin=False),
    Language("аиоенрсјткувдлпмзбгљњчшцжћђџхф", latin=False),
)
_GREEK: Final = (Language("αοιετσνηυρκπμλςγδθωφχόίάέήβξύώζψϊϋΐΰ", latin=False),)
_HEBREW: Final = (Language("יוהלאמרתבשנםכדקפחעטגצןסזךףץ", latin=False),)
_ARABIC: Final = (Language("اليمنرتوبدعسةحفكقجهشصأخزطىضغذثظإئءآؤپچژگ", latin=False),)

SINGLE_BYTE: Final[dict[str, tuple[tuple[Language, ...], float]]] = {
    "cp1252": (_WESTERN, 0.0),
    "cp1250": (_CENTRAL, -3.0),
    "cp1251": (_CYRILLIC, -1.0),
    "cp1253": (_GREEK, -1.5),
    "cp1254": (_TURKISH, -3.0),
    "cp1255": (_HEBREW, -1.5),
    "cp1256": (_ARABIC, -1.5),
    "cp1257": (_BALTIC, -3.5),
    "iso8859_2": (_CENTRAL, -4.0),
    "iso8859_7": (_GREEK, -3.0),
    "koi8_r": (_CYRILLIC, -2.0),
    "koi8_u": (_CYRILLIC, -3.0),
    "cp866": (_CYRILLIC, -3.0),
    "mac_cyrillic": (_CYRILLIC, -5.0),
    "mac_roman": (_WESTERN, -5.0),
    "cp850": (_WESTERN, -5.0),
    "cp852": (_CENTRAL, -6.0),
    "cp437": (_WESTERN, -6.0),
    "latin-1": (_WESTERN, -8.0),
}
"""The languages of each encoding and how much less usual than the Western one it is."""


def weight(words: Iterable[tuple[str, int]], language: Language) -> float:
    """How likely these words, each so many times, are in a language; more is likelier."""
    return sum(_word_weight(word, language) * count for word, count in words)


@cache
def _letter(char: str) -> tuple[bool, bool]:
    """Whether a character is a letter, and a capital."""
    return char.isalpha() and char not in _ORDINALS, char.isupper()


def _word_weight(word: str, language: Language) -> float:
    total = 0.0
    last = len(word) - 1
    for place, char in enumerate(word):
        if char < "\x80":
            continue
        before = word[place - 1] if place else ""
        after = word[place + 1] if place < last else ""
        letter, capital = _letter(char)
        if letter:
            total += _letter_weight(char, capital, before, after, language)
            if capital and before.isalpha():
                among = before.isupper() or (place > 1 and word[place - 2].isupper())
                total += _CAPITAL_AMONG_CAPITALS if among else _CAPITAL_INSIDE
            elif capital:
                total += _CAPITAL_FIRST
            elif place > 1 and before.isupper() and word[place - 2].isupper():
                total += _SMALL_AMONG_CAPITALS
        else:
            total += _sign_weight(char, before, after)
    return total


def _letter_weight(char: str, capital: bool, before: str, after: str, language: Language) -> float:
    small = char.lower()[0] if capital else char
    found = language.weights.get(small, _UNKNOWN_LETTER)
    if language.latin:
        return found + (_NEXT_TO_FOREIGN if before >= "\x80" and before.isalpha() else 0.0)
    mixed = (before.isascii() and before.isalpha()) or (after.isascii() and after.isalpha())
    return found + (_NEXT_TO_LATIN if mixed else 0.0)


def _sign_weight(char: str, before: str, after: str) -> float:
    if char < "\xa0":
        return _CONTROL
    if char in _QUOTING:
        return _TYPOGRAPHIC
    if char not in _SIGNS and char not in _JOINING:
        return _ODD_SIGN
    inside = after.isalpha() and char not in _JOINING and (before.isalpha() or char not in "«¿¡§©")
    return _SIGN_IN_WORD if inside else _SIGN
