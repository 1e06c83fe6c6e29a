"""The Layers tab, operated by mouse and keyboard; its numbers against PyTorch."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, TypeVar

import numpy as np
import pytest
import torch
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton, QSpinBox, QWidget
from pytestqt.qtbot import QtBot
from sklearn.datasets import load_sample_image
from torch import nn
from torchvision.transforms import functional

from tudui_gui.core.paths import resource
from tudui_gui.gui import theme
from tudui_gui.gui.session import OpenModel, Session
from tudui_gui.gui.tabs.layers import create
from tudui_gui.gui.tabs.layers.work import as_maps
from tudui_gui.gui.widgets.image_view import ImageView
from tudui_gui.gui.widgets.map_grid import FeatureMapGrid
from tudui_gui.gui.widgets.matrix_view import MatrixView
from tudui_gui.gui.workers import Jobs, TrainingController
from tudui_gui.images.reading import read_image
from tudui_gui.models.zoo import MODELS
from tudui_gui.prediction.classifier import Classifier
from tudui_gui.training.experiment import Experiment

W = TypeVar("W", bound=QWidget)
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def tab(qtbot: QtBot, qapp: Any) -> Iterator[SimpleNamespace]:
    """The page on its own, 1024x600, with the picture already computed."""
    theme.install(qapp, "light")
    jobs = Jobs()
    session = Session(Experiment.load(resource("experiments", "digits.toml")), TrainingController())
    page = create(session, jobs)
    qtbot.addWidget(page)
    page.resize(1024, 600)
    page.show()
    page.activated()
    assert jobs.wait_idle()
    yield SimpleNamespace(page=page, jobs=jobs, session=session)
    jobs.cancel_all()
    assert jobs.wait_idle()


def find(tab: SimpleNamespace, kind: type[W], name: str) -> W:
    widget = tab.page.findChild(kind, name)
    assert widget is not None, name
    return widget


def click(qtbot: QtBot, tab: SimpleNamespace, name: str) -> None:
    qtbot.mouseClick(find(tab, QPushButton, name), LEFT)
    assert tab.jobs.wait_idle()


def choose(tab: SimpleNamespace, name: str, text: str) -> None:
    combo = find(tab, QComboBox, name)
    combo.setCurrentIndex(combo.findText(text))
    assert tab.jobs.wait_idle()


def type_into(qtbot: QtBot, tab: SimpleNamespace, kind: type[W], name: str, text: str) -> None:
    field = find(tab, kind, name)
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)
    assert tab.jobs.wait_idle()


def flower() -> torch.Tensor:
    image = Image.fromarray(load_sample_image("flower.jpg"))
    return functional.to_tensor(functional.resize(image, [342, 512]))


def tutorial_layer(seed: int = 0, **settings: Any) -> nn.Conv2d:
    torch.manual_seed(seed)
    return nn.Conv2d(3, 6, 3, **settings)


# Feature maps


def test_the_flower_goes_through_the_tutorials_convolution(tab: SimpleNamespace) -> None:
    expected = tutorial_layer()(flower()[None])[0].detach().numpy()
    assert np.array_equal(tab.page.maps.result.maps, expected)
    assert find(tab, FeatureMapGrid, "feature_map_grid").count == 6
    assert find(tab, QLabel, "maps_input_shape").text() == "[1, 3, 342, 512]"
    assert find(tab, QLabel, "maps_output_shape").text() == "[1, 6, 340, 510]"
    assert find(tab, QLabel, "maps_parameters").text() == "168 parameters"
    assert find(tab, QLabel, "layers_input_prepared").text() == "resized to 512×342"


def test_captions_say_index_and_mean(tab: SimpleNamespace) -> None:
    expected = tutorial_layer()(flower()[None])[0].detach()
    grid = find(tab, FeatureMapGrid, "feature_map_grid")
    captions = [grid.model().index(row, 0).data() for row in range(6)]
    assert captions == [f"{index} μ {channel.mean():+.2f}" for index, channel in enumerate(expected)]


def test_another_seed_is_torch_manual_seed(qtbot: QtBot, tab: SimpleNamespace) -> None:
    type_into(qtbot, tab, QSpinBox, "layer_seed", "7")
    expected = tutorial_layer(seed=7)(flower()[None])[0].detach().numpy()
    assert np.array_equal(tab.page.maps.result.maps, expected)


def test_a_parameter_typed_in_changes_the_maps(qtbot: QtBot, tab: SimpleNamespace) -> None:
    type_into(qtbot, tab, QLineEdit, "layer_stride", "2")
    expected = tutorial_layer(stride=2)(flower()[None])[0].detach().numpy()
    assert np.array_equal(tab.page.maps.result.maps, expected)
    assert find(tab, QLabel, "maps_output_shape").text() == "[1, 6, 170, 255]"


def test_edits_can_be_undone(qtbot: QtBot, tab: SimpleNamespace) -> None:
    type_into(qtbot, tab, QLineEdit, "layer_stride", "2")
    tab.session.undo_stack.undo()
    assert tab.jobs.wait_idle()
    assert find(tab, QLineEdit, "layer_stride").text() == "1"
    assert tab.page.maps.result.maps.shape == (6, 340, 510)
    tab.session.undo_stack.redo()
    assert tab.jobs.wait_idle()
    assert tab.page.maps.result.maps.shape == (6, 170, 255)


@pytest.mark.parametrize(
    ("name", "layer"),
    [
        ("MaxPool2d", nn.MaxPool2d(3)),
        ("AvgPool2d", nn.AvgPool2d(3)),
        ("Sigmoid", nn.Sigmoid()),
        ("ReLU", nn.ReLU()),
        ("Softmax", nn.Softmax(dim=1)),
    ],
)
def test_other_layers(tab: SimpleNamespace, name: str, layer: nn.Module) -> None:
    choose(tab, "layer_type", name)
    assert np.array_equal(tab.page.maps.result.maps, layer(flower()[None])[0].numpy())
    assert not find(tab, QWidget, "kernel_card").isVisible()


def test_clicking_a_map_shows_it_in_large(qtbot: QtBot, tab: SimpleNamespace) -> None:
    grid = find(tab, FeatureMapGrid, "feature_map_grid")
    place = grid.visualRect(grid.model().index(4, 0)).center()
    qtbot.mouseClick(grid.viewport(), LEFT, pos=place)
    assert tab.jobs.wait_idle()
    values = tutorial_layer()(flower()[None])[0, 4].detach()
    facts = find(tab, QLabel, "map_facts").text().split()
    shown = dict(zip(facts[::2], map(float, facts[1::2]), strict=True))
    assert shown["min"] == pytest.approx(values.min().item(), abs=6e-5)
    assert shown["max"] == pytest.approx(values.max().item(), abs=6e-5)
    assert shown["mean"] == pytest.approx(values.mean().item(), abs=6e-5)
    assert shown["std"] == pytest.approx(values.std(unbiased=False).item(), abs=6e-5)
    assert find(tab, FeatureMapGrid, "kernel_grid").count == 3


def hover(qtbot: QtBot, view: ImageView, x: int, y: int) -> None:
    place = view.pixel_rect(x, y).center().toPoint()
    qtbot.mouseMove(view, QPoint(1, 1))
    qtbot.mouseMove(view, place)


def test_hovering_a_pixel_spells_out_its_sum(qtbot: QtBot, tab: SimpleNamespace) -> None:
    view = find(tab, ImageView, "map_view")
    hover(qtbot, view, 100, 60)
    text = find(tab, QLabel, "pixel_value").text()
    found = re.fullmatch(r"\((\d+), (\d+)\) = ([-+][\d.]+)", text)
    assert found is not None, text
    x, y = int(found[1]), int(found[2])
    assert abs(x - 100) <= 2  # the view shows several pixels of the map in one of the screen
    layer, image = tutorial_layer(), flower()
    assert float(found[3]) == pytest.approx(layer(image[None])[0, 0, y, x].item(), abs=6e-5)
    rows = dict(line.split() for line in find(tab, QLabel, "pixel_sum").text().splitlines())
    for channel, name in enumerate("RGB"):
        part = (image[channel, y : y + 3, x : x + 3] * layer.weight[0, channel]).sum().item()
        assert float(rows[name]) == pytest.approx(part, abs=6e-5)
    assert float(rows["bias"]) == pytest.approx(layer.bias[0].item(), abs=6e-5)
    assert float(rows["="]) == pytest.approx(float(found[3]), abs=1.1e-4)


def test_sorting_by_mean_puts_the_largest_first(qtbot: QtBot, tab: SimpleNamespace) -> None:
    choose(tab, "map_sort", "mean")
    means = tutorial_layer()(flower()[None])[0].detach().mean(dim=(1, 2))
    grid = find(tab, FeatureMapGrid, "feature_map_grid")
    shown = [int(grid.model().index(row, 0).data().split()[0]) for row in range(6)]
    assert shown == means.argsort(descending=True).tolist()
    assert tab.page.maps.detail.detail.channel == 0  # the chosen map stays chosen
    assert grid.current == shown.index(0)


def test_common_range_and_colour_map(tab: SimpleNamespace) -> None:
    grid = find(tab, FeatureMapGrid, "feature_map_grid")
    maps = tab.page.maps.result.maps
    assert grid.color_range(1) == (float(maps[1].min()), float(maps[1].max()))
    choose(tab, "map_range", "common")
    assert grid.color_range(1) == (float(maps.min()), float(maps.max()))
    choose(tab, "colormap", "gray")
    color = find(tab, ImageView, "map_view").image.pixelColor(3, 3)
    assert color.red() == color.green() == color.blue()


def test_a_layer_that_does_not_fit_says_why(qtbot: QtBot, tab: SimpleNamespace) -> None:
    type_into(qtbot, tab, QSpinBox, "layer_in_channels", "4")
    problem = find(tab, QLabel, "layers_problem")
    assert problem.isVisible()
    assert "expects 4 channels, but gets 3" in problem.text()
    assert find(tab, FeatureMapGrid, "feature_map_grid").count == 0
    type_into(qtbot, tab, QSpinBox, "layer_in_channels", "3")
    assert not problem.isVisible()
    assert find(tab, FeatureMapGrid, "feature_map_grid").count == 6


def test_far_too_many_maps_are_refused_before_they_are_made(qtbot: QtBot, tab: SimpleNamespace) -> None:
    type_into(qtbot, tab, QSpinBox, "layer_out_channels", "60000")
    assert "up to 67,108,864 are shown" in find(tab, QLabel, "layers_problem").text()


def test_a_broken_file_is_told_of_and_the_picture_stays(tab: SimpleNamespace, tmp_path: Path) -> None:
    broken = tmp_path / "broken.jpg"
    broken.write_text("no image")
    assert tab.page.accepts(broken)
    tab.page.open_paths([broken])
    assert tab.jobs.wait_idle()
    assert "broken.jpg is not an image" in tab.page.banner.text
    assert tab.page.maps.result.maps.shape == (6, 340, 510)


def test_an_image_sent_from_another_tab(tab: SimpleNamespace, tmp_path: Path) -> None:
    pixels = np.random.default_rng(0).integers(0, 256, (32, 40, 3)).astype(np.uint8)
    Image.fromarray(pixels).save(tmp_path / "small.png")
    tab.page.open_image(read_image(tmp_path / "small.png"), "small.png")
    assert tab.jobs.wait_idle()
    image = torch.from_numpy(pixels).permute(2, 0, 1).float() / 255
    assert np.array_equal(tab.page.maps.result.maps, tutorial_layer()(image[None])[0].detach().numpy())
    assert find(tab, QLabel, "layers_input_prepared").text() == ""


def open_tudui(tab: SimpleNamespace) -> nn.Module:
    torch.manual_seed(3)
    step = MODELS.step("tudui")
    module = step.build(num_classes=10).eval()
    names = tuple("abcdefghij")
    tab.session.set_open_model(OpenModel("tudui", module, step, names, (3, 32, 32), seed=3))
    return module


def test_without_a_model_the_way_to_one_is_shown(qtbot: QtBot, tab: SimpleNamespace) -> None:
    click(qtbot, tab, "layer_subject_model")
    with qtbot.waitSignal(tab.session.tab_requested) as asked:
        qtbot.mouseClick(find(tab, QPushButton, "layers_no_model_action"), LEFT)
    assert asked.args == ["models_tab"]
    assert find(tab, FeatureMapGrid, "feature_map_grid").count == 0


def test_a_layer_of_an_open_model(qtbot: QtBot, tab: SimpleNamespace) -> None:
    module = open_tudui(tab)
    click(qtbot, tab, "layer_subject_model")
    choose(tab, "layer_choice", "model.2 · Conv2d")
    image = Image.fromarray(load_sample_image("flower.jpg"))
    batch = functional.to_tensor(functional.resize(image, [32, 32]))[None]
    with torch.inference_mode():
        expected = module.model[:3](batch)[0].numpy()
    assert np.array_equal(tab.page.maps.result.maps, expected)
    assert find(tab, QLabel, "maps_output_shape").text() == "[1, 32, 16, 16]"
    assert find(tab, QLabel, "layers_input_prepared").text() == "resized to 32×32"
    choose(tab, "layer_choice", "model.8 · Linear")
    assert find(tab, QLabel, "maps_output_shape").text() == "[1, 10]"
    with torch.inference_mode():
        logits = module(batch)[0].numpy()
    assert np.array_equal(tab.page.maps.result.maps.ravel(), logits)


def test_a_trained_model_gets_its_own_transforms(
    qtbot: QtBot, tab: SimpleNamespace, trained_run: Path, shared_image: Path
) -> None:
    classifier = Classifier.load(trained_run / "checkpoints" / "best.pt")
    step = classifier.experiment.model
    model = OpenModel(
        "digits", classifier.model, step, classifier.classes, (3, 32, 32), classifier.path, classifier
    )
    tab.session.set_open_model(model)
    tab.session.tab_requested.emit("layers_tab")
    tab.page.open_paths([shared_image])
    assert tab.jobs.wait_idle()
    image = Image.open(shared_image)
    batch = classifier.pipeline_for(image).build()(image)[None]
    with torch.inference_mode():
        expected = classifier.model.model[0](batch)[0].numpy()
    assert np.array_equal(tab.page.maps.result.maps, expected)
    assert find(tab, QLabel, "layers_input_prepared").text() == "test transforms"


@pytest.fixture
def shared_image(tmp_path: Path) -> Path:
    path = tmp_path / "picture.png"
    pixels = np.random.default_rng(1).integers(0, 256, (32, 32, 3)).astype(np.uint8)
    Image.fromarray(pixels).save(path)
    return path


def test_a_vector_is_laid_out_row_by_row() -> None:
    maps, length = as_maps(torch.arange(70.0))
    assert maps.shape == (1, 3, 32)
    assert length == 70
    assert maps[0].ravel()[:70].tolist() == list(range(70))
    assert np.isnan(maps[0].ravel()[70:]).all()


def run_script(text: str, folder: Path) -> str:
    script = folder / "script.py"
    script.write_text(text, encoding="utf-8")
    return subprocess.run(
        [sys.executable, str(script)], capture_output=True, text=True, check=True, encoding="utf-8"
    ).stdout


def statistics_in(output: str) -> dict[int, dict[str, float]]:
    lines = re.findall(r"^(\d+): (.*)$", output, re.MULTILINE)
    return {
        int(number): {key: float(value) for key, value in re.findall(r"(\w+)=(\S+)", facts)}
        for number, facts in lines
    }


def test_the_code_gives_the_maps_shown(tab: SimpleNamespace, tmp_path: Path) -> None:
    printed = statistics_in(run_script(tab.page.code(), tmp_path))
    statistics = tab.page.maps.result.statistics
    assert len(printed) == 6
    for channel, facts in printed.items():
        assert facts["mean"] == pytest.approx(statistics.mean[channel], abs=6e-5)
        assert facts["max"] == pytest.approx(statistics.maximum[channel], abs=6e-5)


def test_the_code_of_a_models_layer_gives_the_maps_shown(
    qtbot: QtBot, tab: SimpleNamespace, tmp_path: Path
) -> None:
    open_tudui(tab)
    click(qtbot, tab, "layer_subject_model")
    choose(tab, "layer_choice", "model.2 · Conv2d")
    printed = statistics_in(run_script(tab.page.code(), tmp_path))
    statistics = tab.page.maps.result.statistics
    assert len(printed) == 32
    for channel, facts in printed.items():
        assert facts["mean"] == pytest.approx(statistics.mean[channel], abs=6e-5)
        assert facts["std"] == pytest.approx(statistics.std[channel], abs=6e-5)


# Arithmetic


@pytest.fixture
def arithmetic(qtbot: QtBot, tab: SimpleNamespace) -> SimpleNamespace:
    click(qtbot, tab, "layers_mode_arithmetic")
    return tab


def output(tab: SimpleNamespace) -> list[list[float]]:
    return find(tab, MatrixView, "arithmetic_output").values.tolist()


def test_the_tutorials_convolution(arithmetic: SimpleNamespace) -> None:
    assert output(arithmetic) == [[10, 12, 12], [18, 16, 16], [13, 9, 3]]
    formula = find(arithmetic, QLabel, "arithmetic_formula").text()
    assert "H_out = floor((5 + 2*0 - 1*(3 - 1) - 1) / 1) + 1 = 3" in formula


def test_stride_2(qtbot: QtBot, arithmetic: SimpleNamespace) -> None:
    type_into(qtbot, arithmetic, QLineEdit, "arithmetic_stride", "2")
    assert output(arithmetic) == [[10, 12], [13, 3]]


def test_padding_1(qtbot: QtBot, arithmetic: SimpleNamespace) -> None:
    type_into(qtbot, arithmetic, QLineEdit, "arithmetic_padding", "1")
    assert output(arithmetic)[0] == [1, 3, 4, 10, 8]


def test_hovering_an_output_cell_lights_its_window(qtbot: QtBot, arithmetic: SimpleNamespace) -> None:
    view = find(arithmetic, MatrixView, "arithmetic_output")
    qtbot.mouseMove(view, view.cell_rect(1, 0).center().toPoint())
    spelled = "0·1 + 1·2 + 2·1 + 1·0 + 2·1 + 1·0 + 5·2 + 2·1 + 3·0 = 18"
    assert find(arithmetic, QLabel, "arithmetic_sum").text() == spelled
    lit = find(arithmetic, MatrixView, "arithmetic_input").lit
    assert lit == {(row, column) for row in (1, 2, 3) for column in (0, 1, 2)}


def test_arrow_keys_walk_over_the_output(qtbot: QtBot, arithmetic: SimpleNamespace) -> None:
    view = find(arithmetic, MatrixView, "arithmetic_output")
    view.setFocus()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Down):
        qtbot.keyClick(view, key)
    assert view.current == (2, 1)
    assert find(arithmetic, QLabel, "arithmetic_sum").text().endswith("= 9")


def test_typing_into_the_input_changes_the_output(qtbot: QtBot, arithmetic: SimpleNamespace) -> None:
    view = find(arithmetic, MatrixView, "arithmetic_input")
    qtbot.mouseClick(view, LEFT, pos=view.cell_rect(0, 1).center().toPoint())
    qtbot.keyClicks(view, "9")
    qtbot.keyClick(find(arithmetic, QLineEdit, "arithmetic_input_editor"), Qt.Key.Key_Return)
    assert arithmetic.jobs.wait_idle()
    given = torch.tensor(view.values, dtype=torch.float32)
    kernel = torch.tensor(find(arithmetic, MatrixView, "arithmetic_kernel").values, dtype=torch.float32)
    assert given[0, 1] == 9
    expected = nn.functional.conv2d(given[None, None], kernel[None, None])[0, 0]
    assert output(arithmetic) == expected.tolist()
    arithmetic.session.undo_stack.undo()
    assert arithmetic.jobs.wait_idle()
    assert output(arithmetic)[0] == [10, 12, 12]


def test_max_pooling_with_ceil_mode(qtbot: QtBot, arithmetic: SimpleNamespace) -> None:
    choose(arithmetic, "arithmetic_operation", "MaxPool2d")
    type_into(qtbot, arithmetic, QLineEdit, "arithmetic_stride", "3")
    assert output(arithmetic) == [[2]]
    find(arithmetic, QWidget, "arithmetic_ceil_mode").click()
    assert arithmetic.jobs.wait_idle()
    assert output(arithmetic) == [[2, 3], [5, 1]]
    assert not find(arithmetic, MatrixView, "arithmetic_kernel").isVisible()


def test_relu_of_a_negative_number(qtbot: QtBot, arithmetic: SimpleNamespace) -> None:
    choose(arithmetic, "arithmetic_operation", "ReLU")
    view = find(arithmetic, MatrixView, "arithmetic_input")
    qtbot.mouseClick(view, LEFT, pos=view.cell_rect(0, 0).center().toPoint())
    qtbot.keyClicks(view, "-")
    editor = find(arithmetic, QLineEdit, "arithmetic_input_editor")
    qtbot.keyClicks(editor, "2.5")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert arithmetic.jobs.wait_idle()
    assert output(arithmetic)[0] == [0, 2, 0, 3, 1]
    assert find(arithmetic, QLabel, "arithmetic_sum").text() == "max(0, -2.5) = 0"


def test_impossible_settings_are_explained_and_can_be_put_right(
    qtbot: QtBot, arithmetic: SimpleNamespace
) -> None:
    type_into(qtbot, arithmetic, QLineEdit, "arithmetic_dilation", "3")
    problem = find(arithmetic, QLabel, "arithmetic_problem")
    assert "A window over 7 pixels does not fit into 5" in problem.text()
    assert problem.isVisible()
    qtbot.mouseClick(find(arithmetic, QPushButton, "arithmetic_reset"), LEFT)
    assert arithmetic.jobs.wait_idle()
    assert not problem.isVisible()
    assert output(arithmetic)[1] == [18, 16, 16]


def test_play_walks_and_pauses(qtbot: QtBot, arithmetic: SimpleNamespace) -> None:
    view = find(arithmetic, MatrixView, "arithmetic_output")
    qtbot.mouseClick(find(arithmetic, QWidget, "arithmetic_play"), LEFT)
    qtbot.waitUntil(lambda: view.current == (0, 1), timeout=3000)
    qtbot.mouseClick(find(arithmetic, QWidget, "arithmetic_play"), LEFT)
    qtbot.mouseClick(find(arithmetic, QWidget, "arithmetic_next"), LEFT)
    assert view.current == (0, 2)


def test_the_code_gives_the_output_matrix(qtbot: QtBot, arithmetic: SimpleNamespace, tmp_path: Path) -> None:
    type_into(qtbot, arithmetic, QLineEdit, "arithmetic_stride", "2")
    printed = run_script(arithmetic.page.code(), tmp_path)
    assert re.findall(r"[\d.]+", printed) == ["10.", "12.", "13.", "3."]
    choose(arithmetic, "arithmetic_operation", "Sigmoid")
    printed = run_script(arithmetic.page.code(), tmp_path)
    numbers = [float(text) for text in re.findall(r"\d+\.\d+", printed)]
    assert numbers == pytest.approx(np.ravel(output(arithmetic)), abs=1e-4)
