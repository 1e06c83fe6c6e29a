"""Training takes pipelines that make one tensor of floats of a picture, and says what others lack."""

from __future__ import annotations

import pytest

from tests.unit.training.builders import make_experiment
from tudui_gui.core.errors import ExperimentError
from tudui_gui.core.operations import Step
from tudui_gui.training.experiment import Experiment
from tudui_gui.training.experiment_reading import check_gives_tensor
from tudui_gui.transforms.catalog import TRANSFORMS
from tudui_gui.transforms.pipeline import Pipeline

step = TRANSFORMS.step
TO_TENSOR = step("ToTensor")


@pytest.mark.parametrize(
    "steps",
    [
        (TO_TENSOR,),
        (TO_TENSOR, step("ToPILImage"), TO_TENSOR),
        (step("PILToTensor"), step("ConvertImageDtype")),
        (step("ToImage"), step("ToDtype", dtype="float32", scale=True)),
        (step("Compose", transforms=[TO_TENSOR, step("Normalize")]),),
        (TO_TENSOR, step("RandomApply", transforms=[step("GaussianBlur")])),
    ],
)
def test_what_training_takes(steps: tuple[Step, ...]) -> None:
    assert check_gives_tensor(Pipeline(steps)) is None


@pytest.mark.parametrize(
    ("steps", "says"),
    [
        ((), "does not end in a tensor"),
        ((step("Resize"),), "does not end in a tensor"),
        ((TO_TENSOR, step("ToPILImage")), "does not end in a tensor"),
        ((step("FiveCrop", size=8),), "does not end in a tensor"),
        (
            (TO_TENSOR, step("FiveCrop", size=8)),
            "gives 5 pictures of an image; the model takes one",
        ),
        ((TO_TENSOR, step("TenCrop", size=8)), "gives 10 pictures"),
        ((TO_TENSOR, step("Compose", transforms=[step("FiveCrop", size=8)])), "Take FiveCrop out of it"),
        ((step("PILToTensor"),), "whole numbers (uint8)"),
        ((step("Normalize"), TO_TENSOR), "Normalize, number 1, cannot take"),
        ((step("BGRToRGB"), TO_TENSOR), "BGRToRGB, number 1, cannot take"),
        ((step("Grayscale"), TO_TENSOR, step("Normalize")), "Normalize, number 3, cannot take"),
    ],
)
def test_what_training_refuses(steps: tuple[Step, ...], says: str) -> None:
    with pytest.raises(ExperimentError) as caught:
        check_gives_tensor(Pipeline(steps), "transforms.test")
    assert says in str(caught.value) and str(caught.value).startswith("transforms.test")


def test_an_experiment_with_several_pictures_is_refused_when_it_is_read() -> None:
    table = make_experiment().to_dict()
    table["transforms"]["train"] = [*table["transforms"]["train"], {"name": "FiveCrop", "size": 4}]
    with pytest.raises(ExperimentError, match=r"transforms\.train gives 5 pictures"):
        Experiment.from_dict(table)
