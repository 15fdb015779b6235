"""Secrets do not reach the log."""

from __future__ import annotations

import contextlib
import logging
from pathlib import Path

import pytest

from app.context.home import home_folder
from app.context.logs import RedactingFormatter, log_file, redact, start_logging
from workers.core.model.errors import EnvironmentFailure


@pytest.mark.parametrize(
    "text",
    [
        "postgresql://me:s3cret@db/x",
        "connect failed: password=s3cret host=db",
        "PASSWORD: 's3cret'",
        "a://u:p@s3cret@h/",
    ],
)
def test_passwords_are_blotted_out(text: str) -> None:
    """Neither a URL's nor a keyword's password stays."""
    assert "s3cret" not in redact(text)


def test_tracebacks_are_blotted_out_too() -> None:
    """An exception's text is part of the line."""
    try:
        raise ValueError("postgresql://me:s3cret@db/x")
    except ValueError as error:
        record = logging.LogRecord(
            "x", logging.ERROR, __file__, 1, "failed", (), (type(error), error, error.__traceback__)
        )
    assert "s3cret" not in RedactingFormatter("%(message)s").format(record)


def test_home_is_made_and_a_bad_one_is_named(tmp_path: Path) -> None:
    """A usable folder is made; an impossible one gives a sentence with the variable's name."""
    assert home_folder({"SHEETFERRY_HOME": str(tmp_path / "ö x")}).is_dir()
    (tmp_path / "file").write_text("")
    with pytest.raises(EnvironmentFailure, match="cannot be used") as failure:
        home_folder({"SHEETFERRY_HOME": str(tmp_path / "file" / "below")})
    assert "SHEETFERRY_HOME" in (failure.value.info.hint or "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_under_the_log_says_nothing_on_standard_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "logs").mkdir()
    log_file(tmp_path).symlink_to("/dev/full")
    root = logging.getLogger()
    before = list(root.handlers)
    start_logging(tmp_path)
    try:
        logging.getLogger("workers.test").error("lost")
    finally:
        for handler in [h for h in root.handlers if h not in before]:
            root.removeHandler(handler)
            with contextlib.suppress(OSError):
                handler.close()
    assert capsys.readouterr().err == ""


def test_a_record_is_one_line_and_holds_nothing_to_obey() -> None:
    """A file's name cannot forge a line, nor speak to the terminal of who reads the log."""
    name = "a\n2026-01-01 00:00:00 1 ERROR x: all is lost\x1b[2J\u202e\udce9.csv"
    record = logging.LogRecord("x", logging.WARNING, __file__, 1, "%s cannot be read", (name,), None)
    line = RedactingFormatter("%(levelname)s %(message)s").format(record)
    assert line.split("\n")[0] == "WARNING a"
    assert all(more.startswith("  ") for more in line.split("\n")[1:])
    assert not set("\x1b\u202e\udce9") & set(line)
    line.encode("utf-8")
