"""The cards on the right: classes and images."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np
from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from tudui_gui.datasets.passes import decodes_files
from tudui_gui.datasets.selection import split_in_words
from tudui_gui.datasets.sources import NO_LABEL, Dataset, ImageSet
from tudui_gui.datasets.statistics import ChannelMeanStd, class_counts
from tudui_gui.gui.failures import Failure
from tudui_gui.gui.tabs.datasets.class_counts import ClassCounts
from tudui_gui.gui.tabs.datasets.facts_texts import variety_facts, variety_tip
from tudui_gui.gui.tabs.datasets.facts_work import AUTOMATIC, Variety, variety_work
from tudui_gui.gui.tabs.datasets.survey_work import Surveyed, survey_work
from tudui_gui.gui.tabs.datasets.texts import brief
from tudui_gui.gui.translations import describe, phrase_text
from tudui_gui.gui.widgets.buttons import Button
from tudui_gui.gui.widgets.card import Card
from tudui_gui.gui.widgets.facts_strip import FactsStrip
from tudui_gui.gui.widgets.labels import Label
from tudui_gui.gui.widgets.tag import Tag
from tudui_gui.gui.workers import Jobs

_TALLEST_CHART = 10 * 22 + 4
#: Decimals that go into Normalize.
_DECIMALS = 4
#: Files that cannot be read: named on the card, and in its tooltip.
_NAMED, _LISTED = 2, 20


class ClassesCard(Card):
    """Counts per class. ``class_chosen(int)``: filter by it, -1: by none."""

    class_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(object_name="classes_card", parent=parent)
        self._without = 0
        self._tag = Tag(object_name="classes_tag")
        self.add_to_header(self._tag)
        self.chart = ClassCounts()
        self._none = Label(role="muted", object_name="classes_without_label")
        self._none.setWordWrap(True)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self.chart)
        self._scroll.viewport().setAutoFillBackground(False)
        self.chart.setAutoFillBackground(False)
        self.body.addWidget(self._scroll)
        self.body.addWidget(self._none)
        self.chart.class_chosen.connect(self.class_chosen)
        self.retranslate_ui()

    def show_part(self, image_set: ImageSet) -> None:
        """Count the images of one part."""
        counts = class_counts(image_set)
        self._without = int((image_set.labels == NO_LABEL).sum())
        self._tag.set_text(str(len(image_set.classes)))
        self.chart.set_counts(image_set.classes, counts.tolist())
        self._scroll.setVisible(bool(counts.any()) or not self._without)
        self._scroll.setFixedHeight(min(_TALLEST_CHART, self.chart.sizeHint().height() + 2))
        self._show_without()

    def _show_without(self) -> None:
        self._none.setVisible(self._without > 0)
        self._none.setText(self.tr("{count:,} images without a label").format(count=self._without))

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        self.set_title(self.tr("Classes"))
        self.chart.setAccessibleName(self.tr("Images per class"))
        self.chart.setToolTip(self.tr("Click a class to see only its images"))
        self._show_without()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)


class ImagesCard(Card):
    """Split, sizes, aspect ratios and modes, mean and standard deviation per channel.

    A sample of the files answers at once; looking at all of them is done by itself where it is quick. The
    numbers are of the training images, or of the first part that holds any where there are none.

    Signals
    -------
    normalize_requested(object)
        The ``ChannelMeanStd`` that Normalize should use.
    surveyed(object)
        A ``Surveyed`` once all images were looked at; None when there is none yet.
    """

    normalize_requested = Signal(object)
    surveyed = Signal(object)

    def __init__(self, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(object_name="images_card", parent=parent)
        self._jobs = jobs
        self._dataset: Dataset | None = None
        self._variety: Variety | None = None
        self._surveyed: Surveyed | None = None
        self._facts = FactsStrip("dataset_facts")
        self._split = Label(role="muted", object_name="dataset_split")
        self._compute = Button("compute_mean_std_button", "sigma")
        self._use = Button("use_in_normalize_button", "equalizer-outline")
        self._problem = Label(role="error", object_name="mean_std_problem")
        for label in (self._split, self._problem):
            label.setWordWrap(True)
            label.setMinimumWidth(1)
        self._facts.setWordWrap(True)
        for widget in (self._split, self._facts, self._problem, self._compute, self._use):
            self.body.addWidget(widget)
        self._compute.clicked.connect(self._start_survey)
        self._use.clicked.connect(self._request_normalize)
        self._problem.hide()
        self.retranslate_ui()

    @property
    def statistics(self) -> ChannelMeanStd | None:
        """Mean and standard deviation of the images that can be read, once they are known."""
        return None if self._surveyed is None else self._surveyed.survey.statistics

    def show_dataset(self, dataset: Dataset) -> None:
        """Show another data set; its numbers are computed in jobs."""
        self._dataset, self._variety = dataset, None
        self._problem.hide()
        self._jobs.cancel("datasets.statistics")
        self._forget()
        subject = self._subject()
        if subject is not None:
            self._jobs.submit(
                partial(variety_work, subject),
                done=self._show_variety,
                key="datasets.variety",
                lasting=True,
            )
            if not decodes_files(subject) or len(subject) <= AUTOMATIC:
                self._start_survey()
        self._show_facts()

    def _subject(self) -> ImageSet | None:
        """The images the numbers are of."""
        if self._dataset is None:
            return None
        return next(iter(self._dataset.parts.values()), None)

    def _forget(self) -> None:
        if self._surveyed is not None:
            self._surveyed = None
            self.surveyed.emit(None)

    @Slot()
    def _start_survey(self) -> None:
        subject = self._subject()
        if subject is None:
            return
        self._problem.hide()
        self._compute.setEnabled(False)
        self._jobs.submit(
            partial(survey_work, subject),
            done=self._show_survey,
            failed=self._show_failure,
            key="datasets.statistics",
            title=self.tr("Looking at all images"),
            lasting=True,
        )

    @Slot(object)
    def _show_variety(self, variety: Variety) -> None:
        self._variety = variety
        self._show_facts()

    @Slot(object)
    def _show_survey(self, surveyed: Surveyed) -> None:
        self._surveyed = surveyed
        self._show_facts()
        self._show_unreadable()
        self.surveyed.emit(surveyed)

    @Slot(object)
    def _show_failure(self, failure: Failure) -> None:
        self._compute.setEnabled(True)
        self._problem.setText(brief(failure))
        self._problem.setToolTip(describe(failure))
        self._problem.show()

    def _show_unreadable(self) -> None:
        """Name the files that were passed over."""
        if self._surveyed is None:
            return
        found, image_set = self._surveyed.survey.unreadable, self._surveyed.image_set
        names = [image_set.name(each.index) for each in found[:_NAMED]]
        text = self.tr("{count:,} cannot be read and were passed over: {names}")
        named = ", ".join(names) + (" …" if len(found) > _NAMED else "")
        self._problem.setText(text.format(count=len(found), names=named) if found else "")
        self._problem.setToolTip("\n".join(describe(Failure.of(each.error)) for each in found[:_LISTED]))
        self._problem.setVisible(bool(found))

    @Slot()
    def _request_normalize(self) -> None:
        if self.statistics is not None:
            self.normalize_requested.emit(rounded(self.statistics))

    def _show_facts(self) -> None:
        if self._dataset is None:
            return
        statistics, subject = self.statistics, self._subject()
        facts = [*self._part_facts(), *self._variety_facts()]
        if statistics is not None:
            facts += [("mean", _numbers(statistics.mean)), ("std", _numbers(statistics.std))]
        self._facts.set_facts(facts)
        self._split.setText(" ".join(phrase_text(phrase) for phrase in split_in_words(self._dataset)))
        self._compute.setVisible(self._surveyed is None and subject is not None)
        self._compute.setEnabled(True)
        self._use.setVisible(statistics is not None and subject is self._dataset.train)

    def _part_facts(self) -> list[tuple[str, str]]:
        assert self._dataset is not None
        names = {
            "train": self.tr("train"),
            "test": self.tr("test"),
            "unlabelled": self.tr("no label"),
            "left_out": self.tr("left out"),
        }
        parts = self._dataset.parts
        total = sum(map(len, parts.values()))
        return [(names[name], _share(len(part), total)) for name, part in parts.items()]

    def _variety_facts(self) -> list[tuple[str, str]]:
        if self._surveyed is not None:
            self._facts.setToolTip(variety_tip(self._surveyed.survey))
            return variety_facts(self._surveyed.survey)
        subject = self._subject()
        if self._variety is None or subject is None:
            return []
        facts = variety_facts(self._variety)
        self._facts.setToolTip(variety_tip(self._variety))
        if self._variety.looked_at < len(subject):
            text = self.tr("sizes of {count} of {total:,}")
            facts.append(("", text.format(count=self._variety.looked_at, total=len(subject))))
        return facts

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        self.set_title(self.tr("Images"))
        self._compute.set_texts(
            self.tr("Look at all images"),
            self.tr("Mean and std on the scale of ToTensor, sizes, modes and the mean image of each class"),
        )
        self._use.set_texts(
            self.tr("Use in Normalize"),
            self.tr("Put this mean and std into Normalize of the training and the test pipeline"),
        )
        self._show_facts()
        self._show_unreadable()

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


def _numbers(values: Sequence[float]) -> str:
    return " ".join(f"{value:.{_DECIMALS}f}" for value in values)
