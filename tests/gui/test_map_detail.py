"""One map in large: hover sums equal to map values, receptive fields, kernels edited, before and after."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import torch
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QToolButton
from pytestqt.qtbot import QtBot
from torch import nn
from torch.nn import functional

from tudui_gui.gui.session import OpenModel, Session
from tudui_gui.gui.tabs.layers import create
from tudui_gui.gui.widgets.facts_strip import FactsStrip
from tudui_gui.gui.widgets.image_view import ImageView
from tudui_gui.gui.workers import Jobs
from tudui_gui.layers.catalog import LAYERS
from tudui_gui.layers.kernels import FILTERS, kernel_of
from tudui_gui.models.zoo import MODELS, build_model


@pytest.fixture
def tab(qtbot: QtBot, session: Session, jobs: Jobs) -> Iterator[SimpleNamespace]:
    page = create(session, jobs)
    qtbot.addWidget(page)
    page.resize(1100, 640)
    page.show()
    page.activated()
    assert jobs.wait_idle()
    yield SimpleNamespace(page=page, jobs=jobs, session=session, detail=page.maps.detail)
    jobs.cancel_all()
    assert jobs.wait_idle()
    session.undo_stack.clear()


def show_layer(tab: SimpleNamespace, name: str, **values: Any) -> None:
    state = tab.page.maps.subject.state
    tab.page.maps.subject.edit_requested.emit(replace(state, step=LAYERS.step(name, **values)), "")
    assert tab.jobs.wait_idle()


def hover(qtbot: QtBot, tab: SimpleNamespace, x: int, y: int) -> None:
    view = tab.detail.view
    qtbot.mouseMove(view, view.pixel_rect(x, y).center().toPoint())
    assert tab.jobs.wait_idle()


def parts(tab: SimpleNamespace) -> dict[str, float]:
    strip = tab.page.findChild(FactsStrip, "pixel_sum")
    rows = [line.split() for line in strip.text().splitlines()]
    return {row[0]: float(row[-1]) for row in rows}


def formula(tab: SimpleNamespace) -> str:
    return tab.page.findChild(QLabel, "pixel_formula").text()


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("Conv2d", {}),
        ("Conv2d", {"stride": 2, "padding": 1, "bias": False}),
        ("MaxPool2d", {"padding": 1, "stride": 2}),
        ("AvgPool2d", {"ceil_mode": True}),
        ("Sigmoid", {}),
        ("GELU", {}),
    ],
)
def test_what_a_number_is_made_of_gives_the_number(
    qtbot: QtBot, tab: SimpleNamespace, name: str, values: dict[str, Any]
) -> None:
    show_layer(tab, name, **values)
    detail, random = tab.detail, np.random.default_rng(2)
    height, width = detail.detail.values.shape
    for _ in range(8):
        x, y = int(random.integers(0, width)), int(random.integers(0, height))
        detail._probe(x, y, None)
        shown = float(detail.detail.values[y, x])
        told = detail._explained(detail.detail.channel, y, x)
        assert told.value == pytest.approx(shown, rel=1e-4, abs=1e-5)
        if name == "Conv2d":
            spelled = parts(tab)
            total = spelled.pop("=")
            assert sum(spelled.values()) == pytest.approx(total, abs=2.5e-4)
            assert total == pytest.approx(shown, abs=1e-4) and {"R", "G", "B", "bias"} == set(spelled)
            products = detail.kernel_card._products.values
            bias = detail.detail.result.module.bias
            rest = 0.0 if bias is None else bias[detail.detail.channel].item()
            assert products.sum() + rest == pytest.approx(shown, abs=1e-4)
            assert np.array_equal(
                products[0], detail.kernel_card._taken.values[0] * detail.detail.result.kernels[0]
            )
        else:
            assert formula(tab).endswith(f"= {told.value + 0.0:.4g}")


def test_hovering_frames_what_the_pixel_sees_in_the_picture(qtbot: QtBot, tab: SimpleNamespace) -> None:
    seen: list[Any] = []
    tab.detail.window_probed.connect(seen.append)
    hover(qtbot, tab, 100, 60)
    x, y = tab.detail._pixel
    window = seen[-1]
    assert (window.x, window.y, window.width, window.height) == (x, y, 3, 3)
    assert tab.page.maps.input.view._highlight.getRect() == (x, y, 3, 3)


def test_a_kernel_typed_in_is_followed_by_its_map_at_once_and_undone(
    qtbot: QtBot, tab: SimpleNamespace
) -> None:
    maps, card = tab.page.maps, tab.detail.kernel_card
    others = maps.result.maps[1:].copy()
    before = maps.result.maps[0].copy()
    view = card.numbers.matrix
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=view.cell_rect(1, 1).center().toPoint())
    qtbot.keyClicks(view, "2")
    editor = view.findChild(QLineEdit, "kernel_values_editor")
    qtbot.keyClicks(editor, ".5")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert tab.jobs.wait_idle()
    weights = maps.result.kernels
    assert weights[0, 0, 1, 1] == 2.5
    layer = maps.result.module
    expected = functional.conv2d(maps.result.prepared.batch, layer.weight, layer.bias)[0]
    assert np.array_equal(maps.result.maps, expected.detach().numpy())
    assert np.array_equal(maps.result.maps[1:], others)
    tab.session.undo_stack.undo()
    assert tab.jobs.wait_idle()
    assert np.array_equal(maps.result.maps[0], before)


def test_well_known_kernels_and_the_way_back(qtbot: QtBot, tab: SimpleNamespace) -> None:
    maps = tab.page.maps
    before = maps.result.maps[0].copy()
    combo = tab.page.findChild(QComboBox, "kernel_filter")
    reset = tab.page.findChild(QToolButton, "kernel_reset")
    assert not reset.isEnabled()
    for row, name in enumerate(FILTERS, 1):
        combo.setCurrentIndex(row)
        combo.activated.emit(row)
        assert tab.jobs.wait_idle()
        assert np.array_equal(maps.result.kernels[0], kernel_of(name, 3, 3, 3)), name
        assert combo.currentIndex() == 0 and reset.isEnabled()
    qtbot.mouseClick(reset, Qt.MouseButton.LeftButton)
    assert tab.jobs.wait_idle()
    assert np.array_equal(maps.result.maps[0], before) and not reset.isEnabled()


def test_a_kernel_too_small_for_a_filter_says_so(tab: SimpleNamespace) -> None:
    show_layer(tab, "Conv2d", kernel_size=1)
    combo = tab.page.findChild(QComboBox, "kernel_filter")
    combo.activated.emit(list(FILTERS).index("sobel_x") + 1)
    problem = tab.page.findChild(QLabel, "kernel_problem")
    assert "3 x 3" in problem.text() and not problem.isHidden()
    combo.activated.emit(list(FILTERS).index("identity") + 1)
    assert tab.jobs.wait_idle()
    assert problem.isHidden() and tab.page.maps.result.kernels[0].sum() == pytest.approx(1.0)


def test_input_beside_output_of_an_activation(tab: SimpleNamespace) -> None:
    assert tab.detail.pairs.isHidden()
    show_layer(tab, "Sigmoid")
    pairs = tab.detail.pairs.view.pairs
    assert len(pairs) == 1 and tab.detail.pairs.isVisible()
    assert pairs[0].before.size() == pairs[0].after.size() and pairs[0].before != pairs[0].after
    show_layer(tab, "Identity")
    assert tab.detail.pairs.isHidden()


def test_a_model_layers_receptive_field_is_framed_in_its_own_input(tab: SimpleNamespace) -> None:
    torch.manual_seed(0)
    model = build_model(MODELS.step("lenet"), 10)
    assert isinstance(model, nn.Module)
    opened = OpenModel("LeNet", model, MODELS.step("lenet"), tuple("0123456789"), (3, 32, 32), seed=0)
    tab.session.set_open_model(opened)
    assert tab.jobs.wait_idle()
    tab.page.maps.show_model()
    assert tab.jobs.wait_idle()
    detail = tab.detail
    view = tab.page.findChild(ImageView, "receptive_view")
    assert view.image is not None and (view.image.width(), view.image.height()) == (32, 32)
    detail._probe(3, 4, None)
    assert tab.jobs.wait_idle()
    size = tab.page.findChild(QLabel, "receptive_size")
    highlight = view._highlight
    assert highlight.width() == highlight.height() > 1
    assert size is None or size.text() == f"{highlight.width()} × {highlight.height()}"
    assert view.pixel_rect(0, 0).contains(QPointF(view.pixel_rect(0, 0).center()))
