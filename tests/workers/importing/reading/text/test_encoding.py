"""Encodings told by the words of the languages written in them, whatever mixture of languages and figures it is."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.workers.importing.reading.making import all_rows
from workers.importing.reading.text.encoding import detect_encoding

_WESTERN = "Müller Straße Noël Peña Coração Ångström Bjørn garçon Zoë naïve Göteborg Élodie Köln Málaga Françoise São"
_POLISH = "Łódź Kraków Gdańsk Poznań Wrocław Częstochowa Święta żółty źródło Paweł Małgorzata dzień księga śnieg"
_CZECH = "Plzeň Děčín Jiří Tomáš příběh křižovatka žluťoučký kůň Ústí řeka čtvrť"
_HUNGARIAN = "Győr Székesfehérvár Kecskemét őszibarack gyűjtemény László Ödön Tőke fűtés"
_TURKISH = "İstanbul Şişli Çağlar Diyarbakır Eskişehir Ağrı Iğdır Muğla yağmur çiçek"
_LATVIAN = "Rīga Ģimene Jānis ķirsis Šiauliai Žemaitija Klaipėda Panevėžys Ļaudona ūdens"
_RUSSIAN = "Москва Иванов Петрова яблоко Новосибирск книга стол Сергей улица договор Казань Омск"
_GREEK = "Αθήνα Θεσσαλονίκη Γιώργος Μαρία ψωμί Πάτρα τιμή ελιές Κρήτη Νίκος"
_HEBREW = "ירושלים חיפה משה שרה ספר שולחן מחיר דוד תאריך כמות"
_ARABIC = "القاهرة الرياض محمد فاطمة كتاب طاولة دبي بغداد أحمد سعر"
_JAPANESE = "東京都 大阪府 山田太郎 佐藤花子 りんご パソコン 株式会社 北海道 ソニー 表示 能力 予定表"
_SIMPLIFIED = "北京 上海市 张伟 王芳 苹果 电脑 有限公司 广州 深圳 李娜 数据 价格 天津 重庆"
_TRADITIONAL = "台北市 高雄 陳大文 林美玲 蘋果 電腦 有限公司 臺中 新竹 張先生 資料 價格 許功蓋"
_KOREAN = "서울 부산 김철수 이영희 사과 컴퓨터 주식회사 대구 인천 박지민 가격 최민수"

_CASES = [
    (_WESTERN, ("cp1252", "latin-1", "mac_roman", "cp850")),
    (_POLISH, ("cp1250", "iso8859_2")),
    (_CZECH, ("cp1250", "iso8859_2")),
    (_HUNGARIAN, ("cp1250", "iso8859_2")),
    (_TURKISH, ("cp1254",)),
    (_LATVIAN, ("cp1257",)),
    (_RUSSIAN, ("cp1251", "koi8_r", "cp866", "utf-16-le", "utf-16-be")),
    (_GREEK, ("cp1253", "iso8859_7", "utf-16-le")),
    (_HEBREW, ("cp1255",)),
    (_ARABIC, ("cp1256",)),
    (_JAPANESE, ("shift_jis", "euc_jp", "utf-16-le")),
    (_SIMPLIFIED, ("gb18030", "gb2312")),
    (_TRADITIONAL, ("big5", "cp950")),
    (_KOREAN, ("euc_kr", "cp949")),
]


@pytest.mark.parametrize(("words", "encoding"), [(words, name) for words, names in _CASES for name in names])
@pytest.mark.parametrize("rows", [4, 40, 400])
def test_words_among_figures_come_back_as_they_were(tmp_path: Path, words: str, encoding: str, rows: int) -> None:
    draw = random.Random(rows)
    chosen = words.split()
    table = [["id", "name", "place", "amount"]]
    table += [[str(n), chosen[n % len(chosen)], draw.choice(chosen), f"{n * 1.5:.2f}"] for n in range(rows)]
    path = tmp_path / "a.csv"
    path.write_bytes("".join(";".join(row) + "\r\n" for row in table).encode(encoding))
    assert [[str(cell) for cell in row] for row in all_rows(path)] == table


def test_a_few_western_letters_are_enough() -> None:
    assert detect_encoding(["Café;1\r\n".encode("cp1252")]).name == "cp1252"


def test_signs_of_trade_do_not_make_a_text_foreign() -> None:
    text = "Preis €;Größe 5°;„gut“ – 20 §;½ Maß;±3 µm;Nº 1;¿Qué?;«Zoë»\r\n" * 3
    assert text.encode("cp1252").decode(detect_encoding([text.encode("cp1252")]).name) == text


def test_bytes_that_fit_hardly_any_encoding_are_still_read() -> None:
    every = bytes(range(128, 256)) * 3
    assert len(every.decode(detect_encoding([every]).name)) == len(every)
