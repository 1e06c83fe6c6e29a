"""What maps are made by: chains built here, modules of models, checkpoints, layers of other inputs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFileDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from torch import Tensor, nn

from tests.gui.layers_page import (
    LEFT,
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
from tudui_gui.gui.session import Session
from tudui_gui.gui.tabs.layers.page import LayersPage
from tudui_gui.gui.workers import Jobs
from tudui_gui.layers.catalog import LAYERS
from tudui_gui.prediction.classifier import Classifier

PICTURE = noise(24, 20)


@pytest.fixture
def page(qtbot: QtBot, session: Session, jobs: Jobs) -> Iterator[LayersPage]:
    with shown_page(qtbot, session, jobs, PICTURE) as made:
        yield made


def fresh(seed: int = 0, *layers: type[nn.Module]) -> nn.Sequential:
    torch.manual_seed(seed)
    return nn.Sequential(nn.Conv2d(3, 6, 3), nn.ReLU(), nn.MaxPool2d(3), *(each() for each in layers))


def shown_maps(page: LayersPage) -> np.ndarray:
    result = page.maps.result
    assert result is not None, text_of(page, "layers_problem")
    return result.maps


@pytest.mark.parametrize("name", list(LAYERS))
def test_every_layer_runs_or_says_why_not(page: LayersPage, name: str) -> None:
    choose(page, "layer_type", name)
    problem = text_of(page, "layers_problem")
    if name == "PixelShuffle":
        assert "PixelShuffle (PixelShuffle) cannot process an input of shape (1, 3, 20, 24)" in problem
        return
    assert problem == ""
    step, given = page.maps.subject.state.step, tensor_of(PICTURE)
    torch.manual_seed(0)
    layer = step.build()
    if name == "Conv1d":
        given = given.permute(0, 2, 1, 3)[0]
    elif name == "Conv3d":
        given = given[:, None]
    elif name == "MaxUnpool2d":
        given = nn.MaxPool2d(2, return_indices=True)(given)
    with torch.no_grad():
        expected = layer(*given) if isinstance(given, tuple) else layer(given)
    assert text_of(page, "maps_output_shape") == str(list(expected.shape))
    assert np.array_equal(np.sort(known(shown_maps(page))), np.sort(expected.flatten().numpy()))


def known(maps: np.ndarray) -> np.ndarray:
    """The numbers, without the places after a vector's last one."""
    return maps[~np.isnan(maps)]


def test_a_chain_shows_its_last_layer_and_any_other(qtbot: QtBot, page: LayersPage) -> None:
    press(qtbot, page, "layer_subject_chain")
    expected = fresh()(tensor_of(PICTURE))[0].detach().numpy()
    assert np.array_equal(shown_maps(page), expected)
    qtbot.mouseClick(find(page, QWidget, "chain_layer_0"), LEFT)
    assert page.jobs.wait_idle()
    assert np.array_equal(shown_maps(page), fresh()[:1](tensor_of(PICTURE))[0].detach().numpy())


def test_a_layer_is_added_moved_switched_off_and_removed(qtbot: QtBot, page: LayersPage) -> None:
    press(qtbot, page, "layer_subject_chain")
    page.maps.subject.chain.add.operation_picked.emit(LAYERS["Conv2d"])
    assert page.jobs.wait_idle()
    assert page.maps.subject.state.steps[-1].values["in_channels"] == 6  # what comes out of the pool
    assert text_of(page, "maps_output_shape") == "[1, 6, 4, 5]"
    box = find(page, QWidget, "chain_layer_2")
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert page.jobs.wait_idle()
    assert [step.name for step in page.maps.subject.state.steps] == ["Conv2d", "MaxPool2d", "ReLU", "Conv2d"]
    torch.manual_seed(0)
    model = nn.Sequential(nn.Conv2d(3, 6, 3), nn.MaxPool2d(3), nn.ReLU(), nn.Conv2d(6, 6, 3))
    assert np.array_equal(shown_maps(page), model(tensor_of(PICTURE))[0].detach().numpy())
    press(qtbot, page, "chain_layer_1_toggle")
    del model[1]
    assert np.array_equal(shown_maps(page), model(tensor_of(PICTURE))[0].detach().numpy())
    press(qtbot, page, "chain_layer_3_remove")
    assert np.array_equal(shown_maps(page), model[:2](tensor_of(PICTURE))[0].detach().numpy())


