"""Formulas, shares and painting of the stage area."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot
from torchvision import transforms

from tudui_gui.gui.imaging import from_qimage, to_qimage
from tudui_gui.gui.tabs.transforms.formula_text import formulas, symbols
from tudui_gui.gui.tabs.transforms.texts import kind_text, percent_text
from tudui_gui.gui.widgets.histogram import HistogramView, _outlines
from tudui_gui.gui.widgets.pyramid import Pyramid
from tudui_gui.images.conversion import facts
from tudui_gui.transforms.catalog import TRANSFORMS

step = TRANSFORMS.step


@pytest.mark.parametrize("byte", [0, 7, 123, 124, 255])
def test_normalize_with_the_numbers_put_in(byte: int) -> None:
    before = torch.full((3, 1, 1), byte / 255)
    mean, std = [0.485, 0.456, 0.406], [0.229, 0.224, 0.225]
    after = transforms.Normalize(mean, std)(before)
    lines = formulas(step("Normalize", mean=mean, std=std), before[:, 0, 0].numpy(), after[:, 0, 0].numpy())
    for line, x, m, s, y in zip(lines, before, mean, std, after, strict=True):
        left, sign, right = line.rpartition(" ≈ " if " ≈ " in line else " = ")
        assert left == f"({x.item():.3f} - {m}) / {s}"
        assert right == f"{y.item():.3f}"
        assert (sign == " = ") == (f"{eval(left):.3f}" == right)


def test_bytes_are_divided() -> None:
    before = np.array([0, 123, 255], np.uint8)
    after = transforms.ToTensor()(before[None, None]).flatten().numpy()
    lines = formulas(step("ToTensor"), before, after)
    assert lines == ("0 / 255 = 0.000", "123 / 255 = 0.482", "255 / 255 = 1.000")


@pytest.mark.parametrize(
    ("name", "values", "given", "count"),
    [
        ("Normalize", {"mean": (0.5,), "std": (0.25,)}, torch.zeros(3, 4, 4), 3),
        ("ToTensor", {}, np.zeros((4, 4, 3), np.uint8), 3),
        ("ToTensor", {}, np.zeros((4, 4, 3), np.float32), 0),
        ("CenterCrop", {"size": 2}, torch.zeros(1, 4, 4), 0),
    ],
)
def test_only_what_is_such_a_formula_has_one(name: str, values: Any, given: Any, count: int) -> None:
    made = step(name, **values).build()(given)
    assert len(symbols(step(name, **values), facts(given), facts(made))) == count
    assert symbols(step(name, **values), None, None) == ()


def test_a_changed_number_of_channels_has_no_formula() -> None:
    assert formulas(step("Normalize"), np.zeros(1), np.zeros(3)) == ()


@pytest.mark.parametrize(
    ("share", "text"), [(0.6249, "62 %"), (0.0312, "3.1 %"), (0.0000001, "< 0.1 %"), (1.0, "100 %")]
)
def test_shares(share: float, text: str) -> None:
    assert percent_text(share) == text


def test_kinds() -> None:
    assert kind_text(None) == ""
    assert kind_text(facts(torch.zeros(3, 2, 2))) == "Tensor"
    assert kind_text(facts((torch.zeros(3, 2, 2),) * 10)) == "Tensor × 10"


def test_a_pyramid_has_the_smallest_level_that_is_large_enough(qtbot: QtBot) -> None:
    pixels = np.random.default_rng(0).integers(0, 256, (400, 600, 3), np.uint8)
    pyramid = Pyramid(to_qimage(pixels))
    assert [pyramid.fitting(width).width() for width in (2000, 600, 301, 300, 151, 150, 10)] == [
        *(600, 600, 600, 300, 300, 150),
        75,
    ]
    small = from_qimage(pyramid.fitting(300)).astype(int)
    means = pixels.reshape(200, 2, 300, 2, 3).mean(axis=(1, 3))
    assert abs(small - means).max() <= 3
    tiny = Pyramid(QImage(1, 1, QImage.Format.Format_RGB888))
    assert tiny.fitting(50) is tiny.image


def test_a_histogram_is_as_high_as_its_counts() -> None:
    counts = np.array([[0, 4, 8, 2]])
    pixels = _outlines(counts, 8, 9, ["#102030"])
    assert pixels.shape == (9, 8, 4)
    assert (pixels[..., 3] > 0).sum(axis=0).tolist() == [0, 0, 4, 4, 8, 8, 2, 2]
    painted = pixels[pixels[..., 3] == 255][:, :3]
    assert {tuple(each) for each in painted.tolist()} == {(0x10, 0x20, 0x30)}


def test_the_histogram_of_three_channels_has_three_colours(qtbot: QtBot) -> None:
    view = HistogramView()
    qtbot.addWidget(view)
    view.resize(120, 60)
    view.set_counts(np.eye(3, 64, dtype=np.int64) * 5)
    shown = view.grab().toImage()
    seen = {QColor(shown.pixel(x, y)).name() for x in range(120) for y in range(60)}
    assert {"#d8394a", "#1f9d63", "#2f7fd6"} <= seen
