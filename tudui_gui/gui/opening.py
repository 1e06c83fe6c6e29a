"""Sending what is opened or dropped where it belongs."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image
from PySide6.QtCore import QCoreApplication, QMimeData, QObject, Slot
from PySide6.QtGui import QImage

from tudui_gui.core.cancellation import CancelToken
from tudui_gui.core.text import QT_TRANSLATE_NOOP
from tudui_gui.datasets.table_layout import TABLE_SUFFIXES
from tudui_gui.gui.failures import Failure
from tudui_gui.gui.imaging import from_qimage
from tudui_gui.gui.session import SentImage
from tudui_gui.gui.widgets.page import Page
from tudui_gui.gui.workers import Jobs, Progress
from tudui_gui.images.reading import IMAGE_SUFFIXES, Picture

if TYPE_CHECKING:
    from tudui_gui.gui.main_window import MainWindow

WEIGHTS_SUFFIXES = frozenset({".pth", ".pt"})

_UNKNOWN = QT_TRANSLATE_NOOP("errors", "{path} is of no kind that can be opened here.")
_KNOWN_KINDS = QT_TRANSLATE_NOOP(
    "errors",
    "Images, folders of images, .csv tables, .pth and .pt checkpoints and .toml experiments can be opened.",
)
_MISSING = QT_TRANSLATE_NOOP("errors", "{path} does not exist.")


class Opener(QObject):
    """Routes paths and images to pages. Main thread only."""

    def __init__(self, window: MainWindow, jobs: Jobs) -> None:
        super().__init__(window)
        self._window = window
        self._jobs = jobs

    @Slot(object)
    def open_paths(self, paths: Sequence[Path], target: str = "") -> None:
        """Open ``paths`` on the page ``target`` if it takes them, else where each belongs."""
        routes: dict[str, list[Path]] = {}
        for path in paths:
            for name in self._pages_for(path, target):
                routes.setdefault(name, []).append(path)
        for name, group in routes.items():
            page = self._window.page(name)
            if page is not None:
                page.open_paths(group)
        if routes:
            self._window.show_page(next(iter(routes)))

    def take(self, data: QMimeData, target: str = "") -> None:
        """Open what was dropped: local files, else an image without a file."""
        paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        if paths:
            self.open_paths(paths, target)
        elif data.hasImage():
            name = data.text() or QCoreApplication.translate("Opener", "dropped image")
            self._open_image(QImage(data.imageData()), name, target or self._window.current_name)

    @Slot(object)
    def open_sent(self, sent: SentImage) -> None:
        """Show the page an image was sent to, with the image."""
        page = self._window.page(sent.target)
        if page is not None:
            self._window.show_page(sent.target)
            page.open_image(sent.picture, sent.name)

    def _pages_for(self, path: Path, target: str) -> list[str]:
        """objectNames of the pages that open ``path``; the first will be shown."""
        suffix = path.suffix.lower()
        if not path.exists():
            self._refuse(_MISSING, "", path)
        elif target and self._accepts(target, path):
            return [target]
        elif path.is_dir() or suffix in TABLE_SUFFIXES:
            return ["datasets_tab"]
        elif suffix == ".toml":
            return ["training_tab"]
        elif suffix in WEIGHTS_SUFFIXES:
            also = ["models_tab"] if self._accepts("models_tab", path) else []
            return ["prediction_tab", *also]
        elif suffix in IMAGE_SUFFIXES:
            current = self._window.current_name
            return [current if self._accepts(current, path) else "prediction_tab"]
        else:
            self._refuse(_UNKNOWN, _KNOWN_KINDS, path)
        return []

    def _accepts(self, name: str, path: Path) -> bool:
        page = self._window.page(name)
        return page is not None and page.accepts(path)

    def _refuse(self, what: str, remedy: str, path: Path) -> None:
        self._window.show_failure(Failure(what, remedy, fields={"path": str(path)}))

    def _open_image(self, image: QImage, name: str, target: str) -> None:
        if not takes_images(self._window.page(target)):
            target = "prediction_tab"
        self._jobs.submit(
            partial(_read, image, name, target),
            done=self.open_sent,
            failed=self._window.show_failure,
            key="dropped image",
        )


def takes_images(page: Page | None) -> bool:
    """Whether a page has its own :meth:`Page.open_image`."""
    return page is not None and type(page).open_image is not Page.open_image


def _read(image: QImage, name: str, target: str, token: CancelToken, progress: Progress) -> SentImage:
    pixels = from_qimage(image)
    picture = Picture(Image.fromarray(pixels), None, "", "RGB", (image.width(), image.height()))
    return SentImage(picture, name, target)
