"""The endpoint answers with the token only, on the loopback address only, and what it says can be parsed."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import select
import socket
import stat
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from prometheus_client.parser import text_string_to_metric_families

from workers.core.jobs.snapshots import PoolSnapshot, WorkerSnapshot
from workers.core.metrics.samples import DatabaseSample, DatabaseState, MachineSample, Sample
from workers.core.model.errors import EnvironmentFailure, UserError
from workers.core.model.tasks import Secret
from workers.monitor.http_endpoint import MOST_CONNECTIONS, HttpEndpoint, check_address, endpoint_token
from workers.monitor.status import HealthCheck, PlannedSizes, status_object

TOKEN = Secret("t" * 40)
PLANNED = PlannedSizes(7, 20, 10, 5, "postgresql://ana@host/base")


def status(*, ok: bool = True) -> dict[str, Any]:
    worker = WorkerSnapshot(1, 4711, "busy", task='a "quoted" task', cpu_percent=90, rss=1000)
    sample = Sample(
        1,
        1,
        MachineSample(50, 4, 4, 1000, 600, 400, 1000, 60),
        pool=PoolSnapshot(7, 7, 8, busy=1, idle=6, waiting=3, workers=(worker,)),
        database=DatabaseSample(
            DatabaseState.CONNECTED, server_connections=5, max_connections=100, by_state=(("idle in transaction", 2),)
        ),
    )
    return status_object(sample, PLANNED, health=[HealthCheck("supervisor", ok)])


@pytest.fixture
def endpoint() -> Iterator[HttpEndpoint]:
    served = HttpEndpoint(status, TOKEN)
    yield served
    served.close()


def get(endpoint: HttpEndpoint, path: str, token: str | None = TOKEN) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", endpoint.port, timeout=60)
    headers = {} if token is None else {"Authorization": f"Bearer {token}"}
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, body


@pytest.mark.parametrize("path", ["/metrics", "/health", "/api/system/resource-usage", "/nowhere"])
@pytest.mark.parametrize("token", [None, "", "wrong", "t" * 39])
def test_without_the_token_there_is_no_answer(endpoint: HttpEndpoint, path: str, token: str | None) -> None:
    code, body = get(endpoint, path, token)
    assert code == 401
    assert b"cpu" not in body


def test_metrics_can_be_read_by_a_prometheus_parser(endpoint: HttpEndpoint) -> None:
    code, body = get(endpoint, "/metrics")
    assert code == 200
    families = {f.name: f for f in text_string_to_metric_families(body.decode())}
    assert families["sheetferry_pool_waiting_jobs"].samples[0].value == 3
    assert families["sheetferry_machine_cpu_percent"].samples[0].value == 50
    session = families["sheetferry_database_sessions"].samples[0]
    assert (session.labels, session.value) == ({"state": "idle in transaction"}, 2)
    assert families["sheetferry_worker_memory_bytes"].samples[0].labels == {"worker": "1"}


def test_the_json_paths_give_their_parts(endpoint: HttpEndpoint) -> None:
    assert json.loads(get(endpoint, "/api/system/resource-usage")[1])["cpu_percent"] == 50
    stats = json.loads(get(endpoint, "/api/system/executor-stats?x=1")[1])
    assert (stats["pool"]["waiting"], stats["io"]["threads"]) == (3, 20)
    assert json.loads(get(endpoint, "/api/system/db-pool-stats")[1])["max_connections"] == 100
    assert json.loads(get(endpoint, "/health")[1])["ok"] is True
    assert get(endpoint, "/nowhere")[0] == 404


def test_ill_health_is_said_by_the_status_code() -> None:
    served = HttpEndpoint(lambda: status(ok=False), TOKEN)
    try:
        assert get(served, "/health")[0] == 503
    finally:
        served.close()


def test_an_address_beyond_loopback_must_be_meant_twice() -> None:
    with pytest.raises(UserError, match="other computers"):
        HttpEndpoint(status, TOKEN, address="0.0.0.0")
    check_address("0.0.0.0", beyond_loopback=True)
    for loopback in ("127.0.0.1", "::1", "localhost"):
        check_address(loopback, beyond_loopback=False)


def test_a_port_in_use_is_said(endpoint: HttpEndpoint) -> None:
    with pytest.raises(EnvironmentFailure) as caught:
        HttpEndpoint(status, TOKEN, port=endpoint.port)
    assert caught.value.info.kind == "port-in-use"


def test_the_token_is_random_kept_and_private(tmp_path: Path) -> None:
    token = endpoint_token(tmp_path)
    assert len(token) >= 32
    assert endpoint_token(tmp_path) == token
    (tmp_path / "other").mkdir()
    assert endpoint_token(tmp_path / "other") != token
    file = tmp_path / "endpoint-token"
    if os.name == "posix":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        file.chmod(0o644)
        with pytest.raises(EnvironmentFailure, match="read by others"):
            endpoint_token(tmp_path)
        file.chmod(0o600)
    file.write_text("")
    with pytest.raises(EnvironmentFailure, match="no token"):
        endpoint_token(tmp_path)


def test_figures_of_a_program_without_pool_or_database_are_never_null() -> None:
    bare = status_object(Sample(1, 1), PLANNED)
    nothing = {"busy": 0, "idle": 0, "waiting": 0, "hold_reason": "", "slow_reason": "", "worker_list": []}
    queries = {"workers": 3, "busy": 0, "idle": 0, "waiting": 0}
    assert bare["pool"] == {"workers": 7, "queries": queries, **nothing}
    database = bare["database"]
    assert (database["pool_size"], database["checked_out"], database["overflow"]) == (10, 0, 0)
    assert database["url_without_password"] == "postgresql://ana@host/base"
    assert not database["connected"]
    json.dumps(bare)


def test_visitors_who_only_hold_on_do_not_take_ever_more_threads(endpoint: HttpEndpoint) -> None:
    before = threading.active_count()
    address = ("127.0.0.1", endpoint.port)
    visitors = [socket.create_connection(address, timeout=60) for _ in range(3 * MOST_CONNECTIONS)]
    try:
        # Whoever is one too many is let go at once; the others are waited for with their first line.
        turned_away = 0
        while turned_away < 2 * MOST_CONNECTIONS:
            ready, _, _ = select.select(visitors, [], [], 60)
            assert ready, "nobody is turned away"
            for visitor in ready:
                assert visitor.recv(1) == b""
                visitors.remove(visitor)
                visitor.close()
                turned_away += 1
        assert threading.active_count() <= before + MOST_CONNECTIONS
    finally:
        for visitor in visitors:
            visitor.close()
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError, http.client.HTTPException):
            if get(endpoint, "/health")[0] == 200:
                return
    pytest.fail("there is no room for the next one")
