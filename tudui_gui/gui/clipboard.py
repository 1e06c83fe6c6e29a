"""Putting more than text on the clipboard, and letting go of it in time.

PySide 6.11 crashes when the program ends while the clipboard still holds a ``QMimeData`` made by Python: Qt
deletes it after the interpreter is gone.
"""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication


def put_on_clipboard(data: QMimeData) -> None:
    """Hand ``data`` over to the clipboard. Main thread only."""
    QGuiApplication.clipboard().setMimeData(data)


def let_go_of_clipboard() -> None:
    """Leave only the text, which is Qt's own; when the program ends."""
    clipboard = QGuiApplication.clipboard()
    held = clipboard.mimeData()
    if held is not None and shiboken6.createdByPython(held):
        clipboard.setText(held.text())
