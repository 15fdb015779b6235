"""How likely a text is Chinese, Japanese or Korean in one of the encodings of two bytes a character."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from math import log
from typing import Final

# The signs and syllables met most in running text, names and addresses.
_USUAL_SIMPLIFIED: Final = frozenset(
    "的一是不了人在有我他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可她里后小么心多天而能好都然没日于起还发成事只作当想看文无"
    "开手十用主行方又如前所本见经头面公同三已老从动两长知民样现分将外但身些与高意进把法此实回二理美点月明其种声全工己话儿者向情部正名定女问力机给等几很业"
    "最间新什打便位因重被走电四第门相次东政海口使教西再平真听世气信北少关并内加化由却代军产入先山五太水万市眼体别处总才场师书比住员九笑性通目华报立马命张"
    "活难神数件安表原车白应路期叫死常提感金何更反合放做系计或司利受光王果亲界及今京务制解各任至清物台象记边共风战干接它许八特觉望直服毛林题建南度统色字"
    "请交爱让认算论百吃义科怎元社术结六功指思非流每青管夫连远资队跟带花快条院变联言权往展该领传近留红治决周保达办运武半候七必城父强步完革深区即求品士转"
    "量空甚众技轻程告江语英基派满式李息写呢识极令黄德收脸钱党倒未持取设始版双历越史商千片容研像找友孩站广改议形委早房音火际则首单据导影失拿网香似斯专石"
    "若兵弟谁校读志飞观争究包组造落视济喜离虽坏兴切县省州区街镇村号楼室价格姓名性别日期数量单位备注合计编号电话地址公司有限"
)
_USUAL_TRADITIONAL: Final = frozenset(
    "的一是不了人在有我他這中大來上國個到說們為子和你地出道也時年得就那要下以生會自著去之過家學對可她裡後小麼心多天而能好都然沒日於起還發成事只作當想看文無"
    "開手十用主行方又如前所本見經頭面公同三已老從動兩長知民樣現分將外但身些與高意進把法此實回二理美點月明其種聲全工己話兒者向情部正名定女問力機給等幾很業"
    "最間新什打便位因重被走電四第門相次東政海口使教西再平真聽世氣信北少關並內加化由卻代軍產入先山五太水萬市眼體別處總才場師書比住員九笑性通目華報立馬命張"
    "活難神數件安表原車白應路期叫死常提感金何更反合放做系計或司利受光王果親界及今京務制解各任至清物台象記邊共風戰干接它許八特覺望直服毛林題建南度統色字"
    "臺灣縣市鎮鄉區街號樓室價格姓名性別日期數量單位備註合計編號電話地址公司有限陳黃李吳蔡楊許鄭謝郭洪曾邱廖賴徐周葉蘇莊呂雄竹功美玲"
)
_USUAL_HANGUL: Final = frozenset(
    "이다의는에을가를은로고하지사기도한어자인아리과서대시나보정그부제수전해일들상성적원장주구오여공스소유용연조경비관라동신자만니게우면년요것안물국화행계생"
    "방문미세등산있었습박김최민영현진재학교중남북울부대인광주시군읍면길번호명이름단가수량금액합계날짜회사품목코드전화식품출고입고단위비고준호지은서윤혜희숙순철"
)
_USUAL_KANJI: Final = frozenset(
    "日本人年大十二会国中東長三生出一事行地方自同者後前合部五四立市社見業分間上場員金学高手代力手問新動東京都道府県区町村田山川名氏住所電話番号数量単価格"
    "月火水木土曜時午郎子藤木井野小中林佐伊渡鈴高橋松株式有限大阪北海福岡広島古屋品商計額税込注文備考担当顧客部課"
)
_KANA: Final = log(0.45 / 170)
_HALF_KANA: Final = log(2e-3)
_FULL_SIGN: Final = log(2e-3)
_USUAL_SHARE: Final = 0.3
_OTHER_SHARE: Final = 0.5
_FIRST_PLANE: Final = 3500
_RARE: Final = log(0.02 / 18_000)
_LATIN_BEFORE: Final = log(0.05)

_Plane = Callable[[str], bool]


def _lead(codec: str, low: int, high: int) -> _Plane:
    """Whether a character has its place among the usual ones of a standard, which stand together at its beginning."""

    def usual(char: str) -> bool:
        try:
            code = char.encode(codec)
        except UnicodeEncodeError:
            return False
        return len(code) == 2 and low <= code[0] <= high

    return usual


DOUBLE_BYTE: Final[dict[str, tuple[frozenset[str], _Plane, float]]] = {
    "gb18030": (_USUAL_SIMPLIFIED, _lead("gb2312", 0xB0, 0xD7), -1.0),
    "big5": (_USUAL_TRADITIONAL, _lead("big5", 0xA4, 0xC6), -1.5),
    "cp950": (_USUAL_TRADITIONAL, _lead("big5", 0xA4, 0xC6), -2.0),
    "cp932": (_USUAL_KANJI, _lead("euc_jp", 0xB0, 0xCF), -1.0),
    "euc_jp": (_USUAL_KANJI, _lead("euc_jp", 0xB0, 0xCF), -2.5),
    "cp949": (_USUAL_HANGUL, _lead("euc_kr", 0xB0, 0xC8), -1.0),
}
"""Usual characters of each encoding, the test for its first plane, and how much rarer than the Western one it is."""


def weight(words: Iterable[tuple[str, int]], encoding: str) -> float:
    """How likely these words, each so many times, are in one of `DOUBLE_BYTE`; comparable with `text.languages`."""
    return sum(_word_weight(word, encoding) * count for word, count in words)


def _word_weight(word: str, encoding: str) -> float:
    total = 0.0
    before = ""
    for char in word:
        if char >= "\x80":
            total += _char_weight(char, encoding)
            if before.isascii() and before.isalpha():
                total += _LATIN_BEFORE
        before = char
    return total


@cache
def _char_weight(char: str, encoding: str) -> float:
    usual, plane, _ = DOUBLE_BYTE[encoding]
    japanese = encoding in ("cp932", "euc_jp")
    if "\u3040" <= char <= "\u30ff":
        return _KANA if japanese else _RARE
    if "\uff61" <= char <= "\uff9f":
        return _HALF_KANA if japanese else _RARE
    if "\u3000" <= char <= "\u3020" or "\uff01" <= char <= "\uff5e" or char in "“”‘’…—·":
        return _FULL_SIGN
    if char in usual:
        return log(_USUAL_SHARE / len(usual))
    return log(_OTHER_SHARE / _FIRST_PLANE) if plane(char) else _RARE
