"""The names scripts and screen readers rely on. Changing one is a breaking change.

After adding a control on purpose: ``python -m tests.gui.test_object_names`` prints the list anew.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QScrollBar,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tudui_gui.gui.app import create_app
from tudui_gui.gui.main_window import MainWindow

LIST = Path(__file__).with_name("object_names.txt")
_OPERATED = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
)
#: Buttons of messages and popups: their texts come with what they are about.
_TOLD_WHEN_SHOWN = (
    "banner_action",
    "_fix",
    "_popup_search",
    "_popup_list",
    "experiment_training",
    "experiment_run",
    "_more",
    "download_button",
    "_outside",
    "input_open_reduced",
)
#: Parts that Qt makes inside its own widgets.
_OF_QT = ("qt_", "ScrollLeftButton", "ScrollRightButton")


def controls(window: MainWindow) -> list[QWidget]:
    """Every widget of the window that a person operates."""
    return [
        widget
        for widget in window.findChildren(QWidget)
        if isinstance(widget, _OPERATED)
        and not isinstance(widget, QScrollBar)
        and widget.objectName()
        and not widget.objectName().startswith(_OF_QT)
    ]


def names(window: MainWindow) -> list[str]:
    return sorted({widget.objectName() for widget in controls(window)})


def describes_itself(widget: QWidget) -> bool:
    text = widget.text() if isinstance(widget, QAbstractButton) else ""
    return bool(widget.accessibleName() or text) and bool(widget.toolTip())


def test_controls_keep_their_names_and_say_what_they_do(qtbot: QtBot) -> None:
    _, window = create_app(["tudui-gui"])
    with qtbot.waitSignal(window.ready, timeout=60_000):
        window.show()
    assert window.jobs is not None and window.jobs.wait_idle(60_000)
    found = names(window)
    silent = [widget.objectName() for widget in controls(window) if not describes_itself(widget)]
    with qtbot.waitSignal(window.closed, timeout=60_000):
        window.close()
    window.deleteLater()
    assert found == LIST.read_text("utf-8").split()
    assert [name for name in silent if not name.endswith(_TOLD_WHEN_SHOWN)] == []


def _print_list() -> None:
    app, window = create_app(["tudui-gui"])

    def end() -> None:
        assert window.jobs is not None
        window.jobs.wait_idle(60_000)
        LIST.write_text("\n".join(names(window)) + "\n", "utf-8")
        window.close()

    window.ready.connect(lambda: QTimer.singleShot(0, end))
    window.show()
    app.exec()


if __name__ == "__main__":
    _print_list()
