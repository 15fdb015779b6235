"""Where figures and alerts leave the program: tray, webhook, e-mail, HTTP endpoint, the status file for commands."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import keyring
import keyring.errors
from PySide6.QtCore import QObject, Signal, Slot

from widgets.monitor.alert_words import explanation, short, title
from widgets.translation import spoken
from workers.bridges.ui_calls import UiCalls
from workers.core.alerts.states import Alert, Notice
from workers.core.metrics.samples import Sample
from workers.core.model.errors import SheetferryError
from workers.core.model.tasks import Secret
from workers.core.settings.resolve import Settings
from workers.monitor.http_endpoint import HttpEndpoint, endpoint_token
from workers.monitor.notifier import Notifier, notifier_config
from workers.monitor.status import HealthCheck, PlannedSizes, alert_object, status_object
from workers.monitor.status_file import StatusFile
from workers.pool.executors import ExecutorManager

SMTP_VARIABLE = "SHEETFERRY_SMTP_PASSWORD"
KEYRING_SERVICE = "sheetferry-smtp"
_EVERY_SAMPLES = 4
_log = logging.getLogger(__name__)


class MonitorOutlets(QObject):
    """Lives on the UI thread; everything that may take time runs on I/O threads.

    Signals:
        notice: Title and text for the tray.
    """

    notice = Signal(str, str)

    def __init__(
        self,
        home: Path,
        calls: UiCalls,
        executors: ExecutorManager,
        planned: Callable[[], PlannedSizes],
        parent: QObject | None = None,
    ) -> None:
        """Everything is off until `apply`."""
        super().__init__(parent)
        self._home, self._calls, self._executors, self._planned = home, calls, executors, planned
        self.alerts: Callable[[], tuple[Alert, ...]] = lambda: ()
        self._notifier = Notifier(executors.io, password=self._smtp_password)
        self._smtp_user = ""
        self._file = StatusFile(home)
        self._endpoint: HttpEndpoint | None = None
        self._wanted: tuple[object, ...] = ()
        self._tray = True
        self._status: dict[str, Any] = {}
        self._health: list[HealthCheck] = []
        self._count = 0
        self._writing = False

    def apply(self, settings: Settings) -> None:
        """Use these settings from now on."""
        self._tray = settings.flag("notify.tray")
        self._smtp_user = settings.text("notify.smtp_user")
        self._notifier.configure(notifier_config(settings))
        wanted = tuple(settings.value(f"http.{part}") for part in ("enabled", "address", "port", "beyond_loopback"))
        if wanted != self._wanted:
            self._wanted = wanted
            self._serve(settings)

    def close(self) -> None:
        """Serve and send nothing any more."""
        self._notifier.close()
        if self._endpoint is not None:
            self._endpoint.close()
            self._endpoint = None
        self._file.remove()

    @Slot(tuple)
    def take_samples(self, samples: tuple[Sample, ...]) -> None:
        """Keep the status object of the moment; every two seconds it goes into the status file."""
        self._status = status_object(samples[-1], self._planned(), alerts=self.alerts(), health=self._health)
        self._count += 1
        if self._count % _EVERY_SAMPLES == 1 and not self._writing:
            self._writing = True
            self._calls.start(self._write, self._written, self._not_written, self)

    @Slot(object)
    def take_alerts(self, _status: object) -> None:
        """The open alerts have changed: the next scrape sees it."""
        if self._status:
            self._status = {**self._status, "alerts": [alert_object(alert) for alert in self.alerts()]}

    @Slot(object, object)
    def tell(self, notice: Notice, alert: Alert) -> None:
        """Send an alert's notice to all who want it."""
        self._notifier.tell(notice, alert)
        if self._tray and notice in {Notice.FIRED, Notice.WORSE, Notice.STILL}:
            self.notice.emit(title(alert), explanation(alert))
        elif self._tray and notice is Notice.RESOLVED:
            self.notice.emit(self.tr("Ended: {0}").format(short(alert)), explanation(alert))

    def _serve(self, settings: Settings) -> None:
        if self._endpoint is not None:
            self._endpoint.close()
            self._endpoint = None
        if not settings.flag("http.enabled"):
            return
        try:
            self._endpoint = HttpEndpoint(
                self._current,
                endpoint_token(self._home),
                address=settings.text("http.address"),
                port=settings.integer("http.port"),
                beyond_loopback=settings.flag("http.beyond_loopback"),
            )
        except SheetferryError as error:
            _log.warning("the HTTP endpoint is off: %s", error)
            self.notice.emit(spoken(error.info.message), spoken(error.info.hint or ""))

    def _current(self) -> dict[str, Any]:
        """On the endpoint's threads: the last status object, which is replaced as a whole."""
        return self._status or status_object(Sample(0.0, 0.0), self._planned())

    def _write(self) -> list[HealthCheck]:
        """On an I/O thread."""
        self._file.write(self._status)
        return [HealthCheck(h.name, h.ok, h.milliseconds, h.detail) for h in self._executors.health(timeout=1.0)]

    def _written(self, health: list[HealthCheck]) -> None:
        self._writing = False
        self._health = health

    def _not_written(self, error: BaseException) -> None:
        self._writing = False
        _log.warning("the status could not be written: %s", error)

    def _smtp_password(self) -> Secret | None:
        """On an I/O thread: the environment first, then the system's keyring."""
        if os.environ.get(SMTP_VARIABLE):
            return Secret(os.environ[SMTP_VARIABLE])
        try:
            found = keyring.get_password(KEYRING_SERVICE, self._smtp_user)
        except keyring.errors.KeyringError:
            return None
        return Secret(found) if found else None
