"""The Predict tab, operated with drops, mouse and clipboard; numbers compared with torch called directly."""

from __future__ import annotations

import csv
import shutil
import struct
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QTableView, QToolButton, QWidget
from pytestqt.qtbot import QtBot
from torchvision import transforms

from tudui_gui.core.paths import resource, runs_root
from tudui_gui.datasets.catalog import DATASETS, open_dataset
from tudui_gui.gui.session import Session
from tudui_gui.gui.tabs import prediction
from tudui_gui.gui.tabs.prediction.drawing import draw
from tudui_gui.gui.tabs.prediction.strip import StageStrip
from tudui_gui.gui.widgets.drop_area import DropArea
from tudui_gui.gui.widgets.page import Page
from tudui_gui.gui.widgets.probability_bars import ProbabilityBars
from tudui_gui.gui.widgets.sketch_pad import SketchPad, Stroke
from tudui_gui.gui.workers import Jobs, TrainingController
from tudui_gui.images.reading import Picture
from tudui_gui.models.zoo import Tudui
from tudui_gui.prediction.classifier import Classifier
from tudui_gui.scripts import prediction_script
from tudui_gui.training.checkpoint import Checkpoint
from tudui_gui.training.experiment import Experiment


class Bench:
    """The page with its session, and its widgets by name."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.jobs = Jobs()
        self.controller = TrainingController()
        self.session = Session(Experiment.load(resource("experiments", "digits.toml")), self.controller)
        self.page: Page = prediction.create(self.session, self.jobs)
        qtbot.addWidget(self.page)
        self.page.resize(1280, 730)
        self.page.show()
        self.settle()

    def find(self, kind: type[Any], name: str) -> Any:
        widget = self.page.findChild(kind, name)
        assert widget is not None, name
        return widget

    def click(self, name: str) -> None:
        self.qtbot.mouseClick(self.find(QWidget, name), Qt.MouseButton.LeftButton)

    def settle(self) -> None:
        # A finished job may start the next one.
        for _ in range(3):
            assert self.jobs.wait_idle(60_000)
            QApplication.processEvents()

    def text(self, name: str) -> str:
        return str(self.find(QLabel, name).text())

    def banner(self) -> str:
        return self.page.banner.text if self.page.banner.isVisible() else ""

    def bars(self) -> tuple[tuple[str, float], ...]:
        return self.find(ProbabilityBars, "prediction_bars").rows  # type: ignore[no-any-return]

    def table(self) -> list[list[str]]:
        model = self.find(QTableView, "prediction_table").model()
        return [
            [model.index(row, column).data() for column in range(model.columnCount())]
            for row in range(model.rowCount())
        ]

    def drop(self, paths: Sequence[Path]) -> None:
        """Drop files on the drop area, as the window system reports it."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        area = self.find(DropArea, "prediction_drop_area")
        place = area.rect().center()
        keys = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
        enter = QDragEnterEvent(place, *keys)
        QApplication.sendEvent(area, enter)
        assert enter.isAccepted()
        QApplication.sendEvent(area, QDropEvent(QPointF(place), *keys))
        self.settle()

    def draw(self, strokes: Sequence[Stroke]) -> None:
        """Draw with the mouse."""
        pad = self.find(SketchPad, "sketch_pad")
        side = min(pad.width(), pad.height()) - 2
        corner = QPoint((pad.width() - side) // 2, (pad.height() - side) // 2)
        for stroke in strokes:
            points = [corner + QPoint(round(x * side), round(y * side)) for x, y in stroke]
            self.qtbot.mousePress(pad, Qt.MouseButton.LeftButton, pos=points[0])
            for point in points[1:]:
                self.qtbot.mouseMove(pad, point)
            self.qtbot.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=points[-1])
        self.settle()


def digit_files(folder: Path, count: int) -> list[Path]:
    """Test images of the digits as PNG, each in a folder named after its class."""
    test = open_dataset(DATASETS.step("digits")).test
    files = []
    for index in range(count):
        path = folder / str(test.labels[index]) / f"{index}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        test.image(index).save(path)
        files.append(path)
    return files


def torch_probabilities(checkpoint: Path, image: Image.Image) -> torch.Tensor:
    """What plain PyTorch says."""
    model = Tudui()
    model.load_state_dict(torch.load(checkpoint, weights_only=True)["model"])
    model.eval()
    pipeline = transforms.Compose([transforms.ToTensor()])
    with torch.inference_mode():
        return torch.softmax(model(pipeline(image.convert("RGB"))[None])[0], 0)


@pytest.fixture
def run(isolated_home: Path, trained_run: Path) -> Path:
    """A finished run among the person's runs."""
    target = runs_root() / "digits-tudui-1"
    shutil.copytree(trained_run, target)
    return target


