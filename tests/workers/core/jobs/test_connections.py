"""The budget of connections: what jobs may hold, why they wait, and a machine whose jobs go to servers that fill up."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workers.core.jobs import events as ev
from workers.core.jobs import instructions as ins
from workers.core.jobs.connection_budget import (
    Allowance,
    ConnectionRules,
    ServerConnections,
    allowance,
    mark,
    server_key,
    waits_for_connection,
    why_waiting,
)
from workers.core.jobs.machine import PoolMachine
from workers.core.jobs.pool_sizes import PoolSizes, share_apart
from workers.core.jobs.snapshots import JobKind, JobSnapshot, JobState
from workers.core.jobs.spec import JobLimits, JobSpec, PoolPolicy
from workers.core.model.errors import ErrorInfo
from workers.core.model.options import ImportOptions
from workers.core.model.tasks import BackendStarted, ImportRequest, Target

HERE, THERE = Target("db.example", 5432, "u", "d"), Target("other.example", 5432, "u", "d")
FULL = ErrorInfo("too-many-connections", "The database server db.example has no free connection.")


def reading(limit: int, used: int, *names: str, reserved: int = 3, room: int | None = None) -> ServerConnections:
    """A server on which `used` sessions are others', and ours have these names."""
    return ServerConnections(limit, reserved, len(names), used, names, room)


# ---- the figures


