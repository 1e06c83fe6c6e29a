"""The weights of one feature map: as pictures, as numbers, by hand or a well-known kernel."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from tudui_gui.core.errors import ModelError
from tudui_gui.gui import theme
from tudui_gui.gui.tabs.layers.tensor_box import Planes, TensorBox
from tudui_gui.gui.translations import catalog_text, describe
from tudui_gui.gui.widgets.buttons import IconButton
from tudui_gui.gui.widgets.card import Card
from tudui_gui.gui.widgets.labels import Label
from tudui_gui.gui.widgets.map_grid import FeatureMapGrid
from tudui_gui.gui.widgets.naming import named
from tudui_gui.gui.widgets.tag import Tag
from tudui_gui.layers.kernels import FILTERS, kernel_of
from tudui_gui.layers.spelling import Place

Weights = NDArray[np.float32]
#: Larger kernels are shown as pictures alone: their numbers would not be readable.
_LARGEST_EDITED = 7
_PICTURE = 52
_TALLEST = 92


class KernelCard(Card):
    """Shows the weights (C, kh, kw) that make one map. Main thread only.

    Signals
    -------
    weights_edited(object)
        The map's new weights, float32 (C, kh, kw).
    reset_requested()
        The map's own weights again.
    """

    weights_edited = Signal(object)
    reset_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "kernel_card", parent)
        self._weights: Weights = np.zeros((1, 0, 0), np.float32)
        self._channel = 0
        self._refused: tuple[str, Place] | None = None
        self._problem: ModelError | None = None
        self._size = Tag(object_name="kernel_size_tag")
        self.pictures = FeatureMapGrid("kernel_grid")
        self.pictures.set_zoom(_PICTURE)
        self.pictures.setFixedHeight(_TALLEST)
        self.numbers = TensorBox("kernel_values", "series4", editable=True)
        self._taken = TensorBox("kernel_window", "reference")
        self._products = TensorBox("kernel_products", "good")
        self._filters = named(QComboBox(), "kernel_filter")
        self._reset = IconButton("restore", "kernel_reset")
        self._text = Label(role="error", object_name="kernel_problem")
        self._text.setWordWrap(True)
        self._lay_out()
        self.numbers.values_edited.connect(self._take_numbers)
        self.numbers.text_refused.connect(self._refuse)
        self._filters.activated.connect(self._take_filter)
        self._reset.clicked.connect(self.reset_requested)
        self.retranslate_ui()

    def _lay_out(self) -> None:
        self.add_to_header(self._size)
        self._filters.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._filters.setMinimumContentsLength(8)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE)
        row.addWidget(self._filters, 1)
        row.addWidget(self._reset)
        self.body.addWidget(self.pictures)
        self.body.addLayout(row)
        for widget in (self.numbers, self._text, self._taken, self._products):
            self.body.addWidget(widget)
        self.numbers.plane_chosen.connect(self._follow)

    def show_weights(
        self, weights: Weights, names: Sequence[str], channel: int, *, editable: bool, is_edited: bool
    ) -> None:
        """Show the weights of the map ``channel``; ``names`` are those of the input channels."""
        if channel != self._channel or weights.shape != self._weights.shape:
            self._refused = self._problem = None
        self._weights, self._channel = weights, channel
        self.pictures.set_maps(weights, list(names))
        self.numbers.set_values(weights[None])
        is_small = max(weights.shape[1:]) <= _LARGEST_EDITED
        self.numbers.setVisible(is_small)
        self.numbers.matrix.setEnabled(editable)
        for widget in (self._filters, self._reset):
            widget.setVisible(editable)
        self._reset.setEnabled(is_edited)
        self.retranslate_ui()

    def show_window(self, taken: Weights | None) -> None:
        """Show what the weights are multiplied with for the probed pixel, (C, kh, kw), and the products."""
        is_shown = taken is not None and taken.shape == self._weights.shape and not self.numbers.isHidden()
        for box in (self._taken, self._products):
            box.setVisible(is_shown)
        if taken is not None and is_shown:
            self._taken.set_values(taken[None])
            self._products.set_values((taken * self._weights)[None])
            self._follow()

    @Slot()
    def _follow(self) -> None:
        """The window and the products are those of the channel whose weights are shown."""
        for box in (self._taken, self._products):
            box.show_plane(*self.numbers.plane)

    def set_color_map(self, name: str) -> None:
        """Colour the pictures by ``name``."""
        self.pictures.set_color_map(name)

    @Slot(object)
    def _take_numbers(self, values: Planes) -> None:
        self._refused = self._problem = None
        self.weights_edited.emit(values[0])

    @Slot(str, object)
    def _refuse(self, text: str, place: Place) -> None:
        self._refused = (text, place)
        self.retranslate_ui()

    @Slot(int)
    def _take_filter(self, row: int) -> None:
        with QSignalBlocker(self._filters):
            self._filters.setCurrentIndex(0)
        if row <= 0:
            return
        self._refused = self._problem = None
        try:
            self.weights_edited.emit(kernel_of(list(FILTERS)[row - 1], *self._weights.shape))
        except ModelError as error:
            self._problem = error
        self.retranslate_ui()

    def _problem_text(self) -> str:
        if self._problem is not None:
            return describe(self._problem)
        if self._refused is None:
            return ""
        typed, (_, _, row, column) = self._refused
        text = self.tr("“{text}” is no number: the cell in row {row}, column {column} keeps its own.")
        return text.format(text=typed, row=row, column=column)

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        self.set_title(self.tr("Kernel {index}").format(index=self._channel))
        self._size.set_text("×".join(map(str, self._weights.shape)))
        self.pictures.setAccessibleName(self.tr("Weights of the chosen map"))
        self.pictures.setToolTip(
            self.tr("The kernel of this map, a picture per input channel (layer.weight)")
        )
        self.numbers.title.setText("layer.weight")
        self.numbers.matrix.setAccessibleName(self.tr("Weights as numbers"))
        self.numbers.matrix.setToolTip(self.tr("Type a number to change a weight; the map follows at once"))
        self._taken.title.setText(self.tr("window of the pixel"))
        self._taken.matrix.setAccessibleName(self.tr("Values under the window"))
        self._taken.matrix.setToolTip(self.tr("The input under the window of the probed pixel"))
        self._products.title.setText(self.tr("window · weight"))
        self._products.matrix.setAccessibleName(self.tr("Products"))
        self._products.matrix.setToolTip(self.tr("Their sum over all channels, with the bias, is the pixel"))
        for box in (self.numbers, self._taken, self._products):
            box.set_plane_texts(self.tr("Map"), self.tr("Input channel"))
        with QSignalBlocker(self._filters):
            self._filters.clear()
            self._filters.addItem(self.tr("Take a kernel…"))
            self._filters.addItems([catalog_text(label) for label in FILTERS.values()])
        self._filters.setAccessibleName(self.tr("Well-known kernels"))
        self._filters.setToolTip(self.tr("A kernel of image processing for this map, on all input channels"))
        self._reset.set_texts(self.tr("Drawn weights"), self.tr("The weights that the seed gives, again"))
        text = self._problem_text()
        self._text.setText(text)
        self._text.setVisible(bool(text))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)
