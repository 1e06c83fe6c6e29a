"""The window around the pages: loading, tabs, docks, drops, closing."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
import types
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFileDialog,
    QLabel,
    QMessageBox,
    QPlainTextEdit,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tudui_gui.core.paths import resource
from tudui_gui.gui import loading, theme
from tudui_gui.gui.app import create_app
from tudui_gui.gui.main_window import TABS, MainWindow
from tudui_gui.gui.preferences import folder
from tudui_gui.gui.session import Session
from tudui_gui.gui.widgets.loading_page import LoadingPage
from tudui_gui.gui.widgets.page import Page
from tudui_gui.images.reading import Picture
from tudui_gui.training.events import RunStopped
from tudui_gui.training.experiment import Experiment

Open = Callable[..., MainWindow]


class PlainPage(Page):
    """A page that notes what it is given."""

    def __init__(self, session: Session, jobs: Any) -> None:
        super().__init__(session, jobs)
        self.paths: list[Path] = []
        self.shown = 0
        self.retranslate_ui()

    def code(self) -> str:
        return f"# {self.objectName()}\n"

    def open_paths(self, paths: Sequence[Path]) -> None:
        self.paths += paths

    def activated(self) -> None:
        self.shown += 1


class ImagePage(PlainPage):
    """A page that also takes images."""

    def __init__(self, session: Session, jobs: Any) -> None:
        super().__init__(session, jobs)
        self.images: list[tuple[Picture, str]] = []

    def accepts(self, path: Path) -> bool:
        return path.suffix == ".png"

    def open_image(self, picture: Picture, name: str) -> None:
        self.images.append((picture, name))


@pytest.fixture
def plain_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages that need no building, so that a test is about the window alone."""
    for name in TABS:
        module = types.ModuleType(f"plain_{name}")
        takes_images = name in ("transforms_tab", "layers_tab", "prediction_tab")
        module.create = ImagePage if takes_images else PlainPage  # type: ignore[attr-defined]
        monkeypatch.setitem(sys.modules, module.__name__, module)
        monkeypatch.setitem(loading.PAGE_MODULES, name, module.__name__)


@pytest.fixture
def open_window(qtbot: QtBot) -> Iterator[Open]:
    """Opens the window and waits until every tab stands; closes it in the end."""
    opened: list[MainWindow] = []

    def open_it(*paths: str) -> MainWindow:
        _, window = create_app(["tudui-gui", *paths])
        opened.append(window)
        with qtbot.waitSignal(window.ready, timeout=60_000):
            window.show()
        return window

    yield open_it
    for window in opened:
        close(window, qtbot)
        window.deleteLater()


def close(window: MainWindow, qtbot: QtBot) -> None:
    if window.isVisible():
        with qtbot.waitSignal(window.closed, timeout=60_000):
            window.close()


