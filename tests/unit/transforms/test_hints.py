"""What torchvision accepts and hardly anybody means is told, with a list of steps that is meant."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch
from PIL import Image

from tests.unit.transforms.values import PICTURE, PIXELS, applied
from tudui_gui.core.operations import Step
from tudui_gui.transforms import flow, nested
from tudui_gui.transforms.catalog import TRANSFORMS
from tudui_gui.transforms.flow import Form
from tudui_gui.transforms.hints import Hint, hints
from tudui_gui.transforms.pipeline import Pipeline
from tudui_gui.transforms.presets import PRESETS

step = TRANSFORMS.step
TO_TENSOR, NORMALIZE = step("ToTensor"), step("Normalize")
RESIZE = step("Resize", size=(32, 32))
ARRAY = Form(flow.ARRAY)


def only(*steps: Step, start: Form | None = None) -> Hint:
    """The only hint; torchvision accepts the steps, and its fix is accepted and leaves no hint."""
    given = PIXELS if start == ARRAY else PICTURE
    applied(steps, given)
    [hint] = hints(steps, start)
    assert hint.text and hint.remedy and "{" not in str(hint)
    if hint.fix is not None:
        stages = Pipeline(hint.fix.steps).stages(given, 0)
        assert all(stage.problem is None for stage in stages)
        assert hints(hint.fix.steps, start) == ()
    return hint


def names(hint: Hint) -> list[str]:
    assert hint.fix is not None and hint.fix.label
    return [each.name for each in hint.fix.steps]


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.name)
def test_of_the_presets_nothing_is_to_be_said(preset: object) -> None:
    assert hints(preset.pipeline.steps) == ()  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("later", "says"),
    [
        (RESIZE, "new ones are made of them"),
        (step("RandomResizedCrop", size=8), "new ones are made of them"),
        (step("Pad"), "border of 0 is then the mean colour"),
        (step("RandomCrop", size=40, padding=4), "border of 0 is then the mean colour"),
        (step("ColorJitter", brightness=0.5), "values from 0 to 1"),
        (step("GaussianNoise"), "values from 0 to 1"),
        (step("AutoAugment"), "values from 0 to 1"),
    ],
)
def test_normalize_too_early(later: Step, says: str) -> None:
    hint = only(TO_TENSOR, NORMALIZE, later)
    assert hint.index == 1 and says in str(hint) and later.name in str(hint)
    assert names(hint) == ["ToTensor", later.name, "Normalize"]


def test_what_is_said_of_normalize_before_colours_is_so() -> None:
    jitter = step("ColorJitter", brightness=(1.0, 1.0001))
    normalized = applied((TO_TENSOR, NORMALIZE), PICTURE)
    assert float(normalized.min()) < 0
    assert float(applied((TO_TENSOR, NORMALIZE, jitter), PICTURE).min()) == 0


@pytest.mark.parametrize(
    "later",
    [
        step("RandomHorizontalFlip"),
        step("RandomErasing"),
        step("RandomCrop", size=20),
        step("CenterCrop", size=20),
        step("ConvertImageDtype", dtype="float64"),
        replace(RESIZE, enabled=False),
    ],
    ids=lambda each: each.name,
)
def test_what_may_follow_normalize(later: Step) -> None:
    assert hints((TO_TENSOR, NORMALIZE, later)) == ()


def test_normalize_moves_behind_all_that_it_disturbs() -> None:
    flip, erasing = step("RandomHorizontalFlip"), step("RandomErasing")
    hint = only(TO_TENSOR, NORMALIZE, RESIZE, flip, step("GaussianBlur"), erasing)
    expected = ["ToTensor", "Resize", "RandomHorizontalFlip", "GaussianBlur", "Normalize", "RandomErasing"]
    assert names(hint) == expected


def test_a_crop_after_a_flip_is_fine() -> None:
    assert hints((step("RandomHorizontalFlip"), step("RandomCrop", size=20), TO_TENSOR)) == ()


def test_two_normalize() -> None:
    hint = only(TO_TENSOR, NORMALIZE, NORMALIZE)
    assert hint.index == 2 and names(hint) == ["ToTensor", "Normalize"]


def test_numbers_for_bytes() -> None:
    mean, std = (123.675, 116.28, 103.53), (58.395, 57.12, 57.375)
    hint = only(TO_TENSOR, step("Normalize", mean=mean, std=std))
    assert hint.index == 1 and hint.fix is not None
    values = hint.fix.steps[1].values
    assert values["mean"] == pytest.approx((0.485, 0.456, 0.406), abs=1e-6)
    assert values["std"] == pytest.approx((0.229, 0.224, 0.225), abs=1e-6)
    scaled = (step("PILToTensor"), step("ToDtype"), step("Normalize", mean=mean, std=std))
    assert [hint.index for hint in hints(scaled)] == [1]  # there the floats go up to 255


def test_one_channel_before_three_numbers() -> None:
    steps = (step("Grayscale"), TO_TENSOR, step("Normalize", mean=[0.4, 0.5, 0.6]))
    [hint] = hints(steps)
    assert hint.index == 0 and hint.fix is not None
    assert applied(hint.fix.steps, PICTURE).shape[0] == 3
    assert hints((step("Grayscale"), TO_TENSOR, step("Normalize", mean=[0.5], std=[0.5]))) == ()


def test_erasing_the_picture() -> None:
    hint = only(step("RandomErasing", p=1.0), TO_TENSOR, NORMALIZE)
    assert hint.index == 0 and names(hint) == ["ToTensor", "Normalize", "RandomErasing"]


def test_a_picture_made_of_normalized_values() -> None:
    steps = (TO_TENSOR, NORMALIZE, step("ToPILImage"))
    hint = only(*steps)
    assert hint.index == 2 and names(hint) == ["ToTensor", "ToPILImage"]
    assert np.abs(np.asarray(applied(steps, PICTURE), int) - PIXELS).max() > 100
    assert np.array_equal(np.asarray(applied(hint.fix.steps, PICTURE)), PIXELS)  # type: ignore[union-attr]


def test_a_picture_made_of_what_a_container_normalized() -> None:
    box = step("RandomOrder", transforms=(NORMALIZE, step("RandomHorizontalFlip")))
    found = hints((TO_TENSOR, box, step("ToPILImage")))
    assert [hint.fix for hint in found if hint.index == 2] == [None]


def test_floats_that_were_not_scaled() -> None:
    hint = only(step("ToImage"), step("ToDtype", dtype="float32", scale=False))
    assert hint.index == 1 and hint.fix is not None
    assert applied(hint.fix.steps, PICTURE).max() <= 1


def test_bytes_at_the_end() -> None:
    hint = only(step("PILToTensor"), step("RandomHorizontalFlip"))
    assert hint.index == 1 and names(hint)[-1] == "ConvertImageDtype"


@pytest.mark.parametrize(
    ("steps", "fixed"),
    [
        ((step("Resize", size=32),), ["Resize", "CenterCrop", "ToTensor"]),
        ((step("RandomRotation", expand=True),), ["RandomRotation", "ToTensor"]),
        ((step("ScaleJitter", target_size=(32, 24)),), ["ScaleJitter", "Resize", "ToTensor"]),
        ((RESIZE, step("RandomZoomOut")), ["Resize", "RandomZoomOut", "Resize", "ToTensor"]),
        ((step("RandomZoomOut"),), None),
    ],
)
def test_pictures_of_different_sizes(steps: tuple[Step, ...], fixed: list[str] | None) -> None:
    hint = only(*steps, TO_TENSOR)
    assert hint.index == len(steps) - 1 and "different sizes" in str(hint)
    assert (hint.fix and names(hint)) == fixed
    if hint.fix is not None:
        images = (PICTURE, PICTURE.rotate(90, expand=True), Image.new("RGB", (99, 40)))
        sizes = {applied(hint.fix.steps, image, seed).shape for seed, image in enumerate(images)}
        assert len(sizes) == 1 or steps[0].name == "RandomRotation"


def test_only_the_first_of_several_tensors_changes() -> None:
    steps = (TO_TENSOR, step("FiveCrop", size=40), step("GaussianBlur", kernel_size=9, sigma=3.0))
    made, crops = applied(steps, PICTURE), applied(steps[:2], PICTURE)
    assert [torch.equal(a, b) for a, b in zip(made, crops, strict=True)] == [False, True, True, True, True]
    hint = only(*steps)
    assert hint.index == 2 and names(hint) == ["ToTensor", "GaussianBlur", "FiveCrop"]


def test_what_does_nothing_with_a_picture() -> None:
    steps = (step("ToDtype", dtype="float32", scale=True), TO_TENSOR)
    assert applied(steps[:1], PICTURE) is PICTURE
    [hint] = hints(steps)
    assert hint.index == 0 and "as it is" in str(hint)


def test_what_does_nothing_with_the_array_of_opencv() -> None:
    steps = (step("GaussianBlur"), step("BGRToRGB"), TO_TENSOR)
    assert applied(steps[:1], PIXELS) is PIXELS
    [hint] = hints(steps, ARRAY)
    assert hint.index == 0 and "GaussianBlur leaves a numpy array as it is" in str(hint)


def test_blue_taken_for_red() -> None:
    hint = only(TO_TENSOR, start=ARRAY)
    assert names(hint) == ["BGRToRGB", "ToTensor"]
    made = applied(hint.fix.steps, PIXELS)  # type: ignore[union-attr]
    assert torch.equal(made, applied((TO_TENSOR,), np.ascontiguousarray(PIXELS[:, :, ::-1])))


@pytest.mark.parametrize("name", ["RandomApply", "RandomChoice"])
def test_what_only_some_pictures_get(name: str) -> None:
    container = step(name, transforms=[step("RandomHorizontalFlip"), NORMALIZE])
    hint = only(TO_TENSOR, container)
    assert hint.index == 1 and names(hint) == ["ToTensor", name, "Normalize"]
    [flip] = nested.inner_steps(hint.fix.steps[1])  # type: ignore[union-attr]
    assert flip.name == "RandomHorizontalFlip"


def test_several_hints_come_in_the_order_of_the_steps() -> None:
    steps = (TO_TENSOR, NORMALIZE, step("Resize", size=8), NORMALIZE)
    assert [hint.index for hint in hints(steps)] == [1, 2, 3]


def test_nothing_is_said_of_no_steps_or_of_what_fails() -> None:
    assert hints(()) == ()
    assert hints((NORMALIZE, step("Resize", size=8))) == ()
