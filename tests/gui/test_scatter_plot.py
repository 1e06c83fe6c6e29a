"""Points operated with the mouse and the keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QPolygonF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tudui_gui.gui import theme
from tudui_gui.gui.widgets.scatter_image import Points, color_of, inside, paint_points, radius_for
from tudui_gui.gui.widgets.scatter_plot import ScatterPlot

LEFT, MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton
NONE = Qt.KeyboardModifier.NoModifier
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier

# The matrices of Machado, Oliveira and Fernandes (2009) at full severity, for linear RGB.
_BLINDNESS = {
    "none": np.eye(3),
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}


def points(count: int = 400, classes: int = 4) -> Points:
    random = np.random.RandomState(0)
    labels = np.arange(count) % classes
    places = random.normal(size=(count, 2)) * 3 + np.stack([labels % 2, labels // 2], axis=1) * 8
    return Points(places, labels, np.zeros(count, np.uint8), np.zeros(count, bool))


@pytest.fixture
def plot(qtbot: QtBot) -> Iterator[ScatterPlot]:
    made = ScatterPlot("points")
    made.resize(500, 360)
    made.set_points(points())
    with qtbot.waitExposed(made):
        made.show()
    yield made
    made.close()
    made.deleteLater()


def screen(plot: ScatterPlot) -> list[QPointF]:
    return [plot.place_of(index) for index in range(len(plot.points))]


def draw(plot: ScatterPlot, path: list[QPoint], keys: Qt.KeyboardModifier = NONE) -> None:
    QTest.mousePress(plot, LEFT, keys, path[0])
    for place in path[1:]:
        QTest.mouseMove(plot, place)
    QTest.mouseRelease(plot, LEFT, keys, path[-1])


def star(plot: ScatterPlot) -> list[QPoint]:
    """A path that is not convex."""
    center, angles = plot.rect().center(), np.linspace(0, 2 * np.pi, 41)[:-1]
    radii = np.where(np.arange(40) % 8 < 4, 120, 50)
    steps = np.rint(np.stack([np.cos(angles), np.sin(angles)]) * radii).astype(int).T.tolist()
    return [center + QPoint(x, y) for x, y in steps]


def test_a_lasso_chooses_exactly_the_points_in_it(plot: ScatterPlot) -> None:
    told: list[np.ndarray] = []
    plot.selection_changed.connect(told.append)
    path = star(plot)
    draw(plot, path)
    polygon = QPolygonF([QPointF(place) for place in path])
    expected = [
        index
        for index, place in enumerate(screen(plot))
        if polygon.containsPoint(place, Qt.FillRule.OddEvenFill)
    ]
    assert 20 < len(expected) < 300
    assert plot.selection.tolist() == expected
    assert [each.tolist() for each in told] == [expected]


def test_a_rectangle_adds_with_shift_and_takes_away_with_ctrl(plot: ScatterPlot) -> None:
    plot.set_tool("rectangle")
    first = (QPoint(100, 60), QPoint(260, 200))
    second = (QPoint(400, 320), QPoint(220, 150))

    def within(corners: tuple[QPoint, QPoint]) -> set[int]:
        (x0, x1), (y0, y1) = sorted(p.x() for p in corners), sorted(p.y() for p in corners)
        return {i for i, p in enumerate(screen(plot)) if x0 < p.x() < x1 and y0 < p.y() < y1}

    draw(plot, [first[0], QPoint(180, 90), first[1]])
    assert set(plot.selection.tolist()) == within(first) and len(within(first)) > 10
    draw(plot, list(second), SHIFT)
    assert set(plot.selection.tolist()) == within(first) | within(second)
    draw(plot, list(first), CTRL)
    assert set(plot.selection.tolist()) == within(second) - within(first)
    assert plot.selection.tolist() == sorted(plot.selection.tolist())


def test_a_click_chooses_the_nearest_point_or_none(plot: ScatterPlot) -> None:
    clicked: list[int] = []
    plot.point_clicked.connect(clicked.append)
    places = np.array([[p.x(), p.y()] for p in screen(plot)])
    target = places[17].round()
    nearest = int(np.hypot(*(places - target).T).argmin())
    QTest.mouseClick(plot, LEFT, NONE, QPoint(*target.astype(int).tolist()))
    assert clicked == [nearest] and plot.selection.tolist() == [nearest]
    QTest.mouseClick(plot, LEFT, NONE, QPoint(plot.width() - 3, 3))
    assert clicked == [nearest] and len(plot.selection) == 0


def test_what_is_hidden_or_out_of_sight_is_not_chosen(plot: ScatterPlot) -> None:
    plot.set_hidden({1, 2})
    around = [QPoint(2, 2), QPoint(490, 2), QPoint(490, 350), QPoint(2, 350)]
    draw(plot, around)
    assert set(plot.points.labels[plot.selection].tolist()) == {0, 3}
    plot.set_hidden(())
    QTest.keyClick(plot, Qt.Key.Key_Plus)
    QTest.keyClick(plot, Qt.Key.Key_Plus)
    draw(plot, around)
    view = plot.view
    x, y = plot.points.places.T
    visible = (x > view.left()) & (x < view.right()) & (y > view.top()) & (y < view.bottom())
    assert 0 < visible.sum() < len(plot.points)
    assert plot.selection.tolist() == np.flatnonzero(visible).tolist()


def test_everything_can_be_chosen_with_the_keyboard(plot: ScatterPlot) -> None:
    clicked: list[int] = []
    plot.point_clicked.connect(clicked.append)
    leftmost = np.argsort(plot.points.places[:, 0])
    QTest.keyClick(plot, Qt.Key.Key_PageDown)
    assert plot.pointed == leftmost[0]
    QTest.keyClick(plot, Qt.Key.Key_PageDown)
    QTest.keyClick(plot, Qt.Key.Key_PageDown)
    QTest.keyClick(plot, Qt.Key.Key_PageUp)
    QTest.keyClick(plot, Qt.Key.Key_Return)
    assert plot.selection.tolist() == clicked == [leftmost[1]]
    QTest.keyClick(plot, Qt.Key.Key_A, CTRL)
    assert len(plot.selection) == len(plot.points)
    QTest.keyClick(plot, Qt.Key.Key_Escape)
    assert len(plot.selection) == 0
    plot.select_class(2)
    assert plot.selection.tolist() == list(range(2, 400, 4))


def test_both_axes_have_one_scale(plot: ScatterPlot) -> None:
    for size in ((500, 360), (700, 200), (200, 500)):
        plot.resize(*size)
        view, area = plot.view, plot._area()
        assert view.width() / view.height() == pytest.approx(area.width() / area.height(), rel=0.2)
        low, high = plot.points.places.min(axis=0), plot.points.places.max(axis=0)
        assert view.left() < low[0] and view.right() > high[0]
        assert view.top() < low[1] and view.bottom() > high[1]


def test_wheel_zooms_where_it_points_and_the_middle_button_moves(plot: ScatterPlot, qtbot: QtBot) -> None:
    before = plot.view
    QTest.keyClick(plot, Qt.Key.Key_Plus)
    assert plot.view.width() < before.width() and not plot.is_fitted
    place = plot.place_of(3)
    QTest.mousePress(plot, MIDDLE, NONE, QPoint(200, 200))
    QTest.mouseMove(plot, QPoint(230, 190))
    QTest.mouseRelease(plot, MIDDLE, NONE, QPoint(230, 190))
    moved = plot.place_of(3) - place
    assert (moved.x(), moved.y()) == pytest.approx((30, -10), abs=0.01)
    assert len(plot.selection) == 0
    QTest.keyClick(plot, Qt.Key.Key_0)
    assert plot.is_fitted and plot.view == before


def test_the_point_under_the_pointer_is_told(plot: ScatterPlot) -> None:
    told: list[int] = []
    plot.point_hovered.connect(told.append)
    place = plot.place_of(int(np.argmax(plot.points.places[:, 0])))
    QTest.mouseMove(plot, place.toPoint())
    QTest.mouseMove(plot, QPoint(plot.width() - 1, 1))
    assert told == [int(np.argmax(plot.points.places[:, 0])), -1]


def test_other_labels_keep_what_is_chosen(plot: ScatterPlot) -> None:
    QTest.keyClick(plot, Qt.Key.Key_Plus)
    plot.select([1, 5])
    view = plot.view
    plot.set_points(points(classes=3), keep_view=True)
    assert plot.view == view and plot.selection.tolist() == [1, 5]
    plot.set_points(points(10))
    assert plot.is_fitted and len(plot.selection) == 0


def pixel(plot: ScatterPlot, place: QPointF) -> QColor:
    image = plot.grab().toImage()
    return image.pixelColor((place * image.devicePixelRatio()).toPoint())


def near(one: QColor, other: QColor) -> bool:
    return (
        max(abs(one.red() - other.red()), abs(one.green() - other.green()), abs(one.blue() - other.blue()))
        < 40
    )


def test_colours_follow_class_highlight_and_theme(plot: ScatterPlot, qapp: QApplication) -> None:
    corners = np.array([[0.0, 0.0], [10.0, 0.0], [0.0, 10.0]])
    labels = np.array([0, 11, -1])
    plot.set_points(Points(corners, labels, np.zeros(3, np.uint8), np.zeros(3, bool)))
    for name in ("light", "dark"):
        theme.install(qapp, name)
        tokens = theme.tokens()
        wanted = (tokens.classes[0], tokens.classes[1], tokens.no_class)
        for place, color in zip(screen(plot), wanted, strict=True):
            assert near(pixel(plot, place), QColor(color)), (name, color)
        plot.set_highlight(0)
        assert near(pixel(plot, screen(plot)[0]), QColor(wanted[0]))
        assert not near(pixel(plot, screen(plot)[1]), QColor(wanted[1]))
        plot.set_highlight(None)
    plot.set_hidden({0})
    assert near(pixel(plot, screen(plot)[0]), QColor(theme.tokens().card))


def test_markers_and_outlines_differ() -> None:
    pictures = set()
    for marker, outlined in [(0, False), (1, False), (2, False), (3, False), (0, True)]:
        one = Points(np.zeros((1, 2)), np.array([0]), np.array([marker], np.uint8), np.array([outlined]))
        image = paint_points(one, np.array([[15.0, 15.0]]), (30, 30), np.zeros(1, bool), 6)
        pictures.add(bytes(image.constBits()))
        assert image.pixelColor(15, 15).alpha() > 200
        assert image.pixelColor(2, 2).alpha() == 0
    assert len(pictures) == 5


def test_points_at_the_edge_of_the_picture_are_cut() -> None:
    places = np.array([[0.0, 0.0], [29.0, 9.0], [-50.0, 3.0], [10.0, 500.0]])
    four = Points(places, np.arange(4), np.zeros(4, np.uint8), np.ones(4, bool))
    image = paint_points(four, places, (30, 10), np.zeros(4, bool), 4.5)
    assert (image.width(), image.height()) == (30, 10)
    assert image.pixelColor(0, 0).alpha() and image.pixelColor(29, 9).alpha()


def test_inside_is_even_odd() -> None:
    places = np.random.RandomState(1).rand(500, 2) * 10
    outline = np.array([[1, 1], [9, 1], [9, 9], [5, 4], [1, 9], [8, 3]], float)
    polygon = QPolygonF([QPointF(x, y) for x, y in outline.tolist()])
    rule = Qt.FillRule.OddEvenFill
    expected = [polygon.containsPoint(QPointF(x, y), rule) for x, y in places.tolist()]
    assert inside(outline, places).tolist() == expected
    assert not inside(outline[:2], places).any() and inside(outline, places[:0]).shape == (0,)


def test_more_points_are_smaller() -> None:
    radii = [radius_for(count, 100_000) for count in (1, 2_000, 5_000, 50_000)]
    assert radii == sorted(radii, reverse=True) and radii[0] == 4.5 and radii[-1] == 1.5


@pytest.mark.parametrize("tokens", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
def test_ten_classes_can_be_told_apart_by_colour_blind_people(tokens: theme.Tokens) -> None:
    colors = np.array(
        [[int(c[i : i + 2], 16) for i in (1, 3, 5)] for c in (*tokens.classes, tokens.no_class)]
    )
    linear = np.where(colors / 255 <= 0.04045, colors / 255 / 12.92, ((colors / 255 + 0.055) / 1.055) ** 2.4)
    assert len({*tokens.classes}) == 10
    for name, matrix in _BLINDNESS.items():
        seen = _oklab(np.clip(linear @ np.array(matrix).T, 0, 1))
        distances = [float(np.linalg.norm(a - b)) for a, b in combinations(seen, 2)]
        # 0.02 is about the least difference seen side by side.
        assert min(distances) > 0.1, name


def _oklab(linear: np.ndarray) -> np.ndarray:
    """Ottosson's OKLab of linear RGB."""
    cone = [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
    lab = [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
    return np.cbrt(linear @ np.array(cone).T) @ np.array(lab).T


def test_colours_begin_again_after_ten(qapp: QApplication) -> None:
    assert color_of(3) == color_of(13) != color_of(4)
    assert color_of(-1) == QColor(theme.tokens().no_class)
