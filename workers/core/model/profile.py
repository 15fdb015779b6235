"""Which of the two sets of defaults a run takes."""

from __future__ import annotations

from typing import Literal, TypeAlias

Profile: TypeAlias = Literal["development", "production"]
