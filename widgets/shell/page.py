"""The frame of one page: header with title, second line and actions, and the page's own content below."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from widgets.parts.buttons import IconButton
from widgets.parts.labels import ElidedLabel, Label, Panel
from widgets.parts.notices import Banner
from widgets.theme import Theme


class Page(QWidget):
    """Base of every page. Fill `body`, add buttons to `action_row`, say the second line by `set_subtitle`.

    Attributes:
        key: Stable word of the page: ``import``, ``queue``, ``monitor``, ``history``, ``settings``.
        title: Its name in the sidebar and header.
        icon: Its icon's name.
        banner: The one banner under the header; hidden until used.
        body: Layout for the content, without margins.
        action_row: Layout at the right of the header.
    """

    def __init__(self, theme: Theme, key: str, title: str, icon: str, parent: QWidget | None = None) -> None:
        """An empty page."""
        super().__init__(parent)
        self.theme, self.key, self.title, self.icon = theme, key, title, icon
        self.setAccessibleName(title)
        self.header = Panel("surface", "bottom", name="pageHeader")
        self.header.setFixedHeight(theme.em(52))
        self.action_row = QHBoxLayout()
        self.action_row.setSpacing(theme.em(8))
        self._title = Label(theme, title, "title")
        self._subtitle = ElidedLabel(theme, "", "body", "text2", mode=Qt.TextElideMode.ElideRight)
        self.banner = Banner(theme)
        self.body = QVBoxLayout()
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self._build()

    def set_title(self, title: str) -> None:
        """Name the page, for constructors that can translate only after the base is built."""
        self.title = title
        self._title.setText(title)
        self.setAccessibleName(title)

    def set_subtitle(self, text: str) -> None:
        """The sentence or breadcrumb beside the title."""
        if self._subtitle.text() != text:
            self._subtitle.setText(text)

    def focus_search(self) -> bool:
        """Put the cursor into the page's search field (Ctrl+F); False where there is none."""
        return False

    def content_widget(self) -> QWidget | None:
        """What takes the keyboard when the page is opened; None leaves it where it is."""
        return None

    def refresh(self) -> None:
        """F5 on this page; nothing by default."""

    def view_state(self) -> dict[str, object]:
        """Widths, sorting and the like as plain JSON values, kept until the next start."""
        return {}

    def restore_view(self, state: dict[str, object]) -> None:
        """Take back what `view_state` gave; anything that does not fit is ignored."""

    def _build(self) -> None:
        theme = self.theme
        row = QHBoxLayout(self.header)
        row.setContentsMargins(theme.em(16), 0, theme.em(16), 0)
        row.setSpacing(theme.em(12))
        row.addWidget(self._title)
        row.addWidget(self._subtitle, 1)
        row.addLayout(self.action_row)
        holder = QHBoxLayout()
        holder.setContentsMargins(theme.em(16), theme.em(8), theme.em(16), theme.em(8))
        holder.addWidget(self.banner)
        self._banner_area = Panel("window")
        self._banner_area.setLayout(holder)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self._banner_area)
        column.addLayout(self.body, 1)
        self._banner_area.hide()

    def show_banner(self, tone: str, title: str, text: str, icon: str = "", *, closable: bool = False) -> Banner:
        """Show the banner and return it, so that buttons can be added to its `action_row`."""
        self.banner.clear_actions()
        self.banner.show_banner(tone, title, text, icon)
        if closable:
            close = IconButton(self.theme, "x", self.tr("Close"))
            close.clicked.connect(self.hide_banner)
            self.banner.action_row.addWidget(close)
        self._banner_area.show()
        return self.banner

    def hide_banner(self) -> None:
        """Take the banner away."""
        self.banner.dismiss()
        self._banner_area.hide()
