"""The transforms: torchvision's classes with their parameters, defaults and ranges.

The tutorial's are the classic classes, the others those of ``torchvision.transforms.v2``; both kinds mix in
one ``Compose``.

Tags: ``random`` draws from PyTorch's generator; ``needs_tensor`` refuses PIL images; ``needs_pil`` refuses
tensors; ``needs_array`` takes numpy pictures alone; ``makes_tensor`` and ``makes_pil`` tell what comes out;
``several`` makes a tuple of pictures; ``container`` holds steps (:mod:`tudui_gui.transforms.nested`);
``kind:...`` is the group it is shown in.
"""

from __future__ import annotations

from tudui_gui.core.operations import Catalog
from tudui_gui.core.text import QT_TRANSLATE_NOOP
from tudui_gui.transforms import entries_auto as auto
from tudui_gui.transforms import entries_color as color
from tudui_gui.transforms import entries_crops as crops
from tudui_gui.transforms import entries_geometry as geometry
from tudui_gui.transforms import entries_types as types
from tudui_gui.transforms.entries_arrays import BGR_TO_RGB
from tudui_gui.transforms.entries_common import PIL_INTERPOLATIONS
from tudui_gui.transforms.entries_containers import containers

__all__ = ["PIL_INTERPOLATIONS", "TRANSFORMS"]


def _transforms() -> Catalog:
    return TRANSFORMS


_COMPOSE, *_RANDOM_CONTAINERS = containers(_transforms)

_TUTORIAL = (
    types.TO_TENSOR,
    types.NORMALIZE,
    crops.RESIZE,
    _COMPOSE,
    crops.RANDOM_CROP,
    crops.CENTER_CROP,
    crops.RANDOM_RESIZED_CROP,
    geometry.RANDOM_HORIZONTAL_FLIP,
    geometry.RANDOM_VERTICAL_FLIP,
    color.GRAYSCALE,
    color.RANDOM_GRAYSCALE,
    crops.FIVE_CROP,
    crops.TEN_CROP,
    crops.PAD,
    color.COLOR_JITTER,
    geometry.RANDOM_ROTATION,
    geometry.RANDOM_AFFINE,
    types.PIL_TO_TENSOR,
    types.CONVERT_IMAGE_DTYPE,
    types.TO_PIL_IMAGE,
)
_REST = (
    types.TO_IMAGE,
    types.TO_DTYPE,
    types.TO_PURE_TENSOR,
    geometry.RANDOM_PERSPECTIVE,
    geometry.ELASTIC_TRANSFORM,
    crops.RANDOM_ZOOM_OUT,
    crops.SCALE_JITTER,
    crops.RANDOM_RESIZE,
    crops.RANDOM_SHORTEST_SIZE,
    crops.RANDOM_ERASING,
    color.GAUSSIAN_BLUR,
    color.GAUSSIAN_NOISE,
    color.RANDOM_ADJUST_SHARPNESS,
    color.RANDOM_AUTOCONTRAST,
    color.RANDOM_EQUALIZE,
    color.RANDOM_INVERT,
    color.RANDOM_POSTERIZE,
    color.RANDOM_SOLARIZE,
    color.RANDOM_PHOTOMETRIC_DISTORT,
    color.RANDOM_CHANNEL_PERMUTATION,
    color.RGB,
    color.JPEG,
    auto.AUTO_AUGMENT,
    auto.RAND_AUGMENT,
    auto.TRIVIAL_AUGMENT_WIDE,
    auto.AUG_MIX,
    types.IDENTITY,
    BGR_TO_RGB,
)

TRANSFORMS = Catalog(QT_TRANSLATE_NOOP("errors", "transform"), (*_TUTORIAL, *_RANDOM_CONTAINERS, *_REST))
