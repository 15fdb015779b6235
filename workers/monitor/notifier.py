"""Sends alerts by webhook and e-mail: on an I/O thread, retried, never in anybody's way, secrets never in the log."""

from __future__ import annotations

import json
import logging
import smtplib
import ssl
import threading
import urllib.request
from collections import deque
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Any
from urllib.parse import urlsplit

from workers.core.alerts.rules import AlertLevel
from workers.core.alerts.states import Alert, Notice
from workers.core.model.tasks import Secret
from workers.core.settings.resolve import Settings
from workers.monitor.status import alert_object

_TIMEOUT = 10.0
_MOST_WAITING = 20
_PAUSES = (2.0, 10.0, 60.0)
_SENT = {Notice.FIRED, Notice.WORSE, Notice.RESOLVED}
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Mail:
    """How e-mail is sent."""

    host: str
    port: int
    security: str
    user: str
    sender: str
    to: str


@dataclass(frozen=True, slots=True)
class NotifierConfig:
    """What is sent where.

    Attributes:
        level: The lowest level that is sent.
        webhook: Address, or None for none.
        mail: How e-mail is sent, or None for none.
    """

    level: AlertLevel = AlertLevel.CRITICAL
    webhook: Secret | None = None
    mail: Mail | None = None


def notifier_config(settings: Settings) -> NotifierConfig:
    """As the settings have it; what is switched on but incomplete counts as off."""
    webhook = settings.text("notify.webhook_url") if settings.flag("notify.webhook") else ""
    mail = None
    if settings.flag("notify.email"):
        mail = Mail(
            settings.text("notify.smtp_host"),
            settings.integer("notify.smtp_port"),
            settings.text("notify.smtp_security"),
            settings.text("notify.smtp_user"),
            settings.text("notify.email_from"),
            settings.text("notify.email_to"),
        )
    complete = mail is not None and mail.host and mail.sender and mail.to
    level = AlertLevel(settings.text("notify.level"))
    return NotifierConfig(level, Secret(webhook) if webhook else None, mail if complete else None)


class Notifier:
    """Takes notices from any thread and answers at once; sending happens later, at most three retries."""

    def __init__(
        self,
        executor: Executor,
        *,
        password: Callable[[], Secret | None] = lambda: None,
        post: Callable[[str, bytes], None] | None = None,
        mail: Callable[[Mail, Secret | None, EmailMessage], None] | None = None,
        stopped: threading.Event | None = None,
        pauses: tuple[float, ...] = _PAUSES,
    ) -> None:
        """Nothing is sent before `configure`.

        Args:
            executor: Carries the sending.
            password: The mail account's password, from the keyring or the environment.
            post: Posts JSON to an address.
            mail: Sends a message.
            stopped: Set when the program ends: no more retries.
            pauses: Seconds before each retry.
        """
        self._executor, self._password = executor, password
        self._post, self._mail = post or post_json, mail or send_mail
        self._stopped = stopped or threading.Event()
        self._pauses = pauses
        self._config = NotifierConfig()
        self._lock = threading.Lock()
        self._queue: deque[tuple[str, Callable[[], None]]] = deque()
        self._running = False

    def configure(self, config: NotifierConfig) -> None:
        """The settings have changed."""
        self._config = config

    def close(self) -> None:
        """Retry nothing any more."""
        self._stopped.set()

    def tell(self, notice: Notice, alert: Alert) -> None:
        """Send what the settings want sent."""
        config = self._config
        if notice not in _SENT or alert.worst.rank < config.level.rank:
            return
        if config.webhook is not None:
            body = json.dumps(notice_object(notice, alert)).encode()
            address = config.webhook.reveal()
            self._start("webhook", lambda: self._post(address, body))
        if config.mail is not None:
            mail, message = config.mail, make_message(config.mail, notice, alert)
            self._start("e-mail", lambda: self._mail(mail, self._password(), message))

    def _start(self, what: str, send: Callable[[], None]) -> None:
        with self._lock:
            if len(self._queue) >= _MOST_WAITING:
                _log.warning("an alert was not sent by %s: too many wait already", what)
                return
            self._queue.append((what, send))
            if self._running:
                return
            self._running = True
        try:
            self._executor.submit(self._run)
        except RuntimeError:  # the executor is shutting down
            self._running = False

    def _run(self) -> None:
        """Send one after the other, so that a dead mail server holds one I/O thread and not all."""
        while True:
            with self._lock:
                if not self._queue or self._stopped.is_set():
                    self._running = False
                    return
                what, send = self._queue.popleft()
            self._send(what, send)

    def _send(self, what: str, send: Callable[[], None]) -> None:
        for pause in (*self._pauses, None):
            try:
                send()
                return
            except Exception as error:  # noqa: BLE001  # whatever a server does, the program goes on
                # The error's own text may hold the address with its secret: only its kind is logged.
                _log.warning("an alert could not be sent by %s: %s", what, type(error).__name__)
            if pause is None or self._stopped.wait(pause):
                return


