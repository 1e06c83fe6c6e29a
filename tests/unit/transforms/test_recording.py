"""What is said to be drawn is what was drawn: with it, torchvision's functions make the same picture."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image
from torchvision.transforms import functional as classic
from torchvision.transforms import v2
from torchvision.transforms.v2 import functional

from tests.unit.transforms.catalog_values import inputs, outcome, picture, same
from tudui_gui.transforms.catalog import TRANSFORMS
from tudui_gui.transforms.nested import is_random
from tudui_gui.transforms.pipeline import Pipeline, Stage

SEEDS = range(6)
ADJUST = {
    "brightness": classic.adjust_brightness,
    "contrast": classic.adjust_contrast,
    "saturation": classic.adjust_saturation,
    "hue": classic.adjust_hue,
}


def stage_of(seed: int, name: str, image: Any = None, /, **values: Any) -> Stage:
    """The stage of one step on a small picture, after a look that PyTorch's generator was left alone."""
    before = torch.get_rng_state()
    stage = Pipeline((TRANSFORMS.step(name, **values),)).stages(picture() if image is None else image, seed)[
        -1
    ]
    assert stage.problem is None
    assert torch.equal(torch.get_rng_state(), before)
    return stage


@pytest.mark.parametrize("form", ["picture", "bytes", "floats"])
@pytest.mark.parametrize("name", [name for name, each in TRANSFORMS.items() if is_random(each.step())])
def test_to_be_recorded_changes_nothing(name: str, form: str) -> None:
    step, value = TRANSFORMS.step(name), inputs()[form]
    for seed in SEEDS:
        torch.manual_seed(seed)
        try:
            expected = step.build()(value)
        except (TypeError, ValueError, RuntimeError):
            assert Pipeline((step,)).stages(value, seed)[-1].problem is not None
            continue
        stage = Pipeline((step,)).stages(value, seed)[-1]
        assert same(stage.value, expected)
        assert stage.drawn or name == "GaussianNoise"


@pytest.mark.parametrize("seed", SEEDS)
def test_crops(seed: int) -> None:
    stage = stage_of(seed, "RandomCrop", size=(20, 30), padding=4)
    padded = classic.pad(picture(), 4)
    assert same(stage.value, classic.crop(padded, *(stage.drawn[name] for name in "ijhw")))
    resized = stage_of(seed, "RandomResizedCrop", size=16)
    box = [resized.drawn[name] for name in "ijhw"]
    assert same(resized.value, classic.resized_crop(picture(), *box, [16, 16]))


@pytest.mark.parametrize(
    ("name", "change"),
    [("RandomHorizontalFlip", classic.hflip), ("RandomVerticalFlip", classic.vflip)],
)
def test_flips(name: str, change: Any) -> None:
    stages = [stage_of(seed, name) for seed in SEEDS]
    assert {stage.drawn["flipped"] for stage in stages} == {True, False}
    for stage in stages:
        assert same(stage.value, change(picture()) if stage.drawn["flipped"] else picture())


@pytest.mark.parametrize(
    ("name", "values", "change"),
    [
        ("RandomGrayscale", {"p": 0.5}, lambda image: classic.rgb_to_grayscale(image, 3)),
        ("RandomAutocontrast", {}, functional.autocontrast),
        ("RandomEqualize", {}, functional.equalize),
        ("RandomInvert", {}, functional.invert),
        ("RandomPosterize", {"bits": 2}, lambda image: functional.posterize(image, 2)),
        ("RandomSolarize", {"threshold": 90}, lambda image: functional.solarize(image, 90)),
        ("RandomAdjustSharpness", {}, lambda image: functional.adjust_sharpness(image, 2.0)),
    ],
)
def test_whether_a_step_happened(name: str, values: dict[str, Any], change: Any) -> None:
    stages = [stage_of(seed, name, **values) for seed in SEEDS]
    assert {stage.drawn["applied"] for stage in stages} == {True, False}
    for stage in stages:
        assert same(stage.value, change(picture()) if stage.drawn["applied"] else picture())


@pytest.mark.parametrize("seed", SEEDS)
def test_colours(seed: int) -> None:
    values = {"brightness": 0.5, "contrast": [0.5, 2.0], "hue": 0.1}
    stage = stage_of(seed, "ColorJitter", **values)
    assert set(stage.drawn["order"]) == set(values)
    assert same(stage.value, adjusted(stage.drawn))
    distorted = stage_of(seed, "RandomPhotometricDistort")
    expected = adjusted(distorted.drawn)
    if "permutation" in distorted.drawn:
        expected = functional.permute_channels(expected, list(distorted.drawn["permutation"]))
    assert same(distorted.value, expected)


