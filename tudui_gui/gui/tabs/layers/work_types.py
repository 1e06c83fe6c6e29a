"""Requests for feature maps and what comes of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage
from torch import Tensor, nn

from tudui_gui.core.text import Phrase
from tudui_gui.gui.session import OpenModel
from tudui_gui.images.reading import Picture
from tudui_gui.layers.budget import KEPT_VALUES
from tudui_gui.layers.feature_maps import ChannelStatistics
from tudui_gui.layers.subjects import Chain, KernelEdit, OneLayer

if TYPE_CHECKING:
    from tudui_gui.transforms.pipeline import Pipeline

Maps = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class ModelLayer:
    """A layer inside an open model, by its dotted name; ``""`` is the model itself."""

    model: OpenModel
    layer: str
    edits: tuple[KernelEdit, ...] = ()


Subject = OneLayer | Chain | ModelLayer


@dataclass(frozen=True, eq=False)
class MapRequest:
    """What to compute.

    Attributes
    ----------
    inputs : tuple of Picture
        A picture, or a batch of them.
    subject : Subject
    index : int
        The picture of the batch whose maps are shown.
    budget : int
        Numbers of maps that are kept.
    ready : Prepared or None
        What :func:`prepare` gave for the same pictures, where it is known already.
    """

    inputs: tuple[Picture, ...]
    subject: Subject
    index: int = 0
    budget: int = KEPT_VALUES
    ready: Prepared | None = field(default=None, repr=False)

    @property
    def picture(self) -> Picture:
        """The picture whose maps are shown."""
        return self.inputs[self.index]


@dataclass(frozen=True, eq=False)
class Prepared:
    """What goes into the layer or model.

    Attributes
    ----------
    tensor : Tensor
        ``float32 [C, H, W]``: the shown picture.
    batch : Tensor
        ``float32 [N, C, H, W]``: all pictures for a layer or chain, the shown one alone for a model.
    image : QImage
        To show; of the tensor's size for a layer or chain.
    pipeline : Pipeline or None
        The model's own transforms, if it has any.
    resized_to : (height, width) or None
        When the picture had another size.
    notes : tuple of Phrase
        What else was done to it.
    """

    tensor: Tensor
    batch: Tensor
    image: QImage
    pipeline: Pipeline | None
    resized_to: tuple[int, int] | None
    notes: tuple[Phrase, ...] = ()


@dataclass(frozen=True, eq=False)
class MapResult:
    """Feature maps of one picture and what is known of them.

    Attributes
    ----------
    maps : ndarray of float32, (K, H, W)
        The first maps, as many as the budget keeps. A vector of N numbers is one map, filled row by row;
        places after the last number are NaN.
    count : int
        How many maps there are; those from K on are computed again when they are looked at.
    vector_length : int
        N for a vector, else 0.
    output_shape : tuple of int
        As PyTorch has it, batch included.
    statistics : ChannelStatistics
        Of every map, kept or not.
    histogram : ndarray of int64, (bins,), or None
        Of the finite numbers of all maps, from the smallest to the largest; None where it can be counted
        later (``work.histogram_of``).
    parameters : int
        Of the layer.
    title : str
        The layer as Python writes it.
    module : nn.Module
        The layer, in the mode it ran in.
    given : Tensor or None
        What goes into it for this picture, without the batch.
    outputs : Tensor or None
        ``[N, ...]`` for the whole batch where it is at hand (see ``work.whole_batch``).
    batch : (int, int)
        Index of the picture, and how many there are.
    kernels : ndarray of float32, (out, in, kh, kw), or None
    notes : tuple of Phrase
        What has to be known of the input and the output.
    """

    request: MapRequest
    prepared: Prepared
    maps: Maps
    count: int
    vector_length: int
    output_shape: tuple[int, ...]
    statistics: ChannelStatistics
    histogram: NDArray[np.int64] | None
    parameters: int
    title: str
    module: nn.Module
    given: Tensor | None
    outputs: Tensor | None
    batch: tuple[int, int]
    kernels: Maps | None
    notes: tuple[Phrase, ...] = ()

    @property
    def is_partial(self) -> bool:
        """Whether some maps are not kept."""
        return len(self.maps) < self.count
