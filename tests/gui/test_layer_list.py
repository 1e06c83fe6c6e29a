"""The list of all layers: its numbers against PyTorch, choosing in it, layers that are never reached."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
import torch
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot
from torch import Tensor, nn

from tests.gui.layers_page import LEFT, choose, find, noise, open_model, press, shown_page, tensor_of, text_of
from tudui_gui.gui.session import Session
from tudui_gui.gui.tabs.layers.layer_list_table import LayerList
from tudui_gui.gui.tabs.layers.page import LayersPage
from tudui_gui.gui.workers import Jobs

PICTURE = noise(24, 20)


class Net(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        torch.manual_seed(1)
        self.conv = nn.Conv2d(3, 5, 3)
        self.unused = nn.Linear(4, 2)
        self.relu = nn.ReLU()
        self.pool = nn.MaxPool2d(2)

    def forward(self, given: Tensor) -> Tensor:
        maps = self.relu(self.conv(given))
        maps[:, 2] = 0.0
        return self.pool(maps / maps[:, 2:3])


@pytest.fixture
def page(qtbot: QtBot, session: Session, jobs: Jobs) -> Iterator[LayersPage]:
    with shown_page(qtbot, session, jobs, PICTURE) as made:
        yield made


def table(page: LayersPage) -> LayerList:
    return find(page, LayerList, "layer_list")


def row(page: LayersPage, number: int) -> list[str]:
    model = table(page).model()
    return [str(model.index(number, column).data()) for column in range(model.columnCount())]


def listed(qtbot: QtBot, page: LayersPage) -> nn.Module:
    net = Net()
    open_model(page, net, (3, 20, 24))
    press(qtbot, page, "maps_view_layers")
    return net


def test_every_layer_is_listed_with_its_numbers(qtbot: QtBot, page: LayersPage) -> None:
    net = listed(qtbot, page)
    with torch.no_grad():
        conv = net.conv(tensor_of(PICTURE))
    names = [row(page, number)[0] for number in range(table(page).count)]
    assert names == ["conv", "relu", "pool", "unused"]  # as they run; what is never reached comes last
    told = row(page, 0)
    assert told[1:3] == ["Conv2d", "[1, 5, 18, 22]"]
    for place, number in zip(
        range(3, 7), (conv.min(), conv.max(), conv.mean(), conv.std(correction=0)), strict=True
    ):
        assert float(told[place]) == pytest.approx(number.item(), rel=6e-3)
    assert told[7] == "0%" and told[8] == "0/5"
    assert row(page, 1)[7] == f"{(conv.relu() == 0).float().mean().item():.0%}"
    assert float(told[11]) > 0
    assert told[12] == f"{5 * 3 * 9 + 5}"


def test_what_is_no_number_is_counted(qtbot: QtBot, page: LayersPage) -> None:
    net = listed(qtbot, page)
    with torch.no_grad():
        output = net(tensor_of(PICTURE))
    told = row(page, 2)
    assert int(told[9].replace(",", "")) == int(output.isnan().sum()) > 0
    assert int(told[10].replace(",", "")) == int(output.isinf().sum()) > 0


def test_layers_never_reached_say_so(qtbot: QtBot, page: LayersPage) -> None:
    listed(qtbot, page)
    told = row(page, 3)
    assert told[:3] == ["unused", "Linear", "not reached"]
    assert told[12] == "10"


def click_row(qtbot: QtBot, page: LayersPage, number: int) -> None:
    view = table(page)
    place = view.visualRect(view.model().index(number, 0)).center()
    qtbot.mouseClick(view.viewport(), LEFT, pos=place)
    assert page.jobs.wait_idle()


def test_a_click_chooses_the_layer(qtbot: QtBot, page: LayersPage) -> None:
    net = listed(qtbot, page)
    click_row(qtbot, page, 1)
    with torch.no_grad():
        expected = net.conv(tensor_of(PICTURE)).relu()[0]
    expected[2] = 0.0  # the model works on it in place, after the hook took a copy
    shown = page.maps.result.maps
    assert np.array_equal(np.delete(shown, 2, 0), np.delete(expected.numpy(), 2, 0))
    assert find(page, QComboBox, "layer_choice").currentText() == "relu · ReLU"
    qtbot.keyClick(table(page), Qt.Key.Key_Up)
    assert page.jobs.wait_idle()
    assert page.maps.result.title.startswith("Conv2d")


def test_the_chosen_layer_is_marked_and_nothing_is_computed_again(qtbot: QtBot, page: LayersPage) -> None:
    listed(qtbot, page)
    titles: list[str] = []
    page.jobs.job_started.connect(lambda job: titles.append(job.title))
    choose(page, "layer_choice", "pool · MaxPool2d")
    assert table(page).currentIndex().row() == 2
    assert "Statistics of all layers" not in titles


def test_a_double_click_shows_the_maps(qtbot: QtBot, page: LayersPage) -> None:
    listed(qtbot, page)
    view = table(page)
    place = view.visualRect(view.model().index(2, 0)).center()
    qtbot.mouseClick(view.viewport(), LEFT, pos=place)
    qtbot.mouseDClick(view.viewport(), LEFT, pos=place)
    assert page.jobs.wait_idle()
    assert page.maps.grid.isVisible()
    assert text_of(page, "maps_layer").startswith("MaxPool2d")


def test_layers_are_sorted_by_a_column(qtbot: QtBot, page: LayersPage) -> None:
    listed(qtbot, page)
    table(page).sortByColumn(12, Qt.SortOrder.DescendingOrder)
    assert [row(page, number)[0] for number in range(2)] == ["conv", "unused"]


def test_layers_of_a_chain_are_listed_and_chosen(qtbot: QtBot, page: LayersPage) -> None:
    press(qtbot, page, "layer_subject_chain")
    press(qtbot, page, "maps_view_layers")
    assert [row(page, number)[1] for number in range(3)] == ["Conv2d", "ReLU", "MaxPool2d"]
    press(qtbot, page, "chain_layer_0_toggle")
    assert [row(page, number)[:2] for number in range(2)] == [["0", "ReLU"], ["1", "MaxPool2d"]]
    click_row(qtbot, page, 0)
    assert page.maps.subject.state.place == "1"
    assert np.array_equal(page.maps.result.maps, tensor_of(PICTURE)[0].numpy())


def test_a_layer_that_is_never_reached_leaves_the_list(qtbot: QtBot, page: LayersPage) -> None:
    listed(qtbot, page)
    click_row(qtbot, page, 3)
    assert "The layer unused is not used" in text_of(page, "layers_problem")
    assert table(page).count == 4
    click_row(qtbot, page, 0)
    assert page.maps.result.title.startswith("Conv2d")


def test_where_the_batch_does_not_fit_the_list_is_empty(qtbot: QtBot, page: LayersPage) -> None:
    listed(qtbot, page)
    open_model(page, nn.Sequential(nn.Conv2d(3, 2, 3), nn.Flatten(), nn.Linear(7, 2)), (3, 20, 24))
    assert "expects 7 numbers per image" in text_of(page, "layers_problem")
    assert table(page).count == 0
