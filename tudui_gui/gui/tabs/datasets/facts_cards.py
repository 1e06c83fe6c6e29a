"""The cards on the right: classes and images."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np
from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QScrollArea,
    QWidget,
)

from tudui_gui.datasets.sources import Dataset, ImageSet
from tudui_gui.datasets.statistics import ChannelMeanStd, class_counts
from tudui_gui.gui.failures import Failure
from tudui_gui.gui.tabs.datasets.class_counts import ClassCounts
from tudui_gui.gui.tabs.datasets.facts_work import (
    AUTOMATIC,
    Broken,
    Variety,
    statistics_work,
    variety_work,
)
from tudui_gui.gui.tabs.datasets.texts import brief
from tudui_gui.gui.translations import describe
from tudui_gui.gui.widgets.buttons import Button
from tudui_gui.gui.widgets.card import Card
from tudui_gui.gui.widgets.facts_strip import FactsStrip
from tudui_gui.gui.widgets.labels import Label
from tudui_gui.gui.widgets.tag import Tag
from tudui_gui.gui.workers import Jobs

_TALLEST_CHART = 10 * 22 + 4
_SHOWN = 2
#: Decimals that go into Normalize.
_DECIMALS = 4


class ClassesCard(Card):
    """Counts per class. ``class_chosen(int)``: filter by it, -1: by none."""

    class_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(object_name="classes_card", parent=parent)
        self._tag = Tag(object_name="classes_tag")
        self.add_to_header(self._tag)
        self.chart = ClassCounts()
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self.chart)
        self._scroll.viewport().setAutoFillBackground(False)
        self.chart.setAutoFillBackground(False)
        self.body.addWidget(self._scroll)
        self.chart.class_chosen.connect(self.class_chosen)
        self.retranslate_ui()

    def show_part(self, image_set: ImageSet) -> None:
        """Count the images of one part."""
        self._tag.set_text(str(len(image_set.classes)))
        self.chart.set_counts(image_set.classes, class_counts(image_set).tolist())
        self._scroll.setFixedHeight(min(_TALLEST_CHART, self.chart.sizeHint().height() + 2))

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        self.set_title(self.tr("Classes"))
        self.chart.setAccessibleName(self.tr("Images per class"))
        self.chart.setToolTip(self.tr("Images per class; click one to see only its images"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)


class ImagesCard(Card):
    """Split, sizes and modes, mean and standard deviation per channel.

    Signals
    -------
    normalize_requested(object)
        The ``ChannelMeanStd`` that Normalize should use.
    """

    normalize_requested = Signal(object)

    def __init__(self, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(object_name="images_card", parent=parent)
        self._jobs = jobs
        self._dataset: Dataset | None = None
        self._variety: Variety | None = None
        self._statistics: ChannelMeanStd | None = None
        self._facts = FactsStrip("dataset_facts")
        self._compute = Button("compute_mean_std_button", "sigma")
        self._use = Button("use_in_normalize_button", "equalizer-outline")
        self._problem = Label(role="error", object_name="mean_std_problem")
        self._problem.setWordWrap(True)
        self._problem.setMinimumWidth(1)
        self._facts.setWordWrap(True)
        for widget in (self._facts, self._problem, self._compute, self._use):
            self.body.addWidget(widget)
        self._compute.clicked.connect(self._start_statistics)
        self._use.clicked.connect(self._request_normalize)
        self._problem.hide()
        self.retranslate_ui()

    @property
    def statistics(self) -> ChannelMeanStd | None:
        """Mean and standard deviation of the training images, once they are known."""
        return self._statistics

    def show_dataset(self, dataset: Dataset) -> None:
        """Show another data set; its numbers are computed in jobs."""
        self._dataset, self._variety, self._statistics = dataset, None, None
        self._problem.hide()
        self._jobs.cancel("datasets.statistics")
        self._jobs.submit(
            partial(variety_work, dataset.train),
            done=self._show_variety,
            key="datasets.variety",
            lasting=True,
        )
        is_quick = dataset.train.uniform_array() is not None or len(dataset.train) <= AUTOMATIC
        if is_quick and len(dataset.train):
            self._start_statistics()
        self._show_facts()

    def compute_without(self, broken: Sequence[Broken]) -> None:
        """Compute mean and standard deviation of the training images that can be read."""
        if self._dataset is not None:
            left_out = [each.index for each in broken if each.part == "train"]
            self._submit_statistics(self._dataset.train.without(left_out))

    @Slot()
    def _start_statistics(self) -> None:
        if self._dataset is not None:
            self._submit_statistics(self._dataset.train)

    def _submit_statistics(self, image_set: ImageSet) -> None:
        self._problem.hide()
        self._compute.setEnabled(False)
        self._jobs.submit(
            partial(statistics_work, image_set),
            done=self._show_statistics,
            failed=self._show_problem,
            key="datasets.statistics",
            title=self.tr("Mean and standard deviation"),
            lasting=True,
        )

    @Slot(object)
    def _show_variety(self, variety: Variety) -> None:
        self._variety = variety
        self._show_facts()

    @Slot(object)
    def _show_statistics(self, statistics: ChannelMeanStd) -> None:
        self._statistics = statistics
        self._show_facts()

    @Slot(object)
    def _show_problem(self, failure: Failure) -> None:
        self._compute.setEnabled(True)
        self._problem.setText(brief(failure))
        self._problem.setToolTip(describe(failure))
        self._problem.show()

    @Slot()
    def _request_normalize(self) -> None:
        if self._statistics is not None:
            self.normalize_requested.emit(rounded(self._statistics))

    def _show_facts(self) -> None:
        if self._dataset is None:
            return
        train, test = len(self._dataset.train), len(self._dataset.test)
        facts = [
            (self.tr("train"), _share(train, train + test)),
            (self.tr("test"), _share(test, train + test)),
        ]
        facts += self._variety_facts()
        if self._statistics is not None:
            facts += [("mean", _numbers(self._statistics.mean)), ("std", _numbers(self._statistics.std))]
        self._facts.set_facts(facts)
        self._compute.setVisible(self._statistics is None and train > 0)
        self._compute.setEnabled(True)
        self._use.setVisible(self._statistics is not None)

    def _variety_facts(self) -> list[tuple[str, str]]:
        if self._variety is None:
            return []
        sizes = [f"{width}×{height}" for (width, height), _ in self._variety.sizes]
        facts = [
            (self.tr("size"), _some(sizes)),
            (self.tr("mode"), _some([m for m, _ in self._variety.modes])),
        ]
        assert self._dataset is not None
        total = len(self._dataset.train)
        if self._variety.looked_at < total:
            text = self.tr("sizes of {count} of {total:,}").format(count=self._variety.looked_at, total=total)
            facts.append(("", text))
        return facts

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        self.set_title(self.tr("Images"))
        self._compute.set_texts(
            self.tr("Mean and std"),
            self.tr("Over every pixel of the training images, on the scale of ToTensor"),
        )
        self._use.set_texts(
            self.tr("Use in Normalize"),
            self.tr("Put this mean and std into Normalize of the training and the test pipeline"),
        )
        self._show_facts()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)


def rounded(statistics: ChannelMeanStd) -> ChannelMeanStd:
    """The numbers as they are shown, which is what goes into Normalize."""
    mean, std = (tuple(np.round(each, _DECIMALS).tolist()) for each in (statistics.mean, statistics.std))
    return ChannelMeanStd(mean, std)


def _share(count: int, total: int) -> str:
    return f"{count:>7,}  {count / max(1, total):.0%}"


def _some(values: Sequence[str]) -> str:
    shown = ", ".join(values[:_SHOWN])
    return f"{shown} … ({len(values)})" if len(values) > _SHOWN else shown


def _numbers(values: Sequence[float]) -> str:
    return " ".join(f"{value:.{_DECIMALS}f}" for value in values)
