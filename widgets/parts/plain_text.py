"""Text shown as it stands where Qt would take it for markup.

Tooltips, the labels of message boxes and input dialogs, and notifications of the system guess from a text whether it
is markup. A file's name, a cell or a server's message could then load pictures (on Windows even from another machine,
which is told who asks), hide what it says, or look like a part of the program. All of them are set through here.
"""

from __future__ import annotations

import html

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QInputDialog, QLabel, QLineEdit, QMessageBox, QToolTip, QWidget

_MARKUP = ("<", "&")
"""A text without these signs is taken for plain (Qt's mightBeRichText looks for tags and for &lt;)."""


def plain_tip(text: str) -> str:
    """`text` for a tooltip: the same words, whatever they look like."""
    if not any(sign in text for sign in _MARKUP):
        return text
    return f'<qt><p style="white-space: pre-wrap">{html.escape(text)}</p></qt>'


def set_tip(owner: QWidget | QAction, text: str) -> None:
    """Give a widget or an action a tooltip."""
    owner.setToolTip(plain_tip(text))


def show_tip(place: QPoint, text: str, owner: QWidget) -> None:
    """Show a tooltip now."""
    QToolTip.showText(place, plain_tip(text), owner)


def message_box(parent: QWidget, title: str, text: str, more: str = "") -> QMessageBox:
    """A box that asks something; its buttons are the caller's.

    Args:
        parent: Its owner.
        title: Of the window.
        text: What is asked.
        more: What helps to decide, in smaller letters.
    """
    box = QMessageBox(QMessageBox.Icon.Question, title, text, parent=parent)
    box.setInformativeText(more)
    _make_plain(box)
    return box


def password_dialog(parent: QWidget, title: str, question: str) -> QInputDialog:
    """A dialog that asks for a password; whoever opens it listens to its end."""
    dialog = QInputDialog(parent)
    dialog.setWindowTitle(title)
    dialog.setLabelText(question)
    dialog.setTextEchoMode(QLineEdit.EchoMode.Password)
    _make_plain(dialog)
    return dialog


def ask_line(parent: QWidget, title: str, question: str) -> str:
    """Ask for one line of text; empty when the user gives none."""
    dialog = QInputDialog(parent)
    dialog.setWindowTitle(title)
    dialog.setLabelText(question)
    _make_plain(dialog)
    return dialog.textValue().strip() if dialog.exec() else ""


def notification(text: str) -> str:
    """`text` for a notification of the system: no tag for servers that know markup, no escape for the others."""
    return text.replace("<", "‹").replace(">", "›")


def _make_plain(owner: QWidget) -> None:
    for label in owner.findChildren(QLabel):
        label.setTextFormat(Qt.TextFormat.PlainText)
