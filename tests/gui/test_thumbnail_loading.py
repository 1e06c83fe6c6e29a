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

    requests = _Requests(load, 16, deque([0]))
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
