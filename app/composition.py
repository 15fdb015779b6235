"""The composition root: creates, injects and connects everything the window needs, in one readable order."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication

from app.context.logs import use_level
from app.context.run_context import RunContext
from app.file_choice import FileChoice
from app.gate import Gate
from app.late_calls import unless_closed
from app.lost_database import LossWatch
from app.monitoring import Monitoring
from app.presenters.connection import ConnectionFlow
from app.presenters.database import DatabaseFlow, ReachedTarget
from app.presenters.difference import DifferenceFlow
from app.presenters.explore import ExploreFlow
from app.presenters.history import HistoryFlow
from app.presenters.imports import ImportFlow
from app.presenters.in_doubt import SettlingFlow
from app.presenters.plan import PlanFlow
from app.presenters.queue import QueueFlow
from app.presenters.recent import RecentFiles, RecentFlow
from app.presenters.table_preview import LookFlow
from app.presenters.template import TemplateFlow
from app.presenters.watch import WatchFlow
from app.services.job_logs import job_log
from app.services.pool_connections import window_counter
from app.services.queries import QueryService
from app.services.target_holder import TargetHolder
from app.services.worker_pool import pool_config, pool_policy, query_memory, seek_imports, settle_import
from app.shutdown import Shutdown, ask_in_a_dialog
from app.tray import Tray
from app.version import VERSION
from app.window_state import WindowState
from resources import path as resource_path
from widgets.explore.explore_page import ExplorePage
from widgets.history.history_page import HistoryPage
from widgets.importing.import_page import ImportPage
from widgets.queue.queue_page import QueuePage
from widgets.shell.main_window import MainWindow
from widgets.theme import ColorMode, Theme
from widgets.translation import install_translators
from workers.bridges.loop_thread import LoopThread
from workers.bridges.pool_bridge import PoolBridge
from workers.bridges.query_bridge import QueryBridge
from workers.bridges.ui_calls import UiCalls
from workers.core.jobs.pool_events import PoolEvent
from workers.core.jobs.snapshots import JobSnapshot, JobState
from workers.core.model.errors import ErrorInfo, SheetferryError
from workers.core.settings.resolve import Settings
from workers.database.local.saved_connections import SavedConnections
from workers.database.local.store import LocalStore
from workers.pool.durable.service import JobService
from workers.pool.executors import ExecutorManager

SELF_TEST = "SHEETFERRY_SELFTEST"
"""``quit`` closes the window after its first paint: how the built program is tried."""


class App(QObject):
    """Everything that lives as long as the window. Holding it is what keeps presenters alive."""

    _store_failed = Signal(object)

    def __init__(self, qt: QApplication, context: RunContext) -> None:
        """Build the whole program; nothing runs before `start`."""
        super().__init__(qt)
        self._qt, self._context = qt, context
        self._make_services()
        self._make_window()
        self._make_presenters()
        self._connect()

    # ---- in this order

    def _make_services(self) -> None:
        context = self._context
        self.bridge = PoolBridge(self)
        self.holder = TargetHolder()
        self.store = LocalStore(context.home)
        self.query_bridge = QueryBridge(self)
        self.queries = QueryService(
            context.home,
            listener=self.query_bridge.heard,
            quota=context.settings.integer("queries.results") << 30,
            memory=query_memory(context),
            app_version=VERSION,
            history=self.store.queries,
        )
        self.jobs = JobService(
            self.store,
            surface="window",
            listener=self._heard,
            settler=settle_import,
            seeker=seek_imports,
            with_secrets=self.holder.with_secrets,
            store_failed=self._store_failed.emit,
            archive_days=context.settings.integer("history.archive_days"),
            keep_days=context.settings.integer("history.keep_days"),
        )
        self.executors = ExecutorManager(
            pool_config(context, "window"),
            threads=context.settings.integer("workers.io_threads"),
            listener=self.jobs.heard,
            settler=settle_import,
            carrier=lambda loop: LoopThread("supervisor", loop, self),
            counter=window_counter(lambda: self.database.watched),
        )
        self.queries.use(self.jobs, self.executors.supervisor.decide, self.executors.io)
        self.calls = UiCalls(self.executors.io, self)
        self.gate = Gate(self.executors.supervisor.gate)
        self.losses = LossWatch()

    def _heard(self, event: PoolEvent) -> None:
        """What the pool says, on its own thread."""
        self.queries.heard(event)
        self.bridge.heard(event)

    def _make_window(self) -> None:
        self.theme = Theme(self._qt, ColorMode(self._context.settings.text("ui.theme")))
        self.theme.install()
        self.import_page = ImportPage(self.theme)
        self.queue_page = QueuePage(self.theme)
        self.history_page = HistoryPage(self.theme)
        self.explore_page = ExplorePage(self.theme)
        self.monitoring = Monitoring(
            self._context,
            self.theme,
            self.executors,
            self.gate,
            self.calls,
            lambda: self.database.watched,
            lambda: self.database.url,
            self.store.monitor,
            self,
        )
        pages = (
            self.import_page,
            self.queue_page,
            self.explore_page,
            self.monitoring.monitor_page,
            self.history_page,
            self.monitoring.settings_page,
        )
        self.window = MainWindow(self.theme, pages)
        self.window_state = WindowState(self._context.home)
        self.tray = Tray(self.window, self.theme, self)

    def _make_presenters(self) -> None:
        context, supervisor = self._context, self.executors.supervisor
        self.database = DatabaseFlow(context, self.calls, self.holder, self)
        self.explore = ExploreFlow(self.explore_page, self.queries, self.database, self.calls, self)
        door = _QueueDoor(self.jobs, self.executors)
        self.queue = QueueFlow(self.queue_page, door, self.calls, job_log(context.home), self)
        self.imports = ImportFlow(
            context,
            self.import_page,
            self.database,
            self.calls,
            submit_import=self.queue.submit,
            submit_interactive=unless_closed(supervisor.submit),
            cancel=supervisor.cancel,
            parent=self,
        )
        self.history = HistoryFlow(
            self.history_page,
            self.database,
            self.store,
            self.calls,
            submit=self.queue.submit,
            submit_interactive=unless_closed(supervisor.submit),
            read_log=job_log(context.home),
            parent=self,
        )
        self.plans = PlanFlow(
            self.import_page, self.history_page, self.database, self.calls, survey_of=self.imports.survey, parent=self
        )
        self.differences = DifferenceFlow(
            context,
            self.theme,
            self.import_page,
            self.database,
            submit=supervisor.submit,
            cancel=supervisor.cancel,
            survey_of=self.imports.survey,
            password_of=self.imports.password,
            parent=self,
        )
        self.watch = WatchFlow(context, self.database, self.calls, submit=unless_closed(self.jobs.run), parent=self)
        self.settling = SettlingFlow(self.database, self.jobs.settle_unknown, self)
        self.looks = LookFlow(self.theme, self.window, self.database, self.calls, self)
        self.recent = RecentFlow(self.import_page, RecentFiles(context.home), self.calls, self)
        self.templates = TemplateFlow(
            self.theme,
            self.import_page,
            self.store.templates,
            self.calls,
            survey_of=self.imports.survey,
            parent=self,
        )
        self.connections = ConnectionFlow(
            SavedConnections(context.home),
            self.theme,
            self.window,
            self.import_page,
            self.database,
            self.calls,
            self,
        )
        self.connections.use_settings(context.settings)
        self.files = FileChoice(self.window, resource_path("samples/orders-october.xlsx"), self)
        self.shutdown = Shutdown(
            running=lambda: sum(j.state is not JobState.WAITING for j in self.queue.unfinished),
            waiting=lambda: sum(j.state is JobState.WAITING for j in self.queue.unfinished),
            ask=lambda running, waiting: ask_in_a_dialog(self.window, running, waiting),
            end_pool=lambda cancel, budget: self.executors.shutdown(cancel=cancel, budget=budget, keep_waiting=True),
            close_services=self._close_services,
            parent=self,
        )

    def _connect(self) -> None:
        bridge, window = self.bridge, self.window
        bridge.jobs_changed.connect(self.imports.take_jobs)
        bridge.jobs_changed.connect(self.queue.take_jobs)
        bridge.results_ready.connect(self.imports.take_results)
        bridge.imports_ended.connect(self.imports.take_outcomes)
        bridge.imports_ended.connect(self.history.take_outcomes)
        bridge.imports_ended.connect(self.templates.take_outcomes)
        self.imports.surveyed.connect(self.templates.take_survey)
        self.plans.plan_opened.connect(self.templates.expect)
        self.imports.surveyed.connect(self.recent.note)
        bridge.results_ready.connect(self.history.take_results)
        bridge.results_ready.connect(self.differences.take_results)
        bridge.jobs_changed.connect(self.differences.take_jobs)
        bridge.jobs_changed.connect(self.watch.take_jobs)
        bridge.jobs_changed.connect(self.settling.take_jobs)
        self.watch.notice.connect(self.tray.notify)
        bridge.jobs_changed.connect(self.history.take_jobs)
        bridge.jobs_changed.connect(self.monitoring.flow.take_jobs)
        bridge.jobs_changed.connect(self._look_for_lost_database)
        self._store_failed.connect(self._on_store_failed, Qt.ConnectionType.QueuedConnection)
        bridge.pool_changed.connect(self.queue.take_pool)
        bridge.pool_changed.connect(window.set_pool)
        window.paths_dropped.connect(self.imports.add_paths)
        window.open_requested.connect(self.files.ask_files)
        self.import_page.files_requested.connect(self.files.ask_files)
        self.import_page.folder_requested.connect(self.files.ask_folder)
        self.import_page.sample_requested.connect(self.files.give_sample)
        self.files.chosen.connect(self.imports.add_paths)
        self.imports.imports_submitted.connect(self._show_queue)
        self.queue.page_requested.connect(window.show_page)
        self.queue.history_requested.connect(self.history.select)
        self.queue.table_requested.connect(self.looks.open)
        self.queue.place_requested.connect(self.imports.show_place)
        self.history.table_requested.connect(self.looks.open)
        self.history.undone.connect(self.imports.take_undone)
        self.history.undone.connect(self.templates.take_undone)
        self.queue.resubmitted.connect(self.imports.follow)
        self.import_page.notices.details_requested.connect(self._open_queue)
        self.query_bridge.queries_changed.connect(self.explore.take_queries)
        self.history.place_requested.connect(self.imports.show_place)
        self.history.page_requested.connect(window.show_page)
        self.history.file_requested.connect(self.imports.add_paths)
        monitoring = self.monitoring
        monitoring.flow.job_requested.connect(self._show_job)
        monitoring.flow.alerts_changed.connect(window.set_alerts)
        monitoring.flow.lag_changed.connect(window.set_lag)
        monitoring.override_text.connect(window.set_override)
        monitoring.notice.connect(self.tray.notify)
        monitoring.settings_changed.connect(self._on_settings)
        self.database.status_changed.connect(window.set_database)
        self.database.reached.connect(self._on_reached)
        self.database.lost.connect(self._on_lost)
        self.database.carried_over.connect(self._on_carried_over)
        self.database.damaged.connect(self._on_damaged)
        window.close_requested.connect(self.shutdown.request)
        self.shutdown.finished.connect(self._leave)

    # ---- life

    def start(self, paths: Sequence[str]) -> None:
        """Show the window at once; the pool, the database and the kept queue follow in the background."""
        self.window.restore(self.window_state.load())
        self.window.show()
        self._tell_settings()
        self.gate.hold("database", self.tr("The database is being started."))
        self.executors.start()
        self.jobs.begin(self.executors.supervisor)
        self.database.start()
        self.connections.refresh()
        self.templates.refresh()
        self.watch.start()
        self.recent.start()
        self.explore.start()
        self.monitoring.start()
        if paths:
            self.imports.add_paths(list(paths))
        if os.environ.get(SELF_TEST) == "quit":
            QTimer.singleShot(0, self.window.close)

    def _tell_settings(self) -> None:
        """A settings file that could not be read as a whole is told where people look first, and where it is mended."""
        loaded = self._context.loaded
        if not loaded.problems:
            return
        text = " ".join(loaded.problems[:3])
        if loaded.set_aside is not None:
            text += " " + self.tr("The file as it was is kept as {0}.").format(loaded.set_aside.name)
        for page in (self.import_page, self.monitoring.settings_page):
            page.show_banner("warn", self.tr("Not all settings could be read"), text, "warn", closable=True)

    def run(self) -> int:
        """The event loop, until the window has closed."""
        return self._qt.exec()

    @Slot(object)
    def _on_reached(self, reached: ReachedTarget) -> None:
        self.gate.hold("database", None)

    @Slot(object)
    def _on_lost(self, error: ErrorInfo) -> None:
        self.gate.hold("database", error.message)

    @Slot(str)
    def _on_damaged(self, tables: str) -> None:
        title = self.tr("The built-in database is damaged")
        text = self.tr("It had ended uncleanly and cannot read: {0}. `sheetferry doctor` says what to do.")
        self.import_page.show_banner("warn", title, text.format(tables), "warn", closable=True)

    @Slot(str)
    def _on_carried_over(self, text: str) -> None:
        title = self.tr("The built-in database is a newer one now")
        self.import_page.show_banner("info", title, text, "info", closable=True)

    @Slot(object)
    def _on_store_failed(self, error: SheetferryError | None) -> None:
        """The home folder's disk is full or cannot be written: what runs goes on, and it is said where it shows."""
        words = (error.info.message, error.info.hint) if error else ()
        self.queue_page.set_store_trouble(" ".join(filter(None, words)))

    @Slot(tuple)
    def _look_for_lost_database(self, jobs: tuple[JobSnapshot, ...]) -> None:
        """Imports that have lost the database wait until it is back, however long that takes."""
        lost = [job for job in jobs if self.losses.is_news(job)]
        if lost and self.database.current is not None:
            self.gate.hold("database", self.tr("The database is gone; it is being reached again."))
            self.database.look_again()

    @Slot()
    def _open_queue(self) -> None:
        self.window.show_page("queue")

    @Slot(list)
    def _show_queue(self, job_ids: list[str]) -> None:
        if job_ids:
            self._show_job(job_ids[0])

    @Slot(str)
    def _show_job(self, job_id: str) -> None:
        self.window.show_page("queue")
        self.queue_page.select(job_id)

    @Slot(str, object)
    def _on_settings(self, key: str, settings: Settings) -> None:
        self._context = replace(self._context, settings=settings)
        self.executors.supervisor.use_policy(pool_policy(self._context, "window"))
        self.imports.use_settings(self._context)
        self.watch.use_settings(self._context)
        self.connections.use_settings(settings)
        self.differences.use_settings(self._context)
        self.queries.use_settings(settings.number("queries.soft"), settings.integer("queries.results") << 30)
        self.queries.memory = query_memory(self._context)
        if key in ("", "log.level"):
            use_level(settings.text("log.level"))
        if key in ("history.archive_days", "history.keep_days"):
            self.jobs.archive_after(settings.integer("history.archive_days"), settings.integer("history.keep_days"))

    def _close_services(self) -> None:
        """On the shutdown's thread."""
        self.jobs.close()
        self.database.close()

    @Slot()
    def _leave(self) -> None:
        self.monitoring.stop()
        self.window_state.save(self.window.state())
        self.window.finish_close()
        self._qt.quit()


class _QueueDoor:
    """The queue's page acts on kept jobs through the service and on the rest of the pool directly."""

    def __init__(self, jobs: JobService, executors: ExecutorManager) -> None:
        self.submit = unless_closed(jobs.submit)
        self.cancel = jobs.cancel
        self.retry = jobs.retry
        self.set_priority = jobs.set_priority
        self.move = jobs.move
        self.settle = jobs.settle_unknown
        self.keep_log = jobs.keep_log
        self.insist = executors.supervisor.insist
        self.hold = executors.supervisor.hold
        self.release = executors.supervisor.release


def build(context: RunContext) -> App:
    """The program for this run."""
    qt = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(qt, QApplication)
    qt.setApplicationName("Sheetferry")
    install_translators(qt, context.settings.text("ui.language"))
    qt.setQuitOnLastWindowClosed(False)
    return App(qt, context)
