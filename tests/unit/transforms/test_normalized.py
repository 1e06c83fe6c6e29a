"""Normalize undone: compared with what was normalised."""

from __future__ import annotations

from dataclasses import replace

import pytest
import torch
from torchvision import transforms

from tudui_gui.core.operations import Step
from tudui_gui.transforms.catalog import TRANSFORMS
from tudui_gui.transforms.normalized import denormalized, is_normalized
from tudui_gui.transforms.pipeline import Pipeline

step = TRANSFORMS.step
IMAGES = torch.rand(2, 3, 4, 5)
FIRST = step("Normalize", mean=(0.2, 0.5, 0.6), std=(0.3, 0.2, 0.1))
SECOND = step("Normalize", mean=(0.1,), std=(2.0,))


def test_undoes_every_normalize_the_last_first() -> None:
    pipeline = Pipeline((step("ToTensor"), FIRST, SECOND))
    made = transforms.Compose([step.build() for step in (FIRST, SECOND)])(IMAGES)
    assert is_normalized(pipeline)
    torch.testing.assert_close(denormalized(made, pipeline), IMAGES)


def test_is_what_torch_computes_bit_for_bit() -> None:
    made = FIRST.build()(IMAGES)
    mean, std = (torch.tensor(FIRST.values[name])[:, None, None] for name in ("mean", "std"))
    assert torch.equal(denormalized(made, Pipeline((FIRST,))), made * std + mean)


@pytest.mark.parametrize(
    "steps",
    [
        (),
        (step("ToTensor"),),
        (replace(FIRST, enabled=False),),
        (FIRST, step("ToPILImage"), step("ToTensor")),
        (step("RandomApply", transforms=(FIRST,)),),
    ],
    ids=["nothing", "other steps", "off", "made a picture again", "left to chance"],
)
def test_nothing_to_undo(steps: tuple[Step, ...]) -> None:
    assert not is_normalized(Pipeline(steps))
    assert denormalized(IMAGES, Pipeline(steps)) is IMAGES


def test_within_a_compose() -> None:
    pipeline = Pipeline((step("Compose", transforms=(FIRST, step("Identity"))),))
    torch.testing.assert_close(denormalized(FIRST.build()(IMAGES), pipeline), IMAGES)


def test_channels_that_a_later_step_changed() -> None:
    gray = torch.rand(1, 4, 5)
    assert torch.equal(denormalized(gray, Pipeline((FIRST, step("Grayscale")))), gray)
    torch.testing.assert_close(denormalized(gray, Pipeline((SECOND, step("Grayscale")))), gray * 2 + 0.1)


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16, torch.float64])
def test_other_types_of_numbers(dtype: torch.dtype) -> None:
    values = IMAGES.to(dtype)
    expected = values.double() * 2 + 0.1
    torch.testing.assert_close(
        denormalized(values, Pipeline((SECOND,))).double(), expected, rtol=1e-6, atol=1e-6
    )
