"""The whole job, driven in the real window: browse, transform, feature maps, train, look inside, predict."""

from __future__ import annotations

import json
import logging
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QMimeData, QObject, QPoint, QPointF, Qt, QTimer, QUrl, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QComboBox, QWidget

from tudui_gui.core.files import atomic_write, write_text
from tudui_gui.gui import app
from tudui_gui.gui.main_window import MainWindow
from tudui_gui.gui.widgets.page import Page

logger = logging.getLogger(__name__)

W = TypeVar("W", bound=QWidget)
Condition = Callable[[], object]

_LOOK_MS = 15
#: A person watching needs this long to see what was done, in seconds.
_WATCHED_PAUSE = 0.9
_PATIENCE = 240.0
#: How many test images are dropped on the window, one of each class first.
_DROPPED = 20


def run(out: Path, offscreen: bool) -> int:
    """Drive the window through the whole job on the bundled data.

    Parameters
    ----------
    out : Path
        Folder for ``datasets.png`` ... ``prediction.png``, the classified images and ``report.json``.
    offscreen : bool
        Do not wait for anybody to look.

    Returns
    -------
    int
        0 when every step was done, else 1 (``report.json`` says why under ``"error"``).

    Raises
    ------
    StorageError
        When ``out`` cannot be written.
    """
    write_text(out / "report.json", "{}\n")
    with tempfile.TemporaryDirectory(prefix="tudui-demo-") as home:
        # The tour must not touch the person's own runs and preferences.
        before = os.environ.get("TUDUI_HOME")
        os.environ["TUDUI_HOME"] = home
        try:
            application, window = app.create_app(["tudui-gui"])
            tour = Tour(window, out, 0.0 if offscreen else _WATCHED_PAUSE)
            window.show()
            application.exec()
        finally:
            if before is None:
                del os.environ["TUDUI_HOME"]
            else:
                os.environ["TUDUI_HOME"] = before
    return 1 if "error" in tour.report else 0


