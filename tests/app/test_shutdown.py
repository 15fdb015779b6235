"""Closing the window: asks only when something runs, and ends in stages."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from app.shutdown import Ending, Shutdown


class Program:
    """What a shutdown ends, noting the order."""

    def __init__(self, running: int, answer: Ending = Ending.STAY) -> None:
        self.asked: list[tuple[int, int]] = []
        self.ended: list[str] = []
        self._answer = answer
        self.shutdown = Shutdown(
            running=lambda: running,
            waiting=lambda: 2,
            ask=self._ask,
            end_pool=lambda cancel, budget: self.ended.append("cancelled" if cancel else "drained"),
            close_services=lambda: self.ended.append("closed"),
        )

    def _ask(self, running: int, waiting: int) -> Ending:
        self.asked.append((running, waiting))
        return self._answer


def test_nothing_is_asked_when_nothing_runs(qtbot: QtBot) -> None:
    program = Program(running=0)
    with qtbot.waitSignal(program.shutdown.finished):
        program.shutdown.request()
    assert (program.asked, program.ended) == ([], ["cancelled", "closed"])


@pytest.mark.parametrize(("answer", "first"), [(Ending.WAIT, "drained"), (Ending.CANCEL, "cancelled")])
def test_running_imports_are_asked_about_once(qtbot: QtBot, answer: Ending, first: str) -> None:
    program = Program(running=1, answer=answer)
    with qtbot.waitSignal(program.shutdown.finished):
        program.shutdown.request()
        program.shutdown.request()
    assert (program.asked, program.ended) == ([(1, 2)], [first, "closed"])


def test_staying_leaves_everything_as_it_is(qtbot: QtBot) -> None:
    program = Program(running=1)
    program.shutdown.request()
    assert program.ended == []
