"""Python text that opens torchvision's data sets and scikit-learn's digits."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tudui_gui.core.operations import Step

SPLIT_INDICES = '''\
def split(labels):
    """Indices for training and for test: 80 and 20 % of every class, always the same."""
    random = np.random.RandomState(0)
    is_test = np.zeros(len(labels), dtype=bool)
    for label in np.unique(labels):
        members = np.flatnonzero(labels == label)
        is_test[members[random.permutation(len(members))[: (len(members) + 2) // 5]]] = True
    return np.flatnonzero(~is_test).tolist(), np.flatnonzero(is_test).tolist()
'''

DIGITS = '''\
class Digits(Dataset):
    """scikit-learn's handwritten digits as RGB pictures of 32x32."""

    def __init__(self, transform=None):
        self.values, self.labels = load_digits(return_X_y=True)
        self.transform = transform

    def __len__(self):
        return len(self.labels)

    def __getitem__(self, index):
        grey = ((self.values[index].reshape(8, 8).astype(np.int64) * 255 + 8) // 16).astype(np.uint8)
        picture = Image.fromarray(grey).resize((32, 32), Image.Resampling.BILINEAR).convert("RGB")
        return self.transform(picture) if self.transform else picture, int(self.labels[index])
'''

_PETS = '''\
class Pets(datasets.OxfordIIITPet):
    """torchvision's, with the pictures turned upright."""

    def __getitem__(self, index):
        return self.transform(read_rgb(self._images[index])), self._labels[index]
'''

READ_NUMBERED = '''\
def read_picture(place):
    """The picture of a number in a data set, as RGB."""
    data, number = place
    return data[number][0].convert("RGB")
'''

READ_EITHER = '''\
def read_picture(place):
    """The picture at a path, or that of a number in a data set, as RGB."""
    if isinstance(place, Path):
        return read_rgb(place)
    data, number = place
    return data[number][0].convert("RGB")
'''

_NUMBERED = '''\
def numbered(data, labels, classes, origin=""):
    """((data set, number), class name, key) of each image."""
    return [((data, at), classes[int(label)], f"{origin}{at}") for at, label in enumerate(labels)]
'''

_LISTED = '''\
def listed(files, labels, classes, folder):
    """(path, class name, key) of each image that is there."""
    pairs = [(Path(file), classes[label]) for file, label in zip(files, labels)]
    return [(file, name, file.relative_to(folder).as_posix()) for file, name in pairs if file.exists()]
'''

_FAKE = """\
data = datasets.FakeData({count}, {shape}, {classes}, random_offset={offset})
classes = [str(number) for number in range({classes})]
train = numbered(data, [label for _, label in data], classes)
train, test = train[:{size}], train[{size}:]
"""

_OPEN_FAKE = """\
train_data = datasets.FakeData({size}, {shape}, {classes}, train_transform, random_offset={offset})
test_data = datasets.FakeData({tests}, {shape}, {classes}, test_transform, random_offset={later})
classes = [str(number) for number in range({classes})]
"""

_OPEN_DIGITS = """\
classes = [str(digit) for digit in range(10)]
train_indices, test_indices = split(Digits().labels)
train_data = Subset(Digits(train_transform), train_indices)
test_data = Subset(Digits(test_transform), test_indices)
"""

_FIND_DIGITS = """\
digits = Digits()
classes = [str(digit) for digit in range(10)]
train = numbered(digits, digits.labels, classes)
"""


@dataclass(frozen=True)
class _Set:
    """How torchvision calls a set: its class, its two parts, and where labels and names of classes are.

    ``files`` and ``folder`` are of a set that lies in files: where their paths are, and the folder that keys
    are relative to.
    """

    kind: str
    train: str = "train=True"
    test: str = "train=False"
    labels: str = "{data}.targets"
    classes: str = "{data}.classes"
    files: str = ""
    folder: str = "_images_folder"
    is_grey: bool = False


_TRAIN, _TEST = 'split="train"', 'split="test"'
_LABELS, _FILES = "{data}._labels", "{data}._image_files"

_SETS = {
    "cifar10": _Set("CIFAR10"),
    "cifar100": _Set("CIFAR100"),
    "mnist": _Set("MNIST", is_grey=True),
    "fashion_mnist": _Set("FashionMNIST", is_grey=True),
    "kmnist": _Set("KMNIST", is_grey=True),
    "emnist": _Set("EMNIST", 'split="{subset}", train=True', 'split="{subset}", train=False', is_grey=True),
    "svhn": _Set("SVHN", _TRAIN, _TEST, "{data}.labels", classes='list("0123456789")'),
    "stl10": _Set("STL10", _TRAIN, _TEST, "{data}.labels"),
    "flowers102": _Set("Flowers102", _TRAIN, _TEST, _LABELS, files=_FILES),
    "oxford_iiit_pet": _Set("OxfordIIITPet", 'split="trainval"', _TEST, _LABELS, files="{data}._images"),
    "food101": _Set("Food101", _TRAIN, _TEST, _LABELS, files=_FILES),
    "imagenette": _Set(
        "Imagenette",
        'split="train", size="{size}"',
        'split="val", size="{size}"',
        labels="[label for _, label in {data}._samples]",
        classes="[names[0] for names in {data}.classes]",
        files="[file for file, _ in {data}._samples]",
        folder="_size_root",
    ),
}

#: Those that have texts here.
NAMES = frozenset({*_SETS, "digits", "fake"})


def is_in_files(name: str) -> bool:
    """Whether the images of a set are files."""
    return name in _SETS and bool(_SETS[name].files)


def is_grey(name: str) -> bool:
    """Whether torchvision gives the images of a set in grey."""
    return name in _SETS and _SETS[name].is_grey


def opening(step: Step, root: Path) -> tuple[tuple[str, ...], str, str]:
    """Definitions, lines that make ``train_data``, ``test_data`` and ``classes``, and text of the labels.

    The labels are those of ``train_data``; empty if torchvision does not have them at hand.
    """
    if step.name == "digits":
        return (SPLIT_INDICES, DIGITS), _OPEN_DIGITS, "train_data.dataset.labels[train_indices]"
    if step.name == "fake":
        return (), _OPEN_FAKE.format(**_fake_fields(step)), ""
    known = _SETS[step.name]
    is_pets = step.name == "oxford_iiit_pet"
    kind = "Pets" if is_pets else f"datasets.{known.kind}"
    reader = ", loader=read_rgb" if known.files and not is_pets else ""
    lines = "".join(
        f"{part}_data = {kind}({str(root)!r}, {_part(step, part)}, transform={part}_transform{reader})\n"
        for part in ("train", "test")
    )
    classes = known.classes.format(data="train_data")
    return (
        (_PETS,) if is_pets else (),
        f"{lines}classes = {classes}\n",
        known.labels.format(data="train_data"),
    )


def finding(step: Step, root: Path) -> tuple[tuple[str, ...], str]:
    """Functions, and lines that make ``classes``, ``train`` and, except for the digits, ``test``: entries."""
    if step.name == "digits":
        return (DIGITS, _NUMBERED), _FIND_DIGITS
    if step.name == "fake":
        return (_NUMBERED,), _FAKE.format(**_fake_fields(step))
    known = _SETS[step.name]
    lines = ""
    for part in ("train", "test"):
        data = f"{part}_set"
        lines += f"{data} = datasets.{known.kind}({str(root)!r}, {_part(step, part)})\n"
    lines += f"classes = {known.classes.format(data='train_set')}\n"
    for part in ("train", "test"):
        lines += _entries(known, part)
    return (_LISTED if known.files else _NUMBERED,), lines


def _entries(known: _Set, part: str) -> str:
    data = f"{part}_set"
    labels, files = (text.format(data=data) for text in (known.labels, known.files))
    if files:
        return f"{part} = listed({files}, {labels}, classes, {data}.{known.folder})\n"
    return f'{part} = numbered({data}, {labels}, classes, "{part}/")\n'


def _part(step: Step, part: str) -> str:
    known = _SETS[step.name]
    return (known.train if part == "train" else known.test).format(**step.values)


def _fake_fields(step: Step) -> dict[str, object]:
    values = step.values
    shape = step.operation.parameter("image_size").source(values["image_size"])
    size, tests, offset = (values[name] for name in ("size", "test_size", "random_offset"))
    return {
        "size": size,
        "tests": tests,
        "count": size + tests,
        "shape": shape,
        "classes": values["num_classes"],
        "offset": offset,
        "later": offset + size,
    }
