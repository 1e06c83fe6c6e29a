"""The script that opens a data set with torchvision and says what is in it."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from tudui_gui.datasets.sources import Dataset, FileImageSet
from tudui_gui.datasets.statistics import class_counts
from tudui_gui.scripts.data import data_text
from tudui_gui.scripts.text import assemble, reading

_TRANSFORM = """\
to_tensor = {steps}
train_transform = test_transform = to_tensor
"""

#: ImageFolder with the classes of the training part, which may be empty in a part or missing from it.
_TOLERANT = '''\
class Images(datasets.ImageFolder):
    """A folder per class; classes without images are kept."""

    def find_classes(self, directory):
        return classes, {name: label for label, name in enumerate(classes)}
'''

_TWO_FOLDERS = """\
classes = {classes!r}
train_data = Images({train!r}, train_transform, loader=read_rgb, allow_empty=True)
test_data = Images({test!r}, test_transform, loader=read_rgb, allow_empty=True)
"""

_ONE_FOLDER = """\
classes = {classes!r}
everything = Images({train!r}, train_transform, loader=read_rgb, allow_empty=True)
train_indices, test_indices = split(np.array(everything.targets))
train_data, test_data = Subset(everything, train_indices), Subset(everything, test_indices)
"""

_REPORT = """\
image, label = train_data[0]
print("train:", len(train_data), "test:", len(test_data))
print("classes:", len(classes), *classes)
print("first:", tuple(image.shape), image.dtype, classes[label])
"""


def dataset_script(dataset: Dataset) -> str:
    """Text that opens ``dataset`` from the same files and prints sizes, classes and the first image's shape.

    Parameters
    ----------
    dataset : Dataset
        Open; its step says where the files are.
    """
    text = data_text(dataset.step)
    opening, definitions = text.opening, text.definitions
    if isinstance(dataset.train, FileImageSet) and isinstance(dataset.test, FileImageSet):
        folders = (dataset.train.folder, dataset.test.folder)
        if _has_gaps(dataset, folders):
            opening, definitions = _tolerant(dataset.classes, folders, definitions)
    steps = "transforms.ToTensor()"
    if text.first_step:
        steps = f"transforms.Compose([{text.first_step}, {steps}])"
    parts = (*definitions, _TRANSFORM.format(steps=steps), opening, _REPORT)
    return assemble("A data set: its size, its classes and its first image.", *parts)


def _has_gaps(dataset: Dataset, folders: tuple[Path, Path]) -> bool:
    """Whether ``ImageFolder`` itself would refuse a part, or number its classes differently."""
    if folders[0] == folders[1]:
        return bool((class_counts(dataset.train) + class_counts(dataset.test) == 0).any())
    is_empty = any(np.any(class_counts(part) == 0) for part in (dataset.train, dataset.test))
    return is_empty or any(problem.path in _subfolders(folders[1]) for problem in dataset.problems)


def _subfolders(folder: Path) -> set[Path]:
    return {path for path in folder.iterdir() if path.is_dir()} if folder.is_dir() else set()


def _tolerant(
    classes: tuple[str, ...], folders: tuple[Path, Path], definitions: tuple[str, ...]
) -> tuple[str, tuple[str, ...]]:
    template = _ONE_FOLDER if folders[0] == folders[1] else _TWO_FOLDERS
    opening = template.format(classes=list(classes), train=str(folders[0]), test=str(folders[1]))
    split = tuple(text for text in definitions if text.startswith("def split"))
    return opening, (*split, reading(None), _TOLERANT)
