"""The ways in: files, the clipboard, the open data set, the bundled photos."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QImage

from tudui_gui.gui.session import Session
from tudui_gui.gui.tabs.transforms.input_work import Source
from tudui_gui.images.reading import IMAGE_SUFFIXES, is_image_path


def bundled_photos() -> list[Path]:
    """The photographs that scikit-learn brings; its package is not imported."""
    spec = find_spec("sklearn")
    if spec is None or spec.origin is None:
        return []
    folder = Path(spec.origin).parent / "datasets" / "images"
    return [folder / "flower.jpg", folder / "china.jpg"]


def image_patterns() -> str:
    """What a file dialog shows: ``"*.avif *.bmp ..."``."""
    return " ".join(f"*{suffix}" for suffix in sorted(IMAGE_SUFFIXES))


def of_paths(paths: list[Path]) -> list[Source]:
    """Files, by their names."""
    return [Source(path.name, path=path) for path in paths]


def of_mime(data: QMimeData | None, name: str) -> list[Source]:
    """Image files that are dropped or pasted, else a picture without a file, which is called ``name``.

    ``None`` is what an empty clipboard may give.
    """
    if data is None:
        return []
    paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    images = [path for path in paths if is_image_path(path)]
    if images or not data.hasImage():
        return of_paths(images)
    return [Source(name, image=QImage(data.imageData()))]


def brings_images(data: QMimeData) -> bool:
    """Whether :func:`of_mime` finds something; nothing is read."""
    local = (url for url in data.urls() if url.isLocalFile())
    return data.hasImage() or any(is_image_path(Path(url.toLocalFile())) for url in local)


def of_dataset(session: Session) -> list[Source]:
    """The images selected on the Datasets tab, else the current one, else the first; none without a set."""
    dataset, chosen, current = session.dataset, session.chosen_images, session.current_image
    if chosen is not None and len(chosen[1]) > 1:
        image_set, indices = chosen
    elif current is not None:
        image_set, indices = current[0], (current[1],)
    elif dataset is not None and dataset.parts:
        image_set, indices = next(iter(dataset.parts.values())), (0,)
    else:
        return []
    return [Source(str(index), item=(image_set, index)) for index in indices]
