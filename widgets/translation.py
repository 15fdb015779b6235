"""The window's language: our own strings and those of Qt's standard dialogs."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

import resources

CONTEXT = "Sheetferry"


class TextTranslator(QTranslator):
    """Looks a string up by its text alone, whichever class or module says it."""

    def translate(
        self,
        context: str,
        sourceText: str,
        disambiguation: str | None = None,
        n: int = -1,
    ) -> str | None:
        """The translation, or None where there is none; the context is ours whatever the caller's is."""
        return super().translate(CONTEXT, sourceText, "", n) or None


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
    return tuple(installed)
