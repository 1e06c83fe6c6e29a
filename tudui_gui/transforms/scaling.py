"""Steps in display resolution: a small picture stands for a large one, for which chance draws.

Numbers of pixels (a padding, a blur's sigma) are scaled to the small picture. Crops, erased rectangles and
perspectives are drawn for the true size, so that a preview shows the place that the exact result will show.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from PIL import Image
from torch import Tensor
from torchvision.transforms import InterpolationMode, functional

from tudui_gui.core.operations import Step
from tudui_gui.images.conversion import Held, Pixels, pictures
from tudui_gui.transforms.flow import sides
from tudui_gui.transforms.geometry import Size, border_of_random_crop
from tudui_gui.transforms.nested import inner_steps, is_container, is_random

#: Steps whose use of random numbers depends on how many pixels there are.
DRAW_PER_PIXEL = frozenset({"GaussianNoise", "ElasticTransform"})

#: Modes of pictures that ``Image.reduce`` does not take.
_WITHOUT_MEAN = frozenset({"1", "P", "I;16", "I;16B", "I;16L", "I;16N"})


#: Steps that draw in a small picture what they draw in the true one, number for number.
_DRAW_THE_SAME = frozenset(
    {"RandomCrop", "RandomResizedCrop", "RandomHorizontalFlip", "RandomVerticalFlip", "RandomRotation"}
    | {"RandomAffine", "RandomPerspective", "RandomErasing", "RandomZoomOut", "ScaleJitter", "RandomResize"}
    | {"RandomShortestSize", "RandomGrayscale", "ColorJitter", "GaussianBlur", "RandomAdjustSharpness"}
    | {"RandomAutocontrast", "RandomEqualize", "RandomInvert", "RandomPosterize", "RandomSolarize"}
    | {"RandomPhotometricDistort", "RandomChannelPermutation", "JPEG"}
)


def draws_the_same(step: Step) -> bool:
    """Whether a preview of ``step`` tells the very numbers that the exact run draws."""
    return step.name in _DRAW_THE_SAME or not is_random(step)


@dataclass
class Frame:
    """What a small picture stands for, while steps are applied to it.

    Attributes
    ----------
    size : (height, width)
        Of the true picture; each step changes it.
    side : int
        The most pixels that an edge of the small one should have.
    """

    size: Size
    side: int

    def scale(self, value: Held) -> tuple[float, float]:
        """(down, across): pixels of the small picture for one of the true."""
        height, width = size_of_picture(value)
        return height / self.size[0], width / self.size[1]


def apply_scaled(step: Step, transform: Any, value: Held, frame: Frame) -> Held:
    """What ``transform``, built of ``step``, makes of the small ``value``; ``frame`` goes on to the new size.

    Draws from PyTorch's global generator as the true transform would, but for :data:`DRAW_PER_PIXEL`.
    """
    return _WAYS.get(step.name, _plainly)(step, transform, value, frame)


def build_scaled(step: Step, frame: Frame) -> Callable[[Held], Held]:
    """``step`` as a callable on small pictures; what a container holds is scaled in its turn."""
    if not is_container(step):
        transform = step.build()
        return lambda value: apply_scaled(step, transform, value, frame)
    within = [build_scaled(each, frame) for each in inner_steps(step) if each.enabled]
    built: Callable[[Held], Held] = step.build(transforms=within)
    return built


def shrunk(value: Held, side: int) -> Held:
    """``value`` with its longer edge about ``side`` pixels; as it is if it is not longer."""
    height, width = size_of_picture(value)
    factor = max(height, width) // side
    if factor < 2:
        return value
    return _each(value, lambda picture: _reduced(picture, factor))


def size_of_picture(value: Held) -> Size:
    """Height and width of a picture, or of the first of several."""
    first = pictures(value)[0]
    if isinstance(first, Image.Image):
        return first.height, first.width
    height, width = first.shape[-2:] if isinstance(first, Tensor) else first.shape[:2]
    return int(height), int(width)


def _reduced(picture: Pixels, factor: int) -> Pixels:
    """The mean of blocks of ``factor`` x ``factor`` pixels; one of them where PIL knows no mean."""
    if isinstance(picture, Image.Image):
        if picture.mode in _WITHOUT_MEAN:
            width, height = (max(1, edge // factor) for edge in picture.size)
            return picture.resize((width, height), Image.Resampling.NEAREST)
        return picture.reduce(factor)
    if isinstance(picture, Tensor):
        height, width = (max(1, length // factor) for length in picture.shape[-2:])
        return functional.resize(picture, [height, width], antialias=False) if picture.ndim > 2 else picture
    if picture.dtype == np.uint8:
        return np.asarray(Image.fromarray(picture.view(np.uint8)).reduce(factor))
    return picture[::factor, ::factor]


def _each(value: Held, change: Callable[[Pixels], Pixels]) -> Held:
    return tuple(map(change, value)) if isinstance(value, tuple) else change(value)


def _true(frame: Frame) -> Tensor:
    """A picture of the true size that takes up no memory."""
    return torch.empty((3, *frame.size), device="meta")


def _fitted(size: Size, side: int) -> Size:
    scale = min(1.0, side / max(size))
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def _plainly(step: Step, transform: Any, value: Held, frame: Frame) -> Held:
    """Steps for which the size does not matter, or that take shares of it."""
    before = size_of_picture(value)
    made: Held = transform(value)
    after = size_of_picture(made)
    height, width = (
        now if a == b else round(now * a / b) for now, a, b in zip(frame.size, after, before, strict=True)
    )
    frame.size = height, width
    return made


def _with_numbers(numbers: Callable[[Step, float, float], dict[str, Any]]) -> _Way:
    """A way that builds the step anew with scaled parameters."""

    def way(step: Step, transform: Any, value: Held, frame: Frame) -> Held:
        for name, number in numbers(step, *frame.scale(value)).items():
            setattr(transform, name, number)
        return _plainly(step, transform, value, frame)

    return way


def _about(step: Step, down: float, across: float) -> dict[str, Any]:
    center = step.values.get("center")
    return {} if center is None else {"center": [center[0] * across, center[1] * down]}


def _turned(step: Step, transform: Any, value: Held, frame: Frame) -> Held:
    draw, angles, true = transform.get_params, list[float](), _true(frame)

    def get_params(*ranges: Any) -> float:
        angles.append(draw(*ranges))
        return angles[-1]

    transform.get_params = get_params
    made = _with_numbers(_about)(step, transform, value, frame)
    if step.values["expand"]:
        frame.size = size_of_picture(functional.rotate(true, angles[-1], expand=True))
    return made


def _sheared(step: Step, transform: Any, value: Held, frame: Frame) -> Held:
    draw, (down, across), (height, width) = transform.get_params, frame.scale(value), frame.size

    def get_params(*ranges: Any) -> tuple[float, tuple[float, float], float, tuple[float, float]]:
        angle, (right, below), scale, shear = draw(*ranges[:4], [width, height])
        return angle, (right * across, below * down), scale, shear

    transform.get_params = get_params
    return _with_numbers(_about)(step, transform, value, frame)


def _noise(step: Step, down: float, across: float) -> dict[str, Any]:
    """Looked at from afar, noise of neighbouring pixels evens out."""
    return {"sigma": step.values["sigma"] * (down * across) ** 0.5}


def _elastic(step: Step, down: float, across: float) -> dict[str, Any]:
    return {
        name: [n * s for n, s in zip(_pair(step.values[name]), (across, down), strict=True)] for name in _BENT
    }


_BENT = ("alpha", "sigma")


def _pair(number: Any) -> tuple[float, float]:
    return (number[0], number[-1]) if isinstance(number, tuple) else (number, number)


def _blurred(step: Step, transform: Any, value: Held, frame: Frame) -> Held:
    draw, (down, across) = transform.make_params, frame.scale(value)
    scale = (down * across) ** 0.5

    def make_params(inputs: Any) -> dict[str, Any]:
        return {"sigma": [max(0.01, sigma * scale) for sigma in draw(inputs)["sigma"]]}

    transform.make_params = make_params
    transform.kernel_size = [_odd(n * scale) for n in _pair(step.values["kernel_size"])]
    return _plainly(step, transform, value, frame)


def _odd(length: float) -> int:
    return max(1, 2 * round((length - 1) / 2) + 1)


def _resized(step: Step, transform: Any, value: Held, frame: Frame) -> Held:
    before, transform.interpolation = transform.interpolation, InterpolationMode.BILINEAR
    size = tuple(transform(_true(frame)).shape[-2:])  # the true size, and what is drawn for it
    transform.interpolation = before
    frame.size = size
    wanted = list(_fitted(size, frame.side))
    antialias = step.values.get("antialias", True)
    mode = InterpolationMode(step.values["interpolation"])
    return _each(value, lambda picture: functional.resize(picture, wanted, mode, antialias=antialias))


def _padded(step: Step, transform: Any, value: Held, frame: Frame) -> Held:
    border = sides(step.values["padding"])
    made = _bordered(step, value, border, frame)
    left, top, right, bottom = border
    frame.size = frame.size[0] + top + bottom, frame.size[1] + left + right
    return made


def _bordered(step: Step, value: Held, border: tuple[int, int, int, int], frame: Frame) -> Held:
    if not any(border):
        return value
    down, across = frame.scale(value)
    widths = [round(n * s) for n, s in zip(border, (across, down, across, down), strict=True)]
    mode, fill = step.values["padding_mode"], _fill(step)
    return _each(value, lambda picture: functional.pad(picture, widths, fill, mode))


def _fill(step: Step) -> Any:
    fill = step.operation.parameter("fill").build(step.values["fill"])
    return list(fill) if isinstance(fill, tuple) else fill


def _centrally_cropped(step: Step, transform: Any, value: Held, frame: Frame) -> Held:
    down, across = frame.scale(value)
    true = _wanted(step)
    transform.size = max(1, round(true[0] * down)), max(1, round(true[1] * across))
    made: Held = transform(value)
    frame.size = true
    return made


def _wanted(step: Step) -> Size:
    size = step.values["size"]
    return (size[0], size[-1]) if isinstance(size, tuple) else (size, size)


def _randomly_cropped(step: Step, transform: Any, value: Held, frame: Frame) -> Held:
    border = border_of_random_crop(step, frame.size)
    large = _bordered(step, value, border, frame)
    left, top, right, bottom = border
    frame.size = frame.size[0] + top + bottom, frame.size[1] + left + right
    box = transform.get_params(_true(frame), transform.size)
    made = _cut(large, box, frame)
    frame.size = box[2], box[3]
    return made


def _cut(value: Held, box: tuple[int, int, int, int], frame: Frame) -> Held:
    """The box (top, left, height, width) of the true picture, from the small one."""
    down, across = frame.scale(value)
    height, width = size_of_picture(value)
    tall, wide = max(1, round(box[2] * down)), max(1, round(box[3] * across))
    top, left = min(round(box[0] * down), height - tall), min(round(box[1] * across), width - wide)
    return _each(value, lambda picture: functional.crop(picture, max(0, top), max(0, left), tall, wide))


def _crop_resized(step: Step, transform: Any, value: Held, frame: Frame) -> Held:
    box = transform.get_params(_true(frame), transform.scale, transform.ratio)
    piece = _cut(value, box, frame)
    frame.size = _wanted(step)
    wanted = list(_fitted(frame.size, frame.side))
    mode, antialias = InterpolationMode(step.values["interpolation"]), step.values["antialias"]
    return _each(piece, lambda picture: functional.resize(picture, wanted, mode, antialias=antialias))


def _drawn_for_the_true(
    scaled: Callable[[Mapping[str, Any], float, float], dict[str, Any]],
) -> _Way:
    """A way that has ``make_params`` draw for the true size, and scales what it gives."""

    def way(step: Step, transform: Any, value: Held, frame: Frame) -> Held:
        draw, (down, across) = transform.make_params, frame.scale(value)
        channels = functional.get_image_num_channels(pictures(value)[0])
        true = torch.empty((channels, *frame.size), device="meta")
        transform.make_params = lambda inputs: scaled(draw([true]), down, across)
        return _plainly(step, transform, value, frame)

    return way


def _zoomed_out(step: Step, transform: Any, value: Held, frame: Frame) -> Held:
    draw, (down, across), true = transform.make_params, frame.scale(value), _true(frame)

    def make_params(inputs: Any) -> dict[str, Any]:
        left, top, right, bottom = draw([true])["padding"]
        frame.size = true.shape[-2] + top + bottom, true.shape[-1] + left + right
        small = (left * across, top * down, right * across, bottom * down)
        return {"padding": list(map(round, small))}

    transform.make_params = make_params
    made: Held = transform(value)
    return made


def _shifted(step: Step, transform: Any, value: Held, frame: Frame) -> Held:
    """Whose shift is a number of pixels, whatever the size."""
    across = frame.scale(value)[1]
    space = dict(transform._AUGMENTATION_SPACE)
    for name in ("TranslateX", "TranslateY"):
        magnitudes, signed = space[name]
        space[name] = (lambda *sizes, of=magnitudes: of(*sizes) * across), signed
    transform._AUGMENTATION_SPACE = space
    return _plainly(step, transform, value, frame)


def _erased(params: Mapping[str, Any], down: float, across: float) -> dict[str, Any]:
    top, left = round(params["i"] * down), round(params["j"] * across)
    tall, wide = max(1, round(params["h"] * down)), max(1, round(params["w"] * across))
    written = params["v"]
    if isinstance(written, Tensor) and written.shape[-2:] != (1, 1):
        written = written[..., :tall, :wide]
    return {"i": top, "j": left, "h": tall, "w": wide, "v": written}


def _tilted(params: Mapping[str, Any], down: float, across: float) -> dict[str, Any]:
    """Coefficients of a homography between true pixels, for the small picture's."""
    a, b, c, d, e, f, g, h = params["coefficients"]
    small = [a, b * across / down, c * across, d * down / across, e, f * down, g / across, h / down]
    return {"coefficients": small}


_Way = Callable[[Step, Any, Held, Frame], Held]

_WAYS: dict[str, _Way] = {
    "Resize": _resized,
    "ScaleJitter": _resized,
    "RandomResize": _resized,
    "RandomShortestSize": _resized,
    "Pad": _padded,
    "CenterCrop": _centrally_cropped,
    "FiveCrop": _centrally_cropped,
    "TenCrop": _centrally_cropped,
    "RandomCrop": _randomly_cropped,
    "RandomResizedCrop": _crop_resized,
    "RandomRotation": _turned,
    "RandomAffine": _sheared,
    "GaussianNoise": _with_numbers(_noise),
    "ElasticTransform": _with_numbers(_elastic),
    "GaussianBlur": _blurred,
    "RandomZoomOut": _zoomed_out,
    "TrivialAugmentWide": _shifted,
    "RandomErasing": _drawn_for_the_true(_erased),
    "RandomPerspective": _drawn_for_the_true(_tilted),
}
