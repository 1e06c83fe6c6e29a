"""What stands around the maps: the slider over epochs, the second model, the ways out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tudui_gui.gui.checkpoints import ModelCache
from tudui_gui.gui.session import Session
from tudui_gui.gui.tabs.layers.compare_card import CompareCard
from tudui_gui.gui.tabs.layers.epochs_bar import EpochsBar
from tudui_gui.gui.tabs.layers.export_button import ExportButton
from tudui_gui.gui.tabs.layers.export_work import ShownMaps
from tudui_gui.gui.tabs.layers.work import MapResult
from tudui_gui.gui.widgets.buttons import IconButton
from tudui_gui.gui.workers import Jobs

if TYPE_CHECKING:
    from tudui_gui.gui.tabs.layers.maps_panel import MapsPanel

#: With less width the map in large makes room for the second model.
_ROOM_FOR_ALL = 1480


class MapsSurroundings(QObject):
    """Puts its widgets into a ``MapsPanel`` and follows what that shows.

    Attributes
    ----------
    epochs : EpochsBar
    compare : CompareCard
    export : ExportButton
    """

    def __init__(self, panel: MapsPanel, session: Session, jobs: Jobs) -> None:
        super().__init__(panel)
        self._panel = panel
        cache = ModelCache()
        self.epochs = EpochsBar(session, jobs, cache)
        self.compare = CompareCard(session, jobs, cache)
        self.export = ExportButton(session, jobs, cache)
        self._toggle = IconButton("compare-horizontal", "maps_compare")
        self._toggle.setCheckable(True)
        self._lay_out()
        self._connect()
        self.compare.hide()
        self.epochs.hide()
        self.retranslate_ui()

    def _lay_out(self) -> None:
        panel = self._panel
        panel.card.add_tool(self._toggle)
        panel.card.add_tool(self.export)
        panel.card.body.addWidget(self.epochs)
        panel.card.body.addWidget(self.export.line)
        row = panel.layout()
        assert isinstance(row, QHBoxLayout)
        self._side = QWidget()
        side = QVBoxLayout(self._side)
        side.setContentsMargins(0, 0, 0, 0)
        row.replaceWidget(panel.detail, self._side)
        side.addWidget(panel.detail)
        row.insertWidget(row.indexOf(self._side), self.compare, 1)
        panel.installEventFilter(self)

    def _connect(self) -> None:
        panel = self._panel
        self.epochs.subject_chosen.connect(panel.show_subject)
        self.export.failed.connect(panel.failed)
        self.compare.failed.connect(panel.failed)
        self.compare.closed.connect(self._close_comparison)
        self.compare.channel_chosen.connect(self._choose_channel)
        self._toggle.toggled.connect(self._show_comparison)
        panel.result_changed.connect(self._follow)
        panel.code_changed.connect(self._follow_kind)
        panel.card.tools.look_changed.connect(self._follow_look)
        panel.grid.map_selected.connect(self._follow_channel)

    @property
    def is_comparing(self) -> bool:
        """Whether a second model is shown."""
        return self._toggle.isChecked()

    @Slot(object)
    def _follow(self, result: MapResult | None) -> None:
        self._make_room()
        if result is None:
            self.export.show_maps(None)
        else:
            self.epochs.show_subject(result.request.subject)
            self.export.set_epochs(self.epochs.checkpoints)
            self.export.show_maps(self._shown(result))
        if self.is_comparing:
            self.compare.offer(self._panel.models)
            self._compare(result)

    def _shown(self, result: MapResult) -> ShownMaps:
        return ShownMaps(result, self._panel.card.tools.look, self._panel.input.name)

    @Slot()
    def _follow_kind(self) -> None:
        self.epochs.setVisible(self._panel.subject.state.kind == "model")

    @Slot()
    def _follow_look(self) -> None:
        result = self._panel.result
        if result is not None:
            self.export.show_maps(self._shown(result))
        if self.is_comparing:
            self.compare.show_look(self._panel.card.tools.look)

    @Slot(int)
    def _follow_channel(self, row: int) -> None:
        arranged = self._panel.card.arranged
        if self.is_comparing and arranged is not None and 0 <= row < arranged.count:
            self.compare.show_channel(int(arranged.order[row]))

    @Slot(int)
    def _choose_channel(self, channel: int) -> None:
        arranged = self._panel.card.arranged
        row = -1 if arranged is None else arranged.row_of(channel)
        if row >= 0:
            self._panel.grid.select(row)

    @Slot(bool)
    def _show_comparison(self, is_shown: bool) -> None:
        self.compare.setVisible(is_shown)
        self._make_room()
        if is_shown:
            self.compare.offer(self._panel.models)
            self._compare(self._panel.result)

    def _compare(self, result: MapResult | None) -> None:
        detail = self._panel.detail.detail
        channel = 0 if detail is None else detail.channel
        self.compare.show_result(result, self._panel.card.tools.look, channel)

    @Slot()
    def _close_comparison(self) -> None:
        self._toggle.setChecked(False)
        self._toggle.setFocus()

    def _make_room(self) -> None:
        has_room = not self.is_comparing or self._panel.width() >= _ROOM_FOR_ALL
        self._side.setVisible(has_room and self._panel.result is not None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._make_room()
        elif event.type() == QEvent.Type.LanguageChange:
            self.retranslate_ui()
        return super().eventFilter(watched, event)

    def retranslate_ui(self) -> None:
        """Set every text in the current language."""
        self._toggle.set_texts(
            self.tr("Compare with a second model"),
            self.tr("The same picture and layer in another model or checkpoint, side by side"),
        )
