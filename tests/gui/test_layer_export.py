"""Maps as one picture, as numbers and for TensorBoard; and their code."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from PIL import Image
from PySide6.QtWidgets import QFileDialog, QLabel
from pytestqt.qtbot import QtBot
from torch.utils.tensorboard import SummaryWriter

from tests.gui.layer_runs import EPOCHS, maps_of, picture, put_run, train
from tests.unit.training.event_files import pictures_below
from tudui_gui.core.cancellation import CancelToken
from tudui_gui.core.errors import StorageError
from tudui_gui.gui.checkpoints import ModelCache, load_model
from tudui_gui.gui.imaging import Coloring, color_images, from_qimage
from tudui_gui.gui.session import Session
from tudui_gui.gui.tabs.layers import create
from tudui_gui.gui.tabs.layers.epochs_board import epochs_board_work
from tudui_gui.gui.tabs.layers.export_work import ShownMaps, board_work, numbers_work, sheet_work
from tudui_gui.gui.tabs.layers.work import Chain, Look, MapRequest, ModelLayer, OneLayer, compute
from tudui_gui.gui.workers import Jobs
from tudui_gui.layers.catalog import LAYERS
from tudui_gui.layers.sheet import sheet_layout
from tudui_gui.training.kept import kept_checkpoints

PICTURE = picture()
CONV = LAYERS.step("Conv2d", in_channels=3, out_channels=5, kernel_size=3)


def quiet(fraction: float, text: str) -> None:
    assert fraction <= 1


def shown(subject: Any = None, look: Look | None = None, **values: Any) -> ShownMaps:
    request = MapRequest((PICTURE,), subject or OneLayer(CONV, 3), **values)
    return ShownMaps(compute(request, CancelToken(), quiet), look or Look(), "my picture.png")


def run(work: Any, *given: Any) -> Any:
    return work(*given, CancelToken(), quiet)


def read(path: Path) -> np.ndarray:
    with Image.open(path) as image:
        assert image.format == "PNG"
        return np.asarray(image)


def colored(maps: ShownMaps, channels: list[int]) -> list[np.ndarray]:
    """The maps in viridis, each in its own range."""
    values = maps.result.maps[channels]
    ranges = np.stack([values.min((1, 2)), values.max((1, 2))], axis=1)
    return [from_qimage(image) for image in color_images(values, ranges, Coloring())]


@pytest.mark.parametrize("sort", ["index", "mean"])
def test_the_sheet_holds_the_maps_as_they_are_shown(tmp_path: Path, sort: str) -> None:
    maps = shown(look=Look(sort=sort))
    path = run(sheet_work, maps, tmp_path / "sheet.png")
    sheet = read(path)
    order = np.argsort(-maps.result.maps.mean((1, 2)), kind="stable") if sort == "mean" else np.arange(5)
    layout = sheet_layout(5, 30, 30, "a\nb")
    for number, pixels in enumerate(colored(maps, order.tolist())):
        x, y = layout.place(number)
        found = sheet[y : y + layout.map_height, x : x + layout.map_width]
        factor = layout.map_width // 30
        assert np.array_equal(found, pixels.repeat(factor, 0).repeat(factor, 1)), number


@pytest.mark.parametrize("budget", [2**24, 2000])
def test_numbers_are_all_of_the_output_kept_or_not(tmp_path: Path, budget: int) -> None:
    maps = shown(budget=budget)
    assert maps.result.is_partial == (budget == 2000)
    run(numbers_work, maps, tmp_path / "maps.npy")
    assert np.array_equal(np.load(tmp_path / "maps.npy"), shown().result.maps)


def test_numbers_of_a_vector_are_a_vector(tmp_path: Path) -> None:
    steps = (LAYERS.step("Flatten"), LAYERS.step("Linear", in_features=3072, out_features=7))
    maps = shown(Chain(steps, 1))
    run(numbers_work, maps, tmp_path / "vector.npy")
    assert np.array_equal(np.load(tmp_path / "vector.npy"), maps.result.outputs[0].numpy())


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for work, name in ((sheet_work, "a.png"), (numbers_work, "a.npy")):
        with pytest.raises(StorageError, match="cannot be written"):
            run(work, shown(), tmp_path / "file" / name)


def test_input_and_maps_for_tensorboard_as_summary_writer_writes_them(tmp_path: Path) -> None:
    maps = shown()
    written = run(board_work, maps)
    assert written.calls == (
        'add_image("my_picture.png/input", ..., dataformats="CHW")',
        'add_images("my_picture.png/Conv2d", ..., dataformats="NHWC")',
    )
    with SummaryWriter(str(tmp_path)) as writer:
        writer.add_image("my_picture.png/input", maps.result.prepared.tensor, 0, dataformats="CHW")
        batch = np.stack(colored(maps, list(range(5))))
        writer.add_images("my_picture.png/Conv2d", batch, 0, dataformats="NHWC")
    found, expected = pictures_below(written.folder), pictures_below(tmp_path)
    assert found.keys() == expected.keys()
    assert all(np.array_equal(found[key], expected[key]) for key in expected)


def test_as_the_tutorial_writes_them(tmp_path: Path) -> None:
    maps = shown(OneLayer(LAYERS.step("Conv2d"), 0), Look(as_tutorial=True))
    written = run(board_work, maps)
    assert written.calls[1] == 'add_images("my_picture.png/Conv2d_reshaped", ..., dataformats="NCHW")'
    with SummaryWriter(str(tmp_path)) as writer:
        writer.add_images("output", maps.result.outputs.reshape(-1, 3, 30, 30), 0)
    ((_, expected),) = pictures_below(tmp_path).items()
    assert np.array_equal(pictures_below(written.folder)["my_picture.png/Conv2d_reshaped", 0], expected)


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return train(tmp_path_factory.mktemp("runs") / "noise")


def test_every_epoch_is_a_step_of_one_tag(trained: Path) -> None:
    kept = kept_checkpoints(trained)
    maps = shown(ModelLayer(load_model(kept[-1].path), "model.0"))
    written = run(epochs_board_work, maps, kept, ModelCache())
    found = pictures_below(written.folder)
    steps = [step for tag, step in found if tag == "my_picture.png/model.0"]
    assert steps == list(range(1, EPOCHS + 1))
    for number in steps:
        result = replace(maps.result, maps=maps_of(kept[number - 1].path, "model.0", PICTURE).numpy())
        first = colored(replace(maps, result=result), [0])[0]
        assert np.array_equal(found["my_picture.png/model.0", number][:32, :32], first)


@pytest.fixture
def page(qtbot: QtBot, session: Session, jobs: Jobs, trained: Path) -> SimpleNamespace:
    """The page with a checkpoint's layer."""
    put_run(trained, "noise-1")
    made = create(session, jobs)
    qtbot.addWidget(made)
    made.resize(1024, 600)
    made.show()
    made.open_image(PICTURE, "drawn")
    assert jobs.wait_idle()
    return SimpleNamespace(page=made, jobs=jobs, session=session, export=made.maps.surroundings.export)


