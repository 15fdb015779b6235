from __future__ import annotations

import threading

from pytestqt.qtbot import QtBot

from workers.bridges.query_bridge import QueryBridge
from workers.core.query.tracking import QuerySnapshot


def test_the_latest_of_each_query_arrives_on_the_ui_thread(qtbot: QtBot) -> None:
    bridge = QueryBridge(beat_ms=0)

    def send() -> None:
        for n in range(300):
            bridge.heard(QuerySnapshot(f"q{n % 3}", "", of=n))

    with qtbot.waitSignal(bridge.queries_changed) as caught:
        sender = threading.Thread(target=send)
        sender.start()
        sender.join()
    (snapshots,) = caught.args
    latest = {snapshot.query_id: snapshot.of for snapshot in snapshots}
    assert latest == {"q0": 297, "q1": 298, "q2": 299}
    with qtbot.waitSignal(bridge.queries_changed) as caught:
        bridge.heard(QuerySnapshot("q0", "", of=7))
    assert caught.args == [(QuerySnapshot("q0", "", of=7),)]
