"""Looking at every image of a part, off the main thread."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QImage

from tudui_gui.core.cancellation import CancelToken
from tudui_gui.datasets.sources import ImageSet
from tudui_gui.datasets.survey import ClassMeans, Survey, survey
from tudui_gui.gui.imaging import to_qimage
from tudui_gui.gui.workers import Progress

#: A standard deviation is at most a half: it is shown twice as bright.
STD_SCALE = 2.0


@dataclass(frozen=True, eq=False)
class ClassPictures:
    """Mean and standard deviation of each class as pictures; None for a class without images."""

    mean: tuple[QImage | None, ...]
    std: tuple[QImage | None, ...]


@dataclass(frozen=True, eq=False)
class Surveyed:
    """A survey of ``image_set``, and its pictures."""

    image_set: ImageSet
    survey: Survey
    pictures: ClassPictures


def survey_work(image_set: ImageSet, token: CancelToken, progress: Progress) -> Surveyed:
    """Look at every image; those that cannot be read are passed over and named."""
    found = survey(image_set, token, partial(_report, progress))
    return Surveyed(image_set, found, pictures_of(found.classes))


def pictures_of(classes: ClassMeans) -> ClassPictures:
    """The class images as pictures. Any thread."""
    mean = tuple(_picture(values) for values in classes.mean)
    std = tuple(_picture(values * STD_SCALE) for values in classes.std)
    return ClassPictures(mean, std)


def _picture(values: npt.NDArray[np.float64]) -> QImage | None:
    if np.isnan(values).any():
        return None
    return to_qimage(np.rint(np.clip(values, 0, 1) * 255).astype(np.uint8))


def _report(progress: Progress, done: int, total: int) -> None:
    text = QCoreApplication.translate("FactsWork", "{done:,} of {total:,} images")
    progress(done / total, text.format(done=done, total=total))
