from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workers.core.model.errors import UserError
from workers.querying.text.parameters import bind, parameter_names
from workers.querying.text.statements import place_of, split, statement_at


@pytest.mark.parametrize(
    ("script", "texts"),
    [
        ("", []),
        ("-- nothing\n/* at all */ ;", []),
        ("select 1", ["select 1"]),
        ("select 1;", ["select 1"]),
        ("select 1;;; select 2 ;\n-- the end\n", ["select 1", "select 2"]),
        ("select ';' -- ;\n; (select 2)", ["select ';' -- ;", "(select 2)"]),
        ('select ";" as ";"; select 2', ['select ";" as ";"', "select 2"]),
        ("select $$ ; $$; select $x$ ; $$ ; $x$", ["select $$ ; $$", "select $x$ ; $$ ; $x$"]),
        ("select E'it\\'s ; '; select 2", ["select E'it\\'s ; '", "select 2"]),
        ("/* a /* nested ; */ b; */ select 1; select 2", ["/* a /* nested ; */ b; */ select 1", "select 2"]),
        ("explain analyze select ';' ; select 1", ["explain analyze select ';'", "select 1"]),
        ("call p(';'); show x; vacuum -- ;\n t; select 2", ["call p(';')", "show x", "vacuum -- ;\n t", "select 2"]),
        ("do $$ begin perform 1; end $$; select 1", ["do $$ begin perform 1; end $$", "select 1"]),
        (
            "create function f() returns int begin atomic select case when true then 1 end; select 2; end; select 3",
            [
                "create function f() returns int begin atomic select case when true then 1 end; select 2; end",
                "select 3",
            ],
        ),
        ("begin; select 1; end", ["begin", "select 1", "end"]),
        ("select 'open", ["select 'open"]),
    ],
)
def test_a_script_is_split_where_the_server_would_split_it(script: str, texts: list[str]) -> None:
    assert [statement.text for statement in split(script)] == texts


@given(st.lists(st.sampled_from(["select 1", "select ';'", "-- c ;\n", "/* ; */", ";", "\n", "$$;$$", '";"', "é"])))
def test_every_statement_stands_where_it_says(pieces: list[str]) -> None:
    script = " ".join(pieces)
    for number, statement in enumerate(split(script), start=1):
        assert statement.number == number
        assert script[statement.start :].startswith(statement.text)


def test_the_first_word_is_told_and_no_text_is_taken_for_one() -> None:
    assert [s.verb for s in split("-- c\n with a as (select 1) select 1; (select 2); 'select'")] == ["WITH", "(", ""]


def test_a_place_counts_lines_and_characters_from_one() -> None:
    assert str(place_of("ab\ncd", 4)) == "line 2, character 2"
    assert str(place_of("ab", 0)) == "line 1, character 1"
    assert str(place_of("ab", 99)) == "line 1, character 3"


def test_the_statement_at_the_cursor() -> None:
    statements = split("select 1; select 2")
    assert [getattr(statement_at(statements, at), "number", None) for at in (0, 8, 10, 17)] == [1, 1, 2, 2]
    assert statement_at((), 3) is None


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("select :a", ("a",)),
        ("select ':a', \":a\", $$:a$$, E'\\':a' -- :a\n/* :a */", ()),
        ("select x::int, y ::text", ()),
        ("select a[1:n], a[b:c], a[f(1):n]", ()),
        ("select a[:i]", ("i",)),
        ("select f(x := 1)", ()),
        ("select : a", ()),
        ("select :größe, :a, :größe", ("größe", "a")),
        ("explain select * from t where x = :a", ("a",)),
        ("execute f(:a, ':b')", ("a",)),
        ("select j -> ':a', :b::jsonb", ("b",)),
    ],
)
def test_parameters_are_found_among_the_tokens_only(text: str, names: tuple[str, ...]) -> None:
    assert parameter_names(text) == names


def test_a_name_that_comes_twice_is_one_parameter() -> None:
    bound = bind("select :a, :b, :a", {"a": "1", "b": None})
    assert (bound.text, bound.values) == ("select $1, $2, $1", ("1", None))


def test_places_are_found_again_behind_replacements() -> None:
    text = "select :first_name, :b, wrong"
    bound = bind(text, {"first_name": "x", "b": "y"})
    assert bound.original_offset(bound.text.index("wrong")) == text.index("wrong")
    assert bound.original_offset(0) == 0


def test_a_parameter_without_a_value_is_refused_by_name() -> None:
    with pytest.raises(UserError) as caught:
        bind("select :missing", {})
    assert caught.value.info.kind == "parameter-missing"
    assert ":missing" in caught.value.info.message
