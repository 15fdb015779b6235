"""Colours, type, spacing and icons of the window, for light and dark.

Take a `Theme` in the constructor, ask it for ``color``, ``em``, ``font``, ``icon`` and repaint on ``changed``.
"""

from widgets.theme.theme import ColorMode, Theme

__all__ = ["ColorMode", "Theme"]
