"""The sets that torchvision downloads, and its FakeData, as operations."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from torchvision import datasets

from tudui_gui.core.cancellation import CancelToken
from tudui_gui.core.operations import Operation, Step
from tudui_gui.core.parameters import Choice, Parameter, Text, Written
from tudui_gui.core.text import QT_TRANSLATE_NOOP
from tudui_gui.datasets.batches import open_cifar, open_emnist, open_mnist, open_stl10, open_svhn
from tudui_gui.datasets.fake import FAKE, open_fake
from tudui_gui.datasets.picture_sets import open_flowers, open_food, open_imagenette, open_pets
from tudui_gui.datasets.selection import SELECTION
from tudui_gui.datasets.sources import Collection

_ROOT = Text(
    name="root",
    default=None,
    optional=True,
    is_folder=True,
    written=Written.BY_NAME,
    help=QT_TRANSLATE_NOOP("catalog", "Folder that holds the data; none is the program's data folder."),
)

_SUBSET = Choice(
    name="subset",
    default="letters",
    choices=("letters", "digits", "balanced", "mnist", "bymerge", "byclass"),
    help=QT_TRANSLATE_NOOP(
        "catalog",
        "Which of EMNIST's splits, torchvision's parameter split; bymerge and byclass take 2 GB of memory.",
    ),
)

_SIZE = Choice(
    name="size",
    default="full",
    choices=("full", "320px", "160px"),
    help=QT_TRANSLATE_NOOP("catalog", "Shorter side of the images; full is as they were photographed."),
)


def _set(name: str, kind: Any, help_text: str, *parameters: Parameter) -> Operation:
    return Operation(
        name,
        kind,
        f"datasets.{kind.__name__}",
        (_ROOT, *parameters, *SELECTION),
        help=help_text,
        tags=frozenset({"download"}),
    )


#: Those that are downloaded.
DOWNLOADED = (
    _set(
        "cifar10",
        datasets.CIFAR10,
        QT_TRANSLATE_NOOP("catalog", "60,000 colour photographs of 32x32 in 10 classes."),
    ),
    _set(
        "cifar100",
        datasets.CIFAR100,
        QT_TRANSLATE_NOOP("catalog", "60,000 colour photographs of 32x32 in 100 classes."),
    ),
    _set(
        "mnist",
        datasets.MNIST,
        QT_TRANSLATE_NOOP("catalog", "70,000 handwritten digits of 28x28, grey, shown as RGB."),
    ),
    _set(
        "fashion_mnist",
        datasets.FashionMNIST,
        QT_TRANSLATE_NOOP("catalog", "70,000 pieces of clothing of 28x28, grey, shown as RGB."),
    ),
    _set(
        "kmnist",
        datasets.KMNIST,
        QT_TRANSLATE_NOOP("catalog", "70,000 old Japanese characters of 28x28, grey, shown as RGB."),
    ),
    _set(
        "emnist",
        datasets.EMNIST,
        QT_TRANSLATE_NOOP("catalog", "Handwritten letters and digits of 28x28, grey, shown as RGB."),
        _SUBSET,
    ),
    _set(
        "svhn",
        datasets.SVHN,
        QT_TRANSLATE_NOOP("catalog", "99,289 house numbers' digits of 32x32, cut from photographs."),
    ),
    _set(
        "stl10",
        datasets.STL10,
        QT_TRANSLATE_NOOP("catalog", "13,000 labelled photographs of 96x96 in 10 classes."),
    ),
    _set(
        "flowers102",
        datasets.Flowers102,
        QT_TRANSLATE_NOOP("catalog", "8,189 photographs of flowers in 102 classes; few are for training."),
    ),
    _set(
        "oxford_iiit_pet",
        datasets.OxfordIIITPet,
        QT_TRANSLATE_NOOP("catalog", "7,349 photographs of cats and dogs of 37 breeds."),
    ),
    _set(
        "food101",
        datasets.Food101,
        QT_TRANSLATE_NOOP("catalog", "101,000 photographs of 101 dishes; 5 GB to download."),
    ),
    _set(
        "imagenette",
        datasets.Imagenette,
        QT_TRANSLATE_NOOP("catalog", "13,394 photographs of ten easy classes of ImageNet."),
        _SIZE,
    ),
)

#: Noise, made here.
GENERATED = (
    Operation(
        "fake",
        datasets.FakeData,
        "datasets.FakeData",
        (*FAKE, *SELECTION),
        help=QT_TRANSLATE_NOOP("catalog", "Noise with random labels, made when it is needed."),
        tags=frozenset({"bundled"}),
    ),
)

#: Each reads what lies below a root and may raise ``DatasetError``.
TORCHVISION_OPENERS: dict[str, Callable[[Step, Path, CancelToken], Collection]] = {
    "cifar10": open_cifar,
    "cifar100": open_cifar,
    "mnist": open_mnist,
    "fashion_mnist": open_mnist,
    "kmnist": open_mnist,
    "emnist": open_emnist,
    "svhn": open_svhn,
    "stl10": open_stl10,
    "flowers102": open_flowers,
    "oxford_iiit_pet": open_pets,
    "food101": open_food,
    "imagenette": open_imagenette,
    "fake": open_fake,
}


def variants(step: Step) -> tuple[Step, ...]:
    """``step`` with each value of the parameter that decides which folder its files lie in."""
    if step.name != "imagenette":
        return (step,)
    return tuple(step.with_values(size=size) for size in _SIZE.choices)
