"""Building, loading and describing models. Pure functions for pool threads."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from tudui_gui.core.cancellation import CancelToken
from tudui_gui.core.errors import TransformError
from tudui_gui.core.operations import Step
from tudui_gui.core.randomness import RANDOM_LOCK
from tudui_gui.core.text import QT_TRANSLATE_NOOP
from tudui_gui.datasets.sources import Dataset
from tudui_gui.gui.checkpoints import load_model
from tudui_gui.gui.session import OpenModel
from tudui_gui.gui.workers import Progress
from tudui_gui.models.files import read_torch_file
from tudui_gui.models.summary import Summary, summarize
from tudui_gui.models.zoo import build_model, check_fits
from tudui_gui.training.checkpoint import is_checkpoint
from tudui_gui.transforms.pipeline import Pipeline

_BINS = 64


@dataclass(frozen=True)
class BuildRequest:
    """A model of the zoo with fresh weights.

    Attributes
    ----------
    step : Step
        Of ``MODELS``.
    classes : tuple of str
        Names of the outputs.
    input_shape : tuple of int
        (channels, height, width) of the image sent through.
    seed : int
        Of the weights.
    """

    step: Step
    classes: tuple[str, ...]
    input_shape: tuple[int, int, int]
    seed: int


@dataclass(frozen=True, eq=False)
class Shown:
    """A model, its summary and ``print(model)``."""

    model: OpenModel
    summary: Summary
    text: str


@dataclass(frozen=True)
class NeedsModel:
    """A file that holds weights alone: which model they belong to has to be said."""

    path: Path


def build(request: BuildRequest, token: CancelToken, progress: Progress) -> Shown:
    """Build and summarise. Any pool thread. Raises ``ModelError``, ``Cancelled``."""
    with _seeded(request.seed):
        token.raise_if_cancelled()
        module = build_model(request.step, len(request.classes))
    model = OpenModel(
        name=request.step.name,
        module=module.eval(),
        step=request.step,
        classes=request.classes,
        input_shape=request.input_shape,
        seed=request.seed,
    )
    return _shown(model, token)


def open_file(path: Path, step: Step | None, token: CancelToken, progress: Progress) -> Shown | NeedsModel:
    """Load a checkpoint, or plain weights into ``step``'s model. Any pool thread.

    Raises
    ------
    CheckpointError, ModelError
    Cancelled
    """
    if step is None and not is_checkpoint(read_torch_file(path)):
        return NeedsModel(path)
    token.raise_if_cancelled()
    return _shown(load_model(path, step), token)


def _shown(model: OpenModel, token: CancelToken) -> Shown:
    with model.lock:
        summary = summarize(model.module, model.input_shape, cancel=token)
    return Shown(model, summary, str(model.module))


@contextmanager
def _seeded(seed: int) -> Iterator[None]:
    """PyTorch's CPU generator as ``torch.manual_seed(seed)`` sets it, inside the block."""
    wanted = torch.Generator().manual_seed(seed).get_state()
    with RANDOM_LOCK:
        before = torch.get_rng_state()
        torch.set_rng_state(wanted)
        try:
            yield
        finally:
            torch.set_rng_state(before)


@dataclass(frozen=True)
class Fit:
    """How a model goes with the open data set.

    Attributes
    ----------
    image_shape : tuple of int
        (channels, height, width) of an image after the test transforms.
    outputs, classes : int
        What the model gives, and what the data set has.
    """

    dataset: str
    image_shape: tuple[int, ...]
    outputs: int
    classes: int


def check(
    model: OpenModel, dataset: Dataset, pipeline: Pipeline, token: CancelToken, progress: Progress
) -> Fit:
    """Send the first image through transforms and model. Any pool thread.

    Raises
    ------
    TransformError, ModelError, ImageError
    """
    image = next(iter(dataset.parts.values())).image(0)
    try:
        tensor: Tensor = pipeline.build()(image)
        shape = tuple(tensor.shape)
    except (RuntimeError, ValueError, TypeError, AttributeError) as cause:
        raise TransformError(
            QT_TRANSLATE_NOOP("errors", "The test transforms cannot take an image of {dataset}."),
            remedy=QT_TRANSLATE_NOOP("errors", "Change them in the Transforms tab."),
            detail=str(cause),
            dataset=dataset.name,
        ) from cause
    token.raise_if_cancelled()
    with model.lock:
        outputs = check_fits(model.module, shape, expected=model.input_shape)
    return Fit(dataset.name, shape, outputs[-1] if outputs else 0, len(dataset.classes))


@dataclass(frozen=True, eq=False)
class TensorFacts:
    """A parameter or buffer of a module.

    Attributes
    ----------
    kind : str
        ``"parameter"``, ``"frozen"`` or ``"buffer"``.
    counts : ndarray of int64
        Histogram of the finite values over ``low``..``high``.
    """

    name: str
    kind: str
    shape: tuple[int, ...]
    dtype: str
    minimum: float
    maximum: float
    mean: float
    std: float
    counts: NDArray[np.int64]
    low: float
    high: float


@dataclass(frozen=True, eq=False)
class ModuleFacts:
    """A module of a model, and its own tensors (not its children's)."""

    name: str
    type: str
    settings: str
    tensors: tuple[TensorFacts, ...]
    children: int
    parameters: int


def describe_module(model: OpenModel, name: str, token: CancelToken, progress: Progress) -> ModuleFacts:
    """What there is to say about one module. Any pool thread. Raises ``Cancelled``."""
    module = model.module.get_submodule(name)
    tensors = []
    for tensor_name, tensor, kind in _own_tensors(module):
        token.raise_if_cancelled()
        tensors.append(_facts(tensor_name, tensor, kind))
    return ModuleFacts(
        name=name,
        type=type(module).__name__,
        settings=module.extra_repr(),
        tensors=tuple(tensors),
        children=len(list(module.children())),
        parameters=sum(parameter.numel() for parameter in module.parameters()),
    )


def _own_tensors(module: nn.Module) -> Iterator[tuple[str, Tensor, str]]:
    for name, parameter in module.named_parameters(recurse=False):
        yield name, parameter.detach(), "parameter" if parameter.requires_grad else "frozen"
    for name, buffer in module.named_buffers(recurse=False):
        yield name, buffer, "buffer"


def _facts(name: str, tensor: Tensor, kind: str) -> TensorFacts:
    values = tensor.detach().cpu().float().reshape(-1)
    finite = values[torch.isfinite(values)]
    if finite.numel() == 0:
        finite = torch.zeros(1)
    std, mean = torch.std_mean(finite.double(), correction=0)
    minimum, maximum = float(finite.min()), float(finite.max())
    low, high = (minimum, maximum) if minimum < maximum else (minimum - 0.5, maximum + 0.5)
    counts = torch.histc(finite, _BINS, low, high).to(torch.int64).numpy()
    return TensorFacts(
        name=name,
        kind=kind,
        shape=tuple(tensor.shape),
        dtype=str(tensor.dtype).removeprefix("torch."),
        minimum=minimum,
        maximum=maximum,
        mean=float(mean),
        std=float(std),
        counts=counts,
        low=low,
        high=high,
    )
