"""OpenCV is imported without leaving its Qt settings behind."""

from __future__ import annotations

import os
import subprocess
import sys

import numpy as np
import pytest
from PIL import Image

from tudui_gui.images.opencv import from_bgr, restore_environment, to_bgr

SCRIPT = """
import os, tudui_gui.images.opencv
print(os.environ.get("QT_QPA_PLATFORM_PLUGIN_PATH"), os.environ.get("QT_QPA_FONTDIR"))
"""


def after_import(**variables: str) -> list[str]:
    names = ("QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_FONTDIR")
    environment = {name: value for name, value in os.environ.items() if name not in names}
    result = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        env=environment | variables,
        capture_output=True,
        text=True,
        check=True,
    )
    return result.stdout.split()


def test_nothing_is_left_in_the_environment() -> None:
    assert after_import() == ["None", "None"]


def test_what_was_there_before_is_put_back() -> None:
    assert after_import(QT_QPA_FONTDIR="/fonts") == ["None", "/fonts"]


def test_values_of_an_earlier_import_are_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    import cv2

    own = os.path.join(os.path.dirname(cv2.__file__), "qt", "fonts")  # noqa: PTH118, PTH120
    monkeypatch.setenv("QT_QPA_FONTDIR", own)
    restore_environment({"QT_QPA_FONTDIR": own})
    assert "QT_QPA_FONTDIR" not in os.environ


def test_blue_comes_first_and_back() -> None:
    pixels = np.random.default_rng(3).integers(0, 256, (5, 7, 3), dtype=np.uint8)
    image = Image.fromarray(pixels)
    assert np.array_equal(to_bgr(image), pixels[..., ::-1])
    assert np.array_equal(from_bgr(to_bgr(image)), pixels)
    assert np.array_equal(from_bgr(pixels[..., ::-1]), pixels)
