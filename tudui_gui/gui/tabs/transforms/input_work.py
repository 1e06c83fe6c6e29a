"""Reading the pictures that a pipeline is tried on; everything here runs off the main thread."""

from __future__ import annotations

import itertools
import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from PIL import Image
from PySide6.QtGui import QImage

from tudui_gui.core.cancellation import Cancelled, CancelToken
from tudui_gui.core.errors import ImageError, TuduiError
from tudui_gui.core.text import QT_TRANSLATE_NOOP, shown
from tudui_gui.datasets.sources import ImageSet
from tudui_gui.gui.failures import Failure
from tudui_gui.gui.imaging import from_qimage, shrink
from tudui_gui.gui.tabs.transforms import showing
from tudui_gui.gui.tabs.transforms.stage_work import Input
from tudui_gui.gui.workers import Progress
from tudui_gui.images.conversion import Pixels
from tudui_gui.images.inspection import FileFacts, free_memory, inspect
from tudui_gui.images.opencv_reading import as_bgr, read_bgr
from tudui_gui.images.reading import OPENCV, PIL, Picture, read_image
from tudui_gui.images.rgb import DROPPED_ALPHA

logger = logging.getLogger(__name__)

#: Rows that are compared at the most.
MOST_INPUTS = 6

#: Longest edge of a tile's picture.
THUMBNAIL = 96

_keys = itertools.count()


@dataclass(frozen=True, eq=False)
class Source:
    """Where an input comes from, and how it is read. One of ``path``, ``picture``, ``image``, ``item``.

    Attributes
    ----------
    name : str
        What it is called on the screen.
    path : Path or None
        A file.
    picture : Picture or None
        A picture that is in memory; one with a path is read again where that is needed.
    image : QImage or None
        Dropped, or from the clipboard.
    item : tuple of ImageSet and int, or None
        An image of a data set.
    reader : str
        ``PIL`` or ``OpenCV``.
    frame : int
        Which of the file's pictures, from 0.
    reduction : int
        1, 2, 4 or 8.
    is_allowed : bool
        A person wants it as a whole, however large it is.
    """

    name: str
    path: Path | None = None
    picture: Picture | None = None
    image: QImage | None = None
    item: tuple[ImageSet, int] | None = None
    reader: str = PIL
    frame: int = 0
    reduction: int = 1
    is_allowed: bool = False


@dataclass(frozen=True, eq=False)
class Loaded:
    """An input that was read.

    ``source`` reads it again, ``frames`` counts the pictures in its file, ``thumbnail`` is for its tile.
    """

    source: Source
    input: Input
    frames: int
    thumbnail: QImage


@dataclass(frozen=True, eq=False)
class Question:
    """A picture so large that a person is asked first; ``free`` bytes of memory may be taken by it."""

    source: Source
    facts: FileFacts
    free: int

    @property
    def needed(self) -> int:
        """Bytes that it takes as a whole."""
        return self.facts.memory(self.source.reader)

    @property
    def fits(self) -> bool:
        """Whether there is memory for the whole of it."""
        return self.needed <= self.free

    @property
    def reduction(self) -> int:
        """How it can be opened reduced; 1 if it cannot, or would not fit even then."""
        by = self.facts.reduction
        return by if self.facts.memory(self.source.reader, by) <= self.free else 1


@dataclass(frozen=True, eq=False)
class Reading:
    """What became of ``sources``: of each one a :class:`Loaded`, a :class:`Question` or a ``Failure``."""

    outcomes: tuple[Loaded | Question | Failure, ...]

    @property
    def loaded(self) -> tuple[Loaded, ...]:
        """Those that could be read."""
        return tuple(each for each in self.outcomes if isinstance(each, Loaded))

    @property
    def questions(self) -> tuple[Question, ...]:
        """Those to be asked about."""
        return tuple(each for each in self.outcomes if isinstance(each, Question))

    @property
    def failures(self) -> tuple[Failure, ...]:
        """What went wrong with the others."""
        return tuple(each for each in self.outcomes if isinstance(each, Failure))


