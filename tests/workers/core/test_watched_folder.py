"""The watched folder's decisions: nothing too early, nothing twice, nothing lost."""

from __future__ import annotations

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from workers.core.watched_folder import FolderWatch, MoveFile, SeenFile, TakeFile, Verdict

A = SeenFile("a.xlsx", 10, 1)
B = SeenFile("b.xlsx", 20, 1)


def watch() -> FolderWatch:
    return FolderWatch(5.0, retry=60.0)


def test_a_file_is_taken_once_it_has_stayed_as_it_is() -> None:
    folder = watch()
    assert folder.look([A], 0) == ()
    assert folder.look([A], 4.9) == ()
    grown = SeenFile("a.xlsx", 11, 2)
    assert folder.look([grown, B], 5) == ()
    assert folder.look([grown, B], 9.9) == ()
    assert folder.look([grown, B], 10) == (TakeFile("a.xlsx"), TakeFile("b.xlsx"))
    assert folder.look([grown, B], 100) == ()
    assert folder.busy == 2


def test_what_ended_is_moved_and_its_name_may_come_again() -> None:
    folder = watch()
    folder.look([A], 0)
    folder.look([A], 5)
    assert folder.ended("a.xlsx", Verdict.DONE, "", 6) == MoveFile("a.xlsx", Verdict.DONE)
    folder.moved("a.xlsx")
    assert folder.look([A], 7) == ()
    assert folder.look([A], 12) == (TakeFile("a.xlsx"),)


def test_a_move_that_does_not_work_is_tried_again_and_the_file_is_not_imported_again() -> None:
    folder = watch()
    folder.look([A], 0)
    folder.look([A], 5)
    move = folder.ended("a.xlsx", Verdict.FAILED, "why", 6)
    assert folder.look([A], 65) == ()
    assert folder.look([A], 66) == (move,)
    assert folder.look([A], 67) == ()
    assert folder.look([A], 126) == (move,)
    other = SeenFile("a.xlsx", 99, 9)
    assert folder.look([other], 127) == ()
    assert folder.look([other], 132) == (TakeFile("a.xlsx"),)


def test_a_database_that_is_away_makes_it_wait() -> None:
    folder = watch()
    folder.look([A], 0)
    folder.look([A], 5)
    assert folder.ended("a.xlsx", Verdict.LATER, "", 6) is None
    assert folder.look([A], 65) == ()
    assert folder.look([A], 66) == (TakeFile("a.xlsx"),)


def test_a_cancelled_file_is_left_until_it_changes() -> None:
    folder = watch()
    folder.look([A], 0)
    folder.look([A], 5)
    folder.ended("a.xlsx", Verdict.LEFT, "", 6)
    assert folder.look([A], 1000) == ()
    other = SeenFile("a.xlsx", 10, 2)
    folder.look([other], 1001)
    assert folder.look([other], 1006) == (TakeFile("a.xlsx"),)


def test_a_late_end_of_an_unknown_file_moves_nothing() -> None:
    assert watch().ended("a.xlsx", Verdict.DONE, "", 1) is None


class Folder(RuleBasedStateMachine):
    """Files come, change, are imported and moved in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = watch()
        self.files: dict[str, SeenFile] = {}
        self.now = 0.0
        self.running: dict[str, SeenFile] = {}
        self.over: set[SeenFile] = set()
        self.version = 0

    @rule(name=st.sampled_from("abc"))
    def written(self, name: str) -> None:
        self.version += 1
        self.files[name] = SeenFile(name, 1, self.version)

    @rule(seconds=st.sampled_from([1.0, 5.0, 61.0]))
    def looked(self, seconds: float) -> None:
        self.now += seconds
        for step in self.folder.look(self.files.values(), self.now):
            if isinstance(step, TakeFile):
                assert step.name not in self.running
                assert self.files[step.name] not in self.over
                self.running[step.name] = self.files[step.name]

    @rule(name=st.sampled_from("abc"), moves=st.booleans())
    def finished(self, name: str, moves: bool) -> None:
        imported = self.running.pop(name, None)
        if imported is None:
            return
        assert self.folder.ended(name, Verdict.DONE, "", self.now) is not None
        self.over.add(imported)
        if moves:
            if self.files.get(name) == imported:
                del self.files[name]
            self.folder.moved(name)

    @invariant()
    def counts(self) -> None:
        assert self.folder.busy == len(self.running)


TestFolder = Folder.TestCase
TestFolder.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
