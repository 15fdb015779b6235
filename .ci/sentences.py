"""Finds the sentences for people that the code without Qt makes: ``workers``, and the modules of ``app`` named here.

They are said in English where they are made, with values put in (f-strings, ``format``), and shown in the user's
language by `widgets.translation.spoken`, which recognises them. What is put in becomes a numbered place:
``f"{n} rows"`` is collected as ``{0} rows``. Texts for logs, SQL, patterns, documentation and programming errors are
passed over.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

APP_MODULES = (
    "app/presenters/history.py",
    "app/context/home.py",
    "app/presenters/monitor.py",
    "app/services/plan_files.py",
    "app/presenters/plan.py",
    "app/services/server_keeper.py",
    "app/context/settings_store.py",
    "app/services/table_export.py",
    "app/services/target_holder.py",
    "app/undo_words.py",
)
PASSED_OVER = {
    "workers/core/model/json_codec.py",  # programs read these
    "workers/core/model/option_words.py",  # for the command line
    "workers/core/model/receipt.py",  # a document to keep, in English like the ledger
    "workers/core/query/plan_tree.py",  # PostgreSQL's own words
    "workers/core/metrics/series.py",
    "workers/core/metrics/series_codec.py",
    "workers/database/ledger/schema.py",
    "workers/database/local/queries.py",
    "workers/database/local/store.py",
    "workers/database/session_settings.py",
    "workers/importing/loading/pipeline/widening.py",
    "workers/importing/reading/number_formats.py",
    "workers/importing/reading/xlsx/style_probe.py",
    "workers/monitor/http_endpoint.py",
    "workers/monitor/notifier.py",
    "workers/monitor/prometheus.py",
    "workers/querying/local/duck.py",  # SQL of DuckDB
    "workers/pool/executors.py",
    "workers/pool/process/birth.py",
}
UNSEEN_CALLS = {
    "debug", "info", "warning", "error", "exception", "log", "execute", "SQL", "compile", "RuntimeError", "TypeError",
    "AssertionError", "BugError", "Choice", "translate", "tr", "_tr", "setObjectName",
    "own",
}  # fmt: skip
SHOWN = {"label", "help", "group", "unit", "formula"}
"""What declarations of settings and alerts say of themselves: collected as strings of the window."""
PIECES = {
    "workers/core/inference/infer.py": ("_KIND_WORDS", "_groups"),
    "workers/core/jobs/events.py": (),
    "workers/core/model/tasks.py": ("Phase",),
}
"""Where single words stand that become parts of sentences: names of assignments, functions and classes."""
COUNTING = {"_count"}
"""Functions that say how many there are of a thing; their second argument is the thing."""
JOINED = (
    *(f"{{0}} {word}" for word in ("numbers", "dates", "booleans", "times", "durations", "texts")),
    "1 number", "1 date", "{0} {1} a number stored as text, read as {2}", "{0} {1} a date stored as text, read as {2}",
    *(f"1 {word} at {{0}}" for word in (
        "text", "null token", "whole number", "number", "date", "date with a time", "error", "boolean", "time",
        "duration", "number stored as text", "date stored as text", "number shown with leading zeros",
        "digit with a leading zero", "number of more than 15 digits stored as text",
    )),
    "its worker process while {0}", "{0} worker processes while {1}", "at least {0}",
    "{0} row does not fit and {1} may be rejected. The first: {2}",
    "{0} rows do not fit and {1} may be rejected. The first: {2}",
    "it is called {0} and adds up the rows above", "waiting: needs about {0}, {1} free",
    "{0} in production, {1} in development",
    "The header was chosen: row {0}.", "The header was chosen: row {0} to {1}.",
    "built-in database",
    "{0}: {1}.", "; ", ", ", "is", "are", "has", "have", "holds", "hold", "arrives", "arrive", "does", "do",
)  # fmt: skip
"""Pieces that are put together in more than one step, so that none of their places holds them whole. No single nouns:
they are names of columns too often, and a name is never translated."""
NOT_SAID = {
    # What servers, systems and files say, looked for or handed on.
    "No space left on device", "Is the server running", "Multiple connection", "ISO, MDY", "BEGIN IMMEDIATE",
    "READ COMMITTED",
    "General Date", "Short Date", "Medium Date", "Long Date", "Short Time", "Medium Time", "Long Time",
    "m/d/yyyy h:mm", "d mmmm yyyy", "h:mm AM/PM", "database .* does not exist", "encrypted package",
    "powerpoint document", "fastpath function call", "idle in transaction", "idle in transaction (aborted)",
    "malformed: {0}", "no such column", "not a database", "unable to open", "unsupported file format",
    "time without time zone", "timestamp without time zone", "double precision", "python-calamine-plus (stream)",
    "time with time zone", "timestamp with time zone", "character varying", "TIMESTAMP WITH TIME ZONE", "{0} AS {1}",
    "Binder Error", "Catalog Error", "Parser Error", ") TO STDOUT (FORMAT csv)", "PREPARE TRANSACTION",
    "SQLSTATE {0}", "SQL: {0}",
    # What is written into files.
    "# An import plan of Sheetferry: sheetferry import WORKBOOK --plan THIS_FILE", "# Made for {0}{1}", "on {0}",
    # For the log and for programmers.
    "claims had drifted by {0} cores, {1} bytes", "job {0}", "job {0} is in the pool already", "worker {0}",
    "worker {0} could not start: {1}", "worker {0} died with {1}: {2}", "{0} cannot go from {1} to {2}",
    "not a column: {0}", "a column needs at least one letter", "not a form of numbers or dates: {0}",
    "date {0} {1}", "number {0} {1}", "{0} workers did not end in time and were killed",
}  # fmt: skip

_WORDS = re.compile(r"[A-Za-z]{2,}[,;:'’”]? [(“\"']?[a-zA-Z{]|\} [a-z]{3,}|^\d+ [a-z]{3,}$|^[a-z]{3,}:? \{")
_NO_SENTENCE = re.compile(
    r"[\\|<]|^# |^\s*[{(]?c\}"
    r"|\b(SELECT|INSERT|UPDATE|DELETE|ALTER|DROP|PRAGMA|COMMENT|CASE|LOCK|GRANT|CREATE|FROM|WHERE)\b"
)
_NAMED = re.compile(r"\{(\w*)(?:[:!][^{}]*)?\}")


def collect_sentences(root: Path) -> dict[str, list[str]]:
    """Every sentence, in order, with the modules that make it."""
    found: dict[str, list[str]] = {}
    for path in (*sorted((root / "workers").rglob("*.py")), *(root / name for name in APP_MODULES)):
        place = path.relative_to(root).as_posix()
        if place in PASSED_OVER or not path.exists():
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for text in (*_Reader(tree).found, *_pieces(tree, PIECES.get(place, ()))):
            places = found.setdefault(text, [])
            if place not in places:
                places.append(place)
    for text in JOINED:
        found.setdefault(text, ["workers/core/diagnostics/columns.py"])
    return dict(sorted(found.items()))


class _Reader(ast.NodeVisitor):
    """Collects what reads like words for people from one module."""

    def __init__(self, tree: ast.AST) -> None:
        self.found: list[str] = []
        self._unsaid = {id(node) for node in _documentation(tree)}
        self.visit(tree)

    def visit_Call(self, node: ast.Call) -> None:
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        if name in UNSEEN_CALLS:
            return
        if name in COUNTING and len(node.args) == 2 and isinstance(node.args[1], ast.Constant):
            thing = str(node.args[1].value)
            if thing.replace(" ", "").isalpha():
                self.found += [f"1 {thing}", f"{{0}} {thing}s"]
            return
        node.keywords = [keyword for keyword in node.keywords if keyword.arg not in SHOWN]
        self.generic_visit(node)

    def visit_Compare(self, node: ast.Compare) -> None:
        """Compared texts are looked for, not said."""

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, str):
            self._take(node)

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        self._take(node)
        self._visit_values(node)

    def visit_BinOp(self, node: ast.BinOp) -> None:
        if isinstance(node.op, ast.Add) and _is_text(node):
            self._take(node)
            self._visit_values(node)
        else:
            self.generic_visit(node)

    def _visit_values(self, node: ast.expr) -> None:
        """Go on inside what is put into a text."""
        if isinstance(node, ast.JoinedStr):
            for part in node.values:
                if isinstance(part, ast.FormattedValue):
                    self.visit(part.value)
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            self._visit_values(node.left)
            self._visit_values(node.right)
        elif not isinstance(node, ast.Constant):
            self.visit(node)

    def _take(self, node: ast.expr) -> None:
        text = numbered(_said(node)).strip()
        if (
            id(node) not in self._unsaid
            and text not in NOT_SAID
            and _WORDS.search(text)
            and not _NO_SENTENCE.search(text)
        ):
            self.found.append(text)


def numbered(text: str) -> str:
    """A text with its places numbered in order; a name that comes again keeps its number."""
    names: dict[str, int] = {}

    def number(match: re.Match[str]) -> str:
        name = match[1] or f"place {len(names)}"
        return f"{{{names.setdefault(name, len(names))}}}"

    return _NAMED.sub(number, text)


def _said(node: ast.expr) -> str:
    """A text expression as it is said, with ``{}`` for what is put in."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(_said(part) for part in node.values)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return _said(node.left) + _said(node.right)
    return "{}"


def _is_text(node: ast.expr) -> bool:
    """Whether an expression is a text by its looks."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return _is_text(node.left) or _is_text(node.right)
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


def _documentation(tree: ast.AST) -> Iterator[ast.expr]:
    """Texts that stand alone: docstrings."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr):
            yield node.value


def _pieces(tree: ast.AST, names: tuple[str, ...]) -> Iterator[str]:
    """The words inside the assignments, functions and classes of these names."""
    for node in ast.walk(tree):
        targets = [getattr(node, "target", None), *getattr(node, "targets", [])]
        mine = {getattr(target, "id", None) for target in targets} | {getattr(node, "name", None)}
        if mine & set(names):
            unsaid = {id(each) for each in _documentation(node)}
            for each in ast.walk(node):
                if isinstance(each, ast.Constant) and isinstance(each.value, str) and id(each) not in unsaid:
                    yield each.value
