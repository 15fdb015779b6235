"""Theme: both schemes complete, readable, switchable."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtGui import QColor, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from widgets.theme import ColorMode, Theme
from widgets.theme.icons import stroke_width
from widgets.theme.stylesheet import build_stylesheet
from widgets.theme.tokens import read_tokens


def luminance(text: str) -> float:
    """Relative luminance after WCAG 2."""
    color = QColor(text)
    parts = [
        c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4
        for c in (color.redF(), color.greenF(), color.blueF())
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio after WCAG 2."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_both_schemes_know_the_same_colours() -> None:
    tokens = read_tokens()
    assert set(tokens.light) == set(tokens.dark)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("text", "ground"),
    [
        ("text", "surface"), ("text2", "surface"), ("text3", "window"), ("on_accent", "accent"),
        ("accent_text", "selected"), ("danger_fg", "danger_bg"), ("warn_fg", "warn_bg"), ("ok_fg", "ok_bg"),
        ("info_fg", "info_bg"), ("leftout_fg", "leftout_bg"), ("text", "header_tint"), ("lock_fg", "lock_bg"),
    ],
)  # fmt: skip
def test_texts_can_be_read(scheme: str, text: str, ground: str) -> None:
    colors = getattr(read_tokens(), scheme)
    assert contrast(colors[text], colors[ground]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_style_sheet_has_no_open_placeholder(scheme: str) -> None:
    tokens = read_tokens()
    sheet = build_stylesheet(getattr(tokens, scheme), tokens, round)
    assert "$" not in sheet
    assert sheet.count("{") == sheet.count("}")


def test_switching_the_scheme_changes_colours_and_says_so(theme: Theme, qtbot: QtBot) -> None:
    before = theme.hex("window")
    with qtbot.waitSignal(theme.changed):
        theme.set_mode(ColorMode.DARK)
    assert theme.dark
    assert theme.hex("window") != before
    with qtbot.assertNotEmitted(theme.changed):
        theme.set_mode(ColorMode.DARK)


def test_installed_theme_gives_the_application_its_palette(qapp: QApplication, qtbot: QtBot) -> None:
    palette, sheet, font = qapp.palette(), qapp.styleSheet(), qapp.font()
    theme = Theme(qapp, ColorMode.DARK)
    try:
        theme.install()
        button = QPushButton("x")
        qtbot.addWidget(button)
        assert qapp.palette().color(QPalette.ColorRole.Window) == theme.color("window")
        theme.set_mode(ColorMode.LIGHT)
        assert qapp.palette().color(QPalette.ColorRole.Window).name().upper() == theme.hex("window").upper()
    finally:
        qapp.setStyleSheet(sheet)
        qapp.setPalette(palette)
        qapp.setFont(font)
        theme.deleteLater()


def test_every_icon_draws_something(theme: Theme) -> None:
    for name in theme.tokens.icons:
        image = theme.pixmap(name, "text", 20, 1.0).toImage()
        painted = any(image.pixelColor(x, y).alpha() for x in range(image.width()) for y in range(image.height()))
        assert painted, name


def test_icons_are_kept_and_sharp_on_dense_screens(theme: Theme) -> None:
    once, dense = theme.pixmap("import", "text", 16, 1.0), theme.pixmap("import", "text", 16, 2.0)
    assert theme.pixmap("import", "text", 16, 1.0).cacheKey() == once.cacheKey()
    assert dense.width() == 2 * once.width()
    assert dense.deviceIndependentSize() == once.deviceIndependentSize()


def test_small_icons_keep_a_visible_stroke() -> None:
    assert stroke_width(20) == 1.5
    assert stroke_width(13) * 13 / 20 == pytest.approx(1.3, abs=0.01)


def test_lengths_never_vanish(theme: Theme) -> None:
    assert theme.em(0) == 0
    assert theme.em(0.2) == 1
    assert theme.em(26) > theme.em(13)


def test_unknown_names_are_refused(theme: Theme) -> None:
    with pytest.raises(KeyError):
        theme.color("no-such-colour")
    with pytest.raises(KeyError):
        theme.pixmap("no-such-icon")


def test_chinese_is_never_smaller_than_it_can_be_read(qapp: QApplication) -> None:
    before = QLocale()
    latin = Theme(qapp, ColorMode.LIGHT)
    try:
        QLocale.setDefault(QLocale("zh_CN"))
        han = Theme(qapp, ColorMode.LIGHT)
    finally:
        QLocale.setDefault(before)
    assert han.font("caption").pixelSize() == latin.font("small").pixelSize() > latin.font("caption").pixelSize()
    assert han.font("body").pixelSize() == latin.font("body").pixelSize() == QFontInfo(qapp.font()).pixelSize()
    assert han.em(1000) > latin.em(1000)
