"""Titles of findings and words for choices."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from widgets.parts.wording import count
from workers.core.model.plans import Finding


def tr(text: str) -> str:
    """Translate in the health list's context."""
    return QCoreApplication.translate("health", text)


def title_of(finding: Finding) -> str:
    """A short title for a finding's code; an unknown code becomes words of its own."""
    titles = {
        "ambiguous-dates": tr("Ambiguous day and month"),
        "blank-headers": tr("Columns without a header"),
        "blank-rows": tr("Blank rows"),
        "date-1904": tr("Dates count from 1904"),
        "date-order": tr("Order of day and month"),
        "dates-as-text": tr("Dates stored as text"),
        "duplicate-headers": tr("Same header twice"),
        "error-cells": tr("Error cells"),
        "file-changed": tr("The file has changed"),
        "hidden-columns": tr("Hidden columns"),
        "hidden-rows": tr("Hidden rows"),
        "hidden-sheet": tr("Hidden sheet"),
        "invisible-characters": tr("Invisible characters"),
        "leading-zeros": tr("Leading zeros"),
        "left-out": tr("Left out"),
        "long-digits": tr("More than 15 digits"),
        "merged-areas": tr("Merged cells"),
        "misfits": tr("Cells that do not fit"),
        "mixed-kinds": tr("Cells of several kinds"),
        "nul-bytes": tr("NUL bytes"),
        "null-tokens": tr("Null tokens"),
        "numbers-as-text": tr("Numbers stored as text"),
        "outer-spaces": tr("Spaces around the text"),
        "swapped-dates": tr("Day and month swapped"),
        "total-row": tr("Total row"),
        "trailing-blanks": tr("Trailing blanks"),
        "truncated": tr("Cut off at Excel's last row"),
        "typed-from-text": tr("Read from text"),
        "uncalculated-formulas": tr("Formulas never calculated"),
        "unreadable-sheet": tr("Sheet cannot be read"),
    }
    return titles.get(finding.code) or finding.code.replace("-", " ").capitalize()


def choice_word(choice: str) -> str:
    """A choice in words; an unknown one as it stands."""
    words = {
        "null": tr("Load as NULL"),
        "text": tr("Keep as text"),
        "reject": tr("Reject rows"),
        "include": tr("Include"),
        "skip": tr("Leave out"),
        "leave out": tr("Leave out"),
        "load": tr("Load it too"),
        "leave blank": tr("Leave blank"),
        "fill down": tr("Fill down"),
        "keep": tr("Keep"),
        "bigint": tr("As whole number"),
        "numeric": tr("As number"),
        "double precision": tr("As number"),
        "date": tr("As date"),
        "timestamp": tr("As date and time"),
        "boolean": tr("As true or false"),
        "day-first": tr("Day first"),
        "month-first": tr("Month first"),
    }
    return words.get(choice, choice.replace("-", " ").capitalize())


def places(finding: Finding) -> str:
    """The first cells as a link's text, and how many more there are."""
    if not finding.cells:
        return ""
    shown = finding.cells[:3] if len(finding.cells) <= 3 and finding.count <= 3 else finding.cells[:1]
    more = max(finding.count, len(finding.cells)) - len(shown)
    text = ", ".join(shown)
    if ":" in text and finding.count > 1 and len(finding.cells) == 1:
        return text
    return tr("{0} and {1} more").format(text, count(more)) if more > 0 else text