def notice_object(notice: Notice, alert: Alert) -> dict[str, Any]:
    """What the webhook gets."""
    return {"source": "sheetferry", "notice": notice.value, "text": notice_line(notice, alert), **alert_object(alert)}


def notice_line(notice: Notice, alert: Alert) -> str:
    """One line for people."""
    unit = alert.rule.unit if alert.rule.unit == "%" else f" {alert.rule.unit}"
    if notice is Notice.RESOLVED:
        return f"Resolved: {alert.rule.label} {alert.value:.4g}{unit}, highest {alert.most:.4g}{unit}"
    threshold = "" if alert.threshold is None else f", threshold {alert.threshold:g}{unit}"
    return f"{alert.level.value.capitalize()}: {alert.rule.label} {alert.value:.4g}{unit}{threshold}"


def make_message(mail: Mail, notice: Notice, alert: Alert) -> EmailMessage:
    """The e-mail about an alert."""
    message = EmailMessage()
    message["Subject"] = f"Sheetferry: {notice_line(notice, alert)}"
    message["From"], message["To"] = mail.sender, mail.to
    lines = [notice_line(notice, alert)]
    if alert.cause is not None:
        lines.append(f"Likely cause: {alert.cause.text}")
    if alert.done:
        lines.append(f"Done: {alert.done}")
    message.set_content("\n".join(lines))
    return message


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """What is posted goes to the address that was given: a redirect would become a GET, without the notice."""

    def redirect_request(self, *_args: Any) -> None:
        """Follow none; the answer then counts as an error."""


_OPENER = urllib.request.build_opener(_NoRedirects)


def post_json(address: str, body: bytes) -> None:
    """Post to a web address.

    Raises:
        ValueError: for another kind of address.
        OSError: when it fails or the server answers with an error or with another address.
    """
    if urlsplit(address).scheme not in {"http", "https"}:
        raise ValueError("not a web address")
    headers = {"Content-Type": "application/json", "User-Agent": "Sheetferry"}
    request = urllib.request.Request(address, body, headers)
    with _OPENER.open(request, timeout=_TIMEOUT):
        pass


def send_mail(mail: Mail, password: Secret | None, message: EmailMessage) -> None:
    """Send by SMTP; with TLS the server's certificate is checked.

    Raises:
        OSError: when the server cannot be reached or refuses.
    """
    context = ssl.create_default_context()
    if mail.security == "tls":
        server: smtplib.SMTP = smtplib.SMTP_SSL(mail.host, mail.port, timeout=_TIMEOUT, context=context)
    else:
        server = smtplib.SMTP(mail.host, mail.port, timeout=_TIMEOUT)
    with server:
        if mail.security == "starttls":
            server.starttls(context=context)
        if mail.user and password is not None:
            server.login(mail.user, password.reveal())
        server.send_message(message)
