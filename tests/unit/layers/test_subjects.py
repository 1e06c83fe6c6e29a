"""Edited kernels, and what is kept and computed at once."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import nn

from tudui_gui.core.errors import ModelError
from tudui_gui.layers.budget import check_amount, images_at_once, kept_maps, values_needed
from tudui_gui.layers.catalog import LAYERS
from tudui_gui.layers.subjects import (
    KernelEdit,
    changed_kernels,
    fitting_edits,
    frozen,
    moved,
    with_edit,
    with_edits,
    without_edits,
)

IMAGE = torch.rand(1, 3, 9, 8, generator=torch.Generator().manual_seed(0))


def kernel(value: float, shape: tuple[int, ...] = (3, 3, 3)) -> tuple:
    return frozen(np.full(shape, value))


def model() -> nn.Sequential:
    torch.manual_seed(0)
    return nn.Sequential(nn.Conv2d(3, 4, 3), nn.Sequential(nn.ReLU(), nn.Conv2d(4, 2, 1)))


def test_an_edited_kernel_works_in_a_copy_and_the_model_stays() -> None:
    plain, edit = model(), KernelEdit("0", 2, kernel(0.5))
    before = {name: tensor.clone() for name, tensor in plain.state_dict().items()}
    edited = with_edits(plain, [edit])
    expected = model()
    with torch.no_grad():
        expected[0].weight[2] = 0.5
    assert torch.equal(edited(IMAGE), expected(IMAGE))
    assert all(torch.equal(before[name], tensor) for name, tensor in plain.state_dict().items())
    assert edited[1] is plain[1]


def test_an_edit_deep_inside_and_of_a_single_layer() -> None:
    edited = with_edits(model(), [KernelEdit("1.1", 0, kernel(2.0, (4, 1, 1)))])
    assert torch.equal(edited[1][1].weight[0], torch.full((4, 1, 1), 2.0))
    single = with_edits(nn.Conv2d(3, 1, 3), [KernelEdit("", 0, kernel(0.0))])
    assert not single.weight.any()


@pytest.mark.parametrize(
    "edit",
    [
        KernelEdit("0", 9, kernel(1.0)),
        KernelEdit("0", 0, kernel(1.0, (3, 5, 5))),
        KernelEdit("1.0", 0, kernel(1.0)),
        KernelEdit("7", 0, kernel(1.0)),
    ],
)
def test_an_edit_that_does_not_fit_is_told_of(edit: KernelEdit) -> None:
    with pytest.raises(ModelError) as caught:
        with_edits(model(), [edit])
    assert f"kernel of map {edit.channel} does not fit layer {edit.layer}" in str(caught.value)


def test_the_newest_edit_of_a_channel_counts() -> None:
    old, new, other = KernelEdit("0", 1, kernel(1.0)), KernelEdit("0", 1, kernel(2.0)), KernelEdit("1", 1, ())
    assert with_edit((old, other), new) == (other, new)
    assert without_edits((old, other), "0") == (other,)
    assert without_edits((old, other), "0", 3) == (old, other)


def test_changed_kernels_are_those_that_differ() -> None:
    before = np.zeros((4, 2, 3, 3), np.float32)
    after = before.copy()
    after[2, 1, 0, 0] = 0.25
    (edit,) = changed_kernels("conv", before, after)
    assert (edit.layer, edit.channel) == ("conv", 2)
    assert np.array_equal(np.array(edit.kernel), after[2])
    assert hash(edit) == hash(KernelEdit("conv", 2, frozen(after[2])))


def test_edits_stay_while_they_fit() -> None:
    edits = (KernelEdit("", 1, kernel(1.0)), KernelEdit("", 5, kernel(1.0)))
    assert fitting_edits(LAYERS.step("Conv2d"), edits) == edits
    assert fitting_edits(LAYERS.step("Conv2d", out_channels=3), edits) == edits[:1]
    assert fitting_edits(LAYERS.step("Conv2d", kernel_size=5), edits) == ()
    assert fitting_edits(LAYERS.step("Conv2d", groups=2), edits) == ()  # cannot be made
    assert fitting_edits(LAYERS.step("ReLU"), edits) == ()


def test_edits_go_with_their_layer() -> None:
    edits = (KernelEdit("0", 0, kernel(1.0)), KernelEdit("2", 0, kernel(2.0)))
    assert [edit.layer for edit in moved(edits, {2: 0, 1: 1})] == ["0"]


def test_the_budget_keeps_at_least_one_map() -> None:
    assert kept_maps(64, 100, 1000) == 10
    assert kept_maps(4, 100, 1000) == 4
    assert kept_maps(4, 5000, 1000) == 1
    assert images_at_once(224, 224) == 8 and images_at_once(5000, 5000) == 1


def test_what_a_layer_needs_is_known_before_it_is_made() -> None:
    given = torch.empty(2, 3, 10, 10, device="meta")
    with torch.device("meta"):
        needed = values_needed(nn.Conv2d(3, 6, 3), given)
        assert values_needed(nn.Conv2d(4, 6, 3), given) is None
    assert needed == 2 * 6 * 8 * 8 + 6 * 3 * 9 + 6
    check_amount("Conv2d", needed, needed)
    with pytest.raises(ModelError, match="Conv2d would need 936 numbers here; up to 935 are shown"):
        check_amount("Conv2d", needed, needed - 1)
