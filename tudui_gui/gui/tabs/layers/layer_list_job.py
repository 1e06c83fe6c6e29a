"""Fills the list of layers: one pass through all of them, only where it is looked at."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Slot

from tudui_gui.gui.failures import Failure
from tudui_gui.gui.tabs.layers.layer_list_table import LayerList
from tudui_gui.gui.tabs.layers.work import Chain, MapRequest, ModelLayer, layers_of
from tudui_gui.gui.workers import Jobs
from tudui_gui.layers.activity import LayerActivity
from tudui_gui.layers.chains import layer_name


class LayerListJob(QObject):
    """Computes the statistics of all layers for a request and shows them. Main thread only."""

    def __init__(self, jobs: Jobs, table: LayerList) -> None:
        super().__init__(table)
        self._jobs = jobs
        self._table = table
        self._wanted: MapRequest | None = None
        self._shown: MapRequest | None = None

    def show(self, request: MapRequest | None) -> None:
        """Show the layers of what is asked for; nothing is computed where only another one is chosen."""
        self._wanted = request
        if request is None:
            self._clear()
        elif self._shown is not None and _is_alike(self._shown, request):
            self._shown = request
            self._table.choose(_chosen(request))
        else:
            self._jobs.submit(
                partial(layers_of, request),
                done=self._take,
                failed=self._fail,
                key="layers.list",
                title=self.tr("Statistics of all layers"),
            )

    def _clear(self) -> None:
        self._jobs.cancel("layers.list")
        self._shown = None
        self._table.show_layers((), "")

    @Slot(object)
    def _take(self, layers: tuple[LayerActivity, ...]) -> None:
        self._shown = self._wanted
        if self._shown is not None:
            self._table.show_layers(layers, _chosen(self._shown))

    @Slot(object)
    def _fail(self, failure: Failure) -> None:
        """What does not fit is told where the maps would be."""
        self._clear()


def _chosen(request: MapRequest) -> str:
    subject = request.subject
    if isinstance(subject, Chain):
        return layer_name(subject, subject.layer)
    return subject.layer if isinstance(subject, ModelLayer) else ""


def _is_alike(before: MapRequest, after: MapRequest) -> bool:
    """Whether the same pictures go through the same layers."""
    if before.inputs is not after.inputs or before.index != after.index:
        return False
    first, second = before.subject, after.subject
    if isinstance(first, Chain) and isinstance(second, Chain):
        return (first.steps, first.seed, first.edits) == (second.steps, second.seed, second.edits)
    if isinstance(first, ModelLayer) and isinstance(second, ModelLayer):
        return first.model is second.model and first.edits == second.edits
    return False
