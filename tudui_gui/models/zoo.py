"""The models that can be trained: the tutorial's own, LeNet, and torchvision's classifiers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor, nn
from torchvision import models as torchvision_models

from tudui_gui.core.errors import ModelError
from tudui_gui.core.operations import Catalog, Operation, Step
from tudui_gui.core.parameters import Flag, Parameter, Real, Written
from tudui_gui.core.text import QT_TRANSLATE_NOOP

#: Height and width torchvision's classifiers were made for.
_IMAGENET_SIZE = 224

_SMALL = frozenset({"input_32"})


class Tudui(nn.Module):
    """The tutorial's network for 32x32 RGB images: three convolutions, two linear layers, no activation.

    Input ``float32 [N, 3, 32, 32]``, output logits ``float32 [N, num_classes]``.
    """

    def __init__(self, num_classes: int = 10) -> None:
        super().__init__()
        self.model = nn.Sequential(
            nn.Conv2d(3, 32, 5, padding=2),
            nn.MaxPool2d(2),
            nn.Conv2d(32, 32, 5, padding=2),
            nn.MaxPool2d(2),
            nn.Conv2d(32, 64, 5, padding=2),
            nn.MaxPool2d(2),
            nn.Flatten(),
            nn.Linear(1024, 64),
            nn.Linear(64, num_classes),
        )

    def forward(self, x: Tensor) -> Tensor:
        """Logits of a batch."""
        return self.model(x)  # type: ignore[no-any-return]


class LeNet(nn.Module):
    """LeNet-5 (LeCun et al., 1998) for 32x32 RGB images, with ReLU and max pooling.

    Input ``float32 [N, 3, 32, 32]``, output logits ``float32 [N, num_classes]``.
    """

    def __init__(self, num_classes: int = 10) -> None:
        super().__init__()
        self.model = nn.Sequential(
            nn.Conv2d(3, 6, 5),
            nn.ReLU(),
            nn.MaxPool2d(2),
            nn.Conv2d(6, 16, 5),
            nn.ReLU(),
            nn.MaxPool2d(2),
            nn.Flatten(),
            nn.Linear(16 * 5 * 5, 120),
            nn.ReLU(),
            nn.Linear(120, 84),
            nn.ReLU(),
            nn.Linear(84, num_classes),
        )

    def forward(self, x: Tensor) -> Tensor:
        """Logits of a batch."""
        return self.model(x)  # type: ignore[no-any-return]


def _googlenet(**arguments: Any) -> nn.Module:
    """GoogLeNet without its auxiliary classifiers, so that it returns logits alone."""
    return torchvision_models.googlenet(  # type: ignore[no-any-return]
        weights=None, aux_logits=False, **arguments
    )


def _dropout(default: float) -> Real:
    return Real(
        name="dropout",
        default=default,
        minimum=0.0,
        maximum=1.0,
        help=QT_TRANSLATE_NOOP("catalog", "Probability of setting a feature to 0 while training."),
    )


def _torchvision(
    name: str, help_text: str, *parameters: Parameter, target: Callable[..., Any] | None = None
) -> Operation:
    return Operation(
        name=name,
        target=target or getattr(torchvision_models, name),
        qualname=f"torchvision.models.{name}",
        parameters=parameters,
        help=help_text,
    )


MODELS = Catalog(
    QT_TRANSLATE_NOOP("errors", "model"),
    [
        Operation(
            "tudui",
            Tudui,
            "Tudui",
            help=QT_TRANSLATE_NOOP(
                "catalog", "The tutorial's network: three 5x5 convolutions and two linear layers."
            ),
            tags=_SMALL,
        ),
        Operation(
            "lenet",
            LeNet,
            "LeNet",
            help=QT_TRANSLATE_NOOP("catalog", "LeNet-5: the classic small network for 32x32 images."),
            tags=_SMALL,
        ),
        _torchvision(
            "alexnet",
            QT_TRANSLATE_NOOP("catalog", "AlexNet (2012): five convolutions, three linear layers."),
            _dropout(0.5),
        ),
        _torchvision(
            "vgg11",
            QT_TRANSLATE_NOOP("catalog", "VGG (2014) with 11 layers of weights; large."),
            _dropout(0.5),
        ),
        _torchvision(
            "vgg16",
            QT_TRANSLATE_NOOP("catalog", "VGG (2014) with 16 layers of weights; large."),
            _dropout(0.5),
        ),
        _torchvision(
            "googlenet",
            QT_TRANSLATE_NOOP("catalog", "GoogLeNet (2014): inception blocks with parallel convolutions."),
            _dropout(0.2),
            Flag(
                name="init_weights",
                default=False,
                help=QT_TRANSLATE_NOOP(
                    "catalog",
                    "Initialise by a truncated normal distribution (slow) instead of PyTorch's way.",
                ),
                written=Written.BY_NAME,
            ),
            target=_googlenet,
        ),
        _torchvision(
            "resnet18",
            QT_TRANSLATE_NOOP("catalog", "ResNet (2015) with 18 layers: blocks with a shortcut."),
        ),
        _torchvision(
            "resnet34",
            QT_TRANSLATE_NOOP("catalog", "ResNet (2015) with 34 layers: blocks with a shortcut."),
        ),
        _torchvision(
            "mobilenet_v2",
            QT_TRANSLATE_NOOP("catalog", "MobileNetV2 (2018): small and fast inverted residual blocks."),
            _dropout(0.2),
        ),
    ],
)


def input_shape(step: Step) -> tuple[int, int, int]:
    """The ``(channels, height, width)`` the model was made for."""
    size = 32 if "input_32" in step.operation.tags else _IMAGENET_SIZE
    return (3, size, size)


def build_model(step: Step, classes: int) -> nn.Module:
    """The model on the CPU, in training mode, with random weights from torch's default generator.

    Parameters
    ----------
    step : Step
        An entry of :data:`MODELS`.
    classes : int
        Number of outputs, at least 1; it comes from the data set.

    Raises
    ------
    ModelError
        When PyTorch refuses to build it.
    """
    try:
        return step.build(num_classes=classes)  # type: ignore[no-any-return]
    except (RuntimeError, ValueError, TypeError) as cause:
        raise ModelError(
            QT_TRANSLATE_NOOP("errors", "The model {model} cannot be built for {classes} classes."),
            detail=str(cause),
            model=step.name,
            classes=classes,
        ) from cause


def check_fits(
    model: nn.Module, shape: tuple[int, ...], *, expected: tuple[int, ...] | None = None
) -> tuple[int, ...]:
    """Try one image of ``shape`` (channels, height, width); return the output's shape without the batch.

    The model's weights, buffers and mode are as before afterwards. Any thread, but not while the model
    trains.

    Raises
    ------
    ModelError
        Naming the model, ``shape`` and, where given, the ``expected`` shape; PyTorch's message is the detail.
    """
    modes = [(module, module.training) for module in model.modules()]
    model.eval()
    try:
        with torch.inference_mode():
            output = model(torch.zeros(1, *shape, device=_device_of(model)))
    except (RuntimeError, ValueError, TypeError, IndexError) as cause:
        raise _does_not_fit(model, shape, expected, str(cause)) from cause
    finally:
        for module, training in modes:
            module.training = training
    return tuple(output.shape[1:])


def _device_of(model: nn.Module) -> torch.device:
    return next((parameter.device for parameter in model.parameters()), torch.device("cpu"))


def _does_not_fit(
    model: nn.Module, shape: tuple[int, ...], expected: tuple[int, ...] | None, detail: str
) -> ModelError:
    name = type(model).__name__
    if expected is None:
        return ModelError(
            QT_TRANSLATE_NOOP("errors", "The model {model} cannot take images of shape {given}."),
            remedy=QT_TRANSLATE_NOOP("errors", "Change the image size with Resize, or choose another model."),
            detail=detail,
            model=name,
            given=_shape_text(shape),
        )
    if expected == shape or expected[0] != shape[0]:
        remedy = QT_TRANSLATE_NOOP(
            "errors", "Give it images with {channels} channels, or choose another model."
        )
    else:
        remedy = QT_TRANSLATE_NOOP(
            "errors", "Put Resize with size [{height}, {width}] into the transforms, or choose another model."
        )
    return ModelError(
        QT_TRANSLATE_NOOP(
            "errors", "The model {model} expects images of shape {expected}, but they have shape {given}."
        ),
        remedy=remedy,
        detail=detail,
        model=name,
        expected=_shape_text(expected),
        given=_shape_text(shape),
        channels=expected[0],
        height=expected[1],
        width=expected[2],
    )


def _shape_text(shape: tuple[int, ...]) -> str:
    return "[" + ", ".join(map(str, shape)) + "]"
