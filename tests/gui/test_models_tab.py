"""The Models tab, operated by mouse and keyboard; its numbers against PyTorch."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, TypeVar

import pytest
import torch
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QListWidget, QPlainTextEdit, QPushButton, QSpinBox, QWidget
from pytestqt.qtbot import QtBot
from torch import nn
from torchvision import models as torchvision_models

from tudui_gui.core.paths import resource
from tudui_gui.datasets.catalog import DATASETS, open_dataset
from tudui_gui.gui import theme
from tudui_gui.gui.session import Session
from tudui_gui.gui.tabs.models import create
from tudui_gui.gui.tabs.models.layer_table import LayerTable
from tudui_gui.gui.workers import Jobs, TrainingController
from tudui_gui.models.zoo import MODELS
from tudui_gui.training.experiment import Experiment

W = TypeVar("W", bound=QWidget)
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def tab(qtbot: QtBot, qapp: Any) -> Iterator[SimpleNamespace]:
    """The page on its own, 1024x600, showing the experiment's model."""
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


def choose_model(qtbot: QtBot, tab: SimpleNamespace, name: str) -> None:
    zoo = find(tab, QListWidget, "model_zoo")
    item = zoo.findItems(name, Qt.MatchFlag.MatchExactly)[0]
    zoo.scrollToItem(item)
    qtbot.mouseClick(zoo.viewport(), LEFT, pos=zoo.visualItemRect(item).center())
    assert tab.jobs.wait_idle(60_000)


def select_module(qtbot: QtBot, tab: SimpleNamespace, name: str) -> None:
    table = find(tab, LayerTable, "layer_table")
    index = table.modules.find(name)
    table.scrollTo(index)
    qtbot.mouseClick(table.viewport(), LEFT, pos=table.visualRect(index).center())
    assert tab.jobs.wait_idle()


def rows(tab: SimpleNamespace) -> dict[str, tuple[str, ...]]:
    """Dotted name -> the texts of the columns after the first."""
    modules = find(tab, LayerTable, "layer_table").modules
    names = [row.name for row in tab.page.shown.summary.rows]
    return {
        name: tuple(modules.find(name).siblingAtColumn(column).data() for column in range(1, 6))
        for name in names
    }


def fit(tab: SimpleNamespace) -> str:
    label = find(tab, QLabel, "model_fit")
    return label.text() if label.isVisible() else ""


def test_tudui_at_the_start(tab: SimpleNamespace) -> None:
    shown = rows(tab)
    assert find(tab, QLabel, "model_parameters").text() == "145,578 parameters"
    assert find(tab, QLabel, "model_multiply_adds").text() == "12.4 M multiply-adds"
    assert shown["model.0"][:4] == ("Conv2d", "[1, 32, 32, 32]", "2,432", "2,457,600")
    assert shown["model.5"][:3] == ("MaxPool2d", "[1, 64, 4, 4]", "–")
    assert shown["model.6"][1] == "[1, 1024]"
    assert shown["model.8"][:3] == ("Linear", "[1, 10]", "650")
    assert shown[""][2] == "145,578"
    assert tab.session.open_model.name == "tudui"


def test_weights_are_those_of_the_seed(qtbot: QtBot, tab: SimpleNamespace) -> None:
    torch.manual_seed(tab.session.experiment.seed)
    expected = MODELS.step("tudui").build(num_classes=10)
    assert torch.equal(tab.session.open_model.module.model[0].weight, expected.model[0].weight)


def test_the_global_generator_is_left_alone(qtbot: QtBot, tab: SimpleNamespace) -> None:
    torch.manual_seed(5)
    choose_model(qtbot, tab, "lenet")
    drawn = torch.rand(1)
    torch.manual_seed(5)
    assert torch.equal(drawn, torch.rand(1))


def test_a_module_shows_its_tensors(qtbot: QtBot, tab: SimpleNamespace) -> None:
    select_module(qtbot, tab, "model.2")
    weight = tab.session.open_model.module.model[2].weight.detach()
    tensors = find(tab, QListWidget, "parameter_list")
    assert [tensors.item(row).text() for row in range(2)] == ["weight  [32, 32, 5, 5]", "bias  [32]"]
    facts = dict(
        line.split(maxsplit=1)
        for line in find(tab, QLabel, "parameter_facts").text().splitlines()
        if ":" not in line
    )
    assert facts["shape"] == "[32, 32, 5, 5]"
    assert facts["dtype"] == "float32"
    assert float(facts["min"]) == pytest.approx(weight.min().item(), rel=1e-3)
    assert float(facts["max"]) == pytest.approx(weight.max().item(), rel=1e-3)
    assert float(facts["mean"]) == pytest.approx(weight.mean().item(), rel=2e-3, abs=1e-7)
    assert float(facts["std"]) == pytest.approx(weight.std(unbiased=False).item(), rel=1e-3)
    qtbot.keyClick(tensors, Qt.Key.Key_Down)
    assert "[32]" in find(tab, QLabel, "parameter_facts").text()


