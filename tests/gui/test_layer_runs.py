"""The checkpoints of a run on a slider, and a second model beside the first."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import TypeVar

import numpy as np
import pytest
import torch
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QSlider, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from tests.gui.layer_runs import maps_of, picture, put_run, train
from tudui_gui.core.paths import runs_root
from tudui_gui.gui.checkpoints import ModelCache, load_model
from tudui_gui.gui.session import Session
from tudui_gui.gui.tabs.layers import create
from tudui_gui.gui.tabs.layers.compare_work import difference
from tudui_gui.gui.workers import Jobs

W = TypeVar("W", bound=QWidget)
PICTURE = picture()


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run with a checkpoint of each of three epochs."""
    return train(tmp_path_factory.mktemp("runs") / "noise")


@pytest.fixture
def page(qtbot: QtBot, session: Session, jobs: Jobs, trained: Path) -> Iterator[SimpleNamespace]:
    """The page on its own in the mode for models, over one run."""
    put_run(trained, "noise-1")
    made = create(session, jobs)
    qtbot.addWidget(made)
    made.resize(1024, 600)
    made.show()
    made.open_image(PICTURE, "drawn")
    made.maps.show_model()
    assert jobs.wait_idle()
    yield SimpleNamespace(page=made, jobs=jobs, session=session)
    jobs.cancel_all()


def find(page: SimpleNamespace, kind: type[W], name: str) -> W:
    widget = page.page.findChild(kind, name)
    assert widget is not None, name
    return widget


def choose_run(page: SimpleNamespace, combo: str, name: str) -> None:
    runs = find(page, QComboBox, combo)
    place = runs.findText(name)
    assert place >= 0
    runs.setCurrentIndex(place)
    runs.activated.emit(place)
    assert page.jobs.wait_idle()


def checkpoint(number: int, run: str = "noise-1") -> Path:
    return runs_root() / run / "checkpoints" / f"epoch_{number}.pt"


def test_a_run_is_offered_and_its_last_epoch_shown(page: SimpleNamespace) -> None:
    assert find(page, QWidget, "epochs_bar").isVisible()
    assert page.page.maps.result is None
    choose_run(page, "epochs_run", "noise-1")
    slider = find(page, QSlider, "epochs_slider")
    assert (slider.maximum(), slider.value()) == (2, 2)
    result = page.page.maps.result
    assert np.array_equal(result.maps, maps_of(checkpoint(3), "model.0", PICTURE).numpy())
    assert find(page, QLabel, "epochs_text").text().startswith("epoch 3 · ")


def test_arrow_keys_go_epoch_by_epoch_with_the_same_layer_and_channel(
    qtbot: QtBot, page: SimpleNamespace
) -> None:
    choose_run(page, "epochs_run", "noise-1")
    layers = find(page, QComboBox, "layer_choice")
    layers.setCurrentIndex(layers.findData("model.2"))
    assert page.jobs.wait_idle()
    page.page.maps.grid.select(5)
    assert page.jobs.wait_idle()
    slider = find(page, QSlider, "epochs_slider")
    for number in (2, 1):
        qtbot.keyClick(slider, Qt.Key.Key_Left)
        assert page.jobs.wait_idle()
        shown = page.page.maps.detail.detail
        assert slider.value() == number - 1
        assert shown.channel == 5
        expected = maps_of(checkpoint(number), "model.2", PICTURE)
        assert np.array_equal(page.page.maps.result.maps, expected.numpy())
        assert np.array_equal(shown.values, expected[5].numpy())
    assert [model.path for model in page.page.maps.models] == [checkpoint(1)]


def test_the_newest_wins_when_the_slider_is_dragged(page: SimpleNamespace) -> None:
    choose_run(page, "epochs_run", "noise-1")
    slider = find(page, QSlider, "epochs_slider")
    for place in (0, 1, 2, 1, 0):
        slider.setValue(place)
    assert page.jobs.wait_idle()
    assert slider.value() == 0
    assert page.page.maps.result.request.subject.model.path == checkpoint(1)


def test_a_damaged_checkpoint_is_named_and_the_maps_stay(page: SimpleNamespace) -> None:
    choose_run(page, "epochs_run", "noise-1")
    before = page.page.maps.result
    checkpoint(2).unlink()
    checkpoint(2).write_bytes(b"PK\x03\x04 no more")
    find(page, QSlider, "epochs_slider").setValue(1)
    assert page.jobs.wait_idle()
    problem = find(page, QLabel, "epochs_problem")
    assert problem.isVisible()
    assert "epoch_2.pt" in problem.text()
    assert page.page.maps.result is before
    find(page, QSlider, "epochs_slider").setValue(0)
    assert page.jobs.wait_idle()
    assert not problem.isVisible()
    assert page.page.maps.result.request.subject.model.path == checkpoint(1)


def test_a_run_without_epochs_says_how_to_keep_them(page: SimpleNamespace) -> None:
    for number in (1, 2, 3):
        checkpoint(number).unlink()
    choose_run(page, "epochs_run", "noise-1")
    hint = find(page, QLabel, "epochs_hint")
    assert hint.isVisible()
    assert "keep_epochs" in hint.text()
    assert page.page.maps.result is not None


