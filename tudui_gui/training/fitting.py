"""Whether data, transforms, model and settings go together: asked before the first step."""

from __future__ import annotations

from dataclasses import dataclass

from torch import Tensor, nn

from tudui_gui.core.errors import DatasetError, ExperimentError, ModelError
from tudui_gui.core.text import QT_TRANSLATE_NOOP
from tudui_gui.datasets.loading import TransformedDataset
from tudui_gui.datasets.sources import NO_LABEL, Dataset, ImageSet
from tudui_gui.models.zoo import check_fits, input_shape
from tudui_gui.training.experiment import Experiment
from tudui_gui.training.randomness import random_state, restore_random_state
from tudui_gui.training.settings import Settings
from tudui_gui.transforms.pipeline import Pipeline


def check_sizes(dataset: Dataset, settings: Settings) -> None:
    """Raise ``DatasetError`` or ``ExperimentError`` when there is nothing to train or test on."""
    if len(dataset.train) == 0 and len(dataset.test) == 0:
        raise _all_left_out(dataset) if _has_labels_left_out(dataset) else _no_labels(dataset)
    if len(dataset.train) == 0 or len(dataset.test) == 0:
        raise DatasetError(
            QT_TRANSLATE_NOOP("errors", "The data set {name} has {train} training and {test} test images."),
            remedy=QT_TRANSLATE_NOOP(
                "errors", "Training needs both: split it anew, or give each class at least 3 images."
            ),
            name=dataset.name,
            train=len(dataset.train),
            test=len(dataset.test),
        )
    if min(dataset.train.labels.min(), dataset.test.labels.min()) == NO_LABEL:
        raise _no_labels(dataset)
    if settings.drop_last and len(dataset.train) < settings.batch_size:
        raise ExperimentError(
            QT_TRANSLATE_NOOP(
                "errors",
                "No batch is full: training.batch_size is {size}, but there are {train} training images.",
            ),
            remedy=QT_TRANSLATE_NOOP("errors", "Lower batch_size, or set drop_last = false."),
            size=settings.batch_size,
            train=len(dataset.train),
        )


def check_has_tests(dataset: Dataset) -> None:
    """Raise ``DatasetError`` when there is no image to test on."""
    if len(dataset.train) == 0 and len(dataset.test) == 0 and _has_labels_left_out(dataset):
        raise _all_left_out(dataset)
    if len(dataset.test) == 0:
        raise DatasetError(
            QT_TRANSLATE_NOOP("errors", "The data set {name} has no test images."),
            remedy=QT_TRANSLATE_NOOP("errors", "Split it anew, or choose a folder that has some."),
            name=dataset.name,
        )


def _has_labels_left_out(dataset: Dataset) -> bool:
    return dataset.left_out is not None and bool((dataset.left_out.labels != NO_LABEL).any())


def _all_left_out(dataset: Dataset) -> DatasetError:
    return DatasetError(
        QT_TRANSLATE_NOOP("errors", "All images of {name} that have a label are left out by corrections."),
        remedy=QT_TRANSLATE_NOOP("errors", "Take some back on the Datasets tab."),
        name=dataset.name,
    )


def _no_labels(dataset: Dataset) -> DatasetError:
    return DatasetError(
        QT_TRANSLATE_NOOP("errors", "The images of {name} have no labels: there is nothing to learn from."),
        remedy=QT_TRANSLATE_NOOP(
            "errors", "Choose the layout that says where the labels are, or label images on the Datasets tab."
        ),
        name=dataset.name,
    )


@dataclass(frozen=True)
class InputFacts:
    """What the model is given.

    Attributes
    ----------
    image_size : tuple of int
        (height, width) of the first test image before the transforms.
    shape : tuple of int
        (channels, height, width) after the test transforms; the same for all images.
    """

    image_size: tuple[int, int]
    shape: tuple[int, ...]


def check_images_fit(experiment: Experiment, dataset: Dataset, model: nn.Module) -> InputFacts:
    """Send the first image of both parts through transforms and model; the random state is kept.

    Raises
    ------
    TuduiError
        When a transform, the model or the number of outputs does not fit.
    """
    state = random_state()
    try:
        for image_set, pipeline, key in (
            (dataset.train, experiment.train_transforms, "transforms.train"),
            (dataset.test, experiment.test_transforms, "transforms.test"),
        ):
            tensor = first_tensor(image_set, pipeline)
            _check_is_picture(tensor, key)
            output = check_fits(model, tuple(tensor.shape), expected=input_shape(experiment.model))
            _check_output(output, len(dataset.classes), experiment.model.name)
    finally:
        restore_random_state(state)
    image = dataset.test.image(0)
    return InputFacts((image.height, image.width), tuple(tensor.shape))


def first_tensor(image_set: ImageSet, pipeline: Pipeline) -> Tensor:
    """What ``pipeline`` makes of the first image; random steps draw from torch's generator."""
    return TransformedDataset(image_set.subset([0]), pipeline, cache_bytes=0)[0][0]


def _check_is_picture(tensor: Tensor, key: str) -> None:
    if tensor.dim() != 3 or not tensor.is_floating_point():
        raise ExperimentError(
            QT_TRANSLATE_NOOP(
                "errors",
                "{key} gives {kind} of shape {shape}; the model needs float32 [channels, height, width].",
            ),
            remedy=QT_TRANSLATE_NOOP("errors", "Put ToTensor into it."),
            key=key,
            kind=str(tensor.dtype).removeprefix("torch."),
            shape=str(list(tensor.shape)),
        )


def _check_output(shape: tuple[int, ...], classes: int, model: str) -> None:
    if shape != (classes,):
        raise ModelError(
            QT_TRANSLATE_NOOP(
                "errors", "The model {model} gives {shape} for an image instead of {classes} numbers."
            ),
            remedy=QT_TRANSLATE_NOOP("errors", "Choose another model, or change the image size with Resize."),
            model=model,
            shape=str(list(shape)),
            classes=classes,
        )
