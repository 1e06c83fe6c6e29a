"""Opening a data set, whether its files are there, and what opening it changes in the experiment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import reduce
from pathlib import Path

from tudui_gui.core.cancellation import CancelToken
from tudui_gui.core.operations import Step
from tudui_gui.datasets.catalog import open_dataset
from tudui_gui.datasets.corrections import with_kept_edits
from tudui_gui.datasets.recognition import is_on_disk, recognise
from tudui_gui.datasets.remote_files import files_of
from tudui_gui.datasets.selection import select
from tudui_gui.datasets.sources import Collection, Dataset, ImageSet
from tudui_gui.gui.tabs.datasets.joining import joined_step
from tudui_gui.gui.tabs.datasets.source_entries import Files, downloads
from tudui_gui.gui.workers import Progress
from tudui_gui.images.reading import Picture, read_image
from tudui_gui.models.zoo import input_shape
from tudui_gui.training.experiment import Experiment
from tudui_gui.transforms.catalog import TRANSFORMS
from tudui_gui.transforms.pipeline import Pipeline

#: Transforms whose result has one size whatever comes in.
_SIZED = frozenset({"CenterCrop", "RandomCrop", "RandomResizedCrop"})


@dataclass(frozen=True)
class OpenWork:
    """The job that opens a data set.

    Attributes
    ----------
    step : Step or None
        What to open; None: what lies at :attr:`paths`.
    paths : tuple of Path
        Folders or tables to recognise; several are put together.
    added_to : Step or None
        The open source that the new one is joined to.
    collection : Collection or None
        What the source holds, if it is open already and only its selection changes.
    is_edit : bool
        A person asks for it; else the experiment names it already.
    keeps_edits : bool
        Apply the corrections kept of the source.
    merge_key : str
        Edits in a row with the same key are undone together.
    """

    step: Step | None
    paths: tuple[Path, ...] = ()
    added_to: Step | None = None
    collection: Collection | None = None
    is_edit: bool = True
    keeps_edits: bool = True
    merge_key: str = ""

    def __call__(self, token: CancelToken, progress: Progress) -> Opened:
        """Raises ``DatasetError``."""
        step = self._wanted()
        if self.keeps_edits:
            step = with_kept_edits(step)
        if self.collection is not None:
            dataset = select(self.collection, step)
        else:
            dataset = open_dataset(step, cancel=token)
        return Opened(dataset, self, _common_size(dataset))

    def _wanted(self) -> Step:
        steps = [recognise(path) for path in self.paths] if self.step is None else [self.step]
        if self.added_to is not None:
            steps = [self.added_to, *steps]
        return reduce(joined_step, steps)


@dataclass(frozen=True)
class Opened:
    """An open data set. ``size``: (height, width) if all its images are in memory and have that size."""

    dataset: Dataset
    work: OpenWork
    size: tuple[int, int] | None


def _common_size(dataset: Dataset) -> tuple[int, int] | None:
    arrays = [part.uniform_array() for part in (dataset.train, dataset.test)]
    sizes = {None if array is None else array.shape[1:3] for array in arrays}
    size = sizes.pop()
    return (size[0], size[1]) if size is not None and not sizes else None


def files_work(root: str | None, token: CancelToken, progress: Progress) -> dict[Step, Files]:
    """For each downloadable set whether it is below ``root``, and how much there is to download."""
    return {
        step: Files(is_on_disk(step), sum(file.size for file in files_of(step))) for step in downloads(root)
    }


def experiment_for(experiment: Experiment, opened: Opened) -> tuple[Experiment, int]:
    """The experiment with this data set, and the side of the Resize put first (0: none was needed)."""
    side = input_shape(experiment.model)[1]
    changed = replace(experiment, dataset=opened.dataset.step)
    if opened.size == (side, side) or _gives_one_size(experiment.train_transforms):
        return changed, 0
    resize = TRANSFORMS.step("Resize", size=(side, side))
    pipelines = (experiment.train_transforms, experiment.test_transforms)
    train, test = (Pipeline((resize, *pipeline.steps)) for pipeline in pipelines)
    return replace(changed, train_transforms=train, test_transforms=test), side


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


def picture_of(image_set: ImageSet, index: int) -> Picture:
    """Image ``index`` as a picture to send on. Off the main thread. Raises ``ImageError``."""
    path = image_set.path(index)
    if path is not None:
        return read_image(path)
    image = image_set.image(index)
    return Picture(image, None, "", image_set.item(index).mode, image.size)
