"""The design tokens: read once from the resources, frozen."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import resources


@dataclass(frozen=True, slots=True)
class TypeStyle:
    """One step of the type scale: size as a multiple of the base font, and weight (400 normal, 600 strong)."""

    em: float
    weight: int


@dataclass(frozen=True, slots=True)
class Tokens:
    """All design tokens.

    Attributes:
        light: Colour name to ``#RRGGBB`` for the light scheme.
        dark: The same names for the dark scheme.
        type: Type scale by role (``caption``, ``small``, ``body``, ``strong``, ``heading``, ``title``, ``hero``,
            ``mono``).
        space: Spacing steps in px at a 13 px base font.
        radius: Corner radii in px at a 13 px base font.
        size: Control sizes in px at a 13 px base font.
        chart: Pen widths, alphas and margins of the charts.
        icons: Icon name to the inner part of its 20 x 20 SVG.
    """

    light: Mapping[str, str]
    dark: Mapping[str, str]
    type: Mapping[str, TypeStyle]
    space: Mapping[str, int]
    radius: Mapping[str, int]
    size: Mapping[str, float]
    chart: Mapping[str, Any]
    icons: Mapping[str, str]


def read_tokens() -> Tokens:
    """Read the tokens and icons that ship with the program."""
    raw = json.loads(resources.path("look/tokens.json").read_text(encoding="utf-8"))
    icons = json.loads(resources.path("look/icons.json").read_text(encoding="utf-8"))
    scale = {
        role: TypeStyle(float(step["em"]), int(step["weight"]))
        for role, step in raw["type"].items()
        if isinstance(step, dict)
    }
    return Tokens(
        light=MappingProxyType(raw["color"]["light"]),
        dark=MappingProxyType(raw["color"]["dark"]),
        type=MappingProxyType(scale),
        space=MappingProxyType(raw["spacing_px"]),
        radius=MappingProxyType(raw["radius_px"]),
        size=MappingProxyType(raw["size_px"]),
        chart=MappingProxyType(raw["chart"]),
        icons=MappingProxyType(icons),
    )
