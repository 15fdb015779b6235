"""What is said where no window can be shown."""

from __future__ import annotations

import sys

import pytest

from app.setup.qt_libraries import missing_qt_libraries, window_obstacle

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux lacks them")


def test_missing_libraries_are_named_with_their_packages() -> None:
    said = window_obstacle({"DISPLAY": ":0"}, lambda name: name not in {"libEGL.so.1", "libxcb-cursor.so.0"})
    assert said is not None
    assert "libEGL.so.1, libxcb-cursor.so.0" in said
    assert "apt install libegl1 libxcb-cursor0" in said
    assert "dnf install mesa-libEGL xcb-util-cursor" in said


def test_only_the_screen_in_use_counts() -> None:
    no_cursor = {"libxcb-cursor.so.0"}
    assert missing_qt_libraries({"QT_QPA_PLATFORM": "offscreen"}, lambda name: name not in no_cursor) == []
    assert missing_qt_libraries({"QT_QPA_PLATFORM": "xcb"}, lambda name: name not in no_cursor) == [
        "libxcb-cursor.so.0"
    ]
    assert missing_qt_libraries({"WAYLAND_DISPLAY": "wayland-0"}, lambda name: name not in no_cursor) == []


def test_x11_stands_in_for_an_incomplete_wayland() -> None:
    both = {"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"}
    assert missing_qt_libraries(both, lambda name: "wayland" not in name) == []
    assert missing_qt_libraries({"WAYLAND_DISPLAY": "wayland-0"}, lambda name: "wayland" not in name)


def test_no_screen_at_all() -> None:
    said = window_obstacle({}, lambda name: True)
    assert said is not None
    assert "no screen" in said
    assert "sheetferry import" in said


def test_a_screen_that_does_not_answer() -> None:
    said = window_obstacle({"DISPLAY": ":9"}, lambda name: True, lambda display: False)
    assert said is not None
    assert "':9' (DISPLAY) does not answer" in said


def test_nothing_in_the_way() -> None:
    assert window_obstacle({"DISPLAY": ":9"}, lambda name: True, lambda display: True) is None
    assert window_obstacle({"QT_QPA_PLATFORM": "offscreen"}, lambda name: True) is None
