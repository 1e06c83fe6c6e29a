"""Selecting in a thumbnail grid: mouse, keys, rubber band, many scattered rows."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QMouseEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tudui_gui.gui import theme
from tudui_gui.gui.imaging import from_qimage
from tudui_gui.gui.tab_bar import has_content
from tudui_gui.gui.widgets.thumbnail_grid import ThumbnailGrid
from tudui_gui.gui.widgets.thumbnail_model import Mark, ThumbnailSource

LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
Key = Qt.Key


def pixels(row: int) -> np.ndarray:
    return np.full((32, 32, 3), row % 256, np.uint8)


@pytest.fixture
def grid(qtbot: QtBot) -> Iterator[ThumbnailGrid]:
    """600 wide and cells of 108: 5 columns."""
    made = ThumbnailGrid("dataset_grid")
    qtbot.addWidget(made)
    made.resize(600, 400)
    with qtbot.waitExposed(made):
        made.show()
    made.set_source(50, pixels, str)
    assert made.columns == 5
    yield made
    made.stop()


def click(qtbot: QtBot, grid: ThumbnailGrid, row: int, modifier: Qt.KeyboardModifier | None = None) -> None:
    place = grid.cell_rect(row).center()
    qtbot.mouseClick(grid.viewport(), LEFT, modifier or Qt.KeyboardModifier.NoModifier, place)


def drag(
    grid: ThumbnailGrid, start: QPoint, end: QPoint, modifier: Qt.KeyboardModifier | None = None
) -> None:
    """Press, move in steps and release, as a hand does."""
    viewport, held = grid.viewport(), modifier or Qt.KeyboardModifier.NoModifier
    steps = [start, (start + end) / 2, end]
    kinds = [QEvent.Type.MouseButtonPress, *[QEvent.Type.MouseMove] * 2, QEvent.Type.MouseButtonRelease]
    for kind, place in zip(kinds, [*steps, end], strict=True):
        button = LEFT if kind != QEvent.Type.MouseMove else Qt.MouseButton.NoButton
        buttons = LEFT if kind != QEvent.Type.MouseButtonRelease else Qt.MouseButton.NoButton
        at = QPointF(place)
        event = QMouseEvent(kind, at, viewport.mapToGlobal(at), button, buttons, held)
        QApplication.sendEvent(viewport, event)


def test_ctrl_and_shift_clicks(grid: ThumbnailGrid, qtbot: QtBot) -> None:
    click(qtbot, grid, 2)
    click(qtbot, grid, 7, CTRL)
    assert grid.selected == [2, 7]
    click(qtbot, grid, 2, CTRL)
    assert grid.selected == [7] and grid.current == 2
    click(qtbot, grid, 4, SHIFT)
    assert grid.selected == [2, 3, 4]
    click(qtbot, grid, 6, CTRL)
    click(qtbot, grid, 8, CTRL | SHIFT)
    assert grid.selected == [2, 3, 4, 6, 7, 8]
    click(qtbot, grid, 3)
    assert grid.selected == [3]


def test_a_click_beside_the_images_selects_none(grid: ThumbnailGrid, qtbot: QtBot) -> None:
    click(qtbot, grid, 2)
    qtbot.mouseClick(grid.viewport(), LEFT, pos=QPoint(grid.viewport().width() - 3, 20))
    assert grid.selected == []


def test_keys_with_shift_and_ctrl(grid: ThumbnailGrid, qtbot: QtBot) -> None:
    grid.select(6)
    qtbot.keyClick(grid, Key.Key_Down, SHIFT)
    assert grid.selected == list(range(6, 12))
    qtbot.keyClick(grid, Key.Key_Left, CTRL)
    assert grid.current == 10 and grid.selected == list(range(6, 12))
    qtbot.keyClick(grid, Key.Key_Space, CTRL)
    assert 10 not in grid.selected
    qtbot.keyClick(grid, Key.Key_A, CTRL)
    assert grid.selected == list(range(50))
    qtbot.keyClick(grid, Key.Key_Home)
    assert grid.selected == [0]
    qtbot.keyClick(grid, Key.Key_End, SHIFT)
    assert grid.selected == list(range(50))


@pytest.mark.parametrize(
    ("start", "key", "expected"),
    [
        (0, Key.Key_Left, 0),
        (0, Key.Key_Up, 0),
        (3, Key.Key_Up, 3),
        (49, Key.Key_Right, 49),
        (44, Key.Key_Down, 49),
        (47, Key.Key_Down, 47),
        (12, Key.Key_Up, 7),
        (12, Key.Key_End, 49),
        (12, Key.Key_PageDown, 27),
        (48, Key.Key_PageDown, 48),
        (12, Key.Key_PageUp, 2),
    ],
)
def test_arrows_and_pages(grid: ThumbnailGrid, qtbot: QtBot, start: int, key: Qt.Key, expected: int) -> None:
    grid.select(start)
    qtbot.keyClick(grid, key)
    assert grid.current == expected
    assert grid.selected == [expected]
    assert grid.viewport().rect().contains(grid.cell_rect(expected).center())


def test_down_into_a_shorter_last_line_ends_at_the_last_image(grid: ThumbnailGrid, qtbot: QtBot) -> None:
    grid.set_source(48, pixels)
    grid.select(44)
    qtbot.keyClick(grid, Key.Key_Down)
    assert grid.current == 47


def test_a_rubber_band_selects_what_it_touches(grid: ThumbnailGrid) -> None:
    gap = grid.cell_rect(6).topLeft() + QPoint(2, 2)
    drag(grid, gap, grid.cell_rect(13).center())
    assert grid.selected == [6, 7, 8, 11, 12, 13]
    drag(grid, grid.cell_rect(0).topLeft() + QPoint(1, 1), grid.cell_rect(1).center(), CTRL)
    assert grid.selected == [0, 1, 6, 7, 8, 11, 12, 13]
    drag(grid, gap, gap + QPoint(30, 30))
    assert grid.selected == [6]


def test_pressing_a_selected_image_keeps_the_others_until_it_is_released(
    grid: ThumbnailGrid, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    dragged: list[list[int]] = []
    monkeypatch.setattr(grid, "drag_selection", lambda: dragged.append(grid.selected))
    grid.select_rows([1, 2, 8])
    drag(grid, grid.cell_rect(2).center(), grid.cell_rect(2).center() + QPoint(60, 0))
    assert dragged == [[1, 2, 8]]
    assert grid.selected == [1, 2, 8]
    click(qtbot, grid, 2)
    assert grid.selected == [2]


def test_several_dragged_images_give_all_their_files(grid: ThumbnailGrid, tmp_path: Path) -> None:
    model = grid.model()
    grid.set_source(5, pixels, str, lambda row: tmp_path / f"{row}.png")
    data = model.mimeData([model.index(row, 0) for row in (1, 3, 4)])
    assert [url.toLocalFile() for url in data.urls()] == [str(tmp_path / f"{row}.png") for row in (1, 3, 4)]


def test_dragging_100_000_images_names_no_file_before_the_drop(grid: ThumbnailGrid, tmp_path: Path) -> None:
    asked: list[int] = []

    def path(row: int) -> Path:
        asked.append(row)
        return tmp_path / f"{row}.png"

    grid.set_source(100_000, pixels, str, path)
    grid.selectAll()
    data = grid.model().mime_data(grid.selected)
    assert data.hasUrls() and data.formats() == ["text/uri-list"] and has_content(data)
    assert len(asked) == 1
    assert len(data.urls()) == 100_000 and data.urls()[-1].toLocalFile() == str(tmp_path / "99999.png")
    assert data.data("text/uri-list").data().startswith(b"file://")
    assert len(asked) == 100_001


@pytest.mark.parametrize("reason", [QContextMenuEvent.Reason.Mouse, QContextMenuEvent.Reason.Keyboard])
def test_the_menu_keeps_a_selection_it_is_asked_for_on(
    grid: ThumbnailGrid, qtbot: QtBot, reason: QContextMenuEvent.Reason
) -> None:
    asked: list[int] = []
    grid.image_menu_requested.connect(lambda row, place: asked.append(row))
    grid.select_rows([2, 3], current=3)
    place = grid.cell_rect(3).center()
    target = grid.viewport() if reason == QContextMenuEvent.Reason.Mouse else grid
    QApplication.sendEvent(target, QContextMenuEvent(reason, place, grid.mapToGlobal(place)))
    assert asked == [3] and grid.selected == [2, 3]
    if reason == QContextMenuEvent.Reason.Mouse:
        place = grid.cell_rect(7).center()
        QApplication.sendEvent(target, QContextMenuEvent(reason, place, grid.mapToGlobal(place)))
        assert asked == [3, 7] and grid.selected == [7]


def test_digits_are_told_and_letters_go_on(grid: ThumbnailGrid, qtbot: QtBot) -> None:
    typed: list[int] = []
    grid.digit_typed.connect(typed.append)
    grid.select(4)
    qtbot.keyClicks(grid, "3x")
    assert typed == [3] and grid.current == 4


def test_another_order_keeps_thumbnails_and_place(grid: ThumbnailGrid, qtbot: QtBot) -> None:
    asked: list[int] = []

    def load(row: int) -> np.ndarray:
        asked.append(row)
        return pixels(row)

    def source(order: list[int]) -> ThumbnailSource:
        return ThumbnailSource(len(order), lambda row: load(order[row]), str, identity=lambda row: order[row])

    grid.show_source(source(list(range(30))))
    qtbot.waitUntil(lambda: all(grid.is_loaded(row) for row in range(30)))
    assert sorted(asked) == list(range(30))
    grid.verticalScrollBar().setValue(200)
    grid.show_source(source(list(range(29, -1, -1))), keeps_place=True)
    assert all(grid.is_loaded(row) for row in range(30))
    assert grid.verticalScrollBar().value() == 200
    assert grid.grab() is not None and len(asked) == 30


def test_marks_are_painted_and_told(grid: ThumbnailGrid, qtbot: QtBot) -> None:
    flagged = Mark("flag", "accent", "Flagged")
    left_out = Mark("minus-circle-outline", "muted", "Left out", is_dimmed=True)
    marks = {0: (flagged,), 1: (left_out,)}
    black = ThumbnailSource(3, lambda row: np.zeros((32, 32, 3), np.uint8), str)
    grid.show_source(black)
    qtbot.waitUntil(lambda: grid.is_loaded(2))
    plain = [from_qimage(grid.viewport().grab(grid.cell_rect(row)).toImage()) for row in range(3)]
    grid.show_source(
        ThumbnailSource(3, black.loader, str, marks=lambda row: marks.get(row, ())), keeps_place=True
    )
    shown = [from_qimage(grid.viewport().grab(grid.cell_rect(row)).toImage()) for row in range(3)]
    accent = np.array([int(theme.LIGHT.accent[at : at + 2], 16) for at in (1, 3, 5)])
    assert (np.abs(shown[0].astype(int) - accent).sum(axis=2) < 30).any()
    assert not (np.abs(plain[0].astype(int) - accent).sum(axis=2) < 30).any()
    pale = [grid.viewport().grab(grid.cell_rect(row)).toImage().pixelColor(54, 60).alphaF() for row in (1, 2)]
    assert pale == pytest.approx([0.4, 1.0], abs=0.01)
    np.testing.assert_array_equal(shown[2], plain[2])
    tip = grid.model().index(1, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert tip == "1\nLeft out"


def test_selecting_among_100_000_is_quick(grid: ThumbnailGrid, qtbot: QtBot) -> None:
    grid.set_source(100_000, pixels, str)
    scattered = np.flatnonzero(np.random.default_rng(0).random(100_000) < 0.5)
    began = time.perf_counter()
    qtbot.keyClick(grid, Key.Key_A, CTRL)
    grid.viewport().repaint()
    assert len(grid.selection) == 100_000
    grid.select_rows(scattered, int(scattered[-1]))
    grid.viewport().repaint()
    assert time.perf_counter() - began < 0.5
    assert grid.selected == scattered.tolist()
    assert grid.viewport().rect().contains(grid.cell_rect(int(scattered[-1])))
