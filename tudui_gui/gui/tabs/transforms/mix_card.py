"""MixUp and CutMix on a batch: of the inputs, or of the first images of the data set."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tudui_gui.core.operations import Step
from tudui_gui.datasets.sources import Dataset
from tudui_gui.gui import theme
from tudui_gui.gui.failures import Failure
from tudui_gui.gui.session import Session
from tudui_gui.gui.tabs.transforms.mix_texts import cell_text, lambda_text
from tudui_gui.gui.tabs.transforms.mix_view import MixView
from tudui_gui.gui.tabs.transforms.mix_work import Made, MixInputs, MixSet, MixShown, MixSource, mix_work
from tudui_gui.gui.tabs.transforms.stage_work import Input
from tudui_gui.gui.translations import catalog_text, describe
from tudui_gui.gui.widgets.buttons import Button
from tudui_gui.gui.widgets.card import Card
from tudui_gui.gui.widgets.elided_label import ElidedLabel
from tudui_gui.gui.widgets.labels import Label
from tudui_gui.gui.widgets.parameter_form import ParameterForm
from tudui_gui.gui.widgets.segmented import SegmentedSwitch
from tudui_gui.gui.widgets.spin_box import SpinBox
from tudui_gui.gui.workers import Jobs
from tudui_gui.scripts.transform_script import mix_script
from tudui_gui.transforms.batch_catalog import BATCH_TRANSFORMS
from tudui_gui.transforms.pipeline import Pipeline

INPUTS, DATASET = "inputs", "dataset"
#: Pictures of the data set: at the start, and at most.
_COUNT, _MOST = 8, 32

_LEFT = 190
_NARROW = 480
_LARGEST_SEED = 2**31 - 1 - _MOST
_JOB = "transforms.mix"
_NAME, _SOURCE, _NUMBER = "transforms.mix", "transforms.mix_source", "transforms.mix_count"


class MixCard(Card):
    """What the classes of ``v2`` make of a batch, with the labels that the loss is given.

    Nothing is computed while the card is not visible.

    Signals
    -------
    mix_changed()
        :meth:`code` is another one.
    """

    mix_changed = Signal()

    def __init__(self, session: Session, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(object_name="mix_card", parent=parent)
        self._session, self._jobs = session, jobs
        self._pipeline = Pipeline()
        self._inputs = MixInputs()
        self._made: Made | None = None
        self._failure: Failure | None = None
        self._is_due = False
        self._steps = {name: BATCH_TRANSFORMS.step(name) for name in BATCH_TRANSFORMS}
        self._make_controls()
        self._lay_out()
        self._connect()
        self.retranslate_ui()

    def _make_controls(self) -> None:
        preferences = self._session.preferences
        self._operation = SegmentedSwitch("mix_operation", tuple(self._steps))
        self._from = SegmentedSwitch("mix_source", (INPUTS, DATASET))
        _press(self._operation, preferences.get(_NAME, ""), self._steps)
        _press(self._from, preferences.get(_SOURCE, DATASET), (INPUTS, DATASET))
        self._form = ParameterForm("mix", self.step, names=("alpha",))
        self._count_name = Label(role="mono")
        self._seed, self._count = SpinBox("mix_seed"), SpinBox("mix_count")
        self._seed.setRange(0, _LARGEST_SEED)
        self._count.setRange(2, _MOST)
        self._count.setValue(preferences.get(_NUMBER, _COUNT))
        for field, width in ((self._seed, 116), (self._count, 70)):
            field.setKeyboardTracking(False)
            field.setFixedWidth(width)
        self._count_name.setBuddy(self._count)
        self._roll = Button("mix_roll_again", "dice-multiple-outline")
        self._drawn = Label(role="mono", object_name="mix_drawn")
        self._message = Label(role="muted", object_name="mix_message")
        self._details = ElidedLabel(role="mono", object_name="mix_details")
        for label in (self._drawn, self._message):
            label.setWordWrap(True)
        self.view = MixView()

    def _lay_out(self) -> None:
        for widget in (self._seed, self._roll):
            self.add_to_header(widget)
        count = QHBoxLayout()
        count.addWidget(self._count_name, 1)
        count.addWidget(self._count)
        left = QVBoxLayout()
        left.setSpacing(theme.SPACE // 2)
        left.addWidget(self._operation)
        left.addWidget(self._from)
        left.addLayout(count)
        left.addWidget(self._form)
        left.addWidget(self._drawn)
        left.addStretch(1)
        side = QWidget()
        side.setFixedWidth(_LEFT)
        left.setContentsMargins(0, 0, 0, 0)
        side.setLayout(left)
        right = QVBoxLayout()
        right.setSpacing(theme.SPACE // 2)
        right.addWidget(self._message)
        right.addWidget(self.view, 1)
        right.addWidget(self._details)
        row = QHBoxLayout()
        row.setSpacing(theme.GAP)
        row.addWidget(side)
        row.addLayout(right, 1)
        self.body.addLayout(row, 1)

    def _connect(self) -> None:
        self._operation.key_chosen.connect(self._change_operation)
        self._from.key_chosen.connect(self._change_source)
        self._form.step_changed.connect(self._change_step)
        self._seed.valueChanged.connect(self._request)
        self._count.valueChanged.connect(self._recount)
        self._roll.clicked.connect(self._roll_again)
        self.view.row_pointed.connect(self._point_at)
        self._session.dataset_changed.connect(self._take_dataset)

    @property
    def step(self) -> Step:
        """MixUp or CutMix with its parameters; ``num_classes`` is found from the labels."""
        return self._steps[self._operation.key]

    @property
    def seed(self) -> int:
        """Of the mixing; picture ``n`` goes through the pipeline with the seed ``seed + n``."""
        return self._seed.value()

    @property
    def source(self) -> MixSource | None:
        """Where the pictures come from; None without a data set."""
        if self._from.key == INPUTS:
            return self._inputs
        dataset: Dataset | None = self._session.dataset
        if dataset is None:
            return None
        part = next((part for part in dataset.parts.values() if (part.labels >= 0).any()), dataset.train)
        return MixSet(part, self._count.value())

    def code(self) -> str:
        """The script that makes this batch and mixes it; empty while there is none."""
        shown = self.view.shown
        if shown is None:
            return ""
        made, batch = shown.made, shown.made.batch
        labels = batch.labels.tolist()
        return mix_script(shown.step, made.pipeline, made.files, labels, batch.classes, made.seed, shown.seed)

    def show_subject(self, inputs: Sequence[Input], pipeline: Pipeline) -> None:
        """Mix what ``pipeline`` makes of the inputs, or of the data set's images."""
        source = MixInputs.of(inputs)
        if pipeline != self._pipeline or source.identity != self._inputs.identity:
            is_needed = pipeline != self._pipeline or self._from.key == INPUTS
            self._inputs, self._pipeline = source, pipeline
            if is_needed:
                self._request()

    @Slot()
    def _request(self) -> None:
        self._is_due = True
        if self.isVisible():
            self._start()
        else:
            self._jobs.cancel(_JOB)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_due:
            self._start()

    def _start(self) -> None:
        self._is_due = False
        source = self.source
        if source is None:
            self._jobs.cancel(_JOB)
            self._failure = None
            self._show(None)
            return
        self._jobs.submit(
            partial(mix_work, source, self._pipeline, self.step, self.seed, self._made),
            done=self._take,
            failed=self._take_failure,
            key=_JOB,
            title=self.tr("Mix"),
        )

    @Slot(object)
    def _take(self, shown: MixShown) -> None:
        self._made, self._failure = shown.made, None
        self._show(shown)

    @Slot(object)
    def _take_failure(self, failure: Failure) -> None:
        self._failure = failure
        self._show(None)

    def _show(self, shown: MixShown | None) -> None:
        self.view.show_mixed(shown)
        for widget in (self.view, self._details):
            widget.setVisible(shown is not None)
        self._message.setHidden(shown is not None)
        self._drawn.setText(lambda_text(shown.mixed) if shown is not None else "")
        self._say_what_is_wrong()
        self.mix_changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_header()

    def _fit_header(self) -> None:
        """In a narrow card the dice alone says what its button does."""
        self._roll.setText("" if self.width() < _NARROW else self.tr("Roll again"))

    # -- hands ---------------------------------------------------------------------------------------------

    @Slot(str)
    def _change_operation(self, name: str) -> None:
        self._session.preferences.set(_NAME, name)
        self._form.set_step(self.step)
        self.retranslate_ui()
        self._request()

    @Slot(str)
    def _change_source(self, key: str) -> None:
        self._session.preferences.set(_SOURCE, key)
        self.retranslate_ui()
        self._request()

    @Slot(object)
    def _change_step(self, step: Step) -> None:
        self._steps[step.name] = step
        self._request()

    @Slot(int)
    def _recount(self, count: int) -> None:
        self._session.preferences.set(_NUMBER, count)
        self._request()

    @Slot()
    def _roll_again(self) -> None:
        self._seed.setValue(self.seed + 1 if self.seed < _LARGEST_SEED else 0)

    @Slot(object)
    def _take_dataset(self, dataset: Dataset | None) -> None:
        if self._from.key == DATASET:
            self._made = None  # its pictures need not stay in memory
            self._request()

    @Slot(int)
    def _point_at(self, row: int) -> None:
        shown = self.view.shown
        has_row = shown is not None and 0 <= row < len(shown.images)
        self._details.set_text(cell_text(shown, row) if has_row and shown is not None else "")

    # -- texts ---------------------------------------------------------------------------------------------

    def _say_what_is_wrong(self) -> None:
        if self._failure is not None:
            self._message.setText(describe(self._failure))
        else:
            self._message.setText(self.tr("No data set is open: open one on Datasets, or mix the inputs."))

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        self.set_title(self.tr("Mix"))
        self._operation.set_texts(
            {name: (name, catalog_text(step.operation.help)) for name, step in self._steps.items()}
        )
        self._operation.setAccessibleName(self.tr("How to mix"))
        self._from.set_texts(
            {
                INPUTS: (
                    self.tr("Inputs"),
                    self.tr("Mix the pictures on the left; each is a class of its own"),
                ),
                DATASET: (self.tr("Data set"), self.tr("Mix its first images, class by class in turn")),
            }
        )
        self._from.setAccessibleName(self.tr("Pictures to mix"))
        self._seed.setPrefix(f"{self.tr('seed')} ")
        self._seed.setAccessibleName(self.tr("seed"))
        self._seed.setToolTip(
            self.tr("torch.manual_seed before mixing; picture n is made with the n-th seed after it")
        )
        self._count_name.setText("batch_size")
        self._count.setAccessibleName("batch_size")
        self._count.setToolTip(self.tr("How many images of the data set make the batch: 2 to 32"))
        self._count.setEnabled(self._from.key == DATASET)
        self._roll.set_texts(self.tr("Roll again"), self.tr("Mix with the next seed"))
        self._fit_header()
        self._drawn.setToolTip(
            self.tr("The share of the picture itself, drawn once for the batch; the rest is its partner's")
        )
        self.view.setAccessibleName(self.tr("Mixed pictures"))
        self.view.setToolTip(self.tr("Beside each picture: itself and its partner, with their shares"))
        self._say_what_is_wrong()
        self._point_at(self.view.current)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)


def _press(switch: SegmentedSwitch, key: str, keys: object) -> None:
    """Press what was remembered, if there still is such a key."""
    if isinstance(keys, dict | tuple) and key in keys:
        switch.set_key(key)
