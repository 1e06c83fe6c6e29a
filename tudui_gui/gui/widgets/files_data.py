"""Many files on their way out of the window."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QMetaType, QMimeData, QUrl

_URI_LIST = "text/uri-list"


class FilesData(QMimeData):
    """Local files that are named when they are dropped: naming 100,000 takes half a second.

    Parameters
    ----------
    rows : sequence of int
        Not empty.
    path : callable
        Row -> its file, or None.
    """

    def __init__(self, rows: Sequence[int], path: Callable[[int], Path | None]) -> None:
        super().__init__()
        self._rows = rows
        self._path = path
        self._urls: list[QUrl] | None = None

    def formats(self) -> list[str]:
        return [_URI_LIST]

    def hasFormat(self, mime_type: str) -> bool:
        return mime_type == _URI_LIST

    def retrieveData(self, mime_type: str, preferred: QMetaType | QMetaType.Type) -> object:
        if mime_type != _URI_LIST:
            return None
        if self._urls is None:
            paths = map(self._path, self._rows)
            self._urls = [QUrl.fromLocalFile(str(path)) for path in paths if path is not None]
        return self._urls
