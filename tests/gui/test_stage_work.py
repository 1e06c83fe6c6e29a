"""Rows of stages as they are shown: compared with PyTorch, and nothing made twice."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch
from PIL import Image
from PySide6.QtGui import QImage, qAlpha

from tudui_gui.core.cancellation import Cancelled, CancelToken
from tudui_gui.core.operations import Step
from tudui_gui.gui.imaging import from_qimage
from tudui_gui.gui.tabs.transforms import stage_work
from tudui_gui.gui.tabs.transforms.showing import (
    LARGEST_SHOWN,
    ShownStage,
    outside_of,
    shown,
)
from tudui_gui.gui.tabs.transforms.stage_work import PREVIEW_SIDE, Input, ShownRow, rows_work
from tudui_gui.images.conversion import Held, facts, to_uint8
from tudui_gui.images.reading import Picture
from tudui_gui.transforms.catalog import TRANSFORMS
from tudui_gui.transforms.pipeline import Pipeline
from tudui_gui.transforms.probing import PixelValues, probed

step = TRANSFORMS.step
PIXELS = np.random.default_rng(3).integers(0, 256, (60, 80, 3), dtype=np.uint8)
FOUR = (
    step("Resize", size=48),
    step("RandomCrop", size=40),
    step("ToTensor"),
    step("Normalize", mean=(0.2, 0.5, 0.6)),
)


def made_input(pixels: np.ndarray = PIXELS, name: str = "a picture") -> Input:
    image = Image.fromarray(pixels)
    picture = Picture(image, None, "", "RGB", image.size)
    return Input(picture=picture, name=name, image=shown(image), value=image, key=name)


def rows(
    *inputs: Input, steps: tuple[Step, ...] = FOUR, seed: int = 3, is_exact: bool = True
) -> tuple[ShownRow, ...]:
    return rows_work(inputs, Pipeline(steps), seed, is_exact, CancelToken(), lambda *_: None)


def smooth(height: int, width: int) -> np.ndarray:
    small = Image.fromarray(PIXELS[:6, :8])
    return np.asarray(small.resize((width, height), Image.Resampling.BILINEAR))


def test_a_row_for_each_input_with_the_stages_of_torchvision() -> None:
    inputs = (made_input(), made_input(PIXELS[::-1].copy(), "another"))
    made = rows(*inputs)
    assert [row.input for row in made] == list(inputs)
    for row in made:
        expected = Pipeline(FOUR).stages(row.input.value, 3)
        assert row.is_exact and len(row.stages) == 4
        assert row.facts is not None and expected[0].facts is not None
        assert row.facts.mean == expected[0].facts.mean
        assert [stage.size for stage in row.stages] == [(48, 64), (40, 40), (40, 40), (40, 40)]
        for stage, other in zip(row.stages, expected[1:], strict=True):
            assert stage.image is not None and other.value is not None
            np.testing.assert_array_equal(from_qimage(stage.image), to_uint8(other.value))
            assert not stage.is_preview


def test_only_what_an_edit_changes_is_made_again() -> None:
    one, other = made_input(), made_input(PIXELS[::-1].copy(), "another")
    first = rows(one, other)
    changed = rows(one, other, steps=(*FOUR[:3], step("Normalize", mean=(0.1, 0.1, 0.1))))
    for before, after in zip(first, changed, strict=True):
        same = [a is b for a, b in zip(before.stages, after.stages, strict=True)]
        assert same == [True, True, True, False]
    assert all(a is b for a, b in zip(rows(one)[0].stages[:3], changed[0].stages[:3], strict=True))


def test_the_preview_of_small_pictures_is_the_exact_row() -> None:
    shown_input = made_input()
    preview = rows(shown_input, is_exact=False)[0]
    assert preview.is_exact
    exact = rows(shown_input)[0]
    for one, other in zip(preview.stages, exact.stages, strict=True):
        assert one.image == other.image
        assert one.facts is not None and other.facts is not None
        assert one.facts.mean == other.facts.mean


def test_a_large_picture_is_previewed_and_then_exact() -> None:
    large = made_input(smooth(1600, 2400))
    steps = (step("ColorJitter", brightness=0.9), step("ToTensor"), step("Normalize"))
    preview = rows(large, steps=steps, is_exact=False)[0]
    assert not preview.is_exact
    for stage in preview.stages:
        assert stage.is_preview and stage.facts is None and stage.values is None
        assert stage.size == (1600, 2400)
        assert stage.image is not None and stage.image.width() < 2 * PREVIEW_SIDE
    exact = rows(large, steps=steps)[0]
    expected = Pipeline(steps).stages(large.value, 3)[-1].value
    assert exact.is_exact and isinstance(expected, torch.Tensor)
    last = exact.stages[-1]
    assert last.image is not None and last.image.width() <= LARGEST_SHOWN
    assert last.values is not None and last.values.shape == (1600, 2400, 3)
    np.testing.assert_array_equal(last.values[1234, 2345], expected[:, 1234, 2345].numpy())
    assert last.facts is not None
    assert last.facts.mean == pytest.approx(expected.mean((1, 2)).tolist(), abs=1e-5)


def test_a_point_is_followed_through_the_row() -> None:
    row = rows(made_input())[0]
    drawn = row.stages[1].drawn
    way = row.trace(3, (1.5, 2.5))
    assert way[2] == way[3] == way[4] == (1.5, 2.5)
    assert way[1] == (1.5 + drawn["j"], 2.5 + drawn["i"])
    assert way[0] == pytest.approx(((1.5 + drawn["j"]) * 80 / 64, (2.5 + drawn["i"]) * 60 / 48))
    assert way[0] is not None
    assert row.trace(-1, way[0])[4] == pytest.approx((1.5, 2.5))


def test_a_failing_step_is_a_stage_of_the_row() -> None:
    row = rows(made_input(), steps=(step("Resize", size=20), step("Normalize"), step("ToTensor")))[0]
    failed, after = row.stages[1:]
    assert failed.problem is not None and failed.image is None and failed.values is None
    assert after.skipped and after.size is None
    assert row.trace(-1, (1.0, 1.0))[2] is None


def test_what_is_no_picture_has_facts_and_no_image() -> None:
    value = torch.rand(2, 5, 6)
    shown_input = Input(
        made_input().picture, "two channels", QImage(1, 1, QImage.Format.Format_RGB32), value, 1
    )
    stage = rows(shown_input, steps=(step("Identity"),))[0].stages[0]
    assert stage.image is None and stage.facts is not None and stage.facts.shape == (2, 5, 6)
    assert stage.values is not None and stage.values.shape == (5, 6, 2)


def test_cancelled_work_ends() -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        rows_work((made_input(),), Pipeline(FOUR), 0, True, token, lambda *_: None)


def stage_of(value: Held) -> tuple[float, QImage | None]:
    return outside_of(value, facts(value), shown(value))


def test_values_outside_are_counted_and_marked() -> None:
    value = torch.full((3, 4, 5), 0.5)
    value[0, 1, 2], value[1, 3, 4], value[2, 3, 4], value[2, 0, 0] = -0.1, 1.1, -1.0, math.nan
    share, mask = stage_of(value)
    assert share == 4 / 60
    assert mask is not None and mask.format() == QImage.Format.Format_Indexed8
    assert (mask.width(), mask.height()) == (5, 4)
    marks = {(x, y): mask.pixelIndex(x, y) for x in range(5) for y in range(4)}
    assert {place: mark for place, mark in marks.items() if mark} == {(2, 1): 1, (4, 3): 2, (0, 0): 1}
    assert qAlpha(mask.color(0)) == 0 and mask.color(1) != mask.color(2)


@pytest.mark.parametrize(
    "value",
    [
        torch.tensor([[[0.0, 1.0]]]),
        torch.tensor([[[0, 255]]], dtype=torch.uint8),
        torch.tensor([[[-1, 3]]]),
        Image.new("RGB", (2, 2)),
        np.zeros((2, 2, 3), np.uint8),
    ],
    ids=["inside", "bytes", "whole numbers", "picture", "array"],
)
def test_nothing_is_outside(value: Held) -> None:
    assert stage_of(value) == (0.0, None)


def test_a_single_value_outside_a_large_tensor_is_marked_in_what_is_shown() -> None:
    value = torch.zeros(1, 30, 3 * LARGEST_SHOWN)
    value[0, 17, 5000] = 2.0
    share, mask = stage_of(value)
    picture = shown(value)
    assert share == 1 / value.numel()
    assert mask is not None and mask.size() == picture.size()
    found = [(x, y) for x in range(mask.width()) for y in range(mask.height()) if mask.pixelIndex(x, y)]
    assert found == [(5000 // 3, 17 // 3)]


@pytest.mark.parametrize("kind", ["picture", "tensor", "array", "gray"])
def test_large_values_are_shown_by_the_means_of_their_pixels(kind: str) -> None:
    pixels = smooth(50, 2 * LARGEST_SHOWN + 7)
    values: dict[str, Held] = {
        "picture": Image.fromarray(pixels),
        "tensor": torch.from_numpy(pixels.transpose(2, 0, 1) / np.float32(255)),
        "array": pixels,
        "gray": torch.from_numpy(pixels[:, :, 0].copy()),
    }
    picture = from_qimage(shown(values[kind]))
    expected = np.asarray(Image.fromarray(to_uint8(values[kind])).reduce(3))
    np.testing.assert_array_equal(picture, expected)
    assert picture.shape[1] <= LARGEST_SHOWN


@pytest.mark.parametrize("mode", ["RGB", "L", "1", "RGBA", "P", "I;16", "F"])
def test_the_probe_of_a_picture_reads_its_array(mode: str) -> None:
    image = Image.fromarray(PIXELS).convert("L").convert("F" if mode == "I;16" else mode)
    if mode == "I;16":
        image = Image.fromarray(np.asarray(image).astype(np.uint16) * 200)
    values, array = probed(image), np.asarray(image)
    assert isinstance(values, PixelValues)
    assert (values.shape, values.dtype) == (array.shape, array.dtype)
    for y, x in ((0, 0), (59, 79), (17, 30)):
        np.testing.assert_array_equal(values[y, x], array[y, x])
    np.testing.assert_array_equal(np.asarray(values), array)


def test_the_probe_of_others_reads_their_memory() -> None:
    tensor = torch.rand(3, 4, 5)
    values = probed(tensor)
    assert isinstance(values, np.ndarray)
    tensor[1, 2, 3] = 7.0
    assert values[2, 3].tolist() == tensor[:, 2, 3].tolist()
    assert probed(PIXELS) is PIXELS
    assert probed((tensor, tensor)) is None and probed(None) is None


def test_stages_tell_what_normalize_did_by_the_picture_without_it() -> None:
    before, after = rows(made_input())[0].stages[2:]
    assert before.plain is None
    assert isinstance(after, ShownStage) and after.plain is not None and before.image is not None
    away = from_qimage(after.plain).astype(int) - from_qimage(before.image).astype(int)
    assert abs(away).max() <= 1
    assert after.outside > 0 and after.outside_mask is not None


def test_pixels_that_there_is_no_room_for_are_let_go_and_still_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stage_work, "KEPT_BYTES", 60 * 80 * 3 * 5)
    steps = (
        step("RandomHorizontalFlip", p=1.0),
        step("ToTensor"),
        step("Normalize", mean=(0.2, 0.5, 0.6)),
        step("Grayscale"),
        step("GaussianBlur"),
        step("Identity"),
    )
    shown_input = made_input()
    row = rows(shown_input, steps=steps)[0]
    expected = [stage.value for stage in Pipeline(steps).stages(shown_input.value, 3)[1:]]
    kinds = [type(stage.values).__name__ for stage in row.stages]
    assert kinds == ["PixelValues", "ndarray", "PixelValues", "PixelValues", "NoneType", "NoneType"]
    for stage, value in zip(row.stages[:4], expected, strict=False):
        array = probed(value)
        assert stage.values is not None and array is not None
        assert (stage.values.shape, stage.values.dtype) == (array.shape, array.dtype)
        for y, x in ((0, 0), (59, 79), (31, 7)):
            np.testing.assert_array_equal(stage.values[y, x], array[y, x])
    assert len(shown_input.memory.known()) == 2
    again = rows(shown_input, steps=(*steps[:5], step("Grayscale")))[0]
    assert [a is b for a, b in zip(row.stages, again.stages, strict=True)] == [True, True, *[False] * 4]


def test_several_inputs_share_the_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stage_work, "KEPT_BYTES", 2 * 60 * 80 * 3 * 4)
    one, other = made_input(), made_input(PIXELS[::-1].copy(), "another")
    steps = (step("ToTensor"), step("Normalize"))
    rows(one, steps=steps)
    assert len(one.memory.known()) == 2
    rows(one, other, steps=steps)
    assert [len(each.memory.known()) for each in (one, other)] == [1, 1]
