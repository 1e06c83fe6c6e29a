"""What a person's corrections look like in the grid and the large view."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import QCoreApplication

from tudui_gui.datasets.edits import Edits
from tudui_gui.gui.widgets.thumbnail_model import Mark


@dataclass(frozen=True)
class Marked:
    """What was done to one image.

    Attributes
    ----------
    is_flagged, is_left_out : bool
    was : str or None
        Class in the source of an image whose label was corrected; empty: it had none. None: not corrected.
    """

    is_flagged: bool = False
    is_left_out: bool = False
    was: str | None = None

    @property
    def texts(self) -> list[str]:
        """What to say of it, translated."""
        return [mark.text for mark in self.marks]

    @property
    def marks(self) -> list[Mark]:
        """The signs in the corner of its thumbnail."""
        translate = QCoreApplication.translate
        marks = []
        if self.is_flagged:
            marks.append(Mark("flag", "accent", translate("Marks", "Flagged")))
        if self.was is not None:
            was = self.was or no_label_text()
            text = translate("Marks", "Label corrected, was {name}").format(name=was)
            marks.append(Mark("pencil", "reference", text))
        if self.is_left_out:
            text = translate("Marks", "Left out of training and test")
            marks.append(Mark("minus-circle", "danger", text, is_dimmed=True))
        return marks


@dataclass(frozen=True)
class Markings:
    """What was done to the images of a data set, by their keys.

    Attributes
    ----------
    edits : Edits
    originals : mapping of str to str
        What the source calls the images with a corrected label.
    """

    edits: Edits = Edits()  # noqa: RUF009 - frozen
    originals: Mapping[str, str] = field(default_factory=dict)

    def of(self, key: str) -> Marked:
        """What was done to the image at ``key``; cheap."""
        edits = self.edits
        was = self.originals.get(key, "") if key in edits.labels else None
        return Marked(key in edits.flags, key in edits.left_out, was)


def no_label_text() -> str:
    """What stands for the label of an image without one."""
    return QCoreApplication.translate("Marks", "no label")
