"""The curves: smoothing, thinning, ticks, drawing, export."""

from __future__ import annotations

import csv
import math
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from tudui_gui.core.errors import StorageError
from tudui_gui.gui import theme
from tudui_gui.gui.imaging import from_qimage
from tudui_gui.gui.widgets.live_plot import LivePlot
from tudui_gui.gui.widgets.plot_canvas import PlotCanvas, log_ticks, ticks
from tudui_gui.gui.widgets.series import Series, decimate


@pytest.fixture
def plot(qtbot: QtBot) -> LivePlot:
    made = LivePlot("loss_plot")
    qtbot.addWidget(made)
    made.resize(500, 300)
    made.add_series("train", "train", "accent", smoothed=True)
    made.add_series("test", "test", "reference", points=True)
    with qtbot.waitExposed(made):
        made.show()
    return made


def canvas_of(plot: LivePlot) -> PlotCanvas:
    canvas = plot.findChild(PlotCanvas, "loss_plot_canvas")
    assert canvas is not None
    return canvas


def has_color(image: QImage, color: str) -> bool:
    wanted = QColor(color)
    rgb = np.array([wanted.red(), wanted.green(), wanted.blue()])
    return bool((np.abs(from_qimage(image).astype(int) - rgb).max(axis=2) < 12).any())


def test_appended_points_are_kept_and_drawn_at_the_next_tick(plot: LivePlot, qtbot: QtBot) -> None:
    plot.append("train", [1, 2, 3], [2.0, 1.5, 1.0])
    plot.append("train", [4], [0.5])
    plot.append("test", [4], [0.7])
    assert plot.data("train") == ([1, 2, 3, 4], [2.0, 1.5, 1.0, 0.5])
    qtbot.waitUntil(lambda: canvas_of(plot).view.right() == 4)
    picture = plot.grab().toImage()
    assert has_color(picture, theme.tokens().accent)
    assert has_color(picture, theme.tokens().reference)


def test_many_appends_are_one_redraw(plot: LivePlot, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[int] = []
    canvas = canvas_of(plot)
    draw = canvas.set_curves
    monkeypatch.setattr(canvas, "set_curves", lambda curves: (drawn.append(1), draw(curves)))
    for step in range(1000):
        plot.append("train", [step], [1.0 / (step + 1)])
    qtbot.waitUntil(lambda: bool(drawn))
    assert len(drawn) == 1


def test_smoothing_is_the_average_without_bias() -> None:
    series = Series("", "accent", smoothed=True)
    values = np.random.default_rng(0).normal(size=50)
    series.append(range(30), values[:30], 0.9)
    series.append(range(30, 50), values[30:], 0.9)
    expected, average, weight = [], 0.0, 0.0
    for value in values:
        average, weight = 0.9 * average + 0.1 * value, 0.9 * weight + 0.1
        expected.append(average / weight)
    np.testing.assert_allclose(series.smooth, expected)
    series.smooth_again(0.0)
    np.testing.assert_allclose(series.smooth, values)


def test_a_gap_does_not_spoil_the_average() -> None:
    series = Series("", "accent", smoothed=True)
    series.append([0, 1, 2], [1.0, math.nan, 1.0], 0.5)
    np.testing.assert_allclose(series.smooth, [1.0, 1.0, 1.0])


def test_the_value_at_the_nearest_point() -> None:
    series = Series("", "accent")
    assert series.value_at(3.0) is None
    series.append([0, 10, 20], [1.0, 2.0, 3.0], 0.0)
    assert [series.value_at(x) for x in (-5, 4, 6, 100)] == [1.0, 1.0, 2.0, 3.0]


def test_thinning_keeps_extremes_order_and_the_end() -> None:
    xs = np.arange(100_000.0)
    ys = np.random.default_rng(0).normal(size=100_000)
    ys[54_321], ys[777] = 50.0, -50.0
    thin_x, thin_y = decimate(xs, ys, 500)
    assert len(thin_x) <= 1_200
    assert (np.diff(thin_x) >= 0).all()
    assert thin_y.max() == 50.0 and thin_y.min() == -50.0
    assert thin_x[-1] >= 99_000
    np.testing.assert_array_equal(ys[thin_x.astype(int)], thin_y)


def test_few_points_are_not_thinned() -> None:
    xs = np.arange(10.0)
    assert decimate(xs, xs, 500)[0] is xs


@pytest.mark.parametrize(
    ("low", "high"), [(0, 1), (0, 5000), (-1e-3, 2e-3), (0.97, 0.98), (1e6, 2e6), (-5, 5)]
)
def test_ticks_are_round_and_inside(low: float, high: float) -> None:
    found = ticks(low, high, 5)
    assert 3 <= len(found) <= 11
    for value, text in found:
        assert low - 1e-9 <= value <= high + 1e-9
        assert float(text) == pytest.approx(value, abs=(high - low) * 1e-6)


def test_ticks_of_nothing() -> None:
    assert ticks(1, 1, 5) == ticks(math.nan, 1, 5) == log_ticks(0, 0) == []


def test_log_ticks_are_decades() -> None:
    assert [text for _, text in log_ticks(-2, 0)] == ["0.01", "0.02", "0.05", "0.1", "0.2", "0.5", "1"]


def test_a_logarithmic_axis_leaves_out_what_is_not_positive(plot: LivePlot, qtbot: QtBot) -> None:
    plot.set_data("test", [1, 2, 3, 4], [1000.0, 0.0, -5.0, 0.1])
    plot.set_log(True)
    plot.redraw()
    view = canvas_of(plot).view
    assert view.top() == pytest.approx(-1, abs=0.3)
    assert view.bottom() == pytest.approx(3, abs=0.3)
    assert not plot.grab().isNull()


def test_the_wheel_zooms_and_a_double_click_shows_everything(plot: LivePlot, qtbot: QtBot) -> None:
    plot.set_data("test", range(100), range(100))
    plot.redraw()
    canvas = canvas_of(plot)
    middle = QPointF(canvas.rect().center())
    event = QWheelEvent(
        middle,
        canvas.mapToGlobal(middle),
        QPoint(0, 0),
        QPoint(0, 240),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(canvas, event)
    assert canvas.view.width() < 99
    plot.append("test", [100], [100])
    plot.redraw()
    assert canvas.view.right() < 100
    qtbot.mouseDClick(canvas, Qt.MouseButton.LeftButton)
    assert canvas.view.right() == 100


def test_dragging_and_keys_pan(plot: LivePlot, qtbot: QtBot) -> None:
    plot.set_data("test", range(100), range(100))
    plot.redraw()
    canvas = canvas_of(plot)
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(200, 100))
    qtbot.mouseMove(canvas, QPoint(150, 100))
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(150, 100))
    panned = canvas.view.left()
    qtbot.keyClick(canvas, Qt.Key.Key_0)
    assert canvas.view.left() == 0
    qtbot.keyClick(canvas, Qt.Key.Key_Right)
    assert canvas.view.left() > 0
    assert panned >= 0