def test_edits_of_a_chain_can_be_undone(qtbot: QtBot, page: LayersPage) -> None:
    press(qtbot, page, "layer_subject_chain")
    before = page.maps.subject.state
    press(qtbot, page, "chain_layer_0_toggle")
    press(qtbot, page, "chain_layer_2_remove")
    for _ in range(2):
        page.session.undo_stack.undo()
    assert page.jobs.wait_idle()
    assert page.maps.subject.state == before
    assert np.array_equal(shown_maps(page), fresh()(tensor_of(PICTURE))[0].detach().numpy())


def test_a_number_typed_into_a_layer_of_the_chain(qtbot: QtBot, page: LayersPage) -> None:
    press(qtbot, page, "layer_subject_chain")
    field = find(page, QLineEdit, "chain_layer_2_kernel_size")
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "2")
    assert page.jobs.wait_idle()
    torch.manual_seed(0)
    model = nn.Sequential(nn.Conv2d(3, 6, 3), nn.ReLU(), nn.MaxPool2d(2))
    assert np.array_equal(shown_maps(page), model(tensor_of(PICTURE))[0].detach().numpy())


def test_an_empty_chain_and_one_that_does_not_fit_say_so(qtbot: QtBot, page: LayersPage) -> None:
    press(qtbot, page, "layer_subject_chain")
    page.maps.edits.edit(replace(page.maps.subject.state, steps=()))
    assert page.jobs.wait_idle()
    assert "The chain has no layer that is switched on. Add one." in text_of(page, "layers_problem")
    steps = (LAYERS.step("Conv2d"), LAYERS.step("Conv2d"))
    page.maps.edits.edit(replace(page.maps.subject.state, steps=steps))
    assert page.jobs.wait_idle()
    assert "Layer 1 (Conv2d) expects 3 channels, but gets 6." in text_of(page, "layers_problem")


def test_an_edited_kernel_changes_the_map_and_can_be_undone(page: LayersPage) -> None:
    weights = page.maps.result.kernels.copy()
    weights[2] = 1.0
    page.maps.edits.edit_kernels(weights)
    assert page.jobs.wait_idle()
    torch.manual_seed(0)
    layer = nn.Conv2d(3, 6, 3)
    plain = layer(tensor_of(PICTURE))[0].detach().numpy()
    with torch.no_grad():
        layer.weight[2] = 1.0
    assert np.array_equal(shown_maps(page), layer(tensor_of(PICTURE))[0].detach().numpy())
    page.maps.edits.reset_kernel(2)
    assert page.jobs.wait_idle()
    assert np.array_equal(shown_maps(page), plain)
    page.session.undo_stack.undo()
    assert page.jobs.wait_idle()
    assert np.array_equal(shown_maps(page), layer(tensor_of(PICTURE))[0].detach().numpy())


class Net(nn.Module):
    """Two outputs, a branch that is never taken."""

    def __init__(self) -> None:
        super().__init__()
        torch.manual_seed(1)
        self.body = nn.Sequential(nn.Conv2d(3, 5, 3), nn.ReLU(inplace=True))
        self.unused = nn.Conv2d(5, 5, 1)

    def forward(self, given: Tensor) -> tuple[Tensor, Tensor]:
        found = self.body(given)
        return found, found.sum()


class TwoInputs(nn.Module):
    def forward(self, left: Tensor, right: Tensor) -> Tensor:
        return left + right


