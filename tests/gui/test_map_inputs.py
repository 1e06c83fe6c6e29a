"""What goes in: batches of the open data set, selected images, one picture of a batch after another."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from PySide6.QtWidgets import QSpinBox, QWidget
from pytestqt.qtbot import QtBot
from torch import nn
from torchvision.transforms import functional

from tests.gui.layers_page import find, noise, open_model, press, show_layer, shown_page, text_of
from tudui_gui.core.cancellation import CancelToken
from tudui_gui.core.errors import ImageError, TransformError
from tudui_gui.datasets.catalog import DATASETS, open_dataset
from tudui_gui.gui.session import Session
from tudui_gui.gui.tabs.layers.input_reading import batch_reader, selection_reader
from tudui_gui.gui.tabs.layers.page import LayersPage
from tudui_gui.gui.tabs.layers.work import MapRequest, OneLayer, prepare
from tudui_gui.gui.workers import Jobs
from tudui_gui.layers.catalog import LAYERS


@pytest.fixture
def page(qtbot: QtBot, session: Session, jobs: Jobs) -> Iterator[LayersPage]:
    session.set_dataset(open_dataset(DATASETS.step("digits")))
    with shown_page(qtbot, session, jobs) as made:
        yield made


def images_of_test(page: LayersPage, *places: int) -> torch.Tensor:
    test = page.session.dataset.test
    return torch.stack([functional.to_tensor(test.image(place)) for place in places])


def take(qtbot: QtBot, page: LayersPage, count: int) -> None:
    find(page, QSpinBox, "layers_batch_size").setValue(count)
    press(qtbot, page, "layers_dataset_image")


def test_a_batch_of_the_data_set_goes_in_together(qtbot: QtBot, page: LayersPage) -> None:
    show_layer(page, LAYERS.step("BatchNorm2d"))
    take(qtbot, page, 4)
    expected = nn.BatchNorm2d(3)(images_of_test(page, 0, 1, 2, 3)).detach()
    assert np.array_equal(page.maps.result.maps, expected[0].numpy())
    assert text_of(page, "maps_input_shape") == str(list(expected.shape))
    assert text_of(page, "layers_batch_place") == "1/4"


def test_the_pictures_of_a_batch_one_after_another(qtbot: QtBot, page: LayersPage) -> None:
    take(qtbot, page, 3)
    torch.manual_seed(0)
    expected = nn.Conv2d(3, 6, 3)(images_of_test(page, 0, 1, 2)).detach().numpy()
    for place in (1, 2):
        press(qtbot, page, "layers_batch_next")
        assert np.allclose(page.maps.result.maps, expected[place], atol=1e-6)
        assert page.maps.result.batch == (place, 3)
        assert text_of(page, "layers_batch_place") == f"{place + 1}/3"
    assert not find(page, QWidget, "layers_batch_next").isEnabled()
    press(qtbot, page, "layers_batch_previous")
    assert np.allclose(page.maps.result.maps, expected[1], atol=1e-6)


def test_the_next_batch_is_of_the_next_images(qtbot: QtBot, page: LayersPage) -> None:
    show_layer(page, LAYERS.step("ReLU"))
    take(qtbot, page, 2)
    take(qtbot, page, 2)
    assert np.array_equal(page.maps.result.maps, images_of_test(page, 2)[0].numpy())
    assert text_of(page, "layers_input_name").startswith("digits test 2 · ")


def test_selected_images_go_in(qtbot: QtBot, page: LayersPage) -> None:
    show_layer(page, LAYERS.step("ReLU"))
    page.session.set_chosen_images(page.session.dataset.test, (9, 5))
    press(qtbot, page, "layers_selected_images")
    assert page.maps.result.batch == (0, 2)
    assert np.array_equal(page.maps.result.maps, images_of_test(page, 9)[0].numpy())


def test_the_current_image_stands_for_a_selection(qtbot: QtBot, page: LayersPage) -> None:
    show_layer(page, LAYERS.step("ReLU"))
    page.session.set_current_image(page.session.dataset.test, 7)
    press(qtbot, page, "layers_selected_images")
    assert np.array_equal(page.maps.result.maps, images_of_test(page, 7)[0].numpy())


def test_without_a_selection_it_says_so(qtbot: QtBot, page: LayersPage) -> None:
    with qtbot.waitSignal(page.session.notice) as told:
        press(qtbot, page, "layers_selected_images")
    assert told.args[0].text == "No image is selected on the Datasets tab."
    assert page.maps.result.batch == (0, 1)


def test_without_a_data_set_there_is_nothing_to_take(page: LayersPage) -> None:
    page.session.set_dataset(None)
    for name in ("layers_dataset_image", "layers_selected_images", "layers_batch_size"):
        assert not find(page, QWidget, name).isEnabled()


def test_a_model_is_given_each_picture_of_a_batch_by_itself(qtbot: QtBot, page: LayersPage) -> None:
    take(qtbot, page, 3)
    model = nn.Sequential(nn.Conv2d(3, 2, 3), nn.BatchNorm2d(2))
    open_model(page, model, (3, 16, 16))
    page.maps.edits.choose_listed("1")
    press(qtbot, page, "layers_batch_next")
    picture = page.session.dataset.test.image(1)
    batch = functional.to_tensor(functional.resize(picture, [16, 16]))[None]
    with torch.inference_mode():
        assert np.array_equal(page.maps.result.maps, model(batch)[0].numpy())
    assert page.maps.result.batch == (1, 3)


def nothing(fraction: float, text: str) -> None:
    """Progress that nobody follows."""


def folder_with_a_broken_file(folder: Path) -> Path:
    for name in ("ants", "bees"):
        (folder / name).mkdir(parents=True)
        for number in range(3):
            noise(8, 8, number).image.save(folder / name / f"{number}.png")
    (folder / "ants" / "1.png").write_text("no image")
    return folder


def test_images_that_cannot_be_read_are_left_out(tmp_path: Path) -> None:
    step = DATASETS.step("folder", root=str(folder_with_a_broken_file(tmp_path / "set")))
    images = open_dataset(step).collection.train
    names = [images.name(place) for place in range(len(images))]
    broken = next(place for place, name in enumerate(names) if name.endswith("ants/1.png"))
    whole = next(place for place in range(len(images)) if place != broken)
    read = selection_reader("set", images, (broken, whole))(CancelToken(), nothing)
    assert (len(read.pictures), read.left_out) == (1, 1)
    with pytest.raises(ImageError, match=r"1\.png is not an image"):
        selection_reader("set", images, (broken,))(CancelToken(), nothing)


def test_a_batch_begins_again_after_the_last_image() -> None:
    dataset = open_dataset(DATASETS.step("digits"))
    count = len(dataset.test)
    read = batch_reader(dataset, count - 1, 3)(CancelToken(), nothing)
    first = read.names[1].split(" · ")[0]
    assert first == f"{dataset.name} test 0"
    assert np.array_equal(np.asarray(read.pictures[1].image), np.asarray(dataset.test.image(0)))
    assert len(batch_reader(dataset, 0, 10**6)(CancelToken(), nothing).pictures) == count


def test_a_batch_too_large_for_the_memory_is_refused() -> None:
    inputs = (noise(512, 512),) * 90
    with pytest.raises(TransformError, match="90 pictures have 70,778,880 numbers together"):
        prepare(MapRequest(inputs, OneLayer(LAYERS.step("ReLU"), 0)), CancelToken())


@pytest.mark.shared_data
def test_a_photo_is_prepared_as_a_trained_model_wants_it(shared_data: Path, trained_run: Path) -> None:
    from tudui_gui.gui.checkpoints import load_model
    from tudui_gui.gui.tabs.layers.work import ModelLayer
    from tudui_gui.images.reading import read_image

    photo = sorted((shared_data / "hymenoptera_small" / "val" / "bees").glob("*.jpg"))[0]
    model = load_model(trained_run / "checkpoints" / "best.pt")
    prepared = prepare(MapRequest((read_image(photo),), ModelLayer(model, "")), CancelToken())
    image = Image.open(photo).convert("RGB")
    assert torch.equal(prepared.tensor, model.classifier.pipeline_for(image).build()(image))
    assert prepared.pipeline is not None