def read_work(sources: Sequence[Source], token: CancelToken, progress: Progress) -> Reading:
    """Read ``sources`` one after the other; what is wrong with one does not keep the others away.

    Raises
    ------
    Cancelled
    """
    outcomes: list[Loaded | Question | Failure] = []
    for number, source in enumerate(sources):
        token.raise_if_cancelled()
        progress(number / len(sources), shown(source.name))
        outcomes.append(_outcome(source))
    return Reading(tuple(outcomes))


def _outcome(source: Source) -> Loaded | Question | Failure:
    try:
        return read_source(source)
    except Cancelled:
        raise
    except Exception as error:
        failure = Failure.of(error)
        if not failure.expected:
            logger.error("%s\n%s", failure, failure.trace)
        return failure


def read_source(source: Source) -> Loaded | Question:
    """Read one input. Raises ``ImageError`` and ``Cancelled``."""
    if source.item is not None:
        source = _of_dataset(source, *source.item)
    if source.image is not None:
        source = replace(source, image=None, picture=_of_image(source.image))
    picture = source.picture
    if picture is not None and (picture.path is None or (source.reader == PIL and _is_as_wanted(source))):
        return _from_memory(source, picture)
    path = source.path or (picture.path if picture is not None else None)
    assert path is not None, source.name
    return _from_file(replace(source, path=path, picture=None), path)


def _is_as_wanted(source: Source) -> bool:
    picture = source.picture
    return picture is not None and (picture.frame, picture.reduction) == (source.frame, source.reduction)


def _from_memory(source: Source, picture: Picture) -> Loaded:
    frames = 1 if picture.path is None else _frames(picture.path)
    if source.reader == OPENCV:
        picture, array = as_bgr(picture)
        return _loaded(source, picture, array, frames)
    return _loaded(source, picture, picture.image, frames)


def _frames(path: Path) -> int:
    try:
        return inspect(path).frames
    except ImageError:  # The file may be gone: its picture is here.
        return 1


def _from_file(source: Source, path: Path) -> Loaded | Question:
    facts = inspect(path, source.frame)
    if facts.is_huge and source.reduction == 1 and not source.is_allowed:
        return Question(source, facts, free_memory())
    if source.reader == OPENCV:
        # cv2.imread takes the first of several pictures.
        picture, array = read_bgr(path, max_pixels=facts.pixels, reduction=source.reduction)
        return _loaded(replace(source, frame=0), picture, array, facts.frames)
    # Of a single picture no number is said, so that nothing is noted about it.
    frame = source.frame if facts.frames > 1 else None
    picture = read_image(path, max_pixels=facts.pixels, frame=frame, reduction=source.reduction)
    return _loaded(source, picture, picture.image, facts.frames)


def _loaded(source: Source, picture: Picture, value: Pixels, frames: int) -> Loaded:
    image = showing.shown(value)
    made = Input(picture=picture, name=source.name, image=image, value=value, key=next(_keys))
    return Loaded(source, made, frames, shrink(image, THUMBNAIL))


def _of_image(image: QImage) -> Picture:
    if image.isNull():
        raise TuduiError(
            QT_TRANSLATE_NOOP("errors", "The picture that was dropped or pasted cannot be read."),
            remedy=QT_TRANSLATE_NOOP("errors", "Save it in a file and open that."),
        )
    pixels = Image.fromarray(from_qimage(image))
    is_clear = image.hasAlphaChannel()
    notes = (DROPPED_ALPHA,) if is_clear else ()
    return Picture(pixels, None, "", "RGBA" if is_clear else "RGB", pixels.size, notes)


def _of_dataset(source: Source, image_set: ImageSet, index: int) -> Source:
    path = image_set.path(index)
    if path is not None:
        return replace(source, name=path.name, path=path, item=None)
    image = image_set.image(index)
    picture = Picture(image, None, "", image_set.item(index).mode, image.size)
    name, label = image_set.name(index), image_set.label_name(index)
    return replace(source, name=f"{name} ({label})" if label else name, picture=picture, item=None)
