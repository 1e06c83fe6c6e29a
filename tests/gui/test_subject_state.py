"""Edits of what the maps are made by, as plain values."""

from __future__ import annotations

from dataclasses import replace

from tudui_gui.gui.tabs.layers.subject_state import (
    SubjectState,
    first_state,
    with_kernels,
    with_layer_added,
    with_layer_changed,
    with_layer_copied,
    with_layer_moved,
    with_layer_removed,
    with_layer_switched,
    with_step,
    without_kernel,
)
from tudui_gui.gui.tabs.layers.work import Chain, KernelEdit, OneLayer
from tudui_gui.layers.catalog import LAYERS

KERNEL = ((((1.0,) * 3,) * 3),) * 3
ON_CONV, ON_POOL = KernelEdit("0", 1, KERNEL), KernelEdit("2", 0, KERNEL)


def chain(place: str = "", *edits: KernelEdit) -> SubjectState:
    return replace(first_state(), kind="chain", place=place, chain_edits=edits)


def names(state: SubjectState) -> list[str]:
    return [step.name for step in state.steps]


def test_the_first_state_is_the_tutorials() -> None:
    state = first_state()
    assert state.subject(None, "") == OneLayer(LAYERS.step("Conv2d"), 0)
    assert LAYERS.step("Conv2d").source() == "nn.Conv2d(3, 6, 3)"
    assert replace(state, kind="chain").subject(None, "") == Chain(state.steps, 0)
    assert replace(state, kind="model").subject(None, "") is None


def test_a_new_layer_stands_last_and_is_shown() -> None:
    state = with_layer_added(chain("0"), LAYERS.step("Sigmoid"))
    assert names(state) == ["Conv2d", "ReLU", "MaxPool2d", "Sigmoid"]
    assert state.place == ""


def test_what_is_said_of_a_place_goes_with_its_layer() -> None:
    moved = with_layer_moved(chain("2", ON_CONV, ON_POOL), 2, 0)
    assert names(moved) == ["MaxPool2d", "Conv2d", "ReLU"]
    assert moved.place == "0"
    assert {edit.layer for edit in moved.chain_edits} == {"0", "1"}
    assert next(edit for edit in moved.chain_edits if edit.channel == 1).layer == "1"


def test_a_removed_layer_takes_its_edits_along() -> None:
    state = with_layer_removed(chain("2", ON_CONV, ON_POOL), 0)
    assert names(state) == ["ReLU", "MaxPool2d"]
    assert state.place == "1"
    assert [edit.layer for edit in state.chain_edits] == ["1"]
    assert with_layer_removed(chain("1"), 1).place == ""


def test_a_copy_stands_behind_and_has_the_layers_own_kernels() -> None:
    state = with_layer_copied(chain("2", ON_CONV), 0)
    assert names(state) == ["Conv2d", "Conv2d", "ReLU", "MaxPool2d"]
    assert state.place == "3"
    assert [edit.layer for edit in state.chain_edits] == ["0"]


def test_a_layer_is_switched_off_and_on() -> None:
    off = with_layer_switched(chain("", ON_CONV), 0)
    assert not off.steps[0].enabled and off.chain_edits == (ON_CONV,)
    assert with_layer_switched(off, 0) == chain("", ON_CONV)


def test_edited_kernels_stay_while_they_fit() -> None:
    state = chain("", ON_CONV)
    wider = with_layer_changed(state, 0, LAYERS.step("Conv2d", stride=2))
    assert wider.chain_edits == (ON_CONV,)
    assert with_layer_changed(state, 0, LAYERS.step("Conv2d", kernel_size=5)).chain_edits == ()
    single = replace(first_state(), edits=(KernelEdit("", 1, KERNEL),))
    assert with_step(single, LAYERS.step("Conv2d", padding=1)).edits == single.edits
    assert with_step(single, LAYERS.step("ConvTranspose2d")).edits == ()


def test_kernels_belong_to_the_kind_that_is_shown() -> None:
    edit = KernelEdit("", 1, KERNEL)
    state = with_kernels(first_state(), [edit])
    assert state.edits == (edit,) and state.chain_edits == state.model_edits == ()
    model = with_kernels(replace(state, kind="model"), [ON_CONV])
    assert model.model_edits == (ON_CONV,) and model.edits == (edit,)
    assert without_kernel(state, "", 1) == first_state()
    newer = KernelEdit("", 1, ((((2.0,) * 3,) * 3),) * 3)
    assert with_kernels(state, [newer]).edits == (newer,)
