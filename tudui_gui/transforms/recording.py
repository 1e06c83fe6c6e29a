"""What random transforms draw, read off the very objects that draw it.

========================  ============================================================================
name                      meaning
========================  ============================================================================
``applied``               bool: a step with a probability happened
``flipped``               bool: the same, of the flips
``i j h w``               top, left, height and width of a crop (in the padded picture), of what was erased
``angle``                 degrees; counterclockwise in RandomRotation, clockwise in RandomAffine
``translate``             (x, y) in pixels
``scale``                 factor
``shear``                 (x, y) in degrees
``corners``               where RandomPerspective puts the corners: top left, top right, bottom right,
                          bottom left, each (x, y) of its pixel
``displacement``          the most ElasticTransform moves a point: (across, down) in pixels
``padding``               what RandomZoomOut adds: left, top, right, bottom
``size``                  (height, width) of the result, or the length of the shorter edge alone
``brightness contrast     factors; ``hue`` is a shift; those left out are not there
saturation hue``
``order``                 names in the order in which they were applied: the factors of ColorJitter, the
                          steps of RandomOrder
``permutation``           which channel became the first, the second ...
``sigma quality``         of GaussianBlur and JPEG
``operations``            (name, strength or None) in order, of the automatic augmentations
``weights``               of AugMix: of the picture itself, then of each chain
``chosen``                name of the step that RandomChoice chose
``steps``                 of a container: for each of its steps what it drew, None if it did not run
========================  ============================================================================
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import torch
from PIL import Image
from torch import Tensor

from tudui_gui.core.operations import Step
from tudui_gui.transforms.nested import inner_steps, is_container, is_random

Drawn = dict[str, Any]

_JITTERED = ("brightness", "contrast", "saturation", "hue")
_WITHOUT_STRENGTH = frozenset({"Identity", "AutoContrast", "Equalize", "Invert"})

#: Their first draw decides whether anything happens, and they say so nowhere.
_DECIDED_FIRST = {
    "RandomHorizontalFlip": "flipped",
    "RandomVerticalFlip": "flipped",
    "RandomGrayscale": "applied",
    "RandomApply": "applied",
}


def note(step: Step, transform: Any, start: Tensor, drawn: Drawn) -> None:
    """Let ``transform`` write into ``drawn`` what it draws when called from the random state ``start``."""
    if step.name in _DECIDED_FIRST:
        drawn[_DECIDED_FIRST[step.name]] = _happens(step, start)
    if is_container(step):
        _note_steps(step, transform, drawn)
    elif "kind:auto" in step.operation.tags:
        _note_operations(transform, drawn)
    elif hasattr(transform, "make_params"):
        _note_params(step, transform, drawn)
    elif step.name in _OF_CLASSIC:
        _note_classic(_OF_CLASSIC[step.name], transform, drawn)


def _happens(step: Step, start: Tensor) -> bool:
    """By the same draw from the same state."""
    generator = torch.Generator()
    generator.set_state(start)
    return bool(torch.rand(1, generator=generator) < step.values["p"])


def _note_steps(step: Step, container: Any, drawn: Drawn) -> None:
    steps = inner_steps(step)
    drawn["steps"] = (None,) * len(steps)

    def done(place: int, inner: Drawn) -> None:
        notes = drawn["steps"]
        drawn["steps"] = (*notes[:place], inner, *notes[place + 1 :])
        if step.name == "RandomChoice":
            drawn["chosen"] = steps[place].name
        if step.name == "RandomOrder":
            drawn["order"] = (*drawn.get("order", ()), steps[place].name)

    places = [place for place, inner in enumerate(steps) if inner.enabled]
    built = zip(places, container.transforms, strict=True)
    container.transforms = [_Noting(steps[place], inner, place, done) for place, inner in built]


class _Noting:
    """A container's step that notes what it draws from the state it is called in."""

    def __init__(self, step: Step, transform: Any, place: int, done: Callable[[int, Drawn], None]) -> None:
        self._step, self._transform = step, transform
        self._place, self._done = place, done

    def __call__(self, value: Any) -> Any:
        drawn: Drawn = {}
        if is_random(self._step):
            note(self._step, self._transform, torch.get_rng_state(), drawn)
        made = self._transform(value)
        self._done(self._place, drawn)
        return made


def _note_operations(transform: Any, drawn: Drawn) -> None:
    """The automatic augmentations apply each operation through one method."""
    drawn["operations"] = ()
    apply, mix = transform._apply_image_or_video_transform, getattr(transform, "_sample_dirichlet", None)
    sampled: list[list[float]] = []

    def noting(image: Any, name: str, strength: float, *args: Any, **extra: Any) -> Any:
        operation = (name, None if name in _WITHOUT_STRENGTH else strength + 0.0)  # no minus 0
        drawn["operations"] = (*drawn["operations"], operation)
        return apply(image, name, strength, *args, **extra)

    def sampling(params: Tensor) -> Tensor:
        shares: Tensor = mix(params)  # type: ignore[misc]
        sampled.append(shares[0].tolist())
        if len(sampled) == 2:  # first picture against mixture, then the chains of the mixture
            (own, rest), chains = sampled
            drawn["weights"] = (own, *(rest * chain for chain in chains))
        return shares

    transform._apply_image_or_video_transform = noting
    if mix is not None:
        transform._sample_dirichlet = sampling


