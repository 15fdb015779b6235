"""A forest of decision trees, kept as plain data, that says how likely each role of a line is.

It is grown by `tests/training/grow_forest.py` from sheets labelled by hand; to ask it takes nothing but comparisons.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import resources
from workers.core.model.errors import BugError

FORMAT: Final = 1
_LEAF: Final = -1


@dataclass(frozen=True, slots=True)
class Tree:
    """One tree; the nodes of a pair of branches lie anywhere after their parent, the root first.

    Attributes:
        figures: Per node which figure is compared, or -1 for a leaf.
        limits: Per node the limit; at most so much goes left.
        left: Per node the place of its left branch.
        right: Per node the place of its right branch.
        shares: Per node the likelihood of each role, in per mille; of leaves only.
    """

    figures: tuple[int, ...]
    limits: tuple[float, ...]
    left: tuple[int, ...]
    right: tuple[int, ...]
    shares: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Forest:
    """Trees that vote.

    Attributes:
        names: The figures that it asks for, in their order.
        trees: The trees.
        corpus: SHA-256 over the labels and files that it was grown from.
        whole: What it found on publishers that it had not seen when it was grown, in words.
    """

    names: tuple[str, ...]
    trees: tuple[Tree, ...]
    corpus: str
    whole: str

    def shares(self, figures: Sequence[float]) -> tuple[float, ...]:
        """How likely each role is, as the mean of all trees; the figures stand in the order of `names`."""
        sums: list[int] = []
        for tree in self.trees:
            place = 0
            asked, limits, left, right = tree.figures, tree.limits, tree.left, tree.right
            while (figure := asked[place]) != _LEAF:
                place = left[place] if figures[figure] <= limits[place] else right[place]
            votes = tree.shares[place]
            sums = [a + b for a, b in zip(sums, votes, strict=True)] if sums else list(votes)
        whole = sum(sums) or 1
        return tuple(votes / whole for votes in sums)


def from_json(data: dict[str, Any]) -> Forest:
    """The forest that a file describes.

    Raises:
        BugError: ``layout-forest`` for a file of another format than ours.
    """
    if data.get("format") != FORMAT:
        raise BugError.of("layout-forest", f"The layout forest has format {data.get('format')!r}, not {FORMAT}.")
    trees = tuple(
        Tree(
            tuple(tree["figures"]),
            tuple(tree["limits"]),
            tuple(tree["left"]),
            tuple(tree["right"]),
            tuple(tuple(shares) for shares in tree["shares"]),
        )
        for tree in data["trees"]
    )
    return Forest(tuple(data["names"]), trees, data["corpus"], data["whole"])


@cache
def line_forest() -> Forest:
    """The forest for the lines of a sheet that the program comes with."""
    return from_json(json.loads(resources.path("layout/lines.json").read_text(encoding="utf-8")))