def test_a_module_without_parameters_says_so(qtbot: QtBot, tab: SimpleNamespace) -> None:
    select_module(qtbot, tab, "model.1")
    assert find(tab, QLabel, "module_note").text() == "Nothing to learn here: no parameters."
    select_module(qtbot, tab, "model")
    assert "145,578 parameters in the modules inside" in find(tab, QLabel, "module_note").text()


def test_the_text_is_print_model(qtbot: QtBot, tab: SimpleNamespace) -> None:
    click(qtbot, tab, "model_view_text")
    text = find(tab, QPlainTextEdit, "model_text")
    assert text.isVisible()
    assert text.toPlainText() == str(tab.session.open_model.module)


def test_another_model_of_the_zoo(qtbot: QtBot, tab: SimpleNamespace) -> None:
    choose_model(qtbot, tab, "resnet18")
    expected = torchvision_models.resnet18(num_classes=10)
    count = sum(parameter.numel() for parameter in expected.parameters())
    assert find(tab, QLabel, "model_parameters").text() == f"{count:,} parameters"
    assert rows(tab)["layer4"][1] == "[1, 512, 7, 7]"
    assert tab.session.open_model.input_shape == (3, 224, 224)


def test_outputs_and_input_can_be_set(qtbot: QtBot, tab: SimpleNamespace) -> None:
    field = find(tab, QSpinBox, "model_input_classes")
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "3")
    assert tab.jobs.wait_idle()
    assert rows(tab)["model.8"][1] == "[1, 3]"
    assert tab.session.open_model.classes == ("0", "1", "2")


def test_an_input_the_model_cannot_take_is_explained(qtbot: QtBot, tab: SimpleNamespace) -> None:
    field = find(tab, QLineEdit, "model_input_size")
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "48")
    assert tab.jobs.wait_idle()
    assert "cannot take images of shape [3, 48, 48]" in fit(tab)
    assert rows(tab)["model.6"][1] == "[1, 1024]"  # the model before stays
    field.selectAll()
    qtbot.keyClicks(field, "32")
    assert tab.jobs.wait_idle()
    assert fit(tab) == ""


def test_the_open_data_set_fits_or_not(qtbot: QtBot, tab: SimpleNamespace) -> None:
    tab.session.set_dataset(open_dataset(DATASETS.step("digits")))
    assert tab.jobs.wait_idle()
    assert fit(tab).startswith("Fits the images of digits")
    experiment = tab.session.experiment
    resize = [{"name": "Resize", "size": [48, 48]}, {"name": "ToTensor"}]
    tab.session.set_experiment(
        Experiment.from_dict({**experiment.to_dict(), "transforms": {"train": resize}})
    )
    assert tab.jobs.wait_idle()
    assert "expects images of shape [3, 32, 32], but they have shape [3, 48, 48]" in fit(tab)


def test_the_data_set_says_how_many_outputs(qtbot: QtBot, tab: SimpleNamespace) -> None:
    dataset = open_dataset(DATASETS.step("shapes"))
    tab.session.set_dataset(dataset)
    assert tab.jobs.wait_idle()
    assert rows(tab)["model.8"][1] == f"[1, {len(dataset.classes)}]"
    assert tab.session.open_model.classes == tuple(dataset.classes)


def test_use_for_training_can_be_undone(qtbot: QtBot, tab: SimpleNamespace) -> None:
    assert not find(tab, QPushButton, "use_model_for_training").isEnabled()
    choose_model(qtbot, tab, "lenet")
    click(qtbot, tab, "use_model_for_training")
    assert tab.session.experiment.model == MODELS.step("lenet")
    assert not find(tab, QPushButton, "use_model_for_training").isEnabled()
    tab.session.undo_stack.undo()
    assert tab.session.experiment.model.name == "tudui"
    assert find(tab, QPushButton, "use_model_for_training").isEnabled()


def test_feature_maps_leads_to_layers(qtbot: QtBot, tab: SimpleNamespace) -> None:
    with qtbot.waitSignal(tab.session.tab_requested) as asked:
        qtbot.mouseClick(find(tab, QPushButton, "show_feature_maps"), LEFT)
    assert asked.args == ["layers_tab"]
    assert tab.session.open_model is tab.page.shown.model