def test_the_crosshair_reads_the_values(plot: LivePlot, qtbot: QtBot) -> None:
    plot.set_data("test", [0, 50, 100], [1.0, 0.5, 0.25])
    plot.redraw()
    hovered: list[tuple[float, dict[str, float]]] = []
    plot.point_hovered.connect(lambda x, values: hovered.append((x, values)))
    canvas = canvas_of(plot)
    qtbot.mouseMove(canvas, QPoint(canvas.width() - 12, canvas.height() // 2))
    x, values = hovered[-1]
    assert x > 90
    assert values == {"test": 0.25}
    readout = plot.findChild(QLabel, "loss_plot_readout")
    assert readout is not None
    assert "0.25" in readout.text()


def test_a_change_of_theme_repaints_at_once(plot: LivePlot, qtbot: QtBot) -> None:
    plot.set_data("test", [0, 1], [0, 1])
    theme.manager().set_mode("dark")
    plot.redraw()
    assert has_color(plot.grab().toImage(), theme.DARK.reference)
    theme.manager().set_mode("light")


def test_clear_and_remove(plot: LivePlot) -> None:
    plot.append("train", [1], [1.0])
    plot.clear()
    assert plot.data("train") == ([], [])
    plot.remove_series("train")
    assert plot.series == ("test",)
    plot.redraw()


def test_export(plot: LivePlot, tmp_path: Path) -> None:
    plot.set_data("train", [1, 2], [0.5, 0.25])
    plot.set_data("test", [2], [0.125])
    plot.export_csv(tmp_path / "loss.csv")
    rows = list(csv.reader((tmp_path / "loss.csv").read_text("utf-8").splitlines()))
    assert rows[0] == ["series", "x", "y"]
    assert [(name, float(x), float(y)) for name, x, y in rows[1:]] == [
        ("train", 1, 0.5),
        ("train", 2, 0.25),
        ("test", 2, 0.125),
    ]
    plot.export_png(tmp_path / "loss.png")
    assert QImage(str(tmp_path / "loss.png")).size() == plot.size()
    with pytest.raises(StorageError):
        plot.export_csv(tmp_path / "loss.csv" / "below")
