"""All maps as one picture, as numbers, and for TensorBoard. Pure functions for pool threads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil, sqrt
from pathlib import Path

import numpy as np
from PySide6.QtCore import QCoreApplication

from tudui_gui.core.cancellation import CancelToken
from tudui_gui.gui.imaging import from_qimage
from tudui_gui.gui.tabs.layers.work import (
    Arranged,
    Chain,
    Look,
    MapResult,
    Maps,
    ModelLayer,
    OneLayer,
    Subject,
    arrange,
    maps_again,
    pictures,
)
from tudui_gui.gui.workers import Progress
from tudui_gui.layers.chains import active, layer_name
from tudui_gui.layers.sheet import MOST_PIXELS, Pixels, draw_sheet, save_numbers, save_sheet, sheet_layout
from tudui_gui.training.board import BoardPicture, call_text, cleaned, layers_folder, new_run, write_pictures
from tudui_gui.transforms.normalized import denormalized, is_normalized

#: Numbers of maps that are held at once.
_CHUNK = 2**23


@dataclass(frozen=True, eq=False)
class ShownMaps:
    """The maps on the screen.

    Attributes
    ----------
    result : MapResult
    look : Look
        Their order and colours.
    name : str
        Of the picture.
    """

    result: MapResult
    look: Look
    name: str

    @property
    def layer(self) -> str:
        """What the layer is called: ``"Conv2d"``, ``"2.ReLU"``, ``"layer1.0.conv1"``."""
        return subject_name(self.result.request.subject)


def subject_name(subject: Subject) -> str:
    """A short name for what makes the maps."""
    if isinstance(subject, OneLayer):
        return subject.step.name
    if isinstance(subject, Chain):
        number = layer_name(subject, subject.layer)
        return f"{number}.{subject.steps[active(subject)[int(number)]].name}"
    assert isinstance(subject, ModelLayer)
    return subject.layer or type(subject.model.module).__name__


def sheet_work(shown: ShownMaps, path: Path, token: CancelToken, progress: Progress) -> Path:
    """Write all maps as they are shown, each with its caption, to a PNG. Any pool thread.

    Raises ``ImageError``, ``ModelError``, ``StorageError``, ``Cancelled``.
    """
    arranged = arrange(shown.result, shown.look, (), 1, token, progress)
    title = _title(shown, arranged)
    layout = sheet_layout(arranged.count, *arranged.size, title)
    text = QCoreApplication.translate("MapsExport", "Map {number} of {count}")

    def tell(done: int) -> None:
        progress(done / arranged.count, text.format(number=done, count=arranged.count))

    colored = _colored(arranged, max(layout.map_width, layout.map_height), token, progress)
    captioned = ((pixels, arranged.caption(row)) for row, pixels in enumerate(colored))
    image = draw_sheet(layout, captioned, title, cancel=token, progress=tell)
    token.raise_if_cancelled()
    save_sheet(image, path)
    return path


def _title(shown: ShownMaps, arranged: Arranged) -> str:
    """What the maps are of. Names in other scripts are left out: the sheet's font has Latin letters alone.

    In English, as captions and code are: the number of each map and its mean stand below it.
    """
    result = shown.result
    shape = f"[{', '.join(map(str, result.output_shape))}]"
    name = f"{shown.name}  " if shown.name.isascii() else ""
    layer = result.title if "\n" not in result.title else type(result.module).__name__
    look = f"{shown.look.color_map}, range: {shown.look.range}"
    return f"{shown.layer}  {layer}\n{name}{shape}  {look}; below each map: its number, its mean"


def _colored(arranged: Arranged, side: int, token: CancelToken, progress: Progress) -> Iterator[Pixels]:
    """The maps in colour, row by row; a few at a time."""
    size = max(1, _CHUNK // max(1, arranged.size[0] * arranged.size[1]))
    for start in range(0, arranged.count, size):
        rows = range(start, min(start + size, arranged.count))
        made = pictures(arranged, rows, side, token, progress)
        for row in rows:
            yield from_qimage(made[row])


def numbers_work(shown: ShownMaps, path: Path, token: CancelToken, progress: Progress) -> Path:
    """Write the layer's output for the shown picture as ``np.save`` does. Any pool thread.

    float32 [C, H, W], in the layer's own order; of a layer that gives numbers, [N].
    Raises ``ModelError``, ``StorageError``, ``Cancelled``.
    """
    result = shown.result
    if result.vector_length:
        numbers = result.maps.reshape(-1)[: result.vector_length]
        save_numbers(iter([numbers]), numbers.shape, path)
    else:
        save_numbers(_parts(result, token, progress), (result.count, *result.maps.shape[1:]), path)
    return path


def _parts(result: MapResult, token: CancelToken, progress: Progress) -> Iterator[Maps]:
    yield result.maps
    size = max(1, _CHUNK // max(1, result.maps[0].size)) if result.is_partial else 1
    for start in range(len(result.maps), result.count, size):
        token.raise_if_cancelled()
        progress(start / result.count, "")
        yield maps_again(result, range(start, min(start + size, result.count)), token)


@dataclass(frozen=True)
class BoardRun:
    """What was written for TensorBoard: where, and by which calls."""

    folder: Path
    calls: tuple[str, ...]


def board_work(shown: ShownMaps, token: CancelToken, progress: Progress) -> BoardRun:
    """Write the input and its maps as they are shown, in a run of their own. Any pool thread.

    Raises ``ImageError``, ``ModelError``, ``StorageError``, ``Cancelled``.
    """
    written = [*input_pictures(shown), maps_picture(shown, 0, token, progress)]
    token.raise_if_cancelled()
    folder = new_run(layers_folder(), cleaned(shown.layer))
    write_pictures(written, folder)
    return BoardRun(folder, calls_of(written))


def calls_of(written: Sequence[BoardPicture]) -> tuple[str, ...]:
    """The calls of ``SummaryWriter``, each tag once."""
    calls = (call_text(each.tag, each.dataformats, str(each.step) if each.step else "") for each in written)
    return tuple(dict.fromkeys(calls))


def input_pictures(shown: ShownMaps) -> list[BoardPicture]:
    """What goes into the layer or model; of a normalised tensor also with that undone."""
    prepared, tag = shown.result.prepared, f"{cleaned(shown.name)}/input"
    written = [BoardPicture(tag, prepared.tensor)]
    if prepared.pipeline is not None and is_normalized(prepared.pipeline):
        written.append(BoardPicture(f"{tag}_undone", denormalized(prepared.tensor, prepared.pipeline)))
    return written


def maps_picture(shown: ShownMaps, step: int, token: CancelToken, progress: Progress) -> BoardPicture:
    """All maps in colour for ``add_images``; made smaller where they would be more than 48 megapixels.

    ``as_tutorial`` it is ``torch.reshape(output, (-1, 3, H, W))``, the numbers as they are.
    """
    arranged = arrange(shown.result, shown.look, (), 1, token, progress)
    tag = f"{cleaned(shown.name)}/{cleaned(shown.layer)}"
    if arranged.reshaped is not None:
        return BoardPicture(f"{tag}_reshaped", tuple(arranged.reshaped), step)
    height, width = arranged.size
    reduction = max(1, ceil(sqrt(arranged.count * height * width / MOST_PIXELS)))
    side = max(height, width) if reduction == 1 else max(1, max(height, width) // (2 * reduction))
    colored = tuple(np.asarray(pixels) for pixels in _colored(arranged, side, token, progress))
    return BoardPicture(tag, colored, step)
