"""How the maps are shown: colours, range, order, contrast, and what is left out."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from tudui_gui.gui.imaging import COLOR_MAPS
from tudui_gui.gui.tabs.layers.work import Look
from tudui_gui.gui.widgets.buttons import Button
from tudui_gui.gui.widgets.labels import Label
from tudui_gui.gui.widgets.naming import named

_RANGES = ("map", "common", "symmetric")
_SORTS = ("index", "mean", "max")
_CONTRASTS = (1.0, 0.5, 0.25)
_SPACE = 6


class MapTools(QWidget):
    """Combos and switches for a :class:`Look`.

    Signals
    -------
    look_changed()
        A person chose another one.
    """

    look_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        items: dict[str, Sequence[str]] = {
            "colormap": COLOR_MAPS,
            "map_range": _RANGES,
            "map_sort": _SORTS,
            "map_contrast": [str(gamma) for gamma in _CONTRASTS],
        }
        self._names = {name: Label(role="muted") for name in items}
        self._combos = {name: _combo(name, texts) for name, texts in items.items()}
        self._dead = _switch("maps_hide_dead", "eye-off-outline")
        self._tutorial = _switch("maps_as_tutorial", "school-outline")
        self._dead_count = 0
        self._lay_out()
        for combo in self._combos.values():
            combo.currentIndexChanged.connect(self._change)
        for button in (self._dead, self._tutorial):
            button.toggled.connect(self._change)
        self.retranslate_ui()

    @property
    def look(self) -> Look:
        """What is chosen."""
        return Look(
            sort=_SORTS[self._combos["map_sort"].currentIndex()],
            color_map=COLOR_MAPS[self._combos["colormap"].currentIndex()],
            range=_RANGES[self._combos["map_range"].currentIndex()],
            contrast=_CONTRASTS[self._combos["map_contrast"].currentIndex()],
            hides_dead=self._dead.isChecked(),
            as_tutorial=self._tutorial.isChecked(),
        )

    def set_dead(self, count: int) -> None:
        """Say how many maps are 0 everywhere."""
        self._dead_count = count
        self._show_dead()

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        texts = {
            "colormap": (self.tr("Colours"), self.tr("The colour map; the first colour is the lowest value")),
            "map_range": (
                self.tr("Range"),
                self.tr(
                    "The values of the first and the last colour; symmetric: 0 has the colour in the middle"
                ),
            ),
            "map_sort": (self.tr("Sort"), self.tr("The order of the maps")),
            "map_contrast": (
                self.tr("Contrast"),
                self.tr("Lights up dim maps: the power (gamma) that is taken of the place in the range"),
            ),
        }
        for name, (text, tooltip) in texts.items():
            self._names[name].setText(text)
            self._combos[name].setAccessibleName(text)
            self._combos[name].setToolTip(tooltip)
        _set_items(self._combos["map_range"], (self.tr("per map"), self.tr("common"), self.tr("symmetric")))
        _set_items(self._combos["map_sort"], (self.tr("index"), self.tr("mean"), self.tr("max")))
        _set_items(
            self._combos["map_contrast"],
            (self.tr("plain"), *(self.tr("γ {value}").format(value=gamma) for gamma in _CONTRASTS[1:])),
        )
        self._tutorial.set_texts(
            self.tr("As the tutorial"),
            self.tr("torch.reshape(output, (-1, 3, H, W)) as colour pictures: each is mixed from three maps"),
        )
        self._show_dead()

    def _show_dead(self) -> None:
        self._dead.set_texts(
            self.tr("Hide {count} dead").format(count=self._dead_count),
            self.tr("Leave out maps that are 0 everywhere"),
        )

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(_SPACE)
        first, second = QHBoxLayout(), QHBoxLayout()
        for row, names in ((first, ("colormap", "map_range", "map_sort")), (second, ("map_contrast",))):
            row.setSpacing(_SPACE)
            for name in names:
                row.addWidget(self._names[name])
                row.addWidget(self._combos[name])
                row.addSpacing(2)
            column.addLayout(row)
        second.addWidget(self._dead)
        second.addWidget(self._tutorial)
        first.addStretch(1)
        second.addStretch(1)

    @Slot()
    def _change(self) -> None:
        self.look_changed.emit()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        super().changeEvent(event)


def _combo(object_name: str, items: Sequence[str]) -> QComboBox:
    combo = named(QComboBox(), object_name)
    combo.addItems(list(items))
    combo.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    return combo


def _set_items(combo: QComboBox, texts: Sequence[str]) -> None:
    for index, text in enumerate(texts):
        combo.setItemText(index, text)


def _switch(object_name: str, icon: str) -> Button:
    button = Button(object_name, icon)
    button.setCheckable(True)
    button.setSizePolicy(QPushButton().sizePolicy().horizontalPolicy(), QSizePolicy.Policy.Fixed)
    return button