@pytest.fixture
def bench(qtbot: QtBot, run: Path) -> Iterator[Bench]:
    bench = Bench(qtbot)
    yield bench
    bench.jobs.cancel_all()
    bench.settle()


def test_without_a_model_the_page_leads_to_training(qtbot: QtBot, isolated_home: Path) -> None:
    bench = Bench(qtbot)
    assert "no trained model" in bench.text("prediction_empty_text")
    assert bench.find(QWidget, "prediction_empty").isVisible()
    with qtbot.waitSignal(bench.session.tab_requested) as requested:
        bench.click("prediction_empty_action")
    assert requested.args == ["training_tab"]
    assert bench.page.code() == ""


def test_the_newest_run_predicts_as_torch_does(bench: Bench, run: Path, tmp_path: Path) -> None:
    [path] = digit_files(tmp_path, 1)
    bench.drop([path])

    probabilities = torch_probabilities(run / "checkpoints" / "best.pt", Image.open(path))
    best = probabilities.argsort(descending=True)[:5]
    assert [name for name, _ in bench.bars()] == [str(int(index)) for index in best]
    assert [share for _, share in bench.bars()] == pytest.approx(probabilities[best].tolist(), abs=1e-6)
    assert bench.text("prediction_class") == str(int(best[0]))
    assert f"{100 * float(probabilities[best[0]]):.1f} %" in bench.text("prediction_confidence")
    assert bench.find(QComboBox, "prediction_model").currentText() == "digits-tudui-1 · best"


def test_the_strip_shows_what_the_network_sees(bench: Bench, tmp_path: Path) -> None:
    path = tmp_path / "wide.png"
    Image.new("L", (64, 48), 128).save(path)
    bench.drop([path])

    stages = bench.find(StageStrip, "prediction_strip").stages
    assert [stage.title for stage in stages] == ["file", "RGB", "Resize", "ToTensor"]
    assert [stage.fact for stage in stages] == [
        "64×48 PNG L",
        "64×48",
        "32×32 RGB",
        "[3, 32, 32] 0.5 … 0.5",
    ]
    assert stages[-1].image is not None
    assert (stages[-1].image.width(), stages[-1].image.height()) == (32, 32)


def test_many_images_are_answered_each_and_a_broken_one_says_why(
    bench: Bench, run: Path, tmp_path: Path
) -> None:
    files = digit_files(tmp_path / "digits", 12)
    broken = tmp_path / "digits" / "broken.jpg"
    broken.write_text("no picture at all")
    bench.drop([tmp_path / "digits"])

    rows = {row[0]: row[1:] for row in bench.table()}
    assert len(rows) == 13
    assert "not an image" in rows["broken.jpg"][0]
    classifier = Classifier.load(run / "checkpoints" / "best.pt")
    for path in files:
        expected = classifier.predict(Image.open(path)).top[0]
        name = str(path.relative_to(tmp_path / "digits"))
        assert rows[name] == [expected.name, f"{100 * expected.probability:.1f} %", path.parent.name]
    assert "13 of 13 images" in bench.text("prediction_summary")
    assert "1 could not be read" in bench.text("prediction_summary")