class Tour(QObject):
    """Operates the window step by step; each step ends when what it asked for is there. Main thread only.

    Attributes
    ----------
    report : dict
        ``test_accuracy``, ``seconds`` per stage, ``predictions``; ``error`` if a step failed.
    """

    def __init__(self, window: MainWindow, out: Path, pause: float) -> None:
        super().__init__(window)
        self.report: dict[str, Any] = {"seconds": {}}
        self._window = window
        self._out = out
        self._pause = pause
        self._steps = self._script()
        self._condition: Condition = lambda: window.is_ready
        self._began = self._asked = self._stage_began = time.monotonic()
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    @Slot()
    def _look(self) -> None:
        try:
            waited = time.monotonic() - self._asked
            if waited > _PATIENCE:
                raise TimeoutError(f"nothing happened for {_PATIENCE:.0f} s")
            if self._condition() and waited >= self._pause:
                self._condition = next(self._steps)
                self._asked = time.monotonic()
        except StopIteration:
            self._end()
        except Exception as error:
            logger.exception("The demo broke off.")
            self.report["error"] = f"{type(error).__name__}: {error}"
            self._end()

    def _end(self) -> None:
        self._timer.stop()
        self.report["seconds"]["total"] = round(time.monotonic() - self._began, 2)
        write_text(self._out / "report.json", json.dumps(self.report, indent=2, ensure_ascii=False) + "\n")
        if self._window.session is not None and self._window.session.training.is_active:
            self._window.session.training.run_ended.connect(self._window.close)
            self._window.session.training.stop()
        else:
            self._window.close()

    # What is done

    def _script(self) -> Iterator[Condition]:
        self._close_stage("start")
        for name, stage in (
            ("datasets", self._browse),
            ("transforms", self._transform),
            ("layers", self._see_feature_maps),
            ("training", self._train),
            ("models", self._look_inside),
            ("prediction", self._predict),
        ):
            yield from self._go_to(f"{name}_tab")
            yield from stage()
            self._save_picture(name)
            self._close_stage(name)

    def _go_to(self, page: str) -> Iterator[Condition]:
        tabs = self._window.tabs
        index = tabs.indexOf(self._find(Page, page))
        _click(tabs.tabBar(), tabs.tabBar().tabRect(index).center())
        yield lambda: tabs.currentIndex() == index
        yield self._idle

    def _browse(self) -> Iterator[Condition]:
        grid = self._find(QAbstractItemView, "dataset_grid")
        rows = grid.model().rowCount
        yield lambda: rows() > 0 and self._idle()
        classes = self._find(QComboBox, "class_filter")
        everything = rows()
        classes.setCurrentIndex(4)
        yield lambda: 0 < rows() < everything and self._idle()
        classes.setCurrentIndex(0)
        yield lambda: rows() == everything and self._idle()
        _click(grid.viewport(), grid.visualRect(grid.model().index(7, 0)).center())
        yield self._settled

    def _transform(self) -> Iterator[Condition]:
        yield self._settled
        _press(self._find(QAbstractButton, "roll_again"))
        yield self._settled

    def _see_feature_maps(self) -> Iterator[Condition]:
        grid = self._find(QAbstractItemView, "feature_map_grid")
        yield lambda: grid.model().rowCount() > 0 and self._idle()
        _click(grid.viewport(), grid.visualRect(grid.model().index(1, 0)).center())
        yield self._settled

    def _train(self) -> Iterator[Condition]:
        assert self._window.session is not None
        training = self._window.session.training
        accuracies: list[float] = []
        watch = _EpochWatch(accuracies, self)
        training.epoch_evaluated.connect(watch.note)
        _press(self._find(QAbstractButton, "start_training"))
        yield lambda: training.is_active
        yield lambda: not training.is_active
        yield self._settled
        if not accuracies:
            raise RuntimeError("the training ended without an epoch; see the picture of the Train tab")
        self.report["test_accuracy"] = accuracies[-1]

    def _look_inside(self) -> Iterator[Condition]:
        yield self._settled

    def _predict(self) -> Iterator[Condition]:
        images = self._write_test_images()
        table = self._find(QAbstractItemView, "prediction_table")
        _drop(self._find(QWidget, "prediction_drop_area"), [self._out / "images"])
        yield lambda: table.model().rowCount() == len(images) and self._idle()
        yield self._settled
        self.report["predictions"] = [_table_row(table, row) for row in range(len(images))]
        _drop(self._window, images[:1])
        yield self._settled

    def _write_test_images(self) -> list[Path]:
        """Images of the test part as files: one of each class, then more; folders tell the true class."""
        assert self._window.session is not None
        dataset = self._window.session.dataset
        assert dataset is not None
        labels = dataset.test.labels.tolist()
        firsts = [labels.index(label) for label in range(len(dataset.classes)) if label in labels]
        others = [index for index in range(len(labels)) if index not in firsts]
        files = []
        for index in [*firsts, *others][:_DROPPED]:
            path = self._out / "images" / dataset.classes[labels[index]] / f"{index}.png"
            with atomic_write(path) as stream:
                dataset.test.image(index).save(stream, "PNG")
            files.append(path)
        return files

    # How it is done

    def _find(self, kind: type[W], name: str) -> W:
        widget = self._window.findChild(kind, name)
        if widget is None:
            raise LookupError(f"the window has no {name}")
        return widget

    def _idle(self) -> bool:
        return self._window.jobs is not None and self._window.jobs.is_idle

    def _settled(self) -> bool:
        """Idle for a while: pictures, thumbnails and plots that follow are there too."""
        return self._idle() and time.monotonic() - self._asked > 0.4

    def _save_picture(self, name: str) -> None:
        QApplication.processEvents()
        self._window.grab().save(str(self._out / f"{name}.png"))

    def _close_stage(self, name: str) -> None:
        now = time.monotonic()
        self.report["seconds"][name] = round(now - self._stage_began, 2)
        self._stage_began = now


class _EpochWatch(QObject):
    """Collects the test accuracy of each epoch."""

    def __init__(self, accuracies: list[float], parent: QObject) -> None:
        super().__init__(parent)
        self._accuracies = accuracies

    @Slot(object)
    def note(self, event: Any) -> None:
        """Keep the accuracy of an ``EpochEvaluated``."""
        self._accuracies.append(event.test_accuracy)


def _click(widget: QWidget, place: QPoint) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)


def _press(button: QAbstractButton) -> None:
    if not button.isEnabled():
        raise RuntimeError(f"{button.objectName()} cannot be pressed")
    _click(button, button.rect().center())


def _drop(widget: QWidget, paths: list[Path]) -> None:
    """Drop files on the middle of ``widget``, as a file manager does."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    place = widget.rect().center()
    actions, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(widget, QDragEnterEvent(place, actions, data, left, none))
    QApplication.sendEvent(widget, QDropEvent(QPointF(place), actions, data, left, none))


def _table_row(table: QAbstractItemView, row: int) -> dict[str, str]:
    model = table.model()
    texts = [str(model.index(row, column).data()) for column in range(model.columnCount())]
    return dict(zip(("image", "class", "confidence", "true_class"), texts, strict=True))
