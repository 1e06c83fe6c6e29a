"""What to lay out and how: the fields beside the points."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QProgressBar, QScrollArea, QVBoxLayout, QWidget

from tudui_gui.datasets.embedding import FEWEST
from tudui_gui.datasets.sources import Dataset
from tudui_gui.gui import theme
from tudui_gui.gui.session import OpenModel
from tudui_gui.gui.tabs.datasets.embedding_texts import part_name
from tudui_gui.gui.tabs.datasets.embedding_work import MODEL, MOST, PCA, PIXELS, TSNE, Request
from tudui_gui.gui.widgets.buttons import Button
from tudui_gui.gui.widgets.labels import Label
from tudui_gui.gui.widgets.naming import named
from tudui_gui.gui.widgets.segmented import SegmentedSwitch
from tudui_gui.gui.widgets.spin_box import SpinBox
from tudui_gui.layers.feature_maps import layer_names
from tudui_gui.layers.features import last_linear

_WIDTH = 188
_FIELD = 112
_COUNT = 2000
_PERPLEXITY = 30


class EmbeddingSettings(QWidget):
    """The fields, and Compute or, while it runs, how far it is and Cancel.

    Signals
    -------
    compute_requested()
    cancel_requested()
    """

    compute_requested = Signal()
    cancel_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("embedding_settings")
        self._dataset: Dataset | None = None
        self._model: OpenModel | None = None
        self._make_widgets()
        self._lay_out()
        self._connect()
        self.set_running(False)
        self.retranslate_ui()

    def _make_widgets(self) -> None:
        self._method = SegmentedSwitch("embedding_method", (PCA, TSNE))
        self._source = _combo("embedding_features")
        self._layer = _combo("embedding_layer")
        self._parts = _combo("embedding_parts")
        self._count = _spin("embedding_count", FEWEST, MOST[PCA], _COUNT)
        self._perplexity = _spin("embedding_perplexity", 2, 500, _PERPLEXITY)
        self._seed = _spin("embedding_seed", 0, 2**31 - 1, 0)
        self._count.setGroupSeparatorShown(True)
        self._names = [Label(role="muted") for _ in range(6)]
        self._compute = Button("embedding_compute", "scatter-plot-outline")
        self._cancel = Button("embedding_cancel", "close")
        self._bar = named(QProgressBar(), "embedding_progress")
        self._bar.setRange(0, 1000)
        self._how_far = Label(role="mono", object_name="embedding_how_far")
        self._how_far.setWordWrap(True)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE // 2)
        column.addWidget(self._method)
        column.addWidget(self._fields(), 1)
        for widget in (self._bar, self._how_far, self._compute, self._cancel):
            column.addWidget(widget)
        self.setFixedWidth(_WIDTH)

    def _fields(self) -> QScrollArea:
        inside = QWidget()
        inside.setProperty("role", "scrolled")
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.SPACE)
        grid.setVerticalSpacing(theme.SPACE // 2)
        fields = (self._source, self._layer, self._parts, self._count, self._perplexity, self._seed)
        for row, (name, field) in enumerate(zip(self._names, fields, strict=True)):
            name.setBuddy(field)
            field.setFixedWidth(_FIELD)
            grid.addWidget(name, row, 0)
            grid.addWidget(field, row, 1)
        grid.setColumnStretch(0, 1)
        grid.setRowStretch(len(fields), 1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        return area

    def _connect(self) -> None:
        self._method.key_chosen.connect(self._follow)
        self._source.currentIndexChanged.connect(self._follow)
        self._compute.clicked.connect(self.compute_requested)
        self._cancel.clicked.connect(self.cancel_requested)

    @property
    def request(self) -> Request | None:
        """What the fields say; None: there is no image to lay out."""
        parts = self._parts.currentData()
        if not parts:
            return None
        return Request(
            method=self._method.key,
            source=self._source.currentData(),
            layer=self._layer.currentData(),
            parts=tuple(parts),
            count=self._count.value(),
            seed=self._seed.value(),
            perplexity=self._perplexity.value(),
        )

    def set_dataset(self, dataset: Dataset) -> None:
        """Offer the parts of another data set."""
        self._dataset = dataset
        self._fill_parts()
        self._compute.setEnabled(bool(dataset.parts))

    def set_model(self, model: OpenModel | None) -> None:
        """Offer the layers of another model; None: pixels alone."""
        self._model = model
        self._fill_sources()
        self._fill_layers()
        self._follow()

    def set_running(self, running: bool) -> None:
        """Show Cancel and the progress, or Compute."""
        for widget in (self._bar, self._how_far, self._cancel):
            widget.setVisible(running)
        self._compute.setVisible(not running)
        if running:
            self.show_progress(0.0, "")

    def show_progress(self, fraction: float, text: str) -> None:
        """Say how far it is."""
        self._bar.setValue(round(1000 * max(0.0, fraction)))
        self._how_far.setText(text)

    @Slot()
    def _follow(self) -> None:
        """Show the fields that matter."""
        self._count.setMaximum(MOST[self._method.key])
        for place, shown in ((1, self._source.currentData() == MODEL), (4, self._method.key == TSNE)):
            name = self._names[place]
            buddy = name.buddy()
            name.setVisible(shown)
            assert buddy is not None
            buddy.setVisible(shown)

    def _fill_sources(self) -> None:
        chosen = self._source.currentData()
        with QSignalBlocker(self._source):
            self._source.clear()
            self._source.addItem(self.tr("Pixels"), PIXELS)
            if self._model is not None:
                self._source.addItem(self._model.name, MODEL)
            self._source.setCurrentIndex(max(0, self._source.findData(chosen)))

    def _fill_layers(self) -> None:
        self._layer.clear()
        if self._model is None:
            return
        if last_linear(self._model.module) is not None:
            self._layer.addItem(self.tr("before the last Linear"), None)
        for name, kind in layer_names(self._model.module):
            self._layer.addItem(f"{name}  {kind}", name)

    def _fill_parts(self) -> None:
        if self._dataset is None:
            return
        chosen = tuple(self._parts.currentData() or ())
        parts = self._dataset.parts
        choices: list[tuple[str, tuple[str, ...]]] = [(part_name(name), (name,)) for name in parts]
        if "train" in parts and "test" in parts:
            choices.append((self.tr("Train + test"), ("train", "test")))
        if len(parts) > 1 and set(parts) != {"train", "test"}:
            choices.append((self.tr("All"), tuple(parts)))
        self._parts.clear()
        for text, names in choices:
            self._parts.addItem(text, names)
        offered = [names for _, names in choices]
        self._parts.setCurrentIndex(offered.index(chosen) if chosen in offered else 0)

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        self._method.set_texts(
            {
                PCA: ("PCA", self.tr("The two directions in which the images differ most; takes a moment")),
                TSNE: ("t-SNE", self.tr("Neighbours stay neighbours; takes seconds to minutes")),
            }
        )
        texts = {
            self._source: (self.tr("features"), self.tr("Numbers of each image: 16 x 16 pixels, or a layer")),
            self._layer: (self.tr("layer"), self.tr("Whose output is taken; maps are averaged")),
            self._parts: (self.tr("images"), self.tr("Which parts of the data set")),
            self._count: (self.tr("at most"), self.tr("So many images, the same share of each class")),
            self._perplexity: ("perplexity", self.tr("About how many neighbours each image has (t-SNE)")),
            self._seed: ("seed", self.tr("random_state, and the seed of the choice of images")),
        }
        for name, (field, (text, tip)) in zip(self._names, texts.items(), strict=True):
            name.setText(text)
            field.setAccessibleName(text)
            field.setToolTip(tip)
        self._compute.set_texts(self.tr("Compute"), self.tr("Lay the images out in a plane"))
        self._cancel.set_texts(self.tr("Cancel"), self.tr("Stop computing"))
        self._bar.setAccessibleName(self.tr("Progress"))
        self._fill_sources()
        self._fill_parts()
        if self._layer.count() and self._layer.itemData(0) is None:
            self._layer.setItemText(0, self.tr("before the last Linear"))
        self._follow()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)


def _combo(name: str) -> QComboBox:
    combo = named(QComboBox(), name)
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    combo.setMinimumContentsLength(6)
    return combo


def _spin(name: str, low: int, high: int, value: int) -> SpinBox:
    spin = SpinBox(name)
    spin.setRange(low, high)
    spin.setValue(value)
    return spin
