"""Thumbnails that are still being loaded when the window closes."""

from __future__ import annotations

import threading
from collections import deque

import numpy as np
import pytest
import shiboken6
from PySide6.QtCore import QObject, QThreadPool
from pytestqt.qtbot import QtBot

from tudui_gui.gui.widgets.decoding import Decoder, _Loading, _Requests

PICTURE = np.zeros((4, 4, 3), np.uint8)


def test_a_thumbnail_that_comes_after_its_grid_is_dropped(
    qtbot: QtBot, capfd: pytest.CaptureFixture[str]
) -> None:
    parent = QObject()
    decoder = Decoder(parent)
    loading, closed = threading.Event(), threading.Event()

    def load(index: int) -> np.ndarray:
        loading.set()
        assert closed.wait(10)
        return PICTURE

    may_run = threading.Event()
    may_run.set()
    requests = _Requests(load, 16, deque([0]), may_run, set())
    pool = QThreadPool()
    pool.start(_Loading(decoder, requests))
    assert loading.wait(10)
    shiboken6.delete(parent)
    closed.set()
    assert pool.waitForDone(10_000)
    assert capfd.readouterr().err == ""


def test_nothing_is_left_to_load_when_the_program_ends(qtbot: QtBot, qapp: QObject) -> None:
    parent = QObject()
    decoder = Decoder(parent)
    loading, going_on = threading.Event(), threading.Event()
    loaded: list[int] = []

    def load(index: int) -> np.ndarray:
        loaded.append(index)
        loading.set()
        assert going_on.wait(10)
        return PICTURE

    decoder.want(load, 16, range(100))
    assert loading.wait(10)
    qapp.aboutToQuit.emit()
    going_on.set()
    decoder.stop()
    assert len(loaded) <= 2


def test_no_image_is_begun_while_the_grid_paints(qtbot: QtBot) -> None:
    parent = QObject()
    decoder = Decoder(parent)
    painted = threading.Event()
    begun_while_held: list[int] = []

    def load(index: int) -> np.ndarray:
        if not painted.is_set():
            begun_while_held.append(index)
        return PICTURE

    loaded: list[int] = []
    decoder.decoded.connect(lambda _, images: loaded.extend(index for index, _ in images))
    with decoder.held():
        decoder.want(load, 16, range(4))
        assert not decoder._pool.waitForDone(50)
        painted.set()
    qtbot.waitUntil(lambda: sorted(loaded) == [0, 1, 2, 3])
    decoder.stop()
    assert begun_while_held == []


def test_what_is_being_loaded_is_not_asked_for_again(qtbot: QtBot) -> None:
    parent = QObject()
    decoder = Decoder(parent)
    may_end = threading.Event()
    asked: list[int] = []

    def load(index: int) -> np.ndarray:
        asked.append(index)
        assert may_end.wait(10)
        return PICTURE

    loaded: list[int] = []
    decoder.decoded.connect(lambda _, images: loaded.extend(index for index, _ in images))
    decoder.want(load, 16, range(4))
    qtbot.waitUntil(lambda: len(asked) == 2)
    decoder.want(load, 16, range(4))
    may_end.set()
    qtbot.waitUntil(lambda: sorted(loaded) == [0, 1, 2, 3])
    decoder.want(load, 16, [3])
    qtbot.waitUntil(lambda: len(loaded) == 5)
    decoder.stop()
    assert sorted(asked) == [0, 1, 2, 3, 3]
