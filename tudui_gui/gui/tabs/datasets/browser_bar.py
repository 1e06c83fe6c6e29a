"""Which images of the data set are shown, and in which order: the row above the grid."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QEvent, QSignalBlocker, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QMenu, QToolButton, QWidget

from tudui_gui.datasets.ordering import FILE_ORDERS, ORDERS
from tudui_gui.datasets.sources import Dataset, ImageSet
from tudui_gui.gui import theme
from tudui_gui.gui.tabs.datasets.browser_work import Filters
from tudui_gui.gui.widgets.buttons import IconButton
from tudui_gui.gui.widgets.naming import named


class BrowserBar(QWidget):
    """Part, class, name, flags, order.

    Signals
    -------
    part_chosen()
        Another part.
    label_changed(int)
        Another class, -1: none.
    filters_changed()
        :attr:`filters` are others, the class included.
    order_changed()
        The order is another one.
    """

    part_chosen = Signal()
    label_changed = Signal(int)
    filters_changed = Signal()
    order_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dataset: Dataset | None = None
        self._image_set: ImageSet | None = None
        self._parts: tuple[str, ...] = ()
        self._part = named(QComboBox(), "split_choice")
        self._class = named(QComboBox(), "class_filter")
        for combo in (self._part, self._class):
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            combo.setMinimumContentsLength(10)
        self._name = named(QLineEdit(), "name_filter")
        self._name.setClearButtonEnabled(True)
        self._name.setMinimumWidth(80)
        self._flagged = IconButton("flag-outline", "flagged_filter")
        self._flagged.setCheckable(True)
        self._order = _OrderButton()
        self._lay_out()
        self._connect()
        self.retranslate_ui()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE)
        row.addWidget(self._part, 3)
        row.addWidget(self._class, 3)
        row.addWidget(self._name, 2)
        tools = QHBoxLayout()
        tools.setSpacing(0)
        tools.addWidget(self._flagged)
        tools.addWidget(self._order)
        row.addLayout(tools)

    def _connect(self) -> None:
        self._part.currentIndexChanged.connect(self.part_chosen)
        self._class.currentIndexChanged.connect(self._choose_class)
        self._name.textChanged.connect(self.filters_changed)
        self._flagged.toggled.connect(self.filters_changed)
        self._order.order_changed.connect(self.order_changed)

    @property
    def part(self) -> str:
        """The part to show."""
        return self._parts[self._part.currentIndex()] if self._parts else ""

    @property
    def label(self) -> int:
        """The class that is filtered by, or -1."""
        return max(-1, self._class.currentIndex() - 1)

    @property
    def filters(self) -> Filters:
        """What is wanted of the part."""
        text, flagged = self._name.text().strip(), self._flagged.isChecked()
        return Filters(self.label, text, flagged, self._order.order, self._order.is_descending)

    def show_dataset(self, dataset: Dataset) -> None:
        """Offer the parts of another data set, of which the first is chosen."""
        self._order.set_order("source", False)
        self._dataset, self._parts = dataset, ()
        self.clear_filters()
        self.update_dataset(dataset)

    def update_dataset(self, dataset: Dataset) -> None:
        """Offer the parts of the data set as it is now; the chosen one stays if it still holds images."""
        chosen = self.part
        self._dataset, self._parts = dataset, tuple(dataset.parts)
        self._fill_parts(self._parts.index(chosen) if chosen in self._parts else 0)

    def show_images(self, image_set: ImageSet) -> None:
        """Offer the classes of the chosen part."""
        self._image_set = image_set
        self._order.set_has_files(len(image_set) > 0 and image_set.path(0) is not None)
        self._fill_classes(self.label if self.label < len(image_set.classes) else -1)

    def set_part(self, part: str) -> bool:
        """Choose ``part`` without a signal; False if it holds no images."""
        if part not in self._parts:
            return False
        with QSignalBlocker(self._part):
            self._part.setCurrentIndex(self._parts.index(part))
        return True

    def set_label(self, label: int) -> None:
        """Filter by a class; -1: by none."""
        self._class.setCurrentIndex(label + 1)

    def set_order(self, order: str, descending: bool) -> None:
        """Show that this is the order, without a signal."""
        self._order.set_order(order, descending)

    def clear_filters(self) -> None:
        """Want every image of the part, without :attr:`filters_changed`."""
        had_label = self.label >= 0
        with QSignalBlocker(self._name), QSignalBlocker(self._flagged), QSignalBlocker(self._class):
            self._name.clear()
            self._flagged.setChecked(False)
            self._class.setCurrentIndex(0)
        if had_label:
            self.label_changed.emit(-1)

    @Slot()
    def _choose_class(self) -> None:
        self.label_changed.emit(self.label)
        self.filters_changed.emit()

    def _fill_parts(self, chosen: int) -> None:
        assert self._dataset is not None
        names = {
            "train": self.tr("Training ({count:,})"),
            "test": self.tr("Test ({count:,})"),
            "unlabelled": self.tr("Without label ({count:,})"),
            "left_out": self.tr("Left out ({count:,})"),
        }
        parts = self._dataset.parts
        with QSignalBlocker(self._part):
            self._part.clear()
            self._part.addItems([names[part].format(count=len(parts[part])) for part in self._parts])
            self._part.setCurrentIndex(chosen)

    def _fill_classes(self, chosen: int) -> None:
        if self._image_set is None:
            return
        classes, labels = self._image_set.classes, self._image_set.labels
        counts = np.bincount(labels[labels >= 0], minlength=len(classes))
        with QSignalBlocker(self._class):
            self._class.clear()
            self._class.addItem(self.tr("All {count} classes").format(count=len(counts)))
            self._class.addItems([f"{name} ({n:,})" for name, n in zip(classes, counts, strict=True)])
            self._class.setCurrentIndex(chosen + 1)

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        self._part.setAccessibleName(self.tr("Part"))
        self._part.setToolTip(self.tr("Training or test images, those without a label, those left out"))
        self._class.setAccessibleName(self.tr("Class"))
        self._class.setToolTip(self.tr("Show the images of one class"))
        self._name.setAccessibleName(self.tr("Search by name"))
        self._name.setPlaceholderText(self.tr("Name"))
        self._name.setToolTip(self.tr("Show images whose name contains this"))
        self._flagged.set_texts(self.tr("Show flagged images only"))
        if self._dataset is not None:
            self._fill_parts(self._part.currentIndex())
            self._fill_classes(self.label)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)


class _OrderButton(IconButton):
    """A button with a menu of orders. ``order_changed()``: a person chose another one."""

    order_changed = Signal()

    def __init__(self) -> None:
        super().__init__("sort-ascending", "sort_button")
        self._menu = named(QMenu(self), "sort_menu")
        self._group = QActionGroup(self)
        self._actions = {order: self._add(f"sort_{order}") for order in ORDERS}
        self._menu.addSeparator()
        self._descending = QAction(self._menu)
        self._descending.setObjectName("sort_descending")
        self._descending.setCheckable(True)
        self._menu.addAction(self._descending)
        self._actions["source"].setChecked(True)
        self.setMenu(self._menu)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu.triggered.connect(self._change)
        self.retranslate_ui()

    def _add(self, name: str) -> QAction:
        action = QAction(self._menu)
        action.setObjectName(name)
        action.setCheckable(True)
        self._group.addAction(action)
        self._menu.addAction(action)
        return action

    @property
    def order(self) -> str:
        """One of ``ordering.ORDERS``."""
        return next(order for order, action in self._actions.items() if action.isChecked())

    @property
    def is_descending(self) -> bool:
        """Whether the last come first."""
        return self._descending.isChecked()

    def set_order(self, order: str, descending: bool) -> None:
        """Show that this is the order."""
        self._actions[order].setChecked(True)
        self._descending.setChecked(descending)
        self._show()

    def set_has_files(self, has_files: bool) -> None:
        """Offer orders by what the files are, or not."""
        for order in FILE_ORDERS:
            self._actions[order].setEnabled(has_files)

    @Slot()
    def _change(self) -> None:
        self._show()
        self.order_changed.emit()

    def _show(self) -> None:
        self.set_icon("sort-descending" if self.is_descending else "sort-ascending")
        text = self.tr("Order: {order}").format(order=self._actions[self.order].text())
        self.set_texts(self.tr("Order of the images"), text)

    def _texts(self) -> Sequence[str]:
        return (
            self.tr("As in the data set"),
            self.tr("Name"),
            self.tr("Class"),
            self.tr("File size"),
            self.tr("Width × height"),
            self.tr("Date of the file"),
            self.tr("Flagged first"),
        )

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        for action, text in zip(self._actions.values(), self._texts(), strict=True):
            action.setText(text)
        self._descending.setText(self.tr("Descending"))
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)
