"""When the stages are computed: previews while values change, the exact ones at rest, always the newest."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from tudui_gui.gui.tabs.transforms.showing import shown as shown_value
from tudui_gui.gui.tabs.transforms.stage_requests import StageRequests
from tudui_gui.gui.tabs.transforms.stage_rows import SeenRow
from tudui_gui.gui.tabs.transforms.stage_work import Input
from tudui_gui.gui.workers import Jobs
from tudui_gui.images.reading import Picture
from tudui_gui.transforms.catalog import TRANSFORMS
from tudui_gui.transforms.pipeline import Pipeline

step = TRANSFORMS.step


def made(width: int, height: int) -> Input:
    pixels = np.random.default_rng(1).integers(0, 256, (height, width, 3), np.uint8)
    image = Image.fromarray(pixels)
    picture = Picture(image, None, "", "RGB", image.size)
    return Input(picture, "noise", shown_value(image), image, object())


@pytest.fixture
def requests(jobs: Jobs) -> Iterator[StageRequests]:
    made = StageRequests(jobs)
    made.shown = []  # type: ignore[attr-defined]
    made.rows_ready.connect(made.shown.append)  # type: ignore[attr-defined]
    yield made
    made.stop()


def shown(requests: StageRequests) -> list[tuple[SeenRow, ...]]:
    return requests.shown  # type: ignore[attr-defined, no-any-return]


def sizes(requests: StageRequests) -> list[tuple[int, int] | None]:
    return [rows[0].row.stages[0].size for rows in shown(requests)]


def test_a_small_picture_is_exact_at_once(qtbot: QtBot, requests: StageRequests) -> None:
    requests.request((made(80, 60),), Pipeline((step("Resize", size=30),)), 0)
    assert not requests.is_settled
    qtbot.waitUntil(lambda: requests.is_settled)
    assert [rows[0].row.is_exact for rows in shown(requests)] == [True]


def test_a_large_one_is_shown_as_a_preview_and_then_exactly(qtbot: QtBot, requests: StageRequests) -> None:
    pipeline = Pipeline((step("Resize", size=1000), step("ToTensor")))
    requests.request((made(3000, 2000),), pipeline, 0)
    qtbot.waitUntil(lambda: requests.is_settled)
    first, last = shown(requests)
    assert not first[0].row.is_exact and last[0].row.is_exact
    assert first[0].row.stages[1].is_preview and first[0].facts(2) is None
    assert first[0].size(2) == last[0].size(2) == (1000, 1500)
    assert last[0].facts(2) is not None


def test_the_newest_request_is_shown_last_and_those_between_are_left_out(
    qtbot: QtBot, requests: StageRequests
) -> None:
    picture = made(80, 60)
    for size in range(10, 30):
        requests.request((picture,), Pipeline((step("Resize", size=size),)), 0)
    qtbot.waitUntil(lambda: requests.is_settled)
    assert sizes(requests)[-1] == (29, 38)
    assert len(shown(requests)) <= 3


def test_a_change_cancels_the_exact_stages_that_nobody_waits_for(
    qtbot: QtBot, requests: StageRequests
) -> None:
    picture = made(3000, 2000)
    requests.request((picture,), Pipeline((step("Resize", size=900),)), 0)
    qtbot.waitUntil(lambda: requests._is_exact)
    requests.request((picture,), Pipeline((step("Resize", size=600),)), 0)
    qtbot.waitUntil(lambda: requests.is_settled)
    assert sizes(requests)[-1] == (600, 900)
    assert shown(requests)[-1][0].row.is_exact


def test_what_a_person_cancels_leaves_room_for_the_next(
    qtbot: QtBot, requests: StageRequests, jobs: Jobs
) -> None:
    picture = made(80, 60)
    requests.request((picture,), Pipeline((step("Resize", size=40),)), 0)
    jobs.cancel_all()
    qtbot.waitUntil(lambda: requests.is_settled)
    requests.request((picture,), Pipeline((step("Resize", size=20),)), 0)
    qtbot.waitUntil(lambda: bool(shown(requests)))
    assert sizes(requests) == [(20, 26)]


def test_pyramids_of_stages_that_stay_are_built_once(qtbot: QtBot, requests: StageRequests) -> None:
    picture = made(300, 200)
    first, second = step("Resize", size=150), step("CenterCrop", size=100)
    requests.request((picture,), Pipeline((first, second)), 0)
    qtbot.waitUntil(lambda: requests.is_settled)
    requests.request((picture,), Pipeline((first, step("CenterCrop", size=90))), 0)
    qtbot.waitUntil(lambda: requests.is_settled)
    before, after = (rows[0].pictures for rows in shown(requests))
    assert before[0] is after[0] and before[1] is after[1] and before[2] is not after[2]
