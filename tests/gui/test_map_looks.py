"""How maps are shown: range, contrast, order, dead maps, what is no number, thousands, the budget."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
import torch
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot
from torch import Tensor, nn

from tests.gui.layers_page import (
    captions,
    choose,
    find,
    noise,
    open_model,
    press,
    show_layer,
    shown_page,
    tensor_of,
    text_of,
)
from tudui_gui.core.cancellation import CancelToken
from tudui_gui.gui.imaging import INF_COLOR, NAN_COLOR, color_table, from_qimage
from tudui_gui.gui.session import Session
from tudui_gui.gui.tabs.layers.maps_card import best_side
from tudui_gui.gui.tabs.layers.maps_facts import overall
from tudui_gui.gui.tabs.layers.page import LayersPage
from tudui_gui.gui.tabs.layers.work import (
    Hints,
    Look,
    MapRequest,
    OneLayer,
    arrange,
    bounds,
    compute,
    detail,
    histogram_of,
    maps_again,
    show,
    whole_batch,
)
from tudui_gui.gui.widgets.histogram import HistogramView
from tudui_gui.gui.workers import Jobs
from tudui_gui.layers.catalog import LAYERS

PICTURE = noise(24, 20)
HINTS = Hints(range(96), 0, 100)


def nothing(fraction: float, text: str) -> None:
    """Progress that nobody follows."""


@pytest.fixture
def page(qtbot: QtBot, session: Session, jobs: Jobs) -> Iterator[LayersPage]:
    with shown_page(qtbot, session, jobs, PICTURE) as made:
        yield made


class Odd(nn.Module):
    """Maps with NaN, infinities, only zeros and only NaN."""

    def forward(self, given: Tensor) -> Tensor:
        maps = torch.cat([given, given], dim=1)
        maps[:, 1, 3, 4] = float("nan")
        maps[:, 2, 5:9, 6] = float("inf")
        maps[:, 3] = 0.0
        maps[:, 4] = float("nan")
        return maps


def conv(out_channels: int = 6, seed: int = 0) -> nn.Conv2d:
    torch.manual_seed(seed)
    return nn.Conv2d(3, out_channels, 3)


def request(out_channels: int = 6, pictures: int = 1, **more: int) -> MapRequest:
    subject = OneLayer(LAYERS.step("Conv2d", out_channels=out_channels), 0)
    return MapRequest(tuple(noise(24, 20, seed) for seed in range(pictures)), subject, **more)


# The window


def test_a_symmetric_range_puts_0_in_the_middle(page: LayersPage) -> None:
    choose(page, "map_range", "symmetric")
    maps = page.maps.result.maps
    largest = float(np.abs(maps).max())
    assert page.maps.grid.color_range(3) == (-largest, largest)
    assert page.maps.card.tools.look.coloring.is_symmetric


def test_sorting_by_the_largest_value(page: LayersPage) -> None:
    choose(page, "map_sort", "max")
    largest = conv()(tensor_of(PICTURE))[0].detach().amax((1, 2))
    shown = [int(caption.split()[0]) for caption in captions(page)]
    assert shown == largest.argsort(descending=True).tolist()


def test_contrast_lights_up_dim_maps(page: LayersPage) -> None:
    plain = page.maps.detail.detail.image
    choose(page, "colormap", "gray")
    before = from_qimage(page.maps.detail.detail.image)[..., 0].astype(float)
    choose(page, "map_contrast", "γ 0.5")
    after = from_qimage(page.maps.detail.detail.image)[..., 0].astype(float)
    expected = np.sqrt(before / 255) * 255
    assert plain.size() == page.maps.detail.detail.image.size()
    assert np.abs(after - expected).max() < 17  # 256 steps, of which the dim ones are far apart
    assert after.mean() > before.mean()


def test_dead_maps_are_counted_and_hidden(qtbot: QtBot, page: LayersPage) -> None:
    open_model(page, Odd(), (3, 20, 24))
    assert "dead  1/6" in text_of(page, "layer_facts")
    press(qtbot, page, "maps_hide_dead")
    assert [int(caption.split()[0]) for caption in captions(page)] == [0, 1, 2, 4, 5]
    show_layer(page, LAYERS.step("ReLU"))
    assert page.maps.grid.count == 3


def test_where_every_map_is_dead_it_says_so(qtbot: QtBot, page: LayersPage) -> None:
    press(qtbot, page, "maps_hide_dead")
    model = nn.Sequential(nn.Conv2d(3, 2, 1))
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.zero_()
    open_model(page, model, (3, 20, 24))
    assert page.maps.grid.count == 0
    assert "All 2 maps are 0 everywhere." in text_of(page, "maps_notes")


def test_what_is_no_number_is_counted_and_marked(page: LayersPage) -> None:
    open_model(page, Odd(), (3, 20, 24))
    assert captions(page)[1:3] == ["1 · 1 NaN", "2 · 4 inf"]
    facts = text_of(page, "layer_facts").split()
    assert facts[facts.index("NaN") + 1] == "481" and facts[facts.index("inf") + 1] == "4"
    page.maps.grid.select(1)
    assert page.jobs.wait_idle()
    pixels = from_qimage(page.maps.detail.detail.image)
    assert tuple(pixels[3, 4]) == NAN_COLOR
    assert (pixels == NAN_COLOR).all(axis=2).sum() == 1
    page.maps.grid.select(2)
    assert page.jobs.wait_idle()
    pixels = from_qimage(page.maps.detail.detail.image)
    assert (pixels == INF_COLOR).all(axis=2).nonzero()[0].tolist() == [5, 6, 7, 8]


def test_the_facts_of_a_layer_are_torchs(qtbot: QtBot, page: LayersPage) -> None:
    output = conv()(tensor_of(PICTURE)).detach()
    words = text_of(page, "layer_facts").split()
    facts = dict(zip(words[::2], words[1::2], strict=True))
    assert float(facts["min"]) == pytest.approx(output.min().item(), abs=6e-5)
    assert float(facts["max"]) == pytest.approx(output.max().item(), abs=6e-5)
    assert float(facts["mean"]) == pytest.approx(output.mean().item(), abs=6e-5)
    assert float(facts["std"]) == pytest.approx(output.std(unbiased=False).item(), abs=6e-5)
    histogram = find(page, HistogramView, "layer_histogram")
    qtbot.waitUntil(lambda: histogram.toolTip() != "")
    low, high = map(float, histogram.toolTip().split(" .. "))
    assert (low, high) == pytest.approx((output.min().item(), output.max().item()), rel=1e-2)


def test_arrow_keys_walk_over_the_channels(qtbot: QtBot, page: LayersPage) -> None:
    grid = page.maps.grid
    grid.setFocus()
    for key, channel in (
        (Qt.Key.Key_Right, 1),
        (Qt.Key.Key_Right, 2),
        (Qt.Key.Key_Left, 1),
        (Qt.Key.Key_End, 5),
    ):
        qtbot.keyClick(grid, key)
        assert page.jobs.wait_idle()
        assert page.maps.detail.detail.channel == channel
        assert np.array_equal(page.maps.detail.detail.values, page.maps.result.maps[channel])


def test_thousands_of_maps_have_pictures_only_where_they_are_seen(qtbot: QtBot, page: LayersPage) -> None:
    show_layer(page, LAYERS.step("Conv2d", out_channels=3000))
    grid = page.maps.grid
    assert grid.count == 3000
    asked: list[list[int]] = []
    grid.rows_needed.connect(asked.append)
    grid.setFocus()
    with qtbot.waitSignal(grid.rows_needed):
        qtbot.keyClick(grid, Qt.Key.Key_End)
    assert page.jobs.wait_idle()
    assert page.maps.detail.detail.channel == 2999
    assert asked[-1][-1] == 2999 and len(asked[-1]) < 200
    place = grid.visualRect(grid.model().index(2999, 0))
    table = color_table("viridis")
    qtbot.waitUntil(
        lambda: bool((from_qimage(grid.viewport().grab(place).toImage()) == table[0]).all(2).any())
    )
    expected = conv(3000)(tensor_of(PICTURE))[0, 2999].detach().numpy()
    assert np.array_equal(page.maps.detail.detail.values, expected)


def test_another_zoom_colours_what_is_in_sight_anew(qtbot: QtBot, page: LayersPage) -> None:
    with qtbot.waitSignal(page.maps.grid.rows_needed) as needed:
        page.maps.grid.set_zoom(64)
    assert set(needed.args[0]) <= set(range(6))


def test_the_same_cells_keep_their_place(qtbot: QtBot, page: LayersPage) -> None:
    show_layer(page, LAYERS.step("Conv2d", out_channels=400))
    bar = page.maps.grid.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    place = bar.value()
    show_layer(page, LAYERS.step("Conv2d", out_channels=400), seed=3)
    assert bar.value() == place > 0
    assert np.array_equal(page.maps.result.maps, conv(400, 3)(tensor_of(PICTURE))[0].detach().numpy())


def test_the_tutorials_reshape_mixes_maps(qtbot: QtBot, page: LayersPage) -> None:
    choose(page, "colormap", "gray")
    press(qtbot, page, "maps_as_tutorial")
    assert page.maps.grid.count == 2
    assert "torch.reshape mixes images: 1 with 6 maps each become 2 pictures" in text_of(page, "maps_notes")
    arranged = page.maps.card.arranged
    output = conv()(tensor_of(PICTURE)).detach()
    expected = torch.reshape(output, (-1, 3, 18, 22))
    assert torch.equal(arranged.reshaped, expected)
    shown = from_qimage(arranged.images[1])
    colours = (expected[1].clip(0, 1) * 255).to(torch.uint8).permute(1, 2, 0)
    assert np.array_equal(shown, colours.numpy())
    press(qtbot, page, "maps_as_tutorial")
    assert page.maps.grid.count == 6


def test_a_reshape_that_does_not_go_says_why_and_the_maps_stay(qtbot: QtBot, page: LayersPage) -> None:
    press(qtbot, page, "maps_as_tutorial")
    show_layer(page, LAYERS.step("Conv2d", out_channels=4))
    problem = text_of(page, "layers_problem")
    assert "(1, 4, 18, 22) cannot be reshaped to pictures of 3 channels." in problem
    assert "shape '[-1, 3, 18, 22]' is invalid" in problem
    assert page.maps.grid.count == 4
    show_layer(page, LAYERS.step("Flatten"))
    assert "has no pictures to be reshaped" in text_of(page, "layers_problem")
    press(qtbot, page, "maps_as_tutorial")
    assert not find(page, QLabel, "layers_problem").isVisible()


def test_beyond_the_budget_the_window_says_so(page: LayersPage) -> None:
    small = replace(page.maps.current_request, budget=2 * 18 * 22)
    page.maps._show(show(small, Look(), HINTS, CancelToken(), nothing))
    assert text_of(page, "maps_notes").startswith("2 of 6 maps are kept")
    page.maps.grid.select(5)
    assert page.jobs.wait_idle()
    expected = conv()(tensor_of(PICTURE))[0, 5].detach().numpy()
    assert np.array_equal(page.maps.detail.detail.values, expected)


def test_tools_and_facts_give_way_to_the_list_of_layers(qtbot: QtBot, page: LayersPage) -> None:
    assert not find(page, QWidget, "maps_view_layers").isEnabled()  # one layer needs no list
    press(qtbot, page, "layer_subject_chain")
    press(qtbot, page, "maps_view_layers")
    assert not find(page, QWidget, "map_sort").isVisible()
    press(qtbot, page, "layer_subject_layer")
    assert find(page, QWidget, "map_sort").isVisible()


# What is computed


def test_maps_beyond_the_budget_are_computed_again() -> None:
    result = compute(request(8, budget=3 * 18 * 22), CancelToken(), nothing)
    assert result.is_partial and (len(result.maps), result.count) == (3, 8)
    expected = conv(8)(tensor_of(PICTURE))[0].detach().numpy()
    again = maps_again(result, [7, 1, 4], CancelToken())
    assert np.array_equal(again, expected[[7, 1, 4]])
    assert result.statistics.maximum.tolist() == expected.max((1, 2)).tolist()
    assert np.array_equal(detail(result, 6, Look(), CancelToken(), nothing).values, expected[6])


def test_the_histogram_counts_every_finite_number() -> None:
    result = compute(request(), CancelToken(), nothing)
    counts = histogram_of(result, CancelToken(), nothing)
    assert counts.sum() == result.maps.size
    expected, _ = np.histogram(result.maps, 64)
    assert np.abs(counts - expected).sum() <= 4  # a number on an edge may fall to either side
    partial = compute(request(budget=1), CancelToken(), nothing)
    assert np.array_equal(histogram_of(partial, CancelToken(), nothing), counts)


def test_the_numbers_of_all_maps_are_those_of_the_whole_output() -> None:
    result = compute(request(), CancelToken(), nothing)
    low, high, mean, std = overall(result)
    whole = torch.from_numpy(result.maps).double()
    assert (low, high) == (whole.min().item(), whole.max().item())
    assert mean == pytest.approx(whole.mean().item(), rel=1e-9)
    assert std == pytest.approx(whole.std(unbiased=False).item(), rel=1e-9)


def test_a_batch_goes_through_a_fresh_layer_together() -> None:
    step = LAYERS.step("BatchNorm2d")
    inputs = tuple(noise(24, 20, seed) for seed in range(4))
    result = compute(MapRequest(inputs, OneLayer(step, 0), 2), CancelToken(), nothing)
    expected = nn.BatchNorm2d(3)(tensor_of(*inputs)).detach()  # in training mode: statistics of the batch
    assert np.array_equal(result.maps, expected[2].numpy())
    assert result.outputs is not None and torch.equal(result.outputs, expected)
    assert result.batch == (2, 4)
    assert torch.equal(result.given, tensor_of(inputs[2])[0])
    given, output = whole_batch(result.request, CancelToken(), nothing)
    assert torch.equal(given, tensor_of(*inputs)) and torch.equal(output, expected)


def test_pictures_of_other_sizes_are_made_as_large_as_the_first() -> None:
    inputs = (PICTURE, noise(40, 40, 1))
    result = compute(MapRequest(inputs, OneLayer(LAYERS.step("ReLU"), 0), 1), CancelToken(), nothing)
    assert result.output_shape == (2, 3, 20, 24)
    assert result.prepared.resized_to == (20, 24)
    assert "1 pictures of other sizes were resized" in str(result.notes[0])
    resized = inputs[1].image.resize((24, 20), Image.Resampling.BILINEAR)
    assert np.array_equal(result.maps, np.asarray(resized).transpose(2, 0, 1).astype(np.float32) / 255)


def test_prepared_pictures_are_used_again() -> None:
    first = compute(request(pictures=3), CancelToken(), nothing)
    again = replace(first.request, index=2, ready=first.prepared)
    result = compute(again, CancelToken(), nothing)
    assert result.prepared.batch is first.prepared.batch
    assert np.array_equal(from_qimage(result.prepared.image), np.asarray(first.request.inputs[2].image))
    assert torch.equal(result.prepared.tensor, tensor_of(first.request.inputs[2])[0])


@pytest.mark.parametrize("kind", ["map", "common", "symmetric"])
def test_bounds_are_those_of_the_maps(kind: str) -> None:
    result = compute(request(), CancelToken(), nothing)
    maps = result.maps
    largest = np.abs(maps).max()
    expected = {
        "map": (maps[4].min(), maps[4].max()),
        "common": (maps.min(), maps.max()),
        "symmetric": (-largest, largest),
    }[kind]
    assert bounds(result, 4, Look(range=kind)) == pytest.approx(expected, abs=0)


def test_pictures_are_made_of_the_rows_asked_for_and_no_larger_than_needed() -> None:
    picture = noise(300, 200)
    subject = OneLayer(LAYERS.step("ReLU"), 0)
    result = compute(MapRequest((picture,), subject), CancelToken(), nothing)
    arranged = arrange(result, Look(sort="max"), range(1, 90), 40, CancelToken(), nothing)
    assert sorted(arranged.images) == [1, 2]
    assert (arranged.images[1].width(), arranged.images[1].height()) == (100, 67)


def test_the_largest_side_that_fits() -> None:
    assert best_side(1, 1.0, 400, 300) == 266
    assert best_side(4, 0.5, 400, 300) == 188
    assert 44 <= best_side(5000, 1.0, 400, 300) <= 120
