"""Text of unknown origin leaves the program through doors that make it harmless, and nothing goes around them."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCES = sorted(path for folder in ("app", "widgets", "workers") for path in (ROOT / folder).rglob("*.py"))

PLAIN_TEXT = "widgets/parts/plain_text.py"
MARKUP_CLASSES = {
    "QErrorMessage", "QInputDialog", "QLabel", "QMessageBox", "QProgressDialog", "QStaticText", "QTextBrowser",
    "QTextDocument", "QTextEdit", "QToolTip", "QWhatsThis",
}  # fmt: skip
MARKUP_METHODS = {"appendHtml", "setHtml", "setMarkdown", "setTextFormat", "setToolTip", "setWhatsThis", "showMessage"}


def calls(tree: ast.AST) -> Iterator[tuple[ast.Call, str, str]]:
    """Every call with the name that is called and the name that it belongs to, such as ``write`` and ``stdout``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            func = node.func
            if isinstance(func, ast.Name):
                yield node, func.id, ""
            elif isinstance(func, ast.Attribute):
                owner = func.value
                yield node, func.attr, getattr(owner, "attr", getattr(owner, "id", "?"))


def markup(tree: ast.AST) -> Iterator[int]:
    """Whatever shows text that Qt may take for markup."""
    for call, name, owner in calls(tree):
        if name in {"setToolTip", "setTextFormat"} and len(call.args) == 1 and is_made_plain(call.args[0]):
            continue
        if name in MARKUP_CLASSES | MARKUP_METHODS or (owner in MARKUP_CLASSES and not name[:1].isupper()):
            yield call.lineno
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            yield from (base.lineno for base in node.bases if getattr(base, "id", "") in MARKUP_CLASSES)


def is_made_plain(value: ast.expr) -> bool:
    """Whether the one argument of a setter is plain text, or says that its text is."""
    return is_plain(value) or ast.unparse(value).endswith("TextFormat.PlainText")


def is_plain(value: ast.expr | None) -> bool:
    return (isinstance(value, ast.Call) and getattr(value.func, "id", "") == "plain_tip") or (
        isinstance(value, ast.Constant) and value.value is None
    )


def model_tips(tree: ast.AST) -> Iterator[int]:
    """Tooltips of models that are not made plain."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.If | ast.IfExp):
            continue
        asked = [c for c in ast.walk(node.test) if isinstance(c, ast.Compare) and "ToolTipRole" in ast.unparse(c)]
        if not asked or any(isinstance(op, ast.NotIn) for c in asked for op in c.ops):
            continue
        if isinstance(node, ast.IfExp):
            given: list[ast.expr | None] = [node.body]
        else:
            given = [r.value for part in node.body for r in ast.walk(part) if isinstance(r, ast.Return)]
        if not given or not all(map(is_plain, given)):
            yield node.lineno


def terminal(tree: ast.AST) -> Iterator[int]:
    """Whatever speaks to the terminal."""
    streams = {"stdout", "stderr", "__stdout__", "__stderr__"}
    for call, name, owner in calls(tree):
        spoken = name in {"print", "Console", "input"} and not owner
        if spoken or (name in {"write", "writelines"} and owner in streams):
            yield call.lineno


def logs(tree: ast.AST) -> Iterator[int]:
    """Whatever decides how records become lines."""
    for call, name, owner in calls(tree):
        if name in {"Formatter", "basicConfig"} and owner in {"", "logging"}:
            yield call.lineno
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            yield from (base.lineno for base in node.bases if ast.unparse(base) == "logging.Formatter")


def spreadsheets(tree: ast.AST) -> Iterator[int]:
    """Whatever writes text that a spreadsheet program may run."""
    for call, name, owner in calls(tree):
        if name in {"to_csv", "to_excel", "DictWriter"} or (name == "writer" and owner == "csv"):
            yield call.lineno


Rule = Callable[[ast.AST], Iterator[int]]
RULES: dict[str, tuple[Rule, dict[str, str]]] = {
    "markup": (
        markup,
        {
            PLAIN_TEXT: "the door",
            "widgets/parts/labels.py": "labels, which are plain by themselves",
            "app/tray.py": "notifications of the system, by `notification`",
        },
    ),
    "model tips": (model_tips, {}),
    "terminal": (
        terminal,
        {
            "app/cli/output.py": "the door",
            "app/cli/tables.py": "the door for tables and bars",
            "app/setup/entering.py": "speaks before there is anything else, with sentences of its own only",
            "app/setup/provisioning.py": "speaks before the door can be opened, by `shown`",
        },
    ),
    "spreadsheets": (
        spreadsheets,
        {
            "app/presenters/history.py": "by `FormulaGuard`",
            "app/services/table_export.py": "by `FormulaGuard`",
            "widgets/monitor/export.py": "times and numbers only",
        },
    ),
    "logs": (
        logs,
        {
            "workers/system/log_lines.py": "the door",
            "workers/pool/process/process_setup.py": "opens the workers' log, and gives it the door",
        },
    ),
}


@pytest.mark.parametrize("name", RULES)
def test_nothing_goes_around_a_door(name: str) -> None:
    rule, allowed = RULES[name]
    found = {}
    for path in SOURCES:
        place = path.relative_to(ROOT).as_posix()
        lines = sorted(set(rule(ast.parse(path.read_text(encoding="utf-8")))))
        if lines and place not in allowed:
            found[place] = lines
    assert not found, f"use the door of {name}: {', '.join(allowed) or 'plain_tip'}"


@pytest.mark.parametrize("name", RULES)
def test_every_exception_is_needed(name: str) -> None:
    rule, allowed = RULES[name]
    for place in allowed:
        assert list(rule(ast.parse((ROOT / place).read_text(encoding="utf-8")))), place


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("markup", "label.setToolTip(name)"),
        ("markup", "QMessageBox.information(self, title, text)"),
        ("markup", "QInputDialog(self)"),
        ("markup", "QToolTip.showText(place, text)"),
        ("markup", "view.setHtml(text)"),
        ("markup", "label.setTextFormat(Qt.TextFormat.RichText)"),
        ("markup", "class Mine(QLabel): pass"),
        ("model tips", "def data(role):\n if role == R.ToolTipRole:\n  return name"),
        ("model tips", "def data(role):\n if role in (R.DisplayRole, R.ToolTipRole):\n  return name"),
        ("model tips", "x = name if role == R.ToolTipRole else other"),
        ("terminal", "print(name)"),
        ("terminal", "sys.stderr.write(name)"),
        ("terminal", "Console().print(name)"),
        ("spreadsheets", "frame.to_csv(path)"),
        ("spreadsheets", "csv.writer(file)"),
        ("logs", "logging.basicConfig()"),
        ("logs", "class F(logging.Formatter): pass"),
    ],
)
def test_a_way_around_is_noticed(name: str, code: str) -> None:
    assert list(RULES[name][0](ast.parse(code)))


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("markup", "box.addButton(text, QMessageBox.ButtonRole.AcceptRole)"),
        ("markup", "item.setToolTip(plain_tip(name))"),
        ("markup", "label.setTextFormat(Qt.TextFormat.PlainText)"),
        ("model tips", "def data(role):\n if role == R.ToolTipRole:\n  return plain_tip(name)"),
        ("terminal", "say(name)"),
    ],
)
def test_the_doors_themselves_are_open(name: str, code: str) -> None:
    assert not list(RULES[name][0](ast.parse(code)))
