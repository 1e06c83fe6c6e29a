"""What has to be the same in training and in prediction is compared; augmentation may differ."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
import torch

from tests.unit.transforms.values import PICTURE, applied
from tudui_gui.core.operations import Step
from tudui_gui.transforms.catalog import TRANSFORMS
from tudui_gui.transforms.differences import aligned, differences
from tudui_gui.transforms.pipeline import Pipeline
from tudui_gui.transforms.presets import PRESETS

step = TRANSFORMS.step
TO_TENSOR, NORMALIZE = step("ToTensor"), step("Normalize")
RESIZE = step("Resize", size=(32, 32))
FLIP = step("RandomHorizontalFlip")
PRESET = {preset.name: preset.pipeline for preset in PRESETS}


def found(train: tuple[Step, ...], predict: tuple[Step, ...], **known: Any) -> dict[str, tuple[str, str]]:
    every = differences(Pipeline(train), Pipeline(predict), **known)
    assert all(each.what and each.why for each in every)
    return {each.name: (str(each.train), str(each.predict)) for each in every}


@pytest.mark.parametrize("name", ["cifar", "imagenet"])
def test_the_presets_belong_together(name: str) -> None:
    train, predict = PRESET[f"{name}_train"], PRESET[f"{name}_eval"]
    assert differences(train, predict) == ()
    assert differences(train, predict, (32, 32)) == ()


def test_augmentation_in_training_is_as_it_should_be() -> None:
    augment = (
        FLIP,
        step("ColorJitter", brightness=0.5),
        step("RandomRotation"),
        step("RandomGrayscale"),
        step("RandomApply", transforms=[step("GaussianBlur")]),
        step("TrivialAugmentWide"),
    )
    train = (step("RandomResizedCrop", size=32), *augment, TO_TENSOR, NORMALIZE, step("RandomErasing"))
    assert found(train, (RESIZE, TO_TENSOR, NORMALIZE)) == {}


def test_numbers_of_normalize() -> None:
    other = step("Normalize", mean=[0.4, 0.5, 0.6], std=[0.2, 0.2, 0.2])
    text = "mean [0.4, 0.5, 0.6] std [0.2, 0.2, 0.2]"
    assert found((TO_TENSOR, other), (TO_TENSOR,)) == {"normalize": (text, "none")}
    half = "mean [0.5, 0.5, 0.5] std [0.5, 0.5, 0.5]"
    assert found((TO_TENSOR, other), (TO_TENSOR, NORMALIZE)) == {"normalize": (text, half)}
    assert found((TO_TENSOR, step("Normalize", mean=[0.5], std=[0.5])), (TO_TENSOR, NORMALIZE)) == {}
    within = step("Compose", transforms=[TO_TENSOR, other])
    assert found((TO_TENSOR, other), (within,)) == {}


def test_the_final_size() -> None:
    crop = step("RandomCrop", size=(24, 28))
    assert found((RESIZE, crop, TO_TENSOR), (RESIZE, TO_TENSOR)) == {"size": ("24 × 28", "32 × 32")}
    shorter = step("Resize", size=32)
    assert found((RESIZE, TO_TENSOR), (shorter, TO_TENSOR)) == {"size": ("32 × 32", "shorter edge 32")}
    assert found((RESIZE, TO_TENSOR), (TO_TENSOR,)) == {"size": ("32 × 32", "as the image is")}
    assert found((shorter, TO_TENSOR), (shorter, TO_TENSOR)) == {}
    turned = step("RandomRotation", expand=True)
    assert found((RESIZE, turned, TO_TENSOR), (RESIZE, TO_TENSOR)) == {
        "size": ("another each time", "32 × 32")
    }


def test_the_size_of_the_images_decides_where_it_is_known() -> None:
    assert found((RESIZE, TO_TENSOR), (TO_TENSOR,), image_size=(32, 32)) == {}
    sizes = {"size": ("32 × 32", "28 × 28")}
    assert found((RESIZE, TO_TENSOR), (TO_TENSOR,), image_size=(28, 28)) == sizes
    shorter = step("Resize", size=32)
    assert found((RESIZE, TO_TENSOR), (shorter, TO_TENSOR), image_size=(8, 8)) == {}
    crop = step("RandomCrop", size=32, padding=4)
    assert found((crop, TO_TENSOR), (TO_TENSOR,)) == {}
    assert found((crop, TO_TENSOR), (TO_TENSOR,), image_size=(40, 40)) == {"size": ("32 × 32", "40 × 40")}


def test_type_range_and_number_of_pictures() -> None:
    to_bytes, to_image = step("PILToTensor"), step("ToImage")
    assert found((TO_TENSOR,), ()) == {"kind": ("tensor", "PIL image")}
    assert found((TO_TENSOR,), (to_bytes,)) == {
        "dtype": ("float32", "uint8"),
        "range": ("0 … 1", "0 … 255"),
    }
    unscaled = step("ToDtype", dtype="float32", scale=False)
    assert found((TO_TENSOR,), (to_image, unscaled)) == {"range": ("0 … 1", "0 … 255")}
    scaled = step("ToDtype", dtype="float32", scale=True)
    assert found((TO_TENSOR,), (to_image, scaled)) == {}
    five = step("FiveCrop", size=32)
    assert found((RESIZE, TO_TENSOR), (RESIZE, TO_TENSOR, five)) == {"count": ("1", "5")}


def test_channels_and_colours() -> None:
    one, three = step("Grayscale"), step("Grayscale", num_output_channels=3)
    assert found((one, TO_TENSOR), (TO_TENSOR,)) == {"channels": ("1", "3")}
    assert found((three, TO_TENSOR), (TO_TENSOR,)) == {"color": ("grey", "colour")}
    assert found((three, TO_TENSOR), (three, TO_TENSOR)) == {}


def test_chance_in_prediction() -> None:
    inside = step("RandomOrder", transforms=[step("GaussianBlur")])
    assert found((FLIP, TO_TENSOR), (FLIP, inside, TO_TENSOR)) == {
        "random": ("RandomHorizontalFlip", "RandomHorizontalFlip, RandomOrder")
    }


def test_interpolation_of_resize() -> None:
    nearest = step("Resize", size=(32, 32), interpolation="nearest")
    assert found((RESIZE, TO_TENSOR), (nearest, TO_TENSOR)) == {"interpolation": ("bilinear", "nearest")}
    rotation = step("RandomRotation", interpolation="nearest")
    assert found((RESIZE, rotation, TO_TENSOR), (RESIZE, TO_TENSOR)) == {}


def test_the_training_pipeline_without_chance_is_offered() -> None:
    train = Pipeline((FLIP, RESIZE, TO_TENSOR, NORMALIZE))
    wanted = Pipeline((RESIZE, TO_TENSOR, NORMALIZE))
    assert aligned(train, Pipeline((TO_TENSOR,))) == wanted
    assert aligned(train, wanted) is None


@pytest.mark.parametrize("names", list(product(PRESET, PRESET)), ids="-".join)
def test_where_nothing_is_said_the_tensors_are_alike(names: tuple[str, str]) -> None:
    train, predict = (PRESET[name].deterministic() for name in names)
    size = (PICTURE.height, PICTURE.width)
    made = [applied(pipeline.steps, PICTURE) for pipeline in (train, predict)]
    differs = {each.name for each in differences(train, predict, size)}
    assert ("size" in differs) == (made[0].shape != made[1].shape)
    if made[0].shape == made[1].shape and train.steps[:-1] == predict.steps[:-1]:
        assert ("normalize" in differs) == (not torch.equal(*made))
