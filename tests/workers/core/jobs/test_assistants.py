"""Idle workers are lent to running jobs, last of all, and come back."""

from __future__ import annotations

from tests.workers.core.jobs.test_rules import GB, Shell
from workers.core.jobs import events as ev
from workers.core.jobs import instructions as ins
from workers.core.jobs.assistants import ASSISTANT_CLAIM
from workers.core.jobs.snapshots import JobKind, JobState
from workers.core.jobs.spec import PoolPolicy
from workers.core.jobs.states import WorkerState


class Lender(Shell):
    """A shell in which the first job runs and asks for an assistant."""

    def __init__(self, size: int = 2, policy: PoolPolicy | None = None) -> None:
        self.slot_limit = 9
        self.slow = False
        super().__init__(policy, size)
        self.submit("big")
        self.loader = next(number for number, job in self.running.items() if job == "big")

    def feed(self, event: ev.Event) -> None:
        queue = [event]
        while queue:
            for instruction in self.machine.handle(queue.pop(0)):
                self.instructions.append(instruction)
                match instruction:
                    case ins.Spawn(number):
                        queue.append(ev.WorkerSpawned(self.now, number, number))
                        if not self.slow:
                            queue.append(ev.WorkerReady(self.now, number))
                    case ins.SendTask(number, job_id):
                        self.running[number] = job_id
                    case ins.RequestSlots(count):
                        held = min(count, self.slot_limit)
                        queue.append(ev.SlotsHeld(self.now, held, held < count))

    def ask(self) -> None:
        self.feed(ev.AssistantWanted(self.now, self.loader, "big", "read this"))

    def lent(self) -> list[ins.SendTask]:
        return [i for i in self.instructions if isinstance(i, ins.SendTask) and i.kind is JobKind.ASSIST]

    def refused(self) -> bool:
        return ins.RefuseAssistant(self.loader, "big") in self.instructions

    def assistant(self) -> int:
        return next(w.number for w in self.machine.fleet.workers.values() if w.assists == "big")

    def told(self, kind: type[ins.Instruction], number: int) -> bool:
        return any(isinstance(i, kind) and getattr(i, "number", None) == number for i in self.instructions)


def test_an_idle_worker_is_lent_with_what_the_loader_asks() -> None:
    shell = Lender()
    shell.ask()
    (task,) = shell.lent()
    assert (task.job_id, task.request) == ("big", "read this")
    assert task.number != shell.loader
    assert shell.machine.accounts.totals.cores == 2
    assert shell.machine.accounts.totals.memory == ASSISTANT_CLAIM
    shown = next(w for w in shell.machine.pool_snapshot(0.0).workers if w.number == task.number)
    assert (shown.state, shown.task, shown.job_id) == ("busy", "big", None)


def test_with_one_worker_there_is_nobody_to_lend() -> None:
    shell = Lender(size=1)
    shell.ask()
    assert not shell.lent()
    assert shell.refused()


def test_nobody_is_lent_while_a_job_waits() -> None:
    shell = Lender()
    shell.feed(ev.HoldChanged(shell.now, "by hand"))
    shell.submit("second")
    shell.ask()
    assert not shell.lent()
    assert shell.refused()


def test_nobody_is_lent_where_memory_is_short() -> None:
    shell = Lender()
    shell.feed(ev.ResourcesMeasured(shell.now, ASSISTANT_CLAIM, 16 * GB, 4, 2))
    shell.ask()
    assert not shell.lent()
    assert shell.refused()


def test_other_instances_keep_their_slots() -> None:
    shell = Lender()
    shell.slot_limit = 1
    shell.ask()
    assert not shell.lent()
    assert shell.refused()
    asked = [i.count for i in shell.instructions if isinstance(i, ins.RequestSlots)]
    assert asked[-1] == 1, "the wish for another slot is withdrawn"
    shell.slot_limit = 2
    shell.ask()
    assert len(shell.lent()) == 1


def test_a_worker_is_started_for_a_wish_that_there_is_room_for() -> None:
    shell = Lender(policy=PoolPolicy(prestart=False))
    assert len(shell.machine.fleet.workers) == 1
    shell.ask()
    assert len(shell.lent()) == 1


def test_a_waiting_job_calls_the_assistant_back() -> None:
    shell = Lender()
    shell.ask()
    number = shell.assistant()
    shell.submit("second")
    assert ins.SendCancel(number, "big") in shell.instructions
    assert shell.machine.fleet.workers[number].state is WorkerState.CANCELLING
    shell.feed(ev.TaskEnded(shell.now, number, "big", ev.TaskEnd.CANCELLED))
    assert shell.running[number] == "second"
    assert shell.machine.jobs["big"].state is JobState.RUNNING


def test_when_the_job_is_over_its_assistant_is_let_go_and_killed_if_it_stays() -> None:
    shell = Lender()
    shell.ask()
    number = shell.assistant()
    shell.feed(ev.TaskEnded(shell.now, shell.loader, "big", ev.TaskEnd.DONE))
    assert ins.SendCancel(number, "big") in shell.instructions
    assert not shell.told(ins.Kill, number)
    due = shell.machine.next_due()
    assert due is not None
    shell.later(due - shell.now)
    assert shell.told(ins.Kill, number)


def test_an_assistant_that_dies_costs_the_job_nothing() -> None:
    shell = Lender()
    shell.ask()
    shell.feed(ev.WorkerDied(shell.now, shell.assistant(), -9))
    job = shell.machine.jobs["big"]
    assert (job.state, job.deaths) == (JobState.RUNNING, 0)
    assert shell.machine.accounts.totals.cores == 1


def test_an_assistant_that_takes_too_much_memory_is_killed() -> None:
    shell = Lender(policy=PoolPolicy(worker_memory=GB))
    shell.ask()
    number = shell.assistant()
    shell.feed(ev.Heartbeat(shell.now, number, 2 * GB, 50.0, 2 * GB))
    assert shell.told(ins.Kill, number)


def test_a_wish_that_could_not_be_granted_in_time_is_refused() -> None:
    shell = Lender(policy=PoolPolicy(prestart=False))
    shell.slow = True
    shell.ask()
    assert not shell.lent()
    assert not shell.refused()
    shell.later(1.0)
    assert shell.refused()
