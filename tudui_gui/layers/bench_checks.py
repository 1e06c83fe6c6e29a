"""What cannot be worked, told by the parameter it is due to; and the sizes of what comes out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tudui_gui.core.errors import ModelError
from tudui_gui.core.text import QT_TRANSLATE_NOOP
from tudui_gui.layers.arithmetic import OutputSize, output_size, transposed_size
from tudui_gui.layers.bench_state import BenchState, array_of
from tudui_gui.layers.spelling_windows import along

_SLIDING = frozenset({"Conv1d", "Conv2d", "Conv3d", "MaxPool2d", "AvgPool2d", "LPPool2d"})
_POOLS = frozenset({"MaxPool2d", "AvgPool2d"})


def check(state: BenchState) -> None:
    """Raise ``ModelError`` with the field ``parameter`` for settings that do not go together."""
    special = _CHECKS.get(state.name)
    if special is not None:
        special(state)
    if state.kind == "conv":
        _check_convolution(state)
    if state.name in _POOLS:
        _check_pool_border(state)
    sizes_of(state)


def sizes_of(state: BenchState) -> tuple[OutputSize, ...]:
    """The output's edges with their formulas, (depth,) height, width; empty where there is none.

    Raises
    ------
    ModelError
        When a window has no place at all.
    """
    if state.name == "ConvTranspose2d":
        return tuple(_transposed(state, axis) for axis in (0, 1))
    if state.name not in _SLIDING:
        return ()
    shape = array_of(state.given).shape
    edges = {"Conv1d": shape[3:], "Conv3d": shape[1:]}.get(state.name, shape[2:])
    return tuple(_slid(state, axis, size) for axis, size in enumerate(edges))


def _slid(state: BenchState, axis: int, size: int) -> OutputSize:
    values = state.step.values
    stride = values["stride"]
    try:
        return output_size(
            size,
            along(values["kernel_size"], axis),
            stride=None if stride is None else along(stride, axis),
            padding=along(values.get("padding", 0), axis),
            dilation=along(values.get("dilation", 1), axis),
            ceil_mode=values.get("ceil_mode", False),
        )
    except ModelError as error:
        raise _at("kernel_size", error) from error


def _transposed(state: BenchState, axis: int) -> OutputSize:
    values = state.step.values
    names = ("kernel_size", "stride", "padding", "output_padding", "dilation")
    kernel, stride, padding, added, dilation = (along(values[name], axis) for name in names)
    size = array_of(state.given).shape[2 + axis]
    made = transposed_size(size, kernel, stride=stride, padding=padding, added=added, dilation=dilation)
    if made.size < 1:
        raise ModelError(
            QT_TRANSLATE_NOOP("errors", "padding {padding} takes the whole result away: {formula}."),
            remedy=QT_TRANSLATE_NOOP("errors", "Make padding smaller, or kernel_size larger."),
            parameter="padding",
            padding=padding,
            formula=made.formula,
        )
    if added >= max(stride, dilation):
        raise ModelError(
            QT_TRANSLATE_NOOP(
                "errors",
                "output_padding {added} is not smaller than stride {stride} or dilation {dilation}.",
            ),
            remedy=QT_TRANSLATE_NOOP("errors", "Make output_padding smaller."),
            parameter="output_padding",
            added=added,
            stride=stride,
            dilation=dilation,
        )
    return made


def _check_convolution(state: BenchState) -> None:
    values = state.step.values
    for name in ("in_channels", "out_channels"):
        if values[name] % values["groups"]:
            raise ModelError(
                QT_TRANSLATE_NOOP("errors", "groups {groups} does not divide {name} {channels}."),
                remedy=QT_TRANSLATE_NOOP("errors", "Each group needs as many channels as the others."),
                parameter="groups",
                groups=values["groups"],
                name=name,
                channels=values[name],
            )
    mode = values["padding_mode"]
    if mode in ("reflect", "circular"):
        _check_border(state, mode, [along(values["padding"], axis) for axis in range(3)])


def _check_border(state: BenchState, mode: str, paddings: list[int]) -> None:
    """A mirrored border cannot be as wide as the image, one that goes round not wider."""
    shape = array_of(state.given).shape
    edges = {"Conv1d": shape[3:], "Conv3d": shape[1:]}.get(state.name, shape[2:])
    for size, padding in zip(edges, paddings, strict=False):
        most = size - 1 if mode == "reflect" else size
        if padding > most:
            raise ModelError(
                QT_TRANSLATE_NOOP(
                    "errors", "A border of {padding} cannot be taken from an edge of {size}: at most {most}."
                ),
                remedy=QT_TRANSLATE_NOOP("errors", "Make padding smaller, or the input larger."),
                parameter="padding",
                padding=padding,
                size=size,
                most=most,
            )


def _check_pool_border(state: BenchState) -> None:
    values = state.step.values
    for axis in (0, 1):
        kernel_size, padding = along(values["kernel_size"], axis), along(values["padding"], axis)
        if padding > kernel_size // 2:
            raise ModelError(
                QT_TRANSLATE_NOOP(
                    "errors", "{layer}: padding {padding} is more than half of kernel_size {kernel_size}."
                ),
                remedy=QT_TRANSLATE_NOOP("errors", "Make padding smaller, or kernel_size larger."),
                parameter="padding",
                layer=state.name,
                padding=padding,
                kernel_size=kernel_size,
            )


def _check_pad(state: BenchState) -> None:
    padding = state.step.values["padding"]
    left, right, top, bottom = padding if isinstance(padding, tuple) else (padding,) * 4
    mode = "reflect" if state.name == "ReflectionPad2d" else "circular"
    _check_border(state, mode, [max(top, bottom), max(left, right)])


def _check_groups(state: BenchState) -> None:
    values = state.step.values
    if values["num_channels"] % values["num_groups"]:
        raise ModelError(
            QT_TRANSLATE_NOOP("errors", "num_groups {groups} does not divide num_channels {channels}."),
            remedy=QT_TRANSLATE_NOOP("errors", "Each group needs as many channels as the others."),
            parameter="num_groups",
            groups=values["num_groups"],
            channels=values["num_channels"],
        )


def _check_layer_norm(state: BenchState) -> None:
    wanted = state.step.values["normalized_shape"]
    shape = wanted if isinstance(wanted, tuple) else (wanted,)
    given = array_of(state.given).shape
    if given[-len(shape) :] != shape:
        raise ModelError(
            QT_TRANSLATE_NOOP("errors", "normalized_shape {wanted} is not how {given} ends."),
            remedy=QT_TRANSLATE_NOOP("errors", "Give the sizes of the last dimensions: {last}."),
            parameter="normalized_shape",
            wanted=shape,
            given=given,
            last=given[-len(shape) :],
        )


def _check_shuffle(state: BenchState) -> None:
    factor, channels = state.step.values["upscale_factor"], array_of(state.given).shape[1]
    if channels % factor**2:
        raise ModelError(
            QT_TRANSLATE_NOOP("errors", "{channels} channels do not divide by {square} = {factor}²."),
            remedy=QT_TRANSLATE_NOOP("errors", "Give the input as many channels, or another upscale_factor."),
            parameter="upscale_factor",
            channels=channels,
            square=factor**2,
            factor=factor,
        )


def _check_one_of(first: str, second: str) -> Callable[[BenchState], None]:
    def checked(state: BenchState) -> None:
        values = state.step.values
        if (values[first] is None) == (values[second] is None):
            raise ModelError(
                QT_TRANSLATE_NOOP("errors", "One of {first} and {second} has to be given, the other not."),
                remedy=QT_TRANSLATE_NOOP("errors", "Set one of them to none."),
                parameter=first,
                first=first,
                second=second,
            )

    return checked


def _check_corners(state: BenchState) -> None:
    _check_one_of("size", "scale_factor")(state)
    values = state.step.values
    if values["mode"] == "nearest" and values["align_corners"] != "none":
        raise ModelError(
            QT_TRANSLATE_NOOP("errors", "align_corners is for bilinear and bicubic; nearest has no corners."),
            remedy=QT_TRANSLATE_NOOP("errors", "Set align_corners to none, or choose another mode."),
            parameter="align_corners",
        )


def _check_shares(state: BenchState) -> None:
    given = array_of(state.given)
    if given.min() < 0 or given.max() > 1:
        raise ModelError(
            QT_TRANSLATE_NOOP("errors", "BCELoss takes probabilities from 0 to 1, but gets {value}."),
            remedy=QT_TRANSLATE_NOOP("errors", "Put Sigmoid before it, or use BCEWithLogitsLoss."),
            parameter="input",
            value=float(given.min() if given.min() < 0 else given.max()),
        )


def _at(parameter: str, error: ModelError) -> ModelError:
    fields: dict[str, Any] = {**error.fields, "parameter": parameter}
    return ModelError(error.what, remedy=error.remedy, detail=error.detail, **fields)


_CHECKS: Mapping[str, Callable[[BenchState], None]] = {
    "ReflectionPad2d": _check_pad,
    "CircularPad2d": _check_pad,
    "GroupNorm": _check_groups,
    "LayerNorm": _check_layer_norm,
    "PixelShuffle": _check_shuffle,
    "FractionalMaxPool2d": _check_one_of("output_size", "output_ratio"),
    "Upsample": _check_corners,
    "BCELoss": _check_shares,
}
