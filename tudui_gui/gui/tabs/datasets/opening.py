"""Which data set a folder is, whether its files are there, and what opening it changes in the experiment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from tudui_gui.core.cancellation import CancelToken
from tudui_gui.core.operations import Step
from tudui_gui.datasets.catalog import DATASETS, open_dataset
from tudui_gui.datasets.recognition import downloadable, is_on_disk, recognise
from tudui_gui.datasets.sources import Dataset, ImageSet
from tudui_gui.gui.workers import Progress
from tudui_gui.images.reading import Picture, read_image
from tudui_gui.models.zoo import input_shape
from tudui_gui.training.experiment import Experiment
from tudui_gui.transforms.catalog import TRANSFORMS
from tudui_gui.transforms.pipeline import Pipeline

#: Transforms whose result has one size whatever comes in.
_SIZED = frozenset({"CenterCrop", "RandomCrop", "RandomResizedCrop"})


@dataclass(frozen=True)
class Opened:
    """An open data set. ``is_edit``: a person chose it; else the experiment named it already."""

    dataset: Dataset
    is_edit: bool


@dataclass(frozen=True)
class OpenWork:
    """The job that opens ``step``, or what ``folder`` holds."""

    step: Step | None
    folder: Path | None = None
    is_edit: bool = True

    def __call__(self, token: CancelToken, progress: Progress) -> Opened:
        """Raises ``DatasetError``."""
        step = self.step if self.folder is None else recognise(self.folder)
        assert step is not None
        return Opened(open_dataset(step, cancel=token), self.is_edit)


def states_work(root: str | None, token: CancelToken, progress: Progress) -> dict[str, bool]:
    """For each downloadable set whether it is below ``root``."""
    return {name: is_on_disk(DATASETS.step(name, root=root)) for name in downloadable()}


def experiment_for(experiment: Experiment, dataset: Dataset) -> tuple[Experiment, int]:
    """The experiment with this data set, and the side of the Resize put first (0: none was needed)."""
    side = input_shape(experiment.model)[1]
    changed = replace(experiment, dataset=dataset.step)
    if _all_have_side(dataset, side) or _gives_one_size(experiment.train_transforms):
        return changed, 0
    resize = TRANSFORMS.step("Resize", size=(side, side))
    pipelines = (experiment.train_transforms, experiment.test_transforms)
    train, test = (Pipeline((resize, *pipeline.steps)) for pipeline in pipelines)
    return replace(changed, train_transforms=train, test_transforms=test), side


def _all_have_side(dataset: Dataset, side: int) -> bool:
    arrays = [part.uniform_array() for part in (dataset.train, dataset.test)]
    return all(array is not None and array.shape[1:3] == (side, side) for array in arrays)


def _gives_one_size(pipeline: Pipeline) -> bool:
    return any(step.enabled and _is_sized(step) for step in pipeline.steps)


def _is_sized(step: Step) -> bool:
    return step.name in _SIZED or (step.name == "Resize" and isinstance(step.values["size"], tuple))


def with_normalize(pipeline: Pipeline, mean: Sequence[float], std: Sequence[float]) -> Pipeline:
    """``pipeline`` with these values in its Normalize; without one it gets it after ToTensor."""
    values = {"mean": tuple(mean), "std": tuple(std)}
    steps = list(pipeline.steps)
    places = [i for i, step in enumerate(steps) if step.name == "Normalize"]
    if places:
        steps[places[0]] = replace(steps[places[0]].with_values(**values), enabled=True)
        return Pipeline(tuple(steps))
    makers = [i for i, step in enumerate(steps) if step.enabled and "makes_tensor" in step.operation.tags]
    place = makers[-1] + 1 if makers else len(steps)
    steps.insert(place, TRANSFORMS.step("Normalize", **values))
    return Pipeline(tuple(steps))


def filter_work(
    image_set: ImageSet, label: int | None, text: str, token: CancelToken, progress: Progress
) -> np.ndarray:
    """Indices of the images of class ``label`` (None: all) whose name contains ``text``."""
    indices = np.arange(len(image_set))
    if label is not None:
        indices = np.flatnonzero(image_set.labels == label)
    wanted = text.lower()
    if wanted:
        indices = np.array([i for i in indices if wanted in image_set.name(int(i)).lower()], dtype=np.int64)
    return indices


def picture_of(image_set: ImageSet, index: int) -> Picture:
    """Image ``index`` as a picture to send on. Off the main thread. Raises ``ImageError``."""
    path = image_set.path(index)
    if path is not None:
        return read_image(path)
    image = image_set.image(index)
    return Picture(image, None, "", image_set.item(index).mode, image.size)
