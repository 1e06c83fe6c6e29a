"""Reading the pictures that go in. For pool threads."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tudui_gui.core.cancellation import CancelToken
from tudui_gui.core.errors import ImageError
from tudui_gui.datasets.sources import Dataset, ImageSet
from tudui_gui.gui.tabs.layers.work import flower
from tudui_gui.gui.workers import Progress, Work
from tudui_gui.images.reading import Picture, read_image


@dataclass(frozen=True, eq=False)
class Inputs:
    """One picture, or a batch of them.

    Attributes
    ----------
    pictures : tuple of Picture
        At least one.
    names : tuple of str
    left_out : int
        Pictures that cannot be read.
    """

    pictures: tuple[Picture, ...]
    names: tuple[str, ...]
    left_out: int = 0


def read_flower(token: CancelToken, progress: Progress) -> Inputs:
    """The bundled photograph."""
    return Inputs((flower(),), ("flower.jpg",))


def read_file(path: Path, token: CancelToken, progress: Progress) -> Inputs:
    """The image in a file. Raises ``ImageError``."""
    return Inputs((read_image(path),), (path.name,))


def part_of(dataset: Dataset) -> tuple[str, ImageSet]:
    """The part that images are taken from: test, or the first that holds any."""
    return ("test", dataset.test) if len(dataset.test) else next(iter(dataset.parts.items()))


def batch_reader(dataset: Dataset, start: int, count: int) -> Work:
    """Reads ``count`` images from ``start`` on; after the last one comes the first."""
    part, image_set = part_of(dataset)
    places = [(start + offset) % len(image_set) for offset in range(min(count, len(image_set)))]
    return partial(_read_items, f"{dataset.name} {part}", image_set, tuple(places))


def selection_reader(name: str, image_set: ImageSet, indices: tuple[int, ...]) -> Work:
    """Reads some images of a set."""
    return partial(_read_items, name, image_set, indices)


def _read_items(
    title: str, image_set: ImageSet, places: tuple[int, ...], token: CancelToken, progress: Progress
) -> Inputs:
    """Images of a set; those that cannot be read are left out. Raises ``ImageError`` if none can."""
    pictures, names = [], []
    problem: ImageError | None = None
    for done, place in enumerate(places):
        token.raise_if_cancelled()
        try:
            pictures.append(_picture(image_set, place))
        except ImageError as error:
            problem = error
            continue
        label = image_set.label_name(place)
        names.append(f"{title} {place}" + (f" · {label}" if label else ""))
        progress((done + 1) / len(places), "")
    if problem is not None and not pictures:
        raise problem
    return Inputs(tuple(pictures), tuple(names), len(places) - len(pictures))


def _picture(image_set: ImageSet, place: int) -> Picture:
    path = image_set.path(place)
    if path is not None:
        return read_image(path)
    item = image_set.item(place)
    return Picture(image_set.image(place), item.path, "", item.mode, item.size)
