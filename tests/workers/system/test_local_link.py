"""A private line: who knows the key comes in, nobody else, and nothing of it stays."""

from __future__ import annotations

import threading
import time
from multiprocessing import AuthenticationError
from pathlib import Path

import pytest

from workers.core.model.prefetch_request import Meeting
from workers.system.local_link import LinkListener, connect


def _gone(path: Path) -> bool:
    end = time.monotonic() + 5.0
    while path.exists() and time.monotonic() < end:
        time.sleep(0.01)
    return not path.exists()


def test_a_visitor_with_the_key_comes_in(tmp_path: Path) -> None:
    listener = LinkListener(tmp_path / "listener")
    visitor = connect(listener.meeting)
    line = listener.visitor(5.0)
    assert line is not None
    visitor.send_bytes(b"rows")
    assert line.recv_bytes() == b"rows"
    visitor.close()
    listener.close()
    assert _gone(tmp_path / "listener")


def test_who_does_not_know_the_key_stays_outside(tmp_path: Path) -> None:
    listener = LinkListener(tmp_path / "listener")
    with pytest.raises(AuthenticationError):
        connect(Meeting(listener.meeting.address, b"guessed"))
    assert listener.visitor(0.0) is None
    visitor = connect(listener.meeting)
    assert listener.visitor(5.0) is not None
    visitor.close()
    listener.close()


def test_the_key_does_not_show(tmp_path: Path) -> None:
    listener = LinkListener(tmp_path / "listener")
    assert repr(listener.meeting.key) not in repr(listener.meeting)
    listener.close()


def test_a_listener_that_nobody_came_to_is_shut_and_leaves_nothing(tmp_path: Path) -> None:
    before = threading.active_count()
    listener = LinkListener(tmp_path / "listener")
    listener.close()
    assert _gone(tmp_path / "listener")
    end = time.monotonic() + 5.0
    while threading.active_count() > before and time.monotonic() < end:
        time.sleep(0.01)
    assert threading.active_count() <= before
    assert listener.visitor(0.0) is None
    with pytest.raises((FileNotFoundError, ConnectionError)):
        connect(listener.meeting)


def test_giving_up_ends_the_waiting_at_once(tmp_path: Path) -> None:
    listener = LinkListener(tmp_path / "listener")
    threading.Timer(0.05, listener.give_up).start()
    began = time.monotonic()
    assert listener.visitor(30.0) is None
    assert time.monotonic() - began < 10.0
    listener.close()


def test_where_a_path_is_too_long_for_a_socket_there_is_the_loopback(tmp_path: Path) -> None:
    listener = LinkListener(tmp_path / ("d" * 120))
    visitor = connect(listener.meeting)
    line = listener.visitor(5.0)
    assert line is not None
    line.send_bytes(b"x")
    assert visitor.recv_bytes() == b"x"
    visitor.close()
    listener.close()
