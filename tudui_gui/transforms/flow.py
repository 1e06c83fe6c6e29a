"""What passes through a pipeline, known without running it: kinds, types, channels, sizes, value ranges."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np
from PIL import Image
from torchvision import tv_tensors

from tudui_gui.core.operations import Step
from tudui_gui.transforms import nested

PICTURE, ARRAY, TENSOR = "picture", "array", "tensor"

#: Reasons of :func:`refusal`.
SEVERAL, NEEDS_TENSOR, NEEDS_PICTURE, NEEDS_ARRAY = "several", "needs_tensor", "needs_picture", "needs_array"
NO_ARRAY, NO_PICTURE, NEEDS_BYTES, NEEDS_FLOATS = "no_array", "no_picture", "needs_bytes", "needs_floats"
WRONG_CHANNELS, UNSAFE_CAST = "wrong_channels", "unsafe_cast"

#: Steps of torchvision.transforms.v2 that look for a picture first, and fail when there is none.
_LOOK_FOR_A_PICTURE = frozenset(
    (
        *("AugMix", "AutoAugment", "ElasticTransform", "RandAugment", "RandomAffine", "RandomCrop"),
        *("RandomChannelPermutation", "RandomErasing", "RandomGrayscale", "RandomPerspective"),
        *("RandomPhotometricDistort", "RandomResizedCrop", "RandomRotation", "RandomZoomOut"),
        *("RandomShortestSize", "ScaleJitter", "TrivialAugmentWide"),
    )
)
#: Types that floats cannot be scaled to: not every number up to their largest is a float.
_UNSAFE = {"float32": ("int32", "int64"), "float64": ("int64",)}
_AUTO = frozenset({"AutoAugment", "RandAugment", "TrivialAugmentWide", "AugMix"})
_CROPS = frozenset({"RandomCrop", "CenterCrop", "RandomResizedCrop", "FiveCrop", "TenCrop"})
#: They take everything, or are meant to change nothing.
_NEVER_IDLE = frozenset({"ToImage", "ToPILImage", "ToPureTensor", "Identity"})
_COUNTS = {"FiveCrop": 5, "TenCrop": 10}

#: Answers that are remembered: :func:`refusal` and :func:`after` ask each other at every level of containers.
_REMEMBERED = 1024


@dataclass(frozen=True)
class Form:
    """What can be said of a value in a pipeline without its pixels.

    Attributes
    ----------
    kind : str
        ``"picture"`` (PIL), ``"array"`` (numpy) or ``"tensor"``.
    dtype : str
        ``"uint8"``, ``"float32"`` ...; of a picture always ``"uint8"``.
    channels : int or None
        None if it depends on chance.
    size : (height, width) or None
        None if it depends on the picture or on chance.
    shorter : int or None
        Length of the shorter edge, where that alone is known.
    uneven : str
        Name of the step after which pictures of one data set may have different sizes; empty if none.
    count : int
        1, or how many pictures the tuple has.
    is_image : bool
        A tensor that says of itself that it is an image (``tv_tensors.Image``).
    is_gray : bool
        Whether the colours are gone for certain.
    highest : float
        What white is: 255 of bytes, 1 of scaled floats.
    normalized : tuple of (mean, std)
        The numbers of the Normalize steps so far.
    """

    kind: str = PICTURE
    dtype: str = "uint8"
    channels: int | None = 3
    size: tuple[int, int] | None = None
    shorter: int | None = None
    uneven: str = ""
    count: int = 1
    is_image: bool = False
    is_gray: bool = False
    highest: float = 255.0
    normalized: tuple[tuple[tuple[float, ...], tuple[float, ...]], ...] = ()

    @property
    def is_float(self) -> bool:
        """Whether the values are floating point numbers."""
        return "float" in self.dtype


def form_of(value: Any) -> Form:
    """The form of a PIL image, array, tensor, or a tuple of them."""
    if isinstance(value, tuple | list):
        return replace(form_of(value[0]), count=len(value)) if value else Form(count=0)
    if isinstance(value, Image.Image):
        return Form(channels=len(value.getbands()), size=(value.height, value.width))
    dtype = str(value.dtype).removeprefix("torch.")
    highest = 1.0 if "float" in dtype else 255.0
    if isinstance(value, np.ndarray):
        channels = value.shape[2] if value.ndim == 3 else 1
        return Form(ARRAY, dtype, channels, tuple(value.shape[:2]), highest=highest)
    is_image = isinstance(value, tv_tensors.Image)
    channels = value.shape[-3] if value.ndim >= 3 else 1
    size = (value.shape[-2], value.shape[-1]) if value.ndim >= 2 else None
    return Form(TENSOR, dtype, channels, size, is_image=is_image, highest=highest)


def forms(steps: Sequence[Step], start: Form) -> list[Form]:
    """The form before the first step and after each; a step that is off, or refuses, changes nothing."""
    result = [start]
    for step in steps:
        result.append(after(step, result[-1]))
    return result


def first_refusal(steps: Sequence[Step], start: Form) -> int | None:
    """Index of the first enabled step that cannot take what it is given; None if all can."""
    form = start
    for index, step in enumerate(steps):
        if step.enabled and refusal(step, form):
            return index
        form = after(step, form)
    return None


def inner_steps(step: Step) -> tuple[Step, ...] | None:
    """The steps of a container; None of any other step."""
    return nested.inner_steps(step) if nested.is_container(step) else None


def is_v2(step: Step) -> bool:
    """Whether the class is one of ``torchvision.transforms.v2``."""
    return step.operation.qualname.startswith("v2.")


@lru_cache(_REMEMBERED)
def refusal(step: Step, form: Form) -> str:
    """Why the step cannot take a value of this form; empty if nothing speaks against it."""
    inside = inner_steps(step)
    if inside is not None:
        return _refused_inside(step, inside, form)
    for refuses in (_refuses_several, _refuses_kind, _refuses_dtype, _refuses_channels):
        why = refuses(step, form)
        if why:
            return why
    return ""


def _refused_inside(step: Step, inside: tuple[Step, ...], form: Form) -> str:
    in_turn = step.name in ("Compose", "RandomApply")
    for each in inside:
        why = refusal(each, form) if each.enabled else ""
        if why:
            return why
        form = after(each, form) if in_turn else form
    return ""


def _refuses_several(step: Step, form: Form) -> str:
    if form.count == 1 or "needs_array" in step.operation.tags:
        return ""
    is_auto = step.name in _AUTO and form.kind == PICTURE
    return "" if is_v2(step) and not is_auto else SEVERAL


def _refuses_kind(step: Step, form: Form) -> str:
    tags, kind = step.operation.tags, form.kind
    if "needs_array" in tags:
        return "" if kind == ARRAY else NEEDS_ARRAY
    if step.name == "ToPILImage":
        return NO_PICTURE if kind == PICTURE and not is_v2(step) else ""
    if "needs_pil" in tags:
        takes_array = step.name == "ToTensor"
        return "" if kind == PICTURE or (kind == ARRAY and takes_array) else NEEDS_PICTURE
    if "needs_tensor" in tags:
        return "" if kind == TENSOR or (kind == ARRAY and ignores(step, form)) else NEEDS_TENSOR
    if kind == ARRAY and not ({"makes_tensor"} & tags or step.name in _NEVER_IDLE or ignores(step, form)):
        return NO_ARRAY
    return ""


def _refuses_dtype(step: Step, form: Form) -> str:
    if form.kind != TENSOR:
        return ""
    if step.name in ("ConvertImageDtype", "ToDtype") and step.values.get("scale", True):
        return UNSAFE_CAST if _wanted_dtype(step) in _UNSAFE.get(form.dtype, ()) else ""
    if step.name == "Normalize" and not form.is_float:
        return NEEDS_FLOATS
    if step.name == "GaussianNoise" and not (form.is_float or form.dtype == "uint8"):
        return NEEDS_FLOATS
    if form.dtype != "uint8" and (step.name == "JPEG" or (step.name in _AUTO and not is_v2(step))):
        return NEEDS_BYTES
    return ""


def _refuses_channels(step: Step, form: Form) -> str:
    if step.name != "Normalize" or form.kind != TENSOR or form.channels is None:
        return ""
    fits = all(len(step.values[name]) in (1, form.channels) for name in ("mean", "std"))
    return "" if fits or (is_v2(step) and form.channels == 1) else WRONG_CHANNELS


def ignores(step: Step, form: Form) -> bool:
    """Whether torchvision hands the value back as it is: what a class of v2 does with what is no image."""
    if not is_v2(step) or step.name in _NEVER_IDLE or {"needs_array", "container"} & step.operation.tags:
        return False
    if form.kind == ARRAY:
        return step.name not in _LOOK_FOR_A_PICTURE
    return form.kind == PICTURE and step.name == "ToDtype"


@lru_cache(_REMEMBERED)
def after(step: Step, form: Form) -> Form:
    """The form of what the step makes of a value of this form."""
    inside = inner_steps(step)
    if not step.enabled or refusal(step, form) or ignores(step, form):
        return form
    if inside is not None:
        return _after_container(step, inside, form)
    for change in (_kind_after, _channels_after, _size_after):
        form = change(step, form)
    return form


def _after_container(step: Step, inside: tuple[Step, ...], form: Form) -> Form:
    if step.name == "RandomChoice":
        ends = [after(each, form) for each in inside if each.enabled] or [form]
    else:
        ends = [forms(inside, form)[-1]]
    if step.name == "RandomApply":
        ends.append(form)
    return _common(ends, step.name)


def _common(ends: list[Form], name: str) -> Form:
    """The last of ``ends``, without what is not the same in all."""
    last = ends[-1]
    if any(end.size != last.size or end.shorter != last.shorter for end in ends):
        last = replace(last, size=None, shorter=None, uneven=name)
    if any(end.channels != last.channels for end in ends):
        last = replace(last, channels=None)
    return replace(last, is_gray=all(end.is_gray for end in ends))


def _kind_after(step: Step, form: Form) -> Form:
    name = step.name
    if name == "ToTensor":
        is_float = form.dtype == "uint8"
        return replace(
            form,
            kind=TENSOR,
            dtype="float32" if is_float else form.dtype,
            highest=1.0 if is_float else form.highest,
        )
    if name == "PILToTensor":
        return replace(form, kind=TENSOR)
    if name == "ToPureTensor":
        return replace(form, is_image=False)
    if name == "ToImage":
        return replace(form, kind=TENSOR, is_image=True)
    if name == "ToPILImage":
        return replace(form, kind=PICTURE, dtype="uint8", highest=255.0, normalized=(), is_image=False)
    if name in ("ConvertImageDtype", "ToDtype"):
        return _dtype_after(step, form)
    if name == "Normalize":
        numbers = (tuple(step.values["mean"]), tuple(step.values["std"]))
        return replace(form, normalized=(*form.normalized, numbers))
    return form


def _dtype_after(step: Step, form: Form) -> Form:
    wanted = _wanted_dtype(step)
    if step.values.get("scale", True):
        highest = form.highest if wanted == form.dtype else 1.0 if "float" in wanted else 255.0
        return replace(form, dtype=wanted, highest=highest)
    return replace(form, dtype=wanted)


def _wanted_dtype(step: Step) -> str:
    return str(step.operation.parameter("dtype").build(step.values["dtype"])).removeprefix("torch.")


def _channels_after(step: Step, form: Form) -> Form:
    if step.name == "Grayscale":
        wanted = int(step.values.get("num_output_channels", 1))
        repeats = form.kind == PICTURE or is_v2(step) or form.channels != 1
        return replace(form, channels=wanted if repeats else 1, is_gray=True)
    if step.name == "RGB" and form.channels != 4:
        return replace(form, channels=3)
    if step.name == "Normalize" and is_v2(step) and form.channels == 1:
        return replace(form, channels=max(len(step.values["mean"]), len(step.values["std"])))
    if step.name in _COUNTS:
        return replace(form, count=_COUNTS[step.name], is_image=form.is_image and is_v2(step))
    return form


def _size_after(step: Step, form: Form) -> Form:
    if step.name in _CROPS:
        return _sized(form, _pair(step.values["size"]))
    change = _SIZES.get(step.name)
    return change(step, form) if change else form


def _resized(step: Step, form: Form) -> Form:
    size = step.values["size"]
    if isinstance(size, tuple):
        return _sized(form, _pair(size))
    longest = step.values.get("max_size")
    if form.size is not None:
        return _sized(form, resized(form.size, size, longest))
    return replace(form, shorter=None if longest else size, uneven=step.name)


def resized(size: tuple[int, int], shorter: int | None, longest: int | None) -> tuple[int, int]:
    """What ``Resize`` to one number makes of (height, width), by torchvision's own formula."""
    height, width = size
    short, long = min(size), max(size)
    if shorter is None:
        short, long = int((longest or long) * short / long), longest or long
    else:
        short, long = shorter, int(shorter * long / short)
        if longest is not None and long > longest:
            short, long = int(longest * short / long), longest
    return (long, short) if height > width else (short, long)


