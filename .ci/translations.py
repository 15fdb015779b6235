"""Collects the window's strings and compiles their translations: ``.venv/bin/python .ci/translations.py [check]``.

The strings are the literal first arguments of calls of ``tr`` in ``app`` and ``widgets``, and what the settings say of
themselves in ``workers/core`` (they are translated where they are shown). They go into one context,
because the program looks a string up by its text alone (`widgets.translation`). What is translated already stays; what
is no longer said goes. ``check`` changes nothing and fails if something would change.
"""

from __future__ import annotations

import ast
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "translations"
LANGUAGES = ("zh_CN",)
CONTEXT = "Sheetferry"
SAYING = {"tr", "_tr"}
SHOWN = {"label", "help", "group", "unit", "formula"}
DECLARING = ("settings_catalogue.py", "alert_rules.py", "alert_settings.py")


def spoken(tree: ast.AST) -> Iterator[str]:
    """The strings of one module that are translated."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", None)
        text = node.args[0]
        if name in SAYING and isinstance(text, ast.Constant) and isinstance(text.value, str) and text.value:
            yield text.value


def declared(tree: ast.AST) -> Iterator[str]:
    """The labels and explanations in a module of declarations."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        shown = [keyword.value for keyword in node.keywords if keyword.arg in SHOWN]
        if isinstance(node.func, ast.Name) and node.func.id == "Choice":
            shown += node.args[1:2]
        for value in shown:
            if isinstance(value, ast.Constant) and isinstance(value.value, str) and value.value:
                yield value.value


def collect() -> dict[str, list[str]]:
    """Every string with the modules that say it, in the order of the strings."""
    found: dict[str, list[str]] = {}
    modules = [(path, spoken) for folder in ("app", "widgets") for path in sorted((ROOT / folder).rglob("*.py"))]
    core = ROOT / "workers" / "core"
    modules += [(core / name, declared) for name in DECLARING]
    for path, strings_of in modules:
        place = path.relative_to(ROOT).as_posix()
        for text in strings_of(ast.parse(path.read_text(encoding="utf-8"))):
            places = found.setdefault(text, [])
            if place not in places:
                places.append(place)
    return dict(sorted(found.items()))


def translated(path: Path) -> dict[str, str]:
    """The finished translations of a language."""
    if not path.exists():
        return {}
    messages = ET.parse(path).getroot().iter("message")
    done = ((message.findtext("source"), message.find("translation")) for message in messages)
    return {source: target.text for source, target in done if source and target is not None and target.text}


def document(language: str, strings: dict[str, list[str]], done: dict[str, str]) -> bytes:
    """The ``.ts`` file of a language."""
    root = ET.Element("TS", version="2.1", language=language, sourcelanguage="en")
    context = ET.SubElement(root, "context")
    ET.SubElement(context, "name").text = CONTEXT
    for text, places in strings.items():
        message = ET.SubElement(context, "message")
        for place in places:
            ET.SubElement(message, "location", filename=f"../../{place}")
        ET.SubElement(message, "source").text = text
        translation = ET.SubElement(message, "translation")
        if text in done:
            translation.text = done[text]
        else:
            translation.set("type", "unfinished")
    ET.indent(root, "    ")
    return b'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n' + ET.tostring(root, encoding="utf-8") + b"\n"


def compile_all() -> None:
    """Make the ``.qm`` files that the program loads."""
    import PySide6

    folder = Path(PySide6.__file__).parent
    program = next(path for path in (folder / "lrelease", folder / "lrelease.exe") if path.exists())
    for source in sorted(FOLDER.glob("*.ts")):
        subprocess.run([program, "-silent", source, "-qm", source.with_suffix(".qm")], check=True)


def main(arguments: list[str]) -> int:
    """Collect and compile, or check."""
    FOLDER.mkdir(exist_ok=True)
    strings = collect()
    stale = []
    for language in LANGUAGES:
        path = FOLDER / f"sheetferry_{language}.ts"
        done = translated(path)
        fresh = document(language, strings, done)
        if not path.exists() or path.read_bytes() != fresh:
            stale.append(path.name)
        if "check" not in arguments:
            path.write_bytes(fresh)
        print(f"{language}: {len(strings)} strings, {sum(text not in done for text in strings)} without a translation")
    if "check" in arguments:
        return 1 if stale else 0
    compile_all()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
