"""The application's style sheet, generated from the tokens.

Rules go by the `kind` property of controls, the `tone` property of labels and the `surface` and `edge` properties of
panels, never by bare container types. Fonts are set in code (`Theme.font`), so that no rule here overrides them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from string import Template

from widgets.theme.tokens import Tokens

_TONES = (
    "text", "text2", "text3", "disabled", "accent_text", "on_accent",
    "ok_fg", "warn_fg", "danger_fg", "info_fg", "neutral_fg", "lock_fg",
)  # fmt: skip
_SURFACES = ("window", "sidebar", "surface", "sunken", "ok_bg", "warn_bg", "danger_bg", "info_bg", "accent_tint")
_EDGES = ("top", "right", "bottom", "left")

_SHEET = Template("""
QWidget { selection-background-color: $selected; selection-color: $text; }
QToolTip { color: $text; background: $surface; border: 1px solid $border; padding: ${xs}px; }

QPushButton, QToolButton[kind] {
    background: $surface; color: $text; border: 1px solid $border_control; border-radius: ${control}px;
    padding: 0 ${m}px; min-height: ${h}px; max-height: ${h}px;
}
QPushButton:hover, QToolButton[kind]:hover { background: $hover; }
QPushButton:pressed, QPushButton:checked, QToolButton[kind]:checked { background: $selected; }
QPushButton:focus, QToolButton[kind]:focus { border: 2px solid $focus; padding: 0 ${m1}px; }
QPushButton:disabled, QToolButton[kind]:disabled {
    background: $sunken; color: $disabled; border-color: $border;
}
QPushButton[scale="large"] { min-height: ${large}px; max-height: ${large}px; padding: 0 ${l}px; }
QPushButton[scale="small"], QToolButton[scale="small"] {
    min-height: ${small}px; max-height: ${small}px; padding: 0 ${s}px;
}
QPushButton[scale="row"] { min-height: ${row}px; max-height: ${row}px; padding: 0; }
QPushButton[kind="primary"] { background: $accent; color: $on_accent; border-color: $accent; }
QPushButton[kind="primary"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[kind="primary"]:pressed { background: $accent_pressed; border-color: $accent_pressed; }
QPushButton[kind="primary"]:focus { border: 2px solid $text; }
QPushButton[kind="primary"]:disabled { background: $sunken; color: $disabled; border-color: $border; }
QPushButton[kind="danger"] { color: $danger_fg; border-color: $danger_line; }
QPushButton[kind="danger"]:hover { background: $danger_bg; }
QPushButton[kind="danger"]:pressed { background: $danger_bg; border: 2px solid $danger_line; }
QPushButton[kind="danger"]:disabled { color: $disabled; border-color: $border; }
QPushButton[kind="ghost"], QToolButton[kind="ghost"] {
    background: transparent; color: $text2; border-color: transparent; padding: 0 ${s}px;
}
QPushButton[kind="ghost"]:hover, QToolButton[kind="ghost"]:hover { background: $hover; }
QPushButton[kind="ghost"]:pressed { background: $selected; }
QPushButton[kind="ghost"]:focus, QToolButton[kind="ghost"]:focus { border: 2px solid $focus; }
QPushButton[kind="ghost"]:disabled { background: transparent; color: $disabled; border-color: transparent; }
QPushButton[kind="link"] {
    background: transparent; color: $accent_text; border: 1px solid transparent; padding: 0;
    min-height: ${link}px; max-height: ${link}px;
}
QPushButton[kind="link"]:hover { text-decoration: underline; }
QPushButton[kind="link"]:focus { border: 2px solid $focus; }
QPushButton[kind="link"]:disabled { color: $disabled; }
QToolButton[kind="icon"] {
    background: transparent; border: 1px solid transparent; padding: 0;
    min-width: ${h}px; max-width: ${h}px; min-height: ${h}px; max-height: ${h}px;
}
QToolButton[kind="icon"]:hover { background: $hover; }
QToolButton[kind="icon"]:pressed, QToolButton[kind="icon"]:checked { background: $selected; }
QToolButton[kind="icon"]:focus { border: 2px solid $focus; padding: 0; }
QToolButton[kind="icon"][scale="small"] {
    min-width: ${small}px; max-width: ${small}px; min-height: ${small}px; max-height: ${small}px;
}
QToolButton::menu-indicator, QPushButton::menu-indicator { image: none; width: 0; }

QLineEdit, QPlainTextEdit[kind="field"], QSpinBox, QDoubleSpinBox, QDateTimeEdit, QTimeEdit {
    background: $surface; color: $text; border: 1px solid $border_control; border-radius: ${control}px;
    padding: 0 ${s}px; min-height: ${h}px;
}
QLineEdit { max-height: ${h}px; }
QTimeEdit::up-button, QTimeEdit::down-button, QSpinBox::up-button, QSpinBox::down-button {
    subcontrol-origin: border; width: 1px; border: none;
}
QTimeEdit QLineEdit, QSpinBox QLineEdit { border: none; padding: 0 ${xs}px; background: transparent; min-height: 0; }
QRadioButton::indicator {
    width: ${dot}px; height: ${dot}px; border: 1px solid $border_control; border-radius: ${dot_round}px;
    background: $surface;
}
QRadioButton::indicator:checked { border: ${dot_ring}px solid $accent; width: ${dot_core}px; height: ${dot_core}px; }
QRadioButton::indicator:focus { border-color: $focus; }
QRadioButton::indicator:disabled { border-color: $border; background: $sunken; }
QLineEdit:focus, QPlainTextEdit[kind="field"]:focus, QSpinBox:focus, QDoubleSpinBox:focus, QDateTimeEdit:focus,
QTimeEdit:focus { border: 2px solid $focus; padding: 0 ${s1}px; }
QLineEdit[invalid="true"] { border-color: $danger_line; }
QLineEdit:disabled, QLineEdit:read-only, QSpinBox:disabled, QDoubleSpinBox:disabled {
    background: $sunken; color: $text2; border: 1px dashed $border_control;
}
QLineEdit[scale="small"] { min-height: ${small}px; max-height: ${small}px; padding: 0 ${xs}px; }

QPlainTextEdit[kind="log"] {
    background: $sunken; color: $text2; border: 1px solid $border_subtle; border-radius: ${card}px; padding: ${xs}px;
}

QMenu { background: $surface; color: $text; border: 1px solid $border; padding: ${xs}px; }
QMenu::item { padding: ${xs}px ${xl}px ${xs}px ${s}px; border-radius: ${chip}px; }
QMenu::item:selected { background: $selected; color: $text; }
QMenu::item:disabled { color: $disabled; }
QMenu::icon { padding-left: ${s}px; }
QMenu::separator { height: 1px; background: $border_subtle; margin: ${xs}px; }
QComboBox QAbstractItemView { background: $surface; color: $text; border: 1px solid $border; outline: 0; }

QAbstractScrollArea { border: none; }
QTreeView, QListView, QTableView {
    background: $surface; alternate-background-color: $surface; border: none; outline: 0; gridline-color: $grid;
}
QTreeView { show-decoration-selected: 0; }
QTreeView::item:selected, QTreeView::branch:selected, QTreeView::item:hover { background: transparent; }
QTreeView[surface="window"], QListView[surface="window"] { background: $window; }
QListView[surface="window"]::item { padding-left: ${s}px; border-radius: ${control}px; color: $text; }
QListView[surface="window"]::item:selected { background: $selected; }
QHeaderView { background: $surface; border: none; }
QHeaderView::section {
    background: $surface; color: $text2; border: none; border-bottom: 1px solid $border_subtle;
    padding: 0 ${s}px;
}
QHeaderView::section:last { padding-right: ${l}px; }
QHeaderView::section:first { padding-left: ${l}px; }
QTableCornerButton::section { background: $surface; border: none; }
QScrollArea, QScrollArea > QWidget > QWidget[kind="scroll"] { background: transparent; border: none; }

QScrollBar:vertical { background: transparent; width: ${bar}px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: ${bar}px; margin: 0; }
QScrollBar::handle { background: $border; border-radius: ${thumb}px; margin: 2px; }
QScrollBar::handle:hover { background: $border_control; }
QScrollBar::handle:vertical { min-height: ${xl}px; }
QScrollBar::handle:horizontal { min-width: ${xl}px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QAbstractScrollArea::corner { background: transparent; }

QSplitter::handle { background: $border_subtle; }
QSplitter::handle:hover { background: $accent_line; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }

*[kind="card"] { background: $surface; border: 1px solid $border_subtle; border-radius: ${card}px; }
*[kind="danger-card"] { background: $surface; border: 1px solid $danger_line; border-radius: ${card}px; }
*[kind="key"] { background: $sunken; border: 1px solid $border; border-radius: ${chip}px; padding: 0 ${xs}px; }
*[kind="separator"] { background: $border_subtle; border: none; }
""")


def build_stylesheet(colors: Mapping[str, str], tokens: Tokens, em: Callable[[float], int]) -> str:
    """The whole style sheet for one scheme; `em` turns px at a 13 px base font into pixels."""
    values: dict[str, str | int] = dict(colors)
    values |= {name: em(px) for name, px in tokens.space.items()}
    values |= {name: em(px) for name, px in tokens.radius.items() if px < 100}
    values |= {
        "m1": max(0, em(tokens.space["m"]) - 1),
        "s1": max(0, em(tokens.space["s"]) - 1),
        # The box of a styled control is its content; its border adds two pixels.
        "h": em(tokens.size["control"]) - 2,
        "small": em(tokens.size["control_small"]) - 2,
        "large": em(34) - 2,
        "link": em(18) - 2,
        "row": em(tokens.size["row"]) - 2,
        "dot": em(14) - 2,
        "dot_round": em(14) // 2,
        "dot_ring": em(4),
        "dot_core": em(14) - 2 * em(4),
        "bar": em(10),
        "thumb": max(1, em(10) // 2 - 2),
    }
    return _SHEET.substitute(values) + _tones(colors) + _surfaces(colors)


def _tones(colors: Mapping[str, str]) -> str:
    rules = [f'QLabel[tone="{name}"] {{ color: {colors[name]}; background: transparent; }}' for name in _TONES]
    return "\n".join(rules) + "\n"


def _surfaces(colors: Mapping[str, str]) -> str:
    rules = [f'*[surface="{name}"] {{ background: {colors[name]}; }}' for name in _SURFACES]
    rules += [
        f'*[edge="{side}"] {{ border: none; border-{side}: 1px solid {colors["border_subtle"]}; }}' for side in _EDGES
    ]
    return "\n".join(rules) + "\n"
