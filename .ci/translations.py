"""Collects the window's strings and compiles their translations: ``.venv/bin/python .ci/translations.py [check]``.

The strings are the literal arguments of calls of ``tr`` (the last ones of ``translate``) in ``app`` and ``widgets``,
and what the settings say of themselves in ``workers/core`` (they are translated where they are shown). They go into
one context, because the program looks a string up by its text alone (`widgets.translation`). The sentences that are
said without Qt (`sentences`) go into a second one. What is translated already stays; what is no longer said goes.
Translators edit the ``.ts`` files; the program loads what is made of them: strings as ``.qm``, sentences as ``.json``.
``check`` changes nothing and fails if something would change or is not translated.
"""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from sentences import SHOWN, collect_sentences

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "translations"
LANGUAGES = ("zh_CN",)
CONTEXT = "Sheetferry"
SENTENCES = "Sentences"
Context = tuple[str, dict[str, list[str]], dict[str, str]]
"""A context's name, its texts with their places, and what is translated of it."""
SAYING = {"tr", "_tr", "translate"}
_PLACE = re.compile(r"\{\d+\}")
DECLARATIONS = ("Setting(", "RuleTemplate(")


def spoken(tree: ast.AST) -> Iterator[str]:
    """The strings of one module that are translated."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", None)
        text = node.args[-1] if name == "translate" else node.args[0]
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
    core = sorted((ROOT / "workers" / "core").rglob("*.py"))
    modules += [(path, declared) for path in core if any(each in path.read_text("utf-8") for each in DECLARATIONS)]
    for path, strings_of in modules:
        place = path.relative_to(ROOT).as_posix()
        for text in strings_of(ast.parse(path.read_text(encoding="utf-8"))):
            places = found.setdefault(text, [])
            if place not in places:
                places.append(place)
    return dict(sorted(found.items()))


def translated(path: Path, context: str = CONTEXT) -> dict[str, str]:
    """The finished translations of one context of a language."""
    if not path.exists():
        return {}
    contexts = ET.parse(path).getroot().iter("context")
    messages = [message for each in contexts if each.findtext("name") == context for message in each.iter("message")]
    done = ((message.findtext("source"), message.find("translation")) for message in messages)
    return {source: target.text for source, target in done if source and target is not None and target.text}


def document(
    language: str, strings: dict[str, list[str]], done: dict[str, str], more: tuple[Context, ...] = ()
) -> bytes:
    """The ``.ts`` file of a language: the strings, and further contexts."""
    root = ET.Element("TS", version="2.1", language=language, sourcelanguage="en")
    for name, texts, finished in ((CONTEXT, strings, done), *more):
        context = ET.SubElement(root, "context")
        ET.SubElement(context, "name").text = name
        for text, places in texts.items():
            message = ET.SubElement(context, "message")
            for place in places:
                ET.SubElement(message, "location", filename=f"../../{place}")
            ET.SubElement(message, "source").text = text
            translation = ET.SubElement(message, "translation")
            if text in finished:
                translation.text = finished[text]
            else:
                translation.set("type", "unfinished")
    ET.indent(root, "    ")
    return b'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n' + ET.tostring(root, encoding="utf-8") + b"\n"


def wrong_places(done: dict[str, str], *, all_of_them: bool) -> list[str]:
    """Texts whose translation names a place that they do not have, or leaves out one that it has to have."""
    wrong = []
    for text, said in done.items():
        had, has = set(_PLACE.findall(text)), set(_PLACE.findall(said))
        if has - had or (all_of_them and had - has):
            wrong.append(text)
    return wrong


def compile_all(target: Path | None = None) -> None:
    """Make the files that the program loads, beside the ``.ts`` files or in another folder."""
    import PySide6

    folder = Path(PySide6.__file__).parent
    program = next(path for path in (folder / "lrelease", folder / "lrelease.exe") if path.exists())
    for source in sorted(FOLDER.glob("*.ts")):
        made = (target or FOLDER) / source.name
        # A running program keeps the file that it has open: the new one takes its name, not its place.
        fresh = made.with_suffix(".new")
        subprocess.run([program, "-silent", source, "-qm", fresh], check=True)
        fresh.replace(made.with_suffix(".qm"))
        sentences = json.dumps(translated(source, SENTENCES), ensure_ascii=False, indent=0)
        name = source.stem.replace("sheetferry", "sentences", 1) + ".json"
        made.with_name(name).write_text(sentences + "\n", encoding="utf-8")


def stale_files() -> list[str]:
    """Compiled files that are not what the ``.ts`` files make."""
    with tempfile.TemporaryDirectory() as made:
        compile_all(Path(made))
        return [
            each.name
            for each in sorted(Path(made).iterdir())
            if not (FOLDER / each.name).exists() or (FOLDER / each.name).read_bytes() != each.read_bytes()
        ]


def examine(language: str, strings: dict[str, list[str]], sentences: dict[str, list[str]]) -> tuple[bytes, list[str]]:
    """The ``.ts`` file as it should be, and what is wrong with the one that is there."""
    path = FOLDER / f"sheetferry_{language}.ts"
    done, said = translated(path), translated(path, SENTENCES)
    fresh = document(language, strings, done, ((SENTENCES, sentences, said),))
    wrong = [f"{path.name} is not up to date"] if not path.exists() or path.read_bytes() != fresh else []
    wrong += [f"no translation: {text}" for text in (*strings, *sentences) if text not in done and text not in said]
    wrong += [f"wrong places: {text}" for text in wrong_places(done, all_of_them=True)]
    wrong += [f"wrong places: {text}" for text in wrong_places(said, all_of_them=False)]
    return fresh, wrong


def main(arguments: list[str]) -> int:
    """Collect and compile, or check."""
    FOLDER.mkdir(exist_ok=True)
    strings, sentences = collect(), collect_sentences(ROOT)
    problems = []
    for language in LANGUAGES:
        fresh, wrong = examine(language, strings, sentences)
        problems += [f"{language}: {each}" for each in wrong]
        if "check" not in arguments:
            (FOLDER / f"sheetferry_{language}.ts").write_bytes(fresh)
        print(f"{language}: {len(strings)} strings and {len(sentences)} sentences")
    if "check" in arguments:
        problems += [f"{name} is not up to date" for name in stale_files()]
        print(*problems, sep="\n")
        return 1 if problems else 0
    compile_all()
    print(*problems, sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
