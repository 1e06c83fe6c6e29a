"""What chance makes of one picture: seeds in a row, the numbers drawn, the boxes over the picture."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from tudui_gui.gui import theme
from tudui_gui.gui.failures import Failure
from tudui_gui.gui.session import Session
from tudui_gui.gui.tabs.transforms.draws_export import DrawExport
from tudui_gui.gui.tabs.transforms.draws_reader import DrawsReader
from tudui_gui.gui.tabs.transforms.draws_source import DrawsSource
from tudui_gui.gui.tabs.transforms.draws_texts import details
from tudui_gui.gui.tabs.transforms.draws_view import DrawsView
from tudui_gui.gui.tabs.transforms.draws_work import Beginning, Draw, Subject, draws_numbers
from tudui_gui.gui.widgets.buttons import Button, IconButton
from tudui_gui.gui.widgets.card import Card
from tudui_gui.gui.widgets.elided_label import ElidedLabel
from tudui_gui.gui.widgets.labels import Label
from tudui_gui.gui.widgets.naming import named
from tudui_gui.gui.widgets.spin_box import SpinBox
from tudui_gui.gui.workers import Jobs
from tudui_gui.images.conversion import Pixels
from tudui_gui.scripts.picture_reading import PictureFile
from tudui_gui.scripts.transform_script import draws_script
from tudui_gui.transforms.pipeline import Pipeline

#: Draws side by side at the start (the tutorial's), and the most there can be.
DRAWS, MOST_DRAWS = 10, 100

_LARGEST_SEED = 2**31 - 1 - MOST_DRAWS
_SOURCE_WIDTH = 190
_NARROW, _TIGHT = 660, 430
_COUNT, _WHOLE = "transforms.draws", "transforms.draws_whole"


class DrawsCard(Card):
    """Seed, count, "Roll again", the draws, and the picture they start from.

    Draw ``n`` has the seed :attr:`first_seed` + ``n``. Choosing one makes its seed :attr:`seed`, that of the
    stages, and leaves the grid as it is; typing a seed begins the grid with it.

    Signals
    -------
    seed_changed(int)
        :attr:`seed` is another one, chosen or typed.
    draw_chosen(int)
        The seed of a draw that is to be shown step by step.
    draws_changed()
        :meth:`code` is another one.
    failed(object)
        A ``Failure`` to be shown.
    """

    seed_changed = Signal(int)
    draw_chosen = Signal(int)
    draws_changed = Signal()
    failed = Signal(object)

    def __init__(self, session: Session, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(object_name="draws_card", parent=parent)
        self._preferences = session.preferences
        self._reader = DrawsReader(jobs, self)
        self._value: Pixels | None = None
        self._pipeline, self._chosen = Pipeline(), -1
        self._subject: Subject | None = None
        self._first = 0
        self._begun: Beginning | None = None
        self._fails = False
        self._make_controls()
        self.view = DrawsView()
        self.view.set_seed(self.seed)
        self.source = DrawsSource()
        self._details = ElidedLabel(role="mono", object_name="draw_details")
        self._none = Label(role="muted", object_name="draws_none")
        self._none.setWordWrap(True)
        self._export = DrawExport(session, self._reader, self)
        self._lay_out()
        self._connect()
        self.retranslate_ui()

    def _make_controls(self) -> None:
        self._seed, self._count = SpinBox("transform_seed"), SpinBox("draw_count")
        self._seed.setRange(0, _LARGEST_SEED)
        self._count.setRange(1, MOST_DRAWS)
        self._count.setValue(self._preferences.get(_COUNT, DRAWS))
        for field, least, most in ((self._seed, 84, 116), (self._count, 84, 108)):
            field.setKeyboardTracking(False)
            field.setMinimumWidth(least)
            field.setMaximumWidth(most)
        self._roll = Button("roll_again", "dice-multiple-outline")
        self._whole = named(QCheckBox(), "draws_whole_pipeline")
        self._whole.setChecked(self._preferences.get(_WHOLE, False))
        self._of = ElidedLabel(role="mono", object_name="draws_of")
        self._code = IconButton("code-tags", "draws_code")
        self._code.setCheckable(True)

    def _lay_out(self) -> None:
        for widget in (self._seed, self._count, self._roll):
            self.add_to_header(widget)
        self._shown = QWidget()
        row = QHBoxLayout(self._shown)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.GAP)
        left = QVBoxLayout()
        left.setSpacing(theme.SPACE // 2)
        left.addWidget(self._of)
        left.addWidget(self.source, 1)
        left.addWidget(self._whole)
        self.source.setFixedWidth(_SOURCE_WIDTH)
        self._of.setFixedWidth(_SOURCE_WIDTH)
        row.addLayout(left)
        right = QVBoxLayout()
        right.setSpacing(theme.SPACE // 2)
        right.addWidget(self.view, 1)
        below = QHBoxLayout()
        below.setSpacing(theme.SPACE // 2)
        below.addWidget(self._details, 1)
        for button in (self._code, *self._export.buttons):
            below.addWidget(button)
        right.addLayout(below)
        row.addLayout(right, 1)
        self.body.addWidget(self._shown, 1)
        self.body.addWidget(self._none)
        self._none.hide()

    def _connect(self) -> None:
        self._seed.valueChanged.connect(self._begin_at)
        self._count.valueChanged.connect(self._recount)
        self._roll.clicked.connect(self._roll_again)
        self._whole.toggled.connect(self._change_whole)
        self._code.toggled.connect(self.draws_changed)
        self.view.draw_clicked.connect(self._choose)
        self.view.pointed.connect(self._point_at)
        self.view.copy_requested.connect(self._export.copy)
        self.view.menu_requested.connect(self._show_menu)
        self._reader.begun.connect(self._take_beginning)
        self._reader.drawn.connect(self._take_draws)
        self._reader.ended.connect(self._finish)
        self._reader.failed.connect(self._tell_failure)

    @property
    def seed(self) -> int:
        """The seed of the stages."""
        return self._seed.value()

    @property
    def first_seed(self) -> int:
        """The seed of the first draw."""
        return self._first

    @property
    def count(self) -> int:
        """How many draws there are."""
        return self._count.value()

    @property
    def subject(self) -> Subject | None:
        """What is drawn from; None while there is no picture, or no chance."""
        return self._subject

    def code(self, picture: PictureFile) -> str:
        """The script that makes these draws of ``picture``; empty unless a person asked for it."""
        if self._subject is None or not self._code.isChecked():
            return ""
        return draws_script(Pipeline(self._subject.steps), picture, self.first_seed, self.count)

    def show_subject(self, value: Pixels | None, pipeline: Pipeline, chosen: int) -> None:
        """Draw from ``pipeline`` up to its step ``chosen`` if that is random, else from all of it.

        ``value`` is the input, None while there is none. Draws are made while the card is visible.
        """
        self._value, self._pipeline, self._chosen = value, pipeline, chosen
        is_step = 0 <= chosen < len(pipeline.steps) and draws_numbers(pipeline.steps[chosen])
        self._whole.setEnabled(is_step)
        is_step = is_step and not self._whole.isChecked()
        steps = pipeline.steps[: chosen + 1] if is_step else pipeline.steps
        has_chance = pipeline.is_random and value is not None
        self._subject = Subject(value, steps, is_step) if has_chance and value is not None else None
        self._roll.setEnabled(pipeline.is_random)
        self._draw()

    def _draw(self) -> None:
        if self._subject is None:
            self._reader.rest()
            self._show_none(not self._pipeline.is_random)
        elif self.isVisible():
            self._reader.want(self._subject, range(self._first, self._first + self.count))
        else:
            self._reader.rest()
        self._name_subject()
        self.draws_changed.emit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._subject is not None:
            self._reader.want(self._subject, range(self._first, self._first + self.count))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_header()

    def _fit_header(self) -> None:
        """In a narrow card the dice alone says what its button does; in a tight one the seed is a number."""
        is_tight = self.width() < _TIGHT
        self._roll.setText("" if self.width() < _NARROW else self.tr("Roll again"))
        self._seed.setPrefix("" if is_tight else f"{self.tr('seed')} ")
        self._count.setHidden(is_tight)

    # -- results -------------------------------------------------------------------------------------------

    @Slot(object)
    def _take_beginning(self, beginning: Beginning) -> None:
        self._begun = beginning
        if beginning.value is None:
            self._fails = True
            self._show_none(True)

    @Slot(object)
    def _take_draws(self, draws: Sequence[Draw]) -> None:
        beginning = self._begun
        if beginning is not None:  # what was there stays until there is something new
            self._begun, self._fails = None, False
            self.view.expect(self.count, keeps_place=True)
            self.source.show_source(beginning.image, beginning.size)
            self._show_none(False)
        self.view.add(draws)
        self.source.show_draws(self.view.draws)

    @Slot()
    def _finish(self) -> None:
        draws = self.view.draws
        if self._begun is None and draws and all(draw.image is None for draw in draws):
            self._fails = True
            self._show_none(True)

    def _show_none(self, is_none: bool) -> None:
        self._shown.setHidden(is_none)
        self._none.setVisible(is_none)
        self._export.set_enabled(not is_none)
        self._name_subject()

    @Slot(object)
    def _point_at(self, draw: Draw | None) -> None:
        draw = draw or next((each for each in self.view.draws if each.seed == self.seed), None)
        self.source.set_strong(draw)
        self._details.set_text(details(draw) if draw is not None else "")
        self._export.set_draw(self._subject, draw)

    @Slot(object)
    def _tell_failure(self, failure: Failure) -> None:
        self.failed.emit(failure)

    # -- hands ---------------------------------------------------------------------------------------------

    @Slot(int)
    def _begin_at(self, seed: int) -> None:
        self._first = seed
        self.view.set_seed(seed)
        self._draw()
        self.seed_changed.emit(seed)

    @Slot(int)
    def _recount(self, count: int) -> None:
        self._preferences.set(_COUNT, count)
        self._draw()

    @Slot()
    def _roll_again(self) -> None:
        seed = self._first + self.count
        self._seed.setValue(seed if seed <= _LARGEST_SEED else 0)

    @Slot(bool)
    def _change_whole(self, is_whole: bool) -> None:
        self._preferences.set(_WHOLE, is_whole)
        self.show_subject(self._value, self._pipeline, self._chosen)

    @Slot(int)
    def _choose(self, seed: int) -> None:
        with QSignalBlocker(self._seed):
            self._seed.setValue(seed)
        self.view.set_seed(seed)
        self.view.tell_pointed()
        self.seed_changed.emit(seed)
        self.draw_chosen.emit(seed)

    @Slot(QPoint)
    def _show_menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setObjectName("draw_menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("Show step by step"), self._choose_current)
        for action in self._export.actions_for(menu):
            menu.addAction(action)
        menu.popup(place)

    @Slot()
    def _choose_current(self) -> None:
        if self.view.current_draw is not None:
            self._choose(self.view.current_draw.seed)

    # -- texts ---------------------------------------------------------------------------------------------

    def _name_subject(self) -> None:
        subject = self._subject
        name = subject.steps[-1].name if subject is not None and subject.is_step else self.tr("Pipeline")
        self._of.set_text(name)
        self.set_title(self.tr("{name}: {count} draws").format(name=name, count=self.count))
        fails = self.tr("A step fails: put it right to see the draws.")
        nothing = self.tr("Nothing is random here. Add RandomCrop, a random flip or ColorJitter.")
        self._none.setText(fails if self._fails and self._pipeline.is_random else nothing)

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        self._name_subject()
        self._export.retranslate_ui()
        self.view.relabel()
        self._point_at(self.view.current_draw)
        self._seed.setAccessibleName(self.tr("seed"))
        self._seed.setToolTip(
            self.tr("torch.manual_seed before the pipeline; draw n uses the n-th seed after it")
        )
        self._count.setSuffix(f" {self.tr('draws')}")
        self._count.setAccessibleName(self.tr("draws"))
        self._count.setToolTip(self.tr("How many seeds are tried: 1 to 100; the tutorial draws 10"))
        self._roll.set_texts(self.tr("Roll again"), self.tr("Go on with the seeds after these"))
        self._fit_header()
        self._whole.setText(self.tr("Whole pipeline"))
        self._whole.setAccessibleName(self.tr("Whole pipeline"))
        self._whole.setToolTip(self.tr("Draw every random step, not only the chosen one"))
        self._code.set_texts(
            self.tr("Code of all draws"), self.tr("Show in Code the script that makes all these draws")
        )
        self.view.setAccessibleName(self.tr("Draws"))
        self.view.setToolTip(self.tr("Click a draw, or press Enter on it, to see it step by step"))
        self.source.setAccessibleName(self.tr("Picture before chance"))
        self.source.setToolTip(
            self.tr("What the random step is given; boxes are what each draw takes of it, dashed is erased")
        )

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)
