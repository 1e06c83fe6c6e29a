"""Whatever a step is given that it cannot take: the reason is told in our words, and the fix works."""

from __future__ import annotations

from typing import Any

import pytest
from PIL import Image

from tests.unit.transforms.values import PICTURE, PIXELS, applied, certain
from tudui_gui.core.errors import TransformError
from tudui_gui.core.operations import Step
from tudui_gui.transforms.catalog import TRANSFORMS
from tudui_gui.transforms.nested import is_random
from tudui_gui.transforms.pipeline import Pipeline
from tudui_gui.transforms.problems import Problem

step = TRANSFORMS.step
TO_TENSOR, FIVE_CROP = step("ToTensor"), step("FiveCrop", size=40)
GRAY = step("Grayscale")

#: What comes before the step, so that it is given each kind of value.
BEFORE: dict[str, tuple[Step, ...]] = {
    "picture": (),
    "gray picture": (GRAY,),
    "floats": (TO_TENSOR,),
    "gray floats": (GRAY, TO_TENSOR),
    "normalized": (TO_TENSOR, step("Normalize")),
    "half floats": (TO_TENSOR, step("ConvertImageDtype", dtype="float16")),
    "bytes": (step("PILToTensor"),),
    "gray bytes": (GRAY, step("PILToTensor")),
    "int32": (step("PILToTensor"), step("ToDtype", dtype="int32")),
    "image tensor": (step("ToImage"),),
    "pictures": (FIVE_CROP,),
    "tensors": (TO_TENSOR, FIVE_CROP),
    "mixed twice": (TO_TENSOR, step("RandomApply", transforms=[step("CenterCrop", size=50)])),
}
STARTS: dict[str, Any] = {
    "photo": PICTURE,
    "array": PIXELS,
    "one pixel": Image.new("RGB", (1, 1)),
    "a line": Image.new("RGB", (1, 6)),
    "two by two": Image.new("RGB", (2, 2)),
    "RGBA": PICTURE.convert("RGBA"),
}

#: What fails by chance alone fails with one of so many seeds.
SEEDS = 3

#: Where a picture has two faults, each has its own fix.
MOST_CLICKS = 2


def seeds(steps: tuple[Step, ...]) -> range:
    return range(SEEDS if any(is_random(each) for each in steps) else 1)


def plain_errors(steps: tuple[Step, ...], value: Any) -> set[str]:
    """What torchvision says, with one seed or another."""
    said = set()
    for seed in seeds(steps):
        try:
            applied(steps, value, seed)
        except Exception as error:
            said.add(str(error))
    return said


def failed(steps: tuple[Step, ...], start: Any) -> Problem | None:
    """The first problem, with any of the seeds."""
    for seed in seeds(steps):
        for stage in Pipeline(steps).walk(start, seed, with_facts=False):
            if stage.problem is not None:
                return stage.problem
    return None


def check(steps: tuple[Step, ...], start: Any) -> bool:
    """The last of ``steps`` fails as in torchvision, is explained, and one fix after the other helps.

    Returns whether it works as it is, or was put right.
    """
    said = plain_errors(steps, start)
    problem = failed(steps, start)
    assert bool(said) == (problem is not None), said
    assert problem is None or problem.error.detail in said
    for _ in range(MOST_CLICKS):
        if problem is None:
            return True
        assert isinstance(problem.error, TransformError) and problem.error.__traceback__ is None
        assert "cannot be applied" not in problem.error.what, problem.error
        assert problem.error.detail and problem.error.remedy
        assert problem.fix is not None, problem.error
        problem = failed(problem.fix.steps, start)
    return problem is None


@pytest.mark.parametrize("name", TRANSFORMS)
def test_every_step_after_every_other(name: str) -> None:
    each = certain(step(name))
    for kind, before in BEFORE.items():
        assert not plain_errors(before, PICTURE), kind
        assert check((*before, each), PICTURE), kind


@pytest.mark.parametrize("name", TRANSFORMS)
def test_every_step_on_every_input(name: str) -> None:
    each = certain(step(name))
    for kind, start in STARTS.items():
        assert check((each,), start), kind
        if isinstance(start, Image.Image) and start.mode == "RGB":
            assert check((TO_TENSOR, each), start), kind
