"""A failing step says why, in PyTorch's words too, and its fix works."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from tudui_gui.core.errors import TransformError
from tudui_gui.core.operations import Step
from tudui_gui.transforms.catalog import TRANSFORMS
from tudui_gui.transforms.pipeline import Pipeline
from tudui_gui.transforms.problems import Problem

IMAGE = Image.fromarray(np.random.default_rng(5).integers(0, 256, (24, 30, 3), dtype=np.uint8))
step = TRANSFORMS.step
TO_TENSOR = step("ToTensor")


def problem_of(*steps: Step, at: int) -> Problem:
    stages = Pipeline(steps).stages(IMAGE, 0)
    assert all(stage.problem is None for i, stage in enumerate(stages) if i != at + 1)
    problem = stages[at + 1].problem
    assert problem is not None and isinstance(problem.error, TransformError)
    assert problem.error.__cause__ is None and problem.error.__traceback__ is None
    return problem


def plain_message(*steps: Step) -> str:
    try:
        value = IMAGE
        for each in steps:
            value = each.build()(value)
    except Exception as error:
        return str(error)
    raise AssertionError("works")


def fixed(problem: Problem) -> list[str]:
    assert problem.fix is not None and problem.fix.label
    stages = Pipeline(problem.fix.steps).stages(IMAGE, 0)
    assert all(stage.problem is None for stage in stages)
    return [each.name for each in problem.fix.steps]


def test_normalize_on_a_picture() -> None:
    steps = (step("Resize", size=8), step("Normalize"))
    problem = problem_of(*steps, at=1)
    assert problem.error.detail == plain_message(*steps)
    assert "Put ToTensor before it" in str(problem.error)
    assert fixed(problem) == ["Resize", "ToTensor", "Normalize"]


def test_normalize_before_to_tensor_moves_to_tensor() -> None:
    problem = problem_of(step("Normalize"), step("CenterCrop", size=8), TO_TENSOR, at=0)
    assert fixed(problem) == ["ToTensor", "Normalize", "CenterCrop"]


def test_a_to_tensor_that_is_off_does_not_count() -> None:
    off = replace(TO_TENSOR, enabled=False)
    problem = problem_of(step("Normalize"), off, at=0)
    assert fixed(problem) == ["ToTensor", "Normalize", "ToTensor"]


@pytest.mark.parametrize("channels", ["1", "3"])
def test_normalize_with_another_number_of_channels(channels: str) -> None:
    gray = step("Grayscale", num_output_channels=channels)
    three = step("Normalize", mean=(0.2, 0.4, 0.6), std=(0.5, 0.5, 0.5))
    if channels == "3":
        assert Pipeline((gray, TO_TENSOR, three)).stages(IMAGE)[-1].problem is None
        return
    problem = problem_of(gray, TO_TENSOR, three, at=2)
    assert "3 numbers in mean" in str(problem.error) and "1 channels" in str(problem.error)
    assert problem.error.detail == plain_message(gray, TO_TENSOR, three)
    fixed(problem)
    values = problem.fix.steps[2].values  # type: ignore[union-attr]
    assert values["mean"] == pytest.approx((0.4,)) and values["std"] == (0.5,)


def test_one_number_for_three_channels_is_fine_in_pytorch_too() -> None:
    stages = Pipeline((TO_TENSOR, step("Normalize", mean=[0.5], std=[0.5]))).stages(IMAGE)
    assert stages[-1].problem is None


@pytest.mark.parametrize("mode", ["constant", "edge", "reflect", "symmetric"])
def test_a_crop_larger_than_the_image(mode: str) -> None:
    crop = step("RandomCrop", size=(100, 20), padding_mode=mode)
    problem = problem_of(crop, at=0)
    assert "100 x 20" in str(problem.error) and "24 x 30" in str(problem.error)
    assert problem.error.detail == plain_message(crop)
    assert fixed(problem) == ["RandomCrop"]
    assert problem.fix.steps[0].values["size"] == (100, 20)  # type: ignore[union-attr]


def test_a_centre_crop_larger_than_the_image_is_padded_by_pytorch() -> None:
    stage = Pipeline((step("CenterCrop", size=100),)).stages(IMAGE)[1]
    assert stage.problem is None and stage.facts is not None and stage.facts.shape == (100, 100)


def test_to_tensor_twice() -> None:
    problem = problem_of(TO_TENSOR, step("Resize", size=8), TO_TENSOR, at=2)
    assert fixed(problem) == ["ToTensor", "Resize"]


@pytest.mark.parametrize("word", ["box", "hamming", "lanczos"])
def test_pil_interpolation_after_to_tensor(word: str) -> None:
    steps = (TO_TENSOR, step("Normalize"), step("Resize", size=8, interpolation=word))
    problem = problem_of(*steps, at=2)
    assert word in str(problem.error)
    assert problem.error.detail == plain_message(*steps)
    assert fixed(problem) == ["Resize", "ToTensor", "Normalize"]


def test_rotation_with_bicubic_after_to_tensor() -> None:
    problem = problem_of(TO_TENSOR, step("RandomRotation", interpolation="bicubic"), at=1)
    assert fixed(problem) == ["RandomRotation", "ToTensor"]


def test_a_mirrored_border_wider_than_the_tensor() -> None:
    steps = (TO_TENSOR, step("Pad", padding=200, padding_mode="reflect"))
    problem = problem_of(*steps, at=1)
    assert "24 x 30" in str(problem.error)
    assert problem.error.detail == plain_message(*steps)
    assert fixed(problem) == ["ToTensor", "Pad"]


def test_values_that_do_not_go_together_are_shown_at_the_step() -> None:
    problem = problem_of(step("RandomResizedCrop", size=8, ratio=(2.0, 1.0)), at=0)
    assert "ratio" in str(problem.error)
    assert fixed(problem) == ["RandomResizedCrop"]
    resize = step("Resize", size=(8, 8), max_size=20)
    problem = problem_of(resize, at=0)
    assert problem.error.detail == plain_message(resize) and "max_size" in problem.error.detail
    assert fixed(problem) == ["Resize"]


def test_a_resize_that_would_fill_the_memory_is_refused_before_it_starts() -> None:
    thread = Image.new("RGB", (1, 3000))
    stage = Pipeline((TRANSFORMS.step("Resize", size=8192),)).stages(thread)[-1]
    assert stage.value is None and stage.problem is not None
    assert "1x3000" in str(stage.problem.error) and "a height and a width" in str(stage.problem.error)
    for values in ({"size": 64}, {"size": [8, 8]}):
        assert Pipeline((TRANSFORMS.step("Resize", **values),)).stages(thread)[-1].problem is None
