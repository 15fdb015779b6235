"""Numbers in texts with something around them: a sign behind, parentheses, a percent sign, a currency.

Bookkeepers write a negative number in parentheses, and some programs put its sign behind. What is around the figures
is told here; the figures themselves are for `text_shapes` to judge.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final


class Affix(Enum):
    """What stands around the figures."""

    PERCENT = auto()
    DOLLAR = auto()
    EURO = auto()
    POUND = auto()
    MONEY = auto()
    """Any other currency."""
    SIGNED = auto()
    """A sign behind the figures, or parentheses around them."""


CURRENCIES: Final = frozenset({Affix.DOLLAR, Affix.EURO, Affix.POUND, Affix.MONEY})

_CODES = (
    *("USD", "EUR", "GBP", "CHF", "JPY", "CNY", "RMB", "AUD", "CAD", "NZD", "SEK", "NOK", "DKK", "ISK", "PLN", "CZK"),
    *("HUF", "RON", "BGN", "RUB", "UAH", "INR", "BRL", "MXN", "ARS", "CLP", "COP", "PEN", "ZAR", "KRW", "SGD", "HKD"),
    *("TWD", "THB", "IDR", "MYR", "PHP", "VND", "ILS", "AED", "SAR", "EGP", "NGN", "KES"),
)
_WORDS = ("kr", "zł", "Kč", "Ft", "lei", "лв", "руб", "р", "грн", "Rs", "元", "円", "원")
_SIGNS = "$€£¥₹₽₩₺₴₪฿₫₱₦₡₲₵₸₼₾₿"
LAST_LETTERS: Final = frozenset(name[-1] for name in (*_CODES, *_WORDS) if name.isascii())
"""ASCII letters with which the name of a currency may end."""
_CLASSES: Final = {
    **dict.fromkeys(("$", "US$", "USD"), Affix.DOLLAR),
    **dict.fromkeys(("€", "EUR"), Affix.EURO),
    **dict.fromkeys(("£", "GBP"), Affix.POUND),
}
_CURRENCY = (
    "(?:" + "|".join([rf"[A-Z]{{0,2}}[{_SIGNS}]", *_CODES, *(rf"{re.escape(word)}\.?" for word in _WORDS)]) + ")"
)
_SPACE = r"[ \u00a0\u202f\u2009]?"
_MINUS = "[-\u2212]"
_AFFIXED = re.compile(
    rf"(?P<open>\()?(?P<plus>\+)?(?P<minus>{_MINUS})?{_SPACE}(?:(?P<before>{_CURRENCY}){_SPACE})?"
    rf"(?P<inner>\()?(?P<second>{_MINUS})?(?P<figures>[0-9.,][0-9.,'\u2019 \u00a0\u202f\u2009]*?)(?P<behind>{_MINUS})?"
    rf"{_SPACE}(?P<percent>[%\uff05])?(?:{_SPACE}(?P<after>{_CURRENCY}))?(?P<last>{_MINUS})?(?P<close>\))?"
)
_ENDS: Final = frozenset(f"%\uff05)-\u2212{_SIGNS}")
_BEGINS: Final = frozenset(f"(\u2212{_SIGNS}")
_LAST: Final = frozenset(f".{''.join(name[-1] for name in (*_CODES, *_WORDS))}")
_FIRST: Final = frozenset(name[0] for name in (*_CODES, *_WORDS, "A$"))
_TAIL = re.compile(rf"[0-9.,]{_SPACE}{_CURRENCY}$")
_HEAD = re.compile(rf"[-+(]?{_CURRENCY}")


@dataclass(frozen=True, slots=True)
class Affixed:
    """A number text taken apart.

    Attributes:
        figures: The figures with their marks, without any sign.
        negative: Whether the number is negative.
        affix: What stood around the figures.
    """

    figures: str
    negative: bool
    affix: Affix


def take_apart(text: str) -> Affixed | None:
    """A text without outer spaces as figures and what is around them; None for plain figures and anything else."""
    if not _may_be(text):
        return None
    found = _AFFIXED.fullmatch(text)
    if found is None:
        return None
    wrapped = found["open"] or found["inner"]
    minuses = [sign for sign in found.group("minus", "second", "behind", "last") if sign]
    if bool(wrapped) != bool(found["close"]) or (found["open"] and found["inner"]):
        return None
    if len(minuses) + bool(wrapped) + bool(found["plus"]) > 1 or (found["before"] and found["after"]):
        return None
    affix = _affix(found)
    return Affixed(found["figures"], bool(minuses or wrapped), affix) if affix else None


def _affix(found: re.Match[str]) -> Affix | None:
    money = found["before"] or found["after"]
    if found["percent"]:
        return None if money else Affix.PERCENT
    if money:
        return _CLASSES.get(money, Affix.MONEY)
    return Affix.SIGNED if found["close"] or found["behind"] or found["last"] or "\u2212" in found[0] else None


def _may_be(text: str) -> bool:
    """Whether a closer look is worth while; told by the first and the last sign of nearly all texts."""
    first, last = text[0], text[-1]
    if last in _ENDS or first in _BEGINS:
        return True
    if last in _LAST:
        return (first.isdigit() or first in "+-(.,") and _TAIL.search(text) is not None
    begins = first in _FIRST or (first in "+-" and not text[1:2].isdigit())
    return begins and last.isdigit() and _HEAD.match(text) is not None
