"""Alerts leave by webhook and mail: retried, one after the other, and without a secret in the log."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import replace
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from workers.core.alerts.rules import AlertLevel, AlertRule
from workers.core.alerts.states import Alert, AlertPhase, Cause, Notice
from workers.core.model.tasks import Secret
from workers.core.settings.resolve import resolve
from workers.core.settings.schema import SettingContext
from workers.monitor.notifier import Mail, Notifier, NotifierConfig, notifier_config, post_json

RULE = AlertRule("memory", "memory_percent", "Memory", "%", warning=85, critical=90)
ALERT = Alert(
    "memory-1", RULE, AlertPhase.FIRING, AlertLevel.CRITICAL, AlertLevel.CRITICAL, 91, 1.0, 2.0,
    cause=Cause("worker W4"), done="new jobs wait",
)  # fmt: skip
MAIL = Mail("mail.example.org", 587, "starttls", "ana", "ana@example.org", "ops@example.org")
HOOK = Secret("https://example.org/hook?token=geheim")


class AtOnce(Executor):
    """Runs what is submitted on the caller's thread."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        future.set_result(fn(*args, **kwargs))
        return future


class Posts:
    """Remembers what was posted; fails the first times."""

    def __init__(self, failures: int = 0) -> None:
        self.failures = failures
        self.bodies: list[bytes] = []

    def __call__(self, address: str, body: bytes) -> None:
        if self.failures:
            self.failures -= 1
            raise OSError(f"could not reach {address}")
        self.bodies.append(body)


def test_a_failing_webhook_is_tried_again_and_its_secret_is_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    posts = Posts(failures=2)
    notifier = Notifier(AtOnce(), post=posts, pauses=(0, 0, 0))
    notifier.configure(NotifierConfig(webhook=HOOK))
    notifier.tell(Notice.FIRED, ALERT)
    assert len(posts.bodies) == 1
    assert b'"Critical: Memory 91%, threshold 90%"' in posts.bodies[0]
    assert len(caplog.records) == 2
    assert "geheim" not in caplog.text


def test_it_gives_up_in_the_end_and_the_next_alert_is_sent(caplog: pytest.LogCaptureFixture) -> None:
    posts = Posts(failures=3)
    notifier = Notifier(AtOnce(), post=posts, pauses=(0, 0))
    notifier.configure(NotifierConfig(webhook=HOOK))
    notifier.tell(Notice.FIRED, ALERT)
    assert posts.bodies == []
    notifier.tell(Notice.RESOLVED, ALERT)
    assert len(posts.bodies) == 1
    assert "OSError" in caplog.text


def test_only_what_is_wanted_is_sent() -> None:
    posts = Posts()
    notifier = Notifier(AtOnce(), post=posts)
    notifier.tell(Notice.FIRED, ALERT)
    notifier.configure(NotifierConfig(webhook=HOOK))
    notifier.tell(Notice.FIRED, replace(ALERT, worst=AlertLevel.WARNING, level=AlertLevel.WARNING))
    notifier.tell(Notice.STILL, ALERT)
    assert posts.bodies == []


def test_the_mail_says_what_why_and_what_was_done() -> None:
    sent: list[tuple[Secret | None, EmailMessage]] = []
    notifier = Notifier(
        AtOnce(), password=lambda: Secret("geheim"), mail=lambda _mail, password, text: sent.append((password, text))
    )
    notifier.configure(NotifierConfig(mail=MAIL))
    notifier.tell(Notice.FIRED, ALERT)
    ((password, message),) = sent
    assert password == "geheim"
    assert message["Subject"] == "Sheetferry: Critical: Memory 91%, threshold 90%"
    assert "worker W4" in message.get_content()
    assert "new jobs wait" in message.get_content()


def test_what_is_switched_on_but_incomplete_is_off() -> None:
    context = SettingContext(cores=2)
    assert notifier_config(resolve({}, {}, {}, context)) == NotifierConfig()
    half = resolve({"notify.email": True, "notify.webhook": True}, {}, {}, context)
    assert notifier_config(half) == NotifierConfig()
    whole = resolve({"notify.webhook": True, "notify.webhook_url": str(HOOK)}, {}, {}, context)
    assert notifier_config(whole).webhook == HOOK
    assert "geheim" not in repr(notifier_config(whole))


def test_only_web_addresses_are_posted_to() -> None:
    with pytest.raises(ValueError, match="web address"):
        post_json("file:///etc/passwd", b"")


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
def test_a_redirect_of_the_webhook_is_not_followed(code: int) -> None:
    asked: list[tuple[str, str]] = []

    class Elsewhere(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked.append(("POST", self.path))
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(code)
            self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def do_GET(self) -> None:
            asked.append(("GET", self.path))
            self.send_response(200)
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  # the base class names it so
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Elsewhere) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        with pytest.raises(OSError, match=str(code)):
            post_json(f"http://127.0.0.1:{server.server_address[1]}/hook", b"{}")
        server.shutdown()
        thread.join()
    assert asked == [("POST", "/hook")]