def _note_params(step: Step, transform: Any, drawn: Drawn) -> None:
    """A class of v2: all that it draws goes through ``make_params``, unless it does nothing this time."""
    if "p" in step.values and step.name != "RandomPhotometricDistort":
        drawn["applied"] = False
    read = _OF_MODERN.get(step.name, _nothing)
    original = transform.make_params

    def make_params(inputs: list[Any]) -> dict[str, Any]:
        params: dict[str, Any] = original(inputs)
        if "applied" in drawn:
            drawn["applied"] = True
        drawn.update(read(params, inputs))
        return params

    transform.make_params = make_params


def _note_classic(named: Callable[[Any], Drawn], transform: Any, drawn: Drawn) -> None:
    original = transform.get_params

    def get_params(*args: Any, **extra: Any) -> Any:
        result = original(*args, **extra)
        drawn.update(named(result))
        return result

    transform.get_params = get_params


def _crop(result: Sequence[int]) -> Drawn:
    return dict(zip("ijhw", result, strict=True))


def _rotation(result: float) -> Drawn:
    return {"angle": result}


def _affine(result: tuple[float, tuple[int, int], float, tuple[float, float]]) -> Drawn:
    return dict(zip(("angle", "translate", "scale", "shear"), result, strict=True))


def _jitter(result: Sequence[Any]) -> Drawn:
    order, *factors = result
    known = {word: value for word, value in zip(_JITTERED, factors, strict=True) if value is not None}
    return {"order": tuple(_JITTERED[i] for i in order.tolist() if _JITTERED[i] in known), **known}


_OF_CLASSIC: Mapping[str, Callable[[Any], Drawn]] = {
    "RandomCrop": _crop,
    "RandomResizedCrop": _crop,
    "RandomRotation": _rotation,
    "RandomAffine": _affine,
    "ColorJitter": _jitter,
}

Params = Mapping[str, Any]


def _nothing(params: Params, inputs: list[Any]) -> Drawn:
    return {}


def _given(*names: str) -> Callable[[Params, list[Any]], Drawn]:
    """A reader of what stands in the params under these names."""

    def read(params: Params, inputs: list[Any]) -> Drawn:
        return {name: _plain(params[name]) for name in names}

    return read


def _plain(value: Any) -> Any:
    if isinstance(value, Tensor):
        value = value.tolist()
    return tuple(value) if isinstance(value, list) else value


def _blur(params: Params, inputs: list[Any]) -> Drawn:
    return {"sigma": params["sigma"][0]}


def _length(params: Params, inputs: list[Any]) -> Drawn:
    return {"size": params["size"][0]}


def _erasing(params: Params, inputs: list[Any]) -> Drawn:
    """Where no rectangle of the wanted shape fits after ten trials, nothing is erased."""
    if params["v"] is None:
        return {"applied": False}
    return {name: params[name] for name in "ijhw"}


def _distortion(params: Params, inputs: list[Any]) -> Drawn:
    factors = {word: params[f"{word}_factor"] for word in _JITTERED}
    drawn: Drawn = {word: factor for word, factor in factors.items() if factor is not None}
    late = () if params["contrast_before"] else ("contrast",)
    order = ("brightness", *(() if late else ("contrast",)), "saturation", "hue", *late)
    drawn["order"] = tuple(word for word in order if word in drawn)
    if params["channel_permutation"] is not None:
        drawn["permutation"] = _plain(params["channel_permutation"])
    return drawn


def _perspective(params: Params, inputs: list[Any]) -> Drawn:
    """torchvision keeps the map from the result back to the picture; the corners go the other way."""
    height, width = _size(inputs[0])
    back = np.append(np.array(params["coefficients"], dtype=np.float64), 1.0).reshape(3, 3)
    start = np.array([(0, 0, 1), (width - 1, 0, 1), (width - 1, height - 1, 1), (0, height - 1, 1)])
    if not np.isfinite(back).all() or np.linalg.matrix_rank(back) < 3:  # of a picture one pixel wide
        return {}
    x, y, w = np.linalg.solve(back, start.T)
    return {"corners": tuple((round(a), round(b)) for a, b in np.array([x / w, y / w]).T.tolist())}


def _elastic(params: Params, inputs: list[Any]) -> Drawn:
    """In torchvision's grid the picture is 2 wide and 2 high."""
    height, width = _size(inputs[0])
    across, down = params["displacement"].abs().amax(dim=(0, 1, 2)).tolist()
    return {"displacement": (across * width / 2, down * height / 2)}


def _size(picture: Any) -> tuple[int, int]:
    if isinstance(picture, Image.Image):
        return picture.height, picture.width
    return picture.shape[-2], picture.shape[-1]


_OF_MODERN: Mapping[str, Callable[[Params, list[Any]], Drawn]] = {
    "RandomPerspective": _perspective,
    "ElasticTransform": _elastic,
    "RandomZoomOut": _given("padding"),
    "ScaleJitter": _given("size"),
    "RandomShortestSize": _given("size"),
    "RandomResize": _length,
    "RandomErasing": _erasing,
    "GaussianBlur": _blur,
    "RandomPhotometricDistort": _distortion,
    "RandomChannelPermutation": _given("permutation"),
    "JPEG": _given("quality"),
}
