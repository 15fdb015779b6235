"""A job's end never contradicts what is in the database: cancels, deaths and limits at every awkward moment."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.workers.core.jobs.test_rules import Shell
from workers.core.jobs import events as ev
from workers.core.jobs import instructions as ins
from workers.core.jobs.snapshots import JobState
from workers.core.jobs.spec import JobLimits
from workers.core.model.errors import ErrorInfo
from workers.core.model.options import ImportOptions
from workers.core.model.outcomes import ImportOutcome, ImportState
from workers.core.model.plans import SheetInfo, TablePlan
from workers.core.model.tasks import BackendStarted, ImportRequest, Target

JOB = "00000000-0000-0000-0000-000000000001"
JOB2 = "00000000-0000-0000-0000-000000000002"
LOADED, CANCELLED, FAILED, UNKNOWN = (
    ImportState.LOADED,
    ImportState.CANCELLED,
    ImportState.FAILED,
    ImportState.UNKNOWN,
)
Told = dict[str | None, ImportState]


class Truth(Shell):
    """One import job of a workbook with the sheets A, B, …, driven step by step."""

    def __init__(self, *, tables: tuple[TablePlan, ...] | None = None, **more: object) -> None:
        super().__init__()
        self.request = ImportRequest(JOB, "f.xlsx", ImportOptions(), Target("h", 1, "u", "d"), tables)
        self.submit(JOB, request=self.request, **more)

    @property
    def worker(self) -> int:
        return next(iter(self.running))

    def outcome(self, sheet: str, state: ImportState = LOADED, import_id: str = "") -> ImportOutcome:
        known = import_id or self.request.import_id(ord(sheet) - ord("A"), 0)
        return ImportOutcome(known, "f.xlsx", sheet, f"public.{sheet.lower()}", "create", state)

    def begin(self, sheet: str, *rest: str) -> None:
        backend = BackendStarted(
            self.outcome(sheet).import_id, 7, "2026", "9", "sheetferry/x", sheet, f"public.{sheet.lower()}", rest=rest
        )
        self.feed(ev.BackendReported(self.now, self.worker, JOB, backend))

    def report(self, sheet: str, state: ImportState = LOADED, import_id: str = "") -> None:
        self.feed(ev.OutcomeReported(self.now, self.worker, JOB, self.outcome(sheet, state, import_id)))

    def cancel(self) -> None:
        self.feed(ev.CancelRequested(self.now, JOB))

    def task_ends(self, end: ev.TaskEnd, error: ErrorInfo | None = None) -> None:
        number, job_id = self.running.popitem()
        self.feed(ev.TaskEnded(self.now, number, job_id, end, None, error, environment=error is not None))

    def killed(self) -> None:
        self.die(JOB)

    def database_says(self, verdict: ev.Verdict, *receipts: str) -> None:
        asked = [i for i in self.instructions if isinstance(i, ins.Settle)][-1]
        outcomes = tuple(self.outcome(sheet) for sheet in receipts)
        self.feed(ev.Settled(self.now, JOB, asked.backend.import_id, verdict, outcomes))

    @property
    def state(self) -> JobState:
        return self.look(JOB).state

    @property
    def told(self) -> Told:
        ended = [i.outcome for i in self.instructions if isinstance(i, ins.PublishOutcome)]
        assert len({o.import_id for o in ended}) == len(ended), "told twice"
        assert len({o.sheet for o in ended}) == len(ended), "two lines for one sheet"
        return {o.sheet: o.state for o in ended}


def plans(*sheets: str) -> tuple[TablePlan, ...]:
    return tuple(TablePlan(SheetInfo(ord(sheet) - ord("A"), sheet), 0, (1,), 2, None, ()) for sheet in sheets)


def test_death_between_the_outcome_and_the_end_of_the_task_is_done_at_once() -> None:
    job = Truth()
    job.begin("A")
    job.report("A")
    job.killed()
    assert (job.state, job.told) == (JobState.DONE, {"A": LOADED})


def test_killed_by_a_cancel_after_the_last_outcome_is_done_not_cancelled() -> None:
    job = Truth()
    job.begin("A")
    job.cancel()
    job.report("A")
    job.later(0.8)
    job.killed()
    assert (job.state, job.told) == (JobState.DONE, {"A": LOADED})
    assert "before it could be stopped" in job.look(JOB).reason


def test_a_cancel_that_the_commit_outran_is_done_by_the_databases_word() -> None:
    job = Truth()
    job.begin("A")
    job.cancel()
    job.later(0.8)
    job.killed()
    job.database_says("committed", "A")
    assert (job.state, job.told) == (JobState.DONE, {"A": LOADED})


def test_a_cancelled_task_that_had_nothing_left_is_done() -> None:
    job = Truth()
    job.begin("A")
    job.report("A")
    job.cancel()
    job.task_ends(ev.TaskEnd.CANCELLED)
    assert (job.state, job.told) == (JobState.DONE, {"A": LOADED})


def test_a_task_that_fails_after_its_last_table_is_done() -> None:
    job = Truth()
    job.begin("A")
    job.report("A")
    job.task_ends(ev.TaskEnd.FAILED, ErrorInfo("bug", "the file could not be closed"))
    assert (job.state, job.told) == (JobState.DONE, {"A": LOADED})


def test_a_cancel_while_it_waits_for_its_retry_tells_what_stays_and_what_is_left() -> None:
    job = Truth()
    job.begin("A", "B", "C")
    job.report("A")
    job.begin("B", "C")
    job.killed()
    job.database_says("rolled_back")
    assert job.state is JobState.WAITING
    job.cancel()
    assert (job.state, job.told) == (JobState.CANCELLED, {"A": LOADED, "B": CANCELLED, "C": CANCELLED})
    assert job.look(JOB).reason == "Cancelled. What had been loaded before stays: public.a."


def test_a_stopped_job_whose_commit_is_settled_tells_of_the_sheets_it_never_read() -> None:
    job = Truth()
    job.begin("A", "B", "C")
    job.cancel()
    job.later(0.8)
    job.killed()
    job.database_says("committed", "A")
    assert (job.state, job.told) == (JobState.CANCELLED, {"A": LOADED, "B": CANCELLED, "C": CANCELLED})


def test_a_cancel_while_the_database_is_asked_is_heeded() -> None:
    job = Truth()
    job.begin("A")
    job.killed()
    assert job.state is JobState.IN_DOUBT
    job.cancel()
    job.database_says("rolled_back")
    job.later(5.0)
    assert (job.state, job.told) == (JobState.CANCELLED, {"A": CANCELLED})
    assert job.started == [JOB]


def test_the_end_of_the_program_while_the_database_is_asked() -> None:
    job = Truth()
    job.begin("A")
    job.killed()
    job.feed(ev.ShutdownRequested(job.now, cancel=True, keep_waiting=True, deadline=job.now + 30))
    job.database_says("committed", "A")
    assert (job.state, job.told) == (JobState.DONE, {"A": LOADED})


def test_named_tables_that_were_not_begun_are_told_under_their_own_ids() -> None:
    job = Truth(tables=plans("A", "B"))
    job.begin("A", "B")
    job.report("A")
    job.cancel()
    job.task_ends(ev.TaskEnd.CANCELLED)
    assert (job.state, job.told) == (JobState.CANCELLED, {"A": LOADED, "B": CANCELLED})
    ids = {o.sheet: o.import_id for o in job.look(JOB).outcomes}
    assert ids["B"] == job.request.import_id(1, 0)


def test_a_table_that_was_unchanged_is_not_told_again_when_the_next_is_cancelled() -> None:
    job = Truth()
    job.begin("A", "B")
    job.report("A", ImportState.UNCHANGED, import_id="an earlier import")
    job.begin("B")
    job.report("B", CANCELLED)
    job.cancel()
    job.task_ends(ev.TaskEnd.CANCELLED)
    assert (job.state, job.told) == (JobState.CANCELLED, {"A": ImportState.UNCHANGED, "B": CANCELLED})


def test_a_limit_makes_the_table_under_way_fail_with_the_reason() -> None:
    job = Truth(limits=JobLimits(10.0, 12.0, None))
    job.begin("A", "B")
    job.report("A")
    job.begin("B")
    job.later(10.5)
    job.report("B", CANCELLED)
    job.task_ends(ev.TaskEnd.CANCELLED)
    assert (job.state, job.told) == (JobState.FAILED, {"A": LOADED, "B": FAILED})
    errors = [o.error.kind for o in job.look(JOB).outcomes if o.error]
    assert errors == ["timed-out"]


def test_a_lost_connection_fails_the_table_under_way_and_those_not_begun() -> None:
    job = Truth(retries=0)
    job.begin("A", "B", "C")
    job.report("A")
    job.begin("B", "C")
    job.task_ends(ev.TaskEnd.FAILED, ErrorInfo("connection-lost", "The server went away."))
    assert (job.state, job.told) == (JobState.FAILED, {"A": LOADED, "B": FAILED, "C": FAILED})


def test_when_the_database_cannot_be_asked_only_what_was_sent_is_unknown() -> None:
    job = Truth()
    job.begin("A", "B", "C")
    job.report("A")
    job.begin("B", "C")
    job.killed()
    job.database_says("unknown")
    assert (job.state, job.told) == (JobState.UNKNOWN, {"A": LOADED, "B": UNKNOWN, "C": CANCELLED})


def test_two_deaths_say_which_tables_stay() -> None:
    job = Truth()
    job.begin("A", "B")
    job.report("A")
    for _ in range(2):
        job.begin("B")
        job.killed()
        job.database_says("rolled_back")
        job.later(1.0)
    assert (job.state, job.told) == (JobState.QUARANTINED, {"A": LOADED, "B": FAILED})
    assert "What had been loaded before stays: public.a." in job.look(JOB).reason


def test_the_next_attempt_leaves_out_what_is_loaded_and_ends_done() -> None:
    job = Truth()
    job.begin("A", "B")
    job.report("A")
    job.killed()
    job.later(1.0)
    sent = [i.request for i in job.instructions if isinstance(i, ins.SendTask)][-1]
    assert sent.done == (job.outcome("A").import_id,)
    job.begin("B")
    job.report("B")
    job.task_ends(ev.TaskEnd.DONE)
    assert (job.state, job.told) == (JobState.DONE, {"A": LOADED, "B": LOADED})


@pytest.mark.parametrize("verdict", ["committed", "rolled_back"])
def test_an_import_without_ledger_is_told_by_the_transactions_status(verdict: ev.Verdict) -> None:
    job = Truth()
    job.begin("A")
    job.cancel()
    job.later(0.8)
    job.killed()
    job.database_says(verdict)
    good = verdict == "committed"
    assert job.state is (JobState.DONE if good else JobState.CANCELLED)
    assert job.told == {"A": LOADED if good else CANCELLED}


def test_of_several_files_in_one_transaction_each_is_told() -> None:
    job = Truth()
    request = replace(job.request, job_id=JOB2, more=("g.xlsx", "h.xlsx"))
    job.cancel()
    job.task_ends(ev.TaskEnd.CANCELLED)
    job.submit(JOB2, request=request)
    for number, file in ((1, "f.xlsx"), (2, "g.xlsx")):
        backend = BackendStarted(f"i{number}", 7, "2026", "9", "sheetferry/x", "S", "public.t", rest=(), file=file)
        job.feed(ev.BackendReported(job.now, job.worker, JOB2, backend))
    job.feed(ev.CancelRequested(job.now, JOB2))
    job.later(0.8)
    job.die(JOB2)
    for number in (1, 2):
        job.feed(ev.Settled(job.now, JOB2, f"i{number}", "rolled_back"))
    told = [(o.file, o.state) for o in job.look(JOB2).outcomes]
    assert told == [("f.xlsx", CANCELLED), ("g.xlsx", CANCELLED), ("h.xlsx", CANCELLED)]


def test_an_import_that_failed_first_and_then_loaded_within_one_attempt_is_told_once() -> None:
    job = Truth(tables=plans("A"), retries=1)
    job.begin("A")
    failed = replace(job.outcome("A", FAILED), error=ErrorInfo("deadlock", "Another session was in the way."))
    job.feed(ev.OutcomeReported(job.now, job.worker, JOB, failed))
    job.report("A")
    job.task_ends(ev.TaskEnd.DONE)
    assert (job.state, job.told) == (JobState.DONE, {"A": LOADED})
