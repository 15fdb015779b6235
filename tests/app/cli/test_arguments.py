"""The command line explains itself, and what the README shows of it is true."""

from __future__ import annotations

import argparse
import re
import shlex
from collections.abc import Iterator

import pytest

from app.bootstrap import CHECKOUT
from app.cli.arguments import build_parser, parse


def commands() -> dict[str, argparse.ArgumentParser]:
    """Every command's own grammar."""
    (group,) = (a for a in build_parser()._actions if isinstance(a, argparse._SubParsersAction))
    return dict(group.choices)


def shown() -> Iterator[str]:
    """The commands of the README's section about the terminal."""
    text = (CHECKOUT / "README.md").read_text(encoding="utf-8")
    section = text.split("## From the terminal")[1].split("\n## ")[0]
    for line in section.splitlines():
        if line.startswith("    sheetferry"):
            yield re.split(r"\s{2,}", line.strip())[0]


@pytest.mark.parametrize("name", list(commands()))
def test_every_argument_is_explained(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    unexplained = [a.dest for a in commands()[name]._actions if not a.help]
    assert unexplained == []
    with pytest.raises(SystemExit) as left:
        parse([name, "--help"])
    assert left.value.code == 0
    assert f"sheetferry {name}" in capsys.readouterr().out


@pytest.mark.parametrize("line", list(shown()))
def test_what_the_readme_shows_is_understood(line: str) -> None:
    parse(shlex.split(line)[1:])


def test_the_readme_shows_every_command_that_is_built() -> None:
    assert {line.split()[1] for line in shown() if " " in line} | {"gui", "agent"} == set(commands())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["history", "--limit", "-3"], "--limit: '-3' is not a count"),
        (["import", "a.xlsx", "--workers", "0"], "--workers: '0' is not a number of workers"),
        (["import", "a.xlsx", "--frobnicate"], "unrecognized arguments: --frobnicate"),
        (["import"], "PATH"),
        (["frobnicate"], "invalid choice: 'frobnicate'"),
    ],
)
def test_wrong_usage_is_one_sentence_and_a_hint(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        parse(words)
    assert left.value.code == 2
    out, err = capsys.readouterr()
    sentence, hint = err.splitlines()
    assert (out, said in sentence, "--help" in hint) == ("", True, True)
