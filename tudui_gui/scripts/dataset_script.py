"""The script that opens a data set with torchvision and says what is in it."""

from __future__ import annotations

from tudui_gui.datasets.sources import Dataset
from tudui_gui.scripts.data import data_text
from tudui_gui.scripts.text import assemble

_TRANSFORM = """\
to_tensor = {steps}
train_transform = test_transform = to_tensor
"""

_SIZES = """\
print("train:", len(train_data), "test:", len(test_data))
print("classes:", len(classes), *classes)
"""

_WITHOUT_LABEL = """\
print("without label:", len(unlabelled))
"""

_FIRST = """\
image, label = {part}[0]
print("first:", tuple(image.shape), image.dtype, classes[label])
"""

_FIRST_WITHOUT_LABEL = """\
image, _ = Images(unlabelled, classes, to_tensor)[0]
print("first:", tuple(image.shape), image.dtype)
"""


def dataset_script(dataset: Dataset) -> str:
    """Text that opens ``dataset`` from the same files and prints sizes, classes and the first image's shape.

    Parameters
    ----------
    dataset : Dataset
        Open; its step says where the files are.

    Raises
    ------
    DatasetError
        A file that the text depends on can no longer be read.
    """
    has_labels = bool({"train", "test"} & dataset.parts.keys())
    text = data_text(dataset.step, dataset=dataset)
    steps = "transforms.ToTensor()"
    if text.first_step:
        steps = f"transforms.Compose([{text.first_step}, {steps}])"
    report = _SIZES
    if text.has_entries and dataset.unlabelled is not None:
        report += _WITHOUT_LABEL
    if has_labels:
        report += _FIRST.format(part="train_data" if len(dataset.train) else "test_data")
    elif text.has_entries and dataset.unlabelled is not None:
        report += _FIRST_WITHOUT_LABEL
    parts = (*text.definitions, _TRANSFORM.format(steps=steps), text.opening, report)
    return assemble("A data set: its size, its classes and its first image.", *parts)
