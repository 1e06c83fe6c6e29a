"""The box drawn over the source holds the pixels that torchvision cut out."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image
from torchvision import transforms

from tudui_gui.core.operations import Step
from tudui_gui.transforms.catalog import TRANSFORMS
from tudui_gui.transforms.outlines import Outline, outlines
from tudui_gui.transforms.pipeline import Pipeline

step = TRANSFORMS.step
HEIGHT, WIDTH = 60, 90


def picture() -> Image.Image:
    """Each pixel says where it is: red its column, green its row; blue sets it apart from a border."""
    rows, columns = np.mgrid[:HEIGHT, :WIDTH]
    return Image.fromarray(np.dstack([columns, rows, np.full_like(rows, 200)]).astype(np.uint8))


def found(*steps: Step, seed: int = 3) -> tuple[tuple[Outline, ...], Any]:
    stages = Pipeline(steps).stages(picture(), seed, with_facts=False)
    return outlines(stages), stages[-1]


def box(outline: Outline) -> tuple[float, ...]:
    (left, top), _, (right, bottom), _ = outline.corners
    return left, top, right, bottom


@pytest.mark.parametrize("seed", range(5))
def test_a_crop_shows_what_is_inside_its_box(seed: int) -> None:
    (outline,), last = found(step("RandomCrop", size=(20, 30)), seed=seed)
    left, top, right, bottom = map(round, box(outline))
    np.testing.assert_array_equal(np.asarray(last.value), np.asarray(picture())[top:bottom, left:right])
    assert (right - left, bottom - top) == (30, 20)


@pytest.mark.parametrize("padding", [12, (3, 9), (1, 2, 3, 4)])
@pytest.mark.parametrize("seed", range(3))
def test_a_crop_of_a_padded_picture_may_begin_outside(padding: Any, seed: int) -> None:
    (outline,), last = found(step("RandomCrop", size=(50, 80), padding=padding), seed=seed)
    left, top, right, bottom = map(round, box(outline))
    expected = picture().crop((left, top, right, bottom))
    np.testing.assert_array_equal(np.asarray(last.value), np.asarray(expected))


def test_a_picture_smaller_than_the_crop_lies_within_the_box() -> None:
    (outline,), last = found(step("RandomCrop", size=(80, 120), pad_if_needed=True))
    left, top, right, bottom = map(round, box(outline))
    assert left <= 0 and top <= 0 and right >= WIDTH and bottom >= HEIGHT
    expected = picture().crop((left, top, right, bottom))
    np.testing.assert_array_equal(np.asarray(last.value), np.asarray(expected))


@pytest.mark.parametrize("seed", range(4))
def test_a_resized_crop_is_as_large_as_it_was_drawn(seed: int) -> None:
    (outline,), _ = found(step("RandomResizedCrop", size=32), seed=seed)
    torch.manual_seed(seed)
    i, j, h, w = transforms.RandomResizedCrop.get_params(picture(), [0.08, 1.0], [3 / 4, 4 / 3])
    assert box(outline) == pytest.approx((j, i, j + w, i + h))


def test_several_steps_are_followed_back() -> None:
    resized = step("Resize", size=120)
    flipped = step("RandomHorizontalFlip", p=1.0)
    (outline,), last = found(resized, flipped, step("RandomCrop", size=40), step("ToTensor"))
    left, top, right, bottom = box(outline)
    assert left > right and left - right == pytest.approx(20) and bottom - top == pytest.approx(20)
    # The first pixel of the result is near the corner that the outline begins with.
    assert last.value[0, 0, 0] * 255 == pytest.approx(left, abs=1.5)
    assert last.value[1, 0, 0] * 255 == pytest.approx(top, abs=1.5)


@pytest.mark.parametrize(
    "steps",
    [
        (step("RandomHorizontalFlip", p=1.0),),
        (step("ColorJitter", brightness=0.5),),
        (step("Resize", size=(20, 20)), step("ToTensor"), step("Normalize")),
        (),
    ],
)
def test_the_whole_picture_needs_no_box(steps: tuple[Step, ...]) -> None:
    assert found(*steps)[0] == ()


def test_a_turned_picture_has_a_turned_box() -> None:
    (outline,), last = found(step("RandomRotation", degrees=40.0))
    angle = np.radians(last.drawn["angle"])
    (x0, y0), (x1, y1), _, _ = outline.corners
    assert np.hypot(x1 - x0, y1 - y0) == pytest.approx(WIDTH)
    assert (x1 - x0, y1 - y0) == pytest.approx((WIDTH * np.cos(angle), WIDTH * np.sin(angle)), abs=1e-6)


def test_what_is_erased_is_marked() -> None:
    (outline,), last = found(step("ToTensor"), step("RandomErasing", p=1.0))
    assert outline.is_erased
    left, top, right, bottom = map(round, box(outline))
    blue = last.value[2]
    assert (blue[top:bottom, left:right] == 0).all()
    assert int((blue == 0).sum()) == (right - left) * (bottom - top)


def test_an_erasing_that_did_not_happen_marks_nothing() -> None:
    assert found(step("ToTensor"), step("RandomErasing", p=0.0))[0] == ()


def test_several_pictures_have_no_single_box() -> None:
    assert found(step("RandomCrop", size=40), step("FiveCrop", size=10))[0] == ()


def test_a_step_that_fails_leaves_nothing_to_mark() -> None:
    assert found(step("RandomCrop", size=40), step("Normalize"))[0] == ()


def test_a_step_that_is_off_moves_nothing() -> None:
    off = Step(step("RandomCrop", size=10).operation, step("RandomCrop", size=10).values, enabled=False)
    assert found(off)[0] == ()
