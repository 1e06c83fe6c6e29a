"""What the Feature maps mode looks at, as one frozen value; each edit of it gives another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from tudui_gui.core.operations import Step
from tudui_gui.gui.session import OpenModel
from tudui_gui.gui.tabs.layers.work import Chain, KernelEdit, ModelLayer, OneLayer, Subject
from tudui_gui.layers.catalog import LAYERS
from tudui_gui.layers.subjects import fitting_edits, moved, with_edit, without_edits


@dataclass(frozen=True)
class SubjectState:
    """What is chosen.

    Attributes
    ----------
    kind : str
        ``"layer"``, ``"chain"`` or ``"model"``.
    step : Step
        The one layer.
    seed : int
        Of the weights of the layer and of the chain.
    layer : str or None
        Dotted name in the model; None, or one that the model does not have: its first layer.
    steps : tuple of Step
        The chain.
    place : str
        Where in the chain the layer stands whose output is shown; ``""`` for the last.
    edits, chain_edits, model_edits : tuple of KernelEdit
        Kernels edited by hand.
    """

    kind: str
    step: Step
    seed: int = 0
    layer: str | None = None
    steps: tuple[Step, ...] = ()
    place: str = ""
    edits: tuple[KernelEdit, ...] = ()
    chain_edits: tuple[KernelEdit, ...] = ()
    model_edits: tuple[KernelEdit, ...] = ()

    def subject(self, model: OpenModel | None, model_layer: str) -> Subject | None:
        """What is to be computed, in a model ``model_layer``; None where no model is open."""
        if self.kind == "layer":
            return OneLayer(self.step, self.seed, self.edits)
        if self.kind == "chain":
            return Chain(self.steps, self.seed, self.place, self.chain_edits)
        return None if model is None else ModelLayer(model, model_layer, self.model_edits)


def first_state() -> SubjectState:
    """The tutorial's ``Conv2d(3, 6, 3)``; as a chain with what the tutorial puts after it."""
    step = LAYERS.step("Conv2d")
    return SubjectState("layer", step, steps=(step, LAYERS.step("ReLU"), LAYERS.step("MaxPool2d")))


def with_step(state: SubjectState, step: Step) -> SubjectState:
    """Another single layer, or other values of it; edited kernels stay while they fit."""
    edits = fitting_edits(step, state.edits) if step.name == state.step.name else ()
    return replace(state, step=step, edits=edits)


def with_layer_added(state: SubjectState, step: Step) -> SubjectState:
    """One more layer at the chain's end; its output is shown."""
    return replace(state, steps=(*state.steps, step), place="")


def with_layer_changed(state: SubjectState, place: int, step: Step) -> SubjectState:
    """Other values of a layer of the chain."""
    steps = (*state.steps[:place], step, *state.steps[place + 1 :])
    own = [edit for edit in state.chain_edits if edit.layer == str(place)]
    others = [edit for edit in state.chain_edits if edit.layer != str(place)]
    return replace(state, steps=steps, chain_edits=(*others, *fitting_edits(step, own)))


def with_layer_switched(state: SubjectState, place: int) -> SubjectState:
    """A layer of the chain switched on, or off."""
    step = state.steps[place]
    return with_layer_changed(state, place, replace(step, enabled=not step.enabled))


def with_layer_removed(state: SubjectState, place: int) -> SubjectState:
    """The chain without a layer."""
    return _ordered(state, [each for each in range(len(state.steps)) if each != place])


def with_layer_copied(state: SubjectState, place: int) -> SubjectState:
    """A layer of the chain twice."""
    order = list(range(len(state.steps)))
    return _ordered(state, [*order[: place + 1], place, *order[place + 1 :]])


def with_layer_moved(state: SubjectState, place: int, to: int) -> SubjectState:
    """A layer of the chain at another place."""
    order = [each for each in range(len(state.steps)) if each != place]
    order.insert(to, place)
    return _ordered(state, order)


def _ordered(state: SubjectState, order: Sequence[int]) -> SubjectState:
    """The chain's layers in another order; what is said of a place goes with its layer."""
    places = {before: after for after, before in reversed(list(enumerate(order)))}
    shown = places.get(int(state.place)) if state.place else None
    return replace(
        state,
        steps=tuple(state.steps[place] for place in order),
        place="" if shown is None else str(shown),
        chain_edits=moved(state.chain_edits, places),
    )


def with_kernels(state: SubjectState, edits: Sequence[KernelEdit]) -> SubjectState:
    """More edited kernels; each replaces an older one of the same channel of its layer."""
    kept = _edits(state)
    for edit in edits:
        kept = with_edit(kept, edit)
    return _with_edits(state, kept)


def without_kernel(state: SubjectState, layer: str, channel: int) -> SubjectState:
    """The layer's own weights of one channel again."""
    return _with_edits(state, without_edits(_edits(state), layer, channel))


_EDITS = {"layer": "edits", "chain": "chain_edits", "model": "model_edits"}


def _edits(state: SubjectState) -> tuple[KernelEdit, ...]:
    edits: tuple[KernelEdit, ...] = getattr(state, _EDITS[state.kind])
    return edits


def _with_edits(state: SubjectState, edits: tuple[KernelEdit, ...]) -> SubjectState:
    changed: dict[str, Any] = {_EDITS[state.kind]: edits}
    return replace(state, **changed)
