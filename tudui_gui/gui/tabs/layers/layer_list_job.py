"""Fills the list of layers: one pass through all of them, only where it is looked at."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Slot

from tudui_gui.gui.failures import Failure
from tudui_gui.gui.tabs.layers.layer_list_table import LayerList
from tudui_gui.gui.tabs.layers.work import Chain, MapResult, ModelLayer, layers_of
from tudui_gui.gui.translations import describe
from tudui_gui.gui.workers import Jobs
from tudui_gui.layers.activity import LayerActivity
from tudui_gui.layers.chains import layer_name


class LayerListJob(QObject):
    """Computes the statistics of all layers for a result and shows them. Main thread only."""

    def __init__(self, jobs: Jobs, table: LayerList) -> None:
        super().__init__(table)
        self._jobs = jobs
        self._table = table
        self._wanted: MapResult | None = None
        self._shown: MapResult | None = None

    def show(self, result: MapResult) -> None:
        """Show the layers of what made ``result``; nothing is computed where only another one is chosen."""
        self._wanted = result
        if self._shown is not None and _is_alike(self._shown, result):
            self._shown = result
            self._table.choose(_chosen(result))
            return
        work = partial(layers_of, result)
        self._jobs.submit(
            work,
            done=self._take,
            failed=self._fail,
            key="layers.list",
            title=self.tr("Statistics of all layers"),
        )

    def clear(self) -> None:
        """Forget what is shown."""
        self._jobs.cancel("layers.list")
        self._wanted = self._shown = None

    @Slot(object)
    def _take(self, layers: tuple[LayerActivity, ...]) -> None:
        self._shown = self._wanted
        if self._shown is not None:
            self._table.show_layers(layers, _chosen(self._shown))

    @Slot(object)
    def _fail(self, failure: Failure) -> None:
        self._shown = None
        self._table.show_layers((), "")
        self._table.setToolTip(describe(failure))


def _chosen(result: MapResult) -> str:
    subject = result.request.subject
    if isinstance(subject, Chain):
        return layer_name(subject, subject.layer)
    return subject.layer if isinstance(subject, ModelLayer) else ""


def _is_alike(before: MapResult, after: MapResult) -> bool:
    """Whether the same pictures go through the same layers."""
    old, new = before.request, after.request
    if old.inputs is not new.inputs or old.index != new.index:
        return False
    first, second = old.subject, new.subject
    if isinstance(first, Chain) and isinstance(second, Chain):
        return (first.steps, first.seed, first.edits) == (second.steps, second.seed, second.edits)
    if isinstance(first, ModelLayer) and isinstance(second, ModelLayer):
        return first.model is second.model and first.edits == second.edits
    return False
