"""``sheetferry query`` as a script sees it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.cli.commands.query_command import script_of, summary
from app.cli.result_table import shown, table_lines, width
from tests.app.cli.test_commands import Commands, commands
from workers.core.model.errors import UserError
from workers.core.query.columns import ResultColumn
from workers.core.query.outcome import StatementOutcome, StatementState

__all__ = ["commands"]

pytestmark = pytest.mark.db

_FIELDS = {
    "query_id", "statement", "state", "rows", "columns", "saved", "table", "waited_seconds", "seconds", "error",
}  # fmt: skip


def test_each_statement_is_one_line_of_json(commands: Commands, tmp_path: Path) -> None:
    out = str(tmp_path / "out.csv")
    code, lines, err = commands.run("query", "select 1 as a; select :n::int as n, 'x' as t", "--param", "n=7",
                                    "--to", out, "--json")  # fmt: skip
    assert (code, err) == (0, "")
    assert [line["statement"] for line in lines] == [1, 2]
    assert set(lines[0]) >= _FIELDS
    assert lines[1]["columns"] == [{"name": "n", "type": "integer"}, {"name": "t", "type": "text"}]
    assert (lines[0]["saved"], lines[1]["saved"], lines[1]["rows"]) == (None, out, 1)
    assert Path(out).read_text() == "n,t\n7,x\n"


def test_what_would_change_something_is_refused_with_code_1(commands: Commands) -> None:
    code, lines, _ = commands.run("query", "create table x (n int)", "--json")
    assert code == 1
    assert (lines[0]["state"], lines[0]["error"]["kind"]) == ("failed", "read-only")
    code, lines, _ = commands.run("query", "select 1;\nselect nothing", "--json")
    assert code == 1
    assert [line["state"] for line in lines] == ["done", "failed"]
    assert (lines[1]["error"]["line"], lines[1]["error"]["column"]) == (2, 8)


def test_writing_needs_yes_without_a_terminal_and_a_table_can_be_taken_back(commands: Commands) -> None:
    code, lines, err = commands.run("query", "create table w (n int)", "--write", "--json")
    assert (code, lines) == (1, [])
    assert "--yes" in err
    code, lines, _ = commands.run("query", "create table w (n int); insert into w values (1), (2)", "--write", "--yes",
                                  "--json")  # fmt: skip
    assert code == 0
    assert [line["rows"] for line in lines] == [0, 2]
    code, lines, _ = commands.run("query", "select n * 10 as n from w", "--save-as", "made", "--json")
    assert (code, lines[0]["table"], lines[0]["rows"]) == (0, "public.made", 2)
    assert commands.query("select sum(n) from made") == [(30,)]
    code, _, _ = commands.run("undo", lines[0]["import_id"], "--json")
    assert code == 0
    assert commands.query("select to_regclass('made')") == [(None,)]


def test_files_are_asked_without_a_database(commands: Commands, tmp_path: Path) -> None:
    text = tmp_path / "some names.csv"
    text.write_text("id,name\n1,a\n2,\n")
    nowhere = "postgresql://nobody@127.0.0.1:1/x"
    script = "select count(*) as n, count(name) as m from some_names"
    code, lines, err = commands.run("query", script, "--local", str(text), "--json", SHEETFERRY_DATABASE_URL=nowhere)
    assert (code, err) == (0, "")
    assert lines[0]["rows"] == 1
    result = f"{lines[0]['query_id']}-1"
    out = str(tmp_path / "out.jsonl")
    script = f"select n + m as s from result_{result[:8]}"
    code, lines, _ = commands.run("query", script, "--local", result, "--to", out, "--json")
    assert code == 0
    assert json.loads(Path(out).read_text()) == {"s": 3}
    code, _, err = commands.run("query", "select 1", "--local", str(tmp_path / "nothing.csv"))
    assert code == 1
    assert "nothing.csv" in err


def test_a_person_gets_a_table_and_a_summary(commands: Commands, tmp_path: Path) -> None:
    script = tmp_path / "two.sql"
    script.write_text("select 1 as n, null as t;\n-- the end\n")
    process = commands.start("query", str(script), "--quiet")
    out, err = process.communicate(timeout=300)
    assert process.returncode == 0
    assert out.splitlines()[:3] == ["n  t", "─  ────", "1  NULL"]
    assert "1 row" in err


def test_a_server_that_is_not_there_is_code_3(commands: Commands) -> None:
    code, _, err = commands.run("query", "select 1", "--database", "postgresql://nobody@127.0.0.1:1/x")
    assert code == 3
    assert "cannot be reached" in err


def test_scripts_come_from_files_and_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "a.sql"
    path.write_bytes("\ufeffselect 'é'".encode())
    assert script_of(str(path)) == "select 'é'"
    assert script_of("select 1") == "select 1"
    with pytest.raises(UserError) as caught:
        script_of(str(tmp_path / "none.sql"))
    assert caught.value.info.kind == "not-found"
    path.write_bytes(b"select '\xff'")
    with pytest.raises(UserError) as caught:
        script_of(str(path))
    assert caught.value.info.kind == "encoding"


def test_a_table_stays_a_table_whatever_the_values_are() -> None:
    columns = (ResultColumn("n", "integer"), ResultColumn("text", "text"))
    lines = table_lines(columns, [("1", "日本"), ("200", "a\nb\x1b[31m"), (None, "x" * 200)])
    assert lines[0] == "n     text"
    assert lines[2] == "   1  日本"
    assert lines[3] == " 200  a\\nb\\x1b[31m"
    assert lines[4].startswith("NULL  xxx")
    assert lines[4].endswith("…")
    assert all(width(line) <= 80 for line in lines)
    assert "\u202e" not in shown("a\u202eb")


def test_a_summary_says_what_was_left_out() -> None:
    outcome = StatementOutcome("q", 1, StatementState.DONE, rows=500, columns=(ResultColumn("n", "integer"),))
    assert "40 shown" in summary(outcome)
    failed = StatementOutcome("q", 2, StatementState.INCOMPLETE, rows=3)
    assert summary(failed).startswith("2: incomplete: 3 rows")
