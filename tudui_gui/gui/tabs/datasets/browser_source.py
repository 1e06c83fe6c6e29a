"""The browser's images as the grid takes them."""

from __future__ import annotations

import numpy as np

from tudui_gui.gui.tabs.datasets.browser_work import Arranged
from tudui_gui.gui.tabs.datasets.marks import Marked, Markings, no_label_text
from tudui_gui.gui.widgets.thumbnail_model import DecodedSize, ThumbnailSource

#: Stands under an image without a label.
_NO_LABEL = "—"


def thumbnails_of(arranged: Arranged, markings: Markings, size: DecodedSize) -> ThumbnailSource:
    """Rows of the grid: images of ``arranged`` with their labels, files and marks."""
    image_set, indices = arranged.request.image_set, arranged.indices

    def marked(row: int) -> Marked:
        return markings.of(image_set.key(int(indices[row])))

    def tooltip(row: int) -> str:
        index = int(indices[row])
        return f"{image_set.name(index)}\n{image_set.label_name(index) or no_label_text()}"

    return ThumbnailSource(
        len(indices),
        lambda row: np.asarray(image_set.thumbnail(int(indices[row]), size.side)),
        lambda row: image_set.label_name(int(indices[row])) or _NO_LABEL,
        lambda row: image_set.path(int(indices[row])),
        (lambda row: marked(row).marks) if markings.edits else None,
        tooltip,
        lambda row: image_set.key(int(indices[row])),
    )
