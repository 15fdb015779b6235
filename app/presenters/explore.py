"""Presenter of the Explore page: what is asked goes into the lane of queries, what comes is shown from the spool."""

from __future__ import annotations

import datetime as dt
import io
import time
import uuid
from contextlib import closing
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from app.presenters.database import DatabaseFlow, ReachedTarget
from app.services import catalogue
from app.services.queries import QueryService, Question
from widgets.explore.explore_page import ExplorePage
from widgets.explore.view_data import (
    Asked,
    Draft,
    HistoryLine,
    ResultView,
    RunView,
    SourceKind,
    SourceNode,
    Sources,
)
from widgets.parts.hints import hint_of
from widgets.parts.plain_text import ask_line
from widgets.parts.wording import count, day, duration, listed, short_count
from widgets.translation import spoken
from workers.bridges.ui_calls import UiCalls
from workers.core.jobs.snapshots import JobSnapshot, JobState
from workers.core.model.errors import SheetferryError
from workers.core.model.naming import identifier
from workers.core.query.outcome import StatementOutcome, StatementState
from workers.core.query.request import LocalSource
from workers.core.query.tracking import QuerySnapshot
from workers.database.local.queries import QueryDraft, QueryEntry
from workers.querying.spool.meta import ResultMeta

_CELL_LIMIT = 500
_COPIED_CELLS = 500_000
_SUMMED_CELLS = 20_000
_DATABASE = "database:"
_ROWS_OF = "select * from"


