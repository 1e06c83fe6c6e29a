"""The Transforms tab in a window of its own, for its tests, and hands to operate it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from tudui_gui.gui.session import Session
from tudui_gui.gui.tabs.transforms import create
from tudui_gui.gui.tabs.transforms.page import TransformsPage
from tudui_gui.gui.workers import Jobs

LEFT = Qt.MouseButton.LeftButton
NO_KEYS = Qt.KeyboardModifier.NoModifier


@contextmanager
def shown_page(
    qtbot: QtBot, session: Session, jobs: Jobs, size: tuple[int, int] = (1280, 730)
) -> Iterator[TransformsPage]:
    """The page, shown, active, with a bundled photo as its input."""
    made = create(session, jobs)
    assert isinstance(made, TransformsPage)
    made.resize(*size)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    settle(qtbot, made)
    yield made
    jobs.cancel_all()
    assert jobs.wait_idle()
    made.close()
    made.deleteLater()


def settle(qtbot: QtBot, page: TransformsPage) -> None:
    """Wait until the stages and the draws of the last edit are there."""
    qtbot.waitUntil(lambda: page.is_settled, timeout=10_000)


def find(page: QWidget, kind: type, name: str) -> Any:
    found = page.findChild(kind, name)
    assert found is not None, name
    return found


def text_of(page: QWidget, name: str) -> str:
    return str(find(page, QLabel, name).text())


def press(qtbot: QtBot, page: QWidget, name: str) -> None:
    """Click a button with the mouse."""
    button = page.findChild(QPushButton, name) or page.findChild(QToolButton, name)
    assert button is not None and button.isEnabled() and button.isVisible(), name
    qtbot.mouseClick(button, LEFT)


def choose_action(qtbot: QtBot, page: QWidget, name: str) -> None:
    """Open the menu of an action over the page and click the action in it."""
    action = find(page, QAction, name)
    menu = next(each for each in action.associatedObjects() if isinstance(each, QMenu))
    assert action.isEnabled(), name
    with qtbot.waitExposed(menu):
        menu.popup(page.mapToGlobal(QPoint(20, 20)))
    qtbot.mouseClick(menu, LEFT, pos=menu.actionGeometry(action).center())
    for popup in iter(QApplication.activePopupWidget, None):
        popup.close()


def files_data(paths: Sequence[Path]) -> QMimeData:
    """What a file manager puts on the clipboard or drags."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def drop(target: QWidget, data: QMimeData, place: QPoint | None = None) -> bool:
    """Drag ``data`` over ``target`` and drop it there, if it takes it; the middle by default."""
    place = place or target.rect().center()
    enter = QDragEnterEvent(place, Qt.DropAction.CopyAction, data, LEFT, NO_KEYS)
    enter.setAccepted(False)
    QApplication.sendEvent(target, enter)
    if not enter.isAccepted():
        return False
    dropped = QDropEvent(QPointF(place), Qt.DropAction.CopyAction, data, LEFT, NO_KEYS)
    QApplication.sendEvent(target, dropped)
    return dropped.isAccepted()
