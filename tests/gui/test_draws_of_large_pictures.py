"""Draws of a large picture: in the resolution of what is shown, with the numbers of the exact ones."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from tudui_gui.core.cancellation import CancelToken
from tudui_gui.core.operations import Step
from tudui_gui.gui.imaging import from_qimage
from tudui_gui.gui.tabs.transforms import draws_work as work
from tudui_gui.gui.tabs.transforms.draws_work import Beginning, Draw, Subject, draws_work
from tudui_gui.transforms.catalog import TRANSFORMS
from tudui_gui.transforms.pipeline import Pipeline

step = TRANSFORMS.step


def smooth(width: int, height: int) -> Image.Image:
    noise = np.random.default_rng(5).integers(0, 256, (6, 8, 3), dtype=np.uint8)
    return Image.fromarray(noise).resize((width, height), Image.Resampling.BICUBIC)


LARGE = smooth(1400, 1000)


def draws(steps: tuple[Step, ...], count: int = 3) -> list[Draw]:
    found: list[Draw] = []

    def take(sent: object) -> None:
        if not isinstance(sent, Beginning):
            found.extend(sent)  # type: ignore[arg-type]

    draws_work(Subject(LARGE, steps), None, range(count), take, CancelToken(), lambda *_: None)
    return found


SAME = (
    step("ColorJitter", brightness=0.5),
    step("RandomAffine", degrees=20.0, translate=(0.2, 0.1)),
    step("RandomCrop", size=(700, 900)),
    step("ToTensor"),
    step("Normalize"),
)


def test_numbers_sizes_and_outlines_are_those_of_the_exact_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    quick = draws(SAME)
    monkeypatch.setattr(work, "_MOST_EXACT", 10**9)
    for one, other in zip(quick, draws(SAME), strict=True):
        assert one.drawn == other.drawn and one.size == other.size
        for found, expected in zip(one.outlines, other.outlines, strict=True):
            assert found == expected
        assert one.image is not None and other.image is not None
        assert one.image.size() == other.image.size()
        away = from_qimage(one.image).astype(int) - from_qimage(other.image).astype(int)
        assert abs(away).mean() < 4


def test_what_draws_for_every_pixel_is_drawn_in_full() -> None:
    steps = (step("ToTensor"), step("GaussianNoise"), step("RandomCrop", size=900))
    for draw in draws(steps, 1):
        exact = Pipeline(steps).stages(LARGE, draw.seed, with_facts=False)[-1]
        assert {word: draw.drawn[word] for word in "ij"} == {word: exact.drawn[word] for word in "ij"}


def test_a_step_that_fails_says_why() -> None:
    draw = draws((step("ColorJitter", hue=0.1), step("RandomCrop", size=2000)), 1)[0]
    assert draw.image is None and draw.error is not None
    assert "1000 x 1400" in str(draw.error)