class ExploreFlow(QObject):
    """Connects the page with the service of queries. Lives on the UI thread; disk and database are asked on others.

    Signals:
        import_requested: Path of a file that was written and is wanted on the Import page.
    """

    import_requested = Signal(list)

    def __init__(
        self,
        page: ExplorePage,
        service: QueryService,
        database: DatabaseFlow,
        calls: UiCalls,
        parent: QObject | None = None,
    ) -> None:
        """Serve `page`."""
        super().__init__(parent)
        self._page, self._service, self._database, self._calls = page, service, database, calls
        self._drafts_of: dict[str, str] = {}
        self._files: list[str] = []
        self._asked_history = 0
        self._made = 0
        page.asked.connect(self._ask)
        page.cancel_requested.connect(service.cancel)
        page.decided.connect(service.decide)
        page.draft_changed.connect(self._save_draft)
        page.draft_closed.connect(self._drop_draft)
        page.draft_wanted.connect(self._new_draft)
        page.history.searched.connect(self._search)
        page.sources.opened.connect(self._open_source)
        page.sources.looked_at.connect(self.look)
        page.sources.pinned.connect(self._pin)
        page.sources.removed.connect(self._remove)
        page.sources.file_wanted.connect(self._choose_files)
        page.sources.refresh_requested.connect(self.refresh)
        page.results.grid.rows.page_wanted.connect(self._read_page)
        page.results.grid.copy_requested.connect(self._copy)
        page.results.grid.selection_told.connect(self._sum_up)
        page.results.save_requested.connect(self._save)
        page.results.table_requested.connect(self._save_table)
        database.reached.connect(self._on_reached)

    def start(self) -> None:
        """Read drafts, history and results."""
        history = self._service.history
        if history is None:
            self._new_draft("")
        else:
            self._calls.start(history.drafts, self._show_drafts, self._without_drafts, self)
        self.refresh()

    # ---- asking

    @Slot(object)
    def _ask(self, asked: Asked) -> None:
        reached = self._database.current
        if reached is None and not asked.local:
            run = ResultView(1, "failed", error=self.tr("The database is not ready yet."))
            self._page.set_run(RunView("", asked.draft_id, False, (run,)))
            return
        if asked.local:
            # Results are looked up on the disk.
            self._calls.start(
                partial(self._sources_for, asked.text), partial(self._ask_sources, asked), self._say, self
            )
            return
        target = None if reached is None else reached.target
        question = Question(asked.text, target, parameters=asked.parameters, write=asked.write)
        self._put(question, asked.draft_id)

    def _ask_sources(self, asked: Asked, sources: tuple[LocalSource, ...]) -> None:
        question = Question(asked.text, None, parameters=asked.parameters, write=asked.write, sources=sources)
        self._put(question, asked.draft_id)

    def _put(self, question: Question, draft_id: str) -> None:
        try:
            query_id = self._service.ask(question)
        except SheetferryError as error:
            failed = ResultView(1, "failed", error=spoken(error.info.message), hint=hint_of(error.info))
            self._page.set_run(RunView("", draft_id, False, (failed,)))
            return
        self._drafts_of[query_id] = draft_id
        self._page.set_run(RunView(query_id, draft_id, True, waiting=self.tr("Waiting for a worker")))

    def _sources_for(self, text: str) -> tuple[LocalSource, ...]:
        """The files and results whose names stand in the text; all files where none does."""
        lowered = text.casefold()
        files = [path for path in self._files if identifier(Path(path).stem).casefold() in lowered]
        named = tuple(LocalSource(path=path) for path in files)
        results = tuple(
            LocalSource(result_id=each.meta.result_id, alias=each.meta.name or each.meta.result_id)
            for each in self._service.results.results()
            if (each.meta.name or each.meta.result_id).casefold() in lowered
        )
        return (*named, *results) or tuple(LocalSource(path=path) for path in self._files)

    @Slot(str)
    def look(self, key: str) -> None:
        """A table's or a result's rows in a tab of their own."""
        kind, _, name = key.partition(":")
        if kind == "table":
            schema, _, table = name.partition("\n")
            text = f"{_ROWS_OF} {catalogue.quoted(schema)}.{catalogue.quoted(table)} limit 100000"
            draft = self._new_draft(text)
            self._page.ask_locally(local=False)
            self._ask(Asked(draft.draft_id, text))
        elif kind == "result":
            self._show_result(name)

    def look_at_table(self, table: str) -> None:
        """The rows of ``schema.name``, from another page."""
        schema, _, name = table.partition(".")
        self.look(f"table:{schema}\n{name}")

    def _show_result(self, result_id: str) -> None:
        def read() -> ResultMeta:
            with closing(self._service.results.open(result_id)) as reader:
                return reader.meta

        self._calls.start(read, self._show_meta, self._say, self)

    def _show_meta(self, meta: ResultMeta) -> None:
        draft = self._new_draft(meta.text)
        line = self.tr("{0} rows, kept since {1}").format(
            count(meta.rows), dt.datetime.fromtimestamp(meta.created).strftime("%H:%M")
        )
        columns = meta.columns
        view = ResultView(
            1,
            meta.state.value,
            meta.result_id,
            tuple((c.name, c.type) for c in columns),
            tuple(c.is_number for c in columns),
            meta.rows,
            line,
        )
        self._page.set_run(RunView(f"kept-{meta.result_id}", draft.draft_id, False, (view,)))

    # ---- what comes

    @Slot(tuple)
    def take_queries(self, snapshots: tuple[QuerySnapshot, ...]) -> None:
        """News of queries."""
        over = False
        for snapshot in snapshots:
            draft_id = self._drafts_of.get(snapshot.query_id)
            if draft_id is None:
                continue
            self._page.set_run(self._run_view(snapshot, draft_id))
            over = over or snapshot.over
        if over:
            self._show_history("")
            self._show_sources()

    def _run_view(self, snapshot: QuerySnapshot, draft_id: str) -> RunView:
        job, wanted = snapshot.job, snapshot.decision
        decision: tuple[str, ...] = ()
        if wanted is not None:
            words = self.tr("Statement {0}: {1}")
            decision = tuple(words.format(o.statement, o.tag or count(o.rows)) for o in wanted.outcomes)
        results = tuple(self._result_view(outcome, snapshot) for outcome in snapshot.outcomes)
        if snapshot.over and not results:
            results = (self._ended_early(job),)
        waiting = ""
        if job is not None and job.state is JobState.WAITING:
            waiting = spoken(job.reason) or self.tr("Place {0} in the queue of queries").format(job.place)
        return RunView(
            snapshot.query_id,
            draft_id,
            not snapshot.over,
            results,
            waiting,
            decision,
            wanted.seconds if wanted is not None else 0.0,
        )

    def _ended_early(self, job: JobSnapshot | None) -> ResultView:
        cancelled = job is not None and job.state is JobState.CANCELLED
        error = job.error if job is not None else None
        said = spoken(error.message) if error is not None else self.tr("It was cancelled.")
        return ResultView(1, "cancelled" if cancelled else "failed", error=said, hint=hint_of(error) if error else "")

    def _result_view(self, outcome: StatementOutcome, snapshot: QuerySnapshot) -> ResultView:
        running = outcome.state is StatementState.RUNNING
        job = snapshot.job
        rows = max(outcome.rows, job.rows if running and job is not None else 0)
        parts = [self.tr("{0} rows").format(count(rows)) if outcome.columns else outcome.tag]
        parts.append(self.tr("running") if running else duration(outcome.seconds))
        if outcome.waited_seconds >= 0.1:
            parts.append(self.tr("waited {0}").format(duration(outcome.waited_seconds)))
        parts += [outcome.zone] if outcome.zone else []
        parts += [self.tr("committed")] if outcome.committed else []
        parts += [self.tr("saved as {0}").format(outcome.saved)] if outcome.saved else []
        parts += [self.tr("table {0}").format(outcome.table)] if outcome.table else []
        if outcome.state is StatementState.INCOMPLETE:
            parts.append(self.tr("incomplete: the link was lost"))
        parts += [spoken(note.message) for note in outcome.notes[:2]]
        error = outcome.error
        if snapshot.rolled_back and snapshot.over:
            parts.append(spoken(snapshot.rolled_back))
        return ResultView(
            outcome.statement,
            outcome.state.value,
            outcome.result_id or "",
            tuple((column.name, column.type) for column in outcome.columns) if outcome.result_id else (),
            tuple(column.is_number for column in outcome.columns),
            rows,
            listed(*(part for part in parts if part)),
            spoken(error.message) if error is not None else "",
            hint_of(error) if error is not None else "",
            outcome.place.offset if outcome.place is not None else None,
        )

    @Slot(str, int, int)
    def _read_page(self, result_id: str, first: int, number: int) -> None:
        read = partial(self._page_of, result_id, first, number)
        show = partial(self._page.results.grid.set_page, result_id, first)
        self._calls.start(read, show, self._say, self)

    def _page_of(self, result_id: str, first: int, number: int) -> list[tuple[str | None, ...]]:
        with closing(self._service.results.open(result_id)) as reader:
            return reader.page(first, number, cell_limit=_CELL_LIMIT)

    @Slot(str, int, int, object, bool)
    def _copy(self, result_id: str, first: int, number: int, columns: tuple[int, ...], with_header: bool) -> None:
        if number * len(columns) > _COPIED_CELLS:
            self._page.set_subtitle(self.tr("That is too much for the clipboard; save it as a file instead."))
            return
        names = [self._page.results.grid.rows.view.columns[c][0] for c in columns] if with_header else []
        self._calls.start(
            partial(self._as_tsv, result_id, first, number, columns, names), self._put_on_clipboard, self._say, self
        )

    def _as_tsv(self, result_id: str, first: int, number: int, columns: tuple[int, ...], names: list[str]) -> str:
        with closing(self._service.results.open(result_id)) as reader:
            rows = reader.page(first, number)
        out = io.StringIO()
        if names:
            out.write("\t".join(names) + "\n")
        for row in rows:
            out.write("\t".join(_cell(row[column]) for column in columns) + "\n")
        return out.getvalue()

    def _put_on_clipboard(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)

    @Slot(int, int, object)
    def _sum_up(self, first: int, number: int, columns: tuple[int, ...]) -> None:
        """Sum and mean of selected numbers that have come already."""
        rows = self._page.results.grid.rows
        cells = number * len(columns)
        if cells < 2:
            self._page.results.set_selection("")
            return
        said = self.tr("{0} cells").format(count(cells))
        numeric = [c for c in columns if c < len(rows.view.numeric) and rows.view.numeric[c]]
        if numeric and number * len(numeric) <= _SUMMED_CELLS:
            found = [rows.value(row, column) for row in range(first, first + number) for column in numeric]
            numbers = [n for there, text in found if there and (n := _number(text)) is not None]
            if numbers and all(there for there, _ in found):
                words = self.tr("sum {0}, mean {1}")
                said += " · " + words.format(f"{sum(numbers):,.12g}", f"{sum(numbers) / len(numbers):,.6g}")
        self._page.results.set_selection(said)

    # ---- saving

    @Slot(str, str)
    def _save(self, result_id: str, kind: str) -> None:
        title = self.tr("Save the result")
        path, _ = QFileDialog.getSaveFileName(self._page.window(), title, f"result.{kind}", f"*.{kind}")
        if path:
            wanted = path if Path(path).suffix else f"{path}.{kind}"
            self._put(self._question_of(result_id, save_to=wanted), self._draft_id())

    @Slot(str)
    def _save_table(self, result_id: str) -> None:
        reached = self._database.current
        if reached is None:
            return
        name = ask_line(self._page.window(), self.tr("Make a table"), self.tr("Name of the new table:"))
        if name:
            self._put(self._question_of(result_id, save_as=name, reached=reached), self._draft_id())

    def _question_of(
        self, result_id: str, *, save_to: str = "", save_as: str = "", reached: ReachedTarget | None = None
    ) -> Question:
        """The same rows again, from the spool."""
        return Question(
            "select * from result",
            reached.target if reached is not None else None,
            save_to=save_to,
            save_as=save_as,
            sources=(LocalSource(result_id=result_id, alias="result"),),
            soft=0.0,
        )

    def _draft_id(self) -> str:
        run = self._page.results.view
        draft = self._page.editor
        return self._page.current_draft_id if run is not None and draft is not None else ""

    # ---- drafts and history

    def _show_drafts(self, drafts: list[QueryDraft]) -> None:
        if not drafts:
            self._new_draft("")
            return
        self._made = len(drafts)
        self._page.set_drafts(tuple(Draft(d.draft_id, d.title, d.text) for d in drafts))

    def _without_drafts(self, error: BaseException) -> None:
        self._new_draft("")
        self._say(error)

    @Slot(str)
    def _new_draft(self, text: str) -> Draft:
        self._made += 1
        draft = Draft(str(uuid.uuid4()), self.tr("Query {0}").format(self._made), text)
        self._page.open_draft(draft)
        return draft

    @Slot(object, int)
    def _save_draft(self, draft: Draft, place: int) -> None:
        history = self._service.history
        if history is not None:
            kept = QueryDraft(draft.draft_id, place, draft.title, draft.text, saved=time.time())
            self._calls.start(partial(history.save_draft, kept), failure=self._say, parent=self)

    @Slot(str)
    def _drop_draft(self, draft_id: str) -> None:
        if self._service.history is not None:
            drop = partial(self._service.history.drop_draft, draft_id)
            self._calls.start(drop, failure=self._say, parent=self)

    @Slot(str)
    def _search(self, words: str) -> None:
        self._show_history(words)

    def _show_history(self, words: str) -> None:
        history = self._service.history
        if history is None:
            return
        self._asked_history += 1
        number = self._asked_history

        def show(entries: list[QueryEntry]) -> None:
            if number == self._asked_history:
                self._page.history.set_lines(tuple(map(self._line, entries)))

        self._calls.start(partial(history.search, words or self._page.history.search.text()), show, self._say, self)

    def _line(self, entry: QueryEntry) -> HistoryLine:
        ran = dt.datetime.fromtimestamp(entry.ran)
        words = self.tr("{0} rows").format(count(entry.rows)) + f" · {duration(entry.seconds)}"
        if entry.error:
            words = spoken(entry.error)
        elif entry.state != StatementState.DONE.value:
            words = {"cancelled": self.tr("cancelled"), "incomplete": self.tr("incomplete")}.get(entry.state, words)
        return HistoryLine(
            entry.text, words, entry.state, day(ran.date()), ran.strftime("%H:%M"), entry.result_id or ""
        )

    # ---- sources

    @Slot()
    def refresh(self) -> None:
        """Read sources, words and history again."""
        self._show_history("")
        self._show_sources()
        reached = self._database.current
        if reached is not None:
            self._calls.start(partial(catalogue.words, reached.engine), self._page.set_words, self._say, self)

    @Slot(object)
    def _on_reached(self, reached: ReachedTarget) -> None:
        self._page.set_database(spoken(reached.target.label or reached.target.dbname))
        self.refresh()

    def add_files(self, paths: list[str]) -> None:
        """Files that may be asked."""
        self._files += [path for path in paths if path not in self._files]
        self._show_sources()
        self._page.ask_locally(local=True)

    @Slot()
    def _choose_files(self) -> None:
        kinds = self.tr("Tables") + " (*.xlsx *.xlsm *.xlsb *.xls *.ods *.csv *.txt *.tsv *.parquet)"
        paths, _ = QFileDialog.getOpenFileNames(self._page.window(), self.tr("Add files to be asked"), "", kinds)
        if paths:
            self.add_files(paths)

    def _show_sources(self) -> None:
        reached = self._database.current
        databases: tuple[SourceNode, ...] = ()
        if reached is not None:
            name = spoken(reached.target.label or reached.target.dbname)
            databases = (SourceNode(SourceKind.DATABASE, _DATABASE, name, reached.version, opens=True),)
        files = tuple(
            SourceNode(SourceKind.FILE, f"file:{path}", Path(path).name, insert=catalogue.quoted(table_of(path)))
            for path in self._files
        )

        def show(results: tuple[SourceNode, ...]) -> None:
            self._page.sources.set_sources(Sources(databases, files, results))

        self._calls.start(self._result_nodes, show, self._say, self)

    def _result_nodes(self) -> tuple[SourceNode, ...]:
        found = self._service.results.results()
        return tuple(
            SourceNode(
                SourceKind.RESULT,
                f"result:{each.meta.result_id}",
                each.meta.name or " ".join(each.meta.text.split())[:60],
                short_count(each.meta.rows),
                each.meta.name or f'"{each.meta.result_id}"',
                pinned=each.pinned,
            )
            for each in found[:100]
        )

    @Slot(str)
    def _open_source(self, key: str) -> None:
        reached = self._database.current
        if reached is None:
            return
        kind, _, name = key.partition(":")
        show = partial(self._page.sources.set_children, key)
        if kind == "database":
            self._calls.start(partial(catalogue.schema_nodes, reached.engine), show, self._say, self)
        elif kind == "schema":
            self._calls.start(partial(catalogue.table_nodes, reached.engine, name), show, self._say, self)
        elif kind == "table":
            schema, _, table = name.partition("\n")
            self._calls.start(partial(catalogue.column_nodes, reached.engine, schema, table), show, self._say, self)

    @Slot(str, bool)
    def _pin(self, key: str, pinned: bool) -> None:
        result_id = key.partition(":")[2]
        work = partial(self._service.results.pin, result_id, pinned)
        self._calls.start(work, lambda _nothing: self._show_sources(), self._say, self)

    @Slot(str)
    def _remove(self, key: str) -> None:
        kind, _, name = key.partition(":")
        if kind == "file":
            self._files = [path for path in self._files if path != name]
            self._show_sources()
            return
        work = partial(self._service.results.remove, name)
        self._calls.start(work, lambda _nothing: self._show_sources(), self._say, self)

    def _say(self, error: BaseException) -> None:
        said = error.info.message if isinstance(error, SheetferryError) else str(error).splitlines()[0]
        self._page.set_subtitle(spoken(said))


def table_of(path: str) -> str:
    """What a file's table is called in SQL over files."""
    return identifier(Path(path).stem) or "file"


def _cell(text: str | None) -> str:
    """A value for the clipboard: signs that would part cells become blanks; NULL is nothing."""
    return "" if text is None else text.replace("\t", " ").replace("\r", " ").replace("\n", " ")


def _number(text: str | None) -> float | None:
    try:
        return float(text) if text is not None else None
    except ValueError:
        return None