def adjusted(drawn: Mapping[str, Any]) -> Image.Image:
    image = picture()
    for word in drawn["order"]:
        image = ADJUST[word](image, drawn[word])
    return image


@pytest.mark.parametrize("seed", SEEDS)
def test_turning_and_bending(seed: int) -> None:
    turned = stage_of(seed, "RandomRotation", degrees=[10, 80], expand=True)
    assert 10 <= turned.drawn["angle"] <= 80
    assert same(turned.value, classic.rotate(picture(), turned.drawn["angle"], expand=True))
    moved = stage_of(
        seed, "RandomAffine", degrees=20, translate=[0.2, 0.3], scale=[0.5, 2], shear=[-9, 9, -5, 5]
    ).drawn
    names = ("angle", "translate", "scale", "shear")
    again = stage_of(
        seed, "RandomAffine", degrees=20, translate=[0.2, 0.3], scale=[0.5, 2], shear=[-9, 9, -5, 5]
    )
    assert same(again.value, classic.affine(picture(), *(moved[name] for name in names)))


@pytest.mark.parametrize("seed", SEEDS)
def test_perspective_tells_where_the_corners_went(seed: int) -> None:
    stage = stage_of(seed, "RandomPerspective", p=1.0, distortion_scale=0.7)
    start = [[0, 0], [43, 0], [43, 39], [0, 39]]
    ends = [list(corner) for corner in stage.drawn["corners"]]
    assert same(stage.value, functional.perspective(picture(), start, ends, fill=0))


@pytest.mark.parametrize("size", [(1, 1), (1, 9), (2, 2), (9, 2), (3, 3)])
def test_recording_fails_on_no_picture_that_torchvision_can_do(size: tuple[int, int]) -> None:
    step, image = TRANSFORMS.step("RandomPerspective", p=1.0, distortion_scale=1.0), picture().resize(size)
    for seed in SEEDS:
        expected, stage = outcome(step.build(), image, seed), Pipeline((step,)).stages(image, seed)[-1]
        assert same(stage.value, None if isinstance(expected, str) else expected)


@pytest.mark.parametrize("seed", SEEDS)
def test_sizes_and_borders(seed: int) -> None:
    zoomed = stage_of(seed, "RandomZoomOut", p=1.0)
    assert same(zoomed.value, classic.pad(picture(), list(zoomed.drawn["padding"])))
    scaled = stage_of(seed, "ScaleJitter", target_size=[30, 40])
    assert same(scaled.value, classic.resize(picture(), list(scaled.drawn["size"])))
    shortest = stage_of(seed, "RandomShortestSize", min_size=[20, 25, 30])
    assert same(shortest.value, classic.resize(picture(), list(shortest.drawn["size"])))
    resized = stage_of(seed, "RandomResize", min_size=20, max_size=30)
    assert same(resized.value, classic.resize(picture(), resized.drawn["size"]))


@pytest.mark.parametrize("seed", SEEDS)
def test_erasing(seed: int) -> None:
    tensor = inputs()["floats"]
    stage = stage_of(seed, "RandomErasing", tensor, value=0.25)
    if stage.drawn["applied"]:
        box = [stage.drawn[name] for name in "ijhw"]
        assert same(stage.value, classic.erase(tensor, *box, torch.tensor(0.25)))
    else:
        assert set(stage.drawn) == {"applied"}
        assert same(stage.value, tensor)


def test_where_no_rectangle_fits_nothing_is_erased() -> None:
    tensor = inputs()["floats"]
    stage = stage_of(0, "RandomErasing", tensor, p=1.0, scale=[1.0, 1.0], ratio=[1.0, 1.0])
    assert dict(stage.drawn) == {"applied": False}
    assert same(stage.value, tensor)


@pytest.mark.parametrize("seed", SEEDS)
def test_blur_jpeg_and_channels(seed: int) -> None:
    blurred = stage_of(seed, "GaussianBlur", kernel_size=[3, 5], sigma=[0.5, 3.0])
    sigma = blurred.drawn["sigma"]
    assert 0.5 <= sigma <= 3.0
    assert same(blurred.value, functional.gaussian_blur(picture(), [3, 5], [sigma, sigma]))
    saved = stage_of(seed, "JPEG", quality=[5, 60])
    assert same(saved.value, functional.jpeg(picture(), saved.drawn["quality"]))
    mixed = stage_of(seed, "RandomChannelPermutation")
    order = list(mixed.drawn["permutation"])
    assert np.array_equal(np.array(mixed.value), np.array(picture())[..., order])


def test_the_most_that_a_point_moves() -> None:
    stage = stage_of(3, "ElasticTransform", alpha=[80.0, 20.0])
    torch.manual_seed(3)
    params = v2.ElasticTransform(alpha=[80.0, 20.0]).make_params([picture()])
    field = params["displacement"].squeeze(0).abs()
    expected = (float(field[..., 0].max()) * 22, float(field[..., 1].max()) * 20)
    assert stage.drawn["displacement"] == pytest.approx(expected)


