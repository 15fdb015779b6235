"""What the editor knows of SQL: statements, parameters, colours."""

from __future__ import annotations

import pytest

from widgets.explore.sql_text import parameters, spans, statement_at, statements


@pytest.mark.parametrize(
    ("script", "found"),
    [
        ("select 1; select 2", ["select 1", "select 2"]),
        ("select ';' ; -- a; b\nselect 2;", ["select ';'", "select 2"]),
        ("do $$ begin; end $$; select 1", ["do $$ begin; end $$", "select 1"]),
        ('select ";" from t', ['select ";" from t']),
        ("select 'open", ["select 'open"]),
        ("  \n-- nothing\n", []),
    ],
)
def test_statements_end_at_their_own_semicolons(script: str, found: list[str]) -> None:
    assert [part.text_in(script) for part in statements(script)] == found


def test_the_statement_with_the_cursor_is_the_one_that_runs() -> None:
    script = "select 1;\n\nselect 2"
    for offset, wanted in ((0, "select 1"), (8, "select 1"), (10, "select 1"), (12, "select 2"), (18, "select 2")):
        part = statement_at(script, offset)
        assert part is not None
        assert part.text_in(script) == wanted


@pytest.mark.parametrize(
    ("script", "names"),
    [
        ("where a > :from and b < :to and c = :from", ("from", "to")),
        ("select a::text, ':no', b[1:n] -- :not\n from t where x=:yes", ("yes",)),
        ("select /* :no */ 1", ()),
    ],
)
def test_parameters_are_names_outside_of_texts_and_casts(script: str, names: tuple[str, ...]) -> None:
    assert parameters(script) == names


def test_tokens_have_their_kinds() -> None:
    script = "select 'x' from t where a = :p -- end"
    kinds = {script[s.start : s.start + s.length]: s.kind for s in spans(script)}
    assert kinds["select"] == "keyword"
    assert kinds["'x'"] == "string"
    assert kinds[":p"] == "parameter"
    assert kinds["-- end"] == "comment"
