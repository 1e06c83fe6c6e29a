"""What the input card asks and advises: a large picture, several pictures in a file, blue before red."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSlider, QVBoxLayout, QWidget

from tudui_gui.core.operations import Step
from tudui_gui.core.text import QT_TRANSLATE_NOOP, shown
from tudui_gui.gui import theme
from tudui_gui.gui.tabs.transforms.input_work import Question
from tudui_gui.gui.widgets.buttons import Button
from tudui_gui.gui.widgets.labels import Label
from tudui_gui.gui.widgets.naming import named
from tudui_gui.gui.widgets.spin_box import SpinBox
from tudui_gui.images.reading import reduced
from tudui_gui.transforms.catalog import TRANSFORMS
from tudui_gui.transforms.problems import Fix

_FIX = QT_TRANSLATE_NOOP("catalog", "Put BGRToRGB first")


class QuestionBox(QWidget):
    """Asks before a large picture is decoded; hidden while there is nothing to ask.

    Signals
    -------
    answered(object)
        1: open it as a whole; 2, 4 or 8: reduced; None: leave it.
    """

    answered = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._question: Question | None = None
        self._text = Label(object_name="input_question")
        self._text.setWordWrap(True)
        self._reduced = Button("input_open_reduced")
        self._whole = Button("input_open_anyway")
        self._leave = Button("input_leave_large")
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE)
        row.addWidget(self._whole, 1)
        row.addWidget(self._leave, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE)
        layout.addWidget(self._text)
        layout.addWidget(self._reduced)
        layout.addLayout(row)
        layout.addStretch(1)
        self._reduced.clicked.connect(self._open_reduced)
        self._whole.clicked.connect(self._open_whole)
        self._leave.clicked.connect(self._leave_it)
        self.retranslate_ui()
        self.hide()

    def ask(self, question: Question | None) -> None:
        """Ask about a picture; None: nothing is to be asked."""
        self._question = question
        self.retranslate_ui()
        self.setHidden(question is None)

    @Slot()
    def _open_reduced(self) -> None:
        if self._question is not None:
            self.answered.emit(self._question.reduction)

    @Slot()
    def _open_whole(self) -> None:
        self.answered.emit(1)

    @Slot()
    def _leave_it(self) -> None:
        self.answered.emit(None)

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        self._whole.set_texts(self.tr("Open anyway"), self.tr("Decode all pixels; it can be cancelled"))
        self._leave.set_texts(self.tr("Leave it"), self.tr("Do not open it; the inputs stay as they are"))
        question = self._question
        if question is None:
            return
        self._text.setText(self._words(question))
        self._whole.setVisible(question.fits)
        self._reduced.setVisible(question.reduction > 1)
        width, height = reduced(question.facts.size, question.reduction)
        self._reduced.set_texts(
            self.tr("Open reduced: {width} × {height}").format(width=width, height=height),
            self.tr("The JPEG decoder leaves out the other pixels (Image.draft, cv2.IMREAD_REDUCED_COLOR)"),
        )

    def _words(self, question: Question) -> str:
        width, height = question.facts.size
        size = self.tr("{name} is large: {width} × {height} are {pixels} megapixels.").format(
            name=shown(question.source.name),
            width=width,
            height=height,
            pixels=round(question.facts.pixels / 1e6),
        )
        memory = (
            self.tr("Opening it takes {needed} of memory; {free} are free.")
            if question.fits
            else self.tr("Opening it takes {needed} of memory, but only {free} are free.")
        )
        return f"{size} {memory.format(needed=_gigabytes(question.needed), free=_gigabytes(question.free))}"

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)


def _gigabytes(count: int) -> str:
    return f"{count / 2**30:.1f} GiB"


class FrameBox(QWidget):
    """Chooses one of a file's pictures; hidden where there is only one.

    Signals
    -------
    frame_chosen(int)
        Counted from 0.
    """

    frame_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._slider = named(QSlider(Qt.Orientation.Horizontal), "input_frame_slider")
        self._number = SpinBox("input_frame")
        self._number.setKeyboardTracking(False)
        self._number.setMinimumWidth(76)
        self._count = Label(role="mono", object_name="input_frame_count")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE)
        row.addWidget(self._slider, 1)
        row.addWidget(self._number)
        row.addWidget(self._count)
        self._slider.valueChanged.connect(self._choose)
        self._number.valueChanged.connect(self._choose)
        self.retranslate_ui()
        self.hide()

    def show_frame(self, frame: int, frames: int) -> None:
        """Show which of how many pictures it is, from 0."""
        for field in (self._slider, self._number):
            with QSignalBlocker(field):
                field.setRange(1, frames)
                field.setValue(frame + 1)
        self._count.setText(f"/ {frames}")
        self.setHidden(frames < 2)

    @Slot(int)
    def _choose(self, number: int) -> None:
        for field in (self._slider, self._number):
            with QSignalBlocker(field):
                field.setValue(number)
        self.frame_chosen.emit(number - 1)

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        tip = self.tr("Which of the file's pictures (Image.seek): a frame of an animation, a page of a TIFF")
        for field in (self._slider, self._number):
            field.setAccessibleName(self.tr("Picture in the file"))
            field.setToolTip(tip)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)


class BlueFirstBox(QWidget):
    """Says why the colours are wrong, and puts the missing step first.

    Signals
    -------
    fix_requested(object)
        A ``Fix``.
    """

    fix_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps: tuple[Step, ...] = ()
        self._text = Label(role="muted", object_name="input_bgr_hint")
        self._text.setWordWrap(True)
        self._text.setMinimumHeight(2 * self._text.fontMetrics().lineSpacing())
        self._fix = Button("input_bgr_fix")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE)
        row.addWidget(self._text, 1)
        row.addWidget(self._fix)
        self._fix.clicked.connect(self._request)
        self.retranslate_ui()
        self.hide()

    def show_for(self, steps: Sequence[Step], *, is_bgr: bool) -> None:
        """Shown where an array with blue first meets steps that never swap it."""
        self._steps = tuple(steps)
        self.setHidden(not is_bgr or any(_is_swap(step) and step.enabled for step in steps))

    @Slot()
    def _request(self) -> None:
        self.fix_requested.emit(Fix(_FIX, with_swap(self._steps)))

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        self._text.setText(self.tr("OpenCV puts blue first; models expect red first."))
        self._text.setToolTip(
            self.tr(
                "cv2.imread gives the channels as blue, green, red. ToTensor and ToPILImage take the first "
                "for red: the colours are wrong, and so is what a model sees."
            )
        )
        self._fix.set_texts(
            self.tr("BGR → RGB"),
            self.tr("Put cv2.cvtColor(image, cv2.COLOR_BGR2RGB) first in the pipeline; undo takes it back"),
        )

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)


def with_swap(steps: Sequence[Step]) -> tuple[Step, ...]:
    """``steps`` with BGR to RGB first; one that is switched off is switched on and goes there."""
    own = next((step for step in steps if _is_swap(step)), None)
    first = TRANSFORMS.step("BGRToRGB") if own is None else replace(own, enabled=True)
    return (first, *(step for step in steps if step is not own))


def _is_swap(step: Step) -> bool:
    return step.name == "BGRToRGB"
