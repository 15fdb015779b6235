"""Unknown imports are asked about when the server is back, again and again while it answers, and no longer."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QObject, Signal
from pytestqt.qtbot import QtBot

from app.presenters.database import DatabaseFlow
from app.presenters.in_doubt import SettlingFlow
from workers.core.jobs.snapshots import JobKind, JobSnapshot, JobState


class Database(QObject):
    reached = Signal(object)
    current: object | None = None


def job(state: JobState) -> JobSnapshot:
    return JobSnapshot("j1", JobKind.IMPORT, "a.xlsx", "d", state)


def test_the_server_is_asked_when_it_is_back_and_again_until_it_is_known(qtbot: QtBot) -> None:
    database, asked = Database(), []
    flow = SettlingFlow(cast(DatabaseFlow, database), lambda: asked.append(1), again=10)
    database.current = "there"
    database.reached.emit(None)
    assert not asked, "nothing is unknown yet"
    database.current = None
    flow.take_jobs((job(JobState.UNKNOWN),))
    qtbot.wait(50)
    assert not asked, "there is nobody to ask"
    database.current = "there"
    database.reached.emit(None)
    assert asked
    flow.take_jobs((job(JobState.IN_DOUBT),))
    flow.take_jobs((job(JobState.UNKNOWN),))
    before = len(asked)
    qtbot.waitUntil(lambda: len(asked) > before + 1, timeout=30_000)
    flow.take_jobs((job(JobState.DONE),))
    before = len(asked)
    database.reached.emit(None)
    assert len(asked) == before
