"""The Datasets tab in a window of its own, for its tests, and hands to operate it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tudui_gui.gui.session import Session
from tudui_gui.gui.tabs.datasets import create
from tudui_gui.gui.tabs.datasets.page import DatasetsPage
from tudui_gui.gui.widgets.thumbnail_grid import ThumbnailGrid
from tudui_gui.gui.workers import Jobs

LEFT = Qt.MouseButton.LeftButton


@contextmanager
def shown_page(qtbot: QtBot, session: Session, jobs: Jobs) -> Iterator[DatasetsPage]:
    """The page, shown, active, with the bundled digits open."""
    made = create(session, jobs)
    assert isinstance(made, DatasetsPage)
    made.resize(1280, 730)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    assert jobs.wait_idle()
    yield made
    jobs.cancel_all()
    assert jobs.wait_idle()
    for grid in made.findChildren(ThumbnailGrid):
        grid.stop()
    made.close()
    made.deleteLater()


def find(page: QWidget, kind: type, name: str):
    found = page.findChild(kind, name)
    assert found is not None, name
    return found


def choose(qtbot: QtBot, combo: QComboBox, row: int) -> None:
    """Choose a line of a combo box with the keyboard."""
    combo.setFocus()
    qtbot.keyClick(combo, Qt.Key.Key_Home)
    for _ in range(row):
        qtbot.keyClick(combo, Qt.Key.Key_Down)
    assert combo.currentIndex() == row


def choose_part(qtbot: QtBot, page: DatasetsPage, jobs: Jobs, start: str) -> None:
    """Show the part whose name begins so."""
    combo = find(page, QComboBox, "split_choice")
    texts = [combo.itemText(row) for row in range(combo.count())]
    choose(qtbot, combo, next(row for row, text in enumerate(texts) if text.startswith(start)))
    assert jobs.wait_idle()


def click_images(qtbot: QtBot, grid: ThumbnailGrid, *rows: int) -> None:
    """Click the first, then the others with Ctrl."""
    for number, row in enumerate(rows):
        held = Qt.KeyboardModifier.ControlModifier if number else Qt.KeyboardModifier.NoModifier
        grid.scrollTo(grid.model().index(row, 0))
        qtbot.mouseClick(grid.viewport(), LEFT, held, grid.cell_rect(row).center())
    assert grid.selected == sorted(rows)


def choose_action(qtbot: QtBot, page: QWidget, name: str) -> None:
    """Open the action's menu over the page and click the action in it."""
    action = find(page, QAction, name)
    menu = next(each for each in action.associatedObjects() if each.inherits("QMenu"))
    assert action.isEnabled(), name
    with qtbot.waitExposed(menu):
        menu.popup(page.mapToGlobal(QPoint(20, 20)))
    qtbot.mouseClick(menu, LEFT, pos=menu.actionGeometry(action).center())
    for popup in iter(QApplication.activePopupWidget, None):
        popup.close()


def text_of(page: QWidget, name: str) -> str:
    return str(find(page, QLabel, name).text())