def test_menu_saves_where_a_person_says(page: SimpleNamespace, tmp_path: Path) -> None:
    told: list[str] = []
    page.session.notice.connect(lambda notice: told.append(notice.text))
    for action, name in (("maps_export_png", "maps.png"), ("maps_export_npy", "maps.npy")):
        next(each for each in page.export.menu().actions() if each.objectName() == action).trigger()
        dialog = page.export.findChild(QFileDialog, "maps_export_dialog")
        assert Path(dialog.selectedFiles()[0]).name == f"drawn-Conv2d.{name[-3:]}"
        dialog.fileSelected.emit(str(tmp_path / name))
        dialog.reject()
        dialog.setObjectName("")
        assert page.jobs.wait_idle()
    assert np.array_equal(np.load(tmp_path / "maps.npy"), page.page.maps.result.maps)
    assert read(tmp_path / "maps.png").shape[2] == 3
    assert [Path(text.removeprefix("Saved ")).name for text in told] == ["maps.png", "maps.npy"]


def test_what_cannot_be_saved_is_told_on_the_page(page: SimpleNamespace, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    told: list[object] = []
    page.page.maps.failed.connect(told.append)
    page.export._save_npy(str(tmp_path / "file" / "maps.npy"))
    assert page.jobs.wait_idle()
    assert "cannot be written" in str(told[0])


def test_the_line_tells_tag_axes_and_folder(page: SimpleNamespace) -> None:
    actions = {each.objectName(): each for each in page.export.menu().actions()}
    assert not actions["maps_export_epochs"].isEnabled()
    actions["maps_export_board"].trigger()
    assert page.jobs.wait_idle()
    line = page.page.findChild(QLabel, "maps_board_text")
    assert line.isVisible()
    assert 'add_images("drawn/Conv2d", ..., dataformats="NHWC")' in line.text()
    assert 'add_image("drawn/input", ..., dataformats="CHW")' in line.toolTip()
    assert page.export.line.command.startswith("tensorboard --logdir ")


def test_code_follows_chains_kernels_and_models(page: SimpleNamespace, trained: Path) -> None:
    panel = page.page.maps
    weights = panel.result.kernels.copy()
    weights[2] = 0.25
    panel.detail.weights_edited.emit(weights)
    assert page.jobs.wait_idle()
    assert "layer.weight[2] = torch.tensor([[0.25, 0.25, 0.25]" in page.page.code()
    panel.show_subject(ModelLayer(load_model(kept_checkpoints(trained)[0].path), "model.2"))
    assert page.jobs.wait_idle()
    assert "get_submodule('model.2')" in page.page.code()
    assert "epoch_1.pt" in page.page.code()
