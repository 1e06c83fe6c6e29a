"""The sources for a person's own files, and the pictures that come with the program, as operations."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from torchvision import datasets

from tudui_gui.core import paths
from tudui_gui.core.cancellation import CancelToken
from tudui_gui.core.operations import Operation, Step
from tudui_gui.core.parameters import Choice, Text, Written
from tudui_gui.core.text import QT_TRANSLATE_NOOP
from tudui_gui.datasets.folders import open_folder
from tudui_gui.datasets.layouts import open_named_files, open_paired_folders, open_plain_folder
from tudui_gui.datasets.name_patterns import DEFAULT_PATTERN
from tudui_gui.datasets.photos import open_photos
from tudui_gui.datasets.selection import SELECTION
from tudui_gui.datasets.sources import Collection
from tudui_gui.datasets.tables import open_csv

#: The bundled drawn set by layout: its folder and how to read that.
_SHAPES = {
    "class_folders": "shapes",
    "image_label_folders": "shapes_with_label_files",
    "file_names": "shapes_named",
}
SHAPES_PATTERN = "{label}_#"


def shapes_root(step: Step) -> Path:
    """The folder of the bundled drawn set in the layout that ``step`` says."""
    return paths.sample_data(_SHAPES[step.values["layout"]])


def _open_shapes(step: Step, root: Path, cancel: CancelToken) -> Collection:
    openers = {
        "class_folders": (open_folder, step),
        "image_label_folders": (open_paired_folders, step),
        "file_names": (open_named_files, _NAMED_FILES.step(pattern=SHAPES_PATTERN)),
    }
    opener, described = openers[step.values["layout"]]
    return replace(opener(described, root, cancel), name=step.name)


_ROOT = Text(
    name="root",
    default=None,
    optional=True,
    is_folder=True,
    written=Written.BY_NAME,
    help=QT_TRANSLATE_NOOP("catalog", "Folder that holds the images; none is the program's data folder."),
)


def _column(name: str, help_text: str) -> Text:
    return Text(name=name, default=None, optional=True, help=help_text)


_NAMED_FILES = Operation(
    "named_files",
    open_named_files,
    "torch.utils.data.Dataset",
    (
        _ROOT,
        Text(
            name="pattern",
            default=DEFAULT_PATTERN,
            help=QT_TRANSLATE_NOOP(
                "catalog",
                "Where the label stands in a name without its ending: {label}; * is anything, # digits, "
                "? one character, / the end of a folder's name.",
            ),
        ),
        *SELECTION,
    ),
    help=QT_TRANSLATE_NOOP("catalog", "Your own images with the label in the file name, such as cat_01.jpg."),
    tags=frozenset({"folder"}),
)

BUNDLED = (
    Operation(
        "shapes",
        open_folder,
        "datasets.ImageFolder",
        (
            Choice(
                name="layout",
                default="class_folders",
                choices=tuple(_SHAPES),
                help=QT_TRANSLATE_NOOP("catalog", "How labels are kept: the tutorial's three layouts."),
            ),
            *SELECTION,
        ),
        help=QT_TRANSLATE_NOOP("catalog", "A small drawn set, bundled: circle, square, star, triangle."),
        tags=frozenset({"bundled"}),
    ),
    Operation(
        "photos",
        open_photos,
        "sklearn.datasets.load_sample_images",
        SELECTION,
        help=QT_TRANSLATE_NOOP("catalog", "scikit-learn's two photographs, bundled, without labels."),
        tags=frozenset({"bundled"}),
    ),
)

OWN_FILES = (
    Operation(
        "folder",
        datasets.ImageFolder,
        "datasets.ImageFolder",
        (_ROOT, *SELECTION),
        help=QT_TRANSLATE_NOOP(
            "catalog", "Your own images: a folder per class, in train and test (or val), or directly."
        ),
        tags=frozenset({"folder"}),
    ),
    Operation(
        "paired_folders",
        open_paired_folders,
        "torch.utils.data.Dataset",
        (_ROOT, *SELECTION),
        help=QT_TRANSLATE_NOOP(
            "catalog",
            "Your own images in ants_image, bees_image ... and text files with their labels in ants_label, "
            "bees_label ...",
        ),
        tags=frozenset({"folder"}),
    ),
    _NAMED_FILES,
    Operation(
        "csv",
        open_csv,
        "torch.utils.data.Dataset",
        (
            _ROOT,
            Text(
                name="file",
                default=None,
                optional=True,
                help=QT_TRANSLATE_NOOP("catalog", "The CSV below the folder; none: the only one in it."),
            ),
            _column(
                "path_column",
                QT_TRANSLATE_NOOP("catalog", "Name or number of the column of paths; none: it is found."),
            ),
            _column(
                "label_column",
                QT_TRANSLATE_NOOP("catalog", "Name or number of the column of labels; none: it is found."),
            ),
            _column(
                "part_column",
                QT_TRANSLATE_NOOP(
                    "catalog",
                    "Name or number of the column that says train, test or val; none: one so called, if any.",
                ),
            ),
            *SELECTION,
        ),
        help=QT_TRANSLATE_NOOP(
            "catalog", "Your own images as a CSV lists them: a path and a label in each line."
        ),
        tags=frozenset({"folder"}),
    ),
    Operation(
        "plain_folder",
        open_plain_folder,
        "torch.utils.data.Dataset",
        (
            _ROOT,
            Text(
                name="label",
                default=None,
                optional=True,
                help=QT_TRANSLATE_NOOP("catalog", "The class of all its images; none: they have no label."),
            ),
            *SELECTION,
        ),
        help=QT_TRANSLATE_NOOP(
            "catalog", "Your own images, all those in a folder, of one class or without label."
        ),
        tags=frozenset({"folder"}),
    ),
)

#: Each reads what lies below a root and may raise ``DatasetError``.
OPENERS: dict[str, Callable[[Step, Path, CancelToken], Collection]] = {
    "shapes": _open_shapes,
    "photos": open_photos,
    "folder": open_folder,
    "paired_folders": open_paired_folders,
    "named_files": open_named_files,
    "csv": open_csv,
    "plain_folder": open_plain_folder,
}