def files(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def drop(widget: QWidget, data: QMimeData, at: QPointF) -> bool:
    action, buttons, keys = (
        Qt.DropAction.CopyAction,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(widget, QDragEnterEvent(at.toPoint(), action, data, buttons, keys))
    event = QDropEvent(at, action, data, buttons, keys)
    event.setAccepted(False)
    QApplication.sendEvent(widget, event)
    return event.isAccepted()


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "red.png"
    Image.new("RGB", (8, 6), (200, 0, 0)).save(path)
    return path


def test_the_shell_imports_nothing_heavy() -> None:
    program = (
        "import sys; import tudui_gui.gui.app;"
        "heavy = {'torch', 'torchvision', 'numpy', 'qtawesome', 'cv2', 'PIL', 'psutil'};"
        "sys.exit(', '.join(heavy & set(sys.modules)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_shell_is_there_before_torch(qtbot: QtBot, plain_pages: None) -> None:
    _, window = create_app(["tudui-gui"])
    places = [window.tabs.widget(index) for index in range(6)]
    assert all(isinstance(place, LoadingPage) for place in places)
    assert window.windowTitle().startswith("tudui")
    assert window.session is None
    with qtbot.waitSignals([window.first_painted, window.ready], timeout=60_000):
        window.show()
    assert [window.tabs.widget(index).objectName() for index in range(6)] == list(TABS)
    close(window, qtbot)
    window.deleteLater()


def test_the_real_pages_stand_and_fit(open_window: Open, qtbot: QtBot) -> None:
    window = open_window()
    assert window.banner.isHidden(), window.banner.text
    assert all(isinstance(window.page(name), Page) for name in TABS)
    window.resize(1024, 680)
    for name in TABS:
        window.show_page(name)
        page = window.page(name)
        assert page is not None and page.isVisible()
        assert page.minimumSizeHint().width() <= 1024
        assert isinstance(page.code(), str)
    assert window.minimumSizeHint().width() <= 1024
    assert window.minimumSizeHint().height() <= 680


def test_ctrl_numbers_switch_tabs(open_window: Open, plain_pages: None, qtbot: QtBot) -> None:
    window = open_window()
    window.activateWindow()
    for number, name in enumerate(TABS):
        qtbot.keyClick(window, Qt.Key(Qt.Key.Key_1 + number), Qt.KeyboardModifier.ControlModifier)
        assert window.current_name == name
    page = window.page("prediction_tab")
    assert isinstance(page, PlainPage)
    assert page.shown == 1


def test_docks_open_by_key_and_by_button(open_window: Open, plain_pages: None, qtbot: QtBot) -> None:
    window = open_window()
    assert window.code_dock.isHidden() and window.log_dock.isHidden()
    qtbot.keyClick(window, Qt.Key.Key_F9)
    assert window.code_dock.isVisible()
    qtbot.waitUntil(lambda: window.code_panel.code == "# datasets_tab\n")
    window.show_page("layers_tab")
    qtbot.waitUntil(lambda: window.code_panel.code == "# layers_tab\n")
    log = window.findChild(QToolButton, "log_button")
    assert log is not None
    qtbot.mouseClick(log, Qt.MouseButton.LeftButton)
    assert window.log_dock.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_F12)
    assert window.log_dock.isHidden()


def test_every_control_of_the_window_can_be_named(open_window: Open, plain_pages: None) -> None:
    window = open_window()
    controls = window.findChildren(QToolButton) + window.findChildren(QPlainTextEdit)
    ours = [control for control in controls if not control.objectName().startswith("qt_")]
    unnamed = [c for c in ours if not c.objectName() and c.isVisible() and "Scroll" not in type(c).__name__]
    assert unnamed == []
    for name in ("undo", "redo", "code", "log", "theme", "menu"):
        button = window.findChild(QToolButton, f"{name}_button")
        assert button is not None and (button.toolTip() and (button.accessibleName() or button.text()))


def test_paths_of_the_command_line_wait_for_the_tabs(
    open_window: Open, plain_pages: None, picture: Path, tmp_path: Path
) -> None:
    toml, weights = tmp_path / "a.toml", tmp_path / "b.pth"
    toml.touch()
    weights.touch()
    window = open_window(str(tmp_path), str(picture), str(toml), str(weights))
    opened = {name: window.page(name).paths for name in TABS}  # type: ignore[union-attr]
    assert opened["datasets_tab"] == [tmp_path]
    assert opened["prediction_tab"] == [picture, weights]
    assert opened["training_tab"] == [toml]


def test_drops_go_where_they_belong(
    open_window: Open, plain_pages: None, picture: Path, tmp_path: Path
) -> None:
    window = open_window()
    middle = QPointF(window.rect().center())
    window.show_page("layers_tab")
    assert drop(window, files(picture), middle)
    assert window.page("layers_tab").paths == [picture]  # type: ignore[union-attr]
    window.show_page("models_tab")
    assert drop(window, files(picture), middle)
    assert window.page("prediction_tab").paths == [picture]  # type: ignore[union-attr]
    assert window.current_name == "prediction_tab"
    table = tmp_path / "labels.csv"
    table.write_text("ants/1.jpg,ants\n", "utf-8")
    for path in (tmp_path, table):
        window.show_page("models_tab")
        assert drop(window, files(path), middle)
        assert window.current_name == "datasets_tab"


def test_a_drop_on_a_header_goes_to_that_tab(open_window: Open, plain_pages: None, picture: Path) -> None:
    window = open_window()
    bar = window.tabs.tabBar()
    place = QPointF(bar.tabRect(list(TABS).index("transforms_tab")).center())
    assert drop(bar, files(picture), place)
    assert window.current_name == "transforms_tab"
    assert window.page("transforms_tab").paths == [picture]  # type: ignore[union-attr]


def test_pixels_without_a_file_become_a_picture(open_window: Open, plain_pages: None, qtbot: QtBot) -> None:
    window = open_window()
    data = QMimeData()
    image = QImage(5, 4, QImage.Format.Format_RGB888)
    image.fill(Qt.GlobalColor.blue)
    data.setImageData(image)
    data.setText("digit 7")
    bar = window.tabs.tabBar()
    assert drop(bar, data, QPointF(bar.tabRect(2).center()))
    page = window.page("layers_tab")
    assert isinstance(page, ImagePage)
    qtbot.waitUntil(lambda: len(page.images) == 1)
    shown, name = page.images[0]
    assert name == "digit 7"
    np.testing.assert_array_equal(np.asarray(shown.image), np.full((4, 5, 3), (0, 0, 255)))


def test_what_cannot_be_opened_is_said_in_place(open_window: Open, plain_pages: None, tmp_path: Path) -> None:
    window = open_window()
    odd = tmp_path / "notes.docx"
    odd.touch()
    window.open_paths([odd])
    assert "notes.docx" in window.banner.text
    window.open_paths([tmp_path / "gone.png"])
    assert "gone.png does not exist" in window.banner.text


def test_an_image_is_sent_to_another_tab(open_window: Open, plain_pages: None) -> None:
    window = open_window()
    assert window.session is not None
    sent = Picture(Image.new("RGB", (2, 2)), None, "", "RGB", (2, 2))
    window.session.send_image(sent, "seven", "layers_tab")
    page = window.page("layers_tab")
    assert isinstance(page, ImagePage)
    assert page.images == [(sent, "seven")]
    assert window.current_name == "layers_tab"


def test_undo_and_redo_of_the_experiment(open_window: Open, plain_pages: None, qtbot: QtBot) -> None:
    window = open_window()
    session = window.session
    assert session is not None
    before = session.experiment
    for lr in (0.1, 0.12):
        session.set_experiment(session.experiment.with_value("optimizer.lr", lr), "Change lr", "lr")
    session.set_experiment(session.experiment.with_value("training.epochs", 3), "Change epochs", "epochs")
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert session.experiment == before.with_value("optimizer.lr", 0.12)
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert session.experiment == before
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(window, Qt.Key.Key_Z, both)
    assert session.experiment.optimizer.values["lr"] == 0.12


def test_the_experiment_is_saved(
    open_window: Open, plain_pages: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window()
    assert window.session is not None
    target = tmp_path / "mine.toml"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *a, **k: (str(target), ""))
    window.actions_.save.trigger()
    assert Experiment.load(target) == window.session.experiment
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *a, **k: (str(target / "below.toml"), ""))
    window.actions_.save.trigger()
    assert "below.toml" in window.banner.text


def test_theme_language_tab_and_docks_come_back(open_window: Open, plain_pages: None, qtbot: QtBot) -> None:
    window = open_window()
    window.resize(960, 700)
    window.set_theme("dark")
    window.set_language("zh_CN")
    window.show_page("models_tab")
    window.code_dock.show()
    qtbot.waitUntil(lambda: window.tabs.tabText(0) == "数据集")
    close(window, qtbot)
    again = open_window()
    assert again.current_name == "models_tab"
    assert theme.tokens().is_dark
    assert again.tabs.tabText(0) == "数据集"
    assert again.code_dock.isVisible()
    assert again.size() == window.size()
    assert (folder() / "preferences.toml").is_file()
    again.set_language("en")
    qtbot.waitUntil(lambda: again.tabs.tabText(0) == "Datasets")
    again.set_theme("light")


@pytest.mark.parametrize("name", ["preferences.toml", "window.json"])
def test_damaged_settings_do_not_keep_the_window_from_opening(
    open_window: Open, plain_pages: None, name: str
) -> None:
    folder().mkdir(parents=True, exist_ok=True)
    (folder() / name).write_bytes(b"\x00{[ damaged")
    assert open_window().is_ready
    assert (folder() / f"{name}.damaged").exists()


def test_help_windows_block_nothing(open_window: Open, plain_pages: None, qtbot: QtBot) -> None:
    window = open_window()
    for action in (window.actions_.about, window.actions_.system):
        action.trigger()
    dialogs = window.findChildren(QDialog)
    assert {dialog.objectName() for dialog in dialogs} == {"about_dialog", "system_dialog"}
    assert not any(dialog.isModal() for dialog in dialogs)
    report = window.findChild(QPlainTextEdit, "system_report")
    assert report is not None and "torch" in report.toPlainText()
    for dialog in dialogs:
        dialog.close()


def test_the_status_bar_tells_the_device_and_a_lasting_job(
    open_window: Open, plain_pages: None, qtbot: QtBot
) -> None:
    import torch

    window = open_window()
    device = window.findChild(QLabel, "status_device")
    title = window.findChild(QLabel, "job_title")
    memory = window.findChild(QLabel, "status_memory")
    assert device is not None and title is not None and memory is not None and window.jobs is not None
    assert torch.__version__.partition("+")[0] in device.text()
    assert memory.text().endswith("MB")
    job = window.jobs.submit(lambda token, progress: _until(token, progress), title="Scanning files")
    assert not title.isVisible()
    qtbot.waitUntil(lambda: title.isVisible() and title.text().startswith("Scanning files"))
    cancel = window.findChild(QToolButton, "job_cancel")
    assert cancel is not None
    qtbot.mouseClick(cancel, Qt.MouseButton.LeftButton)
    assert job.token.cancelled
    qtbot.waitUntil(lambda: not title.isVisible())


def _until(token: Any, progress: Any) -> None:
    while True:
        token.raise_if_cancelled()
        progress(0.5, "")


def test_an_unexpected_error_is_shown_and_logged(
    open_window: Open, plain_pages: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "excepthook", lambda *caught: None)
    window = open_window()
    error = RuntimeError("a bug")
    sys.excepthook(RuntimeError, error, None)
    assert "a bug" in window.banner.text
    assert "RuntimeError: a bug" in window.log_panel.text


def test_a_page_that_cannot_be_built_leaves_the_others(
    open_window: Open, plain_pages: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "excepthook", lambda *caught: None)
    monkeypatch.setitem(loading.PAGE_MODULES, "models_tab", "no_such_module")
    window = open_window()
    place = window.tabs.widget(3)
    assert isinstance(place, LoadingPage)
    assert "no_such_module" in place.text
    assert isinstance(window.page("layers_tab"), Page)


def test_torch_that_cannot_be_imported_is_explained(
    qtbot: QtBot, plain_pages: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def import_module(name: str) -> object:
        if name == "torchvision":
            raise RuntimeError("operator torchvision::nms does not exist")
        return types.ModuleType(name)

    names = types.SimpleNamespace(import_module=import_module, util=importlib.util)
    monkeypatch.setattr(loading, "importlib", names)
    _, window = create_app(["tudui-gui"])
    with qtbot.waitSignal(window.loading_ended, timeout=30_000):
        window.show()
    place = window.tabs.currentWidget()
    assert isinstance(place, LoadingPage)
    assert "torchvision" in place.text and "doctor" in place.text
    assert not window.is_ready
    close(window, qtbot)
    window.deleteLater()


def test_closing_while_loading_waits_for_the_import(qtbot: QtBot, plain_pages: None) -> None:
    _, window = create_app(["tudui-gui"])
    ready: list[bool] = []
    window.ready.connect(lambda: ready.append(True))
    window.show()
    with qtbot.waitSignal(window.closed, timeout=60_000):
        window.close()
    assert not window.is_loading
    window.deleteLater()


def start_training(window: MainWindow, qtbot: QtBot, run_dir: Path) -> None:
    session = window.session
    assert session is not None
    experiment = Experiment.load(resource("experiments", "digits.toml")).with_value("device", "cpu")
    with qtbot.waitSignal(session.training.steps_done, timeout=60_000):
        session.training.start(experiment.with_value("training.epochs", 50), run_dir)


def test_the_status_bar_follows_a_training(
    open_window: Open, plain_pages: None, qtbot: QtBot, tmp_path: Path
) -> None:
    window = open_window()
    start_training(window, qtbot, tmp_path / "my-run")
    title, cancel = window.findChild(QLabel, "job_title"), window.findChild(QToolButton, "job_cancel")
    assert title is not None and cancel is not None and window.session is not None
    qtbot.waitUntil(lambda: title.isVisible() and "my-run" in title.text())
    with qtbot.waitSignal(window.session.training.run_ended, timeout=60_000):
        qtbot.mouseClick(cancel, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not title.isVisible())


def test_closing_while_training_asks_stops_and_keeps_a_checkpoint(
    open_window: Open, plain_pages: None, qtbot: QtBot, tmp_path: Path
) -> None:
    window = open_window()
    start_training(window, qtbot, tmp_path / "run")
    assert window.session is not None
    endings: list[object] = []
    window.session.training.run_ended.connect(endings.append)
    window.close()
    question = window.findChild(QMessageBox, "close_question")
    assert question is not None and question.isVisible() and window.isVisible()
    reject = next(
        b for b in question.buttons() if question.buttonRole(b) == QMessageBox.ButtonRole.RejectRole
    )
    qtbot.mouseClick(reject, Qt.MouseButton.LeftButton)
    assert window.session.training.is_active
    window.close()
    question = window.findChild(QMessageBox, "close_question")
    assert question is not None
    accept = next(
        b for b in question.buttons() if question.buttonRole(b) == QMessageBox.ButtonRole.AcceptRole
    )
    with qtbot.waitSignal(window.closed, timeout=60_000):
        qtbot.mouseClick(accept, Qt.MouseButton.LeftButton)
    assert isinstance(endings[0], RunStopped)
    assert endings[0].checkpoint.is_file()
    assert not window.session.training.is_active


def test_dragging_over_a_header_shows_its_tab(open_window: Open, plain_pages: None) -> None:
    assert open_window().tabs.tabBar().changeCurrentOnDrag()
