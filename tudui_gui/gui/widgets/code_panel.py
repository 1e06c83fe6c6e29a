"""Python text, coloured, to copy or save."""

from __future__ import annotations

import re
import weakref
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QColor, QGuiApplication, QSyntaxHighlighter, QTextCharFormat, QTextDocument
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from tudui_gui.core.errors import TuduiError
from tudui_gui.core.files import write_text
from tudui_gui.gui import theme
from tudui_gui.gui.failures import Failure
from tudui_gui.gui.translations import describe
from tudui_gui.gui.widgets.buttons import Button
from tudui_gui.gui.widgets.naming import named

if TYPE_CHECKING:
    from tudui_gui.gui.widgets.page import Page

_KEYWORDS = re.compile(
    r"\b(?:and|as|assert|break|class|continue|def|del|elif|else|except|finally|for|from|global|if|import|in|is|"
    r"lambda|not|or|pass|raise|return|try|while|with|yield|None|True|False)\b"
)


class CodePanel(QWidget):
    """A read-only view of Python text with Copy and Save as .py.

    Signals
    -------
    failed(object)
        A :class:`Failure`: the file could not be written.
    """

    failed = Signal(object)

    def __init__(self, object_name: str = "code_panel", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(object_name)
        self._problem: Failure | None = None
        self._text = named(QPlainTextEdit(readOnly=True), "code_text")
        self._text.setProperty("role", "code")
        self._text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self._highlighter = PythonHighlighter(self._text.document())
        self._copy = Button("code_copy", "content-copy")
        self._save = Button("code_save", "content-save-outline")
        self._page: Callable[[], Page | None] = _no_page
        self._kinds = named(QComboBox(), "code_kind")
        self._kinds.setMinimumContentsLength(8)
        self._kinds.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._kinds.hide()
        row = QHBoxLayout()
        row.addWidget(self._copy)
        row.addWidget(self._save)
        row.addWidget(self._kinds, 1)
        row.addStretch(0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.GAP, theme.SPACE, theme.GAP, theme.GAP)
        layout.addLayout(row)
        layout.addWidget(self._text, 1)
        self._copy.clicked.connect(self.copy)
        self._save.clicked.connect(self.save_as)
        self._kinds.activated.connect(self._choose_kind)
        theme.manager().theme_changed.connect(self._recolor)
        self.retranslate_ui()

    @property
    def code(self) -> str:
        """The text shown."""
        return self._text.toPlainText()

    def show_page(self, page: Page) -> None:
        """Show the script of ``page`` and the kinds there are to choose from, or why there is none."""
        self._page = weakref.ref(page)
        self._list_kinds(page)
        try:
            self.set_code(page.code())
        except TuduiError as error:
            self.show_problem(Failure.of(error))

    def _list_kinds(self, page: Page) -> None:
        kinds = page.code_kinds()
        with QSignalBlocker(self._kinds):
            self._kinds.clear()
            for row, (kind, (text, tooltip)) in enumerate(kinds.items()):
                self._kinds.addItem(text, kind)
                self._kinds.setItemData(row, tooltip, Qt.ItemDataRole.ToolTipRole)
            self._kinds.setCurrentIndex(max(0, self._kinds.findData(page.code_kind)))
        self._kinds.setVisible(len(kinds) > 1)

    @Slot(int)
    def _choose_kind(self, row: int) -> None:
        page = self._page()
        if page is not None and shiboken6.isValid(page):
            page.choose_code(self._kinds.itemData(row))

    def set_code(self, text: str) -> None:
        """Show ``text``; the scroll position stays."""
        self._set_problem(None)
        if text == self.code:
            return
        position = self._text.verticalScrollBar().value()
        self._text.setPlainText(text)
        self._text.verticalScrollBar().setValue(position)
        self._copy.setEnabled(bool(text))
        self._save.setEnabled(bool(text))

    def show_problem(self, failure: Failure) -> None:
        """Say in place of a text why there is none."""
        self.set_code("")
        self._set_problem(failure)

    def _set_problem(self, failure: Failure | None) -> None:
        self._problem = failure
        nothing = self.tr("There is no script for this page yet.")
        self._text.setPlaceholderText(nothing if failure is None else describe(failure))

    @Slot()
    def copy(self) -> None:
        """Put the text on the clipboard."""
        QGuiApplication.clipboard().setText(self.code)

    @Slot()
    def save_as(self) -> None:
        """Ask for a file name and write the text there."""
        title, kinds = self.tr("Save as .py"), self.tr("Python files (*.py)")
        name, _ = QFileDialog.getSaveFileName(self, title, "tudui_script.py", kinds)
        if name:
            self.save(Path(name))

    def save(self, path: Path) -> None:
        """Write the text to ``path``; a failure is sent as :attr:`failed`."""
        try:
            write_text(path, self.code)
        except TuduiError as error:
            self.failed.emit(Failure.of(error))

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        self._copy.set_texts(self.tr("Copy"), self.tr("Copy the script to the clipboard"))
        self._save.set_texts(self.tr("Save as .py"), self.tr("Write the script to a Python file"))
        self._kinds.setAccessibleName(self.tr("Which script"))
        self._kinds.setToolTip(self.tr("Which of the scripts for this page is shown"))
        self._text.setAccessibleName(self.tr("Python script for what is on screen"))
        self._text.setToolTip(self.tr("A script that prints the numbers shown; it needs no tudui-gui"))
        self._set_problem(self._problem)
        page = self._page()
        if page is not None and shiboken6.isValid(page):
            self._list_kinds(page)

    @Slot(object)
    def _recolor(self, tokens: theme.Tokens) -> None:
        self._highlighter.set_tokens(tokens)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)


def _no_page() -> None:
    """Before a page was shown."""


class PythonHighlighter(QSyntaxHighlighter):
    """Keywords, numbers, strings and comments of one line; triple quotes that span lines."""

    _RULES = (
        ("keyword", _KEYWORDS),
        ("number", re.compile(r"\b\d[\d_]*(?:\.\d*)?(?:e[+-]?\d+)?\b", re.IGNORECASE)),
        ("string", re.compile(r"[rbf]{0,2}(?:\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*')")),
        ("comment", re.compile(r"#[^\n]*")),
    )
    _TRIPLE = re.compile(r'"""')

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._formats: dict[str, QTextCharFormat] = {}
        self._make_formats(theme.tokens())

    def set_tokens(self, tokens: theme.Tokens) -> None:
        self._make_formats(tokens)
        self.rehighlight()

    def _make_formats(self, tokens: theme.Tokens) -> None:
        colors = {
            "keyword": tokens.accent,
            "number": tokens.reference,
            "string": tokens.good,
            "comment": tokens.muted,
        }
        for name, color in colors.items():
            self._formats[name] = QTextCharFormat()
            self._formats[name].setForeground(QColor(color))

    def highlightBlock(self, text: str) -> None:
        for name, pattern in self._RULES:
            for match in pattern.finditer(text):
                self.setFormat(match.start(), match.end() - match.start(), self._formats[name])
        self._highlight_triple_quotes(text)

    def _highlight_triple_quotes(self, text: str) -> None:
        inside, start = self.previousBlockState() == 1, 0
        for match in self._TRIPLE.finditer(text):
            if inside:
                self.setFormat(start, match.end() - start, self._formats["string"])
            inside, start = not inside, match.start()
        if inside:
            self.setFormat(start, len(text) - start, self._formats["string"])
        self.setCurrentBlockState(1 if inside else 0)
