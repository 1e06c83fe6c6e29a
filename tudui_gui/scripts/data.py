"""The part of a training script that opens the data set."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tudui_gui.core.operations import Step
from tudui_gui.datasets.catalog import root_of
from tudui_gui.datasets.selection import SPLIT_SEED
from tudui_gui.scripts.text import reading

_SPLIT = f'''\
def split(labels):
    """Indices for training and for test: 80 and 20 % of every class, always the same."""
    random = np.random.RandomState({SPLIT_SEED})
    is_test = np.zeros(len(labels), dtype=bool)
    for label in np.unique(labels):
        members = np.flatnonzero(labels == label)
        is_test[members[random.permutation(len(members))[: (len(members) + 2) // 5]]] = True
    return np.flatnonzero(~is_test).tolist(), np.flatnonzero(is_test).tolist()
'''

_DIGITS = '''\
class Digits(Dataset):
    """scikit-learn's handwritten digits as RGB pictures of 32x32."""

    def __init__(self, transform):
        self.values, self.labels = load_digits(return_X_y=True)
        self.transform = transform

    def __len__(self):
        return len(self.labels)

    def __getitem__(self, index):
        grey = ((self.values[index].reshape(8, 8).astype(np.int64) * 255 + 8) // 16).astype(np.uint8)
        picture = Image.fromarray(grey).resize((32, 32), Image.Resampling.BILINEAR).convert("RGB")
        return self.transform(picture), int(self.labels[index])
'''

_OPEN_DIGITS = """\
classes = [str(digit) for digit in range(10)]
train_indices, test_indices = split(Digits(None).labels)
train_data = Subset(Digits(train_transform), train_indices)
test_data = Subset(Digits(test_transform), test_indices)
"""

_OPEN_TORCHVISION = """\
train_data = datasets.{kind}({root}, {train}, transform=train_transform)
test_data = datasets.{kind}({root}, {test}, transform=test_transform)
classes = train_data.classes
"""

_OPEN_TWO_FOLDERS = """\
train_data = datasets.ImageFolder({train}, train_transform, loader=read_rgb)
test_data = datasets.ImageFolder({test}, test_transform, loader=read_rgb)
classes = train_data.classes
assert test_data.classes == classes, "training and test have different classes"
"""

_OPEN_ONE_FOLDER = """\
train_data = datasets.ImageFolder({root}, train_transform, loader=read_rgb)
test_data = datasets.ImageFolder({root}, test_transform, loader=read_rgb)
classes = train_data.classes
train_indices, test_indices = split(np.array(train_data.targets))
train_data, test_data = Subset(train_data, train_indices), Subset(test_data, test_indices)
"""

_TORCHVISION = {
    "cifar10": "CIFAR10",
    "cifar100": "CIFAR100",
    "mnist": "MNIST",
    "fashion_mnist": "FashionMNIST",
    "stl10": "STL10",
}
_GREY = frozenset({"mnist", "fashion_mnist"})


@dataclass(frozen=True)
class DataText:
    """Python text that opens a data set.

    Attributes
    ----------
    definitions : tuple of str
        Functions and classes for the top of the script.
    opening : str
        Lines that make ``train_data``, ``test_data`` and ``classes``, given both transforms.
    first_step : str
        Text of a step to put before both transforms, or nothing.
    """

    definitions: tuple[str, ...]
    opening: str
    first_step: str = ""


def data_text(step: Step, data_root: Path | None = None) -> DataText:
    """The text for a data set of ``DATASETS``; paths in it are absolute. Looks which folders there are."""
    if step.name == "digits":
        return DataText((_SPLIT, _DIGITS), _OPEN_DIGITS)
    root = root_of(step, data_root)
    if step.name in _TORCHVISION:
        return _torchvision_text(step.name, root)
    test = next((name for name in ("test", "val") if (root / name).is_dir()), None)
    if test is None:
        whole = root / "train" if (root / "train").is_dir() else root
        return DataText((_SPLIT, reading(None)), _OPEN_ONE_FOLDER.format(root=repr(str(whole))))
    parts = {"train": repr(str(root / "train")), "test": repr(str(root / test))}
    return DataText((reading(None),), _OPEN_TWO_FOLDERS.format(**parts))


def _torchvision_text(name: str, root: Path) -> DataText:
    keywords = (
        {"train": 'split="train"', "test": 'split="test"'}
        if name == "stl10"
        else {"train": "train=True", "test": "train=False"}
    )
    opening = _OPEN_TORCHVISION.format(kind=_TORCHVISION[name], root=repr(str(root)), **keywords)
    return DataText((), opening, "transforms.Grayscale(3)" if name in _GREY else "")
