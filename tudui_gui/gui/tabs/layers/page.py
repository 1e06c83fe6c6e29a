"""The Layers page: a switch between its two modes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from tudui_gui.gui import theme
from tudui_gui.gui.session import Session
from tudui_gui.gui.tabs.layers.arithmetic_panel import ArithmeticPanel
from tudui_gui.gui.tabs.layers.maps_panel import MapsPanel
from tudui_gui.gui.widgets.page import Page
from tudui_gui.gui.widgets.segmented import SegmentedSwitch
from tudui_gui.gui.workers import Jobs
from tudui_gui.images.reading import Picture, is_image_path

_MODES = ("feature_maps", "arithmetic")


class LayersPage(Page):
    """Feature maps of pictures, and small matrices worked by hand."""

    def __init__(self, session: Session, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(session, jobs, parent)
        self.setObjectName("layers_tab")
        self.switch = SegmentedSwitch("layers_mode", _MODES)
        self.maps = MapsPanel(session, jobs)
        self.arithmetic = ArithmeticPanel(session, jobs)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.maps)
        self._stack.addWidget(self.arithmetic)
        column = QVBoxLayout(self.body)
        theme.page_layout(column)
        top = QHBoxLayout()
        top.addWidget(self.switch)
        top.addStretch(1)
        column.addLayout(top)
        column.addWidget(self._stack, 1)
        self.switch.key_chosen.connect(self._show_mode)
        self.maps.code_changed.connect(self.code_changed)
        self.arithmetic.code_changed.connect(self.code_changed)
        self.maps.failed.connect(self.show_failure)
        session.tab_requested.connect(self._look_into_model)
        self.retranslate_ui()

    def code(self) -> str:
        panel = self.maps if self.switch.key == "feature_maps" else self.arithmetic
        return panel.code()

    def accepts(self, path: Path) -> bool:
        return is_image_path(path)

    def open_paths(self, paths: Sequence[Path]) -> None:
        if paths:
            self._set_mode("feature_maps")
            self.clear_banner()
            self.maps.input.open_file(paths[0])

    def open_image(self, picture: Picture, name: str) -> None:
        self._set_mode("feature_maps")
        self.clear_banner()
        self.maps.input.set_picture(picture, name)

    def activated(self) -> None:
        self.maps.start()

    def retranslate_ui(self) -> None:
        self.switch.set_texts(
            {
                "feature_maps": (
                    self.tr("Feature maps"),
                    self.tr("A picture through a layer, or through a model up to a layer"),
                ),
                "arithmetic": (
                    self.tr("Arithmetic"),
                    self.tr("A small matrix through a layer, each number spelled out"),
                ),
            }
        )

    def _set_mode(self, key: str) -> None:
        self.switch.set_key(key)
        self._show_mode(key)

    @Slot(str)
    def _look_into_model(self, tab: str) -> None:
        """Another tab leads here: that is about its open model."""
        if tab == self.objectName() and self.session.open_model is not None:
            self._set_mode("feature_maps")
            self.maps.show_model()

    @Slot(str)
    def _show_mode(self, key: str) -> None:
        self._stack.setCurrentIndex(_MODES.index(key))
        self.code_changed.emit()
