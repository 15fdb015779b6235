"""The look of the window as one object: colours, sizes, fonts and icons of the scheme in force."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QLocale, QObject, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QFontMetricsF, QIcon, QPixmap
from PySide6.QtWidgets import QApplication, QStyleFactory

from widgets.theme.icons import IconPainter
from widgets.theme.palette import build_palette
from widgets.theme.stylesheet import build_stylesheet
from widgets.theme.tokens import Tokens, TypeStyle, read_tokens

_BASE_PX = 13.0
_LINE_HEIGHT = 1.25
_HAN_FAMILIES = (
    "Microsoft YaHei UI",
    "PingFang SC",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "WenQuanYi Micro Hei",
)
"""Fonts with the mainland's forms of Chinese characters on the three systems."""
_HAN_CAPTION = 0.92
"""The smallest step of the type scale for Chinese: strokes run together below 12 px."""
_HAN_LINE = 1.1
"""Chinese characters fill their line; this is how much more height it gets."""


class ColorMode(StrEnum):
    """Which scheme is shown: the system's, or a fixed one."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Theme(QObject):
    """Colours, sizes, fonts and icons; one per application, handed to every widget that paints.

    Signals:
        changed: Colours or font sizes are different now; repaint and fetch icons and fonts again.
    """

    changed = Signal()

    def __init__(self, app: QApplication, mode: ColorMode = ColorMode.SYSTEM, tokens: Tokens | None = None) -> None:
        """Read the tokens and follow the system's scheme from now on. Nothing is restyled before `install`."""
        super().__init__(app)
        self._app = app
        self._mode = mode
        self.tokens = tokens or read_tokens()
        self._icons = IconPainter(self.tokens.icons)
        self._installed = False
        self._dark = False
        self._han = QLocale().language() is QLocale.Language.Chinese
        self._unit = 1.0
        self._colors: dict[str, QColor] = {}
        self._fonts: dict[tuple[str, int | None, bool], QFont] = {}
        self._refresh()
        app.styleHints().colorSchemeChanged.connect(self._on_scheme)

    def install(self) -> None:
        """Style the whole application: Fusion, palette, style sheet, fixed-width digits."""
        self._installed = True
        self._app.setStyle(QStyleFactory.create("Fusion"))
        font = QFont(self._app.font())
        font.setFeature(QFont.Tag("tnum"), 1)
        if self._han:
            font.setFamilies([*font.families(), *_HAN_FAMILIES])
        self._app.setFont(font)
        self._refresh()
        self._restyle()

    @property
    def mode(self) -> ColorMode:
        """What was chosen: the system's scheme or a fixed one."""
        return self._mode

    @property
    def dark(self) -> bool:
        """Whether the dark scheme is in force."""
        return self._dark

    def set_mode(self, mode: ColorMode) -> None:
        """Follow the system, or stay light or dark."""
        if mode is not self._mode:
            self._mode = mode
            self._update()

    def hex(self, name: str) -> str:
        """A colour token as ``#RRGGBB``. Raises KeyError for an unknown name."""
        return (self.tokens.dark if self._dark else self.tokens.light)[name]

    def color(self, name: str, alpha: int = 255) -> QColor:
        """A colour token; `alpha` from 0 (clear) to 255. Raises KeyError for an unknown name."""
        color = self._colors.get(name)
        if color is None:
            color = self._colors[name] = QColor(self.hex(name))
        if alpha == 255:
            return color
        faded = QColor(color)
        faded.setAlpha(alpha)
        return faded

    def em(self, px: float) -> int:
        """A length given in px at a 13 px base font, in the pixels of the present font; at least 1 above zero."""
        return max(1, round(px * self._unit)) if px > 0 else round(px * self._unit)

    def space(self, step: str) -> int:
        """A spacing step: ``xxs`` 2, ``xs`` 4, ``s`` 8, ``m`` 12, ``l`` 16, ``xl`` 24, ``xxl`` 32, ``xxxl`` 48."""
        return self.em(self.tokens.space[step])

    def size(self, name: str) -> int:
        """A size token such as ``row``, ``control``, ``toolbar``, ``icon_small``."""
        return self.em(self.tokens.size[name])

    def radius(self, name: str) -> int:
        """A corner radius: ``chip``, ``control``, ``card``, ``panel``, ``zone``."""
        return self.em(self.tokens.radius[name])

    def font(self, role: str = "body", *, weight: int | None = None, italic: bool = False) -> QFont:
        """A font of the type scale with fixed-width digits; `weight` (400, 500, 600) overrides the role's own."""
        key = (role, weight, italic)
        found = self._fonts.get(key)
        if found is None:
            found = self._fonts[key] = self._make_font(self.tokens.type[role], role, weight, italic)
        return found

    def pixmap(self, name: str, color: str = "text2", size: float = 16, ratio: float | None = None) -> QPixmap:
        """An icon as a pixmap: icon name, colour token, size in px at a 13 px base font."""
        return self._icons.pixmap(name, self.hex(color), self.em(size), ratio or self._app.devicePixelRatio())

    def icon(self, name: str, color: str = "text2", size: float = 16, gap: float = 0) -> QIcon:
        """An icon for buttons and actions, with a disabled form; `gap` px of clear room at its right."""
        colors = self.hex(color), self.hex("disabled")
        return self._icons.icon(name, *colors, self.em(size), self._app.devicePixelRatio(), self.em(gap))

    def font_changed(self) -> None:
        """Measure again; the main window calls it when the application's font has changed."""
        if self._unit != self._measure():
            self._update()

    @Slot(Qt.ColorScheme)
    def _on_scheme(self, _scheme: Qt.ColorScheme) -> None:
        if self._mode is ColorMode.SYSTEM:
            self._update()

    def _update(self) -> None:
        self._refresh()
        if self._installed:
            self._restyle()
        self.changed.emit()

    def _refresh(self) -> None:
        system_dark = self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark
        self._dark = self._mode is ColorMode.DARK or (self._mode is ColorMode.SYSTEM and system_dark)
        self._unit = self._measure()
        self._colors.clear()
        self._fonts.clear()
        self._icons.clear()

    def _restyle(self) -> None:
        colors = self.tokens.dark if self._dark else self.tokens.light
        self._app.setPalette(build_palette(colors))
        self._app.setStyleSheet(build_stylesheet(colors, self.tokens, self.em))

    def _measure(self) -> float:
        # Fonts with tall lines (Chinese, Thai) need more room than their pixel size says.
        font = self._app.font()
        height = QFontMetricsF(font).height() / _LINE_HEIGHT * (_HAN_LINE if self._han else 1)
        return max(float(QFontInfo(font).pixelSize()), height) / _BASE_PX

    def _make_font(self, style: TypeStyle, role: str, weight: int | None, italic: bool) -> QFont:
        fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font = fixed if role == "mono" else QFont(self._app.font())
        if self._han and role == "mono":
            font.setFamilies([*font.families(), *_HAN_FAMILIES])
        step = max(style.em, _HAN_CAPTION) if self._han else style.em
        font.setPixelSize(max(8, round(QFontInfo(self._app.font()).pixelSize() * step)))
        font.setWeight(QFont.Weight(weight or style.weight))
        font.setItalic(italic)
        font.setFeature(QFont.Tag("tnum"), 1)
        return font
