"""The base of a tab."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tudui_gui.core.errors import TuduiError
from tudui_gui.gui import theme
from tudui_gui.gui.failures import Failure
from tudui_gui.gui.widgets.banner import Banner

if TYPE_CHECKING:
    from tudui_gui.gui.session import Session
    from tudui_gui.gui.workers import Jobs
    from tudui_gui.images.reading import Picture


class Page(QWidget):
    """A tab's page: a banner for messages in place, and :attr:`body` below it.

    A subclass sets ``objectName`` (``"datasets_tab"`` ...), lays its widgets out in :attr:`body`
    (``QHBoxLayout(self.body)``; margins and spacing are set by :func:`theme.page_layout`), and calls
    ``self.retranslate_ui()`` at the end of its constructor.

    Signals
    -------
    code_changed()
        :meth:`code` would now return something else; the Code dock asks for it when it is visible.
    """

    code_changed = Signal()

    def __init__(self, session: Session, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.jobs = jobs
        #: One of :meth:`code_kinds`.
        self.code_kind = ""
        self.banner = Banner()
        self.body = QWidget()
        # Opaque: what changes on the page does not repaint the window under it.
        self.setAutoFillBackground(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.banner)
        layout.addWidget(self.body, 1)

    def code(self) -> str:
        """Python text that gives what is on the page now; empty if there is none."""
        return ""

    def code_kinds(self) -> Mapping[str, tuple[str, str]]:
        """Kinds of scripts to choose from, each with its name and a tooltip, translated; none by default.

        :meth:`code` gives the one that :attr:`code_kind` names.
        """
        return {}

    def choose_code(self, kind: str) -> None:
        """Give another of :meth:`code_kinds` from now on."""
        self.code_kind = kind
        self.code_changed.emit()

    def accepts(self, path: Path) -> bool:
        """Whether :meth:`open_paths` can do something with ``path``. Judge by name and kind; do not read."""
        return False

    def open_paths(self, paths: Sequence[Path]) -> None:
        """Open files or folders: dropped here, given on the command line, or chosen in File > Open."""

    def open_image(self, picture: Picture, name: str) -> None:
        """Open an image that another page sent."""

    def activated(self) -> None:
        """The page has become the visible one."""

    def retranslate_ui(self) -> None:
        """Set every text in the current language. Called by the subclass and on a change of language."""

    def show_failure(self, failure: Failure | TuduiError) -> None:
        """Say at the top of the page what went wrong, until it is dismissed or :meth:`clear_banner`."""
        self.banner.show_failure(failure)

    def show_notice(self, text: str, action: str = "", slot: Callable[[], object] | None = None) -> None:
        """Say ``text`` at the top, with a button ``action`` that calls the bound method ``slot``."""
        self.banner.show_notice(text, action, slot)

    def clear_banner(self) -> None:
        """Take the message away."""
        self.banner.clear()

    def paintEvent(self, event: QPaintEvent) -> None:
        # Qt leaves out the style sheet's background of an opaque widget.
        QPainter(self).fillRect(event.rect(), QColor(theme.tokens().ground))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)
