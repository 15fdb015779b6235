"""The window's language: our own strings, those of Qt's standard dialogs, and what is said without Qt.

The window's own strings go through ``tr``. What workers say (findings, errors, reasons) arrives as English sentences;
`spoken` puts them into the user's language. The command line stays English.
"""

from __future__ import annotations

import json
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, QTranslator

import resources
from widgets.sentences import SentenceBook

CONTEXT = "Sheetferry"
SENTENCES = "Sentences"


def spoken(text: str) -> str:
    """A sentence of the workers in the user's language; as it stands where it is not known."""
    return QCoreApplication.translate(SENTENCES, text) if text else ""


class TextTranslator(QTranslator):
    """Looks a string up by its text alone, whichever class or module says it.

    What is asked for by `spoken` and is no string of the window is looked for among the sentences.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        """Know no sentence yet."""
        super().__init__(parent)
        self._book = SentenceBook({})

    def take_sentences(self, sentences: dict[str, str]) -> None:
        """Know these sentences: English ones with places, and the same in the other language."""
        self._book = SentenceBook(sentences, self._string)

    def translate(
        self,
        context: str,
        sourceText: str,
        disambiguation: str | None = None,
        n: int = -1,
    ) -> str | None:
        """The translation, or None where there is none; the context is ours whatever the caller's is."""
        if context == SENTENCES:
            return self._book.translated(sourceText) or self._string(sourceText)
        return super().translate(CONTEXT, sourceText, "", n) or None

    def _string(self, text: str) -> str | None:
        """A string of the window."""
        return super().translate(CONTEXT, text, "", -1) or None


def install_translators(
    application: QCoreApplication, language: str, folder: Path | None = None
) -> tuple[QTranslator, ...]:
    """Speak a language from now on; call it before the first widget is made.

    Args:
        application: The application, which keeps the translators.
        language: A locale's name such as ``zh_CN``, ``en``, or ``system`` for the system's.
        folder: Where our translations lie; the shipped ones unless given.

    Returns:
        The translators that were found and installed; none for English.
    """
    locale = QLocale.system() if language in {"", "system"} else QLocale(language)
    if language not in {"", "system"}:
        QLocale.setDefault(locale)
    installed: list[QTranslator] = []
    shipped = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    ours = str(folder or resources.path("translations"))
    for name, place, kind in (("qtbase", shipped, QTranslator), ("sheetferry", ours, TextTranslator)):
        translator = kind(application)
        if translator.load(locale, name, "_", place):
            application.installTranslator(translator)
            installed.append(translator)
            if isinstance(translator, TextTranslator):
                translator.take_sentences(_sentences(Path(translator.filePath())))
    return tuple(installed)


def _sentences(strings: Path) -> dict[str, str]:
    """The sentences that belong to a file of strings; none where there are none."""
    path = strings.with_name(strings.stem.replace("sheetferry", "sentences", 1) + ".json")
    if not path.exists():
        return {}
    found: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return found
