"""The images of the open data set: a grid with filters, and the large view in its place."""

from __future__ import annotations

from functools import partial

import numpy as np
from PySide6.QtCore import QEvent, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QMenu, QSlider, QStackedWidget, QWidget

from tudui_gui.datasets.sources import Dataset, ImageSet
from tudui_gui.gui import theme
from tudui_gui.gui.tabs.datasets.large_view import LargeView
from tudui_gui.gui.tabs.datasets.opening import filter_work
from tudui_gui.gui.widgets.buttons import IconButton
from tudui_gui.gui.widgets.card import Card
from tudui_gui.gui.widgets.empty_state import EmptyState
from tudui_gui.gui.widgets.labels import Label
from tudui_gui.gui.widgets.naming import named
from tudui_gui.gui.widgets.tag import Tag
from tudui_gui.gui.widgets.thumbnail_grid import ThumbnailGrid
from tudui_gui.gui.workers import Jobs

_TARGETS = ("transforms_tab", "layers_tab", "prediction_tab")


class BrowserCard(Card):
    """The middle of the tab.

    Signals
    -------
    part_changed(object)
        The ``ImageSet`` of the part that is shown now.
    label_changed(int)
        The class the grid is filtered by, -1: none.
    current_changed(object, int)
        The ``ImageSet`` and index of the current image; index -1: none.
    send_requested(object, int, str)
        ``ImageSet``, index and the objectName of the tab to open the image in.
    digits_requested()
        The button of the empty state.
    """

    part_changed = Signal(object)
    label_changed = Signal(int)
    current_changed = Signal(object, int)
    send_requested = Signal(object, int, str)
    digits_requested = Signal()

    def __init__(self, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(object_name="browser_card", parent=parent)
        self._jobs = jobs
        self._dataset: Dataset | None = None
        self._indices = np.arange(0)
        self._make_widgets()
        self._lay_out()
        self._connect()
        self.retranslate_ui()

    def _make_widgets(self) -> None:
        self._tag = Tag(object_name="dataset_tag")
        self._zoom = named(QSlider(Qt.Orientation.Horizontal), "grid_zoom")
        self._zoom.setRange(32, 160)
        self._zoom.setFixedWidth(88)
        self._send = IconButton("share-outline", "send_image_button")
        self._split = named(QComboBox(), "split_choice")
        self._filter = named(QComboBox(), "class_filter")
        for combo in (self._split, self._filter):
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            combo.setMinimumContentsLength(10)
        self._search = named(QLineEdit(), "name_filter")
        self._search.setClearButtonEnabled(True)
        self._search.setMinimumWidth(80)
        self.grid = ThumbnailGrid("dataset_grid")
        self._zoom.setValue(72)
        self.grid.set_zoom(72)
        self.large = LargeView(self._jobs)
        self._empty = EmptyState("image-multiple-outline", "dataset_empty")
        self._none = Label(role="muted", object_name="no_match")
        self._none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedWidget()
        self._bar = QWidget()
        self._menu = QMenu(self)
        self._actions = [QAction(self._menu) for _ in _TARGETS]

    def _lay_out(self) -> None:
        for widget in (self._tag, self._zoom, self._send):
            self.add_to_header(widget)
        row = QHBoxLayout(self._bar)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE)
        row.addWidget(self._split, 3)
        row.addWidget(self._filter, 3)
        row.addWidget(self._search, 2)
        for page in (self._empty, self.grid, self.large, self._none):
            self._stack.addWidget(page)
        self.body.addWidget(self._bar)
        self.body.addWidget(self._stack, 1)
        for action, target in zip(self._actions, _TARGETS, strict=True):
            action.setObjectName(f"open_in_{target}")
            action.setData(target)
            self._menu.addAction(action)
        self._show_bar(False)

    def _connect(self) -> None:
        self._split.currentIndexChanged.connect(self._change_part)
        self._filter.currentIndexChanged.connect(self._change_label)
        self._search.textChanged.connect(self._request_filter)
        self._zoom.valueChanged.connect(self.grid.set_zoom)
        self.grid.zoom_changed.connect(self._zoom.setValue)
        self.grid.current_changed.connect(self._tell_current)
        self.grid.large_view_requested.connect(self.open_large)
        self.grid.index_activated.connect(self.open_large)
        self.grid.image_menu_requested.connect(self._open_menu)
        self.large.moved.connect(self._move)
        self.large.closed.connect(self.close_large)
        self.large.send_requested.connect(self._open_large_menu)
        self._send.clicked.connect(self._open_button_menu)
        self._menu.triggered.connect(self._send_image)
        self._empty.action_requested.connect(self.digits_requested)

    @property
    def image_set(self) -> ImageSet | None:
        """The part that is shown."""
        if self._dataset is None:
            return None
        return self._dataset.train if self._split.currentIndex() <= 0 else self._dataset.test

    @property
    def label(self) -> int:
        """The class that is filtered by, or -1."""
        return self._filter.currentIndex() - 1

    @property
    def indices(self) -> np.ndarray:
        """Indices into :attr:`image_set` of the images in the grid, in order."""
        return self._indices

    def show_dataset(self, dataset: Dataset) -> None:
        """Show another data set from its beginning."""
        self._dataset = dataset
        self._search.blockSignals(True)
        self._search.clear()
        self._search.blockSignals(False)
        self._fill_splits(0)
        self._fill_classes(-1)
        self._show_bar(True)
        self.close_large()
        self._stack.setCurrentWidget(self.grid)
        self._change_part()
        self.retranslate_ui()

    def set_label(self, label: int) -> None:
        """Filter by a class; -1: by none."""
        self._filter.setCurrentIndex(label + 1)

    def show_index(self, part: str, index: int) -> None:
        """Show one image large, whatever the filters are."""
        self._search.clear()
        self._filter.setCurrentIndex(0)
        self._split.setCurrentIndex(1 if part == "test" else 0)
        image_set = self.image_set
        if image_set is not None:
            self._set_indices(np.arange(len(image_set)))
            self.open_large(index)

    @Slot(int)
    def open_large(self, row: int) -> None:
        """Show the image in row ``row`` of the grid in its place."""
        image_set = self.image_set
        if image_set is not None and 0 <= row < len(self._indices):
            self.grid.select(row)
            self.large.show_image(image_set, int(self._indices[row]))
            self._stack.setCurrentWidget(self.large)
            self.large.setFocus()

    @Slot()
    def close_large(self) -> None:
        """Back to the grid."""
        if self._stack.currentWidget() is self.large:
            self._stack.setCurrentWidget(self.grid)
            self.grid.setFocus()

    @Slot(int)
    def _move(self, by: int) -> None:
        self.open_large(self.grid.current + by)

    @Slot()
    def _change_part(self) -> None:
        if self.image_set is not None:
            self.part_changed.emit(self.image_set)
            self._fill_classes(self.label)
            self._request_filter()

    @Slot()
    def _change_label(self) -> None:
        self.label_changed.emit(self.label)
        self._request_filter()

    @Slot()
    def _request_filter(self) -> None:
        image_set = self.image_set
        if image_set is None:
            return
        label = self.label if self.label >= 0 else None
        work = partial(filter_work, image_set, label, self._search.text().strip())
        self._jobs.submit(work, done=self._set_indices, key="datasets.filter")

    @Slot(object)
    def _set_indices(self, indices: np.ndarray) -> None:
        image_set = self.image_set
        if image_set is None:
            return
        self._indices = indices
        classes, labels = image_set.classes, image_set.labels
        self.grid.set_source(
            len(indices),
            lambda row: np.asarray(image_set.image(int(indices[row]))),
            lambda row: classes[labels[indices[row]]],
            lambda row: image_set.path(int(indices[row])),
        )
        self._tag.set_text(f"{len(indices):,}")
        if self._stack.currentWidget() is not self.large:
            self._stack.setCurrentWidget(self.grid if len(indices) else self._none)

    @Slot(int)
    def _tell_current(self, row: int) -> None:
        image_set = self.image_set
        self._send.setEnabled(row >= 0)
        if image_set is not None:
            self.current_changed.emit(image_set, int(self._indices[row]) if row >= 0 else -1)

    @Slot(int, object)
    def _open_menu(self, row: int, place: QPoint) -> None:
        self._menu.popup(place)

    @Slot()
    def _open_button_menu(self) -> None:
        self._menu.popup(self._send.mapToGlobal(QPoint(0, self._send.height())))

    @Slot()
    def _open_large_menu(self) -> None:
        self._menu.popup(self.large.send.mapToGlobal(QPoint(0, self.large.send.height())))

    @Slot(QAction)
    def _send_image(self, action: QAction) -> None:
        row = self.grid.current
        if row >= 0:
            self.send_requested.emit(self.image_set, int(self._indices[row]), action.data())

    def _show_bar(self, is_open: bool) -> None:
        for widget in (self._bar, self._zoom, self._send):
            widget.setVisible(is_open)
        self._send.setEnabled(False)

    def _fill_splits(self, chosen: int) -> None:
        assert self._dataset is not None
        texts = (
            self.tr("Training ({count:,})").format(count=len(self._dataset.train)),
            self.tr("Test ({count:,})").format(count=len(self._dataset.test)),
        )
        self._split.blockSignals(True)
        self._split.clear()
        self._split.addItems(texts)
        self._split.setCurrentIndex(max(0, chosen))
        self._split.blockSignals(False)

    def _fill_classes(self, chosen: int) -> None:
        image_set = self.image_set
        if image_set is None:
            return
        counts = np.bincount(image_set.labels, minlength=len(image_set.classes))
        self._filter.blockSignals(True)
        self._filter.clear()
        self._filter.addItem(self.tr("All {count} classes").format(count=len(counts)))
        self._filter.addItems([f"{name} ({n:,})" for name, n in zip(image_set.classes, counts, strict=True)])
        self._filter.setCurrentIndex(chosen + 1)
        self._filter.blockSignals(False)

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        self.set_title(self._dataset.name if self._dataset else self.tr("Images"))
        self._empty.set_texts(
            self.tr("No data set is open."),
            self.tr("Open the bundled digits"),
            self.tr("scikit-learn's 1,797 handwritten digits"),
        )
        self._none.setText(self.tr("No image fits the filter."))
        self._zoom.setAccessibleName(self.tr("Size of the thumbnails"))
        self._zoom.setToolTip(self.tr("Size of the thumbnails (Ctrl+wheel)"))
        self._send.set_texts(self.tr("Open in another tab"), self.tr("Open the chosen image in another tab"))
        self._split.setAccessibleName(self.tr("Part"))
        self._split.setToolTip(self.tr("Training or test images"))
        self._filter.setAccessibleName(self.tr("Class"))
        self._filter.setToolTip(self.tr("Show the images of one class"))
        self._search.setAccessibleName(self.tr("Search by name"))
        self._search.setPlaceholderText(self.tr("Name"))
        self._search.setToolTip(self.tr("Show images whose name contains this"))
        self.grid.setAccessibleName(self.tr("Images"))
        self.grid.setToolTip(self.tr("Space shows an image large; drag it out or right-click to send it on"))
        names = (self.tr("Open in Transforms"), self.tr("Open in Layers"), self.tr("Open in Predict"))
        for action, name in zip(self._actions, names, strict=True):
            action.setText(name)
        if self._dataset is not None:
            self._fill_splits(self._split.currentIndex())
            self._fill_classes(self.label)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)