def _padded(step: Step, form: Form) -> Form:
    left, top, right, bottom = sides(step.values["padding"])
    if form.size is not None:
        return _sized(form, (form.size[0] + top + bottom, form.size[1] + left + right))
    return replace(form, shorter=None)


def sides(padding: int | Sequence[int]) -> tuple[int, int, int, int]:
    """A padding as (left, top, right, bottom)."""
    if isinstance(padding, int):
        return (padding,) * 4
    left, top, *rest = padding
    right, bottom = rest or (left, top)
    return left, top, right, bottom


def _turned(step: Step, form: Form) -> Form:
    return _uneven(step, form) if step.values.get("expand") else form


def _uneven(step: Step, form: Form) -> Form:
    return replace(form, size=None, shorter=None, uneven=step.name)


_SIZES: dict[str, Callable[[Step, Form], Form]] = {
    "Resize": _resized,
    "Pad": _padded,
    "RandomRotation": _turned,
    "RandomZoomOut": _uneven,
    "ScaleJitter": _uneven,
    "RandomResize": _uneven,
    "RandomShortestSize": _uneven,
}


def _sized(form: Form, size: tuple[int, int]) -> Form:
    return replace(form, size=size, shorter=None, uneven="")


def _pair(size: int | Sequence[int]) -> tuple[int, int]:
    if isinstance(size, int):
        return size, size
    numbers = tuple(size)
    return (numbers[0], numbers[-1])


def walked(steps: Sequence[Step], start: Form) -> Iterator[tuple[int, Step, Form]]:
    """Index, step and the form it is given, of the enabled steps."""
    for index, (step, form) in enumerate(zip(steps, forms(steps, start), strict=False)):
        if step.enabled:
            yield index, step, form
