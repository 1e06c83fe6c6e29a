"""Images selected on the Datasets tab are those that the Transforms tab is offered."""

from __future__ import annotations

import numpy as np
from pytestqt.qtbot import QtBot

from tests.gui.datasets_page import click_images, shown_page
from tudui_gui.gui.session import Session
from tudui_gui.gui.tabs.transforms.input_ways import of_dataset
from tudui_gui.gui.workers import Jobs


def test_the_selected_images_are_told(qtbot: QtBot, session: Session, jobs: Jobs) -> None:
    with shown_page(qtbot, session, jobs) as page:
        click_images(qtbot, page.browser.grid, 2, 5, 7)
        image_set = page.browser.image_set
        assert image_set is not None
        expected = tuple(page.browser.indices[[2, 5, 7]].tolist())
        assert session.chosen_images == (image_set, expected)
        assert [source.item for source in of_dataset(session)] == [(image_set, index) for index in expected]
        click_images(qtbot, page.browser.grid, 3)
        assert [source.item for source in of_dataset(session)] == [(image_set, int(page.browser.indices[3]))]
        assert np.array_equal(session.chosen_images[1], [page.browser.indices[3]])