def test_the_newest_choice_wins(qtbot: QtBot, tab: SimpleNamespace) -> None:
    zoo = find(tab, QListWidget, "model_zoo")
    zoo.setFocus()
    for _ in range(3):
        qtbot.keyClick(zoo, Qt.Key.Key_Down)
    qtbot.keyClick(zoo, Qt.Key.Key_Home)
    qtbot.keyClick(zoo, Qt.Key.Key_Down)
    assert tab.jobs.wait_idle(60_000)
    assert tab.session.open_model.name == "lenet"


def test_a_checkpoint_opens_with_its_weights(tab: SimpleNamespace, trained_run: Path) -> None:
    path = trained_run / "checkpoints" / "best.pt"
    assert tab.page.accepts(path)
    tab.page.open_paths([path])
    assert tab.jobs.wait_idle()
    weights = torch.load(path, weights_only=True)["model"]
    opened = tab.session.open_model
    assert torch.equal(opened.module.model[0].weight, weights["model.0.weight"])
    assert opened.classifier is not None
    assert opened.path == path
    assert find(tab, QLabel, "model_title").text() == f"{trained_run.name} · best"


def test_plain_weights_ask_for_their_model(qtbot: QtBot, tab: SimpleNamespace, tmp_path: Path) -> None:
    path = tmp_path / "lenet.pth"
    module = MODELS.step("lenet").build(num_classes=4)
    torch.save(module.state_dict(), path)
    tab.page.open_paths([path])
    assert tab.jobs.wait_idle()
    assert "lenet.pth holds weights alone" in tab.page.banner.text
    choose_model(qtbot, tab, "lenet")
    assert find(tab, QPushButton, "banner_action").text() == "Load into lenet"
    click(qtbot, tab, "banner_action")
    assert torch.equal(tab.session.open_model.module.model[0].weight, module.model[0].weight)
    assert rows(tab)["model.11"][1] == "[1, 4]"


def test_weights_of_another_model_are_refused(qtbot: QtBot, tab: SimpleNamespace, tmp_path: Path) -> None:
    path = tmp_path / "lenet.pth"
    torch.save(MODELS.step("lenet").build(num_classes=4).state_dict(), path)
    tab.page.open_paths([path])
    assert tab.jobs.wait_idle()
    click(qtbot, tab, "banner_action")
    assert "lenet.pth" in tab.page.banner.text
    assert tab.page.banner.isVisible()
    assert tab.session.open_model.name == "tudui"


@pytest.mark.parametrize("content", [b"", b"no checkpoint at all", b"PK\x03\x04 cut off"])
def test_a_broken_file_is_told_of_in_place(tab: SimpleNamespace, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "broken.pt"
    path.write_bytes(content)
    tab.page.open_paths([path])
    assert tab.jobs.wait_idle()
    assert "broken.pt" in tab.page.banner.text
    assert tab.session.open_model.name == "tudui"


def test_a_trained_model_opens_by_itself(tab: SimpleNamespace, trained_run: Path) -> None:
    tab.session.set_checkpoint(trained_run / "checkpoints" / "best.pt")
    assert tab.jobs.wait_idle()
    assert tab.session.open_model.classifier is not None
    assert isinstance(tab.session.open_model.module, nn.Module)


def test_a_trained_model_is_offered_where_another_was_chosen(
    qtbot: QtBot, tab: SimpleNamespace, trained_run: Path
) -> None:
    choose_model(qtbot, tab, "lenet")
    tab.session.set_checkpoint(trained_run / "checkpoints" / "best.pt")
    assert tab.jobs.wait_idle()
    assert tab.session.open_model.name == "lenet"
    click(qtbot, tab, "banner_action")
    assert tab.session.open_model.path == trained_run / "checkpoints" / "best.pt"


def test_a_checkpoint_that_vanished_is_a_notice(
    qtbot: QtBot, tab: SimpleNamespace, trained_run: Path, tmp_path: Path
) -> None:
    path = tmp_path / "gone.pt"
    shutil.copy(trained_run / "checkpoints" / "best.pt", path)
    path.unlink()
    with qtbot.waitSignal(tab.session.notice) as told:
        tab.session.set_checkpoint(path)
    assert told.args[0].is_warning
    assert tab.session.open_model.name == "tudui"


def test_the_code_gives_the_numbers_shown(tab: SimpleNamespace, tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(tab.page.code(), encoding="utf-8")
    printed = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=True).stdout
    assert "parameters: 145578" in printed
    for name, (_, shape, count, *_) in rows(tab).items():
        expected = f"{name or 'model'}: .* {re.escape(shape.replace('[', '(').replace(']', ')'))} {count}"
        assert re.search(expected.replace(",", ",?").replace("–", "0"), printed), (name, expected)