@given(
    size=st.integers(1, 60),
    overflow=st.integers(0, 40),
    limit=st.integers(1, 300),
    others=st.integers(0, 320),
    jobs=st.integers(0, 60),
    window=st.integers(0, 6),
    apart=st.integers(1, 5),
    room=st.none() | st.integers(0, 50),
)
def test_what_is_held_stays_inside_the_budget_and_one_job_may_always_run(
    size: int, overflow: int, limit: int, others: int, jobs: int, window: int, apart: int, room: int | None
) -> None:
    rules = ConnectionRules(PoolSizes(size, overflow), apart, frozenset({"sheetferry/window-7"}))
    ours = [f"sheetferry/import-{n:08x}" for n in range(jobs)] + ["sheetferry/window-7"] * window
    server = reading(limit, others, *ours, room=room)
    allowed = allowance(server, rules, {f"{n:08x}" for n in range(jobs)}).jobs
    free = limit - 3 - others
    budget = min(size + overflow, free - max(5, -(-limit // 10)))
    assert allowed + max(window, 1) <= max(budget, 1 + max(window, 1))
    assert allowed <= max(0, free - window)
    if free - window >= 1 and (room is None or jobs + room >= 1):
        assert allowed >= 1
    if room is not None:
        assert allowed <= jobs + room


def test_sessions_of_other_windows_and_machines_are_others() -> None:
    rules = ConnectionRules(PoolSizes(10, 10), 1, frozenset({"sheetferry/window-7"}))
    mine = reading(30, 10, "sheetferry/window-7", "sheetferry/import-aaaaaaaa")
    assert allowance(mine, rules, {"aaaaaaaa"}).jobs == 30 - 3 - 10 - 5 - 1
    theirs = replace(mine, names=("sheetferry/window-8", "sheetferry/import-bbbbbbbb"))
    assert allowance(theirs, rules, {"aaaaaaaa"}).jobs == 30 - 3 - 12 - 5 - 1


@pytest.mark.parametrize(("budget", "most", "share"), [(0, 5, 1), (2, 5, 1), (6, 5, 2), (20, 5, 5), (50, 1, 1)])
def test_a_third_is_kept_for_short_calls(budget: int, most: int, share: int) -> None:
    assert share_apart(budget, most) == share


def test_the_reason_has_the_figures() -> None:
    rules = ConnectionRules(PoolSizes(10, 10))
    assert why_waiting("db.example", None, 1, rules) == "waiting: the connections of db.example are being counted"
    assert why_waiting("db.example", Allowance(0), 0, rules) == "waiting: db.example has no free connection"
    crowded = allowance(reading(100, 85), rules, ())
    assert why_waiting("db.example", crowded, 1, rules) == (
        "waiting: 85 of 100 connections are in use on db.example, 10 stay free for others"
    )
    full = allowance(reading(100, 97), rules, ())
    assert full.jobs == 0
    assert why_waiting("db.example", full, 0, rules) == (
        "waiting: 97 of 100 connections are in use on db.example, 3 are kept for administrators"
    )
    limited = allowance(reading(100, 5, room=0), rules, ())
    assert "this user or database has all the connections" in why_waiting("db.example", limited, 0, rules)
    ours = allowance(reading(500, 5), rules, ())
    assert why_waiting("db.example", ours, 19, rules) == (
        "waiting: imports hold 19 connections to db.example, all that our pool of 20 lets them have"
    )


def test_the_built_in_server_is_one_server_wherever_it_moves() -> None:
    one, two = Target("/a", 1, "u", "d", embedded=True), Target("/b", 2, "u", "d", embedded=True)
    assert server_key(one) == server_key(two)
    assert server_key(HERE) != server_key(THERE)


# ---- the machine


class Shell:
    """Obeys the machine; every worker is ready at once, servers answer when the test says so."""

    def __init__(self, size: int = 4, sizes: PoolSizes | None = None) -> None:
        self.now = 0.0
        self.machine = PoolMachine(PoolPolicy(connections=ConnectionRules(sizes or PoolSizes())), size)
        self.running: dict[str, int] = {}
        self.questions: list[ins.CountConnections] = []
        self.feed(ev.ResourcesMeasured(0.0, 8 << 30, 8 << 30, size, size))

    def feed(self, event: ev.Event) -> None:
        queue = [event]
        while queue:
            for instruction in self.machine.handle(queue.pop(0)):
                match instruction:
                    case ins.Spawn(number, _):
                        queue += [ev.WorkerSpawned(self.now, number, 100 + number), ev.WorkerReady(self.now, number)]
                    case ins.SendTask(number, job_id, _, _):
                        self.running[job_id] = number
                    case ins.RequestSlots(count):
                        queue.append(ev.SlotsHeld(self.now, count))
                    case ins.CountConnections():
                        self.questions.append(instruction)
                    case _:
                        pass

    def submit(self, job_id: str, target: Target = HERE, *, interactive: bool = False) -> None:
        request = ImportRequest(job_id, "f.csv", ImportOptions(), target)
        kind = JobKind.REJECTS if interactive else JobKind.IMPORT
        limits = JobLimits(None, None, None)
        self.feed(
            ev.Submitted(self.now, JobSpec(job_id, kind, job_id, request, limits=limits, interactive=interactive))
        )

    def answer(self, figures: ServerConnections | None, *, full: bool = False) -> None:
        question = self.questions.pop(0)
        self.feed(ev.ConnectionsCounted(self.now, question.server, figures, full))

    def end(self, job_id: str, error: ErrorInfo | None = None) -> None:
        end = ev.TaskEnd.FAILED if error else ev.TaskEnd.DONE
        number = self.running.pop(job_id)
        self.feed(ev.TaskEnded(self.now, number, job_id, end, (), error, environment=error is not None))

    def pass_time(self, seconds: float) -> None:
        """Let time pass, with a tick whenever the machine wants one."""
        end = self.now + seconds
        while (due := self.machine.next_due()) is not None and due <= end:
            assert due > self.now, "a machine that wants to be woken now would never sleep"
            self.now = due
            self.feed(ev.Tick(self.now))
        self.now = end

    def job(self, job_id: str) -> JobSnapshot:
        found = self.machine.job_snapshot(job_id)
        assert found is not None
        return found


def test_the_first_job_starts_at_once_and_the_next_ones_wait_for_the_figures() -> None:
    shell = Shell()
    shell.submit("a" * 8)
    assert (list(shell.running), shell.questions) == (["a" * 8], []), "nobody needs to know yet"
    for name in "bcd":
        shell.submit(name * 8)
    assert len(shell.running) == 1
    assert shell.job("b" * 8).reason == "waiting: the connections of db.example are being counted"
    assert [q.target for q in shell.questions] == [HERE], "one question at a time"
    shell.answer(reading(15, 3, "sheetferry/import-aaaaaaaa", "sheetferry/watcher"))
    assert len(shell.running) == 2, "15 less 3 reserved, 4 that are no jobs, 5 kept: 3, less 1 apart"
    assert shell.job("c" * 8).reason == "waiting: 5 of 15 connections are in use on db.example, 5 stay free for others"


def test_a_connection_that_a_job_gives_back_goes_to_the_next_one_without_a_question() -> None:
    shell = Shell()
    for name in "abc":
        shell.submit(name * 8)
    shell.answer(reading(15, 4, "sheetferry/import-aaaaaaaa"))
    assert set(shell.running) == {"a" * 8, "b" * 8}
    shell.end("a" * 8)
    assert set(shell.running) == {"b" * 8, "c" * 8}
    assert shell.questions == []


def test_figures_are_read_again_while_somebody_waits_and_others_that_go_make_room() -> None:
    shell = Shell()
    for name in "abc":
        shell.submit(name * 8)
    shell.answer(reading(15, 12, "sheetferry/import-aaaaaaaa"))
    assert set(shell.running) == {"a" * 8}, "one may always run"
    shell.pass_time(2.5)
    assert len(shell.questions) == 1
    shell.answer(reading(15, 0, "sheetferry/import-aaaaaaaa"))
    assert len(shell.running) == 3
    shell.pass_time(60)
    assert shell.questions == [], "nobody waits any more"


def test_old_figures_let_nobody_in() -> None:
    shell = Shell()
    shell.submit("a" * 8)
    shell.submit("b" * 8)
    shell.answer(reading(100, 1, "sheetferry/import-aaaaaaaa"))
    shell.pass_time(600)
    shell.submit("c" * 8)
    assert "c" * 8 not in shell.running
    shell.answer(reading(100, 96, "sheetferry/import-aaaaaaaa", "sheetferry/import-bbbbbbbb"))
    assert "c" * 8 not in shell.running
    assert "98 of 100 connections" in shell.job("c" * 8).reason


def test_a_full_server_is_waited_for_without_using_up_tries() -> None:
    shell = Shell()
    shell.submit("a" * 8)
    for _ in range(10):
        shell.end("a" * 8, FULL)
        job = shell.job("a" * 8)
        assert (job.state, job.attempts) == (JobState.WAITING, 0)
        assert job.reason == "waiting: db.example has no free connection"
        for _ in range(10):
            shell.pass_time(2.5)
            shell.answer(None, full=True)
            assert not shell.running, "it is asked, not tried, while it says that it is full"
        shell.pass_time(2.5)
        shell.answer(reading(15, 2))
        assert list(shell.running) == ["a" * 8]
        assert not shell.questions
    shell.end("a" * 8)
    assert shell.job("a" * 8).state is JobState.DONE


def test_a_server_that_turns_jobs_away_whatever_it_says_is_tried_less_and_less_often() -> None:
    shell = Shell()
    shell.submit("a" * 8)
    pauses = []
    for _ in range(8):
        shell.end("a" * 8, FULL)
        begun = shell.now
        while not shell.running:
            shell.pass_time(0.5)
            while shell.questions:
                shell.answer(reading(100, 2))
        pauses.append(shell.now - begun)
    assert pauses == sorted(pauses)
    assert 10 <= pauses[-1] <= 20


def test_a_server_that_cannot_be_asked_is_left_to_our_own_limits() -> None:
    shell = Shell(size=10)
    for n in range(10):
        shell.submit(f"{n}" * 8)
    shell.answer(None)
    assert len(shell.running) == 10
    shell = Shell(sizes=PoolSizes(2, 1))
    for name in "abcd":
        shell.submit(name * 8)
    shell.answer(None)
    assert len(shell.running) == 2
    assert "all that our pool of 3 lets them have" in shell.job("d" * 8).reason


def test_what_was_known_holds_on_when_a_server_stops_answering() -> None:
    shell = Shell()
    for name in "abcd":
        shell.submit(name * 8)
    shell.answer(reading(15, 4, "sheetferry/import-aaaaaaaa"))
    assert len(shell.running) == 2
    shell.pass_time(2.5)
    shell.answer(None)
    assert len(shell.running) == 2
    shell.pass_time(300)
    assert len(shell.running) == 2, "nor does silence let anybody in"


def test_each_server_has_a_budget_of_its_own() -> None:
    shell = Shell()
    for name in "ab":
        shell.submit(name * 8)
    shell.answer(reading(15, 14, "sheetferry/import-aaaaaaaa"))
    assert set(shell.running) == {"a" * 8}
    shell.submit("c" * 8, THERE)
    assert set(shell.running) == {"a" * 8, "c" * 8}, "the one that waits does not hold up the line"


def test_jobs_without_a_database_need_no_connection() -> None:
    shell = Shell()
    shell.submit("a" * 8)
    shell.submit("b" * 8)
    shell.feed(ev.Submitted(shell.now, JobSpec("c" * 8, JobKind.INSPECT, "c")))
    assert "c" * 8 in shell.running


def test_a_job_of_the_interactive_worker_counts_and_waits_too() -> None:
    shell = Shell()
    shell.submit("a" * 8)
    shell.submit("b" * 8, interactive=True)
    assert set(shell.running) == {"a" * 8}
    shell.answer(reading(15, 4, "sheetferry/import-aaaaaaaa"))
    assert set(shell.running) == {"a" * 8, "b" * 8}
    shell.submit("c" * 8)
    assert waits_for_connection(shell.job("c" * 8).reason)
    assert shell.machine.pool_snapshot(shell.now).connections == 2


def test_a_reason_goes_when_it_is_no_longer_what_is_waited_for() -> None:
    shell = Shell(size=2)
    for name in "abc":
        shell.submit(name * 8)
    shell.answer(reading(15, 12, "sheetferry/import-aaaaaaaa"))
    assert waits_for_connection(shell.job("c" * 8).reason)
    shell.pass_time(2.5)
    shell.answer(reading(15, 0, "sheetferry/import-aaaaaaaa"))
    assert set(shell.running) == {"a" * 8, "b" * 8}
    assert shell.job("c" * 8).reason == "waiting for a free worker"


def test_one_that_connected_makes_the_server_trusted_again() -> None:
    shell = Shell()
    shell.submit("a" * 8)
    for _ in range(5):
        shell.end("a" * 8, FULL)
        while not shell.running:
            shell.pass_time(0.5)
            while shell.questions:
                shell.answer(reading(100, 2))
    backend = BackendStarted("i", 1, "", "", "sheetferry/import-aaaaaaaa")
    shell.feed(ev.BackendReported(shell.now, shell.running["a" * 8], "a" * 8, backend))
    shell.end("a" * 8)
    shell.submit("b" * 8)
    shell.end("b" * 8, FULL)
    begun = shell.now
    while not shell.running:
        shell.pass_time(0.25)
        while shell.questions:
            shell.answer(reading(100, 2))
    assert shell.now - begun <= 3


def test_other_rules_hold_from_the_next_count_on() -> None:
    shell = Shell()
    for name in "abcd":
        shell.submit(name * 8)
    shell.answer(reading(100, 4, "sheetferry/import-aaaaaaaa"))
    assert len(shell.running) == 4
    shell.feed(ev.PolicyChanged(shell.now, PoolPolicy(connections=ConnectionRules(PoolSizes(1, 1)))))
    for name in "abc":
        shell.end(name * 8)
    shell.submit("e" * 8)
    shell.answer(reading(100, 4, "sheetferry/import-dddddddd"))
    assert set(shell.running) == {"d" * 8}


def test_marks_are_what_sessions_carry() -> None:
    request = ImportRequest("12345678-abcd-4000-8000-000000000000", "f", ImportOptions(), HERE)
    assert request.role == f"import-{mark(request.job_id)}"
