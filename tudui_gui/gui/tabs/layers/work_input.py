"""Pictures as a layer or a model takes them. Pure functions for pool threads."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from PySide6.QtGui import QImage
from torch import Tensor
from torchvision.transforms import functional

from tudui_gui.core.cancellation import CancelToken
from tudui_gui.core.errors import ModelError, TransformError
from tudui_gui.core.text import QT_TRANSLATE_NOOP, Phrase
from tudui_gui.gui.imaging import shrink, to_qimage
from tudui_gui.gui.session import OpenModel
from tudui_gui.gui.tabs.layers.work_types import MapRequest, ModelLayer, Prepared
from tudui_gui.images.reading import Picture, read_image
from tudui_gui.layers.budget import MOST_VALUES

#: Longer side of what goes into a layer or a chain, in pixels.
LONGEST_SIDE = 512
_GRAY = QT_TRANSLATE_NOOP("errors", "The model takes one channel: the picture was made gray.")
_RESIZED = QT_TRANSLATE_NOOP("errors", "{count} pictures of other sizes were resized to that of the first.")


def flower() -> Picture:
    """The bundled photograph: scikit-learn's ``flower.jpg``. Raises ``ImageError``."""
    package = find_spec("sklearn")  # does not import it
    folders = package.submodule_search_locations if package else None
    return read_image(Path(next(iter(folders or ["."]))) / "datasets" / "images" / "flower.jpg")


def prepare(request: MapRequest, token: CancelToken) -> Prepared:
    """The pictures as the subject takes them. Raises ``TransformError``, ``ModelError``, ``Cancelled``."""
    if isinstance(request.subject, ModelLayer):
        return prepare_for_model(request.picture.image, request.subject.model)
    ready = request.ready
    if ready is not None:
        tensor = ready.batch[request.index]
        is_same = tensor.data_ptr() == ready.tensor.data_ptr()
        image = ready.image if is_same else _as_shown(tensor)
        return Prepared(tensor, ready.batch, image, None, ready.resized_to, ready.notes)
    return _prepare_for_layer([picture.image for picture in request.inputs], request.index, token)


def can_reuse(before: MapRequest | None, request: MapRequest) -> bool:
    """Whether what was prepared for ``before`` will do for ``request``: layers take what is given alike."""
    return (
        before is not None
        and before.inputs is request.inputs
        and not isinstance(before.subject, ModelLayer)
        and not isinstance(request.subject, ModelLayer)
    )


def _prepare_for_layer(images: Sequence[Image.Image], index: int, token: CancelToken) -> Prepared:
    size = capped_size(images[0].width, images[0].height)
    _check_batch(len(images), 3 * size[0] * size[1])
    tensors = []
    for image in images:
        token.raise_if_cancelled()
        tensors.append(functional.to_tensor(_of_size(image, size)))
    others = sum((image.width, image.height) != (images[0].width, images[0].height) for image in images)
    changed = size if (images[index].height, images[index].width) != size else None
    notes = (Phrase(_RESIZED, {"count": others}),) if others else ()
    batch = torch.stack(tensors)
    shown = to_qimage(np.asarray(_of_size(images[index], size)))
    return Prepared(batch[index], batch, shown, None, changed, notes)


def _check_batch(count: int, values: int) -> None:
    if count * values > MOST_VALUES:
        raise TransformError(
            QT_TRANSLATE_NOOP(
                "errors", "{count} pictures have {values} numbers together; up to {most} go in at once."
            ),
            remedy=QT_TRANSLATE_NOOP("errors", "Take fewer pictures."),
            count=count,
            values=f"{count * values:,}",
            most=f"{MOST_VALUES:,}",
        )


def _of_size(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    if (image.height, image.width) == size:
        return image
    resized: Image.Image = functional.resize(image, list(size))
    return resized


def _as_shown(tensor: Tensor) -> QImage:
    return to_qimage((tensor.permute(1, 2, 0) * 255).round().to(torch.uint8).numpy())


def prepare_for_model(image: Image.Image, model: OpenModel) -> Prepared:
    """A picture as ``model`` takes it: through its own transforms, or at its input's size.

    Raises
    ------
    TransformError
        When its transforms cannot take the picture.
    ModelError
        When it takes another number of channels than a picture has.
    """
    if model.classifier is not None:
        return _transformed(image, model)
    channels, height, width = model.input_shape
    resized = _of_size(image, (height, width))
    changed = None if resized is image else (height, width)
    notes: tuple[Phrase, ...] = ()
    if channels == 1:
        resized, notes = resized.convert("L"), (Phrase(_GRAY),)
    elif channels != 3:
        raise ModelError(
            QT_TRANSLATE_NOOP("errors", "The model takes {expected} channels, but a picture has 3."),
            remedy=QT_TRANSLATE_NOOP("errors", "Choose a model for pictures of 3 channels, or of 1."),
            expected=channels,
        )
    tensor = functional.to_tensor(resized)
    return Prepared(tensor, tensor[None], _shown(image), None, changed, notes)


def _transformed(image: Image.Image, model: OpenModel) -> Prepared:
    assert model.classifier is not None
    pipeline = model.classifier.pipeline_for(image)
    try:
        tensor: Tensor = pipeline.build()(image)
    except (RuntimeError, ValueError, TypeError) as cause:
        raise TransformError(
            QT_TRANSLATE_NOOP("errors", "The model's test transforms cannot take this picture."),
            remedy=QT_TRANSLATE_NOOP("errors", "Open another picture."),
            detail=str(cause),
        ) from cause
    size = (tensor.shape[1], tensor.shape[2])
    return Prepared(tensor, tensor[None], _shown(image), pipeline, size)


def capped_size(width: int, height: int) -> tuple[int, int]:
    """(height, width) of a picture with its longer side at most :data:`LONGEST_SIDE`."""
    scale = min(1.0, LONGEST_SIDE / max(width, height))
    return max(1, round(height * scale)), max(1, round(width * scale))


def _shown(image: Image.Image) -> QImage:
    return shrink(to_qimage(np.asarray(image)), LONGEST_SIDE)