@pytest.mark.parametrize("name", ["AutoAugment", "RandAugment", "TrivialAugmentWide"])
def test_the_operations_of_automatic_augmentation(name: str) -> None:
    for seed in SEEDS:
        stage = stage_of(seed, name)
        transform, image = TRANSFORMS.step(name).build(), picture()
        for operation, strength in stage.drawn["operations"]:
            image = transform._apply_image_or_video_transform(
                image, operation, strength or 0.0, interpolation=transform.interpolation, fill=transform._fill
            )
        assert same(stage.value, image)


def test_augmix_tells_its_weights() -> None:
    stage = stage_of(4, "AugMix", mixture_width=2, chain_depth=1)
    assert len(stage.drawn["operations"]) == 2
    assert len(stage.drawn["weights"]) == 3
    assert sum(stage.drawn["weights"]) == pytest.approx(1)
    bytes_ = inputs()["bytes"].unsqueeze(0)
    transform = TRANSFORMS.step("AugMix").build()
    own, *shares = stage_of(4, "AugMix", bytes_[0], mixture_width=2, chain_depth=1).drawn["weights"]
    mixture = own * bytes_
    for (name, strength), share in zip(stage.drawn["operations"], shares, strict=True):
        mixture += share * transform._apply_image_or_video_transform(
            bytes_, name, strength or 0.0, interpolation=transform.interpolation, fill=transform._fill
        )
    made = stage_of(4, "AugMix", bytes_[0], mixture_width=2, chain_depth=1)
    assert torch.allclose(made.value.float(), mixture[0].to(torch.uint8).float(), atol=1)


CROP = {"name": "RandomCrop", "size": 20}
FLIP = {"name": "RandomHorizontalFlip"}
OFF = {"name": "RandomInvert", "p": 1.0, "enabled": False}


@pytest.mark.parametrize("seed", SEEDS)
def test_all_or_none_of_the_steps(seed: int) -> None:
    stage = stage_of(seed, "RandomApply", transforms=[FLIP, OFF, CROP])
    flip, off, crop = stage.drawn["steps"]
    assert off is None
    if not stage.drawn["applied"]:
        assert flip is None and crop is None
        assert same(stage.value, picture())
        return
    image = classic.hflip(picture()) if flip["flipped"] else picture()
    assert same(stage.value, classic.crop(image, *(crop[name] for name in "ijhw")))


def test_one_of_the_steps() -> None:
    chosen = set()
    for seed in SEEDS:
        stage = stage_of(seed, "RandomChoice", transforms=[OFF, FLIP, {"name": "Grayscale"}], p=[1, 2])
        off, flip, grey = stage.drawn["steps"]
        chosen.add(stage.drawn["chosen"])
        assert off is None
        if stage.drawn["chosen"] == "Grayscale":
            assert (flip, grey) == (None, {})
            assert same(stage.value, classic.rgb_to_grayscale(picture()))
        else:
            assert grey is None
            assert same(stage.value, classic.hflip(picture()) if flip["flipped"] else picture())
    assert chosen == {"Grayscale", "RandomHorizontalFlip"}


def test_the_steps_in_random_order() -> None:
    orders = set()
    pad, crop = {"name": "Pad", "padding": 6, "fill": 255}, {"name": "CenterCrop", "size": 30}
    for seed in SEEDS:
        stage = stage_of(seed, "RandomOrder", transforms=[pad, crop])
        orders.add(stage.drawn["order"])
        image = picture()
        for name in stage.drawn["order"]:
            image = classic.pad(image, 6, 255) if name == "Pad" else classic.center_crop(image, [30])
        assert same(stage.value, image)
    assert orders == {("Pad", "CenterCrop"), ("CenterCrop", "Pad")}


@pytest.mark.parametrize("seed", SEEDS)
def test_containers_within_containers(seed: int) -> None:
    inner = {"name": "RandomApply", "transforms": [FLIP], "p": 0.5}
    stage = stage_of(seed, "Compose", transforms=[CROP, {"name": "Compose", "transforms": [inner]}])
    crop, compose = stage.drawn["steps"]
    image = classic.crop(picture(), *(crop[name] for name in "ijhw"))
    (apply,) = compose["steps"]
    if apply["applied"] and apply["steps"][0]["flipped"]:
        image = classic.hflip(image)
    assert same(stage.value, image)


def test_a_container_without_chance_draws_nothing() -> None:
    stage = stage_of(0, "Compose", transforms=[{"name": "Grayscale"}])
    assert dict(stage.drawn) == {}
