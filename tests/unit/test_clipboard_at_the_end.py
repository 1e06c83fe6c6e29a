"""A program that ends with pictures on the clipboard ends well."""

from __future__ import annotations

import os
import subprocess
import sys

SCRIPT = """
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QColor, QGuiApplication, QImage
from tudui_gui.gui.clipboard import let_go_of_clipboard, put_on_clipboard

app = QGuiApplication([])
data, image = QMimeData(), QImage(4, 4, QImage.Format.Format_RGB32)
image.fill(QColor("red"))
data.setImageData(image)
data.setText("a picture")
put_on_clipboard(data)
held = QGuiApplication.clipboard().mimeData()
assert held.hasImage() and held.text() == "a picture"
let_go_of_clipboard()
print(QGuiApplication.clipboard().text())
"""


def test_the_text_stays_and_nothing_crashes() -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    ended = subprocess.run(
        [sys.executable, "-c", SCRIPT], env=environment, capture_output=True, text=True, timeout=60
    )
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "a picture\n", "")
