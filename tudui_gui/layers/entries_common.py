"""What the entries of the layers' catalog have in common."""

from __future__ import annotations

from torch import nn

from tudui_gui.core.operations import Operation
from tudui_gui.core.parameters import Choice, Flag, Integer, IntegerOrPair, Parameter, Real, Written
from tudui_gui.core.text import QT_TRANSLATE_NOOP

MOST_CHANNELS = 65_536
LARGEST_WINDOW = 1024

INPLACE = Flag(
    name="inplace",
    default=False,
    help=QT_TRANSLATE_NOOP("catalog", "Overwrite the input to save memory; the result is the same."),
)
BIAS = Flag(
    name="bias", default=True, help=QT_TRANSLATE_NOOP("catalog", "Add a learned number per output channel.")
)
CEIL_MODE = Flag(
    name="ceil_mode",
    default=False,
    help=QT_TRANSLATE_NOOP("catalog", "Keep the windows that reach over the border: round the size up."),
)
RETURN_INDICES = Flag(
    name="return_indices",
    default=False,
    help=QT_TRANSLATE_NOOP("catalog", "Also give the place of each maximum, for MaxUnpool2d."),
)
PADDING_MODE = Choice(
    name="padding_mode",
    default="zeros",
    choices=("zeros", "reflect", "replicate", "circular"),
    help=QT_TRANSLATE_NOOP("catalog", "What the added border is made of."),
)
GROUPS = Integer(
    name="groups",
    default=1,
    minimum=1,
    maximum=MOST_CHANNELS,
    help=QT_TRANSLATE_NOOP(
        "catalog", "Parts the channels are split into; it must divide both channel counts."
    ),
)
AFFINE = Flag(
    name="affine",
    default=True,
    help=QT_TRANSLATE_NOOP("catalog", "Learn a scale and a shift per channel."),
)


def layer(
    name: str, target: type[nn.Module], text: str, *parameters: Parameter, tags: tuple[str, ...] = ()
) -> Operation:
    """The entry of a class of ``torch.nn``."""
    return Operation(
        name=name,
        target=target,
        qualname=f"nn.{name}",
        parameters=parameters,
        help=text,
        tags=frozenset(tags),
    )


def count(name: str, default: int, text: str) -> Integer:
    """How many channels or numbers: always written, by position."""
    return Integer(
        name=name,
        default=default,
        minimum=1,
        maximum=MOST_CHANNELS,
        written=Written.BY_POSITION,
        help=text,
    )


def spread(
    name: str,
    default: int | None,
    text: str,
    *,
    minimum: int = 1,
    dimensions: int = 2,
    optional: bool = False,
    written: Written = Written.IF_CHANGED,
) -> IntegerOrPair:
    """A whole number for all edges, or one for each of ``dimensions``."""
    return IntegerOrPair(
        name=name,
        default=default,
        minimum=minimum,
        maximum=LARGEST_WINDOW,
        lengths=(dimensions,),
        optional=optional,
        written=written,
        help=text,
    )


def kernel_size(default: int, dimensions: int = 2) -> IntegerOrPair:
    """Size of the window."""
    text = {
        1: QT_TRANSLATE_NOOP("catalog", "Length of the window."),
        2: QT_TRANSLATE_NOOP("catalog", "Size of the window: one number, or (height, width)."),
        3: QT_TRANSLATE_NOOP("catalog", "Size of the window: one number, or (depth, height, width)."),
    }[dimensions]
    return spread("kernel_size", default, text, dimensions=dimensions, written=Written.BY_POSITION)


def stride(default: int | None, dimensions: int = 2) -> IntegerOrPair:
    """How far the window moves on; None is kernel_size."""
    text = (
        QT_TRANSLATE_NOOP("catalog", "Pixels the window moves on; none is kernel_size.")
        if default is None
        else QT_TRANSLATE_NOOP("catalog", "Pixels the window moves on.")
    )
    return spread("stride", default, text, dimensions=dimensions, optional=default is None)


def padding(dimensions: int = 2) -> IntegerOrPair:
    """Border that is added before the window moves."""
    text = QT_TRANSLATE_NOOP("catalog", "Pixels added at each border before the window moves.")
    return spread("padding", 0, text, minimum=0, dimensions=dimensions)


def dilation(dimensions: int = 2) -> IntegerOrPair:
    """Distance between the window's points."""
    text = QT_TRANSLATE_NOOP("catalog", "Distance between the window's points; 1 is a solid window.")
    return spread("dilation", 1, text, dimensions=dimensions)


def output_size(*, optional: bool = False) -> IntegerOrPair:
    """Size of the result; left out is none if ``optional``."""
    text = QT_TRANSLATE_NOOP("catalog", "Size of the result: one number, or (height, width).")
    if optional:
        return spread("output_size", None, text, optional=True)
    return spread("output_size", 1, text, written=Written.BY_POSITION)


def epsilon() -> Real:
    """What keeps a division from one by zero."""
    return Real(
        name="eps",
        default=1e-5,
        minimum=0.0,
        maximum=1.0,
        decimals=8,
        help=QT_TRANSLATE_NOOP("catalog", "Added to the variance so that nothing is divided by 0."),
    )


def momentum(*, optional: bool) -> Real:
    """Weight of the newest batch in the running statistics."""
    text = (
        QT_TRANSLATE_NOOP("catalog", "Weight of the newest batch in the running mean; none is a plain mean.")
        if optional
        else QT_TRANSLATE_NOOP("catalog", "Weight of the newest batch in the running mean.")
    )
    return Real(name="momentum", default=0.1, minimum=0.0, maximum=1.0, optional=optional, help=text)


def track_running_stats(default: bool) -> Flag:
    """Whether statistics of training are kept for evaluation."""
    return Flag(
        name="track_running_stats",
        default=default,
        help=QT_TRANSLATE_NOOP("catalog", "Remember mean and variance of training for evaluation."),
    )
