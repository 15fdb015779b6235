"""Whether this machine can show a window, told before Qt is loaded: Qt itself would abort the process.

The names are what the wheels' libraries and platform plug-ins ask for (the NEEDED entries of QtGui, QtWidgets, libqxcb
and libqwayland); a bare Linux has few of them.
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class _Library:
    soname: str
    debian: str
    fedora: str


_ALWAYS = (
    _Library("libEGL.so.1", "libegl1", "mesa-libEGL"),
    _Library("libGL.so.1", "libgl1", "mesa-libGL"),
    _Library("libxkbcommon.so.0", "libxkbcommon0", "libxkbcommon"),
    _Library("libfontconfig.so.1", "libfontconfig1", "fontconfig"),
    _Library("libfreetype.so.6", "libfreetype6", "freetype"),
    _Library("libdbus-1.so.3", "libdbus-1-3", "dbus-libs"),
    _Library("libglib-2.0.so.0", "libglib2.0-0", "glib2"),
    _Library("libX11.so.6", "libx11-6", "libX11"),
    _Library("libzstd.so.1", "libzstd1", "libzstd"),
)
_X11 = (
    _Library("libX11-xcb.so.1", "libx11-xcb1", "libX11-xcb"),
    _Library("libxcb.so.1", "libxcb1", "libxcb"),
    _Library("libxcb-cursor.so.0", "libxcb-cursor0", "xcb-util-cursor"),
    _Library("libxcb-icccm.so.4", "libxcb-icccm4", "xcb-util-wm"),
    _Library("libxcb-image.so.0", "libxcb-image0", "xcb-util-image"),
    _Library("libxcb-keysyms.so.1", "libxcb-keysyms1", "xcb-util-keysyms"),
    _Library("libxcb-randr.so.0", "libxcb-randr0", "libxcb"),
    _Library("libxcb-render.so.0", "libxcb-render0", "libxcb"),
    _Library("libxcb-render-util.so.0", "libxcb-render-util0", "xcb-util-renderutil"),
    _Library("libxcb-shape.so.0", "libxcb-shape0", "libxcb"),
    _Library("libxcb-shm.so.0", "libxcb-shm0", "libxcb"),
    _Library("libxcb-sync.so.1", "libxcb-sync1", "libxcb"),
    _Library("libxcb-util.so.1", "libxcb-util1", "xcb-util"),
    _Library("libxcb-xfixes.so.0", "libxcb-xfixes0", "libxcb"),
    _Library("libxcb-xkb.so.1", "libxcb-xkb1", "libxcb"),
    _Library("libxkbcommon-x11.so.0", "libxkbcommon-x11-0", "libxkbcommon-x11"),
)
_WAYLAND = (
    _Library("libwayland-client.so.0", "libwayland-client0", "libwayland-client"),
    _Library("libwayland-cursor.so.0", "libwayland-cursor0", "libwayland-cursor"),
    _Library("libwayland-egl.so.1", "libwayland-egl1", "libwayland-egl"),
)
_BY_NAME = {library.soname: library for library in (*_ALWAYS, *_X11, *_WAYLAND)}
_PLATFORMS = {"xcb": _X11, "wayland": _WAYLAND, "wayland-egl": _WAYLAND}


def missing_qt_libraries(
    environ: Mapping[str, str] = os.environ, loadable: Callable[[str], bool] | None = None
) -> list[str]:
    """The system libraries that Qt needs for the screen in use and that cannot be loaded; none but on Linux.

    Args:
        environ: Tells the screen in use: ``QT_QPA_PLATFORM``, ``WAYLAND_DISPLAY``, ``DISPLAY``.
        loadable: Tells whether the library of that name can be loaded; the system's loader unless given.
    """
    if not sys.platform.startswith("linux"):
        return []
    check = loadable or _can_load
    screens = _screens(environ)
    lacking = [[library.soname for library in (*_ALWAYS, *screen) if not check(library.soname)] for screen in screens]
    return next((missing for missing in lacking if not missing), lacking[0])


def window_obstacle(
    environ: Mapping[str, str] = os.environ,
    loadable: Callable[[str], bool] | None = None,
    answers: Callable[[str], bool] | None = None,
) -> str | None:
    """Why no window can be shown here, with what to do about it; None where nothing is in the way.

    Args:
        environ: Tells the screen in use.
        loadable: Tells whether a system library can be loaded.
        answers: Tells whether the X server of that name answers.
    """
    missing = missing_qt_libraries(environ, loadable)
    if missing:
        return _sentence(missing)
    if not sys.platform.startswith("linux") or environ.get("QT_QPA_PLATFORM"):
        return None
    if environ.get("WAYLAND_DISPLAY"):
        return None
    without = "The commands work without one: sheetferry import FILE."
    display = environ.get("DISPLAY")
    if not display:
        return f"There is no screen here to show a window on (DISPLAY and WAYLAND_DISPLAY are not set). {without}"
    if not (answers or _x_server_answers)(display):
        return f"The screen {display!r} (DISPLAY) does not answer. {without}"
    return None


def debian_packages(sonames: Iterable[str]) -> list[str]:
    """The Debian packages of missing libraries, each once."""
    return list(dict.fromkeys(_BY_NAME[soname].debian for soname in sonames))


def _sentence(missing: list[str]) -> str:
    fedora = " ".join(dict.fromkeys(_BY_NAME[soname].fedora for soname in missing))
    named = ", ".join(missing[:3]) + (f" and {len(missing) - 3} more" if len(missing) > 3 else "")
    return (
        f"The window needs system libraries that are not installed ({named}). "
        f"On Debian and Ubuntu: sudo apt install {' '.join(debian_packages(missing))}. "
        f"On Fedora: sudo dnf install {fedora}."
    )


def _screens(environ: Mapping[str, str]) -> list[tuple[_Library, ...]]:
    """The libraries of each screen that Qt would try, in its order: one of them must be complete."""
    platforms = [part.split(":")[0] for part in environ.get("QT_QPA_PLATFORM", "").split(";") if part]
    if not platforms:
        platforms += ["wayland"] if environ.get("WAYLAND_DISPLAY") else []
        platforms += ["xcb"] if environ.get("DISPLAY") else []
    return [_PLATFORMS.get(platform, ()) for platform in platforms or ["offscreen"]]


def _can_load(soname: str) -> bool:
    try:
        ctypes.CDLL(soname)
    except OSError:
        return False
    return True


def _x_server_answers(display: str) -> bool:
    """Open and close one connection, as Qt's platform plug-in will."""
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connect.argtypes = [ctypes.c_char_p, ctypes.c_void_p]
    xcb.xcb_connection_has_error.argtypes = [ctypes.c_void_p]
    xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(display.encode(), None)
    failed = bool(xcb.xcb_connection_has_error(connection))
    xcb.xcb_disconnect(connection)
    return not failed
