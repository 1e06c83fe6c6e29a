"""A failing step says why, in PyTorch's words too, and its fix works."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch
from PIL import Image

from tudui_gui.core.errors import TransformError
from tudui_gui.core.operations import Step
from tudui_gui.transforms import nested
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


BYTES = step("PILToTensor")
TO_INT64 = step("ConvertImageDtype", dtype="int64")
FIVE_CROP = step("FiveCrop", size=16)


@pytest.mark.parametrize(
    ("steps", "says", "names"),
    [
        (
            (BYTES, step("Normalize")),
            "whole numbers (uint8)",
            ["PILToTensor", "ConvertImageDtype", "Normalize"],
        ),
        ((BYTES, TO_TENSOR), "was converted before", ["PILToTensor"]),
        ((TO_TENSOR, BYTES), "was converted before", ["ToTensor"]),
        ((step("ToPILImage"),), "a PIL image already", []),
        ((FIVE_CROP, TO_TENSOR), "FiveCrop before it gives 5", ["ToTensor", "FiveCrop"]),
        (
            (FIVE_CROP, step("Normalize"), TO_TENSOR),
            "FiveCrop before it gives 5",
            ["ToTensor", "Normalize", "FiveCrop"],
        ),
        ((TO_TENSOR, step("JPEG")), "0 to 255 (uint8)", ["JPEG", "ToTensor"]),
        ((step("GaussianNoise"),), "needs a tensor", ["ToTensor", "GaussianNoise"]),
        ((step("ConvertImageDtype"), TO_TENSOR), "needs a tensor", ["ToTensor", "ConvertImageDtype"]),
        ((TO_TENSOR, step("RandomSolarize", p=1.0)), "threshold = 128", ["ToTensor", "RandomSolarize"]),
        (
            (TO_TENSOR, TO_INT64),
            "cannot be scaled",
            ["ToTensor", "ConvertImageDtype"],
        ),
        ((step("TenCrop", size=50),), "50 x 50", ["Resize", "TenCrop"]),
        ((TO_TENSOR, step("Pad", fill=(1, 2, 3))), "single number", ["ToTensor", "Pad"]),
        ((step("Grayscale"), step("Pad", fill=(1, 2, 3))), "has 1 channels", ["Grayscale", "Pad"]),
        ((step("BGRToRGB"),), "OpenCV", []),
        ((step("BGRToRGB"), TO_TENSOR), "OpenCV", ["ToTensor"]),
        (
            (step("RandomApply", transforms=[step("Normalize")]), TO_TENSOR),
            "Normalize needs a tensor",
            ["ToTensor", "RandomApply"],
        ),
    ],
)
def test_the_wrong_kind(steps: tuple[Step, ...], says: str, names: list[str]) -> None:
    stages = Pipeline(steps).stages(IMAGE, 0)
    problem = next(stage.problem for stage in stages if stage.problem is not None)
    assert says in str(problem.error) and problem.error.detail
    assert fixed(problem) == names


@pytest.mark.parametrize(
    ("name", "values", "repaired"),
    [
        ("GaussianBlur", {"kernel_size": 4}, {"kernel_size": 3}),
        ("GaussianBlur", {"kernel_size": (3, 2)}, {"kernel_size": (3, 1)}),
        ("GaussianBlur", {"kernel_size": 99}, {"kernel_size": 47}),
        ("GaussianBlur", {"sigma": (2.0, 1.0)}, {"sigma": (1.0, 2.0)}),
        ("ElasticTransform", {"sigma": 9.0}, {"sigma": 5.7}),
        ("ElasticTransform", {"sigma": (1.0, 0.0)}, {"sigma": (1.0, 0.1)}),
        ("Resize", {"size": 20, "max_size": 20}, {"size": 20, "max_size": None}),
        ("ColorJitter", {"brightness": (2.0, 1.0)}, {"brightness": (1.0, 2.0)}),
        ("RandomAffine", {"scale": (2.0, 1.0)}, {"scale": (1.0, 2.0)}),
        ("RandomResize", {"min_size": 30, "max_size": 20}, {"min_size": 20, "max_size": 30}),
        ("RandomResize", {"min_size": 30, "max_size": 30}, {"min_size": 30, "max_size": 31}),
        ("RandAugment", {"magnitude": 31}, {"magnitude": 30}),
        ("RandomResizedCrop", {"ratio": (100.0, 100.0), "size": 8}, {"ratio": (3 / 4, 4 / 3)}),
        ("RandomChoice", {"p": [0.5]}, {"p": None}),
    ],
)
def test_values_that_torchvision_rejects_when_it_is_built_or_called(
    name: str, values: dict[str, object], repaired: dict[str, object]
) -> None:
    before = (TO_TENSOR,) if name == "RandomResizedCrop" else ()
    each = step(name, **values)
    problem = problem_of(*before, each, at=len(before))
    assert problem.error.remedy
    assert problem.error.detail == plain_message(*before, each)
    fixed(problem)
    assert problem.fix is not None
    changed = problem.fix.steps[-1]
    assert {key: changed.values[key] for key in repaired} == repaired


def test_what_fails_within_a_container_is_put_right_there() -> None:
    inside = [step("CenterCrop", size=8), step("RandomCrop", size=20)]
    container = step("Compose", transforms=inside)
    problem = problem_of(container, at=0)
    assert "RandomCrop wants 20 x 20" in str(problem.error)
    assert fixed(problem) == ["Compose"]
    crop = nested.inner_steps(problem.fix.steps[0])[1]  # type: ignore[union-attr]
    assert crop == inside[1].with_values(pad_if_needed=True)


def test_a_container_with_nothing_switched_on() -> None:
    off = replace(step("RandomHorizontalFlip"), enabled=False)
    problem = problem_of(step("RandomOrder", transforms=[off]), at=0)
    assert "no step inside" in str(problem.error) and problem.error.detail


@pytest.mark.parametrize(
    "each",
    [
        step("Pad", padding=8192),
        step("RandomApply", transforms=[step("Pad", padding=8192)]),
        step("RandomCrop", size=8192, padding=8000),
        step("RandomZoomOut", side_range=(1.0, 16.0)),
    ],
)
def test_a_result_that_would_fill_the_memory_is_refused(each: Step) -> None:
    large = IMAGE if each.name != "RandomZoomOut" else Image.new("L", (1024, 1024))
    problem = Pipeline((each,)).stages(large, 0)[1].problem
    assert problem is not None and "pixels (height x width)" in str(problem.error)


def test_the_array_of_opencv() -> None:
    array = np.asarray(IMAGE)[:, :, ::-1].copy()
    for steps, names in (
        ((step("Resize", size=8),), ["ToTensor", "Resize"]),
        ((step("Resize", size=8), TO_TENSOR), ["ToPILImage", "Resize", "ToTensor"]),
        ((step("RandomErasing"),), ["ToTensor", "RandomErasing"]),
        ((step("BGRToRGB"), step("Normalize")), ["BGRToRGB", "ToTensor", "Normalize"]),
        ((BYTES,), ["ToPILImage", "PILToTensor"]),
    ):
        stages = Pipeline(steps).stages(array, 0)
        [problem] = [stage.problem for stage in stages if stage.problem is not None]
        assert "array" in str(problem.error) and problem.fix is not None
        assert [each.name for each in problem.fix.steps] == names
        assert all(stage.problem is None for stage in Pipeline(problem.fix.steps).stages(array, 0))


def test_the_random_state_is_left_alone_by_the_search_for_the_reason() -> None:
    container = step("RandomOrder", transforms=[step("RandomCrop", size=99), step("RandomErasing")])
    before = torch.get_rng_state()
    assert Pipeline((container,)).stages(IMAGE, 0)[1].problem is not None
    assert torch.equal(torch.get_rng_state(), before)
