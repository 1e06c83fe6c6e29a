"""Work that is cancelled ends before the next file, and no two huge pictures are decoded at once."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image

from tests.unit.datasets.test_loading import pipeline_of
from tests.unit.training.builders import losses, make_dataset, make_experiment
from tudui_gui.core.cancellation import Cancelled, CancelToken, heeding, raise_if_cancelled_here, token_here
from tudui_gui.datasets.catalog import open_dataset
from tudui_gui.datasets.loading import TransformedDataset, make_loader
from tudui_gui.datasets.recognition import recognise
from tudui_gui.datasets.sources import ImageSet
from tudui_gui.datasets.survey import survey
from tudui_gui.images import reading
from tudui_gui.images.reading import read_image, read_thumbnail
from tudui_gui.training.control import Control
from tudui_gui.training.events import RunFinished, RunStopped
from tudui_gui.training.loop import fit
from tudui_gui.training.workers import torn_down

PIPELINE = pipeline_of([("Resize", {"size": [6, 6]}), "ToTensor"])


@pytest.fixture
def photos(tmp_path: Path) -> ImageSet:
    """40 files."""
    for name in ("a", "b"):
        (tmp_path / "photos" / name).mkdir(parents=True)
        for number in range(20):
            Image.new("RGB", (12, 12), (number, 0, 0)).save(tmp_path / "photos" / name / f"{number:02}.png")
    dataset = open_dataset(recognise(tmp_path / "photos"))
    return dataset.train


@pytest.fixture
def cancel_at_third(monkeypatch: pytest.MonkeyPatch) -> tuple[CancelToken, list[int]]:
    """A control that is stopped while the third file is decoded, and a list that counts decoded files."""
    token, decoded, load = Control(), [], reading._load

    def counting(*arguments: Any) -> Any:
        decoded.append(1)
        if len(decoded) == 3:
            token.cancel()
        return load(*arguments)

    monkeypatch.setattr(reading, "_load", counting)
    return token, decoded


def test_each_thread_has_the_token_of_its_own_work() -> None:
    outer, inner = CancelToken(), CancelToken()
    with ThreadPoolExecutor(1) as pool, heeding(outer):
        with heeding(inner):
            assert token_here() is inner and pool.submit(token_here).result() is None
        assert token_here() is outer
        inner.cancel()
        raise_if_cancelled_here()
        outer.cancel()
        with pytest.raises(Cancelled):
            raise_if_cancelled_here()
        with heeding(None):
            raise_if_cancelled_here()
    assert token_here() is None


def test_a_pause_is_no_stop() -> None:
    control = Control()
    control.pause()
    with heeding(control):
        raise_if_cancelled_here()


def test_a_batch_ends_before_the_next_file(
    photos: ImageSet, cancel_at_third: tuple[CancelToken, list[int]]
) -> None:
    token, decoded = cancel_at_third
    images = TransformedDataset(photos, PIPELINE, cache_bytes=0)
    with heeding(token), pytest.raises(Cancelled):
        images.batch(range(len(photos)))
    assert len(decoded) <= 3 + torch.get_num_threads()


def test_a_survey_ends_before_the_next_file(
    photos: ImageSet, cancel_at_third: tuple[CancelToken, list[int]]
) -> None:
    token, decoded = cancel_at_third
    with pytest.raises(Cancelled):
        survey(photos, token)
    assert len(decoded) < 12  # one for each thread, of which there are 8 at most


def test_huge_pictures_wait_for_each_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "HUGE_PIXELS", 99)
    Image.new("1", (10, 10)).save(tmp_path / "huge.png")
    Image.new("1", (9, 9)).save(tmp_path / "small.png")
    busy, most, guard, load = 0, 0, threading.Lock(), reading._load

    def watched(image: Image.Image, path: Path | None) -> Any:
        nonlocal busy, most
        with guard:
            busy += 1
            most = max(most, busy)
        try:
            return load(image, path)
        finally:
            with guard:
                busy -= 1

    monkeypatch.setattr(reading, "_load", watched)
    with ThreadPoolExecutor(8) as pool:
        sizes = [picture.size for picture in pool.map(read_image, [tmp_path / "huge.png"] * 64)]
    assert sizes == [(10, 10)] * 64 and most == 1
    with reading._HUGE_LOCK:  # others need not wait
        assert read_image(tmp_path / "small.png").size == (9, 9)


@pytest.mark.parametrize("read", [read_image, lambda path: read_thumbnail(path, 8)])
def test_waiting_for_a_huge_picture_can_be_cancelled(
    read: Callable[[Path], Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "HUGE_PIXELS", 99)
    Image.new("1", (10, 10)).save(tmp_path / "huge.png")
    token, waiting = CancelToken(), threading.Event()

    def work() -> Any:
        with heeding(token):
            waiting.set()
            return read(tmp_path / "huge.png")

    with ThreadPoolExecutor(1) as pool, reading._HUGE_LOCK:
        future = pool.submit(work)
        assert waiting.wait(10)
        token.cancel()
        with pytest.raises(Cancelled):
            future.result(10)
    with reading._HUGE_LOCK:  # nobody kept it
        pass


def test_a_training_stopped_in_its_first_batch_goes_on_as_if_nothing_was(
    tmp_path: Path, photos: ImageSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = make_dataset()
    experiment = make_experiment()
    sizes = {image_set.image(0).size for image_set in (whole.train, whole.test)}
    for path in map(photos.path, range(len(photos))):
        Image.open(path).resize(next(iter(sizes))).convert(whole.train.image(0).mode).save(path)
    chosen = np.arange(len(photos))
    dataset = replace(
        whole, classes=photos.classes, train=photos.subset(chosen), test=photos.subset(chosen[::2])
    )
    expected = losses(list(fit(experiment, tmp_path / "a", dataset=dataset)))
    control, load, decoded = Control(), reading._load, []

    def counting(*arguments: Any) -> Any:
        decoded.append(1)
        if len(decoded) == 6:
            control.stop()
        return load(*arguments)

    monkeypatch.setattr(reading, "_load", counting)
    stopped = list(fit(experiment, tmp_path / "b", control=control, dataset=dataset))
    assert isinstance(stopped[-1], RunStopped) and stopped[-1].step == 0
    resumed = list(fit(None, tmp_path / "b", resume=True, dataset=dataset))
    assert isinstance(resumed[-1], RunFinished) and losses(resumed) == expected


@pytest.mark.slow
def test_workers_that_start_are_not_waited_for(photos: ImageSet) -> None:
    token = CancelToken()
    loader = make_loader(photos, PIPELINE, batch_size=8, shuffle=False, num_workers=2, cache_bytes=0)
    with torn_down(loader, token):
        iterator = iter(loader)
        processes = list(loader._iterator._workers)  # type: ignore[union-attr]
        began = time.perf_counter()
        token.cancel()
        with heeding(token), pytest.raises(Cancelled):
            next(iterator)
    seconds = time.perf_counter() - began
    assert not any(process.is_alive() for process in processes)
    assert all(process.exitcode < 0 for process in processes)  # ended, not waited for
    assert seconds < 5
