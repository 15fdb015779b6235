"""Large messages between our processes are pickles: only what we wrote ourselves is read."""

from __future__ import annotations

import os
import pickle
import sys
from multiprocessing import Pipe
from pathlib import Path

import pytest

from workers.pool.durable.spool_folders import claim_spool
from workers.pool.process.channel import LARGEST_IN_PIPE, Receiver, Sender, Spool

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="access by mode bits")


class _Bomb:
    """Leaves a trace when it is unpickled."""

    def __init__(self, trace: Path) -> None:
        self._trace = trace

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return Path.touch, (self._trace,)  # type: ignore[return-value]  # what a pickle may say


@pytest.mark.parametrize("planted", ["link", "writable", "stranger"])
def test_a_planted_message_is_not_unpickled(tmp_path: Path, planted: str) -> None:
    spool, release = claim_spool(tmp_path / "spool")
    reading, writing = Pipe(duplex=False)
    sender, receiver = Sender(writing, spool, "w1-"), Receiver(reading, spool)
    sender.send("x" * (LARGEST_IN_PIPE + 1))
    (message,) = spool.folder.glob("w1-*")
    trace, bomb = tmp_path / "trace", tmp_path / "bomb"
    bomb.write_bytes(pickle.dumps(_Bomb(trace)))
    message.unlink()
    if planted == "link":
        message.symlink_to(bomb)
    else:
        bomb.rename(message)
        message.chmod(0o666 if planted == "writable" else 0o600)
        if planted == "stranger":
            if os.geteuid() != 0:
                pytest.skip("only root can give a file away")
            os.chown(message, 54321, 54321)
    with pytest.raises(OSError, match=r"not permitted|symbolic link|symlink"):
        receiver.receive()
    assert not trace.exists()
    release()


def test_a_spool_is_never_a_folder_that_was_there(tmp_path: Path) -> None:
    (tmp_path / "w").mkdir()
    with pytest.raises(FileExistsError):
        Spool(tmp_path / "w").create()


def test_no_spool_is_made_where_others_may_write(tmp_path: Path) -> None:
    parent = tmp_path / "spool"
    parent.mkdir()
    parent.chmod(0o777)
    with pytest.raises(PermissionError):
        claim_spool(parent)
