"""Batches for training: what a plain ``DataLoader`` over torchvision transforms gives, bit for bit, faster.

A pipeline is taken apart into three runs of steps: the deterministic beginning, computed once per image and
kept; the part with random steps, computed image by image; and a closing ``ToTensor`` with ``Normalize``
steps, computed on whole batches. Random steps draw from torch's global generator in the order of the images,
as in a plain loader.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial, reduce
from typing import Any, cast

import numpy as np
import numpy.typing as npt
import psutil
import torch
from PIL import Image
from torch import Tensor
from torch.utils.data import DataLoader, Dataset, get_worker_info
from torchvision import transforms

from tudui_gui.core.cancellation import CancelToken, heeding, token_here
from tudui_gui.core.errors import DatasetError, TransformError, TuduiError
from tudui_gui.core.operations import Step
from tudui_gui.core.text import QT_TRANSLATE_NOOP
from tudui_gui.datasets.heedful import poll_while_waiting
from tudui_gui.datasets.interrupts import interrupts_held_back, leave_interrupts_to_the_parent
from tudui_gui.datasets.orders import ResumedSampler, make_order
from tudui_gui.datasets.orders import class_weights as class_weights
from tudui_gui.datasets.sources import ImageSet, shown
from tudui_gui.transforms.nested import is_random
from tudui_gui.transforms.pipeline import Pipeline

Batch = tuple[Tensor, Tensor]

_LARGEST_CACHE = 2 * 2**30
_SHARE_OF_FREE_MEMORY = 0.25
#: From so many files on, decoding them in threads pays.
_WORTH_THREADS = 8


class TransformedDataset(Dataset[tuple[Tensor, int]]):
    """The images of a set after a pipeline, with labels; for any ``DataLoader``.

    Parameters
    ----------
    image_set : ImageSet
    pipeline : Pipeline
        Must end with a tensor.
    cache_bytes : int, optional
        Memory for results of the pipeline's deterministic beginning; default a quarter of the free memory, at
        most 2 GiB. What does not fit is computed anew each time.
    """

    def __init__(self, image_set: ImageSet, pipeline: Pipeline, *, cache_bytes: int | None = None) -> None:
        self.image_set = image_set
        self.pipeline = pipeline
        self._plan = _Plan(pipeline)
        self._labels = torch.tensor(image_set.labels)
        self._kept: dict[int, Any] = {}
        self._cache_bytes = default_cache_bytes() if cache_bytes is None else cache_bytes
        self._free = self._cache_bytes
        self._decodes_files = image_set.uniform_array() is None
        self._planes = self._common_planes()

    def __len__(self) -> int:
        return len(self.image_set)

    def __getitem__(self, index: int) -> tuple[Tensor, int]:
        images, labels = self.batch([index])
        return images[0], int(labels[0])

    def __getitems__(self, indices: Sequence[int]) -> list[tuple[Tensor, int]]:
        images, labels = self.batch(indices)
        return list(zip(images, labels.tolist(), strict=True))

    def batch(self, indices: Sequence[int]) -> Batch:
        """Images and labels at ``indices``.

        Returns
        -------
        images : tensor, shape (B, channels, height, width), contiguous
            float32 after ``ToTensor``.
        labels : int64 tensor, shape (B,)

        Raises
        ------
        ImageError
            A file cannot be read; names it.
        DatasetError
            Images differ in size after the pipeline; names two.
        TransformError
            A step cannot be applied, or the pipeline does not end with a tensor.
        Cancelled
            Between two files, once the work that this thread heeds was cancelled.
        """
        images = self._applied(indices[0], self._gather(indices), self._plan.finish)
        return images, self._labels[torch.tensor(indices)]

    def __getstate__(self) -> dict[str, Any]:
        # The planes are the set's own: sent along, they would be there twice.
        return {**self.__dict__, "_kept": {}, "_free": self._cache_bytes, "_planes": None}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self._planes = self._common_planes()

    def _common_planes(self) -> npt.NDArray[np.uint8] | None:
        """All images as uint8 NCHW, when they are at hand so and every step works on whole batches."""
        array = self.image_set.uniform_array() if self._plan.only_batched else None
        return None if array is None else np.ascontiguousarray(array.transpose(0, 3, 1, 2))

    def _gather(self, indices: Sequence[int]) -> Tensor:
        if self._planes is not None:
            return torch.from_numpy(self._planes.take(indices, axis=0))
        starts = self._starts(indices)
        tensors = [
            self._applied(index, start, self._plan.rest) for index, start in zip(indices, starts, strict=True)
        ]
        self._require_one_shape(indices, tensors)
        return torch.from_numpy(np.stack([tensor.numpy() for tensor in tensors]))

    def _starts(self, indices: Sequence[int]) -> list[Any]:
        """Results of the deterministic beginning, from memory or computed."""
        missing = [index for index in dict.fromkeys(indices) if index not in self._kept]
        fresh = dict(zip(missing, self._computed(missing), strict=True))
        for index, value in fresh.items():
            self._keep(index, value)
        return [fresh[index] if index in fresh else self._kept[index] for index in indices]

    def _computed(self, indices: Sequence[int]) -> Sequence[Any]:
        compute = partial(self._compute, token_here())
        if not self._decodes_files or len(indices) < _WORTH_THREADS or get_worker_info() is not None:
            return [compute(index) for index in indices]
        with ThreadPoolExecutor(torch.get_num_threads()) as pool:
            # The first error cancels those that have not begun.
            return list(pool.map(compute, indices))

    def _compute(self, token: CancelToken | None, index: int) -> Any:
        with heeding(token):
            return self._applied(index, self.image_set.image(index), self._plan.start)

    def _keep(self, index: int, value: Any) -> None:
        size = _bytes_of(value)
        if size <= self._free:
            self._free -= size
            self._kept[index] = value

    def _applied(self, index: int, value: Any, apply: Callable[[Any], Any]) -> Any:
        try:
            return apply(value)
        except TuduiError:
            raise
        except Exception as cause:  # a transform may fail in any way on an image it does not fit
            raise TransformError(
                QT_TRANSLATE_NOOP("errors", "The transforms cannot be applied to {image}."),
                remedy=QT_TRANSLATE_NOOP("errors", "Look at this image on the Transforms tab."),
                detail=f"{type(cause).__name__}: {cause}",
                image=self._called(index),
            ) from cause

    def _require_one_shape(self, indices: Sequence[int], tensors: Sequence[Tensor]) -> None:
        for index, tensor in zip(indices, tensors, strict=True):
            if tensor.shape != tensors[0].shape:
                raise DatasetError(
                    QT_TRANSLATE_NOOP(
                        "errors",
                        "Images of one batch differ in size: {first} is {size}, {second} {other_size}.",
                    ),
                    remedy=QT_TRANSLATE_NOOP(
                        "errors", "Add Resize with a height and a width to the transforms."
                    ),
                    first=self._called(indices[0]),
                    size=_shape_text(tensors[0]),
                    second=self._called(index),
                    other_size=_shape_text(tensor),
                )

    def _called(self, index: int) -> str:
        return shown(self.image_set.path(index) or self.image_set.name(index))


class _Plan:
    """A pipeline taken apart: ``start`` (deterministic), ``rest`` (per image), ``finish`` (per batch)."""

    def __init__(self, pipeline: Pipeline) -> None:
        steps, built = pipeline.enabled_steps, pipeline.build().transforms
        cut = _closing_to_tensor(steps)
        self._to_float = cut < len(steps)
        self._normalizers = built[cut + 1 :]
        random = next((at for at in range(cut) if is_random(steps[at])), cut)
        self._start = built[:random]
        self._rest = built[random:cut]
        self.only_batched = self._to_float and cut == 0

    def start(self, image: Image.Image) -> Any:
        """The value to keep for an image: a tensor when no random step follows."""
        value = _run(self._start, image)
        return value if self._rest else self._as_tensor(value)

    def rest(self, value: Any) -> Tensor:
        """The tensor that goes into the batch, from what :meth:`start` gave."""
        if not self._rest:
            return cast(Tensor, value)
        # A kept tensor must survive a step that works in place.
        return self._as_tensor(_run(self._rest, value.clone() if isinstance(value, Tensor) else value))

    def finish(self, batch: Tensor) -> Tensor:
        """The batch after the closing ``ToTensor`` and ``Normalize`` steps."""
        if self._to_float and batch.dtype == torch.uint8:
            batch = _divided_by_255(batch)
        return reduce(_normalized, self._normalizers, batch)

    def _as_tensor(self, value: Any) -> Tensor:
        if self._to_float:
            return _pixels(value)
        if isinstance(value, Tensor):
            return value.contiguous()
        raise TransformError(
            QT_TRANSLATE_NOOP("errors", "The transforms end with {kind}, but training needs a tensor."),
            remedy=QT_TRANSLATE_NOOP("errors", "Add ToTensor."),
            kind=type(value).__name__,
        )


def default_cache_bytes() -> int:
    """A quarter of the memory that is free now, at most 2 GiB."""
    return min(_LARGEST_CACHE, int(_SHARE_OF_FREE_MEMORY * psutil.virtual_memory().available))


def make_loader(
    image_set: ImageSet,
    pipeline: Pipeline,
    *,
    batch_size: int,
    shuffle: bool,
    generator: torch.Generator | None = None,
    drop_last: bool = False,
    num_workers: int = 0,
    first_batch: int = 0,
    cache_bytes: int | None = None,
    sampler: str = "none",
) -> DataLoader[Batch]:
    """A loader of (images, labels) with the order and the values of a plain one.

    ``DataLoader(dataset, batch_size, shuffle, generator=generator, drop_last=drop_last)`` over the images and
    ``pipeline.build()`` gives the same batches, and leaves ``generator`` and torch's global one the same. So
    does, for ``sampler="weighted"``, a loader with ``WeightedRandomSampler(class_weights(labels),
    len(labels), generator=generator)``.

    Parameters
    ----------
    image_set, pipeline, cache_bytes
        As for :class:`TransformedDataset`; workers share ``cache_bytes``.
    generator : torch.Generator, optional
        Draws the order and the workers' seeds; default torch's global one.
    num_workers : int
        Processes, started by ``spawn`` and kept between passes.
    first_batch : int
        The first pass leaves out the batches before this one, without computing them: for resuming.
    sampler : str
        ``"none"``, or ``"weighted"``: as many images as there are, drawn with replacement, all classes
        equally often; ``shuffle`` has no effect then.

    Raises
    ------
    DatasetError
        When there is no image. Batches raise as :meth:`TransformedDataset.batch` does, from workers too.
    """
    if len(image_set) == 0:
        raise DatasetError(
            QT_TRANSLATE_NOOP("errors", "There are no images to load."),
            remedy=QT_TRANSLATE_NOOP("errors", "Choose another part or another data set."),
        )
    budget = default_cache_bytes() if cache_bytes is None else cache_bytes
    dataset = TransformedDataset(image_set, pipeline, cache_bytes=budget // max(1, num_workers))
    order = make_order(image_set, shuffle, sampler, generator)
    return _Loader(
        _WholeBatches(dataset),
        batch_sampler=ResumedSampler(order, batch_size, drop_last, first_batch),
        num_workers=num_workers,
        generator=generator,
        collate_fn=_as_it_is,
        multiprocessing_context="spawn" if num_workers else None,
        persistent_workers=num_workers > 0,
        worker_init_fn=leave_interrupts_to_the_parent if num_workers else None,
    )


class _WholeBatches(Dataset[Batch]):
    """Gives ``DataLoader`` whole batches instead of lists of samples to collate."""

    def __init__(self, dataset: TransformedDataset) -> None:
        self._dataset = dataset

    def __len__(self) -> int:
        return len(self._dataset)

    def __getitem__(self, index: int) -> Batch:
        return self._dataset.batch([index])

    def __getitems__(self, indices: Sequence[int]) -> Batch | TuduiError:
        try:
            return self._dataset.batch(indices)
        except TuduiError as error:
            if get_worker_info() is None:
                raise
            # Raised in a worker, the error would arrive as text without its fields.
            return error


class _Loader(DataLoader[Batch]):
    """A ``DataLoader`` that raises the errors its workers return, and ``Cancelled`` while it waits."""

    def _get_iterator(self) -> Any:
        iterator = super()._get_iterator()
        if self.num_workers:
            poll_while_waiting(iterator)
        return iterator

    def __iter__(self) -> Any:
        if self.persistent_workers and self._iterator is not None:
            # A loader without workers draws a seed each pass; without this one the orders would differ.
            torch.empty((), dtype=torch.int64).random_(generator=self.generator)
        with interrupts_held_back():
            return _raising(super().__iter__())


def _raising(batches: Iterator[Batch | TuduiError]) -> Iterator[Batch]:
    for batch in batches:
        if isinstance(batch, TuduiError):
            raise batch
        yield batch


def _as_it_is(batch: Any) -> Any:
    return batch


def _closing_to_tensor(steps: Sequence[Step]) -> int:
    """Index of a ``ToTensor`` that only ``Normalize`` steps follow; ``len(steps)`` if there is none."""
    for at in reversed(range(len(steps))):
        target = steps[at].operation.target
        if target is transforms.ToTensor:
            return at
        if target is not transforms.Normalize:
            break
    return len(steps)


# These two compute in numpy what torchvision does in torch, to the last bit, but on one core. Torch would
# spread so little work over its threads and wait for all of them: 50 times longer when a core is busy.


def _divided_by_255(batch: Tensor) -> Tensor:
    dtype = torch.empty(0).numpy().dtype
    return torch.from_numpy(np.divide(batch.numpy(), dtype.type(255), dtype=dtype))


def _normalized(batch: Tensor, normalize: transforms.Normalize) -> Tensor:
    mean, std = (torch.as_tensor(values, dtype=batch.dtype) for values in (normalize.mean, normalize.std))
    if not batch.is_floating_point() or any(len(values) not in (1, batch.shape[1]) for values in (mean, std)):
        return cast(Tensor, normalize(batch))  # which says what is wrong
    array = batch.numpy()
    array -= mean.view(-1, 1, 1).numpy()
    array /= std.view(-1, 1, 1).numpy()
    return batch


def _run(applied: Sequence[Callable[[Any], Any]], value: Any) -> Any:
    return reduce(lambda result, transform: transform(result), applied, value)


def _pixels(value: Any) -> Tensor:
    """``ToTensor`` but for the division by 255, when ``value`` is an 8-bit picture; else ``ToTensor``."""
    if isinstance(value, Image.Image) and value.mode in ("L", "RGB"):
        pixels = np.array(value)
        return torch.from_numpy(pixels.reshape(value.height, value.width, -1)).permute(2, 0, 1).contiguous()
    tensor: Tensor = transforms.functional.to_tensor(value)
    return tensor


def _bytes_of(value: Any) -> int:
    if isinstance(value, Tensor):
        return value.nbytes
    if isinstance(value, Image.Image):
        return value.width * value.height * (1 if value.mode in ("L", "1", "P") else 4)
    return int(getattr(value, "nbytes", _LARGEST_CACHE + 1))


def _shape_text(tensor: Tensor) -> str:
    return " x ".join(map(str, tensor.shape))
