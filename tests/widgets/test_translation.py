"""The window in another language, with a small translation made by the same tools."""

from __future__ import annotations

import datetime as dt
import importlib.util
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QObject
from pytestqt.qtbot import QtBot

from widgets.parts.wording import day, listed
from widgets.translation import TextTranslator, install_translators, spoken

TOOL = Path(__file__).resolve().parents[2] / ".ci" / "translations.py"


class Speaker(QObject):
    def speak(self) -> str:
        return self.tr("Import {0} rows").format(7)


@pytest.fixture
def tool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    spec = importlib.util.spec_from_file_location("translations_tool", TOOL)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "FOLDER", tmp_path)
    return module


@pytest.fixture
def locale() -> Iterator[None]:
    before = QLocale()
    yield
    QLocale.setDefault(before)


@pytest.mark.usefixtures("locale", "qtbot")
def test_a_string_is_translated_wherever_it_is_said(tool: ModuleType, tmp_path: Path) -> None:
    strings = {"Import {0} rows": ["a.py"], "Cancel": ["a.py", "b.py"]}
    done = {"Import {0} rows": "导入 {0} 行"}
    (tmp_path / "sheetferry_zh_CN.ts").write_bytes(tool.document("zh_CN", strings, done))
    tool.compile_all()
    application = QCoreApplication.instance()
    assert application is not None
    installed = install_translators(application, "zh_CN", tmp_path)
    try:
        assert Speaker().speak() == "导入 7 行"
        assert QCoreApplication.translate("elsewhere", "Import {0} rows") == "导入 {0} 行"
        assert QCoreApplication.translate("elsewhere", "Not translated") == "Not translated"
        assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "取消"
    finally:
        for translator in installed:
            application.removeTranslator(translator)
            translator.deleteLater()
    assert Speaker().speak() == "Import 7 rows"


@pytest.mark.usefixtures("locale")
def test_english_needs_no_translation(qtbot: QtBot, tmp_path: Path) -> None:
    application = QCoreApplication.instance()
    assert application is not None
    installed = install_translators(application, "en", tmp_path)
    assert not any(isinstance(translator, TextTranslator) for translator in installed)
    for translator in installed:
        application.removeTranslator(translator)


def test_finished_translations_survive_the_next_collection(tool: ModuleType, tmp_path: Path) -> None:
    path = tmp_path / "sheetferry_zh_CN.ts"
    path.write_bytes(tool.document("zh_CN", {"Old": ["a.py"], "Kept <&>": ["a.py"]}, {"Kept <&>": "保留 <&>"}))
    again = tool.translated(path)
    assert again == {"Kept <&>": "保留 <&>"}
    fresh = tool.document("zh_CN", {"Kept <&>": ["b.py"], "New": ["b.py"]}, again).decode()
    assert "Old" not in fresh
    assert "保留 &lt;&amp;&gt;" in fresh
    assert fresh.count('type="unfinished"') == 1


@pytest.mark.usefixtures("locale", "qtbot")
def test_the_shipped_chinese_speaks_for_the_workers_too() -> None:
    application = QCoreApplication.instance()
    assert application is not None
    english = "Column B: 3 cells hold an error such as #N/A; they arrive as NULL."
    assert spoken(english) == english
    installed = install_translators(application, "zh_CN")
    try:
        assert spoken(english) == "列 B：3 个单元格含有 #N/A 之类的错误；将载入为 NULL。"
        assert spoken("B9: 'x' is not of type bigint.") == "B9：'x' 不是 bigint 类型。"
        assert spoken("") == ""
        assert day(dt.date(2026, 11, 22)) == "2026年11月22日"
        assert day(dt.date(2026, 11, 22), year=False, weekday=True) == "11月22日 星期日"
        assert listed("a", "", "b") == "a，b"
    finally:
        for translator in installed:
            application.removeTranslator(translator)
            translator.deleteLater()
    assert spoken(english) == english
