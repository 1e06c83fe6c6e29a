"""``torchvision.datasets.FakeData``: noise with random labels, made when it is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from PIL import Image
from torchvision.transforms.functional import to_pil_image

from tudui_gui.core.cancellation import CancelToken
from tudui_gui.core.operations import Step
from tudui_gui.core.parameters import Integer, IntegerOrPair, Written
from tudui_gui.core.text import QT_TRANSLATE_NOOP
from tudui_gui.datasets.sources import Collection, ImageSet, Item

_LABELS_AT_ONCE = 256


@dataclass(frozen=True, kw_only=True)
class _ImageSize(IntegerOrPair):
    """The side, or height and width, of images of three channels."""

    def build(self, value: Any) -> tuple[int, int, int]:
        """(channels, height, width), as FakeData takes it."""
        height, width = value if isinstance(value, tuple) else (value, value)
        return 3, height, width

    def source(self, value: Any) -> str:
        """Python text of :meth:`build`."""
        return repr(self.build(value))


#: The parameters of ``fake``; torchvision has one part, here the images after it are for test.
FAKE = (
    Integer(
        name="size",
        default=1000,
        minimum=1,
        maximum=1_000_000,
        help=QT_TRANSLATE_NOOP("catalog", "Number of images for training."),
    ),
    Integer(
        name="test_size",
        default=200,
        minimum=1,
        maximum=1_000_000,
        help=QT_TRANSLATE_NOOP("catalog", "Number of images for test: those that come after the others."),
    ),
    _ImageSize(
        name="image_size",
        default=224,
        minimum=1,
        maximum=1024,
        written=Written.BY_NAME,
        help=QT_TRANSLATE_NOOP("catalog", "Side of the images, or their height and width."),
    ),
    Integer(
        name="num_classes",
        default=10,
        minimum=1,
        maximum=1000,
        help=QT_TRANSLATE_NOOP("catalog", "Number of classes."),
    ),
    Integer(
        name="random_offset",
        default=0,
        minimum=0,
        maximum=2**31 - 1,
        help=QT_TRANSLATE_NOOP("catalog", "Seed of the first image; each further one has the next."),
    ),
)


def open_fake(step: Step, root: Path, cancel: CancelToken) -> Collection:
    """Noise as ``FakeData(size + test_size, ...)`` gives it: the first ``size`` images are for training.

    A label is drawn after the pixels of its image, so all are drawn here once, and forgotten.

    Raises
    ------
    Cancelled
    """
    values = step.values
    shape = step.operation.parameter("image_size").build(values["image_size"])
    count, offset = values["size"] + values["test_size"], values["random_offset"]
    numbers = np.arange(count)
    labels = _labels(numbers + offset, shape, values["num_classes"], cancel)
    classes = tuple(map(str, range(values["num_classes"])))
    whole = FakeImageSet(classes, labels, numbers, offset, shape)
    train, test = (whole.subset(range(*ends)) for ends in ((0, values["size"]), (values["size"], count)))
    return Collection(step.name, classes, train, test)


def _labels(
    seeds: npt.NDArray[np.int64], shape: tuple[int, int, int], classes: int, cancel: CancelToken
) -> npt.NDArray[np.int64]:
    def some(part: npt.NDArray[np.int64]) -> list[int]:
        labels = []
        for seed in part.tolist():
            cancel.raise_if_cancelled()
            generator = torch.Generator().manual_seed(seed)
            torch.randn(*shape, generator=generator)
            labels.append(int(torch.randint(0, classes, size=(1,), generator=generator)[0]))
        return labels

    parts = np.split(seeds, range(_LABELS_AT_ONCE, len(seeds), _LABELS_AT_ONCE))
    with ThreadPoolExecutor(2) as pool:
        return np.concatenate([np.array(labels, dtype=np.int64) for labels in pool.map(some, parts)])


class FakeImageSet(ImageSet):
    """Noise that is drawn anew whenever an image is asked for; only labels are kept.

    Parameters
    ----------
    classes, labels
        As in :class:`ImageSet`.
    numbers : array of int, shape (N,)
        Number of each image in FakeData.
    offset : int
        Added to the number to seed the image.
    shape : tuple of int
        (3, height, width).
    """

    def __init__(
        self,
        classes: Sequence[str],
        labels: npt.ArrayLike,
        numbers: npt.NDArray[np.int64],
        offset: int,
        shape: tuple[int, int, int],
    ) -> None:
        super().__init__(classes, labels)
        self._numbers = numbers
        self._offset = offset
        self._shape = shape

    def image(self, index: int) -> Image.Image:
        """Normally distributed values times 255, wrapped to 8 bits, as PIL RGB; never fails."""
        # A generator of its own gives what the global one gives, and leaves that to a training.
        generator = torch.Generator().manual_seed(int(self._numbers[index]) + self._offset)
        drawn: Image.Image = to_pil_image(torch.randn(*self._shape, generator=generator))
        return drawn

    def item(self, index: int) -> Item:
        """The facts about an image; draws nothing."""
        _, height, width = self._shape
        return Item(index, int(self.labels[index]), None, (width, height), "RGB", self.name(index))

    def name(self, index: int) -> str:
        """The image's number in FakeData."""
        return str(self._numbers[index])

    def path(self, index: int) -> Path | None:
        """None: there is no file."""
        return None

    def key(self, index: int) -> str:
        """The image's number in FakeData."""
        return self.name(index)

    def subset(self, indices: Iterable[int]) -> FakeImageSet:
        """The images at ``indices``, in that order; draws nothing."""
        chosen = np.fromiter(indices, dtype=np.int64)
        return FakeImageSet(
            self.classes, self.labels[chosen], self._numbers[chosen], self._offset, self._shape
        )

    def relabelled(self, classes: Sequence[str], labels: npt.ArrayLike) -> FakeImageSet:
        """The same images with other classes and labels."""
        return FakeImageSet(classes, labels, self._numbers, self._offset, self._shape)
