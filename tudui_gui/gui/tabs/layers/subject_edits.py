"""What a person does with the subject, as edits that can be undone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from PySide6.QtCore import QObject, Signal, Slot

from tudui_gui.core.operations import Operation
from tudui_gui.gui.session import Session
from tudui_gui.gui.tabs.layers.edits import StateEdit
from tudui_gui.gui.tabs.layers.subject_card import SubjectCard
from tudui_gui.gui.tabs.layers.subject_state import (
    SubjectState,
    with_kernels,
    with_layer_added,
    with_step,
    without_kernel,
)
from tudui_gui.gui.tabs.layers.work import Chain, MapResult, ModelLayer
from tudui_gui.layers.catalog import LAYERS
from tudui_gui.layers.chains import active, shape_after, shown_place, suited
from tudui_gui.layers.subjects import changed_kernels


class SubjectEdits(QObject):
    """Turns what is asked for into undoable edits of the card's state. Main thread only.

    Parameters
    ----------
    session : Session
        Whose undo stack takes the edits.
    card : SubjectCard
    result : callable
        Gives the maps that are shown, or None.

    Signals
    -------
    state_applied(object)
        The ``SubjectState`` that is to be shown, after an edit, undo or redo.
    """

    state_applied = Signal(object)

    def __init__(self, session: Session, card: SubjectCard, result: Callable[[], MapResult | None]) -> None:
        super().__init__(card)
        self._session = session
        self._card = card
        self._result = result
        card.edit_requested.connect(self.edit)
        card.kind_of_layer_chosen.connect(self.choose_kind_of_layer)
        card.layer_wanted.connect(self.add_layer)
        card.place_chosen.connect(self.look_at)

    @Slot(object, str)
    def edit(self, state: SubjectState, merge_key: str = "") -> None:
        """Show another state; edits in a row with the same key become one."""
        before = self._card.state
        if state != before:
            text = self.tr("change of the layer")
            key = merge_key and f"maps.{merge_key}"
            self._session.push_edit(StateEdit(text, self._apply, before, state, key))

    def _apply(self, state: SubjectState) -> None:
        self.state_applied.emit(state)

    @Slot(str)
    def look_at(self, place: str) -> None:
        """Show another layer of the chain; to look is no edit that would have to be undone."""
        if place != self._card.state.place:
            self.state_applied.emit(replace(self._card.state, place=place))

    @Slot(str)
    def choose_kind_of_layer(self, name: str) -> None:
        """Take another single layer: as it was left, or new and made for the picture's channels."""
        step = self._card.remembered(name)
        if step is None:
            result = self._result()
            step = LAYERS.step(name)
            step = step if result is None else suited(step, result.prepared.batch.shape)
        self.edit(with_step(self._card.state, step))

    @Slot(object)
    def add_layer(self, operation: Operation) -> None:
        """Put a layer at the chain's end, made for what comes out of the others."""
        state, result, step = self._card.state, self._result(), operation.step()
        if result is not None:
            shape = shape_after(Chain(state.steps, state.seed), result.prepared.batch.shape)
            step = step if shape is None else suited(step, shape)
        self.edit(with_layer_added(state, step))

    @Slot(object)
    def edit_kernels(self, weights: object) -> None:
        """Put edited kernels into the layer: all of its ``weight``, (out, in, height, width)."""
        result = self._result()
        if result is not None and result.kernels is not None:
            layer = _edited_layer(result)
            edits = changed_kernels(layer, result.kernels, np.asarray(weights, np.float32))
            channels = " ".join(str(edit.channel) for edit in edits)
            self.edit(with_kernels(self._card.state, edits), f"kernels {layer} {channels}")

    @Slot(int)
    def reset_kernel(self, channel: int) -> None:
        """Give a map the layer's own weights again."""
        result = self._result()
        if result is not None:
            self.edit(without_kernel(self._card.state, _edited_layer(result), channel))

    @Slot(str)
    def choose_listed(self, name: str) -> None:
        """Look at another layer of the chain or the model, by its name in ``named_modules()``."""
        state, result = self._card.state, self._result()
        if state.kind == "model":
            self.edit(replace(state, layer=name), "layer")
        elif result is not None and isinstance(result.request.subject, Chain):
            chain = result.request.subject
            place = active(chain)[int(name)]
            self.look_at("" if place == len(chain.steps) - 1 else str(place))


def _edited_layer(result: MapResult) -> str:
    subject = result.request.subject
    if isinstance(subject, Chain):
        return shown_place(subject)
    return subject.layer if isinstance(subject, ModelLayer) else ""
