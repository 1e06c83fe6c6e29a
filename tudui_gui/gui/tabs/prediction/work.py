"""What the tab does off the main thread: models, pictures, predictions."""

from __future__ import annotations

import csv
import io
import os
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QImage

from tudui_gui.core.cancellation import CancelToken
from tudui_gui.core.errors import ImageError, TuduiError
from tudui_gui.core.files import write_text
from tudui_gui.core.operations import Step
from tudui_gui.core.text import QT_TRANSLATE_NOOP
from tudui_gui.gui import imaging
from tudui_gui.gui.failures import Failure
from tudui_gui.gui.tabs.prediction.drawing import draw
from tudui_gui.gui.widgets.sketch_pad import Stroke
from tudui_gui.gui.workers import Progress
from tudui_gui.images.conversion import to_uint8
from tudui_gui.images.reading import Picture, is_image_path, read_image
from tudui_gui.prediction.classifier import Classifier, Guess
from tudui_gui.training.checkpoint import BEST, LAST, checkpoint_path
from tudui_gui.training.runs import list_runs
from tudui_gui.transforms.pipeline import Pipeline, Stage

#: Sides of thumbnails, of the pictures in the strip and of the large view, in pixels.
THUMBNAIL = 40
STAGE = 112
LARGE = 1024
_SEND_INTERVAL = 0.05
_TOP = 5


@dataclass(frozen=True)
class ModelChoice:
    """A checkpoint that can be chosen."""

    path: Path
    name: str


@dataclass(frozen=True, eq=False)
class LoadedModel:
    """A classifier that several jobs may ask; one at a time."""

    choice: ModelChoice
    classifier: Classifier
    #: What was assumed because the file does not say it; marked for translation in the context ``errors``.
    assumed: str = ""
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def dataset(self) -> str:
        """Name of the data set it was trained on; empty if unknown."""
        experiment = self.classifier.experiment
        return experiment.dataset.name if experiment else ""

    def predict(self, picture: Picture) -> tuple[Guess, ...]:
        """The most probable classes. Raises ``TuduiError``."""
        with self._lock:
            return self.classifier.predict(picture, _TOP).top


@dataclass(frozen=True, eq=False)
class Source:
    """Where a picture comes from: a file, an image in memory, or strokes."""

    name: str
    origin: Path | Picture | QImage | tuple[Stroke, ...]

    @property
    def path(self) -> Path | None:
        """Its file, if it has one."""
        if isinstance(self.origin, Picture):
            return self.origin.path
        return self.origin if isinstance(self.origin, Path) else None

    def read(self, dataset: str) -> Picture:
        """The picture; strokes become one like those of ``dataset``. Raises ``ImageError``."""
        if isinstance(self.origin, Picture):
            return self.origin
        if isinstance(self.origin, Path):
            return read_image(self.origin)
        if isinstance(self.origin, QImage):
            image = Image.fromarray(imaging.from_qimage(self.origin))
            return Picture(image, None, "", "RGB", image.size)
        return draw(self.origin, dataset)


@dataclass(frozen=True, eq=False)
class Answer:
    """What the model says about one picture of the table, or why it cannot."""

    thumbnail: QImage | None = None
    top: tuple[Guess, ...] = ()
    failure: Failure | None = None


@dataclass(frozen=True, eq=False)
class StageView:
    """One picture of the strip: what it is called, how it looks, what it is."""

    title: str
    image: QImage | None
    fact: str
    tooltip: str = ""
    failure: Failure | None = None


@dataclass(frozen=True, eq=False)
class Details:
    """Everything about one picture."""

    source: Source
    image: QImage | None = None
    top: tuple[Guess, ...] = ()
    stages: tuple[StageView, ...] = ()
    pipeline: Pipeline | None = None
    failure: Failure | None = None
    picture: Picture | None = None


def list_choices(token: CancelToken, progress: Progress) -> list[ModelChoice]:
    """The best checkpoint of every run, the newest run first."""
    choices = []
    for run in list_runs():
        token.raise_if_cancelled()
        for name in (BEST, LAST):
            path = checkpoint_path(run.path, name)
            if path.is_file():
                choices.append(ModelChoice(path, name_of(path)))
                break
    return choices


def name_of(path: Path) -> str:
    """``digits-tudui-1 · best`` for a run's checkpoint, else the file's name."""
    return f"{path.parent.parent.name} · {path.stem}" if path.parent.name == "checkpoints" else path.name


def load_model(choice: ModelChoice, step: Step | None, token: CancelToken, progress: Progress) -> LoadedModel:
    """The model of a checkpoint; plain weights are taken as those of ``step``. Raises ``TuduiError``."""
    classifier = Classifier.load(choice.path, model=step)
    assumed = ""
    if classifier.experiment is None:
        assumed = QT_TRANSLATE_NOOP(
            "errors",
            "{path} holds weights alone: taken as {model}, the model of the Train tab, classes by number.",
        )
    return LoadedModel(choice, classifier, assumed)