def test_the_table_sorts_filters_selects_and_exports(bench: Bench, run: Path, tmp_path: Path) -> None:
    digit_files(tmp_path / "digits", 30)
    bench.drop([tmp_path / "digits"])
    table = bench.find(QTableView, "prediction_table")
    header = table.horizontalHeader()
    middle = QPoint(header.sectionViewportPosition(2) + 20, header.height() // 2)
    bench.qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    shares = [float(row[2].split()[0]) for row in bench.table()]
    assert shares == sorted(shares) or shares == sorted(shares, reverse=True)

    place = table.visualRect(table.model().index(3, 0)).center()
    bench.qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    bench.settle()
    assert bench.text("prediction_name") == bench.table()[3][0]
    assert bench.text("prediction_class") == bench.table()[3][1]

    every = bench.table()
    bench.click("only_wrong_predictions")
    assert bench.table() == [row for row in every if row[1] != row[3]]
    assert len(bench.table()) < len(every)

    bench.page._export(str(tmp_path / "out.csv"))  # type: ignore[attr-defined]
    bench.settle()
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as stream:
        exported = list(csv.DictReader(stream))
    assert len(exported) == 30
    classifier = Classifier.load(run / "checkpoints" / "best.pt")
    for row in exported:
        expected = classifier.predict(Image.open(row["image"])).top[0]
        assert (row["prediction"], row["true_class"]) == (expected.name, Path(row["image"]).parent.name)
        assert float(row["confidence"]) == pytest.approx(expected.probability, abs=1e-6)


def test_classifying_can_be_cancelled(bench: Bench, tmp_path: Path) -> None:
    [path] = digit_files(tmp_path, 1)
    folder = tmp_path / "many"
    folder.mkdir()
    for index in range(3000):
        (folder / f"{index:04}.png").hardlink_to(path)
    with bench.qtbot.waitSignal(bench.page._answers_ready, timeout=30_000):  # type: ignore[attr-defined]
        bench.page.open_paths([folder])
    button = bench.find(QToolButton, "cancel_prediction")
    assert button.isVisible()
    bench.click("cancel_prediction")
    bench.settle()
    answered = sum(row[1] != "…" for row in bench.table())
    assert 0 < answered < 3000
    assert not button.isVisible()


def test_a_broken_image_alone_says_why(bench: Bench, tmp_path: Path) -> None:
    path = tmp_path / "empty.png"
    path.touch()
    bench.drop([path])
    assert "empty: 0 bytes" in bench.text("prediction_error")
    assert bench.bars() == ()


def test_a_huge_image_says_how_large_it_is(bench: Bench, tmp_path: Path) -> None:
    path = tmp_path / "huge.png"
    Image.new("1", (1, 1)).save(path)
    content = bytearray(path.read_bytes())
    content[16:24] = struct.pack(">II", 20_001, 10_000)  # width and height in the IHDR chunk
    content[29:33] = struct.pack(">I", zlib.crc32(content[12:29]))
    path.write_bytes(content)
    bench.drop([path])
    assert "200,010,000 pixels" in bench.text("prediction_error")


def test_a_folder_without_images_says_so(bench: Bench, tmp_path: Path) -> None:
    bench.drop([tmp_path])
    assert "no image" in bench.banner()


def test_an_image_is_pasted(bench: Bench, run: Path, tmp_path: Path) -> None:
    [path] = digit_files(tmp_path, 1)
    QGuiApplication.clipboard().setImage(QImage(str(path)))
    bench.find(DropArea, "prediction_drop_area").setFocus()
    bench.page.activateWindow()
    bench.qtbot.keyClick(
        bench.find(DropArea, "prediction_drop_area"), Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier
    )
    bench.settle()
    expected = Classifier.load(run / "checkpoints" / "best.pt").predict(Image.open(path)).top[0]
    assert bench.bars()[0] == (expected.name, pytest.approx(expected.probability, abs=1e-6))
    assert bench.text("prediction_name") == "pasted image"


def test_an_image_sent_by_another_page_is_answered(bench: Bench, run: Path) -> None:
    image = open_dataset(DATASETS.step("digits")).test.image(5)
    bench.page.open_image(Picture(image, None, "", "L", image.size), "digits 5")
    bench.settle()
    expected = torch_probabilities(run / "checkpoints" / "best.pt", image)
    assert bench.text("prediction_class") == str(int(expected.argmax()))
    assert bench.text("prediction_name") == "digits 5"


def test_the_picture_is_sent_to_another_tab(bench: Bench, tmp_path: Path) -> None:
    [path] = digit_files(tmp_path, 1)
    bench.drop([path])
    with bench.qtbot.waitSignal(bench.session.image_sent) as sent:
        bench.find(QAction, "prediction_open_in_layers_tab").trigger()
    assert sent.args[0].target == "layers_tab"
    assert sent.args[0].picture.path == path


ZERO: list[Stroke] = [
    tuple((0.5 + 0.2 * np.cos(angle), 0.5 + 0.35 * np.sin(angle)) for angle in np.linspace(0, 2 * np.pi, 24))
]
ONE: list[Stroke] = [((0.4, 0.3), (0.52, 0.15), (0.52, 0.5), (0.52, 0.85))]
THREE: list[Stroke] = [
    tuple(
        (0.48 + 0.2 * np.cos(angle), 0.32 + 0.18 * np.sin(angle))
        for angle in np.linspace(-0.83 * np.pi, 0.5 * np.pi, 14)
    )
    + tuple(
        (0.48 + 0.23 * np.cos(angle), 0.68 + 0.18 * np.sin(angle))
        for angle in np.linspace(-0.5 * np.pi, 0.83 * np.pi, 14)
    )
]


@pytest.mark.parametrize(("digit", "strokes"), [(0, ZERO), (1, ONE), (3, THREE)])
@pytest.mark.parametrize("scale", [1.0, 0.4])
def test_a_drawing_is_like_the_data_at_any_size(digit: int, strokes: list[Stroke], scale: float) -> None:
    scaled = [tuple((0.1 + scale * x, 0.1 + scale * y) for x, y in stroke) for stroke in strokes]
    drawn = np.asarray(draw(scaled, "digits").image, np.float64)
    assert drawn.shape == (32, 32, 3)
    assert drawn[:, 0].max() < 64  # the ground is black
    assert drawn[0].max() > 100  # the digit is as high as the picture
    assert drawn[-1].max() > 100

    train = open_dataset(DATASETS.step("digits")).train
    array = train.uniform_array()
    assert array is not None
    nearest = np.abs(array.astype(np.float64) - drawn).mean(axis=(1, 2, 3)).argsort()[:7]
    assert np.bincount(train.labels[nearest]).argmax() == digit


def test_a_drawing_is_predicted_while_it_is_drawn(bench: Bench, run: Path) -> None:
    bench.draw(ONE)
    pad = bench.find(SketchPad, "sketch_pad")
    image = draw(pad.strokes, "digits").image
    expected = torch_probabilities(run / "checkpoints" / "best.pt", image)
    best = int(expected.argmax())
    assert bench.bars()[0] == (str(best), pytest.approx(float(expected[best]), abs=1e-6))
    assert bench.text("sketch_result").split()[0] == str(best)

    bench.draw(THREE)
    assert len(pad.strokes) == 2
    bench.qtbot.keyClick(pad, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    bench.settle()
    assert len(pad.strokes) == 1
    bench.click("clear_sketch")
    assert pad.is_empty
    assert bench.bars() == ()
    assert bench.text("sketch_result") == ""


def test_another_checkpoint_is_opened_by_dropping_it(bench: Bench, run: Path, tmp_path: Path) -> None:
    [path] = digit_files(tmp_path, 1)
    bench.drop([path])
    before = bench.bars()
    other = tmp_path / "other.pt"
    checkpoint = Checkpoint.load(run / "checkpoints" / "best.pt")
    for weight in checkpoint.model.values():
        weight.mul_(0.5)
    checkpoint.save(other)
    assert bench.page.accepts(other)
    bench.drop([other])

    assert bench.find(QComboBox, "prediction_model").currentText() == "other.pt"
    expected = torch_probabilities(other, Image.open(path))
    assert bench.bars() != before
    assert bench.bars()[0][1] == pytest.approx(float(expected.max()), abs=1e-6)


def test_a_truncated_checkpoint_says_why_and_the_model_before_stays(
    bench: Bench, run: Path, tmp_path: Path
) -> None:
    bad = tmp_path / "cut.pth"
    bad.write_bytes((run / "checkpoints" / "best.pt").read_bytes()[:5000])
    bench.drop([bad])
    assert str(bad) in bench.banner()
    assert bench.find(QComboBox, "prediction_model").currentText() == "digits-tudui-1 · best"
    [path] = digit_files(tmp_path, 1)
    bench.drop([path])
    assert len(bench.bars()) == 5


def test_plain_weights_say_how_they_were_taken(bench: Bench, run: Path, tmp_path: Path) -> None:
    path = tmp_path / "weights.pth"
    weights = torch.load(run / "checkpoints" / "best.pt", weights_only=True)["model"]
    torch.save(weights, path)
    bench.drop([path])
    assert "weights alone" in bench.banner()
    assert "tudui" in bench.banner()


def test_a_new_checkpoint_is_taken_by_itself(bench: Bench, run: Path) -> None:
    newer = runs_root() / "digits-tudui-2"
    shutil.copytree(run, newer)
    (newer / "run.json").touch()
    bench.session.runs_changed.emit()
    bench.session.set_checkpoint(newer / "checkpoints" / "best.pt")
    bench.settle()
    assert bench.find(QComboBox, "prediction_model").currentText() == "digits-tudui-2 · best"


def test_the_code_is_that_of_the_image_and_the_checkpoint(bench: Bench, run: Path, tmp_path: Path) -> None:
    [path] = digit_files(tmp_path, 1)
    with bench.qtbot.waitSignal(bench.page.code_changed):
        bench.drop([path])
    checkpoint = run / "checkpoints" / "best.pt"
    classifier = Classifier.load(checkpoint)
    assert classifier.experiment is not None
    assert bench.page.code() == prediction_script(
        checkpoint, path, classifier.experiment, classifier.classes, transforms=classifier.transforms
    )


def test_the_page_takes_images_folders_and_checkpoints(bench: Bench, tmp_path: Path) -> None:
    for name in ("a.png", "b.JPG", "c.pt", "d.pth"):
        assert bench.page.accepts(tmp_path / name), name
    assert bench.page.accepts(tmp_path)
    for name in ("a.toml", "b.txt"):
        assert not bench.page.accepts(tmp_path / name), name


def test_every_control_is_named_for_everyone(bench: Bench) -> None:
    QApplication.sendEvent(bench.page, QEvent(QEvent.Type.LanguageChange))
    for name in ("prediction_model", "sketch_pad", "clear_sketch", "undo_stroke", "export_predictions"):
        control = bench.find(QWidget, name)
        assert control.accessibleName() and control.toolTip(), name
