"""Pipelines to begin with: the tutorial's four, and the usual ones for CIFAR-10 and ImageNet."""

from __future__ import annotations

from dataclasses import dataclass

from tudui_gui.core.operations import Step
from tudui_gui.core.text import QT_TRANSLATE_NOOP
from tudui_gui.transforms.catalog import TRANSFORMS
from tudui_gui.transforms.pipeline import Pipeline

#: Mean and std per channel of CIFAR-10's training images, and of ImageNet's (torchvision's documentation).
CIFAR10_STATISTICS = ((0.4914, 0.4822, 0.4465), (0.2470, 0.2435, 0.2616))
IMAGENET_STATISTICS = ((0.485, 0.456, 0.406), (0.229, 0.224, 0.225))


@dataclass(frozen=True)
class Preset:
    """A named pipeline.

    Attributes
    ----------
    name : str
        Stable identifier.
    label : str
        Marked for translation in the context ``catalog``.
    pipeline : Pipeline
    """

    name: str
    label: str
    pipeline: Pipeline


_step = TRANSFORMS.step
_TO_TENSOR = _step("ToTensor")
_FLIP = _step("RandomHorizontalFlip")


def _normalize(statistics: tuple[tuple[float, ...], tuple[float, ...]]) -> Step:
    mean, std = statistics
    return _step("Normalize", mean=mean, std=std)


def _preset(name: str, label: str, *steps: Step) -> Preset:
    return Preset(name, label, Pipeline(steps))


PRESETS = (
    _preset("to_tensor", QT_TRANSLATE_NOOP("catalog", "Tutorial: ToTensor"), _TO_TENSOR),
    _preset("normalize", QT_TRANSLATE_NOOP("catalog", "Tutorial: Normalize"), _TO_TENSOR, _step("Normalize")),
    _preset(
        "resize",
        QT_TRANSLATE_NOOP("catalog", "Tutorial: Resize"),
        _step("Resize", size=(512, 512)),
        _TO_TENSOR,
    ),
    _preset(
        "random_crop",
        QT_TRANSLATE_NOOP("catalog", "Tutorial: RandomCrop"),
        _step("Resize", size=512),
        _step("RandomCrop", size=(300, 500)),
        _TO_TENSOR,
    ),
    _preset(
        "cifar_train",
        QT_TRANSLATE_NOOP("catalog", "CIFAR-10: training"),
        _step("RandomCrop", size=32, padding=4),
        _FLIP,
        _TO_TENSOR,
        _normalize(CIFAR10_STATISTICS),
    ),
    _preset(
        "cifar_eval",
        QT_TRANSLATE_NOOP("catalog", "CIFAR-10: evaluation"),
        _TO_TENSOR,
        _normalize(CIFAR10_STATISTICS),
    ),
    _preset(
        "imagenet_train",
        QT_TRANSLATE_NOOP("catalog", "ImageNet: training"),
        _step("RandomResizedCrop", size=224),
        _FLIP,
        _TO_TENSOR,
        _normalize(IMAGENET_STATISTICS),
    ),
    _preset(
        "imagenet_eval",
        QT_TRANSLATE_NOOP("catalog", "ImageNet: evaluation"),
        _step("Resize", size=256),
        _step("CenterCrop", size=224),
        _TO_TENSOR,
        _normalize(IMAGENET_STATISTICS),
    ),
    _preset(
        "imagenet_recipe",
        QT_TRANSLATE_NOOP("catalog", "ImageNet: training as torchvision's references do it"),
        _step("RandomResizedCrop", size=176),
        _FLIP,
        _step("TrivialAugmentWide"),
        _TO_TENSOR,
        _normalize(IMAGENET_STATISTICS),
        _step("RandomErasing", p=0.1),
    ),
    _preset(
        "v2",
        QT_TRANSLATE_NOOP("catalog", "ToTensor as torchvision's v2 advises it"),
        _step("ToImage"),
        _step("ToDtype", dtype="float32", scale=True),
    ),
)
