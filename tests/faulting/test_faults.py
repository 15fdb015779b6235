"""All or nothing, whatever dies: the quickest lines of the fault table, on the real program and a server of their own.

The whole table, with random moments and many repeats, is the benchmark ``faults``.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

from tests.faulting import faults_of_programs, faults_of_servers
from tests.faulting.programs import import_command, wait_for_import
from tests.faulting.proxy import LOSSES, Loss, Proxy
from tests.faulting.stage import Stage, Try, short, stage
from tests.faulting.truth import look, open_jobs, orphans, untruths

pytestmark = [pytest.mark.db, pytest.mark.slow]


@pytest.fixture(scope="module")
def place() -> Iterator[Stage]:
    """A server and a home for all of them, as on a workstation."""
    with stage(rows=20_000, seed=1) as made:
        yield made


def holds(done: Try) -> None:
    """Nothing was wrong; if something was, it is said in full."""
    assert done.wrong == []


def test_a_killed_worker_costs_one_more_attempt(place: Stage) -> None:
    """The command itself tries again, and the rows are there once."""
    holds(faults_of_programs.worker_killed(place, 0))


def test_a_killed_command_takes_its_workers_along_and_the_next_one_settles_it(place: Stage) -> None:
    """No process, no row by halves, and no job that still claims to run."""
    holds(faults_of_programs.command_killed(place, 0))


def test_what_a_killed_command_had_committed_is_known_at_the_next_start(place: Stage) -> None:
    """It is killed while its COMMIT is under way and nobody can hear the answer any more."""
    table = place.table()
    with look(place.target) as connection:
        connection.execute("CREATE SCHEMA IF NOT EXISTS slow")
        connection.execute(
            "CREATE OR REPLACE FUNCTION slow.wait() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN PERFORM pg_sleep(3); RETURN NULL; END $$"
        )
        connection.execute(
            "CREATE CONSTRAINT TRIGGER slow AFTER INSERT ON sheetferry.imports DEFERRABLE INITIALLY DEFERRED"
            " FOR EACH ROW EXECUTE FUNCTION slow.wait()"
        )
        try:
            with import_command(place.home, place.book, "--table", table) as command:
                assert wait_for_import(command, connection, query="COMMIT")
                command.kill()
                assert orphans(place.home) == []
        finally:
            connection.execute("DROP TRIGGER slow ON sheetferry.imports")
    assert untruths(place.target) == []
    assert place.again(table, "append", []) == []


@pytest.mark.parametrize("how", LOSSES)
def test_a_commit_whose_answer_is_lost_is_settled_by_the_ledger(place: Stage, how: Loss) -> None:
    """Sent or not, answered or not: in the end the rows are there once, and the program says so."""
    table = place.table()
    with Proxy(place.target) as proxy:
        proxy.lose_commit(how)
        with import_command(place.home, place.book, "--table", table, target=proxy.target) as command:
            command.end()
            told = command.told()
        assert proxy.cuts == 1
    assert [line["state"] for line in told] == ["loaded"], short(told)
    assert place.count(table) == place.rows
    assert untruths(place.target, told) == []
    assert open_jobs(place.home) == []


def test_the_same_file_twice_at_once_is_loaded_once(place: Stage) -> None:
    """Two commands ask for the same table at the same time."""
    holds(faults_of_programs.same_file_twice(place, 0))


@pytest.mark.skipif(sys.platform == "win32", reason="a Ctrl-C for another program is POSIX")
def test_a_cancelled_command_leaves_nothing(place: Stage) -> None:
    """Not even an empty table."""
    holds(faults_of_programs.cancelled(place, 1))


def test_a_killed_server_is_started_again_under_a_running_import(place: Stage) -> None:
    """The command waits for it and loads."""
    done = faults_of_servers.server_killed(place, 0)
    holds(done)
    assert done.told == "loaded"


def test_the_next_window_brings_the_queue_of_a_killed_one_to_its_end(place: Stage) -> None:
    """Two imports, one of them perhaps under way: both are loaded, each of them once."""
    holds(faults_of_programs.window_killed(place, 0))
