"""Finds the benchmarks: every ``*_bench.py`` here."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

Bench: TypeAlias = Callable[[], dict[str, Any]]


def discover(folder: Path) -> dict[str, Bench]:
    """Each benchmark's function by its name, in the order of the names.

    Raises:
        ValueError: if two modules have the same NAME.
    """
    benches: dict[str, Bench] = {}
    for path in sorted(folder.glob("*_bench.py")):
        module = importlib.import_module(f"tests.benchmarks.{path.stem}")
        if module.NAME in benches:
            raise ValueError(f"two benchmarks are called {module.NAME}")
        benches[module.NAME] = module.run
    return dict(sorted(benches.items()))
