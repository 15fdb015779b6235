#!/usr/bin/env python3
"""Writes ``constraints.txt`` and ``constraints.hashes`` of what `.ci/pin` has resolved.

The list of hashes has a section for the program and one for each dependency group, so that the set-up can install by it
what is wanted and nothing else. Neither names a package index.
"""

from __future__ import annotations

import sys
from pathlib import Path

_ROOT = Path(__file__).parents[1]
_HEAD = (
    "# Written by .ci/pin: every file that the pinned versions may come as. Sections: the program, then each group.\n"
)


def main(everything: str, program: str) -> None:
    """Sort the pins of `everything`, with their hashes, by whether `program` has them."""
    pins = _pins(Path(everything).read_text(encoding="utf-8"))
    ours = {_name(line) for line in Path(program).read_text(encoding="utf-8").splitlines() if "==" in line}
    lines = [pin.splitlines()[0].removesuffix("\\").strip() for pin in pins]
    versions = [_without_extras(line) for line in sorted(lines, key=_name)]
    (_ROOT / "constraints.txt").write_text("\n".join(versions) + "\n", encoding="utf-8")
    sections = {"program": [p for p in pins if _name(p) in ours], "dev": [p for p in pins if _name(p) not in ours]}
    text = _HEAD + "".join(f"# [{name}]\n" + "".join(found) for name, found in sections.items())
    (_ROOT / "constraints.hashes").write_text(text, encoding="utf-8")


def _pins(text: str) -> list[str]:
    """Each pin with the lines of its hashes."""
    pins: list[str] = []
    for line in text.splitlines(keepends=True):
        if line[:1].isalnum():
            pins.append(line)
        elif pins:
            pins[-1] += line
    return pins


def _name(pin: str) -> str:
    return pin.partition("==")[0].partition("[")[0]


def _without_extras(pin: str) -> str:
    return _name(pin) + "==" + pin.partition("==")[2]


if __name__ == "__main__":
    main(*sys.argv[1:])
