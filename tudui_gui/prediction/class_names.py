"""Names of the classes of well-known data sets, and reading names from a file."""

from __future__ import annotations

from pathlib import Path

from tudui_gui.core.errors import CheckpointError
from tudui_gui.core.text import QT_TRANSLATE_NOOP

#: Class names by data set, in the order of the labels.
CLASS_NAMES: dict[str, tuple[str, ...]] = {
    "cifar10": (
        "airplane",
        "automobile",
        "bird",
        "cat",
        "deer",
        "dog",
        "frog",
        "horse",
        "ship",
        "truck",
    ),
    "digits": tuple("0123456789"),
    "mnist": tuple("0123456789"),
    "fashion_mnist": (
        "T-shirt/top",
        "Trouser",
        "Pullover",
        "Dress",
        "Coat",
        "Sandal",
        "Shirt",
        "Sneaker",
        "Bag",
        "Ankle boot",
    ),
    "stl10": (
        "airplane",
        "bird",
        "car",
        "cat",
        "deer",
        "dog",
        "horse",
        "monkey",
        "ship",
        "truck",
    ),
    "shapes": ("circle", "square", "star", "triangle"),
}


def resolve_classes(text: str) -> tuple[str, ...]:
    """Class names from a data set's name in :data:`CLASS_NAMES`, or from a text file (UTF-8, a name a line).

    Raises
    ------
    CheckpointError
        When it is neither, or the file is empty or unreadable.
    """
    if text in CLASS_NAMES:
        return CLASS_NAMES[text]
    path = Path(text).expanduser()
    if not path.is_file():
        raise CheckpointError(
            QT_TRANSLATE_NOOP("errors", "{value} is no known list of class names, and no file."),
            remedy=QT_TRANSLATE_NOOP("errors", "Allowed: {allowed}, or a text file with a name a line."),
            value=repr(text),
            allowed=", ".join(CLASS_NAMES),
        )
    return _read_names(path)


def numbered(count: int) -> tuple[str, ...]:
    """Stand-ins for unknown names: ``"0"``, ``"1"`` ..."""
    return tuple(map(str, range(count)))


def _read_names(path: Path) -> tuple[str, ...]:
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as cause:
        raise _bad_file(path, str(cause)) from cause
    names = tuple(line.strip() for line in lines if line.strip())
    if not names:
        raise _bad_file(path, "")
    return names


def _bad_file(path: Path, detail: str) -> CheckpointError:
    return CheckpointError(
        QT_TRANSLATE_NOOP("errors", "{path} holds no class names."),
        remedy=QT_TRANSLATE_NOOP("errors", "Choose a text file with a name a line, written as UTF-8."),
        detail=detail,
        path=str(path),
    )
