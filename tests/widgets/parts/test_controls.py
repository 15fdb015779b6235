"""Controls answer to mouse and keyboard, and tell screen readers what they are."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from widgets.parts import wording
from widgets.parts.buttons import Button
from widgets.parts.chips import Chip, RemovableChip
from widgets.parts.controls import SegmentedControl, SelectBox, Switch
from widgets.parts.flow import FlowLayout
from widgets.parts.labels import ElidedLabel, Label
from widgets.parts.notices import Notice
from widgets.parts.search import SearchField
from widgets.theme import Theme


def test_segment_is_chosen_by_click_and_arrow(theme: Theme, qtbot: QtBot) -> None:
    control = SegmentedControl(theme, "Mode", (("a", "Create"), ("b", "Append"), ("c", "Upsert")))
    qtbot.addWidget(control)
    control.show()
    control.activateWindow()
    qtbot.waitUntil(control.isActiveWindow)
    segments = [child for child in control.findChildren(QWidget) if child.accessibleName().startswith("Mode:")]
    with qtbot.waitSignal(control.chosen) as caught:
        qtbot.mouseClick(segments[1], Qt.MouseButton.LeftButton)
    assert caught.args == ["b"]
    assert control.key == "b"
    segments[1].setFocus()
    with qtbot.waitSignal(control.chosen) as caught:
        qtbot.keyClick(segments[1], Qt.Key.Key_Right)
    assert caught.args == ["c"]


def test_choosing_by_code_is_silent(theme: Theme, qtbot: QtBot) -> None:
    control = SegmentedControl(theme, "Mode", (("a", "Create"), ("b", "Append")))
    qtbot.addWidget(control)
    with qtbot.assertNotEmitted(control.chosen):
        control.choose("b")
    assert control.key == "b"


def test_switch_toggles_by_space(theme: Theme, qtbot: QtBot) -> None:
    switch = Switch(theme, "Lineage")
    qtbot.addWidget(switch)
    switch.show()
    with qtbot.waitSignal(switch.toggled):
        qtbot.keyClick(switch, Qt.Key.Key_Space)
    assert switch.isChecked()
    assert switch.accessibleName() == "Lineage"


def test_removable_chip_goes_by_its_cross_and_by_delete(theme: Theme, qtbot: QtBot) -> None:
    chip = RemovableChip(theme, "invoice_no", "key")
    qtbot.addWidget(chip)
    chip.resize(chip.sizeHint())
    chip.show()
    with qtbot.waitSignal(chip.removed) as caught:
        qtbot.mouseClick(chip, Qt.MouseButton.LeftButton, pos=QPoint(chip.width() - 6, chip.height() // 2))
    assert caught.args == ["invoice_no"]
    with qtbot.assertNotEmitted(chip.removed):
        qtbot.mouseClick(chip, Qt.MouseButton.LeftButton, pos=QPoint(4, chip.height() // 2))
    with qtbot.waitSignal(chip.removed):
        qtbot.keyClick(chip, Qt.Key.Key_Delete)


def test_wheel_does_not_change_a_select_box(theme: Theme, qtbot: QtBot) -> None:
    box = SelectBox(theme, "Schema")
    qtbot.addWidget(box)
    box.addItems(["public", "finance"])
    box.show()
    from PySide6.QtCore import QPointF
    from PySide6.QtGui import QWheelEvent

    event = QWheelEvent(
        QPointF(4, 4), QPointF(4, 4), QPoint(0, -120), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    box.wheelEvent(event)
    assert box.currentText() == "public"
    assert not event.isAccepted()


def test_search_waits_for_a_pause(theme: Theme, qtbot: QtBot) -> None:
    field = SearchField(theme, "Filter")
    qtbot.addWidget(field)
    heard: list[str] = []
    field.changed.connect(heard.append)
    qtbot.keyClicks(field, "retail")
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == ["retail"]


def test_labels_never_read_markup(theme: Theme, qtbot: QtBot) -> None:
    label = Label(theme, "<b>x</b>.xlsx")
    qtbot.addWidget(label)
    assert label.textFormat() is Qt.TextFormat.PlainText


def test_shortened_label_keeps_the_whole_text_in_its_tooltip(theme: Theme, qtbot: QtBot) -> None:
    label = ElidedLabel(theme, "a very long file name that does not fit.xlsx")
    qtbot.addWidget(label)
    label.resize(60, 20)
    label.grab()
    assert label.toolTip() == label.text()
    label.resize(900, 20)
    label.grab()
    assert label.toolTip() == ""


def test_painted_parts_have_names_for_readers(theme: Theme, qtbot: QtBot) -> None:
    chip, notice = Chip(theme, "Failed", "danger", "error"), Notice(theme, "warn", "Careful", "Two values are longer.")
    for widget in (chip, notice):
        qtbot.addWidget(widget)
        widget.grab()
    assert chip.accessibleName() == "Failed"
    assert notice.accessibleName() == "Careful Two values are longer."


def test_notice_gives_its_sentence_the_width_it_has(theme: Theme, qtbot: QtBot) -> None:
    notice = Notice(
        theme, "warn", "A title", "A sentence that is rather long and has to be broken into a few lines here."
    )
    qtbot.addWidget(notice)
    assert notice.heightForWidth(600) < notice.heightForWidth(200)


def test_flow_layout_wraps(theme: Theme, qtbot: QtBot) -> None:
    area = QWidget()
    qtbot.addWidget(area)
    flow = FlowLayout(area, 4)
    for number in range(6):
        flow.addWidget(Button(theme, f"Button {number}"))
    assert flow.heightForWidth(2000) < flow.heightForWidth(150)


def test_figures_are_written_for_people() -> None:
    assert wording.duration(1.94) == "1.9 s"
    assert wording.duration(21.4) == "21 s"
    assert wording.duration(240) == "4 min"
    assert wording.duration(7500) == "2 h 5 min"
    assert wording.short_count(44_600).endswith("k")
    assert wording.short_count(999) == "999"