def find_images(paths: Sequence[Path], token: CancelToken, progress: Progress) -> list[Source]:
    """The files among ``paths`` and every image in its folders, sorted by folder and name."""
    sources = [source for path in paths for source in _sources(path, token)]
    if not sources:
        raise ImageError(
            QT_TRANSLATE_NOOP("errors", "There is no image in {path}."),
            remedy=QT_TRANSLATE_NOOP("errors", "Drop images, or a folder that holds some."),
            path=", ".join(map(str, paths)),
        )
    return sources


def _sources(path: Path, token: CancelToken) -> Iterator[Source]:
    if not path.is_dir():
        yield Source(path.name, path)
        return
    for root, folders, files in os.walk(path):
        token.raise_if_cancelled()
        folder = Path(root)
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith(".") and is_image_path(Path(name)):
                yield Source(str((folder / name).relative_to(path)), folder / name)


def classify(
    model: LoadedModel,
    sources: Sequence[Source],
    send: Callable[[list[tuple[int, Answer]]], object],
    token: CancelToken,
    progress: Progress,
) -> int:
    """Answer for every source, as (index, answer) pairs in bunches to ``send``. Returns their number."""
    bunch: list[tuple[int, Answer]] = []
    sent = time.monotonic()
    for index, source in enumerate(sources):
        token.raise_if_cancelled()
        bunch.append((index, _answer(model, source)))
        if time.monotonic() - sent >= _SEND_INTERVAL:
            send(bunch)
            bunch, sent = [], time.monotonic()
            text = QCoreApplication.translate("PredictionPage", "{done} of {count}")
            progress((index + 1) / len(sources), text.format(done=index + 1, count=len(sources)))
    if bunch:
        send(bunch)
    return len(sources)


def _answer(model: LoadedModel, source: Source) -> Answer:
    thumbnail = None
    try:
        picture = source.read(model.dataset)
        thumbnail = _shown(picture.image, 2 * THUMBNAIL)
        return Answer(thumbnail, model.predict(picture))
    except Exception as error:  # one picture's failure must not end the others
        return Answer(thumbnail, failure=Failure.of(error))


def examine(model: LoadedModel | None, source: Source, token: CancelToken, progress: Progress) -> Details:
    """Everything about one picture; a failure is part of the answer."""
    try:
        picture = source.read(model.dataset if model else "")
    except TuduiError as error:
        return Details(source, failure=Failure.of(error))
    image = _shown(picture.image, LARGE)
    if model is None:
        return Details(source, image, picture=picture)
    token.raise_if_cancelled()
    pipeline = model.classifier.pipeline_for(picture.image)
    stages = (*_input_views(picture), *map(_view, pipeline.stages(picture.image, 0, cancel=token)[1:]))
    try:
        return Details(source, image, model.predict(picture), stages, pipeline, None, picture)
    except TuduiError as error:
        return Details(source, image, (), stages, pipeline, Failure.of(error), picture)


def _input_views(picture: Picture) -> Iterator[StageView]:
    small = _shown(picture.image, 2 * STAGE)
    width, height = picture.size
    if picture.format:
        yield StageView(
            QCoreApplication.translate("PredictionPage", "file"),
            small,
            f"{width}×{height} {picture.format} {picture.mode}",
            str(picture.path or ""),
        )
    yield StageView("RGB", small, f"{picture.image.width}×{picture.image.height}", "PIL.Image.convert('RGB')")


def _view(stage: Stage) -> StageView:
    title = stage.step.name if stage.step else "RGB"
    tooltip = stage.step.source() if stage.step else ""
    if stage.value is None:
        failure = Failure.of(stage.problem.error) if stage.problem else None
        return StageView(title, None, "", tooltip, failure)
    image = imaging.shrink(imaging.to_qimage(to_uint8(stage.value)), 2 * STAGE)
    return StageView(title, image, _fact(stage), tooltip)


def _fact(stage: Stage) -> str:
    facts = stage.facts
    if facts is None:
        return ""
    if isinstance(stage.value, torch.Tensor):
        shape = ", ".join(map(str, facts.shape))
        return f"[{shape}] {facts.minimum:.2g} … {facts.maximum:.2g}"
    height, width = facts.shape[:2]
    return f"{width}×{height} {facts.mode}".rstrip()


def _shown(image: Image.Image, side: int) -> QImage:
    small = image
    if max(image.size) > side:
        small = image.copy()
        small.thumbnail((side, side), Image.Resampling.BILINEAR, reducing_gap=2.0)
    return imaging.to_qimage(np.asarray(small))


@dataclass(frozen=True)
class ExportRow:
    """A row of the exported table."""

    image: str
    prediction: str
    confidence: float | None
    true_class: str
    error: str


def export_csv(rows: Sequence[ExportRow], path: Path, token: CancelToken, progress: Progress) -> Path:
    """Write the table; returns ``path``. Raises ``StorageError``."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["image", "prediction", "confidence", "true_class", "error"])
    for row in rows:
        confidence = "" if row.confidence is None else f"{row.confidence:.6f}"
        writer.writerow([row.image, row.prediction, confidence, row.true_class, row.error])
    write_text(path, text.getvalue())
    return path
