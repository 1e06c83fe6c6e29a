"""Entries that hold steps: all of them, perhaps none, one of them, or all in random order."""

from __future__ import annotations

from collections.abc import Callable

from torchvision import transforms
from torchvision.transforms import v2

from tudui_gui.core.operations import Catalog, Operation, Step
from tudui_gui.core.parameters import Numbers, Written
from tudui_gui.core.text import QT_TRANSLATE_NOOP
from tudui_gui.transforms import entries_color as color
from tudui_gui.transforms import entries_crops as crops
from tudui_gui.transforms import entries_geometry as geometry
from tudui_gui.transforms.entries_common import classic, modern, probability
from tudui_gui.transforms.nested import TRANSFORMS_PARAMETER, Steps


def containers(catalog: Callable[[], Catalog]) -> tuple[Operation, ...]:
    """The entries that hold steps of ``catalog()``, which is asked when they are used."""

    def steps(default: tuple[Step, ...], text: str) -> Steps:
        return Steps(
            name=TRANSFORMS_PARAMETER,
            default=default,
            catalog=catalog,
            written=Written.BY_POSITION,
            help=text,
        )

    return (_compose(steps), _random_apply(steps), _random_choice(steps), _random_order(steps))


_MakeSteps = Callable[[tuple[Step, ...], str], Steps]


def _compose(steps: _MakeSteps) -> Operation:
    return classic(
        transforms.Compose,
        "kind:container container",
        QT_TRANSLATE_NOOP("catalog", "Several steps as one, in order."),
        steps(
            (crops.RESIZE.step(size=256), crops.CENTER_CROP.step(size=224)),
            QT_TRANSLATE_NOOP("catalog", "The steps that follow one another."),
        ),
    )


def _random_apply(steps: _MakeSteps) -> Operation:
    return modern(
        v2.RandomApply,
        "kind:container container random",
        QT_TRANSLATE_NOOP("catalog", "All of its steps or none, at random."),
        steps(
            (color.GAUSSIAN_BLUR.step(),),
            QT_TRANSLATE_NOOP("catalog", "The steps that follow one another."),
        ),
        probability(),
    )


def _random_choice(steps: _MakeSteps) -> Operation:
    return modern(
        v2.RandomChoice,
        "kind:container container random",
        QT_TRANSLATE_NOOP("catalog", "One of its steps, at random."),
        steps(
            (geometry.RANDOM_HORIZONTAL_FLIP.step(p=1.0), geometry.RANDOM_VERTICAL_FLIP.step(p=1.0)),
            QT_TRANSLATE_NOOP("catalog", "The steps to choose from."),
        ),
        Numbers(
            name="p",
            default=None,
            minimum=0.0,
            maximum=1000.0,
            lengths=(),
            optional=True,
            help=QT_TRANSLATE_NOOP(
                "catalog", "How often each is chosen, one number per step; none chooses all equally often."
            ),
        ),
        hint=QT_TRANSLATE_NOOP(
            "catalog",
            "The class of v2: it draws from PyTorch's generator, so that a seed repeats the choice; the "
            "classic one draws from Python's.",
        ),
    )


def _random_order(steps: _MakeSteps) -> Operation:
    return modern(
        v2.RandomOrder,
        "kind:container container random",
        QT_TRANSLATE_NOOP("catalog", "All of its steps, in random order."),
        steps(
            (color.COLOR_JITTER.step(brightness=0.5), color.GAUSSIAN_BLUR.step()),
            QT_TRANSLATE_NOOP("catalog", "The steps to put in order."),
        ),
        hint=QT_TRANSLATE_NOOP(
            "catalog",
            "The class of v2: it draws from PyTorch's generator, so that a seed repeats the order; the "
            "classic one draws from Python's.",
        ),
    )
