"""Nothing that a person reads in the window goes without a translation, and what is compiled is up to date."""

from __future__ import annotations

import ast
import importlib.util
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent
WINDOW_ONLY = tuple(sorted((ROOT / "widgets").rglob("*.py")))
UNSAID = {
    "tr", "_tr", "translate", "setObjectName", "setProperty", "getLogger", "debug", "info", "warning", "error",
    "exception", "ValueError", "KeyError", "TypeError", "RuntimeError", "property", "compile", "findall",
}  # fmt: skip
SHORTCUT = re.compile(r"(Ctrl|Alt|Shift)\+")
NAMES = {
    "theme.py",
    "tokens.py",
    "palette.py",
    "stylesheet.py",
    "icons.py",
    "sentences.py",
    "sql_text.py",
    "__init__.py",
}
WORDS = re.compile(r"[A-Za-z]{2,} [A-Za-z]{2,}|^[A-Z][a-z]{2,}")
NOT_WORDS = {"double precision", "Sheetferry", "Sentences", "reject rows", "Parquet", "Excel"}


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    path = ROOT / ".ci" / "translations.py"
    spec = importlib.util.spec_from_file_location("translations_check", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_string_and_sentence_is_translated_and_compiled(
    tool: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    result = tool.main(["check"])
    assert result == 0, f"run .ci/translations.py and translate what is new:\n{capsys.readouterr().out}"


def test_untranslated_stale_and_wrong_texts_are_found(
    tool: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tool, "FOLDER", tmp_path)
    strings, sentences = {"{0} rows": ["a.py"], "Open": ["a.py"]}, {"Column {0}: {1}.": ["b.py"]}
    done, said = {"{0} rows": "行"}, {"Column {0}: {1}.": "列 {0}：{2}。"}
    path = tmp_path / "sheetferry_zh_CN.ts"
    path.write_bytes(tool.document("zh_CN", strings, done, ((tool.SENTENCES, sentences, said),)))
    _, wrong = tool.examine("zh_CN", strings, sentences)
    assert wrong == ["no translation: Open", "wrong places: {0} rows", "wrong places: Column {0}: {1}."]
    _, wrong = tool.examine("zh_CN", {"Close": ["a.py"]}, {})
    assert wrong[0] == "sheetferry_zh_CN.ts is not up to date"
    assert tool.stale_files() == ["sentences_zh_CN.json", "sheetferry_zh_CN.qm"]


def test_every_text_of_the_window_goes_through_the_translation() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line}: {text!r}"
        for path in WINDOW_ONLY
        if path.name not in NAMES
        for line, text in plain_texts(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert not found, "\n".join(found)


def test_a_text_that_does_not_is_found() -> None:
    tree = ast.parse('"""Doc of it."""\nlabel(tr("Open it"))\nlabel("Close it")\nwords = {"key of it": 1, "k": "Done"}')
    assert [text for _, text in plain_texts(tree)] == ["Close it", "Done"]


def plain_texts(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Texts that read like words for people and are not translated, with their lines."""
    documentation = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    open_nodes: list[ast.AST] = [tree]
    while open_nodes:
        node = open_nodes.pop(0)
        if id(node) in documentation and isinstance(node, ast.Constant):
            continue
        if isinstance(node, ast.Call):
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            if name in UNSAID:
                continue
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = node.value
            if WORDS.search(text) and not SHORTCUT.match(text) and text not in NOT_WORDS:
                yield node.lineno, text
        elif isinstance(node, ast.Dict):
            open_nodes += node.values
        elif not isinstance(node, ast.Compare):
            open_nodes += ast.iter_child_nodes(node)
