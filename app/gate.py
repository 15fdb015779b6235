"""One gate, several keepers: the pool starts nothing while any of them has a reason."""

from __future__ import annotations

from collections.abc import Callable


class Gate:
    """Joins the reasons of several keepers (alerts, a lost database) into the pool's one gate. For one thread."""

    def __init__(self, shut: Callable[[str | None], object]) -> None:
        """`shut` takes the reason, or None to open."""
        self._shut = shut
        self._reasons: dict[str, str] = {}

    def hold(self, keeper: str, reason: str | None) -> None:
        """A keeper's reason, or None when it has none any more. The oldest reason is the one that is said."""
        before = next(iter(self._reasons.values()), None)
        if reason is None:
            self._reasons.pop(keeper, None)
        else:
            self._reasons[keeper] = reason
        now = next(iter(self._reasons.values()), None)
        if now != before:
            self._shut(now)
