"""Points followed through the stages, compared with where torchvision puts the pixels."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch
from PIL import Image
from torch import Tensor

from tudui_gui.core.operations import Step
from tudui_gui.transforms.catalog import TRANSFORMS
from tudui_gui.transforms.geometry import Point, trace
from tudui_gui.transforms.outlines import outlines
from tudui_gui.transforms.pipeline import Pipeline, Stage

HEIGHT, WIDTH = 40, 60
step = TRANSFORMS.step


def places() -> Tensor:
    """A picture whose values say where they are: x + 1, y + 1 and 1 in the middles of the pixels."""
    y, x = torch.meshgrid(torch.arange(HEIGHT), torch.arange(WIDTH), indexing="ij")
    return torch.stack([x + 1.5, y + 1.5, torch.ones(HEIGHT, WIDTH)]).float()


def numbered() -> Image.Image:
    """A picture in which no two pixels are alike."""
    y, x = np.mgrid[:HEIGHT, :WIDTH]
    return Image.fromarray(np.stack([x, y, x + y + 1], axis=-1).astype(np.uint8))


EXACT = {
    "crop": step("RandomCrop", size=(25, 31)),
    "crop with a border": step("RandomCrop", size=(30, 44), padding=(3, 5, 7, 9)),
    "crop padded if needed": step("RandomCrop", size=(52, 50), pad_if_needed=True),
    "both borders": step("RandomCrop", size=(64, 66), padding=4, pad_if_needed=True),
    "centre": step("CenterCrop", size=(21, 34)),
    "odd centre": step("CenterCrop", size=(22, 33)),
    "larger centre": step("CenterCrop", size=(51, 35)),
    "pad": step("Pad", padding=(1, 2, 3, 4)),
    "pad a pair": step("Pad", padding=(5, 2)),
    "flip": step("RandomHorizontalFlip"),
    "vertical flip": step("RandomVerticalFlip"),
    "whole resize": step("Resize", size=(2 * HEIGHT, 2 * WIDTH), interpolation="nearest"),
    "colours": step("ColorJitter", hue=0.0),
    "tensor": step("ToTensor"),
    "zoom out": step("RandomZoomOut", p=1.0, side_range=(1.2, 1.9)),
    "no zoom out": step("RandomZoomOut", p=0.0),
}


@pytest.mark.parametrize("name", EXACT)
@pytest.mark.parametrize("seed", [1, 4])
def test_the_pixel_found_before_is_the_pixel_that_is_there(name: str, seed: int) -> None:
    stages = Pipeline((EXACT[name],)).stages(numbered(), seed)
    before, after = (as_array(stage) for stage in stages)
    met = 0
    for row in range(0, after.shape[0], 3):
        for column in range(0, after.shape[1], 3):
            back = trace(stages, 1, (column + 0.5, row + 0.5))[0]
            if back is None:
                assert not after[row, column].any()  # the border
            else:
                met += 1
                there = before[int(back[1]), int(back[0])]
                np.testing.assert_array_equal(there, np.rint(after[row, column] * scale(after)))
                assert trace(stages, 0, back)[1] == pytest.approx((column + 0.5, row + 0.5))
    assert met > 20


def as_array(stage: Stage) -> np.ndarray:
    value = stage.value
    return value.movedim(0, -1).numpy() if isinstance(value, Tensor) else np.asarray(value)


def scale(array: np.ndarray) -> int:
    return 255 if array.dtype.kind == "f" else 1


SMOOTH = {
    "shortest size": step("RandomShortestSize", min_size=(50, 60)),
    "perspective": step("RandomPerspective", p=1.0, distortion_scale=0.5),
    "no perspective": step("RandomPerspective", p=0.0),
    "erased": step("RandomErasing", p=1.0, scale=(0.02, 0.1)),
    "resize": step("Resize", size=(70, 90)),
    "shorter edge": step("Resize", size=30),
    "resized crop": step("RandomResizedCrop", size=(35, 50), scale=(0.3, 0.8)),
    "rotation": step("RandomRotation", degrees=40.0, interpolation="bilinear"),
    "rotation about a point": step(
        "RandomRotation", degrees=30.0, interpolation="bilinear", center=(10.0, 25.0)
    ),
    "rotation that grows": step("RandomRotation", degrees=50.0, interpolation="bilinear", expand=True),
    "affine": step(
        "RandomAffine",
        degrees=20.0,
        translate=(0.1, 0.2),
        scale=(0.8, 1.2),
        shear=(-15.0, 15.0, -9.0, 9.0),
        interpolation="bilinear",
    ),
}


@pytest.mark.parametrize("name", SMOOTH)
@pytest.mark.parametrize("seed", [0, 3, 8])
def test_a_point_is_where_the_interpolated_values_say(name: str, seed: int) -> None:
    stages = Pipeline((SMOOTH[name],)).stages(places(), seed)
    value, errors = stages[1].value, list[float]()
    assert isinstance(value, Tensor)
    for row in range(2, value.shape[1] - 2, 4):
        for column in range(2, value.shape[2] - 2, 4):
            x, y, inside = value[:, row, column].tolist()
            if inside < 0.999 or not (3 < x < WIDTH - 3 and 3 < y < HEIGHT - 3):
                continue
            back = trace(stages, 1, (column + 0.5, row + 0.5))[0]
            assert back is not None
            errors.append(max(abs(back[0] - (x - 1)), abs(back[1] - (y - 1))))
    assert len(errors) > 20
    assert max(errors) < 0.6


def test_through_a_whole_pipeline_and_back() -> None:
    steps = (
        step("Resize", size=80),
        step("RandomCrop", size=64),
        step("RandomHorizontalFlip", p=1.0),
        step("ToTensor"),
        step("Normalize"),
    )
    stages = Pipeline(steps).stages(numbered(), 5)
    drawn = stages[2].drawn
    way = trace(stages, 5, (10.5, 20.5))
    assert way[3] == way[4] == way[5] == (10.5, 20.5)
    assert way[2] == pytest.approx((64 - 10.5, 20.5))
    assert way[1] == pytest.approx((64 - 10.5 + drawn["j"], 20.5 + drawn["i"]))
    assert way[1] is not None
    assert way[0] == pytest.approx((way[1][0] / 2, way[1][1] / 2))
    assert way[0] is not None
    assert trace(stages, 0, way[0])[5] == pytest.approx((10.5, 20.5))


def test_a_point_that_was_cut_off_is_nowhere_after_it() -> None:
    stages = Pipeline((step("CenterCrop", size=10), step("Pad", padding=30))).stages(numbered(), 0)
    assert trace(stages, 0, (1.0, 1.0)) == ((1.0, 1.0), None, None)
    assert trace(stages, 2, (1.0, 1.0)) == (None, None, (1.0, 1.0))
    assert trace(stages, 1, (99.0, 1.0)) == (None, None, None)


@pytest.mark.parametrize(
    "unknown",
    [
        step("ElasticTransform"),
        step("FiveCrop", size=10),
        step("Compose", transforms=(step("RandomCrop", size=10),)),
    ],
    ids=lambda unknown: unknown.name,
)
def test_where_the_way_is_not_known_nothing_is_said(unknown: Step) -> None:
    stages = Pipeline((step("ToTensor"), unknown)).stages(numbered(), 0)
    point: Point = (3.0, 4.0)
    assert trace(stages, 0, point) == (point, point, None)


def test_of_a_crop_without_a_pixel_nothing_is_said() -> None:
    crop = step("RandomResizedCrop", size=8, scale=(1.0, 1.0), ratio=(100.0, 100.0))
    stages = Pipeline((crop,)).stages(numbered().crop((0, 0, 44, 40)), 0)
    assert stages[1].drawn["h"] == 0 and trace(stages, 0, (3.0, 4.0)) == ((3.0, 4.0), None)
    assert outlines(stages) == ()


def test_steps_that_are_off_or_fail() -> None:
    off = replace(step("RandomCrop", size=4), enabled=False)
    stages = Pipeline((off, step("Normalize"), step("ToTensor"))).stages(numbered(), 0)
    assert trace(stages, 0, (3.0, 4.0)) == ((3.0, 4.0), (3.0, 4.0), None, None)


def test_colours_in_a_container_leave_the_pixels_in_place() -> None:
    box = step("RandomApply", transforms=(step("ColorJitter", brightness=0.2), step("Grayscale")))
    stages = Pipeline((box,)).stages(numbered(), 0)
    assert trace(stages, 1, (3.0, 4.0)) == ((3.0, 4.0), (3.0, 4.0))


@pytest.mark.parametrize("seed", range(12))
def test_the_wildest_perspective_leads_nowhere_or_back(seed: int) -> None:
    steep = step("RandomPerspective", p=1.0, distortion_scale=1.0)
    stages = Pipeline((steep,)).stages(numbered(), seed)
    for point in ((0.0, 0.0), (30.0, 20.0), (59.5, 39.5)):
        there = trace(stages, 0, point)[1]
        if there is not None:
            assert trace(stages, 1, there)[0] in (None, pytest.approx(point, abs=1e-3))
