"""A pipeline's Python text, pasted: what it holds is told while it is typed, and taken over on request."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, QPoint, QSignalBlocker, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QKeyEvent, QTextCursor, QTextFormat
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QPlainTextEdit,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from tudui_gui.core.cancellation import CancelToken
from tudui_gui.core.errors import TuduiError
from tudui_gui.gui import theme
from tudui_gui.gui.failures import Failure
from tudui_gui.gui.translations import describe
from tudui_gui.gui.widgets.buttons import Button
from tudui_gui.gui.widgets.code_panel import PythonHighlighter
from tudui_gui.gui.widgets.labels import Label
from tudui_gui.gui.widgets.naming import named
from tudui_gui.gui.workers import Jobs, Progress
from tudui_gui.transforms.parse_error import ParseError
from tudui_gui.transforms.parsing import Candidate, candidates
from tudui_gui.transforms.pipeline import Pipeline

_REST = 200  # ms without a key until the text is read
_KEY = "transforms.paste"


class PastePanel(QFrame):
    """A popup with a text field. Ctrl+Enter uses the pipeline, Escape closes; the text stays.

    Signals
    -------
    pipeline_taken(object)
        The :class:`Pipeline` that a person wants to use.
    """

    pipeline_taken = Signal(object)

    def __init__(self, jobs: Jobs, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("role", "popup")
        self.setObjectName("paste_panel")
        self._jobs = jobs
        self._candidates: tuple[Candidate, ...] = ()
        self._lines: list[int] = []
        self._make_widgets()
        self._lay_out()
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST)
        self._connect()
        self.retranslate_ui()

    def _make_widgets(self) -> None:
        self._title = Label(role="title")
        self._text = named(QPlainTextEdit(), "paste_text")
        self._text.setProperty("role", "code")
        self._text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self._text.setTabChangesFocus(True)
        self._highlighter = PythonHighlighter(self._text.document())
        self._choice = named(QComboBox(), "paste_choice")
        self._choice.hide()
        self._found = Label(role="mono", object_name="paste_found")
        self._found.setWordWrap(True)
        self._problems = named(QListWidget(), "paste_problems")
        self._problems.setProperty("role", "plain")
        self._problems.setWordWrap(True)
        self._problems.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._problems.hide()
        self._use = Button("paste_use", role="primary")
        self._use.setEnabled(False)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self._choice, 1)
        row.addStretch(1)
        row.addWidget(self._use)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.GAP, theme.SPACE, theme.GAP, theme.GAP)
        layout.setSpacing(theme.SPACE)
        layout.addWidget(self._title)
        layout.addWidget(self._text, 3)
        layout.addWidget(self._problems, 2)
        layout.addWidget(self._found)
        layout.addLayout(row)

    def _connect(self) -> None:
        self._rest.timeout.connect(self._read)
        self._text.textChanged.connect(self._wait)
        self._choice.currentIndexChanged.connect(self._show_candidate)
        self._problems.itemActivated.connect(self._go_to_line)
        self._problems.currentRowChanged.connect(self._go_to_line)
        self._use.clicked.connect(self.use)
        theme.manager().theme_changed.connect(self._recolor)

    def sizeHint(self) -> QSize:
        return QSize(560, 420)

    def open_at(self, place: QPoint, text: str = "") -> None:
        """Show the panel; ``text`` replaces what is in it, without it that stays."""
        if text:
            self._text.setPlainText(text)
        self.resize(self.sizeHint())
        area = self.screen().availableGeometry()
        x = max(area.left(), min(place.x(), area.right() - self.width()))
        self.move(x, max(area.top(), min(place.y(), area.bottom() - self.height())))
        self.show()
        self._text.setFocus()
        self._read()

    @Slot()
    def use(self) -> None:
        """Take the pipeline over, if the text as it is now holds one."""
        chosen = self._chosen
        if chosen is not None and chosen.pipeline is not None and not self._rest.isActive():
            self.pipeline_taken.emit(chosen.pipeline)
            self.hide()

    @property
    def _chosen(self) -> Candidate | None:
        index = self._choice.currentIndex()
        return self._candidates[index] if 0 <= index < len(self._candidates) else None

    @Slot()
    def _wait(self) -> None:
        self._use.setEnabled(False)
        self._rest.start()

    @Slot()
    def _read(self) -> None:
        self._rest.stop()
        text = self._text.toPlainText()
        if not text.strip():
            self._show_candidates(())
            return
        self._jobs.submit(partial(read_work, text), done=self._show_candidates, failed=self._fail, key=_KEY)

    @Slot(object)
    def _show_candidates(self, found: tuple[Candidate, ...]) -> None:
        self._candidates = found
        with QSignalBlocker(self._choice):
            self._choice.clear()
            for each in found:
                name = each.name or self.tr("pipeline")
                self._choice.addItem(self.tr("{name} (line {line})").format(name=name, line=each.line))
            self._choice.setCurrentIndex(len(found) - 1)
        self._choice.setVisible(len(found) > 1)
        self._show_candidate()

    @Slot()
    def _show_candidate(self) -> None:
        chosen = self._chosen
        problems = chosen.problems if chosen else ()
        pipeline = chosen.pipeline if chosen else None
        self._show_problems([(problem.line, describe(problem)) for problem in problems])
        names = " → ".join(step.name for step in pipeline.steps) if pipeline else ""
        self._found.setText(names or (self.tr("no steps") if pipeline else ""))
        self._found.setVisible(pipeline is not None)
        self._use.setEnabled(pipeline is not None and not self._rest.isActive())

    @Slot(object)
    def _fail(self, failure: Failure | TuduiError) -> None:
        self._show_candidates(())
        line = failure.fields.get("line", 1)
        self._show_problems([(line if isinstance(line, int) else 1, describe(failure))])

    def _show_problems(self, problems: list[tuple[int, str]]) -> None:
        self._lines = [line for line, _ in problems]
        with QSignalBlocker(self._problems):
            self._problems.clear()
            for _, text in problems:
                self._problems.addItem(text)
        self._problems.setVisible(bool(problems))
        self._mark()

    def _mark(self) -> None:
        """Colour the lines that have a problem."""
        self._text.setExtraSelections([self._marked(line) for line in dict.fromkeys(self._lines)])

    def _marked(self, line: int) -> QTextEdit.ExtraSelection:
        color = QColor(theme.tokens().danger)
        color.setAlphaF(0.22)
        selection = QTextEdit.ExtraSelection()
        selection.format.setBackground(color)
        selection.format.setProperty(QTextFormat.Property.FullWidthSelection, True)
        selection.cursor = self._cursor_at(line)
        return selection

    def _cursor_at(self, line: int) -> QTextCursor:
        return QTextCursor(self._text.document().findBlockByNumber(line - 1))

    @property
    def marked_lines(self) -> list[int]:
        """The lines that have a problem, from 1."""
        return [each.cursor.blockNumber() + 1 for each in self._text.extraSelections()]

    @Slot()
    def _go_to_line(self) -> None:
        row = self._problems.currentRow()
        if 0 <= row < len(self._lines):
            self._text.setTextCursor(self._cursor_at(self._lines[row]))
            self._text.centerCursor()

    @Slot(object)
    def _recolor(self, tokens: theme.Tokens) -> None:
        self._highlighter.set_tokens(tokens)
        self._mark()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if is_control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.use()
        else:
            super().keyPressEvent(event)

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        self._title.setText(self.tr("Pipeline from Python text"))
        self.setAccessibleName(self.tr("Pipeline from Python text"))
        self._text.setPlaceholderText(
            self.tr("Paste Compose([...]), a list of transforms, or a whole script. It is read, never run.")
        )
        self._text.setAccessibleName(self.tr("Python text"))
        self._text.setToolTip(self.tr("It is read, never run; the present pipeline stays until you use it"))
        self._choice.setAccessibleName(self.tr("Which pipeline of the text"))
        self._choice.setToolTip(self.tr("The text holds several pipelines: choose one"))
        self._problems.setAccessibleName(self.tr("What cannot be taken over"))
        self._problems.setToolTip(self.tr("Choose a problem to go to its line"))
        self._use.set_texts(
            self.tr("Use it"),
            self.tr("Put this in the place of the pipeline; undo takes it back (Ctrl+Enter)"),
        )

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)


def read_work(text: str, token: CancelToken, progress: Progress) -> tuple[Candidate, ...]:
    """The pipelines in ``text``. Raises :class:`ParseError`."""
    return candidates(text)


@dataclass(frozen=True)
class Pasted:
    """Text from the clipboard, and the pipeline in it if there is one and nothing to ask."""

    text: str
    pipeline: Pipeline | None


def pasted_work(text: str, token: CancelToken, progress: Progress) -> Pasted:
    """Read ``text``; what is wrong with it is told by the panel."""
    try:
        found = candidates(text)
    except ParseError:
        return Pasted(text, None)
    return Pasted(text, found[0].pipeline if len(found) == 1 else None)