def test_a_training_that_goes_on_adds_an_epoch(page: SimpleNamespace) -> None:
    last = checkpoint(3).read_bytes()
    choose_run(page, "epochs_run", "noise-1")
    slider = find(page, QSlider, "epochs_slider")
    slider.setValue(0)
    assert page.jobs.wait_idle()
    kept = page.page.maps.surroundings.epochs
    assert [each.epoch for each in kept.checkpoints] == [1, 2, 3]
    checkpoint(4).write_bytes(last)
    page.session.set_checkpoint(checkpoint(4))
    assert page.jobs.wait_idle()
    assert [each.epoch for each in kept.checkpoints][-1] == 4
    assert slider.maximum() == len(kept.checkpoints) - 1
    assert slider.value() == 0


def test_the_slider_belongs_to_models_alone(page: SimpleNamespace) -> None:
    bar = find(page, QWidget, "epochs_bar")
    page.session.undo_stack.undo()
    assert page.jobs.wait_idle()
    assert not bar.isVisible()


def test_two_epochs_side_by_side(qtbot: QtBot, page: SimpleNamespace) -> None:
    choose_run(page, "epochs_run", "noise-1")
    qtbot.mouseClick(find(page, QToolButton, "maps_compare"), Qt.MouseButton.LeftButton)
    assert page.jobs.wait_idle()
    choose_run(page, "compare_epochs_run", "noise-1")
    find(page, QSlider, "compare_epochs_slider").setValue(0)
    assert page.jobs.wait_idle()
    compare = page.page.maps.surroundings.compare
    expected = maps_of(checkpoint(1), "model.0", PICTURE)
    assert np.array_equal(compare.compared.arranged.result.maps, expected.numpy())
    first = maps_of(checkpoint(3), "model.0", PICTURE)

    page.page.maps.grid.select(7)
    assert page.jobs.wait_idle()
    assert compare.grid.current == 7
    assert np.array_equal(compare.compared.detail.values, expected[7].numpy())
    compare.grid.select(4)
    assert page.jobs.wait_idle()
    assert page.page.maps.detail.detail.channel == 4
    found = compare.compared.difference
    assert found.distance == pytest.approx(float((first[4] - expected[4]).abs().mean()), rel=1e-5)
    pair = torch.stack([first[4].flatten(), expected[4].flatten()])
    assert found.correlation == pytest.approx(float(torch.corrcoef(pair)[0, 1]), abs=1e-4)
    assert find(page, QLabel, "compare_text").text().startswith("4 μ ")

    qtbot.mouseClick(find(page, QToolButton, "compare_close"), Qt.MouseButton.LeftButton)
    assert not compare.isVisible()
    assert page.page.maps.result is not None


def test_the_second_model_takes_the_order_and_the_layer_of_the_first(page: SimpleNamespace) -> None:
    choose_run(page, "epochs_run", "noise-1")
    find(page, QToolButton, "maps_compare").click()
    assert page.jobs.wait_idle()
    choose_run(page, "compare_epochs_run", "noise-1")
    find(page, QSlider, "compare_epochs_slider").setValue(1)
    find(page, QComboBox, "map_sort").setCurrentIndex(1)
    assert page.jobs.wait_idle()
    compare = page.page.maps.surroundings.compare
    means = maps_of(checkpoint(3), "model.0", PICTURE).double().mean((1, 2))
    order = torch.argsort(-means, stable=True).tolist()
    assert compare.compared.arranged.order.tolist() == order
    layers = find(page, QComboBox, "layer_choice")
    layers.setCurrentIndex(layers.findData("model.4"))
    assert page.jobs.wait_idle()
    expected = maps_of(checkpoint(2), "model.4", PICTURE)
    assert np.array_equal(compare.compared.arranged.result.maps, expected.numpy())
    other = find(page, QComboBox, "compare_layer")
    other.setCurrentIndex(other.findData("model.2"))
    other.activated.emit(other.currentIndex())
    assert page.jobs.wait_idle()
    expected = maps_of(checkpoint(2), "model.2", PICTURE)
    assert np.array_equal(compare.compared.arranged.result.maps, expected.numpy())


def test_a_file_that_cannot_be_compared_is_told(page: SimpleNamespace, tmp_path: Path) -> None:
    (tmp_path / "no.pt").write_bytes(b"nothing")
    told: list[object] = []
    page.page.maps.failed.connect(told.append)
    page.page.maps.surroundings.compare.open_file(str(tmp_path / "no.pt"))
    assert page.jobs.wait_idle()
    assert "no.pt" in str(told[0])


def test_maps_of_other_sizes_have_no_difference() -> None:
    found = difference(np.ones((2, 2), np.float32), np.ones((3, 3), np.float32), (1.0, 1.0))
    assert found.means == (1.0, 1.0)
    assert np.isnan(found.distance)
    odd = np.full((2, 2), np.nan, np.float32)
    assert np.isnan(difference(odd, odd, (0.0, 0.0)).distance)
    same = difference(np.ones((2, 2), np.float32), np.zeros((2, 2), np.float32), (1.0, 0.0))
    assert same.distance == 1.0
    assert np.isnan(same.correlation)


def test_the_cache_reads_a_file_again_that_was_written_anew(trained: Path) -> None:
    run = put_run(trained, "noise-2")
    path = run / "checkpoints" / "epoch_1.pt"
    cache = ModelCache()
    first = cache.load(path)
    assert cache.load(path) is first
    other = (run / "checkpoints" / "epoch_3.pt").read_bytes()
    path.unlink()
    path.write_bytes(other)
    again = cache.load(path)
    assert again is not first
    expected = load_model(run / "checkpoints" / "epoch_3.pt").module.state_dict()
    assert all(torch.equal(tensor, expected[name]) for name, tensor in again.module.state_dict().items())
    assert len(cache) == 1