def test_any_module_of_a_model_can_be_chosen(page: LayersPage) -> None:
    net = Net()
    open_model(page, net, (3, 20, 24))
    with torch.no_grad():
        conv = net.body[0](tensor_of(PICTURE))
    assert np.array_equal(shown_maps(page), conv[0].numpy())
    choose(page, "layer_choice", "body · Sequential")
    assert np.array_equal(shown_maps(page), conv[0].relu().numpy())
    choose(page, "layer_choice", "Net")
    assert np.array_equal(shown_maps(page), conv[0].relu().numpy())
    assert "The layer gives 2 tensors; the first is shown." in text_of(page, "maps_notes")
    assert not any(module._forward_hooks for module in net.modules())


def test_a_layer_that_is_never_reached_says_so(page: LayersPage) -> None:
    open_model(page, Net())
    choose(page, "layer_choice", "unused · Conv2d")
    assert text_of(page, "layers_problem").startswith("The layer unused is not used when the model runs.")
    assert page.maps.grid.count == 0


def test_models_that_pictures_do_not_fit_say_so(page: LayersPage) -> None:
    open_model(page, TwoInputs())
    assert "The model takes 2 inputs at once: left, right." in text_of(page, "layers_problem")
    open_model(page, nn.Sequential(nn.Conv2d(4, 2, 3)), (4, 24, 24))
    assert "The model takes 4 channels, but a picture has 3." in text_of(page, "layers_problem")
    open_model(page, nn.Sequential(nn.Conv2d(3, 2, 3), nn.Flatten(), nn.Linear(7, 2)))
    assert "Layer 2 (Linear) expects 7 numbers per image, but gets 968." in text_of(page, "layers_problem")


def test_a_model_of_one_channel_gets_a_gray_picture(page: LayersPage) -> None:
    model = nn.Sequential(nn.Conv2d(1, 2, 3))
    open_model(page, model, (1, 20, 24))
    gray = torch.from_numpy(np.array(PICTURE.image.convert("L"))).float()[None, None] / 255
    assert np.array_equal(shown_maps(page), model(gray)[0].detach().numpy())
    assert "The picture was made gray" in text_of(page, "maps_notes").replace("the picture", "The picture")


def test_another_model_without_the_chosen_layer_shows_its_first(page: LayersPage) -> None:
    open_model(page, Net())
    choose(page, "layer_choice", "body.1 · ReLU")
    model = nn.Sequential(nn.Conv2d(3, 2, 3), nn.Sigmoid())
    open_model(page, model)
    assert find(page, QComboBox, "layer_choice").currentText() == "0 · Conv2d"
    assert page.maps.result.maps.shape == (2, 22, 22)


def test_a_checkpoint_is_opened_from_a_file(
    qtbot: QtBot, page: LayersPage, trained_run: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = trained_run / "checkpoints" / "best.pt"
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    open_model(page, Net())
    press(qtbot, page, "layers_open_checkpoint")
    classifier = Classifier.load(path)
    batch = classifier.pipeline_for(PICTURE.image).build()(PICTURE.image)[None]
    with torch.inference_mode():
        expected = classifier.model.model[0](batch)[0].numpy()
    assert np.array_equal(shown_maps(page), expected)
    assert text_of(page, "layers_input_prepared") == "test transforms"
    models = find(page, QComboBox, "layers_model_choice")
    assert [models.itemText(row) for row in range(models.count())] == ["Net", "run · best"]
    choose(page, "layers_model_choice", "Net")
    assert page.maps.result.maps.shape[0] == 5


def test_a_file_that_is_no_checkpoint_is_told_of(
    qtbot: QtBot, page: LayersPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "broken.pth"
    broken.write_bytes(b"nothing")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(broken), ""))
    open_model(page, Net())
    press(qtbot, page, "layers_open_checkpoint")
    assert "broken.pth" in page.banner.text
    assert page.maps.result.maps.shape[0] == 5


def test_a_layer_keeps_its_values_while_another_is_looked_at(page: LayersPage) -> None:
    show_layer(page, LAYERS.step("Conv2d", out_channels=2))
    choose(page, "layer_type", "ReLU")
    choose(page, "layer_type", "Conv2d")
    assert page.maps.result.maps.shape == (2, 18, 22)
